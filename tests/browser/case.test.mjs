// The case clock: a clerk enters what happened to a case, without script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { look } from './flow.mjs';
import { axe, closeBrowser, desktop, phone, shot, startServer, withPage } from './harness.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-10-31' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const sizes = [phone, desktop];
const english = { 'site-check': /A site check|clock stops for the listed reasons/ };

/** Types an event into the next row that is shown. */
async function enter(page, row, day, what, details = {}) {
  const event = page.locator('fieldset.event').nth(row);
  await event.getByLabel('日期').fill(day);
  await event.getByLabel('什么事').selectOption(what);
  for (const [name, value] of Object.entries(details)) {
    const field = page.locator(`[name="e${row}.${name}"]`);
    await field.waitFor();
    if ((await field.evaluate((found) => found.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

const reckon = (page) => page.getByRole('button', { name: '计算', exact: true }).click();
const lamp = (page, code) => page.locator(`[data-lamp="${code}"]`).waitFor();
const due = (page, id) => page.locator(`[data-due="${id}"] time`).getAttribute('datetime');

/** Every mark of the picture stands in the list beside it, and nothing more. */
async function checkLine(page) {
  const picture = page.getByRole('img', { name: '办件时间线' });
  assert.ok(await picture.isVisible());
  const labels = await picture.locator('text.label').allTextContents();
  const listed = await page.locator('.moments li').evaluateAll((items) =>
    items.map((item) => [item.querySelector('time').dateTime, item.lastElementChild.textContent]));
  assert.equal(labels.length, listed.length);
  const plain = (text) => text.replace(/[\s\u2009\u202f\u2060]/g, '').replace('（没有计入）', '');
  for (const [place, [day, label]] of listed.entries()) {
    assert.ok(plain(labels[place]).includes(plain(label)), `${labels[place]}: ${label}`);
    assert.ok(plain(labels[place]).includes(day.slice(5)), `${labels[place]}: ${day}`);
  }
}

/** Nothing is wider than the window. */
async function checkWidth(page) {
  const [content, view] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
  assert.ok(content <= view, `${content} px in ${view}`);
}

for (const size of sizes) {
  test(`a case is entered and reckoned without script, ${size.width} px wide`, () =>
    withPage({ ...size, script: false }, async (page) => {
      await page.goto(server.address);
      await page.getByRole('link', { name: '办件时限计算' }).click();
      await look(page, `case-empty-${size.width}`);
      await checkWidth(page);
      await enter(page, 0, '2014-10-13', 'received');
      await enter(page, 1, '2014年10月13日', 'accepted');
      await enter(page, 2, '2014-10-20', 'suspended', { reason: 'expert_review', days: '12' });
      await reckon(page);
      await lamp(page, 'paused');
      await enter(page, 3, '2014-10-31', 'resumed');
      await reckon(page);
      await lamp(page, 'green');
      assert.equal(await due(page, 'statutory'), '2014-11-21');
      assert.ok(await page.getByText('F-07 挂起').first().isVisible());
      await checkLine(page);
      await checkWidth(page);
      await look(page, `case-suspension-${size.width}`);
    }));

  test(`what cannot be understood is kept, ${size.width} px wide`, () =>
    withPage({ ...size, script: false }, async (page) => {
      await page.goto(`${server.address}/case`);
      await enter(page, 0, '2014-13-13', 'received');
      await enter(page, 1, '2014-10-20', 'suspended', { days: '很多' });
      await reckon(page);
      assert.equal(await page.locator('[data-lamp]').count(), 0);
      assert.equal(await page.locator('[name="e0.on"]').inputValue(), '2014-13-13');
      assert.equal(await page.locator('[name="e1.days"]').inputValue(), '很多');
      assert.deepEqual(
        await page.locator('[data-error]').evaluateAll((found) => found.map((one) => one.dataset.error)),
        ['e0.on', 'e1.reason', 'e1.days'],
      );
      await look(page, `case-faults-${size.width}`);
      await checkWidth(page);
      await page.locator('[name="e0.on"]').fill('2014-10-13');
      await page.locator('[name="e1.reason"]').selectOption('hearing');
      await page.locator('[name="e1.days"]').fill('5');
      await reckon(page);
      await page.locator('[data-remark="before_acceptance"]').waitFor();
    }));

  for (const [example, code] of [['site-check', 'green'], ['joint', 'green'], ['late', 'red'], ['correction', 'none']]) {
    test(`the example ${example} in Chinese and English, ${size.width} px wide`, () =>
      withPage({ ...size, script: false }, async (page) => {
        await page.goto(`${server.address}/case?example=${example}`);
        await lamp(page, code);
        await checkLine(page);
        await checkWidth(page);
        await look(page, `case-${example}-${size.width}`);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByRole('heading', { name: 'Case clock' }).waitFor();
        await lamp(page, code);
        await checkWidth(page);
        if (english[example]) assert.match(await page.locator('.remarks').innerText(), english[example]);
        await look(page, `case-${example}-en-${size.width}`);
      }));
  }
}

test('the due dates are downloaded as a calendar', () =>
  withPage(desktop, async (page) => {
    await page.goto(`${server.address}/case?example=late`);
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: /下载到期日/ }).click();
    const file = await arriving;
    assert.equal(file.suggestedFilename(), 'case.ics');
    const chunks = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    assert.match(text, /^BEGIN:VCALENDAR\r\n/);
    assert.equal(text.match(/BEGIN:VEVENT\r\n/g).length, 5);
    assert.match(text, /DTSTART;VALUE=DATE:20140701\r\n/);
  }));

test('rows are added and removed, and Enter reckons', () =>
  withPage({ ...desktop, script: false }, async (page) => {
    await page.goto(`${server.address}/case?example=suspension`);
    const rows = page.locator('fieldset.event');
    const before = await rows.count();
    await page.getByRole('button', { name: '再加几行' }).click();
    assert.ok((await rows.count()) > before);
    await page.getByRole('button', { name: '删去第 4 件' }).click();
    await lamp(page, 'paused');
    await page.locator('[name="e2.reason"]').selectOption('site_check');
    await page.locator('[name="e2.days"]').press('Enter');
    await page.locator('[data-remark="suspension_reason_not_allowed"]').waitFor();
    assert.equal(await due(page, 'statutory'), '2014-11-10');
  }));

for (const size of sizes) {
  test(`dark colours, ${size.width} px wide`, () =>
    withPage({ ...size, script: false }, async (page) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(`${server.address}/case?example=suspension`);
      await axe(page);
      await shot(page, `case-dark-${size.width}`);
    }));
}

test('the clock is printed without the form', () =>
  withPage({ ...desktop, script: false }, async (page) => {
    await page.goto(`${server.address}/case?example=joint`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('#case').isVisible(), false);
    assert.equal(await page.locator('.verdict').isVisible(), true);
    assert.ok(await page.getByRole('img').isVisible());
    await shot(page, 'case-print');
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    assert.ok(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length <= 2);
  }));

// What is printed: the result sheet F-00, the application form F-10, and F-03 as a sample.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { acceptOn, answer, open, read, tick, update, verdict, words } from './flow.mjs';
import { axe, closeBrowser, desktop, shot, startServer, withPage } from './harness.mjs';
import { s21 } from './scenarios.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-10' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const paper = { format: 'A4', preferCSSPageSize: true };

/** The pages of a PDF as Chromium writes it. */
const countPages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

/** Answers S21 and has all papers but the first. */
async function toResult(page, script) {
  await open(page, server.address, { script });
  await acceptOn(page, s21.day);
  for (const [fact, choices] of s21.answers) await answer(page, fact, choices);
  const [first, ...others] = s21.expected.materials;
  await tick(page, first, '没有');
  for (const material of others) await tick(page, material, '有');
  await update(page);
  await verdict(page, 'correctable');
}

/** What F-00 must hold, wherever it is shown. */
async function checkSheet(sheet, receipt) {
  const text = await words(sheet);
  assert.match(text, /预审结果单/);
  assert.match(text, /本单为自助预审结果，不是受理决定/);
  assert.match(text, /还差 1 份材料/);
  assert.match(text, /莆田市食品药品生产经营许可证/);
  assert.match(text, /12 月 26 日前办好，承诺 28 个工作日/);
  assert.match(text, /药品经营许可证副本：这次一并办理药品零售/);
  assert.ok(text.includes(`校验码 ${receipt}`));
  assert.equal(await sheet.locator('.box').count(), 19);
  assert.equal(await sheet.locator('.box.ticked').count(), 18);
}

/** Presses a button that opens a sheet in a tab of its own. */
async function sheetOf(page, button) {
  const opened = page.waitForEvent('popup');
  await button.click();
  const sheet = await opened;
  await sheet.waitForLoadState();
  return sheet;
}

test('with script, the button prints F-00 alone on one page of A4', () =>
  withPage(desktop, async (page) => {
    await page.addInitScript('globalThis.print = () => { globalThis.printed = true; }');
    await toResult(page, true);
    await page.locator('.place [data-print="F-00"]').click();
    assert.equal(await page.evaluate('globalThis.printed'), true);
    const { receipt } = await read(page);
    assert.equal(countPages(await page.pdf(paper)), 1);
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('[data-form="F-00"]');
    assert.ok(await sheet.isVisible());
    for (const hidden of ['.top', '.ask', '.result', '.materials', '.bar']) {
      assert.equal(await page.locator(hidden).isVisible(), false, hidden);
    }
    await checkSheet(sheet, receipt);
    await shot(page, 'print-f00');
  }));

test('without script, F-00 comes as a page of its own', () =>
  withPage({ ...desktop, script: false }, async (page) => {
    await toResult(page, false);
    const { receipt } = await read(page);
    const sheet = await sheetOf(page, page.locator('.place [data-print="F-00"]'));
    await checkSheet(sheet.locator('[data-form="F-00"]'), receipt);
    assert.equal(countPages(await sheet.pdf(paper)), 1);
    // The page with the answers is still there.
    assert.equal((await read(page)).receipt, receipt);
  }));

for (const script of [true, false]) {
  test(`F-10 is printed to be filled in, F-03 as a sample, ${script ? 'with' : 'without'} script`, () =>
    withPage({ ...desktop, script }, async (page) => {
      await toResult(page, script);
      await tick(page, 'f01', '有');
      await update(page);
      await verdict(page, 'ready');
      await page.getByText('要填的表和会拿到的文书').click();
      const document = (id) => page.locator(`[data-document="${id}"] [name="__print"]`);
      const application = await sheetOf(page, document('F-10'));
      const form = application.locator('[data-form="F-10"]');
      assert.match(await words(form), /食品药品生产经营许可申请表/);
      assert.match(await words(form), /药品零售/);
      assert.match(await words(form), /租用/);
      assert.equal(await application.locator('[data-watermark]').count(), 0);
      assert.ok(countPages(await application.pdf(paper)) <= 2);
      const receipt = await sheetOf(page, document('F-03'));
      const sample = receipt.locator('[data-form="F-03"]');
      assert.equal(await sample.getAttribute('data-watermark'), '样张');
      assert.match(await words(sample), /受理通知书/);
      assert.match(await words(sample), /2014 年 12 月 26 日/);
      assert.doesNotMatch(await words(sample), /编号：?\s*\d|第\s*\d+\s*号/);
      assert.equal(countPages(await receipt.pdf(paper)), 1);
      if (!script) return;
      for (const [sheet, name] of [[application, 'f10'], [receipt, 'f03']]) {
        await axe(sheet);
        await shot(sheet, `sheet-${name}`);
      }
    }));
}

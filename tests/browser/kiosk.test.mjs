// The kiosk of the hall: what one person leaves behind for the next one, which is nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { answer, asked } from './flow.mjs';
import { axe, closeBrowser, phone, startServer, withPage } from './harness.mjs';
import { asks, attract, begin, check, gone, held, lying, mark, open, press, scan, setAnswers, tool, upright } from './kiosk.mjs';

const pack = 'putian/nine-in-one';
/** A whole visit: S21. */
const whole = {
  accepted_on: '2014-11-18',
  'business.activities': ['drug_retail', 'health_food_retail', 'device3'],
  'applicant.kind': 'enterprise',
  'applicant.registered': false,
  'applicant.via_agent': true,
  'premises.tenure': 'rented',
};
const toCode = { 'business.activities': ['device3'], 'applicant.kind': 'enterprise', 'applicant.registered': true };

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Runs a test at the kiosk. */
const kiosk = (name, use, size = lying) =>
  test(name, () =>
    withPage(size, async (page) => {
      await open(page, server.address);
      await mark(page);
      await use(page);
    }));

const field = (page, fact) => asked(page, fact).locator('input[type=text]');

const clear = (page) => page.locator('.tools [data-do=clear]').click();

for (const size of [upright, lying]) {
  for (const [lang, start] of [['zh', '开始预审'], ['en', 'Start in English']]) {
    kiosk(
      `every screen is large and without barriers, ${size.width} px wide, ${lang}`,
      async (page) => {
        const picture = (step) => `kiosk-${size.width}-${lang}-${step}`;
        await check(page, picture('1-attract'));
        await page.getByRole('button', { name: start }).click();
        await check(page, picture('2-list'));
        await page.locator(`[data-id="${pack}"]`).click();
        await page.locator('yc-precheck[data-live]').waitFor();
        await check(page, picture('3-start'));
        await page.locator('fieldset.date input').first().click();
        await check(page, picture('4-date'));
        await setAnswers(page, toCode);
        await field(page, 'applicant.uscc').click();
        await check(page, picture('5-code'));
        await tool(page, 'close');
        await setAnswers(page, whole);
        await page.locator('.finished').waitFor();
        for (const details of await page.locator('details summary').all()) await details.click();
        await check(page, picture('6-finished'));
        await page.locator('[data-do=phone]').click();
        await page.locator('#phone svg').waitFor();
        await check(page, picture('7-phone'));
        await page.locator('#phone [data-do=close]').click();
        await page.clock.fastForward(91_000);
        await asks(page).waitFor();
        await check(page, picture('8-still-there'));
      },
      size,
    );
  }
}

kiosk('a small window shows the same', async (page) => {
  await begin(page, pack);
  await page.locator('fieldset.date input').first().click();
  await axe(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}, phone);

kiosk('it says which rules decide, and for which day', async (page) => {
  await begin(page, pack);
  const { decision } = await held(page);
  assert.equal(await page.locator('.runs').innerText().then((text) => text.replaceAll(/\s+/g, ' ')), 
    `食品药品“九证合一”预审 规则 ${pack} ${decision.pack.edition} 版 按 2014年11月18日计算`);
  await page.getByRole('button', { name: 'English' }).click();
  assert.match(await page.locator('.runs').innerText(), /Rules putian\/nine-in-one\s+edition 2014-11\s+as of 18 November 2014/);
  await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: '下一步', exact: true }).waitFor();
});

kiosk('who goes away in the middle of typing leaves nothing', async (page) => {
  const entries = await page.evaluate(() => history.length);
  await begin(page, pack);
  await setAnswers(page, toCode);
  await field(page, 'applicant.uscc').click();
  await press(page, '91350300MA');
  await page.clock.fastForward(89_000);
  assert.equal(await asks(page).count(), 0);
  await page.clock.fastForward(2_000);
  await asks(page).waitFor();
  assert.match(await asks(page).innerText(), /1[89] 秒后清除全部答案/);
  await page.clock.fastForward(20_000);
  await gone(page);
  const left = await page.evaluate(async () => ({
    page: document.documentElement.outerHTML.includes('91350300MA'),
    typed: [...document.querySelectorAll('input')].map((input) => input.value),
    stored: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length],
    address: location.href,
    state: history.state,
    entries: history.length,
  }));
  assert.deepEqual(left, {
    page: false,
    typed: [],
    stored: [0, 0, 0],
    address: `${server.address}/kiosk`,
    state: null,
    entries,
  });
  await begin(page, pack);
  assert.deepEqual((await held(page)).answers, {});
});

kiosk('one tap says that somebody is there, and everything is still there', async (page) => {
  await begin(page, pack);
  await setAnswers(page, toCode);
  await field(page, 'applicant.uscc').click();
  await press(page, '9135');
  await page.clock.fastForward(105_000);
  await page.getByRole('button', { name: '我还在，继续' }).click();
  await asks(page).waitFor({ state: 'detached' });
  await page.clock.fastForward(89_000);
  assert.equal(await asks(page).count(), 0);
  assert.equal(await field(page, 'applicant.uscc').inputValue(), '9135');
  await page.clock.fastForward(2_000);
  await asks(page).waitFor();
  await page.locator('#still-there [data-do=clear]').click();
  await gone(page);
});

kiosk('the keys on the screen write a number, and whoever presses them is there', async (page) => {
  await begin(page, 'cn/identity');
  await answer(page, 'check.kinds', ['身份证号码']);
  const number = field(page, 'citizen.id_no');
  await number.click();
  assert.equal(await number.getAttribute('inputmode'), 'none');
  await press(page, '4290051955052000');
  await page.clock.fastForward(80_000);
  await press(page, '2');
  await page.clock.fastForward(80_000);
  await tool(page, 'delete');
  await page.clock.fastForward(80_000);
  assert.equal(await asks(page).count(), 0);
  await press(page, '0X');
  assert.equal(await number.inputValue(), '42900519550520000X');
  assert.deepEqual((await held(page)).answers['citizen.id_no'], '42900519550520000X');
  await tool(page, 'next');
  await page.locator('[data-answer="citizen.id_no"]').waitFor();
  assert.deepEqual((await held(page)).decision.items.map(({ id }) => id), ['id_no_check']);
  assert.equal(await page.locator('.error').count(), 0);
});

kiosk('the keys write into the middle, empty a field, and go from year to month to day', async (page) => {
  await begin(page, pack);
  const day = page.locator('fieldset.date input');
  await day.first().click();
  assert.equal(await page.locator('.keypad [data-key=A]').isVisible(), false);
  await press(page, '204');
  await page.keyboard.press('ArrowLeft');
  await press(page, '1');
  await tool(page, 'next');
  await press(page, '7');
  await tool(page, 'empty');
  await press(page, '12');
  await tool(page, 'next');
  await press(page, '3');
  await tool(page, 'next');
  await page.locator('.keypad').waitFor({ state: 'hidden' });
  assert.deepEqual(await day.evaluateAll((fields) => fields.map((one) => one.value)), ['2014', '12', '3']);
  assert.equal((await held(page)).decision.accepted_on, '2014-12-03');
  assert.equal(await day.first().getAttribute('inputmode'), 'numeric');
});

kiosk('where words are asked for, it says what writes them', async (page) => {
  await begin(page, 'cn/identity');
  await answer(page, 'check.kinds', ['姓名']);
  await field(page, 'person.name').click();
  await page.locator('.keypad .note').waitFor();
  assert.match(await page.locator('.keypad').innerText(), /请用键盘，或系统的输入法/);
  assert.equal(await page.locator('.keypad [data-key="1"]').isVisible(), false);
  assert.equal(await field(page, 'person.name').getAttribute('inputmode'), null);
  await page.clock.fastForward(80_000);
  await field(page, 'person.name').fill('欧阳');
  await page.clock.fastForward(80_000);
  assert.equal(await asks(page).count(), 0, 'typing is a sign too');
});

for (const [name, act] of [
  ['清除全部', clear],
  ['办完了', (page) => page.locator('[data-do=done]').click()],
]) {
  kiosk(`${name} wipes at once`, async (page) => {
    await begin(page, pack);
    await setAnswers(page, whole);
    await page.locator('[data-do=phone]').click();
    await page.locator('#phone svg').waitFor();
    await page.locator('#phone [data-do=close]').click();
    await act(page);
    await gone(page);
    assert.equal(await page.locator('#phone svg').count(), 0);
    assert.doesNotMatch(await page.locator('body').innerText(), /药品零售/);
  });
}

kiosk('who comes back to the page from another one finds no answers', async (page) => {
  await begin(page, pack);
  await setAnswers(page, whole);
  await page.goto(`${server.address}/healthz`);
  await page.goBack();
  await gone(page);
});

kiosk('where the server is gone, the same page waits for the next person', async (page) => {
  await begin(page, pack);
  await setAnswers(page, whole);
  const broken = page.waitForEvent('requestfailed');
  await page.route('**/kiosk', (route) => route.abort());
  await clear(page);
  await broken;
  await attract(page);
  assert.equal(await page.evaluate(() => globalThis.marked), true);
  await begin(page, pack);
  assert.deepEqual((await held(page)).answers, {});
});

kiosk('nothing on a screen leads away: no link, no form, no entry in the history', async (page) => {
  const entries = await page.evaluate(() => history.length);
  await begin(page, pack);
  await setAnswers(page, whole);
  await page.getByRole('link', { name: '去勾材料' }).click();
  assert.ok(await page.locator('#materials').evaluate((node) => node.getBoundingClientRect().top < innerHeight));
  await page.locator('form.precheck').evaluate((form) => {
    for (const name of ['__print', '__lang', '__large']) {
      const button = Object.assign(document.createElement('button'), { name, value: '1' });
      form.append(button);
      button.click();
      button.remove();
    }
  });
  assert.deepEqual(
    await page.evaluate(() => [globalThis.marked, location.pathname, location.hash, history.length]),
    [true, '/kiosk', '', entries],
  );
});

kiosk('the sheet is what is printed', async (page) => {
  await begin(page, pack);
  await setAnswers(page, whole);
  await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
  await page.locator('[data-do=print]').click();
  assert.equal(await page.evaluate(() => globalThis.printed), true);
  await page.emulateMedia({ media: 'print' });
  const seen = (selector) => page.locator(selector).first().isVisible();
  assert.deepEqual(await Promise.all(['.sheet', '.kiosk-top', '.actions', '.ask'].map(seen)), [true, false, false, false]);
});

kiosk('a phone reads the code and goes on with the same answers, which no server sees', async (page) => {
  const asked = [];
  page.context().on('request', (request) => asked.push(request.url() + (request.postData() ?? '')));
  await begin(page, pack);
  await setAnswers(page, whole);
  await page.locator('[data-do=phone]').click();
  const address = await scan(page);
  assert.ok(address.startsWith(`${server.address}/${pack}#a=`), address);
  const other = await page.context().newPage();
  await other.goto(address);
  await other.locator('yc-precheck[data-live]').waitFor();
  await other.locator('.finished').waitFor();
  assert.deepEqual((await held(other)).answers, whole);
  assert.deepEqual(await other.evaluate(() => [location.hash, history.length]), ['', 2]);
  assert.match(await other.locator('.page-note').innerText(), /已经接过自助机上的回答/);
  await axe(other);
  assert.ok(asked.length > 0 && !asked.some((text) => /#|drug_retail|rented/.test(text)), asked.join('\n'));
});

kiosk('too many answers are not put into a code, and it says so', async (page) => {
  await begin(page, pack);
  // What cannot be compressed: different letters, one after the other.
  const text = Array.from({ length: 1500 }, (_, place) => String.fromCharCode(0x4e00 + ((place * 7919) % 20_000))).join('');
  await setAnswers(page, { ...whole, 'applicant.uscc': text });
  await page.locator('[data-do=phone]').click();
  await page.locator('#phone .warn').first().waitFor();
  assert.match(await page.locator('#phone').innerText(), /回答太多，一个二维码装不下，没有生成/);
  assert.equal(await page.locator('#phone svg').count(), 0);
  await axe(page);
});

for (const [name, fragment] of [
  ['cut off', (good) => good.slice(0, -9)],
  ['of nonsense', () => '#a=%ff'],
  ['of a list', () => '#a=i1bSUQIA'],
]) {
  kiosk(`a code ${name} is said to be one, and changes nothing`, async (page) => {
    await begin(page, pack);
    await setAnswers(page, whole);
    await page.locator('[data-do=phone]').click();
    const address = await scan(page);
    await page.goto(`${server.address}/${pack}${fragment(new URL(address).hash)}`);
    await page.locator('.page-note.alert').waitFor();
    await page.locator('yc-precheck[data-live]').waitFor();
    assert.deepEqual((await held(page)).answers, {});
    assert.equal(await page.evaluate(() => location.hash), '');
  });
}

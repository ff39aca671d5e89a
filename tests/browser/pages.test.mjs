// The other pages, and other ways to look at the pre-check: English, large print, dark and forced
// colours, the keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { acceptOn, answer, asked, item, look, next, open, read, tick, update, verdict } from './flow.mjs';
import { axe, closeBrowser, desktop, phone, shot, startServer, withPage } from './harness.mjs';
import { s21 } from './scenarios.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const sizes = [phone, desktop];

/** S21 answered, with one paper missing and one to put right. */
async function toResult(page, script) {
  await open(page, server.address, { script });
  await acceptOn(page, s21.day);
  for (const [fact, choices] of s21.answers) await answer(page, fact, choices);
  await tick(page, 'f01', '有');
  await tick(page, 'f02', '没有');
  await tick(page, 'f04', '有问题');
  await update(page);
  await verdict(page, 'correctable');
}

for (const size of sizes) {
  test(`the catalogue leads to the pre-check, in Chinese and English, ${size.width} px wide`, () =>
    withPage(size, async (page) => {
      await page.goto(server.address);
      await look(page, `catalogue-${size.width}`);
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
      await look(page);
      await page.goto(server.address);
      await page.getByRole('link', { name: /九证合一/ }).click();
      await asked(page, 'business.activities').waitFor();
      assert.equal(new URL(page.url()).pathname, item);
    }));

  test(`a page that does not exist says so, ${size.width} px wide`, () =>
    withPage(size, async (page) => {
      const response = await page.goto(`${server.address}/putian/no-such-thing`);
      assert.equal(response.status(), 404);
      await page.getByRole('heading', { name: '没有这一页' }).waitFor();
      await look(page, `missing-${size.width}`);
      await page.getByRole('link', { name: '回到事项目录' }).click();
      await page.getByRole('link', { name: /九证合一/ }).waitFor();
    }));

  for (const script of [true, false]) {
    const way = script ? 'with' : 'without';
    test(`English and large print keep all answers, ${way} script, ${size.width} px wide`, () =>
      withPage({ ...size, script }, async (page) => {
        await toResult(page, script);
        const before = await read(page);
        await page.getByRole('button', { name: '大字版' }).click();
        await page.locator('html.large').waitFor();
        await live(page, script);
        assert.deepEqual(await read(page), before);
        await look(page, `large-${way}-${size.width}`);
        await page.getByRole('button', { name: 'English', exact: true }).click();
        await page.locator('html.large:lang(en)').waitFor();
        await live(page, script);
        await look(page, `large-english-${way}-${size.width}`);
        await page.getByRole('button', { name: 'Standard' }).click();
        await page.locator('html:not(.large):lang(en)').waitFor();
        await live(page, script);
        const { materials, states, due, items } = await read(page);
        assert.deepEqual([materials, states, due, items], [before.materials, before.states, before.due, before.items]);
        await look(page, `english-${way}-${size.width}`);
        await page.getByRole('button', { name: '中文', exact: true }).click();
        await page.locator('html:lang(zh-CN)').waitFor();
        await live(page, script);
        assert.deepEqual(await read(page), before);
      }));
  }

  test(`dark and forced colours, ${size.width} px wide`, () =>
    withPage(size, async (page) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await open(page, server.address, { script: true });
      await look(page, `dark-start-${size.width}`);
      await next(page);
      await page.locator('[data-error]').waitFor();
      await axe(page);
      await page.reload();
      await toResult(page, true);
      for (const details of await page.locator('yc-precheck summary').all()) await details.click();
      await look(page, `dark-${size.width}`);
      await page.emulateMedia({ colorScheme: 'light' });
      await look(page, `unfolded-${size.width}`);
      await page.emulateMedia({ forcedColors: 'active' });
      await look(page, `forced-colours-${size.width}`);
    }));

  test(`the keyboard reaches everything, and nothing covers what it reaches, ${size.width} px wide`, () =>
    withPage({ ...size, height: 720 }, async (page) => {
      await toResult(page, true);
      await page.locator('.brand').focus();
      const reached = new Set();
      let place = await page.evaluate(focused);
      for (; place.name && reached.size < 200; place = await page.evaluate(focused)) {
        assert.equal(place.covered, false, `${place.name} is covered`);
        reached.add(place.name);
        await page.keyboard.press('Tab');
      }
      for (const material of s21.expected.materials) assert.ok(reached.has(`materials.${material}`), material);
      for (const name of ['accepted_on.year', '__reopen=business.activities', '__print=F-00', '__lang=en']) {
        assert.ok(reached.has(name), name);
      }
    }));
}

test('questions are at least 18 px high, and buttons are large enough for a finger', () =>
  withPage(phone, async (page) => {
    await open(page, server.address, { script: true });
    const small = await page.evaluate(() => {
      const texts = [...document.querySelectorAll('.now h2, .now .tile b, .now .help, .now button')];
      const controls = [...document.querySelectorAll('.tile, .row button, .ymd input, .bar .go')];
      return [
        texts.filter((text) => parseFloat(getComputedStyle(text).fontSize) < 18),
        controls.filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 44),
      ].map((found) => found.map((element) => element.className));
    });
    assert.deepEqual(small, [[], []]);
  }));

test('on a phone the questions come first, then the result, then the materials', () =>
  withPage({ ...phone, script: false }, async (page) => {
    await toResult(page, false);
    const tops = await page.evaluate(() =>
      ['.ask', '.verdict', '.dates', '.materials'].map(
        (part) => document.querySelector(part).getBoundingClientRect().top,
      ),
    );
    assert.deepEqual(tops, tops.toSorted((one, other) => one - other));
    await page.getByRole('link', { name: /看结果/ }).click();
    await page.waitForFunction('document.querySelector(".verdict").getBoundingClientRect().top < innerHeight');
    await shot(page, 'phone-result');
  }));

/** Waits for the element to take the page over. */
async function live(page, script) {
  if (script) await page.locator('yc-precheck[data-live]').waitFor();
}

/** Runs in the page: what has the focus, and whether something else lies upon it. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return {};
  const { name, value, type, className, localName } = element;
  const isButton = type === 'submit';
  const { left, top, width, height } = element.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  const covers = above?.closest('.bar, .verdict');
  return {
    name: name ? (isButton ? `${name}=${value}` : name) : `${localName}.${className}.${element.textContent}`,
    covered: Boolean(covers) && !covers.contains(element),
  };
}

// <yc-precheck> as a developer uses it: in a page of their own, under the strict policy, with
// nothing but the attributes, `answers`, `decision` and the events.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { answer, asked, change, choose, open, read, tick } from './flow.mjs';
import { axe, closeBrowser, compose, desktop, startServer, withPage } from './harness.mjs';
import { s21 } from './scenarios.mjs';

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

let server;
/** The addresses of the compiled pack and calendar. */
let files;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
  const page = await (await fetch(`${server.address}/putian/nine-in-one`)).text();
  files = ['pack', 'calendar'].map((name) => page.match(`<yc-precheck[^>]* ${name}="([^"]+)"`)[1]);
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const element = ([pack, calendar] = files, more = 'on="2014-11-18" lang="zh"') =>
  `<yc-precheck pack="${pack}" calendar="${calendar}" ${more}></yc-precheck>`;

/** Opens a page that is not Yichuang's, with this in its body. */
const foreign = (body, use, script = '') =>
  withPage(desktop, async (page) => {
    const headers = { 'content-security-policy': policy };
    const html = `<!doctype html><html lang="zh-CN"><title>某市办事大厅</title>
      <script type="module" src="/own.js"></script><main><h1>办事</h1>${body}</main></html>`;
    const code = `const element = document.querySelector('yc-precheck');
      globalThis.seen = [];
      for (const name of ['yc-decision', 'yc-error']) {
        document.addEventListener(name, (event) => seen.push([name, event.detail]));
      }
      ${script}
      await import('/assets/yichuang/element.js');`;
    await page.route('**/own.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
    await page.route('**/own', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: html }));
    await page.goto(`${server.address}/own`);
    await use(page);
  });

const live = (page) => page.locator('yc-precheck[data-live]').waitFor();

/** Runs in the page: what the element holds. */
const held = (page) =>
  page.evaluate(() => {
    const { answers, decision } = document.querySelector('yc-precheck');
    return { answers, decision, events: seen.map(([name, detail]) => [name, detail.verdict ?? detail.code]) };
  });

test('an empty element in a foreign page is filled, decides, and tells', () =>
  foreign(element(), async (page) => {
    await live(page);
    assert.deepEqual((await held(page)).events, [['yc-decision', 'undetermined']]);
    await page.getByText('药品零售', { exact: true }).click();
    const { answers, decision, events } = await held(page);
    assert.deepEqual(answers, { 'business.activities': ['drug_retail'] });
    assert.deepEqual([decision.on, decision.next_question], ['2014-11-18', 'applicant.kind']);
    assert.equal(events.length, 2);
    assert.equal(await asked(page, 'business.activities').count(), 1, 'the question stays until 下一步');
    assert.ok(await page.locator('[data-item=drug_retail]').count(), 'the result is there at once');
    await axe(page);
  }));

test('answers are set and got as they were, before the element is defined and after', () =>
  foreign(
    element(),
    async (page) => {
      await live(page);
      assert.deepEqual((await held(page)).answers, { 'applicant.registered': false });
      const answers = { 'business.activities': ['catering'], 'applicant.registered': true };
      await page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), answers);
      assert.deepEqual((await held(page)).answers, answers);
      await asked(page, 'applicant.kind').waitFor();
      await answer(page, 'applicant.kind', ['企业']);
      assert.deepEqual((await held(page)).answers, { ...answers, 'applicant.kind': 'enterprise' });
      await page.evaluate(() => document.querySelector('yc-precheck').reset());
      assert.deepEqual((await held(page)).answers, {});
      await asked(page, 'business.activities').waitFor();
    },
    "element.answers = { 'applicant.registered': false };",
  ));

test('S21 by answers alone gives what the page says by clicks', () =>
  foreign(element(), async (page) => {
    await live(page);
    const answers = {
      accepted_on: '2014-11-18',
      'business.activities': ['drug_retail', 'health_food_retail', 'device3'],
      'applicant.kind': 'enterprise',
      'applicant.registered': false,
      'applicant.via_agent': true,
      'premises.tenure': 'rented',
    };
    await page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), answers);
    await page.locator('.finished').waitFor();
    const found = await read(page);
    for (const [name, value] of Object.entries(s21.expected)) assert.deepEqual(found[name], value, name);
    const { decision } = await held(page);
    assert.deepEqual(decision.materials.filter(({ status }) => status === 'required').map(({ id }) => id), found.materials);
  }));

test('day and language are changed by attribute', () =>
  foreign(element(), async (page) => {
    await live(page);
    await page.evaluate(() => document.querySelector('yc-precheck').setAttribute('on', '2015-10-08'));
    assert.equal((await held(page)).decision.on, '2015-10-08');
    await page.evaluate(() => (document.querySelector('yc-precheck').lang = 'en'));
    await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
    await page.evaluate(() => document.querySelector('yc-precheck').setAttribute('on', '8 October'));
    const { decision, events } = await held(page);
    assert.deepEqual([decision.on, events.at(-1)], ['2015-10-08', ['yc-error', 'bad_date']]);
  }));

for (const [name, broken, code, words] of [
  ['a pack that is not there', () => ['/packs/none.ycp', files[1]], 'not_loaded', /没有取到（?.*404/],
  ['a calendar in the place of the pack', () => [files[1], files[1]], 'file_other_kind', /规则包文件/],
]) {
  test(`${name} is said in the empty element, and goes when it is mended`, () =>
    foreign('<p id="here"></p>', async (page) => {
      await page.evaluate(([pack, calendar]) => {
        const made = document.createElement('yc-precheck');
        made.setAttribute('pack', pack);
        made.setAttribute('calendar', calendar);
        document.querySelector('#here').after(made);
      }, broken());
      assert.match(await page.locator('yc-precheck [role=alert]').textContent(), words);
      assert.deepEqual((await held(page)).events, [['yc-error', code]]);
      await page.evaluate((pack) => document.querySelector('yc-precheck').setAttribute('pack', pack), files[0]);
      await live(page);
      assert.equal(await page.locator('[role=alert]').count(), 0);
    }));
}

test('a page of the server is taken over with its nodes, and what is open stays open', () =>
  withPage(desktop, async (page) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/*.ycp', async (route) => route.continue(await held));
    await page.goto(`${server.address}/putian/nine-in-one`);
    // The reader begins before the files are there.
    await page.getByText('餐饮服务', { exact: true }).click();
    const mine = page.locator('form.precheck, .tile, .tile *, .date *');
    await mine.evaluateAll((nodes) => nodes.forEach((node) => (node.mine = true)));
    release();
    await live(page);
    assert.ok(await mine.evaluateAll((nodes) => nodes.every((node) => node.mine)));
    assert.deepEqual(await page.evaluate(() => document.querySelector('yc-precheck').answers), {
      'business.activities': ['catering'],
    });
    assert.ok(await page.getByLabel('餐饮服务').isChecked());
    const why = page.locator('details').filter({ hasText: '为什么问这个' });
    await why.locator('summary').click();
    await page.getByText('食品流通', { exact: true }).click();
    assert.equal(await why.getAttribute('open'), '');
  }));

test('修改 opens a question again, with the focus in it, and ticks are kept', () =>
  withPage(desktop, async (page) => {
    await open(page, server.address, { script: true });
    for (const [fact, choices] of s21.answers) await answer(page, fact, choices);
    await tick(page, 'f01', '有');
    await change(page, 'premises.tenure');
    await asked(page, 'premises.tenure').waitFor();
    const focused = await page.evaluate(() => document.activeElement.name);
    assert.equal(focused, 'premises.tenure');
    await choose(page, 'premises.tenure', ['自有']);
    assert.equal(await page.locator('[data-material=f01]').getAttribute('data-state'), 'provided');
  }));

test('a field that is typed in keeps its node, text and cursor, and is judged when it is left', () =>
  foreign(element(), async (page) => {
    await live(page);
    const year = page.locator('fieldset.date input').first();
    const error = page.locator('[data-error=accepted_on]');
    await year.evaluate((node) => (node.mine = true));
    await compose(page, year, [['er', '二'], ['ling', '〇']]);
    assert.equal(await year.inputValue(), '二〇');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('〇');
    assert.equal(await year.inputValue(), '二〇〇');
    assert.deepEqual(await year.evaluate((node) => [node.mine, node.selectionStart]), [true, 2]);
    assert.equal(await error.count(), 0, 'not while it is typed');
    await page.getByText('药品零售', { exact: true }).click();
    await error.waitFor();
    assert.equal(await year.inputValue(), '二〇〇');
    const { answers } = await held(page);
    assert.deepEqual(answers, { accepted_on: '二〇〇--', 'business.activities': ['drug_retail'] });
  }));

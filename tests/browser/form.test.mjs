// <yc-form>: the server's form taken over, and one field of a form of the host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { look } from './flow.mjs';
import { axe, closeBrowser, compose, desktop, phone, startServer, withPage } from './harness.mjs';

let server;
/** The attributes that name the files. */
let files;

before(async () => {
  server = await startServer({ today: '2014-11-18', packs: 'tests/corpus' });
  const page = await (await fetch(`${server.address}/corpus/fields?form=F-10`)).text();
  files = page.match(/<yc-form (pack="[^"]+" calendar="[^"]+")/)[1];
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const live = (page) => page.locator('yc-form[data-live]').waitFor();
const field = (page, name) => page.locator(`.entry :is(input, textarea):is([name="${name}"], [data-name="${name}"])`);
const press = (page, name) => page.getByRole('button', { name, exact: true }).press('Enter');
const number = '11010519491231002X';

async function open(page, query = '?form=F-10') {
  await page.goto(`${server.address}/corpus/fields${query}`);
  await live(page);
}

/** A page of a host, under the same policy as the site, in which a form of the host may stand. */
async function host(page, body) {
  await page.route('**/host', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
      },
      body: `<!doctype html><html lang="zh"><head><title>主办网站</title><link rel="stylesheet" href="/assets/yichuang.css"><link rel="stylesheet" href="/assets/ask.css"><link rel="stylesheet" href="/assets/filling.css"><script type="module" src="/assets/yichuang/elements.js"></script></head><body><main><h1>主办网站</h1>${body}</main></body></html>`,
    }),
  );
  await page.goto(`${server.address}/host`);
  await live(page);
}

for (const size of [phone, desktop]) {
  test(`the form of the server is taken over and goes on without it, ${size.width} px wide`, () =>
    withPage(size, async (page) => {
      await open(page);
      const requests = [];
      page.on('request', (request) => requests.push(request.url()));
      await press(page, '下一步');
      await page.locator('.problems').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.className), 'problems');
      await look(page, `form-live-wrong-${size.width}`);
      await field(page, 'head.id_no').fill(number);
      await page.getByText('女，1949 年 12 月 31 日出生').waitFor();
      await page.locator('.sections .step').nth(1).press('Enter');
      await page.getByRole('heading', { name: '场所' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), '场所');
      await page.locator('.sections .step').last().press('Enter');
      await page.getByText('110***********002X').waitFor();
      assert.deepEqual(requests, []);
      const { answers, left } = await page.locator('yc-form').evaluate((form) => ({ answers: form.answers, left: form.left }));
      assert.deepEqual(answers, { 'head.id_no': number });
      assert.ok(left > 5, left);
    }));
}

test('what is composed stays where it is while the form changes', () =>
  withPage(phone, async (page) => {
    await open(page);
    const name = field(page, 'text');
    await name.fill('前后');
    await name.evaluate((input) => input.setSelectionRange(1, 1));
    await compose(page, name, [['putian', '莆田']]);
    assert.deepEqual(await name.evaluate((input) => [input.value, input.selectionStart]), ['前莆田后', 3]);
    assert.deepEqual(await page.locator('yc-form').evaluate((form) => form.answers.text), '前莆田后');
  }));

test('a field that is not needed goes, and its answer stays', () =>
  withPage(phone, async (page) => {
    await open(page);
    await field(page, 'kind').nth(0).check();
    await field(page, 'uscc').fill('91350300MA2X000193');
    await field(page, 'kind').nth(1).check();
    await field(page, 'uscc').waitFor({ state: 'detached' });
    assert.equal(await page.locator('yc-form').evaluate((form) => form.answers.uscc), '91350300MA2X000193');
  }));

test('in a form of the host it is one field, whose value is the answers', () =>
  withPage(desktop, async (page) => {
    await host(page, `<form id="host"><label>备注 <input name="note" value="x"></label><yc-form name="application" form-id="F-11" ${files}></yc-form><button>提交</button></form>`);
    const form = page.locator('yc-form');
    assert.equal(await form.locator('[name], form').count(), 0);
    await axe(page);
    const told = await page.evaluateHandle(() => {
      const events = [];
      for (const name of ['yc-change', 'yc-decision', 'yc-beforesubmit']) document.addEventListener(name, ({ type, detail }) => events.push([type, detail]));
      document.querySelector('#host').addEventListener('submit', (event) => {
        events.push(['submit', event.defaultPrevented]);
        event.preventDefault();
      });
      return events;
    });
    assert.equal(await form.evaluate((element) => element.form.id), 'host');
    await page.getByRole('button', { name: '提交' }).click();
    assert.equal(await form.evaluate((element) => element.validationMessage), '还有 3 处没有填好');
    assert.deepEqual(await told.evaluate((events) => events.map(([type]) => type)), [], 'an incomplete form is not sent');
    await field(page, 'text').fill('莆田甲乙有限公司');
    await field(page, 'head.name').fill('林小明');
    await field(page, 'head.mobile').fill('13812345678');
    await field(page, 'head.mobile').press('Enter');
    await page.getByRole('button', { name: '没有', exact: true }).click();
    await page.waitForFunction(() => document.querySelector('yc-form').left === 0);
    const value = await page.evaluate(() => [...new FormData(document.querySelector('#host'))]);
    const answers = { 'head.mobile': '13812345678', 'head.name': '林小明', staff: [], text: '莆田甲乙有限公司' };
    assert.deepEqual(value, [['note', 'x'], ['application', JSON.stringify(answers)]]);
    await page.getByRole('button', { name: '提交' }).click();
    const events = await told.jsonValue();
    assert.deepEqual(events.slice(-2), [['yc-beforesubmit', { answers, left: 0 }], ['submit', false]]);
    await page.evaluate(() => document.querySelector('#host').reset());
    assert.deepEqual(await form.evaluate((element) => element.answers), {});
  }));

test('a host can stop what is sent, and radio buttons without names know each other', () =>
  withPage(desktop, async (page) => {
    await host(page, `<form id="host"><yc-form name="a" form-id="F-10" ${files}></yc-form></form>`);
    await field(page, 'kind').nth(0).check();
    await field(page, 'kind').nth(1).check();
    assert.equal(await field(page, 'kind').nth(0).isChecked(), false);
    assert.equal(await page.locator('yc-form').evaluate((form) => form.answers.kind), 'person');
    const isStopped = await page.evaluate(() => {
      const form = document.querySelector('#host');
      form.addEventListener('yc-beforesubmit', (event) => event.preventDefault());
      return !form.dispatchEvent(new Event('submit', { cancelable: true }));
    });
    assert.equal(isStopped, true);
  }));

test('what is held is shown with its holder, and locked', () =>
  withPage(desktop, async (page) => {
    await host(page, `<yc-form form-id="F-10" ${files}></yc-form>`);
    await page.locator('yc-form').evaluate((form) => {
      form.answers = { text: '莆田甲乙有限公司', 'head.name': '林小明' };
      form.held = [{ fact: 'text', source: '企业登记档案', locked: true }, { fact: 'head.name', source: '人口库' }];
    });
    await page.getByText('来自企业登记档案').waitFor();
    await page.getByText('来自人口库').waitFor();
    assert.equal(await page.locator('.entry input[name="text"]').count(), 0);
    await field(page, 'head.name').fill('王芳');
    assert.deepEqual(await page.locator('yc-form').evaluate((form) => form.answers), { 'head.name': '王芳', text: '莆田甲乙有限公司' });
    await axe(page);
  }));

test('a form that is not there is said', () =>
  withPage(desktop, async (page) => {
    await page.route('**/host', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="zh"><title>a</title><script type="module" src="/assets/yichuang/elements.js"></script><yc-form form-id="F-99" ${files}></yc-form></html>` }));
    await page.goto(`${server.address}/host`);
    await page.getByRole('alert').getByText('规则包里没有这张要填的表。').waitFor();
  }));

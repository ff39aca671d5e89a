// A question whose answer is a table of rows; and the full module, which is loaded for it alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axe, closeBrowser, desktop, phone, shot, startServer, withPage } from './harness.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18', packs: 'tests/corpus' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const field = (page, name) => page.locator(`[name="${name}"]`);
const rows = (page) => page.locator('.one-row');
const value = async (page, id) => (await page.locator(`[data-value="${id}"] dd`).innerText()).split('\n')[0];
const live = (page) => page.locator('yc-precheck[data-live]').waitFor();
/** Text and button by keyboard: a pointer waits for the page to stand still. */
const press = (page, name) => page.getByRole('button', { name, exact: true }).press('Enter');

async function fillRow(page, row, name, amount) {
  await field(page, `shareholders[${row}].name`).fill(name);
  await field(page, `shareholders[${row}].amount`).fill(amount);
}

for (const [script, size] of [
  [true, phone],
  [true, desktop],
  [false, phone],
]) {
  const way = `${script ? 'with' : 'without'} script, ${size.width} px wide`;
  test(`rows are added, mended and taken away, ${way}`, () =>
    withPage({ ...size, script }, async (page) => {
      await page.goto(`${server.address}/rows/plain`);
      if (script) await live(page);
      await fillRow(page, 0, '王小明', '60');
      await press(page, '再加一行');
      await rows(page).nth(1).waitFor();
      await fillRow(page, 1, '潜江某某有限公司', '四十');
      await press(page, '下一步');
      const error = page.locator('.one-row').nth(1).locator('.error');
      await error.waitFor();
      assert.match(await error.innerText(), /请填写数字/);
      // What was typed is still there, in both rows.
      assert.equal(await field(page, 'shareholders[1].amount').inputValue(), '四十');
      assert.equal(await field(page, 'shareholders[0].name').inputValue(), '王小明');
      await axe(page);
      await shot(page, `rows-${script ? 'with' : 'without'}-${size.width}`);
      await field(page, 'shareholders[1].amount').fill('40');
      await press(page, '再加一行');
      await rows(page).nth(2).waitFor();
      await fillRow(page, 2, '王大明', '7.5');
      await press(page, '删除第 2 行');
      await page.waitForFunction(() => document.querySelectorAll('.one-row').length === 2);
      assert.equal(await field(page, 'shareholders[1].name').inputValue(), '王大明');
      await press(page, '下一步');
      await page.locator('[data-value="total"]', { hasText: '67.50' }).waitFor();
      assert.equal(await value(page, 'count'), '2');
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    }));
}

test('the full module is loaded for a pack with rows, and for no other', async () => {
  for (const [path, loaded] of [
    ['/rows/plain', ['yichuang.wasm', 'full/yichuang.wasm']],
    ['/rows/tables', ['yichuang.wasm', 'full/yichuang.wasm']],
    ['/corpus/decimals', ['yichuang.wasm']],
  ]) {
    await withPage({ ...phone }, async (page) => {
      const modules = [];
      page.on('request', (request) => {
        const found = request.url().match(/yichuang\/(.*\.wasm)/);
        if (found) modules.push(found[1]);
      });
      const response = await page.goto(`${server.address}${path}`);
      if (response.status() === 404) throw new Error(`${path} is not there`);
      await live(page);
      assert.deepEqual(modules, loaded, path);
    });
  }
});

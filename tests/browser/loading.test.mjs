// How the module comes into a page, and what is there when it does not come.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { closeBrowser, desktop, startServer, withPage } from './harness.mjs';

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const withoutWasm = policy.replace(" 'wasm-unsafe-eval'", '');

let server;
let pack;
let calendar;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
  const page = await (await fetch(`${server.address}/putian/nine-in-one`)).text();
  [pack, calendar] = ['pack', 'calendar'].map((name) => page.match(`<yc-precheck[^>]* ${name}="([^"]+)"`)[1]);
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const element = (address = pack) => `<yc-precheck pack="${address}" calendar="${calendar}" on="2014-11-18"></yc-precheck>`;

/** A page of one's own with this body, and with this script. */
async function own(page, body, script, csp = policy) {
  const headers = { 'content-security-policy': csp };
  const html = `<!doctype html><html lang="zh-CN"><title>办事</title><script type="module" src="/own.js"></script>${body}`;
  await page.route('**/own', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: html }));
  const code = `globalThis.errors = [];
    addEventListener('yc-error', ({ detail }) => errors.push(detail.code));
    ${script}`;
  await page.route('**/own.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await page.goto(`${server.address}/own`);
}

const withElements = "await import('/assets/yichuang/elements.js');";
const live = (page) => page.locator('yc-precheck[data-live]').first().waitFor();
const alert = (page) => page.locator('yc-precheck [role=alert]').textContent();

/** Serves the module in another way; gives how often it was asked for. */
async function serveModule(page, change) {
  let times = 0;
  await page.route('**/yichuang.wasm', async (route) => {
    times += 1;
    if (change === 404) return route.fulfill({ status: 404 });
    const response = await route.fetch();
    return route.fulfill({ response, ...change(response, await response.body()) });
  });
  return () => times;
}

for (const type of ['application/octet-stream', 'application/wasm; charset=utf-8', 'text/plain', '']) {
  test(`a module that is served as "${type}" works`, () =>
    withPage(desktop, async (page) => {
      await serveModule(page, (response) => ({ headers: { ...response.headers(), 'content-type': type } }));
      await own(page, element(), withElements);
      await live(page);
    }));
}

test('all elements of a page and decisions without one share a module', () =>
  withPage(desktop, async (page) => {
    const times = await serveModule(page, () => ({}));
    const script = `let started = 0;
      for (const way of ['instantiate', 'instantiateStreaming']) {
        const before = WebAssembly[way];
        WebAssembly[way] = (...parts) => ((started += 1), before(...parts));
      }
      await Promise.all([import('/assets/yichuang/elements.js'), import('/assets/yichuang/element.js')]);
      const { load } = await import('/assets/yichuang/index.js');
      const { decide } = await import('/assets/yichuang/slim.js');
      const files = { pack: '${pack}', calendar: '${calendar}', on: '2014-11-18' };
      const [precheck, decision] = await Promise.all([load(files), decide(files)]);
      globalThis.shown = [precheck.decision.receipt.code === decision.receipt.code, started];
      document.body.append('完毕');`;
    await own(page, element() + element(), script);
    await live(page);
    await page.getByText('完毕').waitFor();
    assert.deepEqual(await page.evaluate('shown'), [true, 1]);
    assert.equal(await page.locator('yc-precheck[data-live]').count(), 2);
    assert.equal(times(), 1);
  }));

test('a pack of a newer format says that the page is to be updated', () =>
  withPage(desktop, async (page) => {
    await page.route('**/newer.ycp', async (route) => {
      const response = await route.fetch({ url: server.address + pack });
      const body = await response.body();
      body.writeUInt16LE(body.readUInt16LE(4) + 1, 4);
      await route.fulfill({ response, body });
    });
    await own(page, element('/newer.ycp'), withElements);
    assert.match(await alert(page), /格式是第 \d+ 版.*请升级/);
    assert.deepEqual(await page.evaluate('errors'), ['file_newer']);
  }));

test('where a policy refuses WebAssembly an empty element says it', () =>
  withPage({ ...desktop, expected: /wasm-unsafe-eval|wasm-eval|unsafe-eval/ }, async (page) => {
    await own(page, element(), withElements, withoutWasm);
    assert.match(await alert(page), /不允许运行 WebAssembly.*wasm-unsafe-eval/);
    assert.deepEqual(await page.evaluate('errors'), ['wasm_refused']);
  }));

test('where WebAssembly is switched off an empty element says it', () =>
  withPage(desktop, async (page) => {
    await own(page, element(), `delete globalThis.WebAssembly; ${withElements}`);
    assert.match(await alert(page), /不允许运行 WebAssembly/);
  }));

for (const [name, change, code, words] of [
  ['does not arrive', 404, 'not_loaded', /yichuang\.wasm 没有取到.*404/],
  ['is cut off', (_, body) => ({ body: body.subarray(0, 9999) }), 'module_damaged', /模块不完整/],
]) {
  test(`a module that ${name} is said, and asked for again when the element is put back`, () =>
    withPage(desktop, async (page) => {
      await serveModule(page, change);
      await own(page, element(), withElements);
      assert.match(await alert(page), words);
      assert.deepEqual(await page.evaluate('errors'), [code]);
      await page.unroute('**/yichuang.wasm');
      await page.evaluate(() => document.body.append(document.querySelector('yc-precheck')));
      await live(page);
      assert.equal(await page.locator('[role=alert]').count(), 0);
    }));

  test(`the server's page stays and works where the module ${name}`, () =>
    withPage(desktop, async (page) => {
      await serveModule(page, change);
      const [error] = await Promise.all([
        page.waitForEvent('console', (message) => message.type() === 'error' && /Error/.test(message.text())),
        page.goto(`${server.address}/putian/nine-in-one`),
      ]);
      assert.ok(error);
      assert.equal(await page.locator('yc-precheck [role=alert]').count(), 0);
      await page.getByText('药品零售', { exact: true }).click();
      await page.getByRole('button', { name: '下一步' }).click();
      await page.locator('[data-question="applicant.kind"]').waitFor();
    }));
}

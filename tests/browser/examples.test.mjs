// The examples of `web-demo/examples`: each is built as it stands, with the package as npm installs it,
// and used under the strict policy.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';

import { closeBrowser, desktop, startServer, withPage } from './harness.mjs';
import { serveFolders } from './static.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const examples = join(root, 'web-demo', 'examples');
const installed = join(examples, 'node_modules', 'yichuang');
/** Where the examples look for a pack and a calendar. */
const files = join(examples, 'public');

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const trusted = `${policy}; require-trusted-types-for 'script'`;

before(async () => {
  assert.ok(existsSync(dirname(installed)), '`npm ci` in web-demo/examples, or `cargo xtask test --only browser`');
  const { version } = JSON.parse(readFileSync(join(root, 'target', 'npm', 'package.json'), 'utf8'));
  // Bundlers treat what is in `node_modules` otherwise than what is linked into it.
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', join(root, 'target', `yichuang-${version}.tgz`), '--strip-components=1', '-C', installed]);
  const server = await startServer({ today: '2014-11-18' });
  const page = await (await fetch(`${server.address}/putian/nine-in-one`)).text();
  mkdirSync(files, { recursive: true });
  for (const [attribute, name] of [['pack', 'nine-in-one.ycp'], ['calendar', 'cn.ycc']]) {
    const [, path] = page.match(`<yc-precheck[^>]* ${attribute}="([^"]+)"`);
    writeFileSync(join(files, name), new Uint8Array(await (await fetch(server.address + path)).arrayBuffer()));
  }
  await server.stop();
});

after(closeBrowser);

/** Runs a program in the folder of the examples and gives what it printed. */
function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: examples, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch ({ stdout, stderr, message }) {
    return assert.fail(`${program} ${args.join(' ')}: ${stdout}${stderr || message}`);
  }
}

const build = (name) => run('npm', 'run', '--silent', `build:${name}`);

/** Opens the start page of a web site that is these folders. */
async function visit(folders, use, csp = trusted) {
  const server = await serveFolders(folders.map((folder) => join(examples, folder)), csp);
  try {
    await withPage(desktop, async (page) => {
      await page.addInitScript(() => {
        globalThis.decisions = 0;
        addEventListener('yc-decision', () => (decisions += 1));
      });
      await page.goto(server.address);
      await use(page);
    });
  } finally {
    await server.stop();
  }
}

const answers = (page) => page.evaluate(() => document.querySelector('yc-precheck').answers);
const output = (page) => page.locator('output');

/** Waits for what is shown of a decision. */
const shows = (page, text) => output(page).filter({ hasText: text }).waitFor();

test('plain HTML needs three lines', async () => {
  const html = readFileSync(join(examples, 'plain', 'index.html'), 'utf8');
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  const lines = html.trim().split('\n').slice(1);
  assert.equal(lines.length, 3);
  assert.ok(readme.includes(lines.join('\n')), 'the first thing that the package says of itself');
  await visit(['plain', 'node_modules/yichuang', 'public'], async (page) => {
    await page.getByText('药品零售', { exact: true }).click();
    assert.deepEqual(await answers(page), { 'business.activities': ['drug_retail'] });
    const on = await page.evaluate(async () => {
      const { decision } = await Yichuang.load({ pack: '/nine-in-one.ycp', calendar: '/cn.ycc', on: '2014-11-18' });
      return [decision.on, document.querySelector('yc-precheck') instanceof Yichuang.YcPrecheck];
    });
    assert.deepEqual(on, ['2014-11-18', true]);
  });
});

for (const [name, csp] of [
  ['react', trusted],
  ['vue', trusted],
  ['svelte', trusted],
  // Its templates are compiled in the page here.
  ['angular', policy.replace("'wasm-unsafe-eval'", "'unsafe-eval'")],
]) {
  test(`${name} holds the answers, and shows what is decided`, async () => {
    build(name);
    await visit([`${name}/dist`], async (page) => {
      await shows(page, '餐饮服务');
      await page.evaluate(() => (decisions = 0));
      await page.getByText('上一步').or(page.getByText('修改')).first().click();
      await page.getByText('药品零售', { exact: true }).click();
      await shows(page, '药品');
      assert.deepEqual((await answers(page))['business.activities'].sort(), ['catering', 'drug_retail']);
      assert.equal(await page.evaluate('decisions'), 2, 'what is given back unchanged is not decided again');
      await page.getByRole('button', { name: '重新填' }).click();
      await page.waitForSelector('output:empty', { state: 'attached' });
      assert.deepEqual(await answers(page), {});
    }, csp);
  });
}

for (const name of ['react', 'angular']) {
  test(`the types of the example in ${name} are right`, () => {
    run(join(here, 'node_modules', '.bin', 'tsc'), '-p', name);
  });
}

test('a web worker decides and explains', async () => {
  build('worker');
  const use = async (page) => {
    await shows(page, '餐饮服务');
    await page.locator('select').selectOption('drug_retail');
    await shows(page, '药品');
    assert.match(await output(page).getAttribute('title'), /[一-鿿]/);
  };
  // A worker that is made from an address is no trusted script anywhere.
  await visit(['worker/dist'], use, policy);
});

for (const name of ['webpack', 'esbuild']) {
  test(`${name} bundles the element and its module`, async () => {
    build(name);
    await visit([`${name}/dist`], async (page) => {
      await page.getByText('药品零售', { exact: true }).click();
      await shows(page, '药品');
    });
  });
}

test('Node prints a decision', () => {
  const given = ['public/nine-in-one.ycp', 'public/cn.ycc', '{"business.activities": ["catering"]}'];
  const lines = run(process.execPath, 'node/precheck.js', ...given).trim().split('\n');
  const words = lines.map((line) => line.split('：')[0]);
  assert.equal(lines[0], '结论：undetermined');
  assert.deepEqual([...new Set(words)], ['结论', '事项', '材料', '接着问']);
  assert.match(lines[1], /^事项：餐饮服务许可（pass）。可以办理餐饮服务许可/);
});

/** A mini-program's page, in a host that has what mini-programs have and no more. */
function miniProgram() {
  const folder = join(examples, 'mini-program');
  const host = createContext({});
  runInContext('delete globalThis.WebAssembly', host);
  const has = ['fetch', 'URL', 'TextDecoder', 'TextEncoder', 'WebAssembly', 'document', 'setTimeout', 'process'];
  assert.deepEqual(has.filter((name) => runInContext(`typeof ${name} !== 'undefined'`, host)), []);
  let app;
  let page;
  const asked = [];
  const require = (from) => (path) => evaluate(posix.join(posix.dirname(from), path));
  const provided = {
    App: (options) => (app = options),
    getApp: () => app,
    Page: (options) => (page = options),
    WXWebAssembly: {
      instantiate: async (path, imports) => WebAssembly.instantiate(readFileSync(join(folder, path)), imports),
    },
    wx: {
      request({ url, responseType, success }) {
        assert.equal(responseType, 'arraybuffer');
        asked.push(url);
        const bytes = readFileSync(join(files, posix.basename(url)));
        success({ statusCode: 200, data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) });
      },
    },
  };
  function evaluate(path) {
    const module = { exports: {} };
    const names = ['require', 'module', 'exports', ...Object.keys(provided)];
    const wrapped = runInContext(`(function (${names.join()}) {${readFileSync(join(folder, path), 'utf8')}\n})`, host, path);
    wrapped(require(path), module, module.exports, ...Object.values(provided));
    return module.exports;
  }
  evaluate('app.js');
  evaluate('pages/index/index.js');
  page.setData = (change) => Object.assign(page.data, change);
  return { page, asked };
}

test('a mini-program asks its questions one after another, and explains', async () => {
  build('mini-program');
  const { page, asked } = miniProgram();
  await page.onLoad();
  assert.deepEqual([page.data.error, asked.length], ['', 2]);
  assert.match(page.data.question.text, /[一-鿿]/);
  const choose = (option) => page.choose({ currentTarget: { dataset: { option } } });
  choose('drug_retail');
  assert.deepEqual(page.data.items.length, 1);
  assert.match(page.data.items[0], /药品/);
  const first = page.data.question;
  choose(first.options[0].id);
  assert.notEqual(page.data.question.text, first.text);
  const { text } = await page.precheck.why({ item: 'drug_retail' });
  assert.match(text, /[一-鿿]/);
  page.onUnload();
});

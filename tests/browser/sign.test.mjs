// Signed rules: where a key is configured, what is not signed with it is not shown.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { cli, closeBrowser, phone, shot, startServer, withPage } from './harness.mjs';

let folder;
let server;
/** The attributes of an element with files that are signed. */
let files;
const path = (name) => join(folder, name);
const yichuang = (...args) => execFileSync(cli(), args, { encoding: 'utf8', cwd: new URL('../..', import.meta.url) });

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yichuang-signed-'));
  yichuang('compile', 'rules/packs/putian/nine-in-one', '-o', path('pack.ycp'));
  yichuang('compile', 'rules/calendars/cn', '-o', path('cn.ycc'));
  for (const name of ['own', 'other']) yichuang('keygen', path(name));
  yichuang('sign', '--key', path('own'), path('pack.ycp'), path('cn.ycc'));
  server = await startServer({
    today: '2014-11-18',
    packs: path('pack.ycp'),
    calendars: path('cn.ycc'),
    more: ['--public-key', path('own.pub')],
  });
  const page = await (await fetch(`${server.address}/putian/nine-in-one`)).text();
  const [, pack, calendar, key] = page.match(/<yc-precheck pack="([^"]+)" calendar="([^"]+)" key="([^"]+)"/);
  files = { pack, calendar, key };
});

after(async () => {
  await closeBrowser();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const keyOf = (name) => readFileSync(path(`${name}.pub`), 'utf8').split('\n')[1];
const attributes = (given) =>
  Object.entries({ ...files, ...given })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');

/** An empty element on a page under the site's policy; gives the code of its error, or nothing once it is live. */
async function open(page, given) {
  await page.route('**/host', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'" },
      body: `<!doctype html><html lang="zh"><head><title>主办网站</title><link rel="stylesheet" href="/assets/yichuang.css"><script type="module" src="/assets/yichuang/elements.js"></script></head><body><main><h1>主办网站</h1><yc-precheck ${attributes(given)}></yc-precheck></main></body></html>`,
    }),
  );
  await page.goto(`${server.address}/host`);
  await page.locator('yc-precheck[data-live], yc-precheck [role=alert]').first().waitFor();
  return page.evaluate(() => document.querySelector('yc-precheck [role=alert]')?.textContent);
}

const signed = /签名/;

test('pages of a hall with a key check what they fetch, and go on', () =>
  withPage(phone, async (page) => {
    const fetched = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(`${server.address}/putian/nine-in-one`);
    await page.locator('yc-precheck[data-live]').waitFor();
    assert.ok(fetched.includes(`${files.pack}.sig`) && fetched.includes(`${files.calendar}.sig`), fetched.join(' '));
    await page.goto(`${server.address}/putian/nine-in-one?form=F-10`);
    await page.locator('yc-form[data-live]').waitFor();
    assert.equal(await page.locator('yc-form').getAttribute('key'), files.key);
  }));

test('the kiosk of such a hall begins a visit with the key', () =>
  withPage({ width: 1080, height: 1920 }, async (page) => {
    await page.goto(`${server.address}/kiosk`);
    await page.locator('[data-id]').first().waitFor({ state: 'attached' });
    await page.evaluate(() => document.querySelector('.screen:not([hidden]) button')?.click());
    await page.locator('button[data-id]').first().click();
    await page.locator('yc-precheck[data-live]').waitFor();
    assert.equal(await page.locator('yc-precheck').getAttribute('key'), files.key);
  }));

test('one of several keys is enough, and without a key nothing is asked for', () =>
  withPage(phone, async (page) => {
    const fetched = [];
    page.on('request', (request) => fetched.push(request.url()));
    assert.equal(await open(page, { key: `${keyOf('other')} ${keyOf('own')}` }), undefined);
    fetched.length = 0;
    assert.equal(await open(page, { key: undefined }), undefined);
    assert.ok(!fetched.some((url) => /\.sig|signed\.js/.test(url)), 'no more is loaded than before');
  }));

test('what is not signed with the key is refused, in words, and nothing of it is shown', () =>
  withPage(phone, async (page) => {
    assert.match(await open(page, { key: keyOf('other') }), signed);
    await shot(page, 'sign-refused-375');
    for (const key of ['', ' ', 'AAAA', '公钥', keyOf('own').slice(0, 40)]) assert.match(await open(page, { key }), /公钥/, key);
    for (const name of ['pack', 'calendar']) {
      const address = `**${files[name]}`;
      // Another file than the one that was signed.
      await page.route(address, async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        body[body.length >> 1] ^= 1;
        await route.fulfill({ response, body });
      });
      assert.match(await open(page), signed, `${name} changed`);
      await page.unroute(address);
      for (const [way, answer] of [
        ['missing', { status: 404, body: 'x' }],
        ['short', { status: 200, body: 'x' }],
        ['of another file', { status: 200, body: readFileSync(path(`${name === 'pack' ? 'cn.ycc' : 'pack.ycp'}.sig`)) }],
      ]) {
        await page.route(`${address}.sig`, (route) => route.fulfill(answer));
        assert.match(await open(page), signed, `signature ${way}`);
        await page.unroute(`${address}.sig`);
      }
      await page.route(`${address}.sig`, (route) => route.abort());
      assert.match(await open(page), signed, 'signature does not arrive');
      await page.unroute(`${address}.sig`);
    }
    assert.equal(await open(page), undefined, 'and the true ones are shown');
  }));

test('a browser that cannot check a signature shows nothing either', () =>
  withPage(phone, async (page) => {
    await page.addInitScript(() => {
      const refuse = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
      SubtleCrypto.prototype.importKey = refuse;
    });
    assert.match(await open(page), /核对不了/);
  }));

test('the headless package checks too, with signatures beside or given', async () => {
  const site = process.env.YICHUANG_SITE_DIR ?? new URL('../../target/site', import.meta.url).pathname;
  const { load } = await import(join(site, 'npm', 'index.node.js'));
  const given = { pack: path('pack.ycp'), calendar: path('cn.ycc'), on: '2014-11-18', key: files.key };
  const precheck = await load(given);
  assert.equal(precheck.decision.pack.id, 'putian/nine-in-one');
  precheck.close();
  const bytes = (name) => new Uint8Array(readFileSync(path(name)));
  const whole = { ...given, pack: bytes('pack.ycp'), calendar: bytes('cn.ycc') };
  await assert.rejects(load(whole), { code: 'not_signed' });
  const signatures = { pack: bytes('pack.ycp.sig'), calendar: bytes('cn.ycc.sig') };
  (await load({ ...whole, signatures })).close();
  await assert.rejects(load({ ...whole, signatures: { ...signatures, pack: signatures.calendar } }), { code: 'bad_signature' });
  await assert.rejects(load({ ...given, key: '' }), { code: 'bad_key' });
  await assert.rejects(load({ ...given, key: null }), { code: 'bad_key' });
});

test('a server with a key does not start with what is not signed', async () => {
  const start = (packs, calendars, key = 'own.pub') =>
    startServer({ packs, calendars, more: ['--public-key', path(key)] }).then((started) => started.stop());
  const calendar = path('cn.ycc');
  await assert.rejects(start(path('pack.ycp'), calendar, 'other.pub'), /签名不对/);
  await assert.rejects(start('rules/packs', calendar), /编译/);
  await assert.rejects(start(path('pack.ycp'), 'rules/calendars/cn'), /编译/);
  copyFileSync(path('pack.ycp'), path('bare.ycp'));
  await assert.rejects(start(path('bare.ycp'), calendar), /没有签名/);
  writeFileSync(path('bare.ycp.sig'), 'x');
  await assert.rejects(start(path('bare.ycp'), calendar), /64/);
});

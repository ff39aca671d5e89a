// The network is pulled after the first visit: the server is stopped, and everything goes on.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { answer, item, open as openItem, verdict } from './flow.mjs';
import { axe, closeBrowser, desktop, startServer, withPage } from './harness.mjs';
import { attract, begin, gone, held, lying, mark, open, setAnswers } from './kiosk.mjs';

const today = '2014-11-18';
const pack = 'putian/nine-in-one';
const source = fileURLToPath(new URL('../../rules/packs/', import.meta.url));
const policy = /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.*require-trusted-types-for 'script'/;

after(closeBrowser);

/** Runs a test with a server of its own, and stops what still runs. */
const alone = (name, use, size = desktop) =>
  test(name, async () => {
    const server = await startServer({ today });
    try {
      await withPage({ ...size, worker: true }, (page) => use(page, server));
    } finally {
      await server.stop();
    }
  });

/** Waits until the copy is whole, and the page is under its worker. */
const copied = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });

const hours = (count) => count * 3_600_000;

alone('the kiosk works for hours without a network', async (page, server) => {
  await open(page, server.address);
  await copied(page);
  await server.stop();
  for (const visit of [1, 2, 3]) {
    await page.clock.fastForward(hours(3));
    await mark(page);
    await begin(page, pack);
    await answer(page, 'business.activities', ['餐饮服务']);
    const { answers, decision } = await held(page);
    assert.deepEqual(answers, { 'business.activities': ['catering'] }, `visit ${visit}`);
    assert.equal(decision.pack.id, pack);
    await page.locator('.tools [data-do=clear]').click();
    await gone(page);
  }
  assert.match((await page.reload()).headers()['content-security-policy'], policy);
  await attract(page);
  // A pack with tables, for which another module is loaded.
  await begin(page, 'cn/identity');
}, lying);

alone('the page of every pack works without a network, in both languages, and is under the same policy', async (page, server) => {
  await openItem(page, server.address, { script: true });
  await copied(page);
  const ids = await page.evaluate(async () => (await (await fetch('/api/v1/packs')).json()).packs.map(({ id }) => id));
  assert.ok(ids.length > 5);
  await server.stop();
  for (const address of ['/', '/?lang=en', ...ids.map((id) => `/${id}`), `${item}?lang=en`]) {
    const response = await page.goto(server.address + address);
    assert.equal(response.status(), 200, address);
    assert.equal(response.fromServiceWorker(), true, address);
    assert.match(response.headers()['content-security-policy'], policy, address);
    if (!/^\/(\?|$)/.test(address)) await page.locator('yc-precheck[data-live]').waitFor();
  }
  await axe(page);
});

alone('a whole pre-check without a network, with a draft; what needs one says so and loses nothing', async (page, server) => {
  await openItem(page, server.address, { script: true });
  await copied(page);
  await server.stop();
  await openItem(page, server.address, { script: true });
  const answers = {
    accepted_on: today,
    'business.activities': ['catering'],
    'applicant.kind': 'individual',
    'applicant.registered': true,
  };
  await setAnswers(page, answers);
  await verdict(page, 'undetermined');
  for (const name of ['大字版', 'English']) {
    await page.locator('.top nav').getByRole('button', { name }).click();
    await page.getByText('您的回答都还在').waitFor();
    await page.locator('.page-note').evaluate((note) => note.remove());
    assert.deepEqual((await held(page)).answers, answers);
  }
  await page.locator('.top nav').getByRole('button', { name: '草稿' }).click();
  await page.locator('#drafts-passphrase').fill('没有网络也能保存');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('草稿已保存').waitFor();
  await openItem(page, server.address, { script: true });
  await page.locator('.page-note').getByRole('button', { name: '打开草稿' }).click();
  await page.locator('#drafts-passphrase').fill('没有网络也能保存');
  await page.locator('dialog').getByRole('button', { name: '打开草稿' }).click();
  await page.getByText('草稿打开了').waitFor();
  assert.deepEqual((await held(page)).answers, answers);
});

test('new rules arrive in the background, and the next person has them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yichuang-packs-'));
  let server = await startServer({ today });
  try {
    cpSync(source, folder, { recursive: true });
    const file = join(folder, pack, 'pack.yaml');
    const text = readFileSync(file, 'utf8');
    const changed = text.replace('版本: 2014-11', '版本: 2014-12');
    assert.notEqual(changed, text);
    writeFileSync(file, changed);
    await withPage({ ...lying, worker: true }, async (page) => {
      await open(page, server.address);
      await copied(page);
      await mark(page);
      await begin(page, pack);
      await setAnswers(page, { 'business.activities': ['catering'] });
      const before = (await held(page)).decision.pack;
      const { address } = server;
      await server.stop();
      server = await startServer({ today, packs: folder, listen: new URL(address).host });
      const isCopied = await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        const { installing } = registration;
        if (installing) {
          await new Promise((resolve) => {
            installing.addEventListener('statechange', () => installing.state === 'installed' && resolve());
          });
        }
        return Boolean(registration.waiting);
      });
      assert.equal(isCopied, true, 'the new copy is whole, and waits');
      await server.stop();
      await setAnswers(page, { 'business.activities': ['drug_retail'] });
      assert.deepEqual((await held(page)).decision.pack, before, 'somebody in the middle goes on with the old rules');
      await page.locator('.tools [data-do=clear]').click();
      await gone(page);
      await begin(page, pack);
      const now = (await held(page)).decision.pack;
      assert.equal(now.edition, '2014-12');
      assert.notEqual(now.digest, before.digest);
      await page.locator('.runs').getByText('2014-12 版').waitFor();
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

alone('the site and the kiosk can be installed', async (page, server) => {
  for (const [address, start, display] of [['/', '/', 'standalone'], [item, '/', 'standalone'], ['/kiosk', '/kiosk', 'fullscreen']]) {
    await page.goto(server.address + address);
    await copied(page);
    const session = await page.context().newCDPSession(page);
    const { data, errors, url } = await session.send('Page.getAppManifest');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    await session.detach();
    // Contexts of tests are incognito, and nothing else stands in the way.
    assert.deepEqual([errors, installabilityErrors.map(({ errorId }) => errorId)], [[], ['in-incognito']], url);
    const manifest = JSON.parse(data);
    assert.deepEqual([manifest.start_url, manifest.display], [start, display]);
    assert.match(manifest.name, /莆田市行政服务中心$/);
  }
});

alone('what is kept holds no answers', async (page, server) => {
  await openItem(page, server.address, { script: true });
  await copied(page);
  await answer(page, 'business.activities', ['餐饮服务']);
  await page.locator('.top nav').getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
  await page.locator('[data-answer="business.activities"]').waitFor();
  const found = await page.evaluate(async () => {
    const places = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const text = await (await cache.match(request)).text();
        if (request.method !== 'GET' || /data-answer=/.test(text)) places.push(request.url);
      }
    }
    return places;
  });
  assert.deepEqual(found, []);
});

// Drafts: kept under a passphrase or not at all, and gone with one tap.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { answer, item, look, open } from './flow.mjs';
import { closeBrowser, desktop, phone, startServer, withPage } from './harness.mjs';
import { held } from './kiosk.mjs';

const passphrase = '春天来了，海棠花开';
const kind = { 'business.activities': ['catering'], 'applicant.kind': 'individual' };

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const drafts = (name, use, size = desktop) =>
  test(name, () =>
    withPage(size, async (page) => {
      await open(page, server.address, { script: true });
      await use(page);
    }));

const dialog = (page) => page.locator('dialog.drafts[open]');
const note = (page) => page.locator('.page-note');

/** Opens the dialog, and presses a button in it with this passphrase typed. */
async function act(page, name, typed) {
  await page.locator('.top nav').getByRole('button', { name: '草稿' }).click();
  await dialog(page).getByLabel('口令', { exact: true }).fill(typed);
  await dialog(page).getByRole('button', { name }).click();
}

async function save(page, answers = kind) {
  await page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), answers);
  await act(page, '保存草稿', passphrase);
  await note(page).getByText('草稿已保存在这台设备上。').waitFor();
}

/** Comes back as on another day: nothing but what is stored is left. */
async function comeBack(page, query = '') {
  await open(page, server.address, { script: true, query });
  assert.deepEqual((await held(page)).answers, {});
}

/** All that the site keeps on this device, with the bytes of drafts as text. */
const kept = (page) =>
  page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    let count = 0;
    for (const { name } of await indexedDB.databases()) {
      const opened = await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of opened.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const request = opened.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        count += all.length;
        for (const draft of all) {
          for (const value of Object.values(draft)) {
            texts.push(value instanceof Object ? new TextDecoder('latin1').decode(value) : String(value));
          }
        }
      }
      opened.close();
    }
    return { count, text: texts.join('\n') };
  });

drafts('nothing is kept that nobody asked for', async (page) => {
  await answer(page, 'business.activities', ['餐饮服务']);
  await comeBack(page);
  assert.equal(await note(page).count(), 0);
  assert.equal((await kept(page)).count, 0);
});

for (const [size, query] of [[desktop, ''], [phone, ''], [phone, '?lang=en']]) {
  test(`the drafts are without barriers, ${size.width} px wide ${query}`, () =>
    withPage(size, async (page) => {
      await open(page, server.address, { script: true, query });
      const name = `drafts-${size.width}-${query ? 'en' : 'zh'}`;
      await look(page, `${name}-page`);
      await page.locator('.top nav').getByRole('button', { name: query ? 'Drafts' : '草稿' }).click();
      await dialog(page).waitFor();
      await look(page, `${name}-dialog`);
      await dialog(page).locator('input').fill('short');
      await page.keyboard.press('Enter');
      await dialog(page).getByText(query ? 'too short' : '口令太短').waitFor();
      await look(page, `${name}-short`);
      assert.equal((await kept(page)).count, 0);
    }));
}

drafts('a draft is kept encrypted and opened again, in either language', async (page) => {
  await save(page);
  const { count, text } = await kept(page);
  assert.equal(count, 1);
  assert.doesNotMatch(text, /catering|individual|business|春天/);
  await comeBack(page);
  await look(page, 'drafts-there');
  await note(page).getByRole('button', { name: '打开草稿' }).click();
  await dialog(page).getByLabel('口令', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await note(page).getByText('草稿打开了，可以接着办。').waitFor();
  assert.deepEqual((await held(page)).answers, kind);
  await page.locator('[data-answer="business.activities"]').waitFor();
  await comeBack(page, '?lang=en');
  await note(page).getByRole('button', { name: 'Open the draft' }).click();
  await dialog(page).getByLabel('Passphrase').fill(passphrase);
  await dialog(page).getByRole('button', { name: 'Open the draft' }).click();
  await note(page).getByText('The draft is open').waitFor();
  assert.deepEqual((await held(page)).answers, kind);
});

drafts('a wrong passphrase opens nothing and loses nothing', async (page) => {
  await save(page);
  await comeBack(page);
  await act(page, '打开草稿', `${passphrase}。`);
  await dialog(page).getByText('口令不对，草稿没有打开，也没有丢。').waitFor();
  assert.equal(await dialog(page).locator('input').inputValue(), '');
  assert.deepEqual((await held(page)).answers, {});
  await dialog(page).getByLabel('口令', { exact: true }).fill(passphrase);
  await dialog(page).getByRole('button', { name: '打开草稿' }).click();
  await note(page).getByText('草稿打开了').waitFor();
  assert.deepEqual((await held(page)).answers, kind);
});

drafts('the same passphrase typed in another way of Unicode opens it', async (page) => {
  await page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), kind);
  await act(page, '保存草稿', 'caf\u00e9 １２３４');
  await note(page).getByText('草稿已保存').waitFor();
  await comeBack(page);
  await act(page, '打开草稿', 'cafe\u0301 1234');
  await note(page).getByText('草稿打开了').waitFor();
});

drafts('a draft takes the place of the one before', async (page) => {
  await save(page, { 'applicant.kind': 'enterprise' });
  await page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), kind);
  await act(page, '保存，替换原来的草稿', '另外一个很长的口令');
  await dialog(page).waitFor({ state: 'hidden' });
  await note(page).getByText('草稿已保存').waitFor();
  assert.equal((await kept(page)).count, 1);
  await comeBack(page);
  await act(page, '打开草稿', '另外一个很长的口令');
  await note(page).getByText('草稿打开了').waitFor();
  assert.deepEqual((await held(page)).answers, kind);
});

drafts('a draft that somebody changed, or moved to another pack, is not opened', async (page) => {
  await save(page);
  const change = (how) =>
    page.evaluate(
      ([from, to, bit]) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('yichuang');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('drafts', 'readwrite');
            const store = transaction.objectStore('drafts');
            store.get(from).onsuccess = ({ target: { result } }) => {
              if (bit) new Uint8Array(result.data)[0] ^= 1;
              store.put(result, to);
            };
            transaction.oncomplete = () => resolve(opening.result.close());
            transaction.onabort = () => reject(transaction.error);
          };
        }),
      how,
    );
  const pack = item.slice(1);
  await change([pack, 'putian/three-in-one', false]);
  await change([pack, pack, true]);
  for (const address of [item, '/putian/three-in-one']) {
    await page.goto(server.address + address);
    await page.locator('yc-precheck[data-live]').waitFor();
    await act(page, '打开草稿', passphrase);
    await dialog(page).getByText('口令不对').waitFor();
    assert.deepEqual((await held(page)).answers, {});
  }
});

drafts('one tap clears the drafts of every pack and the page', async (page) => {
  await save(page);
  await page.goto(`${server.address}/putian/three-in-one`);
  await page.locator('yc-precheck[data-live]').waitFor();
  await act(page, '保存草稿', passphrase);
  await note(page).getByText('草稿已保存').waitFor();
  await open(page, server.address, { script: true });
  await answer(page, 'business.activities', ['餐饮服务']);
  assert.equal((await kept(page)).count, 2);
  await page.locator('.top nav').getByRole('button', { name: '清除我的数据' }).click();
  await note(page).getByText('都删除了').waitFor();
  await look(page, 'drafts-cleared');
  assert.deepEqual((await held(page)).answers, {});
  assert.deepEqual(await page.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length]), [0, 0]);
  assert.equal(await page.locator('[data-answer]').count(), 0);
  await comeBack(page);
  assert.equal(await note(page).count(), 0);
});

// Long forms: how much of a page a change touches, counted by the browser.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { fieldCount, rowCount, write } from '../../bench/pages/large.mjs';
import { closeBrowser, compose, startServer, withPage } from './harness.mjs';

let server;
let packs;

before(async () => {
  packs = write(mkdtempSync(join(tmpdir(), 'yichuang-large-')));
  server = await startServer({ today: '2014-11-18', packs });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
  rmSync(packs, { recursive: true });
});

async function open(page, pack, shown, count) {
  await page.goto(`${server.address}/large/${pack}?form=F-10&going=true`);
  await page.locator('yc-form[data-live]').waitFor();
  await page.locator('button[name=__layout][value=single]').evaluate((button) => button.click());
  await page.waitForFunction(([what, many]) => document.querySelectorAll(what).length === many, [shown, count]);
}

/** Does something to the page, and tells the nodes that it changed: new and removed ones with all in
 * them, and those with another text or attribute. */
const touched = (page, act, given) =>
  page.evaluate(
    ([source, given]) => {
      const root = document.querySelector('yc-form');
      const observer = new MutationObserver(() => {});
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      globalThis.acts[source](given);
      const nodes = new Set();
      const add = (node) => {
        nodes.add(node);
        node.childNodes.forEach(add);
      };
      for (const { type, target, addedNodes, removedNodes } of observer.takeRecords()) {
        if (type === 'childList') [...addedNodes, ...removedNodes].forEach(add);
        else nodes.add(target);
      }
      observer.disconnect();
      const place = (node) => (node.closest ? node : node.parentElement)?.closest('[data-field]')?.dataset.field;
      return { count: nodes.size, fields: [...new Set([...nodes].map(place).filter(Boolean))] };
    },
    [act, given],
  );

/** What is done to a page, each in one event as a reader makes it. */
const acts = () => {
  const send = (field) => field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  globalThis.acts = {
    type: ([name, text]) => {
      const field = document.querySelector(`[name="${name}"]`);
      field.value = text;
      send(field);
    },
    choose: ([name, value]) => {
      const field = document.querySelector(`[name="${name}"][value="${value}"]`);
      field.checked = true;
      send(field);
    },
    press: ([name, value]) => document.querySelector(`button[name="${name}"][value="${value}"]`).click(),
    set: (answers) => {
      document.querySelector('yc-form').answers = answers;
    },
  };
};

test('in a form of 5,000 fields a change touches what depends on it, and nothing else', () =>
  withPage({}, async (page) => {
    await open(page, 'fields', '.entry', fieldCount);
    await page.evaluate(acts);
    const text = await touched(page, 'type', ['f3', '莆田']);
    assert.deepEqual(text, { count: 0, fields: [] }, 'the field shows already what was typed');
    // Its block needs eight more fields, and the ninth is shown for certain: their words change.
    const needed = await touched(page, 'choose', ['f2500', 'true']);
    const block = Array.from({ length: 10 }, (_, place) => `f${2500 + place}`);
    assert.deepEqual(needed.fields.sort(), block);
    assert.ok(needed.count < 60, `${needed.count} nodes`);
    const unneeded = await touched(page, 'choose', ['f2500', 'false']);
    assert.deepEqual(unneeded.fields.sort(), block, 'the last of the block goes');
    assert.equal(await page.locator('.entry').count(), fieldCount - 1);
    assert.ok(unneeded.count < 60, `${unneeded.count} nodes`);
    // The same in the first block and in the last one.
    const first = await touched(page, 'choose', ['f0', 'true']);
    const last = await touched(page, 'choose', [`f${fieldCount - 10}`, 'true']);
    assert.equal(first.count, last.count);
    // What is wrong is told at its field, and nowhere else.
    const wrong = await touched(page, 'type', ['f4001', '很多']);
    assert.deepEqual(wrong.fields, [], 'not while it is typed');
    const told = await touched(page, 'type', ['f3', '莆田市']);
    assert.deepEqual(told.fields, ['f4001']);
    assert.equal(await page.locator('.error').count(), 1);
  }));

test('in a form of 5,000 fields the cursor stays while Chinese is composed', () =>
  withPage({}, async (page) => {
    await open(page, 'fields', '.entry', fieldCount);
    const field = page.locator('[name="f4003"]');
    await field.fill('福建');
    await field.evaluate((input) => {
      input.focus();
      input.setSelectionRange(1, 1);
    });
    await compose(page, field, [['putian', '莆田']]);
    assert.equal(await field.inputValue(), '福莆田建');
    assert.equal(await field.evaluate((input) => input.selectionStart), 3);
    assert.deepEqual(await page.locator('yc-form').evaluate((form) => form.answers.f4003), '福莆田建');
  }));

test('a row touches as much of a table of 1,000 rows as of one of ten', () =>
  withPage({}, async (page) => {
    await open(page, 'rows', '.one-row', 1);
    await page.evaluate(acts);
    const row = (place) => ({ name: `王${place}`, born: '1990-02-03', pay: '100' });
    const fill = (count) =>
      touched(page, 'set', { going: true, staff: Array.from({ length: count }, (_, place) => row(place)) });
    const counts = [];
    // One more than these is allowed in either: else the button for one more goes as well.
    for (const count of [9, rowCount - 2]) {
      await fill(count);
      const typed = await touched(page, 'type', [`staff[${count - 1}].name`, '李']);
      const wrong = await touched(page, 'type', [`staff[${count - 1}].pay`, '一百']);
      const mended = await touched(page, 'type', [`staff[${count - 1}].pay`, '100']);
      const added = await touched(page, 'press', ['__add_row', 'staff']);
      assert.equal(await page.locator('.one-row').count(), count + 1);
      const removed = await touched(page, 'press', ['__remove_row', `staff[${count}]`]);
      assert.equal(await page.locator('.one-row').count(), count);
      counts.push([typed, wrong, mended, added, removed].map((one) => one.count));
    }
    const [ten, thousand] = counts;
    assert.deepEqual(thousand, ten);
    assert.ok(ten[3] > 0 && ten[3] < 60, `${ten[3]} nodes`);
  }));

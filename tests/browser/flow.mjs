// What a person does on the page of a pre-check, and what can be read off it; the same with and
// without script.

import assert from 'node:assert/strict';

import { axe, shot } from './harness.mjs';

/** Where the pack of the nine-in-one licence is served. */
export const item = '/putian/nine-in-one';

/**
 * Opens the pre-check. With script it waits until the page is live.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} address of the server
 * @param {{ script: boolean, query?: string }} options
 */
export async function open(page, address, { script, query = '' }) {
  await page.goto(address + item + query);
  await page.locator(script ? 'yc-precheck[data-live]' : 'yc-precheck:not([data-live])').waitFor();
}

/** Types the day of acceptance; without script it presses 更新. */
export async function acceptOn(page, day) {
  const date = page.locator('fieldset.date');
  const parts = day.split('-');
  for (const [place, label] of ['年', '月', '日'].entries()) {
    await date.getByLabel(label, { exact: true }).fill(parts[place].replace(/^0/, ''));
  }
  if (await isLive(page)) await page.keyboard.press('Tab');
  else await press(page, page.getByRole('button', { name: '更新', exact: true }));
}

/**
 * Answers the question that is asked now, by the words on its tiles, and goes on.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} fact the question that must be asked now
 * @param {string[]} choices the names of tiles, or the one text to type
 */
export async function answer(page, fact, choices) {
  await choose(page, fact, choices);
  await next(page);
  await page.locator(`[data-answer="${fact}"]`).waitFor();
}

/** Ticks tiles, or types a text, without going on. */
export async function choose(page, fact, choices) {
  const question = asked(page, fact);
  await question.waitFor();
  for (const choice of choices) {
    const tile = question.locator('.tile').filter({ has: page.getByText(choice, { exact: true }) });
    if (await question.locator('.tile').count()) await tile.click();
    else await question.locator('input[type=text]').fill(choice);
  }
}

/** The question that is asked now. */
export const asked = (page, fact) => page.locator(`section[data-question="${fact}"]`);

export const next = (page) => press(page, page.getByRole('button', { name: '下一步', exact: true }));

/** Presses 修改 in the line of an answer. */
export const change = (page, fact) =>
  press(page, page.locator(`[data-answer="${fact}"]`).getByRole('button', { name: /^修改/ }));

/**
 * Presses a button that sends the form; without script the page that comes back is awaited.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} button
 */
export async function press(page, button) {
  if (await isLive(page)) {
    await button.click();
    return;
  }
  const loaded = page.waitForEvent('load');
  await button.click();
  await loaded;
}

const isLive = async (page) => (await page.locator('yc-precheck[data-live]').count()) > 0;

/** Ticks 有, 没有 or 有问题 for a material; without script the result is not updated by it. */
export const tick = (page, material, word) =>
  page.locator(`[data-material="${material}"]`).getByLabel(word, { exact: true }).check();

/** Sends the ticks where there is no script. */
export async function update(page) {
  if (!(await isLive(page))) await press(page, page.getByRole('button', { name: '更新结果' }));
}

/** The words of a part of the page, with plain spaces. */
export const words = async (locator) => (await locator.textContent()).replaceAll(/\s+/g, ' ').trim();

/** Waits until the page states a verdict. */
export const verdict = (page, code) => page.locator(`[data-verdict="${code}"]`).waitFor();

/**
 * All that the page says about a decision, as a person reads it.
 *
 * @param {import('playwright-core').Page} page
 */
export function read(page) {
  return page.evaluate(() => {
    const all = (selector, of = document) => [...of.querySelectorAll(selector)];
    const said = (element) => element?.textContent.replaceAll(/\s+/g, ' ').trim();
    const word = (selector, of = document) => said(of.querySelector(selector));
    const page = document.querySelector('form.precheck');
    const data = (name) => all(`[data-${name}]`, page);
    return {
      verdict: page.querySelector('[data-verdict]').dataset.verdict,
      headline: word('.verdict .big'),
      detail: word('.verdict .detail'),
      question: page.querySelector('[data-question]')?.dataset.question,
      answers: Object.fromEntries(data('answer').map((line) => [line.dataset.answer, word('.a', line)])),
      items: data('item').map((item) => item.dataset.item),
      certificates: all('.cert', page).map(said),
      counts: Object.fromEntries(data('count').map((count) => [count.dataset.count, said(count)])),
      due: page.querySelector('[data-due]')?.getAttribute('datetime'),
      dueWords: said(page.querySelector('[data-due]')),
      promise: word('.dates .lamp'),
      steps: all('[data-step] time', page).map((time) => time.getAttribute('datetime')),
      materials: data('material').map((material) => material.dataset.material),
      states: data('material').map((material) => material.dataset.state),
      names: Object.fromEntries(data('material').map((row) => [row.dataset.material, word('.what b', row)])),
      spared: all('.spared li', page).map((line) => `${word('b', line)}：${word('span', line)}`),
      waived: data('waived').map((line) => line.dataset.waived),
      notices: all('.notice .message', page).map(said),
      receipt: word('[data-receipt]'),
    };
  });
}

/**
 * What must hold for a page at every step: axe finds nothing, nothing runs over, a picture is kept.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [name] of the picture
 */
export async function look(page, name) {
  if (name) await shot(page, name);
  assert.deepEqual(await page.evaluate(overflow), [], `runs over on ${name ?? page.url()}`);
  await axe(page);
}

/** Runs in the page: what is wider than the page, or than the control it stands in. */
function overflow() {
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest('.heard, .skip, .sheet')) continue;
    const control = parent.closest('button, .tile, .seg label, .bar, .go, .lamp, .cert, .gantt span, .crumb');
    const bounds = control?.getBoundingClientRect() ?? { left: 0, right: innerWidth, top: -1e6, bottom: 1e6 };
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, right, top, bottom, width } of range.getClientRects()) {
      const fits =
        left > bounds.left - 1 && right < bounds.right + 1 && top > bounds.top - 2 && bottom < bounds.bottom + 2;
      if (width > 0 && !fits) found.push(`「${text.data.trim()}」 in ${parent.localName}.${parent.className}`);
    }
  }
  return [...new Set(found)];
}

// What a person does at the kiosk, and what must hold for each of its screens.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { look } from './flow.mjs';

const jsqr = createRequire(import.meta.url).resolve('jsqr');

/** The screen of a kiosk that stands upright, and of one that lies. */
export const upright = { width: 1080, height: 1920 };
export const lying = { width: 1280, height: 800 };

/** The smallest target, in pixels of the screen, and the smallest letters. */
const target = 60;
const letters = 20;

/** Opens the kiosk on a morning of 2014; time goes on by itself, and further when a test says so. */
export async function open(page, address) {
  await page.clock.install({ time: new Date('2014-11-18T09:00:00+08:00') });
  await page.goto(`${address}/kiosk`);
  await attract(page);
}

/** Waits until the kiosk waits for somebody. */
export const attract = (page) => page.getByRole('button', { name: '开始预审' }).waitFor();

/** Begins a pre-check of a pack. */
export async function begin(page, pack, start = '开始预审') {
  await page.getByRole('button', { name: start }).click();
  await page.locator(`[data-id="${pack}"]`).click();
  await page.locator('yc-precheck[data-live]').waitFor();
}

/** Marks the document, so that another one in its place is noticed. */
export const mark = (page) => page.evaluate(() => (globalThis.marked = true));

/** Waits until the person is gone: the page is another one, and waits. */
export async function gone(page) {
  await page.waitForFunction(() => !globalThis.marked && document.readyState === 'complete');
  await attract(page);
  assert.equal(await page.locator('yc-precheck').count(), 0);
}

export const setAnswers = (page, answers) =>
  page.evaluate((given) => (document.querySelector('yc-precheck').answers = given), answers);

export const held = (page) =>
  page.evaluate(() => {
    const { answers, decision } = document.querySelector('yc-precheck');
    return { answers, decision };
  });

/** Writes with the keys on the screen. */
export async function press(page, text) {
  for (const key of text) await page.locator(`.keypad [data-key="${key}"]`).click();
}

export const tool = (page, name) => page.locator(`.keypad [data-tool="${name}"]`).click();

/** Whether the kiosk asks if somebody is still there. */
export const asks = (page) => page.locator('#still-there[open]');

/** axe, pictures, nothing runs over; targets that a finger finds, letters that an old person reads. */
export async function check(page, name) {
  await page.locator('body').evaluate(() => scrollTo(0, 0));
  await look(page, name);
  assert.deepEqual(await page.evaluate(small, { target, letters }), [], `too small on ${name}`);
}

/** Runs in the page: what is smaller than it may be, and what leads out of it. */
function small({ target, letters }) {
  const found = [];
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.heard, .sheet');
  const controls = 'button, summary, a[href], input[type=text], label:has(input[type=radio], input[type=checkbox])';
  const modal = document.querySelector('dialog[open]');
  for (const control of (modal ?? document).querySelectorAll(controls)) {
    const { width, height } = control.getBoundingClientRect();
    const isSmall = Math.round(width) < target || Math.round(height) < target;
    if (isSeen(control) && isSmall) found.push(`${control.textContent || control.name}: ${width} × ${height}`);
    if (control.href && control.origin !== location.origin) found.push(`leads to ${control.href}`);
  }
  const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
    if (text.data.trim() && isSeen(text.parentElement) && !text.parentElement.closest('svg') && size < letters) {
      found.push(`「${text.data.trim()}」 in ${size} px`);
    }
  }
  return [...new Set(found)];
}

/** What a phone reads off the screen. */
export async function scan(page) {
  const picture = await page.locator('#phone svg').screenshot();
  const reader = await page.context().newPage();
  try {
    await reader.setContent('<img>');
    await reader.addScriptTag({ path: jsqr });
    return await reader.evaluate(async (source) => {
      const image = document.querySelector('img');
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
      return globalThis.jsQR(data, width, height)?.data;
    }, `data:image/png;base64,${picture.toString('base64')}`);
  } finally {
    await reader.close();
  }
}

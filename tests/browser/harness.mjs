// What every browser test needs: the server, a page in a headless Chromium that reports each
// violation of the content-security policy, axe, screenshots, and typing Chinese.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const axeSource = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const startLimit = 30_000;
/** How long a page may take for what it is asked to show. */
const patience = 15_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The two sizes that every page is looked at in. */
export const phone = { width: 375, height: 812 };
export const desktop = { width: 1280, height: 900 };

let browser;

/** For each page with JavaScript off, how to get the page on which axe judges it. */
const copies = new WeakMap();

/**
 * Starts the server on a free port.
 *
 * @param {{ program?: string, args?: string[], today?: string, packs?: string, calendars?: string, listen?: string, more?: string[] }} [command] by default
 *   Yichuang's own server with the site, packs and calendars of this source tree; `today` is the day it
 *   lives in, `packs` and `calendars` other ones, `listen` where it listens, `more` further arguments
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>} `address` has no `/` at its end
 */
export async function startServer({ program = serverProgram(), args, ...given } = {}) {
  const child = spawn(program, args ?? serverArguments(given), { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let complaints = '';
  child.stderr.on('data', (data) => (complaints += data));
  let timer;
  const address = await new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the server named no address')), startLimit);
    const fail = (why) => reject(new Error(`the server did not start (${why})\n${complaints}`));
    child.once('error', (error) => fail(error.message));
    child.once('close', (status) => fail(`status ${status}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
  })
    .catch((error) => {
      child.kill();
      throw error;
    })
    .finally(() => clearTimeout(timer));
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { address, stop };
}

/**
 * Opens a page, hands it to `use`, closes it, and fails where the page broke its policy or threw.
 *
 * @param {object} options
 * @param {number} [options.width]
 * @param {number} [options.height]
 * @param {boolean} [options.worker] whether the site may keep a copy of itself for when there is no network
 * @param {boolean | 'blocked'} [options.script] `false`: JavaScript is off. `'blocked'`: it is on,
 *   but no script file arrives, as behind a broken network
 * @param {RegExp} [options.expected] a problem that the page is meant to have
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} use
 */
export async function withPage({ width = 1280, height = 900, script = true, worker = false, expected }, use) {
  browser ??= await chromium.launch({ executablePath: chromiumProgram(), args: flags });
  const problems = [];
  const contexts = [];
  const open = async (way) => {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      javaScriptEnabled: way !== false,
      serviceWorkers: worker ? 'allow' : 'block',
    });
    contexts.push(context);
    context.setDefaultTimeout(patience);
    if (way === 'blocked') await context.route('**/*.js', (route) => route.abort());
    const page = await context.newPage();
    await collectProblems(page, problems, way !== false);
    return page;
  };
  try {
    const page = await open(script);
    let copy;
    if (script === false) copies.set(page, () => (copy ??= open('blocked')));
    await use(page);
    // Lets the events that are still on their way arrive.
    await page.evaluate('0');
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
  const found = problems.filter((problem) => !expected?.test(problem));
  assert.deepEqual([...new Set(found)], [], 'the page broke its policy or threw');
}

/** Ends the browser; call it once, after the last test of a file. */
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/**
 * Fails where axe finds anything on the page.
 *
 * With JavaScript off axe would wait for ever, so the page as it stands is then opened again in a
 * context where JavaScript is on but no script file arrives.
 *
 * @param {import('playwright-core').Page} page
 */
export async function axe(page) {
  const open = copies.get(page);
  if (!open) {
    await runAxe(page);
    return;
  }
  const copy = await open();
  const body = (await page.content()).replaceAll(/<\/?noscript[^>]*>/g, '');
  const url = page.url().replace(/#.*/, '');
  await copy.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await copy.goto(url);
  await copy.unroute(url);
  await runAxe(copy);
}

/**
 * Keeps a picture of the whole page in `target/screenshots`.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name without `.png`
 * @returns {Promise<string>} the place of the picture
 */
export async function shot(page, name) {
  const folder = join(root, 'target', 'screenshots');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  // What sticks to an edge of the window stands where it does at the top of the page.
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path, fullPage: true });
  return path;
}

/**
 * Types Chinese as an input method does: letters in composition, then the chosen word.
 *
 * The browser sends no `input` event with `isComposing: false` after it, only `compositionend`.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} field
 * @param {[letters: string, word: string][]} words for example `[['zhang', '张'], ['san', '三']]`
 */
export async function compose(page, field, words) {
  await field.focus();
  const session = await page.context().newCDPSession(page);
  const show = (text) =>
    session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  for (const [letters, word] of words) {
    for (let typed = 1; typed <= letters.length; typed += 1) await show(letters.slice(0, typed));
    await show(word);
    await session.send('Input.insertText', { text: word });
  }
  await session.detach();
}

async function collectProblems(page, problems, hasScripts) {
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?(Type|HTML|Script)/i.test(message.text())) {
      problems.push(message.text());
    }
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  if (!hasScripts) return;
  await page.exposeFunction('reportViolation', (text) => problems.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      globalThis.reportViolation(
        `${effectiveDirective} blocked ${blockedURI} (${sourceFile}:${lineNumber})`,
      );
    });
  });
}

async function runAxe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target }) => target.join(' ')).join(', ');
    return `${id}: ${help} (${places})`;
  });
  assert.deepEqual(found, [], `axe found something on ${page.url()}`);
}

const programs = process.env.YICHUANG_BIN_DIR ?? join(root, 'target', 'debug');

function serverProgram() {
  return process.env.YICHUANG_SERVER ?? join(programs, 'yichuang-server');
}

/** The command `yichuang`; run it in the folder of the repository. */
export const cli = () => join(programs, 'yichuang');

function serverArguments({ today, packs = 'rules/packs', calendars = 'rules/calendars/cn', listen = '127.0.0.1:0', more = [] }) {
  return [
    ['--site', process.env.YICHUANG_SITE_DIR ?? join(root, 'target', 'site')],
    ['--packs', resolve(root, packs)],
    ['--calendars', resolve(root, calendars)],
    ['--hall', '莆田市行政服务中心'],
    ['--listen', listen],
    today ? ['--today', today] : [],
    more,
  ].flat();
}

function chromiumProgram() {
  if (process.env.YICHUANG_CHROMIUM) return process.env.YICHUANG_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  assert.ok(found, 'no Chromium is in PATH: `cargo xtask test` installs one');
  return found;
}

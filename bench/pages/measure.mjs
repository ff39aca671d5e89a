// What a change costs in a long form, beside survey-core, in one run of Chromium.
//
//     cargo xtask bench --pages
//
// Ours is the whole change: the event of a keystroke, reading the field, deciding, the decision as an
// object, and the page brought up to date. survey-core's is its model alone, which draws nothing.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { closeBrowser, startServer, withPage } from '../../tests/browser/harness.mjs';
import { fieldCount, rowCount, surveyFields, surveyRows, write } from './large.mjs';

const rounds = 40;
const survey = readFileSync(new URL('node_modules/survey-core/survey.core.min.js', import.meta.url), 'utf8');
const folder = write(mkdtempSync(join(tmpdir(), 'yichuang-large-')));
const server = await startServer({ today: '2014-11-18', packs: folder });

/** Shows a form on one page, with the answers given in its address. */
async function open(page, pack, query, shown) {
  await page.goto(`${server.address}/large/${pack}?form=F-10&going=true${query}`);
  await page.locator('yc-form[data-live]').waitFor();
  await page.evaluate(() => document.querySelector('button[name=__layout][value=single]').click());
  await page.waitForFunction(([what, count]) => document.querySelectorAll(what).length === count, shown);
  await page.evaluate(() => {
    globalThis.type = (name, text) => {
      const field = document.querySelector(`[name="${name}"]`);
      field.value = text;
      const start = performance.now();
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return performance.now() - start;
    };
  });
}

/** Builds the same form for survey-core; nothing shows it. */
async function build(page, model) {
  await page.goto(`${server.address}/large/fields`);
  await page.evaluate(survey);
  await page.evaluate((json) => {
    globalThis.model = new Survey.Model(json);
    globalThis.change = (name, value) => {
      const start = performance.now();
      globalThis.model.setValue(name, value);
      return performance.now() - start;
    };
    globalThis.changeCell = (row, column, value) => {
      const cell = globalThis.model.getQuestionByName('staff').visibleRows[row].getQuestionByName(column);
      const start = performance.now();
      cell.value = value;
      return performance.now() - start;
    };
  }, model);
}

const quarter = (sorted, part) => sorted[Math.floor((sorted.length - 1) * part)];

/** All works in turn, round after round; the quartiles of each. */
async function inTurn(works) {
  const times = works.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, [, work]] of works.entries()) times[place].push(await work(round));
  }
  return works.map(([name], place) => {
    const sorted = times[place].sort((one, other) => one - other);
    return { name, quartiles: [0.25, 0.5, 0.75].map((part) => quarter(sorted, part)) };
  });
}

function print(title, [ours, theirs, ...more]) {
  console.log(title);
  for (const { name, quartiles } of [ours, theirs, ...more]) {
    console.log(`  ${name.padEnd(44)} ${quartiles.map((time) => time.toFixed(2).padStart(8)).join('')} ms`);
  }
  console.log(`  ${'survey-core to ours, by the medians'.padEnd(44)} ${(theirs.quartiles[1] / ours.quartiles[1]).toFixed(1).padStart(16)}`);
}

const options = { expected: /Content Security Policy|content-security-policy/i };
try {
  await withPage({}, (ours) =>
    withPage(options, async (theirs) => {
      await open(ours, 'fields', '', ['.entry', fieldCount]);
      await build(theirs, surveyFields());
      print(`${fieldCount} fields on one page: quartiles of ${rounds} rounds`, await inTurn([
        ['a letter in a field, decided and patched', (round) => ours.evaluate((text) => type('f3', text), `字${round}`)],
        ['survey-core: a value in its model', (round) => theirs.evaluate((text) => change('f3', text), `字${round}`)],
        ['a number that is needed by nobody', (round) => ours.evaluate((text) => type('f2501', text), String(round))],
      ]));
    }),
  );
  await withPage({}, (ours) =>
    withPage(options, async (theirs) => {
      const last = rowCount - 1;
      await open(ours, 'rows', '', ['.one-row', 1]);
      await ours.evaluate((count) => {
        const staff = Array.from({ length: count }, (_, place) => ({ name: `王${place}`, born: '1990-01-01', pay: '100' }));
        document.querySelector('yc-form').answers = { going: true, staff };
      }, rowCount);
      await build(theirs, surveyRows());
      print(`a table of ${rowCount} rows: quartiles of ${rounds} rounds`, await inTurn([
        ['a letter in a cell, decided and patched', (round) => ours.evaluate(([name, text]) => type(name, text), [`staff[${last}].name`, `王${round}`])],
        ['survey-core: a cell in its model', (round) => theirs.evaluate(([row, text]) => changeCell(row, 'name', text), [last, `王${round}`])],
      ]));
    }),
  );
} finally {
  await closeBrowser();
  await server.stop();
  rmSync(folder, { recursive: true });
}

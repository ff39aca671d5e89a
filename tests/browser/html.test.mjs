// Every page and every form, in both languages, before a validator that is not ours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { HtmlValidate } from 'html-validate';

import { startServer } from './harness.mjs';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // A title may be as long as the name of a form is.
    'long-title': 'off',
    // Ours are written in either way that HTML allows.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'no-implicit-button-type': 'error',
  },
});

let real;
let corpus;

before(async () => {
  real = await startServer({ today: '2014-11-18' });
  corpus = await startServer({ today: '2014-11-18', packs: 'tests/corpus' });
});

after(async () => {
  await real?.stop();
  await corpus?.stop();
});

async function check(name, response, part = '<html') {
  const text = await response.text();
  assert.ok(text.includes(part), `${name} is another page`);
  const report = await validator.validateString(text, name);
  const messages = report.results.flatMap((result) =>
    result.messages.map(({ ruleId, message, line, column, selector }) => `${name}:${line}:${column} ${ruleId}: ${message} at ${selector}`),
  );
  assert.deepEqual(messages, []);
}

const get = (server, path) => fetch(server.address + path);
const post = (server, path, fields) => fetch(server.address + path, { method: 'POST', body: new URLSearchParams(fields) });

const packs = async (server) => (await (await get(server, '/api/v1/packs')).json()).packs.map((pack) => pack.id);
const langs = ['zh', 'en'];

test('the validator finds what is wrong', async () => {
  for (const wrong of ['<p><div></div></p>', '<b id="a"></b><i id="a"></i>', '<ul><p>a</p></ul>', '<img src="a">']) {
    const page = `<!DOCTYPE html><html lang="zh"><head><title>a</title></head><body>${wrong}</body></html>`;
    await assert.rejects(check(wrong, new Response(page)), wrong);
  }
});

test('pages without answers, of every pack', async () => {
  for (const lang of langs) {
    await check('catalogue', await get(real, `/?lang=${lang}`));
    await check('case', await get(real, `/case?lang=${lang}&example=suspension`));
    await check('kiosk', await get(real, `/kiosk?lang=${lang}`));
    await check('missing', await get(real, `/no/such?lang=${lang}`));
    for (const pack of await packs(real)) {
      await check(pack, await get(real, `/${pack}?lang=${lang}`));
      await check(`${pack}/draft`, await get(real, `/${pack}/draft?lang=${lang}`));
    }
  }
});

/** The forms of a pack that an applicant fills in. */
async function forms(pack) {
  const numbers = Array.from({ length: 24 }, (_, at) => `F-${String(at + 1).padStart(2, '0')}`);
  const found = await Promise.all(numbers.map(async (id) => [id, (await get(real, `/${pack}?form=${id}`)).status]));
  return found.filter(([, status]) => status === 200).map(([id]) => id);
}

test('forms that are filled in, of every pack, empty and with everything missing', async () => {
  let count = 0;
  for (const pack of await packs(real)) {
    for (const layout of ['single', 'sections', 'questions']) {
      for (const lang of langs) {
        const controls = { __layout: layout, __lang: lang, __on: '2015-05-19' };
        for (const go of ['', 'next', '__review']) {
          for (const form of await forms(pack)) {
            const page = await post(real, `/${pack}`, { ...controls, __form: form, __go: go });
            await check(`${pack} ${form} ${layout} ${go}`, page, '<form id="filling"');
            count += 1;
          }
        }
      }
    }
  }
  assert.ok(count >= 100, `only ${count} pages of forms`);
});

test('a form with every kind of field, typed full of markup', async () => {
  const odd = '</textarea><script>"\'&\u{1}𠮷';
  const facts = ['text', 'lines', 'count', 'area', 'capital', 'head.name', 'head.id_no', 'uscc', 'org_code', 'phone', 'place.division', 'kind', 'trades'];
  const typed = Object.fromEntries(facts.map((fact) => [fact, odd]));
  const rows = { 'staff[0].name': odd, 'staff[0].born.year': odd, 'staff[1]': '1' };
  for (const layout of ['single', 'sections', 'questions']) {
    for (const go of ['', 'next', '__review', 'staff']) {
      for (const lang of langs) {
        const fields = { going: 'true', ...typed, ...rows, __form: '*', __layout: layout, __go: go, __lang: lang };
        await check(`${layout} ${go}`, await post(corpus, '/corpus/fields', fields), '<form id="filling"');
      }
    }
  }
});

test('every printed form of every pack, and the file of a draft', async () => {
  let count = 0;
  for (const pack of await packs(real)) {
    for (const lang of langs) {
      const ids = ['F-00', 'draft.html', ...Array.from({ length: 24 }, (_, at) => `F-${String(at + 1).padStart(2, '0')}`)];
      for (const id of ids) {
        const response = await post(real, `/${pack}`, { __print: id, __lang: lang });
        if (response.status === 404) continue;
        await check(`${pack} ${id}`, response);
        count += 1;
      }
    }
  }
  assert.ok(count >= 80, `only ${count} printed forms`);
});

// What is typed wrongly, what is typed with bad intent, and Chinese typed in composition.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { acceptOn, answer, asked, change, choose, look, next, open as openPage, read, words } from './flow.mjs';
import { closeBrowser, compose, phone, startServer, withPage } from './harness.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Runs a test with script and without. */
function both(name, use) {
  for (const script of [false, true]) {
    test(`${name}, ${script ? 'with' : 'without'} script`, () =>
      withPage({ ...phone, script }, async (page) => {
        await open(page, server.address, script);
        await use(page, script);
      }));
  }
}

/** On a day on which a licence without a code still exists, so that the code is asked. */
const open = (page, address, script) => openPage(page, address, { script, query: '?on=2014-11-18' });

const error = (page, fact) => page.locator(`[data-error="${fact}"]`);

const problems = (page) => words(page.locator('.problems'));

/** The three fields of the day of acceptance as they stand there. */
const typedDay = (page) =>
  page.locator('fieldset.date input').evaluateAll((inputs) => inputs.map((input) => input.value));

/** Goes to the question for the code, which is asked of enterprises with a licence. */
async function toCode(page) {
  await answer(page, 'business.activities', ['第三类医疗器械经营']);
  await answer(page, 'applicant.kind', ['企业']);
  await answer(page, 'applicant.registered', ['是']);
  await asked(page, 'applicant.uscc').waitFor();
}

both('30 February is an error at its field, and the rest is decided as if no day was typed', async (page) => {
  await acceptOn(page, '2014-02-30');
  await error(page, 'accepted_on').waitFor();
  assert.deepEqual((await typedDay(page)).map(Number), [2014, 2, 30]);
  assert.match(await problems(page), /受理日期/);
  assert.match(await words(page.locator('fieldset.date .hint')), /先按 2014 年 11 月 18 日受理计算/);
  const input = page.locator('fieldset.date input').first();
  assert.equal(await input.getAttribute('aria-invalid'), 'true');
  await look(page);
  await acceptOn(page, '2014-02-28');
  await error(page, 'accepted_on').waitFor({ state: 'detached' });
  assert.equal(await page.locator('.problems').count(), 0);
});

both('letters in a day are kept as typed', async (page) => {
  await acceptOn(page, '二零14-ab-<b>');
  await error(page, 'accepted_on').waitFor();
  assert.deepEqual(await typedDay(page), ['二零14', 'ab', '<b>']);
});

both('a code with a wrong check digit is an error; the right one is accepted', async (page) => {
  await toCode(page);
  await choose(page, 'applicant.uscc', ['91350300MA2X000194']);
  await next(page);
  await error(page, 'applicant.uscc').waitFor();
  assert.match(await problems(page), /统一社会信用代码/);
  const field = asked(page, 'applicant.uscc').locator('input[type=text]');
  assert.equal(await field.inputValue(), '91350300MA2X000194');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const described = await field.getAttribute('aria-describedby');
  assert.ok(described.split(' ').includes(await error(page, 'applicant.uscc').getAttribute('id')));
  await look(page, `wrong-code-${(await page.locator('[data-live]').count()) ? 'with' : 'without'}`);
  await answer(page, 'applicant.uscc', ['91350300MA2X000193']);
  await asked(page, 'applicant.via_agent').waitFor();
  assert.equal((await read(page)).answers['applicant.uscc'], '91350300MA2X000193');
});

both('the link of the summary leads to the field', async (page) => {
  await toCode(page);
  await choose(page, 'applicant.uscc', ['9135']);
  await next(page);
  await page.locator('.problems a').click();
  const field = asked(page, 'applicant.uscc').locator('input[type=text]');
  assert.equal(await page.locator('.problems a').getAttribute('href'), `#${await field.getAttribute('id')}`);
  await page.waitForURL(/#q-applicant\.uscc$/);
});

both('markup is text, wherever it is shown', async (page) => {
  const markup = `"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}</li>`;
  page.on('dialog', (dialog) => assert.fail(dialog.message()));
  await toCode(page);
  await choose(page, 'applicant.uscc', [markup]);
  await next(page);
  await error(page, 'applicant.uscc').waitFor();
  assert.equal(await asked(page, 'applicant.uscc').locator('input[type=text]').inputValue(), markup);
  await change(page, 'applicant.kind');
  await asked(page, 'applicant.kind').waitFor();
  assert.equal((await read(page)).answers['applicant.uscc'], markup);
  assert.equal(await page.locator('yc-precheck').locator('img, script').count(), 0);
});

test('Chinese in composition loses no character while the page is live', () =>
  withPage(phone, async (page) => {
    await open(page, server.address, true);
    await toCode(page);
    const field = asked(page, 'applicant.uscc').locator('input[type=text]');
    const isFocused = () => field.evaluate((input) => input === document.activeElement);
    await compose(page, field, [['zhang', '张'], ['san', '三'], ['yaofang', '药房']]);
    assert.equal(await field.inputValue(), '张三药房');
    assert.ok(await isFocused());
    await page.keyboard.type('A1');
    await compose(page, field, [['dian', '店']]);
    assert.equal(await field.inputValue(), '张三药房A1店');
    assert.ok(await isFocused());
    const answers = await page.locator('yc-precheck').evaluate((element) => element.answers);
    assert.equal(answers['applicant.uscc'], '张三药房A1店');
  }));

test('a change of the page waits for the end of a composition', () =>
  withPage(phone, async (page) => {
    await open(page, server.address, true);
    await toCode(page);
    const field = asked(page, 'applicant.uscc').locator('input[type=text]');
    await field.focus();
    const session = await page.context().newCDPSession(page);
    const show = (text) =>
      session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await show('zhong');
    await page.locator('yc-precheck').evaluate((element) => element.setAttribute('lang', 'en'));
    await show('zhongwen');
    assert.equal(await field.inputValue(), 'zhongwen');
    await session.send('Input.insertText', { text: '中文' });
    await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
    assert.equal(await field.inputValue(), '中文');
    assert.ok(await field.evaluate((input) => input === document.activeElement));
  }));

for (const [name, block] of [
  ['the wasm file does not arrive', '**/*.wasm'],
  ['the pack does not arrive', '**/packs/*'],
  ['no script arrives', '**/*.js'],
]) {
  test(`where ${name}, the page without script takes its place`, () =>
    withPage(phone, async (page) => {
      const blocked = page.waitForEvent('requestfailed');
      await page.route(block, (route) => route.abort());
      await open(page, server.address, false);
      await blocked;
      await toCode(page);
      await answer(page, 'applicant.uscc', ['91350300MA2X000193']);
      await asked(page, 'applicant.via_agent').waitFor();
      assert.equal(await page.locator('[data-live]').count(), 0);
      assert.ok(await page.getByRole('button', { name: '更新', exact: true }).isVisible());
    }));
}

// The order of the questions, going back, what cannot be said, and answers that exclude each other;
// with script and without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { acceptOn, answer, asked, change, choose, next, open, press, read, verdict, words } from './flow.mjs';
import { closeBrowser, phone, startServer, withPage } from './harness.mjs';
import { s21, s25 } from './scenarios.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

/** Runs a test on the phone, with script and without, on the day of the server. */
function both(name, use) {
  for (const script of [false, true]) {
    test(`${name}, ${script ? 'with' : 'without'} script`, () =>
      withPage({ ...phone, script }, async (page) => {
        await open(page, server.address, { script, query: '?on=2014-11-18' });
        await use(page, script);
      }));
  }
}

const finished = (page) => page.locator('.finished').waitFor();

const applicant = [
  ['applicant.kind', ['企业']],
  ['applicant.registered', ['否']],
  ['applicant.via_agent', ['否']],
];

async function answerAll(page, answers) {
  for (const [fact, choices] of answers) await answer(page, fact, choices);
}

both('S28: a pharmacy is asked about its premises, not about the code of a licence', async (page) => {
  await answerAll(page, [['business.activities', ['药品零售']], ...applicant]);
  await answer(page, 'premises.tenure', ['自有']);
  await finished(page);
  assert.equal((await read(page)).question, undefined);
});

both('S28: a restaurant is asked about its water too', async (page) => {
  await answerAll(page, [['business.activities', ['餐饮服务']], ...applicant, ['premises.tenure', ['自有']]]);
  await asked(page, 'water.source').waitFor();
});

both('S28: psychotropics need neither premises nor water, but a chain', async (page) => {
  await answerAll(page, [['business.activities', ['药品零售']], ...applicant]);
  await change(page, 'business.activities');
  // A second click on a tile takes it back.
  await answer(page, 'business.activities', ['药品零售', '第二类精神药品零售']);
  await answer(page, 'drug.is_chain_member', ['否']);
  await finished(page);
  await verdict(page, 'refused');
  await change(page, 'drug.is_chain_member');
  await answer(page, 'drug.is_chain_member', ['是']);
  await asked(page, 'drug.has_licence').waitFor();
});

both('an answer is changed, and the others survive', async (page) => {
  await answerAll(page, s21.answers);
  await finished(page);
  await change(page, 'premises.tenure');
  const question = asked(page, 'premises.tenure');
  await question.waitFor();
  assert.ok(await question.getByRole('radio', { name: '租用' }).isChecked());
  await answer(page, 'premises.tenure', ['自有']);
  await finished(page);
  const { answers, names } = await read(page);
  assert.equal(answers['premises.tenure'], '自有');
  assert.equal(answers['business.activities'], '保健食品经营、药品零售、第三类医疗器械经营');
  assert.equal(names.f06, '房产证或其他产权证明');
});

both('上一步 goes back to what was answered, and forth again', async (page) => {
  await answerAll(page, s21.answers.slice(0, 3));
  await asked(page, 'applicant.via_agent').waitFor();
  await press(page, page.getByRole('button', { name: '上一步', exact: true }));
  const before = asked(page, 'applicant.registered');
  await before.waitFor();
  assert.ok(await before.getByRole('radio', { name: '否' }).isChecked());
  await next(page);
  await asked(page, 'applicant.via_agent').waitFor();
  assert.equal((await read(page)).answers['applicant.registered'], '否');
});

both('a question that is left empty says so and stays', async (page) => {
  await next(page);
  await page.locator('[data-error="business.activities"]').waitFor();
  assert.match(await words(page.locator('.problems')), /有 1 处要看一下 ?经营活动/);
  assert.equal((await read(page)).question, 'business.activities');
});

test('without script, 更新, 大字版 and English are no answers to the question that is shown', () =>
  withPage({ ...phone, script: false }, async (page) => {
    await open(page, server.address, { script: false });
    for (const name of ['更新', '大字版', 'English']) {
      await press(page, page.getByRole('button', { name, exact: true }));
      assert.equal(await page.locator('.problems').count(), 0, name);
      await asked(page, 'business.activities').waitFor();
    }
  }));

both('from 1 October 2015 a restaurant needs one food business licence', async (page) => {
  await answerAll(page, s25.answers);
  await acceptOn(page, '2015-09-30');
  await page.locator('[data-item="catering"]').waitFor();
  assert.deepEqual((await read(page)).items, ['food_circulation', 'catering']);
  await acceptOn(page, '2015-10-01');
  await page.locator('[data-item="food_business"]').waitFor();
  const { items, certificates, answers } = await read(page);
  assert.deepEqual(items, ['food_business']);
  assert.deepEqual(certificates, ['食品经营许可证']);
  assert.equal(answers['water.source'], '自备井水');
});

both('what cannot be said is settled at the window', async (page) => {
  await answerAll(page, [['business.activities', ['药品零售']], ...applicant, ['premises.tenure', ['说不清']]]);
  await finished(page);
  const { answers, names } = await read(page);
  assert.equal(answers['premises.tenure'], '说不清，到窗口确认');
  assert.equal(names.f06, '生产经营场所使用证明');
  assert.match(await words(page.locator('[data-material="f06"]')), /到窗口问：经营场所来源有没有有问题/);
});

both('activities that cannot be said leave everything open', async (page) => {
  await press(page, page.getByRole('button', { name: '说不清', exact: true }));
  await asked(page, 'applicant.kind').waitFor();
  const { answers, verdict: code } = await read(page);
  assert.equal(answers['business.activities'], '说不清，到窗口确认');
  assert.equal(code, 'undetermined');
});

both('S24: a factory and a workshop exclude each other, and the activities are asked again', async (page) => {
  await choose(page, 'business.activities', ['食品生产', '食品小作坊']);
  await next(page);
  await verdict(page, 'correctable');
  const { notices, materials, question } = await read(page);
  assert.equal(question, 'business.activities');
  assert.deepEqual(materials, []);
  assert.equal(notices.length, 1);
  assert.match(notices[0], /小作坊/);
  const conflict = asked(page, question).locator('.error');
  assert.ok((await words(conflict)).endsWith(notices[0]));
  const described = await asked(page, question).locator('fieldset').getAttribute('aria-describedby');
  assert.ok(described.split(' ').includes(await conflict.getAttribute('id')));
  assert.ok((await words(page.locator('.problems'))).endsWith(notices[0]));
  assert.match(await words(asked(page, question).locator('.count')), /请先改这一题/);
  await choose(page, 'business.activities', ['食品生产']);
  await next(page);
  await asked(page, 'applicant.kind').waitFor();
  assert.deepEqual((await read(page)).items, ['workshop']);
});

test('with script, focus goes to the question that is asked next', () =>
  withPage(phone, async (page) => {
    await open(page, server.address, { script: true });
    for (const [place, [fact, choices]] of s21.answers.slice(0, -1).entries()) {
      await answer(page, fact, choices);
      const question = asked(page, s21.answers[place + 1][0]);
      await question.waitFor();
      assert.ok(await question.evaluate((section) => section.contains(document.activeElement)));
    }
  }));

const alike = {
  'S21': s21.answers,
  'S22': [
    ['business.activities', ['药品零售', '第二类精神药品零售']],
    ...applicant,
    ['premises.tenure', ['自有']],
    ['drug.is_chain_member', ['否']],
  ],
  'S25': s25.answers,
  'S10, only farm produce': [['business.activities', ['食用农产品']]],
  'S11, wholesale of drugs': [['business.activities', ['药品批发']]],
  'what cannot be said': [['business.activities', ['餐饮服务']], ['applicant.kind', ['说不清']]],
};

for (const [name, answers] of Object.entries(alike)) {
  test(`the page says the same with script and without: ${name}`, async () => {
    const said = [];
    for (const script of [false, true]) {
      await withPage({ script }, async (page) => {
        await open(page, server.address, { script, query: '?on=2014-11-18' });
        await acceptOn(page, '2014-09-01');
        await answerAll(page, answers);
        await page.locator('[data-verdict]').waitFor();
        said.push(await read(page));
      });
    }
    assert.deepEqual(said[1], said[0]);
    assert.equal(Object.keys(said[0].answers).length, answers.length);
  });
}

// S21 and S25, answered question by question as a person does, on a phone and on a desktop, with
// script and without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { acceptOn, answer, asked, look, open, read, tick, update, verdict } from './flow.mjs';
import { closeBrowser, desktop, phone, startServer, withPage } from './harness.mjs';
import { s21, s25 } from './scenarios.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-10' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const ways = ['without', 'with'].flatMap((way) =>
  [phone, desktop].map((size) => ({ way, script: way === 'with', size })),
);

for (const { way, script, size } of ways) {
  for (const scenario of [s21, s25]) {
    test(`${scenario.name} ${way} script, ${size.width} px wide`, () =>
      withPage({ ...size, script }, async (page) => {
        const picture = (step) => `${scenario.name}-${way}-${size.width}-${step}`;
        await open(page, server.address, { script });
        await look(page, picture('0-start'));
        await acceptOn(page, scenario.day);
        for (const [place, [fact, choices]] of scenario.answers.entries()) {
          await answer(page, fact, choices);
          const following = scenario.answers[place + 1]?.[0];
          await (following ? asked(page, following) : page.locator('.finished')).waitFor();
          await look(page, picture(`${place + 1}-${fact}`));
        }
        await checkResult(page, scenario);
        await tickAll(page, scenario, picture);
      }));
  }
}

async function checkResult(page, { expected, names, answers }) {
  const found = await read(page);
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(found[name], value, name);
  for (const [material, name] of Object.entries(names)) assert.equal(found.names[material], name);
  assert.deepEqual(Object.keys(found.answers), answers.map(([fact]) => fact));
  assert.ok(found.states.every((state) => state === 'unknown'));
}

async function tickAll(page, { expected: { materials } }, picture) {
  const [first, second, ...others] = materials;
  await tick(page, first, '没有');
  await tick(page, second, '有问题');
  for (const material of others) await tick(page, material, '有');
  await update(page);
  await verdict(page, 'correctable');
  const lacking = await read(page);
  assert.match(lacking.headline, /还差 1 份材料，另有 1 份有问题/);
  assert.match(lacking.detail, new RegExp(`${materials.length} 份里已有 ${others.length} 份`));
  assert.deepEqual(lacking.states.slice(0, 3), ['missing', 'defective', 'provided']);
  await look(page, picture('8-lacking'));
  await tick(page, first, '有');
  await tick(page, second, '有');
  await update(page);
  await verdict(page, 'ready');
  const ready = await read(page);
  assert.match(ready.headline, /可以提交/);
  assert.match(ready.detail, new RegExp(`${materials.length} 份材料都齐了`));
  await look(page, picture('9-ready'));
}

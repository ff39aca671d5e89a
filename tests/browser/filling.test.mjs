// Forms that are filled in: the way from a pre-check to the printed paper, what is wrong, the layouts,
// the view for the elderly. All of it works without script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { look } from './flow.mjs';
import { closeBrowser, desktop, phone, shot, startServer, withPage } from './harness.mjs';

let server;

before(async () => {
  server = await startServer({ today: '2014-11-18', packs: 'tests/corpus' });
});

after(async () => {
  await closeBrowser();
  await server?.stop();
});

const address = () => `${server.address}/corpus/fields`;
const field = (page, name) => page.locator(`.entry :is(input, textarea)[name="${name}"]`);
const press = (page, name) => page.getByRole('button', { name, exact: true }).press('Enter');
const title = (page) => page.title();

/** Opens a form by its address, or with these answers by what a page posts. */
async function open(page, form, answers = {}, controls = {}) {
  await page.goto(`${address()}?form=F-10`);
  await page.evaluate(
    (fields) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = location.pathname;
      for (const [name, value] of fields) {
        const input = document.createElement('input');
        [input.type, input.name, input.value] = ['hidden', name, value];
        form.append(input);
      }
      document.body.append(form);
      form.submit();
    },
    Object.entries({ ...answers, __form: form, ...controls }),
  );
  await page.waitForURL(address());
  await page.locator('#filling').waitFor();
}

const answers = {
  text: '莆田甲乙餐饮有限公司',
  uscc: '91350300MA2X000193',
  capital: '500000',
  'head.name': '林小明',
  'head.id_no': '11010519491231002X',
  'head.mobile': '13812345678',
  'place.division': '350302',
  'place.address': '胜利南路 1 号 <A 座>',
  area: '86.50',
  phone: '0594-2692345',
  count: '12',
};
const dates = { since: ['2014', '6', '3'] };

async function fill(page, names) {
  for (const name of names) {
    if (name in dates) {
      for (const [at, part] of ['year', 'month', 'day'].entries()) await field(page, `${name}.${part}`).fill(dates[name][at]);
    } else await field(page, name).fill(answers[name]);
  }
}

const choose = (page, name) => page.locator('.entry .tile').filter({ hasText: name }).first().click();

for (const size of [phone, desktop]) {
  test(`from the pre-check to the paper, ${size.width} px wide`, () =>
    withPage({ ...size, script: false }, async (page) => {
      await page.goto(address());
      await page.getByText('是', { exact: true }).click();
      await press(page, '下一步');
      await press(page, '填写申请表');
      await page.getByRole('heading', { name: '填写申请表' }).waitFor();
      await look(page, `filling-start-${size.width}`);
      await press(page, '下一步');
      assert.match(await title(page), /^有 6 处要看一下：/);
      const summary = page.locator('.problems');
      assert.equal(await summary.evaluate((node) => node === document.activeElement).catch(() => true), true);
      await look(page, `filling-wrong-${size.width}`);
      const links = await summary.locator('a').evaluateAll((all) => all.map((link) => [link.hash.slice(1), link.textContent]));
      const errors = await page.locator('.entry .error').evaluateAll((all) => all.map((line) => [line.dataset.error, line.lastChild.textContent]));
      assert.deepEqual(links.map(([id]) => id), errors.map(([name]) => `q-${name}`), 'links in the order of the fields');
      links.forEach(([, words], at) => assert.ok(words.endsWith(errors[at][1]), `${words} is said otherwise at the field`));

      await choose(page, '公司');
      await fill(page, ['text', 'capital', 'since', 'head.name', 'head.id_no', 'head.mobile']);
      await press(page, '下一步');
      await page.getByText('统一社会信用代码：请填写。').waitFor();
      await fill(page, ['uscc']);
      await press(page, '下一步');
      await page.getByText('第 2 步，共 4 步').waitFor();
      await fill(page, ['place.division', 'place.address', 'area', 'phone']);
      await press(page, '下一步');
      await fill(page, ['count']);
      await choose(page, '餐饮');
      await page.locator('[name="chain"][value="false"]').check();
      await page.locator('[name="truth"]').check();
      await press(page, '下一步');
      await field(page, 'staff[0].name').fill('王芳');
      await press(page, '再加一行');
      assert.equal(await field(page, 'staff[0].name').inputValue(), '王芳');
      await look(page, `filling-rows-${size.width}`);
      await press(page, '删除第 2 行');
      for (const [at, part] of ['year', 'month', 'day'].entries()) await field(page, `staff[0].born.${part}`).fill(['1990', '2', '3'][at]);
      await field(page, 'staff[0].pay').fill('3000');
      await press(page, '下一步');
      await page.getByRole('heading', { name: '都填好了' }).waitFor();
      await look(page, `filling-review-${size.width}`);
      assert.equal(await page.getByText('110***********002X').count(), 1);

      const [paper] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('button', { name: /打印.*申请表/ }).press('Enter'),
      ]);
      await paper.waitForLoadState();
      const printed = (await paper.locator('.sheet').textContent()).replaceAll(/[\u2009\u202f\u2060 ]/g, '');
      for (const value of Object.values(answers)) {
        const shown = value.replaceAll(' ', '').replace('500000', '500000.00');
        assert.ok(printed.includes(shown), `${value} is not on the paper: ${printed}`);
      }
    }));
}

for (const layout of ['single', 'sections', 'questions']) {
  for (const lang of ['zh', 'en']) {
    test(`nothing runs over and axe finds nothing: ${layout}, ${lang}`, () =>
      withPage(phone, async (page) => {
        const bad = { text: 'x'.repeat(80), uscc: '9135', 'head.id_no': '1', area: '一百', going: 'true', kind: 'company' };
        for (const go of ['', 'next', '__review']) {
          await open(page, '*', bad, { __layout: layout, __lang: lang, __go: go });
          await look(page, `filling-${layout}-${lang}-${go || 'start'}`);
        }
      }));
  }
}

test('for the elderly: one question a page, large text, targets of 60 px, lines apart', () =>
  withPage(phone, async (page) => {
    await open(page, 'F-10', {}, { __large: '1' });
    await look(page, 'filling-large');
    assert.equal(await page.locator('.entry').count(), 1);
    for (const go of ['kind', 'head.name', 'truth', 'lines', '__review']) {
      await open(page, 'F-10', { kind: 'company', 'head.id_no': '1' }, { __large: '1', __go: go });
      const found = await page.evaluate(() => {
        const size = (node) => parseFloat(getComputedStyle(node).fontSize);
        const texts = [...document.querySelectorAll('#filling :is(label, legend, p, h2, b, dt, dd, button, input, textarea)')];
        const shown = texts.filter((node) => node.checkVisibility() && node.textContent.trim() && !node.closest('.heard'));
        const targets = [...document.querySelectorAll('#filling :is(.tile, .row button, .entry input[type=text], textarea)')];
        return {
          small: shown.filter((node) => size(node) < 18).map((node) => node.outerHTML.slice(0, 80)),
          huge: shown.filter((node) => size(node) > 30 && node.localName !== 'h2').map((node) => node.outerHTML.slice(0, 80)),
          low: targets.filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 60).map((node) => node.outerHTML.slice(0, 80)),
          tight: shown
            .filter((node) => parseFloat(getComputedStyle(node).lineHeight) < 1.3 * size(node) - 0.1)
            .map((node) => node.outerHTML.slice(0, 80)),
        };
      });
      assert.deepEqual(found, { small: [], huge: [], low: [], tight: [] }, go);
      await look(page, `filling-large-${go}`);
    }
  }));

test('a language, a size and another layout change nothing that was typed', () =>
  withPage(phone, async (page) => {
    await open(page, 'F-10', { kind: 'company' });
    await field(page, 'text').fill('半个名');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Next' }).waitFor();
    assert.equal(await field(page, 'text').inputValue(), '半个名');
    await page.getByRole('button', { name: 'Large print' }).click();
    await page.locator('html.large').waitFor();
    await page.getByRole('button', { name: 'All on one page' }).click();
    await page.locator('.card').nth(2).waitFor();
    assert.equal(await field(page, 'text').inputValue(), '半个名');
    assert.equal(await page.locator('[name="kind"]:checked').getAttribute('value'), 'company');
    await shot(page, 'filling-large-single-en');
  }));

test('Enter goes on, and what is of several lines keeps them', () =>
  withPage({ ...desktop, script: false }, async (page) => {
    await page.goto(`${address()}?form=F-10`);
    await field(page, 'text').press('Enter');
    await page.locator('.problems').waitFor();
    await press(page, '整张表');
    await field(page, 'lines').fill('\n第一行\n第二行');
    await page.locator('.sections .step').last().press('Enter');
    await page.getByText('第一行').waitFor();
    await page.getByRole('button', { name: /修改.*说明/ }).press('Enter');
    assert.equal(await field(page, 'lines').inputValue(), '\n第一行\n第二行');
  }));

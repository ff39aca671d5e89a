// The harness itself, against small pages of its own: what it promises to notice, it notices.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { axe, closeBrowser, compose, desktop, phone, shot, startServer, withPage } from './harness.mjs';

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const html = (body) => `<!doctype html><html lang="zh-CN"><title>一窗</title>
<script type="module" src="/page.js"></script><main><h1>预审</h1>${body}</main></html>`;

const files = {
  '/': html('<label>姓名 <input id="name"></label><p id="state">没有脚本</p>'),
  '/noscript': html('<noscript><img src="/none.png"></noscript>'),
  '/style': html('<p style="color: red">红</p>'),
  '/label': html('<input>'),
  '/throws': html('<p id="state">没有脚本</p><p id="throw"></p>'),
  '/markup': html('<p id="state">没有脚本</p><p id="markup"></p>'),
  '/page.js': `
    document.querySelector('#state').textContent = '有脚本';
    if (document.querySelector('#markup')) document.querySelector('#markup').innerHTML = '<b></b>';
    if (document.querySelector('#throw')) throw new Error('thrown by the page');
    globalThis.seen = [];
    for (const name of ['compositionstart', 'input', 'compositionend']) {
      document.querySelector('#name').addEventListener(name, (event) => {
        seen.push(name === 'input' ? 'input ' + event.isComposing : name);
      });
    }`,
};

let server;
let address;

before(async () => {
  server = createServer((request, response) => {
    const text = files[request.url];
    const type = request.url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
    });
    response.end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await closeBrowser();
  server.close();
});

const open = (options, path, use) =>
  withPage(options, async (page) => {
    await page.goto(address + path);
    await use?.(page);
  });

test('a page runs with script, without it, and with a script that does not arrive', async () => {
  for (const [script, expected] of [[true, '有脚本'], [false, '没有脚本'], ['blocked', '没有脚本']]) {
    await open({ ...phone, script }, '/', async (page) => {
      assert.equal(await page.textContent('#state'), expected);
      await axe(page);
    });
  }
});

test('a violation of the policy fails the page, with and without script', async () => {
  for (const script of [true, false, 'blocked']) {
    await assert.rejects(open({ script }, '/style'), /broke its policy[^]*style-src/);
  }
  await assert.rejects(open({}, '/markup'), /broke its policy[^]*require-trusted-types-for/);
});

test('an error that the page throws fails it', async () => {
  await assert.rejects(open({}, '/throws'), /thrown by the page/);
});

test('axe finds a field without a label, with and without script', async () => {
  for (const script of ['blocked', false]) {
    await assert.rejects(open({ script }, '/label', axe), /label: Form elements must have labels/);
  }
});

test('axe judges what is shown only while JavaScript is off', async () => {
  await assert.rejects(open({ script: false }, '/noscript', axe), /image-alt/);
});

test('a screenshot has the width of the page', async () => {
  for (const size of [phone, desktop]) {
    await open(size, '/', async (page) => {
      const picture = readFileSync(await shot(page, `harness-${size.width}`));
      // The width of a PNG stands in its header, at byte 16.
      assert.equal(picture.readUInt32BE(16), size.width);
    });
  }
});

test('Chinese is typed in composition', async () => {
  await open({}, '/', async (page) => {
    const field = page.locator('#name');
    await compose(page, field, [['zhang', '张'], ['san', '三']]);
    assert.equal(await field.inputValue(), '张三');
    const seen = await page.evaluate('seen');
    assert.equal(seen.filter((name) => name === 'compositionend').length, 2);
    assert.equal(seen[0], 'compositionstart');
    assert.equal(seen.at(-1), 'compositionend');
    assert.ok(!seen.includes('input false'));
  });
});

test('a server is started, found and stopped', async () => {
  const program = process.execPath;
  const script = `const server = require('node:http').createServer((_, r) => r.end('up'));
    server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;
  const started = await startServer({ program, args: ['-e', script] });
  assert.equal(await (await fetch(started.address)).text(), 'up');
  await started.stop();
  await assert.rejects(fetch(started.address));
});

test('a server that does not start says why', async () => {
  const program = process.execPath;
  const args = ['-e', 'console.error("no packs folder"); process.exit(2)'];
  await assert.rejects(startServer({ program, args }), /status 2[^]*no packs folder/);
});

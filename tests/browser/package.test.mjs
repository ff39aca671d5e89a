// The npm package as `npm install` leaves it: its entries, its types, and what runs outside of pages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

import { startServer } from './harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', '..', 'target');
const { version } = JSON.parse(readFileSync(join(target, 'npm', 'package.json'), 'utf8'));
const tarball = join(target, `yichuang-${version}.tgz`);
/** A program that has the package installed. */
const user = join(target, 'npm-user');
const installed = join(user, 'node_modules', 'yichuang');
const bin = (name) => join(here, 'node_modules', '.bin', name);

let server;
/** A compiled pack and calendar. */
let files;

before(async () => {
  rmSync(user, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  writeFileSync(join(user, 'package.json'), '{ "type": "module" }');
  server = await startServer({ today: '2014-11-18' });
  const page = await (await fetch(`${server.address}/putian/nine-in-one`)).text();
  files = {};
  for (const name of ['pack', 'calendar']) {
    const [, path] = page.match(`<yc-precheck[^>]* ${name}="([^"]+)"`);
    files[name] = `${server.address}${path}`;
    const bytes = new Uint8Array(await (await fetch(files[name])).arrayBuffer());
    writeFileSync(join(user, `${name}.bin`), bytes);
  }
});

after(() => server?.stop());

/** Runs a program beside the installed package; what it prints is JSON. */
function run(code, ...flags) {
  const file = join(user, 'program.js');
  writeFileSync(file, code);
  const options = { cwd: user, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  return JSON.parse(execFileSync(process.execPath, [...flags, file], options));
}

/** What a tool says when it finds something is the message. */
function tool(name, ...args) {
  try {
    execFileSync(bin(name), args, { cwd: user, encoding: 'utf8' });
  } catch ({ stdout, stderr, message }) {
    assert.fail(`${name}: ${stdout || stderr || message}`);
  }
}

test('publint finds nothing', async () => {
  const bytes = readFileSync(tarball);
  const pack = { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) };
  const { messages, pkg } = await publint({ pack });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('each entry has types, for Node and for bundlers', () => {
  // A program for CommonJS imports the package, which is of the other kind; modules have no types.
  const untyped = ['yichuang.wasm', 'full/yichuang.wasm'];
  tool('attw', '--profile', 'esm-only', '--exclude-entrypoints', ...untyped, '--', tarball);
});

test('the types say what can be written and what cannot', () => {
  cpSync(join(here, 'types'), join(user, 'types'), { recursive: true });
  tool('tsc', '-p', join(user, 'types'));
});

test('in Node a decision is made and explained, with files at addresses, at paths and as bytes', () => {
  const found = run(`
    import { readFile } from 'node:fs/promises';
    import { decide, load } from 'yichuang';
    const on = '2014-11-18';
    const answers = { 'business.activities': ['drug_retail'] };
    const precheck = await load({ ...${JSON.stringify(files)}, on });
    const steps = [[precheck.question.fact, precheck.decision.verdict]];
    const { items } = precheck.set('business.activities', ['drug_retail']);
    steps.push([precheck.question.fact, items[0].id]);
    precheck.lang = 'en';
    const { text } = await precheck.why({ item: 'drug_retail' });
    const paths = await decide({ pack: 'pack.bin', calendar: new URL('calendar.bin', import.meta.url), on, answers });
    const [pack, calendar] = await Promise.all([readFile('pack.bin'), readFile('calendar.bin')]);
    const bytes = await decide({ pack, calendar, on, answers, edition: 'full' });
    precheck.lang = 'zh';
    const same = [paths, bytes].map((other) => JSON.stringify(other) === JSON.stringify(precheck.decision));
    precheck.reset();
    console.log(JSON.stringify({ steps, text, same, left: precheck.answers }));
  `);
  assert.deepEqual(found.steps, [['business.activities', 'undetermined'], ['applicant.kind', 'drug_retail']]);
  assert.match(found.text, /[a-z]/);
  assert.deepEqual([found.same, found.left], [[true, true], {}]);
});

test('what cannot be done has a code and says so in two languages', () => {
  const newer = readFileSync(join(user, 'pack.bin'));
  newer.writeUInt16LE(newer.readUInt16LE(4) + 1, 4);
  writeFileSync(join(user, 'newer.bin'), newer);
  const found = run(`
    import { load } from 'yichuang';
    const good = { pack: 'pack.bin', calendar: 'calendar.bin', on: '2014-11-18' };
    const seen = {};
    const attempts = { no_file: { pack: undefined }, not_loaded: { pack: 'none.bin' }, file_newer: { pack: 'newer.bin' },
      file_other_kind: { pack: 'calendar.bin' }, bad_date: { on: '2014-13-01' } };
    for (const [code, change] of Object.entries(attempts)) {
      seen[code] = await load({ ...good, ...change }).then(() => 'nothing', ({ code, zh, en }) => [code, zh, en]);
    }
    const precheck = await load(good);
    seen.unknown_target = await precheck.why({ item: 'none' }).catch(({ code, zh, en }) => [code, zh, en]);
    console.log(JSON.stringify(seen));
  `);
  for (const [code, [said, zh, en]] of Object.entries(found)) {
    assert.equal(said, code);
    assert.match(zh, /[一-鿿]/);
    assert.match(en, /^[\x20-\x7e‘’“”]+$/);
  }
  assert.match(found.file_newer[1], /请升级/);
});

test('on a server the elements are imported and no more', () => {
  const found = run(`
    import * as elements from 'yichuang/elements';
    import * as earlier from 'yichuang/element.js';
    console.log(JSON.stringify([Object.keys(elements), earlier.YcPrecheck === elements.YcPrecheck]));
  `);
  assert.deepEqual(found, [['YcForm', 'YcPrecheck'], true]);
});

test('the manifest of elements names what they have', async () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
  const [{ path, declarations, exports }] = manifest.modules;
  const defined = exports.filter(({ kind }) => kind === 'custom-element-definition').map(({ name }) => name);
  assert.deepEqual(declarations.map(({ tagName }) => tagName), defined);
  const elements = await import(pathToFileURL(join(installed, path)));
  const names = (list) => list.map(({ name }) => name).sort();
  assert.deepEqual(names(declarations), Object.keys(elements).sort());
  for (const { name, attributes, members } of declarations) {
    const { observedAttributes, prototype } = elements[name];
    const unseen = names(attributes).filter((attribute) => !observedAttributes.includes(attribute));
    const reflected = unseen.filter((attribute) => names(members).includes(attribute));
    assert.deepEqual(names(attributes), [...observedAttributes, ...reflected].sort(), name);
    assert.deepEqual(names(members), publicMembers(prototype), name);
  }
  const events = declarations.flatMap(({ events }) => events.map(({ name }) => name));
  const said = readFileSync(join(installed, path), 'utf8').match(/(?<=["'`])yc-[a-z-]+(?=["'`])/g);
  assert.deepEqual([...new Set(said)].sort(), [...new Set([...defined, ...events])].sort());
});

/** What a class and those it extends have for others: no callbacks of the browser, nothing that begins with `_`. */
function publicMembers(prototype) {
  const found = new Set();
  for (let at = prototype; Object.getPrototypeOf(at); at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (name !== 'constructor' && !name.startsWith('_') && !name.endsWith('Callback')) found.add(name);
    }
  }
  return [...found].sort();
}

test('the slim entry takes bytes, a response or a compiled module, and names no place of its own', () => {
  for (const name of ['slim.js', 'text.js', 'headless.js', 'runtime.js', 'runtime-full.js']) {
    assert.ok(!readFileSync(join(installed, name), 'utf8').includes('import.meta'), name);
  }
  const ways = [
    'bytes',
    'new Response(bytes)',
    'Promise.resolve(new Response(bytes, { headers: { "content-type": "application/wasm" } }))',
    'new WebAssembly.Module(bytes)',
    '(imports) => WebAssembly.instantiate(bytes, imports)',
    '(imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)',
  ];
  for (const way of ways) {
    const found = run(`
      import { readFileSync } from 'node:fs';
      import { decide, provide } from 'yichuang/slim';
      const bytes = readFileSync(new URL(import.meta.resolve('yichuang/yichuang.wasm')));
      provide({ page: ${way} });
      const [pack, calendar] = ['pack.bin', 'calendar.bin'].map((name) => readFileSync(name));
      console.log(JSON.stringify((await decide({ pack, calendar, on: '2014-11-18' })).verdict));
    `);
    assert.equal(found, 'undetermined', way);
  }
});

test('a module that is missing, cut off or of another build is said, and can be provided anew', () => {
  const found = run(`
    import { readFileSync } from 'node:fs';
    import { decide, provide } from 'yichuang/slim';
    const [pack, calendar] = ['pack.bin', 'calendar.bin'].map((name) => readFileSync(name));
    const wasm = (name) => readFileSync(new URL(import.meta.resolve('yichuang/' + name)));
    const seen = [];
    for (const page of [undefined, wasm('yichuang.wasm').subarray(0, 999), wasm('full/yichuang.wasm'), wasm('yichuang.wasm')]) {
      provide({ page });
      seen.push(await decide({ pack, calendar }).then(({ verdict }) => verdict, ({ code }) => code));
    }
    console.log(JSON.stringify(seen));
  `);
  assert.deepEqual(found, ['no_module', 'module_damaged', 'module_damaged', 'undetermined']);
});

test('a host without UTF-8 of its own gets it', async () => {
  const { TextDecoder, TextEncoder } = globalThis;
  try {
    delete globalThis.TextDecoder;
    delete globalThis.TextEncoder;
    await import(pathToFileURL(join(installed, 'text.js')));
    for (const text of ['', 'a', '申请人 é', '𠮷😀', '\u0000\u007f\u0080\u07ff\u0800\uffff', 'half \ud800 a pair']) {
      const bytes = new globalThis.TextEncoder().encode(text);
      assert.deepEqual(bytes, new TextEncoder().encode(text));
      assert.equal(new globalThis.TextDecoder().decode(bytes), new TextDecoder().decode(bytes));
    }
  } finally {
    Object.assign(globalThis, { TextDecoder, TextEncoder });
  }
});

test('scripts depend on nothing, and each of them is of the package', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, undefined]);
  const scripts = readdirSync(installed).filter((name) => name.endsWith('.js'));
  for (const name of scripts) {
    const code = readFileSync(join(installed, name), 'utf8');
    const imports = [...code.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, path]) => path);
    for (const path of imports) {
      assert.ok(scripts.includes(path.replace('./', '')) || path.startsWith('node:'), `${name} imports ${path}`);
      assert.ok(!path.startsWith('node:') || name === 'index.node.js', name);
    }
  }
});

// The npm package on the shared corpus: one JSON line in, one JSON line out.
//
//   {"asks": "decide", "pack_file": "…", "calendar_file": "…", "today": "2014-11-18", "request": "<text>"}
//   {"ok": "<response text>"} or {"error": {"code": "…", "zh": "…", "en": "…"}}
//
// YICHUANG_WASM_DIR names the folder of the package; by default target/npm.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.YICHUANG_WASM_DIR ?? join(here, '..', '..', 'target', 'npm');

const { provide, start } = await import(pathToFileURL(join(folder, 'runtime.js')));
provide({
  page: readFileSync(join(folder, 'yichuang.wasm')),
  full: readFileSync(join(folder, 'full', 'yichuang.wasm')),
});
const page = await start();
const full = await start('full');

/** Files by their path: a corpus asks many questions of few packs. */
const files = new Map();
const read = (path) => {
  if (!files.has(path)) files.set(path, readFileSync(path));
  return files.get(path);
};

function answer(call, { pack_file, calendar_file, today, request }) {
  try {
    return { ok: call(read(pack_file), read(calendar_file), request, today) };
  } catch ({ code = 'broken', message, zh = message, en = message }) {
    return { error: { code, zh, en } };
  }
}

/** What the full module says; that of pages must say the same of every pack that it can open. */
function reply({ asks, ...question }) {
  if (asks === 'explain') return answer(full.explain, question);
  const whole = answer(full.decide, question);
  const small = answer(page.decide, question);
  if (small.error?.code === 'needs_full_module' || JSON.stringify(small) === JSON.stringify(whole)) return whole;
  return { error: { code: 'editions_differ', zh: '两个模块的结果不同。', en: `${JSON.stringify(small)} / ${JSON.stringify(whole)}` } };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(reply(JSON.parse(line)))}\n`);
}

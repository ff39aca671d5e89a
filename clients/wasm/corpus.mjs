// The npm package on the shared corpus: one JSON line in, one JSON line out.
//
//   {"pack_file": "…", "calendar_file": "…", "today": "2014-11-18", "request": "<text>"}
//   {"ok": "<response text>"} or {"error": {"code": "…", "zh": "…", "en": "…"}}
//
// YICHUANG_WASM_DIR names the folder of the package; by default target/npm.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.YICHUANG_WASM_DIR ?? join(here, '..', '..', 'target', 'npm');
const { decide, initSync } = await import(pathToFileURL(join(folder, 'yichuang.js')));
initSync({ module: readFileSync(join(folder, 'yichuang.wasm')) });

/** Files by their path: a corpus asks many questions of few packs. */
const files = new Map();
const read = (path) => {
  if (!files.has(path)) files.set(path, readFileSync(path));
  return files.get(path);
};

function answer({ pack_file, calendar_file, today, request }) {
  try {
    return { ok: decide(read(pack_file), read(calendar_file), request, today) };
  } catch ({ code = 'broken', message, zh = message, en = message }) {
    return { error: { code, zh, en } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}

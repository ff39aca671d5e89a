// The same in Node, where modules, packs and calendars may be files.

import { readFile } from 'node:fs/promises';

import { getBy, locate } from './runtime.js';

getBy(async (address) => {
  if (/^https?:/.test(address)) return fetch(address);
  return new Response(await readFile(address));
});

locate({
  page: new URL('./yichuang.wasm', import.meta.url),
  full: new URL('./full/yichuang.wasm', import.meta.url),
});

export * from './headless.js';

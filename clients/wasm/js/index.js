// A pre-check without a page, with the modules that stand beside this file.

import { locate } from './runtime.js';

locate({
  page: new URL('./yichuang.wasm', import.meta.url),
  full: new URL('./full/yichuang.wasm', import.meta.url),
});

export * from './headless.js';

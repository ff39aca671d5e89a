// One script for `require`, and the modules as files of the mini-program.

import { build } from 'esbuild';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const lib = `${import.meta.dirname}/lib`;
await build({
  entryPoints: [fileURLToPath(import.meta.resolve('yichuang/slim'))],
  outfile: `${lib}/yichuang.js`,
  bundle: true,
  minify: true,
  format: 'cjs',
  // What telephones of 2018 read.
  target: 'es2017',
});
await cp(fileURLToPath(import.meta.resolve('yichuang/yichuang.wasm')), `${lib}/yichuang.wasm`);
await cp(fileURLToPath(import.meta.resolve('yichuang/full/yichuang.wasm')), `${lib}/yichuang-full.wasm`);

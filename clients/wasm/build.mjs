// The scripts of the npm package: `node build.mjs SOURCES PACKAGE`, in a folder with esbuild and terser.
//
// Every file at the top of SOURCES is one of the package, and takes in what it imports from folders
// below. Between the files of the package imports stay, so that a page has each of them once.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const require = createRequire(join(process.cwd(), 'tools.cjs'));
const { build } = require('esbuild');
const { minify } = require('terser');

const [sources, output] = process.argv.slice(2);
const entries = (await readdir(sources)).filter((name) => name.endsWith('.js'));
const isIife = (name) => name.endsWith('.iife.js');

const staysImported = {
  name: 'stays-imported',
  setup({ onResolve }) {
    onResolve({ filter: /\.js$/ }, ({ path, kind }) => {
      const name = path.match(/^\.{1,2}\/([^/]+)$/)?.[1];
      if (kind !== 'entry-point' && entries.includes(name)) return { path: `./${name}`, external: true };
    });
  },
};

const common = {
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  outdir: output,
  target: 'es2022',
};
const places = (names) => names.map((name) => join(sources, name));

await build({
  ...common,
  entryPoints: places(entries.filter((name) => !isIife(name))),
  external: ['node:*'],
  format: 'esm',
  plugins: [staysImported],
});
await build({
  ...common,
  entryPoints: places(entries.filter(isIife)),
  format: 'iife',
  globalName: 'Yichuang',
  // What wasm-bindgen would load by itself is not used, and falls away later.
  logOverride: { 'empty-import-meta': 'silent' },
});

for (const name of entries) {
  const file = join(output, basename(name));
  const { code } = await minify(await readFile(file, 'utf8'), {
    module: !isIife(name),
    compress: { passes: 3 },
    mangle: { properties: { regex: /^__(wbg_ptr|destroy_into_raw)$/ } },
  });
  await writeFile(file, code);
}

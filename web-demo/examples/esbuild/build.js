// esbuild leaves addresses of other files as they are: the modules are put beside the script.

import { build } from 'esbuild';
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
await rm(`${here}/dist`, { recursive: true, force: true });
await build({
  entryPoints: [`${here}/main.js`],
  outdir: `${here}/dist`,
  bundle: true,
  minify: true,
  format: 'esm',
  // The full module is loaded only for a pack that needs it.
  splitting: true,
});
for (const name of ['yichuang.wasm', 'full/yichuang.wasm']) {
  await cp(fileURLToPath(import.meta.resolve(`yichuang/${name}`)), `${here}/dist/${name}`);
}
await cp(`${here}/../public`, `${here}/dist`, { recursive: true });
await cp(`${here}/index.html`, `${here}/dist/index.html`);

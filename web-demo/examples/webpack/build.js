// What `webpack` does, without its command.

import { cp } from 'node:fs/promises';
import { promisify } from 'node:util';
import webpack from 'webpack';

import config from './webpack.config.js';

const stats = await promisify(webpack)(config);
console.log(stats.toString('minimal'));
if (stats.hasErrors() || stats.hasWarnings()) process.exit(1);
const here = import.meta.dirname;
await cp(`${here}/../public`, `${here}/dist`, { recursive: true });
await cp(`${here}/index.html`, `${here}/dist/index.html`);

// All in one script, for pages without modules: `Yichuang.load(…)`, and the elements. The modules
// stand beside it.

import { define } from './elements/define.js';
import { YcForm } from './elements/form.js';
import { YcPrecheck } from './elements/precheck.js';
import { locate } from './runtime.js';

// A script in the midst of the page has no address of its own.
const src = document.currentScript?.src || document.baseURI;
locate({ page: new URL('yichuang.wasm', src), full: new URL('full/yichuang.wasm', src) });

define('yc-precheck', YcPrecheck);
define('yc-form', YcForm);

export { YcForm, YcPrecheck };
export * from './headless.js';

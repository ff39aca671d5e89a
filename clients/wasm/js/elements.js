// The elements, registered by importing this. A new one is a file in `elements/` and two lines here.

import { define } from './elements/define.js';
import { YcForm } from './elements/form.js';
import { YcPrecheck } from './elements/precheck.js';
import { locate } from './runtime.js';

locate({
  page: new URL('./yichuang.wasm', import.meta.url),
  full: new URL('./full/yichuang.wasm', import.meta.url),
});

define('yc-precheck', YcPrecheck);
define('yc-form', YcForm);

export { YcForm, YcPrecheck };

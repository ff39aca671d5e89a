/** What the script puts under the global name `Yichuang`; it registers the elements too. */
export { YcForm, YcPrecheck } from './elements.js';
export * from './headless.js';

export as namespace Yichuang;

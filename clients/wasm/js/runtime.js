// What all entries share: the modules, each started once for a page, and reading files.
//
// Nothing here says where the modules are (`import.meta.url`): the entries do, or who uses them.

export { getBy, isAddress, read, readSigned } from './runtime/files.js';
export { locate, open, provide, start } from './runtime/modules.js';
export { refusal } from './runtime/refusal.js';
export { today } from './runtime/today.js';

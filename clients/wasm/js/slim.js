// A pre-check without a page, where the host says what the modules are: `provide({ page: … })`.
// Nothing here asks where this file is, and nothing needs more than JavaScript and WebAssembly.

import './text.js';

export * from './headless.js';

// The script of the full module: loaded only for a pack that needs it, or when something is explained.

export { Session, begin, decide, explain, imports } from './glue/full.js';

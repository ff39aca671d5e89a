// The earlier name of `elements.js`.

export * from './elements.js';

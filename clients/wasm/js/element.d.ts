export * from './elements.js';

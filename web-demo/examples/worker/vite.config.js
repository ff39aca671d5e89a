import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: '../public',
  // A worker loads the full module only when something is explained.
  worker: { format: 'es' },
});

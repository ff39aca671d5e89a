// Nothing is to be set for the package: webpack sees where its modules are.

const here = import.meta.dirname;

export default {
  mode: 'production',
  context: here,
  entry: './main.js',
  output: { path: `${here}/dist`, clean: true },
  performance: { hints: false },
};

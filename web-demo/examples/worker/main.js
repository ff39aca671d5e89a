// The page asks, the worker decides: nothing that takes long stands in the way of the reader.

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const select = document.querySelector('select');
const output = document.querySelector('output');

worker.addEventListener('message', ({ data }) => {
  output.textContent = data.names.join('、');
  output.title = data.why;
});
const ask = () => worker.postMessage({ 'business.activities': [select.value] });
select.addEventListener('change', ask);
ask();

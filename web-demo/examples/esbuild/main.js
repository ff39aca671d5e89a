import 'yichuang/elements';

const output = document.querySelector('output');
document.querySelector('yc-precheck').addEventListener('yc-decision', ({ detail }) => {
  const items = detail.items.filter(({ selected }) => selected === true);
  output.textContent = items.map(({ name }) => name).join('、');
});

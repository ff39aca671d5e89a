// What a decision costs in WebAssembly: one JSON object of nanoseconds on standard output.
//
//   node measure.mjs FOLDER    (yichuang_bench.js, s.ycp, m.ycp, l.ycp, cn.ycc)

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const file = (name) => readFileSync(join(folder, name));
const module = await import(pathToFileURL(join(folder, 'yichuang.js')));
module.initSync({ module: file('yichuang_bg.wasm') });

const ROUNDS = 15;
const LEAST_MS = 8;

/** How many calls take long enough for the clock; this warms them up too. */
function calls(work) {
  for (let count = 1; ; count *= 2) {
    const start = performance.now();
    for (let call = 0; call < count; call += 1) work();
    if (performance.now() - start >= LEAST_MS) return count;
  }
}

/** The nanoseconds of each work in its fastest round; all of them are measured in every round. */
function measure(works) {
  const counts = Object.entries(works).map(([name, work]) => [name, work, calls(work), []]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [, work, count, times] of counts) {
      const start = performance.now();
      for (let call = 0; call < count; call += 1) work();
      times.push(((performance.now() - start) * 1e6) / count);
    }
  }
  return Object.fromEntries(counts.map(([name, , , times]) => [name, Math.min(...times)]));
}

const sizes = { s: module.Small, m: module.Medium, l: module.Large };
const result = {};
for (const [name, Size] of Object.entries(sizes)) {
  const count = name === 'l' ? 64 : 256;
  const cases = new Size(file(`${name}.ycp`), file('cn.ycc'), count);
  const same = cases.same();
  if (same !== count) throw new Error(`${name}: ${count - same} of ${count} cases differ`);
  const works = { straight: () => cases.straight(), run: () => cases.run(), decide: () => cases.decide() };
  const times = measure(works);
  for (const work of Object.keys(times)) result[`${name}/${work}`] = times[work] / count;
}

// The yes-no fact of the workload whose answer changes most: as much is read as ever is.
const slots = new module.Slots(file('m.ycp'));
const changed = (fact) => {
  slots.set(fact, true);
  return slots.set(fact, false).length;
};
const facts = [...Array(60).keys()].filter((place) => [0, 3, 5, 8].includes(place % 10)).map((place) => place + 1);
const asked = facts.reduce((most, fact) => (changed(fact) > changed(most) ? fact : most));
if (changed(asked) === 0) throw new Error('no answer changes anything');
let [yes, seen] = [false, 0];
const set = () => {
  yes = !yes;
  for (const result of slots.set(asked, yes)) seen += result;
};
result['m/set'] = measure({ set }).set;
if (seen === 0) throw new Error('no change was read');
console.log(JSON.stringify(result));

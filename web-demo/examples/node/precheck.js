// node precheck.js nine-in-one.ycp cn.ycc '{"business.activities": ["catering"]}'

import { load } from 'yichuang';

const [pack, calendar, answers = '{}'] = process.argv.slice(2);
const precheck = await load({ pack, calendar, on: '2014-11-18', answers: JSON.parse(answers) });

const { verdict, items, materials } = precheck.decision;
console.log(`结论：${verdict}`);
for (const { id, name, outcome } of items) {
  const { text } = await precheck.why({ item: id });
  console.log(`事项：${name}（${outcome}）。${text}`);
}
for (const { name, status } of materials) if (status === 'required') console.log(`材料：${name}`);
if (precheck.question) console.log(`接着问：${precheck.question.text}`);

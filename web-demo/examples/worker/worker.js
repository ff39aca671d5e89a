import { load } from 'yichuang';

const loaded = load({ pack: '/nine-in-one.ycp', calendar: '/cn.ycc', on: '2014-11-18' });

addEventListener('message', async ({ data }) => {
  const precheck = await loaded;
  precheck.answers = data;
  const items = precheck.decision.items.filter(({ selected }) => selected === true);
  const { text } = await precheck.why({ item: items[0].id });
  postMessage({ names: items.map(({ name }) => name), why: text });
});

const { load, provide } = require('../../lib/yichuang.js');

// A mini-program has no WebAssembly but WXWebAssembly, which reads a file of the package.
provide({
  page: (imports) => WXWebAssembly.instantiate('/lib/yichuang.wasm', imports),
  full: (imports) => WXWebAssembly.instantiate('/lib/yichuang-full.wasm', imports),
});

/** The bytes of a file on the server; packs are no files that a mini-program may bring along. */
const get = (url) =>
  new Promise((success, fail) => {
    wx.request({ url, responseType: 'arraybuffer', success: ({ data }) => success(data), fail });
  });

Page({
  data: { question: null, items: [], verdict: '', error: '' },

  async onLoad() {
    const { rules } = getApp();
    try {
      this.precheck = await load({ pack: await get(`${rules}/nine-in-one.ycp`), calendar: await get(`${rules}/cn.ycc`) });
      this.show();
    } catch (error) {
      this.setData({ error: error.zh || error.message || error.errMsg });
    }
  },

  /** An option of the question was touched. */
  choose({ currentTarget }) {
    const { fact, kind } = this.precheck.question;
    const { option } = currentTarget.dataset;
    this.precheck.set(fact, kind === 'choices' ? [option] : kind === 'bool' ? option === 'yes' : option);
    this.show();
  },

  show() {
    const { question, decision } = this.precheck;
    const yesNo = [{ id: 'yes', name: '是' }, { id: 'no', name: '否' }];
    this.setData({
      question: question ? { text: question.text, options: question.options || yesNo } : null,
      items: decision.items.filter(({ selected }) => selected === true).map(({ name }) => name),
      verdict: decision.verdict,
    });
  },

  onUnload() {
    if (this.precheck) this.precheck.close();
  },
});

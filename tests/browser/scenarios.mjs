// The scenarios as a person goes through them, and what the page must say in the end. The values
// are those of the worked examples of the pack, typed here; none is computed.

/** S21: a pharmacy that also sells health food and class III devices. */
export const s21 = {
  name: 's21',
  day: '2014-11-18',
  answers: [
    ['business.activities', ['药品零售', '保健食品经营', '第三类医疗器械经营']],
    ['applicant.kind', ['企业']],
    ['applicant.registered', ['否']],
    ['applicant.via_agent', ['是']],
    ['premises.tenure', ['租用']],
  ],
  expected: {
    verdict: 'undetermined',
    items: ['health_food_retail', 'drug_retail', 'gsp_cert', 'device3'],
    certificates: ['莆田市食品药品生产经营许可证'],
    counts: { merged: '19', separate: '46', promised_days: '28', statutory_sum: '155', saved_days: '127' },
    due: '2014-12-26',
    dueWords: '12 月 26 日前办好',
    promise: '承诺 28 个工作日',
    // The first two steps, receipt and acceptance, are done on the day itself.
    steps: ['2014-11-18', '2014-11-18', '2014-11-25', '2014-12-09', '2014-12-16', '2014-12-23', '2014-12-26'],
    materials: [
      ['f01', 'f02', 'f04', 'f05', 'f06', 'f07', 'f08', 'f10', 'f11', 'f12', 'f16', 'f17', 'f18', 'f19'],
      ['f20', 'f21', 'f22', 'f23', 'f24'],
    ].flat(),
    spared: [
      '营业执照副本：用企业名称预先核准通知书代替（是否已领营业执照：否）',
      '组织机构代码证：您的情形不需要（是否已领营业执照：否）',
      '药品经营许可证副本：这次一并办理药品零售，由内部流转',
    ],
  },
  names: { f02: '企业名称预先核准通知书', f06: '租赁合同和出租方产权证明' },
};

/** S25: a small restaurant that also sells food and has water from a well. */
export const s25 = {
  name: 's25',
  day: '2014-06-03',
  answers: [
    ['business.activities', ['食品流通', '餐饮服务']],
    ['applicant.kind', ['个体工商户']],
    ['applicant.registered', ['是']],
    ['applicant.via_agent', ['否']],
    ['premises.tenure', ['自有']],
    ['water.source', ['自备井水']],
  ],
  expected: {
    verdict: 'undetermined',
    items: ['food_circulation', 'catering'],
    certificates: ['莆田市食品药品生产经营许可证'],
    counts: { merged: '12', separate: '20', promised_days: '20', statutory_sum: '40', saved_days: '20' },
    due: '2014-07-01',
    dueWords: '7 月 1 日前办好',
    promise: '承诺 20 个工作日',
    steps: ['2014-06-03', '2014-06-03', '2014-06-09', '2014-06-18', '2014-06-24', '2014-06-27', '2014-07-01'],
    materials: ['f01', 'f02', 'f04', 'f06', 'f07', 'f08', 'f09', 'f10', 'f11', 'f12', 'f15', 'f28'],
    spared: [
      '企业名称预先核准通知书：用营业执照副本代替（是否已领营业执照：是）',
      '授权委托书和经办人身份证：您的情形不需要（是否由代理人办理：否）',
    ],
  },
  names: { f02: '营业执照副本', f04: '业主身份证' },
};

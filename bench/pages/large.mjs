// The long forms that are measured: 5,000 fields, and a table of 1,000 rows.
//
//     node bench/pages/large.mjs FOLDER      writes both as packs into a folder for the server

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

export const fieldCount = 5000;
export const rowCount = 1000;

/** How many fields stand in a section. */
const sectionSize = 50;
/** Every tenth field is a yes-no question, on which the nine behind it depend. */
const blockSize = 10;

const frame = (name, facts, sections) => `规则包: {名称: ${name}, 版本: 1}

情形:
  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
  - {id: going, 名称: 要办, 类型: 是否}
${facts.map((fact) => `  - ${fact}\n`).join('')}
事项:
  - id: permit
    名称: 许可
    申请条件: 要办
    法定时限: {天数: 20, 依据: 本包默认 示例}
    依据: 本包默认 示例

承诺时限: {天数: 20, 依据: 本包默认 示例}

文书:
  - {id: F-10, 名称: ${name}, 时机: 申请}

表单:
  - id: F-10
    名称: ${name}
    栏目:
${sections.map(({ title, fields }) => `      - 标题: ${title}\n        栏:\n${fields.map((field) => `          - ${field}\n`).join('')}`).join('')}`;

function fact(place) {
  const head = `id: f${place}, 名称: 第${place}栏`;
  switch (place % blockSize) {
    case 0:
      return `{${head}, 类型: 是否}`;
    case 1:
      return `{${head}, 类型: 整数, 最小: 0, 最大: 1000}`;
    case 2:
      return `{${head}, 类型: 日期}`;
    case 4:
      return `{${head}, 类型: 单选, 选项: [{id: a, 名称: 甲}, {id: b, 名称: 乙}, {id: c, 名称: 丙}]}`;
    case 5:
      return `{${head}, 类型: 文本, 格式: 手机号码}`;
    default:
      return `{${head}, 类型: 文本}`;
  }
}

/** A field is needed where the yes-no question of its block says so; the last of a block is shown there only. */
function field(place) {
  const block = `第${place - (place % blockSize)}栏`;
  const head = `id: f${place}, 标签: 第 ${place} 栏, 情形: f${place}`;
  if (place % blockSize === 0) return `{${head}}`;
  return place % blockSize === blockSize - 1 ? `{${head}, 条件: ${block}}` : `{${head}, 必填: ${block}}`;
}

/** The pack with a form of many fields. */
export function fieldsPack(count = fieldCount) {
  const places = Array.from({ length: count }, (_, place) => place);
  const sections = [];
  for (let first = 0; first < count; first += sectionSize) {
    sections.push({ title: `第 ${first / sectionSize + 1} 部分`, fields: places.slice(first, first + sectionSize).map(field) });
  }
  return frame('长表', places.map(fact), sections);
}

/** The pack with a form of one table. */
export function rowsPack(count = rowCount) {
  const columns = [
    '{id: name, 名称: 姓名, 类型: 文本}',
    '{id: born, 名称: 出生日期, 类型: 日期}',
    '{id: pay, 名称: 工资, 类型: 金额, 最小: 0}',
  ];
  const table = `{id: staff, 名称: 从业人员, 类型: 名单, 最多行: ${count}, 列: [${columns.join(', ')}]}`;
  return frame('名单', [table], [{ title: '人员', fields: ['{id: staff, 标签: 从业人员, 情形: staff}'] }]);
}

/** Writes the packs into a folder, and gives it back. */
export function write(folder) {
  for (const [name, pack] of [
    ['fields', fieldsPack()],
    ['rows', rowsPack()],
  ]) {
    mkdirSync(join(folder, 'large', name), { recursive: true });
    writeFileSync(join(folder, 'large', name, 'pack.yaml'), pack);
  }
  return folder;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv.length !== 3) {
    console.error('usage: node bench/pages/large.mjs FOLDER');
    process.exitCode = 2;
  } else {
    console.log(write(argv[2]));
  }
}

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

/** The same form for survey-core. */
export function surveyFields(count = fieldCount) {
  const element = (place) => {
    const block = `{f${place - (place % blockSize)}} = true`;
    const base = { name: `f${place}`, title: `第 ${place} 栏` };
    const needed = place % blockSize === blockSize - 1 ? { visibleIf: block, isRequired: true } : { requiredIf: block };
    switch (place % blockSize) {
      case 0:
        return { ...base, type: 'boolean', isRequired: true };
      case 1:
        return { ...base, ...needed, type: 'text', inputType: 'number', min: 0, max: 1000 };
      case 2:
        return { ...base, ...needed, type: 'text', inputType: 'date' };
      case 4:
        return { ...base, ...needed, type: 'radiogroup', choices: ['甲', '乙', '丙'] };
      default:
        return { ...base, ...needed, type: 'text' };
    }
  };
  const panels = [];
  for (let first = 0; first < count; first += sectionSize) {
    const elements = Array.from({ length: sectionSize }, (_, offset) => element(first + offset));
    panels.push({ type: 'panel', name: `p${first}`, title: `第 ${first / sectionSize + 1} 部分`, elements });
  }
  return { pages: [{ name: 'page', elements: panels }] };
}

/** The same table for survey-core. */
export function surveyRows(count = rowCount) {
  const columns = [
    { name: 'name', title: '姓名', cellType: 'text', isRequired: true },
    { name: 'born', title: '出生日期', cellType: 'text', inputType: 'date', isRequired: true },
    { name: 'pay', title: '工资', cellType: 'text', inputType: 'number', min: 0, isRequired: true },
  ];
  const table = { type: 'matrixdynamic', name: 'staff', title: '从业人员', rowCount: count, maxRowCount: count, columns };
  return { pages: [{ name: 'page', elements: [table] }] };
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

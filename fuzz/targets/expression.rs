//! Any text as a condition and as a calculation of a pack with a fact of every kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yichuang_forms::LoadedBundle;
use yichuang_fuzz::exercise;
use yichuang_rules::{Source, compile};

const PACK: &str = "规则包: {名称: 甲, 版本: '1'}
情形:
  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
  - {id: flag, 名称: 是否, 类型: 是否}
  - {id: staff, 名称: 人数, 类型: 整数, 单位: 人}
  - {id: area, 名称: 面积, 类型: 小数, 单位: 平方米}
  - {id: paid, 名称: 金额, 类型: 金额}
  - {id: name, 名称: 企业, 类型: 文本, 没有的说法: 没有}
  - {id: born_on, 名称: 生日, 类型: 日期}
  - {id: kind, 名称: 类型, 类型: 单选, 选项: [{id: shop, 名称: 店}, {id: stall, 名称: 摊}]}
  - {id: wares, 名称: 货, 类型: 多选, 选项: [{id: food, 名称: 吃}, {id: drink, 名称: 喝}]}
参数:
  - {id: price, 名称: 单价, 数值: 1.25, 单位: 元/平方米, 依据: 本包默认 甲}
函数:
  - {id: twice, 名称: 两倍, 参数: [甲], 取值: 甲 * 2}
事项:
  - {id: permit, 名称: 许可, 申请条件: 真, 法定时限: {天数: 20, 依据: 本包默认 甲}, 依据: 本包默认 甲}
承诺时限: {天数: 20, 依据: 本包默认 甲}
规则:
";

fuzz_target!(|text: &str| {
    let lines: String = text.lines().map(|line| format!("      {line}\n")).collect();
    for key in ["条件", "取值"] {
        let rule =
            format!("{PACK}  - id: tried\n    名称: 试试\n    展示: 是\n    依据: 本包默认 甲\n    {key}: |\n{lines}");
        let (bundle, diagnostics) = compile("fuzz/expression", &[Source::new("pack.yaml", &rule)]);
        assert_eq!(bundle.is_none(), diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
        let Some(bundle) = bundle else { continue };
        let bundle = LoadedBundle::new(bundle);
        exercise(&bundle, "{}");
        exercise(
            &bundle,
            r#"{"answers":{"flag":true,"staff":3,"area":"1.25","paid":"99.99","name":"甲","born_on":"1955-05-20","kind":"shop","wares":["food"]}}"#,
        );
    }
});

//! A table of more than ten thousand rows: it compiles, rows are found without looking at all of
//! them, and two rows that match together are found among all.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop at once")]

use std::fmt::Write as _;

use yichuang_engine::{Derived, FactId, Facts, Number, Pack, Run, Slot, Value};
use yichuang_forms::{LoadedBundle, from_ycp, to_ycp};
use yichuang_rules::{Code, Lang, Source, compile, render, sorted};

const TRADES: usize = 60;
const DISTRICTS: usize = 10;
const STEPS: usize = 9;

/// Where the ranges of a trade begin.
fn start(trade: usize, step: usize) -> usize {
    step * 100 + trade * 3 % 97
}

fn fee(trade: usize, district: usize, new: bool, step: usize) -> usize {
    trade * 1000 + district * 100 + step * 10 + usize::from(new)
}

fn sheet() -> String {
    let mut text = String::from("行业,面积,新办,区,费用\n");
    for trade in 0..TRADES {
        for district in 0..DISTRICTS {
            for new in [false, true] {
                for step in 0..STEPS {
                    let range = match step {
                        0 => format!("< {}", start(trade, 1)),
                        8 => format!(">= {}", start(trade, 8)),
                        _ => format!("\"[{}, {})\"", start(trade, step), start(trade, step + 1)),
                    };
                    let fee = fee(trade, district, new, step);
                    let new = if new { "是" } else { "否" };
                    writeln!(text, "t{trade},{range},{new},d{district},{fee}").unwrap();
                }
            }
        }
    }
    text
}

fn files(sheet: &str) -> [Source; 2] {
    let options = |prefix: &str, count: usize| {
        (0..count)
            .map(|place| format!("{{id: {prefix}{place}, 名称: {prefix}号{place}}}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (trades, districts) = (options("t", TRADES), options("d", DISTRICTS));
    let pack = format!(
        "规则包: {{名称: 大表, 版本: '1'}}
情形:
  - {{id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}}
  - {{id: trade, 名称: 行业, 类型: 单选, 选项: [{trades}]}}
  - {{id: area, 名称: 面积, 类型: 整数}}
  - {{id: is_new, 名称: 新办, 类型: 是否}}
  - {{id: district, 名称: 区, 类型: 单选, 选项: [{districts}]}}
决策表:
  - id: fee
    名称: 收费
    命中: 唯一
    输入: [行业, 区, 新办, 面积]
    输出: [{{id: fee, 名称: 费用, 类型: 整数, 展示: 是}}]
    表格: fees.csv
    依据: 本包默认 示例
事项:
  - {{id: i, 名称: 事项, 申请条件: 真, 法定时限: {{天数: 1, 依据: 待核 x}}, 依据: 待核 x}}
"
    );
    [Source::new("fees.csv", sheet), Source::new("pack.yaml", &pack)]
}

fn compiled(files: &[Source]) -> Pack {
    let (bundle, diagnostics) = compile("test/big", files);
    bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sorted(files), Lang::Zh))).pack
}

/// What the table gives.
fn value(pack: &Pack, run: &Run) -> Number {
    match pack.rules[0].result {
        Derived::Number(value) => run.number(value),
        Derived::Condition(_) => panic!("not a number"),
    }
}

#[test]
fn a_lookup_does_not_look_at_all_rows() {
    let files = files(&sheet());
    let (bundle, diagnostics) = compile("test/big", &files);
    let bundle = bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sorted(&files), Lang::Zh)));
    let bytes = to_ycp(&bundle);
    assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
    let read = from_ycp(&bytes).unwrap();
    assert_eq!(read, LoadedBundle::new(bundle), "the index is the same after reading");
    let pack = &read.value.pack;
    let table = &pack.program.tables[0];
    assert_eq!(usize::from(table.rows), TRADES * DISTRICTS * 2 * STEPS);
    let mut most = 0;
    for case in 0..600_usize {
        let (trade, district, new, area) = (case * 7 % TRADES, case * 3 % DISTRICTS, case % 2 == 0, case * 37 % 1000);
        let mut facts = Facts::new(pack.facts.len());
        let values = [
            Value::Choice(u16::try_from(trade).unwrap()),
            Value::Number(area.try_into().unwrap()),
            Value::Bool(new),
            Value::Choice(u16::try_from(district).unwrap()),
        ];
        for (place, value) in values.into_iter().enumerate() {
            facts.set(FactId::new(place + 1), Slot::Known(value));
        }
        let run = Run::new(pack, &facts, None);
        let step = (1..STEPS).rev().find(|step| start(trade, *step) <= area).unwrap_or(0);
        assert_eq!(
            value(pack, &run),
            Number::Known(fee(trade, district, new, step).try_into().unwrap()),
            "case {case}"
        );
        let inputs = |place: usize| match facts.get(FactId::new(place)).value() {
            Some(Value::Choice(option)) => Some(i128::from(*option)),
            Some(Value::Number(number)) => Some(*number),
            Some(Value::Bool(value)) => Some((*value).into()),
            _ => None,
        };
        // The columns stand in the order of the inputs.
        most = most.max(table.candidates(&[inputs(1), inputs(4), inputs(3), inputs(2)]).count());
        // A fact that is not known lets through the rows of all its values and no others.
        let without_trade = table.candidates(&[None, inputs(4), inputs(3), inputs(2)]).count();
        assert!(without_trade <= TRADES * 3, "{without_trade} rows");
    }
    assert!(most <= 3, "{most} rows are looked at");
}

#[test]
fn two_rows_among_ten_thousand_that_match_together_are_found() {
    let sheet = sheet();
    let before = "t41,\"[326, 426)\",是,d7,41731\n";
    assert_eq!(sheet.matches(before).count(), 1);
    let files = files(&sheet.replace(before, "t41,\"[326, 427)\",是,d7,41731\n"));
    let (bundle, diagnostics) = compile("test/big", &files);
    assert!(bundle.is_none());
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::RowsOverlap]);
    let told = render(&diagnostics, &sorted(&files), Lang::Zh);
    assert!(told.contains("例如：行业 t号41，区 d号7，新办 是，面积 426"), "{told}");
}

#[test]
fn an_open_lookup_is_known_where_all_rows_agree() {
    let agree = |line: &str| match line.rsplit_once(',') {
        Some((cells, _)) if cells.ends_with(",d3") => format!("{cells},5\n"),
        _ => format!("{line}\n"),
    };
    let [sheet, pack] = files(&sheet().lines().map(agree).collect::<String>());
    let pack = Source::new(pack.name, &pack.text.replace("    表格: fees.csv", "    表格: fees.csv\n    否则: 5"));
    let pack = compiled(&[sheet, pack]);
    let fee = |district: u16| {
        let mut facts = Facts::new(pack.facts.len());
        facts.set(FactId::new(4), Slot::Known(Value::Choice(district)));
        value(&pack, &Run::new(&pack, &facts, None))
    };
    assert_eq!((fee(3), fee(4)), (Number::Known(5), Number::Unknown));
}

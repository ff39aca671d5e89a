//! Random decision tables as they are written, against what their cells mean: complete and
//! incomplete answers, overlapping rows, rows that are never reached.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what does not work fails the test"
)]

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_engine::{
    Calendar, Date, Decision, DerivedValue, FactId, Facts, Finding, Pack, Quantity, Slot, Value, decide,
};
use yichuang_rules::{Code, Diagnostic, Lang, Source, compile, render, sorted};
use yichuang_tests::corpus::calendar;
use yichuang_tests::law::Domains;
use yichuang_tests::random;
use yichuang_tests::small::Tape;

/// The inputs; the place of a fact is one more, behind the date.
const NAMES: [&str; 6] = ["面积", "类型", "老城", "建成", "活动", "街道"];

const OPTIONS: [&str; 3] = ["甲类", "乙类", "丙类"];
const STREETS: [&str; 3] = ["人民路", "中山路", "东街"];

/// Values of an input, one at least of each kind that cells can tell apart.
fn values(input: usize) -> Vec<Value> {
    match input {
        0 => (0..12).map(Value::Number).collect(),
        1 => (0..3).map(Value::Choice).collect(),
        2 => vec![Value::Bool(false), Value::Bool(true)],
        3 => (10..20).map(|day| Value::Date(Date::new(2014, 3, day).unwrap())).collect(),
        4 => (1..8).map(Value::Choices).collect(),
        _ => STREETS.iter().chain(&["西街"]).map(|street| Value::Text((*street).to_owned())).collect(),
    }
}

/// A cell: how it is written and which values it matches.
struct Cell {
    written: String,
    matches: Box<dyn Fn(&Value) -> bool>,
}

fn ordinal(value: &Value) -> usize {
    match value {
        Value::Number(number) => usize::try_from(*number).unwrap(),
        Value::Date(date) => usize::from(date.day()) - 10,
        Value::Choice(option) => (*option).into(),
        other => panic!("{other:?}"),
    }
}

fn cell(tape: &mut Tape<'_>, input: usize) -> Cell {
    let any = tape.rarely(4);
    let negated = tape.rarely(4);
    let not = |list: String| if negated { format!("非 {list}") } else { list };
    let of = |written: String, matches: Box<dyn Fn(&Value) -> bool>| Cell { written, matches };
    if any {
        return of(["", "-"][tape.below(2)].to_owned(), Box::new(|_| true));
    }
    match input {
        0 | 3 => {
            let (a, b) = (1 + tape.below(7), 1 + tape.below(7));
            let shown = |n: usize| if input == 0 { n.to_string() } else { format!("2014-03-1{n}") };
            let (low, high) = (a.min(b), a.max(b) + 1);
            let (l, h) = (shown(low), shown(high));
            match tape.below(7) {
                0 => of(not(format!("< {h}")), Box::new(move |v| (ordinal(v) < high) != negated)),
                1 => of(not(format!("<={l}")), Box::new(move |v| (ordinal(v) <= low) != negated)),
                2 => of(not(format!("> {l}")), Box::new(move |v| (ordinal(v) > low) != negated)),
                3 => of(not(format!(">= {h}")), Box::new(move |v| (ordinal(v) >= high) != negated)),
                4 => of(not(format!("[{l}, {h})")), Box::new(move |v| (low..high).contains(&ordinal(v)) != negated)),
                5 => {
                    of(not(format!("({l}, {h}]")), Box::new(move |v| (low + 1..=high).contains(&ordinal(v)) != negated))
                }
                _ => of(not(format!("{l}, {h}")), Box::new(move |v| [low, high].contains(&ordinal(v)) != negated)),
            }
        }
        1 => {
            let some = tape.some_below(3);
            // All of them, negated, would match nothing.
            let negated = negated && some.len() < 3;
            let list = some.iter().map(|place| OPTIONS[*place]).collect::<Vec<_>>().join(", ");
            let list = if negated { format!("非 {list}") } else { list };
            of(list, Box::new(move |v| some.contains(&ordinal(v)) != negated))
        }
        2 => {
            let yes = tape.rarely(2);
            of(["否", "是"][usize::from(yes)].to_owned(), Box::new(move |v| *v == Value::Bool(yes)))
        }
        4 => {
            let some = tape.some_below(3);
            let list = some.iter().map(|place| OPTIONS[*place]).collect::<Vec<_>>().join(", ");
            let has =
                move |v: &Value| matches!(v, Value::Choices(set) if some.iter().any(|place| set >> place & 1 == 1));
            of(not(list), Box::new(move |v| has(v) != negated))
        }
        _ => {
            let some = tape.some_below(3);
            let list = some.iter().map(|place| STREETS[*place]).collect::<Vec<_>>().join(", ");
            let is =
                move |v: &Value| matches!(v, Value::Text(text) if some.iter().any(|place| STREETS[*place] == text));
            of(not(list), Box::new(move |v| is(v) != negated))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hit {
    Unique,
    First,
    Collect,
}

struct Row {
    cells: Vec<Cell>,
    number: i128,
    flag: bool,
}

struct Model {
    hit: Hit,
    inputs: Vec<usize>,
    rows: Vec<Row>,
    otherwise: Option<(i128, bool)>,
}

impl Model {
    fn draw(tape: &mut Tape<'_>, hit: Hit) -> Model {
        let mut inputs = tape.order(NAMES.len());
        inputs.truncate(1 + tape.below(3));
        let count = 1 + tape.below(6);
        let rows = (0..count).map(|_| Row {
            cells: inputs.iter().map(|input| cell(tape, *input)).collect(),
            number: tape.below(4) as i128,
            flag: tape.rarely(2),
        });
        let rows = rows.collect();
        let otherwise = tape.rarely(2).then(|| (tape.below(4) as i128, tape.rarely(2)));
        Model { hit, inputs, rows, otherwise }
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "规则包: {名称: 表, 版本: '1'}\n情形:\n  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}\n",
        );
        let options = "选项: [{id: a, 名称: 甲类}, {id: b, 名称: 乙类}, {id: c, 名称: 丙类}]";
        let types = ["整数", &format!("单选, {options}"), "是否", "日期", &format!("多选, {options}"), "文本"];
        for (place, (name, kind)) in NAMES.iter().zip(types).enumerate() {
            writeln!(text, "  - {{id: f{place}, 名称: {name}, 类型: {kind}}}").unwrap();
        }
        text.push_str(
            "事项:\n  - {id: i, 名称: 事项, 申请条件: 真, 法定时限: {天数: 1, 依据: 待核 x}, 依据: 待核 x}\n",
        );
        text.push_str("决策表:\n  - id: t\n    名称: 表\n    依据: 待核 x\n");
        let (hit, sum, max) = match self.hit {
            Hit::Unique => ("唯一", "", ""),
            Hit::First => ("首个", "", ""),
            Hit::Collect => ("汇总", ", 汇总方式: 合计", ", 汇总方式: 最大"),
        };
        let names: Vec<&str> = self.inputs.iter().map(|input| NAMES[*input]).collect();
        writeln!(text, "    命中: {hit}\n    输入: [{}]\n    输出:", names.join(", ")).unwrap();
        writeln!(text, "      - {{id: n, 名称: 数, 类型: 整数, 展示: 是{sum}}}").unwrap();
        writeln!(text, "      - {{id: m, 名称: 大, 类型: 小数, 小数位: 1, 展示: 是{max}}}").unwrap();
        text.push_str("      - {id: f, 名称: 可, 类型: 是否, 展示: 是}\n    行:\n");
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| format!("'{}'", cell.written)).collect();
            let flag = ["否", "是"][usize::from(row.flag)];
            writeln!(text, "      - [{}, {}, {}.5, {flag}]", cells.join(", "), row.number, row.number).unwrap();
        }
        if let Some((number, flag)) = self.otherwise {
            writeln!(text, "    否则: [{number}, {number}.5, {}]", ["否", "是"][usize::from(flag)]).unwrap();
        }
        text
    }

    fn matches(&self, row: usize, facts: &Facts) -> bool {
        let value = |input: usize| facts.get(FactId::new(input + 1)).value().expect("a complete answer").clone();
        self.rows[row].cells.iter().zip(&self.inputs).all(|(cell, input)| (cell.matches)(&value(*input)))
    }

    /// What the three outputs are under complete answers; nothing is `none`.
    fn results(&self, facts: &Facts) -> [String; 3] {
        let rows: Vec<&Row> =
            (0..self.rows.len()).filter(|row| self.matches(*row, facts)).map(|row| &self.rows[row]).collect();
        let none = || "none".to_owned();
        let shown = |number: i128, largest: i128, flag: bool| {
            [number.to_string(), (largest * 10 + 5).to_string(), flag.to_string()]
        };
        match (rows.first(), self.otherwise, self.hit) {
            (None, Some((number, flag)), _) => shown(number, number, flag),
            (None, None, Hit::Collect) => ["0".to_owned(), none(), "false".to_owned()],
            (None, None, _) => [none(), none(), none()],
            (Some(row), _, Hit::Unique | Hit::First) => shown(row.number, row.number, row.flag),
            (Some(_), _, Hit::Collect) => {
                let largest = rows.iter().map(|row| row.number).max().unwrap();
                shown(rows.iter().map(|row| row.number).sum(), largest, rows.iter().any(|row| row.flag))
            }
        }
    }

    /// All complete answers to the inputs.
    fn completions(&self) -> Vec<Facts> {
        let domains =
            Domains { facts: self.inputs.iter().map(|input| (FactId::new(input + 1), values(*input))).collect() };
        let nothing = Facts::new(NAMES.len() + 1);
        (0..domains.count()).map(|number| domains.completion(number, &nothing)).collect()
    }
}

/// A result: known, or open with what is missing.
#[derive(Debug)]
enum Said {
    Known(String),
    Open(Vec<FactId>, bool),
}

fn said(decision: &Decision) -> Vec<Said> {
    let value = |value: &DerivedValue| match value {
        DerivedValue::Number(Quantity::Known(number)) => Said::Known(number.to_string()),
        DerivedValue::Number(Quantity::CannotCompute(_)) => Said::Known("none".to_owned()),
        DerivedValue::Number(Quantity::Open { missing, exact }) => Said::Open(missing.clone(), *exact),
        DerivedValue::Condition(Finding { value: Some(value), .. }) => Said::Known(value.to_string()),
        DerivedValue::Condition(Finding { cannot_compute: Some(_), .. }) => Said::Known("none".to_owned()),
        DerivedValue::Condition(Finding { missing, exact, .. }) => Said::Open(missing.clone(), *exact),
    };
    decision.values.iter().map(|shown| value(&shown.value)).collect()
}

fn compiled(text: &str) -> (Option<Pack>, Vec<Diagnostic>) {
    let (bundle, diagnostics) = compile("test/table", &[Source::new("pack.yaml", text)]);
    (bundle.map(|bundle| bundle.pack), diagnostics)
}

fn told(text: &str, diagnostics: &[Diagnostic]) -> String {
    format!("{}\n{text}", render(diagnostics, &sorted(&[Source::new("pack.yaml", text)]), Lang::Zh))
}

fn on() -> Date {
    Date::new(2014, 11, 18).unwrap()
}

/// The law of unknowns for the outputs of a table.
fn law(model: &Model, pack: &Pack, calendar: &Calendar, tape: &mut Tape<'_>, text: &str) -> Result<(), TestCaseError> {
    let mut facts = Facts::new(pack.facts.len());
    let mut unknown = Domains { facts: Vec::new() };
    for input in &model.inputs {
        let (fact, values) = (FactId::new(input + 1), values(*input));
        if tape.rarely(2) {
            unknown.facts.push((fact, values));
        } else {
            facts.set(fact, Slot::Known(values[tape.below(values.len())].clone()));
        }
    }
    let all: Vec<[String; 3]> =
        (0..unknown.count()).map(|number| model.results(&unknown.completion(number, &facts))).collect();
    for (place, said) in said(&decide(pack, calendar, &facts, on())).into_iter().enumerate() {
        let context = || format!("output {place}: {said:?}\n{facts:?}\n{text}");
        match &said {
            Said::Known(value) => {
                let differing = all.iter().find(|results| results[place] != *value);
                prop_assert!(differing.is_none(), "{:?}\n{}", differing, context());
            }
            Said::Open(missing, exact) => {
                prop_assert!(!missing.is_empty(), "nothing is missing\n{}", context());
                for fact in missing {
                    let differs = |number: usize| {
                        let others = unknown.neighbours(number, *fact);
                        others.into_iter().any(|other| all[other][place] != all[number][place])
                    };
                    let matters = (0..unknown.count()).any(differs);
                    prop_assert!(!*exact || matters, "{:?} does not matter\n{}", fact, context());
                }
            }
        }
    }
    Ok(())
}

#[test]
fn a_table_is_decided_as_its_cells_say() {
    let calendar = calendar().value;
    random::check(250, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..12)), |(rows, answers)| {
        let mut tape = Tape::new(&rows);
        let hit = if tape.rarely(2) { Hit::Collect } else { Hit::First };
        let model = Model::draw(&mut tape, hit);
        let text = model.text();
        let (pack, diagnostics) = compiled(&text);
        let Some(pack) = pack else { return Err(TestCaseError::fail(told(&text, &diagnostics))) };
        for number in 0..8 {
            let mut tape = Tape::new(answers.get(number..).unwrap_or(&[]));
            law(&model, &pack, &calendar, &mut tape, &text)?;
        }
        Ok(())
    });
}

#[test]
fn rows_are_refused_exactly_where_two_match_together() {
    let calendar = calendar().value;
    random::check(250, &(vec(any::<u8>(), 0..120), vec(any::<u8>(), 0..12)), |(rows, answers)| {
        let model = Model::draw(&mut Tape::new(&rows), Hit::Unique);
        let text = model.text();
        let (pack, diagnostics) = compiled(&text);
        let refused = diagnostics.iter().any(|diagnostic| diagnostic.code == Code::RowsOverlap);
        let meets = |facts: &Facts| (0..model.rows.len()).filter(|row| model.matches(*row, facts)).count() > 1;
        let overlap = model.completions().iter().any(meets);
        prop_assert_eq!(refused, overlap, "{}", told(&text, &diagnostics));
        match pack {
            Some(pack) => law(&model, &pack, &calendar, &mut Tape::new(&answers), &text),
            None => Ok(()),
        }
    });
}

#[test]
fn a_row_that_is_said_to_be_never_reached_is_not() {
    let mut warned = 0;
    let counted = std::cell::RefCell::new(&mut warned);
    random::check(250, &vec(any::<u8>(), 0..120), |rows| {
        let model = Model::draw(&mut Tape::new(&rows), Hit::First);
        let text = model.text();
        let (pack, diagnostics) = compiled(&text);
        prop_assert!(pack.is_some(), "{}", told(&text, &diagnostics));
        let first = |facts: &Facts| (0..model.rows.len()).find(|row| model.matches(*row, facts));
        let reached: Vec<Option<usize>> = model.completions().iter().map(first).collect();
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::Unreachable) {
            **counted.borrow_mut() += 1;
            let row = (0..model.rows.len()).find(|row| diagnostic.message.zh.contains(&format!("第 {} 行", row + 1)));
            prop_assert!(row.is_some() && !reached.contains(&row), "{}", told(&text, &diagnostics));
        }
        Ok(())
    });
    assert!(warned > 20, "only {warned} rows were warned of");
}

//! Explanations at their bounds, and of what nobody is asked for.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "what does not work fails the test")]

use std::fmt::Write as _;

use yichuang_engine::{
    CHANGE_BOUND, Calendar, Changes, Date, Derived, FactId, Facts, Goal, Lit, Pack, Run, Settling, Slot, Value,
    WHY_BOUND, settling_set, smallest_changes, why,
};
use yichuang_rules::{Lang, Source, compile, render};
use yichuang_tests::corpus::calendar;

const HEAD: &str = "规则包: {名称: 试, 版本: 1}
事项:
  - {id: x, 名称: 许可, 申请条件: 真, 法定时限: {天数: 1, 依据: 本包默认 示例}, 依据: 本包默认 示例}
材料:
  - {id: form, 名称: 申请表, 原件: 1, 适用事项: [x], 依据: 本包默认 示例}
";

const DATE: &str = "  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}\n";

/// A pack with some facts and one rule.
struct Bench {
    pack: Pack,
    calendar: Calendar,
}

impl Bench {
    fn new(facts: &str, when: &str) -> Bench {
        let when = if when.starts_with('{') { when.to_owned() } else { format!("'{when}'") };
        let text = format!(
            "{HEAD}情形:\n{DATE}{facts}规则:\n  - {{id: r, 名称: 甲规则, 条件: {when}, 依据: 本包默认 示例}}\n"
        );
        let sources = [Source::new("pack.yaml", text.as_str())];
        let (bundle, diagnostics) = compile("test/edges", &sources);
        let pack = bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Lang::Zh))).pack;
        Bench { pack, calendar: calendar().value }
    }

    fn fact(&self, id: &str) -> FactId {
        self.pack.fact(id).unwrap().0
    }

    fn facts(&self, known: &[(&str, Value)]) -> Facts {
        let mut facts = Facts::new(self.pack.facts.len());
        known.iter().for_each(|(id, value)| facts.set(self.fact(id), Slot::Known(value.clone())));
        facts
    }

    fn lit(&self) -> Lit {
        let Derived::Condition(lit) = self.pack.rules[0].result else { panic!("a condition") };
        lit
    }

    fn changes(&self, known: &[(&str, Value)], wanted: bool) -> Changes {
        let goal = Goal { lit: self.lit(), wanted };
        smallest_changes(&self.pack, &self.calendar, &self.facts(known), on(), goal, CHANGE_BOUND)
    }

    fn settling(&self, known: &[(&str, Value)]) -> Settling {
        let derived = Derived::Condition(self.lit());
        settling_set(&self.pack, &self.calendar, &self.facts(known), on(), derived)
    }

    /// The changes that make the rule hold, and whether they are exact.
    #[track_caller]
    fn check(&self, known: &[(&str, Value)], expected: &[&[(&str, Value)]], exact: bool) {
        let changes = self.changes(known, true);
        let set = |set: &&[(&str, Value)]| -> Vec<(FactId, Value)> {
            set.iter().map(|(id, value)| (self.fact(id), value.clone())).collect()
        };
        assert_eq!(changes.sets, expected.iter().map(set).collect::<Vec<_>>());
        assert_eq!(changes.exact, exact);
    }
}

fn on() -> Date {
    Date::parse("2014-11-18").unwrap()
}

fn day(text: &str) -> Value {
    Value::Date(Date::parse(text).unwrap())
}

/// So many yes-no facts with this letter.
fn yes_no(letter: char, count: usize) -> String {
    (0..count).fold(String::new(), |mut facts, n| {
        let numeral: String =
            n.to_string().chars().map(|digit| char::from_u32('甲' as u32 + digit as u32).unwrap()).collect();
        writeln!(facts, "  - {{id: {letter}{n}, 名称: 情况{letter}{numeral}, 类型: 是否}}").unwrap();
        facts
    })
}

#[test]
fn a_date_that_was_answered_moves_to_the_edge_and_an_assumed_one_stays() {
    let bench = Bench::new("", "受理日期 >= 日期(\"2015-10-01\")");
    bench.check(&[("accepted_on", day("2014-06-03"))], &[&[("accepted_on", day("2015-10-01"))]], true);
    bench.check(&[], &[], true);
}

#[test]
fn of_numbers_side_by_side_the_outer_ones_are_given() {
    let facts = "  - {id: n, 名称: 数量, 类型: 整数, 最小: 0}\n";
    let bench = Bench::new(facts, "数量 >= 3 且 数量 <= 700");
    bench.check(&[], &[&[("n", Value::Number(3))], &[("n", Value::Number(700))]], true);
    bench.check(&[("n", Value::Number(900))], &[&[("n", Value::Number(3))], &[("n", Value::Number(700))]], true);
    let least = Bench::new(facts, "数量 >= 3");
    least.check(&[("n", Value::Number(1))], &[&[("n", Value::Number(3))]], true);
    least.check(&[], &[&[("n", Value::Number(3))]], true);
}

#[test]
fn a_number_that_is_computed_with_has_values_that_cannot_be_listed() {
    let bench = Bench::new("  - {id: n, 名称: 数量, 类型: 整数, 最小: 0}\n", "数量 * 2 >= 3");
    bench.check(&[("n", Value::Number(1))], &[], false);
    let few = Bench::new("  - {id: n, 名称: 数量, 类型: 整数, 最小: 0, 最大: 9}\n", "数量 * 2 >= 3");
    few.check(&[("n", Value::Number(1))], &[&[("n", Value::Number(2))]], true);
}

#[test]
fn nobody_answers_what_he_is_not_asked_for() {
    let never = "  - {id: a, 名称: 现场合格, 类型: 是否, 提问条件: 假}\n  - {id: b, 名称: 有证, 类型: 是否}\n";
    Bench::new(never, "现场合格").check(&[], &[], true);
    Bench::new(never, "现场合格 或 有证").check(&[], &[&[("b", Value::Bool(true))]], true);
    let later = "  - {id: a, 名称: 有店, 类型: 是否}\n  - {id: b, 名称: 店大, 类型: 是否, 提问条件: 有店}\n";
    let both = [("a", Value::Bool(true)), ("b", Value::Bool(true))];
    Bench::new(later, "店大").check(&[("a", Value::Bool(false))], &[&both], true);
    Bench::new(later, "店大").check(&[], &[&[("b", Value::Bool(true))]], true);
}

#[test]
fn a_set_of_options_keeps_one_and_counts_each() {
    let facts =
        "  - {id: s, 名称: 品种, 类型: 多选, 选项: [{id: a, 名称: 子}, {id: b, 名称: 丑}, {id: c, 名称: 寅}]}\n";
    let without = Bench::new(facts, "非 (品种 包含 子)");
    without.check(&[("s", Value::Choices(0b101))], &[&[("s", Value::Choices(0b100))]], true);
    let others: [&[(&str, Value)]; 2] = [&[("s", Value::Choices(0b010))], &[("s", Value::Choices(0b100))]];
    without.check(&[("s", Value::Choices(0b001))], &others, true);
    let all = Bench::new(facts, "品种 包含 子 且 品种 包含 丑");
    all.check(&[], &[&[("s", Value::Choices(0b011))]], true);
}

#[test]
fn past_the_bound_one_way_is_put_together_step_by_step() {
    let count = 14;
    let facts = yes_no('a', count) + yes_no('b', count).as_str();
    let when: Vec<String> = (0..count).map(|n| format!("(a{n} 或 b{n})")).collect();
    let bench = Bench::new(&facts, &when.join(" 且 "));
    let ids: Vec<String> = (0..count).flat_map(|n| [format!("a{n}"), format!("b{n}")]).collect();
    let known: Vec<(&str, Value)> = ids.iter().map(|id| (id.as_str(), Value::Bool(false))).collect();
    let changes = bench.changes(&known, true);
    assert!(!changes.exact);
    assert_eq!(changes.sets.iter().map(Vec::len).collect::<Vec<_>>(), [count]);
    let holds = |left_out: Option<usize>| {
        let mut facts = bench.facts(&known);
        let set = changes.sets[0].iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
        set.for_each(|(_, (fact, value))| facts.set(*fact, Slot::Known(value.clone())));
        Run::new(&bench.pack, &facts, None).get(bench.lit())
    };
    assert_eq!(holds(None), Some(true));
    assert!((0..count).all(|place| holds(Some(place)) == Some(false)), "a part of it can be spared");
    // With fewer pairs all ways are found.
    let few = Bench::new(&(yes_no('a', 3) + yes_no('b', 3).as_str()), "(a0 或 b0) 且 (a1 或 b1) 且 (a2 或 b2)");
    let known: Vec<(&str, Value)> = ["a0", "b0", "a1", "b1", "a2", "b2"].map(|id| (id, Value::Bool(false))).to_vec();
    let changes = few.changes(&known, true);
    assert_eq!((changes.sets.len(), changes.exact), (8, true));
}

#[test]
fn what_is_so_already_takes_no_change() {
    let bench = Bench::new(&yes_no('a', 1), "a0 或 非 a0");
    bench.check(&[], &[], true);
    assert_eq!(bench.changes(&[], false), Changes { sets: Vec::new(), exact: true });
}

#[test]
fn questions_are_told_from_others_far_past_the_bound_of_the_search() {
    let count = 20;
    let all: Vec<String> = (0..count).map(|n| format!("a{n}")).collect();
    // The last one does not matter.
    let facts = yes_no('a', count) + "  - {id: z, 名称: 多余, 类型: 是否}\n";
    let bench = Bench::new(&facts, &format!("{} 且 (多余 或 非 多余)", all.join(" 且 ")));
    let settling = bench.settling(&[]);
    let asked: Vec<&str> = settling.facts.iter().map(|fact| bench.pack.facts[fact.index()].id.as_str()).collect();
    assert_eq!(asked, all);
    assert_eq!((settling.exact, settling.settles), (true, true));
    assert_eq!(bench.settling(&[("a3", Value::Bool(false))]), Settling { facts: vec![], exact: true, settles: true });
}

#[test]
fn a_long_explanation_is_cut() {
    let count = WHY_BOUND + 10;
    let all: Vec<String> = (0..count).map(|n| format!("a{n}")).collect();
    let bench = Bench::new(&yes_no('a', count), &format!("{{任一: [{}]}}", all.join(", ")));
    let facts = bench.facts(&[]);
    let run = Run::new(&bench.pack, &facts, None);
    let why = why(&bench.pack, &run, &facts, None, Derived::Condition(bench.lit()), None);
    assert_eq!(why.parts.len(), WHY_BOUND);
    assert!(why.parts[0].is_cut);
    assert_eq!(why.parts[0].of.len(), WHY_BOUND - 1);
}

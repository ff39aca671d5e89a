//! Rhai's own interpreter as the judge of exact numbers: a million expressions over random facts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what does not work fails the test")]

use std::cell::Cell;
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use rhai::packages::{Package as _, StandardPackage};
use rhai::{AST, Array, Dynamic, Engine, Scope};
use rust_decimal::{Decimal, RoundingStrategy};
use yichuang_engine::{Calendar, Date, DerivedValue, FactId, Facts, Pack, Quantity, Slot, Value, decide};
use yichuang_rules::{Lang, Source, compile, render};
use yichuang_tests::corpus::calendar;
use yichuang_tests::random;
use yichuang_tests::small::Tape;

/// A million together: packs, rules of each, cases on which each rule is computed.
const PACKS: u32 = 500;
const RULES: usize = 40;
const CASES: usize = 50;

/// Digits before and behind the point that a number on the way may have: Rhai's decimals are exact up
/// to 28 together, and ours have 18 places.
const MOST_DIGITS: u32 = 26;
const MOST_PLACES: u32 = 12;

/// The places of the number that a rule gives.
const GIVEN: u32 = 6;

/// Numbers by name: the type in the rule file, the range in the smallest place, the places.
const NUMBERS: [(&str, &str, [i64; 2], u32); 5] = [
    ("staff", "integer, min: -99, max: 99", [-99, 99], 0),
    ("rooms", "integer, min: 0, max: 9", [0, 9], 0),
    ("area", "decimal, places: 1, min: -9, max: 9", [-90, 90], 1),
    ("rate", "decimal, places: 3, min: 0, max: 2", [0, 2000], 3),
    ("paid", "decimal, places: 2, min: -99, max: 99", [-9900, 9900], 2),
];
const BOOLS: [&str; 2] = ["chain", "agent"];
const OPTIONS: [&str; 3] = ["o0", "o1", "o2"];

/// An expression as we write it and as Rhai does, where a whole number is written as a decimal.
#[derive(Clone)]
struct Text {
    ours: String,
    theirs: String,
}

impl Text {
    fn same(text: impl Into<String>) -> Text {
        let ours: String = text.into();
        Text { theirs: ours.clone(), ours }
    }

    /// Both forms of a template, in which `#` stands for the parts in order.
    fn of(template: &str, parts: &[&Text]) -> Text {
        let filled = |pick: fn(&Text) -> &str| {
            let mut pieces = template.split('#');
            let mut text = String::from(pieces.next().unwrap());
            for (piece, part) in pieces.zip(parts) {
                text += pick(part);
                text += piece;
            }
            text
        };
        Text { ours: filled(|text| &text.ours), theirs: filled(|text| &text.theirs) }
    }
}

/// A number, and how long it may be at most.
#[derive(Clone)]
struct Num {
    text: Text,
    digits: u32,
    places: u32,
}

impl Num {
    fn plain(tape: &mut Tape<'_>) -> Num {
        if tape.rarely(3) {
            let places = u32::try_from(tape.below(4)).unwrap();
            let number = Decimal::new(i64::try_from(tape.below(120)).unwrap(), places);
            let theirs = if places == 0 { format!("{number}.0") } else { number.to_string() };
            return Num { text: Text { ours: number.to_string(), theirs }, digits: 3, places };
        }
        let (name, _, _, places) = NUMBERS[tape.below(NUMBERS.len())];
        Num { text: Text::same(name), digits: 2, places }
    }

    fn draw(tape: &mut Tape<'_>, depth: usize) -> Num {
        if depth == 0 {
            return Num::plain(tape);
        }
        let drawn = match tape.below(11) {
            0 => Num::draw(tape, depth - 1),
            1 => Num::joined("(# + #)", tape, depth),
            2 => Num::joined("(# - #)", tape, depth),
            3 => Num::joined("min(#, #)", tape, depth),
            4 => Num::joined("max(#, #)", tape, depth),
            5 | 6 => {
                let [left, right] = Num::two(tape, depth);
                let text = Text::of("(# * #)", &[&left.text, &right.text]);
                Num { text, digits: left.digits + right.digits, places: left.places + right.places }
            }
            7 => {
                let of = Num::draw(tape, depth - 1);
                Num { text: Text::of("(-#)", &[&of.text]), ..of }
            }
            8 => {
                let [left, right] = Num::two(tape, depth);
                let text = Text::of("(# % #)", &[&left.text, &right.text]);
                Num { text, digits: left.digits, places: left.places.max(right.places) }
            }
            9 => Num::rounded(tape, depth),
            _ => {
                let condition = condition(tape, depth - 1);
                let [then, other] = Num::two(tape, depth);
                let text = Text::of("(if # { # } else { # })", &[&condition, &then.text, &other.text]);
                Num { text, digits: then.digits.max(other.digits), places: then.places.max(other.places) }
            }
        };
        if drawn.digits + drawn.places > MOST_DIGITS || drawn.places > MOST_PLACES { Num::plain(tape) } else { drawn }
    }

    fn two(tape: &mut Tape<'_>, depth: usize) -> [Num; 2] {
        [Num::draw(tape, depth - 1), Num::draw(tape, depth - 1)]
    }

    /// The longer side in both directions, and one digit for what is carried.
    fn joined(template: &str, tape: &mut Tape<'_>, depth: usize) -> Num {
        let [left, right] = Num::two(tape, depth);
        let text = Text::of(template, &[&left.text, &right.text]);
        Num { text, digits: left.digits.max(right.digits) + 1, places: left.places.max(right.places) }
    }

    /// A number or a fraction, rounded. The sides of a fraction are short, so that the 28 digits that
    /// Rhai has of it tell on which side of a half it lies.
    fn rounded(tape: &mut Tape<'_>, depth: usize) -> Num {
        let places = u32::try_from(tape.below(5)).unwrap();
        let by = ["round_half_up", "round_down", "round_up"][tape.below(3)];
        if tape.rarely(2) {
            let [left, right] = [Num::draw(tape, 1), Num::plain(tape)];
            let text = Text::of(&format!("{by}(# / #, {places})"), &[&left.text, &right.text]);
            return Num { text, digits: left.digits + right.places + 1, places };
        }
        let of = Num::draw(tape, depth - 1);
        Num { text: Text::of(&format!("{by}(#, {places})"), &[&of.text]), digits: of.digits + 1, places }
    }
}

fn condition(tape: &mut Tape<'_>, depth: usize) -> Text {
    if depth == 0 {
        return match tape.below(5) {
            0 => Text::same(BOOLS[tape.below(BOOLS.len())]),
            1 => Text::same(format!("(kind == {})", OPTIONS[tape.below(3)])),
            2 => Text::same(format!("(kind in [{}, o2])", OPTIONS[tape.below(2)])),
            3 => Text::same(format!("({} in extras)", OPTIONS[tape.below(3)])),
            _ => compared("(# ", tape, &[Num::plain, Num::plain]),
        };
    }
    match tape.below(6) {
        0 => condition(tape, 0),
        1 => Text::of("(!#)", &[&condition(tape, depth - 1)]),
        2 => Text::of("(# && #)", &[&condition(tape, depth - 1), &condition(tape, depth - 1)]),
        3 => Text::of("(# || #)", &[&condition(tape, depth - 1), &condition(tape, depth - 1)]),
        4 => compared("(# ", tape, &[|tape| Num::draw(tape, 2), |tape| Num::draw(tape, 2)]),
        // A fraction compares exactly; its sides are short for the reason above.
        _ => compared("(# / # ", tape, &[|tape| Num::draw(tape, 1), Num::plain, Num::plain]),
    }
}

/// Numbers, of which the last one is compared with what the others make.
fn compared(left: &str, tape: &mut Tape<'_>, numbers: &[fn(&mut Tape<'_>) -> Num]) -> Text {
    let by = ["==", "!=", "<", "<=", ">", ">="][tape.below(6)];
    let numbers: Vec<Num> = numbers.iter().map(|draw| draw(tape)).collect();
    Text::of(&format!("{left}{by} #)"), &numbers.iter().map(|number| &number.text).collect::<Vec<_>>())
}

/// A rule of the pack: a condition, or a number with [`GIVEN`] places.
struct Rule {
    text: Text,
    is_number: bool,
}

impl Rule {
    fn draw(tape: &mut Tape<'_>) -> Rule {
        if tape.rarely(2) {
            return Rule { text: condition(tape, 3), is_number: false };
        }
        let number = Num::draw(tape, 4);
        Rule { text: Text::of(&format!("round_half_up(#, {GIVEN})"), &[&number.text]), is_number: true }
    }
}

fn source(rules: &[Rule]) -> Source {
    let basis = "basis: pack-default 判断";
    let options = "options: [{id: o0, name: 甲类}, {id: o1, name: 乙类}, {id: o2, name: 丙类}]";
    let mut text = String::from(
        "pack: {name: 判断, edition: 1}\nfacts:\n  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}\n",
    );
    let mut fact = |name: &str, kind: &str| {
        writeln!(text, "  - {{id: {name}, name: {name}, question: 多少？, type: {kind}}}").unwrap();
    };
    NUMBERS.iter().for_each(|(name, kind, ..)| fact(name, kind));
    BOOLS.iter().for_each(|name| fact(name, "bool"));
    fact("kind", &format!("choice, {options}"));
    fact("extras", &format!("choices, {options}"));
    writeln!(text, "items:\n  - {{id: permit, name: 许可, selected: true, statutory: {{days: 1, {basis}}}, {basis}}}")
        .unwrap();
    writeln!(text, "promised: {{days: 1, {basis}}}\nrules:").unwrap();
    for (place, Rule { text: Text { ours, .. }, is_number }) in rules.iter().enumerate() {
        let key = if *is_number { "value" } else { "when" };
        writeln!(text, "  - {{id: r{place}, name: 规则甲{place}, {key}: '{ours}', shown: true, {basis}}}").unwrap();
    }
    Source::new("pack.yaml", &text)
}

/// What is answered, in the order of the facts.
fn answers(tape: &mut Tape<'_>) -> Vec<Value> {
    // Two bytes, for ranges of more than 256 numbers.
    let between = |tape: &mut Tape<'_>, [low, high]: [i64; 2]| {
        let drawn = i64::try_from(tape.below(256) * 256 + tape.below(256)).unwrap();
        i128::from(low + drawn % (high - low + 1))
    };
    let mut values: Vec<Value> = NUMBERS.iter().map(|(_, _, range, _)| Value::Number(between(tape, *range))).collect();
    values.extend(BOOLS.iter().map(|_| Value::Bool(tape.below(2) == 1)));
    values.push(Value::Choice(u16::try_from(tape.below(3)).unwrap()));
    values.push(Value::Choices(u64::try_from(tape.below(8)).unwrap()));
    values
}

fn scope(values: &[Value]) -> Scope<'static> {
    let mut scope = Scope::new();
    for option in OPTIONS {
        scope.push(option, option.to_owned());
    }
    let names = NUMBERS.iter().map(|(name, ..)| *name).chain(BOOLS).chain(["kind", "extras"]);
    for (place, (name, value)) in names.zip(values).enumerate() {
        let value = match value {
            Value::Number(number) => Dynamic::from_decimal(Decimal::from_i128_with_scale(*number, NUMBERS[place].3)),
            Value::Bool(value) => Dynamic::from_bool(*value),
            Value::Choice(option) => Dynamic::from(OPTIONS[usize::from(*option)].to_owned()),
            Value::Choices(set) => {
                let chosen = OPTIONS.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
                chosen.map(|(_, option)| Dynamic::from((*option).to_owned())).collect::<Array>().into()
            }
            Value::Text(_) | Value::Date(_) | Value::Table(_) => Dynamic::UNIT,
        };
        scope.push_dynamic(name, value);
    }
    scope
}

/// Rhai with what its parser and packages leave out.
fn interpreter() -> Engine {
    let mut engine = yichuang_rules::engine();
    StandardPackage::new().register_into_engine(&mut engine);
    engine.register_fn("min", |a: Decimal, b: Decimal| a.min(b));
    engine.register_fn("max", |a: Decimal, b: Decimal| a.max(b));
    let mut round = |name: &str, strategy: RoundingStrategy| {
        engine.register_fn(name, move |number: Decimal, places: i64| {
            number.round_dp_with_strategy(u32::try_from(places).unwrap(), strategy)
        });
    };
    round("round_half_up", RoundingStrategy::MidpointAwayFromZero);
    round("round_down", RoundingStrategy::ToZero);
    round("round_up", RoundingStrategy::AwayFromZero);
    engine
}

/// A condition as it is, a number in its smallest place.
#[derive(Debug, PartialEq)]
enum Outcome {
    Condition(bool),
    Number(i128),
    None,
}

fn ours(pack: &Pack, calendar: &Calendar, values: &[Value]) -> Vec<Outcome> {
    let mut facts = Facts::new(pack.facts.len());
    for (place, value) in values.iter().enumerate() {
        // Fact 0 is the date.
        facts.set(FactId::new(place + 1), Slot::Known(value.clone()));
    }
    let decision = decide(pack, calendar, &facts, Date::parse("2014-11-18").unwrap());
    let outcome = |value: &DerivedValue| match value {
        DerivedValue::Condition(finding) => finding.value.map_or(Outcome::None, Outcome::Condition),
        DerivedValue::Number(Quantity::Known(number)) => Outcome::Number(*number),
        DerivedValue::Number(_) => Outcome::None,
    };
    decision.values.iter().map(|value| outcome(&value.value)).collect()
}

fn theirs(engine: &Engine, rule: &AST, values: &[Value]) -> Outcome {
    let Ok(value) = engine.eval_ast_with_scope::<Dynamic>(&mut scope(values), rule) else { return Outcome::None };
    if let Ok(holds) = value.as_bool() {
        return Outcome::Condition(holds);
    }
    let mut number = value.as_decimal().unwrap();
    number.rescale(GIVEN);
    assert_eq!(number.scale(), GIVEN, "{number} has no room for {GIVEN} places");
    Outcome::Number(number.mantissa())
}

#[test]
fn a_million_expressions_are_what_rhai_makes_of_them() {
    let (engine, calendar) = (interpreter(), calendar().value);
    let (compared, given_up) = (Cell::new(0_usize), Cell::new(0_usize));
    let tapes = (vec(any::<u8>(), 1_000..4_000), vec(any::<u8>(), CASES * 16));
    random::check(PACKS, &tapes, |(pack, cases)| {
        let mut tape = Tape::new(&pack);
        let rules: Vec<Rule> = (0..RULES).map(|_| Rule::draw(&mut tape)).collect();
        let source = source(&rules);
        let (bundle, diagnostics) = compile("test/expressions", std::slice::from_ref(&source));
        let faults = || TestCaseError::fail(render(&diagnostics, std::slice::from_ref(&source), Lang::Zh));
        let pack = bundle.ok_or_else(faults)?.pack;
        let compiled: Vec<AST> =
            rules.iter().map(|rule| engine.compile_expression(&rule.text.theirs).unwrap()).collect();
        let mut tape = Tape::new(&cases);
        for _ in 0..CASES {
            let values = answers(&mut tape);
            let all = ours(&pack, &calendar, &values);
            prop_assert_eq!(all.len(), rules.len());
            for ((ours, compiled), rule) in all.iter().zip(&compiled).zip(&rules) {
                compared.set(compared.get() + 1);
                let theirs = theirs(&engine, compiled, &values);
                // It stops at a division by zero that a condition beside it makes of no effect.
                if theirs == Outcome::None {
                    given_up.set(given_up.get() + 1);
                    prop_assert!(*ours == Outcome::None || rule.text.ours.contains(['/', '%']), "{}", rule.text.ours);
                    continue;
                }
                prop_assert_eq!(ours, &theirs, "{:?}\n{}", values, rule.text.ours);
            }
        }
        Ok(())
    });
    let (compared, given_up) = (compared.get(), given_up.get());
    println!("{compared} expressions were compared; in {given_up} of them rhai gave up");
    assert!(compared >= 1_000_000 && given_up < compared / 10, "{compared}, {given_up}");
}

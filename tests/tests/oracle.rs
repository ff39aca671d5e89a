//! Rhai's own interpreter as the judge of conditions and numbers.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use rhai::packages::{Package as _, StandardPackage};
use rhai::{Array, Dynamic, Engine, Scope};
use yichuang_engine::{Calendar, Date, Decision, FactId, Facts, Pack, Quantity, Slot, Value, decide};
use yichuang_rules::{Lang, compile, render, sorted};
use yichuang_tests::corpus::calendar;
use yichuang_tests::random;
use yichuang_tests::small::{
    Comparison, Cond, Kind, Layout, Num, SmallFact, SmallItem, SmallPack, Speech, Tape, sources,
};

/// The engine of the compiler with what its parser leaves out: `in`, `min` and `max`.
fn interpreter() -> Engine {
    let mut engine = yichuang_rules::engine();
    StandardPackage::new().register_into_engine(&mut engine);
    engine.register_fn("min", |a: i64, b: i64, c: i64| a.min(b).min(c));
    engine.register_fn("max", |a: i64, b: i64, c: i64| a.max(b).max(c));
    engine
}

/// A pack whose one check and whose promised days are what is judged.
fn judged(tape: &mut Tape<'_>) -> SmallPack {
    let mut pack = SmallPack { facts: SmallPack::draw(tape).facts, ..SmallPack::default() };
    let always = || Cond::Compare(Num::Literal(0), Comparison::Equal, Num::Literal(0));
    pack.items.push(SmallItem { selected: always(), conditions: Vec::new(), days: 1 });
    let (rule, number) = (Cond::draw(tape, &pack, 2), Num::draw(tape, &pack, 2));
    pack.conditions.push(rule);
    pack.numbers.push(number);
    pack.checks.push((Cond::draw(tape, &pack, 4), 2));
    pack.promised = Some(Num::draw(tape, &pack, 3));
    pack
}

fn decided(pack: &Pack, calendar: &Calendar, values: &[Value]) -> Decision {
    let mut facts = Facts::new(pack.facts.len());
    // Fact 0 is the date.
    for (place, value) in values.iter().enumerate() {
        facts.set(FactId::new(place + 1), Slot::Known(value.clone()));
    }
    decide(pack, calendar, &facts, Date::parse("2014-11-18").unwrap())
}

/// The facts as variables of a script.
fn scope(pack: &SmallPack, values: &[Value], speech: Speech) -> Scope<'static> {
    let mut scope = Scope::new();
    let options = ["o0", "o1", "o2"];
    for (id, chinese) in options.into_iter().zip(["选项零", "选项一", "选项二"]) {
        scope.push(if speech == Speech::Chinese { chinese } else { id }, id.to_owned());
    }
    for (fact, value) in pack.facts.iter().zip(values) {
        scope.push_dynamic(fact.name(speech), variable(fact, value, &options));
    }
    scope
}

fn variable(fact: &SmallFact, value: &Value, options: &[&str]) -> Dynamic {
    let text = |place: usize| Dynamic::from(options.get(place).copied().unwrap().to_owned());
    match (&fact.kind, value) {
        (Kind::Bool, Value::Bool(value)) => Dynamic::from(*value),
        (Kind::Integer { .. }, Value::Number(number)) => Dynamic::from(i64::try_from(*number).unwrap()),
        (Kind::Choice(_), Value::Choice(option)) => text(usize::from(*option)),
        (Kind::Choices(count), Value::Choices(set)) => {
            (0..*count).filter(|place| set >> place & 1 == 1).map(text).collect::<Array>().into()
        }
        _ => Dynamic::UNIT,
    }
}

/// What rhai makes of the check and of the number; `None` where it gives up, as on an overflow.
fn interpreted(engine: &Engine, pack: &SmallPack, values: &[Value], speech: Speech) -> (Option<bool>, Option<i64>) {
    let mut scope = scope(pack, values, speech);
    let rule =
        |script: String, scope: &mut Scope<'_>| engine.eval_expression_with_scope::<Dynamic>(scope, &script).ok();
    let [condition, number] = [Cond::Rule(0).text(pack, speech), Num::Rule(0).text(pack, speech)];
    let first = pack.conditions.first().map(|cond| cond.text(pack, speech)).unwrap();
    let second = pack.numbers.first().map(|num| num.text(pack, speech)).unwrap();
    if let Some(value) = rule(first, &mut scope) {
        scope.push_dynamic(condition, value);
    }
    if let Some(value) = rule(second, &mut scope) {
        scope.push_dynamic(number, value);
    }
    let (check, _) = pack.checks.first().unwrap();
    let promised = pack.promised.as_ref().unwrap();
    let check = rule(check.text(pack, speech), &mut scope).and_then(|value| value.as_bool().ok());
    let promised = rule(promised.text(pack, speech), &mut scope).and_then(|value| value.as_int().ok());
    (check, promised)
}

#[test]
fn conditions_and_numbers_are_what_rhai_makes_of_them() {
    let (engine, calendar) = (interpreter(), calendar().value);
    let compared = std::cell::Cell::new((0, 0));
    random::check(600, &(vec(any::<u8>(), 0..200), vec(any::<u8>(), 0..20)), |(pack, answers)| {
        let small = judged(&mut Tape::new(&pack));
        let mut tape = Tape::new(&answers);
        let values: Vec<Value> = small
            .facts
            .iter()
            .map(|fact| {
                let values = fact.values();
                values.get(tape.below(values.len())).cloned().unwrap()
            })
            .collect();
        for speech in [Speech::English, Speech::Chinese] {
            let files = sources(&small, Layout { speech, tape: Tape::new(&[]), files: 1 });
            let (bundle, diagnostics) = compile("test/judged", &files);
            let faults = || TestCaseError::fail(render(&diagnostics, &sorted(&files), Lang::Zh));
            let decision = decided(&bundle.ok_or_else(faults)?.pack, &calendar, &values);
            let text = files.first().map(|file| file.text.as_str()).unwrap_or_default();
            let (check, promised) = interpreted(&engine, &small, &values, speech);
            if let Some(check) = check {
                let ours = decision.checks.first().map_or(Some(false), |hit| hit.finding.value);
                prop_assert_eq!(ours, Some(check), "{:?}\n{}", values, text);
            }
            if let Some(promised) = promised {
                let ours = decision.periods.as_ref().map(|periods| &periods.promised_days);
                prop_assert_eq!(ours, Some(&Quantity::Known(promised.into())), "{:?}\n{}", values, text);
            }
            let (checks, numbers) = compared.get();
            compared.set((checks + i32::from(check.is_some()), numbers + i32::from(promised.is_some())));
        }
        Ok(())
    });
    // Rhai gives up on overflow only, which is rare.
    let (checks, numbers) = compared.get();
    assert!(checks > 1_000 && numbers > 1_000, "{checks} conditions and {numbers} numbers were compared");
}

#[test]
fn the_operators_bind_and_stop_as_in_rhai() {
    let engine = interpreter();
    let eval = |script: &str| engine.eval_expression::<bool>(script);
    // 非 binds tighter than 且, and 且 tighter than 或.
    assert!(!eval("非 真 且 假").unwrap());
    assert!(eval("真 或 假 且 假").unwrap());
    // The right side is not computed where the left side settles it.
    assert!(!eval("假 且 9223372036854775807 + 1 > 0").unwrap());
    assert!(eval("真 或 9223372036854775807 + 1 > 0").unwrap());
    assert!(eval("真 且 9223372036854775807 + 1 > 0").is_err());
}

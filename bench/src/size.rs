//! One size of workload: its pack and its straight-line function.

use std::fmt::Debug;

use serde::de::MapAccess;
use yichuang_engine::{Derived, Facts, Number, Pack, Run, Value};

use crate::straight::{Verdict, l, m, s};
use crate::workload::{Kind, MOST, Random, SHAPES, Shape};
use crate::{Filled, json};

/// A workload in both forms.
pub trait Size {
    /// Which one.
    const SHAPE: Shape;
    /// Its answers.
    type Answers: Clone + Debug + Default;
    /// Its results.
    type Results: Clone + Debug + Default + PartialEq;

    /// The straight-line function.
    fn decide(answers: &Self::Answers, results: &mut Self::Results);

    /// Random answers to everything.
    fn answers(random: &mut Random) -> Self::Answers;

    /// The same answers as the engine reads them.
    fn facts(pack: &Pack, answers: &Self::Answers) -> Facts;

    /// The same answers as JSON.
    fn json(answers: &Self::Answers) -> String;

    /// Reads the answer to the fact with this id.
    ///
    /// # Errors
    /// If it is not one of its type.
    fn take<'de, A: MapAccess<'de>>(answers: &mut Self::Answers, key: &str, map: &mut A) -> Result<(), A::Error>;

    /// What of a run the straight-line function computes too.
    fn results(pack: &Pack, run: &Run) -> Self::Results;

    /// The status of a material in JSON.
    fn status(results: &Self::Results, material: usize) -> &'static str;
}

macro_rules! size {
    ($(#[$doc:meta])* $size:ident, $module:ident, $shape:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $size;

        impl Size for $size {
            const SHAPE: Shape = $shape;
            type Answers = $module::Answers;
            type Results = $module::Results;

            fn decide(answers: &Self::Answers, results: &mut Self::Results) {
                $module::decide(answers, results);
            }

            fn answers(random: &mut Random) -> Self::Answers {
                let mut answers = $module::Answers::default();
                for (kind, place) in $module::FACTS {
                    match kind {
                        Kind::Bool => answers.yes[place] = random.percent(50),
                        Kind::Choice(count) => answers.chosen[place] = low(random.below(count)),
                        // Nothing chosen is no answer.
                        Kind::Choices(count) => answers.sets[place] = low(1 + random.below((1 << count) - 1)),
                        Kind::Number => answers.numbers[place] = low(random.below(MOST + 1)),
                    }
                }
                // Most papers are there, or no case would be complete or tolerated.
                let at_hand = random.percent(50);
                for state in &mut answers.states {
                    *state = if at_hand || random.percent(99) { 0 } else { low(1 + random.below(2)) };
                }
                answers
            }

            fn facts(pack: &Pack, answers: &Self::Answers) -> Facts {
                let mut filled = Filled::new(pack);
                for (fact, (kind, place)) in $module::FACTS.into_iter().enumerate() {
                    filled.set(fact, match kind {
                        Kind::Bool => Value::Bool(answers.yes[place]),
                        Kind::Choice(_) => Value::Choice(answers.chosen[place].into()),
                        Kind::Choices(_) => Value::Choices(answers.sets[place].into()),
                        Kind::Number => Value::Number(answers.numbers[place].into()),
                    });
                }
                for (material, state) in answers.states.iter().enumerate() {
                    filled.set($module::FACTS.len() + material, Value::Choice((*state).into()));
                }
                filled.facts
            }

            fn json(answers: &Self::Answers) -> String {
                let mut parts = Vec::new();
                for (fact, (kind, place)) in $module::FACTS.into_iter().enumerate() {
                    let value = match kind {
                        Kind::Bool => answers.yes[place].to_string(),
                        Kind::Choice(_) => format!("\"o{}\"", answers.chosen[place]),
                        Kind::Choices(count) => {
                            let chosen = (0..count).filter(|option| answers.sets[place] >> option & 1 == 1);
                            let chosen: Vec<String> = chosen.map(|option| format!("\"o{option}\"")).collect();
                            format!("[{}]", chosen.join(","))
                        }
                        Kind::Number => answers.numbers[place].to_string(),
                    };
                    parts.push(format!("\"f{fact}\":{value}"));
                }
                for (material, state) in answers.states.iter().enumerate() {
                    let state = json::STATES[usize::from(*state)];
                    parts.push(format!("\"materials.m{material}\":\"{state}\""));
                }
                format!("{{\"answers\":{{{}}}}}", parts.join(","))
            }

            fn take<'de, A: MapAccess<'de>>(
                answers: &mut Self::Answers,
                key: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                if let Some(material) = key.strip_prefix("materials.m") {
                    answers.states[json::number(material)] = json::state(map.next_value()?);
                    return Ok(());
                }
                let (kind, place) = $module::FACTS[json::number(&key[1..])];
                match kind {
                    Kind::Bool => answers.yes[place] = map.next_value()?,
                    Kind::Choice(_) => answers.chosen[place] = json::number(&map.next_value::<&str>()?[1..]) as u8,
                    Kind::Choices(_) => answers.sets[place] = map.next_value::<json::Options>()?.0,
                    Kind::Number => answers.numbers[place] = map.next_value()?,
                }
                Ok(())
            }

            fn results(pack: &Pack, run: &Run) -> Self::Results {
                let mut results = $module::Results::default();
                let holds = |lit| run.get(lit).expect("everything is answered");
                let number = |value| match run.number(value) {
                    Number::Known(number) => i32::try_from(number).expect("a small number"),
                    other => panic!("{other:?}"),
                };
                for rule in &pack.rules {
                    // A table's output is called `t3.t`.
                    let place = json::number(rule.id[1..].trim_end_matches(".t"));
                    match rule.result {
                        Derived::Condition(lit) => results.rules[place] = holds(lit),
                        Derived::Number(value) => results.tables[place] = number(value),
                    }
                }
                for (place, item) in pack.items.iter().enumerate() {
                    results.selected[place] = holds(item.selected);
                    results.eligible[place] = holds(item.eligible);
                    results.going[place] = holds(item.going);
                }
                for (place, check) in pack.checks.iter().enumerate() {
                    results.checks[place] = holds(check.condition.holds);
                }
                for (place, material) in pack.materials.iter().enumerate() {
                    results.required[place] = holds(material.required);
                    results.internal[place] = holds(material.waived_internal);
                    results.shared[place] = holds(material.waived_shared);
                    results.missing[place] = holds(material.missing);
                    results.defective[place] = holds(material.defective);
                }
                results.blocked = holds(pack.blocked);
                results.statutory_sum = number(pack.statutory_sum);
                results.statutory_max = number(pack.statutory_max);
                results.promised = number(pack.promise.as_ref().expect("a promise").days);
                results.tolerance = holds(pack.tolerance.as_ref().expect("tolerance").allowed);
                let lits = pack.verdict;
                let [refused, not_needed] = [lits.refused, lits.not_needed].map(holds);
                let [correctable, ready] = [lits.correctable, lits.ready].map(holds);
                results.verdict = Verdict { refused, not_needed, correctable, ready };
                results
            }

            fn status(results: &Self::Results, material: usize) -> &'static str {
                let waived = (results.required[material], results.internal[material], results.shared[material]);
                match waived {
                    (true, _, _) => "required",
                    (_, true, _) => "waived_internal",
                    (_, _, true) => "waived_shared",
                    _ => "not_required",
                }
            }
        }
    };
}

fn low<T: TryFrom<u64>>(number: u64) -> T {
    T::try_from(number).unwrap_or_else(|_| panic!("{number} is too large"))
}

size!(
    /// 12 facts, 10 rules, 25 materials.
    S,
    s,
    SHAPES[0]
);
size!(
    /// 60 facts, 80 rules, 200 materials.
    M,
    m,
    SHAPES[1]
);
size!(
    /// 400 facts, 800 rules, 2,000 materials.
    L,
    l,
    SHAPES[2]
);

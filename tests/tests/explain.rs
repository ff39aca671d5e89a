//! Explanations of random small packs: what decides, the smallest changes, and what settles a result,
//! each against all that there is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what does not work fails the test"
)]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_engine::{
    CHANGE_BOUND, Changes, Derived, FactId, FactKind, FactRole, Facts, Goal, Lit, Run, Slot, Value, Why, WhyKind,
    settling_set, smallest_changes, why,
};
use yichuang_tests::corpus::calendar;
use yichuang_tests::law::{Domains, shown};
use yichuang_tests::random;
use yichuang_tests::small::Tape;
use yichuang_tests::trial::Trial;

/// Within the bound of the search, so that what is open is searched in full.
const MOST_COMPLETIONS: usize = 64;

/// How many combinations of changes are tried for one result at most.
const MOST_CHANGES: usize = 4_000;

/// Every condition of a pack about which something is said.
fn conditions(trial: &Trial) -> Vec<Lit> {
    let pack = &trial.pack;
    let mut lits = vec![pack.verdict.ready, pack.verdict.correctable, pack.verdict.refused, pack.verdict.not_needed];
    lits.extend(pack.items.iter().flat_map(|item| [item.eligible, item.going]));
    lits.extend(pack.materials.iter().map(|material| material.required));
    lits.extend(pack.checks.iter().map(|check| check.condition.holds));
    lits.extend(pack.rules.iter().filter_map(|rule| match rule.result {
        Derived::Condition(lit) => Some(lit),
        Derived::Number(_) => None,
    }));
    lits
}

/// What a condition is under every completion of what is unknown; `None` if it depends.
fn certain(trial: &Trial, facts: &Facts, lit: Lit) -> Option<bool> {
    let is_open = |(fact, _): &&(FactId, Vec<Value>)| facts.get(*fact).value().is_none();
    let unknown = Domains { facts: trial.domains.facts.iter().filter(is_open).cloned().collect() };
    let facts = prepared(trial, facts);
    let value = |number| run(trial, &unknown.completion(number, &facts)).get(lit);
    let first = value(0)?;
    (1..unknown.count()).all(|number| value(number) == Some(first)).then_some(first)
}

fn run(trial: &Trial, facts: &Facts) -> Run {
    Run::new(&trial.pack, facts, Some(&trial.calendar))
}

/// The facts as they are decided about.
fn prepared(trial: &Trial, facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    facts.set(trial.pack.accepted_on, Slot::Known(Value::Date(Trial::on())));
    facts
}

/// How many controls a change of one fact needs; `None` where it changes nothing.
fn cost(trial: &Trial, fact: FactId, before: &Slot, after: &Value) -> Option<usize> {
    let is_lacking = matches!(before.value(), Some(Value::Choice(1 | 2)))
        && matches!(trial.pack.facts[fact.index()].role, FactRole::MaterialState(_));
    if before.value() == Some(after) || is_lacking && *after != Value::Choice(0) {
        return None;
    }
    match (&trial.pack.facts[fact.index()].kind, after) {
        (FactKind::Choices(_), Value::Choices(after)) => {
            let before = if let Some(Value::Choices(set)) = before.value() { *set } else { 0 };
            usize::try_from((before ^ after).count_ones()).ok()
        }
        _ => Some(1),
    }
}

/// All sets of changes that give a condition the value that is wanted and need the fewest controls.
fn all_smallest(trial: &Trial, facts: &Facts, lit: Lit, wanted: bool) -> Vec<Vec<(FactId, Value)>> {
    let mut sets: Vec<(usize, Vec<(FactId, Value)>)> = vec![(0, Vec::new())];
    for (fact, values) in &trial.domains.facts {
        let before = facts.get(*fact);
        for (size, set) in sets.clone() {
            for value in values {
                if let Some(cost) = cost(trial, *fact, before, value) {
                    let mut longer = set.clone();
                    longer.push((*fact, value.clone()));
                    sets.push((size + cost, longer));
                }
            }
        }
    }
    sets.sort_by_key(|(size, _)| *size);
    let mut smallest = None;
    let mut found = Vec::new();
    for (size, set) in sets {
        if smallest.is_some_and(|smallest| size > smallest) {
            break;
        }
        if certain(trial, &changed(facts, &set), lit) == Some(wanted) {
            smallest = Some(size);
            found.push(set);
        }
    }
    found
}

fn combinations(trial: &Trial) -> usize {
    trial.domains.facts.iter().map(|(_, values)| values.len() + 1).product()
}

fn changed(facts: &Facts, set: &[(FactId, Value)]) -> Facts {
    let mut facts = facts.clone();
    set.iter().for_each(|(fact, value)| facts.set(*fact, Slot::Known(value.clone())));
    facts
}

/// Every set does, nothing smaller does, and no other facts do.
fn check_changes(
    trial: &Trial,
    facts: &Facts,
    (lit, wanted): (Lit, bool),
    changes: &Changes,
) -> Result<(), TestCaseError> {
    let context = || format!("{} wanted\n{}\n{}", wanted, trial.context(facts), show(trial, &changes.sets));
    for set in &changes.sets {
        prop_assert_eq!(certain(trial, &changed(facts, set), lit), Some(wanted), "it does not\n{}", context());
    }
    if !changes.exact {
        return Ok(());
    }
    let mut all = all_smallest(trial, facts, lit, wanted);
    all.retain(|set| !set.is_empty());
    for set in &changes.sets {
        prop_assert!(all.contains(set), "less does: {}\n{}", show(trial, &all), context());
    }
    // Of numbers that stand side by side only the outer ones are given.
    let like = |one: &[(FactId, Value)], two: &[(FactId, Value)]| {
        let same = |((a, one), (b, two)): (&(FactId, Value), &(FactId, Value))| {
            a == b && (one == two || matches!(one, Value::Number(_)))
        };
        one.len() == two.len() && one.iter().zip(two).all(same)
    };
    for set in &all {
        let is_given = changes.sets.iter().any(|given| like(given, set));
        prop_assert!(is_given, "left out: {}\n{}", show(trial, std::slice::from_ref(set)), context());
    }
    Ok(())
}

fn show(trial: &Trial, sets: &[Vec<(FactId, Value)>]) -> String {
    let set = |set: &Vec<(FactId, Value)>| {
        let only = changed(&Facts::new(trial.pack.facts.len()), set);
        shown(&trial.pack, &only).split(", ").filter(|fact| !fact.ends_with('?')).collect::<Vec<_>>().join(", ")
    };
    sets.iter().map(set).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_smallest_changes_do_and_nothing_smaller_does() {
    let calendar = calendar().value;
    let exact = std::cell::Cell::new(0);
    random::check(300, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..40)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        if combinations(&trial) > MOST_CHANGES {
            return Ok(());
        }
        let (facts, _) = trial.half_filled(&mut Tape::new(&answers), MOST_COMPLETIONS);
        for lit in conditions(&trial) {
            for (wanted, bound) in [(false, CHANGE_BOUND), (true, CHANGE_BOUND), (true, 20)] {
                let changes =
                    smallest_changes(&trial.pack, &trial.calendar, &facts, Trial::on(), Goal { lit, wanted }, bound);
                exact.set(exact.get() + usize::from(changes.exact && !changes.sets.is_empty()));
                check_changes(&trial, &facts, (lit, wanted), &changes)?;
            }
        }
        Ok(())
    });
    assert!(exact.get() > 300, "{} were exact", exact.get());
}

/// What is seen of a condition or a number once everything is known.
fn outcome(run: &Run, trial: &Trial, derived: Derived) -> String {
    match derived {
        Derived::Condition(lit) => format!("{:?}", run.get(lit)),
        Derived::Number(_) => {
            let nothing = Facts::new(trial.pack.facts.len());
            format!("{:?}", why(&trial.pack, run, &nothing, None, derived, None).parts[0].kind)
        }
    }
}

/// Whether the answers to some facts settle a result, whatever they are and whatever the others are.
fn settles(trial: &Trial, facts: &Facts, unknown: &Domains, derived: Derived, asked: &[FactId]) -> bool {
    let mut seen: Vec<(Vec<Value>, String)> = Vec::new();
    (0..unknown.count()).all(|number| {
        let completed = unknown.completion(number, facts);
        let answers: Vec<Value> = asked.iter().map(|fact| completed.get(*fact).value().unwrap().clone()).collect();
        let outcome = outcome(&run(trial, &prepared(trial, &completed)), trial, derived);
        match seen.iter().find(|(known, _)| *known == answers) {
            Some((_, known)) => *known == outcome,
            None => {
                seen.push((answers, outcome));
                true
            }
        }
    })
}

/// The smallest sets of unknown facts whose answers settle a result, by trying them all.
fn all_settling(trial: &Trial, facts: &Facts, unknown: &Domains, derived: Derived) -> Vec<Vec<FactId>> {
    let mut open: Vec<FactId> = unknown.facts.iter().map(|(fact, _)| *fact).collect();
    open.sort();
    let mut sets: Vec<Vec<FactId>> = (0_u32..1 << open.len())
        .map(|bits| {
            open.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, fact)| *fact).collect()
        })
        .collect();
    sets.sort_by_key(Vec::len);
    let smallest = sets.iter().find(|set| settles(trial, facts, unknown, derived, set)).map_or(0, Vec::len);
    sets.retain(|set| set.len() == smallest && settles(trial, facts, unknown, derived, set));
    sets
}

#[test]
fn a_settling_set_settles_and_is_the_only_one_of_its_size() {
    let calendar = calendar().value;
    let larger = std::cell::Cell::new(0);
    random::check(200, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..40)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        // Past the bound of the search as well, where the list is made in another way.
        let most = if answers.len() % 2 == 0 { MOST_COMPLETIONS } else { 4 * MOST_COMPLETIONS };
        let (facts, unknown) = trial.half_filled(&mut Tape::new(&answers), most);
        let mut wanted: Vec<Derived> = conditions(&trial).into_iter().map(Derived::Condition).collect();
        wanted.extend([trial.pack.statutory_sum, trial.pack.statutory_max].map(Derived::Number));
        for derived in wanted {
            let settling = settling_set(&trial.pack, &trial.calendar, &facts, Trial::on(), derived);
            let unsure = |fact: &FactId| *facts.get(*fact) == Slot::Unsure;
            let context = || format!("{derived:?}: {settling:?}\n{}", trial.context(&facts));
            if !settling.exact {
                continue;
            }
            let mut all = all_settling(&trial, &facts, &unknown, derived);
            prop_assert_eq!(all.len(), 1, "{}", context());
            let only = all.remove(0);
            prop_assert_eq!(settling.settles, !only.iter().any(unsure), "{}", context());
            let asked: Vec<FactId> = only.into_iter().filter(|fact| !unsure(fact)).collect();
            larger.set(larger.get() + usize::from(asked.len() > 1 && unknown.count() > MOST_COMPLETIONS));
            prop_assert_eq!(&settling.facts, &asked, "{}", context());
        }
        Ok(())
    });
    assert!(larger.get() > 20, "{} lists were long", larger.get());
}

/// The facts on which an explanation rests; `None` where a number is part of it, which names only
/// what counts in it.
fn rests_on(why: &Why) -> Option<Vec<FactId>> {
    let mut facts = Vec::new();
    for part in &why.parts {
        match &part.kind {
            WhyKind::Atom { atom, .. } => facts.extend(yichuang_tests::law::facts_of(atom)),
            WhyKind::Number { .. } | WhyKind::Fact(_) | WhyKind::Row { .. } => return None,
            WhyKind::AtLeast { .. } | WhyKind::Not | WhyKind::Constant => {}
        }
    }
    Some(facts)
}

#[test]
fn an_explanation_holds_together_and_decides_by_itself() {
    let calendar = calendar().value;
    random::check(300, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..40)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        let (facts, _) = trial.half_filled(&mut Tape::new(&answers), MOST_COMPLETIONS);
        let facts = prepared(&trial, &facts);
        let now = run(&trial, &facts);
        for lit in conditions(&trial) {
            let why = why(&trial.pack, &now, &facts, Some(&trial.calendar), Derived::Condition(lit), None);
            let value = now.get(lit);
            prop_assert_eq!(why.parts[0].value, value);
            for part in &why.parts {
                let of: Vec<Option<bool>> = part.of.iter().map(|place| why.parts[*place].value).collect();
                let context = || format!("{part:?}\n{}", trial.context(&facts));
                prop_assert!(!part.is_cut);
                match part.kind {
                    WhyKind::AtLeast { count, of: all } => {
                        let (shown, decide) =
                            (of.len(), if part.value == Some(true) { count } else { all + 1 - count });
                        prop_assert!(of.iter().all(|value| *value == part.value), "{}", context());
                        prop_assert!(part.value.is_none() || shown >= decide, "{}", context());
                        prop_assert!(shown > 0 || part.value == Some(count == 0), "{}", context());
                    }
                    WhyKind::Not => prop_assert_eq!(of, [part.value.map(|value| !value)], "{}", context()),
                    WhyKind::Atom { .. }
                    | WhyKind::Constant
                    | WhyKind::Number { .. }
                    | WhyKind::Fact(_)
                    | WhyKind::Row { .. } => {}
                }
            }
            if let (Some(_), Some(only)) = (value, rests_on(&why)) {
                let mut bare = Facts::new(trial.pack.facts.len());
                only.iter().for_each(|fact| bare.set(*fact, facts.get(*fact).clone()));
                prop_assert_eq!(run(&trial, &bare).get(lit), value, "{}", trial.context(&facts));
            }
        }
        Ok(())
    });
}

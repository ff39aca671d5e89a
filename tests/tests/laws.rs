//! The law of unknowns on random small packs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what does not work fails the test"
)]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_engine::{FactId, FactRole, Facts, Slot, Value, Verdict};
use yichuang_tests::corpus::calendar;
use yichuang_tests::law::{Domains, Opinion, Opinions, Subject, shown};
use yichuang_tests::random;
use yichuang_tests::small::Tape;
use yichuang_tests::trial::Trial;

/// How many completions are tried for one half-filled pack at most.
const MOST_COMPLETIONS: usize = 200;

/// What is decided while facts are unknown stays so under every completion.
fn decided_stays(trial: &Trial, facts: &Facts, before: &Opinions, unknown: &Domains) -> Result<(), TestCaseError> {
    for number in 0..unknown.count() {
        let completed = unknown.completion(number, facts);
        let after = trial.opinions(&completed);
        for (subject, opinion) in before {
            let Some(value) = opinion.decided() else { continue };
            let selected = |item| after.get(&Subject::Selected(item)).and_then(Opinion::decided) == Some("true");
            match (*subject, after.get(subject)) {
                // Where nothing goes on there are no periods.
                (subject, None) if subject.is_quantity() => {}
                (Subject::Failed(item, _), None) if !selected(item) => {}
                (_, later) => {
                    let later = later.and_then(Opinion::decided);
                    let completion = shown(&trial.pack, &completed);
                    let context = trial.context(facts);
                    prop_assert_eq!(later, Some(value), "{} changes\n{}\n{}", subject, completion, context);
                }
            }
        }
    }
    Ok(())
}

/// What is open names what it depends on, and where it says that it is exact each of these facts
/// matters in some completion.
fn open_names_what_matters(
    trial: &Trial,
    facts: &Facts,
    before: &Opinions,
    unknown: &Domains,
) -> Result<(), TestCaseError> {
    let all: Vec<Opinions> =
        (0..unknown.count()).map(|number| trial.opinions(&unknown.completion(number, facts))).collect();
    for (subject, opinion) in before {
        let Opinion::Open { missing, exact, cannot_compute } = opinion else { continue };
        let context = || format!("{subject}: {opinion:?}\n{}", trial.context(facts));
        prop_assert!(!missing.is_empty() || *cannot_compute, "nothing is missing\n{}", context());
        for fact in missing {
            let is_unknown = unknown.facts.iter().any(|(id, _)| id == fact);
            prop_assert!(is_unknown, "{} is known\n{}", trial.names(&[*fact]), context());
            let value = |number: usize| all[number].get(subject).and_then(Opinion::decided);
            let differs =
                |number| unknown.neighbours(number, *fact).into_iter().any(|other| value(other) != value(number));
            let matters = (0..unknown.count()).any(differs);
            prop_assert!(!exact || matters, "{} does not matter\n{}", trial.names(&[*fact]), context());
        }
    }
    Ok(())
}

/// Asks until there is no question; a conflict is where the citizen has to think again.
fn ask_to_the_end(trial: &Trial, facts: &mut Facts, tape: &mut Tape<'_>) -> Result<bool, TestCaseError> {
    for _ in 0..=trial.domains.facts.len() {
        let decision = trial.decide(facts);
        if decision.conflicts.iter().any(|hit| hit.finding.is(true)) {
            return Ok(false);
        }
        let Some(asked) = decision.next_question else { return Ok(true) };
        prop_assert_eq!(facts.get(asked), &Slot::Unknown, "asked again\n{}", trial.context(facts));
        let (_, values) = trial.domains.facts.iter().find(|(fact, _)| *fact == asked).expect("a question of the pack");
        facts.set(asked, Slot::Known(values[tape.below(values.len())].clone()));
    }
    Err(TestCaseError::fail(format!("asks for ever\n{}", trial.context(facts))))
}

/// Where nothing is asked any more, no question that is still unanswered changes anything.
fn unasked_does_not_matter(trial: &Trial, facts: &Facts) -> Result<(), TestCaseError> {
    let is_open_question = |(fact, _): &&(FactId, Vec<Value>)| {
        *facts.get(*fact) == Slot::Unknown && trial.pack.facts[fact.index()].role == FactRole::Question
    };
    let mut unasked = Domains { facts: Vec::new() };
    for (fact, values) in trial.domains.facts.iter().filter(is_open_question) {
        if unasked.count() * values.len() <= MOST_COMPLETIONS {
            unasked.facts.push((*fact, values.clone()));
        }
    }
    // One condition that fails settles an item: whether others fail too is not asked. Nor is why
    // a paper is not brought.
    let settled = |(subject, _): &(&Subject, &Opinion)| !matches!(subject, Subject::Failed(..) | Subject::Waived(_));
    let values = |opinions: &Opinions| -> Vec<(Subject, Option<String>)> {
        let settled = opinions.iter().filter(settled);
        settled.map(|(subject, opinion)| (*subject, opinion.decided().map(String::from))).collect()
    };
    let before = values(&trial.opinions(facts));
    for number in 0..unasked.count() {
        let completed = unasked.completion(number, facts);
        let after = values(&trial.opinions(&completed));
        prop_assert_eq!(&after, &before, "{}\n{}", shown(&trial.pack, &completed), trial.context(facts));
    }
    Ok(())
}

#[test]
fn what_is_decided_stays_and_what_is_open_names_what_matters() {
    let calendar = calendar().value;
    random::check(500, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..40)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        let (facts, unknown) = trial.half_filled(&mut Tape::new(&answers), MOST_COMPLETIONS);
        let before = trial.opinions(&facts);
        decided_stays(&trial, &facts, &before, &unknown)?;
        open_names_what_matters(&trial, &facts, &before, &unknown)
    });
}

#[test]
fn asking_ends_and_leaves_out_only_what_does_not_matter() {
    let calendar = calendar().value;
    random::check(400, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..60)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        let mut tape = Tape::new(&answers);
        let (mut facts, _) = trial.half_filled(&mut tape, MOST_COMPLETIONS);
        let ended = ask_to_the_end(&trial, &mut facts, &mut tape)?;
        if ended { unasked_does_not_matter(&trial, &facts) } else { Ok(()) }
    });
}

#[test]
fn a_dialog_ends_in_a_verdict_when_every_paper_is_there() {
    let calendar = calendar().value;
    random::check(100, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..60)), |(pack, answers)| {
        let trial = Trial::draw(&mut Tape::new(&pack), &calendar)?;
        let mut facts = Facts::new(trial.pack.facts.len());
        for material in &trial.pack.materials {
            facts.set(material.state, Slot::Known(Value::Choice(0)));
        }
        if ask_to_the_end(&trial, &mut facts, &mut Tape::new(&answers))? {
            let decision = trial.decide(&facts);
            let cannot_compute = decision.verdict_missing.is_empty();
            let is_open = decision.verdict == Verdict::Undetermined && !cannot_compute;
            prop_assert!(!is_open, "{}\n{}", trial.names(&decision.verdict_missing), trial.context(&facts));
        }
        Ok(())
    });
}

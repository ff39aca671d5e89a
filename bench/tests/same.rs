//! The straight-line functions say what the engine says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what does not work fails the test")]

use std::collections::BTreeSet;

use yichuang_bench::compiled::{bundle, calendar};
use yichuang_bench::json::{Template, step};
use yichuang_bench::workload::Random;
use yichuang_bench::{L, M, S, Size, day};
use yichuang_engine::Run;

/// Compares on random cases, and that these are not all alike.
fn check<Z: Size>(cases: usize) {
    let (bundle, calendar) = (bundle::<Z>(), calendar());
    let pack = &bundle.value.pack;
    let mut random = Random(1);
    let (mut verdicts, mut counts) = (BTreeSet::new(), BTreeSet::new());
    let mut results = Z::Results::default();
    for _ in 0..cases {
        let answers = Z::answers(&mut random);
        Z::decide(&answers, &mut results);
        let run = Run::new(pack, &Z::facts(pack, &answers), None);
        assert_eq!(results, Z::results(pack, &run), "{answers:?}");
        counts.insert((0..pack.materials.len()).filter(|place| Z::status(&results, *place) == "required").count());
        let lits = pack.verdict;
        verdicts.insert([lits.refused, lits.not_needed, lits.correctable, lits.ready].map(|lit| run.get(lit)));
    }
    assert!(counts.len() > 10 && verdicts.len() > 1, "{} {counts:?} {verdicts:?}", Z::SHAPE.name);
    let request = Z::json(&Z::answers(&mut random));
    let response = yichuang_forms::step(&bundle, &calendar, &request, day()).unwrap();
    assert_eq!(step::<Z>(&mut Template::new(&response), &request), response);
}

#[test]
fn small() {
    check::<S>(3_000);
}

#[test]
fn medium() {
    check::<M>(1_000);
}

#[test]
fn large() {
    check::<L>(100);
}

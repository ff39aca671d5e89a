//! The measured decisions as a WebAssembly module, for `bench/wasm/measure.mjs`.
#![allow(clippy::expect_used, reason = "this package only measures: what does not work stops it")]

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;
use yichuang_bench::workload::Random;
use yichuang_bench::{L, M, S, Size, day};
use yichuang_engine::{FactId, Facts, Lit, Machine, Run, Slot, Value, Work, decide_by};
use yichuang_forms::{LoadedBundle, LoadedCalendar, from_ycc, from_ycp};

macro_rules! measured {
    ($(#[$doc:meta])* $name:ident, $size:ty) => {
        $(#[$doc])*
        #[wasm_bindgen]
        #[derive(Debug)]
        pub struct $name {
            bundle: LoadedBundle,
            machine: Machine,
            work: Work,
            calendar: LoadedCalendar,
            cases: Vec<<$size as Size>::Answers>,
            facts: Vec<Facts>,
            results: <$size as Size>::Results,
        }

        #[wasm_bindgen]
        impl $name {
            /// Random cases of the pack in these files.
            #[wasm_bindgen(constructor)]
            pub fn new(pack: &[u8], calendar: &[u8], cases: usize) -> $name {
                let bundle = from_ycp(pack).expect("a pack");
                let mut random = Random(2);
                let cases: Vec<_> = (0..cases).map(|_| <$size>::answers(&mut random)).collect();
                let facts = cases.iter().map(|answers| <$size>::facts(&bundle.value.pack, answers)).collect();
                let calendar = from_ycc(calendar).expect("a calendar");
                let machine = Machine::new(&bundle.value.pack);
                $name { bundle, machine, work: Work::default(), calendar, cases, facts, results: Default::default() }
            }

            /// How many cases there are of which straight-line code and engine say the same.
            pub fn same(&mut self) -> usize {
                let pack = &self.bundle.value.pack;
                let same = |(answers, facts)| {
                    <$size>::decide(answers, &mut self.results);
                    self.results == <$size>::results(pack, &Run::new(pack, facts, None))
                };
                self.cases.iter().zip(&self.facts).map(same).filter(|same| *same).count()
            }

            /// All cases by straight-line code.
            pub fn straight(&mut self) {
                for answers in &self.cases {
                    <$size>::decide(black_box(answers), black_box(&mut self.results));
                }
            }

            /// All cases by one evaluation each.
            pub fn run(&mut self) {
                let pack = &self.bundle.value.pack;
                for facts in &self.facts {
                    drop(black_box(self.machine.run(pack, black_box(facts), None, &mut self.work)));
                }
            }

            /// All cases decided as a whole.
            pub fn decide(&self) {
                let pack = &self.bundle.value.pack;
                for facts in &self.facts {
                    drop(black_box(decide_by(&self.machine, pack, &self.calendar.value, black_box(facts), day())));
                }
            }
        }
    };
}

measured!(
    /// 12 facts, 10 rules, 25 materials.
    Small,
    S
);
measured!(
    /// 60 facts, 80 rules, 200 materials.
    Medium,
    M
);
measured!(
    /// 400 facts, 800 rules, 2,000 materials.
    Large,
    L
);

/// Answers in typed slots: one is set at a time, and what changed is read by the page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Slots {
    bundle: LoadedBundle,
    machine: Machine,
    work: Work,
    facts: Facts,
    results: Vec<Lit>,
    values: Vec<Option<bool>>,
}

#[wasm_bindgen]
impl Slots {
    /// The answers of one random case.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: &[u8]) -> Slots {
        let bundle = from_ycp(pack).expect("a pack");
        let pack = &bundle.value.pack;
        let facts = M::facts(pack, &M::answers(&mut Random(3)));
        let verdict = pack.verdict;
        let mut results = vec![verdict.refused, verdict.not_needed, verdict.correctable, verdict.ready];
        results.extend(pack.items.iter().flat_map(|item| [item.selected, item.eligible]));
        let materials = pack.materials.iter();
        results.extend(materials.flat_map(|material| [material.required, material.missing, material.defective]));
        let values = vec![None; results.len()];
        let machine = Machine::new(pack);
        Slots { bundle, machine, work: Work::default(), facts, results, values }
    }

    /// Answers a yes-no fact; twice the place of each result that changed, plus whether it holds now.
    pub fn set(&mut self, fact: usize, yes: bool) -> Vec<u32> {
        self.facts.set(FactId::new(fact), Slot::Known(Value::Bool(yes)));
        let run = self.machine.run(&self.bundle.value.pack, &self.facts, None, &mut self.work);
        let mut changed = Vec::new();
        for (place, (lit, value)) in (0_u32..).zip(self.results.iter().zip(&mut self.values)) {
            let now = run.get(*lit);
            if now != *value {
                *value = now;
                changed.push(place * 2 + u32::from(now == Some(true)));
            }
        }
        changed
    }
}

//! Whether a condition can hold at all, and an example where it does.

use alloc::vec::Vec;

use crate::search::{Probe, Search, domain};
use crate::{FactId, Facts, Lit, Machine, Pack, Run, Slot, Value};

/// The answer to whether a condition can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Satisfied {
    /// It holds in this example; facts that are not stated do not matter.
    Yes(Facts),
    /// It never holds.
    Never,
    /// Neither was shown: more runs would be needed than allowed, or a fact that is computed with
    /// has too many values to try.
    NotShown,
}

/// Looks for facts under which `lit` holds, in at most `runs` runs of the program.
///
/// One unknown fact after another is given one of the values that the program can tell apart; a
/// branch ends as soon as three-valued logic decides the condition. Workdays are not counted.
#[must_use]
pub fn satisfy(pack: &Pack, lit: Lit, runs: usize) -> Satisfied {
    let nothing = Facts::new(pack.facts.len());
    let machine = Machine::new(pack);
    let search = Search::new(&machine, pack, &nothing, None);
    let support = search.support(&Probe { lits: alloc::vec![lit], ..Probe::default() });
    let domains: Vec<(FactId, Option<Vec<Value>>)> =
        support.into_iter().map(|fact| (fact, domain(pack, fact))).collect();
    let mut trial = Trial { pack, lit, domains: &domains, left: runs, exact: true };
    match trial.from(0, &nothing) {
        Some(example) => Satisfied::Yes(example),
        None if trial.exact => Satisfied::Never,
        None => Satisfied::NotShown,
    }
}

struct Trial<'a> {
    pack: &'a Pack,
    lit: Lit,
    domains: &'a [(FactId, Option<Vec<Value>>)],
    left: usize,
    /// No branch was given up.
    exact: bool,
}

impl Trial<'_> {
    fn from(&mut self, place: usize, facts: &Facts) -> Option<Facts> {
        let Some(left) = self.left.checked_sub(1) else {
            self.exact = false;
            return None;
        };
        self.left = left;
        match Run::new(self.pack, facts, None).get(self.lit) {
            Some(true) => return Some(facts.clone()),
            Some(false) => return None,
            None => {}
        }
        let Some((fact, values)) = self.domains.get(place) else {
            self.exact = false;
            return None;
        };
        let Some(values) = values else { return self.from(place + 1, facts) };
        values.iter().find_map(|value| {
            let mut completed = facts.clone();
            completed.set(*fact, Slot::Known(value.clone()));
            self.from(place + 1, &completed)
        })
    }
}

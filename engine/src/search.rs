//! From an open result to the facts on which it hangs, and to its exact value where Kleene's
//! logic is too weak.
//!
//! `a or not a` is unknown to Kleene's logic and true in every completion. So an open result is
//! computed for every completion of the unknown facts that it reads, as long as there are no
//! more than [`SEARCH_BOUND`] of them. A fact is missing if some two completions that differ in
//! this fact alone give different results.

mod domain;
mod tables;

use alloc::vec::Vec;
use core::cell::OnceCell;

use litemap::LiteMap;

use crate::parts::{Part, Walk};
use crate::run::{Compute, Read, each_around, is_open};
use crate::{
    Calendar, Cause, Derived, FactId, Facts, Instruction, Lit, Machine, Number, Pack, Quantity, ROWS, Rows, Run, Slot,
    Value, Work,
};
pub(crate) use domain::domain;

/// How many completions are computed for one open result at most.
pub const SEARCH_BOUND: usize = 64;

/// A result that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The result, if it is the same under every completion.
    pub value: Option<bool>,
    /// The facts on which an open result hangs, in pack order.
    pub missing: Vec<FactId>,
    /// Whether every missing fact was seen to matter; `false` past the bound.
    pub exact: bool,
    /// Open because a number cannot be computed, whatever is answered.
    pub cannot_compute: Option<Cause>,
}

impl Probe {
    pub(crate) fn of(derived: Derived) -> Probe {
        match derived {
            Derived::Condition(lit) => Probe { lits: alloc::vec![lit], ..Probe::default() },
            Derived::Number(value) => Probe { values: alloc::vec![value], ..Probe::default() },
        }
    }
}

impl Finding {
    /// Whether the result is certainly so.
    #[must_use]
    pub fn is(&self, value: bool) -> bool {
        self.value == Some(value)
    }
}

/// What is observed of a run: some literals and some numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Probe {
    pub(crate) lits: Vec<Lit>,
    pub(crate) values: Vec<u16>,
    /// One value less another, observed after the values.
    pub(crate) differences: Vec<(u16, u16)>,
}

/// What was observed, the same under every completion, or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    pub(crate) lits: Vec<Option<bool>>,
    pub(crate) numbers: Vec<Number>,
}

#[derive(Clone, Debug)]
pub(crate) struct Searched {
    /// The common observation: a part that differs between completions is unknown.
    pub(crate) common: Observation,
    pub(crate) missing: Vec<FactId>,
    pub(crate) exact: bool,
}

type Completions = Vec<(Vec<usize>, Run)>;

/// Looks for the value of open results over the unknown facts.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pack: &'a Pack,
    facts: &'a Facts,
    calendar: Option<&'a Calendar>,
    machine: &'a Machine,
    work: Work,
    pub(crate) run: Run,
    instructions: OnceCell<Vec<Instruction<'a>>>,
    domains: LiteMap<FactId, Option<Vec<Value>>>,
    completions: LiteMap<Vec<FactId>, Completions>,
}

impl<'a> Search<'a> {
    /// A search whose runs are computed by the machine of the pack.
    pub(crate) fn new(
        machine: &'a Machine,
        pack: &'a Pack,
        facts: &'a Facts,
        calendar: Option<&'a Calendar>,
    ) -> Search<'a> {
        let mut work = Work::default();
        Search {
            pack,
            facts,
            calendar,
            machine,
            run: machine.run(pack, facts, calendar, &mut work),
            work,
            instructions: OnceCell::new(),
            domains: LiteMap::new(),
            completions: LiteMap::new(),
        }
    }

    fn instructions(&self) -> &[Instruction<'a>] {
        self.instructions.get_or_init(|| self.pack.program.instructions())
    }

    /// The result of one literal.
    pub(crate) fn finding(&mut self, lit: Lit) -> Finding {
        if let Some(value) = self.run.get(lit) {
            return Finding { value: Some(value), missing: Vec::new(), exact: true, cannot_compute: None };
        }
        let probe = Probe::of(Derived::Condition(lit));
        let searched = self.observe(&probe);
        let value = searched.common.lits.first().copied().flatten();
        let stuck = value.is_none() && searched.missing.is_empty();
        let cannot_compute = stuck.then(|| self.cause(&probe));
        Finding { value, missing: searched.missing, exact: searched.exact, cannot_compute }
    }

    /// The one number of a probe.
    pub(crate) fn quantity(&mut self, probe: &Probe) -> Quantity {
        let searched = self.observe(probe);
        match searched.common.numbers.first() {
            Some(Number::Known(number)) => Quantity::Known(*number),
            Some(Number::Unknown) if !searched.missing.is_empty() => {
                Quantity::Open { missing: searched.missing, exact: searched.exact }
            }
            Some(Number::CannotCompute(cause)) => Quantity::CannotCompute(*cause),
            Some(Number::Unknown) | None => Quantity::CannotCompute(self.cause(probe)),
        }
    }

    /// Observes `probe` now, or over the completions where a part of it is open.
    pub(crate) fn observe(&mut self, probe: &Probe) -> Searched {
        let now = observe(&self.run, probe);
        if !now.is_open() {
            return Searched { common: now, missing: Vec::new(), exact: true };
        }
        let support = self.support(probe);
        let Some(sizes) = self.sizes(&support) else {
            return Searched { common: now, missing: support, exact: false };
        };
        let completions = self.complete(&support, &sizes);
        let seen: Vec<(&Vec<usize>, Observation)> =
            completions.iter().map(|(choice, run)| (choice, observe(run, probe))).collect();
        let mut common = now;
        if let Some((_, first)) = seen.first() {
            common = first.clone();
            seen.iter().for_each(|(_, other)| common.meet(other));
        }
        let missing =
            support.iter().enumerate().filter(|(place, _)| matters(&seen, *place)).map(|(_, fact)| *fact).collect();
        Searched { common, missing, exact: true }
    }

    /// Why an open probe that no fact would settle cannot be computed.
    fn cause(&self, probe: &Probe) -> Cause {
        let walk = self.walk(probe);
        walk.cause.or_else(|| self.cause_in_rows(&walk)).unwrap_or(Cause::Overflow)
    }

    fn cause_in_rows(&self, walk: &Walk<'_>) -> Option<Cause> {
        let all = || walk.rows.iter().filter_map(|place| self.rows(*place));
        let compute =
            Compute { program: &self.pack.program, run: &self.run, facts: self.facts, calendar: self.calendar };
        all().find_map(|rows| compute.cause(rows)).or_else(|| {
            let mut reads_calendar = false;
            all().for_each(|rows| each_around(rows, &mut |read| reads_calendar |= matches!(read, Read::Calendar)));
            reads_calendar.then_some(Cause::Calendar)
        })
    }

    fn rows(&self, place: u16) -> Option<&'a Rows> {
        self.pack.program.rows.get(usize::from(place)).filter(|_| ROWS)
    }

    /// The unknown facts that the open parts of `probe` read, tables with open cells among them.
    pub(crate) fn support(&self, probe: &Probe) -> Vec<FactId> {
        let mut walk = self.walk(probe);
        let computations = core::mem::take(&mut walk.rows);
        let of = |fact: FactId| {
            computations.iter().filter_map(|place| self.rows(*place)).filter(move |rows| rows.table == fact)
        };
        let is_open = |fact: &FactId| {
            let slot = self.facts.get(*fact);
            slot.value().is_none() || of(*fact).any(|rows| is_open(rows, slot, |_| true))
        };
        walk.facts.into_iter().filter(is_open).collect()
    }

    fn walk(&self, probe: &Probe) -> Walk<'_> {
        let mut walk = Walk::new(self.pack, self.instructions(), Some(&self.run));
        probe.lits.iter().for_each(|lit| walk.see(Part::Lit(*lit)));
        probe.values.iter().for_each(|value| walk.see(Part::Value(*value)));
        probe.differences.iter().for_each(|(of, less)| {
            walk.see(Part::Value(*of));
            walk.see(Part::Value(*less));
        });
        walk
    }

    /// The sizes of the facts' domains, if there are no more completions than the bound.
    fn sizes(&mut self, support: &[FactId]) -> Option<Vec<usize>> {
        let mut total = 1_usize;
        let mut sizes = Vec::with_capacity(support.len());
        for fact in support {
            let size = self.domain(*fact)?;
            total = total.checked_mul(size)?;
            if total > SEARCH_BOUND {
                return None;
            }
            sizes.push(size);
        }
        Some(sizes)
    }

    fn domain(&mut self, fact: FactId) -> Option<usize> {
        let pack = self.pack;
        self.domains.entry(fact).or_insert_with(|| domain(pack, fact)).as_ref().map(Vec::len)
    }

    fn complete(&mut self, support: &[FactId], sizes: &[usize]) -> &Completions {
        let (pack, facts, calendar, domains) = (self.pack, self.facts, self.calendar, &self.domains);
        let (machine, work) = (self.machine, &mut self.work);
        self.completions.entry(support.to_vec()).or_insert_with(|| {
            choices(sizes)
                .into_iter()
                .map(|choice| {
                    let mut completed = facts.clone();
                    for (fact, place) in support.iter().zip(&choice) {
                        let domain = domains.get(fact).and_then(Option::as_ref);
                        if let Some(value) = domain.and_then(|domain| domain.get(*place)) {
                            completed.set(*fact, Slot::Known(value.clone()));
                        }
                    }
                    let run = machine.run(pack, &completed, calendar, work);
                    (choice, run)
                })
                .collect()
        })
    }
}

impl Observation {
    pub(crate) fn is_open(&self) -> bool {
        self.lits.iter().any(Option::is_none) || self.numbers.contains(&Number::Unknown)
    }

    fn meet(&mut self, other: &Observation) {
        for (mine, theirs) in self.lits.iter_mut().zip(&other.lits) {
            if mine != theirs {
                *mine = None;
            }
        }
        for (mine, theirs) in self.numbers.iter_mut().zip(&other.numbers) {
            if mine != theirs {
                *mine = Number::Unknown;
            }
        }
    }
}

pub(crate) fn observe(run: &Run, probe: &Probe) -> Observation {
    let values = probe.values.iter().map(|value| run.number(*value));
    let differences = probe.differences.iter().map(|(of, less)| difference(run.number(*of), run.number(*less)));
    Observation {
        lits: probe.lits.iter().map(|lit| run.get(*lit)).collect(),
        numbers: values.chain(differences).collect(),
    }
}

fn difference(of: Number, less: Number) -> Number {
    match of.both(less) {
        Ok((of, less)) => Number::checked(of.checked_sub(less)),
        Err(number) => number,
    }
}

/// Whether two completions that differ at `place` alone were observed to differ.
fn matters(seen: &[(&Vec<usize>, Observation)], place: usize) -> bool {
    let mut groups: LiteMap<Vec<usize>, &Observation> = LiteMap::new();
    seen.iter().any(|(choice, observation)| {
        let mut others = (*choice).clone();
        if let Some(own) = others.get_mut(place) {
            *own = 0;
        }
        *groups.entry(others).or_insert(observation) != observation
    })
}

fn choices(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(alloc::vec![Vec::new()], |so_far, size| {
        so_far
            .iter()
            .flat_map(|choice| {
                (0..*size).map(move |place| {
                    let mut longer = choice.clone();
                    longer.push(place);
                    longer
                })
            })
            .collect()
    })
}

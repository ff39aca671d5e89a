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

use litemap::LiteMap;

use crate::run::{Compute, Read, Scope, each_read, fact_of, is_open, operands};
use crate::sorted::SortedSet;
use crate::{
    Atom, Calendar, Cause, FactId, Facts, Formula, Instruction, Lit, Number, Operand, Pack, Rows, Run, Slot, Value,
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
    pub(crate) run: Run,
    instructions: Vec<Instruction<'a>>,
    domains: LiteMap<FactId, Option<Vec<Value>>>,
    completions: LiteMap<Vec<FactId>, Completions>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(pack: &'a Pack, facts: &'a Facts, calendar: Option<&'a Calendar>) -> Search<'a> {
        Search {
            pack,
            facts,
            calendar,
            run: Run::new(pack, facts, calendar),
            instructions: pack.program.instructions(),
            domains: LiteMap::new(),
            completions: LiteMap::new(),
        }
    }

    /// The result of one literal.
    pub(crate) fn finding(&mut self, lit: Lit) -> Finding {
        if let Some(value) = self.run.get(lit) {
            return Finding { value: Some(value), missing: Vec::new(), exact: true, cannot_compute: None };
        }
        let probe = Probe { lits: alloc::vec![lit], ..Probe::default() };
        let searched = self.observe(&probe);
        let value = searched.common.lits.first().copied().flatten();
        let stuck = value.is_none() && searched.missing.is_empty();
        let cannot_compute = stuck.then(|| self.cause(&probe));
        Finding { value, missing: searched.missing, exact: searched.exact, cannot_compute }
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
    pub(crate) fn cause(&self, probe: &Probe) -> Cause {
        self.walk(probe).cause.unwrap_or(Cause::Overflow)
    }

    fn cause_in(&self, rows: &Rows) -> Option<Cause> {
        let (program, facts) = (&self.pack.program, &Scope::of(self.facts));
        Compute { program, run: &self.run, facts, calendar: self.calendar }.cause(rows)
    }

    /// The unknown facts that the open parts of `probe` read.
    pub(crate) fn support(&self, probe: &Probe) -> Vec<FactId> {
        self.walk(probe).facts.into_iter().collect()
    }

    fn walk(&self, probe: &Probe) -> Walk<'_, 'a> {
        let mut walk = Walk {
            search: self,
            nodes: SortedSet::new(),
            values: SortedSet::new(),
            facts: SortedSet::new(),
            cause: None,
        };
        probe.lits.iter().for_each(|lit| walk.lit(*lit));
        probe.values.iter().for_each(|value| walk.value(*value));
        probe.differences.iter().for_each(|(of, less)| {
            walk.value(*of);
            walk.value(*less);
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
                    let run = Run::new(pack, &completed, calendar);
                    (choice, run)
                })
                .collect()
        })
    }
}

impl Observation {
    fn is_open(&self) -> bool {
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

fn observe(run: &Run, probe: &Probe) -> Observation {
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

struct Walk<'s, 'a> {
    search: &'s Search<'a>,
    nodes: SortedSet<usize>,
    values: SortedSet<u16>,
    facts: SortedSet<FactId>,
    /// Why a number on the way cannot be computed: the first one met.
    cause: Option<Cause>,
}

impl Walk<'_, '_> {
    fn lit(&mut self, lit: Lit) {
        if self.search.run.get(lit).is_some() || !self.nodes.insert(lit.node()) {
            return;
        }
        match self.search.instructions.get(lit.node()) {
            None | Some(Instruction::True) => {}
            Some(Instruction::Atom(atom)) => match atom {
                Atom::Holds(fact)
                | Atom::Is(fact, _)
                | Atom::Has(fact, _)
                | Atom::TextIs(fact, _)
                | Atom::Text(fact, _) => self.fact(*fact),
                Atom::Workday(date) => {
                    self.operand(date);
                    // A known day that is not settled is open all the same.
                    self.cause = self.cause.or(Some(Cause::Calendar));
                }
                Atom::Compare(left, _, right) => {
                    self.operand(left);
                    self.operand(right);
                }
                Atom::Rows(rows) => self.rows(*rows),
                Atom::Outer(_) => {}
            },
            Some(Instruction::Gate(gate)) => gate.iter().for_each(|lit| self.lit(*lit)),
            Some(Instruction::Threshold(threshold)) => threshold.of.iter().for_each(|lit| self.lit(*lit)),
        }
    }

    fn value(&mut self, value: u16) {
        match self.search.run.number(value) {
            Number::Known(_) => return,
            Number::CannotCompute(cause) => {
                self.cause = self.cause.or(Some(cause));
                return;
            }
            Number::Unknown if !self.values.insert(value) => return,
            Number::Unknown => {}
        }
        let Some(formula) = self.search.pack.program.values.get(usize::from(value)) else { return };
        if let Some([a, b]) = operands(formula) {
            self.operand(a);
            self.operand(b);
        }
        match formula {
            Formula::TextPart(fact, _) | Formula::TextPlace(fact, _) => self.fact(*fact),
            Formula::FromTable(table, output, _) => self.table(*table, *output),
            Formula::Rows(rows) => self.rows(*rows),
            Formula::Min(of) | Formula::Max(of) => of.iter().for_each(|operand| self.operand(operand)),
            Formula::SumIf(of) | Formula::MaxIf(of) => of.iter().for_each(|(lit, operand)| {
                self.lit(*lit);
                if self.search.run.get(*lit) != Some(false) {
                    self.operand(operand);
                }
            }),
            Formula::Choose(lit, then, otherwise) => {
                self.lit(*lit);
                let chosen = self.search.run.get(*lit);
                if chosen != Some(false) {
                    self.operand(then);
                }
                if chosen != Some(true) {
                    self.operand(otherwise);
                }
            }
            // The others have two operands.
            _ => {}
        }
    }

    /// A computation over rows: the table if it or a cell is open, and what the rows read around.
    fn rows(&mut self, place: u16) {
        let search = self.search;
        let Some(rows) = search.pack.program.rows.get(usize::from(place)) else { return };
        if is_open(rows, search.facts.get(rows.table), |_| true) {
            self.facts.insert(rows.table);
        }
        let mut reads_calendar = false;
        each_read(&rows.program, &mut |read| match read {
            Read::Fact(fact) => {
                let around = fact.index().checked_sub(rows.columns.into());
                around.into_iter().for_each(|fact| self.fact(FactId::new(fact)));
            }
            Read::Lit(lit) => self.lit(lit),
            Read::Value(value) => self.value(value),
            Read::Calendar => reads_calendar = true,
        });
        if self.cause.is_none() {
            self.cause = search.cause_in(rows).or_else(|| reads_calendar.then_some(Cause::Calendar));
        }
    }

    fn operand(&mut self, operand: &Operand) {
        if let Some(fact) = fact_of(operand) {
            self.fact(fact);
        }
        if let Operand::Value(value) = operand {
            self.value(*value);
        }
    }

    fn fact(&mut self, fact: FactId) {
        if self.search.facts.get(fact).value().is_none() {
            self.facts.insert(fact);
        }
    }
}

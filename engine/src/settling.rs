//! The questions that settle an open result, whatever is answered to them.

use alloc::vec::Vec;

use crate::decide::{is_unsure, prepare};
use crate::search::{Observation, Probe, Search, domain, observe};
use crate::{CHANGE_BOUND, Calendar, Date, Derived, FactId, Facts, Machine, Pack, Run, Slot, Value};

/// The shortest list of questions that settles a result, whatever is answered to them.
///
/// There is one such list: a fact belongs to it if, and only if, two completions that differ in
/// this fact alone give different results. If it were left out, these two would stay apart; and
/// where no fact outside the list tells two neighbouring completions apart, none of them does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settling {
    /// The facts to be asked, in pack order; none where the result is settled.
    pub facts: Vec<FactId>,
    /// Every one of them is needed; `false` where that could not be shown within
    /// [`CHANGE_BOUND`], or a fact has values that cannot be listed.
    pub exact: bool,
    /// Their answers do settle the result; `false` where something else is needed that nobody is
    /// asked for, or that the citizen cannot say. A number that cannot be computed stays so.
    pub settles: bool,
}

/// What must be asked until a condition or a number of `pack` is settled.
#[must_use]
pub fn settling_set(pack: &Pack, calendar: &Calendar, facts: &Facts, on: Date, derived: Derived) -> Settling {
    let (facts, _) = prepare(pack, facts, on);
    let probe = Probe::of(derived);
    let machine = Machine::new(pack);
    let searched = Search::new(&machine, pack, &facts, Some(calendar)).observe(&probe);
    let (mut needed, mut exact) = (searched.missing, true);
    if !searched.exact {
        let open = needed.iter().map(|fact| (*fact, domain(pack, *fact))).collect();
        let mut trial = Trial { pack, calendar, probe, facts: facts.clone(), open, left: CHANGE_BOUND };
        needed.retain(|fact| {
            let matters = trial.matters(*fact, 0);
            exact &= matters.is_some();
            matters != Some(false)
        });
    }
    let is_asked = |fact: &FactId| {
        let declared = pack.facts.get(fact.index());
        !is_unsure(pack, &facts, *fact) && declared.is_some_and(|fact| fact.is_asked())
    };
    let count = needed.len();
    needed.retain(is_asked);
    Settling { settles: needed.len() == count, facts: needed, exact }
}

struct Trial<'a> {
    pack: &'a Pack,
    calendar: &'a Calendar,
    probe: Probe,
    facts: Facts,
    /// The unknown facts with their values, unless these cannot be listed.
    open: Vec<(FactId, Option<Vec<Value>>)>,
    /// How often the pack may still be computed.
    left: usize,
}

impl Trial<'_> {
    /// Whether the value of a fact matters in some completion of the others, which have values up to
    /// `place`; `None` if that was not found out.
    fn matters(&mut self, fact: FactId, place: usize) -> Option<bool> {
        if !self.observe()?.is_open() {
            return Some(false);
        }
        let Some((next, values)) = self.open.get(place).cloned() else { return self.differs(fact) };
        if next == fact {
            return self.matters(fact, place + 1);
        }
        // What cannot be listed stays unknown.
        let Some(values) = values else { return self.matters(fact, place + 1).filter(|matters| *matters) };
        let mut found = Some(false);
        for value in values {
            self.facts.set(next, Slot::Known(value));
            match self.matters(fact, place + 1) {
                Some(false) => {}
                other => found = other,
            }
            if found == Some(true) {
                break;
            }
        }
        self.facts.set(next, Slot::Unknown);
        found
    }

    /// Whether two values of a fact give different results.
    fn differs(&mut self, fact: FactId) -> Option<bool> {
        let (_, values) = self.open.iter().find(|(open, _)| *open == fact).cloned()?;
        let has_unlisted = self.open.iter().any(|(_, values)| values.is_none());
        let mut seen: Option<Observation> = None;
        let mut found = Some(false);
        for value in values? {
            self.facts.set(fact, Slot::Known(value));
            let now = self.observe();
            found = match (&seen, &now) {
                (_, None) => None,
                (Some(before), Some(now)) if before != now => {
                    (!has_unlisted || !before.is_open() && !now.is_open()).then_some(true)
                }
                _ => Some(false),
            };
            if found != Some(false) {
                break;
            }
            seen = now;
        }
        self.facts.set(fact, Slot::Unknown);
        found
    }

    fn observe(&mut self) -> Option<Observation> {
        self.left = self.left.checked_sub(1)?;
        Some(observe(&Run::new(self.pack, &self.facts, Some(self.calendar)), &self.probe))
    }
}

//! The smallest changes of answers that give a condition another value.
//!
//! A condition that does not hold rests on a few answers ([`grounds`](crate::reasons)), and as long
//! as none of these changes, nothing that is answered elsewhere changes it. So every set of changes
//! that helps has a member among them: one after the other is tried, then what it takes in addition,
//! and so on, the smaller sets before the larger ones. No set that helps is passed over in this way.

use alloc::vec::Vec;

use litemap::LiteMap;

use crate::decide::prepare;
use crate::parts::{Part, Walk};
use crate::reasons::grounds;
use crate::search::{Probe, Search, domain};
use crate::sorted::SortedSet;
use crate::{
    Calendar, Date, Derived, Fact, FactId, FactKind, FactRole, Facts, Instruction, Lit, Machine, Pack, Run,
    SEARCH_BOUND, Slot, Value,
};

/// How often a pack is computed at most while changes, or questions that settle a result, are
/// looked for.
pub const CHANGE_BOUND: usize = 4096;

/// Sets of changes that give a condition the value that is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Facts with their new values, each set in the order of the pack. All sets have the same size,
    /// in which every option that is added to or taken from a set of options counts. Of numbers or
    /// dates that stand side by side and all do, only the first and the last are given.
    pub sets: Vec<Vec<(FactId, Value)>>,
    /// Nothing smaller does, and no set of this size is left out; `false` where the search was cut
    /// by its bound or came to a fact whose values cannot be listed. If nothing had been found by
    /// then, there is one set at most, which was put together step by step; no part of it can be
    /// spared.
    pub exact: bool,
}

/// What can be changed by itself: a fact, or one option of a fact that is a set of them.
type Element = (FactId, Option<u16>);

/// The condition that is explained and the value that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The condition.
    pub lit: Lit,
    /// Its value.
    pub wanted: bool,
}

/// The smallest changes of answers with which a goal is certainly reached; none where it is reached
/// already, or where no answers do. The pack is computed about `bound` times at most, twice as often
/// if that finds nothing.
///
/// Answers that are there may change and those that are missing may be given, the states of
/// materials among them, as far as somebody is asked for them: a fact that is never asked stays as
/// it is, and so does one that is only assumed, such as the date of acceptance while it is not
/// answered. A value is one that is offered; a material that is missing or defective can be provided,
/// and nothing else.
#[must_use]
pub fn smallest_changes(
    pack: &Pack,
    calendar: &Calendar,
    facts: &Facts,
    on: Date,
    goal: Goal,
    bound: usize,
) -> Changes {
    let (facts, assumed) = prepare(pack, facts, on);
    let mut explorer = Explorer {
        pack,
        calendar,
        machine: &Machine::new(pack),
        instructions: &pack.program.instructions(),
        facts,
        assumed,
        lit: goal.lit,
        wanted: goal.wanted,
        left: bound,
        domains: LiteMap::new(),
        next: SortedSet::new(),
        is_crowded: false,
        found: Vec::new(),
        exact: true,
    };
    explorer.level_by_level();
    if explorer.found.is_empty() && !explorer.exact {
        explorer.left = bound;
        explorer.step_by_step();
    }
    let mut sets = explorer.at_the_edges();
    sets.retain(|set| !set.is_empty());
    Changes { sets, exact: explorer.exact }
}

struct Explorer<'a> {
    pack: &'a Pack,
    calendar: &'a Calendar,
    machine: &'a Machine,
    instructions: &'a [Instruction<'a>],
    /// As they are.
    facts: Facts,
    assumed: Vec<FactId>,
    lit: Lit,
    wanted: bool,
    /// How often the pack may still be computed.
    left: usize,
    domains: LiteMap<FactId, Option<Vec<Value>>>,
    /// The sets that are one larger, of which some may help.
    next: SortedSet<Vec<Element>>,
    /// There were more of them than the pack may still be computed.
    is_crowded: bool,
    found: Vec<Vec<(FactId, Value)>>,
    exact: bool,
}

impl Explorer<'_> {
    /// Tries all sets that may do, the smaller ones first.
    fn level_by_level(&mut self) {
        let mut sets: Vec<Vec<Element>> = alloc::vec![Vec::new()];
        while !sets.is_empty() && self.found.is_empty() {
            sets.iter().for_each(|set| self.explore(set));
            self.exact &= !self.is_crowded || !self.found.is_empty();
            sets = core::mem::take(&mut self.next).into_iter().collect();
        }
    }

    /// Adds one change after the other until it does, then leaves out what can be spared. What
    /// comes last in the pack goes first: a paper rather than the business.
    fn step_by_step(&mut self) {
        let mut set: Vec<Element> = Vec::new();
        loop {
            self.next = SortedSet::new();
            self.explore(&set);
            let longer = self.next.iter().max_by_key(|longer| longer.iter().find(|element| !set.contains(element)));
            match longer {
                Some(longer) if self.found.is_empty() => set = longer.clone(),
                _ => break,
            }
        }
        let mut place = 0;
        while place < set.len() && !self.found.is_empty() {
            let mut shorter = set.clone();
            shorter.remove(place);
            let before = core::mem::take(&mut self.found);
            self.explore(&shorter);
            if self.found.is_empty() {
                self.found = before;
                place += 1;
            } else {
                set = shorter;
            }
        }
    }

    /// Tries all values of a set of elements.
    fn explore(&mut self, set: &[Element]) {
        let mut facts = self.facts.clone();
        let mut open = Vec::new();
        for (fact, option) in set {
            match option {
                Some(option) => {
                    let bit = 1_u64.checked_shl(u32::from(*option)).unwrap_or(0);
                    facts.set(*fact, Slot::Known(Value::Choices(chosen(&facts, *fact) ^ bit)));
                }
                None => {
                    facts.set(*fact, Slot::Unknown);
                    open.push(*fact);
                }
            }
        }
        self.assign(set, &mut facts, &open);
    }

    /// Gives the open facts every value other than their own, unless that is in vain.
    fn assign(&mut self, set: &[Element], facts: &mut Facts, open: &[FactId]) {
        let Some(left) = self.left.checked_sub(1) else {
            self.exact = false;
            return;
        };
        self.left = left;
        let run = Run::new(self.pack, facts, Some(self.calendar));
        if run.get(self.lit) == Some(!self.wanted) {
            return self.extend(set, facts, &run, self.lit);
        }
        let Some((fact, open)) = open.split_first() else { return self.check(set, facts, &run) };
        let Some(values) = self.domain(*fact) else {
            self.exact = false;
            return;
        };
        for value in values {
            if self.is_change(*fact, &value) {
                facts.set(*fact, Slot::Known(value));
                self.assign(set, facts, open);
            }
        }
        facts.set(*fact, Slot::Unknown);
    }

    /// Takes the changes that were made if they do and can be answered.
    fn check(&mut self, set: &[Element], facts: &Facts, run: &Run) {
        if run.get(self.lit).is_none() {
            let mut search = Search::new(self.machine, self.pack, facts, Some(self.calendar));
            let support = search.support(&Probe::of(Derived::Condition(self.lit)));
            let mut left = SEARCH_BOUND;
            if let Some(run) = self.refute(&mut facts.clone(), &support, &mut left) {
                return self.extend(set, facts, &run, self.lit);
            }
            if !search.finding(self.lit).is(self.wanted) {
                return self.extend_by(set, facts, &mut [self.lit].into_iter());
            }
        }
        let mut changed: Vec<(FactId, Value)> = Vec::new();
        for (fact, _) in set {
            if let Some(value) =
                facts.get(*fact).value().filter(|_| changed.last().is_none_or(|(last, _)| last != fact))
            {
                if let Some(unmet) = self.unmet(*fact, value, run) {
                    return self.extend(set, facts, run, unmet);
                }
                if *value == Value::Choices(0) {
                    return self.extend_by_options(set, *fact);
                }
                changed.push((*fact, value.clone()));
            }
        }
        self.found.push(changed);
    }

    /// A completion in which the open goal is missed.
    fn refute(&mut self, facts: &mut Facts, open: &[FactId], left: &mut usize) -> Option<Run> {
        *left = left.checked_sub(1)?;
        self.left = self.left.saturating_sub(1);
        let run = Run::new(self.pack, facts, Some(self.calendar));
        if let Some(value) = run.get(self.lit) {
            return (value != self.wanted).then_some(run);
        }
        let (fact, open) = open.split_first()?;
        let Some(values) = self.domain(*fact) else { return self.refute(facts, open, left) };
        for value in values {
            facts.set(*fact, Slot::Known(value));
            let found = self.refute(facts, open, left);
            if found.is_some() {
                return found;
            }
        }
        facts.set(*fact, Slot::Unknown);
        None
    }

    /// The condition without which nobody is asked for the fact, or offered the value.
    fn unmet(&self, fact: FactId, value: &Value, run: &Run) -> Option<Lit> {
        let declared = self.pack.facts.get(fact.index())?;
        let before = chosen(&self.facts, fact);
        let mut conditions = alloc::vec![declared.ask_if];
        if let FactKind::Choice(options) | FactKind::Choices(options) = &declared.kind {
            let is_new = |place: usize| match value {
                Value::Choice(option) => usize::from(*option) == place,
                Value::Choices(set) => u32::try_from(place).is_ok_and(|bit| (set & !before) >> bit.min(63) & 1 == 1),
                _ => false,
            };
            conditions.extend(
                options.iter().enumerate().filter(|(place, _)| is_new(*place)).map(|(_, option)| option.offered),
            );
        }
        conditions.into_iter().find(|condition| run.get(*condition) == Some(false))
    }

    /// Notes the larger sets in which something changes of that on which `lit` rests.
    fn extend(&mut self, set: &[Element], facts: &Facts, run: &Run, lit: Lit) {
        let grounds = grounds(self.pack, self.instructions, run, lit);
        if grounds.len() == 0 {
            // It cannot be computed, so that it rests on nothing in particular.
            return self.extend_by(set, facts, &mut [lit].into_iter());
        }
        self.extend_by(set, facts, &mut grounds.into_iter());
    }

    /// Notes the larger sets in which something changes that some of `lits` read.
    fn extend_by(&mut self, set: &[Element], facts: &Facts, lits: &mut dyn Iterator<Item = Lit>) {
        let mut walk = Walk::new(self.pack, self.instructions, None);
        lits.for_each(|lit| walk.see(Part::Lit(lit)));
        for fact in walk.facts.iter() {
            match self.pack.facts.get(fact.index()).map(|fact| &fact.kind) {
                _ if !self.is_asked(*fact) => {}
                Some(FactKind::Choices(_)) if facts.get(*fact).value().is_some() => {
                    let options = walk.options.iter().filter(|(of, _)| of == fact);
                    options.for_each(|(_, option)| self.note(set, (*fact, Some(*option))));
                }
                // An answer that leaves something out chooses something else.
                Some(FactKind::Choices(_)) => self.extend_by_options(set, *fact),
                _ => self.note(set, (*fact, None)),
            }
        }
    }

    fn extend_by_options(&mut self, set: &[Element], fact: FactId) {
        if let Some(FactKind::Choices(options)) = self.pack.facts.get(fact.index()).map(|fact| &fact.kind) {
            let options = (0..options.len()).filter_map(|option| u16::try_from(option).ok());
            options.for_each(|option| self.note(set, (fact, Some(option))));
        }
    }

    fn note(&mut self, set: &[Element], element: Element) {
        if let Err(place) = set.binary_search(&element) {
            if self.next.len() >= self.left {
                self.is_crowded = true;
                return;
            }
            let mut longer = set.to_vec();
            longer.insert(place, element);
            self.next.insert(longer);
        }
    }

    fn is_asked(&self, fact: FactId) -> bool {
        let is_answered = || self.facts.get(fact).value().is_some();
        let asked = |role| !matches!(role, FactRole::AcceptedOn | FactRole::RequestDate) || is_answered();
        !self.assumed.contains(&fact)
            && self.pack.facts.get(fact.index()).is_some_and(|fact| fact.is_asked() && asked(fact.role))
    }

    /// Whether a value is another one, and one that somebody could want: a paper that is lacking or
    /// faulty can be provided and nothing else.
    fn is_change(&self, fact: FactId, value: &Value) -> bool {
        let is_state = |fact: &Fact| matches!(fact.role, FactRole::MaterialState(_));
        match self.facts.get(fact).value() {
            Some(Value::Choice(1 | 2)) if self.pack.facts.get(fact.index()).is_some_and(is_state) => {
                *value == Value::Choice(0)
            }
            before => before != Some(value),
        }
    }

    fn domain(&mut self, fact: FactId) -> Option<Vec<Value>> {
        let pack = self.pack;
        self.domains.entry(fact).or_insert_with(|| domain(pack, fact)).clone()
    }

    /// What was found, without the numbers and dates both of whose neighbours do as well.
    fn at_the_edges(&self) -> Vec<Vec<(FactId, Value)>> {
        let found = &self.found;
        let edges: Vec<_> = found.iter().filter(|set| !(0..set.len()).any(|at| self.is_inside(set, at))).collect();
        if edges.is_empty() { found.clone() } else { edges.into_iter().cloned().collect() }
    }

    fn is_inside(&self, set: &[(FactId, Value)], at: usize) -> bool {
        let Some((fact, value @ (Value::Number(_) | Value::Date(_)))) = set.get(at) else { return false };
        let Some(values) = self.domains.get(fact).and_then(Option::as_ref) else { return false };
        let does = |neighbour: &Value| {
            let mut other = set.to_vec();
            if let Some((_, value)) = other.get_mut(at) {
                *value = neighbour.clone();
            }
            self.found.contains(&other)
        };
        let place = values.iter().position(|other| other == value);
        let (below, above) = (place.and_then(|place| place.checked_sub(1)), place.map(|place| place + 1));
        [below, above].into_iter().flatten().filter_map(|place| values.get(place)).all(does)
    }
}

/// The options of a set that are chosen.
fn chosen(facts: &Facts, fact: FactId) -> u64 {
    match facts.get(fact).value() {
        Some(Value::Choices(set)) => *set,
        _ => 0,
    }
}

//! A program made ready: what is worth finding out once for many evaluations.
//!
//! It computes what [`Run::new`] computes, which stays the simple form and its oracle. What reads
//! one fact alone is computed fact by fact, so that a fact is looked at once; the rest keeps the
//! order of the program. Values stand in an array as long as 16 bits count, which needs no check
//! of bounds.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::prepared::{Case, Prepared, State};
use crate::run::{Compute, Computed, FALSE, TRUE, UNKNOWN, of_threshold};
use crate::{
    Atom, Calendar, Comparison, FactId, Facts, Formula, Lit, Matched, Number, Operand, Pack, Program, Run, Stretch,
    Table, Threshold, Value,
};

/// The program of a pack made ready; it belongs to that pack alone.
///
/// It is made when it is first run, so that a pack is loaded without waiting for it.
#[derive(Clone, Debug, Default)]
pub struct Machine(Made<Ready>);

/// Nothing is in it but what follows from the pack.
impl PartialEq for Machine {
    fn eq(&self, _: &Machine) -> bool {
        true
    }
}

impl Eq for Machine {}

/// Something that is made once, by whoever needs it first.
#[cfg(feature = "fast")]
type Made<T> = std::sync::OnceLock<T>;

/// Something that is made at once: without `std` nothing says who is first.
#[cfg(not(feature = "fast"))]
type Made<T> = T;

#[derive(Clone, Debug, Default)]
struct Ready {
    prepared: Option<Prepared>,
    /// Where the tests of each fact end among `tests`.
    ends: Vec<u32>,
    tests: Vec<Test>,
    steps: Vec<Step>,
    gate_nodes: Vec<u16>,
    slots: usize,
}

/// A predicate of one fact, and the node that it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Test {
    node: u16,
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Holds,
    Is(u16),
    Has(u16),
    Compare(Comparison, i128),
}

/// What is computed in the order of the program, by places in its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Values(u16),
    Tables(u16),
    /// A predicate that reads more than one fact, or a text.
    Atom {
        node: u16,
        atom: u16,
    },
    /// So many gates; their nodes stand among `gate_nodes`.
    Gates(u32),
    Thresholds {
        node: u16,
        count: u16,
    },
}

/// How many slots 16 bits count.
const SLOTS: usize = 1 << 16;

/// Where values are computed; one serves any number of evaluations.
#[derive(Debug)]
pub struct Work {
    state: State,
    slots: Box<[u8; SLOTS]>,
    values: Vec<Number>,
    tables: Vec<Matched>,
}

impl Default for Work {
    fn default() -> Work {
        let slots = alloc::vec![UNKNOWN; SLOTS].into_boxed_slice().try_into();
        Work {
            state: State::default(),
            slots: slots.unwrap_or_else(|_| Box::new([UNKNOWN; SLOTS])),
            values: Vec::new(),
            tables: Vec::new(),
        }
    }
}

impl Computed for Work {
    fn get(&self, lit: Lit) -> Option<bool> {
        match self.slot(lit) {
            TRUE => Some(true),
            FALSE => Some(false),
            _ => None,
        }
    }

    fn number(&self, value: u16) -> Number {
        self.values.get(usize::from(value)).copied().unwrap_or(Number::Unknown)
    }

    fn matched(&self, table: u16) -> Option<&Matched> {
        self.tables.get(usize::from(table))
    }
}

#[allow(clippy::indexing_slicing, reason = "16 bits count no more than there are slots")]
impl Work {
    fn slot(&self, lit: Lit) -> u8 {
        self.slots[lit.slot() & (SLOTS - 1)]
    }

    fn write(&mut self, node: u16, value: u8) {
        let slot = node << 1;
        self.slots[usize::from(slot)] = value;
        self.slots[usize::from(slot | 1)] = !value.rotate_left(4);
    }
}

impl Machine {
    /// The machine of a pack.
    #[must_use]
    #[cfg_attr(feature = "fast", expect(unused_variables, reason = "it is asked for when the machine is first run"))]
    pub fn new(pack: &Pack) -> Machine {
        #[cfg(feature = "fast")]
        return Machine::default();
        #[cfg(not(feature = "fast"))]
        return Machine(Ready::new(pack));
    }

    #[cfg_attr(not(feature = "fast"), expect(unused_variables, reason = "it is made by now"))]
    fn ready(&self, pack: &Pack) -> &Ready {
        #[cfg(feature = "fast")]
        return self.0.get_or_init(|| Ready::new(pack));
        #[cfg(not(feature = "fast"))]
        return &self.0;
    }

    /// Its prepared form, if the program has one.
    pub(crate) fn prepared(&self, pack: &Pack) -> Option<&Prepared> {
        self.ready(pack).prepared.as_ref()
    }

    /// Computes the program of its pack; see [`Run::new`].
    #[must_use]
    pub fn run(&self, pack: &Pack, facts: &Facts, calendar: Option<&Calendar>, work: &mut Work) -> Run {
        self.ready(pack).run(pack, facts, calendar, work)
    }
}

impl Ready {
    fn new(pack: &Pack) -> Ready {
        let program = &pack.program;
        if let Some(prepared) = Prepared::new(pack) {
            return Ready { prepared: Some(prepared), ..Ready::default() };
        }
        let slots = program.node_count().min(Lit::MAX_NODES) * 2;
        let mut machine = Ready { slots, ..Ready::default() };
        let mut tests = Vec::with_capacity(program.atoms.len());
        let (mut node, mut atom) = (1_u16, 0_u16);
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(count) => machine.steps.push(Step::Values(count)),
                Stretch::Tables(count) => machine.steps.push(Step::Tables(count)),
                Stretch::Atoms(count) => {
                    for _ in 0..count {
                        match program.atoms.get(usize::from(atom)).and_then(test) {
                            Some((fact, of)) => tests.push((fact, Test { node, of })),
                            None => machine.steps.push(Step::Atom { node, atom }),
                        }
                        (node, atom) = (node.wrapping_add(1), atom.wrapping_add(1));
                    }
                }
                Stretch::Gates(count) => {
                    machine.gates(node, count);
                    node = node.wrapping_add(count);
                }
                Stretch::Thresholds(count) => {
                    machine.steps.push(Step::Thresholds { node, count });
                    node = node.wrapping_add(count);
                }
            }
        }
        machine.by_fact(pack.facts.len(), &tests);
        machine
    }

    /// Gates between which only tests of facts stand are one step.
    fn gates(&mut self, node: u16, count: u16) {
        self.gate_nodes.extend((0..count).map(|place| node.wrapping_add(place)));
        match self.steps.last_mut() {
            Some(Step::Gates(before)) => *before += u32::from(count),
            _ => self.steps.push(Step::Gates(count.into())),
        }
    }

    /// Puts the tests of each fact side by side, by counting them.
    fn by_fact(&mut self, facts: usize, tests: &[(FactId, Test)]) {
        let mut places = alloc::vec![0_u32; facts];
        for (fact, _) in tests {
            if let Some(count) = places.get_mut(fact.index()) {
                *count += 1;
            }
        }
        let mut end = 0;
        for place in &mut places {
            (*place, end) = (end, end + *place);
        }
        self.tests = alloc::vec![Test { node: 0, of: Of::Holds }; tests.len()];
        for (fact, test) in tests {
            let Some(place) = places.get_mut(fact.index()) else { continue };
            if let Some(free) = usize::try_from(*place).ok().and_then(|place| self.tests.get_mut(place)) {
                *free = *test;
            }
            *place += 1;
        }
        // Each place was moved to the end of its tests.
        self.ends = places;
    }

    fn run(&self, pack: &Pack, facts: &Facts, calendar: Option<&Calendar>, work: &mut Work) -> Run {
        let program = &pack.program;
        if let Some(prepared) = &self.prepared {
            return prepared.run(Case { program, facts, calendar }, &mut work.state);
        }
        if let Some(slots) = work.slots.get_mut(..self.slots) {
            slots.fill(UNKNOWN);
        }
        work.write(0, TRUE);
        work.values = Vec::with_capacity(program.values.len());
        work.tables = Vec::with_capacity(program.tables.len());
        self.test(facts, work);
        self.steps(program, facts, calendar, work);
        let slots = work.slots.get(..self.slots).unwrap_or_default().iter().step_by(2).copied().collect();
        Run::from_parts(slots, None, core::mem::take(&mut work.values), core::mem::take(&mut work.tables))
    }

    /// What reads one fact alone; of an unknown fact everything stays unknown.
    fn test(&self, facts: &Facts, work: &mut Work) {
        let mut tests = self.tests.as_slice();
        let mut start = 0;
        for ((_, slot), end) in facts.iter().zip(&self.ends) {
            let count = usize::try_from(end - start).unwrap_or(0);
            let Some((own, rest)) = tests.split_at_checked(count) else { return };
            (tests, start) = (rest, *end);
            let Some(value) = slot.value() else { continue };
            for test in own {
                let holds = match (test.of, value) {
                    (Of::Holds, Value::Bool(value)) => *value,
                    (Of::Is(option), Value::Choice(chosen)) => *chosen == option,
                    (Of::Has(option), Value::Choices(set)) => set.checked_shr(option.into()).unwrap_or(0) & 1 == 1,
                    (Of::Compare(by, right), Value::Number(left)) => by.of(*left, right),
                    (Of::Compare(by, right), Value::Date(left)) => by.of(left.to_days().into(), right),
                    (Of::Compare(by, right), Value::Choice(left)) => by.of((*left).into(), right),
                    _ => continue,
                };
                work.write(test.node, if holds { TRUE } else { FALSE });
            }
        }
    }

    fn steps(&self, program: &Program, facts: &Facts, calendar: Option<&Calendar>, work: &mut Work) {
        let mut formulas: &[Formula] = &program.values;
        let mut gates: &[[Lit; 4]] = &program.gates;
        let mut gate_nodes: &[u16] = &self.gate_nodes;
        let mut thresholds: &[Threshold] = &program.thresholds;
        let mut tables: &[Table] = &program.tables;
        for step in &self.steps {
            match *step {
                Step::Values(count) => {
                    for formula in next(&mut formulas, count.into()) {
                        let number = Compute { run: &*work, program, facts, calendar }.formula(formula);
                        work.values.push(number);
                    }
                }
                Step::Tables(count) => {
                    for table in next(&mut tables, count.into()) {
                        let matched = Compute { run: &*work, program, facts, calendar }.table(table);
                        work.tables.push(matched);
                    }
                }
                Step::Atom { node, atom } => {
                    if let Some(atom) = program.atoms.get(usize::from(atom)) {
                        let known = Compute { run: &*work, program, facts, calendar }.atom(atom);
                        work.write(node, known.map_or(UNKNOWN, |known| if known { TRUE } else { FALSE }));
                    }
                }
                Step::Gates(count) => {
                    for (node, [a, b, c, d]) in next(&mut gate_nodes, count).iter().zip(next(&mut gates, count)) {
                        let value = work.slot(*a) & work.slot(*b) & work.slot(*c) & work.slot(*d);
                        work.write(*node, value);
                    }
                }
                Step::Thresholds { node, count } => {
                    for (place, threshold) in (node..).zip(next(&mut thresholds, count.into())) {
                        let value = of_threshold(threshold, |lit| work.slot(lit));
                        work.write(place, value);
                    }
                }
            }
        }
    }
}

/// Takes the next so many of a list.
fn next<'l, T>(list: &mut &'l [T], count: u32) -> &'l [T] {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let (taken, rest) = list.split_at(count.min(list.len()));
    *list = rest;
    taken
}

/// The fact that a predicate reads, if it reads that alone and compares it with what the pack says.
fn test(atom: &Atom) -> Option<(FactId, Of)> {
    match atom {
        Atom::Holds(fact) => Some((*fact, Of::Holds)),
        Atom::Is(fact, option) => Some((*fact, Of::Is(*option))),
        Atom::Has(fact, option) => Some((*fact, Of::Has(*option))),
        Atom::Compare(Operand::Fact(fact), by, Operand::Number(number)) => Some((*fact, Of::Compare(*by, *number))),
        Atom::Compare(Operand::Fact(fact), by, Operand::Date(date)) => {
            Some((*fact, Of::Compare(*by, date.to_days().into())))
        }
        Atom::Compare(..) | Atom::TextIs(..) | Atom::Text(..) | Atom::Workday(_) | Atom::Rows(_) | Atom::Outer(_) => {
            None
        }
    }
}

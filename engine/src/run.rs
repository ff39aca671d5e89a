//! Computing a program in three-valued logic.
//!
//! A literal is one byte: the low nibble says *certainly*, the high nibble *possibly*. True is
//! `0xFF`, false `0x00`, unknown `0xF0`, so AND is `&` and NOT is `!` with the nibbles swapped,
//! and three values cost what two cost.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::{Calendar, Facts, Lit, Matched, Number, Pack, Program, Stretch, Threshold};

mod compute;
mod rows;

pub(crate) use compute::{Answered, Compute, Computed, Known, fact_of, operands};
pub(crate) use rows::{Counted, Read, columns_read, each_around, is_open};

pub(crate) const TRUE: u8 = 0xFF;
pub(crate) const FALSE: u8 = 0x00;
pub(crate) const UNKNOWN: u8 = 0xF0;

/// The values of all conditions and numbers of a program over some facts.
///
/// It is the record from which results, reasons and missing facts are read.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// One byte a node: by the nodes' numbers, or by their places where there are `places`.
    slots: Vec<u8>,
    places: Option<Arc<[u16]>>,
    values: Vec<Number>,
    tables: Vec<Matched>,
}

impl PartialEq for Run {
    fn eq(&self, other: &Run) -> bool {
        self.node_count() == other.node_count()
            && (0..self.node_count()).all(|node| self.node(node) == other.node(node))
            && self.values == other.values
            && self.tables == other.tables
    }
}

impl Eq for Run {}

impl Computed for Run {
    fn get(&self, lit: Lit) -> Option<bool> {
        Run::get(self, lit)
    }

    fn number(&self, value: u16) -> Number {
        Run::number(self, value)
    }

    fn matched(&self, table: u16) -> Option<&Matched> {
        Run::matched(self, table)
    }
}

impl Run {
    /// Computes the program of `pack` over `facts`. Without a calendar no workdays can be counted.
    #[must_use]
    pub fn new(pack: &Pack, facts: &Facts, calendar: Option<&Calendar>) -> Run {
        Run::of(&pack.program, facts, calendar)
    }

    pub(crate) fn of(program: &Program, facts: &Facts, calendar: Option<&Calendar>) -> Run {
        let mut run = Run::empty(program);
        run.fill(program, facts, calendar);
        run
    }

    fn empty(program: &Program) -> Run {
        Run {
            slots: Vec::with_capacity(program.node_count()),
            places: None,
            values: Vec::with_capacity(program.values.len()),
            tables: Vec::with_capacity(program.tables.len()),
        }
    }

    /// Computes a program anew.
    fn fill(&mut self, program: &Program, facts: &impl Answered, calendar: Option<&Calendar>) {
        let run = self;
        run.slots.clear();
        run.values.clear();
        run.tables.clear();
        run.slots.push(TRUE);
        let mut formulas = program.values.iter();
        let mut atoms = program.atoms.iter();
        let mut gates = program.gates.iter();
        let mut thresholds = program.thresholds.iter();
        let mut tables = program.tables.iter();
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(n) => formulas.by_ref().take(n.into()).for_each(|formula| {
                    let number = Compute { program, run, facts, calendar }.formula(formula);
                    run.values.push(number);
                }),
                Stretch::Atoms(n) => atoms.by_ref().take(n.into()).for_each(|atom| {
                    let known = Compute { program, run, facts, calendar }.atom(atom);
                    run.slots.push(known.map_or(UNKNOWN, |known| if known { TRUE } else { FALSE }));
                }),
                Stretch::Gates(n) => {
                    gates.by_ref().take(n.into()).for_each(|gate| run.slots.push(run.gate(gate)));
                }
                Stretch::Thresholds(n) => thresholds
                    .by_ref()
                    .take(n.into())
                    .for_each(|threshold| run.slots.push(of_threshold(threshold, |lit| run.slot(lit)))),
                Stretch::Tables(n) => tables.by_ref().take(n.into()).for_each(|table| {
                    let matched = Compute { program, run, facts, calendar }.table(table);
                    run.tables.push(matched);
                }),
            }
        }
    }

    /// The value of a literal; `None` is unknown.
    #[must_use]
    pub fn get(&self, lit: Lit) -> Option<bool> {
        match self.slot(lit) {
            TRUE => Some(true),
            FALSE => Some(false),
            _ => None,
        }
    }

    /// Whether the literal certainly holds.
    #[must_use]
    pub fn holds(&self, lit: Lit) -> bool {
        self.slot(lit) == TRUE
    }

    /// The value at this place among [`Program::values`].
    #[must_use]
    pub fn number(&self, value: u16) -> Number {
        self.values.get(usize::from(value)).copied().unwrap_or(Number::Unknown)
    }

    /// The rows that match in the table at this place among [`Program::tables`].
    #[must_use]
    pub fn matched(&self, table: u16) -> Option<&Matched> {
        self.tables.get(usize::from(table))
    }

    fn node_count(&self) -> usize {
        self.places.as_ref().map_or(self.slots.len(), |places| places.len())
    }

    fn node(&self, node: usize) -> u8 {
        let place = match &self.places {
            Some(places) => places.get(node).copied().map(usize::from),
            None => Some(node),
        };
        place.and_then(|place| self.slots.get(place)).copied().unwrap_or(UNKNOWN)
    }

    fn slot(&self, lit: Lit) -> u8 {
        let value = self.node(lit.node());
        if lit.is_negated() { negated(value) } else { value }
    }

    fn gate(&self, gate: &[Lit; 4]) -> u8 {
        let [a, b, c, d] = *gate;
        self.slot(a) & self.slot(b) & self.slot(c) & self.slot(d)
    }

    /// A run that was computed elsewhere.
    pub(crate) fn from_parts(
        slots: Vec<u8>,
        places: Option<Arc<[u16]>>,
        values: Vec<Number>,
        tables: Vec<Matched>,
    ) -> Run {
        Run { slots, places, values, tables }
    }
}

/// NOT.
pub(crate) fn negated(value: u8) -> u8 {
    !value.rotate_left(4)
}

/// The value of a threshold over the slots of its literals.
pub(crate) fn of_threshold(threshold: &Threshold, slot: impl Fn(Lit) -> u8) -> u8 {
    let count = usize::from(threshold.count);
    let (mut certain, mut possible) = (0, 0);
    for lit in &threshold.of {
        let value = slot(*lit);
        certain += usize::from(value == TRUE);
        possible += usize::from(value != FALSE);
    }
    if certain >= count {
        TRUE
    } else if possible >= count {
        UNKNOWN
    } else {
        FALSE
    }
}

//! A program in the form in which it is computed fastest, derived from [`Program`](crate::Program).
//!
//! [`Run::new`](crate::Run::new) stays the simple form and the oracle: every node, number and table
//! has the same value in both. What differs is the order and where values stand:
//!
//! * Every node has a place, a negated literal the place 32,768 further on. So the operand of a gate
//!   is one number of 16 bits, and no bounds are checked.
//! * All predicates of a fact stand side by side, those of facts that are asked the same are computed
//!   together, over the facts.
//! * Gates that read such predicates in their order stand in that order too; so their operands and
//!   in turn what reads them are stretches of places, and many gates are one loop over bytes.
//! * Any other gate is one of a run of gates of the same size.
//! * Tables of at most 64 rows have a set of rows for every stretch of an input.
//!
//! What has no form here is computed by [`Compute`](crate::run::Compute), one instruction at a time.

mod atoms;
mod gates;
mod lanes;
mod plan;
mod rows;
mod single;

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::{FactId, Number};

pub(crate) use single::{Case, State};

/// Where negated literals begin.
pub(crate) const NEGATED: u16 = 1 << 15;

/// How many literals there are.
pub(crate) const LITS: usize = 1 << 16;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prepared {
    /// The place of each node.
    pub(crate) places: Arc<[u16]>,
    /// How many places are used.
    used: usize,
    /// The sizes of the program's lists.
    values: usize,
    tables: usize,
    steps: Vec<Step>,
    terms: Vec<Term>,
    indexes: Vec<rows::Index>,
    /// What steps refer to: literals and options, facts, bytes, bounds, numbers.
    lits: Vec<u16>,
    facts: Vec<u32>,
    bytes: Vec<u8>,
    bounds: Vec<i64>,
    numbers: Vec<Number>,
}

/// A part of one of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    count: u32,
}

impl Span {
    /// The members that were added to a list since it was so long.
    fn since<T>(list: &[T], start: usize) -> Span {
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Span { start: narrow(start), count: narrow(list.len() - start) }
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        list.get(start..start.saturating_add(count)).unwrap_or(&[])
    }
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Fact(FactId),
    Value(u16),
}

/// One step; its nodes take the places from `place` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// A number, a table, a predicate, as the program has it.
    Value(u16),
    Table(u16),
    Atom {
        place: u16,
        atom: u16,
    },
    /// For each option all facts: whether they are answered so.
    Class {
        place: u16,
        facts: Span,
        options: Span,
    },
    /// The options of one choice: bytes for each option that is named, for any other, for none.
    Slices {
        place: u16,
        fact: FactId,
        width: u16,
        named: u8,
        bytes: Span,
        options: Span,
    },
    /// Some options of a set.
    Sets {
        place: u16,
        fact: FactId,
        options: Span,
    },
    /// Whether a number is below each of some bounds, which ascend.
    Ladder {
        place: u16,
        of: Source,
        bounds: Span,
    },
    /// The negations of so many places, those of all facts.
    Negate {
        place: u16,
        count: u16,
    },
    /// One of two numbers.
    Choose {
        value: u16,
        lit: u16,
        numbers: Span,
    },
    /// The sum or the largest of the numbers whose literal holds.
    Fold {
        value: u16,
        lits: Span,
        bounds: Span,
        is_sum: bool,
    },
    /// A table with an index.
    Index(u32),
    /// What the first row of a table gives: numbers of the rows, then that of none.
    Pick {
        value: u16,
        table: u16,
        numbers: Span,
    },
    /// Gates of two or four literals.
    Gates {
        place: u16,
        count: u16,
        size: u8,
        lits: Span,
    },
    /// Gates that read stretches of places; `lits` are further literals, so many each, the same ones
    /// as those of the group before where `again`.
    Group {
        place: u16,
        count: u16,
        size: u8,
        lits: Span,
        terms: Span,
        again: bool,
    },
    Threshold {
        place: u16,
        count: u16,
        lits: Span,
    },
}

/// Gate `n` of a group reads `width` literals from `start + n * width` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term {
    start: u16,
    width: u8,
}

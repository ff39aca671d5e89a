//! Computations over the rows of a table: one program, run once a row.
//!
//! A row whose condition is not known yet may or may not count. Where that makes no difference —
//! a zero in a sum, a number that is not the smallest — the result is known all the same.

use alloc::vec::Vec;

use super::compute::{atom_fact, fact_of, operands};
use super::{Answered, Compute, Computed, Known, Run};
use crate::sorted::SortedSet;
use crate::{Aggregate, Atom, Cause, FactId, Facts, Formula, Lit, Number, Operand, Program, ROWS, Rows, Slot, Value};

/// What is known in a row: its cells, and behind them what is known around it.
pub(crate) struct Scope<'a> {
    row: &'a Facts,
    /// How many facts are the row's own.
    columns: usize,
    facts: &'a dyn Answered,
    run: &'a dyn Computed,
}

impl Answered for Scope<'_> {
    fn known(&self, fact: FactId) -> Option<Known<'_>> {
        match fact.index().checked_sub(self.columns) {
            Some(around) => self.facts.known(FactId::new(around)),
            None => self.row.known(fact),
        }
    }

    fn around(&self) -> Option<&dyn Computed> {
        Some(self.run)
    }
}

/// What a row comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Whether it counts.
    pub(crate) counts: Option<bool>,
    /// What is taken of it.
    pub(crate) number: Number,
}

impl<C: Computed, F: Answered> Compute<'_, C, F> {
    /// Whether some row counts.
    pub(super) fn some_row(&self, rows: &Rows) -> Option<bool> {
        let mut found = Some(false);
        self.each_row(rows, &mut |row| {
            found = match row.run.get(rows.counts) {
                Some(false) => found,
                other => other,
            };
            found != Some(true)
        })?;
        found
    }

    /// The number that is made of the rows.
    pub(super) fn over_rows(&self, rows: &Rows) -> Number {
        let mut tally = Tally::new(rows.by);
        match self.each_row(rows, &mut |row| tally.add(row.run.get(rows.counts), row.operand(&rows.of))) {
            Some(()) => tally.result(),
            None => Number::Unknown,
        }
    }

    /// What every row comes to; `None` while the table is unknown.
    pub(crate) fn row_by_row(&self, rows: &Rows) -> Option<Vec<Counted>> {
        let mut all = Vec::new();
        self.each_row(rows, &mut |row| {
            all.push(Counted { counts: row.run.get(rows.counts), number: row.operand(&rows.of) });
            true
        })?;
        Some(all)
    }

    /// Why a computation over rows cannot be done: the first cause met in a row.
    pub(crate) fn cause(&self, rows: &Rows) -> Option<Cause> {
        let mut cause = None;
        self.each_row(rows, &mut |row| {
            let own = row.run.values.iter().find_map(|number| match number {
                Number::CannotCompute(cause) => Some(*cause),
                Number::Known(_) | Number::Unknown => None,
            });
            cause = own.or_else(|| rows.program.rows.iter().find_map(|inner| row.cause(inner)));
            cause.is_none()
        });
        cause
    }

    /// Computes row after row while `see` says to go on; `None` while the table is unknown.
    fn each_row(&self, rows: &Rows, see: &mut dyn FnMut(&Compute<'_, Run, Scope<'_>>) -> bool) -> Option<()> {
        if !ROWS {
            return None;
        }
        let Known::Table(list) = self.facts.known(rows.table)? else { return None };
        let mut run = Run::empty(&rows.program);
        for row in list {
            let facts = Scope { row, columns: rows.columns.into(), facts: self.facts, run: self.run };
            run.fill(&rows.program, &facts, self.calendar);
            if !see(&Compute { program: &rows.program, run: &run, facts: &facts, calendar: self.calendar }) {
                break;
            }
        }
        Some(())
    }
}

/// The rows so far, as one number.
struct Tally {
    by: Aggregate,
    /// Of the rows that certainly count.
    certain: Option<i128>,
    /// Of known numbers in rows that may count.
    perhaps: Option<i128>,
    is_open: bool,
    cannot: Option<Cause>,
}

impl Tally {
    fn new(by: Aggregate) -> Tally {
        let certain = (by == Aggregate::Sum).then_some(0);
        Tally { by, certain, perhaps: None, is_open: false, cannot: None }
    }

    /// Takes one row; says whether the others matter.
    fn add(&mut self, counts: Option<bool>, number: Number) -> bool {
        match (counts, number) {
            (Some(false), _) => {}
            (Some(true), Number::CannotCompute(cause)) => self.cannot = Some(cause),
            (Some(true), Number::Known(number)) => match self.joined(self.certain, number) {
                None => self.cannot = Some(Cause::Overflow),
                joined => self.certain = joined,
            },
            (None, Number::Known(0)) if self.by == Aggregate::Sum => {}
            (None, Number::Known(number)) if self.by != Aggregate::Sum => {
                self.perhaps = self.joined(self.perhaps, number);
            }
            _ => self.is_open = true,
        }
        self.cannot.is_none()
    }

    fn joined(&self, so_far: Option<i128>, number: i128) -> Option<i128> {
        let Some(so_far) = so_far else { return Some(number) };
        match self.by {
            Aggregate::Min => Some(so_far.min(number)),
            Aggregate::Max => Some(so_far.max(number)),
            Aggregate::Sum | Aggregate::Any => so_far.checked_add(number),
        }
    }

    fn result(&self) -> Number {
        let matters = self.perhaps.is_some_and(|perhaps| self.joined(self.certain, perhaps) != self.certain);
        match (self.cannot, self.certain) {
            (Some(cause), _) => Number::CannotCompute(cause),
            _ if self.is_open || matters => Number::Unknown,
            (None, Some(number)) => Number::Known(number),
            (None, None) => Number::CannotCompute(Cause::Empty),
        }
    }
}

/// Something that a program reads from outside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Read {
    /// A fact, or a column of the rows that it computes over.
    Fact(FactId),
    /// A literal of the program around.
    Lit(Lit),
    /// A value of the program around.
    Value(u16),
    /// The calendar.
    Calendar,
}

/// Visits all that a program reads from outside; the tables of its own computations over rows
/// are not among it.
pub(crate) fn each_read(program: &Program, visit: &mut dyn FnMut(Read)) {
    for atom in &program.atoms {
        match atom {
            Atom::Compare(left, _, right) => {
                each_fact(left, visit);
                each_fact(right, visit);
            }
            Atom::Workday(date) => {
                each_fact(date, visit);
                visit(Read::Calendar);
            }
            Atom::Outer(lit) => visit(Read::Lit(*lit)),
            _ => atom_fact(atom).into_iter().for_each(|fact| visit(Read::Fact(fact))),
        }
    }
    for formula in &program.values {
        match formula {
            Formula::Outer(value) => visit(Read::Value(*value)),
            Formula::TextPart(fact, _) | Formula::TextPlace(fact, _) => visit(Read::Fact(*fact)),
            Formula::Choose(_, then, otherwise) => {
                each_fact(then, visit);
                each_fact(otherwise, visit);
            }
            Formula::Min(of) | Formula::Max(of) => of.iter().for_each(|operand| each_fact(operand, visit)),
            Formula::SumIf(of) | Formula::MaxIf(of) => of.iter().for_each(|(_, operand)| each_fact(operand, visit)),
            _ => operands(formula).into_iter().flatten().for_each(|operand| each_fact(operand, visit)),
        }
    }
    for rows in &program.rows {
        each_fact(&rows.of, &mut |read| visit_around(read, rows, visit));
        each_read(&rows.program, &mut |read| visit_around(read, rows, visit));
    }
}

/// Passes on what a program of rows reads from beyond the row and its surrounding program.
fn visit_around(read: Read, rows: &Rows, visit: &mut dyn FnMut(Read)) {
    match read {
        Read::Fact(fact) => {
            if let Some(around) = fact.index().checked_sub(rows.columns.into()) {
                visit(Read::Fact(FactId::new(around)));
            }
        }
        Read::Calendar => visit(read),
        // They belong to the program whose rows these are, all of which is visited.
        Read::Lit(_) | Read::Value(_) => {}
    }
}

fn each_fact(operand: &Operand, visit: &mut dyn FnMut(Read)) {
    fact_of(operand).into_iter().for_each(|fact| visit(Read::Fact(fact)));
}

/// Visits all that a computation over rows reads from around: neither the table nor the cells.
pub(crate) fn each_around(rows: &Rows, visit: &mut dyn FnMut(Read)) {
    let mut outside = |read| match read {
        Read::Fact(fact) => {
            if let Some(around) = fact.index().checked_sub(rows.columns.into()) {
                visit(Read::Fact(FactId::new(around)));
            }
        }
        Read::Lit(_) | Read::Value(_) | Read::Calendar => visit(read),
    };
    each_fact(&rows.of, &mut outside);
    each_read(&rows.program, &mut outside);
}

/// The columns of the table that a computation over its rows reads.
pub(crate) fn columns_read(rows: &Rows) -> SortedSet<FactId> {
    let mut columns = SortedSet::new();
    let mut note = |read| {
        if let Read::Fact(fact) = read
            && fact.index() < usize::from(rows.columns)
        {
            columns.insert(fact);
        }
    };
    each_fact(&rows.of, &mut note);
    each_read(&rows.program, &mut note);
    rows.program.rows.iter().for_each(|inner| note(Read::Fact(inner.table)));
    columns
}

/// Whether the table, or a cell of it that the computation reads, is open in a way that is meant.
pub(crate) fn is_open(rows: &Rows, table: &Slot, meant: fn(&Slot) -> bool) -> bool {
    let list = match table {
        Slot::Known(Value::Table(list)) => list,
        Slot::Known(_) => return false,
        open => return meant(open),
    };
    let is_own = |fact: &FactId| fact.index() < usize::from(rows.columns);
    let cell = |fact: &FactId| list.iter().any(|row| row.get(*fact).value().is_none() && meant(row.get(*fact)));
    let inner =
        |inner: &Rows| is_own(&inner.table) && list.iter().any(|row| is_open(inner, row.get(inner.table), meant));
    columns_read(rows).iter().any(cell) || rows.program.rows.iter().any(inner)
}

//! What an instruction reads: one step, and all the way down to the facts.

use crate::run::{Read, each_around, operands};
use crate::sorted::SortedSet;
use crate::{
    ANYTHING, Atom, Cause, FactId, Formula, Instruction, Lit, Matched, Number, Operand, Pack, Program, ROWS, Run, Table,
};

/// Something that an instruction reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Lit(Lit),
    /// A computed number.
    Value(u16),
    Fact(FactId),
    /// One option of a fact that is a set of them.
    Option(FactId, u16),
    /// The table of a computation over rows, by the place of that.
    Rows(u16),
    /// One row of it.
    Row(u16, usize),
}

/// What an atom reads.
pub(crate) fn of_atom(program: &Program, atom: &Atom, see: &mut dyn FnMut(Part)) {
    match atom {
        Atom::Holds(fact) | Atom::Is(fact, _) | Atom::TextIs(fact, _) | Atom::Text(fact, _) => see(Part::Fact(*fact)),
        Atom::Has(fact, option) => see(Part::Option(*fact, *option)),
        Atom::Compare(left, _, right) => [left, right].into_iter().for_each(|operand| of_operand(operand, see)),
        Atom::Workday(date) => of_operand(date, see),
        Atom::Rows(place) => of_rows(program, *place, see),
        // A pack's own program has none around it.
        Atom::Outer(_) => {}
    }
}

/// What a formula reads; where a run is given, without what does not count in it.
pub(crate) fn of_formula(program: &Program, formula: &Formula, run: Option<&Run>, see: &mut dyn FnMut(Part)) {
    let value = |lit: Lit| run.and_then(|run| run.get(lit));
    if let Some([a, b]) = operands(formula) {
        of_operand(a, see);
        of_operand(b, see);
    }
    match formula {
        Formula::TextPart(fact, _) | Formula::TextPlace(fact, _) => see(Part::Fact(*fact)),
        Formula::Rows(place) => of_rows(program, *place, see),
        Formula::FromTable(table, output, _) => {
            if let Some(of) = program.tables.get(usize::from(*table)) {
                of_table(of, *output, run.and_then(|run| run.matched(*table)), see);
            }
        }
        Formula::Min(of) | Formula::Max(of) => of.iter().for_each(|operand| of_operand(operand, see)),
        Formula::SumIf(of) | Formula::MaxIf(of) => {
            for (lit, operand) in of.iter().filter(|(lit, _)| value(*lit) != Some(false)) {
                see(Part::Lit(*lit));
                of_operand(operand, see);
            }
        }
        Formula::Choose(lit, then, otherwise) => {
            see(Part::Lit(*lit));
            if value(*lit) != Some(false) {
                of_operand(then, see);
            }
            if value(*lit) != Some(true) {
                of_operand(otherwise, see);
            }
        }
        // The others have two operands, or none.
        _ => {}
    }
}

/// The inputs that decide between the rows that match or may match, and what these rows give;
/// without a run all inputs and all rows.
fn of_table(table: &Table, output: u16, matched: Option<&Matched>, see: &mut dyn FnMut(Part)) {
    let Some(output) = table.outputs.get(usize::from(output)) else { return };
    let Some(matched) = matched else {
        of_inputs(table, see);
        table.when.distinct.iter().for_each(|lit| see(Part::Lit(*lit)));
        output.cells.distinct.iter().chain(&output.otherwise).for_each(|operand| of_operand(operand, see));
        return;
    };
    let rows = || matched.possible.iter().chain(&matched.certain).map(|row| usize::from(*row));
    for column in &table.columns {
        if rows().any(|row| column.cells().get(row).is_some_and(|cell| !cell.contains(&ANYTHING))) {
            of_operand(column.input(), see);
        }
    }
    rows().filter_map(|row| table.when.get(row)).for_each(|lit| see(Part::Lit(*lit)));
    rows().filter_map(|row| output.cells.get(row)).for_each(|cell| of_operand(cell, see));
    if matched.certain.is_empty() {
        output.otherwise.iter().for_each(|operand| of_operand(operand, see));
    }
}

/// The table of a computation over rows, and what this reads beside its cells.
fn of_rows(program: &Program, place: u16, see: &mut dyn FnMut(Part)) {
    if let Some(rows) = program.rows.get(usize::from(place)).filter(|_| ROWS) {
        see(Part::Rows(place));
        each_around(rows, &mut |read| match read {
            Read::Fact(fact) => see(Part::Fact(fact)),
            Read::Lit(lit) => see(Part::Lit(lit)),
            Read::Value(value) => see(Part::Value(value)),
            Read::Calendar => {}
        });
    }
}

/// All inputs of a table.
pub(crate) fn of_inputs(table: &Table, see: &mut dyn FnMut(Part)) {
    table.columns.iter().for_each(|column| of_operand(column.input(), see));
}

fn of_operand(operand: &Operand, see: &mut dyn FnMut(Part)) {
    match operand {
        Operand::Number(_) | Operand::Date(_) => {}
        Operand::Fact(fact) => see(Part::Fact(*fact)),
        Operand::Value(value) => see(Part::Value(*value)),
    }
}

/// A walk down to the facts, through every instruction once.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    pack: &'a Pack,
    instructions: &'a [Instruction<'a>],
    /// Only what is open in this run is walked through.
    open: Option<&'a Run>,
    nodes: SortedSet<usize>,
    values: SortedSet<u16>,
    /// The facts that were come to.
    pub(crate) facts: SortedSet<FactId>,
    /// Of facts that are sets: the options.
    pub(crate) options: SortedSet<(FactId, u16)>,
    /// The computations over rows that were come to.
    pub(crate) rows: SortedSet<u16>,
    /// Why a number on the way cannot be computed: the first one met.
    pub(crate) cause: Option<Cause>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(pack: &'a Pack, instructions: &'a [Instruction<'a>], open: Option<&'a Run>) -> Walk<'a> {
        let (nodes, values) = (SortedSet::new(), SortedSet::new());
        Walk {
            pack,
            instructions,
            open,
            nodes,
            values,
            facts: SortedSet::new(),
            options: SortedSet::new(),
            rows: SortedSet::new(),
            cause: None,
        }
    }

    pub(crate) fn see(&mut self, part: Part) {
        match part {
            Part::Lit(lit) => self.lit(lit),
            Part::Value(value) => self.value(value),
            Part::Fact(fact) => {
                self.facts.insert(fact);
            }
            Part::Option(fact, option) => {
                self.facts.insert(fact);
                self.options.insert((fact, option));
            }
            Part::Rows(place) | Part::Row(place, _) => {
                if let Some(rows) = self.pack.program.rows.get(usize::from(place)) {
                    self.rows.insert(place);
                    self.facts.insert(rows.table);
                }
            }
        }
    }

    fn lit(&mut self, lit: Lit) {
        if self.open.is_some_and(|run| run.get(lit).is_some()) || !self.nodes.insert(lit.node()) {
            return;
        }
        match self.instructions.get(lit.node()) {
            None | Some(Instruction::True) => {}
            Some(Instruction::Atom(atom)) => {
                of_atom(&self.pack.program, atom, &mut |part| self.see(part));
                if matches!(atom, Atom::Workday(_)) {
                    // A known day that is not settled is open all the same.
                    self.cause = self.cause.or(Some(Cause::Calendar));
                }
            }
            Some(Instruction::Gate(gate)) => gate.iter().for_each(|lit| self.lit(*lit)),
            Some(Instruction::Threshold(threshold)) => threshold.of.iter().for_each(|lit| self.lit(*lit)),
        }
    }

    fn value(&mut self, value: u16) {
        match self.open.map_or(Number::Unknown, |run| run.number(value)) {
            Number::Known(_) => return,
            Number::CannotCompute(cause) => {
                self.cause = self.cause.or(Some(cause));
                return;
            }
            Number::Unknown if !self.values.insert(value) => return,
            Number::Unknown => {}
        }
        if let Some(formula) = self.pack.program.values.get(usize::from(value)) {
            of_formula(&self.pack.program, formula, self.open, &mut |part| self.see(part));
        }
    }
}

//! Checks of a program: the stretches cover its lists, an instruction reads only what stands
//! before it, and nothing is nested too deeply to be walked.

use alloc::vec::Vec;

use yichuang_engine::{
    Aggregate, Atom, Cells, Column, Fact, FactId, FactKind, Formula, Lit, MOST_BUCKETS, Operand, Output, Pack, Program,
    Rows, Stretch, Table, Threshold,
};

use super::{Checked, Fault, MOST, ensure, has_bases};

/// How deep nodes and values may hang on each other; walks over them are recursive.
const DEEPEST: u16 = 1024;

pub(super) fn check(pack: &Pack) -> Checked {
    Walk::new(pack, &pack.program, pack.facts.iter().collect(), 0, None).whole().map(|_| ())
}

/// The depths of the nodes, values and tables that were computed so far.
struct Walk<'p> {
    pack: &'p Pack,
    program: &'p Program,
    /// The facts that the program reads; in a program of rows the columns come first.
    facts: Vec<&'p Fact>,
    /// How many of them are columns.
    columns: usize,
    /// The program around, as far as it is computed when the rows are.
    around: Option<&'p Walk<'p>>,
    nodes: Vec<u16>,
    values: Vec<u16>,
    tables: Vec<(u16, &'p Table)>,
    /// How many computations over rows were met; each belongs to one instruction, in their order.
    rows: usize,
}

impl<'p> Walk<'p> {
    fn new(
        pack: &'p Pack,
        program: &'p Program,
        facts: Vec<&'p Fact>,
        columns: usize,
        around: Option<&'p Walk<'p>>,
    ) -> Walk<'p> {
        let nodes = [0].into();
        Walk { pack, program, facts, columns, around, nodes, values: Vec::new(), tables: Vec::new(), rows: 0 }
    }

    /// Checks the whole program.
    fn whole(mut self) -> Result<Walk<'p>, Fault> {
        let program = self.program;
        ensure(program.node_count() <= Lit::MAX_NODES && program.values.len() <= MOST, "program")?;
        // Decision tables read no row, so they stand outside.
        ensure(self.around.is_none() || program.tables.is_empty(), "program.tables")?;
        self.stretches(program)?;
        let covered = self.nodes.len() == program.node_count()
            && self.values.len() == program.values.len()
            && self.tables.len() == program.tables.len();
        ensure(covered, "program.order")?;
        ensure(self.rows == program.rows.len(), "program.rows")?;
        Ok(self)
    }

    fn stretches(&mut self, program: &'p Program) -> Checked {
        let mut formulas = program.values.iter();
        let mut atoms = program.atoms.iter();
        let mut gates = program.gates.iter();
        let mut thresholds = program.thresholds.iter();
        let mut tables = program.tables.iter();
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(n) => {
                    for formula in formulas.by_ref().take(n.into()) {
                        let depth = self.formula(formula).ok_or_else(|| fault("program.values"))?;
                        self.values.push(deeper(depth, "program.values")?);
                    }
                }
                Stretch::Atoms(n) => {
                    for atom in atoms.by_ref().take(n.into()) {
                        let depth = self.atom(atom).ok_or_else(|| fault("program.atoms"))?;
                        self.nodes.push(deeper(depth, "program.atoms")?);
                    }
                }
                Stretch::Gates(n) => {
                    for gate in gates.by_ref().take(n.into()) {
                        let depth = self.lits(gate).ok_or_else(|| fault("program.gates"))?;
                        self.nodes.push(deeper(depth, "program.gates")?);
                    }
                }
                Stretch::Thresholds(n) => {
                    for Threshold { of, .. } in thresholds.by_ref().take(n.into()) {
                        let depth = self.lits(of).ok_or_else(|| fault("program.thresholds"))?;
                        self.nodes.push(deeper(depth, "program.thresholds")?);
                    }
                }
                Stretch::Tables(n) => {
                    for table in tables.by_ref().take(n.into()) {
                        let depth = self.table(table).ok_or_else(|| fault("program.tables"))?;
                        self.tables.push((deeper(depth, "program.tables")?, table));
                    }
                }
            }
        }
        Ok(())
    }

    /// The depth of what an instruction reads; `None` if it is not there yet.
    fn lit(&self, lit: Lit) -> Option<u16> {
        self.nodes.get(lit.node()).copied()
    }

    fn lits(&self, lits: &[Lit]) -> Option<u16> {
        lits.iter().try_fold(0, |deepest: u16, lit| Some(deepest.max(self.lit(*lit)?)))
    }

    fn operand(&self, operand: &Operand) -> Option<u16> {
        match operand {
            Operand::Number(_) | Operand::Date(_) => Some(0),
            Operand::Fact(fact) => self.kind(*fact).is_some().then_some(0),
            Operand::Value(value) => self.values.get(usize::from(*value)).copied(),
        }
    }

    fn operands<'o>(&self, operands: impl IntoIterator<Item = &'o Operand>) -> Option<u16> {
        operands.into_iter().try_fold(0, |deepest: u16, operand| Some(deepest.max(self.operand(operand)?)))
    }

    fn formula(&mut self, formula: &Formula) -> Option<u16> {
        match formula {
            Formula::Nothing => Some(0),
            Formula::Of(of) | Formula::DatePart(of, _) => self.operand(of),
            Formula::Add(a, b)
            | Formula::Subtract(a, b)
            | Formula::Multiply(a, b)
            | Formula::Quotient(a, b, _)
            | Formula::Signed(a, b)
            | Formula::AddDays(a, b)
            | Formula::AddMonths(a, b, _)
            | Formula::YearsBetween(a, b)
            | Formula::AddWorkdays(a, b)
            | Formula::CountWorkdays(a, b) => self.operands([a, b]),
            Formula::TextPart(fact, _) => self.text(*fact).then_some(0),
            Formula::TextPlace(fact, texts) => (self.text(*fact) && texts.is_sorted()).then_some(0),
            Formula::FromTable(table, output, _) => {
                let (depth, table) = self.tables.get(usize::from(*table))?;
                let output = table.outputs.get(usize::from(*output))?;
                Some((*depth).max(self.operands(output.cells.distinct.iter().chain(&output.otherwise))?))
            }
            Formula::Min(of) | Formula::Max(of) => self.operands(of).filter(|_| !of.is_empty()),
            Formula::SumIf(of) | Formula::MaxIf(of) => of.iter().try_fold(0, |deepest: u16, (lit, operand)| {
                Some(deepest.max(self.lit(*lit)?).max(self.operand(operand)?))
            }),
            Formula::Choose(lit, then, otherwise) => Some(self.lit(*lit)?.max(self.operands([then, otherwise])?)),
            Formula::Rows(place) => self.rows(*place, false),
            Formula::Outer(value) => self.around?.values.get(usize::from(*value)).map(|_| 0),
        }
    }

    /// The depth of what a table reads; what its outputs read is read with them.
    fn table(&self, table: &Table) -> Option<u16> {
        let rows = usize::from(table.rows);
        let column = |column: &Column| {
            let bounds = column.bounds();
            covers(column.cells(), rows) && bounds.len() < MOST_BUCKETS && bounds.is_sorted()
        };
        let output = |output: &Output| covers(&output.cells, rows);
        let fits = table.columns.iter().all(column)
            && table.outputs.iter().all(output)
            && (table.when.rows.is_empty() || covers(&table.when, rows))
            && (table.row_basis.rows.is_empty() || covers(&table.row_basis, rows))
            && has_bases(self.pack, &table.basis)
            && table.row_basis.distinct.iter().all(|basis| has_bases(self.pack, basis));
        let deepest = self.operands(table.columns.iter().map(Column::input))?.max(self.lits(&table.when.distinct)?);
        fits.then_some(deepest)
    }

    /// The depth of what a computation over rows reads around them.
    fn rows(&mut self, place: u16, is_atom: bool) -> Option<u16> {
        let rows: &Rows = self.program.rows.get(usize::from(place))?;
        if usize::from(place) != self.rows || is_atom != (rows.by == Aggregate::Any) {
            return None;
        }
        // Rows within rows are those of a table in a cell: their number is that of all cells.
        let is_own = self.around.is_none() || rows.table.index() < self.columns;
        let Some(FactKind::Table { columns, .. }) = self.kind(rows.table).filter(|_| is_own) else { return None };
        if columns.len() != usize::from(rows.columns) {
            return None;
        }
        let facts = columns.iter().chain(self.facts.iter().copied()).collect();
        let row = Walk::new(self.pack, &rows.program, facts, columns.len(), Some(&*self)).whole().ok()?;
        row.lit(rows.counts)?;
        row.operand(&rows.of)?;
        let depth = self.read_around(&rows.program);
        self.rows += 1;
        Some(depth)
    }

    /// The depth of what a program of rows reads of this one.
    fn read_around(&self, program: &Program) -> u16 {
        let lits = program.atoms.iter().filter_map(|atom| match atom {
            Atom::Outer(lit) => self.lit(*lit),
            _ => None,
        });
        let values = program.values.iter().filter_map(|formula| match formula {
            Formula::Outer(value) => self.values.get(usize::from(*value)).copied(),
            _ => None,
        });
        lits.chain(values).max().unwrap_or(0)
    }

    fn kind(&self, fact: FactId) -> Option<&'p FactKind> {
        self.facts.get(fact.index()).map(|fact| &fact.kind)
    }

    fn text(&self, fact: FactId) -> bool {
        matches!(self.kind(fact), Some(FactKind::Text { .. }))
    }

    fn atom(&mut self, atom: &Atom) -> Option<u16> {
        let kind = |fact: FactId| self.kind(fact);
        let fits = match atom {
            Atom::Holds(fact) => matches!(kind(*fact), Some(FactKind::Bool)),
            Atom::Is(fact, option) => {
                matches!(kind(*fact), Some(FactKind::Choice(options)) if usize::from(*option) < options.len())
            }
            Atom::Has(fact, option) => {
                matches!(kind(*fact), Some(FactKind::Choices(options)) if usize::from(*option) < options.len())
            }
            Atom::TextIs(fact, _) | Atom::Text(fact, _) => self.text(*fact),
            Atom::Workday(date) => return self.operand(date),
            Atom::Compare(left, _, right) => return self.operands([left, right]),
            Atom::Rows(place) => return self.rows(*place, true),
            Atom::Outer(lit) => return self.around?.lit(*lit).map(|_| 0),
        };
        fits.then_some(0)
    }
}

/// Whether there is a cell in each row.
fn covers<T>(cells: &Cells<T>, rows: usize) -> bool {
    cells.rows.len() == rows && cells.rows.iter().all(|place| usize::from(*place) < cells.distinct.len())
}

fn deeper(depth: u16, place: &str) -> Result<u16, Fault> {
    if depth < DEEPEST { Ok(depth + 1) } else { Err(fault(place)) }
}

fn fault(place: &str) -> Fault {
    Fault { place: place.into() }
}

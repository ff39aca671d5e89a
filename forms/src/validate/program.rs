//! Checks of a program: the stretches cover its lists, an instruction reads only what stands
//! before it, and nothing is nested too deeply to be walked.

use alloc::vec::Vec;

use yichuang_engine::{
    Atom, Cells, Column, FactId, FactKind, Formula, Lit, MOST_BUCKETS, Operand, Output, Pack, Program, Stretch, Table,
    Threshold,
};

use super::{Checked, Fault, MOST, ensure, has_bases, has_fact};

/// How deep nodes and values may hang on each other; walks over them are recursive.
const DEEPEST: u16 = 1024;

pub(super) fn check(pack: &Pack) -> Checked {
    let program = &pack.program;
    ensure(program.node_count() <= Lit::MAX_NODES && program.values.len() <= MOST, "program")?;
    let mut walk = Walk { pack, nodes: [0].into(), values: Vec::new(), tables: Vec::new() };
    walk.stretches(program)?;
    let covered = walk.nodes.len() == program.node_count()
        && walk.values.len() == program.values.len()
        && walk.tables.len() == program.tables.len();
    ensure(covered, "program.order")
}

/// The depths of the nodes, values and tables that were computed so far.
struct Walk<'p> {
    pack: &'p Pack,
    nodes: Vec<u16>,
    values: Vec<u16>,
    tables: Vec<(u16, &'p Table)>,
}

impl<'p> Walk<'p> {
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
            Operand::Fact(fact) => has_fact(self.pack, *fact).then_some(0),
            Operand::Value(value) => self.values.get(usize::from(*value)).copied(),
        }
    }

    fn operands<'o>(&self, operands: impl IntoIterator<Item = &'o Operand>) -> Option<u16> {
        operands.into_iter().try_fold(0, |deepest: u16, operand| Some(deepest.max(self.operand(operand)?)))
    }

    fn formula(&self, formula: &Formula) -> Option<u16> {
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

    fn text(&self, fact: FactId) -> bool {
        self.pack.facts.get(fact.index()).is_some_and(|fact| matches!(fact.kind, FactKind::Text { .. }))
    }

    fn atom(&self, atom: &Atom) -> Option<u16> {
        let kind = |fact: FactId| self.pack.facts.get(fact.index()).map(|fact| &fact.kind);
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

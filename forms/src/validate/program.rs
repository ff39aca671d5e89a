//! Checks of a program: the stretches cover its lists, an instruction reads only what stands
//! before it, and nothing is nested too deeply to be walked.

use alloc::vec::Vec;

use yichuang_engine::{Atom, FactId, FactKind, Formula, Lit, Operand, Pack, Program, Stretch, Threshold};

use super::{Checked, Fault, MOST, ensure, has_fact};

/// How deep nodes and values may hang on each other; walks over them are recursive.
const DEEPEST: u16 = 1024;

pub(super) fn check(pack: &Pack) -> Checked {
    let program = &pack.program;
    ensure(program.node_count() <= Lit::MAX_NODES && program.values.len() <= MOST, "program")?;
    let mut walk = Walk { pack, nodes: [0].into(), values: Vec::new() };
    walk.stretches(program)?;
    let covered = walk.nodes.len() == program.node_count() && walk.values.len() == program.values.len();
    ensure(covered, "program.order")
}

/// The depths of the nodes and values that were computed so far.
struct Walk<'p> {
    pack: &'p Pack,
    nodes: Vec<u16>,
    values: Vec<u16>,
}

impl Walk<'_> {
    fn stretches(&mut self, program: &Program) -> Checked {
        let mut formulas = program.values.iter();
        let mut atoms = program.atoms.iter();
        let mut gates = program.gates.iter();
        let mut thresholds = program.thresholds.iter();
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
            Formula::Min(of) | Formula::Max(of) => self.operands(of).filter(|_| !of.is_empty()),
            Formula::SumIf(of) | Formula::MaxIf(of) => of.iter().try_fold(0, |deepest: u16, (lit, operand)| {
                Some(deepest.max(self.lit(*lit)?).max(self.operand(operand)?))
            }),
            Formula::Choose(lit, then, otherwise) => Some(self.lit(*lit)?.max(self.operands([then, otherwise])?)),
        }
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

fn deeper(depth: u16, place: &str) -> Result<u16, Fault> {
    if depth < DEEPEST { Ok(depth + 1) } else { Err(fault(place)) }
}

fn fault(place: &str) -> Fault {
    Fault { place: place.into() }
}

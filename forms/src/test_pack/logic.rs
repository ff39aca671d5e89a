//! Builds a program: every instruction gets the next place.

use yichuang_engine::{Atom, Formula, Lit, Program, Stretch, Threshold};

#[derive(Default)]
pub(super) struct Logic {
    pub(super) program: Program,
}

impl Logic {
    pub(super) fn atom(&mut self, atom: Atom) -> Lit {
        let lit = self.next();
        self.program.atoms.push(atom);
        self.program.order.push(Stretch::Atoms(1));
        lit
    }

    /// At most four.
    pub(super) fn and(&mut self, lits: &[Lit]) -> Lit {
        let lit = self.next();
        let mut gate = [Lit::TRUE; 4];
        gate[..lits.len()].copy_from_slice(lits);
        self.program.gates.push(gate);
        self.program.order.push(Stretch::Gates(1));
        lit
    }

    pub(super) fn or(&mut self, lits: &[Lit]) -> Lit {
        self.at_least(1, lits)
    }

    pub(super) fn at_least(&mut self, count: u16, lits: &[Lit]) -> Lit {
        let lit = self.next();
        self.program.thresholds.push(Threshold { count, of: lits.into() });
        self.program.order.push(Stretch::Thresholds(1));
        lit
    }

    pub(super) fn value(&mut self, formula: Formula) -> u16 {
        let place = self.program.values.len();
        self.program.values.push(formula);
        self.program.order.push(Stretch::Values(1));
        u16::try_from(place).unwrap()
    }

    fn next(&self) -> Lit {
        Lit::new(self.program.node_count()).unwrap()
    }
}

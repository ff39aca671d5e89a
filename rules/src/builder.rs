//! Builds a [`Program`]: conditions become literals, equal ones the same literal.
//!
//! Instructions stand in the order in which they are made, so each reads only earlier ones.

use std::collections::BTreeMap;

use yichuang_engine::{
    Atom, Comparison, Date, FactId, Formula, Lit, Operand, Program, Rows, Stretch, Table, Threshold,
};

/// A program being built.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    program: Program,
    nodes: usize,
    overflow: bool,
    atoms: BTreeMap<Atom, Lit>,
    gates: BTreeMap<[Lit; 4], Lit>,
    thresholds: BTreeMap<Threshold, Lit>,
    values: BTreeMap<Formula, u16>,
    rows: BTreeMap<Rows, u16>,
}

impl Builder {
    pub(crate) fn atom(&mut self, atom: Atom) -> Lit {
        if let Some(lit) = self.atoms.get(&atom) {
            return *lit;
        }
        self.program.atoms.push(atom.clone());
        let lit = self.node(Stretch::Atoms(1));
        self.atoms.insert(atom, lit);
        lit
    }

    /// All of them hold. Operands are sorted, so their order does not matter; `x and not x` is
    /// kept, since it is unknown while `x` is.
    pub(crate) fn all(&mut self, lits: impl IntoIterator<Item = Lit>) -> Lit {
        let mut lits: Vec<Lit> = lits.into_iter().filter(|lit| *lit != Lit::TRUE).collect();
        lits.sort_unstable();
        lits.dedup();
        if lits.contains(&Lit::FALSE) {
            return Lit::FALSE;
        }
        while lits.len() > 1 {
            lits = lits.chunks(4).map(|chunk| self.gate(chunk)).collect();
        }
        lits.first().copied().unwrap_or(Lit::TRUE)
    }

    /// At least one of them holds.
    pub(crate) fn any(&mut self, lits: impl IntoIterator<Item = Lit>) -> Lit {
        let negated: Vec<Lit> = lits.into_iter().map(|lit| !lit).collect();
        !self.all(negated)
    }

    /// `then` if `condition` holds, else `otherwise`.
    pub(crate) fn choose(&mut self, condition: Lit, then: Lit, otherwise: Lit) -> Lit {
        let first = self.all([condition, then]);
        let second = self.all([!condition, otherwise]);
        self.any([first, second])
    }

    /// At least `count` of them hold.
    pub(crate) fn at_least(&mut self, count: u16, of: Vec<Lit>) -> Lit {
        let threshold = Threshold { count, of };
        if let Some(lit) = self.thresholds.get(&threshold) {
            return *lit;
        }
        self.program.thresholds.push(threshold.clone());
        let lit = self.node(Stretch::Thresholds(1));
        self.thresholds.insert(threshold, lit);
        lit
    }

    /// The place of a computed number.
    pub(crate) fn value(&mut self, formula: Formula) -> u16 {
        if let Some(value) = self.values.get(&formula) {
            return *value;
        }
        let Ok(value) = u16::try_from(self.program.values.len()) else {
            self.overflow = true;
            return 0;
        };
        self.program.values.push(formula.clone());
        self.stretch(Stretch::Values(1));
        self.values.insert(formula, value);
        value
    }

    /// The place of a computation over rows, which the next instruction must name.
    pub(crate) fn rows(&mut self, rows: Rows) -> u16 {
        if let Some(place) = self.rows.get(&rows) {
            return *place;
        }
        let Ok(place) = u16::try_from(self.program.rows.len()) else {
            self.overflow = true;
            return 0;
        };
        self.program.rows.push(rows.clone());
        self.rows.insert(rows, place);
        place
    }

    /// Notes that the program cannot be built.
    pub(crate) fn fail(&mut self) {
        self.overflow = true;
    }

    /// The place of a table; what its rows ask for and give must be computed by now.
    pub(crate) fn table(&mut self, table: Table) -> u16 {
        let Ok(place) = u16::try_from(self.program.tables.len()) else {
            self.overflow = true;
            return 0;
        };
        self.program.tables.push(table);
        self.stretch(Stretch::Tables(1));
        place
    }

    /// The date fact lies within the two days, both included; an absent day is an open end.
    pub(crate) fn within(&mut self, fact: FactId, from: Option<Date>, to: Option<Date>) -> Lit {
        let fact = Operand::Fact(fact);
        let mut lits = Vec::new();
        if let Some(from) = from {
            lits.push(!self.atom(Atom::Compare(fact.clone(), Comparison::Less, Operand::Date(from))));
        }
        if let Some(to) = to {
            lits.push(self.atom(Atom::Compare(fact, Comparison::LessOrEqual, Operand::Date(to))));
        }
        self.all(lits)
    }

    /// The program, unless it has grown too large.
    pub(crate) fn finish(self) -> Option<Program> {
        (!self.overflow).then_some(self.program)
    }

    fn gate(&mut self, chunk: &[Lit]) -> Lit {
        if let [only] = chunk {
            return *only;
        }
        let mut gate = [Lit::TRUE; 4];
        for (place, lit) in gate.iter_mut().zip(chunk) {
            *place = *lit;
        }
        if let Some(lit) = self.gates.get(&gate) {
            return *lit;
        }
        self.program.gates.push(gate);
        let lit = self.node(Stretch::Gates(1));
        self.gates.insert(gate, lit);
        lit
    }

    fn node(&mut self, stretch: Stretch) -> Lit {
        self.nodes += 1;
        self.stretch(stretch);
        Lit::new(self.nodes).unwrap_or_else(|| {
            self.overflow = true;
            Lit::FALSE
        })
    }

    fn stretch(&mut self, next: Stretch) {
        let longer = match (self.program.order.last_mut(), next) {
            (Some(Stretch::Values(n)), Stretch::Values(_))
            | (Some(Stretch::Atoms(n)), Stretch::Atoms(_))
            | (Some(Stretch::Gates(n)), Stretch::Gates(_))
            | (Some(Stretch::Thresholds(n)), Stretch::Thresholds(_))
            | (Some(Stretch::Tables(n)), Stretch::Tables(_)) => n.checked_add(1).map(|sum| *n = sum),
            _ => None,
        };
        if longer.is_none() {
            self.program.order.push(next);
        }
    }
}

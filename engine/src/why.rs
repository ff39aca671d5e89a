//! Why a result is as it is, as a tree of what decides it, built when it is asked for.

mod rows;

use alloc::vec::Vec;

use crate::names::{Named, Names};
use crate::parts::{self, Part};
use crate::reasons::operands;
use crate::run::Compute;
use crate::{Atom, Calendar, Cause, Derived, FactId, Facts, Formula, Instruction, Lit, Number, Pack, Run};
use rows::{MOST_ROWS, RowTeller};

/// How many parts an explanation has at most.
pub const WHY_BOUND: usize = 512;

/// An explanation. What is used in several places stands in it once, so that it is a tree whose
/// branches may meet again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// All parts; the first one is what is explained.
    pub parts: Vec<WhyPart>,
}

/// One part of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyPart {
    /// What it is.
    pub kind: WhyKind,
    /// Its name in the pack.
    pub name: Option<Named>,
    /// Whether it holds; `None` is unknown, and for a number.
    pub value: Option<bool>,
    /// What decides it, by place: of a condition that does not hold the parts that do not hold,
    /// of one that holds those that do, of an open one those that are open.
    pub of: Vec<usize>,
    /// Something of it was left out, because the explanation has [`WHY_BOUND`] parts.
    pub is_cut: bool,
}

/// What a part of an explanation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyKind {
    /// At least some of the parts hold: one is OR, all is AND. `of` counts all parts, also those
    /// that decide nothing.
    AtLeast {
        /// How many must hold.
        count: usize,
        /// How many there are.
        of: usize,
    },
    /// The one part does not hold.
    Not,
    /// A predicate, or its negation.
    Atom {
        /// The predicate.
        atom: Atom,
        /// It must not hold.
        negated: bool,
    },
    /// The same under all circumstances.
    Constant,
    /// A computed number, date or option, by its place among [`Program::values`](crate::Program::values).
    Number {
        /// Its place.
        value: u16,
        /// The number as it was computed.
        number: Number,
    },
    /// What was answered, as part of a number.
    Fact(FactId),
    /// One row of a table; whether it counts is the value of the part.
    Row {
        /// The table.
        table: FactId,
        /// The row, from 0.
        row: usize,
        /// The columns that are read.
        columns: Vec<FactId>,
        /// Why what is taken of it cannot be computed.
        cannot_compute: Option<Cause>,
    },
}

/// Explains a condition or a number of `pack` as it was computed in `run` over `facts`. Of several names of one
/// condition those go first that belong to what the question is `about`.
#[must_use]
pub fn why(
    pack: &Pack,
    run: &Run,
    facts: &Facts,
    calendar: Option<&Calendar>,
    derived: Derived,
    about: Option<Named>,
) -> Why {
    let mut teller = Teller {
        pack,
        run,
        instructions: pack.program.instructions(),
        names: Names::of(pack, about),
        rows: RowTeller::new(&Compute { program: &pack.program, run, facts, calendar }),
        asked: Vec::new(),
    };
    teller.asked.push(match derived {
        Derived::Condition(lit) => Part::Lit(lit),
        Derived::Number(value) => Part::Value(value),
    });
    let mut parts: Vec<WhyPart> = Vec::new();
    while let Some(part) = teller.asked.get(parts.len()) {
        parts.push(teller.tell(*part));
    }
    Why { parts }
}

struct Teller<'a> {
    pack: &'a Pack,
    run: &'a Run,
    instructions: Vec<Instruction<'a>>,
    names: Names,
    rows: RowTeller<'a>,
    /// What is told, by place.
    asked: Vec<Part>,
}

impl Teller<'_> {
    fn tell(&mut self, part: Part) -> WhyPart {
        let mut name = None;
        let mut value = None;
        let (kind, of) = match part {
            Part::Lit(lit) => {
                name = self.names.get(lit);
                value = self.run.get(lit);
                self.condition(lit, value)
            }
            Part::Value(value) => {
                name = self.rule(value).map(Named::Rule);
                self.number(value)
            }
            Part::Row(place, row) => {
                let (kind, counts) = self.rows.row(place, row);
                value = counts;
                (kind, Vec::new())
            }
            Part::Rows(place) => (WhyKind::Fact(self.rows.table(place)), Vec::new()),
            Part::Fact(fact) | Part::Option(fact, _) => (WhyKind::Fact(fact), Vec::new()),
        };
        let places: Vec<usize> = of.iter().filter_map(|part| self.place(*part)).collect();
        WhyPart { kind, name, value, is_cut: places.len() < of.len(), of: places }
    }

    /// The place of a part, the same one each time.
    fn place(&mut self, part: Part) -> Option<usize> {
        let known = self.asked.iter().position(|known| *known == part);
        known.or_else(|| {
            let next = Some(self.asked.len()).filter(|next| *next < WHY_BOUND && !self.is_crowded(part))?;
            self.asked.push(part);
            Some(next)
        })
    }

    /// Whether enough rows of the same computation are told.
    fn is_crowded(&self, part: Part) -> bool {
        let Part::Row(place, _) = part else { return false };
        self.asked.iter().filter(|told| matches!(told, Part::Row(of, _) if *of == place)).count() >= MOST_ROWS
    }

    fn condition(&self, lit: Lit, value: Option<bool>) -> (WhyKind, Vec<Part>) {
        if self.names.get(lit).is_none() && self.names.get(!lit).is_some() {
            return (WhyKind::Not, [Part::Lit(!lit)].into());
        }
        match self.instructions.get(lit.node()) {
            Some(Instruction::Atom(atom)) => {
                let mut of = Vec::new();
                parts::of_atom(&self.pack.program, atom, &mut |part| match part {
                    Part::Rows(place) => of.extend(self.rows.parts(place, |counts| match value {
                        Some(value) => counts == Some(value != lit.is_negated()),
                        None => counts.is_none(),
                    })),
                    Part::Lit(lit) => self.note(lit, &mut of),
                    Part::Value(_) => of.push(part),
                    Part::Fact(_) if matches!(atom, Atom::Rows(_)) && !of.contains(&part) => of.push(part),
                    Part::Fact(_) | Part::Option(..) | Part::Row(..) => {}
                });
                (WhyKind::Atom { atom: (*atom).clone(), negated: lit.is_negated() }, of)
            }
            _ => match operands(&self.instructions, lit) {
                Some((count, of)) => self.gate(lit, count, of, value),
                None => (WhyKind::Constant, Vec::new()),
            },
        }
    }

    /// A gate with the gates of its kind below it that have no name: `a and (b and c)` is one.
    fn gate(&self, lit: Lit, count: usize, of: Vec<Lit>, value: Option<bool>) -> (WhyKind, Vec<Part>) {
        let is_gate = |lit: Lit| matches!(self.instructions.get(lit.node()), Some(Instruction::Gate(_)));
        let (mut all, mut open) = (Vec::new(), of);
        open.reverse();
        while let Some(operand) = open.pop() {
            let is_same = is_gate(lit) && is_gate(operand) && operand.is_negated() == lit.is_negated();
            match operands(&self.instructions, operand).filter(|_| is_same && !self.names.stands_out(operand)) {
                Some((_, inner)) => open.extend(inner.into_iter().rev()),
                None => all.push(operand),
            }
        }
        let (is_all, of) = (is_gate(lit) && !lit.is_negated(), all.len());
        all.retain(|operand| self.run.get(*operand) == value);
        let kind = WhyKind::AtLeast { count: if is_all { of } else { count }, of };
        (kind, all.into_iter().map(Part::Lit).collect())
    }

    fn number(&self, value: u16) -> (WhyKind, Vec<Part>) {
        let kind = WhyKind::Number { value, number: self.run.number(value) };
        let (mut seen, mut open, mut of) = (Vec::new(), alloc::vec![value], Vec::new());
        while let Some(value) = open.pop() {
            let Some(formula) = self.pack.program.values.get(usize::from(value)) else { continue };
            let mut see = |part| match part {
                Part::Value(inner) if !self.stands_out(inner) => {
                    if !seen.contains(&inner) {
                        seen.push(inner);
                        open.push(inner);
                    }
                }
                Part::Lit(lit) => self.note(lit, &mut of),
                Part::Rows(place) => {
                    let rows = self.rows.parts(place, |counts| counts != Some(false));
                    of.extend(rows.into_iter().filter(|part| !of.contains(part)).collect::<Vec<Part>>());
                }
                part if of.contains(&part) => {}
                part => of.push(part),
            };
            parts::of_formula(&self.pack.program, formula, Some(self.run), &mut see);
            if let Formula::FromTable(table, ..) = formula
                && let Some(matched) = self.run.matched(*table)
                && matched.certain.is_empty()
                && let Some(table) = self.pack.program.tables.get(usize::from(*table))
            {
                // That no row matches is because of all inputs.
                parts::of_inputs(table, &mut see);
            }
        }
        (kind, of)
    }

    /// Adds a condition as it is: that one is not in force is why another one counts.
    fn note(&self, lit: Lit, of: &mut Vec<Part>) {
        let part = Part::Lit(if self.run.get(lit) == Some(false) { !lit } else { lit });
        if lit.node() > 0 && !of.contains(&part) {
            of.push(part);
        }
    }

    /// Whether a number is worth a part of its own: that of a rule, or of a table.
    fn stands_out(&self, value: u16) -> bool {
        let formula = self.pack.program.values.get(usize::from(value));
        self.rule(value).is_some() || matches!(formula, Some(Formula::FromTable(..)))
    }

    /// The rule that names a number.
    fn rule(&self, value: u16) -> Option<usize> {
        self.pack.rules.iter().position(|rule| rule.result == Derived::Number(value))
    }
}

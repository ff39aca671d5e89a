//! Computing a program in three-valued logic.
//!
//! A literal is one byte: the low nibble says *certainly*, the high nibble *possibly*. True is
//! `0xFF`, false `0x00`, unknown `0xF0`, so AND is `&` and NOT is `!` with the nibbles swapped,
//! and three values cost what two cost.

use alloc::vec::Vec;

use crate::{
    Atom, Comparison, Date, FactId, Facts, Formula, Lit, Operand, Pack, Program, Slot, Stretch, Threshold, Value,
};

const TRUE: u8 = 0xFF;
const FALSE: u8 = 0x00;
const UNKNOWN: u8 = 0xF0;

/// A computed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Known(i64),
    Unknown,
    CannotCompute,
}

/// The values of all conditions and numbers of a program over some facts.
///
/// It is the record from which results, reasons and missing facts are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    slots: Vec<u8>,
    values: Vec<Number>,
}

impl Run {
    /// Computes the program of `pack` over `facts`.
    #[must_use]
    pub fn new(pack: &Pack, facts: &Facts) -> Run {
        Run::of(&pack.program, facts)
    }

    pub(crate) fn of(program: &Program, facts: &Facts) -> Run {
        let mut run = Run {
            slots: Vec::with_capacity(program.node_count() * 2),
            values: Vec::with_capacity(program.values.len()),
        };
        run.push(TRUE);
        let mut formulas = program.values.iter();
        let mut atoms = program.atoms.iter();
        let mut gates = program.gates.iter();
        let mut thresholds = program.thresholds.iter();
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(n) => formulas.by_ref().take(n.into()).for_each(|formula| {
                    let number = run.formula(formula, facts);
                    run.values.push(number);
                }),
                Stretch::Atoms(n) => {
                    atoms.by_ref().take(n.into()).for_each(|atom| run.push(run.atom(atom, facts)));
                }
                Stretch::Gates(n) => {
                    gates.by_ref().take(n.into()).for_each(|gate| run.push(run.gate(gate)));
                }
                Stretch::Thresholds(n) => {
                    thresholds.by_ref().take(n.into()).for_each(|threshold| run.push(run.threshold(threshold)))
                }
            }
        }
        run
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

    pub(crate) fn number(&self, value: u16) -> Number {
        self.values.get(usize::from(value)).copied().unwrap_or(Number::Unknown)
    }

    fn slot(&self, lit: Lit) -> u8 {
        self.slots.get(lit.slot()).copied().unwrap_or(UNKNOWN)
    }

    fn push(&mut self, value: u8) {
        self.slots.push(value);
        self.slots.push(!value.rotate_left(4));
    }

    fn gate(&self, gate: &[Lit; 4]) -> u8 {
        let [a, b, c, d] = *gate;
        self.slot(a) & self.slot(b) & self.slot(c) & self.slot(d)
    }

    fn threshold(&self, threshold: &Threshold) -> u8 {
        let count = usize::from(threshold.count);
        let at_least =
            |wanted: fn(u8) -> bool| threshold.of.iter().filter(|lit| wanted(self.slot(**lit))).count() >= count;
        if at_least(|value| value == TRUE) {
            TRUE
        } else if at_least(|value| value != FALSE) {
            UNKNOWN
        } else {
            FALSE
        }
    }

    fn atom(&self, atom: &Atom, facts: &Facts) -> u8 {
        let known = match atom {
            Atom::Holds(fact) => match facts.get(*fact).value() {
                Some(Value::Bool(value)) => Some(*value),
                _ => None,
            },
            Atom::Is(fact, option) => match facts.get(*fact).value() {
                Some(Value::Choice(chosen)) => Some(chosen == option),
                _ => None,
            },
            Atom::Has(fact, option) => match facts.get(*fact).value() {
                Some(Value::Choices(set)) => Some(set.checked_shr(u32::from(*option)).unwrap_or(0) & 1 == 1),
                _ => None,
            },
            Atom::TextIs(fact, text) => match facts.get(*fact).value() {
                Some(Value::Text(typed)) => Some(typed == text),
                _ => None,
            },
            Atom::Compare(left, comparison, right) => self.compare(left, *comparison, right, facts),
        };
        match known {
            Some(true) => TRUE,
            Some(false) => FALSE,
            None => UNKNOWN,
        }
    }

    fn compare(&self, left: &Operand, by: Comparison, right: &Operand, facts: &Facts) -> Option<bool> {
        let ordering = match (date_of(left, facts), date_of(right, facts)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => match (self.operand(left, facts), self.operand(right, facts)) {
                (Number::Known(left), Number::Known(right)) => left.cmp(&right),
                _ => return None,
            },
        };
        Some(match by {
            Comparison::Equal => ordering.is_eq(),
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
        })
    }

    fn operand(&self, operand: &Operand, facts: &Facts) -> Number {
        match operand {
            Operand::Integer(number) => Number::Known(*number),
            Operand::Date(_) => Number::Unknown,
            Operand::Fact(fact) => match facts.get(*fact).value() {
                Some(Value::Integer(number)) => Number::Known(*number),
                _ => Number::Unknown,
            },
            Operand::Value(value) => self.number(*value),
        }
    }

    fn formula(&self, formula: &Formula, facts: &Facts) -> Number {
        match formula {
            Formula::Nothing => Number::CannotCompute,
            Formula::Of(of) => self.operand(of, facts),
            Formula::Add(a, b) => self.arithmetic(a, b, facts, i64::checked_add),
            Formula::Subtract(a, b) => self.arithmetic(a, b, facts, i64::checked_sub),
            Formula::Multiply(a, b) => self.arithmetic(a, b, facts, i64::checked_mul),
            Formula::Min(of) => self.fold(of, facts, i64::min),
            Formula::Max(of) => self.fold(of, facts, i64::max),
            Formula::SumIf(of) => self.fold_if(of, facts, i64::checked_add),
            Formula::MaxIf(of) => self.fold_if(of, facts, |a, b| Some(a.max(b))),
            Formula::Choose(lit, then, otherwise) => match self.get(*lit) {
                Some(true) => self.operand(then, facts),
                Some(false) => self.operand(otherwise, facts),
                None => match (self.operand(then, facts), self.operand(otherwise, facts)) {
                    (Number::Known(a), Number::Known(b)) if a == b => Number::Known(a),
                    _ => Number::Unknown,
                },
            },
        }
    }

    fn arithmetic(&self, a: &Operand, b: &Operand, facts: &Facts, by: fn(i64, i64) -> Option<i64>) -> Number {
        match (self.operand(a, facts), self.operand(b, facts)) {
            (Number::CannotCompute, _) | (_, Number::CannotCompute) => Number::CannotCompute,
            (Number::Known(a), Number::Known(b)) => by(a, b).map_or(Number::CannotCompute, Number::Known),
            _ => Number::Unknown,
        }
    }

    fn fold(&self, of: &[Operand], facts: &Facts, by: fn(i64, i64) -> i64) -> Number {
        let mut result: Option<i64> = None;
        let mut unknown = false;
        for operand in of {
            match self.operand(operand, facts) {
                Number::CannotCompute => return Number::CannotCompute,
                Number::Unknown => unknown = true,
                Number::Known(number) => result = Some(result.map_or(number, |so_far| by(so_far, number))),
            }
        }
        match (unknown, result) {
            (false, Some(number)) => Number::Known(number),
            _ => Number::Unknown,
        }
    }

    fn fold_if(&self, of: &[(Lit, Operand)], facts: &Facts, by: fn(i64, i64) -> Option<i64>) -> Number {
        let mut result = 0_i64;
        let mut unknown = false;
        for (lit, operand) in of {
            match (self.get(*lit), self.operand(operand, facts)) {
                (Some(false), _) => {}
                (Some(true), Number::CannotCompute) => return Number::CannotCompute,
                (Some(true), Number::Known(number)) => match by(result, number) {
                    Some(sum) => result = sum,
                    None => return Number::CannotCompute,
                },
                _ => unknown = true,
            }
        }
        if unknown { Number::Unknown } else { Number::Known(result) }
    }
}

fn date_of(operand: &Operand, facts: &Facts) -> Option<Date> {
    match operand {
        Operand::Date(date) => Some(*date),
        Operand::Fact(fact) => match facts.get(*fact) {
            Slot::Known(Value::Date(date)) => Some(*date),
            _ => None,
        },
        Operand::Integer(_) | Operand::Value(_) => None,
    }
}

/// The facts that an operand reads directly.
pub(crate) fn fact_of(operand: &Operand) -> Option<FactId> {
    match operand {
        Operand::Fact(fact) => Some(*fact),
        Operand::Integer(_) | Operand::Date(_) | Operand::Value(_) => None,
    }
}

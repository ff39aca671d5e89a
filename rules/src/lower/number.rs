//! Arithmetic of the rule language: exact, with units, the places known before anything runs.
//!
//! A quotient stays a fraction until a rounding is stated. Fractions are added, multiplied and
//! compared exactly, by their numerators and denominators.

use yichuang_engine::{Atom, Comparison, Formula, Lit, Operand, Rounding, power_of_ten};

use yichuang_forms::MOST_COMPUTED_PLACES;

use super::units::Unit;
use super::{Lower, faults};
use crate::{BinaryOp, Span};

/// A number: `of / 10^places`, divided by `by` if there is one.
#[derive(Clone, Debug)]
pub(super) struct Num {
    pub(super) of: Operand,
    pub(super) places: u8,
    /// The denominator of a quotient that is not rounded yet.
    pub(super) by: Option<Operand>,
    /// Absent for a number that is written in an expression: it takes the unit of its neighbour.
    pub(super) unit: Option<Unit>,
}

impl Num {
    pub(super) fn new(of: Operand, places: u8, unit: Unit) -> Num {
        Num { of, places, by: None, unit: Some(unit) }
    }

    /// A whole number without a unit.
    pub(super) fn plain(of: Operand) -> Num {
        Num::new(of, 0, Unit::default())
    }

    pub(super) fn literal(number: i128, places: u8) -> Num {
        Num { of: Operand::Number(number), places, by: None, unit: None }
    }

    /// The unit that the number certainly has.
    pub(super) fn unit(&self) -> Unit {
        self.unit.clone().unwrap_or_default()
    }
}

/// A number as rhai gives its shortest text.
pub(super) fn literal(text: &str) -> Option<Num> {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let places = u8::try_from(fraction.len()).ok().filter(|places| *places <= MOST_COMPUTED_PLACES)?;
    Some(Num::literal(yichuang_forms::parse_number(text, places).ok()?, places))
}

impl Lower<'_> {
    /// `a + b` and its kind, at `span`; the sides stand at `spans`.
    pub(super) fn arithmetic(&mut self, op: BinaryOp, a: Num, b: Num, span: Span, spans: [Span; 2]) -> Option<Num> {
        match op {
            BinaryOp::Mul => self.product(a, b, span),
            BinaryOp::Div => self.ratio(a, b, span),
            BinaryOp::Rem => {
                let (a, b, unit) = self.aligned(a, b, spans)?;
                let (a, b) = (self.whole_part(a, spans[0])?, self.whole_part(b, spans[1])?);
                let times = self.formula(Formula::Quotient(a.of.clone(), b.of.clone(), Rounding::Down));
                let part = self.formula(Formula::Multiply(times, b.of));
                let of = self.formula(Formula::Subtract(a.of, part));
                Some(Num { of, places: a.places, by: None, unit })
            }
            _ => {
                let (a, b, unit) = self.aligned(a, b, spans)?;
                let (a, b, by) = self.over_one(a, b);
                let of = self.formula(match op {
                    BinaryOp::Sub => Formula::Subtract(a.of, b.of),
                    _ => Formula::Add(a.of, b.of),
                });
                Some(Num { of, places: a.places, by, unit })
            }
        }
    }

    fn product(&mut self, a: Num, b: Num, span: Span) -> Option<Num> {
        let by = match (a.by, b.by) {
            (Some(one), Some(other)) => Some(self.formula(Formula::Multiply(one, other))),
            (one, other) => one.or(other),
        };
        let of = self.formula(Formula::Multiply(a.of, b.of));
        let unit = match (a.unit, b.unit) {
            (Some(a), Some(b)) => Some(a.times(&b, 1)),
            (a, b) => a.or(b),
        };
        self.bounded(Num { of, places: a.places + b.places, by, unit }, span)
    }

    fn ratio(&mut self, a: Num, b: Num, span: Span) -> Option<Num> {
        let of = match b.by {
            Some(by) => self.formula(Formula::Multiply(a.of, by)),
            None => a.of,
        };
        let by = match a.by {
            Some(by) => self.formula(Formula::Multiply(by, b.of)),
            None => b.of,
        };
        let unit = match (a.unit, b.unit) {
            (Some(a), Some(b)) => Some(a.times(&b, -1)),
            (None, Some(b)) => Some(Unit::default().times(&b, -1)),
            (a, None) => a,
        };
        let (places, of) = match a.places.checked_sub(b.places) {
            Some(places) => (places, of),
            None => (0, self.shifted(of, b.places - a.places)),
        };
        self.bounded(Num { of, places, by: Some(by), unit }, span)
    }

    /// `a` and `b` compared; fractions by the sign of what lies between them.
    pub(super) fn compared(&mut self, op: BinaryOp, a: Num, b: Num, spans: [Span; 2]) -> Option<Lit> {
        if let Some(lit) = self.beside_literal(op, &a, &b) {
            self.units(&a, &b, spans)?;
            return Some(lit);
        }
        let (a, b, _) = self.aligned(a, b, spans)?;
        let (a, b, by) = self.over_one(a, b);
        let Some(by) = by else { return Some(self.compare(op, a.of, b.of)) };
        let between = self.formula(Formula::Subtract(a.of, b.of));
        let signed = self.formula(Formula::Signed(between, by));
        Some(self.compare(op, signed, Operand::Number(0)))
    }

    /// A fact beside a literal with more places than the fact: the literal is cut instead of the
    /// fact being multiplied, so that the fact stays comparable at sight.
    fn beside_literal(&mut self, op: BinaryOp, a: &Num, b: &Num) -> Option<Lit> {
        if a.by.is_some() || b.by.is_some() {
            return None;
        }
        let (fact, literal, op) = match (&a.of, &b.of) {
            (Operand::Fact(_), Operand::Number(literal)) if a.places < b.places => (a, *literal, op),
            (Operand::Number(literal), Operand::Fact(_)) if b.places < a.places => (b, *literal, mirrored(op)),
            _ => return None,
        };
        let step = power_of_ten(a.places.abs_diff(b.places))?;
        let below = Operand::Number(literal.div_euclid(step));
        let exact = literal.rem_euclid(step) == 0;
        Some(match op {
            _ if exact => self.compare(op, fact.of.clone(), below),
            BinaryOp::Eq => Lit::FALSE,
            BinaryOp::Ne => Lit::TRUE,
            BinaryOp::Lt | BinaryOp::Le => self.compare(BinaryOp::Le, fact.of.clone(), below),
            _ => self.compare(BinaryOp::Gt, fact.of.clone(), below),
        })
    }

    pub(super) fn compare(&mut self, op: BinaryOp, a: Operand, b: Operand) -> Lit {
        let mut atom = |a, by, b| self.builder.atom(Atom::Compare(a, by, b));
        match op {
            BinaryOp::Eq => atom(a, Comparison::Equal, b),
            BinaryOp::Ne => !atom(a, Comparison::Equal, b),
            BinaryOp::Lt => atom(a, Comparison::Less, b),
            BinaryOp::Ge => !atom(a, Comparison::Less, b),
            BinaryOp::Le => atom(a, Comparison::LessOrEqual, b),
            _ => !atom(a, Comparison::LessOrEqual, b),
        }
    }

    /// The number rounded to `places`; negative places are not written in the language.
    pub(super) fn rounded(&mut self, number: Num, rounding: Rounding, places: u8) -> Num {
        let (of, by) = match number.places.checked_sub(places) {
            Some(0) | None => (self.shifted(number.of, places - number.places.min(places)), number.by),
            Some(cut) => {
                let step = Operand::Number(power_of_ten(cut).unwrap_or(i128::MAX));
                let by = match number.by {
                    Some(by) => self.formula(Formula::Multiply(by, step)),
                    None => step,
                };
                (number.of, Some(by))
            }
        };
        let of = match by {
            Some(by) => self.formula(Formula::Quotient(of, by, rounding)),
            None => of,
        };
        Num { of, places, by: None, unit: number.unit }
    }

    /// The number if it is no fraction; a fraction has to be rounded first.
    pub(super) fn whole_part(&mut self, number: Num, span: Span) -> Option<Num> {
        if number.by.is_some() {
            self.report(faults::round_first(span));
            return None;
        }
        Some(number)
    }

    /// Both numbers with the same places, and their common unit.
    pub(super) fn aligned(&mut self, a: Num, b: Num, spans: [Span; 2]) -> Option<(Num, Num, Option<Unit>)> {
        let unit = self.units(&a, &b, spans)?;
        let places = a.places.max(b.places);
        let mut raise = |number: Num| {
            let of = self.shifted(number.of, places - number.places);
            Num { of, places, ..number }
        };
        Some((raise(a), raise(b), unit))
    }

    /// Several numbers with the same places and unit, none of them a fraction.
    pub(super) fn all_aligned(
        &mut self,
        numbers: Vec<Num>,
        spans: &[Span],
    ) -> Option<(Vec<Operand>, u8, Option<Unit>)> {
        let mut common = numbers.first()?.clone();
        for (number, span) in numbers.iter().zip(spans) {
            self.whole_part(number.clone(), *span)?;
            common.unit = self.units(&common, number, [*spans.first()?, *span])?;
            common.places = common.places.max(number.places);
        }
        let raised = numbers.into_iter().map(|number| self.shifted(number.of, common.places - number.places)).collect();
        Some((raised, common.places, common.unit))
    }

    /// The unit that two numbers share.
    fn units(&mut self, a: &Num, b: &Num, spans: [Span; 2]) -> Option<Option<Unit>> {
        match (&a.unit, &b.unit) {
            (Some(one), Some(other)) if one != other => {
                self.report(faults::units_differ((&one.shown(), spans[0]), (&other.shown(), spans[1])));
                None
            }
            (one, other) => Some(one.clone().or_else(|| other.clone())),
        }
    }

    /// Numerators over a common denominator.
    fn over_one(&mut self, a: Num, b: Num) -> (Num, Num, Option<Operand>) {
        match (a.by.clone(), b.by.clone()) {
            (None, None) => (a, b, None),
            (Some(by), None) => {
                let of = self.formula(Formula::Multiply(b.of, by.clone()));
                (a, Num { of, ..b }, Some(by))
            }
            (None, Some(by)) => {
                let of = self.formula(Formula::Multiply(a.of, by.clone()));
                (Num { of, ..a }, b, Some(by))
            }
            (Some(one), Some(other)) => {
                let left = self.formula(Formula::Multiply(a.of, other.clone()));
                let right = self.formula(Formula::Multiply(b.of, one.clone()));
                let by = self.formula(Formula::Multiply(one, other));
                (Num { of: left, ..a }, Num { of: right, ..b }, Some(by))
            }
        }
    }

    /// The operand times ten to the power of `places`.
    pub(super) fn shifted(&mut self, of: Operand, places: u8) -> Operand {
        let factor = power_of_ten(places).unwrap_or(i128::MAX);
        if places == 0 { of } else { self.formula(Formula::Multiply(of, Operand::Number(factor))) }
    }

    fn bounded(&mut self, number: Num, span: Span) -> Option<Num> {
        if number.places > MOST_COMPUTED_PLACES {
            self.report(faults::too_many_places(span));
            return None;
        }
        Some(number)
    }

    /// A computed number; two numbers written in the pack are computed at once.
    pub(super) fn formula(&mut self, formula: Formula) -> Operand {
        let now = match &formula {
            Formula::Add(Operand::Number(a), Operand::Number(b)) => a.checked_add(*b),
            Formula::Subtract(Operand::Number(a), Operand::Number(b)) => a.checked_sub(*b),
            Formula::Multiply(Operand::Number(a), Operand::Number(b)) => a.checked_mul(*b),
            _ => None,
        };
        now.map_or_else(|| Operand::Value(self.builder.value(formula)), Operand::Number)
    }
}

fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Lt => BinaryOp::Gt,
        BinaryOp::Gt => BinaryOp::Lt,
        BinaryOp::Le => BinaryOp::Ge,
        BinaryOp::Ge => BinaryOp::Le,
        other => other,
    }
}

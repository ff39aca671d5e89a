//! Expressions with their types.

use yichuang_engine::{Atom, Date, FactId, FactKind, Formula, Lit, Operand};

use super::Lower;
use super::faults::{self, Kind};
use super::symbols::{Definition, Symbol};
use crate::{BinaryOp, Expr, ExprKind, Node, Span};

/// An expression's value by type.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Condition(Lit),
    Number(Operand),
    Date(Operand),
    Text(String),
    TextFact(FactId),
    Choice,
    Choices,
    List,
    /// A name that is declared nowhere: perhaps an option of the other side.
    Open(String),
}

impl Typed {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Typed::Condition(_) => faults::CONDITION,
            Typed::Number(_) => faults::NUMBER,
            Typed::Date(_) => faults::DATE,
            Typed::Text(_) | Typed::TextFact(_) => faults::TEXT,
            Typed::Choice => faults::CHOICE,
            Typed::Choices => faults::CHOICES,
            Typed::List => faults::LIST,
            Typed::Open(_) => faults::OPTION,
        }
    }
}

impl<'n> Lower<'n> {
    /// The value of an expression; faults are reported.
    pub(super) fn typed(&mut self, expr: &Expr) -> Option<Typed> {
        self.deeper(expr.span, |lower| lower.typed_within(expr))
    }

    fn typed_within(&mut self, expr: &Expr) -> Option<Typed> {
        match &expr.kind {
            ExprKind::Bool(value) => Some(Typed::Condition(if *value { Lit::TRUE } else { Lit::FALSE })),
            ExprKind::Int(number) => Some(Typed::Number(Operand::Integer(*number))),
            ExprKind::Decimal(text) => {
                self.report(faults::not_whole(text, expr.span));
                None
            }
            ExprKind::Text(text) => Some(Typed::Text(text.clone())),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Array(_) => Some(Typed::List),
            ExprKind::Not(inner) => self.truth(inner).map(|lit| Typed::Condition(!lit)),
            ExprKind::Neg(inner) => {
                let operand = self.number(inner)?;
                Some(self.computed(Formula::Subtract(Operand::Integer(0), operand)))
            }
            ExprKind::And(operands) => self.truths(operands).map(|lits| Typed::Condition(self.builder.all(lits))),
            ExprKind::Or(operands) => self.truths(operands).map(|lits| Typed::Condition(self.builder.any(lits))),
            ExprKind::Binary { op, lhs, rhs, .. } => self.operation(*op, lhs, rhs, expr.span),
            ExprKind::In { needle, haystack, negated, .. } => {
                self.within(needle, haystack, *negated).map(Typed::Condition)
            }
            ExprKind::If { cond, then, otherwise } => self.choice_of(cond, then, otherwise),
            ExprKind::Call { name, name_span, args } => self.call(name, *name_span, args, expr.span),
        }
    }

    /// The number of an expression as it stands in a file.
    pub(super) fn number_node(&mut self, node: &'n Node) -> Option<Operand> {
        let expr = self.expression(node)?;
        self.number(&expr)
    }

    pub(super) fn number(&mut self, expr: &Expr) -> Option<Operand> {
        match self.typed(expr)? {
            Typed::Number(operand) => Some(operand),
            Typed::Open(name) => {
                self.unknown_name(&name, expr.span);
                None
            }
            other => {
                self.report(faults::mismatch(expr.span, faults::NUMBER, other.kind()));
                None
            }
        }
    }

    fn truths(&mut self, operands: &[Expr]) -> Option<Vec<Lit>> {
        let lits: Vec<Option<Lit>> = operands.iter().map(|operand| self.truth(operand)).collect();
        lits.into_iter().collect()
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        let Some(symbol) = self.symbols.get(name).copied() else {
            return Some(Typed::Open(name.to_owned()));
        };
        self.used.symbols.insert(symbol);
        if let Symbol::Fact(index) = symbol {
            let fact = FactId::new(index);
            if self.lost.facts.contains(&fact) {
                return None;
            }
            return Some(match self.facts.get(index)?.kind {
                FactKind::Bool => Typed::Condition(self.builder.atom(Atom::Holds(fact))),
                FactKind::Integer { .. } => Typed::Number(Operand::Fact(fact)),
                FactKind::Date => Typed::Date(Operand::Fact(fact)),
                FactKind::Text { .. } => Typed::TextFact(fact),
                FactKind::Choice(_) => Typed::Choice,
                FactKind::Choices(_) => Typed::Choices,
            });
        }
        match self.definition(symbol, Some(span)) {
            Definition::Condition(lit) => Some(Typed::Condition(lit)),
            Definition::Number(operand) => Some(Typed::Number(operand)),
            Definition::Faulty => None,
        }
    }

    fn operation(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr, span: Span) -> Option<Typed> {
        let formula = match op {
            BinaryOp::Add => Formula::Add,
            BinaryOp::Sub => Formula::Subtract,
            BinaryOp::Mul => Formula::Multiply,
            BinaryOp::Div | BinaryOp::Rem => {
                self.report(faults::division(op.symbol(), span));
                return None;
            }
            _ => return self.binary(op, lhs, rhs).map(Typed::Condition),
        };
        let (left, right) = (self.number(lhs), self.number(rhs));
        Some(self.computed(formula(left?, right?)))
    }

    fn computed(&mut self, formula: Formula) -> Typed {
        Typed::Number(Operand::Value(self.builder.value(formula)))
    }

    fn choice_of(&mut self, cond: &Expr, then: &Expr, otherwise: &Expr) -> Option<Typed> {
        let condition = self.truth(cond);
        match (self.typed(then)?, self.typed(otherwise)?) {
            (Typed::Condition(a), Typed::Condition(b)) => {
                condition.map(|condition| Typed::Condition(self.builder.choose(condition, a, b)))
            }
            (Typed::Number(a), Typed::Number(b)) => {
                condition.map(|condition| self.computed(Formula::Choose(condition, a, b)))
            }
            (Typed::Open(name), _) => {
                self.unknown_name(&name, then.span);
                None
            }
            (_, Typed::Open(name)) => {
                self.unknown_name(&name, otherwise.span);
                None
            }
            (Typed::Condition(_), b) => self.wrong_branch(otherwise.span, faults::CONDITION, b.kind()),
            (Typed::Number(_), b) => self.wrong_branch(otherwise.span, faults::NUMBER, b.kind()),
            (a, Typed::Condition(_)) => self.wrong_branch(then.span, faults::CONDITION, a.kind()),
            (a, _) => self.wrong_branch(then.span, faults::NUMBER, a.kind()),
        }
    }

    fn wrong_branch(&mut self, span: Span, wanted: Kind, found: Kind) -> Option<Typed> {
        self.report(faults::mismatch(span, wanted, found));
        None
    }

    fn call(&mut self, name: &str, name_span: Span, args: &[Expr], span: Span) -> Option<Typed> {
        match name {
            "min" | "max" => {
                let operands: Vec<Option<Operand>> = args.iter().map(|arg| self.number(arg)).collect();
                let operands: Vec<Operand> = operands.into_iter().collect::<Option<_>>()?;
                if operands.is_empty() {
                    self.report(faults::arguments(name, span, "min(28, 20)"));
                    return None;
                }
                Some(self.computed(if name == "min" { Formula::Min(operands) } else { Formula::Max(operands) }))
            }
            "date" | "日期" => self.literal_date(name, args, span),
            _ => {
                self.report(faults::unknown_function(name, name_span));
                None
            }
        }
    }

    fn literal_date(&mut self, name: &str, args: &[Expr], span: Span) -> Option<Typed> {
        let [Expr { kind: ExprKind::Text(text), span }] = args else {
            self.report(faults::arguments(name, span, &format!("{name}(\"2014-09-26\")")));
            return None;
        };
        let date = Date::parse(text);
        if date.is_none() {
            self.report(faults::bad_date(text, *span));
        }
        date.map(|date| Typed::Date(Operand::Date(date)))
    }
}

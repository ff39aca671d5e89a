//! Expressions with their types.

use yichuang_engine::{Atom, Date, FactId, FactKind, Formula, Lit, Operand};

use super::Lower;
use super::read::bad_date;
use super::symbols::{Definition, Symbol};
use crate::{BinaryOp, Code, Diagnostic, Expr, ExprKind, Node, Span};

/// An expression's value by type.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Condition(Lit),
    Number(Operand),
    Date(Operand),
    Text(String),
    TextFact(FactId),
    Choice(FactId),
    Choices(FactId),
    List,
    /// A name that is declared nowhere: perhaps an option of the other side.
    Open(String),
}

impl Typed {
    /// What people call the type.
    pub(super) fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Typed::Condition(_) => ("是或否", "a condition"),
            Typed::Number(_) => ("数字", "a number"),
            Typed::Date(_) => ("日期", "a date"),
            Typed::Text(_) | Typed::TextFact(_) => ("文字", "a text"),
            Typed::Choice(_) => ("单选", "a choice"),
            Typed::Choices(_) => ("多选", "a set of choices"),
            Typed::List => ("列表", "a list"),
            Typed::Open(_) => ("选项", "an option"),
        }
    }
}

impl<'n> Lower<'n> {
    /// The value of an expression; faults are reported.
    pub(super) fn typed(&mut self, expr: &Expr) -> Option<Typed> {
        match &expr.kind {
            ExprKind::Bool(value) => Some(Typed::Condition(if *value { Lit::TRUE } else { Lit::FALSE })),
            ExprKind::Int(number) => Some(Typed::Number(Operand::Integer(*number))),
            ExprKind::Decimal(text) => {
                self.report(
                    Diagnostic::error(
                        Code::TypeMismatch,
                        (format!("「{text}」不是整数"), format!("`{text}` is not a whole number")),
                    )
                    .at(expr.span, ("这里只能用整数", "only whole numbers can be used here"))
                    .help(("换成更小的单位，用整数写", "use a smaller unit and whole numbers")),
                );
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
                self.unknown_name(&name, expr.span, &[]);
                None
            }
            other => {
                self.mismatch(expr.span, ("数字", "a number"), other.kind());
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
        if let Symbol::Fact(index) = symbol {
            let fact = FactId::new(index);
            return Some(match self.facts.get(index)?.kind {
                FactKind::Bool => Typed::Condition(self.builder.atom(Atom::Holds(fact))),
                FactKind::Integer { .. } => Typed::Number(Operand::Fact(fact)),
                FactKind::Date => Typed::Date(Operand::Fact(fact)),
                FactKind::Text { .. } => Typed::TextFact(fact),
                FactKind::Choice(_) => Typed::Choice(fact),
                FactKind::Choices(_) => Typed::Choices(fact),
            });
        }
        match self.definition(symbol, name, span) {
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
                self.report(
                    Diagnostic::error(
                        Code::LaterSyntax,
                        (
                            format!("整数算式里不能用 {}", op.symbol()),
                            format!("`{}` cannot be used with whole numbers", op.symbol()),
                        ),
                    )
                    .at(span, ("除不尽时结果不是整数", "the result may not be a whole number"))
                    .help((
                        "改用乘法比较，例如 `甲 * 3 <= 乙 * 2`",
                        "compare products instead, such as `a * 3 <= b * 2`",
                    )),
                );
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
                self.unknown_name(&name, then.span, &[]);
                None
            }
            (_, Typed::Open(name)) => {
                self.unknown_name(&name, otherwise.span, &[]);
                None
            }
            (a, b) => {
                self.mismatch(otherwise.span, a.kind(), b.kind());
                None
            }
        }
    }

    fn call(&mut self, name: &str, name_span: Span, args: &[Expr], span: Span) -> Option<Typed> {
        match name {
            "min" | "max" => {
                let operands: Vec<Option<Operand>> = args.iter().map(|arg| self.number(arg)).collect();
                let operands: Vec<Operand> = operands.into_iter().collect::<Option<_>>()?;
                if operands.is_empty() {
                    self.arguments(name, span, "min(28, 20)");
                    return None;
                }
                Some(self.computed(if name == "min" { Formula::Min(operands) } else { Formula::Max(operands) }))
            }
            "date" | "日期" => match args {
                [Expr { kind: ExprKind::Text(text), span }] => match Date::parse(text) {
                    Some(date) => Some(Typed::Date(Operand::Date(date))),
                    None => {
                        self.report(bad_date(text).at(*span, ("没有这一天", "no such day")));
                        None
                    }
                },
                _ => {
                    self.arguments(name, span, "date(\"2014-09-26\")");
                    None
                }
            },
            _ => {
                self.report(
                    Diagnostic::error(
                        Code::UnknownFunction,
                        (format!("没有函数「{name}」"), format!("there is no function `{name}`")),
                    )
                    .at(name_span, ("不认识", "not known"))
                    .suggest(name, ["min", "max", "date", "日期"])
                    .help(("可以用：min、max、date（日期）", "available: min, max, date")),
                );
                None
            }
        }
    }

    fn arguments(&mut self, name: &str, span: Span, example: &str) {
        self.report(
            Diagnostic::error(
                Code::UnknownFunction,
                (format!("「{name}」的参数不对"), format!("wrong arguments for `{name}`")),
            )
            .at(span, ("参数个数或类型不对", "number or kind of arguments"))
            .help((format!("例如 `{example}`"), format!("for example `{example}`"))),
        );
    }
}

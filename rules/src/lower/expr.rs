//! Conditions: typed, and compiled to literals.

use yichuang_engine::{Atom, Comparison, FactId, FactKind, FactOption, Lit, Operand};

use super::Lower;
use super::operand::Typed;
use crate::{BinaryOp, Code, Diagnostic, Expr, ExprKind, Node, Span, parse_expr};

impl<'n> Lower<'n> {
    /// A condition as it stands in a file: an expression, or a list under `all` / `any`.
    /// A faulty one is reported and stands for true.
    pub(super) fn condition(&mut self, node: &'n Node) -> Lit {
        if node.entries().is_some() {
            let Some(fields) = self.fields(node, &["all", "any"]) else { return Lit::TRUE };
            let mut lits = Vec::new();
            if let Some(list) = fields.get("all") {
                let all: Vec<Lit> = self.list(Some(list)).iter().map(|node| self.condition(node)).collect();
                lits.push(self.builder.all(all));
            }
            if let Some(list) = fields.get("any") {
                let any: Vec<Lit> = self.list(Some(list)).iter().map(|node| self.condition(node)).collect();
                lits.push(self.builder.any(any));
            }
            return self.builder.all(lits);
        }
        match self.expression(node) {
            Some(expr) => self.truth(&expr).unwrap_or(Lit::TRUE),
            None => Lit::TRUE,
        }
    }

    pub(super) fn expression(&mut self, node: &'n Node) -> Option<Expr> {
        match parse_expr(node.span.source, self.source_text(node.span), node) {
            Ok(expr) => Some(expr),
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }

    /// The literal of an expression that must be a condition.
    pub(super) fn truth(&mut self, expr: &Expr) -> Option<Lit> {
        match self.typed(expr)? {
            Typed::Condition(lit) => Some(lit),
            Typed::Open(name) => {
                self.unknown_name(&name, expr.span, &[]);
                None
            }
            other => {
                let (zh, en) = other.kind();
                self.mismatch(expr.span, ("是或否", "a condition"), (zh, en));
                None
            }
        }
    }

    pub(super) fn mismatch(&mut self, span: Span, wanted: (&str, &str), found: (&str, &str)) {
        self.report(
            Diagnostic::error(
                Code::TypeMismatch,
                (
                    format!("类型不对：这里要{}，写的是{}", wanted.0, found.0),
                    format!("type mismatch: {} is expected, this is {}", wanted.1, found.1),
                ),
            )
            .at(span, (format!("这是{}", found.0), format!("this is {}", found.1)))
            .help(match (wanted.0, found.0) {
                ("是或否", "单选" | "多选") => (
                    "写出要比较的选项，例如 `申请人类型 == 企业`、`经营活动 包含 餐饮服务`",
                    "name the option, such as `applicant.kind == enterprise`",
                ),
                ("是或否", _) => ("写成比较，例如 `人数 > 5`", "write a comparison, such as `staff > 5`"),
                _ => ("换成同一种类型的值", "use a value of the same type"),
            }),
        );
    }

    pub(super) fn binary(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr) -> Option<Lit> {
        let (left, right) = (self.typed(lhs), self.typed(rhs));
        let (left, right) = (left?, right?);
        let equal = matches!(op, BinaryOp::Eq | BinaryOp::Ne);
        let lit = match (left, right) {
            (Typed::Choice(fact), Typed::Open(name)) if equal => self.is_option(fact, &name, rhs.span)?,
            (Typed::Open(name), Typed::Choice(fact)) if equal => self.is_option(fact, &name, lhs.span)?,
            (Typed::TextFact(fact), Typed::Text(text)) | (Typed::Text(text), Typed::TextFact(fact)) if equal => {
                self.builder.atom(Atom::TextIs(fact, text))
            }
            (Typed::Condition(a), Typed::Condition(b)) if equal => self.builder.choose(a, b, !b),
            (Typed::Number(a), Typed::Number(b)) | (Typed::Date(a), Typed::Date(b)) => {
                return Some(self.compare(op, a, b));
            }
            (Typed::Open(name), other) => {
                self.open_operand(&name, lhs.span, &other, rhs.span);
                return None;
            }
            (other, Typed::Open(name)) => {
                self.open_operand(&name, rhs.span, &other, lhs.span);
                return None;
            }
            (left, right) => {
                self.incomparable(op, (&left, lhs.span), (&right, rhs.span));
                return None;
            }
        };
        Some(if op == BinaryOp::Ne { !lit } else { lit })
    }

    fn compare(&mut self, op: BinaryOp, a: Operand, b: Operand) -> Lit {
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

    /// `needle in haystack`.
    pub(super) fn within(&mut self, needle: &Expr, haystack: &Expr, negated: bool) -> Option<Lit> {
        let lit = if let ExprKind::Array(elements) = &haystack.kind {
            let mut lits = Vec::new();
            for element in elements {
                lits.push(self.binary(BinaryOp::Eq, needle, element)?);
            }
            self.builder.any(lits)
        } else {
            match (self.typed(haystack)?, self.typed(needle)?) {
                (Typed::Choices(fact), Typed::Open(name)) => {
                    let option = self.option(fact, &name, needle.span)?;
                    self.builder.atom(Atom::Has(fact, option))
                }
                (Typed::Choices(_), other) => {
                    self.mismatch(needle.span, ("选项", "an option"), other.kind());
                    return None;
                }
                (Typed::Open(name), _) => {
                    self.unknown_name(&name, haystack.span, &[]);
                    return None;
                }
                (other, _) => {
                    self.mismatch(haystack.span, ("多选", "a set of choices"), other.kind());
                    return None;
                }
            }
        };
        Some(if negated { !lit } else { lit })
    }

    fn is_option(&mut self, fact: FactId, name: &str, span: Span) -> Option<Lit> {
        let option = self.option(fact, name, span)?;
        Some(self.builder.atom(Atom::Is(fact, option)))
    }

    /// The place of an option, by id or name.
    fn option(&mut self, fact: FactId, name: &str, span: Span) -> Option<u16> {
        let (found, known) = match &self.facts.get(fact.index())?.kind {
            FactKind::Choice(options) | FactKind::Choices(options) => {
                (place(options, name), options.iter().map(|option| option.name.zh.clone()).collect::<Vec<_>>())
            }
            FactKind::Bool | FactKind::Integer { .. } | FactKind::Date | FactKind::Text { .. } => (None, Vec::new()),
        };
        if found.is_none() {
            self.unknown_option(fact, name, span, &known);
        }
        found
    }

    fn unknown_option(&mut self, fact: FactId, name: &str, span: Span, known: &[String]) {
        if crate::glued_operator(name).is_some() {
            self.unknown_name(name, span, known);
            return;
        }
        let fact = self.facts.get(fact.index()).map_or_else(String::new, |fact| fact.name.zh.clone());
        let shown = known.join("、");
        self.report(
            Diagnostic::error(
                Code::UnknownOption,
                (format!("「{fact}」没有选项「{name}」"), format!("`{fact}` has no option `{name}`")),
            )
            .at(span, ("没有这个选项", "no such option"))
            .suggest(name, known.iter().map(String::as_str))
            .help((format!("可以写：{shown}"), format!("the options are: {shown}"))),
        );
    }

    /// A bare name on one side that is no option of the other side.
    fn open_operand(&mut self, name: &str, span: Span, other: &Typed, other_span: Span) {
        if let Typed::Choices(_) = other {
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    ("多选不能用 == 比较", "a set of choices cannot be compared with `==`"),
                )
                .at(other_span, ("这是多选", "this is a set of choices"))
                .help((format!("写 `… 包含 {name}`"), format!("write `{name} in …`"))),
            );
            return;
        }
        self.unknown_name(name, span, &[]);
    }

    fn incomparable(&mut self, op: BinaryOp, left: (&Typed, Span), right: (&Typed, Span)) {
        let ((zh_left, en_left), (zh_right, en_right)) = (left.0.kind(), right.0.kind());
        let quoted = matches!(
            (left.0, right.0),
            (Typed::Choice(_) | Typed::Choices(_), Typed::Text(_))
                | (Typed::Text(_), Typed::Choice(_) | Typed::Choices(_))
        );
        let help = if quoted {
            (
                "选项直接写名字，不加引号，例如 `申请人类型 == 企业`",
                "write options without quotes, such as `applicant.kind == enterprise`",
            )
        } else if zh_left == zh_right {
            ("这一类值只能用 == 和 != 比较", "such values can only be compared with == and !=")
        } else {
            (
                "两边要是同一种类型：日期写 `date(\"2014-09-26\")`，数字不加引号",
                "both sides must be of one type: dates are written `date(\"2014-09-26\")`, numbers without quotes",
            )
        };
        let sign = op.symbol();
        self.report(
            Diagnostic::error(
                Code::TypeMismatch,
                (
                    format!("类型不对：{zh_left}和{zh_right}不能用 {sign} 比较"),
                    format!("type mismatch: {en_left} and {en_right} cannot be compared with {sign}"),
                ),
            )
            .at(right.1, (format!("这是{zh_right}"), format!("this is {en_right}")))
            .also(left.1, (format!("这是{zh_left}"), format!("this is {en_left}")))
            .help(help),
        );
    }
}

fn place(options: &[FactOption], name: &str) -> Option<u16> {
    let place = options.iter().position(|option| option.id == name || option.name.zh == name)?;
    u16::try_from(place).ok()
}

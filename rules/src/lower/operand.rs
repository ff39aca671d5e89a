//! Expressions with their types.

use yichuang_engine::{Atom, Fact, FactId, FactKind, FactOption, Formula, Lit, Operand};

use super::Lower;
use super::faults::{self, Kind};
use super::number::{Num, literal};
use super::scopes::{Source, Table};
use super::symbols::{Definition, Symbol};
use super::units::Unit;
use crate::{BinaryOp, Expr, ExprKind, Node, Span};

/// An expression's value by type.
#[derive(Clone, Debug)]
pub(super) enum Typed {
    Condition(Lit),
    Number(Num),
    Date(Operand),
    Text(String),
    TextFact(FactId),
    Choice(Source),
    /// A computed option, by its place among the options of a rule.
    Chosen(Operand, usize),
    Choices(Source),
    /// The options that a decision table gives, which `has` alone can use.
    Set,
    Table(Table),
    /// A row of a table, inside a closure.
    Row(Table),
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
            Typed::Choice(_) | Typed::Chosen(..) => faults::CHOICE,
            Typed::Choices(_) | Typed::Set => faults::CHOICES,
            Typed::Table(_) => faults::TABLE,
            Typed::Row(_) => faults::ROW,
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
            ExprKind::Int(number) => Some(Typed::Number(Num::literal((*number).into(), 0))),
            ExprKind::Decimal(text) => {
                let number = literal(text);
                if number.is_none() {
                    self.report(faults::too_many_digits(text, expr.span));
                }
                number.map(Typed::Number)
            }
            ExprKind::Text(text) => Some(Typed::Text(text.clone())),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Array(_) => Some(Typed::List),
            ExprKind::Not(inner) => self.truth(inner).map(|lit| Typed::Condition(!lit)),
            ExprKind::Neg(inner) => {
                let number = self.number(inner)?;
                let of = self.formula(Formula::Subtract(Operand::Number(0), number.of));
                Some(Typed::Number(Num { of, ..number }))
            }
            ExprKind::And(operands) => self.truths(operands).map(|lits| Typed::Condition(self.builder.all(lits))),
            ExprKind::Or(operands) => self.truths(operands).map(|lits| Typed::Condition(self.builder.any(lits))),
            ExprKind::Binary { op, lhs, rhs, .. } => self.operation(*op, lhs, rhs, expr.span),
            ExprKind::In { needle, haystack, negated, .. } => {
                self.within(needle, haystack, *negated).map(Typed::Condition)
            }
            ExprKind::If { cond, then, otherwise } => self.choice_of(cond, then, otherwise),
            ExprKind::Call { name, name_span, args } => self.call(name, *name_span, args, expr.span),
            ExprKind::Method { .. } => self.method(expr),
            ExprKind::Closure { .. } => {
                self.report(crate::expr::lonely_closure(expr.span));
                None
            }
        }
    }

    /// The number of an expression as it stands in a file; a fraction is refused.
    pub(super) fn number_node(&mut self, node: &'n Node) -> Option<Num> {
        let expr = self.expression(node)?;
        let number = self.number(&expr)?;
        self.whole_part(number, expr.span)
    }

    pub(super) fn number(&mut self, expr: &Expr) -> Option<Num> {
        match self.known(expr)? {
            Typed::Number(number) => Some(number),
            other => self.wrong_type(expr.span, faults::NUMBER, other.kind()),
        }
    }

    pub(super) fn date_value(&mut self, expr: &Expr) -> Option<Operand> {
        match self.known(expr)? {
            Typed::Date(operand) => Some(operand),
            other => self.wrong_type(expr.span, faults::DATE, other.kind()),
        }
    }

    /// The value of an expression that is no bare word.
    pub(super) fn known(&mut self, expr: &Expr) -> Option<Typed> {
        match self.typed(expr)? {
            Typed::Open(name) => {
                self.unknown_name(&name, expr.span);
                None
            }
            typed => Some(typed),
        }
    }

    fn truths(&mut self, operands: &[Expr]) -> Option<Vec<Lit>> {
        let lits: Vec<Option<Lit>> = operands.iter().map(|operand| self.truth(operand)).collect();
        lits.into_iter().collect()
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        if let Some(local) = self.local(name).cloned() {
            return Some(self.carried(local.value, local.level));
        }
        if let Some((row, column)) = name.split_once('.')
            && let Some(local) = self.local(row).cloned()
        {
            return self.cell(row, &local.value, column, span);
        }
        let Some(symbol) = self.symbols.get(name).copied() else {
            return Some(Typed::Open(name.to_owned()));
        };
        self.used.symbols.insert(symbol);
        if let Symbol::Fact(_) = symbol {
            return self.source(name).and_then(|source| self.typed_source(source, 0));
        }
        if self.is_table_set(symbol) {
            return Some(Typed::Set);
        }
        let typed = match self.definition(symbol, Some(span)) {
            Definition::Condition(lit) => Typed::Condition(lit),
            Definition::Number(number) => Typed::Number(number),
            Definition::Date(operand) => Typed::Date(operand),
            Definition::Chosen(operand, rule) => Typed::Chosen(operand, rule),
            Definition::Faulty => return None,
        };
        Some(self.carried(typed, 0))
    }

    /// A column of what a closure calls `row`.
    fn cell(&mut self, row: &str, value: &Typed, column: &str, span: Span) -> Option<Typed> {
        let Typed::Row(table) = value else {
            self.report(faults::column_of_no_row(row, span, value.kind()));
            return None;
        };
        if let Some(source) = self.column(table, column) {
            return self.typed_source(source, table.level);
        }
        let fault = self.declared(&table.place).map(|fact| {
            let columns: &[Fact] = match &fact.kind {
                FactKind::Table { columns, .. } => columns,
                _ => &[],
            };
            let names = columns.iter().map(|column| (column.name.zh.as_str(), column.id.as_str()));
            faults::unknown_row_column(column, (&fact.name.zh, &fact.id), span, names)
        });
        if !self.is_lost(&table.place) {
            self.diagnostics.extend(fault);
        }
        None
    }

    /// What a fact or column is, read here; it belongs to `level`.
    fn typed_source(&mut self, source: Source, level: usize) -> Option<Typed> {
        if self.is_lost(&source.place) {
            return None;
        }
        let fact = source.id;
        Some(match &self.declared(&source.place)?.kind {
            FactKind::Bool => Typed::Condition(self.builder.atom(Atom::Holds(fact))),
            FactKind::Number { places, unit, .. } => {
                Typed::Number(Num::new(Operand::Fact(fact), *places, Unit::parse(&unit.zh)))
            }
            FactKind::Date => Typed::Date(Operand::Fact(fact)),
            FactKind::Text { .. } => Typed::TextFact(fact),
            FactKind::Choice(_) => Typed::Choice(source),
            FactKind::Choices(_) => Typed::Choices(source),
            FactKind::Table { .. } => {
                // At its own level its number is the place of the fact or column itself.
                let place = source.place;
                let id = FactId::new(place.columns.last().copied().unwrap_or(place.fact));
                Typed::Table(Table { id, level, place })
            }
        })
    }

    fn operation(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr, span: Span) -> Option<Typed> {
        if op.is_comparison() {
            return self.binary(op, lhs, rhs).map(Typed::Condition);
        }
        let (left, right) = (self.number(lhs), self.number(rhs));
        self.arithmetic(op, left?, right?, span, [lhs.span, rhs.span]).map(Typed::Number)
    }

    fn choice_of(&mut self, cond: &Expr, then: &Expr, otherwise: &Expr) -> Option<Typed> {
        let condition = self.truth(cond);
        match (self.known(then)?, self.known(otherwise)?) {
            (Typed::Condition(a), Typed::Condition(b)) => {
                condition.map(|condition| Typed::Condition(self.builder.choose(condition, a, b)))
            }
            (Typed::Number(a), Typed::Number(b)) => {
                let spans = [then.span, otherwise.span];
                let (operands, places, unit) = self.all_aligned(vec![a, b], &spans)?;
                let [a, b] = <[Operand; 2]>::try_from(operands).ok()?;
                let of = Operand::Value(self.builder.value(Formula::Choose(condition?, a, b)));
                Some(Typed::Number(Num { of, places, by: None, unit }))
            }
            (Typed::Date(a), Typed::Date(b)) => {
                Some(Typed::Date(Operand::Value(self.builder.value(Formula::Choose(condition?, a, b)))))
            }
            (Typed::Condition(_), b) => self.wrong_type(otherwise.span, faults::CONDITION, b.kind()),
            (Typed::Number(_), b) => self.wrong_type(otherwise.span, faults::NUMBER, b.kind()),
            (Typed::Date(_), b) => self.wrong_type(otherwise.span, faults::DATE, b.kind()),
            (a, Typed::Condition(_)) => self.wrong_type(then.span, faults::CONDITION, a.kind()),
            (a, _) => self.wrong_type(then.span, faults::NUMBER, a.kind()),
        }
    }

    pub(super) fn wrong_type<T>(&mut self, span: Span, wanted: Kind, found: Kind) -> Option<T> {
        self.report(faults::mismatch(span, wanted, found));
        None
    }

    /// One of the options of a rule, computed: the branches of `if` name options.
    pub(super) fn chosen_option(&mut self, expr: &Expr, options: &[FactOption]) -> Option<Operand> {
        match &expr.kind {
            ExprKind::If { cond, then, otherwise } => {
                let condition = self.truth(cond);
                let then = self.chosen_option(then, options);
                let otherwise = self.chosen_option(otherwise, options);
                Some(Operand::Value(self.builder.value(Formula::Choose(condition?, then?, otherwise?))))
            }
            ExprKind::Name(name) => match super::expr::place(options, name) {
                Some(place) => Some(Operand::Number(place.into())),
                None => {
                    self.report(faults::unknown_rule_option(name, expr.span, options));
                    None
                }
            },
            _ => {
                let found = self.known(expr)?.kind();
                self.wrong_type(expr.span, faults::OPTION, found)
            }
        }
    }
}

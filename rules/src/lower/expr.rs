//! Conditions: typed, and compiled to literals.

use yichuang_engine::{Atom, FactId, FactKind, FactOption, Lit, Operand};

use super::Lower;
use super::faults::{self, CHOICES, OPTION};
use super::operand::Typed;
use super::scopes::{Place, Source};
use super::symbols::Symbol;
use crate::{BinaryOp, Expr, ExprKind, Node, Span, parse_expr};

impl<'n> Lower<'n> {
    /// A condition as it stands in a file: an expression, or a list under `all` / `any`.
    /// A faulty one is reported and stands for true.
    pub(super) fn condition(&mut self, node: &'n Node) -> Lit {
        let lit = self.deeper(node.span, |lower| match node.entries() {
            Some(_) => Some(lower.listed(node)),
            None => lower.expression(node).and_then(|expr| lower.truth(&expr)),
        });
        lit.unwrap_or(Lit::TRUE)
    }

    /// Conditions under `all` and `any`; where both are written, both must hold.
    fn listed(&mut self, node: &'n Node) -> Lit {
        let Some(fields) = self.fields(node, &["all", "any"]) else { return Lit::TRUE };
        if node.entries().is_some_and(<[crate::Entry]>::is_empty) {
            self.report(faults::empty_condition(node.span));
        }
        let all: Vec<Lit> = self.list(fields.get("all")).iter().map(|node| self.condition(node)).collect();
        let mut lits = vec![self.builder.all(all)];
        if fields.get("any").is_some() {
            let any: Vec<Lit> = self.list(fields.get("any")).iter().map(|node| self.condition(node)).collect();
            lits.push(self.builder.any(any));
        }
        self.builder.all(lits)
    }

    pub(super) fn expression(&mut self, node: &'n Node) -> Option<Expr> {
        if node.items().is_some() {
            self.report(faults::list_without_all(node.span));
            return None;
        }
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
                self.unknown_name(&name, expr.span);
                None
            }
            other => {
                self.report(faults::mismatch(expr.span, faults::CONDITION, other.kind()));
                None
            }
        }
    }

    pub(super) fn binary(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr) -> Option<Lit> {
        let equal = matches!(op, BinaryOp::Eq | BinaryOp::Ne);
        if let Some(lit) = self.rule_option_test(op, lhs, rhs).or_else(|| self.rule_option_test(op, rhs, lhs)) {
            return lit;
        }
        if let Some(lit) = self.option_test(op, lhs, rhs).or_else(|| self.option_test(op, rhs, lhs)) {
            return lit.map(|lit| if op == BinaryOp::Ne { !lit } else { lit });
        }
        for (set, option) in [(lhs, rhs), (rhs, lhs)] {
            if let (Some(name), ExprKind::Name(word)) = (self.table_set_name(set), &option.kind) {
                self.report(faults::choices_compared(op.symbol(), name, &[word], set.span));
                return None;
            }
        }
        let (left, right) = (self.typed(lhs), self.typed(rhs));
        let lit = match (left?, right?) {
            (Typed::TextFact(fact), Typed::Text(text)) | (Typed::Text(text), Typed::TextFact(fact)) if equal => {
                self.builder.atom(Atom::TextIs(fact, text))
            }
            (Typed::Condition(a), Typed::Condition(b)) if equal => self.builder.choose(a, b, !b),
            (Typed::Number(a), Typed::Number(b)) => return self.compared(op, a, b, [lhs.span, rhs.span]),
            (Typed::Date(a), Typed::Date(b)) => return Some(self.compare(op, a, b)),
            (Typed::Open(name), other) => return self.open_operand(&name, lhs.span, &other),
            (other, Typed::Open(name)) => return self.open_operand(&name, rhs.span, &other),
            (left, right) => {
                self.report(faults::incomparable(op.symbol(), (left.kind(), lhs.span), (right.kind(), rhs.span)));
                return None;
            }
        };
        Some(if op == BinaryOp::Ne { !lit } else { lit })
    }

    /// `rule == option` of a rule that gives an option.
    fn rule_option_test(&mut self, op: BinaryOp, rule: &Expr, option: &Expr) -> Option<Option<Lit>> {
        let (ExprKind::Name(name), ExprKind::Name(word)) = (&rule.kind, &option.kind) else { return None };
        let (Symbol::Rule(_) | Symbol::Output(..)) = self.symbol(name)? else { return None };
        let Typed::Chosen(operand, index) = self.typed(rule)? else { return None };
        if !matches!(op, BinaryOp::Eq | BinaryOp::Ne) {
            self.report(faults::ordered_choice(op.symbol(), rule.span));
            return Some(None);
        }
        let options = self.rule_options(index);
        let Some(place) = place(&options, word) else {
            self.report(faults::unknown_rule_option(word, option.span, &options));
            return Some(None);
        };
        Some(Some(self.compare(op, operand, Operand::Number(place.into()))))
    }

    /// `fact == option`: beside a choice a bare word is an option, whatever else has that name.
    /// The outer `None` is for anything else, the inner one for a fault.
    fn option_test(&mut self, op: BinaryOp, fact: &Expr, option: &Expr) -> Option<Option<Lit>> {
        let (fact_name, source) = self.chosen(fact)?;
        let ExprKind::Name(name) = &option.kind else { return None };
        if self.is_other_fact(&source, name) {
            return None;
        }
        let many = self.is_set(&source);
        let fault = if many {
            faults::choices_compared(op.symbol(), &fact_name, &[name], fact.span)
        } else if matches!(op, BinaryOp::Eq | BinaryOp::Ne) {
            let place = self.option(&source, name, option.span);
            return Some(place.map(|place| self.builder.atom(Atom::Is(source.id, place))));
        } else {
            faults::ordered_choice(op.symbol(), fact.span)
        };
        self.report(fault);
        Some(None)
    }

    /// The fact or column with options that an expression names.
    pub(super) fn chosen(&mut self, expr: &Expr) -> Option<(String, Source)> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        let source = self.source(name)?;
        let options = matches!(self.declared(&source.place)?.kind, FactKind::Choice(_) | FactKind::Choices(_));
        if !options || self.is_lost(&source.place) && self.options(&source.place).is_empty() {
            return None;
        }
        self.used.symbols.insert(Symbol::Fact(source.place.fact));
        Some((name.clone(), source))
    }

    /// Whether a fact is faulty, so that its use is not judged.
    pub(super) fn is_lost(&self, place: &Place) -> bool {
        self.lost.facts.contains(&FactId::new(place.fact))
    }

    fn is_set(&self, source: &Source) -> bool {
        matches!(self.declared(&source.place).map(|fact| &fact.kind), Some(FactKind::Choices(_)))
    }

    /// Whether a word is no option of the fact, but another fact.
    fn is_other_fact(&self, source: &Source, name: &str) -> bool {
        place(self.options(&source.place), name).is_none() && self.source(name).is_some()
    }

    /// `needle in haystack`.
    pub(super) fn within(&mut self, needle: &Expr, haystack: &Expr, negated: bool) -> Option<Lit> {
        if let Some((set, key)) = self.table_set(haystack) {
            let lit = self.set_has(&set, key, needle)?;
            return Some(if negated { !lit } else { lit });
        }
        let lit = match (&haystack.kind, self.chosen(haystack)) {
            (ExprKind::Array(elements), _) => self.one_of(needle, elements)?,
            (_, Some((_, source))) if self.is_set(&source) => {
                let ExprKind::Name(name) = &needle.kind else {
                    let found = self.typed(needle)?.kind();
                    self.report(faults::mismatch(needle.span, OPTION, found));
                    return None;
                };
                let option = self.option(&source, name, needle.span)?;
                self.builder.atom(Atom::Has(source.id, option))
            }
            _ => {
                match self.typed(haystack)? {
                    Typed::Open(name) => self.unknown_name(&name, haystack.span),
                    other => self.report(faults::mismatch(haystack.span, CHOICES, other.kind())),
                }
                return None;
            }
        };
        Some(if negated { !lit } else { lit })
    }

    fn one_of(&mut self, needle: &Expr, elements: &[Expr]) -> Option<Lit> {
        if let Some((name, source)) = self.chosen(needle)
            && self.is_set(&source)
        {
            let options: Vec<&str> = elements.iter().filter_map(bare_word).collect();
            self.report(faults::choices_compared("属于", &name, &options, needle.span));
            return None;
        }
        let lits: Vec<Option<Lit>> =
            elements.iter().map(|element| self.binary(BinaryOp::Eq, needle, element)).collect();
        let lits: Vec<Lit> = lits.into_iter().collect::<Option<_>>()?;
        Some(self.builder.any(lits))
    }

    /// The place of an option, by id or name.
    pub(super) fn option(&mut self, source: &Source, name: &str, span: Span) -> Option<u16> {
        let found = place(self.options(&source.place), name);
        match found {
            Some(option) if source.place.columns.is_empty() => {
                self.used.options.insert((FactId::new(source.place.fact), option));
            }
            Some(_) => {}
            None if self.is_lost(&source.place) => {}
            None => {
                let fault = self.declared(&source.place).map(|fact| faults::unknown_option(fact, name, span));
                self.diagnostics.extend(fault);
            }
        }
        found
    }

    /// A bare name on one side that is no option of the other side.
    fn open_operand(&mut self, name: &str, span: Span, other: &Typed) -> Option<Lit> {
        match other {
            Typed::TextFact(_) if crate::glued_operator(name).is_none() && !self.lost.has(name) => {
                self.report(faults::text_without_quotes(name, span));
            }
            Typed::Condition(_) if matches!(name, "是" | "否" | "有" | "没有" | "无" | "yes" | "no") => {
                self.report(faults::condition_compared(name, span));
            }
            _ => self.unknown_name(name, span),
        }
        None
    }
}

fn bare_word(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}

/// The place of an option, by id or name.
pub(super) fn place(options: &[FactOption], name: &str) -> Option<u16> {
    let place = options.iter().position(|option| option.id == name || option.name.zh == name)?;
    u16::try_from(place).ok()
}

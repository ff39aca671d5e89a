//! The inputs of a table: what its rows ask for.

use yichuang_engine::{FactId, FactKind, FactOption, Lit, Operand};

use super::super::keys::Fields;
use super::super::number::Num;
use super::super::operand::Typed;
use super::super::scopes::{Place, Source};
use super::super::symbols::Symbol;
use super::super::{Lower, faults};
use crate::{Expr, ExprKind, Span};

/// An input of a table.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Input {
    /// What its column is called: as it is written, by id, by name.
    pub(super) names: Vec<String>,
    pub(super) span: Span,
    pub(super) kind: InputKind,
    /// The fact that it is, if it is one: facts do not depend on each other.
    pub(super) fact: Option<FactId>,
}

/// The type of an input.
#[derive(Clone, Debug)]
pub(super) enum InputKind {
    Number(Num),
    Date(Operand),
    /// A choice among the options of the fact.
    Choice(FactId),
    /// A computed choice, and where its options are.
    Chosen(Operand, usize),
    Choices(FactId),
    Condition(Lit),
    Text(FactId),
}

impl<'n> Lower<'n> {
    pub(super) fn table_inputs(&mut self, fields: &Fields<'n>) -> Option<Vec<Input>> {
        let mut inputs: Vec<Input> = Vec::new();
        let mut sound = true;
        for node in self.required_list(fields, "inputs") {
            let Some(input) = self.expression(node).and_then(|expr| self.table_input(&expr, node.text()?)) else {
                sound = false;
                continue;
            };
            match inputs.iter().find(|known| known.names.iter().any(|name| input.names.contains(name))) {
                Some(first) => {
                    self.report(faults::duplicate(input.name(), input.span, first.span));
                    sound = false;
                }
                None => inputs.push(input),
            }
        }
        (sound && !inputs.is_empty()).then_some(inputs)
    }

    fn table_input(&mut self, expr: &Expr, written: &str) -> Option<Input> {
        let mut names = vec![written.trim().to_owned()];
        let mut fact = None;
        if let ExprKind::Name(name) = &expr.kind
            && let Some(symbol) = self.symbols.get(name).copied()
        {
            let same = self.symbols.iter().filter(|(other, known)| **known == symbol && *other != name);
            names.extend(same.map(|(other, _)| other.clone()));
            if let Symbol::Fact(index) = symbol {
                fact = Some(FactId::new(index));
            }
        }
        let kind = self.input_kind(expr)?;
        Some(Input { names, span: expr.span, kind, fact })
    }

    fn input_kind(&mut self, expr: &Expr) -> Option<InputKind> {
        if let Some((_, source)) = self.chosen(expr) {
            let fact = source.id;
            return match self.facts.get(fact.index())?.kind {
                FactKind::Choices(_) => Some(InputKind::Choices(fact)),
                _ => Some(InputKind::Choice(fact)),
            };
        }
        Some(match self.known(expr)? {
            Typed::Number(number) => InputKind::Number(self.whole_part(number, expr.span)?),
            Typed::Date(operand) => InputKind::Date(operand),
            Typed::Chosen(operand, options) => InputKind::Chosen(operand, options),
            Typed::Condition(lit) => InputKind::Condition(lit),
            Typed::TextFact(fact) => InputKind::Text(fact),
            other @ (Typed::Text(_)
            | Typed::Choice(_)
            | Typed::Choices(_)
            | Typed::Set
            | Typed::Table(_)
            | Typed::Row(_)
            | Typed::List
            | Typed::Open(_)) => {
                self.report(faults::no_input(expr.span, other.kind()));
                return None;
            }
        })
    }

    /// The options that the cells of an input name.
    pub(super) fn input_options(&self, input: &Input) -> Vec<FactOption> {
        match input.kind {
            InputKind::Choice(fact) | InputKind::Choices(fact) => self.options(&Place::fact(fact.index())).to_vec(),
            InputKind::Chosen(_, options) => self.rule_options(options),
            _ => Vec::new(),
        }
    }

    /// The place of an option that a cell names.
    pub(super) fn input_option(&mut self, input: &Input, word: &str, span: Span) -> Option<u16> {
        match input.kind {
            InputKind::Choice(id) | InputKind::Choices(id) => {
                self.option(&Source { id, place: Place::fact(id.index()) }, word, span)
            }
            _ => {
                let options = self.input_options(input);
                let place = super::super::expr::place(&options, word);
                if place.is_none() {
                    self.report(faults::no_such_option(word, span, &options));
                }
                place
            }
        }
    }
}

impl Input {
    pub(super) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

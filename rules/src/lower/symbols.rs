//! Names in conditions: what they stand for, compiled when first needed.

use std::collections::BTreeSet;

use yichuang_engine::{FactId, Formula, Lit, Operand};

use super::number::Num;
use super::units::Unit;

use super::{Lower, faults};
use crate::{Msg, Node, Span};

/// How deeply conditions, and the rules they use, may be nested in each other.
const MAX_DEPTH: usize = 256;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Symbol {
    Fact(usize),
    Param(usize),
    Rule(usize),
    /// The item is applied for.
    Item(usize),
    /// The item's conditions and periods, which no name stands for.
    ItemParts(usize),
    StatutoryMax,
    StatutorySum,
    Function(usize),
    /// A table, by which circles are told.
    Table(usize),
    /// What a table gives: the place of the table, and of the output in it.
    Output(usize, usize),
}

/// What a rule, parameter or item has been compiled to.
#[derive(Clone, Debug)]
pub(super) enum Definition {
    Condition(Lit),
    Number(Num),
    Date(Operand),
    /// An option of the rule, by its place.
    Chosen(Operand, usize),
    /// It could not be compiled; that has been reported.
    Faulty,
}

/// What conditions, forms and materials use, for finding what nothing uses.
#[derive(Debug, Default)]
pub(super) struct Used {
    pub(super) symbols: BTreeSet<Symbol>,
    pub(super) options: BTreeSet<(FactId, u16)>,
}

/// What could not be read, so that its use is not reported as another fault.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// Ids and names of faulty entries.
    names: BTreeSet<String>,
    /// A whole file or section is missing: any name may have been declared there.
    pub(super) section: bool,
    /// An item has an unknown key instead of its code, which is the name of a column.
    pub(super) code: bool,
    /// Facts whose type or options are faulty.
    pub(super) facts: BTreeSet<FactId>,
    /// What is nested too deeply has been reported, once.
    depth: bool,
    /// Definitions that are part of a circle.
    circular: BTreeSet<Symbol>,
}

impl Lost {
    pub(super) fn new(section: bool) -> Lost {
        Lost { section, ..Lost::default() }
    }

    /// Notes the id and the name of an entry that is left out.
    pub(super) fn entry(&mut self, node: &Node) {
        for key in ["id", "name"] {
            let keys: Vec<&str> = std::iter::once(key).chain(super::keys::chinese(key).iter().copied()).collect();
            let Some(entry) = node.get(&keys) else { continue };
            let text = entry.value.text().or_else(|| entry.value.get(&["zh", "中文"])?.value.text());
            self.names.extend(text.map(ToOwned::to_owned));
        }
    }

    pub(super) fn name(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    pub(super) fn has(&self, name: &str) -> bool {
        let bare = ["items.", "事项.", "materials.", "材料."].iter().find_map(|prefix| name.strip_prefix(prefix));
        let table = name.split_once('.').is_some_and(|(table, _)| self.names.contains(table));
        self.section || table || self.names.contains(bare.unwrap_or(name))
    }
}

impl Lower<'_> {
    /// The definition of a rule, parameter, item or built-in number; `span` is where it is used,
    /// if a name stands for it there.
    pub(super) fn definition(&mut self, symbol: Symbol, span: Option<Span>) -> Definition {
        if let Some(known) = self.definitions.get(&symbol) {
            return known.clone();
        }
        if let Symbol::Output(table, output) = symbol {
            return self.table_output(table, output, span);
        }
        if !self.enter(symbol, span) {
            return Definition::Faulty;
        }
        let definition = self.apart(|lower| lower.define(symbol));
        self.stack.pop();
        self.definitions.insert(symbol, definition.clone());
        definition
    }

    fn define(&mut self, symbol: Symbol) -> Definition {
        match symbol {
            Symbol::Fact(_) | Symbol::ItemParts(_) | Symbol::Function(_) | Symbol::Table(_) | Symbol::Output(..) => {
                Definition::Faulty
            }
            Symbol::Param(index) => self.define_param(index),
            Symbol::Rule(index) => self.define_rule(index),
            Symbol::Item(index) => self.define_item(index),
            Symbol::StatutoryMax => self.statutory(Formula::MaxIf),
            Symbol::StatutorySum => self.statutory(Formula::SumIf),
        }
    }

    fn statutory(&mut self, formula: fn(Vec<(Lit, Operand)>) -> Formula) -> Definition {
        let of = Operand::Value(self.statutory_value(formula));
        Definition::Number(Num::new(of, 0, Unit::of("工作日")))
    }

    /// Begins compiling a definition, unless it is being compiled already: a circle, reported once.
    pub(super) fn enter(&mut self, symbol: Symbol, span: Option<Span>) -> bool {
        let span = span.or_else(|| self.stack.last().and_then(|(_, span)| *span));
        if let Some(start) = self.stack.iter().position(|(active, _)| *active == symbol) {
            self.report_circle(start, span);
            return false;
        }
        self.stack.push((symbol, span));
        true
    }

    /// One level deeper in conditions; `None` beyond the limit, which is reported.
    pub(super) fn deeper<T>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            if !std::mem::replace(&mut self.lost.depth, true) {
                self.report(faults::nested_too_deep(span));
            }
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// Compiles every rule and item, needed or not, so that all faults are found.
    pub(super) fn all_definitions(&mut self) {
        let params = (0..self.params.len()).map(Symbol::Param);
        let rules = (0..self.rules.len()).map(Symbol::Rule);
        let items = (0..self.items.len()).map(Symbol::Item);
        let tables = (0..self.tables.len()).map(|table| Symbol::Output(table, 0));
        for symbol in params.chain(rules).chain(tables).chain(items) {
            self.definition(symbol, None);
        }
    }

    /// What people call a definition.
    fn called(&self, symbol: Symbol) -> String {
        let name = |list: &[super::Declared<'_>], index: usize| {
            list.get(index).map_or_else(String::new, |entry| entry.name.zh.clone())
        };
        match symbol {
            Symbol::Fact(index) => self.facts.get(index).map_or_else(String::new, |fact| fact.name.zh.clone()),
            Symbol::Param(index) => name(&self.params, index),
            Symbol::Rule(index) => name(&self.rules, index),
            Symbol::Item(index) | Symbol::ItemParts(index) => format!("事项.{}", name(&self.items, index)),
            Symbol::Function(index) => self.function_name(index),
            Symbol::Table(index) | Symbol::Output(index, _) => self.table_name(index),
            Symbol::StatutoryMax => "事项.法定最长".to_owned(),
            Symbol::StatutorySum => "事项.法定合计".to_owned(),
        }
    }

    fn report_circle(&mut self, start: usize, span: Option<Span>) {
        let circle: Vec<(Symbol, Option<Span>)> = self.stack.iter().skip(start).copied().collect();
        let Some((first, _)) = circle.first() else { return };
        if circle.iter().all(|(symbol, _)| self.lost.circular.contains(symbol)) {
            return;
        }
        self.lost.circular.extend(circle.iter().map(|(symbol, _)| *symbol));
        let mut names: Vec<String> = circle.iter().map(|(symbol, _)| self.called(*symbol)).collect();
        names.push(self.called(*first));
        names.dedup();
        if names.len() == 1 {
            names.extend(names.first().cloned());
        }
        let fallback = self.items.first().map_or_else(|| Span::new(crate::SourceId(0), 0, 0), |item| item.span);
        let span = span.unwrap_or(fallback);
        let steps = circle.iter().skip(1).filter_map(|(symbol, place)| {
            let name = self.called(*symbol);
            let place = place.filter(|place| *place != span)?;
            Some((place, Msg { zh: format!("用到「{name}」"), en: format!("needs `{name}`") }))
        });
        self.report(faults::circle(&names, span, steps.collect()));
    }

    /// Reports a name that nothing declares, unless its declaration was lost.
    pub(super) fn unknown_name(&mut self, name: &str, span: Span) {
        if let Some(row) = self.hidden_row(name).map(str::to_owned) {
            self.report(faults::row_of_other_table(&row, span));
            return;
        }
        if !self.lost.has(name) {
            self.report(faults::unknown_name(name, span, self.symbols.keys().map(String::as_str)));
        }
    }
}

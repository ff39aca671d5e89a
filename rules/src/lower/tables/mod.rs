//! Decision tables 决策表: what they ask, what they give, and their names in expressions.

mod cells;
mod check;
mod inputs;
mod notations;
mod outputs;
mod rows;

use std::collections::BTreeMap;

use yichuang_engine::{BasisId, FactKind, Formula, Lit, Operand, Pick, Rule, Table, Text};

use super::declare::Declared;
use super::number::Num;
use super::symbols::{Definition, Symbol};
use super::units::Unit;
use super::versions::Whose;
use super::{Lower, faults};
use crate::{BinaryOp, Expr, ExprKind, Node, Span, name_fault};
use rows::row_basis;

pub(super) use check::Clash;

/// The keys of a table.
const TABLE: &[&str] = &["id", "name", "hit", "inputs", "outputs", "rows", "sheet", "otherwise", "basis", "effective"];

/// Which of the rows that match count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hit {
    /// 唯一: no two rows match together.
    Unique,
    /// 首个: the first one.
    First,
    /// 汇总: all of them.
    Collect,
}

const HITS: &[(&str, &str, Hit)] =
    &[("unique", "唯一", Hit::Unique), ("first", "首个", Hit::First), ("collect", "汇总", Hit::Collect)];

/// A table before its rows are read.
#[derive(Clone, Debug)]
pub(super) struct TableDecl<'n> {
    entry: Declared<'n>,
    hit: Hit,
    outputs: Vec<OutputDecl>,
    /// Nothing is wrong with what it is said to give.
    sound: bool,
}

/// What a table gives in one of its columns.
#[derive(Clone, Debug)]
pub(super) struct OutputDecl {
    id: String,
    name: Text,
    span: Span,
    kind: FactKind,
    unit: Unit,
    pick: Pick,
    /// It is shown in decisions.
    shown: bool,
    /// Where its options are among those of rules and tables.
    options: usize,
}

/// What an output has been compiled to.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// What a name stands for.
    Value(Definition),
    /// A set of options: the places of the table and of the output, and when the table is in force.
    Set(u16, u16, Lit),
}

impl<'n> Lower<'n> {
    pub(super) fn declare_tables(&mut self) {
        for entry in self.declarations("tables", TABLE) {
            let hit = self.require(&entry.fields, "hit").and_then(|node| self.choice(node, HITS));
            let before = self.diagnostics.len();
            let outputs = self.declare_outputs(&entry, hit.unwrap_or(Hit::First));
            let sound = self.diagnostics.len() == before && hit.is_some();
            if !sound {
                self.lost.name(&entry.id);
                self.lost.name(&entry.name.zh);
            }
            let names = [(entry.name.zh.clone(), entry.fields.get("name").map_or(entry.span, |node| node.span))];
            let output_names = outputs.iter().map(|output| (output.name.zh.clone(), output.span));
            let all: Vec<(String, Span)> = names.into_iter().chain(output_names).collect();
            for (name, span) in all.iter().filter(|(name, _)| !name.is_empty()) {
                self.diagnostics.extend(name_fault(name, *span));
            }
            self.tables.push(TableDecl { entry, hit: hit.unwrap_or(Hit::First), outputs, sound });
        }
    }

    /// The names of all outputs, as `table.output`; of a table with one output also its own name.
    pub(super) fn table_symbols(&self) -> Vec<(String, String, Span, Symbol)> {
        let mut symbols = Vec::new();
        for (table, declared) in self.tables.iter().enumerate() {
            let (id, name, span) = (&declared.entry.id, &declared.entry.name.zh, declared.entry.span);
            for (place, output) in declared.outputs.iter().enumerate() {
                let symbol = Symbol::Output(table, place);
                symbols.push((
                    format!("{id}.{}", output.id),
                    format!("{name}.{}", output.name.zh),
                    output.span,
                    symbol,
                ));
                if declared.outputs.len() == 1 {
                    symbols.push((id.clone(), name.clone(), span, symbol));
                }
            }
        }
        symbols
    }

    pub(super) fn table_name(&self, table: usize) -> String {
        self.tables.get(table).map_or_else(String::new, |table| table.entry.name.zh.clone())
    }

    /// The sheets that tables name.
    pub(super) fn table_sheets(&self) -> Vec<&'n Node> {
        self.tables.iter().filter_map(|table| table.entry.fields.get("sheet")).collect()
    }

    pub(super) fn unused_tables(&self) -> Vec<crate::Diagnostic> {
        let is_used = |table: usize, declared: &TableDecl<'_>| {
            (0..declared.outputs.len()).any(|output| self.used.symbols.contains(&Symbol::Output(table, output)))
        };
        let unused = self.tables.iter().enumerate().filter(|(table, declared)| !is_used(*table, declared));
        unused.map(|(_, table)| faults::unused_table(&table.entry.name.zh, table.entry.span)).collect()
    }

    /// What an output stands for; its table is compiled when first needed.
    pub(super) fn table_output(&mut self, table: usize, output: usize, span: Option<Span>) -> Definition {
        match self.given(table, output, span) {
            Some(Given::Value(definition)) => definition,
            Some(Given::Set(..)) | None => Definition::Faulty,
        }
    }

    fn given(&mut self, table: usize, output: usize, span: Option<Span>) -> Option<Given> {
        if !self.table_results.contains_key(&table) {
            if !self.enter(Symbol::Table(table), span) {
                return None;
            }
            let result = self.apart(|lower| lower.define_table(table)).unwrap_or_default();
            self.stack.pop();
            self.table_results.insert(table, result);
        }
        self.table_results.get(&table)?.1.get(output).cloned()
    }

    fn define_table(&mut self, index: usize) -> Option<(Vec<BasisId>, Vec<Given>)> {
        let declared = self.tables.get(index)?.clone();
        let fields = &declared.entry.fields;
        let basis = self.required_basis(fields);
        let whose = Whose { what: "table", id: &declared.entry.id, name: &declared.entry.name };
        let in_force = self.in_force(whose, fields);
        let inputs = self.table_inputs(fields);
        if !declared.sound {
            return None;
        }
        let rows = self.table_rows(&declared, &inputs);
        let otherwise = self.table_otherwise(&declared);
        let (inputs, rows) = (inputs?, rows?);
        if rows.len() > usize::from(u16::MAX) {
            self.report(faults::too_many_rows(rows.len(), declared.entry.span));
            return None;
        }
        let tests = self.row_tests(&inputs, &rows);
        let outputs = self.row_outputs(&declared, &rows, otherwise);
        let row_basis = row_basis(&rows);
        let compiled = self.compiled_rows(&inputs, tests?);
        self.check_rows(&declared, &inputs, &rows, &compiled);
        let table = Table {
            id: declared.entry.id.clone(),
            name: declared.entry.name.clone(),
            collects: declared.hit == Hit::Collect,
            rows: u16::try_from(rows.len()).unwrap_or(u16::MAX),
            columns: compiled.columns,
            when: compiled.when,
            outputs: outputs?,
            basis: basis.clone(),
            row_basis,
        };
        let place = self.builder.table(table);
        let outputs = declared.outputs.iter().enumerate();
        Some((basis, outputs.map(|(output, of)| self.gives_output(place, output, of, in_force)).collect()))
    }

    /// The value of an output, for expressions.
    fn gives_output(&mut self, table: u16, output: usize, of: &OutputDecl, in_force: Lit) -> Given {
        let place = u16::try_from(output).unwrap_or(u16::MAX);
        if let FactKind::Choices(_) = of.kind {
            return Given::Set(table, place, in_force);
        }
        let value = self.picked(table, place, of.pick, in_force);
        Given::Value(match &of.kind {
            FactKind::Bool => Definition::Condition(self.compare(BinaryOp::Eq, value, Operand::Number(1))),
            FactKind::Date => Definition::Date(value),
            FactKind::Choice(_) => Definition::Chosen(value, of.options),
            FactKind::Number { .. } if of.pick == Pick::Count => Definition::Number(Num::plain(value)),
            FactKind::Number { places, .. } => Definition::Number(Num::new(value, *places, of.unit.clone())),
            FactKind::Choices(_) | FactKind::Text { .. } | FactKind::Table { .. } => Definition::Faulty,
        })
    }

    fn picked(&mut self, table: u16, output: u16, pick: Pick, in_force: Lit) -> Operand {
        let value = Operand::Value(self.builder.value(Formula::FromTable(table, output, pick)));
        self.operand_in_force(&[in_force], vec![value])
    }

    /// Whether a name stands for a set of options that a table gives.
    pub(super) fn is_table_set(&self, symbol: Symbol) -> bool {
        let Symbol::Output(table, output) = symbol else { return false };
        let output = self.tables.get(table).and_then(|table| table.outputs.get(output));
        output.is_some_and(|output| matches!(output.kind, FactKind::Choices(_)))
    }

    /// The name of a set of options of a table.
    pub(super) fn table_set_name<'e>(&self, expr: &'e Expr) -> Option<&'e str> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        let symbol = self.symbol(name)?;
        self.is_table_set(symbol).then_some(name)
    }

    /// The set of options of a table that an expression names, and where its options are.
    pub(super) fn table_set(&mut self, expr: &Expr) -> Option<(Option<Given>, usize)> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        let symbol = self.symbol(name).filter(|symbol| self.is_table_set(*symbol))?;
        let Symbol::Output(table, output) = symbol else { return None };
        self.used.symbols.insert(symbol);
        let options = self.tables.get(table)?.outputs.get(output)?.options;
        Some((self.given(table, output, Some(expr.span)), options))
    }

    /// Whether the set that a table gives has the option that is named.
    pub(super) fn set_has(&mut self, set: &Option<Given>, key: usize, needle: &Expr) -> Option<Lit> {
        let ExprKind::Name(word) = &needle.kind else {
            let found = self.typed(needle)?.kind();
            return self.wrong_type(needle.span, faults::OPTION, found);
        };
        let options = self.rule_options(key);
        let Some(place) = super::expr::place(&options, word) else {
            self.report(faults::no_such_option(word, needle.span, &options));
            return None;
        };
        let Some(Given::Set(table, output, in_force)) = set else { return None };
        let lit = self.at_level(0, |lower| {
            let value = lower.picked(*table, *output, Pick::Has(place), *in_force);
            lower.compare(BinaryOp::Eq, value, Operand::Number(1))
        });
        Some(self.carried_lit(lit, 0))
    }

    /// What tables give, as rules of the pack: derived values with a name.
    pub(super) fn lower_table_rules(&mut self, rules: &mut Vec<Rule>) {
        for (index, table) in self.tables.clone().into_iter().enumerate() {
            let (basis, results) = self.table_results.get(&index).cloned().unwrap_or_default();
            for (place, (output, given)) in table.outputs.iter().zip(results).enumerate() {
                if output.shown {
                    self.used.symbols.insert(Symbol::Output(index, place));
                }
                let Given::Value(definition) = given else { continue };
                let Some((kind, result)) = self.derived(definition) else { continue };
                rules.push(Rule {
                    id: format!("{}.{}", table.entry.id, output.id),
                    name: output.name.clone(),
                    kind,
                    shown: output.shown,
                    result,
                    basis: basis.clone(),
                    versions: Vec::new(),
                });
            }
        }
    }
}

/// Different things, and the place of each in a list of them.
#[derive(Debug)]
struct Interned<T> {
    distinct: Vec<T>,
    places: BTreeMap<T, u16>,
    rows: Vec<u16>,
}

impl<T: Ord + Clone> Interned<T> {
    fn new() -> Interned<T> {
        Interned { distinct: Vec::new(), places: BTreeMap::new(), rows: Vec::new() }
    }

    fn push(&mut self, thing: T) {
        let next = u16::try_from(self.distinct.len()).unwrap_or(u16::MAX);
        let place = *self.places.entry(thing.clone()).or_insert(next);
        if place == next {
            self.distinct.push(thing);
        }
        self.rows.push(place);
    }

    fn cells(self) -> yichuang_engine::Cells<T> {
        yichuang_engine::Cells { distinct: self.distinct, rows: self.rows }
    }
}

//! Where an expression is compiled: in the pack's program, or in the program of a table's rows.
//!
//! Level 0 is the pack's program; each closure over rows opens a level. What a value is made of
//! belongs to one level. It is carried inwards: a fact by its number, which grows by the columns
//! of the rows; a literal or a computed number as one of the program around.

use yichuang_engine::{Atom, Fact, FactId, FactKind, FactOption, Formula, Lit, Operand};

use super::Lower;
use super::number::Num;
use super::operand::Typed;
use super::symbols::Symbol;
use crate::builder::Builder;

/// A name that stands for a value: the argument of a function, or what a closure calls a row.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) name: String,
    /// To which level its value belongs.
    pub(super) level: usize,
    pub(super) value: Typed,
}

/// The rows of a table that are being computed over.
#[derive(Debug)]
pub(super) struct Scope {
    /// The program around; the one of the rows is being built.
    outer: Builder,
    columns: usize,
}

/// Where a fact or column is declared: the place of the fact, then those of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) fact: usize,
    pub(super) columns: Vec<usize>,
}

/// A fact or column as an expression reads it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its number where it is read.
    pub(super) id: FactId,
    pub(super) place: Place,
}

/// A table, or one of its rows.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The number of the table at its level.
    pub(super) id: FactId,
    /// The level at which the table is a fact; that of a row is where its columns are.
    pub(super) level: usize,
    pub(super) place: Place,
}

impl Place {
    pub(super) fn fact(fact: usize) -> Place {
        Place { fact, columns: Vec::new() }
    }

    pub(super) fn column(&self, column: usize) -> Place {
        let mut place = self.clone();
        place.columns.push(column);
        place
    }
}

impl Lower<'_> {
    pub(super) fn level(&self) -> usize {
        self.scopes.len()
    }

    pub(super) fn declared(&self, place: &Place) -> Option<&Fact> {
        place.columns.iter().try_fold(self.facts.get(place.fact)?, |fact, column| match &fact.kind {
            FactKind::Table { columns, .. } => columns.get(*column),
            _ => None,
        })
    }

    pub(super) fn declared_mut(&mut self, place: &Place) -> Option<&mut Fact> {
        place.columns.iter().try_fold(self.facts.get_mut(place.fact)?, |fact, column| match &mut fact.kind {
            FactKind::Table { columns, .. } => columns.get_mut(*column),
            _ => None,
        })
    }

    /// The options of a fact or column; none where it has none.
    pub(super) fn options(&self, place: &Place) -> &[FactOption] {
        match self.declared(place).map(|fact| &fact.kind) {
            Some(FactKind::Choice(options) | FactKind::Choices(options)) => options,
            _ => &[],
        }
    }

    /// Opens the level of a table's rows.
    pub(super) fn open_rows(&mut self, columns: usize) {
        let outer = std::mem::take(&mut self.builder);
        self.scopes.push(Scope { outer, columns });
    }

    /// Closes the innermost level; gives what was built there.
    pub(super) fn close_rows(&mut self) -> Option<Builder> {
        let scope = self.scopes.pop()?;
        Some(std::mem::replace(&mut self.builder, scope.outer))
    }

    /// Compiles a definition: it is not a part of the function or closure that happens to need it first.
    pub(super) fn apart<T>(&mut self, compile: impl FnOnce(&mut Self) -> T) -> T {
        let first_local = std::mem::replace(&mut self.first_local, self.locals.len());
        let value = self.at_level(0, compile);
        self.first_local = first_local;
        value
    }

    /// Does something at an outer level, where the names of inner rows mean nothing.
    pub(super) fn at_level<T>(&mut self, level: usize, compile: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.locals.iter().take_while(|local| local.level <= level).count();
        let mut hidden = self.locals.split_off(outer);
        let first_local = self.first_local;
        self.first_local = first_local.min(outer);
        let names = hidden.iter().skip(first_local.saturating_sub(outer)).map(|local| local.name.clone()).collect();
        let before = std::mem::replace(&mut self.hidden_rows, names);
        let mut inner = self.scopes.split_off(level);
        if let Some(first) = inner.first_mut() {
            std::mem::swap(&mut self.builder, &mut first.outer);
        }
        let value = compile(self);
        if let Some(first) = inner.first_mut() {
            std::mem::swap(&mut self.builder, &mut first.outer);
        }
        self.scopes.append(&mut inner);
        self.hidden_rows = before;
        self.first_local = first_local;
        self.locals.append(&mut hidden);
        value
    }

    /// The local of this name that can be read here, the innermost first.
    pub(super) fn local(&self, name: &str) -> Option<&Local> {
        self.locals.iter().skip(self.first_local).rev().find(|local| local.name == name)
    }

    /// What a name is declared as, unless an argument or a row is called so here.
    pub(super) fn symbol(&self, name: &str) -> Option<Symbol> {
        let is_local = |name: &str| self.local(name).is_some();
        let hidden = is_local(name) || name.split_once('.').is_some_and(|(row, _)| is_local(row));
        self.symbols.get(name).copied().filter(|_| !hidden)
    }

    /// The row of a closure around that a name speaks of where it cannot be read.
    pub(super) fn hidden_row(&self, name: &str) -> Option<&str> {
        let first = name.split('.').next()?;
        self.hidden_rows.iter().map(String::as_str).find(|row| *row == first)
    }

    /// The fact or column that a name stands for, read here.
    pub(super) fn source(&self, name: &str) -> Option<Source> {
        if let Some(local) = self.local(name) {
            return match &local.value {
                Typed::Choice(source) | Typed::Choices(source) => Some(self.carried_source(source, local.level)),
                _ => None,
            };
        }
        if let Some((row, column)) = name.split_once('.')
            && let Some(local) = self.local(row)
        {
            let Typed::Row(row) = &local.value else { return None };
            return self.column(row, column);
        }
        let Symbol::Fact(index) = *self.symbols.get(name)? else { return None };
        Some(Source { id: self.carried_fact(FactId::new(index), 0), place: Place::fact(index) })
    }

    /// A column of a row, by id or name.
    pub(super) fn column(&self, row: &Table, name: &str) -> Option<Source> {
        let FactKind::Table { columns, .. } = &self.declared(&row.place)?.kind else { return None };
        let column = columns.iter().position(|column| column.id == name || column.name.zh == name)?;
        let id = self.carried_fact(FactId::new(column), row.level);
        Some(Source { id, place: row.place.column(column) })
    }

    fn carried_source(&self, source: &Source, from: usize) -> Source {
        Source { id: self.carried_fact(source.id, from), place: source.place.clone() }
    }

    /// The number here of a fact with a number at an outer level.
    pub(super) fn carried_fact(&self, fact: FactId, from: usize) -> FactId {
        let columns: usize = self.scopes.iter().skip(from).map(|scope| scope.columns).sum();
        FactId::new(fact.index() + columns)
    }

    /// A value of an outer level, as it is read here.
    pub(super) fn carried(&mut self, typed: Typed, from: usize) -> Typed {
        match typed {
            Typed::Condition(lit) => Typed::Condition(self.carried_lit(lit, from)),
            Typed::Number(number) => {
                let by = number.by.map(|by| self.carried_operand(by, from));
                Typed::Number(Num { of: self.carried_operand(number.of, from), by, ..number })
            }
            Typed::Date(operand) => Typed::Date(self.carried_operand(operand, from)),
            Typed::Chosen(operand, rule) => Typed::Chosen(self.carried_operand(operand, from), rule),
            Typed::TextFact(fact) => Typed::TextFact(self.carried_fact(fact, from)),
            Typed::Choice(source) => Typed::Choice(self.carried_source(&source, from)),
            Typed::Choices(source) => Typed::Choices(self.carried_source(&source, from)),
            // They know their level, or have none.
            other @ (Typed::Table(_) | Typed::Row(_) | Typed::Set | Typed::Text(_) | Typed::List | Typed::Open(_)) => {
                other
            }
        }
    }

    pub(super) fn carried_lit(&mut self, mut lit: Lit, from: usize) -> Lit {
        for level in from + 1..=self.level() {
            if lit == Lit::TRUE || lit == Lit::FALSE {
                break;
            }
            let node = if lit.is_negated() { !lit } else { lit };
            let carried = self.builder_at(level).atom(Atom::Outer(node));
            lit = if lit.is_negated() { !carried } else { carried };
        }
        lit
    }

    fn carried_operand(&mut self, mut operand: Operand, from: usize) -> Operand {
        for level in from + 1..=self.level() {
            operand = match operand {
                Operand::Fact(fact) => {
                    let columns = self.scopes.get(level - 1).map_or(0, |scope| scope.columns);
                    Operand::Fact(FactId::new(fact.index() + columns))
                }
                Operand::Value(value) => Operand::Value(self.builder_at(level).value(Formula::Outer(value))),
                written @ (Operand::Number(_) | Operand::Date(_)) => written,
            };
        }
        operand
    }

    /// The program that is built at a level.
    fn builder_at(&mut self, level: usize) -> &mut Builder {
        match self.scopes.get_mut(level) {
            Some(scope) => &mut scope.outer,
            None => &mut self.builder,
        }
    }
}

//! The question of a table: rows of cells, each a control of its own.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, Facts, ROWS, Slot, Value};

use super::ask::fields as carried;
use super::{Control, Desk};
use crate::{Answer, Answers};

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsField {
    /// The name of the table: the id of a fact, or `shareholders[0].shares` in a cell.
    pub name: String,
    /// The rows as typed.
    pub rows: Vec<Placed<Row>>,
    /// One more row is allowed.
    pub can_add: bool,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name: `shareholders[0]`.
    pub name: String,
    /// Its cells, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The name of its field: `shareholders[0].amount`.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// Help under it.
    pub help: String,
    /// The kind of its control.
    pub control: Control,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The autofill token (HTML Living Standard), if it says what the browser may do.
    pub autocomplete: Option<&'static str>,
}

/// A section, a field or a row in its place on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed<T> {
    /// In words.
    New(T),
    /// As it is shown already, because nothing in it has changed: its title, key or name.
    Same(String),
}

impl Desk<'_> {
    /// The rows as typed, or an empty one to begin with; `is_same` tells of the row at a place
    /// whether it is shown already as it is.
    pub(super) fn rows(
        &self,
        name: &str,
        columns: &[Fact],
        max_rows: u16,
        slot: &Slot,
        answer: Option<&Answer>,
        is_same: &dyn Fn(usize) -> bool,
    ) -> RowsField {
        if !ROWS {
            return RowsField { name: name.into(), rows: Vec::new(), can_add: false };
        }
        let none = Answers::new();
        let typed: Vec<&Answers> = match (answer, slot) {
            (Some(Answer::Rows(rows)), _) => rows.iter().collect(),
            (_, Slot::Known(_)) => Vec::new(),
            _ => [&none].into(),
        };
        let can_add = typed.len() < usize::from(max_rows);
        let known: &[Facts] = match slot {
            Slot::Known(Value::Table(rows)) => rows,
            _ => &[],
        };
        let row = |(place, typed): (usize, &Answers)| {
            let name = format!("{name}[{place}]");
            if is_same(place) {
                return Placed::Same(name);
            }
            let cells = columns.iter().enumerate().map(|(column, fact)| {
                let slot = known.get(place).map_or(&Slot::Unknown, |row| row.get(FactId::new(column)));
                self.cell(format!("{name}.{}", fact.id), fact, slot, typed.get(&fact.id))
            });
            Placed::New(Row { cells: cells.collect(), name })
        };
        RowsField { name: name.into(), rows: typed.into_iter().enumerate().map(row).collect(), can_add }
    }

    fn cell(&self, name: String, fact: &Fact, slot: &Slot, answer: Option<&Answer>) -> Cell {
        let error = self.precheck.errors.iter().find(|error| error.key == name);
        let error = error.map(|error| self.text(&error.message));
        let label = if fact.question.zh.is_empty() { &fact.name } else { &fact.question };
        Cell {
            label: self.text(label),
            help: self.text(&fact.help),
            control: self.control(&name, fact, slot, answer, error.clone()),
            error,
            name,
            autocomplete: None,
        }
    }
}

/// The fields that carry the rows of a table; each row has one as such, so that an empty one stays.
pub(super) fn fields(name: &str, rows: &[Answers]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if !ROWS {
        return found;
    }
    for (place, row) in rows.iter().enumerate() {
        let name = format!("{name}[{place}]");
        for (column, answer) in row.iter() {
            found.extend(carried(format!("{name}.{column}"), answer));
        }
        found.push((name, "1".into()));
    }
    found
}

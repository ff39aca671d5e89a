//! Lists of rows on paper: one row of the table for each, or empty ones to be written by hand.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Facts, Slot, Value};

use super::{Desk, Medium};
use crate::phrase::joined;
use crate::{Element, Field, FieldSource, el, value_text};

/// How many rows are there to be written in by hand.
const EMPTY_ROWS: usize = 5;

impl Desk<'_> {
    /// The table of a field that has rows; nothing for other fields, on a page, and where the answer is
    /// that there are none.
    pub(super) fn rows(&self, field: &Field) -> Option<Element> {
        let FieldSource::Fact(id) = field.source else { return None };
        let fact = self.precheck.bundle.value.pack.facts.get(id.index())?;
        let FactKind::Table { columns, .. } = &fact.kind else { return None };
        let is_asked = self.precheck.decision.run.get(fact.ask_if) != Some(false);
        let rows: Vec<Element> = match (self.medium, self.precheck.facts.get(id)) {
            (Medium::Page, _) => return None,
            (Medium::Blank, _) => empty(columns),
            (Medium::Filled, Slot::Known(Value::Table(rows))) if is_asked && !rows.is_empty() => {
                rows.iter().map(|row| self.filled(columns, row)).collect()
            }
            (Medium::Filled, Slot::Unknown | Slot::Unsure) if is_asked && self.is_open(id, field) => empty(columns),
            (Medium::Filled, _) => return None,
        };
        let titles = columns.iter().map(|column| el("th").attr("scope", "col").text(self.lang.pick(&column.name)));
        Some(
            el("table")
                .class("rows")
                .attr("data-field", &*field.id)
                .child(el("caption").text(self.lang.pick(&field.label)))
                .child(el("thead").child(el("tr").children(titles)))
                .child(el("tbody").children(rows)),
        )
    }

    fn filled(&self, columns: &[Fact], row: &Facts) -> Element {
        let cells = columns.iter().enumerate().map(|(at, column)| el("td").child(self.cell(column, row, at)));
        el("tr").children(cells)
    }

    /// What stands in a cell; rows within a row stand below each other.
    fn cell(&self, column: &Fact, row: &Facts, at: usize) -> Option<Element> {
        let inner = match (row.get(FactId::new(at)), &column.kind) {
            (Slot::Known(Value::Table(rows)), FactKind::Table { columns, .. }) => {
                let lines = rows.iter().map(|row| el("li").text(self.line(columns, row)));
                el("ol").children(lines)
            }
            (Slot::Known(value), _) => el("span").text(value_text(column, value, self.lang)),
            (Slot::Unknown | Slot::Unsure, _) => return None,
        };
        Some(inner)
    }

    fn line(&self, columns: &[Fact], row: &Facts) -> String {
        let word = |(at, column): (usize, &Fact)| match row.get(FactId::new(at)) {
            Slot::Known(value) => value_text(column, value, self.lang),
            Slot::Unknown | Slot::Unsure => String::new(),
        };
        let mut words: Vec<String> = columns.iter().enumerate().map(word).collect();
        words.retain(|word| !word.is_empty());
        joined(&words, self.lang.word("，", ", "))
    }
}

fn empty(columns: &[Fact]) -> Vec<Element> {
    let row = |_| el("tr").children(columns.iter().map(|_| el("td").class("by-hand")));
    (0..EMPTY_ROWS).map(row).collect()
}

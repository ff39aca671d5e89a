//! Tables 名单: facts that are rows, and their columns.

use std::collections::BTreeMap;

use yichuang_engine::{Fact, FactKind, FactRole, Lit};
use yichuang_forms::LIMITS;

use super::declare::Declared;
use super::scopes::Place;
use super::{Fields, Lower, faults};
use crate::{Node, Span, name_fault};

/// The keys of a column.
const COLUMN: &[&str] = &[
    "id", "name", "type", "options", "question", "help", "unit", "places", "min", "max", "format", "none", "columns",
    "max_rows",
];

impl<'n> Lower<'n> {
    /// A table; `inside` one whose column it is.
    pub(super) fn table(&mut self, declaration: &Declared<'n>, inside: bool) -> FactKind {
        let fields = &declaration.fields;
        let before = self.diagnostics.len();
        if inside && declaration.fields.entry("columns").is_some_and(|entry| has_table(&entry.value)) {
            self.report(faults::tables_too_deep(declaration.span));
        }
        let columns = self.table_columns(fields);
        if columns.len() > LIMITS.columns {
            let span = fields.entry("columns").map_or(declaration.span, |entry| entry.key_span);
            self.report(faults::too_many_columns(columns.len(), LIMITS.columns, span));
        }
        let max_rows = fields.get("max_rows").and_then(|node| self.max_rows(node)).unwrap_or(LIMITS.rows);
        if self.diagnostics.len() > before || columns.is_empty() {
            self.lose_fact();
        }
        FactKind::Table { columns, max_rows }
    }

    fn max_rows(&mut self, node: &'n Node) -> Option<u16> {
        let rows = self.count(node)?;
        if !(1..=LIMITS.rows).contains(&rows) {
            self.report(faults::rows_out_of_range(rows, LIMITS.rows, node.span));
            return None;
        }
        Some(rows)
    }

    fn table_columns(&mut self, fields: &Fields<'n>) -> Vec<Fact> {
        let (mut ids, mut words): (BTreeMap<String, Span>, BTreeMap<String, Span>) = Default::default();
        let mut columns = Vec::new();
        for node in self.required_list(fields, "columns") {
            let Some(fields) = self.fields(node, COLUMN) else { continue };
            let Some((id, span)) = self.declared_id(&fields, &mut ids) else { continue };
            let name = self.required_text(&fields, "name");
            let place =
                fields.get("name").map_or(span, |node| node.get(&["zh", "中文"]).map_or(node.span, |zh| zh.value.span));
            if !name.zh.is_empty() {
                if let Some(fault) = name_fault(&name.zh, place) {
                    self.report(fault);
                } else if let Some(first) = words.insert(name.zh.clone(), place) {
                    self.report(faults::duplicate(&name.zh, place, first));
                }
            }
            columns.push(self.column_fact(Declared { id, span, name, fields }));
        }
        columns
    }

    fn column_fact(&mut self, declaration: Declared<'n>) -> Fact {
        let kind = self.lower_kind(&declaration, true);
        let fields = &declaration.fields;
        Fact {
            kind,
            question: self.optional_text(fields, "question"),
            help: self.optional_text(fields, "help"),
            why: yichuang_engine::Text::default(),
            assumed: None,
            ask_if: Lit::TRUE,
            role: FactRole::Question,
            id: declaration.id,
            name: declaration.name,
        }
    }

    /// The periods of the options of columns, once everything is declared.
    pub(super) fn lower_column_options(&mut self, table: &Fields<'n>, place: &Place) {
        for node in table.get("columns").and_then(Node::items).unwrap_or(&[]) {
            let Some(fields) = Fields::read(node, COLUMN, &mut Vec::new()) else { continue };
            let Some(FactKind::Table { columns, .. }) = self.declared(place).map(|fact| &fact.kind) else { return };
            let id = fields.get("id").and_then(Node::text);
            let Some(column) = columns.iter().position(|column| Some(column.id.as_str()) == id) else { continue };
            let place = place.column(column);
            for option in fields.get("options").and_then(Node::items).unwrap_or(&[]) {
                self.option_condition(option, &place);
            }
            self.lower_column_options(&fields, &place);
        }
    }
}

/// Whether a list of columns has a table among them.
fn has_table(columns: &Node) -> bool {
    let kind =
        |column: &Node| column.get(&["type", "类型"]).and_then(|entry| entry.value.text().map(ToOwned::to_owned));
    columns.items().unwrap_or(&[]).iter().filter_map(kind).any(|kind| matches!(kind.as_str(), "table" | "名单"))
}

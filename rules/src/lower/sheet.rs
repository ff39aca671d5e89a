//! The material matrix: a row for each material, a column for each item.

use std::collections::BTreeMap;

use yichuang_engine::{BasisId, ItemId, Text};

use super::declare::MaterialDecl;
use super::{Lower, faults};
use crate::{Cell, Node, Sheet, Source, Span, id_fault};

/// The columns of the matrix that are not items, and whether there is no matrix without them.
const COLUMNS: &[(&str, &[&str], bool)] = &[
    ("id", &["id", "标识"], true),
    ("name", &["材料", "名称", "name"], true),
    ("originals", &["原件", "originals"], true),
    ("copies", &["复印件", "copies"], true),
    ("show_original", &["验原件", "show_original"], false),
    ("deferrable", &["容缺", "deferrable"], false),
    ("basis", &["依据", "basis"], true),
    ("note", &["备注", "note"], false),
];

/// A row of the material matrix.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetRow {
    pub(super) originals: u16,
    pub(super) copies: u16,
    /// It states neither originals nor copies.
    pub(super) pieceless: bool,
    pub(super) show_original: bool,
    pub(super) deferrable: bool,
    pub(super) note: String,
    pub(super) basis: Vec<BasisId>,
    /// Which items need it: by the item's place, and whether always.
    pub(super) cells: Vec<(usize, bool, Span)>,
    /// A faulty cell or column was left out.
    pub(super) incomplete: bool,
}

/// Which column of the sheet is what.
struct Columns {
    fixed: BTreeMap<&'static str, usize>,
    items: Vec<(usize, ItemId)>,
    unknown: bool,
}

impl<'n> Lower<'n> {
    /// The rows of the material matrix, those of the packs above first.
    pub(super) fn sheet_rows(&mut self, seen: &mut BTreeMap<String, Span>) -> Vec<MaterialDecl<'n>> {
        let node = self.section("material_matrix");
        let mut used = self.table_sheets();
        used.extend(node);
        self.unused_sheets(&used);
        let (mut rows, mut columns) = (Vec::new(), Some(BTreeMap::new()));
        for node in self.parsed.matrices.iter().chain(node) {
            rows.extend(self.matrix(node, seen));
            columns = columns.zip(self.item_columns.take()).map(|(all, more)| all.into_iter().chain(more).collect());
        }
        self.item_columns = columns;
        rows
    }

    fn matrix(&mut self, node: &'n Node, seen: &mut BTreeMap<String, Span>) -> Vec<MaterialDecl<'n>> {
        self.sheet_lost = true;
        let Some(written) = self.word(node) else { return Vec::new() };
        let name = self.sheet_name(node, written);
        let Some((sheet, sound)) = self.parsed.sheets.get(&name) else {
            if !self.parsed.unread.contains(&name) {
                let known = self.parsed.sheets.keys().filter(|known| !known.contains('/')).map(String::as_str);
                self.report(faults::no_sheet(written, node.span, known));
            }
            return Vec::new();
        };
        let known = |header: &Cell| COLUMNS.iter().any(|(_, names, _)| names.contains(&header.text.as_str()));
        if let Some(first) = sheet.headers.first().filter(|_| !sheet.headers.iter().any(known)) {
            self.report(faults::no_header(first.span));
            return Vec::new();
        }
        let before = self.diagnostics.len();
        let columns = self.columns(sheet);
        let known = !columns.unknown && self.diagnostics.len() == before;
        if !columns.fixed.contains_key("id") {
            return Vec::new();
        }
        self.sheet_lost = !sound;
        let header = |(place, item): &(usize, ItemId)| Some((*item, sheet.headers.get(*place)?.span));
        self.item_columns = known.then(|| columns.items.iter().filter_map(header).collect());
        sheet.rows.iter().filter_map(|row| self.sheet_row(row, &columns, seen)).collect()
    }

    /// The name of a sheet that is written in a file: it stands in the same folder.
    pub(super) fn sheet_name(&self, node: &Node, written: &str) -> String {
        let source = self.sources.get(usize::from(node.span.source.0));
        source.and_then(Source::pack).map_or_else(|| written.to_owned(), |pack| format!("{pack}/{written}"))
    }

    fn unused_sheets(&mut self, used: &[&Node]) {
        let used: Vec<String> = used.iter().filter_map(|node| Some(self.sheet_name(node, node.text()?))).collect();
        for (name, (sheet, _)) in &self.parsed.sheets {
            let is_own = |header: &&Cell| self.layer(header.span) == self.own_layer();
            if let Some(header) = sheet.headers.first().filter(is_own).filter(|_| !used.contains(name)) {
                self.warnings.push(faults::unused_sheet(name, header.span));
            }
        }
    }

    fn columns(&mut self, sheet: &Sheet) -> Columns {
        let mut columns = Columns { fixed: BTreeMap::new(), items: Vec::new(), unknown: false };
        for (place, header) in sheet.headers.iter().enumerate() {
            let fixed = COLUMNS.iter().find(|(_, names, _)| names.contains(&header.text.as_str()));
            let item = self.item_named(&header.text).filter(|_| !header.text.is_empty());
            let first = match (fixed, item) {
                (Some((key, ..)), _) => columns.fixed.insert(key, place),
                (None, Some(item)) => {
                    let first = columns.items.iter().find(|(_, known)| *known == item).map(|(place, _)| *place);
                    columns.items.push((place, item));
                    first
                }
                (None, None) => {
                    columns.unknown = true;
                    self.unknown_column(sheet, place, header);
                    None
                }
            };
            // Two columns with the very same name have been reported with the sheet.
            if let Some(first) =
                first.and_then(|first| sheet.headers.get(first)).filter(|first| first.text != header.text)
            {
                self.report(faults::same_column(header, first));
            }
        }
        self.missing_columns(sheet, &columns);
        columns
    }

    fn unknown_column(&mut self, sheet: &Sheet, place: usize, header: &Cell) {
        if !header.text.is_empty() {
            let again = sheet.headers.iter().take(place).any(|earlier| earlier.text == header.text);
            if !again && !self.lost.code && !self.lost.has(&header.text) {
                let fixed = COLUMNS.iter().flat_map(|(_, names, _)| names.iter().copied());
                self.report(faults::unknown_column(header, self.item_names().chain(fixed)));
            }
            return;
        }
        let content = sheet.rows.iter().filter_map(|row| row.get(place)).find(|cell| !cell.text.is_empty());
        if let Some(cell) = content {
            self.report(faults::unnamed_column(cell));
        }
    }

    fn missing_columns(&mut self, sheet: &Sheet, columns: &Columns) {
        let (Some(first), Some(last)) = (sheet.headers.first(), sheet.headers.last()) else { return };
        let required = COLUMNS.iter().filter(|(.., required)| *required);
        for (_, names, _) in required.filter(|(key, ..)| !columns.fixed.contains_key(key)) {
            // A misspelled header has been reported as an unknown column.
            let misspelled = sheet.headers.iter().any(|header| {
                crate::nearest(&header.text, names.iter().copied()).is_some()
                    && !COLUMNS.iter().any(|(_, known, _)| known.contains(&header.text.as_str()))
            });
            if !misspelled {
                self.report(faults::missing_column(names, first.span.union(last.span)));
            }
        }
    }

    fn sheet_row(
        &mut self,
        row: &[Cell],
        columns: &Columns,
        seen: &mut BTreeMap<String, Span>,
    ) -> Option<MaterialDecl<'n>> {
        let cell = |key: &str| columns.fixed.get(key).and_then(|column| row.get(*column));
        let (id, name) = (cell("id")?, cell("name"));
        if let Some(fault) = self.row_id_fault(id, row, seen) {
            self.report(fault);
            self.sheet_lost = true;
            self.lost.name(&id.text);
            self.lost.name(name.map_or("", |cell| cell.text.as_str()));
            return None;
        }
        if let Some(name) = name.filter(|name| name.text.is_empty()) {
            self.report(faults::empty_cell(id.span.union(name.span), "材料"));
        }
        let before = self.diagnostics.len();
        let mut cells = Vec::new();
        for (column, item) in &columns.items {
            let Some(mark) = row.get(*column) else { continue };
            cells.extend(self.mark(mark).map(|always| (item.index(), always, mark.span)));
        }
        let incomplete = columns.unknown || self.diagnostics.len() > before;
        let text = Text { zh: name.map(|cell| cell.text.clone()).unwrap_or_default(), en: String::new() };
        let pieces = (self.pieces(cell("originals")), self.pieces(cell("copies")));
        let row = SheetRow {
            originals: pieces.0.unwrap_or(0),
            copies: pieces.1.unwrap_or(0),
            pieceless: pieces == (Some(0), Some(0)),
            show_original: self.ticked(cell("show_original")),
            deferrable: self.ticked(cell("deferrable")),
            note: cell("note").map(|cell| cell.text.clone()).unwrap_or_default(),
            basis: cell("basis").map(|basis| self.sheet_basis(basis, id)).unwrap_or_default(),
            cells,
            incomplete,
        };
        Some(MaterialDecl { id: id.text.clone(), span: id.span, name: text, row: Some(row), fields: None })
    }

    fn row_id_fault(&self, id: &Cell, row: &[Cell], seen: &mut BTreeMap<String, Span>) -> Option<crate::Diagnostic> {
        if id.text.is_empty() {
            let place = row.iter().find(|cell| !cell.text.is_empty()).map_or(id.span, |cell| cell.span);
            return Some(faults::empty_cell(place, "id"));
        }
        if let Some(fault) = id_fault(&id.text, id.span) {
            return Some(fault);
        }
        match seen.get(&id.text) {
            Some(first) => Some(self.declared_again(&id.text, id.span, *first)),
            None => {
                seen.insert(id.text.clone(), id.span);
                None
            }
        }
    }

    /// `●` always, `○` under the material's condition, empty never.
    fn mark(&mut self, cell: &Cell) -> Option<bool> {
        match cell.text.as_str() {
            "" => None,
            "●" => Some(true),
            "○" => Some(false),
            _ => {
                self.report(faults::bad_mark(cell));
                None
            }
        }
    }

    fn pieces(&mut self, cell: Option<&Cell>) -> Option<u16> {
        let cell = cell?;
        if cell.text.is_empty() {
            return Some(0);
        }
        let number = cell.text.parse().ok();
        if number.is_none() {
            self.report(faults::not_pieces(cell));
        }
        number
    }

    fn ticked(&mut self, cell: Option<&Cell>) -> bool {
        let Some(cell) = cell else { return false };
        if !matches!(cell.text.as_str(), "" | "是" | "否") {
            self.report(faults::bad_tick(cell));
        }
        cell.text == "是"
    }

    /// The bases of a row, separated by `；`.
    fn sheet_basis(&mut self, cell: &Cell, id: &Cell) -> Vec<BasisId> {
        if cell.text.is_empty() {
            self.report(faults::sheet_basis_missing(id.span));
        }
        let parts = cell.text.split('；').filter(|part| !part.trim().is_empty());
        parts.filter_map(|part| self.basis(part, cell.span)).collect()
    }
}

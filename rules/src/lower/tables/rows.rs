//! The rows of a table, from YAML or from a sheet, as placed cells in the order of its columns.

use yichuang_engine::{BasisId, Cells};

use super::super::{Lower, faults};
use super::inputs::Input;
use super::{Interned, TableDecl};
use crate::expr::ExprText;
use crate::{Cell, Entry, Node, Sheet, Span};

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    /// Where it is: its first cell that says something.
    pub(super) span: Span,
    /// A cell for each input, then for each output.
    pub(super) cells: Vec<ExprText>,
    pub(super) basis: Vec<BasisId>,
}

/// The columns that are neither input nor output.
const BASIS: &[&str] = &["依据", "basis"];
const NOTE: &[&str] = &["备注", "note"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// An input or output.
    Cell(usize),
    Basis,
    Note,
}

/// The names of the columns of a table.
struct Names {
    cells: Vec<Vec<String>>,
    inputs: usize,
}

impl Names {
    fn place(&self, written: &str) -> Option<Place> {
        let cell = self.cells.iter().position(|names| names.iter().any(|name| name == written));
        let fixed = || match (BASIS.contains(&written), NOTE.contains(&written)) {
            (true, _) => Some(Place::Basis),
            (_, true) => Some(Place::Note),
            _ => None,
        };
        cell.map(Place::Cell).or_else(fixed)
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().flatten().map(String::as_str).chain(BASIS.iter().chain(NOTE).copied())
    }
}

/// The bases of the rows; none where no row has its own.
pub(super) fn row_basis(rows: &[Row]) -> Cells<Vec<BasisId>> {
    let mut bases = Interned::new();
    if rows.iter().any(|row| !row.basis.is_empty()) {
        rows.iter().for_each(|row| bases.push(row.basis.clone()));
    }
    bases.cells()
}

impl<'n> Lower<'n> {
    /// The rows of a table; faulty inputs leave them unread.
    pub(super) fn table_rows(&mut self, table: &TableDecl<'n>, inputs: &Option<Vec<Input>>) -> Option<Vec<Row>> {
        let fields = &table.entry.fields;
        let (rows, sheet) = (fields.entry("rows"), fields.entry("sheet"));
        if rows.is_some() == sheet.is_some() {
            let headline = ("决策表要有「行」或「表格」，两者取一", "a table has either `rows` or `sheet`");
            let help = (
                "各行写在「行（rows）」下面，或者用「表格（sheet）」写出 CSV 文件名",
                "write the rows below `rows`, or name a CSV file in `sheet`",
            );
            self.report(faults::exactly_one(headline, table.entry.span, help));
            return None;
        }
        let inputs = inputs.as_ref()?;
        let mut cells: Vec<Vec<String>> = inputs.iter().map(|input| input.names.clone()).collect();
        let outputs = table.outputs.iter().filter(|output| output.has_column());
        cells.extend(outputs.map(|output| vec![output.name.zh.clone(), output.id.clone()]));
        let names = Names { cells, inputs: inputs.len() };
        match fields.get("sheet") {
            Some(node) => self.rows_of_sheet(node, &names),
            None => {
                let nodes = self.list(fields.get("rows"));
                let rows: Vec<Option<Row>> = nodes.iter().map(|node| self.row_of_yaml(node, &names)).collect();
                rows.into_iter().collect()
            }
        }
    }

    fn row_of_yaml(&mut self, node: &'n Node, names: &Names) -> Option<Row> {
        if let Some(entries) = node.entries() {
            return self.row_of_keys(node, entries, names);
        }
        let Some(items) = node.items() else {
            self.report(faults::no_row(node.span));
            return None;
        };
        let count = names.cells.len();
        let (cells, basis) = match items.len().checked_sub(count) {
            Some(0) => (items, None),
            Some(1) => (items.get(..count)?, items.get(count)),
            _ => {
                let columns: Vec<&str> = names.cells.iter().filter_map(|names| Some(names.first()?.as_str())).collect();
                self.report(faults::cells_in_row(items.len(), &columns, node.span));
                return None;
            }
        };
        let cells: Vec<Option<ExprText>> = cells.iter().map(|node| self.cell_text(node)).collect();
        let basis = basis.and_then(|node| Some((node.text()?, node.span)));
        let basis = basis.map(|(text, span)| self.cell_basis(text, span)).unwrap_or_default();
        Some(Row { span: node.span, cells: cells.into_iter().collect::<Option<_>>()?, basis })
    }

    fn row_of_keys(&mut self, node: &'n Node, entries: &'n [Entry], names: &Names) -> Option<Row> {
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        let mut cells: Vec<Option<ExprText>> = names.cells.iter().map(|_| None).collect();
        let (mut basis, mut sound) = (Vec::new(), true);
        for entry in entries {
            match names.place(&entry.key) {
                Some(Place::Cell(place)) => match cells.get_mut(place) {
                    Some(Some(_)) => {
                        self.report(faults::column_twice(&entry.key, entry.key_span));
                        sound = false;
                    }
                    Some(cell) => {
                        *cell = self.cell_text(&entry.value);
                        sound &= cell.is_some();
                    }
                    None => {}
                },
                Some(Place::Basis) => {
                    let text = entry.value.text().unwrap_or_default();
                    basis = self.cell_basis(text, entry.value.span);
                }
                Some(Place::Note) => {}
                None => {
                    self.report(faults::no_table_column(&entry.key, entry.key_span, names.all()));
                    sound = false;
                }
            }
        }
        let absent = |cell: Option<ExprText>| cell.unwrap_or_else(|| self.empty_cell_at(span));
        let cells = cells.into_iter().map(absent).collect();
        sound.then_some(Row { span, cells, basis })
    }

    fn empty_cell_at(&self, span: Span) -> ExprText {
        let nothing = Cell { text: String::new(), span: Span::new(span.source, span.start, span.start) };
        ExprText::from_cell(span.source, self.source_text(span), &nothing)
    }

    /// The characters of a cell in YAML.
    pub(super) fn cell_text(&mut self, node: &'n Node) -> Option<ExprText> {
        match ExprText::from_node(node.span.source, self.source_text(node.span), node) {
            Ok(text) => Some(text),
            Err(diagnostic) => {
                self.report(diagnostic);
                None
            }
        }
    }

    /// The bases of a row, separated by `；`.
    fn cell_basis(&mut self, text: &str, span: Span) -> Vec<BasisId> {
        let parts = text.split('；').filter(|part| !part.trim().is_empty());
        parts.filter_map(|part| self.basis(part, span)).collect()
    }

    fn rows_of_sheet(&mut self, node: &'n Node, names: &Names) -> Option<Vec<Row>> {
        let written = self.word(node)?;
        let file = self.sheet_name(node, written);
        let Some((sheet, sound)) = self.parsed.sheets.get(&file) else {
            if !self.parsed.unread.contains(&file) {
                let known = self.parsed.sheets.keys().filter(|known| !known.contains('/')).map(String::as_str);
                self.report(faults::no_sheet(written, node.span, known));
            }
            return None;
        };
        let places = self.sheet_places(sheet, names)?;
        if sheet.rows.is_empty() {
            if *sound {
                self.report(faults::no_rows_in_sheet(node.span));
            }
            return None;
        }
        let rows = sheet.rows.iter().map(|row| self.row_of_sheet(row, &places, names.cells.len())).collect();
        sound.then_some(rows)
    }

    /// What each column of a sheet holds.
    fn sheet_places(&mut self, sheet: &Sheet, names: &Names) -> Option<Vec<Option<Place>>> {
        let before = self.diagnostics.len();
        let mut places: Vec<Option<Place>> = Vec::new();
        for (column, header) in sheet.headers.iter().enumerate() {
            let place = names.place(&header.text).filter(|_| !header.text.is_empty());
            let first = place.and_then(|_| places.iter().position(|known| *known == place));
            match (place, first.and_then(|first| sheet.headers.get(first))) {
                // Two columns with the very same name have been reported with the sheet.
                (Some(_), Some(first)) if first.text != header.text => self.report(faults::same_column(header, first)),
                (None, _) if header.text.is_empty() => {
                    let content = sheet.rows.iter().filter_map(|row| row.get(column));
                    let content = content.into_iter().find(|cell| !cell.text.is_empty());
                    self.diagnostics.extend(content.map(faults::unnamed_column));
                }
                (None, _) => self.report(faults::no_table_column(&header.text, header.span, names.all())),
                (Some(_), _) => {}
            }
            places.push(place);
        }
        let (first, last) = (sheet.headers.first()?, sheet.headers.last()?);
        for (place, column) in names.cells.iter().enumerate() {
            let misspelled = self.diagnostics.len() > before;
            if !misspelled && !places.contains(&Some(Place::Cell(place))) {
                let kind = if place < names.inputs { ("输入", "input") } else { ("输出", "output") };
                let name = column.first().map_or("", String::as_str);
                self.report(faults::no_column_for(kind, name, first.span.union(last.span)));
            }
        }
        (self.diagnostics.len() == before).then_some(places)
    }

    fn row_of_sheet(&mut self, row: &[Cell], places: &[Option<Place>], count: usize) -> Row {
        let start = row.iter().find(|cell| !cell.text.is_empty()).or_else(|| row.first());
        let span = start.map_or_else(|| Span::new(crate::SourceId(0), 0, 0), |cell| cell.span);
        let mut cells: Vec<ExprText> = (0..count).map(|_| self.empty_cell_at(span)).collect();
        let mut basis = Vec::new();
        for (cell, place) in row.iter().zip(places) {
            match place {
                Some(Place::Cell(place)) => {
                    if let Some(slot) = cells.get_mut(*place) {
                        *slot = ExprText::from_cell(cell.span.source, self.source_text(cell.span), cell);
                    }
                }
                Some(Place::Basis) => basis = self.cell_basis(&cell.text, cell.span),
                Some(Place::Note) | None => {}
            }
        }
        Row { span, cells, basis }
    }
}

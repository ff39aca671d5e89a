//! What a table gives: its declaration and the cells of its rows.

use std::collections::BTreeMap;

use yichuang_engine::{Cells, Date, FactKind, Formula, Lit, Operand, Output, Pick};

use super::super::declare::Declared;
use super::super::number::{Num, literal};
use super::super::units::Unit;
use super::super::{Lower, faults};
use super::cells::{split, trimmed, written};
use super::rows::Row;
use super::{Hit, Interned, OutputDecl, TableDecl};
use crate::expr::ExprText;
use crate::{ExprKind, Node, Span};

const OUTPUT: &[&str] = &["id", "name", "type", "options", "unit", "places", "aggregate", "shown"];

const AGGREGATES: &[(&str, &str, Pick)] = &[
    ("sum", "合计", Pick::Sum),
    ("count", "个数", Pick::Count),
    ("min", "最小", Pick::Min),
    ("max", "最大", Pick::Max),
];

/// A cell for each output that has a column; none where the table does not say.
pub(super) type Otherwise = Vec<Option<ExprText>>;

impl OutputDecl {
    /// Rows are counted without a column.
    pub(super) fn has_column(&self) -> bool {
        self.pick != Pick::Count
    }
}

impl<'n> Lower<'n> {
    pub(super) fn declare_outputs(&mut self, table: &Declared<'n>, hit: Hit) -> Vec<OutputDecl> {
        let (mut ids, mut names): (BTreeMap<String, Span>, BTreeMap<String, Span>) = Default::default();
        let mut outputs = Vec::new();
        for node in self.required_list(&table.fields, "outputs") {
            let Some(fields) = self.fields(node, OUTPUT) else { continue };
            let Some((id, span)) = self.declared_id(&fields, &mut ids) else { continue };
            let name = self.required_text(&fields, "name");
            let place = fields.get("name").map_or(span, |node| node.span);
            if let Some(first) = names.insert(name.zh.clone(), place).filter(|_| !name.zh.is_empty()) {
                self.report(faults::duplicate(&name.zh, place, first));
            }
            let entry = Declared { id, span: place, name, fields };
            let Some(kind) = self.output_kind(&entry) else { continue };
            let Some(pick) = self.pick(&entry, &kind, hit) else { continue };
            outputs.push(self.declared_output(entry, kind, pick));
        }
        outputs
    }

    fn declared_output(&mut self, entry: Declared<'n>, kind: FactKind, pick: Pick) -> OutputDecl {
        let unit = match &kind {
            FactKind::Number { unit, .. } => Unit::parse(&unit.zh),
            _ => Unit::default(),
        };
        // The options of rules come first.
        let options = self.rules.len() + self.rule_options.len();
        if let FactKind::Choice(list) | FactKind::Choices(list) = &kind {
            self.rule_options.insert(options, list.clone());
        }
        let shown = self.flag(entry.fields.get("shown"));
        if let (FactKind::Choices(_), Some(key)) = (&kind, entry.fields.entry("shown")) {
            let owner = ("数、日期、单选和是否", "numbers, dates, single choices and conditions");
            self.report(faults::key_of_other_type("shown", key.key_span, owner));
        }
        OutputDecl { id: entry.id, name: entry.name, span: entry.span, kind, unit, pick, shown, options }
    }

    /// How the result comes from the rows.
    fn pick(&mut self, entry: &Declared<'n>, kind: &FactKind, hit: Hit) -> Option<Pick> {
        let node = entry.fields.entry("aggregate");
        let chosen = entry.fields.get("aggregate").and_then(|node| self.choice(node, AGGREGATES));
        let fault = match (hit, kind, chosen) {
            (_, FactKind::Text { .. }, _) => faults::text_output(entry.span),
            (Hit::Collect, FactKind::Number { .. }, Some(pick)) => return Some(pick),
            (Hit::Collect, FactKind::Date, Some(pick @ (Pick::Min | Pick::Max))) => return Some(pick),
            (Hit::Collect, FactKind::Bool | FactKind::Choices(_), _) if node.is_none() => return Some(Pick::Has(0)),
            (Hit::Collect, FactKind::Choice(_), _) => faults::several_options(entry.span),
            (Hit::Collect, FactKind::Number { .. } | FactKind::Date, None) if node.is_none() => {
                faults::no_aggregate(entry.span)
            }
            (Hit::Unique | Hit::First, _, _) if node.is_none() => return Some(Pick::First),
            // A word that is not known has been reported.
            (Hit::Collect, FactKind::Number { .. } | FactKind::Date, None) => return None,
            _ => faults::aggregate_without_use(node.map_or(entry.span, |entry| entry.key_span)),
        };
        self.report(fault);
        None
    }

    /// What is given where no row matches, as cells.
    pub(super) fn table_otherwise(&mut self, table: &TableDecl<'n>) -> Option<Otherwise> {
        let outputs: Vec<&OutputDecl> = table.outputs.iter().filter(|output| output.has_column()).collect();
        let Some(node) = table.entry.fields.get("otherwise") else { return Some(vec![None; outputs.len()]) };
        let mut cells: Vec<Option<&'n Node>> = vec![None; outputs.len()];
        if let Some(entries) = node.entries() {
            for entry in entries {
                let named = |output: &&OutputDecl| output.id == entry.key || output.name.zh == entry.key;
                match outputs.iter().position(named).and_then(|place| cells.get_mut(place)) {
                    Some(cell) => *cell = Some(&entry.value),
                    None => {
                        let known = outputs.iter().flat_map(|output| [output.id.as_str(), output.name.zh.as_str()]);
                        self.report(faults::no_table_column(&entry.key, entry.key_span, known));
                        return None;
                    }
                }
            }
        } else if let Some(items) = node.items() {
            cells = items.iter().map(Some).collect();
        } else {
            cells = vec![Some(node)];
        }
        let cells: Option<Vec<&'n Node>> = cells.into_iter().collect();
        let Some(cells) = cells.filter(|cells| cells.len() == outputs.len()) else {
            let names: Vec<&str> = outputs.iter().map(|output| output.name.zh.as_str()).collect();
            self.report(faults::otherwise_incomplete(&names, node.span));
            return None;
        };
        let cells: Option<Vec<ExprText>> = cells.into_iter().map(|node| self.cell_text(node)).collect();
        Some(cells?.into_iter().map(Some).collect())
    }

    /// The cells of the outputs.
    pub(super) fn row_outputs(
        &mut self,
        table: &TableDecl<'n>,
        rows: &[Row],
        otherwise: Option<Otherwise>,
    ) -> Option<Vec<Output>> {
        let columns = table.outputs.iter().filter(|output| output.has_column()).count();
        let mut otherwise = otherwise?.into_iter();
        let mut place = rows.first()?.cells.len().checked_sub(columns)?;
        let mut outputs = Vec::new();
        for output in &table.outputs {
            if !output.has_column() {
                let cells = Cells { distinct: vec![Operand::Number(1)], rows: vec![0; rows.len()] };
                outputs.push(Some(Output { id: output.id.clone(), cells, otherwise: None }));
                continue;
            }
            let cells =
                self.output_column(output, rows.iter().filter_map(|row| Some((row.span, row.cells.get(place)?))));
            let otherwise = match otherwise.next().flatten() {
                Some(cell) => self.output_cell(output, &cell, cell.span).map(Some),
                None => Some(None),
            };
            let compiled = cells.zip(otherwise);
            outputs.push(compiled.map(|(cells, otherwise)| Output { id: output.id.clone(), cells, otherwise }));
            place += 1;
        }
        outputs.into_iter().collect()
    }

    fn output_column<'c>(
        &mut self,
        output: &OutputDecl,
        column: impl Iterator<Item = (Span, &'c ExprText)>,
    ) -> Option<Cells<Operand>> {
        let mut known: BTreeMap<String, Option<Operand>> = BTreeMap::new();
        let (mut cells, mut sound) = (Interned::new(), true);
        for (row, cell) in column {
            let text = written(cell);
            if !known.contains_key(&text) {
                let operand = self.output_cell(output, cell, row);
                known.insert(text.clone(), operand);
            }
            match known.get(&text).cloned().flatten() {
                Some(operand) => cells.push(operand),
                None => sound = false,
            }
        }
        sound.then(|| cells.cells())
    }

    /// What a cell gives: a value, or an expression.
    fn output_cell(&mut self, output: &OutputDecl, cell: &ExprText, row: Span) -> Option<Operand> {
        let cell = trimmed(cell);
        let text = written(&cell);
        if let FactKind::Choices(_) = output.kind {
            return self.set_cell(output, &cell);
        }
        if text.is_empty() {
            let place = if cell.span.start == cell.span.end { row } else { cell.span };
            self.report(faults::empty_output(place, &output.name.zh));
            return None;
        }
        let bare = if text.starts_with('=') { trimmed(&cell.part(1, cell.len())) } else { cell };
        match &output.kind {
            FactKind::Number { places, .. } => self.number_cell(output, *places, &bare),
            FactKind::Date => match Date::parse(&text) {
                Some(date) => Some(Operand::Date(date)),
                None if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')) => {
                    self.report(faults::bad_date(&text, bare.span));
                    None
                }
                None => {
                    let expr = self.parsed_cell(&bare)?;
                    self.date_value(&expr)
                }
            },
            FactKind::Bool => self.condition_output(&text, &bare),
            FactKind::Choice(options) => match super::super::expr::place(options, &text) {
                Some(place) => Some(Operand::Number(place.into())),
                None => {
                    let expr = self.parsed_cell(&bare)?;
                    if let ExprKind::Name(word) = &expr.kind {
                        self.report(faults::no_such_option(word, expr.span, options));
                        return None;
                    }
                    self.chosen_option(&expr, options)
                }
            },
            FactKind::Choices(_) | FactKind::Text { .. } | FactKind::Table { .. } => None,
        }
    }

    fn number_cell(&mut self, output: &OutputDecl, places: u8, cell: &ExprText) -> Option<Operand> {
        let text = written(cell);
        if let Some(number) = literal(&text) {
            return match yichuang_forms::parse_number(&text, places) {
                Ok(number) => Some(Operand::Number(number)),
                Err(_) if number.places > places => {
                    self.report(faults::places_exceeded(&text, places, cell.span));
                    None
                }
                Err(_) => {
                    self.report(faults::not_numeric(&text, cell.span));
                    None
                }
            };
        }
        let expr = self.parsed_cell(cell)?;
        let number = self.number(&expr)?;
        let number = self.whole_part(number, expr.span)?;
        if number.places > places {
            self.report(faults::output_rounding(places, expr.span));
            return None;
        }
        let like = Num::new(Operand::Number(0), places, output.unit.clone());
        let (_, number, _) = self.aligned(like, number, [output.span, expr.span])?;
        Some(number.of)
    }

    fn condition_output(&mut self, text: &str, cell: &ExprText) -> Option<Operand> {
        let lit = match text {
            "是" | "真" | "true" | "yes" => Lit::TRUE,
            "否" | "假" | "false" | "no" => Lit::FALSE,
            _ => {
                let expr = self.parsed_cell(cell)?;
                self.truth(&expr)?
            }
        };
        Some(self.as_number(lit))
    }

    /// A condition as 1 or 0.
    pub(super) fn as_number(&mut self, lit: Lit) -> Operand {
        match lit {
            Lit::TRUE => Operand::Number(1),
            Lit::FALSE => Operand::Number(0),
            lit => Operand::Value(self.builder.value(Formula::Choose(lit, Operand::Number(1), Operand::Number(0)))),
        }
    }

    /// A list of options as bits.
    fn set_cell(&mut self, output: &OutputDecl, cell: &ExprText) -> Option<Operand> {
        let FactKind::Choices(options) = &output.kind else { return None };
        let text = written(cell);
        let mut set = 0_i128;
        if text.is_empty() || text == "-" {
            return Some(Operand::Number(set));
        }
        for part in split(cell) {
            let word = written(&part);
            match super::super::expr::place(options, &word) {
                Some(place) => set |= 1 << place,
                None => {
                    self.report(faults::no_such_option(&word, part.span, options));
                    return None;
                }
            }
        }
        Some(Operand::Number(set))
    }
}

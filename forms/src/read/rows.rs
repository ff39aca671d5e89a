//! Tables: every cell is read like an answer of its own, and a bad one spoils nothing else.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Facts, ROWS, Slot, Text, Value};

use super::{AnswerError, Fault};
use crate::words::text;
use crate::{Answer, Answers, LIMITS};

/// Reads the table that is the answer to `fact`; what is wrong is added to `errors`.
pub(super) fn read(
    id: FactId,
    fact: &Fact,
    answer: &Answer,
    errors: &mut Vec<AnswerError>,
) -> Result<Option<Value>, Fault> {
    let FactKind::Table { columns, max_rows } = &fact.kind else { return Ok(None) };
    if !ROWS {
        return Ok(None);
    }
    let mut reader = Reader { fact: id, errors: Vec::new(), more: 0, rows_left: LIMITS.all_rows };
    let value = reader.table(columns, *max_rows, answer, (&fact.id, &Text::default()));
    errors.append(&mut reader.errors);
    if reader.more > 0 {
        let more = reader.more;
        let (zh, en) = (format!("另有 {more} 处填写有误。"), format!("{more} more cells cannot be read"));
        errors.push(AnswerError {
            fact: Some(id),
            key: fact.id.clone(),
            cell: Text::default(),
            code: "more_errors",
            message: text(zh, en),
        });
    }
    value
}

struct Reader {
    fact: FactId,
    errors: Vec<AnswerError>,
    /// Errors that are counted only.
    more: usize,
    rows_left: usize,
}

impl Reader {
    /// `at` is the key of the table, and where it stands in words.
    fn table(
        &mut self,
        columns: &[Fact],
        max_rows: u16,
        answer: &Answer,
        at: (&str, &Text),
    ) -> Result<Option<Value>, Fault> {
        let rows = match answer {
            Answer::Rows(rows) => rows.as_slice(),
            Answer::Many(none) if none.is_empty() => &[],
            Answer::Text(none) if none.trim().is_empty() => return Ok(None),
            _ => return Err(("not_rows", text("请逐行填写。", "the answer is a list of rows"))),
        };
        if rows.len() > usize::from(max_rows) {
            return Err(too_many(max_rows.into()));
        }
        self.rows_left = self.rows_left.checked_sub(rows.len()).ok_or_else(|| too_many(LIMITS.all_rows))?;
        Ok(Some(Value::Table(rows.iter().enumerate().map(|(place, row)| self.row(columns, row, place, at)).collect())))
    }

    fn row(&mut self, columns: &[Fact], row: &Answers, place: usize, (key, words): (&str, &Text)) -> Facts {
        let mut cells = Facts::new(columns.len());
        let number = place + 1;
        for (index, column) in columns.iter().enumerate() {
            let Some(answer) = row.get(&column.id) else { continue };
            let at = || {
                let name = &column.name;
                let zh = format!("{}第 {number} 行{}", words.zh, name.zh);
                let en = format!("{}row {number}, {}", words.en, if name.en.is_empty() { &name.zh } else { &name.en });
                (format!("{key}[{place}].{}", column.id), text(zh, en))
            };
            match self.cell(column, answer, at) {
                Ok(slot) => cells.set(FactId::new(index), slot),
                Err(fault) => {
                    let (key, words) = at();
                    self.error(key, words, fault);
                }
            }
        }
        for (unknown, _) in row.iter().filter(|(key, _)| !columns.iter().any(|column| column.id == *key)) {
            let words = text(format!("{}第 {number} 行", words.zh), format!("{}row {number}", words.en));
            let message = text(format!("没有「{unknown}」这一列。"), format!("there is no column `{unknown}`"));
            self.error(format!("{key}[{place}].{unknown}"), words, ("unknown_column", message));
        }
        cells
    }

    /// `at` is the key of the cell, and where it stands in words.
    fn cell(&mut self, column: &Fact, answer: &Answer, at: impl Fn() -> (String, Text)) -> Result<Slot, Fault> {
        match &column.kind {
            FactKind::Table { columns, max_rows } => {
                let (key, words) = at();
                let words = text(words.zh, words.en + ", ");
                super::slot_of(answer, |answer| self.table(columns, *max_rows, answer, (&key, &words)))
            }
            _ => super::slot_of(answer, |answer| super::value(column, answer)),
        }
    }

    fn error(&mut self, key: String, cell: Text, (code, message): Fault) {
        if self.errors.len() < LIMITS.cell_errors {
            self.errors.push(AnswerError { fact: Some(self.fact), key, cell, code, message });
        } else {
            self.more += 1;
        }
    }
}

fn too_many(most: usize) -> Fault {
    ("too_many_rows", text(format!("最多 {most} 行。"), format!("at most {most} rows")))
}

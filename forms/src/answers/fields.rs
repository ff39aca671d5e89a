//! Answers from the fields of a posted form, for pages without script.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Pack, ROWS};

mod posted;
mod rows;

use posted::Posted;

use super::{ADD_ROW, Answer, Answers, NONE, REMOVE_ROW, UNSURE};
use crate::read::half_width;

impl Answers {
    /// The answers in the fields of a posted form; a field's name is the id of its fact.
    ///
    /// Several options come as several fields of one name. The value [`UNSURE`] says 说不清 and
    /// [`NONE`] 没有, whatever else the fact's fields hold; only ticked options of a question with
    /// several win over it, because the button 说不清 must not throw them away. An empty field is
    /// no answer. A date comes in three fields `<id>.year`, `<id>.month` and `<id>.day`, which are
    /// joined as typed by `-`, a month or day of one digit getting its zero, and win over one field
    /// of its name. The cells of a table come as `<id>[0].<column>`, and `<id>[0]` alone says that
    /// there is such a row; rows in which something is filled in win over 说不清 and 没有 as well.
    /// Names that begin with `__` are controls of the page, of which [`ADD_ROW`] and [`REMOVE_ROW`]
    /// change the rows. Fields of no fact are kept as text, and reported when the answers are read.
    pub fn from_fields(pack: &Pack, fields: impl IntoIterator<Item = (String, String)>) -> Answers {
        let mut posted = Posted::new(without_controls(fields));
        let mut answers = of_facts(&pack.facts, &mut posted);
        // A button of rows that are not there leaves nothing.
        posted.retain(|name| !ROWS || !name.ends_with(rows::ADDED) && !name.ends_with(rows::REMOVED));
        keep_others(&mut answers, posted);
        answers
    }

    /// Takes the answer to one fact from the fields that belong to it, as
    /// [`from_fields`](Answers::from_fields) does; of no fields there is no answer.
    pub fn take_field(&mut self, fact: &Fact, fields: impl IntoIterator<Item = (String, String)>) {
        let mut posted = Posted::new(without_controls(fields));
        match of_fact(fact, &mut posted) {
            Some(answer) => self.set(fact.id.as_str(), answer),
            None => drop(self.remove(&fact.id)),
        }
    }
}

/// The place of the row to which a field belongs, and the cells of that row, which the fields hold
/// among which it stands; `None` for a field that stands in no row.
#[must_use]
pub fn row_of_fields(
    fact: &Fact,
    name: &str,
    fields: impl IntoIterator<Item = (String, String)>,
) -> Option<(usize, Answers)> {
    let FactKind::Table { columns, .. } = &fact.kind else { return None };
    if !ROWS {
        return None;
    }
    rows::row_at(&fact.id, columns, name, fields)
}

/// The fields without the controls of the page, but for those that change rows.
fn without_controls(fields: impl IntoIterator<Item = (String, String)>) -> impl Iterator<Item = (String, String)> {
    fields.into_iter().filter_map(|(name, value)| match name.as_str() {
        ADD_ROW if ROWS => Some((value + rows::ADDED, String::new())),
        REMOVE_ROW if ROWS => Some((value + rows::REMOVED, String::new())),
        _ => (!name.starts_with("__")).then_some((name, value)),
    })
}

/// The fact whose question stays shown: the one that a button opens again, or whose rows it changes.
pub fn reopened(pack: &Pack, fields: &[(String, String)]) -> Option<FactId> {
    let is_button = |name: &String| name == "__reopen" || ROWS && matches!(name.as_str(), ADD_ROW | REMOVE_ROW);
    let (_, value) = fields.iter().rfind(|(name, _)| is_button(name))?;
    let id = if ROWS { value.split_once('[').map_or(value.as_str(), |(id, _)| id) } else { value };
    Some(pack.fact(id)?.0)
}

/// The answers to some facts, or the cells of a row, whose fields are taken.
fn of_facts(facts: &[Fact], posted: &mut Posted) -> Answers {
    let mut answers = Answers::new();
    for fact in facts {
        if let Some(answer) = of_fact(fact, posted) {
            answers.set(fact.id.as_str(), answer);
        }
    }
    answers
}

fn of_fact(fact: &Fact, posted: &mut Posted) -> Option<Answer> {
    let mut typed = posted.take(&fact.id);
    match &fact.kind {
        FactKind::Table { columns, .. } if ROWS => rows::answer(&fact.id, columns, typed, posted),
        FactKind::Date => {
            typed = join_date(&fact.id, posted).map_or(typed, |date| alloc::vec![date]);
            answer(&fact.kind, typed)
        }
        _ => answer(&fact.kind, typed),
    }
}

/// Keeps the fields that belong to nothing.
fn keep_others(answers: &mut Answers, posted: Posted) {
    for (name, values) in posted {
        if let Some(answer) = answer(&FactKind::Bool, values) {
            answers.set(name, answer);
        }
    }
}

fn answer(kind: &FactKind, mut values: Vec<String>) -> Option<Answer> {
    let is_tick = |value: &String| value != UNSURE && value != NONE && !value.trim().is_empty();
    if matches!(kind, FactKind::Choices(_)) && values.iter().any(is_tick) {
        values.retain(is_tick);
    }
    if values.iter().any(|value| value == UNSURE) {
        return Some(Answer::Unsure);
    }
    if values.iter().any(|value| value == NONE) {
        return Some(Answer::Text(String::new()));
    }
    values.retain(|value| !value.trim().is_empty());
    match kind {
        FactKind::Choices(_) if !values.is_empty() => Some(Answer::Many(values)),
        _ if values.len() > 1 => Some(Answer::Many(values)),
        _ => values.pop().map(Answer::Text),
    }
}

/// The three fields of a date as one, unless all three are empty.
fn join_date(id: &str, posted: &mut Posted) -> Option<String> {
    let [year, month, day] = ["year", "month", "day"].map(|part| {
        let typed = posted.take(&format!("{id}.{part}")).pop();
        typed.map_or_else(String::new, |typed| String::from(typed.trim()))
    });
    let is_empty = year.is_empty() && month.is_empty() && day.is_empty();
    (!is_empty).then(|| format!("{year}-{}-{}", two_digits(&month), two_digits(&day)))
}

/// `6` and the full-width `６` as `06`; everything else as typed.
fn two_digits(typed: &str) -> String {
    let mut digits = typed.chars().map(half_width);
    match (digits.next(), digits.next()) {
        (Some(digit), None) if digit.is_ascii_digit() => format!("0{digit}"),
        _ => typed.into(),
    }
}

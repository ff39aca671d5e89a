//! Answers from the fields of a posted form, for pages without script.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Pack, ROWS};

mod rows;

use super::{ADD_ROW, Answer, Answers, NONE, REMOVE_ROW, UNSURE};
use crate::json::sort;
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
        let values = fields.into_iter().filter_map(|(name, value)| match name.as_str() {
            ADD_ROW if ROWS => Some((value + rows::ADDED, String::new())),
            REMOVE_ROW if ROWS => Some((value + rows::REMOVED, String::new())),
            _ => (!name.starts_with("__")).then_some((name, value)),
        });
        let mut values: Vec<(String, String)> = values.collect();
        let mut answers = of_facts(&pack.facts, &mut values);
        // A button of rows that are not there leaves nothing.
        values.retain(|(name, _)| !ROWS || !name.ends_with(rows::ADDED) && !name.ends_with(rows::REMOVED));
        keep_others(&mut answers, values);
        answers
    }
}

/// The fact whose question stays shown: the one that a button opens again, or whose rows it changes.
pub fn reopened(pack: &Pack, fields: &[(String, String)]) -> Option<FactId> {
    let is_button = |name: &String| name == "__reopen" || ROWS && matches!(name.as_str(), ADD_ROW | REMOVE_ROW);
    let (_, value) = fields.iter().rfind(|(name, _)| is_button(name))?;
    let id = if ROWS { value.split_once('[').map_or(value.as_str(), |(id, _)| id) } else { value };
    Some(pack.fact(id)?.0)
}

/// The answers to some facts, or the cells of a row, whose fields are taken out of `values`.
fn of_facts(facts: &[Fact], values: &mut Vec<(String, String)>) -> Answers {
    let mut answers = Answers::new();
    for fact in facts {
        let mut typed = take(values, &fact.id);
        let answer = match &fact.kind {
            FactKind::Table { columns, .. } if ROWS => rows::answer(&fact.id, columns, typed, values),
            FactKind::Date => {
                typed = join_date(&fact.id, values).map_or(typed, |date| alloc::vec![date]);
                answer(&fact.kind, typed)
            }
            _ => answer(&fact.kind, typed),
        };
        if let Some(answer) = answer {
            answers.set(fact.id.as_str(), answer);
        }
    }
    answers
}

/// Keeps the fields that belong to nothing.
fn keep_others(answers: &mut Answers, values: Vec<(String, String)>) {
    let mut others = sort(values).into_iter().peekable();
    while let Some((name, value)) = others.next() {
        let mut several = alloc::vec![value];
        while let Some((_, value)) = others.next_if(|(next, _)| *next == name) {
            several.push(value);
        }
        if let Some(answer) = answer(&FactKind::Bool, several) {
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

/// Takes all values of one name, in their order.
fn take(values: &mut Vec<(String, String)>, name: &str) -> Vec<String> {
    let mut taken = Vec::new();
    values.retain_mut(|(of, value)| {
        let is_taken = of == name;
        if is_taken {
            taken.push(core::mem::take(value));
        }
        !is_taken
    });
    taken
}

/// The three fields of a date as one, unless all three are empty.
fn join_date(id: &str, values: &mut Vec<(String, String)>) -> Option<String> {
    let [year, month, day] = ["year", "month", "day"].map(|part| {
        let typed = take(values, &format!("{id}.{part}")).pop();
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

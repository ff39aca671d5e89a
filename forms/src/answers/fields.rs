//! Answers from the fields of a posted form, for pages without script.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FactKind, Pack};

use super::{Answer, Answers, NONE, UNSURE};
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
    /// of its name. Names that begin with `__` are controls of the page. Fields of no fact are kept as text, and reported when
    /// the answers are read.
    pub fn from_fields(pack: &Pack, fields: impl IntoIterator<Item = (String, String)>) -> Answers {
        let mut values: Vec<(String, String)> =
            fields.into_iter().filter(|(name, _)| !name.starts_with("__")).collect();
        let mut answers = Answers::new();
        for fact in &pack.facts {
            let mut typed = take(&mut values, &fact.id);
            if fact.kind == FactKind::Date {
                typed = join_date(&fact.id, &mut values).map_or(typed, |date| alloc::vec![date]);
            }
            if let Some(answer) = answer(&fact.kind, typed) {
                answers.set(fact.id.as_str(), answer);
            }
        }
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
        answers
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

//! Answers from the fields of a posted form, for pages without script.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FactKind, Pack};

use super::{Answer, Answers, NONE, UNSURE};

impl Answers {
    /// The answers in the fields of a posted form; a field's name is the id of its fact.
    ///
    /// Several options come as several fields of one name. The value [`UNSURE`] says 说不清 and
    /// [`NONE`] 没有, whatever else the fact's fields hold; an empty field is no answer. A date
    /// comes in three fields `<id>.year`, `<id>.month` and `<id>.day`, which are joined as typed
    /// by `-`, a month or day of one digit getting its zero; or in one field. Names that begin
    /// with `__` are controls of the page. Fields of no fact are kept as text, and reported when
    /// the answers are read.
    pub fn from_fields(pack: &Pack, fields: impl IntoIterator<Item = (String, String)>) -> Answers {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in fields {
            if !name.starts_with("__") {
                values.entry(name).or_default().push(value);
            }
        }
        let mut answers = Answers::new();
        for fact in &pack.facts {
            if fact.kind == FactKind::Date {
                join_date(&fact.id, &mut values);
            }
            let answer = values.remove(&fact.id).and_then(|values| answer(&fact.kind, values));
            if let Some(answer) = answer {
                answers.set(fact.id.as_str(), answer);
            }
        }
        for (name, values) in values {
            if let Some(answer) = answer(&FactKind::Bool, values) {
                answers.set(name, answer);
            }
        }
        answers
    }
}

fn answer(kind: &FactKind, mut values: Vec<String>) -> Option<Answer> {
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

/// Puts the three fields of a date in the place of one, unless all three are empty.
fn join_date(id: &str, values: &mut BTreeMap<String, Vec<String>>) {
    let [year, month, day] = ["year", "month", "day"].map(|part| {
        let typed = values.remove(&format!("{id}.{part}")).and_then(|mut typed| typed.pop());
        typed.map_or_else(String::new, |typed| String::from(typed.trim()))
    });
    if !(year.is_empty() && month.is_empty() && day.is_empty()) {
        let date = format!("{year}-{}-{}", two_digits(&month), two_digits(&day));
        values.entry(id.into()).or_insert_with(|| alloc::vec![date]);
    }
}

/// `6` as `06`; everything else as typed.
fn two_digits(typed: &str) -> String {
    let zero = if typed.len() == 1 && typed.bytes().all(|byte| byte.is_ascii_digit()) { "0" } else { "" };
    format!("{zero}{typed}")
}

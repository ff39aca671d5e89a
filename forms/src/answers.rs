//! Answers 填报: the only state of a pre-check, held by the client, exactly as typed.
//!
//! In JSON they are one flat object from the id of a fact to its answer:
//!
//! ```json
//! {"accepted_on": "2014-11-18", "applicant.registered": false, "applicant.uscc": "",
//!  "business.activities": ["drug_retail"], "materials.f01": "provided",
//!  "premises.tenure": {"unsure": true},
//!  "shareholders": [{"amount": "10.00", "name": "甲"}, {"name": "乙"}]}
//! ```
//!
//! Nothing that comes in is lost, whatever it is: [`crate::read()`] says what it means.

mod fields;

pub use fields::{reopened, row_of_fields};

use alloc::string::String;
use alloc::vec::Vec;

use litemap::LiteMap;

use crate::json::push_string;
use crate::request::parse_json;
use crate::{Json, RequestError};

/// The value of a form field that means 说不清: the citizen cannot say.
pub const UNSURE: &str = "__unsure";

/// The value of a form field that means 没有: the stated answer that there is none.
pub const NONE: &str = "__none";

/// The name of the button that adds a row; its value is the name of the table.
pub const ADD_ROW: &str = "__add_row";

/// The name of the button that removes a row; its value is the name of the row: `shareholders[1]`.
pub const REMOVE_ROW: &str = "__remove_row";

/// One answer as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// `true`, `false`.
    Bool(bool),
    /// A JSON number, as its shortest text.
    Number(String),
    /// A text; the answer to any kind of fact may come as text.
    Text(String),
    /// Several options.
    Many(Vec<String>),
    /// The rows of a table, each an object from the id of a column to its cell. No rows at all
    /// are [`Answer::Many`] with nothing in it.
    Rows(Vec<Answers>),
    /// `{"unsure": true}`: the citizen cannot say.
    Unsure,
    /// Anything else, as JSON text; `null` is no answer, the rest is reported by the reader.
    Other(String),
}

/// The answers of one pre-check by the ids of facts, in the order of the ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Answers {
    entries: LiteMap<String, Answer>,
}

impl Answers {
    /// No answers yet.
    #[must_use]
    pub fn new() -> Answers {
        Answers::default()
    }

    /// Reads the JSON object of answers; of a key that comes twice the last one counts.
    ///
    /// # Errors
    /// If the text is not JSON (`not_json`) or not an object (`answers_not_object`).
    pub fn from_json(json: &str) -> Result<Answers, RequestError> {
        match parse_json(json)? {
            Json::Object(entries) => Ok(Answers::from_object(entries)),
            _ => Err(RequestError::answers_not_object()),
        }
    }

    /// The canonical JSON text: keys in order, nothing between the parts, no line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (place, (key, answer)) in self.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            push_string(key, out);
            out.push(':');
            answer.write(out);
        }
        out.push('}');
    }

    pub(crate) fn from_object(entries: Vec<(String, Json)>) -> Answers {
        let mut answers = Answers::new();
        for (key, value) in entries {
            answers.set(key, Answer::from(value));
        }
        answers
    }

    /// The answer to the fact with this id.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.entries.get(key)
    }

    /// The place of the answer to the fact with this id.
    #[cfg(feature = "forms")]
    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        self.entries.find_index(key).ok()
    }

    /// Puts an answer in the place of the one before.
    pub fn set(&mut self, key: impl Into<String>, answer: Answer) {
        self.entries.insert(key.into(), answer);
    }

    /// The answer to the fact with this id, to be changed in its place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Answer> {
        self.entries.get_mut(key)
    }

    /// Takes an answer back.
    pub fn remove(&mut self, key: &str) -> Option<Answer> {
        self.entries.remove(key)
    }

    /// All answers in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.entries.iter().map(|(key, answer)| (key.as_str(), answer))
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// All answers in the order of their keys.
impl IntoIterator for Answers {
    type Item = (String, Answer);
    type IntoIter = alloc::vec::IntoIter<(String, Answer)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl From<Json> for Answer {
    fn from(json: Json) -> Answer {
        match json {
            Json::Bool(value) => Answer::Bool(value),
            Json::Number(number) => Answer::Number(number),
            Json::Text(text) => Answer::Text(text),
            Json::Object(members) if is_unsure(&members) => Answer::Unsure,
            Json::List(members)
                if !members.is_empty() && members.iter().all(|member| matches!(member, Json::Object(_))) =>
            {
                let row = |member| match member {
                    Json::Object(cells) => Some(Answers::from_object(cells)),
                    _ => None,
                };
                Answer::Rows(members.into_iter().filter_map(row).collect())
            }
            Json::List(members) => match members.iter().map(|member| member.as_text().map(String::from)).collect() {
                Some(texts) => Answer::Many(texts),
                None => Answer::other(&Json::List(members)),
            },
            other @ (Json::Null | Json::Object(_)) => Answer::other(&other),
        }
    }
}

fn is_unsure(members: &[(String, Json)]) -> bool {
    matches!(members, [(name, Json::Bool(true))] if name == "unsure")
}

impl Answer {
    fn other(json: &Json) -> Answer {
        let mut text = String::new();
        json.write(&mut text);
        Answer::Other(text)
    }

    /// Appends its JSON text.
    fn write(&self, out: &mut String) {
        match self {
            Answer::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Answer::Text(text) => push_string(text, out),
            Answer::Many(texts) => {
                out.push('[');
                for (place, text) in texts.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    push_string(text, out);
                }
                out.push(']');
            }
            Answer::Rows(rows) => {
                out.push('[');
                for (place, row) in rows.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    row.write(out);
                }
                out.push(']');
            }
            Answer::Unsure => out.push_str("{\"unsure\":true}"),
            Answer::Number(text) | Answer::Other(text) => match Json::parse(text) {
                Ok(json) => json.write(out),
                Err(_) => push_string(text, out),
            },
        }
    }
}

#[cfg(test)]
mod tests;

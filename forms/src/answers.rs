//! Answers 填报: the only state of a pre-check, held by the client, exactly as typed.
//!
//! In JSON they are one flat object from the id of a fact to its answer:
//!
//! ```json
//! {"accepted_on": "2014-11-18", "applicant.registered": false, "applicant.uscc": "",
//!  "business.activities": ["drug_retail"], "materials.f01": "provided",
//!  "premises.tenure": {"unsure": true}}
//! ```
//!
//! Nothing that comes in is lost, whatever it is: [`crate::read()`] says what it means.

mod fields;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use crate::RequestError;
use crate::request::parse_json;

/// The value of a form field that means 说不清: the citizen cannot say.
pub const UNSURE: &str = "__unsure";

/// The value of a form field that means 没有: the stated answer that there is none.
pub const NONE: &str = "__none";

/// One answer as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `true`, `false`.
    Bool(bool),
    /// A JSON number, as its shortest text.
    Number(String),
    /// A text; the answer to any kind of fact may come as text.
    Text(String),
    /// Several options.
    Many(Vec<String>),
    /// `{"unsure": true}`: the citizen cannot say.
    Unsure,
    /// Anything else, as JSON text; `null` is no answer, the rest is reported by the reader.
    Other(String),
}

/// The answers of one pre-check by the ids of facts, in the order of the ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    entries: BTreeMap<String, Answer>,
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
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn from_object(entries: serde_json::Map<String, Json>) -> Answers {
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

    /// Puts an answer in the place of the one before.
    pub fn set(&mut self, key: impl Into<String>, answer: Answer) {
        self.entries.insert(key.into(), answer);
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

impl From<Json> for Answer {
    fn from(json: Json) -> Answer {
        match json {
            Json::Bool(value) => Answer::Bool(value),
            Json::Number(number) => Answer::Number(number.to_string()),
            Json::String(text) => Answer::Text(text),
            Json::Array(parts) if parts.iter().all(Json::is_string) => {
                Answer::Many(parts.iter().filter_map(Json::as_str).map(String::from).collect())
            }
            Json::Object(parts) if parts.len() == 1 && parts.get("unsure") == Some(&Json::Bool(true)) => Answer::Unsure,
            other @ (Json::Null | Json::Array(_) | Json::Object(_)) => Answer::Other(other.to_string()),
        }
    }
}

impl From<&Answer> for Json {
    fn from(answer: &Answer) -> Json {
        let parsed = |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone()));
        match answer {
            Answer::Bool(value) => Json::Bool(*value),
            Answer::Text(text) => Json::String(text.clone()),
            Answer::Many(parts) => parts.iter().map(String::as_str).collect(),
            Answer::Unsure => {
                let mut parts = serde_json::Map::new();
                parts.insert(String::from("unsure"), Json::Bool(true));
                Json::Object(parts)
            }
            Answer::Number(text) | Answer::Other(text) => parsed(text),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Json::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Answer, D::Error> {
        Json::deserialize(deserializer).map(Answer::from)
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, answer) in &self.entries {
            map.serialize_entry(key, answer)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Answers, D::Error> {
        deserializer.deserialize_map(AnswersVisitor)
    }
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object from fact ids to answers")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Answers, M::Error> {
        let mut answers = Answers::new();
        while let Some((key, answer)) = map.next_entry::<String, Answer>()? {
            answers.set(key, answer);
        }
        Ok(answers)
    }
}

#[cfg(test)]
mod tests;

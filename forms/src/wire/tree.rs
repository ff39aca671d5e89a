//! JSON that is put together as it goes. Where most keys may be absent this is a fraction of the
//! code of a structure for each.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use yichuang_engine::{FactKind, Value};

use super::parts::{Bases, Numeric, numeric};
use crate::words::chosen;

/// A value of JSON.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Json<'a> {
    Bool(bool),
    Number(Numeric),
    Word(&'a str),
    Text(String),
    Words(Vec<&'a str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
    Bases(Bases<'a>),
}

/// The parts of an object, in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Object<'a> {
    parts: Vec<(&'static str, Json<'a>)>,
}

impl<'a> Object<'a> {
    #[inline(never)]
    pub(super) fn put(&mut self, key: &'static str, value: Json<'a>) {
        self.parts.push((key, value));
    }

    /// A text, unless it is empty.
    pub(super) fn text(&mut self, key: &'static str, text: String) {
        if !text.is_empty() {
            self.put(key, Json::Text(text));
        }
    }

    /// A word of the pack or of the glossary, unless it is empty.
    pub(super) fn word(&mut self, key: &'static str, word: &'a str) {
        if !word.is_empty() {
            self.put(key, Json::Word(word));
        }
    }

    /// What is true, or absent.
    pub(super) fn flag(&mut self, key: &'static str, holds: bool) {
        if holds {
            self.put(key, Json::Bool(true));
        }
    }

    /// A place or count.
    pub(super) fn count(&mut self, key: &'static str, count: usize) {
        self.put(key, Json::Number(numeric(i128::try_from(count).unwrap_or(0), 0)));
    }

    /// A value, unless there is none.
    pub(super) fn maybe(&mut self, key: &'static str, value: Option<Json<'a>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.parts {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// A value as it stands in answers.
pub(super) fn said<'a>(kind: &'a FactKind, value: &Value) -> Option<Json<'a>> {
    Some(match (value, kind) {
        (Value::Bool(value), _) => Json::Bool(*value),
        (Value::Number(number), FactKind::Number { places, .. }) => Json::Number(numeric(*number, *places)),
        (Value::Date(date), _) => Json::Text(date.to_string()),
        (Value::Text(text), _) => Json::Text(text.clone()),
        (Value::Choice(place), FactKind::Choice(options)) => Json::Word(&options.get(usize::from(*place))?.id),
        (Value::Choices(set), FactKind::Choices(options)) => {
            Json::Words(chosen(options, *set).map(|option| option.id.as_str()).collect())
        }
        _ => return None,
    })
}

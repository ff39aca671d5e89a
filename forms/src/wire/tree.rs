//! JSON that is put together as it goes. Where most keys may be absent this is a fraction of the
//! code of a structure for each.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Serialize, Serializer};
use yichuang_engine::{FactKind, Value};

use super::parts::{Numeric, numeric};
use crate::json::Json;
use crate::words::chosen;

/// An object whose parts come in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Object {
    parts: Vec<(String, Json)>,
}

impl Object {
    #[inline(never)]
    pub(super) fn put(&mut self, key: &str, value: Json) {
        self.parts.push((key.into(), value));
    }

    /// A text, unless it is empty.
    #[inline(never)]
    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, Json::Text(text.into()));
        }
    }

    /// What is true, or absent.
    pub(super) fn flag(&mut self, key: &str, holds: bool) {
        if holds {
            self.put(key, Json::Bool(true));
        }
    }

    /// A place or count.
    pub(super) fn count(&mut self, key: &str, count: usize) {
        self.put(key, Json::Number(count.to_string()));
    }

    /// A value, unless there is none.
    pub(super) fn maybe(&mut self, key: &str, value: Option<Json>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    pub(super) fn done(self) -> Json {
        Json::Object(self.parts)
    }
}

/// A list of words.
pub(super) fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> Json {
    Json::List(words.into_iter().map(|word| Json::Text(word.into())).collect())
}

/// A value as it stands in answers.
pub(super) fn said(kind: &FactKind, value: &Value) -> Option<Json> {
    Some(match (value, kind) {
        (Value::Bool(value), _) => Json::Bool(*value),
        (Value::Number(number), FactKind::Number { places, .. }) => match numeric(*number, *places) {
            Numeric::Integer(number) => Json::Number(number.to_string()),
            Numeric::Decimal(number) => Json::Text(number),
        },
        (Value::Date(date), _) => Json::Text(date.to_string()),
        (Value::Text(text), _) => Json::Text(text.clone()),
        (Value::Choice(place), FactKind::Choice(options)) => Json::Text(options.get(usize::from(*place))?.id.clone()),
        (Value::Choices(set), FactKind::Choices(options)) => {
            words(chosen(options, *set).map(|option| option.id.as_str()))
        }
        _ => return None,
    })
}

/// As a part of a structure only what rules give is written, which is neither a list nor an object.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Bool(value) => serializer.serialize_bool(*value),
            // Whole numbers alone are numbers here.
            Json::Number(number) => match number.parse() {
                Ok(number) => serializer.serialize_i64(number),
                Err(_) => serializer.serialize_none(),
            },
            Json::Text(text) => serializer.serialize_str(text),
            Json::Null | Json::List(_) | Json::Object(_) => serializer.serialize_none(),
        }
    }
}

//! A program of one set of rules that reads a request and writes its response.
//!
//! It is as good as free of work besides reading, deciding and writing: it knows the ids of its
//! facts by their numbers, and every text of a response is there before, so that only the statuses
//! of the materials are put in. Written by hand, it would cost no less.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Size;

/// The options of a material's state.
pub const STATES: [&str; 3] = ["provided", "missing", "defective"];

/// JSON that keeps the order of its keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A text of the program.
    Constant(&'static str),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Object(Vec<(String, Node)>),
}

impl Node {
    /// The entry of an object.
    ///
    /// # Panics
    /// If there is none.
    pub fn entry(&mut self, key: &str) -> &mut Node {
        let Node::Object(entries) = self else { panic!("no object") };
        let entry = entries.iter_mut().find(|(other, _)| other == key);
        &mut entry.unwrap_or_else(|| panic!("no `{key}`")).1
    }
}

/// A response with the places that are filled in.
#[derive(Clone, Debug)]
pub struct Template {
    response: Node,
    /// Where `materials` stands, and in each of them `status`.
    materials: usize,
    status: usize,
}

impl Template {
    /// A template from a response; it has no materials where a conflict applies.
    ///
    /// # Panics
    /// If the text is no response.
    #[must_use]
    pub fn new(response: &str) -> Template {
        let response: Node = serde_json::from_str(response).expect("a response");
        let Node::Object(entries) = &response else { panic!("a response is an object") };
        let place = |entries: &[(String, Node)], key: &str| entries.iter().position(|(other, _)| other == key);
        let materials = place(entries, "materials").expect("materials");
        let Node::List(listed) = &entries[materials].1 else { panic!("materials are a list") };
        let status = match listed.first() {
            Some(Node::Object(first)) => place(first, "status").expect("a status"),
            _ => 0,
        };
        Template { response, materials, status }
    }
}

/// Answers one request: JSON text in, JSON text out.
///
/// # Panics
/// If the request is not one of this program.
pub fn step<Z: Size>(template: &mut Template, request: &str) -> String {
    let Request(answers) = serde_json::from_str::<Request<Z>>(request).expect("a request");
    let mut results = Z::Results::default();
    Z::decide(&answers, &mut results);
    let Node::Object(entries) = &mut template.response else { panic!("an object") };
    let Node::List(materials) = &mut entries[template.materials].1 else { panic!("a list") };
    for (place, material) in materials.iter_mut().enumerate() {
        let Node::Object(entries) = material else { panic!("an object") };
        entries[template.status].1 = Node::Constant(Z::status(&results, place));
    }
    serde_json::to_string(&template.response).expect("JSON")
}

struct Request<Z: Size>(Z::Answers);

struct Answers<Z: Size>(Z::Answers);

impl<'de, Z: Size> Deserialize<'de> for Request<Z> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Request<Z>, D::Error> {
        struct Parts<Z>(std::marker::PhantomData<Z>);
        impl<'de, Z: Size> Visitor<'de> for Parts<Z> {
            type Value = Request<Z>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a request")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Request<Z>, A::Error> {
                let mut request = Request(Z::Answers::default());
                while let Some(key) = map.next_key::<&str>()? {
                    match key {
                        "answers" => request.0 = map.next_value::<Answers<Z>>()?.0,
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(request)
            }
        }
        deserializer.deserialize_map(Parts(std::marker::PhantomData))
    }
}

impl<'de, Z: Size> Deserialize<'de> for Answers<Z> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Answers<Z>, D::Error> {
        struct Entries<Z>(std::marker::PhantomData<Z>);
        impl<'de, Z: Size> Visitor<'de> for Entries<Z> {
            type Value = Answers<Z>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("answers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers<Z>, A::Error> {
                let mut answers = Z::Answers::default();
                while let Some(key) = map.next_key::<&str>()? {
                    Z::take(&mut answers, key, &mut map)?;
                }
                Ok(Answers(answers))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}

/// The state of a material by its id.
///
/// # Panics
/// If there is no such state.
#[must_use]
pub fn state(id: &str) -> u8 {
    match id {
        "provided" => 0,
        "missing" => 1,
        "defective" => 2,
        other => panic!("no state {other}"),
    }
}

/// The number at the end of an id.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn number(digits: &str) -> usize {
    digits.bytes().fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

/// A set of options, read from a list of ids.
#[derive(Debug)]
pub struct Options(pub u16);

impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Options, D::Error> {
        struct Ids;
        impl<'de> Visitor<'de> for Ids {
            type Value = Options;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("options")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut ids: A) -> Result<Options, A::Error> {
                let mut set = 0;
                while let Some(id) = ids.next_element::<&str>()? {
                    set |= 1 << number(&id[1..]);
                }
                Ok(Options(set))
            }
        }
        deserializer.deserialize_seq(Ids)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Number(number) => serializer.serialize_i64(*number),
            Node::Text(text) => serializer.serialize_str(text),
            Node::Constant(text) => serializer.serialize_str(text),
            Node::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Node::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON without fractions")
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Bool(value))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Number(i64::try_from(number).expect("a small number")))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Number(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Object(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

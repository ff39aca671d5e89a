//! What was typed of a case, from a posted form or from JSON.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::read::details;
use super::words::EVENTS;
use crate::request::{object, parse_json, read_lang};
use crate::{Json, Lang, RequestError};

/// The fields of a case besides its events.
const CASE: [&str; 12] = [
    "kind",
    "statutory",
    "statutory_unit",
    "promised",
    "promised_unit",
    "step_days",
    "statutory_reasons",
    "promised_reasons",
    "valid_years",
    "renews",
    "on",
    "known_on",
];

/// The fields of an event, of which each kind of event has some.
const EVENT: [&str; 13] = [
    "on",
    "what",
    "correct_by",
    "from_correction",
    "complete",
    "until",
    "step",
    "reason",
    "in_writing",
    "days",
    "by",
    "reasons_given",
    "granted",
];

/// Fields that are preset in every row of the form, so that they alone make no event.
const PRESET: [&str; 5] = ["from_correction", "complete", "in_writing", "reasons_given", "granted"];

/// Fields of a case that hold several values, in JSON as a list.
const LISTS: [&str; 3] = ["step_days", "statutory_reasons", "promised_reasons"];

/// Values as they were typed, by the names of their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(&'static str, String)>);

impl Typed {
    /// What was typed in a field; empty for nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.retain(|(other, _)| *other != name);
        self.0.push((name, value.into()));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    fn is_empty(&self) -> bool {
        self.iter().all(|(name, value)| PRESET.contains(&name) || value.trim().is_empty())
    }
}

/// A case as it was typed, whatever it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFields {
    /// The item, its periods, and the day of the clock.
    pub case: Typed,
    /// The events, in the order of their rows.
    pub events: Vec<Typed>,
    /// More empty rows are asked for.
    pub more_rows: bool,
}

impl CaseFields {
    /// The fields of a posted form: `kind`, `on` and so on, those of the rows `e0.on`, `e0.what`.
    ///
    /// Empty rows are left out. `add` asks for more rows, `remove` takes out the row of its value.
    pub fn from_fields(fields: impl IntoIterator<Item = (String, String)>) -> CaseFields {
        let mut typed = CaseFields::default();
        let mut cells: Vec<(usize, &'static str, String)> = Vec::new();
        let mut removed = None;
        for (name, value) in fields {
            match name.as_str() {
                "add" => typed.more_rows = true,
                "remove" => removed = value.parse().ok(),
                name => match (cell(name), known(name, &CASE)) {
                    (Some((row, name)), _) => cells.push((row, name, value)),
                    (None, Some(name)) => typed.case.set(name, value),
                    (None, None) => {}
                },
            }
        }
        // Rows may come in any order and number.
        cells.sort_by_key(|(row, ..)| *row);
        let mut last = None;
        for (row, name, value) in cells.into_iter().filter(|(row, ..)| Some(*row) != removed) {
            if last != Some(row) {
                typed.events.push(Typed::default());
                last = Some(row);
            }
            if let Some(event) = typed.events.last_mut() {
                event.set(name, value);
            }
        }
        typed.events.retain(|event| !event.is_empty());
        typed
    }

    /// Whether nothing was typed at all.
    pub(super) fn is_blank(&self) -> bool {
        self.events.is_empty() && self.case.iter().all(|(name, value)| is_choice(name) || value.trim().is_empty())
    }
}

/// Fields of the case that always have a value in the form.
fn is_choice(name: &str) -> bool {
    matches!(name, "kind" | "statutory_unit" | "promised_unit")
}

fn cell(name: &str) -> Option<(usize, &'static str)> {
    let (row, name) = name.strip_prefix('e')?.split_once('.')?;
    Some((row.parse().ok()?, known(name, &EVENT)?))
}

fn known(name: &str, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|known| *known == name)
}

/// Reads a case from JSON; the language even of a refusal.
pub(super) fn from_json(text: &str) -> Result<(CaseFields, Lang), (RequestError, Lang)> {
    let chinese = |error| (error, Lang::Zh);
    let parts = object(parse_json(text).map_err(chinese)?).map_err(chinese)?;
    let lang = parts.iter().find(|(name, _)| name == "lang").map_or(Ok(Lang::Zh), |(_, lang)| read_lang(lang));
    let lang = lang.map_err(chinese)?;
    let mut typed = CaseFields::default();
    for (name, value) in parts {
        let read = match (name.as_str(), value) {
            ("lang", _) => Ok(()),
            ("events", Json::List(events)) => {
                let events = events.into_iter().enumerate().map(|(place, event)| event_of(place, event));
                events.collect::<Result<Vec<Typed>, _>>().map(|events| typed.events = events)
            }
            ("events", _) => Err(wrong("events", "一个列表", "a list of events")),
            (name, value) => put(&mut typed.case, name, value, &CASE, name.to_string()),
        };
        read.map_err(|error| (error, lang))?;
    }
    Ok((typed, lang))
}

fn event_of(place: usize, event: Json) -> Result<Typed, RequestError> {
    let at = format!("events[{place}]");
    let Json::Object(parts) = event else {
        return Err(wrong(
            &at,
            "一个对象，例如 {\"on\":\"2014-10-13\",\"what\":\"received\"}",
            "an object with `on` and `what`",
        ));
    };
    let mut typed = Typed::default();
    for (name, value) in parts {
        put(&mut typed, &name, value, &EVENT, format!("{at}.{name}"))?;
    }
    // In a form the fields of other kinds of events are merely hidden; here somebody wrote them.
    let known: Vec<&'static str> = ["on", "what"].iter().chain(details(typed.get("what"))).copied().collect();
    let stray = typed.iter().find(|(name, _)| is_event(typed.get("what")) && !known.contains(name));
    let refusal = stray.map(|(name, _)| RequestError::unknown_field(&format!("{at}.{name}"), &known));
    refusal.map_or(Ok(typed), Err)
}

fn is_event(what: &str) -> bool {
    EVENTS.iter().any(|(code, ..)| *code == what)
}

fn put(typed: &mut Typed, name: &str, value: Json, names: &[&'static str], at: String) -> Result<(), RequestError> {
    let Some(name) = known(name, names) else { return Err(RequestError::unknown_field(&at, names)) };
    let value = match value {
        Json::Null => return Ok(()),
        Json::List(parts) if LISTS.contains(&name) => {
            let parts: Option<Vec<String>> = parts.into_iter().map(scalar).collect();
            parts.map(|parts| parts.join(", "))
        }
        value => scalar(value),
    };
    typed.set(name, value.ok_or_else(|| wrong(&at, "一个值，不是列表或对象", "a value, not a list or an object"))?);
    Ok(())
}

fn scalar(value: Json) -> Option<String> {
    match value {
        Json::Text(text) | Json::Number(text) => Some(text),
        Json::Bool(value) => Some(if value { "yes" } else { "no" }.into()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

fn wrong(at: &str, zh: &str, en: &str) -> RequestError {
    RequestError::new("bad_value", at, format!("{at} 应是{zh}。"), format!("`{at}` is {en}"))
}

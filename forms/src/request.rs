//! A request: `{"pack": …, "on": "2014-11-18", "lang": "zh", "answers": {…}}`, of which all parts
//! may be left out and others are refused.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use yichuang_engine::{Date, Text};

use crate::phrase::list;
use crate::words::text;
use crate::{Answers, Json, JsonError, LIMITS, Lang};

/// A request as it is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The id of the pack; absent where only one is meant.
    pub pack: Option<String>,
    /// The day of the request; absent for today.
    pub on: Option<Date>,
    /// The language of texts in the response; Chinese unless stated.
    pub lang: Lang,
    /// The answers, which are never wrong here: what is wrong with one is said in the decision.
    pub answers: Answers,
}

/// Why a request cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// What is wrong, for programs: `not_json`, `unknown_field`.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: Text,
    /// Where: the name of a field, or line and column in the text; empty for the whole.
    pub place: String,
}

/// Reads JSON; a byte order mark, which editors leave before it, is passed over (RFC 8259, section 8.1).
pub(crate) fn parse_json(json: &str) -> Result<Json, RequestError> {
    if json.len() > LIMITS.bytes {
        return Err(RequestError::too_large());
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    Json::parse(json).map_err(|error| RequestError::not_json(&error))
}

/// The parts of a request.
pub(crate) fn object(json: Json) -> Result<Vec<(String, Json)>, RequestError> {
    match json {
        Json::Object(parts) => Ok(parts),
        _ => {
            let (zh, en) = ("请求应是一个 JSON 对象。", "the request is a JSON object");
            Err(RequestError::new("not_object", "", zh, en))
        }
    }
}

impl Request {
    /// Reads a request; of a key that comes twice the last one counts.
    ///
    /// # Errors
    /// If the text is not JSON, not an object, has an unknown field or one of the wrong type.
    pub fn from_json(json: &str) -> Result<Request, RequestError> {
        Request::from_parts(json, &["pack", "on", "lang", "answers"], &mut |_, _| Ok(false))
    }

    /// Reads a request with more parts, of which `more` takes what is its own; `known` are the names
    /// of all parts that there may be.
    pub(crate) fn from_parts(
        json: &str,
        known: &[&'static str],
        more: &mut dyn FnMut(&str, &Json) -> Result<bool, RequestError>,
    ) -> Result<Request, RequestError> {
        let parts = object(parse_json(json)?)?;
        let mut request = Request::default();
        for (key, value) in parts {
            match (key.as_str(), value) {
                (key, value) if more(key, &value)? => {}
                ("pack" | "on" | "lang", Json::Null) => {}
                ("pack", Json::Text(id)) => request.pack = Some(id),
                ("pack", _) => {
                    return Err(RequestError::new(
                        "bad_pack",
                        "pack",
                        "pack 应是规则包的编号。",
                        "`pack` is the id of a pack",
                    ));
                }
                ("on", value) => request.on = Some(read_on(&value)?),
                ("lang", value) => request.lang = read_lang(&value)?,
                ("answers", Json::Object(entries)) => request.answers = Answers::from_object(entries),
                ("answers", _) => return Err(RequestError::answers_not_object()),
                (unknown, _) => return Err(RequestError::unknown_field(unknown, known)),
            }
        }
        Ok(request)
    }
}

fn read_on(value: &Json) -> Result<Date, RequestError> {
    value.as_text().and_then(Date::parse).ok_or_else(|| {
        let (zh, en) = ("on 应是一个日期，例如 2014-11-18。", "`on` is a date such as 2014-11-18");
        RequestError::new("bad_date", "on", zh, en)
    })
}

pub(crate) fn read_lang(value: &Json) -> Result<Lang, RequestError> {
    let (zh, en) = ("lang 应是 zh 或 en。", "`lang` is `zh` or `en`");
    value.as_text().and_then(Lang::parse).ok_or_else(|| RequestError::new("bad_lang", "lang", zh, en))
}

impl RequestError {
    pub(crate) fn new(code: &'static str, place: &str, zh: impl Into<String>, en: impl Into<String>) -> RequestError {
        RequestError { code, message: text(zh, en), place: place.into() }
    }

    pub(crate) fn not_json(error: &JsonError) -> RequestError {
        let JsonError { line, column, .. } = error;
        RequestError {
            code: "not_json",
            message: text(
                format!("请求不是 JSON：第 {line} 行第 {column} 列有误。"),
                format!("the request is not JSON: {error}"),
            ),
            place: format!("{line}:{column}"),
        }
    }

    fn too_large() -> RequestError {
        let (zh, en) = ("请求太长，最多 1000000 字节。", "a request has at most 1000000 bytes");
        RequestError::new("too_large", "", zh, en)
    }

    pub(crate) fn answers_not_object() -> RequestError {
        let (zh, en) =
            ("answers 应是一个 JSON 对象，键是情形的编号。", "`answers` is a JSON object with ids of facts as keys");
        RequestError::new("answers_not_object", "answers", zh, en)
    }

    pub(crate) fn unknown_field(field: &str, known: &[&'static str]) -> RequestError {
        RequestError::new(
            "unknown_field",
            field,
            format!("请求里没有「{field}」这个键，只有 {}。", list(known.iter().copied(), Lang::Zh)),
            format!("a request has no field `{field}`, only {}", list(known.iter().copied(), Lang::En)),
        )
    }

    /// The error of a pack that is not there.
    #[must_use]
    pub fn unknown_pack(pack: &str) -> RequestError {
        RequestError::new(
            "unknown_pack",
            "pack",
            format!("没有规则包「{pack}」。"),
            format!("there is no pack `{pack}`"),
        )
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl core::error::Error for RequestError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;
    use serde_json::json;

    use super::Request;
    use crate::test_pack::any_json;
    use crate::{Answer, Lang};

    fn check_error(json: &str, code: &str, place: &str) {
        let error = Request::from_json(json).unwrap_err();
        assert_eq!((error.code, error.place.as_str()), (code, place), "{json}");
        assert!(!error.message.zh.is_empty() && !error.message.en.is_empty());
    }

    #[test]
    fn a_whole_request() {
        let request = r#"{"pack":"putian/nine-in-one","on":"2014-11-18","lang":"en","answers":{"a":true}}"#;
        let request = Request::from_json(request).unwrap();
        assert_eq!(request.pack.as_deref(), Some("putian/nine-in-one"));
        assert_eq!(request.on.unwrap().to_days(), 16_392);
        assert_eq!(request.lang, Lang::En);
        assert_eq!(request.answers.get("a"), Some(&Answer::Bool(true)));
    }

    #[test]
    fn everything_may_be_left_out() {
        assert_eq!(Request::from_json("{}").unwrap(), Request::default());
        assert_eq!(Request::from_json(r#"{"on":null,"pack":null,"lang":null}"#).unwrap(), Request::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        check_error("", "not_json", "1:0");
        check_error("{\n\"on\": }", "not_json", "2:7");
        check_error("[]", "not_object", "");
        check_error(r#"{"answer":{}}"#, "unknown_field", "answer");
        check_error(r#"{"answers":[]}"#, "answers_not_object", "answers");
        check_error(r#"{"answers":null}"#, "answers_not_object", "answers");
        check_error(r#"{"on":"2014-2-3"}"#, "bad_date", "on");
        check_error(r#"{"on":20140203}"#, "bad_date", "on");
        check_error(r#"{"lang":"fr"}"#, "bad_lang", "lang");
        check_error(r#"{"pack":7}"#, "bad_pack", "pack");
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_at_the_head_only() {
        assert_eq!(Request::from_json("\u{feff}{}").unwrap(), Request::from_json("{}").unwrap());
        assert_eq!(Request::from_json("{\u{feff}}").unwrap_err().code, "not_json");
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let deep = "[".repeat(100_000);
        assert_eq!(Request::from_json(&deep).unwrap_err().code, "not_json");
    }

    proptest! {
        #[test]
        fn any_json_is_a_request_or_an_error(json in any_json(), key in "pack|on|lang|answers|other") {
            let _ = Request::from_json(&json.to_string());
            let read = Request::from_json(&json!({ key.as_str(): json.clone() }).to_string());
            let is_answers = key == "answers" && json.is_object();
            let is_text = matches!(key.as_str(), "pack" | "on" | "lang") && (json.is_string() || json.is_null());
            prop_assert!(read.is_err() || is_answers || is_text);
        }
    }
}

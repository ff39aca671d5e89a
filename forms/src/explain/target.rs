//! What is explained, by its id.

use alloc::format;
use alloc::string::String;

use yichuang_engine::{Derived, Named, Pack, named};

use super::names::{about, entry};
use crate::{Json, RequestError};

/// What can be explained.
const KINDS: [&str; 11] = [
    "item",
    "material",
    "check",
    "conflict",
    "certificate",
    "not_required",
    "not_competent",
    "rule",
    "fee",
    "tolerance",
    "verdict",
];

/// One result of a decision: `{"item": "drug_retail"}`.
///
/// An item means that it can be granted, a material that it is brought, a certificate that it is
/// issued, a fee that it is charged, a check that it fails, a conflict or a ground that it applies;
/// `{"tolerance": "allowed"}` that materials may be missing, `{"verdict": "ready"}` that this is the
/// verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// One of the kinds.
    pub(crate) kind: &'static str,
    /// The id in the pack.
    pub(crate) id: String,
}

impl Target {
    /// The target of a kind and an id, unless there is no such kind.
    #[must_use]
    pub fn new(kind: &str, id: &str) -> Option<Target> {
        let kind = KINDS.into_iter().find(|known| *known == kind)?;
        Some(Target { kind, id: id.into() })
    }

    /// Reads the short form for command lines, `item:drug_retail`.
    ///
    /// # Errors
    /// If it has another form, or there is no such kind.
    pub fn parse(text: &str) -> Result<Target, RequestError> {
        let target = text.split_once([':', '：']).and_then(|(kind, id)| Target::new(kind, id));
        target.ok_or_else(|| {
            let known = KINDS.join(" ");
            RequestError::new(
                "bad_target",
                "target",
                format!("要说明什么，写成「种类:编号」，例如 item:drug_retail、verdict:ready。种类有：{known}。"),
                format!("a target is `kind:id`, such as `item:drug_retail`; the kinds are: {known}"),
            )
        })
    }

    /// Reads the text of `{"item": "drug_retail"}`.
    ///
    /// # Errors
    /// If it is something else.
    pub fn from_text(json: &str) -> Result<Target, RequestError> {
        Target::from_json(&crate::request::parse_json(json).unwrap_or(Json::Null))
    }

    pub(crate) fn from_json(json: &Json) -> Result<Target, RequestError> {
        let target = match json {
            Json::Object(members) => match members.as_slice() {
                [(kind, id)] => id.as_text().and_then(|id| Target::new(kind, id)),
                _ => None,
            },
            _ => None,
        };
        target.ok_or_else(|| {
            let known = KINDS.join(" ");
            RequestError::new(
                "bad_target",
                "target",
                format!("target 应像 {{\"item\": \"drug_retail\"}} 这样，只写一个键。可以写：{known}。"),
                format!(
                    "`target` is an object with one key, such as {{\"item\": \"drug_retail\"}}; the keys are: {known}"
                ),
            )
        })
    }

    /// What the pack has under this id.
    ///
    /// # Errors
    /// If it has no such thing.
    pub(crate) fn find(&self, pack: &Pack) -> Result<(Named, Derived), RequestError> {
        let Target { kind, id } = self;
        let mut all = named(pack).into_iter().filter(|(named, _)| about(*named) == *kind && !id.is_empty());
        all.find(|(named, _)| entry(pack, *named).is_some_and(|entry| entry.id == id)).ok_or_else(|| {
            RequestError::new(
                "unknown_target",
                "target",
                format!("这个规则包里没有「{kind}:{id}」。"),
                format!("this pack has no {kind} `{id}`"),
            )
        })
    }
}

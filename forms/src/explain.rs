//! Why a result is so, what would change it, and what is left to ask: one request, one response.

mod changes;
mod names;
mod predicate;
mod target;

use alloc::string::String;

use yichuang_engine::Date;

use crate::{Json, LoadedBundle, LoadedCalendar, Precheck, Request, RequestError};

pub(crate) use changes::{called, change_words, if_words, is_any_other, set_words};
pub(crate) use names::{words, words_within};
pub(crate) use predicate::Sayer;
pub use target::Target;

/// A request for an explanation: that for a decision, with what is to be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainRequest {
    /// About what it is decided.
    pub request: Request,
    /// What is explained.
    pub target: Target,
    /// The value to which changes are looked for; absent for the one that it has not.
    pub wanted: Option<bool>,
}

impl ExplainRequest {
    /// Reads `{"target": {"item": …}, "wanted": true, "pack": …, "answers": {…}}`, of which only the
    /// target may not be left out.
    ///
    /// # Errors
    /// If the text is not JSON, not an object, has an unknown field, none of the target or one of the
    /// wrong type.
    pub fn from_json(json: &str) -> Result<ExplainRequest, RequestError> {
        let (mut target, mut wanted) = (None, None);
        let known = ["pack", "on", "lang", "answers", "target", "wanted"];
        let request = Request::from_parts(json, &known, &mut |key, value| {
            match key {
                "target" => target = Some(Target::from_json(value)?),
                "wanted" => {
                    let (zh, en) = ("wanted 应是 true 或 false。", "`wanted` is `true` or `false`");
                    wanted = match value {
                        Json::Bool(value) => Some(*value),
                        Json::Null => None,
                        _ => return Err(RequestError::new("bad_wanted", "wanted", zh, en)),
                    };
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let target = target.map_or_else(|| Target::from_json(&Json::Null), Ok)?;
        Ok(ExplainRequest { request, target, wanted })
    }
}

/// Explains one result: JSON text in, JSON text out, the same bytes on every client.
///
/// `today` is the day of the request where it states none.
///
/// # Errors
/// If the request cannot be understood, means another pack, or explains what the pack does not have.
pub fn explain(
    bundle: &LoadedBundle,
    calendar: &LoadedCalendar,
    request: &str,
    today: Date,
) -> Result<String, RequestError> {
    let ExplainRequest { request, target, wanted } = ExplainRequest::from_json(request)?;
    if let Some(pack) = request.pack.filter(|pack| *pack != bundle.value.pack.id) {
        return Err(RequestError::unknown_pack(&pack));
    }
    let precheck = Precheck::new(bundle, calendar, &request.answers, request.on.unwrap_or(today));
    precheck.explain(&target, wanted, request.lang)
}

//! The wire format: the only place that defines JSON.
//!
//! Keys are in snake_case and come in the order of the structures below; absent values are left
//! out. Ids are those of the pack, texts are plain strings in the language of the request.
//! Dates are `YYYY-MM-DD`, integers are numbers, money is in yuan with two places as text.
//! TypeScript declarations of the same: `clients/wasm/yichuang-wire.d.ts`, `yichuang-explain.d.ts`.
//!
//! ```text
//! request   { pack?, on?, lang?, answers }
//! response  { pack, calendar, on, accepted_on, versions_by, version_date?, not_yet_in_force?, expired_version?, verdict, verdict_missing?,
//!             not_exact?, ask_at_window?, items, certificates, authorities, copy_notices?, not_required, not_competent, conflicts, checks, open_grounds, open_conflicts, open_checks,
//!             to_be_judged, materials, merged_count, separate_count, periods?, steps, joint_plan?, tolerance, fees, due_total,
//!             payable_total, ratio?, pay_after_service?,
//!             documents, missing, next_question?, question?, assumed, errors, receipt }
//!
//! request   { target, wanted?, pack?, on?, lang?, answers }
//! response  { pack, on, accepted_on, target, text, value, missing?, not_exact?, cannot_compute?, why,
//!             smallest_changes?, settling, assumed?, errors }
//! ```
//!
//! - A target is one of the results of a decision, `{"item": "drug_retail"}`; `why` is a tree of parts,
//!   each with its `kind`, `value` and `text`; see [`Target`](crate::Target).
//! - A due date is `{"on": "2014-12-26"}`, or past the settled days of the calendar
//!   `{"not_before": …, "until_notice_for": 2027}`, or `{"calendar_missing": 2005}`.
//! - A quantity or date that is open is `{"undetermined": [fact ids]}`, with `"not_exact": true`
//!   where not every one of these facts was seen to matter, or `{"cannot_compute": true}`.
//! - A basis is `{"confidence": "report|source|unverified|pack_default", "citation": …}`.
//! - `pack` is `{id, edition, digest}`, for a pack that extends others with `layers` and `overrides`.
//! - What is wrong with a request is a problem document (RFC 9457), see [`problem`].

mod decision;
mod explain;
mod fees;
mod joint;
mod names;
mod parts;
mod scribe;
mod time;
mod tree;
mod values;

use alloc::string::String;

use serde::Serialize;

use crate::json::json;
use crate::{Lang, Precheck, RequestError};

pub(crate) use names::verdict;

impl Precheck<'_> {
    /// The decision as JSON: compact, in a fixed order of keys, without line end.
    #[must_use]
    pub fn to_json(&self, lang: Lang) -> String {
        json(&scribe::Scribe::new(self, lang).decision())
    }
}

/// A problem document (RFC 9457, `application/problem+json`).
#[derive(Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
}

/// A problem document (RFC 9457): the HTTP status, a code for programs, a title and a detail for
/// people; the detail may be empty.
///
/// ```
/// let document = yichuang_forms::problem(404, "unknown_pack", "没有这个规则包。", "");
/// assert_eq!(document, r#"{"type":"about:blank","title":"没有这个规则包。","status":404,"code":"unknown_pack"}"#);
/// ```
#[must_use]
pub fn problem(status: u16, code: &str, title: &str, detail: &str) -> String {
    json(&Problem { kind: "about:blank", title, status, detail, code, place: "" })
}

impl RequestError {
    /// The problem document of this error.
    #[must_use]
    pub fn to_problem(&self, status: u16, lang: Lang) -> String {
        let (title, place) = (lang.pick(&self.message), self.place.as_str());
        json(&Problem { kind: "about:blank", title, status, detail: "", code: self.code, place })
    }
}

#[cfg(test)]
mod tests;

//! The structures of a decision, in the order of their keys.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use yichuang_engine::{Planned, ROWS};

use super::fees::{Fee, Money};
use super::joint::Joint;
use super::parts::{Bases, Day, Due, Numeric, Quantity, Selected, is_false};
use super::values::Derived;

#[derive(Debug, Serialize)]
pub(super) struct Decision<'a> {
    pub(super) pack: Pack<'a>,
    pub(super) calendar: Calendar<'a>,
    pub(super) on: Day,
    pub(super) accepted_on: Day,
    pub(super) versions_by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_yet_in_force: Option<Day>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) expired_version: Vec<Expired<'a>>,
    pub(super) verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) verdict_missing: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) not_exact: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) ask_at_window: bool,
    pub(super) items: Vec<Item<'a>>,
    pub(super) certificates: Vec<Certificate<'a>>,
    pub(super) authorities: Vec<Authority<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) copy_notices: Vec<CopyNotice<'a>>,
    pub(super) not_required: Vec<Ground<'a>>,
    pub(super) not_competent: Vec<Ground<'a>>,
    pub(super) conflicts: Vec<Conflict<'a>>,
    pub(super) checks: Vec<Check<'a>>,
    /// Grounds, conflicts and checks that apply in some completion only.
    pub(super) open_grounds: Vec<&'a str>,
    pub(super) open_conflicts: Vec<&'a str>,
    pub(super) open_checks: Vec<&'a str>,
    pub(super) to_be_judged: Vec<Judged<'a>>,
    pub(super) materials: Vec<Material<'a>>,
    pub(super) merged_count: usize,
    pub(super) separate_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) periods: Option<Periods<'a>>,
    pub(super) steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "super::joint::is_absent", serialize_with = "super::joint::present")]
    pub(super) joint_plan: Planned<Joint<'a>>,
    pub(super) tolerance: Tolerance<'a>,
    pub(super) fees: Vec<Fee<'a>>,
    pub(super) due_total: Money<'a>,
    pub(super) payable_total: Money<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) pay_after_service: bool,
    pub(super) values: Vec<Derived<'a>>,
    pub(super) documents: Vec<Named<'a>>,
    pub(super) missing: Vec<Missing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<Question<'a>>,
    pub(super) assumed: Vec<&'a str>,
    pub(super) errors: Vec<Error<'a>>,
    pub(super) receipt: Receipt<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Pack<'a> {
    pub(super) id: &'a str,
    pub(super) edition: &'a str,
    pub(super) digest: &'a str,
    /// The packs that it extends, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) layers: Vec<Layer<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) overrides: Vec<Override<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Layer<'a> {
    pub(super) id: &'a str,
    pub(super) edition: &'a str,
}

/// What a pack has otherwise than the packs that it extends.
#[derive(Debug, Serialize)]
pub(super) struct Override<'a> {
    pub(super) target: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    pub(super) basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Calendar<'a> {
    pub(super) id: &'a str,
    pub(super) digest: &'a str,
    pub(super) settled_until: Day,
}

/// What has no version on the date that selects them.
#[derive(Debug, Serialize)]
pub(super) struct Expired<'a> {
    pub(super) what: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) to: Day,
}

/// An entry of the pack by its id and name.
#[derive(Debug, Serialize)]
pub(super) struct Named<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
}

/// A condition that decides against the citizen.
#[derive(Debug, Serialize)]
pub(super) struct Reason<'a> {
    pub(super) id: &'a str,
    pub(super) message: &'a str,
    pub(super) basis: Bases<'a>,
}

/// An item; the numbers that hold on the date have bases of their own.
#[derive(Debug, Serialize)]
pub(super) struct Item<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) note: &'a str,
    pub(super) selected: Selected,
    pub(super) outcome: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) not_exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cannot_compute: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) ask_at_window: bool,
    pub(super) reasons: Vec<Reason<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) statutory_days: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) statutory_due: Option<Due<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) statutory_basis: Bases<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) validity_years: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) validity_basis: Bases<'a>,
    pub(super) basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Certificate<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) items: Vec<&'a str>,
    pub(super) basis: Bases<'a>,
}

/// Who handles which items.
#[derive(Debug, Serialize)]
pub(super) struct Authority<'a> {
    pub(super) authority: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) lead: bool,
    pub(super) items: Vec<&'a str>,
}

/// What the lead sends to another authority.
#[derive(Debug, Serialize)]
pub(super) struct CopyNotice<'a> {
    pub(super) authority: &'a str,
    pub(super) items: Vec<&'a str>,
    pub(super) on: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_by: Option<Due<'a>>,
}

/// A ground that applies.
#[derive(Debug, Serialize)]
pub(super) struct Ground<'a> {
    pub(super) id: &'a str,
    pub(super) message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) competent: &'a str,
    pub(super) basis: Bases<'a>,
}

/// A conflict that applies.
#[derive(Debug, Serialize)]
pub(super) struct Conflict<'a> {
    pub(super) id: &'a str,
    pub(super) items: Vec<&'a str>,
    pub(super) message: &'a str,
    pub(super) reopens: &'a str,
    pub(super) basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Check<'a> {
    pub(super) id: &'a str,
    pub(super) severity: &'static str,
    pub(super) message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fact: Option<&'a str>,
    pub(super) basis: Bases<'a>,
}

/// What the rules leave to the window.
#[derive(Debug, Serialize)]
pub(super) struct Judged<'a> {
    pub(super) article: &'a str,
    pub(super) reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) beside: Option<Beside<'a>>,
    /// It matters in some completion only.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) open: bool,
    pub(super) basis: Bases<'a>,
}

/// An entry of the pack by its kind, id and name.
#[derive(Debug, Serialize)]
pub(super) struct Beside<'a> {
    pub(super) what: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Material<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<&'static str>,
    pub(super) needed_by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) produced_by: Option<&'a str>,
    pub(super) originals: u16,
    pub(super) copies: usize,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) copies_open: bool,
    pub(super) show_original: bool,
    pub(super) deferrable: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) not_exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cannot_compute: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) ask_at_window: bool,
    pub(super) why: Vec<Why<'a>>,
    /// Why it need not be brought, where the pack spares everybody it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) waived_basis: Bases<'a>,
    pub(super) basis: Bases<'a>,
}

/// An answer on which a result rests, or a row of a table.
#[derive(Debug, Serialize)]
pub(super) struct Why<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fact: Option<&'a str>,
    pub(super) text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Periods<'a> {
    pub(super) statutory_sum: Quantity<'a>,
    pub(super) promised_days: Quantity<'a>,
    pub(super) saved_days: Quantity<'a>,
    pub(super) promised_due: Option<Due<'a>>,
    /// The years of the holiday notices by which the last day was reckoned.
    pub(super) notices: Vec<i16>,
    pub(super) basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Step<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) days: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<Due<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Tolerance<'a> {
    pub(super) status: &'static str,
    pub(super) reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) limit: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) supplement_due: Option<Due<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Missing<'a> {
    pub(super) fact: &'a str,
    pub(super) name: &'a str,
    pub(super) settles: usize,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) unsure: bool,
}

/// What tables of rows alone have is absent without them, and nothing is there that writes it.
fn is_left_out<T>(part: &Option<T>) -> bool {
    !ROWS || part.is_none()
}

/// The next question, or a column of a table, with all that is needed to put it.
#[derive(Debug, Serialize)]
pub(super) struct Question<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fact: Option<&'a str>,
    /// Of a column.
    #[serde(skip_serializing_if = "is_left_out")]
    pub(super) id: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    /// A column may go by its name alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) help: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) options: Option<Vec<QuestionOption<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min: Option<Numeric>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<Numeric>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) places: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) none: Option<&'a str>,
    #[serde(skip_serializing_if = "is_left_out")]
    pub(super) columns: Option<Vec<Question<'a>>>,
    #[serde(skip_serializing_if = "is_left_out")]
    pub(super) max_rows: Option<u16>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuestionOption<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) hint: &'a str,
}

/// An answer that could not be read.
#[derive(Debug, Serialize)]
pub(super) struct Error<'a> {
    pub(super) key: &'a str,
    pub(super) code: &'static str,
    pub(super) message: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Receipt<'a> {
    pub(super) answers: &'a str,
    pub(super) code: &'a str,
}

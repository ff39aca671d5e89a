//! Values that occur in many places of a decision: bases, findings, due dates, quantities.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};
use yichuang_engine::Date;

use crate::number_text;

/// Where a rule, number or material comes from.
#[derive(Debug, Serialize)]
pub(super) struct Basis<'a> {
    pub(super) confidence: &'static str,
    pub(super) citation: &'a str,
}

pub(super) type Bases<'a> = Vec<Basis<'a>>;

/// A civil date as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub(super) Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// `true`, or `"undetermined"`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Selected {
    Yes,
    Undetermined,
}

impl Serialize for Selected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Selected::Yes => serializer.serialize_bool(true),
            Selected::Undetermined => serializer.serialize_str("undetermined"),
        }
    }
}

/// An open quantity or date.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Undetermined<'a> {
    Facts {
        undetermined: Vec<&'a str>,
        #[serde(skip_serializing_if = "is_false")]
        not_exact: bool,
    },
    CannotCompute {
        /// Why: `overflow`, `division_by_zero` …
        cannot_compute: &'static str,
    },
}

/// A number that may be open.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Quantity<'a> {
    Known(i64),
    Open(Undetermined<'a>),
}

/// A date that may be open.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Due<'a> {
    On { on: Day },
    NotBefore { not_before: Day, until_notice_for: i16 },
    CalendarMissing { calendar_missing: i16 },
    Open(Undetermined<'a>),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// A stated number: whole ones are JSON numbers, decimals texts, which no reader of JSON rounds.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Numeric {
    Integer(i64),
    Decimal(String),
}

pub(super) fn numeric(number: i128, places: u8) -> Numeric {
    match i64::try_from(number) {
        Ok(number) if places == 0 => Numeric::Integer(number),
        _ => Numeric::Decimal(number_text(number, places)),
    }
}

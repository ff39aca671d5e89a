//! The case clock for people: what was typed of a case → its clock as a page, JSON and due dates
//! for a calendar.
//!
//! ```text
//! CaseFields ──read──▶ Case ──clock──▶ CaseClock ──▶ page with time line · JSON · iCalendar
//! ```
//!
//! Where anything typed cannot be understood nothing is reckoned: a clock without one of its events
//! would be a wrong one. It all comes back as typed, with what is wrong at its field. Pages with
//! script do not link this module.

mod due;
mod example;
mod fields;
mod ics;
mod line;
mod page;
mod read;
mod svg;
#[cfg(test)]
mod tests;
mod view;
mod wire;
mod words;

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::clock::{CaseClock, clock};
use yichuang_engine::{Calendar, Date};

pub use example::EXAMPLES;
pub use fields::{CaseFields, Typed};
pub use page::case_document;
pub use read::{Case, CaseFault};

use crate::{Lang, RequestError};

/// The most events that one case may have.
pub const MOST_EVENTS: usize = 30;

/// What is known of a case after reading: the case with its clock, or what is wrong with its fields.
type Reading = Result<Case, Vec<CaseFault>>;

impl Case {
    /// The calendar of the case, as it was known on the day asked for.
    fn calendar<'a>(&'a self, calendar: &'a Calendar) -> &'a Calendar {
        self.known.as_ref().map_or(calendar, |(_, known)| known)
    }

    fn clock<'a>(&'a self, calendar: &'a Calendar) -> CaseClock<'a> {
        clock(&self.events, &self.terms, self.on, self.calendar(calendar))
    }
}

/// The due dates of a case as an iCalendar file (RFC 5545); none where no day is known yet, or
/// something typed cannot be understood.
#[must_use]
pub fn case_ics(fields: &CaseFields, calendar: &Calendar, today: Date, lang: Lang) -> Option<String> {
    let case = read::read(fields, calendar, today).ok()?;
    ics::ics(fields, &case, &case.clock(calendar), lang)
}

/// A case as JSON in, its clock as JSON out; `today` where the request has no day `on`.
///
/// # Errors
/// If the text is not JSON, or anything in it cannot be understood; the place is that of the first
/// such value, `events[2].days`.
pub fn case_json(text: &str, calendar: &Calendar, today: Date) -> Result<String, (RequestError, Lang)> {
    let (fields, lang) = fields::from_json(text)?;
    let case = read::read(&fields, calendar, today).map_err(|faults| (wire::refusal(faults), lang))?;
    Ok(wire::wire(&case, calendar, &case.clock(calendar), lang))
}

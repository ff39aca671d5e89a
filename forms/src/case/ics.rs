//! The due dates as an iCalendar file (RFC 5545).

use alloc::format;
use alloc::string::String;

use sha2::{Digest, Sha256};
use yichuang_engine::clock::CaseClock;

use super::due::dues;
use super::words::{basis, state};
use super::{Case, CaseFields};
use crate::Lang;
use crate::ics::{DueEvent, calendar_file, hexadecimal};
use crate::phrase::say;

/// The file, with one event for each last day that is certain.
pub(super) fn ics(fields: &CaseFields, case: &Case, clock: &CaseClock<'_>, lang: Lang) -> Option<String> {
    let (identity, on) = (identity(fields, case), case.on);
    let state = state(clock.state, lang);
    let dues = dues(clock);
    let certain = dues.iter().filter_map(|due| Some((due, due.last.on()?)));
    let event = |(due, day): (&super::due::CaseDue, _)| {
        let step = due.step.map(|step| format!("-{step}")).unwrap_or_default();
        let basis = basis(due.basis(), lang);
        DueEvent {
            uid: format!("{identity}-{}{step}", due.id),
            on: day,
            summary: due.name(lang),
            description: say!(
                lang,
                "依据：{basis}\n{on} 的办件状态：{state}",
                "Basis: {basis}\nState of the case on {on}: {state}"
            ),
        }
    };
    calendar_file("Case clock", on, &certain.map(event).collect::<alloc::vec::Vec<_>>())
}

/// The same for the same case on the same day, so that a file read twice adds nothing.
fn identity(fields: &CaseFields, case: &Case) -> String {
    let mut hash = Sha256::new();
    let rows = core::iter::once(&fields.case).chain(&fields.events);
    for (place, row) in rows.enumerate() {
        for (name, value) in row.iter().filter(|(_, value)| !value.is_empty()) {
            hash.update(format!("{place} {name} {} {value}\n", value.len()));
        }
    }
    hash.update(format!("{}", case.on));
    hexadecimal(&hash.finalize())
}

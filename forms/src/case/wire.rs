//! The clock of a case as JSON.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;
use yichuang_engine::clock::{CaseClock, Document, Supplement};
use yichuang_engine::{Calendar, Date, WorkdayCount};

use super::due::{CaseDue, Last, dues};
use super::line::counts;
use super::words;
use super::{Case, CaseFault};
use crate::json::json;
use crate::{Lang, RequestError};

#[derive(Serialize)]
struct Clock<'a> {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<String>,
    calendar: &'a str,
    state: Named,
    acceptance: Option<Named>,
    accepted_on: Option<String>,
    supplement: Option<SupplementState>,
    removed: Option<Count>,
    lamp: Named,
    remaining: Option<Count>,
    overdue_days: Option<Count>,
    breach: Named,
    deadlines: Vec<Deadline>,
    remarks: Vec<Remark>,
    /// The places of the events that were not applied.
    not_counted: Vec<u64>,
    documents: Vec<Issued>,
    next: Vec<Next>,
    notices: Vec<Notice<'a>>,
}

#[derive(Serialize)]
struct Named {
    code: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Count {
    Exactly(u32),
    Between {
        least: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
        until_notice_for: i16,
    },
    Missing {
        calendar_missing: i16,
    },
}

#[derive(Serialize)]
struct SupplementState {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
}

#[derive(Serialize)]
struct Deadline {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u64>,
    name: String,
    #[serde(flatten)]
    last: LastDay,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lamp: Option<&'static str>,
    basis: &'static str,
}

#[derive(Default, Serialize)]
struct LastDay {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_notice_for: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar_missing: Option<i16>,
}

#[derive(Serialize)]
struct Remark {
    event: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u64>,
    level: &'static str,
    code: &'static str,
    message: &'static str,
    basis: &'static str,
}

#[derive(Serialize)]
struct Form {
    code: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Issued {
    event: u64,
    form: Form,
}

#[derive(Serialize)]
struct Next {
    action: &'static str,
    name: String,
    form: Option<Form>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<LastDay>,
    basis: &'static str,
}

#[derive(Serialize)]
struct Notice<'a> {
    year: i16,
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
}

pub(super) fn wire(case: &Case, calendar: &Calendar, clock: &CaseClock<'_>, lang: Lang) -> String {
    let named = |code, name| Named { code, name };
    let remark = |one: &yichuang_engine::clock::Remark| Remark {
        event: one.event.map(number),
        step: one.step.map(|step| number(step.saturating_add(1))),
        level: one.issue.level().code(),
        code: one.issue.code(),
        message: lang.word(one.issue.zh(), one.issue.en()),
        basis: one.issue.basis(),
    };
    let next = |one: &yichuang_engine::clock::Next| Next {
        action: one.action.code(),
        name: words::action(one.action, lang),
        form: one.action.document().map(|document| form(document, lang)),
        by: Last::of(one.by).map(last_day),
        basis: one.action.basis(),
    };
    let notice = |one: &yichuang_engine::NoticeRef<'_>| Notice {
        year: one.year,
        published: one.notice.published.map(day),
        replaces: one.notice.replaces.map(day),
        address: None,
    };
    let notices = clock.notices.iter().map(notice);
    let addresses = clock.notices.iter().map(|one| one.notice.address.as_deref());
    json(&Clock {
        on: day(case.on),
        known_on: case.known.as_ref().map(|(known, _)| day(*known)),
        calendar: calendar.id(),
        state: named(clock.state.code(), words::state(clock.state, lang)),
        acceptance: clock.acceptance.map(|one| named(one.code(), words::acceptance(one, lang))),
        accepted_on: clock.accepted_on.map(day),
        supplement: supplement(clock.supplement),
        removed: clock.removed.map(count),
        lamp: named(clock.signal.lamp.code(), words::lamp(clock.signal.lamp, lang)),
        remaining: clock.signal.remaining.map(count),
        overdue_days: clock.signal.overdue_days.map(count),
        breach: named(clock.breach.code(), words::breach(clock.breach, lang)),
        deadlines: dues(clock).iter().map(|due| deadline(due, lang)).collect(),
        remarks: clock.remarks.iter().map(remark).collect(),
        not_counted: (0..case.events.len()).filter(|place| !counts(*place, clock)).map(number).collect(),
        documents: clock
            .documents
            .iter()
            .map(|(event, document)| Issued { event: number(*event), form: form(*document, lang) })
            .collect(),
        next: clock.next.iter().map(next).collect(),
        notices: notices.zip(addresses).map(|(notice, address)| Notice { address, ..notice }).collect(),
    })
}

/// What is wrong with the first field of which something is.
pub(super) fn refusal(faults: Vec<CaseFault>) -> RequestError {
    match faults.into_iter().next() {
        Some(CaseFault { row, field, code, message }) => {
            let place = row.map_or_else(|| field.to_string(), |row| format!("events[{row}].{field}"));
            RequestError { code, message, place }
        }
        None => RequestError::new("bad_value", "", "请求有误。", "the request is wrong"),
    }
}

fn number(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX)
}

fn day(date: Date) -> String {
    format!("{date}")
}

fn count(count: WorkdayCount) -> Count {
    match count {
        WorkdayCount::Exactly(days) => Count::Exactly(days),
        WorkdayCount::Between { least, most, year } => {
            Count::Between { least, most: (most != u32::MAX).then_some(most), until_notice_for: year }
        }
        WorkdayCount::Missing { year } => Count::Missing { calendar_missing: year },
    }
}

fn supplement(supplement: Supplement) -> Option<SupplementState> {
    let (status, on) = match supplement {
        Supplement::None => return None,
        Supplement::Open => ("open", None),
        Supplement::Completed(on) => ("completed", Some(day(on))),
        Supplement::Lapsed => ("lapsed", None),
    };
    Some(SupplementState { status, on })
}

fn deadline(due: &CaseDue, lang: Lang) -> Deadline {
    Deadline {
        id: due.id,
        step: due.step.map(number),
        name: due.name(lang),
        last: last_day(due.last),
        done_on: due.done.map(day),
        lamp: due.signal.map(|signal| signal.lamp.code()),
        basis: due.basis(),
    }
}

fn last_day(last: Last) -> LastDay {
    let none = LastDay::default();
    match last {
        Last::Waiting => LastDay { status: "waiting", ..none },
        Last::Paused { since } => LastDay { status: "paused", since: Some(day(since)), ..none },
        Last::On(date) => LastDay { status: "due", on: Some(day(date)), ..none },
        Last::NotBefore { date, year } => {
            LastDay { status: "not_before", on: Some(day(date)), until_notice_for: Some(year), ..none }
        }
        Last::NotAfter { date, year } => {
            LastDay { status: "not_after", on: Some(day(date)), until_notice_for: Some(year), ..none }
        }
        Last::Missing { year } => LastDay { status: "calendar_missing", calendar_missing: Some(year), ..none },
    }
}

fn form(document: Document, lang: Lang) -> Form {
    Form { code: document.code(), name: words::document(document, lang) }
}

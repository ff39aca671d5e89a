//! The time line of a case as data: marks, stretches in which it was suspended, rest days.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::clock::{CaseClock, Issue, Level, Reason, What};
use yichuang_engine::{Calendar, Date, DayKind};

use super::due::{Last, dues};
use super::words::{EVENTS, REASONS, word};
use super::{Case, CaseFields};
use crate::Lang;
use crate::phrase::{full_day, near_day, say};
use crate::rest_days::{Shade, days, shades};

/// Rest days are shown one by one on a line of no more days than these.
const MOST_DAYS: i32 = 500;

/// What is seen of a case, day by day.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) start: Date,
    pub(super) end: Date,
    /// In the order of their days.
    pub(super) marks: Vec<Mark>,
    pub(super) bars: Vec<Bar>,
    /// Rest days, and days that no notice has settled yet.
    pub(super) shades: Vec<Shade>,
    /// The holidays and the days worked instead, in words.
    pub(super) holidays: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) day: Date,
    pub(super) kind: MarkKind,
    pub(super) label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// An event, by the number of its row from 1, and whether it counts.
    Event(usize, bool),
    /// A last day.
    Due,
    /// The earliest that a last day can be.
    NotBefore,
    /// The day of the clock.
    Today,
}

/// A suspension: after the first day up to and including the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) is_open: bool,
    /// It makes the clock stand still.
    pub(super) stops: bool,
    pub(super) reason: &'static str,
}

pub(super) fn line(fields: &CaseFields, case: &Case, clock: &CaseClock<'_>, calendar: &Calendar, lang: Lang) -> Line {
    let mut marks = marks(fields, case, clock, lang);
    marks.sort_by_key(|mark| mark.day);
    let bars = bars(case, clock, lang);
    let days = || marks.iter().map(|mark| mark.day).chain(bars.iter().map(|bar| bar.to));
    let start = days().min().unwrap_or(case.on);
    let end = days().max().unwrap_or(case.on);
    let (start, end) = (start.yesterday().unwrap_or(start), end.tomorrow().unwrap_or(end));
    let is_short = end.to_days() - start.to_days() <= MOST_DAYS;
    let shades = if is_short { shades(start, end, calendar) } else { Vec::new() };
    let holidays = if is_short { holidays(&shades, start, end, calendar, lang) } else { Vec::new() };
    Line { start, end, marks, bars, shades, holidays }
}

fn marks(fields: &CaseFields, case: &Case, clock: &CaseClock<'_>, lang: Lang) -> Vec<Mark> {
    let event = |(place, event): (usize, &yichuang_engine::clock::Event)| {
        let what = fields.events.get(place).map_or("", |typed| typed.get("what"));
        let name = word(&EVENTS, what.trim(), lang);
        let label = match event.what {
            What::Suspended { reason, .. } => {
                let reason = word(&REASONS, reason.code(), lang);
                say!(lang, "挂起：{reason}", "suspended: {reason}")
            }
            What::Decided { granted: true, .. } => lang.word("决定：准予许可", "granted").into(),
            What::Decided { granted: false, .. } => lang.word("决定：不予许可", "refused").into(),
            What::Extended { days, .. } => say!(lang, "延期 {days} 个工作日", "extended by {days} workdays"),
            What::StepDone { step } => {
                let step = step.saturating_add(1);
                say!(lang, "环节 {step} 办结", "step {step} finished")
            }
            _ => String::from(short(name)),
        };
        Mark { day: event.on, kind: MarkKind::Event(place + 1, counts(place, clock)), label }
    };
    let mut marks: Vec<Mark> = case.events.iter().enumerate().map(event).collect();
    // A renewal may lie years behind everything else and would squeeze the line.
    for due in dues(clock).into_iter().filter(|due| due.id != "renewal") {
        let (day, kind) = match due.last {
            Last::On(day) => (day, MarkKind::Due),
            Last::NotBefore { date, .. } => (date, MarkKind::NotBefore),
            _ => continue,
        };
        marks.push(Mark { day, kind, label: due.name(lang) });
    }
    marks.push(Mark { day: case.on, kind: MarkKind::Today, label: lang.word("计算日", "day of the clock").into() });
    marks
}

/// A name without what stands behind it in brackets.
pub(super) fn short(name: &str) -> &str {
    name.split_once('（').map_or(name, |(name, _)| name)
}

/// Whether an event was applied.
pub(super) fn counts(place: usize, clock: &CaseClock<'_>) -> bool {
    let has_document = || clock.documents.iter().any(|(of, _)| *of == place);
    let refuses = |issue: Issue| match issue {
        Issue::NotYet
        | Issue::DoubleIntake
        | Issue::LateNotice
        | Issue::WrongApprover
        | Issue::LateExtension
        | Issue::SecondExtension
        | Issue::ExtensionTooLong => true,
        Issue::SecondCorrectionNotice => !has_document(),
        issue => issue.level() == Level::Impossible,
    };
    !clock.remarks.iter().any(|remark| remark.event == Some(place) && refuses(remark.issue))
}

fn bars(case: &Case, clock: &CaseClock<'_>, lang: Lang) -> Vec<Bar> {
    let mut order: Vec<usize> = (0..case.events.len()).filter(|place| counts(*place, clock)).collect();
    order.sort_by_key(|place| case.events.get(*place).map(|event| event.on));
    let mut bars: Vec<(Bar, Reason)> = Vec::new();
    for (place, event) in order.into_iter().filter_map(|place| Some((place, case.events.get(place)?))) {
        match event.what {
            What::Suspended { reason, .. } => {
                let idle = |issue| matches!(issue, Issue::SuspensionReasonNotAllowed | Issue::SuspendedAfterDue);
                let stops = !clock.remarks.iter().any(|one| one.event == Some(place) && idle(one.issue));
                let words = word(&REASONS, reason.code(), lang);
                let bar = Bar { from: event.on, to: event.on, is_open: true, stops, reason: words };
                bars.push((bar, reason));
            }
            What::Resumed { reason } => close(&mut bars, event.on, reason),
            What::Decided { .. } | What::Withdrawn => close(&mut bars, event.on, None),
            _ => {}
        }
    }
    let ended = deemed_end(case, clock);
    let open = |(bar, _): (Bar, Reason)| match bar.is_open {
        true => Bar { to: ended.unwrap_or(case.on).max(bar.from), is_open: ended.is_none(), ..bar },
        false => bar,
    };
    bars.into_iter().map(open).collect()
}

/// The day on which the law ended the case without an event, and with it every suspension.
fn deemed_end(case: &Case, clock: &CaseClock<'_>) -> Option<Date> {
    let is_said = |issue| clock.remarks.iter().any(|remark| remark.issue == issue);
    if is_said(Issue::DeemedWithdrawn) {
        return clock.deadlines.supplement.day()?.tomorrow();
    }
    case.terms.renews.filter(|_| is_said(Issue::DeemedRenewed))
}

fn close(bars: &mut [(Bar, Reason)], on: Date, reason: Option<Reason>) {
    for (bar, of) in bars.iter_mut().filter(|(bar, _)| bar.is_open) {
        if reason.is_none_or(|reason| reason == *of) {
            (bar.to, bar.is_open) = (on, false);
        }
    }
}

/// The rest days that are no mere weekends, and the weekends that are worked.
fn holidays(shades: &[Shade], start: Date, end: Date, calendar: &Calendar, lang: Lang) -> Vec<String> {
    let mut holidays: Vec<(Date, String)> = Vec::new();
    for shade in shades.iter().filter(|shade| shade.is_settled) {
        let Some(name) = days(shade.from, shade.to).find_map(|day| name(day, false, calendar)) else { continue };
        let from = full_day(shade.from, lang);
        let words = if shade.from == shade.to {
            say!(lang, "{from}放假（{name}）", "{from}: holiday ({name})")
        } else {
            let to = near_day(shade.to, shade.from, lang);
            say!(lang, "{from}至{to}放假（{name}）", "{from} to {to}: holiday ({name})")
        };
        holidays.push((shade.from, words));
    }
    let works = |day: &Date| day.weekday().is_weekend() && calendar.kind(*day) == DayKind::Workday;
    for day in days(start, end).filter(works) {
        let (name, on) = (name(day, true, calendar).unwrap_or_default(), super::words::day(day, lang));
        holidays.push((day, say!(lang, "{on}上班（{name}调休）", "{on}: worked for {name}")));
    }
    holidays.sort_by_key(|(day, _)| *day);
    holidays.into_iter().map(|(_, words)| words).collect()
}

/// The holiday to which a day belongs, in the last notice that names it.
fn name(day: Date, is_worked: bool, calendar: &Calendar) -> Option<&str> {
    let named = calendar.notices().flat_map(|one| if is_worked { &one.notice.work } else { &one.notice.off });
    named.filter(|named| named.date == day).last().map(|named| named.name.as_str())
}

//! What was typed of a case → its events, periods and days, or what is wrong at which field.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::clock::{Approver, Event, Kind, Reason, Term, Terms, Unit, Violation, What};
use yichuang_engine::{Calendar, Date, Text};

use super::words::{APPROVERS, EVENTS, KINDS, REASONS, UNITS, Word};
use super::{CaseFields, MOST_EVENTS, Reading, Typed};
use crate::read::half_width;
use crate::words::text;

/// More days, months or years than any period has.
const MOST: u32 = 9_999;
/// More steps than any item has.
const MOST_STEPS: usize = 50;

/// A case that is understood.
#[derive(Clone, Debug)]
pub struct Case {
    /// What happened, in the order of the rows.
    pub events: Vec<Event>,
    /// The periods of the item.
    pub terms: Terms,
    /// The day of the clock.
    pub on: Date,
    /// The day as known on which the case is reckoned, with the calendar of that day.
    pub known: Option<(Date, Calendar)>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFault {
    /// The row of the event, from 0; none for a field of the case itself.
    pub row: Option<usize>,
    /// The name of the field.
    pub field: &'static str,
    /// What it is, for programs.
    pub code: &'static str,
    /// What it is, for people.
    pub message: Text,
}

type Wrong = (&'static str, Text);

/// Reads a case; `today` is the day of the clock where none was typed.
pub(super) fn read(fields: &CaseFields, calendar: &Calendar, today: Date) -> Reading {
    let mut faults = Vec::new();
    let mut head = Reader { typed: &fields.case, row: None, faults: &mut faults };
    let terms = terms(&mut head);
    let on = head.date("on").unwrap_or(today);
    let known = head.date("known_on").and_then(|day| head.take("known_on", known(calendar, day)));
    if fields.events.len() > MOST_EVENTS {
        let count = fields.events.len();
        let zh = format!("有 {count} 件事，最多 {MOST_EVENTS} 件；请删去一些，否则不能计算。");
        let en = format!("there are {count} events, at most {MOST_EVENTS}; nothing is reckoned until some are removed");
        head.fault("events", ("too_many_events", text(zh, en)));
    }
    let mut events = Vec::new();
    for (row, typed) in fields.events.iter().take(MOST_EVENTS).enumerate() {
        let mut reader = Reader { typed, row: Some(row), faults: &mut faults };
        events.extend(event(&mut reader, terms.steps.len()));
    }
    if faults.is_empty() { Ok(Case { events, terms, on, known }) } else { Err(faults) }
}

fn known(calendar: &Calendar, day: Date) -> Result<(Date, Calendar), Wrong> {
    calendar.as_known_on(day).map(|known| (day, known)).ok_or_else(|| {
        let zh = "这一天还没有公布过任何放假安排，请写晚一些的一天。";
        ("nothing_known", text(zh, "no holiday notice was published by that day; write a later one"))
    })
}

fn terms(head: &mut Reader<'_>) -> Terms {
    let kind = match head.option("kind", &KINDS).unwrap_or("promised") {
        "instant" => Kind::Instant,
        "forwarded" => Kind::Forwarded,
        "joint" => Kind::Joint,
        _ => Kind::Promised,
    };
    let mut terms = Terms::of(kind);
    if let Some(statutory) = head.term("statutory", "statutory_unit") {
        terms.statutory = statutory;
        if kind != Kind::Instant {
            terms.promised = statutory;
        }
    }
    if let Some(promised) = head.term("promised", "promised_unit") {
        terms.promised = promised;
    }
    terms.steps = head.steps();
    terms.statutory_reasons = head.reasons("statutory_reasons");
    terms.promised_reasons = head.reasons("promised_reasons");
    terms.valid_years = head.number("valid_years", 1);
    terms.renews = head.date("renews");
    terms
}

/// The event of a row; none if something about it is wrong.
fn event(row: &mut Reader<'_>, steps: usize) -> Option<Event> {
    let before = row.faults.len();
    let on = row.needed_date("on");
    let what = what(row, steps);
    (row.faults.len() == before).then_some(Event { on: on?, what: what? })
}

fn what(row: &mut Reader<'_>, steps: usize) -> Option<What> {
    let Some(code) = row.option("what", &EVENTS) else {
        if row.plain("what").is_empty() {
            row.fault("what", ("missing", text("请选发生了什么事。", "choose what happened")));
        }
        return None;
    };
    Some(match code {
        "received" => What::Received,
        "not_required" => What::NotRequired,
        "not_competent" => What::NotCompetent,
        "corrected_on_spot" => What::CorrectedOnSpot,
        "accepted" => What::Accepted,
        "accepted_tolerantly" => What::AcceptedTolerantly,
        "forwarded" => What::Forwarded,
        "issued" => What::Issued,
        "served" => What::Served,
        "returned" => What::Returned,
        "withdrawn" => What::Withdrawn,
        "revoked" => What::Revoked,
        "tied_fee" => What::Found(Violation::TiedFee),
        "unlawful_fee" => What::Found(Violation::UnlawfulFee),
        "off_window" => What::Found(Violation::OffWindow),
        "off_list_item" => What::Found(Violation::OffListItem),
        code => return detailed(row, code, steps),
    })
}

/// The events that have details.
fn detailed(row: &mut Reader<'_>, code: &str, steps: usize) -> Option<What> {
    Some(match code {
        "notified" => {
            What::Notified { correct_by: row.date("correct_by"), from_correction: row.is("from_correction", false) }
        }
        "corrected" => What::Corrected { complete: row.is("complete", true) },
        "supplemented" => What::Supplemented { complete: row.is("complete", true) },
        "supplement_postponed" => What::SupplementPostponed { until: row.needed_date("until")? },
        "step_done" => What::StepDone { step: row.step(steps)? },
        "suspended" => {
            let (reason, days) = (row.needed("reason", &REASONS).map(reason), row.number("days", 0));
            What::Suspended { in_writing: row.is("in_writing", true), reason: reason?, days }
        }
        "resumed" => What::Resumed { reason: row.option("reason", &REASONS).map(reason) },
        "extended" => {
            let (by, days) = (row.needed("by", &APPROVERS).map(approver), row.needed_number("days"));
            What::Extended { reasons_given: row.is("reasons_given", true), by: by?, days: days? }
        }
        "decided" => What::Decided { granted: row.is("granted", true), reasons_given: row.is("reasons_given", true) },
        _ => return None,
    })
}

/// The details that an event of a kind has, in the order of the form.
pub(super) fn details(what: &str) -> &'static [&'static str] {
    match what {
        "notified" => &["correct_by", "from_correction"],
        "corrected" | "supplemented" => &["complete"],
        "supplement_postponed" => &["until"],
        "step_done" => &["step"],
        "suspended" => &["reason", "days", "in_writing"],
        "resumed" => &["reason"],
        "extended" => &["by", "days", "reasons_given"],
        "decided" => &["granted", "reasons_given"],
        _ => &[],
    }
}

fn reason(code: &str) -> Reason {
    match code {
        "hearing" => Reason::Hearing,
        "tender" => Reason::Tender,
        "auction" => Reason::Auction,
        "inspection" => Reason::Inspection,
        "testing" => Reason::Testing,
        "quarantine" => Reason::Quarantine,
        "appraisal" => Reason::Appraisal,
        "expert_review" => Reason::ExpertReview,
        "site_check" => Reason::SiteCheck,
        "rectification" => Reason::Rectification,
        _ => Reason::Other(0),
    }
}

fn approver(code: &str) -> Approver {
    match code {
        "agency_head" => Approver::AgencyHead,
        "government_head" => Approver::GovernmentHead,
        _ => Approver::Other,
    }
}

/// Reads the fields of a row, or of the case itself, and keeps what is wrong with them.
struct Reader<'a> {
    typed: &'a Typed,
    row: Option<usize>,
    faults: &'a mut Vec<CaseFault>,
}

impl Reader<'_> {
    fn fault(&mut self, field: &'static str, (code, message): Wrong) {
        self.faults.push(CaseFault { row: self.row, field, code, message });
    }

    fn take<T>(&mut self, field: &'static str, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|wrong| self.fault(field, wrong)).ok()
    }

    /// What was typed, without the spaces around it, full-width letters and digits made plain.
    fn plain(&self, field: &str) -> String {
        self.typed.get(field).trim().chars().map(half_width).collect()
    }

    fn date(&mut self, field: &'static str) -> Option<Date> {
        let typed = self.plain(field);
        if typed.is_empty() {
            return None;
        }
        let zh = "没有这一天，请写年、月、日，例如 2014-10-13。";
        let wrong = || ("bad_date", text(zh, "there is no such day; write year, month and day, such as 2014-10-13"));
        self.take(field, date(&typed).ok_or_else(wrong))
    }

    fn needed_date(&mut self, field: &'static str) -> Option<Date> {
        if self.plain(field).is_empty() {
            self.fault(field, ("missing", text("请写哪一天，例如 2014-10-13。", "write the day, such as 2014-10-13")));
        }
        self.date(field)
    }

    fn number(&mut self, field: &'static str, least: u32) -> Option<u32> {
        let typed = self.plain(field);
        if typed.is_empty() {
            return None;
        }
        self.take(field, number(&typed, least, MOST))
    }

    fn needed_number(&mut self, field: &'static str) -> Option<u32> {
        if self.plain(field).is_empty() {
            self.fault(field, ("missing", text("请写几个工作日。", "write how many workdays")));
        }
        self.number(field, 0)
    }

    /// A step by its number from 1, as it is typed.
    fn step(&mut self, steps: usize) -> Option<usize> {
        if self.plain("step").is_empty() {
            self.fault("step", ("missing", text("请写第几个环节。", "write which step")));
            return None;
        }
        let step = self.number("step", 1).and_then(|step| usize::try_from(step).ok())?;
        if step > steps {
            let zh = format!("上面只写了 {steps} 个环节的工作日数。");
            self.fault("step", ("unknown_step", text(zh, format!("the case has {steps} steps"))));
            return None;
        }
        step.checked_sub(1)
    }

    fn option(&mut self, field: &'static str, words: &[Word]) -> Option<&'static str> {
        let typed = self.plain(field);
        if typed.is_empty() {
            return None;
        }
        let found = words.iter().find(|(code, zh, _)| *code == typed || *zh == typed).map(|(code, ..)| *code);
        let shown = brief(&typed);
        let zh = format!("没有「{shown}」这个选项，请重新选择。");
        self.take(field, found.ok_or_else(|| ("unknown_option", text(zh, format!("there is no option `{shown}`")))))
    }

    fn needed(&mut self, field: &'static str, words: &[Word]) -> Option<&'static str> {
        if self.plain(field).is_empty() {
            self.fault(field, ("missing", text("请选一项。", "choose one")));
        }
        self.option(field, words)
    }

    fn is(&mut self, field: &'static str, preset: bool) -> bool {
        const ANSWERS: [Word; 2] = [("yes", "是", "yes"), ("no", "否", "no")];
        self.option(field, &ANSWERS).map_or(preset, |answer| answer == "yes")
    }

    fn term(&mut self, count: &'static str, unit: &'static str) -> Option<Term> {
        let unit = match self.option(unit, &UNITS).unwrap_or("workdays") {
            "calendar_days" => Unit::CalendarDays,
            "months" => Unit::Months,
            "years" => Unit::Years,
            _ => Unit::Workdays,
        };
        Some(Term { count: self.number(count, 0)?, unit })
    }

    /// `整改、现场核查`: the reasons for which a clock of this item stops besides those of the law.
    fn reasons(&mut self, field: &'static str) -> Vec<Reason> {
        let typed = self.plain(field);
        let parts = typed.split([',', '、', ';']).map(str::trim);
        let known = |part: &str| {
            let found = REASONS.iter().find(|(code, zh, en)| [*code, *zh, *en].contains(&part));
            found.map(|(code, ..)| reason(code)).ok_or_else(|| {
                let (shown, zh) = (brief(part), REASONS.map(|(_, zh, _)| zh).join("、"));
                let codes = REASONS.map(|(code, ..)| code).join(", ");
                let zh = format!("没有「{shown}」这个事由。事由有：{zh}。");
                ("unknown_option", text(zh, format!("there is no reason `{shown}`; the reasons are {codes}")))
            })
        };
        let reasons: Result<Vec<Reason>, Wrong> = parts.filter(|part| !part.is_empty()).map(known).collect();
        self.take(field, reasons).unwrap_or_default()
    }

    /// `5、15` workdays of the steps, as the days from acceptance at which each ends: 5, 20.
    fn steps(&mut self) -> Vec<u32> {
        let typed = self.plain("step_days");
        let parts = typed.split(|c: char| matches!(c, ',' | '、' | ';' | '+') || c.is_whitespace());
        let days: Result<Vec<u32>, Wrong> =
            parts.filter(|part| !part.is_empty()).map(|part| number(part, 0, MOST)).collect();
        let days = days.and_then(|days| match days.len() {
            0..=MOST_STEPS => Ok(days),
            count => {
                let zh = format!("有 {count} 个环节，最多 {MOST_STEPS} 个。");
                Err(("too_many_steps", text(zh, format!("there are {count} steps, at most {MOST_STEPS}"))))
            }
        });
        let mut end = 0_u32;
        let days = self.take("step_days", days).unwrap_or_default().into_iter();
        days.map(|days| {
            end = end.saturating_add(days);
            end
        })
        .collect()
    }
}

/// `2014-10-13`, `2014.10.13`, `2014/10/13`, `2014年10月13日`, `20141013`; the year has four digits.
fn date(typed: &str) -> Option<Date> {
    if typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = typed.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    let typed = typed.strip_suffix('日').unwrap_or(typed);
    let mut parts = typed.split(['-', '.', '/', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2) && parts.next().is_none();
    if is_date { Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?) } else { None }
}

fn number(typed: &str, least: u32, most: u32) -> Result<u32, Wrong> {
    let is_number = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    let number = typed.parse().ok().filter(|number| is_number && (least..=most).contains(number));
    number.ok_or_else(|| {
        let zh = format!("请写 {least} 到 {most} 之间的整数。");
        ("bad_number", text(zh, format!("write a whole number from {least} to {most}")))
    })
}

/// The first characters of what was typed, to be named in a sentence.
fn brief(typed: &str) -> String {
    let mut brief: String = typed.chars().take(40).collect();
    if brief.len() < typed.len() {
        brief.push('…');
    }
    brief
}

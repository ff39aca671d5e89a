//! The clock of a case in words, finished to be shown.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::clock::{Breach, CaseClock, Deadline, Lamp, Level, Supplement, clock};
use yichuang_engine::{Calendar, Due, NoticeRef, WorkdayCount};

use super::due::{CaseDue, Last, count_words, dues};
use super::line::{Line, counts, line, short};
use super::words::{self, EVENTS, word};
use super::{Case, CaseFields};
use crate::Lang;
use crate::phrase::{full_day, say};

/// Everything that the page says of a clock.
#[derive(Debug)]
pub(super) struct CaseView {
    pub(super) lamp: Lamp,
    /// The tone of the verdict: `good`, `warn`, `bad`, `paused`, or none.
    pub(super) tone: &'static str,
    pub(super) headline: String,
    pub(super) detail: String,
    /// State, acceptance and so on, each with its label.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) dues: Vec<DueRow>,
    /// The notices under which the days were reckoned.
    pub(super) notices: Vec<String>,
    /// What a notice that came later changed.
    pub(super) effects: Vec<String>,
    pub(super) remarks: Vec<RemarkRow>,
    pub(super) next: Vec<NextRow>,
    pub(super) documents: Vec<(usize, String)>,
    pub(super) line: Line,
}

#[derive(Debug)]
pub(super) struct DueRow {
    pub(super) id: &'static str,
    pub(super) name: String,
    /// The day for programs, where it is certain.
    pub(super) day: Option<String>,
    pub(super) words: String,
    /// Of a step: what its lamp says.
    pub(super) state: Option<String>,
    pub(super) basis: &'static str,
}

#[derive(Debug)]
pub(super) struct RemarkRow {
    pub(super) tone: &'static str,
    pub(super) code: &'static str,
    pub(super) level: &'static str,
    /// `第 3 件事（挂起）`, where it is about an event.
    pub(super) event: Option<String>,
    pub(super) message: String,
    pub(super) basis: &'static str,
}

#[derive(Debug)]
pub(super) struct NextRow {
    pub(super) code: &'static str,
    pub(super) action: String,
    pub(super) form: Option<String>,
    pub(super) by: Option<String>,
    pub(super) basis: &'static str,
}

pub(super) fn view(fields: &CaseFields, case: &Case, calendar: &Calendar, lang: Lang) -> CaseView {
    let clock = case.clock(calendar);
    let list = dues(&clock);
    let (tone, headline) = headline(&clock, lang);
    CaseView {
        lamp: clock.signal.lamp,
        tone,
        headline,
        detail: detail(&clock, &list, lang),
        facts: facts(case, &clock, lang),
        dues: list.iter().map(|due| due_row(due, lang)).collect(),
        notices: clock.notices.iter().map(|one| notice(one, lang)).collect(),
        effects: effects(case, calendar, lang),
        remarks: remarks(fields, &clock, lang),
        next: next(&clock, lang),
        documents: documents(fields, &clock, lang),
        line: line(fields, case, &clock, case.calendar(calendar), lang),
    }
}

/// The tone and the words of the lamp, with what remains.
fn headline(clock: &CaseClock<'_>, lang: Lang) -> (&'static str, String) {
    let lamp = words::lamp(clock.signal.lamp, lang);
    let remaining = clock.signal.remaining.map(|count| count_words(count, lang)).unwrap_or_default();
    let overdue = clock.signal.overdue_days.map(|count| count_words(count, lang)).unwrap_or_default();
    match clock.signal.lamp {
        Lamp::None => ("", say!(lang, "{lamp}：现在没有期限在走", "{lamp}: no period runs now")),
        Lamp::Paused => ("paused", say!(lang, "{lamp}：停算中", "{lamp}: standing still")),
        Lamp::Green => ("good", say!(lang, "{lamp}：还剩 {remaining}", "{lamp}: {remaining} left")),
        Lamp::Yellow if clock.signal.remaining == Some(WorkdayCount::Exactly(0)) => {
            ("warn", say!(lang, "{lamp}：到了最后一天", "{lamp}: the last day"))
        }
        Lamp::Yellow => ("warn", say!(lang, "{lamp}：只剩 {remaining}", "{lamp}: only {remaining} left")),
        Lamp::Red => ("bad", say!(lang, "{lamp}：已超期 {overdue}", "{lamp}: {overdue} late")),
        Lamp::DoneOnTime => ("good", lamp.into()),
        Lamp::DoneLate => ("bad", say!(lang, "{lamp}：超期 {overdue}", "{lamp}: {overdue} late")),
        Lamp::Unknown => ("", lamp.into()),
    }
}

fn detail(clock: &CaseClock<'_>, dues: &[CaseDue], lang: Lang) -> String {
    let state = words::state(clock.state, lang);
    let promised = dues.iter().find(|due| due.id == "promised").and_then(|due| due.last.on());
    match promised.filter(|_| clock.signal.lamp != Lamp::None) {
        Some(day) => {
            let day = words::day(day, lang);
            say!(lang, "{state}；承诺时限 {day}到期", "{state}; the promised period ends on {day}")
        }
        None => state.into(),
    }
}

fn facts(case: &Case, clock: &CaseClock<'_>, lang: Lang) -> Vec<(&'static str, String)> {
    let row = |zh, en, value: Option<String>| value.map(|value| (lang.word(zh, en), value));
    let day = |day| words::day(day, lang);
    let supplement = match clock.supplement {
        Supplement::None => None,
        Supplement::Open => Some(lang.word("还没有补齐", "papers still missing").into()),
        Supplement::Completed(on) => {
            let on = full_day(on, lang);
            Some(say!(lang, "{on}补齐", "complete on {on}"))
        }
        Supplement::Lapsed => Some(lang.word("逾期没有补齐", "not complete in time").into()),
    };
    let removed = clock.removed.filter(|count| *count != WorkdayCount::Exactly(0));
    let breach = Some(clock.breach).filter(|_| clock.accepted_on.is_some() || clock.breach != Breach::None);
    let rows = [
        row("状态", "State", Some(words::state(clock.state, lang).into())),
        row("受理结果", "Acceptance", clock.acceptance.map(|one| words::acceptance(one, lang).into())),
        row("受理日", "Accepted on", clock.accepted_on.map(day)),
        row("承诺时限还剩", "Left of the promise", clock.signal.remaining.map(|count| count_words(count, lang))),
        row("已超期", "Late by", clock.signal.overdue_days.map(|count| count_words(count, lang))),
        row("法定时限停算", "Statutory clock stopped", removed.map(|count| count_words(count, lang))),
        row("超期情况", "Breach", breach.map(|breach| words::breach(breach, lang).into())),
        row("容缺材料", "Missing papers", supplement),
        row("计算日", "Day of the clock", Some(day(case.on))),
        row("按当时所知", "As known on", case.known.as_ref().map(|(known, _)| day(*known))),
    ];
    rows.into_iter().flatten().collect()
}

fn due_row(due: &CaseDue, lang: Lang) -> DueRow {
    let state = due.signal.map(|signal| {
        let lamp = words::lamp(signal.lamp, lang);
        match (due.done, signal.remaining, signal.overdue_days) {
            (Some(done), ..) => {
                let done = full_day(done, lang);
                say!(lang, "{lamp}（{done}）", "{lamp} ({done})")
            }
            (None, _, Some(late)) => {
                let late = count_words(late, lang);
                say!(lang, "{lamp}，超期 {late}", "{lamp}, {late} late")
            }
            (None, Some(left), None) => {
                let left = count_words(left, lang);
                say!(lang, "{lamp}，还剩 {left}", "{lamp}, {left} left")
            }
            (None, None, None) => lamp.into(),
        }
    });
    let day = due.last.on().map(|day| format!("{day}"));
    DueRow {
        id: due.id,
        name: due.name(lang),
        day,
        words: due.last.words(lang),
        state,
        basis: words::basis(due.basis(), lang),
    }
}

/// `2014 年放假安排（2013 年 12 月 11 日公布）`
fn notice(one: &NoticeRef<'_>, lang: Lang) -> String {
    let year = one.year;
    let published = one.notice.published.map(|day| full_day(day, lang));
    match (one.notice.replaces, published) {
        (Some(_), Some(day)) => {
            say!(lang, "{year} 年放假安排的变更（{day}公布）", "the change for {year}, published {day}")
        }
        (_, Some(day)) => say!(lang, "{year} 年放假安排（{day}公布）", "the notice for {year}, published {day}"),
        (_, None) => say!(lang, "{year} 年放假安排", "the notice for {year}"),
    }
}

/// What later notices changed of the last days of this case.
fn effects(case: &Case, calendar: &Calendar, lang: Lang) -> Vec<String> {
    type Pick = fn(&CaseClock<'_>) -> Deadline;
    let pick: [(&'static str, Pick); 3] = [
        (lang.word("告知补正的最后一天", "The last day to notify"), |clock| clock.deadlines.notice),
        (lang.word("承诺到期日", "The promised day"), |clock| clock.deadlines.promised),
        (lang.word("法定到期日", "The statutory day"), |clock| clock.deadlines.statutory),
    ];
    let calendar = case.calendar(calendar);
    let mut effects = Vec::new();
    for (name, deadline) in pick {
        let due = |known: &Calendar| match deadline(&clock(&case.events, &case.terms, case.on, known)) {
            Deadline::Due(due) => due,
            // The same without and with any notice.
            Deadline::None | Deadline::Waiting | Deadline::Paused { .. } => Due::Missing { year: 0 },
        };
        for effect in calendar.effects(due) {
            let words = |due| Last::of(Deadline::Due(due)).map(|last| last.words(lang)).unwrap_or_default();
            let (notice, before, after) = (notice(&effect.notice, lang), words(effect.before), words(effect.after));
            effects.push(say!(
                lang,
                "{name}因{notice}由 {before}变为 {after}",
                "{name} was {before}; {notice} made it {after}",
            ));
        }
    }
    effects
}

/// `第 3 件事（挂起）`
fn event_words(place: usize, fields: &CaseFields, lang: Lang) -> String {
    let what = fields.events.get(place).map_or("", |typed| typed.get("what").trim());
    let (number, what) = (place + 1, short(word(&EVENTS, what, lang)));
    say!(lang, "第 {number} 件：{what}", "Event {number}: {what}")
}

fn remarks(fields: &CaseFields, clock: &CaseClock<'_>, lang: Lang) -> Vec<RemarkRow> {
    let row = |remark: &yichuang_engine::clock::Remark| {
        let issue = remark.issue;
        RemarkRow {
            tone: match issue.level() {
                Level::Impossible | Level::Violation => "bad",
                Level::Missing | Level::Warning => "warn",
                Level::Notice => "note",
            },
            code: issue.code(),
            level: words::level(issue.level(), lang),
            event: remark.event.map(|place| {
                let words = event_words(place, fields, lang);
                match counts(place, clock) || issue.level() == Level::Impossible {
                    true => words,
                    false => say!(lang, "{words}（没有计入）", "{words} (not counted)"),
                }
            }),
            message: match remark.step {
                None => lang.word(issue.zh(), issue.en()).into(),
                Some(step) => {
                    let (step, words) = (step.saturating_add(1), lang.word(issue.zh(), issue.en()));
                    say!(lang, "第 {step} 个环节：{words}", "step {step}: {words}")
                }
            },
            basis: words::basis(issue.basis(), lang),
        }
    };
    clock.remarks.iter().map(row).collect()
}

fn next(clock: &CaseClock<'_>, lang: Lang) -> Vec<NextRow> {
    let row = |next: &yichuang_engine::clock::Next| NextRow {
        code: next.action.code(),
        action: words::action(next.action, lang),
        form: next.action.document().map(|document| form(document, lang)),
        by: Last::of(next.by).filter(|last| *last != Last::Waiting).map(|last| last.words(lang)),
        basis: words::basis(next.action.basis(), lang),
    };
    clock.next.iter().map(row).collect()
}

fn form(document: yichuang_engine::clock::Document, lang: Lang) -> String {
    format!("{} {}", document.code(), words::document(document, lang))
}

fn documents(fields: &CaseFields, clock: &CaseClock<'_>, lang: Lang) -> Vec<(usize, String)> {
    let row = |(place, document): &(usize, yichuang_engine::clock::Document)| {
        let (form, event) = (form(*document, lang), event_words(*place, fields, lang));
        (*place, say!(lang, "{form}（{event}）", "{form} ({event})"))
    };
    clock.documents.iter().map(row).collect()
}

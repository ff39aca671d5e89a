//! The last days of a case in one list, as all ways of showing them need it.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::clock::{CaseClock, Deadline, RenewBy, Signal};
use yichuang_engine::{Date, Due, DueDate, WorkdayCount};

use super::words::day;
use crate::Lang;
use crate::phrase::{due_words, full_day, plural, say};

/// A period of a case that has begun, or waits to.
#[derive(Clone, Copy, Debug)]
pub(super) struct CaseDue {
    /// `statutory`, `promised`, `step` …
    pub(super) id: &'static str,
    /// The number of the step, from 1.
    pub(super) step: Option<usize>,
    pub(super) last: Last,
    /// The lamp and the day of a step.
    pub(super) done: Option<Date>,
    pub(super) signal: Option<Signal>,
}

/// What is known of a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    Waiting,
    Paused { since: Date },
    On(Date),
    NotBefore { date: Date, year: i16 },
    NotAfter { date: Date, year: i16 },
    Missing { year: i16 },
}

impl Last {
    pub(super) fn of(deadline: Deadline) -> Option<Last> {
        Some(match deadline {
            Deadline::None => return None,
            Deadline::Waiting => Last::Waiting,
            Deadline::Paused { since } => Last::Paused { since },
            Deadline::Due(Due::On(date)) => Last::On(date),
            Deadline::Due(Due::NotBefore { date, year }) => Last::NotBefore { date, year },
            Deadline::Due(Due::Missing { year }) => Last::Missing { year },
        })
    }

    fn renewal(renewal: RenewBy) -> Last {
        match renewal {
            RenewBy::On(date) => Last::On(date),
            RenewBy::NotAfter { date, year } => Last::NotAfter { date, year },
            RenewBy::Missing { year } => Last::Missing { year },
        }
    }

    /// The day, if it is known for certain.
    pub(super) fn on(self) -> Option<Date> {
        match self {
            Last::On(date) => Some(date),
            _ => None,
        }
    }

    pub(super) fn words(self, lang: Lang) -> String {
        let due = |due| due_words(&DueDate::Due(due), Date::MIN, lang).map(|(words, _)| words).unwrap_or_default();
        match self {
            Last::Waiting => lang.word("还没有起算", "does not run yet").into(),
            Last::Paused { since } => {
                let since = full_day(since, lang);
                say!(
                    lang,
                    "停算中（{since}之后），恢复后才能确定",
                    "standing still since {since}; known when it resumes"
                )
            }
            Last::On(date) => day(date, lang),
            Last::NotBefore { date, year } => due(Due::NotBefore { date, year }),
            Last::NotAfter { date, year } => {
                let date = full_day(date, lang);
                say!(
                    lang,
                    "最晚 {date}，待国务院办公厅公布 {year} 年放假安排后确定",
                    "{date} at the latest; to be settled when the holiday notice for {year} is published",
                )
            }
            Last::Missing { year } => due(Due::Missing { year }),
        }
    }
}

impl CaseDue {
    pub(super) fn name(&self, lang: Lang) -> String {
        let (zh, en) = match (self.id, self.step) {
            (_, Some(step)) => return say!(lang, "环节 {step} 到期", "step {step} ends"),
            ("notice", _) => ("告知补正的最后一天", "last day to notify"),
            ("correct_by", _) => ("补正的最后一天", "last day to correct"),
            ("promised", _) => ("承诺时限到期", "promised period ends"),
            ("statutory", _) => ("法定时限到期", "statutory period ends"),
            ("supplement", _) => ("容缺补齐的最后一天", "missing papers due"),
            ("forward", _) => ("上报的最后一天", "last day to forward"),
            ("resume", _) => ("书面告知的恢复日", "planned to resume"),
            ("certificate", _) => ("发证送达的最后一天", "last day to issue"),
            _ => ("申请延续的最后一天", "last day to apply for renewal"),
        };
        lang.word(zh, en).into()
    }

    /// The rule that sets it.
    pub(super) fn basis(&self) -> &'static str {
        match self.id {
            "notice" => "行政许可法第三十二条第一款第四项",
            "promised" => "优化营商环境条例第三十六条",
            "statutory" => "行政许可法第四十二条",
            "forward" => "行政许可法第四十三条",
            "resume" => "行政许可法第四十五条",
            "certificate" => "行政许可法第四十四条",
            "renewal" => "行政许可法第五十条",
            _ => "dft",
        }
    }
}

/// All periods that the case has, in the order in which they matter.
pub(super) fn dues(clock: &CaseClock<'_>) -> Vec<CaseDue> {
    let days = &clock.deadlines;
    let due = |id, last: Option<Last>| last.map(|last| CaseDue { id, step: None, last, done: None, signal: None });
    let step = |(place, step): (usize, &yichuang_engine::clock::StepClock)| {
        let last = Last::of(step.due)?;
        Some(CaseDue { id: "step", step: Some(place + 1), last, done: step.done, signal: Some(step.signal) })
    };
    let head = [
        due("notice", Last::of(days.notice).filter(|_| clock.accepted_on.is_none())),
        due("correct_by", days.correct_by.map(Last::On)),
        due("promised", Last::of(days.promised)),
        due("statutory", Last::of(days.statutory)),
    ];
    let tail = [
        due("supplement", Last::of(days.supplement)),
        due("forward", Last::of(days.forward)),
        due("resume", Last::of(days.resume)),
        due("certificate", Last::of(days.certificate).filter(|last| *last != Last::Waiting)),
        due("renewal", days.renewal.map(Last::renewal)),
    ];
    let steps = days.steps.iter().enumerate().filter_map(step);
    head.into_iter().flatten().chain(steps).chain(tail.into_iter().flatten()).collect()
}

/// A number of workdays in words.
pub(super) fn count_words(count: WorkdayCount, lang: Lang) -> String {
    match count {
        WorkdayCount::Exactly(days) => match lang {
            Lang::Zh => say!(lang, "{days} 个工作日", "{days}"),
            Lang::En => plural(days, "workday"),
        },
        WorkdayCount::Between { least, year, most: u32::MAX } => say!(
            lang,
            "至少 {least} 个工作日（{year} 年放假安排还没有公布）",
            "at least {least} workdays (no holiday notice for {year} yet)",
        ),
        WorkdayCount::Between { least, most, year } => say!(
            lang,
            "{least} 到 {most} 个工作日（{year} 年放假安排还没有公布）",
            "{least} to {most} workdays (no holiday notice for {year} yet)",
        ),
        WorkdayCount::Missing { year } => {
            say!(lang, "算不出来（日历里没有 {year} 年）", "not known (the calendar has no {year})")
        }
    }
}

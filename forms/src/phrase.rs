//! Words of sentences in both languages: counts, dates, lists.

use alloc::format;
use alloc::string::{String, ToString};

use yichuang_engine::{Date, Due, DueDate};

use crate::Lang;

/// One sentence in the language of the page: the Chinese and the English pattern side by side.
macro_rules! say {
    ($lang:expr, $zh:literal, $en:literal $(,)?) => {
        match $lang {
            $crate::Lang::Zh => ::alloc::format!($zh),
            $crate::Lang::En => ::alloc::format!($en),
        }
    };
}
pub(crate) use say;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date with its year: `2014 年 12 月 26 日`, `26 December 2014`.
pub(crate) fn full_day(date: Date, lang: Lang) -> String {
    let (year, day) = (date.year(), month_day(date, lang));
    say!(lang, "{year} 年 {day}", "{day} {year}")
}

/// A date, with its year only where that is not the year of `anchor`.
pub(crate) fn near_day(date: Date, anchor: Date, lang: Lang) -> String {
    if date.year() == anchor.year() { month_day(date, lang) } else { full_day(date, lang) }
}

fn month_day(date: Date, lang: Lang) -> String {
    let (month, day) = (date.month(), date.day());
    let name = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    say!(lang, "{month} 月 {day} 日", "{day} {name}")
}

/// What can be said of a due date, and the day itself where it is settled.
pub(crate) fn due_words(due: &DueDate, anchor: Date, lang: Lang) -> Option<(String, Option<Date>)> {
    match *due {
        DueDate::Due(Due::On(date)) => Some((near_day(date, anchor, lang), Some(date))),
        DueDate::Due(Due::NotBefore { date, year }) => {
            let day = full_day(date, lang);
            let words = say!(
                lang,
                "最早 {day}，待国务院办公厅公布 {year} 年放假安排后确定",
                "{day} at the earliest; to be settled when the holiday notice for {year} is published",
            );
            Some((words, None))
        }
        DueDate::Due(Due::Missing { year }) => {
            let words = say!(
                lang,
                "日历里没有 {year} 年的放假安排，算不出这一天",
                "the calendar has no holiday notice for {year}, so this day cannot be computed",
            );
            Some((words, None))
        }
        DueDate::Undetermined => None,
    }
}

/// The same in a few words: `12 月 26 日`, `最早 2027 年 1 月 6 日`.
pub(crate) fn due_brief(due: &DueDate, anchor: Date, lang: Lang) -> String {
    match *due {
        DueDate::Due(Due::On(date)) => near_day(date, anchor, lang),
        DueDate::Due(Due::NotBefore { date, .. }) => {
            let day = near_day(date, anchor, lang);
            say!(lang, "最早 {day}", "not before {day}")
        }
        DueDate::Due(Due::Missing { .. }) | DueDate::Undetermined => lang.word("待定", "open").into(),
    }
}

/// `3 份`; in English the noun with its number: `1 material`, `3 materials`.
pub(crate) fn materials(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{n} 份"),
        Lang::En => plural(n, "material"),
    }
}

/// `1 workday`, `28 workdays`.
pub(crate) fn workdays(n: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{n} 个工作日"),
        Lang::En => plural(n, "workday"),
    }
}

/// An English noun with its number.
pub(crate) fn plural(n: impl ToString, noun: &str) -> String {
    let n = n.to_string();
    let ending = if n == "1" { "" } else { "s" };
    format!("{n} {noun}{ending}")
}

/// The parts with something between them.
pub(crate) fn joined<T: AsRef<str>>(parts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        out.push_str(part.as_ref());
    }
    out
}

/// `甲、乙`, `A, B`.
pub(crate) fn list<'a>(parts: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(between);
        }
        out.push_str(part);
    }
    out
}

/// A sentence in which `{` and `[` stand for two texts: shorter than formatting where there are many.
#[inline(never)]
pub(crate) fn fill(lang: Lang, zh: &'static str, en: &'static str, [one, other]: [&str; 2]) -> String {
    let mut out = String::new();
    for c in lang.word(zh, en).chars() {
        match c {
            '{' => out.push_str(one),
            '[' => out.push_str(other),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_dates_in_words() {
        let anchor = Date::parse("2014-11-18").unwrap();
        let day = |text| Date::parse(text).unwrap();
        for (due, zh, en) in [
            (Due::On(day("2014-12-26")), "12 月 26 日", "26 December"),
            (Due::On(day("2015-01-30")), "2015 年 1 月 30 日", "30 January 2015"),
            (
                Due::NotBefore { date: day("2027-01-05"), year: 2027 },
                "最早 2027 年 1 月 5 日，待国务院办公厅公布 2027 年放假安排后确定",
                "5 January 2027 at the earliest; to be settled when the holiday notice for 2027 is published",
            ),
            (
                Due::Missing { year: 2005 },
                "日历里没有 2005 年的放假安排，算不出这一天",
                "the calendar has no holiday notice for 2005, so this day cannot be computed",
            ),
        ] {
            let words = |lang| due_words(&DueDate::Due(due), anchor, lang).map(|(words, _)| words);
            assert_eq!(words(Lang::Zh).as_deref(), Some(zh));
            assert_eq!(words(Lang::En).as_deref(), Some(en));
        }
        assert_eq!(due_words(&DueDate::Undetermined, anchor, Lang::Zh), None);
    }

    #[test]
    fn counts_and_lists() {
        assert_eq!((materials(1, Lang::En), materials(2, Lang::Zh)), ("1 material".into(), "2 份".into()));
        assert_eq!((workdays(28, Lang::En), workdays(1, Lang::Zh)), ("28 workdays".into(), "1 个工作日".into()));
        assert_eq!(list(["甲", "乙"], Lang::Zh), "甲、乙");
        assert_eq!(list(["A"], Lang::En), "A");
    }
}

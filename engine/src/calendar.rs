//! The calendar of rest days and make-up workdays, as announced year by year in the
//! notices of the General Office of the State Council (国务院办公厅放假通知).

mod known;
mod reckon;
#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::sorted::sort_by;
use crate::{Date, binary_struct};

pub use known::{NoticeEffect, NoticeRef};
pub use reckon::{DayKind, Due, WorkdayCount};

/// One holiday notice and the days that it names.
///
/// Days may lie in the year before or after: 2018-12-31 is in the notice for 2019.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Its title, where known.
    pub title: Option<String>,
    /// The day it was published, where known.
    pub published: Option<Date>,
    /// It changes days of the notice of the same year that was published on this day.
    pub replaces: Option<Date>,
    /// Where its text can be read.
    pub address: Option<String>,
    /// It is of a place below (民族节日等, 全国年节及纪念日放假办法第四条) and goes before the
    /// national ones, whenever these were published.
    pub local: bool,
    /// Rest days (放假), weekends included where the notice names them.
    pub off: Vec<NamedDay>,
    /// Make-up workdays (调休上班).
    pub work: Vec<NamedDay>,
}

/// A day that a notice names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedDay {
    /// The day.
    pub date: Date,
    /// The holiday it belongs to, such as 国庆节.
    pub name: String,
}

/// The notices for one year; all days they do not name follow Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarYear {
    /// The year the notices are for.
    pub year: i16,
    /// The notices, in any order; of a day that several name, the last one published decides.
    pub notices: Vec<Notice>,
}

/// The parts a [`Calendar`] is made of, and its shape in files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarParts {
    /// Its id, such as `cn`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Where the tables come from.
    pub source: String,
    /// The last day that no notice still to come is expected to touch.
    pub settled_until: Date,
    /// The years with a notice, in any order.
    pub years: Vec<CalendarYear>,
}

/// Why parts do not make a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// There is no year at all.
    NoYear,
    /// A year is given twice.
    YearTwice(i16),
    /// A year without a notice must be left out, or it would be guessed as having no holidays.
    NoNotice(i16),
    /// A day lies neither in the year of its notice nor in the one before or after.
    DayOutsideYear(Date, i16),
    /// A day is named twice by one notice or by those of two years, possibly both as a rest day
    /// and as a workday.
    DayTwice(Date),
    /// The notice for a year says that it replaces one of this day, but none published before
    /// it is of this day.
    NothingToReplace(i16, Date),
    /// `settled_until` does not lie in the last year.
    SettledOutsideLastYear(Date),
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoYear => write!(f, "the calendar has no year"),
            Self::YearTwice(year) => write!(f, "the year {year} is given twice"),
            Self::NoNotice(year) => write!(f, "the year {year} has no notice"),
            Self::DayOutsideYear(date, year) => {
                write!(f, "{date} cannot belong to the notice for {year}")
            }
            Self::DayTwice(date) => write!(f, "{date} is named twice"),
            Self::NothingToReplace(year, date) => {
                write!(f, "the notice for {year} replaces one of {date}, and there is none before it")
            }
            Self::SettledOutsideLastYear(date) => {
                write!(f, "settled_until {date} is not in the last year")
            }
        }
    }
}

impl core::error::Error for CalendarError {}

/// The years with a notice, and the arithmetic of workdays over them.
///
/// It refuses rather than guesses: a day in a year before the last one that has no notice
/// is missing, and a day after [`Calendar::settled_until`] is not settled yet. A year followed
/// by a missing one is taken to its end as its own table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Years in order, the days of each in order.
    parts: CalendarParts,
    /// All days that differ from the ordinary week or are named all the same, in order.
    named: Vec<Named>,
}

/// One named day among those of all years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Named {
    date: Date,
    is_workday: bool,
    /// The year whose notice names it.
    year: i16,
    /// That notice, by its place among those of the year.
    notice: usize,
}

impl Calendar {
    /// Puts the parts in order and checks them.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub fn new(mut parts: CalendarParts) -> Result<Self, CalendarError> {
        sort_by(&mut parts.years, |before, after| before.year > after.year);
        for year in &mut parts.years {
            put_in_order(year)?;
        }
        if let Some(year) = first_repeated(parts.years.iter().map(|year| year.year)) {
            return Err(CalendarError::YearTwice(year));
        }
        check_days(&named_days(&parts.years))?;
        let last = parts.years.last().ok_or(CalendarError::NoYear)?;
        if parts.settled_until.year() != last.year {
            return Err(CalendarError::SettledOutsideLastYear(parts.settled_until));
        }
        Ok(Self::served(parts))
    }

    /// Parts that were checked before, as the compiler and the server do: in a page, what they
    /// serve. Any others give a calendar that means nothing.
    #[must_use]
    pub fn served(parts: CalendarParts) -> Self {
        let mut named = named_days(&parts.years);
        // The sort keeps the notices of a day in their order, so the last word stays.
        named.dedup_by(|after, before| {
            let is_same = after.date == before.date;
            if is_same {
                *before = *after;
            }
            is_same
        });
        Self { parts, named }
    }

    /// Its parts, as they are kept in files.
    #[must_use]
    pub fn parts(&self) -> &CalendarParts {
        &self.parts
    }

    /// Its id, such as `cn`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.parts.id
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    /// Where the tables come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.parts.source
    }

    /// The last day that no notice still to come is expected to touch.
    ///
    /// It lies before the end of the last year, because a notice may name days of the
    /// December before its year.
    #[must_use]
    pub fn settled_until(&self) -> Date {
        self.parts.settled_until
    }

    /// The years with their notices, in order.
    #[must_use]
    pub fn years(&self) -> &[CalendarYear] {
        &self.parts.years
    }

    /// The years whose notices decide the days after `after` up to and including `until`
    /// (or that one day, if both are the same), to be cited with a due date.
    #[must_use]
    pub fn years_used(&self, after: Date, until: Date) -> &[CalendarYear] {
        let first = after.tomorrow().map_or(until, |next| next.min(until));
        let days = self.named_from(first).iter().take_while(|day| day.date <= until);
        let (low, high) =
            days.fold((first.year(), until.year()), |(low, high), day| (low.min(day.year), high.max(day.year)));
        let start = self.parts.years.partition_point(|year| year.year < low);
        let end = self.parts.years.partition_point(|year| year.year <= high);
        self.parts.years.get(start..end).unwrap_or_default()
    }

    /// The named days that are not before `first`.
    fn named_from(&self, first: Date) -> &[Named] {
        let start = self.named.partition_point(|day| day.date < first);
        self.named.get(start..).unwrap_or_default()
    }
}

/// Puts the notices of a year in the order in which they change each other, and their days.
fn put_in_order(year: &mut CalendarYear) -> Result<(), CalendarError> {
    let order = |notice: &Notice| (notice.local, notice.replaces.is_some(), notice.published);
    sort_by(&mut year.notices, |before, after| order(before) > order(after));
    for notice in &mut year.notices {
        sort_by(&mut notice.off, |before, after| before > after);
        sort_by(&mut notice.work, |before, after| before > after);
    }
    let mut rest = year.notices.as_slice();
    if rest.is_empty() {
        return Err(CalendarError::NoNotice(year.year));
    }
    while let Some((notice, before)) = rest.split_last() {
        let mut alike = before.iter().filter(|one| one.local == notice.local);
        match notice.replaces {
            None if alike.next().is_some() => return Err(CalendarError::YearTwice(year.year)),
            Some(day) if notice.published <= Some(day) || !alike.any(|one| one.published == Some(day)) => {
                return Err(CalendarError::NothingToReplace(year.year, day));
            }
            _ => rest = before,
        }
    }
    Ok(())
}

/// All named days in order, those of one day in the order of the notices.
fn named_days(years: &[CalendarYear]) -> Vec<Named> {
    let mut named = Vec::new();
    for year in years {
        for (notice, days) in year.notices.iter().enumerate() {
            let off = days.off.iter().map(|day| (day.date, false));
            let days = off.chain(days.work.iter().map(|day| (day.date, true)));
            named.extend(days.map(|(date, is_workday)| Named { date, is_workday, year: year.year, notice }));
        }
    }
    sort_by(&mut named, |before, after| before.date > after.date);
    named
}

/// A day is named in its year or beside it, once by a notice, and by the notices of one year only.
fn check_days(named: &[Named]) -> Result<(), CalendarError> {
    let mut before: Option<Named> = None;
    for day in named {
        if day.date.year().abs_diff(day.year) > 1 {
            return Err(CalendarError::DayOutsideYear(day.date, day.year));
        }
        let twice = before
            .is_some_and(|before| before.date == day.date && (before.year != day.year || before.notice == day.notice));
        if twice {
            return Err(CalendarError::DayTwice(day.date));
        }
        before = Some(*day);
    }
    Ok(())
}

fn first_repeated<T: PartialEq + Copy>(sorted: impl Iterator<Item = T>) -> Option<T> {
    let mut before = None;
    for item in sorted {
        if before == Some(item) {
            return before;
        }
        before = Some(item);
    }
    None
}

binary_struct!(Notice { title, published, replaces, address, local, off, work });
binary_struct!(NamedDay { date, name });
binary_struct!(CalendarYear { year, notices });
binary_struct!(CalendarParts { id, name, source, settled_until, years });

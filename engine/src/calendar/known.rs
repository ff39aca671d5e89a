//! What was known when: a calendar without the notices published later, the difference a notice
//! makes, the notices under which a day was reckoned, and local holidays over the national ones.

use alloc::vec::Vec;

use super::{Calendar, CalendarError, CalendarParts, CalendarYear, Notice};
use crate::{Date, Due};

/// A notice of a calendar, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeRef<'a> {
    /// The year it is for.
    pub year: i16,
    /// Its place among the notices of that year.
    pub place: usize,
    /// The notice.
    pub notice: &'a Notice,
}

/// The difference that a notice makes to a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeEffect<'a> {
    /// The notice, which changes an earlier one.
    pub notice: NoticeRef<'a>,
    /// The last day as it was before the notice, and those published after it.
    pub before: Due,
    /// The last day with it, before those published after it.
    pub after: Due,
}

impl Notice {
    /// From which day on it was known for sure: the day it was published, or where that is not
    /// known the first day of its year or an earlier one that it arranges, since it was
    /// published before that.
    #[must_use]
    pub fn known_from(&self, year: i16) -> Option<Date> {
        let named = self.off.iter().chain(&self.work).map(|day| day.date);
        self.published.or_else(|| named.chain(Date::new(year, 1, 1)).min())
    }
}

impl Calendar {
    /// All notices, by year and in the order in which they change each other.
    pub fn notices(&self) -> impl Iterator<Item = NoticeRef<'_>> {
        self.years().iter().flat_map(|year| {
            let notices = year.notices.iter().enumerate();
            notices.map(|(place, notice)| NoticeRef { year: year.year, place, notice })
        })
    }

    /// The notices under which the days after `after` up to and including `until` (or that one
    /// day, if both are the same) are what they are: the first ones of the years, and of the
    /// later ones those that decide one of the days.
    #[must_use]
    pub fn notices_used(&self, after: Date, until: Date) -> Vec<NoticeRef<'_>> {
        let years = self.years_used(after, until);
        let first = after.tomorrow().map_or(until, |next| next.min(until));
        let days = self.named_from(first);
        let days = days.get(..days.partition_point(|day| day.date <= until)).unwrap_or_default();
        let decides = |one: &NoticeRef<'_>| days.iter().any(|day| (day.year, day.notice) == (one.year, one.place));
        let is_used = |one: &NoticeRef<'_>| years.iter().any(|year| year.year == one.year);
        self.notices().filter(|one| is_used(one) && (one.notice.replaces.is_none() || decides(one))).collect()
    }

    /// The calendar as it was known on a day (that day's notices included); `None` if no notice
    /// was.
    ///
    /// It is settled until the same day of the last year then known.
    #[must_use]
    pub fn as_known_on(&self, day: Date) -> Option<Self> {
        self.keeping(|one| one.notice.known_from(one.year).is_some_and(|from| from <= day))
    }

    /// The difference that each of the notices makes that change an earlier one: the last day that
    /// `due` computes without and with it. Those that make none are left out.
    #[must_use]
    pub fn effects(&self, due: impl Fn(&Self) -> Due) -> Vec<NoticeEffect<'_>> {
        let changing = self.notices().filter(|one| one.notice.replaces.is_some());
        let effect = |notice: NoticeRef<'_>| {
            let upto = |last: Option<usize>| {
                let is_later = |one: &NoticeRef<'_>| {
                    let (local, from) = (notice.notice.local, notice.notice.published);
                    one.year == notice.year
                        && one.notice.local == local
                        && one.notice.replaces.is_some()
                        && (one.notice.published > from || last != Some(one.place) && one.notice.published == from)
                };
                self.keeping(|one| !is_later(one)).map(|calendar| due(&calendar))
            };
            Some((upto(None)?, upto(Some(notice.place))?))
        };
        let found = changing.filter_map(|notice| effect(notice).map(|(before, after)| (notice, before, after)));
        let different = found.filter(|(_, before, after)| before != after);
        different.map(|(notice, before, after)| NoticeEffect { notice, before, after }).collect()
    }

    /// The calendar with the holidays of a place over it (民族节日, 全国年节及纪念日放假办法第四条):
    /// what a local notice says of a day goes before the national ones.
    ///
    /// A year without a local notice is not taken to have no local holidays: it is missing, or
    /// awaited if it is the last. Id, name and source are the place's.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub fn layered(&self, local: CalendarParts) -> Result<Self, CalendarError> {
        let national = &self.parts;
        let mut years = Vec::new();
        for year in local.years {
            let Some(below) = national.years.iter().find(|below| below.year == year.year) else { continue };
            let own = year.notices.into_iter().map(|notice| Notice { local: true, ..notice });
            years.push(CalendarYear { year: year.year, notices: below.notices.iter().cloned().chain(own).collect() });
        }
        let last = years.iter().map(|year| year.year).max().ok_or(CalendarError::NoYear)?;
        let settled_until = self.settled_in(last).min(local.settled_until);
        Self::new(CalendarParts { settled_until, years, ..local })
    }

    /// The settled day of the last year, in another year.
    fn settled_in(&self, year: i16) -> Date {
        let (month, day) = (self.settled_until().month(), self.settled_until().day());
        let same = Date::new(year, month, day).or_else(|| Date::new(year, month, 28));
        same.map_or(self.settled_until(), |same| same.min(self.settled_until()))
    }

    /// The calendar with some notices only; a year stays if all its first ones do.
    fn keeping(&self, is_kept: impl Fn(&NoticeRef<'_>) -> bool) -> Option<Self> {
        let year = |year: &CalendarYear| {
            let notices = year.notices.iter().enumerate();
            let mut notices = notices.map(|(place, notice)| NoticeRef { year: year.year, place, notice });
            let whole = notices.clone().all(|one| one.notice.replaces.is_some() || is_kept(&one));
            let notices =
                whole.then(|| notices.by_ref().filter(|one| is_kept(one)).map(|one| one.notice.clone()).collect());
            notices.map(|notices| CalendarYear { year: year.year, notices })
        };
        let years: Vec<CalendarYear> = self.years().iter().filter_map(year).collect();
        let settled_until = self.settled_in(years.last()?.year);
        Self::new(CalendarParts { settled_until, years, ..self.parts.clone() }).ok()
    }
}

//! Counting workdays and calendar days over a [`Calendar`].

use super::{Calendar, Named};
use crate::Date;

/// What a calendar knows of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A workday: Monday to Friday and not off, or a make-up workday.
    Workday,
    /// A rest day: a Saturday, a Sunday or a holiday, not made up for.
    RestDay,
    /// After the settled days: to be settled when the notice for `year` is published.
    Unsettled {
        /// The year whose notice is awaited.
        year: i16,
    },
    /// In a year that has no notice in this calendar although a later one has.
    Missing {
        /// That year.
        year: i16,
    },
}

/// The last day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It is this day.
    On(Date),
    /// The period runs past the settled days: the last day is not known yet.
    NotBefore {
        /// A lower bound whatever the next notices say, as if every day that is not settled
        /// were a workday.
        date: Date,
        /// To be settled when the notice for this year is published, at the earliest.
        year: i16,
    },
    /// The period runs through a year that has no notice in this calendar.
    Missing {
        /// That year.
        year: i16,
    },
}

/// A number of workdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkdayCount {
    /// It is this number.
    Exactly(u32),
    /// Some of the days are not settled.
    Between {
        /// The settled workdays alone.
        least: u32,
        /// As if every day that is not settled were a workday.
        most: u32,
        /// To be settled when the notice for this year is published.
        year: i16,
    },
    /// Some of the days lie in a year that has no notice in this calendar.
    Missing {
        /// That year.
        year: i16,
    },
}

impl Calendar {
    /// What is known of a day: off or work as its notice says, else Monday to Friday
    /// (行政许可法第八十二条; 国务院关于职工工作时间的规定第七条).
    #[must_use]
    pub fn kind(&self, date: Date) -> DayKind {
        if date > self.settled_until() {
            return DayKind::Unsettled { year: self.awaited_year(date) };
        }
        match self.missing_year(date) {
            Some(year) => DayKind::Missing { year },
            None if is_workday(date, self.named_from(date).first()) => DayKind::Workday,
            None => DayKind::RestDay,
        }
    }

    /// Whether a day is a workday; `None` if it is not settled or its year is missing.
    #[must_use]
    pub fn is_workday(&self, date: Date) -> Option<bool> {
        match self.kind(date) {
            DayKind::Workday => Some(true),
            DayKind::RestDay => Some(false),
            DayKind::Unsettled { .. } | DayKind::Missing { .. } => None,
        }
    }

    /// The `count`-th workday strictly after `start`, which may itself be a rest day
    /// (民法典第二百零一条: the day of the event is not counted).
    ///
    /// For 0 (即办) it is `start` if that is a workday, else the next workday.
    #[must_use]
    pub fn add_workdays(&self, start: Date, count: u32) -> Due {
        if count == 0 {
            return self.roll_to_workday(start);
        }
        let Some(first) = start.tomorrow() else {
            return self.not_before(Date::MAX);
        };
        self.nth_workday_from(first, count)
    }

    /// The number of workdays strictly after `after` up to and including `until`;
    /// 0 if `until` is not later.
    #[must_use]
    pub fn count_workdays(&self, after: Date, until: Date) -> WorkdayCount {
        let mut least = 0;
        let Some(first) = after.tomorrow().filter(|first| *first <= until) else {
            return WorkdayCount::Exactly(0);
        };
        let settled = until.min(self.settled_until());
        for day in self.days_from(first).take_while(|day| day.date() <= settled) {
            match day {
                Day::Missing(date) => return WorkdayCount::Missing { year: date.year() },
                Day::Known { is_workday, .. } => least += u32::from(is_workday),
            }
        }
        if until == settled {
            return WorkdayCount::Exactly(least);
        }
        let unsettled = until.to_days() - settled.max(after).to_days();
        let most = least + unsettled.unsigned_abs();
        WorkdayCount::Between { least, most, year: self.awaited_year(until) }
    }

    /// The day itself if it is a workday, else the next workday (民法典第二百零三条).
    #[must_use]
    pub fn roll_to_workday(&self, date: Date) -> Due {
        self.nth_workday_from(date, 1)
    }

    /// The last day of a period of calendar days from `start`, which is not counted, moved to
    /// the next workday if it is a rest day (民法典第二百零一条、第二百零三条).
    #[must_use]
    pub fn add_calendar_days(&self, start: Date, count: u32) -> Due {
        self.roll_or_end(start.add_days(i64::from(count)))
    }

    /// The last day of a period of months from `start`: the corresponding day, or the end of
    /// a month that has none, moved to the next workday if it is a rest day
    /// (民法典第二百零二条、第二百零三条).
    #[must_use]
    pub fn add_months(&self, start: Date, count: u32) -> Due {
        self.roll_or_end(start.add_months(i64::from(count)))
    }

    /// The last day of a period of years from `start`, by the rule of
    /// [`Calendar::add_months`].
    #[must_use]
    pub fn add_years(&self, start: Date, count: u32) -> Due {
        self.roll_or_end(start.add_years(i64::from(count)))
    }

    /// A day past the last one that can be expressed is surely not before that one.
    fn roll_or_end(&self, last: Option<Date>) -> Due {
        last.map_or_else(|| self.not_before(Date::MAX), |last| self.roll_to_workday(last))
    }

    /// The `count`-th workday (from 1) among `first` and the days after it.
    fn nth_workday_from(&self, first: Date, count: u32) -> Due {
        let mut left = count;
        for day in self.days_from(first) {
            match day {
                Day::Missing(date) => return Due::Missing { year: date.year() },
                Day::Known { is_workday: false, .. } => {}
                Day::Known { date, .. } if left <= 1 => return Due::On(date),
                Day::Known { .. } => left -= 1,
            }
        }
        let unsettled = self.settled_until().tomorrow().unwrap_or(Date::MAX).max(first);
        let bound = unsettled.add_days(i64::from(left) - 1);
        self.not_before(bound.unwrap_or(Date::MAX))
    }

    fn not_before(&self, date: Date) -> Due {
        Due::NotBefore { date, year: self.awaited_year(date) }
    }

    /// The settled days from `first` on, each with what is known of it.
    fn days_from(&self, first: Date) -> impl Iterator<Item = Day> {
        let mut named = self.named_from(first);
        let mut next = Some(first);
        let mut loaded = None;
        core::iter::from_fn(move || {
            let date = next.filter(|date| *date <= self.settled_until())?;
            next = date.tomorrow();
            if loaded != Some(date.year()) {
                if self.missing_year(date).is_some() {
                    return Some(Day::Missing(date));
                }
                loaded = Some(date.year());
            }
            let here = named.split_first().filter(|(day, _)| day.date == date);
            named = here.map_or(named, |(_, rest)| rest);
            Some(Day::Known { date, is_workday: is_workday(date, here.map(|(day, _)| day)) })
        })
    }

    /// The year of a day, if no notice for it is loaded.
    fn missing_year(&self, date: Date) -> Option<i16> {
        let year = date.year();
        let found = self.years().binary_search_by_key(&year, |loaded| loaded.year);
        found.is_err().then_some(year)
    }

    /// The year whose notice settles a day: its own, or the next one for the last days of a year.
    fn awaited_year(&self, date: Date) -> i16 {
        let end = self.settled_until();
        let is_late = (date.month(), date.day()) > (end.month(), end.day());
        date.year() + i16::from(is_late)
    }
}

/// One settled day of a count.
#[derive(Clone, Copy)]
enum Day {
    Known { date: Date, is_workday: bool },
    Missing(Date),
}

impl Day {
    fn date(self) -> Date {
        match self {
            Self::Known { date, .. } | Self::Missing(date) => date,
        }
    }
}

/// Whether a day of a loaded year is a workday, given the first named day that is not before it.
fn is_workday(date: Date, named: Option<&Named>) -> bool {
    match named {
        Some(named) if named.date == date => named.is_workday,
        _ => !date.weekday().is_weekend(),
    }
}

//! When a period ends, with the days on which it did not run.

use alloc::vec::Vec;

use super::{Term, Unit};
use crate::{Calendar, Date, Due, WorkdayCount};

/// The last day of a period of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// The case has no such period.
    None,
    /// What it counts from has not happened, or is not known.
    Waiting,
    /// It stands still, so that its last day is not known yet.
    Paused {
        /// Since the end of this day.
        since: Date,
    },
    /// It ends on this day, as far as the calendar is settled.
    Due(Due),
}

impl Deadline {
    /// Its day, if it is known.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Due(Due::On(date)) => Some(date),
            _ => None,
        }
    }

    /// Whether a day is past it; `None` if that is not known.
    #[must_use]
    pub fn is_past(self, day: Date) -> Option<bool> {
        match self {
            Self::None | Self::Waiting | Self::Paused { .. } => Some(false),
            Self::Due(Due::On(due)) => Some(day > due),
            Self::Due(Due::NotBefore { date, .. }) => (day <= date).then_some(false),
            Self::Due(Due::Missing { .. }) => None,
        }
    }
}

/// The stretches in which a clock stands still, without overlaps, in order: after the first day up
/// to and including the second, which is absent while one is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stops(Vec<(Date, Option<Date>)>);

impl Stops {
    /// Merges stretches that overlap or touch (C8); they come in the order of their first days.
    pub(super) fn merged(stretches: impl Iterator<Item = (Date, Option<Date>)>) -> Self {
        let mut merged: Vec<(Date, Option<Date>)> = Vec::new();
        for (from, to) in stretches {
            match merged.last_mut() {
                Some((_, end @ Some(_))) if *end >= Some(from) => *end = to.map(|to| end.map_or(to, |end| end.max(to))),
                Some((_, None)) => {}
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }
}

/// Computes last days of periods that begin on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter<'a> {
    pub(super) calendar: &'a Calendar,
    /// Day 0.
    pub(super) start: Date,
}

impl Counter<'_> {
    /// The last day of a period that stands still in some stretches, and by how much it was
    /// lengthened: what lies in them is added as long as they begin on or before the last day (C8);
    /// what begins later changes nothing, for the period has run out.
    pub(super) fn run_out(self, term: Term, extra: u32, stops: &Stops) -> (Deadline, Option<WorkdayCount>) {
        let mut added = Added { sure: 0, most: 0, awaits: None };
        for &(from, to) in &stops.0 {
            match self.due(term, extra, added.sure) {
                Due::On(due) if from > due => break,
                // Whether the stretch begins in time is not settled.
                Due::NotBefore { date, .. } if from > date => break,
                Due::Missing { year } => return (Deadline::Due(Due::Missing { year }), None),
                Due::On(_) | Due::NotBefore { .. } => {}
            }
            let Some(to) = to else { return (Deadline::Paused { since: from }, added.count()) };
            match self.within(term.unit, from, to) {
                WorkdayCount::Exactly(days) => added.add(days, days),
                WorkdayCount::Between { least, most, year } => {
                    added.add(least, most);
                    added.awaits = Some(year);
                }
                WorkdayCount::Missing { year } => return (Deadline::Due(Due::Missing { year }), None),
            }
        }
        let due = match (self.due(term, extra, added.sure), added.awaits) {
            (Due::On(date), Some(year)) => Due::NotBefore { date, year },
            (due, _) => due,
        };
        (Deadline::Due(due), added.count())
    }

    fn due(self, Term { count, unit }: Term, extra: u32, added: u32) -> Due {
        let days = extra.saturating_add(added);
        let end = match unit {
            Unit::Workdays => return self.calendar.add_workdays(self.start, count.saturating_add(days)),
            Unit::CalendarDays => self.start.add_days(i64::from(count)),
            Unit::Months => self.start.add_months(i64::from(count)),
            Unit::Years => self.start.add_years(i64::from(count)),
        };
        self.calendar.add_calendar_days(end.unwrap_or(Date::MAX), days)
    }

    /// The days of a stretch, in the unit of the period.
    fn within(self, unit: Unit, from: Date, to: Date) -> WorkdayCount {
        match unit {
            Unit::Workdays => self.calendar.count_workdays(from, to),
            _ => WorkdayCount::Exactly(u32::try_from(to.to_days() - from.to_days()).unwrap_or(0)),
        }
    }
}

/// The days added so far.
struct Added {
    sure: u32,
    most: u32,
    awaits: Option<i16>,
}

impl Added {
    fn add(&mut self, least: u32, most: u32) {
        self.sure = self.sure.saturating_add(least);
        self.most = self.most.saturating_add(most);
    }

    fn count(&self) -> Option<WorkdayCount> {
        Some(match self.awaits {
            Some(year) => WorkdayCount::Between { least: self.sure, most: self.most, year },
            None => WorkdayCount::Exactly(self.sure),
        })
    }
}

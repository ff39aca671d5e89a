//! Lamps 红黄灯: what remains of a period, and whether it is broken (C11).

use super::{Deadline, Term, Unit};
use crate::{Calendar, Date, Due, WorkdayCount};

/// A lamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// No clock runs: not accepted, or ended without a decision.
    None,
    /// 蓝灯: the clock stands still.
    Paused,
    /// 绿灯
    Green,
    /// 黄灯: about to run out.
    Yellow,
    /// 红灯: run out.
    Red,
    /// 按时办结
    DoneOnTime,
    /// 超时办结
    DoneLate,
    /// It hangs on holidays that are not settled, or on an event that is missing.
    Unknown,
}

impl Lamp {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Paused => "paused",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::DoneOnTime => "done_on_time",
            Self::DoneLate => "done_late",
            Self::Unknown => "unknown",
        }
    }
}

/// Which period is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Neither.
    None,
    /// The promised one.
    Promised,
    /// The statutory one (行政许可法第七十四条).
    Statutory,
    /// It hangs on holidays that are not settled, or on an event that is missing.
    Unknown,
}

impl Breach {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Promised => "promised",
            Self::Statutory => "statutory",
            Self::Unknown => "unknown",
        }
    }
}

/// A lamp with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The lamp.
    pub lamp: Lamp,
    /// The workdays after the day up to and including the last one; absent where no clock runs
    /// or nothing can be said.
    pub remaining: Option<WorkdayCount>,
    /// The workdays after the last day up to the day, or to the day on which it was done; absent
    /// where it is not late.
    pub overdue_days: Option<WorkdayCount>,
}

impl Signal {
    pub(super) const fn only(lamp: Lamp) -> Self {
        Self { lamp, remaining: None, overdue_days: None }
    }
}

/// What a lamp hangs on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) day: Date,
    /// It turns yellow when no more workdays than these remain.
    pub(super) yellow: u32,
    /// Day 0 and the period with all that was added to it, where it is counted in workdays and
    /// exactly known: by them what remains is known even if the last day is not settled.
    pub(super) counted: Option<(Date, u32)>,
}

impl Watch<'_> {
    /// The lamp of what was done on a day, or is not done yet.
    pub(super) fn signal(self, due: Deadline, done: Option<Date>) -> Signal {
        match (due, done) {
            (Deadline::None, _) | (Deadline::Waiting, None) => Signal::only(Lamp::None),
            (Deadline::Waiting, Some(_)) => Signal::only(Lamp::Unknown),
            (Deadline::Paused { .. }, _) => Signal::only(Lamp::Paused),
            (Deadline::Due(due), Some(done)) => self.after(due, done),
            (Deadline::Due(due), None) => self.before(due),
        }
    }

    fn after(self, due: Due, done: Date) -> Signal {
        match Deadline::Due(due).is_past(done) {
            None => Signal::only(Lamp::Unknown),
            Some(false) => Signal::only(Lamp::DoneOnTime),
            Some(true) => Signal { overdue_days: self.late(due, done), ..Signal::only(Lamp::DoneLate) },
        }
    }

    fn before(self, due: Due) -> Signal {
        match Deadline::Due(due).is_past(self.day) {
            None => Signal::only(Lamp::Unknown),
            Some(true) => {
                let remaining = Some(WorkdayCount::Exactly(0));
                Signal { lamp: Lamp::Red, remaining, overdue_days: self.late(due, self.day) }
            }
            Some(false) => {
                let remaining = self.remaining(due);
                let lamp = match remaining {
                    Some(WorkdayCount::Exactly(days)) if days <= self.yellow => Lamp::Yellow,
                    Some(WorkdayCount::Between { most, .. }) if most <= self.yellow => Lamp::Yellow,
                    Some(WorkdayCount::Exactly(least) | WorkdayCount::Between { least, .. }) if least > self.yellow => {
                        Lamp::Green
                    }
                    _ => Lamp::Unknown,
                };
                Signal { lamp, remaining, overdue_days: None }
            }
        }
    }

    fn late(self, due: Due, until: Date) -> Option<WorkdayCount> {
        match due {
            Due::On(due) => Some(self.calendar.count_workdays(due, until)),
            _ => None,
        }
    }

    fn remaining(self, due: Due) -> Option<WorkdayCount> {
        match (due, self.counted) {
            (Due::On(due), _) => Some(self.calendar.count_workdays(self.day, due)),
            (Due::NotBefore { .. }, Some((start, total))) => match self.calendar.count_workdays(start, self.day) {
                WorkdayCount::Exactly(past) => Some(WorkdayCount::Exactly(total.saturating_sub(past))),
                WorkdayCount::Between { least, most, year } => {
                    let (least, most) = (total.saturating_sub(most), total.saturating_sub(least));
                    Some(WorkdayCount::Between { least, most, year })
                }
                WorkdayCount::Missing { .. } => None,
            },
            // No more than the lower bound says is sure, and nothing bounds it from above.
            (Due::NotBefore { date, year }, None) => match self.calendar.count_workdays(self.day, date) {
                WorkdayCount::Exactly(least) | WorkdayCount::Between { least, .. } => {
                    Some(WorkdayCount::Between { least, most: u32::MAX, year })
                }
                WorkdayCount::Missing { .. } => None,
            },
            (Due::Missing { .. }, _) => None,
        }
    }
}

/// Whether the promised or the statutory period is broken by a day.
pub(super) fn breach(promised: Deadline, statutory: Deadline, day: Date) -> Breach {
    match (statutory.is_past(day), promised.is_past(day)) {
        (Some(true), _) => Breach::Statutory,
        (None, _) | (_, None) => Breach::Unknown,
        (_, Some(true)) => Breach::Promised,
        (_, Some(false)) => Breach::None,
    }
}

/// The period with what was added, if it is exactly known in workdays.
pub(super) fn whole(term: Term, extra: u32, added: Option<WorkdayCount>) -> Option<u32> {
    match (term.unit, added) {
        (Unit::Workdays, Some(WorkdayCount::Exactly(added))) => {
            Some(term.count.saturating_add(extra).saturating_add(added))
        }
        _ => None,
    }
}

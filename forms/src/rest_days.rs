//! The rest days of a stretch of time, for pictures.

use alloc::vec::Vec;

use yichuang_engine::{Calendar, Date, DayKind};

/// Rest days in a row, or days that no notice has settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shade {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) is_settled: bool,
}

pub(crate) fn shades(start: Date, end: Date, calendar: &Calendar) -> Vec<Shade> {
    let mut shades: Vec<Shade> = Vec::new();
    for day in days(start, end) {
        let is_settled = match calendar.kind(day) {
            DayKind::RestDay => true,
            DayKind::Unsettled { .. } | DayKind::Missing { .. } => false,
            DayKind::Workday => continue,
        };
        match shades.last_mut() {
            Some(last) if last.is_settled == is_settled && last.to.tomorrow() == Some(day) => last.to = day,
            _ => shades.push(Shade { from: day, to: day, is_settled }),
        }
    }
    shades
}

pub(crate) fn days(start: Date, end: Date) -> impl Iterator<Item = Date> {
    core::iter::successors(Some(start), |day| day.tomorrow()).take_while(move |day| *day <= end)
}

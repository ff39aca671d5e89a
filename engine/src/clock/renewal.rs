//! How long a licence is valid, and until when its renewal is applied for.

use crate::{Calendar, Date, DayKind};

/// Until when renewal is applied for (行政许可法第五十条: 30 days before the end, counted in
/// workdays by 第八十二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewBy {
    /// Until this workday.
    On(Date),
    /// Holidays that are not settled lie before the end.
    NotAfter {
        /// An upper bound, as if every day that is not settled were a workday.
        date: Date,
        /// To be settled when the notice for this year is published.
        year: i16,
    },
    /// A year without a notice lies before the end.
    Missing {
        /// That year.
        year: i16,
    },
}

/// The last workday after which at least `days` workdays remain up to and including `valid_until`
/// (C10).
#[must_use]
pub fn renew_by(calendar: &Calendar, valid_until: Date, days: u32) -> RenewBy {
    let (mut day, mut counted, mut awaited) = (valid_until, 0_u32, None);
    loop {
        let kind = calendar.kind(day);
        match kind {
            DayKind::Missing { year } => return RenewBy::Missing { year },
            // The earliest year is the one to wait for: the days are met from the end.
            DayKind::Unsettled { year } => awaited = Some(year),
            DayKind::Workday | DayKind::RestDay => {}
        }
        let may_work = matches!(kind, DayKind::Workday | DayKind::Unsettled { .. });
        if may_work && counted >= days {
            return match awaited {
                Some(year) => RenewBy::NotAfter { date: day, year },
                None => RenewBy::On(day),
            };
        }
        counted = counted.saturating_add(u32::from(may_work));
        match day.yesterday() {
            Some(before) => day = before,
            None => return RenewBy::Missing { year: day.year() },
        }
    }
}

/// The last day on which a licence is valid: the day before the corresponding one (dft).
#[must_use]
pub fn valid_until(start: Date, years: u32) -> Option<Date> {
    start.add_years(i64::from(years))?.yesterday()
}

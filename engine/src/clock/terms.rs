//! The periods of an item, as far as its clock needs them.

use alloc::vec::Vec;

use super::Reason;
use crate::Date;

/// The kind of an item 办件类型.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// 即办件: done on the spot.
    Instant,
    /// 承诺件: within the promised period.
    #[default]
    Promised,
    /// 上报件: the lower level reviews and forwards (行政许可法第四十三条).
    Forwarded,
    /// 联办件: several departments handle it together (行政许可法第二十六条第二款).
    Joint,
}

/// The unit of a period; every period states its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// 工作日 (行政许可法第八十二条).
    #[default]
    Workdays,
    /// 自然日 (民法典第二百零一条、第二百零三条).
    CalendarDays,
    /// 月 (民法典第二百零二条).
    Months,
    /// 年 (民法典第二百零二条).
    Years,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Term {
    /// A period of workdays.
    #[must_use]
    pub const fn workdays(count: u32) -> Self {
        Self { count, unit: Unit::Workdays }
    }
}

/// The periods of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Its kind.
    pub kind: Kind,
    /// The statutory period, from acceptance (行政许可法第四十二条, unless a statute says otherwise).
    pub statutory: Term,
    /// The promised period, from acceptance, no longer than the statutory one (优化营商环境条例第三十六条).
    pub promised: Term,
    /// For each step the workdays from acceptance at the end of which it is to be finished.
    pub steps: Vec<u32>,
    /// Reasons for which a special statute stops the statutory clock, beside those of
    /// 行政许可法第四十五条 (such as 整改时间不计入).
    pub statutory_reasons: Vec<Reason>,
    /// Reasons that stop the promised clock alone.
    pub promised_reasons: Vec<Reason>,
    /// Workdays from receipt within which what is missing is notified (行政许可法第三十二条).
    pub notice_days: u32,
    /// Workdays from acceptance within which materials are supplied after tolerance (dft).
    pub supplement_days: u32,
    /// Workdays by which the statutory period may be extended once (行政许可法第四十二条).
    pub extension_days: u32,
    /// Workdays from acceptance within which the lower level forwards (行政许可法第四十三条).
    pub forward_days: u32,
    /// Workdays from the decision within which the certificate is issued (行政许可法第四十四条).
    pub certificate_days: u32,
    /// The lamp turns yellow when no more workdays than these remain (dft 1).
    pub yellow_when_remaining_le: u32,
    /// For how many years the licence is valid; absent: without end.
    pub valid_years: Option<u32>,
    /// Workdays before the end of validity by which renewal is applied for (行政许可法第五十条).
    pub renewal_days: u32,
    /// The case is the renewal of a licence that is valid until this day.
    pub renews: Option<Date>,
}

impl Terms {
    /// The periods of 行政许可法 for an item of a kind: 20 workdays, for joint handling 45
    /// (第四十二条), promised as they are; all else as in the law or the defaults of this system.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        let (days, extension_days) = if matches!(kind, Kind::Joint) { (45, 15) } else { (20, 10) };
        Self {
            kind,
            statutory: Term::workdays(days),
            promised: Term::workdays(if matches!(kind, Kind::Instant) { 0 } else { days }),
            steps: Vec::new(),
            statutory_reasons: Vec::new(),
            promised_reasons: Vec::new(),
            notice_days: 5,
            supplement_days: 5,
            extension_days,
            forward_days: 20,
            certificate_days: 10,
            yellow_when_remaining_le: 1,
            valid_years: None,
            renewal_days: 30,
            renews: None,
        }
    }
}

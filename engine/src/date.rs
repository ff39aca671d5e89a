//! Civil dates of the Gregorian calendar: no clock, no time zone, no floats.

use core::fmt;

use alloc::vec::Vec;

use crate::{Binary, Input};

/// A civil date from 0001-01-01 to 9999-12-31.
///
/// It is kept as the number of days since 1970-01-01, so that comparing and
/// counting days cost nothing; in files it is that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A day of the week; the working week is Monday to Friday since 1995-05-01
/// (国务院关于职工工作时间的规定第七条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 星期一
    Monday,
    /// 星期二
    Tuesday,
    /// 星期三
    Wednesday,
    /// 星期四
    Thursday,
    /// 星期五
    Friday,
    /// 星期六
    Saturday,
    /// 星期日
    Sunday,
}

impl Weekday {
    /// Whether the day is a Saturday or a Sunday.
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

/// A number of days that lies outside the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateOutOfRange(i32);

impl fmt::Display for DateOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "day number {} is outside the years 1 to 9999", self.0)
    }
}

impl core::error::Error for DateOutOfRange {}

impl Date {
    /// The first day that can be expressed, 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// The last day that can be expressed, 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The date of a year (1 to 9999), month (1 to 12) and day, if there is one.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let there =
            (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
        there.then(|| Self::from_civil(year, month, day))
    }

    /// Reads exactly `YYYY-MM-DD` in ASCII digits; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let pair = |tens, units| Some(digit(tens)? * 10 + digit(units)?);
        let year = i16::from(pair(y1, y2)?) * 100 + i16::from(pair(y3, y4)?);
        Self::new(year, pair(m1, m2)?, pair(d1, d2)?)
    }

    /// The date that lies this many days after 1970-01-01, if it is in the years 1 to 9999.
    #[must_use]
    pub const fn from_days(days: i32) -> Option<Self> {
        if days < Self::MIN.0 || days > Self::MAX.0 { None } else { Some(Self(days)) }
    }

    /// The number of days since 1970-01-01.
    #[must_use]
    pub const fn to_days(self) -> i32 {
        self.0
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.civil().0
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.civil().1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.civil().2
    }

    /// The day of the week.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.0 + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The number of days of the month the date lies in.
    #[must_use]
    pub const fn days_in_month(self) -> u8 {
        let (year, month, _) = self.civil();
        month_length(year, month)
    }

    /// The next day, unless this is the last one.
    #[must_use]
    pub const fn tomorrow(self) -> Option<Self> {
        Self::from_days(self.0 + 1)
    }

    /// The day before, unless this is the first one.
    #[must_use]
    pub const fn yesterday(self) -> Option<Self> {
        Self::from_days(self.0 - 1)
    }

    /// The date this many days later (earlier if negative), if it can be expressed.
    #[must_use]
    pub fn add_days(self, days: i64) -> Option<Self> {
        let days = i64::from(self.0).checked_add(days)?;
        Self::from_days(i32::try_from(days).ok()?)
    }

    /// The corresponding day this many months later (earlier if negative); where the
    /// month has no such day, its last day (民法典第二百零二条).
    #[must_use]
    pub fn add_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.civil();
        let months = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, day.min(month_length(year, month)))
    }

    /// The corresponding day this many years later (earlier if negative); 29 February
    /// becomes 28 February in a common year (民法典第二百零二条).
    #[must_use]
    pub fn add_years(self, years: i64) -> Option<Self> {
        self.add_months(years.checked_mul(12)?)
    }

    /// Days from civil: the year is taken to begin in March, so that the leap day is
    /// its last one, and 400 years are always 146,097 days.
    fn from_civil(year: i16, month: u8, day: u8) -> Self {
        let year = i32::from(year) - i32::from(month <= 2);
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year;
        Self(days - 719_468)
    }

    /// Civil from days, the inverse of [`Date::from_civil`].
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the month is 1 to 12, the day 1 to 31 and the year 1 to 9999"
    )]
    const fn civil(self) -> (i16, u8, u8) {
        let days = self.0 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + (month <= 2) as i32;
        (year as i16, month as u8, day as u8)
    }
}

impl TryFrom<i32> for Date {
    type Error = DateOutOfRange;

    fn try_from(days: i32) -> Result<Self, DateOutOfRange> {
        Self::from_days(days).ok_or(DateOutOfRange(days))
    }
}

impl Binary for Date {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(input: &mut Input<'_>) -> Self {
        Self::from_days(i32::read(input)).unwrap_or_else(|| {
            input.fail();
            Self::MIN
        })
    }
}

impl From<Date> for i32 {
    fn from(date: Date) -> Self {
        date.to_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

const fn month_length(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use jiff::{ToSpan, civil};
    use proptest::prelude::*;

    use super::{Date, Weekday};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// A date and the same date of jiff, which is the oracle.
    fn both() -> impl Strategy<Value = (Date, civil::Date)> {
        (Date::MIN.to_days()..=Date::MAX.to_days()).prop_map(|days| {
            let oracle = civil::date(1970, 1, 1).checked_add(days.days()).unwrap();
            (Date::from_days(days).unwrap(), oracle)
        })
    }

    fn ours(oracle: civil::Date) -> Option<Date> {
        Date::new(oracle.year(), oracle.month().cast_unsigned(), oracle.day().cast_unsigned())
    }

    proptest! {
        #[test]
        fn parts_agree_with_jiff((date, oracle) in both()) {
            prop_assert_eq!(date.to_string(), oracle.to_string());
            prop_assert_eq!(Date::parse(&oracle.to_string()), Some(date));
            prop_assert_eq!(ours(oracle), Some(date));
            prop_assert_eq!(date.days_in_month(), oracle.days_in_month().cast_unsigned());
            prop_assert_eq!(date.weekday() as i8, oracle.weekday().to_monday_zero_offset());
        }

        #[test]
        fn sums_agree_with_jiff((date, oracle) in both(), n in -40_000_i32..40_000) {
            let wanted = |span| oracle.checked_add(span).ok().filter(|d| d.year() >= 1).and_then(ours);
            let n64 = i64::from(n);
            prop_assert_eq!(date.add_days(n64), wanted(n.days()));
            prop_assert_eq!(date.add_months(n64), wanted(n.months()));
            prop_assert_eq!(date.add_years(n64 / 8), wanted((n / 8).years()));
        }

        #[test]
        fn any_parts_make_a_date_only_if_jiff_agrees(y in 1_i16..=9999, m in 0_u8..=14, d in 0_u8..=33) {
            let oracle = civil::Date::new(y, m.cast_signed(), d.cast_signed()).ok();
            prop_assert_eq!(Date::new(y, m, d).map(|d| d.to_string()), oracle.map(|d| d.to_string()));
        }

        #[test]
        fn parsing_is_the_inverse_of_printing(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}|.{0,12}") {
            if let Some(date) = Date::parse(&text) {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }

    #[test]
    fn every_day_of_1600_to_2400_follows_the_one_before() {
        let mut day = date("1600-01-01");
        while day < date("2400-12-31") {
            let next = day.tomorrow().unwrap();
            let expected = if day.day() < day.days_in_month() {
                Date::new(day.year(), day.month(), day.day() + 1)
            } else if day.month() < 12 {
                Date::new(day.year(), day.month() + 1, 1)
            } else {
                Date::new(day.year() + 1, 1, 1)
            };
            assert_eq!(Some(next), expected);
            assert_eq!(next.yesterday(), Some(day));
            day = next;
        }
    }

    #[test]
    fn only_strict_dates_are_read() {
        for text in
            ["2015-2-3", "2015-02-30", "0000-01-01", "2015/02/03", " 2015-02-03", "+015-02-03", "２０１５-02-03", ""]
        {
            assert_eq!(Date::parse(text), None, "{text:?}");
        }
        assert_eq!(date("2015-09-03").weekday(), Weekday::Thursday);
    }

    #[test]
    fn the_ends_are_ends() {
        assert_eq!((Date::MIN.to_string(), Date::MAX.to_string()), ("0001-01-01".into(), "9999-12-31".into()));
        assert_eq!((Date::MIN.yesterday(), Date::MAX.tomorrow()), (None, None));
        assert_eq!((Date::MIN.add_days(i64::MIN), Date::MAX.add_days(i64::MAX)), (None, None));
        assert_eq!((Date::MAX.add_months(i64::MAX), Date::MAX.add_years(i64::MIN)), (None, None));
        assert_eq!(Date::try_from(i32::MAX).ok(), None);
    }

    #[test]
    fn a_month_without_the_day_ends_on_its_last() {
        assert_eq!(date("2015-01-31").add_months(1), Some(date("2015-02-28")));
        assert_eq!(date("2016-03-31").add_months(-1), Some(date("2016-02-29")));
        assert_eq!(date("2016-02-29").add_years(1), Some(date("2017-02-28")));
    }
}

//! A calendar of 2004, 2014–2016, 2025 and 2026 after domain tables, and what it must answer.
//! The committed tables are tested where they are compiled.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::{Calendar, CalendarError, CalendarParts, CalendarYear, NamedDay, Notice};
use crate::{Date, DayKind, Due, WorkdayCount};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn on(text: &str) -> Due {
    Due::On(date(text))
}

fn not_before(text: &str, year: i16) -> Due {
    Due::NotBefore { date: date(text), year }
}

/// Days written as `MMDD`.
fn days(year: i16, text: &str) -> Vec<NamedDay> {
    let day = |text: &str| {
        let (month, day) = text.split_at(2);
        let date = Date::new(year, month.parse().unwrap(), day.parse().unwrap()).unwrap();
        NamedDay { date, name: String::from("假") }
    };
    text.split(' ').map(day).collect()
}

fn year(year: i16, off: &str, work: &str) -> CalendarYear {
    let notice = Notice { off: days(year, off), work: days(year, work), ..Notice::default() };
    CalendarYear { year, notices: vec![notice] }
}

fn parts() -> CalendarParts {
    CalendarParts {
        id: "cn".into(),
        name: "全国".into(),
        source: "表".into(),
        settled_until: date("2026-12-28"),
        years: vec![
            year(
                2004,
                "0101 0122 0123 0126 0127 0128 0503 0504 0505 0506 0507 1001 1004 1005 1006 1007",
                "0117 0118 0508 0509 1009 1010",
            ),
            year(
                2014,
                "0101 0131 0203 0204 0205 0206 0407 0501 0502 0602 0908 1001 1002 1003 1006 1007",
                "0126 0208 0504 0928 1011",
            ),
            year(
                2015,
                "0101 0102 0218 0219 0220 0223 0224 0406 0501 0622 0903 0904 1001 1002 1005 1006 1007",
                "0104 0215 0228 0906 1010",
            ),
            year(
                2016,
                "0101 0208 0209 0210 0211 0212 0404 0502 0609 0610 0915 0916 1003 1004 1005 1006 1007",
                "0206 0214 0612 0918 1008 1009",
            ),
            year(
                2025,
                "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
                "0126 0208 0427 0928 1011",
            ),
            year(
                2026,
                "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
                "0104 0214 0228 0509 0920 1010",
            ),
        ],
    }
}

fn calendar() -> Calendar {
    Calendar::new(parts()).unwrap()
}

#[test]
fn check_vectors() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2014-04-30"), 3), on("2014-05-06"));
    assert_eq!(cn.add_workdays(date("2015-02-17"), 1), on("2015-02-25"));
    let count = cn.count_workdays(date("2016-09-30"), date("2016-10-09"));
    assert_eq!(count, WorkdayCount::Exactly(2));
    assert_eq!(cn.add_workdays(date("2025-12-31"), 1), on("2026-01-04"));
    assert_eq!(cn.is_workday(date("2015-09-03")), Some(false));
    assert_eq!(cn.is_workday(date("2015-09-06")), Some(true));
}

#[test]
fn scenarios() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2014-09-26"), 5), on("2014-10-09"), "S01");
    assert_eq!(cn.add_workdays(date("2014-12-22"), 28), on("2015-01-30"), "S02");
    assert_eq!(cn.add_workdays(date("2015-09-01"), 5), on("2015-09-09"), "S04");
    assert_eq!(cn.add_workdays(date("2026-02-13"), 10), on("2026-03-05"), "S06");
    assert_eq!(cn.add_workdays(date("2014-04-28"), 5), on("2014-05-06"), "S08");
    let removed = cn.count_workdays(date("2014-10-20"), date("2014-10-31"));
    assert_eq!(removed, WorkdayCount::Exactly(9), "S14");
    assert_eq!(cn.add_workdays(date("2014-10-13"), 29), on("2014-11-21"), "S14");
}

#[test]
fn on_the_spot_is_the_day_itself_or_the_next_workday() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2015-09-02"), 0), on("2015-09-02"));
    assert_eq!(cn.add_workdays(date("2015-09-03"), 0), on("2015-09-06"), "a holiday");
    assert_eq!(cn.add_workdays(date("2015-09-06"), 0), on("2015-09-06"), "a Sunday that is worked");
    assert_eq!(cn.add_workdays(date("2015-11-07"), 0), on("2015-11-09"), "a Saturday");
}

#[test]
fn a_count_may_start_on_a_rest_day() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2014-10-03"), 1), on("2014-10-08"));
    assert_eq!(cn.add_workdays(date("2014-10-07"), 1), on("2014-10-08"));
    assert_eq!(cn.count_workdays(date("2014-10-03"), date("2014-10-08")), WorkdayCount::Exactly(1));
    assert_eq!(cn.count_workdays(date("2014-10-08"), date("2014-10-08")), WorkdayCount::Exactly(0));
    assert_eq!(cn.count_workdays(date("2014-10-08"), date("1990-01-01")), WorkdayCount::Exactly(0));
}

#[test]
fn calendar_days_months_and_years_roll_to_a_workday() {
    let cn = calendar();
    assert_eq!(cn.add_calendar_days(date("2015-08-04"), 30), on("2015-09-06"), "3 September 2015");
    assert_eq!(cn.add_calendar_days(date("2015-08-03"), 30), on("2015-09-02"));
    assert_eq!(cn.add_calendar_days(date("2015-11-07"), 0), on("2015-11-09"));
    assert_eq!(cn.add_months(date("2014-12-31"), 2), on("2015-02-28"), "a Saturday that is worked");
    assert_eq!(cn.add_months(date("2015-08-31"), 1), on("2015-09-30"), "no 31 September");
    assert_eq!(cn.add_months(date("2015-09-01"), 1), on("2015-10-08"), "National Day");
    assert_eq!(cn.add_years(date("2014-05-01"), 1), on("2015-05-04"));
}

#[test]
fn past_the_settled_days_there_is_a_lower_bound() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2026-12-25"), 1), on("2026-12-28"));
    assert_eq!(cn.add_workdays(date("2026-12-25"), 2), not_before("2026-12-29", 2027));
    assert_eq!(cn.add_workdays(date("2026-12-30"), 10), not_before("2027-01-09", 2027));
    assert_eq!(cn.add_workdays(date("2026-12-25"), 400), not_before("2028-01-31", 2028));
    assert_eq!(cn.add_workdays(date("2027-05-01"), 0), not_before("2027-05-01", 2027));
    assert_eq!(cn.add_calendar_days(date("2026-12-01"), 30), not_before("2026-12-31", 2027));
    assert_eq!(cn.add_months(date("2026-12-01"), 1), not_before("2027-01-01", 2027));
    assert_eq!(cn.kind(date("2026-12-29")), DayKind::Unsettled { year: 2027 });
    assert_eq!(cn.kind(date("2027-12-28")), DayKind::Unsettled { year: 2027 });
    assert_eq!(cn.kind(date("2027-12-29")), DayKind::Unsettled { year: 2028 });
    assert_eq!(cn.is_workday(date("2027-01-04")), None);
    let count = cn.count_workdays(date("2026-12-25"), date("2026-12-31"));
    assert_eq!(count, WorkdayCount::Between { least: 1, most: 4, year: 2027 });
    let count = cn.count_workdays(date("2027-01-10"), date("2027-01-12"));
    assert_eq!(count, WorkdayCount::Between { least: 0, most: 2, year: 2027 });
}

#[test]
fn a_year_without_a_notice_is_refused() {
    let cn = calendar();
    assert_eq!(cn.add_workdays(date("2005-03-01"), 3), Due::Missing { year: 2005 });
    assert_eq!(cn.add_workdays(date("2004-12-30"), 1), on("2004-12-31"));
    assert_eq!(cn.add_workdays(date("2004-12-30"), 5), Due::Missing { year: 2005 });
    assert_eq!(cn.add_workdays(date("2003-12-31"), 1), on("2004-01-02"));
    assert_eq!(cn.add_workdays(date("2003-12-30"), 1), Due::Missing { year: 2003 });
    assert_eq!(cn.add_calendar_days(date("2003-12-30"), 3), on("2004-01-02"), "the last day alone counts");
    assert_eq!(cn.kind(date("1999-01-01")), DayKind::Missing { year: 1999 });
    let count = cn.count_workdays(date("2004-12-30"), date("2014-01-02"));
    assert_eq!(count, WorkdayCount::Missing { year: 2005 });
    let count = cn.count_workdays(date("2016-12-30"), date("2027-01-02"));
    assert_eq!(count, WorkdayCount::Missing { year: 2017 });
}

#[test]
fn nothing_overflows() {
    let cn = calendar();
    let end = Due::NotBefore { date: Date::MAX, year: 10_000 };
    for start in [Date::MAX, date("2026-12-01")] {
        assert_eq!(cn.add_workdays(start, u32::MAX), end);
        assert_eq!(cn.add_calendar_days(start, u32::MAX), end);
        assert_eq!(cn.add_months(start, u32::MAX), end);
        assert_eq!(cn.add_years(start, u32::MAX), end);
    }
    assert_eq!(cn.add_workdays(Date::MAX, 0), end);
    assert_eq!(cn.count_workdays(Date::MIN, Date::MAX), WorkdayCount::Missing { year: 1 });
}

#[test]
fn the_years_used_are_those_that_decide_the_days() {
    let mut parts = parts();
    // 2018-12-29 was a workday by the notice for 2019; here the same for 2015.
    parts.years[2].notices[0].work.push(NamedDay { date: date("2014-12-27"), name: "元旦".into() });
    let cn = Calendar::new(parts).unwrap();
    let used =
        |after, until| -> Vec<i16> { cn.years_used(date(after), date(until)).iter().map(|year| year.year).collect() };
    assert_eq!(used("2014-12-29", "2015-01-30"), [2014, 2015]);
    assert_eq!(used("2014-12-22", "2014-12-26"), [2014]);
    assert_eq!(used("2014-12-22", "2014-12-29"), [2014, 2015], "27 December is named for 2015");
    assert_eq!(used("2014-12-31", "2015-01-04"), [2015], "the first day is not counted");
    assert_eq!(used("2014-12-31", "2014-12-31"), [2014]);
    assert_eq!(used("2005-01-01", "2005-02-01"), []);
}

#[test]
fn parts_that_make_no_calendar() {
    let refused = |change: &dyn Fn(&mut CalendarParts)| {
        let mut parts = parts();
        change(&mut parts);
        Calendar::new(parts).unwrap_err()
    };
    assert_eq!(refused(&|p| p.years.clear()), CalendarError::NoYear);
    assert_eq!(refused(&|p| p.years[0].year = 2017), CalendarError::DayOutsideYear(date("2004-01-01"), 2017));
    let replaces = |p: &mut CalendarParts| {
        let (published, replaces) = (Some(date("2014-05-13")), Some(date("2013-12-11")));
        p.years[1].notices.push(Notice { published, replaces, ..Notice::default() });
    };
    assert_eq!(refused(&replaces), CalendarError::NothingToReplace(2014, date("2013-12-11")));
    assert_eq!(refused(&|p| p.years.push(p.years[1].clone())), CalendarError::YearTwice(2014));
    assert_eq!(refused(&|p| p.years[5].notices.clear()), CalendarError::NoNotice(2026));
    let both = |p: &mut CalendarParts| {
        let holiday = p.years[1].notices[0].off[0].clone();
        p.years[1].notices[0].work.push(holiday);
    };
    assert_eq!(refused(&both), CalendarError::DayTwice(date("2014-01-01")));
    let late = date("2027-01-01");
    assert_eq!(refused(&|p| p.settled_until = late), CalendarError::SettledOutsideLastYear(late));
}

#[test]
fn order_does_not_matter_and_files_are_checked() {
    let mut turned = parts();
    turned.years.reverse();
    turned.years.iter_mut().for_each(|year| year.notices[0].off.reverse());
    assert_eq!(Calendar::new(turned).unwrap(), calendar());

    let bytes = crate::to_bytes(calendar().parts());
    assert_eq!(Calendar::new(crate::from_bytes(&bytes).unwrap()).unwrap(), calendar());
    assert_eq!(Calendar::served(crate::from_bytes(&bytes).unwrap()), calendar());
    let mut bad = parts();
    bad.years[0].notices.clear();
    let bytes = crate::to_bytes(&bad);
    assert!(Calendar::new(crate::from_bytes(&bytes).unwrap()).is_err());
}

/// Any notice for 2027: rest days and make-up days from 2026-12-29 to 2027-12-31.
fn next_notice() -> impl Strategy<Value = CalendarYear> {
    proptest::collection::btree_map(0_i64..368, any::<bool>(), 0..60).prop_map(|chosen| {
        let mut year = year(2027, "1231", "1230");
        let notice = &mut year.notices[0];
        notice.off.clear();
        notice.work.clear();
        for (offset, is_workday) in chosen {
            let date = date("2026-12-29").add_days(offset).unwrap();
            let list = if is_workday { &mut notice.work } else { &mut notice.off };
            list.push(NamedDay { date, name: "假".into() });
        }
        year
    })
}

proptest! {
    /// The bound holds whatever the next notice says, and what was settled stays.
    #[test]
    fn bounds_hold(notice in next_notice(), before in 0_i64..60, count in 0_u32..120) {
        let now = calendar();
        let mut parts = parts();
        parts.years.push(notice);
        parts.settled_until = date("2027-12-31");
        let later = Calendar::new(parts).unwrap();
        let start = date("2027-01-10").add_days(-before).unwrap();

        match (now.add_workdays(start, count), later.add_workdays(start, count)) {
            (Due::NotBefore { date: bound, .. }, Due::On(day)) => prop_assert!(bound <= day),
            (first, second) => prop_assert_eq!(first, second),
        }
        let until = start.add_days(i64::from(count)).unwrap();
        match (now.count_workdays(start, until), later.count_workdays(start, until)) {
            (WorkdayCount::Between { least, most, .. }, WorkdayCount::Exactly(exact)) => {
                prop_assert!((least..=most).contains(&exact));
            }
            (first, second) => prop_assert_eq!(first, second),
        }
    }

    /// Adding and counting are inverse to each other.
    #[test]
    fn counting_back(days in 0_i64..700, count in 1_u32..60) {
        let cn = calendar();
        let start = date("2014-01-01").add_days(days).unwrap();
        let Due::On(day) = cn.add_workdays(start, count) else { panic!("2014 to 2016 are loaded") };
        prop_assert_eq!(cn.is_workday(day), Some(true));
        prop_assert_eq!(cn.count_workdays(start, day), WorkdayCount::Exactly(count));
        prop_assert_eq!(cn.count_workdays(start, day.yesterday().unwrap()), WorkdayCount::Exactly(count - 1));
    }
}

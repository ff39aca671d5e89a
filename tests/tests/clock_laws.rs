//! What must hold of any case clock, and its due dates beside a naive count from day to day.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use yichuang_engine::clock::{
    Approver, CaseClock, Deadline, Event, Issue, Kind, Lamp, Level, Reason, Signal, Term, Terms, Unit, Violation, What,
    clock,
};
use yichuang_engine::{Calendar, Date, Due, WorkdayCount};
use yichuang_tests::corpus::{calendar, repository};
use yichuang_tests::random::check;

const REASONS: [Reason; 4] = [Reason::Hearing, Reason::ExpertReview, Reason::SiteCheck, Reason::Testing];

/// The workdays of 2010 to 2026 by the table that was compiled independently, day by day.
struct Table {
    first: Date,
    is_workday: Vec<bool>,
}

impl Table {
    fn read() -> Self {
        let text = fs::read_to_string(repository().join("rules/src/notices/years.txt")).unwrap();
        let (first, last) = (date("2010-01-01"), date("2026-12-31"));
        let (mut off, mut work) = (BTreeSet::new(), BTreeSet::new());
        for row in text.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = row.split(" | ").collect();
            let days = |cell: &str| -> Vec<Date> {
                let day = |text: &str| date(&format!("{}-{}-{}", cells[0], &text[..2], &text[2..]));
                cell.split(' ').map(day).collect()
            };
            off.extend(days(cells[1]));
            work.extend(days(cells[2]));
        }
        let mut is_workday = Vec::new();
        let mut day = first;
        while day <= last {
            is_workday.push(work.contains(&day) || !day.weekday().is_weekend() && !off.contains(&day));
            day = day.tomorrow().unwrap();
        }
        Self { first, is_workday }
    }

    fn is_workday(&self, day: Date) -> bool {
        self.is_workday[usize::try_from(day.to_days() - self.first.to_days()).unwrap()]
    }
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn later(day: Date, days: i64) -> Date {
    day.add_days(days).unwrap()
}

/// A suspension by its reason, days from acceptance to its beginning, and its length.
#[derive(Clone, Debug)]
struct Stretch {
    reason: usize,
    from: i64,
    length: i64,
}

/// A case: day of acceptance by its number, period, suspensions, extension by day and workdays.
#[derive(Clone, Debug)]
struct Drawn {
    start: i64,
    days: u32,
    stretches: Vec<Stretch>,
    extension: Option<(i64, u32)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let stretch =
        (0_usize..4, 0_i64..60, 0_i64..40).prop_map(|(reason, from, length)| Stretch { reason, from, length });
    let stretches = proptest::collection::vec(stretch, 0..4);
    let extension = proptest::option::of((0_i64..70, 1_u32..=10));
    // The case ends well before the table does.
    (0_i64..5_700, 1_u32..=45, stretches, extension).prop_map(|(start, days, stretches, extension)| {
        let mut one_each: Vec<Stretch> = Vec::new();
        for stretch in stretches {
            if one_each.iter().all(|before| before.reason != stretch.reason) {
                one_each.push(stretch);
            }
        }
        Drawn { start, days, stretches: one_each, extension }
    })
}

impl Drawn {
    fn start(&self) -> Date {
        later(date("2010-01-01"), self.start)
    }

    fn terms(&self) -> Terms {
        let term = Term::workdays(self.days);
        Terms { statutory: term, promised: term, ..Terms::of(Kind::Promised) }
    }

    /// On one day beginnings stand before ends, and the extension behind both.
    fn events(&self) -> Vec<Event> {
        let start = self.start();
        let mut events = vec![Event { on: start, what: What::Received }, Event { on: start, what: What::Accepted }];
        for Stretch { reason, from, .. } in &self.stretches {
            let what = What::Suspended { reason: REASONS[*reason], in_writing: true, days: None };
            events.push(Event { on: later(start, *from), what });
        }
        for Stretch { reason, from, length } in &self.stretches {
            let what = What::Resumed { reason: Some(REASONS[*reason]) };
            events.push(Event { on: later(start, from + length), what });
        }
        events.extend(self.extension.map(|(day, days)| {
            let what = What::Extended { by: Approver::AgencyHead, days, reasons_given: true };
            Event { on: later(start, day), what }
        }));
        events
    }

    fn clock<'c>(&self, calendar: &'c Calendar) -> CaseClock<'c> {
        clock(&self.events(), &self.terms(), later(self.start(), 130), calendar)
    }

    /// The last day, by walking from day to day.
    fn naive(&self, table: &Table) -> Date {
        let start = self.start();
        let held = self.stretches.iter().filter(|one| REASONS[one.reason] != Reason::SiteCheck);
        let stops: Vec<(Date, Date)> =
            held.map(|one| (later(start, one.from), later(start, one.from + one.length))).collect();
        let mut days = self.days;
        if let Some((day, more)) = self.extension {
            // What was known on that day: a suspension that ends later has no end yet.
            let on = later(start, day);
            let known = stops.iter().filter(|(from, _)| *from <= on);
            let known: Vec<_> = known.map(|(from, to)| (*from, if *to > on { Date::MAX } else { *to })).collect();
            let in_time = walked(table, start, days, &known).is_none_or(|due| on <= due);
            days += if in_time { more } else { 0 };
        }
        walked(table, start, days, &stops).unwrap()
    }
}

/// Counts workdays one by one, leaving out those on which the clock stands still; if it stands
/// still from the last day on, the workdays until it runs again carry that along. `None` if it
/// never does.
fn walked(table: &Table, start: Date, days: u32, stops: &[(Date, Date)]) -> Option<Date> {
    let stands = |day: Date| stops.iter().any(|(from, to)| *from < day && day <= *to);
    let (mut day, mut counted) = (start, 0);
    while counted < days {
        day = later(day, 1);
        if day.to_days() - start.to_days() > 400 {
            return None;
        }
        counted += u32::from(table.is_workday(day) && !stands(day));
    }
    let mut due = day;
    while stands(later(day, 1)) {
        day = later(day, 1);
        if day.to_days() - start.to_days() > 400 {
            return None;
        }
        if table.is_workday(day) {
            due = day;
        }
    }
    Some(due)
}

/// Two ways of computing a due date, on a hundred thousand cases.
#[test]
fn due_dates_are_those_of_a_naive_count() {
    let (calendar, table) = (calendar().value, Table::read());
    check(100_000, &drawn(), |case| {
        let clock = case.clock(&calendar);
        let expected = Deadline::Due(Due::On(case.naive(&table)));
        prop_assert!(
            clock.deadlines.statutory == expected,
            "{} {case:?}: {:?}, expected {expected:?}",
            case.start(),
            clock.deadlines.statutory
        );
        Ok(())
    });
}

#[test]
fn adding_workdays_and_counting_them_gives_the_number_back() {
    let calendar = calendar().value;
    check(2_000, &(0_i64..6_000, 1_u32..120), |(offset, days)| {
        let start = later(date("2007-01-01"), offset);
        let Due::On(due) = calendar.add_workdays(start, days) else { panic!("2007 to 2024 are loaded") };
        prop_assert_eq!(calendar.is_workday(due), Some(true));
        prop_assert_eq!(calendar.count_workdays(start, due), WorkdayCount::Exactly(days));
        prop_assert_eq!(calendar.count_workdays(start, due.yesterday().unwrap()), WorkdayCount::Exactly(days - 1));
        Ok(())
    });
}

#[test]
fn a_suspension_never_makes_a_due_date_earlier() {
    let calendar = calendar().value;
    let unit = prop_oneof![Just(Unit::Workdays), Just(Unit::CalendarDays), Just(Unit::Months)];
    check(3_000, &(drawn(), unit), |(case, unit)| {
        let mut terms = case.terms();
        terms.statutory = Term { count: if unit == Unit::Months { case.days % 4 } else { case.days }, unit };
        let day = later(case.start(), 130);
        let due = |case: &Drawn| clock(&case.events(), &terms, day, &calendar).deadlines.statutory.day();
        for left_out in 0..case.stretches.len() {
            let mut fewer = case.clone();
            fewer.stretches.remove(left_out);
            // An extension may be in time only because of the suspension, never the other way round.
            prop_assert!(due(&fewer) <= due(&case), "{case:?} without {left_out}");
        }
        Ok(())
    });
}

fn any_event() -> impl Strategy<Value = Event> {
    let what = prop_oneof![
        Just(What::Received),
        Just(What::NotRequired),
        Just(What::NotCompetent),
        Just(What::CorrectedOnSpot),
        any::<bool>().prop_map(|from_correction| What::Notified { correct_by: None, from_correction }),
        any::<bool>().prop_map(|complete| What::Corrected { complete }),
        Just(What::Accepted),
        Just(What::Accepted),
        Just(What::AcceptedTolerantly),
        any::<bool>().prop_map(|complete| What::Supplemented { complete }),
        (0_i64..3_000_000).prop_map(|days| What::SupplementPostponed { until: Date::MIN.add_days(days).unwrap() }),
        (0_usize..4).prop_map(|step| What::StepDone { step }),
        (0_usize..4, any::<bool>(), proptest::option::of(any::<u32>()))
            .prop_map(|(reason, in_writing, days)| What::Suspended { reason: REASONS[reason], in_writing, days }),
        proptest::option::of(0_usize..4)
            .prop_map(|reason| What::Resumed { reason: reason.map(|place| REASONS[place]) }),
        (any::<bool>(), any::<u32>()).prop_map(|(head, days)| What::Extended {
            by: if head { Approver::AgencyHead } else { Approver::GovernmentHead },
            days: days % 17,
            reasons_given: head
        }),
        Just(What::Forwarded),
        any::<[bool; 2]>().prop_map(|[granted, reasons_given]| What::Decided { granted, reasons_given }),
        Just(What::Issued),
        Just(What::Served),
        Just(What::Returned),
        Just(What::Withdrawn),
        Just(What::Revoked),
        Just(What::Found(Violation::TiedFee)),
    ];
    (any_day(), what).prop_map(|(on, what)| Event { on, what })
}

/// Mostly in a year with notices, sometimes anywhere.
fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        8 => (0_i64..120).prop_map(|days| later(date("2015-01-05"), days)),
        1 => (0_i64..120).prop_map(|days| later(date("2026-11-05"), days)),
        1 => (Date::MIN.to_days()..=Date::MAX.to_days()).prop_map(|days| Date::from_days(days).unwrap()),
    ]
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let kind = prop_oneof![Just(Kind::Instant), Just(Kind::Promised), Just(Kind::Forwarded), Just(Kind::Joint)];
    let unit = || prop_oneof![Just(Unit::Workdays), Just(Unit::CalendarDays), Just(Unit::Months), Just(Unit::Years)];
    let count = || prop_oneof![9 => 0_u32..60, 1 => any::<u32>()];
    let term = move || (count(), unit()).prop_map(|(count, unit)| Term { count, unit });
    let steps = proptest::collection::vec(count(), 0..3);
    let years = proptest::option::of(any::<u32>());
    (kind, term(), term(), steps, years, proptest::option::of(any_day())).prop_map(
        |(kind, statutory, promised, steps, valid_years, renews)| Terms {
            statutory,
            promised,
            steps,
            valid_years,
            renews,
            promised_reasons: vec![Reason::SiteCheck],
            ..Terms::of(kind)
        },
    )
}

/// Any events whatever give a clock that contradicts itself nowhere.
#[test]
fn no_event_is_too_much() {
    let calendar = calendar().value;
    let events = proptest::collection::vec(any_event(), 0..14);
    check(6_000, &(events, any_terms(), any_day(), any::<prop::sample::Index>()), |(events, terms, day, pivot)| {
        let one = clock(&events, &terms, day, &calendar);
        consistent(&one, &events, day)?;
        // Days count, not the order in which events are written down.
        let mut turned = events.clone();
        turned.sort_by_key(|event| event.on);
        let turned = clock(&turned, &terms, day, &calendar);
        prop_assert_eq!((&one.deadlines, one.state, one.signal), (&turned.deadlines, turned.state, turned.signal));
        // What lies after the day has no effect.
        let until: Vec<Event> = events.iter().copied().filter(|event| event.on <= day).collect();
        let until = clock(&until, &terms, day, &calendar);
        prop_assert_eq!((&one.deadlines, one.state, one.breach), (&until.deadlines, until.state, until.breach));
        // What is reported as impossible has no effect either.
        let impossible = |place: &usize| {
            let hits = |remark: &&yichuang_engine::clock::Remark| remark.event == Some(*place);
            one.remarks.iter().filter(hits).any(|remark| remark.issue.level() == Level::Impossible)
        };
        let possible: Vec<Event> =
            (0..events.len()).filter(|place| !impossible(place)).map(|place| events[place]).collect();
        let possible = clock(&possible, &terms, day, &calendar);
        prop_assert_eq!(
            (one.state, &one.deadlines, one.breach),
            (possible.state, &possible.deadlines, possible.breach)
        );
        // It can be asked for any day.
        if !events.is_empty() {
            let other = events[pivot.index(events.len())].on;
            consistent(&clock(&events, &terms, other, &calendar), &events, other)?;
        }
        Ok(())
    });
}

fn consistent(clock: &CaseClock<'_>, events: &[Event], day: Date) -> Result<(), TestCaseError> {
    for remark in &clock.remarks {
        prop_assert!(remark.event.is_none_or(|place| place < events.len()));
    }
    let later = events.iter().filter(|event| event.on > day).count();
    let not_yet = clock.remarks.iter().filter(|remark| remark.issue == Issue::NotYet).count();
    prop_assert_eq!(later, not_yet);
    let Signal { lamp, remaining, overdue_days } = clock.signal;
    prop_assert_eq!(overdue_days.is_some(), matches!(lamp, Lamp::Red | Lamp::DoneLate));
    prop_assert!(remaining.is_some() || !matches!(lamp, Lamp::Green | Lamp::Yellow));
    if clock.accepted_on.is_none() {
        prop_assert!(matches!(clock.deadlines.promised, Deadline::Waiting));
        prop_assert!(matches!(lamp, Lamp::None | Lamp::Unknown));
    }
    let is_returned = events.iter().any(|event| event.what == What::Returned);
    prop_assert!(!clock.next.is_empty() || is_returned);
    Ok(())
}

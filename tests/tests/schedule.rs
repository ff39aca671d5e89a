//! Joint plans: the worked cases of roads and land, and what must hold of any plan.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "what cannot be read fails the test")]

use proptest::prelude::*;
use yichuang_engine::schedule::{
    Cap, Change, Guest, JointSurvey, Mode, Opinion, PlanError, Schedule, Task, compare, joint_survey, schedule,
    serial_order,
};
use yichuang_engine::{Date, Due};
use yichuang_tests::corpus::calendar;
use yichuang_tests::random::check;

/// Name, department, workdays, what it needs.
type Row = (&'static str, u16, u32, &'static str);

const ROAD: &[Row] = &[
    ("R1", 0, 5, ""),
    ("R2", 1, 10, "R1"),
    ("R3", 2, 5, "R1"),
    ("R4", 3, 15, "R1"),
    ("R5", 0, 10, "R2 R3"),
    ("R6", 1, 10, "R2 R3"),
    ("R7", 1, 5, "R5 R6"),
    ("R8", 4, 10, "R5 R6"),
    ("R9", 2, 10, "R7 R8"),
    ("R10", 1, 10, "R7 R8"),
    ("R11", 4, 5, "R9 R10"),
    ("R12", 4, 5, "R11 R4"),
];

/// Land by allocation; the second list is by grant.
const ALLOCATION: &[Row] = &[
    ("L01", 2, 5, "L02 L04"),
    ("L02", 1, 7, ""),
    ("L03", 0, 3, ""),
    ("L04", 2, 5, ""),
    ("L05", 2, 3, "L04"),
    ("L06", 2, 3, "L04"),
    ("L07", 3, 10, "L03"),
    ("L08", 2, 10, "L01 L03 L05 L06"),
    ("L09", 2, 7, "L08"),
    ("L10", 1, 5, "L01 L02 L03"),
    ("L11", 2, 5, "L09 L10"),
    ("L12", 2, 3, "L10 L11"),
    ("L13", 2, 7, "L12"),
];

fn tasks(rows: &[Row]) -> Vec<Task> {
    let place = |name: &str| rows.iter().position(|row| row.0 == name).unwrap();
    let task = |(_, department, days, after): &Row| Task {
        department: *department,
        days: *days,
        applies: true,
        after: after.split_whitespace().map(place).collect(),
        ..Task::default()
    };
    rows.iter().map(task).collect()
}

fn path(rows: &[Row], schedule: &Schedule) -> String {
    let together = |tasks: &Vec<usize>| tasks.iter().map(|task| rows[*task].0).collect::<Vec<_>>().join("|");
    schedule.critical.iter().map(together).collect::<Vec<_>>().join(" ")
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn finish(schedule: &Schedule) -> Vec<u32> {
    schedule.spans.iter().map(|span| span.unwrap().finish).collect()
}

#[test]
fn s42_road_in_joint_mode() {
    let (calendar, mut road) = (calendar().value, tasks(ROAD));
    // One survey for the site opinion, the land and the environment; it takes no days of its own.
    for task in [1, 2, 3] {
        road[task].survey = Some((0, 0));
    }
    let plan = schedule(&road).unwrap();
    assert_eq!(finish(&plan), [5, 15, 10, 20, 25, 25, 30, 35, 45, 45, 50, 55]);
    assert_eq!((plan.serial_days, plan.joint_days, plan.saved_days, plan.cap()), (100, 55, 45, Cap::NeedsApproval));
    assert_eq!(path(ROAD, &plan), "R1 R2 R5|R6 R8 R9|R10 R11 R12");
    let slack: Vec<u32> = plan.spans.iter().map(|span| span.unwrap().slack()).collect();
    assert_eq!(slack, [0, 0, 5, 30, 0, 0, 5, 0, 0, 0, 0, 0]);
    let dates = [
        "2014-03-10",
        "2014-03-24",
        "2014-03-17",
        "2014-03-31",
        "2014-04-08",
        "2014-04-08",
        "2014-04-15",
        "2014-04-22",
        "2014-05-07",
        "2014-05-07",
        "2014-05-14",
        "2014-05-21",
    ];
    for (task, expected) in dates.iter().enumerate() {
        let (on, _) = plan.dates(task, date("2014-03-03"), &calendar).unwrap();
        assert_eq!(on, Due::On(date(expected)), "{}", ROAD[task].0);
    }
    let serial = compare(&road, &[Change::AllModes(Mode::Serial)]).unwrap();
    assert_eq!((serial.difference, serial.after.saved_days), (45, 0));
    let (last, _) = serial.after.dates(11, date("2014-03-03"), &calendar).unwrap();
    assert_eq!(last, Due::On(date("2014-07-24")));
    assert_eq!(serial.after.cap(), Cap::Exceeded);
    let survey = &plan.surveys[0];
    assert_eq!((survey.tasks.as_slice(), survey.span.start, survey.span.finish), ([1, 2, 3].as_slice(), 5, 5));
}

#[test]
fn s42_what_if() {
    let road = tasks(ROAD);
    // A report instead of a form: 30 days, still beside the rest.
    let report = compare(&road, &[Change::Days { task: 3, days: 30 }]).unwrap();
    assert_eq!((report.difference, report.after.serial_days, report.after.saved_days), (0, 115, 60));
    assert_eq!(report.moved.iter().map(|moved| moved.task).collect::<Vec<_>>(), [3]);
    let longer = compare(&road, &[Change::Days { task: 3, days: 50 }]).unwrap();
    assert_eq!((longer.difference, path(ROAD, &longer.after)), (5, "R1 R4 R12".to_owned()));
    let waits = compare(&road, &[Change::Mode { task: 3, mode: Mode::Serial }]).unwrap();
    assert_eq!(waits.after.spans[3].unwrap().start, 10, "behind R3");
    let register = compare(&road, &[Change::Applies { task: 3, applies: false }]).unwrap();
    assert_eq!((register.after.spans[3], register.after.serial_days, register.difference), (None, 85, 0));
    let gone = compare(&road, &[Change::Applies { task: 7, applies: false }]).unwrap();
    assert_eq!((gone.difference, gone.after.spans[8].unwrap().start), (-5, 30), "R9 follows what R8 needed");
    let nowhere = compare(&road, &[Change::Days { task: 99, days: 1 }]).unwrap();
    assert_eq!((nowhere.difference, nowhere.moved.len()), (0, 0));
}

#[test]
fn s42_lanes() {
    let road = tasks(ROAD);
    let lanes = schedule(&road).unwrap().lanes(&road);
    let planning = &lanes[1];
    assert_eq!((planning.department, planning.rows, planning.busy_days), (1, 1, 35));
    assert_eq!(planning.tasks, [(1, 0), (5, 0), (6, 0), (9, 0)]);
    let mut land = tasks(ALLOCATION);
    land[4].days = 4;
    let lanes = schedule(&land).unwrap().lanes(&land);
    let bureau = lanes.iter().find(|lane| lane.department == 2).unwrap();
    assert_eq!((bureau.rows, &bureau.tasks[..4]), (3, [(3, 0), (4, 0), (5, 1), (0, 2)].as_slice()));
    assert_eq!(bureau.busy_days, 44, "from 0 to 44 without a day off");
}

#[test]
fn s44_land_by_allocation() {
    let (calendar, land) = (calendar().value, tasks(ALLOCATION));
    let plan = schedule(&land).unwrap();
    assert_eq!((plan.joint_days, plan.serial_days, plan.saved_days, plan.cap()), (44, 73, 29, Cap::Within));
    assert_eq!(path(ALLOCATION, &plan), "L02 L01 L08 L09 L11 L12 L13");
    assert_eq!(plan.dates(12, date("2015-03-02"), &calendar).unwrap().0, Due::On(date("2015-05-05")));
    let permit = plan.spans[9].unwrap();
    assert_eq!((permit.finish, permit.slack(), permit.latest_finish), (17, 12, 29));
    assert_eq!(plan.spans[10].unwrap().start, 29, "L11 behind L10");
    let environment = plan.spans[6].unwrap();
    assert_eq!(environment.finish, 13);
    assert!(environment.slack() > 0);
    let order: Vec<&str> = serial_order(&land).unwrap().into_iter().map(|task| ALLOCATION[task].0).collect();
    assert_eq!(order[..4], ["L02", "L04", "L01", "L03"], "as listed, but what is needed first");
    let serial = compare(&land, &[Change::AllModes(Mode::Serial)]).unwrap().after;
    let last = serial.spans.iter().map(|span| span.unwrap().finish).max().unwrap();
    assert_eq!(calendar.add_workdays(date("2015-03-02"), last), Due::On(date("2015-06-15")));
}

#[test]
fn s46_joint_survey() {
    let calendar = calendar().value;
    let guest = |department, came, opinion: Option<&str>| Guest { department, came, opinion_on: opinion.map(date) };
    let survey = JointSurvey {
        requested_on: date("2015-04-20"),
        held_on: Some(date("2015-04-23")),
        survey_days: 3,
        opinion_days: 2,
        guests: vec![guest(0, true, Some("2015-04-27")), guest(1, true, Some("2015-04-28")), guest(2, false, None)],
    };
    let on = |day: &str| joint_survey(&survey, date(day), &calendar);
    let late = on("2015-04-28");
    assert_eq!((late.survey_due, late.is_late), (Due::On(date("2015-04-23")), Some(false)));
    assert_eq!(late.opinion_due, Some(Due::On(date("2015-04-27"))));
    let opinions: Vec<_> = late.invited.iter().map(|one| (one.opinion, one.absent)).collect();
    assert_eq!(opinions, [(Opinion::Given, false), (Opinion::DeemedAgreed, false), (Opinion::DeemedAgreed, true)]);
    let before: Vec<_> = on("2015-04-24").invited.iter().map(|one| one.opinion).collect();
    assert_eq!(before, [Opinion::Awaited; 3]);
    let asked = on("2015-04-22");
    assert_eq!((asked.opinion_due, asked.is_late, asked.invited[2].absent), (None, Some(false), false));
    let never = joint_survey(&JointSurvey { held_on: None, ..survey }, date("2015-04-24"), &calendar);
    assert_eq!(never.is_late, Some(true));
}

/// Own surveys of 3, 2 and 4 days become one of 4.
#[test]
fn a_merged_survey_is_held_once() {
    let rows: &[Row] = &[("a", 0, 5, ""), ("b", 1, 8, "a"), ("c", 2, 6, "a"), ("d", 3, 9, ""), ("e", 0, 1, "b c d")];
    let mut plan = tasks(rows);
    let alone = schedule(&plan).unwrap();
    for (task, own) in [(1, 3), (2, 2), (3, 4)] {
        plan[task].survey = Some((7, own));
    }
    let merged = schedule(&plan).unwrap();
    assert_eq!((alone.joint_days, merged.joint_days, merged.serial_days), (14, 15, 29));
    let survey = &merged.surveys[0];
    assert_eq!((survey.survey, survey.span.start, survey.span.finish), (7, 5, 9));
    assert_eq!(finish(&merged), [5, 14, 13, 14, 15]);
    // Who is left alone surveys by itself.
    plan[1].mode = Mode::Serial;
    plan[2].applies = false;
    let single = schedule(&plan).unwrap();
    assert_eq!((single.surveys.len(), single.spans[3].unwrap().finish), (0, 9));
}

#[test]
fn circles_are_shown() {
    let circle = |rows: &[Row]| schedule(&tasks(rows)).unwrap_err();
    let rows: &[Row] = &[("a", 0, 1, "b"), ("b", 0, 1, "c"), ("c", 0, 1, "d"), ("d", 0, 1, "b")];
    assert_eq!(circle(rows), PlanError::Circle(vec![1, 2, 3]));
    assert_eq!(circle(rows).to_string(), "tasks need each other in a circle: 1 2 3 1");
    assert_eq!(circle(&[("a", 0, 1, "a")]), PlanError::Circle(vec![0]));
    let mut plan = tasks(&[("a", 0, 1, ""), ("b", 0, 1, "a")]);
    plan.iter_mut().for_each(|task| task.survey = Some((0, 1)));
    assert_eq!(schedule(&plan), Err(PlanError::Circle(vec![0, 1])), "one survey for what waits for each other");
    plan[1].after = vec![9];
    assert_eq!(schedule(&plan), Err(PlanError::NoSuchTask { task: 1, needs: 9 }));
    assert_eq!(schedule(&[]).unwrap().joint_days, 0);
    let long: Vec<Task> = (0..100_000_usize)
        .map(|task| Task {
            days: u32::MAX,
            applies: true,
            after: (task + 1 < 100_000).then_some(task + 1).into_iter().collect(),
            ..Task::default()
        })
        .collect();
    assert_eq!(schedule(&long).unwrap().joint_days, u32::MAX);
}

/// Tasks that need only tasks with a smaller number in a random order of the list.
fn any_plan() -> impl Strategy<Value = Vec<Task>> {
    let task = (
        0_u16..4,
        0_u32..30,
        any::<bool>(),
        0..10_u8,
        proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
        0_u16..8,
        0_u32..5,
    );
    (proptest::collection::vec(task, 1..25))
        .prop_flat_map(|drawn| {
            let places: Vec<usize> = (0..drawn.len()).collect();
            (Just(drawn), Just(places).prop_shuffle())
        })
        .prop_map(|(drawn, places)| {
            let mut tasks = vec![Task::default(); drawn.len()];
            for (rank, (department, days, serial, applies, needs, survey, own)) in drawn.into_iter().enumerate() {
                let after =
                    if rank == 0 { Vec::new() } else { needs.iter().map(|need| places[need.index(rank)]).collect() };
                let mode = if serial { Mode::Serial } else { Mode::Joint };
                let survey = (survey < 2).then_some((survey, own.min(days)));
                tasks[places[rank]] = Task { department, days, mode, applies: applies > 0, after, survey };
            }
            tasks
        })
}

#[test]
fn laws_of_plans() {
    check(4_000, &any_plan(), |tasks| {
        let plan = match schedule(&tasks) {
            Ok(plan) => plan,
            // Only a survey of tasks that wait for each other is a circle here.
            Err(error) => {
                prop_assert!(tasks.iter().filter(|task| task.survey.is_some()).count() > 1, "{error}");
                return Ok(());
            }
        };
        prop_assert!(plan.joint_days <= plan.serial_days, "never longer than one after the other");
        prop_assert_eq!(plan.saved_days, plan.serial_days - plan.joint_days);
        for (task, span) in tasks.iter().zip(&plan.spans) {
            let Some(span) = span else { continue };
            prop_assert!(span.finish <= span.latest_finish && span.start <= span.latest_start);
            prop_assert!(span.latest_finish <= plan.joint_days);
            let own = task.survey.map_or(0, |(_, own)| own);
            let takes = span.finish - span.start;
            prop_assert!(takes == task.days || takes + own == task.days && task.mode == Mode::Joint);
            for need in task.after.iter().filter_map(|need| plan.spans[*need]) {
                prop_assert!(need.finish <= span.start);
            }
        }
        let path: Vec<usize> = plan.critical.iter().flatten().copied().collect();
        prop_assert_eq!(path.len(), plan.spans.iter().flatten().filter(|span| span.slack() == 0).count());
        let mut end = 0;
        for lane in plan.lanes(&tasks) {
            for (place, (task, row)) in lane.tasks.iter().enumerate() {
                let span = plan.spans[*task].unwrap();
                end = end.max(span.finish);
                prop_assert!(*row < lane.rows);
                for (other, other_row) in &lane.tasks[..place] {
                    let other = plan.spans[*other].unwrap();
                    let is_apart = other.finish <= span.start || span.finish <= other.start;
                    prop_assert!(row != other_row || is_apart);
                }
            }
        }
        prop_assert_eq!(end, plan.spans.iter().flatten().map(|span| span.finish).max().unwrap_or(0));
        let serial: Vec<Task> = tasks.iter().map(|task| Task { mode: Mode::Serial, ..task.clone() }).collect();
        prop_assert_eq!(schedule(&serial).unwrap().joint_days, plan.serial_days);
        Ok(())
    });
}

/// Without surveys, as long as the longest way through the plan found by trying all of them.
#[test]
fn the_plan_is_its_longest_way() {
    fn longest(tasks: &[Task], task: usize) -> u32 {
        let days = if tasks[task].applies { tasks[task].days } else { 0 };
        days + tasks[task].after.iter().map(|need| longest(tasks, *need)).max().unwrap_or(0)
    }
    check(1_000, &any_plan(), |mut tasks| {
        for task in &mut tasks {
            (task.mode, task.survey) = (Mode::Joint, None);
            task.after.truncate(2);
        }
        let plan = schedule(&tasks).unwrap();
        for task in 0..tasks.len() {
            let expected = longest(&tasks, task);
            prop_assert_eq!(plan.spans[task].map_or(expected, |span| span.finish), expected);
        }
        Ok(())
    });
}

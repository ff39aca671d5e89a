//! Joint plans 联审联办: steps of several departments as a graph with durations, one after the
//! other or beside each other (行政许可法第二十六条第二款; C15).
//!
//! ```text
//! [Task] ──schedule──▶ Schedule: earliest and latest days, slack, critical path, days saved
//! ```
//!
//! A day is an offset in workdays from the start, which is day 0: a task that starts at 5 and
//! takes 10 is worked on from the 6th to the 15th workday. [`Schedule::dates`] puts them on a
//! calendar.

mod order;
mod survey;
mod what_if;

use alloc::vec;
use alloc::vec::Vec;

use crate::sorted::sort_pairs;
use crate::{Calendar, Date, Due};

pub use order::{PlanError, serial_order};
pub use survey::{Guest, Invited, JointSurvey, Opinion, Survey, joint_survey};
pub use what_if::{Change, Comparison, Moved, changed, compare};

/// How a task is handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// 串联: it begins when the task before it in the order of the plan has ended, whatever it needs.
    Serial,
    /// 并联: it begins when what it needs has ended.
    #[default]
    Joint,
}

/// A matter that a department handles, as a step of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// The department, by a number of the plan's own.
    pub department: u16,
    /// How many workdays it takes, its own survey included.
    pub days: u32,
    /// How it is handled.
    pub mode: Mode,
    /// It belongs to the plan; otherwise what comes after it follows what it would have needed.
    pub applies: bool,
    /// The tasks that end before it begins in joint handling, by their places.
    pub after: Vec<usize>,
    /// The joint survey 联合踏勘 that it takes part in, by a number of the plan's own, and how many
    /// of its days its own survey would take.
    pub survey: Option<(u16, u32)>,
}

/// When a task can and must be done, in workdays from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The earliest start.
    pub start: u32,
    /// The earliest finish.
    pub finish: u32,
    /// The latest start without a later end of the plan.
    pub latest_start: u32,
    /// The latest finish without a later end of the plan.
    pub latest_finish: u32,
}

impl Span {
    /// By how many workdays it may slip without a later end of the plan.
    #[must_use]
    pub const fn slack(self) -> u32 {
        self.latest_finish.saturating_sub(self.finish)
    }
}

/// A joint survey, as a task of its own before those that take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveySpan {
    /// Its number.
    pub survey: u16,
    /// Who takes part, by their places.
    pub tasks: Vec<usize>,
    /// When.
    pub span: Span,
}

/// What a plan is measured by (行政许可法第四十二条第二款).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// No more than 45 workdays.
    Within,
    /// `joint_cap_45`: more than 45, needs the approval of the government head (+15).
    NeedsApproval,
    /// `joint_cap_60`: more than 60, which no approval allows.
    Exceeded,
}

/// The tasks of one department, for a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The department.
    pub department: u16,
    /// Its tasks by their start, each with the row of the lane in which it overlaps no other.
    pub tasks: Vec<(usize, usize)>,
    /// How many rows there are.
    pub rows: usize,
    /// Workdays on which it works at something.
    pub busy_days: u32,
}

/// A plan with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// For each task; absent if it does not apply.
    pub spans: Vec<Option<Span>>,
    /// The joint surveys.
    pub surveys: Vec<SurveySpan>,
    /// All tasks that apply one after the other, each with its own survey: Σ durations.
    pub serial_days: u32,
    /// How long the plan takes: its critical path.
    pub joint_days: u32,
    /// Serial days less joint days.
    pub saved_days: u32,
    /// The tasks without slack, in the order of their starts; those that start together stand
    /// together: R1–R2–(R5|R6)–R8.
    pub critical: Vec<Vec<usize>>,
}

/// Schedules a plan.
///
/// # Errors
/// If tasks need each other in a circle, which is shown, or a task needs one that is not there.
pub fn schedule(tasks: &[Task]) -> Result<Schedule, PlanError> {
    let order = serial_order(tasks)?;
    let graph = Graph::new(tasks, &order)?;
    let mut spans = earliest(graph.order.iter().copied(), &graph.days, |node| graph.needs(node));
    let joint_days = spans.iter().map(|span| span.finish).max().unwrap_or(0);
    spans.iter_mut().for_each(|span| span.latest_finish = joint_days);
    for &node in graph.order.iter().rev() {
        let Some(span) = spans.get_mut(node) else { continue };
        span.latest_start = span.latest_finish.saturating_sub(graph.days_of(node));
        let latest = span.latest_start;
        for need in graph.needs(node) {
            if let Some(need) = spans.get_mut(need) {
                need.latest_finish = need.latest_finish.min(latest);
            }
        }
    }
    let serial = tasks.iter().filter(|task| task.applies).map(|task| task.days);
    let serial_days = serial.fold(0_u32, u32::saturating_add);
    let mut schedule = Schedule {
        spans: tasks.iter().zip(&spans).map(|(task, span)| task.applies.then_some(*span)).collect(),
        surveys: graph.surveys(&spans),
        serial_days,
        joint_days,
        saved_days: serial_days.saturating_sub(joint_days),
        critical: Vec::new(),
    };
    schedule.critical = schedule.critical_path();
    Ok(schedule)
}

/// The earliest start and finish of every node, which are met in an order that has each behind what
/// it needs. The steps of a decision are scheduled by it too.
pub(crate) fn earliest<N: IntoIterator<Item = usize>>(
    order: impl Iterator<Item = usize>,
    days: &[u32],
    needs: impl Fn(usize) -> N,
) -> Vec<Span> {
    let mut spans = vec![Span::default(); days.len()];
    for node in order {
        let finish = |need: usize| spans.get(need).map_or(0, |need: &Span| need.finish);
        let start = needs(node).into_iter().map(finish).max().unwrap_or(0);
        if let Some((span, days)) = spans.get_mut(node).zip(days.get(node)) {
            (span.start, span.finish) = (start, start.saturating_add(*days));
        }
    }
    spans
}

/// The members of a list in their order, each once.
fn distinct(list: &[usize]) -> Vec<usize> {
    let mut pairs: Vec<(u64, u64)> = list.iter().map(|member| (*member as u64, 0)).collect();
    sort_pairs(&mut pairs);
    pairs.dedup();
    pairs.into_iter().filter_map(|(member, _)| usize::try_from(member).ok()).collect()
}

/// The graph that is scheduled: the tasks, and behind them a node for each joint survey.
struct Graph {
    days: Vec<u32>,
    /// What each node needs, all nodes' lists one behind the other.
    needs: Vec<Vec<usize>>,
    /// Every node behind what it needs.
    order: Vec<usize>,
    /// The number of each survey node, with who takes part.
    surveys: Vec<(u16, Vec<usize>)>,
    tasks: usize,
}

impl Graph {
    fn new(tasks: &[Task], order: &[usize]) -> Result<Self, PlanError> {
        let mut needs: Vec<Vec<usize>> = tasks.iter().map(|task| task.after.clone()).collect();
        let mut days: Vec<u32> = tasks.iter().map(|task| if task.applies { task.days } else { 0 }).collect();
        let mut before: Option<usize> = None;
        for &task in order {
            let Some(needed) = needs.get_mut(task).filter(|_| tasks.get(task).is_some_and(|task| task.applies)) else {
                continue;
            };
            // A serial task also begins behind what stands before it in the order.
            let is_serial = tasks.get(task).is_some_and(|task| task.mode == Mode::Serial);
            needed.extend(before.filter(|_| is_serial));
            before = Some(task);
        }
        let surveys = order::joint_surveys(tasks);
        for (_, members) in &surveys {
            let node = needs.len();
            let mut wanted: Vec<usize> = Vec::new();
            let mut longest = 0;
            for member in members {
                let Some((own, needed)) = tasks.get(*member).and_then(|task| task.survey).zip(needs.get_mut(*member))
                else {
                    continue;
                };
                wanted.append(needed);
                needed.push(node);
                if let Some(days) = days.get_mut(*member) {
                    longest = longest.max(own.1.min(*days));
                    *days = days.saturating_sub(own.1);
                }
            }
            needs.push(distinct(&wanted));
            days.push(longest);
        }
        let order = order::sorted(&needs).map_err(|circle| order::of_tasks(circle, &surveys, tasks.len()))?;
        Ok(Self { days, needs, order, surveys, tasks: tasks.len() })
    }

    fn days_of(&self, node: usize) -> u32 {
        self.days.get(node).copied().unwrap_or(0)
    }

    fn needs(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.needs.get(node).into_iter().flatten().copied()
    }

    fn surveys(&self, spans: &[Span]) -> Vec<SurveySpan> {
        let spans = spans.get(self.tasks..).unwrap_or_default();
        let surveys = self.surveys.iter().zip(spans);
        surveys
            .map(|((survey, tasks), span)| SurveySpan { survey: *survey, tasks: tasks.clone(), span: *span })
            .collect()
    }
}

impl Schedule {
    /// The 45 days of joint handling (行政许可法第四十二条第二款).
    #[must_use]
    pub const fn cap(&self) -> Cap {
        match self.joint_days {
            0..=45 => Cap::Within,
            46..=60 => Cap::NeedsApproval,
            _ => Cap::Exceeded,
        }
    }

    /// The days of a task on a calendar, from the day on which the plan starts: its earliest
    /// finish, and its latest one.
    #[must_use]
    pub fn dates(&self, task: usize, start: Date, calendar: &Calendar) -> Option<(Due, Due)> {
        let span = (*self.spans.get(task)?)?;
        let on = |days| if days == 0 { Due::On(start) } else { calendar.add_workdays(start, days) };
        Some((on(span.finish), on(span.latest_finish)))
    }

    /// The tasks of each department.
    #[must_use]
    pub fn lanes(&self, tasks: &[Task]) -> Vec<Lane> {
        let mut order: Vec<(u64, u64)> = Vec::new();
        for (place, (task, span)) in tasks.iter().zip(&self.spans).enumerate() {
            let Some(span) = span else { continue };
            order.push((u64::from(task.department) << 32 | u64::from(span.start), place as u64));
        }
        sort_pairs(&mut order);
        let mut lanes: Vec<Lane> = Vec::new();
        let mut ends: Vec<u32> = Vec::new();
        let tasks = order.into_iter().filter_map(|(_, place)| {
            let place = usize::try_from(place).ok()?;
            Some((place, tasks.get(place)?.department, (*self.spans.get(place)?)?))
        });
        for (place, department, span) in tasks {
            if lanes.last().is_none_or(|lane| lane.department != department) {
                lanes.push(Lane { department, tasks: Vec::new(), rows: 0, busy_days: 0 });
                ends.clear();
            }
            let Some(lane) = lanes.last_mut() else { continue };
            // By their starts, so what is new is what lies behind everything before.
            let busy_until = ends.iter().max().copied().unwrap_or(0);
            lane.busy_days = lane.busy_days.saturating_add(span.finish.saturating_sub(span.start.max(busy_until)));
            let row = ends.iter().position(|end| *end <= span.start).unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(end) => *end = span.finish,
                None => ends.push(span.finish),
            }
            lane.tasks.push((place, row));
            lane.rows = ends.len();
        }
        lanes
    }

    fn critical_path(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<(u64, u64)> = Vec::new();
        for (task, span) in self.spans.iter().enumerate() {
            if let Some(span) = span.filter(|span| span.slack() == 0) {
                order.push((u64::from(span.start) << 32 | u64::from(span.finish), task as u64));
            }
        }
        sort_pairs(&mut order);
        let tasks = order.into_iter().filter_map(|(_, task)| {
            let task = usize::try_from(task).ok()?;
            Some((task, (*self.spans.get(task)?)?))
        });
        let mut path: Vec<(u32, Vec<usize>)> = Vec::new();
        for (task, span) in tasks {
            match path.last_mut() {
                Some((start, together)) if *start == span.start && span.finish > span.start => together.push(task),
                _ => path.push((span.start, [task].into())),
            }
        }
        path.into_iter().map(|(_, together)| together).collect()
    }
}

//! The order of a plan: every task behind what it needs, or the circle in which they need each
//! other.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::Task;

/// Why a plan cannot be scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// Tasks that need each other, by their places: each needs the next one, the last the first.
    Circle(Vec<usize>),
    /// A task needs one that is not there.
    NoSuchTask {
        /// The task.
        task: usize,
        /// What it needs.
        needs: usize,
    },
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Circle(tasks) => {
                write!(f, "tasks need each other in a circle:")?;
                tasks.iter().chain(tasks.first()).try_for_each(|task| write!(f, " {task}"))
            }
            Self::NoSuchTask { task, needs } => write!(f, "task {task} needs task {needs}, which is not there"),
        }
    }
}

impl core::error::Error for PlanError {}

/// The order in which tasks are handled one after the other: as they are listed, but what a task
/// needs before it.
///
/// # Errors
/// If they need each other in a circle, or one needs one that is not there.
pub fn serial_order(tasks: &[Task]) -> Result<Vec<usize>, PlanError> {
    for (place, task) in tasks.iter().enumerate() {
        if let Some(needs) = task.after.iter().find(|need| **need >= tasks.len()) {
            return Err(PlanError::NoSuchTask { task: place, needs: *needs });
        }
    }
    let needs: Vec<&[usize]> = tasks.iter().map(|task| task.after.as_slice()).collect();
    sorted(&needs).map_err(PlanError::Circle)
}

/// How far a node is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Every node behind what it needs, or a circle. The way down is kept in a list, so that long
/// chains need no deep stack.
pub(super) fn sorted<N: AsRef<[usize]>>(needs: &[N]) -> Result<Vec<usize>, Vec<usize>> {
    let mut marks = vec![Mark::New; needs.len()];
    let mut order = Vec::with_capacity(needs.len());
    let mut way: Vec<(usize, usize)> = Vec::new();
    for first in 0..needs.len() {
        if marks.get(first) == Some(&Mark::New) {
            way.push((first, 0));
            set(&mut marks, first, Mark::Open);
        }
        while let Some((node, next)) = way.last_mut() {
            let node = *node;
            let Some(&need) = needs.get(node).and_then(|needs| needs.as_ref().get(*next)) else {
                set(&mut marks, node, Mark::Done);
                order.push(node);
                way.pop();
                continue;
            };
            *next += 1;
            match marks.get(need) {
                Some(Mark::New) => {
                    set(&mut marks, need, Mark::Open);
                    way.push((need, 0));
                }
                Some(Mark::Open) => {
                    let circle = way.iter().map(|(node, _)| *node).skip_while(|node| *node != need);
                    return Err(circle.collect());
                }
                Some(Mark::Done) | None => {}
            }
        }
    }
    Ok(order)
}

fn set(marks: &mut [Mark], node: usize, mark: Mark) {
    if let Some(place) = marks.get_mut(node) {
        *place = mark;
    }
}

/// The joint surveys with who takes part: at least two tasks, since one alone surveys by itself.
pub(super) fn joint_surveys(tasks: &[Task]) -> Vec<(u16, Vec<usize>)> {
    let joint = tasks.iter().enumerate().filter(|(_, task)| task.applies && task.mode == super::Mode::Joint);
    let mut parts: Vec<(u64, u64)> =
        joint.filter_map(|(place, task)| task.survey.map(|(survey, _)| (survey.into(), place as u64))).collect();
    crate::sorted::sort_pairs(&mut parts);
    let mut surveys: Vec<(u16, Vec<usize>)> = Vec::new();
    for (survey, place) in parts {
        let (Ok(survey), Ok(place)) = (u16::try_from(survey), usize::try_from(place)) else { continue };
        match surveys.last_mut() {
            Some((before, members)) if *before == survey => members.push(place),
            _ => surveys.push((survey, [place].into())),
        }
    }
    surveys.retain(|(_, members)| members.len() > 1);
    surveys
}

/// A circle through surveys, told by the tasks alone.
pub(super) fn of_tasks(circle: Vec<usize>, surveys: &[(u16, Vec<usize>)], tasks: usize) -> PlanError {
    let mut told: Vec<usize> = circle.iter().copied().filter(|node| *node < tasks).collect();
    // Members that need each other: the circle has one of them and the survey.
    if told.len() < 2
        && let Some((_, members)) = circle.iter().find_map(|node| surveys.get(node.checked_sub(tasks)?))
    {
        told.extend(members.iter().filter(|member| !circle.contains(member)).take(1));
    }
    PlanError::Circle(told)
}

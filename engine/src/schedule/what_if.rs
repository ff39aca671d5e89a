//! What if: a plan with one thing changed, beside the plan as it is.

use alloc::vec::Vec;

use super::{Mode, PlanError, Schedule, Span, Task, schedule};

/// One thing changed in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A task takes this many workdays.
    Days {
        /// The task.
        task: usize,
        /// How many.
        days: u32,
    },
    /// A task is handled like this.
    Mode {
        /// The task.
        task: usize,
        /// How.
        mode: Mode,
    },
    /// All tasks are.
    AllModes(Mode),
    /// A task belongs to the plan or not.
    Applies {
        /// The task.
        task: usize,
        /// Whether it does.
        applies: bool,
    },
}

/// A task that lies otherwise after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The task.
    pub task: usize,
    /// Where it lay.
    pub before: Option<Span>,
    /// Where it lies.
    pub after: Option<Span>,
}

/// Two plans side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The plan as it is.
    pub before: Schedule,
    /// With the change.
    pub after: Schedule,
    /// By how many workdays the plan takes longer; less than 0 if it is shorter.
    pub difference: i64,
    /// The tasks that start or finish otherwise.
    pub moved: Vec<Moved>,
}

/// The tasks after some changes.
#[must_use]
pub fn changed(tasks: &[Task], changes: &[Change]) -> Vec<Task> {
    let mut changed = tasks.to_vec();
    for change in changes {
        match *change {
            Change::Days { task, days } => changed.get_mut(task).into_iter().for_each(|task| task.days = days),
            Change::Mode { task, mode } => changed.get_mut(task).into_iter().for_each(|task| task.mode = mode),
            Change::AllModes(mode) => changed.iter_mut().for_each(|task| task.mode = mode),
            Change::Applies { task, applies } => {
                changed.get_mut(task).into_iter().for_each(|task| task.applies = applies);
            }
        }
    }
    changed
}

/// Compares a plan with itself after some changes; a task that is not there changes nothing.
///
/// # Errors
/// As for [`schedule`].
pub fn compare(tasks: &[Task], changes: &[Change]) -> Result<Comparison, PlanError> {
    let (before, after) = (schedule(tasks)?, schedule(&changed(tasks, changes))?);
    let place = |span: &Option<Span>| span.map(|span| (span.start, span.finish));
    let pairs = before.spans.iter().zip(&after.spans).enumerate();
    let moved = pairs.filter(|(_, (before, after))| place(before) != place(after));
    let moved = moved.map(|(task, (before, after))| Moved { task, before: *before, after: *after }).collect();
    let difference = i64::from(after.joint_days) - i64::from(before.joint_days);
    Ok(Comparison { before, after, difference, moved })
}

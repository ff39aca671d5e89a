//! The joint plan 联办 of a decision: as soon as everything is known on which it hangs, its days.

use alloc::vec::Vec;

use super::Desk;
use crate::schedule::{Mode, PlanError, Span, Task, schedule};
use crate::search::Probe;
use crate::{
    Calendar, Date, Due, DueDate, JointDecision, JointPlan, Number, Operand, Scheduled, ScheduledStep, Slot, Value,
};

impl Desk<'_> {
    /// The plan, where the pack has one.
    pub(super) fn joint(&mut self) -> Option<JointDecision> {
        let plan = self.pack.joint.get()?;
        let days = self.quantity(plan.days);
        let (tasks, missing) = self.tasks(plan);
        self.count(&missing);
        let scheduled = tasks.and_then(|tasks| Scheduled::new(tasks, self.accepted_on, self.calendar).ok());
        Some(JointDecision { days, missing, scheduled })
    }

    /// The tasks, if all that is asked about them has one answer under every completion; otherwise
    /// the facts on which they hang.
    fn tasks(&mut self, plan: &JointPlan) -> (Option<Vec<Task>>, Vec<crate::FactId>) {
        let mut probe = Probe::default();
        probe.lits.extend(plan.serial);
        for step in &plan.steps {
            probe.lits.push(step.when);
            probe.lits.extend(step.after.iter().map(|(_, when)| *when));
            if let Operand::Value(value) = step.days {
                probe.values.push(value);
            }
        }
        let searched = self.search.observe(&probe);
        let (mut lits, mut numbers) = (searched.common.lits.iter().copied(), searched.common.numbers.iter());
        let mut known = || lits.next().flatten();
        let serial = match plan.serial {
            Some(_) => known(),
            None => Some(false),
        };
        let tasks: Option<Vec<Task>> = plan
            .steps
            .iter()
            .map(|step| {
                let applies = known()?;
                let after: Option<Vec<(u16, bool)>> =
                    step.after.iter().map(|(need, _)| Some((*need, known()?))).collect();
                let days = match &step.days {
                    Operand::Value(_) => match numbers.next()? {
                        Number::Known(days) => *days,
                        Number::Unknown | Number::CannotCompute(_) => return None,
                    },
                    other => self.number_of(other)?,
                };
                Some(Task {
                    department: step.department,
                    days: u32::try_from(days).ok()?,
                    mode: if serial? { Mode::Serial } else { Mode::Joint },
                    applies,
                    after: after?.into_iter().filter(|(_, holds)| *holds).map(|(need, _)| need.into()).collect(),
                    survey: step.survey.map(|(survey, days)| (survey, days.into())),
                })
            })
            .collect();
        (tasks, searched.missing)
    }

    fn number_of(&self, operand: &Operand) -> Option<i128> {
        match operand {
            Operand::Number(number) => Some(*number),
            Operand::Fact(fact) => match self.facts.get(*fact) {
                Slot::Known(Value::Number(number)) => Some(*number),
                _ => None,
            },
            Operand::Date(_) | Operand::Value(_) => None,
        }
    }
}

impl Scheduled {
    /// Schedules tasks from a day on.
    ///
    /// # Errors
    /// As for [`schedule`].
    pub fn new(tasks: Vec<Task>, from: Date, calendar: &Calendar) -> Result<Scheduled, PlanError> {
        let schedule = schedule(&tasks)?;
        // What takes no day is done at the start, even on a day that is no workday.
        let day = |days: u32| match days {
            0 => DueDate::Due(Due::On(from)),
            days => DueDate::Due(calendar.add_workdays(from, days)),
        };
        let step = |span: &Span| ScheduledStep {
            begins: day(span.start),
            due: day(span.finish),
            latest_due: day(span.latest_finish),
        };
        let steps = schedule.spans.iter().map(|span| span.as_ref().map(step)).collect();
        Ok(Scheduled { tasks, schedule, steps })
    }
}

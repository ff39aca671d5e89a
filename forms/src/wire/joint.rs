//! The joint plan 联办: steps with their days, the critical path, what is saved.

use alloc::vec::Vec;

use serde::{Serialize, Serializer};
use yichuang_engine::schedule::{Cap, Schedule, Span};
use yichuang_engine::{JointDecision, JointPlan, Planned, Scheduled, ScheduledStep};

use super::parts::{Bases, Due, Quantity};
use super::scribe::Scribe;

pub(super) fn is_absent(plan: &Planned<Joint<'_>>) -> bool {
    plan.get().is_none()
}

pub(super) fn present<S: Serializer>(plan: &Planned<Joint<'_>>, serializer: S) -> Result<S::Ok, S::Error> {
    plan.get().serialize(serializer)
}

#[derive(Debug, Serialize)]
pub(super) struct Joint<'a> {
    days: Quantity<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undetermined: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule: Option<Days<'a>>,
    basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
struct Days<'a> {
    mode: &'static str,
    serial_days: u32,
    joint_days: u32,
    saved_days: u32,
    cap: &'static str,
    critical: Vec<Vec<&'a str>>,
    steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    surveys: Vec<Survey<'a>>,
}

#[derive(Debug, Serialize)]
struct Step<'a> {
    id: &'a str,
    name: &'a str,
    department: &'a str,
    days: u32,
    after: Vec<&'a str>,
    start: u32,
    finish: u32,
    latest_finish: u32,
    slack: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Due<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_due: Option<Due<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
struct Survey<'a> {
    name: &'a str,
    steps: Vec<&'a str>,
    start: u32,
    finish: u32,
}

impl<'a> Scribe<'a> {
    #[inline(never)]
    pub(super) fn joint(self) -> Option<Joint<'a>> {
        let plan = self.pack.joint.get()?;
        let decided: &'a JointDecision = self.precheck.decision.joint.get()?;
        Some(Joint {
            days: self.quantity(&decided.days),
            undetermined: self.facts(&decided.missing),
            schedule: decided.scheduled.as_ref().map(|scheduled| self.joint_days(plan, scheduled)),
            basis: self.bases(&plan.basis),
        })
    }

    fn joint_days(self, plan: &'a JointPlan, scheduled: &'a Scheduled) -> Days<'a> {
        let schedule: &'a Schedule = &scheduled.schedule;
        let id = |place: &usize| plan.steps.get(*place).map(|step| step.id.as_str());
        let surveys = schedule.surveys.iter().map(|survey| Survey {
            name: plan.surveys.get(usize::from(survey.survey)).map_or("", |name| self.lang.pick(name)),
            steps: survey.tasks.iter().filter_map(id).collect(),
            start: survey.span.start,
            finish: survey.span.finish,
        });
        let spans = schedule.spans.iter().zip(&scheduled.steps).enumerate();
        let steps =
            spans.filter_map(|(place, (span, days))| self.joint_step(plan, scheduled, place, (*span)?, days.as_ref()?));
        Days {
            mode: if scheduled.is_serial() { "serial" } else { "joint" },
            serial_days: schedule.serial_days,
            joint_days: schedule.joint_days,
            saved_days: schedule.saved_days,
            cap: match schedule.cap() {
                Cap::Within => "within",
                Cap::NeedsApproval => "joint_cap_45",
                Cap::Exceeded => "joint_cap_60",
            },
            critical: schedule.critical.iter().map(|group| group.iter().filter_map(id).collect()).collect(),
            steps: steps.collect(),
            surveys: surveys.collect(),
        }
    }

    fn joint_step(
        self,
        plan: &'a JointPlan,
        scheduled: &'a Scheduled,
        place: usize,
        span: Span,
        days: &'a ScheduledStep,
    ) -> Option<Step<'a>> {
        let (step, task) = (plan.steps.get(place)?, scheduled.tasks.get(place)?);
        let needs = task.after.iter().filter_map(|need| plan.steps.get(*need));
        Some(Step {
            id: &step.id,
            name: self.lang.pick(&step.name),
            department: plan.departments.get(usize::from(step.department)).map_or("", |name| self.lang.pick(name)),
            days: task.days,
            after: needs.map(|need| need.id.as_str()).collect(),
            start: span.start,
            finish: span.finish,
            latest_finish: span.latest_finish,
            slack: span.slack(),
            due: self.due(&days.due, None),
            latest_due: self.due(&days.latest_due, None),
            note: self.lang.pick(&step.note),
            basis: self.bases(&step.basis),
        })
    }
}

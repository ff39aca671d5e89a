//! The joint plan 联办: who does what by when, what is saved, and what must not slip.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::schedule::{Cap, Change, Mode, Schedule, Span, compare};
use yichuang_engine::{Date, Due, DueDate, JointDecision, JointPlan, JointStep, Quantity, Scheduled, ScheduledStep};

use super::{BasisView, Desk};
use crate::phrase::{due_brief, joined, list, say, workdays};
use crate::rest_days::{Shade, shades};
use crate::words::cause_words;

/// No rest days are drawn on a plan of more days than these.
const MOST_DAYS: i32 = 800;

/// A joint plan in finished words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointView {
    /// `联办要 55 个工作日`, or on what that depends.
    pub headline: String,
    /// What it would take otherwise.
    pub compared: String,
    /// What the law says of a plan as long as this; empty where it is short enough.
    pub warning: String,
    /// The critical path in one sentence.
    pub critical: String,
    /// The departments with their steps.
    pub departments: Vec<DepartmentView>,
    /// The joint surveys.
    pub surveys: Vec<SurveyView>,
    /// The stretch of time that a picture shows, where all of its days are known.
    pub stretch: Option<Stretch>,
    /// Where the plan comes from.
    pub basis: Vec<BasisView>,
}

/// The days that a picture shows, the first and the last included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The day on which the plan starts.
    pub from: Date,
    /// The last day of the plan.
    pub to: Date,
    /// Rest days, and days that no notice has settled.
    pub(crate) shades: Vec<Shade>,
}

/// A department with its steps, in the order of their beginnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentView {
    /// Its name.
    pub name: String,
    /// What it does.
    pub steps: Vec<JointStepView>,
}

/// A step of a joint plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointStepView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `10 个工作日`.
    pub length: String,
    /// On which workday it begins, for the order of a list.
    pub start: u32,
    /// Its last day in words.
    pub due_words: String,
    /// Its last day, where it is settled.
    pub due: Option<String>,
    /// By how much it may slip; empty where it may not.
    pub slack: String,
    /// What it waits for; empty where that is nothing.
    pub after: String,
    /// A remark of the pack.
    pub note: String,
    /// Where its numbers come from, if it says so itself.
    pub basis: Vec<BasisView>,
    /// Its first and last day and the last day to which it may slip, where they are known.
    pub days: Option<(Date, Date, Date)>,
}

/// A joint survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyView {
    /// Its name.
    pub name: String,
    /// `现场踏勘：选址、勘测定界`.
    pub words: String,
    /// Its first and last day, where they are known.
    pub days: Option<(Date, Date)>,
}

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn joint(&self) -> Option<JointView> {
        let plan = self.pack().joint.get()?;
        let decided = self.decision().joint.get().filter(|_| !self.is_start())?;
        let scheduled = decided.scheduled.as_ref();
        let mut departments = scheduled.map(|scheduled| self.departments(plan, scheduled)).unwrap_or_default();
        departments.retain(|department| !department.steps.is_empty());
        let surveys = scheduled.map(|scheduled| self.surveys(plan, &scheduled.schedule)).unwrap_or_default();
        Some(JointView {
            headline: self.joint_headline(decided),
            compared: scheduled.map(|scheduled| self.compared(scheduled)).unwrap_or_default(),
            warning: scheduled.map(|scheduled| self.cap(scheduled.schedule.cap())).unwrap_or_default(),
            critical: scheduled.map(|scheduled| self.critical(plan, scheduled)).unwrap_or_default(),
            stretch: self.stretch(&departments),
            departments,
            surveys,
            basis: self.bases(&plan.basis),
        })
    }

    fn joint_headline(&self, decided: &JointDecision) -> String {
        let lang = self.lang;
        match &decided.days {
            Quantity::Known(days) => {
                let days = workdays(i64::try_from(*days).unwrap_or(i64::MAX), lang);
                say!(lang, "联办计划：{days}", "Joint plan: {days}")
            }
            Quantity::Open { missing, .. } => {
                let depends = self.depends(missing);
                say!(lang, "联办计划还定不下来，{depends}", "No joint plan yet. {depends}")
            }
            Quantity::CannotCompute(cause) => {
                let cause = cause_words(*cause, lang);
                say!(lang, "算不出联办计划：{cause}", "No joint plan can be computed: {cause}")
            }
        }
    }

    /// What the other way of handling would take.
    fn compared(&self, scheduled: &Scheduled) -> String {
        let (lang, schedule) = (self.lang, &scheduled.schedule);
        let serial = workdays(schedule.serial_days.into(), lang);
        if scheduled.is_serial() {
            let joint = compare(&scheduled.tasks, &[Change::AllModes(Mode::Joint)]).map(|both| both.after.joint_days);
            let joint = joint.unwrap_or(schedule.joint_days);
            let saved = schedule.serial_days.saturating_sub(joint);
            return say!(
                lang,
                "现在一个接一个办（串联）；改为并联只要 {joint} 个工作日，少等 {saved} 个。",
                "One step after the other; handled jointly it takes {joint} workdays, {saved} fewer.",
            );
        }
        match schedule.saved_days {
            0 => String::new(),
            saved => say!(
                lang,
                "一个接一个办要 {serial}，一起办少等 {saved} 个。",
                "One step after the other takes {serial}; together you wait {saved} fewer.",
            ),
        }
    }

    /// 行政许可法第四十二条第二款.
    fn cap(&self, cap: Cap) -> String {
        let lang = self.lang;
        match cap {
            Cap::Within => String::new(),
            Cap::NeedsApproval => lang
                .word(
                    "超过了四十五个工作日：统一办理、联合办理、集中办理的，四十五日内不能办结，要经本级人民政府负责人批准才可以延长，最多十五日，并要把理由告知申请人。",
                    "More than 45 workdays: joint handling may take longer only with the approval of the head of government, by 15 days at most, and the applicant is told why.",
                )
                .into(),
            Cap::Exceeded => lang
                .word(
                    "超过了六十个工作日：联合办理最多四十五日，批准了也只能再延长十五日。这个计划要改。",
                    "More than 60 workdays: joint handling takes 45 days at most, with approval 15 more. This plan must be changed.",
                )
                .into(),
        }
    }

    fn critical(&self, plan: &JointPlan, scheduled: &Scheduled) -> String {
        let lang = self.lang;
        let name = |place: &usize| plan.steps.get(*place).map(|step| self.text(&step.name));
        let groups: Vec<String> = scheduled
            .schedule
            .critical
            .iter()
            .map(|group| {
                let names: Vec<String> = group.iter().filter_map(name).collect();
                list(names.iter().map(String::as_str), lang)
            })
            .collect();
        if scheduled.is_serial() || groups.is_empty() {
            return String::new();
        }
        let path = joined(&groups, " → ");
        say!(
            lang,
            "关键路径：{path}。其中哪一个晚一天，整个计划就晚一天。",
            "Critical path: {path}. If one of these is a day late, so is the whole plan.",
        )
    }

    fn departments(&self, plan: &JointPlan, scheduled: &Scheduled) -> Vec<DepartmentView> {
        let lanes = scheduled.schedule.lanes(&scheduled.tasks);
        let lane = |lane: yichuang_engine::schedule::Lane| {
            let name = plan.departments.get(usize::from(lane.department)).map(|name| self.text(name));
            let steps = lane.tasks.iter().filter_map(|(place, _)| self.joint_step(plan, scheduled, *place));
            DepartmentView { name: name.unwrap_or_default(), steps: steps.collect() }
        };
        lanes.into_iter().map(lane).collect()
    }

    fn joint_step(&self, plan: &JointPlan, scheduled: &Scheduled, place: usize) -> Option<JointStepView> {
        let (lang, anchor) = (self.lang, self.decision().accepted_on);
        let (step, task): (&JointStep, _) = (plan.steps.get(place)?, scheduled.tasks.get(place)?);
        let span: Span = (*scheduled.schedule.spans.get(place)?)?;
        let on: &ScheduledStep = scheduled.steps.get(place)?.as_ref()?;
        let needs: Vec<String> =
            task.after.iter().filter_map(|need| plan.steps.get(*need)).map(|need| self.text(&need.name)).collect();
        let needs = list(needs.iter().map(String::as_str), lang);
        let latest = due_brief(&on.latest_due, anchor, lang);
        Some(JointStepView {
            id: step.id.clone(),
            name: self.text(&step.name),
            length: match task.days {
                0 => say!(lang, "当天", "same day"),
                days => workdays(days.into(), lang),
            },
            start: span.start,
            due_words: due_brief(&on.due, anchor, lang),
            due: day(&on.due).filter(|_| is_settled(&on.due)).map(|day| alloc::format!("{day}")),
            slack: match span.slack() {
                0 => String::new(),
                slack => {
                    let slack = workdays(slack.into(), lang);
                    say!(lang, "可以推迟 {slack}，最迟 {latest}", "may slip by {slack}, until {latest}")
                }
            },
            after: needs,
            note: self.text(&step.note),
            basis: self.bases(&step.basis),
            days: days(on, span.finish > span.start),
        })
    }

    fn surveys(&self, plan: &JointPlan, schedule: &Schedule) -> Vec<SurveyView> {
        let (lang, decision) = (self.lang, self.decision());
        let calendar = &self.precheck.calendar.value;
        let on = |days: u32| match days {
            0 => Some(decision.accepted_on),
            days => day(&DueDate::Due(calendar.add_workdays(decision.accepted_on, days))),
        };
        let survey = |survey: &yichuang_engine::schedule::SurveySpan| {
            let name = plan.surveys.get(usize::from(survey.survey)).map(|name| self.text(name)).unwrap_or_default();
            let steps: Vec<String> = survey
                .tasks
                .iter()
                .filter_map(|place| plan.steps.get(*place))
                .map(|step| self.text(&step.name))
                .collect();
            let steps = list(steps.iter().map(String::as_str), lang);
            let length = survey.span.finish.saturating_sub(survey.span.start);
            let days = on(survey.span.start).and_then(Date::tomorrow).zip(on(survey.span.finish));
            let words = match length {
                0 => say!(lang, "{name}：{steps}一起去", "{name}: {steps} together"),
                length => {
                    let length = workdays(length.into(), lang);
                    say!(lang, "{name}（{length}）：{steps}一起去", "{name} ({length}): {steps} together")
                }
            };
            // What takes no day of its own has no day in a picture.
            SurveyView { name, words, days: days.filter(|_| length > 0) }
        };
        schedule.surveys.iter().map(survey).collect()
    }

    /// The days of the picture, if every step has its days.
    fn stretch(&self, departments: &[DepartmentView]) -> Option<Stretch> {
        let steps = || departments.iter().flat_map(|department| &department.steps);
        let from = self.decision().accepted_on;
        if steps().any(|step| step.days.is_none()) {
            return None;
        }
        let to = steps().filter_map(|step| step.days).map(|(_, _, latest)| latest).max()?;
        let is_short = to.to_days() - from.to_days() <= MOST_DAYS;
        let calendar = &self.precheck.calendar.value;
        Some(Stretch { from, to, shades: if is_short { shades(from, to, calendar) } else { Vec::new() } })
    }
}

fn is_settled(due: &DueDate) -> bool {
    matches!(due, DueDate::Due(Due::On(_)))
}

/// The day, or the earliest that it can be.
fn day(due: &DueDate) -> Option<Date> {
    match *due {
        DueDate::Due(Due::On(date) | Due::NotBefore { date, .. }) => Some(date),
        DueDate::Due(Due::Missing { .. }) | DueDate::Undetermined => None,
    }
}

fn days(on: &ScheduledStep, takes_days: bool) -> Option<(Date, Date, Date)> {
    let begins = day(&on.begins)?;
    let first = if takes_days { begins.tomorrow()? } else { begins };
    let last = day(&on.due)?.max(first);
    Some((first, last, day(&on.latest_due)?.max(last)))
}

//! What a case can compare of a joint plan.

use yichuang_engine::schedule::{Cap, Span};
use yichuang_engine::{Decision, Pack, Scheduled, ScheduledStep};

use super::observe::{due, quantity};

/// The keys besides those that name a step.
pub(super) const KEYS: &[&str] = &[
    "joint.days",
    "joint.serial_days",
    "joint.saved_days",
    "joint.cap",
    "joint.critical",
    "joint.steps",
    "joint.surveys",
    "joint.undetermined",
];

/// The beginnings of keys that end with a step.
const OF_STEP: &[&str] =
    &["joint.start.", "joint.finish.", "joint.latest_finish.", "joint.slack.", "joint.due.", "joint.latest_due."];

pub(super) fn is_key(pack: &Pack, key: &str) -> bool {
    let Some(plan) = pack.joint.get() else { return false };
    let step = OF_STEP.iter().find_map(|start| key.strip_prefix(start));
    KEYS.contains(&key) || step.is_some_and(|id| plan.steps.iter().any(|step| step.id == id))
}

/// The words of a key; `None` for one that is not of a joint plan.
pub(super) fn observe(pack: &Pack, decision: &Decision, key: &str) -> Option<Vec<String>> {
    let plan = pack.joint.get().filter(|_| key.starts_with("joint."))?;
    let joint = decision.joint.get();
    let undetermined = || vec!["undetermined".to_owned()];
    match key {
        "joint.days" => return Some(vec![quantity(joint.map(|joint| &joint.days))]),
        "joint.undetermined" => {
            let facts = joint.map(|joint| joint.missing.as_slice()).unwrap_or_default();
            let names = facts.iter().filter_map(|fact| pack.facts.get(fact.index()));
            return Some(names.map(|fact| fact.id.clone()).collect());
        }
        _ => {}
    }
    let Some(scheduled) = joint.and_then(|joint| joint.scheduled.as_ref()) else { return Some(undetermined()) };
    let schedule = &scheduled.schedule;
    let id = |place: &usize| plan.steps.get(*place).map(|step| step.id.clone());
    let together = |group: &Vec<usize>| group.iter().filter_map(id).collect::<Vec<_>>().join("|");
    Some(match key {
        "joint.serial_days" => vec![schedule.serial_days.to_string()],
        "joint.saved_days" => vec![schedule.saved_days.to_string()],
        "joint.cap" => vec![
            match schedule.cap() {
                Cap::Within => "within",
                Cap::NeedsApproval => "joint_cap_45",
                Cap::Exceeded => "joint_cap_60",
            }
            .to_owned(),
        ],
        "joint.critical" => schedule.critical.iter().map(together).collect(),
        "joint.steps" => {
            let applying = schedule.spans.iter().enumerate().filter(|(_, span)| span.is_some());
            applying.filter_map(|(place, _)| id(&place)).collect()
        }
        "joint.surveys" => schedule.surveys.iter().map(|survey| together(&survey.tasks)).collect(),
        _ => {
            let (what, step) = key.strip_prefix("joint.")?.split_once('.')?;
            let place = plan.steps.iter().position(|known| known.id == step)?;
            vec![of_step(scheduled, place, what)]
        }
    })
}

fn of_step(scheduled: &Scheduled, place: usize, what: &str) -> String {
    let span = scheduled.schedule.spans.get(place).copied().flatten();
    let day = scheduled.steps.get(place).and_then(Option::as_ref);
    let days = |of: fn(&Span) -> u32| span.as_ref().map(|span| of(span).to_string());
    let on = |of: fn(&ScheduledStep) -> &yichuang_engine::DueDate| day.map(|day| due(of(day)));
    let words = match what {
        "start" => days(|span| span.start),
        "finish" => days(|span| span.finish),
        "latest_finish" => days(|span| span.latest_finish),
        "slack" => days(|span| span.slack()),
        "due" => on(|day| &day.due),
        "latest_due" => on(|day| &day.latest_due),
        _ => None,
    };
    words.unwrap_or_else(|| "none".to_owned())
}

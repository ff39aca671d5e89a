//! When it will be done: the promised period, what it saves, the steps.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Due, DueDate, Periods, Quantity, StepDecision};

use super::ask::iso;
use super::{BasisView, Desk};
use crate::phrase::{due_brief, due_words, near_day, say, workdays};
use crate::words::cause_words;

/// When it will be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatesView {
    /// `12 月 26 日前办好`, or why no day can be given.
    pub headline: String,
    /// `12 月 26 日前办好` for the bar of a phone; empty where no day can be given.
    pub short: String,
    /// The day itself, `2014-12-26`, where it is settled.
    pub due: Option<String>,
    /// `承诺 28 个工作日`.
    pub promise: String,
    /// From when it is counted.
    pub from: String,
    /// The promised period in workdays.
    pub promised_days: Option<i64>,
    /// The sum of the statutory periods.
    pub statutory_sum: Option<i64>,
    /// The workdays saved.
    pub saved_days: Option<i64>,
    /// The steps.
    pub steps: Vec<StepView>,
    /// Where promise and steps come from.
    pub basis: Vec<BasisView>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// Its name.
    pub name: String,
    /// Its workdays; 0 is the same day.
    pub days: i64,
    /// `5 个工作日`, `当天`.
    pub length: String,
    /// Its last day in words.
    pub due_words: String,
    /// Its last day, where it is settled.
    pub due: Option<String>,
}

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn dates(&self) -> Option<DatesView> {
        let periods = self.decision().periods.as_ref().filter(|_| !self.is_start())?;
        let day = due_words(&periods.promised_due, self.decision().accepted_on, self.lang);
        let (promise, plan) = (&self.pack().promise, &self.pack().plan);
        let mut basis = promise.as_ref().map(|promise| promise.basis.clone()).unwrap_or_default();
        basis.extend(plan.basis.iter().filter(|id| !basis.contains(id)).copied().collect::<Vec<_>>());
        let known = |quantity: &Quantity| match quantity {
            Quantity::Known(number) => i64::try_from(*number).ok(),
            Quantity::Open { .. } | Quantity::CannotCompute(_) => None,
        };
        let promised_days = known(&periods.promised_days);
        let promised = promised_days.map(|days| workdays(days, self.lang));
        Some(DatesView {
            headline: self.due_headline(periods, day.as_ref().map(|(words, _)| words.as_str())),
            short: self.due_short(periods),
            due: iso(day.and_then(|(_, date)| date)),
            promise: promised.map(|days| say!(self.lang, "承诺 {days}", "promised {days}")).unwrap_or_default(),
            from: self.counted_from(),
            promised_days,
            statutory_sum: known(&periods.statutory_sum),
            saved_days: known(&periods.saved_days).filter(|days| *days > 0),
            steps: self.decision().plan.iter().filter_map(|step| self.step(step)).collect(),
            basis: self.bases(&basis),
        })
    }

    /// `12 月 26 日前办好`, or why that cannot be said.
    fn due_headline(&self, periods: &Periods, day: Option<&str>) -> String {
        match (&periods.promised_due, day) {
            (DueDate::Due(Due::On(_)), Some(day)) => say!(self.lang, "{day}前办好", "Done by {day}"),
            (DueDate::Due(_), Some(words)) => words.into(),
            _ => match &periods.promised_days {
                Quantity::Open { missing, .. } => {
                    let depends = self.depends(missing);
                    say!(self.lang, "办好的日子还定不下来，{depends}", "No date yet. {depends}")
                }
                Quantity::CannotCompute(cause) => {
                    let cause = cause_words(*cause, self.lang);
                    say!(self.lang, "算不出办好的日子：{cause}", "No date can be computed: {cause}")
                }
                Quantity::Known(_) => say!(self.lang, "办好的日子还定不下来", "No date yet"),
            },
        }
    }

    /// The same in a few words, for the bar of a phone; empty where no day can be given.
    fn due_short(&self, periods: &Periods) -> String {
        let day = due_brief(&periods.promised_due, self.decision().accepted_on, self.lang);
        match &periods.promised_due {
            DueDate::Due(Due::On(_)) => say!(self.lang, "{day}前办好", "Done by {day}"),
            DueDate::Due(Due::NotBefore { .. }) => say!(self.lang, "{day}办好", "Done: {day}"),
            DueDate::Due(Due::Missing { .. }) | DueDate::Undetermined => String::new(),
        }
    }

    /// `从 11 月 18 日受理算起`; says so where the day is assumed.
    fn counted_from(&self) -> String {
        let decision = self.decision();
        let day = near_day(decision.accepted_on, decision.accepted_on, self.lang);
        match decision.assumed.contains(&self.pack().accepted_on) {
            true => say!(self.lang, "按 {day}当天受理计算", "counted as if accepted on {day}"),
            false => say!(self.lang, "从 {day}受理算起", "counted from acceptance on {day}"),
        }
    }

    fn step(&self, decided: &StepDecision) -> Option<StepView> {
        let step = self.pack().plan.steps.get(decided.step)?;
        let anchor = self.decision().accepted_on;
        let (_, date) = due_words(&decided.due, anchor, self.lang).unwrap_or_default();
        Some(StepView {
            name: self.text(&step.name),
            days: decided.days,
            length: match decided.days {
                0 => say!(self.lang, "当天", "same day"),
                days => workdays(days, self.lang),
            },
            due_words: due_brief(&decided.due, anchor, self.lang),
            due: iso(date),
        })
    }
}

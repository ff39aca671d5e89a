//! Periods, steps and tolerance: everything that has a due date.

use alloc::vec::Vec;

use yichuang_engine::{Cause, Due, DueDate, Periods, Quantity};

use super::decision as wire;
use super::names;
use super::parts::{self, Day, Undetermined};
use super::scribe::Scribe;

/// Whole numbers of JSON are exact in every client below 2⁵³.
const EXACT: u64 = 1 << 53;

impl<'a> Scribe<'a> {
    pub(super) fn periods(self, periods: &'a Periods) -> wire::Periods<'a> {
        let promised_due = self.due(&periods.promised_due, Some(&periods.promised_days));
        let promise = self.pack.promise.as_ref();
        wire::Periods {
            statutory_sum: self.quantity(&periods.statutory_sum),
            promised_days: self.quantity(&periods.promised_days),
            saved_days: self.quantity(&periods.saved_days),
            promised_due,
            notices: self.notices(&periods.promised_due),
            basis: promise.map(|promise| self.bases(&promise.basis)).unwrap_or_default(),
        }
    }

    pub(super) fn quantity(self, quantity: &Quantity) -> parts::Quantity<'a> {
        match quantity {
            Quantity::Known(number) => match i64::try_from(*number) {
                Ok(number) if number.unsigned_abs() < EXACT => parts::Quantity::Known(number),
                _ => parts::Quantity::Open(Undetermined::CannotCompute { cannot_compute: Cause::Overflow.code() }),
            },
            Quantity::Open { missing, exact } => parts::Quantity::Open(self.undetermined(missing, *exact)),
            Quantity::CannotCompute(cause) => {
                parts::Quantity::Open(Undetermined::CannotCompute { cannot_compute: cause.code() })
            }
        }
    }

    pub(super) fn undetermined(self, missing: &[yichuang_engine::FactId], exact: bool) -> Undetermined<'a> {
        Undetermined::Facts { undetermined: self.facts(missing), not_exact: !exact }
    }

    /// A date; an open one hangs on the number of `days`.
    pub(super) fn due(self, due: &DueDate, days: Option<&Quantity>) -> Option<parts::Due<'a>> {
        Some(match *due {
            DueDate::Due(Due::On(date)) => parts::Due::On { on: Day(date) },
            DueDate::Due(Due::NotBefore { date, year }) => {
                parts::Due::NotBefore { not_before: Day(date), until_notice_for: year }
            }
            DueDate::Due(Due::Missing { year }) => parts::Due::CalendarMissing { calendar_missing: year },
            DueDate::Undetermined => match days? {
                Quantity::Open { missing, exact } => parts::Due::Open(self.undetermined(missing, *exact)),
                Quantity::CannotCompute(cause) => {
                    parts::Due::Open(Undetermined::CannotCompute { cannot_compute: cause.code() })
                }
                Quantity::Known(_) => {
                    parts::Due::Open(Undetermined::CannotCompute { cannot_compute: Cause::Overflow.code() })
                }
            },
        })
    }

    /// The years of the notices that decide the days from acceptance to a date.
    fn notices(self, due: &DueDate) -> Vec<i16> {
        let (DueDate::Due(Due::On(until)) | DueDate::Due(Due::NotBefore { date: until, .. })) = *due else {
            return Vec::new();
        };
        let calendar = &self.precheck.calendar.value;
        calendar.years_used(self.precheck.decision.accepted_on, until).iter().map(|year| year.year).collect()
    }

    pub(super) fn steps(self) -> Vec<wire::Step<'a>> {
        let steps = self.precheck.decision.plan.iter();
        steps
            .filter_map(|decision| {
                let step = self.pack.plan.steps.get(decision.step)?;
                Some(wire::Step {
                    id: &step.id,
                    name: self.lang.pick(&step.name),
                    days: decision.days,
                    due: self.due(&decision.due, None),
                })
            })
            .collect()
    }

    pub(super) fn tolerance(self) -> wire::Tolerance<'a> {
        let (decision, pack) = (&self.precheck.decision.tolerance, self.pack.tolerance.as_ref());
        let reasons = [
            (decision.main_missing, "non_deferrable_missing"),
            (decision.too_many, "too_many_missing"),
            (decision.excluded, "credit_listed"),
        ];
        wire::Tolerance {
            status: names::tolerance(decision.status),
            reasons: reasons.into_iter().filter(|(applies, _)| *applies).map(|(_, reason)| reason).collect(),
            missing: self.facts(&decision.missing),
            limit: pack.map(|tolerance| tolerance.limit),
            supplement_due: self.due(&decision.supplement_due, None),
            basis: pack.map(|tolerance| self.bases(&tolerance.basis)).unwrap_or_default(),
        }
    }
}

//! What may legally happen next.

use alloc::vec::Vec;

use super::Walk;
use crate::clock::{Action, Deadline, Deadlines, Kind, Next, RenewBy, State, Supplement};
use crate::{Date, Due};

impl Walk<'_, '_> {
    pub(super) fn options(&self, state: State, deadlines: &Deadlines, day: Date) -> Vec<Next> {
        let mut next = self.all_options(state, deadlines, day);
        next.retain(|next| next.action != Action::GiveBack || !self.returned);
        next
    }

    fn all_options(&self, state: State, deadlines: &Deadlines, day: Date) -> Vec<Next> {
        let free = |action| Next { action, by: Deadline::None };
        match state {
            State::Draft => [free(Action::Receive)].into(),
            State::Submitted => self.at_window(deadlines.notice, day),
            State::CorrectionOpen => {
                let by = self.correct_by.map_or(Deadline::None, |by| Deadline::Due(Due::On(by)));
                [Next { action: Action::Correct, by }, free(Action::Withdraw)].into()
            }
            State::CorrectionClosed | State::Accepted | State::DeptProcessing | State::SpecialClosed => {
                self.in_progress(deadlines, day)
            }
            State::SpecialOpen => {
                let mut next: Vec<Next> = [Next { action: Action::Resume, by: deadlines.resume }].into();
                next.extend(self.supplementing(deadlines));
                next.extend(self.extending(deadlines, day));
                next.push(free(Action::Withdraw));
                next
            }
            State::Granted | State::GrantedTolerance | State::DeemedRenewed => self.with_licence(deadlines),
            State::NotAccepted | State::OutOfScope | State::Refused => {
                [free(Action::Serve), free(Action::GiveBack)].into()
            }
            State::Withdrawn | State::DeemedWithdrawn => [free(Action::GiveBack)].into(),
            State::Revoked => [free(Action::Serve)].into(),
        }
    }

    fn at_window(&self, by: Deadline, day: Date) -> Vec<Next> {
        let mut actions: Vec<Action> = [Action::DeclareNotRequired, Action::DeclareNotCompetent].into();
        if self.received == Some(day) {
            actions.push(Action::CorrectOnSpot);
        }
        actions.extend([Action::Notify, Action::Accept, Action::AcceptTolerantly]);
        let mut next: Vec<Next> = actions.into_iter().map(|action| Next { action, by }).collect();
        next.push(Next { action: Action::Withdraw, by: Deadline::None });
        next
    }

    fn in_progress(&self, deadlines: &Deadlines, day: Date) -> Vec<Next> {
        let mut next = Vec::new();
        if !self.acceptance_notified {
            next.push(Next { action: Action::Accept, by: Deadline::None });
        }
        next.extend(self.supplementing(deadlines));
        let open = deadlines.steps.iter().enumerate().filter(|(_, step)| step.done.is_none());
        next.extend(open.map(|(step, clock)| Next { action: Action::FinishStep(step), by: clock.due }));
        if self.terms.kind == Kind::Forwarded && self.forwarded.is_none() {
            next.push(Next { action: Action::Forward, by: deadlines.forward });
        }
        if deadlines.statutory.is_past(day) != Some(true) {
            next.push(Next { action: Action::Suspend, by: deadlines.statutory });
        }
        next.extend(self.extending(deadlines, day));
        if !self.is_supplement_open() {
            let by =
                if deadlines.promised.is_past(day) == Some(true) { deadlines.statutory } else { deadlines.promised };
            next.push(Next { action: Action::Decide, by });
        }
        next.push(Next { action: Action::Withdraw, by: Deadline::None });
        next
    }

    fn is_supplement_open(&self) -> bool {
        self.tolerated.is_some_and(|one| one.state == Supplement::Open)
    }

    fn supplementing(&self, deadlines: &Deadlines) -> Option<Next> {
        self.is_supplement_open().then_some(Next { action: Action::Supplement, by: deadlines.supplement })
    }

    fn extending(&self, deadlines: &Deadlines, day: Date) -> Option<Next> {
        let may = self.extension.is_none() && deadlines.statutory.is_past(day) != Some(true);
        may.then_some(Next { action: Action::Extend, by: deadlines.statutory })
    }

    fn with_licence(&self, deadlines: &Deadlines) -> Vec<Next> {
        let mut next = Vec::new();
        if self.issued.is_none() {
            next.push(Next { action: Action::Issue, by: deadlines.certificate });
        }
        next.push(Next { action: Action::Serve, by: deadlines.certificate });
        if let Some(renewal) = deadlines.renewal.filter(|_| self.terms.valid_years.is_some() && self.decided.is_some())
        {
            let by = match renewal {
                RenewBy::On(date) => Deadline::Due(Due::On(date)),
                RenewBy::NotAfter { .. } => Deadline::Waiting,
                RenewBy::Missing { year } => Deadline::Due(Due::Missing { year }),
            };
            next.push(Next { action: Action::Renew, by });
        }
        next.push(Next { action: Action::Revoke, by: Deadline::None });
        next
    }
}

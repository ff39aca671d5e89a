//! What each event does to a case, or why it cannot have happened.

use crate::Date;
use crate::clock::{
    Acceptance, Approver, Deadline, Document, Event, Issue, Kind, Reason, Remark, State, Supplement, Violation, What,
};

use super::{Extension, Suspension, Tolerated, Walk};

impl Walk<'_, '_> {
    pub(super) fn apply(&mut self, place: usize, event: &Event) -> Result<(), Issue> {
        let on = event.on;
        match event.what {
            What::Received => self.receive(on),
            What::NotRequired => self.turn_away(place, on, Acceptance::NotRequired, State::NotAccepted),
            What::NotCompetent => self.turn_away(place, on, Acceptance::NotCompetent, State::OutOfScope),
            What::CorrectedOnSpot => self.correct_on_spot(place, on),
            What::Notified { correct_by, from_correction } => self.notify(place, correct_by, from_correction),
            What::Corrected { complete } => self.correct(place, on, complete),
            What::Accepted => self.accept(place, on),
            What::AcceptedTolerantly => self.tolerate(place, on),
            What::Supplemented { complete } => self.supplement(on, complete),
            What::SupplementPostponed { until } => self.postpone(until),
            What::StepDone { step } => self.finish_step(place, on, step),
            What::Suspended { reason, in_writing, days } => {
                self.suspend(place, Suspension { reason, from: on, to: None, days }, in_writing)
            }
            What::Resumed { reason } => self.resume(place, on, reason),
            What::Extended { by, days, reasons_given } => self.extend(place, on, by, days, reasons_given),
            What::Forwarded => self.forward(place, on),
            What::Decided { granted, reasons_given } => self.decide(place, on, granted, reasons_given),
            What::Issued => self.issue(place, on),
            What::Served => {
                let is_served = |(_, document): &(usize, Document)| *document != Document::Application;
                if self.documents.iter().any(is_served) { Ok(()) } else { Err(Issue::NothingToServe) }
            }
            What::Returned => self.give_back(),
            What::Withdrawn => {
                self.has_not_ended()?;
                if self.received.is_none() && self.accepted_on.is_none() {
                    self.remark(Some(place), Issue::BeforeReceipt);
                }
                self.end(on, State::Withdrawn);
                Ok(())
            }
            What::Revoked => {
                self.is_granted()?;
                self.end(on, State::Revoked);
                Ok(())
            }
            // Whatever the case is at.
            What::Found(violation) => {
                self.remark(
                    Some(place),
                    match violation {
                        Violation::TiedFee => Issue::TiedFee,
                        Violation::UnlawfulFee => Issue::UnlawfulFee,
                        Violation::OffWindow => Issue::OffWindow,
                        Violation::OffListItem => Issue::OffListItem,
                    },
                );
                Ok(())
            }
        }
    }

    fn receive(&mut self, on: Date) -> Result<(), Issue> {
        if self.received.is_some() {
            return Err(Issue::DoubleIntake);
        }
        self.has_not_ended()?;
        if self.accepted_on.is_some() {
            return Err(Issue::AfterAcceptance);
        }
        self.received = Some(on);
        Ok(())
    }

    fn turn_away(&mut self, place: usize, on: Date, acceptance: Acceptance, state: State) -> Result<(), Issue> {
        self.at_the_window(place)?;
        self.acceptance = Some(acceptance);
        self.correction_open = false;
        self.end(on, state);
        Ok(())
    }

    fn correct_on_spot(&mut self, place: usize, on: Date) -> Result<(), Issue> {
        self.at_the_window(place)?;
        if self.received.is_some_and(|received| received != on) {
            return Err(Issue::NotOnTheSpot);
        }
        self.start(on, Acceptance::CorrectedOnSpot);
        self.acceptance_notified = true;
        Ok(())
    }

    fn notify(&mut self, place: usize, correct_by: Option<Date>, from_correction: bool) -> Result<(), Issue> {
        if self.acceptance == Some(Acceptance::DeemedAccepted) && self.ended.is_none() && self.decided.is_none() {
            // One remark says both that it is late and what follows.
            self.remarks.retain(|remark| remark.issue != Issue::NoNotice);
            return Err(Issue::LateNotice);
        }
        if self.notified_once && self.accepted_on.is_some() && self.has_not_ended().is_ok() {
            return Err(Issue::SecondCorrectionNotice);
        }
        self.at_the_window(place)?;
        if self.notified_once && !from_correction {
            self.remark(Some(place), Issue::SecondCorrectionNotice);
        }
        self.notified_once = true;
        self.correction_open = true;
        self.correct_by = correct_by;
        self.acceptance = Some(Acceptance::CorrectionNotice);
        Ok(())
    }

    /// 按照要求提交全部补正申请材料的, 应当受理 (行政许可法第三十二条第一款第五项).
    fn correct(&mut self, place: usize, on: Date, complete: bool) -> Result<(), Issue> {
        self.at_the_window(place)?;
        if !self.notified_once {
            self.remark(Some(place), Issue::NothingNotified);
        }
        if complete {
            self.start(on, Acceptance::Accepted);
        }
        Ok(())
    }

    fn accept(&mut self, place: usize, on: Date) -> Result<(), Issue> {
        self.has_not_ended()?;
        match self.accepted_on {
            Some(_) if self.acceptance_notified => return Err(Issue::AlreadyAccepted),
            Some(accepted) if accepted < on => self.remark(Some(place), Issue::AcceptedLater),
            Some(_) => {}
            None => {
                self.at_the_window(place)?;
                self.start(on, Acceptance::Accepted);
            }
        }
        self.acceptance_notified = true;
        Ok(())
    }

    fn tolerate(&mut self, place: usize, on: Date) -> Result<(), Issue> {
        self.at_the_window(place)?;
        self.start(on, Acceptance::Accepted);
        self.acceptance_notified = true;
        self.tolerated = Some(Tolerated { due: self.supplement_due(), state: Supplement::Open });
        Ok(())
    }

    fn start(&mut self, on: Date, acceptance: Acceptance) {
        self.acceptance = Some(acceptance);
        self.accepted_on = Some(on);
        self.correction_open = false;
    }

    fn open_tolerance(&mut self) -> Result<&mut Tolerated, Issue> {
        self.has_not_ended()?;
        self.tolerated.as_mut().filter(|one| one.state == Supplement::Open).ok_or(Issue::NoTolerance)
    }

    fn supplement(&mut self, on: Date, complete: bool) -> Result<(), Issue> {
        let tolerated = self.open_tolerance()?;
        if complete {
            tolerated.state = Supplement::Completed(on);
        }
        Ok(())
    }

    fn postpone(&mut self, until: Date) -> Result<(), Issue> {
        let tolerated = self.open_tolerance()?;
        if tolerated.due.is_past(until) == Some(true) {
            tolerated.due = Deadline::Due(crate::Due::On(until));
        }
        Ok(())
    }

    fn finish_step(&mut self, place: usize, on: Date, step: usize) -> Result<(), Issue> {
        self.is_running()?;
        let due = self.step_due(step);
        match self.steps_done.get_mut(step) {
            None => return Err(Issue::UnknownStep),
            Some(Some(_)) => return Err(Issue::StepDoneTwice),
            Some(done) => *done = Some(on),
        }
        if due.is_past(on) == Some(true) {
            self.remarks.push(Remark { event: Some(place), issue: Issue::StepLate, step: Some(step) });
        }
        Ok(())
    }

    fn suspend(&mut self, place: usize, suspension: Suspension, in_writing: bool) -> Result<(), Issue> {
        self.is_running()?;
        let Suspension { reason, from, .. } = suspension;
        if self.suspensions.iter().any(|one| one.reason == reason && one.to.is_none()) {
            return Err(Issue::AlreadySuspended);
        }
        if !self.stops_promised(reason) {
            self.remark(Some(place), Issue::SuspensionReasonNotAllowed);
        } else {
            let due = if self.stops_statutory(reason) { self.statutory() } else { self.promised() };
            if due.is_past(from) == Some(true) {
                self.remark(Some(place), Issue::SuspendedAfterDue);
            }
            if !in_writing {
                self.remark(Some(place), Issue::SuspensionNotInWriting);
            }
        }
        self.suspensions.push(suspension);
        Ok(())
    }

    fn resume(&mut self, place: usize, on: Date, reason: Option<Reason>) -> Result<(), Issue> {
        let is_ending = |one: &Suspension| one.to.is_none() && reason.is_none_or(|reason| reason == one.reason);
        if !self.suspensions.iter().any(is_ending) {
            return Err(Issue::NotSuspended);
        }
        let calendar = self.calendar;
        let mut overrun = false;
        for one in self.suspensions.iter_mut().filter(|one| is_ending(one)) {
            one.to = Some(on);
            let planned = one.days.map(|days| Deadline::Due(calendar.add_workdays(one.from, days)));
            overrun |= planned.is_some_and(|planned| planned.is_past(on) == Some(true));
        }
        if overrun {
            self.remark(Some(place), Issue::SuspensionOverrun);
        }
        self.just_resumed = true;
        Ok(())
    }

    /// Once, in time, at the right level, by no more than the law allows (C9).
    fn extend(&mut self, place: usize, on: Date, by: Approver, days: u32, reasons_given: bool) -> Result<(), Issue> {
        self.is_running()?;
        let approver = if self.terms.kind == Kind::Joint { Approver::GovernmentHead } else { Approver::AgencyHead };
        if self.extension.is_some() {
            return Err(Issue::SecondExtension);
        }
        if by != approver {
            return Err(Issue::WrongApprover);
        }
        if days > self.terms.extension_days {
            return Err(Issue::ExtensionTooLong);
        }
        if self.statutory().is_past(on) == Some(true) {
            return Err(Issue::LateExtension);
        }
        if !reasons_given {
            self.remark(Some(place), Issue::ExtensionReasonsNotGiven);
        }
        // A promise that is broken already is not mended.
        let promised = if self.promised().is_past(on) == Some(true) { 0 } else { days };
        self.extension = Some(Extension { statutory: days, promised });
        Ok(())
    }

    fn forward(&mut self, place: usize, on: Date) -> Result<(), Issue> {
        self.is_running()?;
        if self.terms.kind != Kind::Forwarded || self.forwarded.is_some() {
            return Err(Issue::NotForwardable);
        }
        if self.forward_due().is_past(on) == Some(true) {
            self.remark(Some(place), Issue::LateForward);
        }
        self.forwarded = Some(on);
        Ok(())
    }

    fn decide(&mut self, place: usize, on: Date, granted: bool, reasons_given: bool) -> Result<(), Issue> {
        self.has_not_ended()?;
        match self.accepted_on {
            Some(_) => {}
            // 能够当场作出决定的, 当场作出 (行政许可法第三十四条第二款): acceptance is part of it.
            None if self.terms.kind == Kind::Instant && self.received == Some(on) => {
                self.start(on, Acceptance::Accepted);
            }
            None => self.remark(Some(place), Issue::DecidedBeforeAcceptance),
        }
        if self.tolerated.is_some_and(|one| one.state == Supplement::Open) {
            self.remark(Some(place), Issue::DecidedBeforeSupplement);
        }
        let is_stopped = |walk: &Self, one: &Suspension| one.to.is_none() && walk.stops_promised(one.reason);
        if self.suspensions.iter().any(|one| is_stopped(self, one)) {
            self.remark(Some(place), Issue::DecidedWhileSuspended);
        }
        self.suspensions.iter_mut().filter(|one| one.to.is_none()).for_each(|one| one.to = Some(on));
        if !granted && !reasons_given {
            self.remark(Some(place), Issue::NoReasonRefusal);
        }
        self.correction_open = false;
        self.decided = Some((on, granted));
        Ok(())
    }

    /// Granted or deemed renewed, and not revoked.
    fn is_granted(&self) -> Result<(), Issue> {
        match (self.ended, self.decided) {
            (Some((_, State::DeemedRenewed)), _) | (None, Some((_, true))) => Ok(()),
            (Some((_, State::Revoked)), _) => Err(Issue::AfterEnd),
            _ => Err(Issue::NotGranted),
        }
    }

    fn issue(&mut self, place: usize, on: Date) -> Result<(), Issue> {
        self.is_granted()?;
        if self.issued.is_some() {
            return Err(Issue::AlreadyIssued);
        }
        if self.certificate_due().is_past(on) == Some(true) {
            self.remark(Some(place), Issue::LateCertificate);
        }
        self.issued = Some(on);
        Ok(())
    }

    fn give_back(&mut self) -> Result<(), Issue> {
        let has_result = matches!(
            (self.ended, self.decided),
            (Some((_, State::Revoked | State::DeemedRenewed)), _) | (None, None | Some((_, true)))
        );
        if has_result || self.returned {
            return Err(Issue::NothingToReturn);
        }
        self.returned = true;
        Ok(())
    }
}

//! Where the case stands after its events.

use alloc::vec::Vec;

use super::Walk;
use crate::clock::deadline::Stops;
use crate::clock::lamp::{Watch, breach, whole};
use crate::clock::{
    Breach, CaseClock, Deadline, Deadlines, Issue, Kind, Lamp, Remark, RenewBy, Signal, State, StepClock, Supplement,
    Term, last_of, renew_by, valid_until,
};
use crate::{Date, Due, NoticeRef, WorkdayCount};

impl<'c> Walk<'_, 'c> {
    pub(in crate::clock) fn finish(mut self, day: Date) -> CaseClock<'c> {
        self.time_passes(day);
        let statutory_stops = self.stops(Self::stops_statutory);
        let extension = self.extension.unwrap_or_default();
        let run_out = |term, extra, stops: &Stops| match self.counter() {
            Some(counter) => counter.run_out(term, extra, stops),
            None => (Deadline::Waiting, None),
        };
        let (statutory, removed) = run_out(self.terms.statutory, extension.statutory, &statutory_stops);
        let (promised, added) = run_out(self.terms.promised, extension.promised, &self.stops(Self::stops_promised));
        let total = whole(self.terms.promised, extension.promised, added);
        let watch = Watch {
            calendar: self.calendar,
            day,
            yellow: self.terms.yellow_when_remaining_le,
            counted: self.accepted_on.zip(total),
        };
        let steps = self.steps(watch);
        let deadlines = self.deadlines(promised, statutory, steps);
        let signal = match self.runs_until() {
            // Blue as long as anything stands still, even behind a promise that is broken.
            Some(None) if matches!(statutory, Deadline::Paused { .. }) => Signal::only(Lamp::Paused),
            Some(done) => watch.signal(promised, done),
            None => Signal::only(Lamp::None),
        };
        let breach = self.breach(promised, statutory, day);
        self.time_remarks(&deadlines, breach, day);
        let state = self.state();
        CaseClock {
            state,
            acceptance: self.acceptance,
            accepted_on: self.accepted_on,
            supplement: self.tolerated.map_or(Supplement::None, |one| one.state),
            removed,
            next: self.options(state, &deadlines, day),
            notices: self.notices(&deadlines, removed, day),
            deadlines,
            signal,
            breach,
            remarks: self.remarks,
            documents: self.documents,
        }
    }

    fn state(&self) -> State {
        if let Some((_, state)) = self.ended {
            return state;
        }
        match self.decided {
            Some((_, true)) if self.tolerated.is_some() => return State::GrantedTolerance,
            Some((_, true)) => return State::Granted,
            Some((_, false)) => return State::Refused,
            None => {}
        }
        let is_paused = self.suspensions.iter().any(|one| one.to.is_none() && self.stops_promised(one.reason));
        let is_underway = self.forwarded.is_some() || self.steps_done.iter().any(Option::is_some);
        match (self.accepted_on, self.received) {
            (Some(_), _) if is_paused => State::SpecialOpen,
            (Some(_), _) if self.just_resumed => State::SpecialClosed,
            (Some(_), _) if is_underway => State::DeptProcessing,
            (Some(_), _) if self.notified_once && !self.acceptance_notified => State::CorrectionClosed,
            (Some(_), _) => State::Accepted,
            (None, _) if self.correction_open => State::CorrectionOpen,
            (None, Some(_)) => State::Submitted,
            (None, None) => State::Draft,
        }
    }

    /// Whether a lamp is lit, and the day on which its period was met, if it was.
    fn runs_until(&self) -> Option<Option<Date>> {
        match (self.decided, self.ended) {
            (Some((on, _)), _) => Some(Some(on)),
            (None, Some((on, State::DeemedRenewed))) => Some(Some(on)),
            (None, Some(_)) => None,
            (None, None) => Some(None),
        }
    }

    /// The day up to which periods ran.
    fn until(&self, day: Date) -> Date {
        let ended = self.decided.map(|(on, _)| on).or(self.ended.map(|(on, _)| on));
        ended.map_or(day, |on| on.min(day))
    }

    fn breach(&self, promised: Deadline, statutory: Deadline, day: Date) -> Breach {
        let until = self.until(day);
        match (promised, self.decided) {
            (Deadline::Waiting, Some(_)) => Breach::Unknown,
            _ => breach(promised, statutory, until),
        }
    }

    pub(super) fn step_due(&self, step: usize) -> Deadline {
        let Some(finish) = self.terms.steps.get(step) else { return Deadline::None };
        let stops = self.stops(Self::stops_promised);
        let counter = self.counter();
        counter.map_or(Deadline::Waiting, |counter| counter.run_out(Term::workdays(*finish), 0, &stops).0)
    }

    fn steps(&self, watch: Watch<'_>) -> Vec<StepClock> {
        let steps = self.steps_done.iter().enumerate();
        let clock = |(step, done): (usize, &Option<Date>)| {
            let due = self.step_due(step);
            let (finish, whole) = (self.terms.steps.get(step), watch.counted.is_some() && self.suspensions.is_empty());
            let counted = self.accepted_on.zip(finish.copied()).filter(|_| whole);
            let signal = match (done, self.runs_until()) {
                (None, None | Some(Some(_))) => Signal::only(Lamp::None),
                _ => Watch { counted, ..watch }.signal(due, *done),
            };
            StepClock { due, done: *done, signal }
        };
        steps.map(clock).collect()
    }

    pub(super) fn forward_due(&self) -> Deadline {
        if self.terms.kind != Kind::Forwarded {
            return Deadline::None;
        }
        let stops = self.stops(Self::stops_statutory);
        let term = Term::workdays(self.terms.forward_days);
        self.counter().map_or(Deadline::Waiting, |counter| counter.run_out(term, 0, &stops).0)
    }

    pub(super) fn certificate_due(&self) -> Deadline {
        let from = match (self.ended, self.decided) {
            (Some((on, State::DeemedRenewed)), _) | (_, Some((on, true))) => on,
            (Some(_), _) | (_, Some((_, false))) => return Deadline::None,
            (None, None) => return Deadline::Waiting,
        };
        Deadline::Due(self.calendar.add_workdays(from, self.terms.certificate_days))
    }

    /// Until when an open suspension lasts by its notice; the last one, if there are several.
    fn resume_due(&self) -> Deadline {
        let open = self.suspensions.iter().filter(|one| one.to.is_none());
        let planned = open.filter_map(|one| Some(self.calendar.add_workdays(one.from, one.days?)));
        planned.max_by_key(|due| last_of(*due)).map_or(Deadline::None, Deadline::Due)
    }

    fn renewal(&self) -> Option<RenewBy> {
        let granted = self.decided.filter(|(_, granted)| *granted).map(|(on, _)| on);
        let until = granted.zip(self.terms.valid_years).and_then(|(on, years)| valid_until(on, years));
        let until = until.or(self.terms.renews)?;
        Some(renew_by(self.calendar, until, self.terms.renewal_days))
    }

    fn deadlines(&self, promised: Deadline, statutory: Deadline, steps: Vec<StepClock>) -> Deadlines {
        Deadlines {
            notice: self.notice_deadline(),
            correct_by: self.correct_by,
            promised,
            statutory,
            steps,
            supplement: self.tolerated.map_or(Deadline::None, |one| one.due),
            forward: self.forward_due(),
            resume: self.resume_due(),
            certificate: self.certificate_due(),
            renewal: self.renewal(),
        }
    }

    /// What the time passed makes to be said.
    fn time_remarks(&mut self, deadlines: &Deadlines, breach: Breach, day: Date) {
        let is_late = |due: Deadline| due.is_past(day) == Some(true);
        let late = deadlines.steps.iter().enumerate().filter(|(_, step)| step.signal.lamp == Lamp::Red);
        let late: Vec<usize> = late.map(|(step, _)| step).collect();
        let waits = self.decided.is_none() && self.ended.is_none();
        let until = self.until(day);
        let found = [
            (self.correction_open && self.correct_by.is_some_and(|by| day > by), Issue::CorrectionOverdue),
            (waits && self.forwarded.is_none() && is_late(deadlines.forward), Issue::LateForward),
            (waits && is_late(deadlines.resume), Issue::SuspensionOverrun),
            (breach != Breach::Unknown && deadlines.promised.is_past(until) == Some(true), Issue::LatePromised),
            (breach == Breach::Statutory, Issue::LateStatutory),
            (self.issued.is_none() && is_late(deadlines.certificate), Issue::LateCertificate),
            (self.terms.renews.is_some() && self.renewal_in_time() == Some(false), Issue::RenewalLate),
        ];
        late.into_iter().for_each(|step| {
            self.remarks.push(Remark { event: None, issue: Issue::StepLate, step: Some(step) });
        });
        found.into_iter().filter(|(holds, _)| *holds).for_each(|(_, issue)| self.remark(None, issue));
    }

    /// The notices for all days from the first event to the last of the last days.
    fn notices(&self, deadlines: &Deadlines, removed: Option<WorkdayCount>, day: Date) -> Vec<NoticeRef<'c>> {
        let Some(from) = self.received.or(self.accepted_on) else { return Vec::new() };
        let periods =
            [deadlines.notice, deadlines.promised, deadlines.statutory, deadlines.supplement, deadlines.certificate];
        let known =
            periods.into_iter().chain(deadlines.steps.iter().map(|step| step.due)).filter_map(|due| match due {
                Deadline::Due(Due::On(date) | Due::NotBefore { date, .. }) => Some(date),
                _ => None,
            });
        let paused = removed.and(self.suspensions.iter().filter_map(|one| one.to).max());
        let until = known.chain(paused).max().unwrap_or(day);
        self.calendar.notices_used(from, until)
    }
}

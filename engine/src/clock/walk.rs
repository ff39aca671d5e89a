//! The events of a case one after the other.

mod act;
mod options;
mod result;

use alloc::vec;
use alloc::vec::Vec;

use super::deadline::{Counter, Stops};
use super::{
    Acceptance, Deadline, Document, Event, Issue, Reason, Remark, RenewBy, State, Supplement, Terms, What, renew_by,
};
use crate::{Calendar, Date, Due};

/// A suspension.
#[derive(Clone, Copy, Debug)]
struct Suspension {
    reason: Reason,
    from: Date,
    to: Option<Date>,
    /// The workdays that its notice says it takes.
    days: Option<u32>,
}

/// An acceptance with materials missing.
#[derive(Clone, Copy, Debug)]
struct Tolerated {
    due: Deadline,
    state: Supplement,
}

/// The days by which the periods were extended.
#[derive(Clone, Copy, Debug, Default)]
struct Extension {
    statutory: u32,
    promised: u32,
}

/// How far a case has come.
#[derive(Debug)]
pub(super) struct Walk<'t, 'c> {
    terms: &'t Terms,
    calendar: &'c Calendar,
    remarks: Vec<Remark>,
    documents: Vec<(usize, Document)>,
    received: Option<Date>,
    acceptance: Option<Acceptance>,
    accepted_on: Option<Date>,
    /// The notice of acceptance was given.
    acceptance_notified: bool,
    /// The applicant is asked for something that has not come.
    correction_open: bool,
    correct_by: Option<Date>,
    notified_once: bool,
    tolerated: Option<Tolerated>,
    suspensions: Vec<Suspension>,
    /// Resumed, and nothing since.
    just_resumed: bool,
    extension: Option<Extension>,
    forwarded: Option<Date>,
    steps_done: Vec<Option<Date>>,
    /// The day of the decision, and whether it grants.
    decided: Option<(Date, bool)>,
    issued: Option<Date>,
    /// The materials were given back.
    returned: bool,
    /// How the case ended, and when.
    ended: Option<(Date, State)>,
}

impl<'t, 'c> Walk<'t, 'c> {
    pub(super) fn new(terms: &'t Terms, calendar: &'c Calendar) -> Self {
        let mut walk = Self {
            terms,
            calendar,
            remarks: Vec::new(),
            documents: Vec::new(),
            received: None,
            acceptance: None,
            accepted_on: None,
            acceptance_notified: false,
            correction_open: false,
            correct_by: None,
            notified_once: false,
            tolerated: None,
            suspensions: Vec::new(),
            just_resumed: false,
            extension: None,
            forwarded: None,
            steps_done: vec![None; terms.steps.len()],
            decided: None,
            issued: None,
            returned: false,
            ended: None,
        };
        walk.check_terms();
        walk
    }

    pub(super) fn remark(&mut self, event: Option<usize>, issue: Issue) {
        self.remarks.push(Remark { event, issue, step: None });
    }

    fn check_terms(&mut self) {
        let Terms { kind, statutory, promised, .. } = self.terms;
        if statutory.unit == promised.unit && promised.count > statutory.count {
            self.remark(None, Issue::PromiseTooLong);
        }
        if *kind == super::Kind::Joint && statutory.unit == super::Unit::Workdays {
            match statutory.count {
                0..=45 => {}
                46..=60 => self.remark(None, Issue::JointCap45),
                _ => self.remark(None, Issue::JointCap60),
            }
        }
    }

    /// Applies an event; those of earlier days were applied before.
    pub(super) fn happens(&mut self, place: usize, event: &Event) {
        self.time_passes(event.on);
        let was_resumed = core::mem::take(&mut self.just_resumed);
        match self.apply(place, event) {
            Ok(()) => self.put_down(place, event.what),
            Err(issue) => {
                self.just_resumed = was_resumed;
                self.remark(Some(place), issue);
            }
        }
    }

    /// The documents that go with an event that was applied.
    fn put_down(&mut self, place: usize, what: What) {
        match what {
            // What stops no clock is announced by no form.
            What::Suspended { reason, .. } if !self.stops_promised(reason) => {}
            What::AcceptedTolerantly => {
                self.documents.extend([Document::AcceptanceNotice, Document::TolerancePromise].map(|one| (place, one)));
            }
            what => self.documents.extend(what.document().map(|document| (place, document))),
        }
    }

    /// What the law makes of silence until the day before `day`.
    fn time_passes(&mut self, day: Date) {
        if self.is_silent() && self.notice_deadline().is_past(day) == Some(true) {
            self.remark(None, Issue::NoNotice);
            self.deem_accepted();
        }
        if self.decided.is_some() || self.ended.is_some() {
            return;
        }
        // Of two ends the earlier one counts; after it there is nothing to renew or to withdraw.
        let (renewed, lapsed) = (self.renewed_on(day), self.lapsed_on(day));
        if let (Some(on), true) = (renewed, lapsed.is_none_or(|lapsed| renewed < Some(lapsed))) {
            self.end(on, State::DeemedRenewed);
            self.remark(None, Issue::DeemedRenewed);
        } else if let (Some(on), Some(tolerated)) = (lapsed, &mut self.tolerated) {
            tolerated.state = Supplement::Lapsed;
            self.end(on, State::DeemedWithdrawn);
            self.remark(None, Issue::DeemedWithdrawn);
        }
    }

    /// The day on which silence granted a renewal before `day` (行政许可法第五十条第二款).
    fn renewed_on(&self, day: Date) -> Option<Date> {
        let expiry = self.terms.renews.filter(|expiry| day > *expiry && self.received.is_some())?;
        (self.renewal_in_time() == Some(true)).then_some(expiry)
    }

    /// The day on which missing materials had not come in time (C14), if that is past on `day`.
    fn lapsed_on(&self, day: Date) -> Option<Date> {
        let tolerated = self.tolerated.as_ref().filter(|one| one.state == Supplement::Open)?;
        (tolerated.due.is_past(day) == Some(true)).then(|| tolerated.due.day().and_then(Date::tomorrow).unwrap_or(day))
    }

    /// Received, and the authority has said nothing.
    fn is_silent(&self) -> bool {
        self.received.is_some() && self.acceptance.is_none() && self.ended.is_none() && self.decided.is_none()
    }

    /// 逾期不告知的, 自收到申请材料之日起即为受理 (行政许可法第三十二条第一款第四项).
    fn deem_accepted(&mut self) {
        self.acceptance = Some(Acceptance::DeemedAccepted);
        self.accepted_on = self.received;
        self.correction_open = false;
    }

    fn end(&mut self, on: Date, state: State) {
        self.ended = Some((on, state));
        for open in self.suspensions.iter_mut().filter(|one| one.to.is_none()) {
            open.to = Some(on.max(open.from));
        }
    }

    fn notice_deadline(&self) -> Deadline {
        let due = |on| Deadline::Due(self.calendar.add_workdays(on, self.terms.notice_days));
        self.received.map_or(Deadline::Waiting, due)
    }

    /// Whether renewal was applied for in time; `None` if that is not settled.
    fn renewal_in_time(&self) -> Option<bool> {
        match renew_by(self.calendar, self.terms.renews?, self.terms.renewal_days) {
            RenewBy::On(by) => Some(self.received? <= by),
            RenewBy::NotAfter { date, .. } => (self.received? > date).then_some(false),
            RenewBy::Missing { .. } => None,
        }
    }

    fn stops_statutory(&self, reason: Reason) -> bool {
        reason.is_statutory() || self.terms.statutory_reasons.contains(&reason)
    }

    /// What stops the statutory clock stops the promised one too.
    fn stops_promised(&self, reason: Reason) -> bool {
        self.stops_statutory(reason) || self.terms.promised_reasons.contains(&reason)
    }

    fn stops(&self, is_stopped: impl Fn(&Self, Reason) -> bool) -> Stops {
        let stretches = self.suspensions.iter().filter(|one| is_stopped(self, one.reason));
        Stops::merged(stretches.map(|one| (one.from, one.to)))
    }

    fn counter(&self) -> Option<Counter<'c>> {
        self.accepted_on.map(|start| Counter { calendar: self.calendar, start })
    }

    fn statutory(&self) -> Deadline {
        let extra = self.extension.unwrap_or_default().statutory;
        let stops = self.stops(Self::stops_statutory);
        self.counter().map_or(Deadline::Waiting, |counter| counter.run_out(self.terms.statutory, extra, &stops).0)
    }

    fn promised(&self) -> Deadline {
        let extra = self.extension.unwrap_or_default().promised;
        let stops = self.stops(Self::stops_promised);
        self.counter().map_or(Deadline::Waiting, |counter| counter.run_out(self.terms.promised, extra, &stops).0)
    }

    /// `supplement_due = min(add_workdays(accepted_on, 5), promised_due)` (C14), by the promised
    /// period as it was at acceptance.
    fn supplement_due(&self) -> Deadline {
        let Some(counter) = self.counter() else { return Deadline::Waiting };
        let own = self.calendar.add_workdays(counter.start, self.terms.supplement_days);
        match (own, counter.run_out(self.terms.promised, 0, &Stops::default()).0) {
            (Due::On(own), Deadline::Due(Due::On(promised))) => Deadline::Due(Due::On(own.min(promised))),
            (Due::NotBefore { .. }, promised @ Deadline::Due(Due::On(_))) => promised,
            (own, _) => Deadline::Due(own),
        }
    }

    fn has_not_ended(&self) -> Result<(), Issue> {
        if self.ended.is_none() && self.decided.is_none() { Ok(()) } else { Err(Issue::AfterEnd) }
    }

    /// For what belongs to the window, before acceptance.
    fn at_the_window(&mut self, place: usize) -> Result<(), Issue> {
        self.has_not_ended()?;
        if self.accepted_on.is_some() {
            return Err(Issue::AfterAcceptance);
        }
        if self.received.is_none() {
            self.remark(Some(place), Issue::BeforeReceipt);
        }
        Ok(())
    }

    fn is_running(&self) -> Result<(), Issue> {
        self.has_not_ended()?;
        if self.accepted_on.is_some() { Ok(()) } else { Err(Issue::BeforeAcceptance) }
    }
}

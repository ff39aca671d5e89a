//! The case clock: from what happened to a case, the periods of its item and a day, what the law
//! and the promise make of it.
//!
//! ```text
//! events + Terms + day + Calendar ──clock──▶ CaseClock
//! ```
//!
//! [`clock`] is a pure function over any events whatever, in any order. An event that cannot have
//! happened where it stands is not applied and is reported with the rule that it breaks; one that
//! lacks another before it is applied and reported. Nothing is left out in silence.
//!
//! Conventions: the day of an event is not counted (民法典第二百零一条); no period runs before
//! acceptance (行政许可法第四十二条); what is a choice of this system and no law says `dft`.

mod deadline;
mod event;
mod intake;
mod issue;
mod lamp;
mod next;
mod renewal;
mod terms;
mod walk;

use alloc::vec::Vec;

use crate::{Calendar, Date, Due, NoticeRef, WorkdayCount};

pub use deadline::Deadline;
pub use event::{Approver, Document, Event, Reason, Violation, What};
pub use intake::{Assessment, Hindrance, Intake, MaterialGiven, ToleranceTerms, assess};
pub use issue::{Issue, Level};
pub use lamp::{Breach, Lamp, Signal};
pub use next::{Action, Next};
pub use renewal::{RenewBy, renew_by, valid_until};
pub use terms::{Kind, Term, Terms, Unit};

/// The state of a case, in the vocabulary of the national platform for project approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was received.
    Draft,
    /// 收件: received, and the authority has said nothing yet.
    Submitted,
    /// 补正(开始): a one-time notice was given.
    CorrectionOpen,
    /// 补正(结束): everything was supplied; accepted, the notice of acceptance is due.
    CorrectionClosed,
    /// 窗口受理
    Accepted,
    /// 部门受理: a step was finished, or the case forwarded.
    DeptProcessing,
    /// 特别程序(开始)
    SpecialOpen,
    /// 特别程序(结束): resumed, and nothing since.
    SpecialClosed,
    /// 不受理: no licence is needed.
    NotAccepted,
    /// 不予受理: not for this authority.
    OutOfScope,
    /// 办结(通过)
    Granted,
    /// 办结(容缺通过)
    GrantedTolerance,
    /// 办结(不予许可)
    Refused,
    /// 撤回
    Withdrawn,
    /// 容缺材料逾期未补, 视为撤回
    DeemedWithdrawn,
    /// 逾期未作决定, 视为准予延续
    DeemedRenewed,
    /// 撤销
    Revoked,
}

impl State {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::CorrectionOpen => "correction_open",
            Self::CorrectionClosed => "correction_closed",
            Self::Accepted => "accepted",
            Self::DeptProcessing => "dept_processing",
            Self::SpecialOpen => "special_open",
            Self::SpecialClosed => "special_closed",
            Self::NotAccepted => "not_accepted",
            Self::OutOfScope => "out_of_scope",
            Self::Granted => "granted",
            Self::GrantedTolerance => "granted_tolerance",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::DeemedWithdrawn => "deemed_withdrawn",
            Self::DeemedRenewed => "deemed_renewed",
            Self::Revoked => "revoked",
        }
    }
}

/// What came of the application at the window (行政许可法第三十二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// 不受理: the activity needs no licence (第一项).
    NotRequired,
    /// 不予受理: outside the authority's powers (第二项).
    NotCompetent,
    /// 当场更正后受理 (第三项).
    CorrectedOnSpot,
    /// 一次性告知补正 (第四项).
    CorrectionNotice,
    /// 逾期不告知视为受理, from the day of receipt (第四项).
    DeemedAccepted,
    /// 受理 (第五项).
    Accepted,
}

impl Acceptance {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotRequired => "not_required",
            Self::NotCompetent => "not_competent",
            Self::CorrectedOnSpot => "corrected_on_spot",
            Self::CorrectionNotice => "correction_notice",
            Self::DeemedAccepted => "deemed_accepted",
            Self::Accepted => "accepted",
        }
    }
}

/// Where an acceptance with materials missing 容缺受理 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplement {
    /// Everything was there at acceptance, or nothing was accepted.
    None,
    /// Materials are still missing.
    Open,
    /// They came in time.
    Completed(Date),
    /// They did not: deemed withdrawn.
    Lapsed,
}

/// The last days of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Until when what is missing can be notified (行政许可法第三十二条第一款第四项).
    pub notice: Deadline,
    /// Until when the applicant is to supply what was notified, as the notice says.
    pub correct_by: Option<Date>,
    /// The promised period 承诺时限 (优化营商环境条例第三十六条).
    pub promised: Deadline,
    /// The statutory period 法定时限 (行政许可法第四十二条).
    pub statutory: Deadline,
    /// The steps, in the order of [`Terms::steps`].
    pub steps: Vec<StepClock>,
    /// Until when missing materials are supplied after tolerance 容缺补齐.
    pub supplement: Deadline,
    /// Until when the lower level forwards the case (行政许可法第四十三条).
    pub forward: Deadline,
    /// Until when an open suspension lasts by its written notice (行政许可法第四十五条).
    pub resume: Deadline,
    /// Until when the certificate is issued and served (行政许可法第四十四条).
    pub certificate: Deadline,
    /// Until when renewal of the licence is applied for (行政许可法第五十条).
    pub renewal: Option<RenewBy>,
}

/// One step with its own last day and lamp (环节超时).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepClock {
    /// Its last day.
    pub due: Deadline,
    /// The day on which it was finished.
    pub done: Option<Date>,
    /// Its lamp.
    pub signal: Signal,
}

/// Something to be said about the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The event it is about, by its place among those given; none if it is about time passing
    /// or the periods.
    pub event: Option<usize>,
    /// What it is.
    pub issue: Issue,
    /// The step it is about, by its place in [`Terms::steps`].
    pub step: Option<usize>,
}

/// Where a case stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseClock<'c> {
    /// Its state.
    pub state: State,
    /// What came of the application at the window; absent until something did.
    pub acceptance: Option<Acceptance>,
    /// Day 0 of the periods.
    pub accepted_on: Option<Date>,
    /// Whether materials are still missing after tolerance.
    pub supplement: Supplement,
    /// The workdays by which suspensions lengthen the statutory period so far; an extension is not among them.
    pub removed: Option<WorkdayCount>,
    /// Its last days.
    pub deadlines: Deadlines,
    /// The lamp of the promised period, with what remains of it.
    pub signal: Signal,
    /// Which period is broken.
    pub breach: Breach,
    /// Everything to be said of the events, in their order, and of the time passed.
    pub remarks: Vec<Remark>,
    /// The documents that went with the events, by the place of the event.
    pub documents: Vec<(usize, Document)>,
    /// What may legally happen next.
    pub next: Vec<Next>,
    /// The notices under which the days were reckoned.
    pub notices: Vec<NoticeRef<'c>>,
}

/// Where a case stands on `day`, after what happened to it until then.
///
/// The events are taken by their days, those of one day in the order in which they are given.
/// The clock as it was known at some time is that of [`Calendar::as_known_on`].
#[must_use]
pub fn clock<'c>(events: &[Event], terms: &Terms, day: Date, calendar: &'c Calendar) -> CaseClock<'c> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    let on = |place: &usize| events.get(*place).map(|event| event.on);
    order.sort_by_key(on);
    let mut walk = walk::Walk::new(terms, calendar);
    for (place, event) in order.into_iter().filter_map(|place| events.get(place).map(|event| (place, event))) {
        if event.on > day {
            walk.remark(Some(place), Issue::NotYet);
        } else {
            walk.happens(place, event);
        }
    }
    walk.finish(day)
}

/// The later of two days that may not be settled.
fn last_of(due: Due) -> Option<Date> {
    match due {
        Due::On(date) | Due::NotBefore { date, .. } => Some(date),
        Due::Missing { .. } => None,
    }
}

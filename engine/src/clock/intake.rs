//! What comes of an application at the window, by the materials it brings (行政许可法第三十二条),
//! and whether it may be accepted with secondary ones missing 容缺受理 (C14).

use alloc::vec::Vec;

use super::{Acceptance, Document};
use crate::{Calendar, Date, Due};

/// What an application brings of one required material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialGiven {
    /// 已交, complete and in form.
    Provided,
    /// 缺
    Missing,
    /// 不合格, and the error can be corrected at the counter.
    DefectiveOnSpot,
    /// 不合格
    Defective,
}

/// Whether and how an item allows acceptance with secondary materials missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToleranceTerms {
    /// Whether each material may come later, in the order of [`Intake::materials`]; one that
    /// is not there may not.
    pub deferrable: Vec<bool>,
    /// How many may be missing (dft 2).
    pub limit: usize,
    /// The promise is signed.
    pub promise_signed: bool,
    /// The applicant is listed for bad credit or a false promise.
    pub credit_listed: bool,
}

/// An application as it is received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// The day on which it is received.
    pub received_on: Date,
    /// The activity needs a licence.
    pub required: bool,
    /// It is within the authority's powers.
    pub competent: bool,
    /// The required materials.
    pub materials: Vec<MaterialGiven>,
    /// Tolerance, where the item has it.
    pub tolerance: Option<ToleranceTerms>,
}

/// Why an application with materials missing is not accepted tolerantly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// A missing material may not come later.
    NonDeferrableMissing,
    /// More are missing than may be.
    TooManyMissing,
    /// Bad credit or a false promise.
    CreditListed,
    /// The promise is not signed.
    NoPromise,
}

impl Hindrance {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NonDeferrableMissing => "non_deferrable_missing",
            Self::TooManyMissing => "too_many_missing",
            Self::CreditListed => "credit_listed",
            Self::NoPromise => "no_promise",
        }
    }
}

/// What comes of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The result.
    pub acceptance: Acceptance,
    /// Everything that is missing or defective, to be notified all at once, by its place.
    pub defects: Vec<usize>,
    /// It is accepted although materials are missing.
    pub tolerated: bool,
    /// Why not, where the item has tolerance and something is missing.
    pub hindrances: Vec<Hindrance>,
    /// Day 0 of the periods, if it is accepted.
    pub accepted_on: Option<Date>,
    /// Until when what is missing can be notified.
    pub notice_deadline: Due,
    /// The documents to give, with the number of copies.
    pub documents: Vec<(Document, u8)>,
}

/// What comes of an application at the window.
#[must_use]
pub fn assess(intake: &Intake, notice_days: u32, calendar: &Calendar) -> Assessment {
    let defects = |is_defect: fn(MaterialGiven) -> bool| -> Vec<usize> {
        let places = intake.materials.iter().enumerate();
        places.filter(|(_, given)| is_defect(**given)).map(|(place, _)| place).collect()
    };
    let open = defects(|given| matches!(given, MaterialGiven::Missing | MaterialGiven::Defective));
    let on_spot = defects(|given| given == MaterialGiven::DefectiveOnSpot);
    let hindrances = intake.tolerance.as_ref().filter(|_| !open.is_empty()).map(|terms| hindrances(&open, terms));
    let tolerated = hindrances.as_ref().is_some_and(Vec::is_empty);
    let (acceptance, documents): (_, &[_]) = if !intake.required {
        (Acceptance::NotRequired, &[(Document::NotAccepted, 1)])
    } else if !intake.competent {
        (Acceptance::NotCompetent, &[(Document::NotAccepted, 1)])
    } else if !open.is_empty() && !tolerated {
        (Acceptance::CorrectionNotice, &[(Document::OneTimeNotice, 1)])
    } else if tolerated {
        (Acceptance::Accepted, &[(Document::AcceptanceNotice, 2), (Document::TolerancePromise, 2)])
    } else if on_spot.is_empty() {
        (Acceptance::Accepted, &[(Document::AcceptanceNotice, 2)])
    } else {
        (Acceptance::CorrectedOnSpot, &[(Document::AcceptanceNotice, 2)])
    };
    let turned_away = matches!(acceptance, Acceptance::NotRequired | Acceptance::NotCompetent);
    let accepted = matches!(acceptance, Acceptance::Accepted | Acceptance::CorrectedOnSpot);
    // What is cured at the counter is noted with the rest only where something has to be notified.
    let mut defects = open;
    defects.extend(on_spot);
    defects.sort_unstable();
    Assessment {
        acceptance,
        defects: if turned_away { Vec::new() } else { defects },
        tolerated: tolerated && accepted,
        hindrances: hindrances.filter(|_| !turned_away).unwrap_or_default(),
        accepted_on: accepted.then_some(intake.received_on),
        notice_deadline: calendar.add_workdays(intake.received_on, notice_days),
        documents: documents.to_vec(),
    }
}

/// What is not in form has to be supplied like what is missing.
fn hindrances(open: &[usize], terms: &ToleranceTerms) -> Vec<Hindrance> {
    let may_come_later = |place: &usize| terms.deferrable.get(*place).is_some_and(|may| *may);
    [
        (!open.iter().all(may_come_later), Hindrance::NonDeferrableMissing),
        (open.len() > terms.limit, Hindrance::TooManyMissing),
        (terms.credit_listed, Hindrance::CreditListed),
        (!terms.promise_signed, Hindrance::NoPromise),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, hindrance)| hindrance)
    .collect()
}

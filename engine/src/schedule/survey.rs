//! A joint survey 联合踏勘 on the calendar: until when it is held and opinions are given, and who is
//! taken to agree (PK-11; the periods are dft).

use alloc::vec::Vec;

use crate::{Calendar, Date, Due};

/// A joint survey that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointSurvey {
    /// The day on which it was asked for.
    pub requested_on: Date,
    /// The day on which it was held, if it was.
    pub held_on: Option<Date>,
    /// Workdays from the request within which it is held (dft 3).
    pub survey_days: u32,
    /// Workdays from the survey within which opinions are given in writing (dft 2).
    pub opinion_days: u32,
    /// Who was invited.
    pub guests: Vec<Guest>,
}

/// A department that was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The department, by a number of the plan's own.
    pub department: u16,
    /// It came.
    pub came: bool,
    /// The day on which it gave its opinion in writing.
    pub opinion_on: Option<Date>,
}

/// What a department's opinion counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opinion {
    /// It may still be given.
    Awaited,
    /// It was given in time.
    Given,
    /// 视为同意: none was given in time.
    DeemedAgreed,
    /// Whether it is in time hangs on holidays that are not settled.
    Unknown,
}

/// An invited department's part in a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The department.
    pub department: u16,
    /// What its opinion counts as.
    pub opinion: Opinion,
    /// `absent_survey`: it was held without it.
    pub absent: bool,
}

/// Where a survey stands on a day. It stops no statutory clock (行政许可法第四十五条 does not name it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Until when it is held.
    pub survey_due: Due,
    /// It was not held in time; `None` if that is not settled.
    pub is_late: Option<bool>,
    /// Until when opinions are given; absent while it was not held.
    pub opinion_due: Option<Due>,
    /// Each department.
    pub invited: Vec<Invited>,
}

/// Where a joint survey stands on a day.
#[must_use]
pub fn joint_survey(survey: &JointSurvey, day: Date, calendar: &Calendar) -> Survey {
    let held_on = survey.held_on.filter(|held| *held <= day);
    let survey_due = calendar.add_workdays(survey.requested_on, survey.survey_days);
    let opinion_due = held_on.map(|held| calendar.add_workdays(held, survey.opinion_days));
    let invited = survey.guests.iter().map(|guest| Invited {
        department: guest.department,
        opinion: opinion_due
            .map_or(Opinion::Awaited, |due| opinion(guest.opinion_on.filter(|on| *on <= day), due, day)),
        absent: held_on.is_some() && !guest.came,
    });
    Survey { survey_due, is_late: is_past(survey_due, held_on.unwrap_or(day)), opinion_due, invited: invited.collect() }
}

fn opinion(given_on: Option<Date>, due: Due, day: Date) -> Opinion {
    match (given_on, is_past(due, given_on.unwrap_or(day))) {
        (_, None) => Opinion::Unknown,
        (Some(_), Some(false)) => Opinion::Given,
        (None, Some(false)) => Opinion::Awaited,
        (_, Some(true)) => Opinion::DeemedAgreed,
    }
}

fn is_past(due: Due, day: Date) -> Option<bool> {
    match due {
        Due::On(due) => Some(day > due),
        Due::NotBefore { date, .. } => (day <= date).then_some(false),
        Due::Missing { .. } => None,
    }
}

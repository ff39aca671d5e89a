//! Joint plans 联办: matters of several departments as a graph (行政许可法第二十六条第二款; C15).

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, Text};
use crate::{Lit, Operand, binary_struct};

/// A joint plan 联办: what several departments do for one project, in which order and how long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JointPlan {
    /// Everything is handled one after the other 串联 when this holds, otherwise jointly 并联.
    pub serial: Option<Lit>,
    /// How many workdays the plan takes, by its place among [`Program::values`](crate::Program::values).
    pub days: u16,
    /// The departments of the steps.
    pub departments: Vec<Text>,
    /// The joint surveys 联合踏勘 in which steps take part.
    pub surveys: Vec<Text>,
    /// The steps; without conditions in the order in which they are handled one after the other.
    pub steps: Vec<JointStep>,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// A matter 环节 of a joint plan that one department handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointStep {
    /// Stable name.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// Its department, by the place among [`JointPlan::departments`].
    pub department: u16,
    /// It belongs to the plan when this holds; otherwise what comes after it follows what it needs.
    pub when: Lit,
    /// How many workdays it takes, its own survey included: a number or a computed value.
    pub days: Operand,
    /// The steps that end before it begins, by their places, each when a literal holds.
    pub after: Vec<(u16, Lit)>,
    /// The joint survey in which it takes part, by its place, and how many of its days its own survey
    /// would take.
    pub survey: Option<(u16, u16)>,
    /// A remark for people; may be empty.
    pub note: Text,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

binary_struct!(JointPlan { serial, days, departments, surveys, steps, basis });
binary_struct!(JointStep { id, name, department, when, days, after, survey, note, basis });

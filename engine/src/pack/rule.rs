//! Rules: derived values with a name.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, FactKind, Text, Version};
use crate::{Lit, binary_enum, binary_struct};

/// A rule 规则: what is derived from facts, under a name that people know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name: `has_item`.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// The type of what it gives.
    pub kind: FactKind,
    /// Its value is part of decisions.
    pub shown: bool,
    /// What it has been compiled to.
    pub result: Derived,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
    /// Where its versions come from, if it has several.
    pub versions: Vec<Version>,
}

/// A derived value: what can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// A condition.
    Condition(Lit),
    /// A number, date or option, by its place among [`Program::values`](crate::Program::values).
    Number(u16),
}

binary_struct!(Rule { id, name, kind, shown, result, basis, versions });
binary_enum!(Derived {
    0 => Condition(a),
    1 => Number(a),
});

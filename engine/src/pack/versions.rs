//! Which versions of rules hold, and from when to when there are any.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, FactId, Text};
use crate::{Date, Lit, Run, binary_enum, binary_struct};

/// Which date of a request selects the versions of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VersionsBy {
    /// 收件: the day on which the application was received.
    Received,
    /// 受理: the day on which it was accepted.
    #[default]
    Accepted,
    /// 决定: the day on which it is decided.
    Decided,
}

/// How the versions of rules are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Which date selects them.
    pub by: VersionsBy,
    /// The fact that holds that date.
    pub date: FactId,
    /// The first day of the pack as a whole.
    pub from: Option<Date>,
    /// What has no version after some day.
    pub endings: Vec<Ending>,
}

/// The last day of all versions of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The word for its kind: `pack`, `param`, `statutory`, `item` and so on.
    pub what: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The last day.
    pub to: Date,
    /// The citizen is told while this holds: the results lack something. It never holds for what
    /// was ended on purpose.
    pub concerns: Lit,
}

/// Where one version of an entry comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// It is in force.
    pub in_force: Lit,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

impl Version {
    /// The bases of an entry: those of its version in force, or its own where it has one version.
    #[must_use]
    pub fn basis<'p>(run: &Run, versions: &'p [Version], own: &'p [BasisId]) -> &'p [BasisId] {
        versions.iter().find(|version| run.holds(version.in_force)).map_or(own, |version| &version.basis)
    }
}

binary_enum!(VersionsBy {
    0 => Received,
    1 => Accepted,
    2 => Decided,
});
binary_struct!(Versions { by, date, from, endings });
binary_struct!(Ending { what, id, name, to, concerns });
binary_struct!(Version { in_force, basis });

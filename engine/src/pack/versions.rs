//! Which versions of rules hold, and from when to when there are any.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::FactId;
use crate::{binary_enum, binary_struct};

/// Which date of a request selects the versions of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Which date selects them.
    pub by: VersionsBy,
    /// The fact that holds that date.
    pub date: FactId,
}

binary_enum!(VersionsBy {
    0 => Received,
    1 => Accepted,
    2 => Decided,
});
binary_struct!(Versions { by, date });

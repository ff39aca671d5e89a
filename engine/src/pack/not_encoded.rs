//! What the rules leave to the window.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, Text};
use crate::{Lit, binary_struct};

/// A part of the law that is not encoded 未编码: the window judges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEncoded {
    /// The article.
    pub article: Text,
    /// Why it is not encoded, or what is to be judged.
    pub reason: Text,
    /// The entry beside which it is written.
    pub beside: Option<Beside>,
    /// It does not matter while this is false.
    pub relevant: Lit,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// An entry of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The word for its kind: `item`, `rule`, `condition`, `check`, `material`.
    pub what: String,
    /// Its id.
    pub id: String,
    /// Its name, or its words.
    pub name: Text,
}

binary_struct!(NotEncoded { article, reason, beside, relevant, basis });
binary_struct!(Beside { what, id, name });

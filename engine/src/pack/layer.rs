//! What a pack has from the packs that it extends. Nothing is decided by it.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, Text};
use crate::binary_struct;

/// A pack that another one extends 继承.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its path below `packs`: `cn/three-in-one`.
    pub id: String,
    /// Its edition, for people.
    pub edition: String,
}

/// A change 改动 against the packs that are extended, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What is changed: 材料「公司章程」的复印件.
    pub target: Text,
    /// How it was; empty for what was not there.
    pub old: Text,
    /// How it is.
    pub new: Text,
    /// Where the change comes from.
    pub basis: Vec<BasisId>,
}

binary_struct!(Layer { id, edition });
binary_struct!(Override { target, old, new, basis });

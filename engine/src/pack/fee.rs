//! Fees: what is charged, and what of it is relieved.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, Text};
use crate::{Lit, Operand, binary_struct};

/// A fee 收费.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// Stable name.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// Its class 类别, in a free word; may be empty.
    pub class: Text,
    /// The amount due in fen: a number or a computed value.
    pub amount: Operand,
    /// What remains of it after relief, likewise.
    pub payable: Operand,
    /// It is charged when this holds.
    pub when: Lit,
    /// Reliefs 减免, of which one at most holds.
    pub reliefs: Vec<Relief>,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// A relief 减免 of a fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relief {
    /// How much of the fee is not paid, from 0 to 100.
    pub percent: u16,
    /// It is granted, and no relief before it.
    pub when: Lit,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

binary_struct!(Fee { id, name, class, amount, payable, when, reliefs, basis });
binary_struct!(Relief { percent, when, basis });

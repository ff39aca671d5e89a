//! What is known: one slot a fact.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Date, FactId};

/// A value of a fact or of a computed value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// 是 / 否.
    Bool(bool),
    /// A number, as a whole number of the smallest place that the fact declares.
    Number(i128),
    /// A civil date.
    Date(Date),
    /// Text as typed; empty text is the stated answer "there is none".
    Text(String),
    /// The index of one option of a choice.
    Choice(u16),
    /// A set of options: bit `n` stands for option `n` (at most 64 options).
    Choices(u64),
}

/// What is known about one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Slot {
    /// Not answered.
    #[default]
    Unknown,
    /// The citizen cannot say: unknown to the logic, and not asked again.
    Unsure,
    /// Answered.
    Known(Value),
}

impl Slot {
    /// The value, if it is known.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match self {
            Slot::Known(value) => Some(value),
            Slot::Unknown | Slot::Unsure => None,
        }
    }
}

/// The slots of all facts of a pack, in the order of the pack.
///
/// A value of another type than the fact declares counts as unknown; the reader of answers
/// reports it before it comes here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    slots: Vec<Slot>,
    #[cfg(feature = "fast")]
    /// One byte a slot, see [`code`]: what the predicates of yes-no facts and choices look at.
    codes: Vec<u8>,
}

#[cfg(feature = "fast")]
/// The first code that is no option.
pub(crate) const OTHER_OPTION: u8 = 0xFB;
#[cfg(feature = "fast")]
pub(crate) const NO: u8 = 0xFC;
#[cfg(feature = "fast")]
pub(crate) const YES: u8 = 0xFD;
#[cfg(feature = "fast")]
/// Not known, or neither a choice nor yes or no.
pub(crate) const NONE: u8 = 0xFF;

#[cfg(feature = "fast")]
/// An option by its place, an option too far down as [`OTHER_OPTION`], yes, no, or [`NONE`].
pub(crate) fn code(value: &Value) -> u8 {
    match value {
        Value::Bool(true) => YES,
        Value::Bool(false) => NO,
        Value::Choice(option) => u8::try_from(*option).unwrap_or(OTHER_OPTION).min(OTHER_OPTION),
        _ => NONE,
    }
}

impl Facts {
    /// Facts of which nothing is known yet.
    #[must_use]
    pub fn new(count: usize) -> Facts {
        Facts {
            slots: alloc::vec![Slot::Unknown; count],
            #[cfg(feature = "fast")]
            codes: alloc::vec![NONE; count],
        }
    }

    /// What is known about `fact`; a fact that the pack does not have is unknown.
    #[must_use]
    pub fn get(&self, fact: FactId) -> &Slot {
        self.slots.get(fact.index()).unwrap_or(&Slot::Unknown)
    }

    /// States what is known about `fact`.
    pub fn set(&mut self, fact: FactId, slot: Slot) {
        #[cfg(feature = "fast")]
        if let Some(own) = self.codes.get_mut(fact.index()) {
            *own = slot.value().map_or(NONE, code);
        }
        if let Some(place) = self.slots.get_mut(fact.index()) {
            *place = slot;
        }
    }

    #[cfg(feature = "fast")]
    pub(crate) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The slots in the order of the pack.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Slot)> {
        self.slots.iter().enumerate().map(|(index, slot)| (FactId::new(index), slot))
    }
}

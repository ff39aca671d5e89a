//! What is known: one slot a fact.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Date, FactId, ROWS};

/// A value of a fact or of a computed value.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// 名单: rows, each with one slot a column.
    Table(Vec<Facts>),
}

/// Without tables of rows none is ever cloned, which spares a page the code of it.
impl Clone for Value {
    fn clone(&self) -> Value {
        match self {
            Value::Bool(value) => Value::Bool(*value),
            Value::Number(number) => Value::Number(*number),
            Value::Date(date) => Value::Date(*date),
            Value::Text(text) => Value::Text(text.clone()),
            Value::Choice(option) => Value::Choice(*option),
            Value::Choices(set) => Value::Choices(*set),
            Value::Table(rows) => Value::Table(if ROWS { rows.clone() } else { Vec::new() }),
        }
    }
}

/// What is known about one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

/// The slots of all facts of a pack, in the order of the pack; or those of the columns in a row of
/// a table, in the order of the table.
///
/// A value of another type than the fact declares counts as unknown; the reader of answers
/// reports it before it comes here.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facts {
    slots: Vec<Slot>,
    /// One byte a slot, see [`code`]: what the predicates of yes-no facts and choices look at.
    #[cfg(feature = "fast")]
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

    /// Makes them so many: the last ones are dropped, or unknown ones added.
    pub(crate) fn resize(&mut self, count: usize) {
        self.slots.resize(count, Slot::Unknown);
        #[cfg(feature = "fast")]
        self.codes.resize(count, NONE);
    }

    /// Changes each slot beside something.
    pub(crate) fn change_with<T>(&mut self, with: &[T], change: impl Fn(&mut Slot, &T)) {
        self.slots.iter_mut().zip(with).for_each(|(slot, with)| change(slot, with));
        #[cfg(feature = "fast")]
        self.codes.iter_mut().zip(&self.slots).for_each(|(own, slot)| *own = slot.value().map_or(NONE, code));
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

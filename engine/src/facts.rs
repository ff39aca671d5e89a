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
}

impl Facts {
    /// Facts of which nothing is known yet.
    #[must_use]
    pub fn new(count: usize) -> Facts {
        Facts { slots: alloc::vec![Slot::Unknown; count] }
    }

    /// What is known about `fact`; a fact that the pack does not have is unknown.
    #[must_use]
    pub fn get(&self, fact: FactId) -> &Slot {
        self.slots.get(fact.index()).unwrap_or(&Slot::Unknown)
    }

    /// States what is known about `fact`.
    pub fn set(&mut self, fact: FactId, slot: Slot) {
        if let Some(place) = self.slots.get_mut(fact.index()) {
            *place = slot;
        }
    }

    /// Makes them so many: the last ones are dropped, or unknown ones added.
    pub(crate) fn resize(&mut self, count: usize) {
        self.slots.resize(count, Slot::Unknown);
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.slots.iter_mut()
    }

    /// The slots in the order of the pack.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Slot)> {
        self.slots.iter().enumerate().map(|(index, slot)| (FactId::new(index), slot))
    }
}

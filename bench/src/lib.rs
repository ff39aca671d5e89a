//! What a decision costs, beside straight-line code of the same rules in the same run.
//!
//! [`workload`] draws rules of three sizes. They are compiled to packs as any rules are, and
//! written as straight-line functions ([`straight`]) that the Rust compiler sees whole. [`Size`]
//! is one size with both; `tests/same.rs` checks that both say the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "this package only measures: what does not work stops it"
)]

pub mod cases;
#[cfg(not(target_arch = "wasm32"))]
pub mod compiled;
pub mod json;
mod size;
#[allow(missing_debug_implementations, clippy::all, clippy::too_many_lines, unused, reason = "generated")]
pub mod straight;
pub mod workload;

pub use size::{L, M, S, Size};

use yichuang_engine::{Date, FactId, Facts, Pack, Slot, Value};

/// The day of every request.
///
/// # Panics
/// Never: the day exists.
#[must_use]
pub fn day() -> Date {
    Date::parse("2014-11-18").expect("a day")
}

/// Facts by the order in which a workload lists them; the first fact of its pack is the date.
#[derive(Debug)]
pub struct Filled {
    /// The facts of the pack.
    pub facts: Facts,
}

impl Filled {
    /// No answer yet but the day.
    #[must_use]
    pub fn new(pack: &Pack) -> Filled {
        let mut facts = Facts::new(pack.facts.len());
        facts.set(FactId::new(0), Slot::Known(Value::Date(day())));
        Filled { facts }
    }

    /// Answers the fact with this place in the workload.
    pub fn set(&mut self, place: usize, value: Value) {
        self.facts.set(FactId::new(place + 1), Slot::Known(value));
    }
}

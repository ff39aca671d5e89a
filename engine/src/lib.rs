//! Yichuang's pure core: a compiled [`Pack`], a [`Calendar`], what is known as
//! [`Facts`], and one function, [`decide`], that turns them into a [`Decision`].
//!
//! ```text
//! Pack + Calendar + Facts + day ──decide──▶ Decision
//! ```
//!
//! The crate has no files, no clock, no floats, no HTML and no JSON. A decision over any
//! facts whatever is a value: [`decide`] returns neither an error nor does it panic.
//!
//! Beside it, [`clock`](mod@clock) says where a case stands after its events, and [`schedule`](mod@schedule) plans
//! what several departments do together.
//!
//! Steps of a decision: the values and conditions of the pack's [`Program`] are computed in
//! three-valued logic ([`Run`]); results that stay open are searched over the unknown facts
//! within a bound ([`Finding`]); the domain tables of the pack are read off the results.
#![no_std]
#![deny(missing_docs)]
#![warn(clippy::float_arithmetic)]

extern crate alloc;
#[cfg(feature = "fast")]
extern crate std;

/// Whether tables of rows are computed with: the feature `rows`. Without it a pack that has one
/// cannot be decided, and whoever reads packs must say so.
pub const ROWS: bool = cfg!(feature = "rows");

/// Whether joint plans are scheduled: the feature `plans`, with the same duty without it.
pub const PLANS: bool = cfg!(feature = "plans");

mod binary;
mod calendar;
mod changes;
pub mod clock;
mod columns;
mod date;
mod decide;
mod decision;
mod explain;
mod facts;
mod identifier;
mod machine;
mod many;
mod names;
mod number;
mod pack;
mod parts;
mod planned;
#[cfg_attr(not(feature = "fast"), path = "prepared/none.rs")]
mod prepared;
mod program;
mod reasons;
mod run;
mod satisfy;
pub mod schedule;
mod search;
mod settling;
mod sorted;
mod table;
mod why;

pub use binary::{Binary, Input, Unreadable, from_bytes, to_bytes, write_part};
pub use calendar::*;
pub use changes::{CHANGE_BOUND, Changes, Goal, smallest_changes};
pub use columns::Columns;
pub use date::*;
pub use decide::{decide, decide_by};
pub use decision::*;
pub use explain::{Explanation, Wanted, explain};
pub use facts::*;
pub use identifier::*;
pub use machine::{Machine, Work};
pub use many::{Chosen, Open, Outcomes, decide_many, decide_many_by};
pub use names::{Named, named};
pub use number::{Cause, Number, Rounding, power_of_ten, quotient};
pub use pack::*;
pub use planned::Planned;
pub use program::*;
pub use reasons::{Reason, reasons, reasons_by};
pub use run::Run;
pub use satisfy::{Satisfied, satisfy};
pub use search::{Finding, SEARCH_BOUND};
pub use settling::{Settling, settling_set};
pub use table::*;
pub use why::{WHY_BOUND, Why, WhyKind, WhyPart, why};

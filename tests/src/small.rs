//! Random small packs, written as rule files in either language and any order.
//!
//! A pack is drawn from a [`Tape`] of random bytes, so that proptest shrinks the tape and with it
//! the pack.

mod child;
mod expr;
mod pack;
mod tape;
mod write;

pub use child::{extending, relaxed};
pub use expr::{Comparison, Cond, Num, Speech};
pub use pack::{Kind, SmallFact, SmallItem, SmallMaterial, SmallPack};
pub use tape::Tape;
pub use write::{Layout, sources};

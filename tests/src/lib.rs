//! One corpus for every way to run Yichuang, and random packs for the laws that hold for all.
//!
//! - [`corpus`]: the packs of `rules/packs` and `tests/corpus` with their cases.
//! - [`subject`]: native, command line, server and wasm, each answering the same [`subject::Call`].
//! - [`small`]: random small packs as rule files, in both languages and any order.
//! - [`trial`]: such a pack with answers.
//! - [`law`]: what must hold of a decision under every completion of what is unknown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this package is tests only: what does not work fails the test"
)]

pub mod corpus;
pub mod law;
pub mod random;
pub mod small;
pub mod subject;
pub mod trial;

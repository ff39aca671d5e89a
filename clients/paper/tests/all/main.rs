//! Sheets as PDF, seen through poppler: what stands in them and how they look.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may stop at once"
)]

mod command;
mod looks;
mod plan;
mod poppler;
mod reading;
mod sheets;
mod standard;
mod texts;

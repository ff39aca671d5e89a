//! What every client of Yichuang shares: answers to facts, decisions to pages and JSON.
//!
//! ```text
//! answers ──read──▶ Facts ──decide──▶ Decision ──view──▶ View ──▶ Tree ──▶ HTML · DOM · JSON
//! ```
//!
//! [`step`] is the whole of it for one request: text in, text out, the same bytes on every
//! client. The crate has no files, no clock and no floats, and knows no rule of any pack.
#![no_std]
#![deny(missing_docs)]
#![warn(clippy::float_arithmetic)]

extern crate alloc;

mod form;

pub use form::*;

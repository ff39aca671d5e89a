//! The npm package: the runtime that decides in a page and keeps the page up to date.
//!
//! ```text
//! fields ──▶ State ──▶ Precheck ──▶ Tree ──patch──▶ nodes of the page     one call per user action
//! ```
//!
//! [`decide`] is the whole of it for those who have a page of their own: text in, text out.
//! [`Session`] holds the answers of one page and patches its nodes; the element `yc-precheck`
//! (`js/element.js`) is a thin cover around it.
//!
//! There are two modules. The one that most pages load leaves out what most packs do without; it
//! refuses a pack with tables of rows or a joint plan by the code `needs_full_module`. The feature
//! `full` makes the other one, which decides about such packs too, explains results, and checks packs
//! in all they hold.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod dom;
mod error;
#[cfg(feature = "full")]
mod filling;
mod patch;
mod session;
mod state;

use alloc::string::String;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yichuang_engine::Date;
use yichuang_forms::{LoadedBundle, LoadedCalendar, RequestError, step};
#[cfg(not(feature = "full"))]
use yichuang_forms::{from_served_ycc as read_calendar, from_served_ycp as read_pack};
#[cfg(feature = "full")]
use yichuang_forms::{from_ycc as read_calendar, from_ycp as read_pack};

use error::Refusal;

pub use session::Session;

/// Small: a page loads it.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Stops the module, as the handler in `std` does in the end. That one puts a message together
/// first, which no page shows.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// The version of this package, as in its `package.json`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    String::from(env!("CARGO_PKG_VERSION"))
}

/// Answers one request: JSON text in, JSON text out, the same bytes as from the server.
///
/// @param pack the bytes of a `.ycp` file
/// @param calendar the bytes of a `.ycc` file
/// @param request `{"on": "2014-11-18", "answers": {…}}`
/// @param today the day of the request where it states none
/// @throws an Error with `code`, `zh` and `en` if a file is damaged or the request cannot be understood;
///   its code is `needs_full_module` if the pack has what only the full module can decide
#[wasm_bindgen]
pub fn decide(pack: &[u8], calendar: &[u8], request: &str, today: &str) -> Result<String, JsValue> {
    Ok(answer(pack, calendar, request, today, step)?)
}

/// Explains one result: why it is so, the smallest changes of answers, what is left to ask. JSON text
/// in, JSON text out, the same bytes as from the server.
///
/// @param pack the bytes of a `.ycp` file
/// @param calendar the bytes of a `.ycc` file
/// @param request `{"target": {"item": "drug_retail"}, "on": "2014-11-18", "answers": {…}}`
/// @param today the day of the request where it states none
/// @throws an Error with `code`, `zh` and `en` if a file is damaged, the request cannot be understood
///   or the pack has no such target
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn explain(pack: &[u8], calendar: &[u8], request: &str, today: &str) -> Result<String, JsValue> {
    Ok(answer(pack, calendar, request, today, yichuang_forms::explain)?)
}

type Step = fn(&LoadedBundle, &LoadedCalendar, &str, Date) -> Result<String, RequestError>;

fn answer(pack: &[u8], calendar: &[u8], request: &str, today: &str, step: Step) -> Result<String, Refusal> {
    Ok(step(&read_pack(pack)?, &read_calendar(calendar)?, request, state::read_day(today)?)?)
}

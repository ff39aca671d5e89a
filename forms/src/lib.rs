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

mod answers;
mod bundle;
pub mod case;
mod decimal;
#[cfg(feature = "forms")]
mod draft;
mod explain;
pub mod f00;
mod form;
pub mod forms_print;
mod html;
mod ics;
mod json;
mod limits;
pub mod page;
mod phrase;
mod read;
mod reason;
mod request;
mod rest_days;
#[cfg(feature = "forms")]
mod schema;
mod step;
mod svg;
#[cfg(test)]
#[cfg(feature = "rows")]
mod tables;
#[cfg(test)]
mod test_pack;
mod tree;
mod typography;
mod uscc;
mod validate;
mod view;
mod wire;
mod words;

pub use answers::{ADD_ROW, Answer, Answers, NONE, REMOVE_ROW, UNSURE, reopened, row_of_fields};
pub use bundle::{
    Bundle, Content, FORMAT, FileError, FileKind, Loaded, LoadedBundle, LoadedCalendar, digest, from_served_ycc,
    from_served_ycp, from_ycc, from_ycp, to_ycc, to_ycp,
};
pub use decimal::{MOST_DIGITS, NumberFault, number_text, parse_number};
#[cfg(feature = "forms")]
pub use draft::{DRAFT_FORMAT, Draft, DraftChange, DraftFact, draft_changes};
pub use explain::{ExplainRequest, Target, explain};
pub use form::*;
pub use html::{document, html};
pub use json::{Json, JsonError};
pub use limits::{LIMITS, Limits};
pub use read::{AnswerError, read};
pub use request::{Request, RequestError};
#[cfg(feature = "forms")]
pub use schema::{Extent, FormSchema, Unexpressed, form_schema};
pub use step::{Precheck, Receipt, step};
pub use tree::{Element, ElementParts, IntoChild, Tree, el};
pub use typography::typeset;
pub use uscc::{Uscc, UsccClass, UsccError};
pub use validate::{Fault, MOST_COMPUTED_PLACES, MOST_PLACES, validate};
pub use view::*;
pub use wire::problem;
pub use words::{Lang, money, value_text};

//! Forms and documents as PDF: the sheets that Chinese offices use, typeset by typst.
//!
//! ```text
//! Precheck ──f00_on_paper, form_on_paper, blank_form──▶ Tree ──Sheet──▶ Paper::pdf ──▶ PDF
//! ```
//!
//! A sheet is a [`Tree`](yichuang_forms::Tree), the same that is written as HTML, so that a form is
//! declared once for both. Its texts reach typst as values, never as source: markup in them prints as
//! it was typed. What no font has prints as 〓 and is listed at the foot of the sheet. The PDF keeps
//! to PDF/UA-1, has its fonts in it, and the same sheet gives the same bytes.

mod breaks;
mod error;
mod fonts;
mod glyphs;
mod paper;
mod picture;
mod qr;
mod sheet;
mod value;
mod world;

pub use error::PaperError;
pub use fonts::{Fonts, STANDARD_PLACES};
pub use paper::Paper;
pub use sheet::Sheet;

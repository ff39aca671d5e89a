//! What can be wrong with the meaning of rule files: one function, one message.

/// A text in both languages, with the names in scope filled in.
macro_rules! msg {
    ($zh:literal, $en:literal) => {
        crate::Msg { zh: format!($zh), en: format!($en) }
    };
}

mod entries;
mod joint;
mod layers;
mod names;
mod numbers;
mod rows;
mod sheets;
mod tables;
mod types;
mod unused;
mod values;

pub(super) use entries::*;
pub(super) use joint::*;
pub(super) use layers::*;
pub(super) use names::*;
pub(super) use numbers::*;
pub(super) use rows::*;
pub(super) use sheets::*;
pub(super) use tables::*;
pub(super) use types::*;
pub(super) use unused::*;
pub(super) use values::*;

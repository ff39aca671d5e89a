//! View to Tree: the page of a pre-check, the catalogue, and the whole documents around them.
//!
//! The page is one form that works without script; the element `yc-precheck` wraps the same tree
//! and patches it by key.

mod ask;
mod catalogue;
mod dates;
#[cfg(feature = "forms")]
mod draft;
#[cfg(feature = "forms")]
mod filling;
mod gantt;
mod joint;
mod layers;
mod materials;
mod parts;
mod result;
mod rows;
pub(crate) mod shell;
#[cfg(test)]
mod tests;

use alloc::format;

pub use catalogue::{Card, catalogue_document};
#[cfg(feature = "forms")]
pub use draft::{draft_file, draft_note, draft_page};
#[cfg(feature = "forms")]
pub use filling::{filling, filling_document};
pub use joint::{plan_document, plan_ics, plan_on_paper};
pub use shell::{
    Head, Site, error_document, precheck_document, precheck_document_with, script, sheet_document, site_document,
};

use crate::typography::typeset_tree;
use crate::{Element, Tree, View, el, f00};
use parts::hidden;

/// The page of a pre-check: the one form, which is the child of `yc-precheck`.
#[must_use]
pub fn precheck(view: &View) -> Tree {
    let form = el("form")
        .key("precheck")
        .id("precheck")
        .class("precheck")
        .attr("method", "post")
        .attr("action", format!("/{}", view.head.pack))
        .attr("autocomplete", "off")
        .flag("novalidate", true)
        // The first button is the one that Enter presses.
        .child(
            el("button").key("default").attr("type", "submit").flag("hidden", true).text(parts::next_word(view.lang)),
        )
        .child(controls(view))
        .child(ask::section(view))
        .child(result::section(view))
        .child(materials::section(view))
        .child(result::bar(view))
        .child(f00::sheet(view));
    typeset_tree(form, view.lang).into()
}

/// What travels along: the language, the view, the question that is shown, answers without a field.
fn controls(view: &View) -> Element {
    let large = if view.large { "1" } else { "0" };
    el("div")
        .key("controls")
        .flag("hidden", true)
        .child(hidden("__lang", view.lang.code()))
        .child(hidden("__large", large))
        .child(view.question.as_ref().map(|question| hidden("__ask", &question.fact)))
        .children(view.carried.iter().map(|(name, value)| hidden(name, value)))
}

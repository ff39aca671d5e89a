//! The shapes of which pictures are drawn, in whole units of the picture.

use alloc::format;
use alloc::string::String;

use crate::{Element, el};

/// About how wide a text is: no more than this in the fonts that there are.
pub(crate) fn width(text: &str) -> i64 {
    text.chars().map(|c| if c.is_ascii() { 7 } else { 13 }).sum()
}

pub(crate) fn rect(class: &'static str, x: i64, y: i64, width: i64, height: i64) -> Element {
    let rect = el("rect").class(class).attr("x", format!("{x}")).attr("y", format!("{y}"));
    rect.attr("width", format!("{width}")).attr("height", format!("{height}"))
}

pub(crate) fn disc(class: &'static str, x: i64, y: i64, radius: i64) -> Element {
    let disc = el("circle").class(class).attr("cx", format!("{x}")).attr("cy", format!("{y}"));
    disc.attr("r", format!("{radius}"))
}

pub(crate) fn diamond(class: &'static str, x: i64, y: i64) -> Element {
    el("path").class(class).attr("d", format!("M{x} {}l7 7l-7 7l-7 -7z", y - 7))
}

pub(crate) fn segment(class: &'static str, [(x1, y1), (x2, y2)]: [(i64, i64); 2]) -> Element {
    el("path").class(class).attr("d", format!("M{x1} {y1}L{x2} {y2}"))
}

pub(crate) fn text(class: &'static str, x: i64, y: i64, words: String) -> Element {
    el("text").class(class).attr("x", format!("{x}")).attr("y", format!("{y}")).text(words)
}

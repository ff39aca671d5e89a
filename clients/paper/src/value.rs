//! A tree as a value for typst. Texts stay values from here to the page.

use typst::foundations::{Array, Dict, IntoValue, Value};
use yichuang_forms::{Element, Tree};

use crate::breaks::{LONGEST, wrapped};
use crate::glyphs::Glyphs;
use crate::picture;
use crate::sheet::{find, words};

/// Writes trees as values.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    pub(crate) glyphs: Glyphs<'a>,
    /// The longest stretch without a place to break that the column is wide enough for.
    longest: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(glyphs: Glyphs<'a>) -> Writer<'a> {
        Writer { glyphs, longest: LONGEST }
    }

    /// An element as `(tag, class, lang, kids)`, a text as `(lines,)`, a picture as one more.
    pub(crate) fn tree(&mut self, tree: &Tree) -> Value {
        match tree {
            Tree::Element(element) => self.element(element),
            Tree::Text(text) => {
                let mut value = Dict::new();
                value.insert("lines".into(), self.text(text));
                Value::Dict(value)
            }
        }
    }

    /// The lines of a text, each of which is an array of pieces.
    pub(crate) fn text(&mut self, text: &str) -> Value {
        let lines = self.glyphs.lines(text);
        let lines = lines.iter().flat_map(|line| wrapped(line, self.longest));
        lines
            .map(|pieces| pieces.into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
            .collect::<Array>()
            .into_value()
    }

    fn element(&mut self, element: &Element) -> Value {
        self.enter(element);
        if element.tag == "svg" {
            return picture::value(element, &mut self.glyphs);
        }
        let outside = self.longest;
        if element.tag == "table" {
            self.longest = LONGEST * 2 / columns(element).max(2);
        }
        let kids: Array = element.children.iter().map(|child| self.tree(child)).collect();
        self.longest = outside;
        let mut value = Dict::new();
        value.insert("tag".into(), element.tag.into_value());
        value.insert("class".into(), element.get("class").unwrap_or_default().into_value());
        value.insert("lang".into(), element.get("lang").unwrap_or_default().into_value());
        value.insert("kids".into(), kids.into_value());
        Value::Dict(value)
    }

    /// Where what follows stands: in the row with this label, under this title.
    fn enter(&mut self, element: &Element) {
        let label = match element.tag {
            "h1" | "h2" | "h3" | "caption" | "dt" => Some(words(element)),
            "tr" => element.children.first().and_then(|cell| find(cell, "th")).map(words),
            _ if element.get("class") == Some("sheet-foot") => Some(String::new()),
            _ => None,
        };
        if let Some(label) = label {
            self.glyphs.place = self.glyphs.name(&label);
        }
    }
}

/// The number of cells in the widest row.
fn columns(table: &Element) -> usize {
    let rows = |tree: &Tree| match tree {
        Tree::Element(element) if element.tag == "tr" => element.children.len(),
        Tree::Element(element) => columns(element),
        Tree::Text(_) => 0,
    };
    table.children.iter().map(rows).max().unwrap_or(0)
}

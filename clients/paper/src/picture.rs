//! Pictures of a sheet: what a page draws in its colours, in black, grey and white.

use typst::foundations::{Array, Bytes, Dict, IntoValue, Value};
use yichuang_forms::{Element, Tree, html};

use crate::Fonts;
use crate::glyphs::Glyphs;
use crate::sheet::{find, words};

/// How the shapes of pictures look, by the classes that pages give them.
const LOOK: &str = "text{font-size:12px;fill:#000}.when{font-size:11px;fill:#333}\
    .department,.critical{font-weight:bold}.lane{fill:#e2e2e2}.rest{fill:#f0f0f0}.unsettled{fill:#f6f6f6}\
    .tick{stroke:#aaa;stroke-width:.6}.work{fill:#999}rect.critical{fill:#000}\
    .slack{fill:none;stroke:#000;stroke-width:.7;stroke-dasharray:3 2}.survey{fill:#555}";

/// A picture with its drawing and what is heard of it.
pub(crate) fn value(svg: &Element, glyphs: &mut Glyphs<'_>) -> Value {
    let heard: Vec<String> = ["title", "desc"]
        .into_iter()
        .filter_map(|tag| svg.children.iter().find_map(|child| find(child, tag)))
        .map(words)
        .collect();
    let families = Fonts::FAMILIES.map(|family| format!("'{family}'")).join(",");
    let style = format!("<style>text{{font-family:{families}}}{LOOK}</style>");
    // Where it begins: a picture of its own names what it is written in.
    let drawing = html(&printable(svg, glyphs)).replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    let drawing = drawing.replacen('>', &format!(">{style}"), 1);
    let mut value = Dict::new();
    value.insert("tag".into(), "picture".into_value());
    value.insert("class".into(), "".into_value());
    value.insert("lang".into(), "".into_value());
    value.insert("kids".into(), Array::new().into_value());
    value.insert("drawing".into(), Bytes::from_string(drawing).into_value());
    value.insert("alt".into(), glyphs.name(&heard.join("\u{3000}")).into_value());
    Value::Dict(value)
}

/// The same with what no font has replaced.
fn printable(element: &Element, glyphs: &mut Glyphs<'_>) -> Tree {
    let mut printed = element.clone();
    for child in &mut printed.children {
        *child = match child {
            Tree::Element(element) => printable(element, glyphs),
            Tree::Text(text) => Tree::Text(glyphs.name(text)),
        };
    }
    Tree::Element(printed)
}

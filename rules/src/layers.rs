//! Layers: a pack may extend another one, which may extend a third.
//!
//! ```text
//! 规则包: {继承: cn/three-in-one}      every file of `cn/three-in-one` counts as if it were here
//! ```
//!
//! The chain is found here; how a pack is put onto those above it is in [`crate::lower`].

mod faults;

pub(crate) use faults::in_pack_above;

use std::collections::BTreeMap;

use crate::lower::keys::chinese;
use crate::lower::{LayerName, Parsed};
use crate::{Diagnostic, Node, Source, SourceId, Span, yaml};

/// How many packs a chain may have.
pub(crate) const MAX_LAYERS: usize = 8;

/// A pack of a chain, as it is written.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) name: LayerName,
    pub(crate) parsed: Parsed,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Puts the packs of a chain in order: the one that extends none first, the pack itself last.
/// With a fault in the chain, the pack itself alone.
pub(crate) fn chain(
    id: &str,
    mut parsed: BTreeMap<Option<String>, (Parsed, Vec<Diagnostic>)>,
) -> (Vec<Layer>, Option<Diagnostic>) {
    let mut take = |prefix: Option<String>, id: &str| {
        let (parsed, diagnostics) = parsed.remove(&prefix)?;
        let name = LayerName { prefix, id: id.to_owned(), edition: String::new() };
        Some(Layer { name, parsed, diagnostics })
    };
    let mut layers = vec![take(None, id).unwrap_or_default()];
    let mut steps: Vec<(String, Span)> = Vec::new();
    let fault = loop {
        let Some(node) = layers.last().and_then(|layer| layer.parsed.roots.iter().find_map(extends)) else {
            break None;
        };
        let parent = match node.expect_text() {
            Ok(parent) => parent.to_owned(),
            Err(fault) => break Some(fault),
        };
        let span = node.span;
        let known = layers.iter().position(|layer| layer.name.id == parent);
        steps.push((parent.clone(), span));
        if !is_pack_id(&parent) {
            break Some(faults::not_an_id(&parent, span));
        } else if known.is_some() {
            break Some(faults::circle(id, &steps));
        } else if layers.len() >= MAX_LAYERS {
            break Some(faults::too_deep(MAX_LAYERS, span));
        }
        match take(Some(parent.clone()), &parent) {
            Some(layer) => layers.push(layer),
            None => break Some(faults::no_such_pack(&parent, span)),
        }
    };
    if fault.is_some() {
        layers.truncate(1);
    }
    layers.reverse();
    (layers, fault)
}

/// The id of the pack that these files of one pack extend, if it can be one.
pub(crate) fn extended(sources: &[Source]) -> Option<String> {
    let parent = in_pack(sources, "extends")?;
    is_pack_id(&parent).then_some(parent)
}

/// Whether the files of a pack say that it is a template 模板: packs extend it, nothing is decided
/// by it alone. It is compiled and checked as any other, but belongs into no catalogue.
#[must_use]
pub fn is_template(sources: &[Source]) -> bool {
    let own: Vec<Source> = sources.iter().filter(|source| source.pack().is_none()).cloned().collect();
    in_pack(&own, "template").is_some_and(|word| says_yes(&word))
}

/// 是 in all ways in which it is written.
pub(crate) fn says_yes(word: &str) -> bool {
    matches!(word, "是" | "真" | "true" | "yes")
}

/// A text of the section `pack`.
fn in_pack(sources: &[Source], key: &str) -> Option<String> {
    let files = sources.iter().filter(|source| source.name.ends_with(".yaml"));
    let roots = files.filter_map(|source| yaml::parse(SourceId(0), &source.text).0);
    roots
        .filter_map(|root| value(&root, "pack").and_then(|pack| value(pack, key)?.text()).map(ToOwned::to_owned))
        .next()
}

fn extends(root: &Node) -> Option<&Node> {
    value(root, "pack").and_then(|pack| value(pack, "extends")).filter(|node| !node.is_absent())
}

/// The value of a key in either language.
fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let named = |entry: &&crate::Entry| entry.key == key || chinese(key).contains(&entry.key.as_str());
    node.entries()?.iter().find(named).map(|entry| &entry.value)
}

/// Whether a word may be the id of a pack: names of folders, with `/` between them.
fn is_pack_id(word: &str) -> bool {
    let is_name = |part: &str| {
        let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
        !part.is_empty() && part.trim() == part && part != "." && part != ".." && !part.contains(odd)
    };
    word.split('/').all(is_name)
}

#[cfg(test)]
mod tests;

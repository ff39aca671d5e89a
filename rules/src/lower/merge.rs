//! Putting the files of a pack onto those of the packs that it extends.
//!
//! Lists go on where those above end. A section that holds one value, written again, takes the
//! place of the one above, which is kept beside for what may not become stricter. What `pack` says
//! is taken over key by key. Redeclared entries are found when they are declared.

use super::keys::canonical;
use super::{PACK, Parsed, TOP, faults};
use crate::{Diagnostic, Entry, Node, NodeKind};

/// A pack of a chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct LayerName {
    /// How the names of its files begin; `None` for the pack that is compiled.
    pub(crate) prefix: Option<String>,
    /// Its id.
    pub(crate) id: String,
    /// Its edition, its own or that of a pack above.
    pub(crate) edition: String,
}

/// What becomes of a section that a pack above has too.
enum Shape {
    List,
    OneOrMore,
    Keys,
    Matrix,
    Whole,
}

fn shape(key: &str) -> Shape {
    match key {
        "pack" => Shape::Keys,
        "material_matrix" => Shape::Matrix,
        "not_encoded" => Shape::OneOrMore,
        "window" | "promised" | "plan" | "joint_plan" | "tolerance" => Shape::Whole,
        _ => Shape::List,
    }
}

/// The keys of `pack` that are not taken over.
const OWN: &[&str] = &["extends", "template"];

/// Puts a pack onto what is above it, which is without faults.
pub(crate) fn merge(above: Parsed, mut own: Parsed, mut name: LayerName) -> (Parsed, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Parsed { roots, sheets, mut layers, replaced, matrices, .. } = above;
    let entries = roots.into_iter().flat_map(|root| match root.kind {
        NodeKind::Mapping(entries) => entries,
        NodeKind::Scalar { .. } | NodeKind::Sequence(_) => Vec::new(),
    });
    let mut rest: Vec<(&'static str, Entry)> =
        entries.filter_map(|entry| Some((canonical(&entry.key, TOP)?, entry))).collect();
    (own.replaced, own.matrices) = (replaced, matrices);
    own.sheets.extend(sheets);
    let mut written = std::mem::take(&mut own.roots);
    for entry in written.iter_mut().flat_map(entries_mut) {
        let Some(key) = canonical(&entry.key, TOP) else { continue };
        let Some(place) = rest.iter().position(|(known, _)| *known == key) else { continue };
        let (_, mut above) = rest.remove(place);
        match shape(key) {
            Shape::List => go_on(entry, above, &mut diagnostics),
            Shape::OneOrMore => {
                listed(&mut entry.value);
                listed(&mut above.value);
                go_on(entry, above, &mut diagnostics);
            }
            Shape::Keys => take_over(&mut entry.value, above.value),
            Shape::Matrix => own.matrices.push(above.value),
            Shape::Whole => own.replaced.entry(key).or_default().push(above),
        }
    }
    let all = written.iter().filter_map(Node::entries).flatten().chain(rest.iter().map(|(_, entry)| entry));
    name.edition = edition(all);
    own.roots = written;
    if let Some((_, first)) = rest.first() {
        let span = first.key_span;
        own.roots.push(Node { span, kind: NodeKind::Mapping(rest.into_iter().map(|(_, entry)| entry).collect()) });
    }
    layers.push(name);
    own.layers = layers;
    (own, diagnostics)
}

fn entries_mut(node: &mut Node) -> &mut [Entry] {
    match &mut node.kind {
        NodeKind::Mapping(entries) => entries,
        NodeKind::Scalar { .. } | NodeKind::Sequence(_) => &mut [],
    }
}

/// A list goes on where the one above ends. What is no list stays as it is, for its own fault.
fn go_on(entry: &mut Entry, above: Entry, diagnostics: &mut Vec<Diagnostic>) {
    if entry.value.is_absent() {
        diagnostics.push(faults::empty_key(entry));
        entry.value = above.value;
        return;
    }
    if let (NodeKind::Sequence(own), NodeKind::Sequence(mut items)) = (&mut entry.value.kind, above.value.kind) {
        if own.is_empty() {
            diagnostics.push(faults::empty_list(entry.value.span));
        }
        items.append(own);
        *own = items;
    }
}

/// One mapping is a list of one.
fn listed(node: &mut Node) {
    if node.entries().is_some() {
        let one = node.clone();
        node.kind = NodeKind::Sequence(vec![one]);
    }
}

/// Keys that are not written are those above.
fn take_over(own: &mut Node, above: Node) {
    let (NodeKind::Mapping(entries), NodeKind::Mapping(above)) = (&mut own.kind, above.kind) else { return };
    for entry in above {
        let Some(key) = canonical(&entry.key, PACK).filter(|key| !OWN.contains(key)) else { continue };
        if !entries.iter().any(|own| canonical(&own.key, PACK) == Some(key)) {
            entries.push(entry);
        }
    }
}

/// The edition that one of these sections states.
fn edition<'e>(mut sections: impl Iterator<Item = &'e Entry>) -> String {
    let pack = sections.find(|entry| canonical(&entry.key, &["pack"]).is_some());
    let keys = pack.and_then(|pack| pack.value.entries()).unwrap_or_default();
    let edition = keys.iter().find(|entry| canonical(&entry.key, PACK) == Some("edition"));
    let text =
        edition.and_then(|edition| edition.value.text().or_else(|| edition.value.get(&["zh", "中文"])?.value.text()));
    text.unwrap_or_default().trim_end().to_owned()
}

//! Patches what a page shows until it equals a tree, by keys; the nodes themselves are behind
//! [`Dom`], so that all of this is tested without a browser.
//!
//! [`build`] makes nodes for a tree, [`adopt`] takes over those that the server wrote, and both
//! give a [`Live`] copy of what is shown. [`patch`] compares the copy with the next tree and
//! touches only what differs: a node keeps its identity, and with it focus, selection and the
//! place to which it was scrolled, for as long as the tree has a node for it.

mod children;

#[cfg(test)]
pub(crate) mod model;
#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_forms::{Element, Tree};

use children::{adopt_children, build_children, patch_children};

/// The nodes of a page.
pub(crate) trait Dom {
    type Node: Clone;

    fn new_element(&self, tag: &str) -> Self::Node;
    fn new_text(&self, text: &str) -> Self::Node;
    fn set_text(&self, node: &Self::Node, text: &str);
    fn set_attr(&self, node: &Self::Node, name: &str, value: &str);
    fn remove_attr(&self, node: &Self::Node, name: &str);
    /// Puts a node, new or not, before another one, or at the end.
    fn insert(&self, parent: &Self::Node, node: &Self::Node, before: Option<&Self::Node>);
    fn remove(&self, parent: &Self::Node, node: &Self::Node);
    /// Whether the focus is on this node or inside it.
    fn holds_focus(&self, node: &Self::Node) -> bool;
    /// Sets whether a radio button or a checkbox is on, which its attribute no longer says after
    /// the first click.
    fn set_checked(&self, node: &Self::Node, on: bool);
    /// Sets the text in a field, which its attribute no longer says after the first letter.
    fn set_value(&self, node: &Self::Node, text: &str);
    /// What a node that someone else made is.
    fn look(&self, node: &Self::Node) -> Found;
    fn children(&self, node: &Self::Node) -> Vec<Self::Node>;
}

/// A node that someone else made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// An element with its name in small letters and its attributes.
    Element(String, Vec<(String, String)>),
    Text(String),
    /// A comment and whatever else; it is left alone.
    Other,
}

/// A node of the page and what it shows now.
#[derive(Debug)]
pub(crate) struct Live<N> {
    pub(crate) node: N,
    shown: Shown<N>,
}

#[derive(Debug)]
enum Shown<N> {
    Text(String),
    Element(LiveElement<N>),
}

#[derive(Debug)]
struct LiveElement<N> {
    tag: &'static str,
    attrs: Vec<(&'static str, String)>,
    key: Option<String>,
    children: Vec<Live<N>>,
}

/// Makes the node of a tree, without a place yet.
pub(crate) fn build<D: Dom>(dom: &D, tree: &Tree) -> Live<D::Node> {
    match tree {
        Tree::Element(element) => build_element(dom, element),
        Tree::Text(text) => build_text(dom, text),
    }
}

fn build_text<D: Dom>(dom: &D, text: &str) -> Live<D::Node> {
    Live { node: dom.new_text(text), shown: Shown::Text(text.into()) }
}

fn build_element<D: Dom>(dom: &D, element: &Element) -> Live<D::Node> {
    let node = dom.new_element(element.tag);
    // The text of a field is no attribute of a `textarea`.
    let is_area = element.tag == "textarea";
    for (name, value) in element.attrs.iter().filter(|(name, _)| !(is_area && *name == "value")) {
        dom.set_attr(&node, name, value);
    }
    let children = build_children(dom, &node, element);
    if is_area {
        set_state(dom, &node, element);
    }
    Live { node, shown: Shown::Element(LiveElement::of(element, children)) }
}

/// Takes over a node that the server made from a tree, and mends it where it differs; `None` if
/// it is another element altogether.
pub(crate) fn adopt<D: Dom>(dom: &D, node: &D::Node, tree: &Tree) -> Option<Live<D::Node>> {
    match (tree, dom.look(node)) {
        (Tree::Element(element), Found::Element(tag, attrs)) if tag == element.tag => {
            Some(adopt_element(dom, node, element, &attrs))
        }
        _ => None,
    }
}

fn adopt_element<D: Dom>(dom: &D, node: &D::Node, element: &Element, found: &[(String, String)]) -> Live<D::Node> {
    for (name, _) in found {
        if element.get(name).is_none() && !is_the_readers(name) {
            dom.remove_attr(node, name);
        }
    }
    for (name, value) in &element.attrs {
        let is_there = found.iter().any(|(other, there)| other == name && there == value);
        if !is_there && !is_state(element, name) {
            dom.set_attr(node, name, value);
        }
    }
    let children = adopt_children(dom, node, element);
    set_state(dom, node, element);
    Live { node: node.clone(), shown: Shown::Element(LiveElement::of(element, children)) }
}

/// Whether an attribute belongs to the reader: a `details` stays as open as it was left.
fn is_the_readers(name: &str) -> bool {
    name == "open"
}

/// Changes what a page shows into a tree; `false` and nothing is done if the root is another
/// element.
pub(crate) fn patch<D: Dom>(dom: &D, live: &mut Live<D::Node>, tree: &Tree) -> bool {
    match (&mut live.shown, tree) {
        (Shown::Element(shown), Tree::Element(element)) if shown.tag == element.tag => {
            patch_element(dom, &live.node, shown, element);
            true
        }
        _ => false,
    }
}

fn patch_element<D: Dom>(dom: &D, node: &D::Node, shown: &mut LiveElement<D::Node>, element: &Element) {
    if element.is_same {
        return;
    }
    patch_attrs(dom, node, shown, element);
    shown.key.clone_from(&element.key);
    shown.children = patch_children(dom, node, core::mem::take(&mut shown.children), element);
    set_state(dom, node, element);
}

fn patch_attrs<D: Dom>(dom: &D, node: &D::Node, shown: &mut LiveElement<D::Node>, element: &Element) {
    if shown.attrs == element.attrs {
        return;
    }
    for (name, _) in &shown.attrs {
        if element.get(name).is_none() {
            dom.remove_attr(node, name);
        }
    }
    for (name, value) in &element.attrs {
        let is_there = shown.attrs.iter().any(|(other, there)| other == name && there == value);
        if !is_there && !is_state(element, name) {
            dom.set_attr(node, name, value);
        }
    }
    shown.attrs.clone_from(&element.attrs);
}

/// What the reader can change in an element, apart from its attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    None,
    Checked,
    Value,
}

impl State {
    fn of(element: &Element) -> State {
        match (element.tag, element.get("type")) {
            ("input", Some("radio" | "checkbox")) => State::Checked,
            ("input", Some("hidden" | "submit" | "button")) => State::None,
            ("input" | "textarea", _) => State::Value,
            _ => State::None,
        }
    }
}

/// Whether an attribute only says how a field began: setting it would change the text under the
/// reader's hands in a field that was not typed in yet.
fn is_state(element: &Element, name: &str) -> bool {
    name == "value" && State::of(element) == State::Value
}

fn set_state<D: Dom>(dom: &D, node: &D::Node, element: &Element) {
    match State::of(element) {
        State::None => {}
        State::Checked => dom.set_checked(node, element.get("checked").is_some()),
        State::Value => dom.set_value(node, element.get("value").unwrap_or_default()),
    }
}

impl<N> LiveElement<N> {
    fn of(element: &Element, children: Vec<Live<N>>) -> LiveElement<N> {
        LiveElement { tag: element.tag, attrs: element.attrs.clone(), key: element.key.clone(), children }
    }
}

//! The nodes of a browser, through web-sys. There is no `innerHTML` here and no `style`: the
//! content-security policy forbids both.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlInputElement, Node};

use crate::patch::{Dom, Found};

#[derive(Debug)]
pub(crate) struct Browser {
    document: Document,
}

impl Browser {
    /// The nodes of the document in which an element stands; `None` for no element at all.
    pub(crate) fn of(element: &Element) -> Option<Browser> {
        element.owner_document().map(|document| Browser { document })
    }

    fn has_focus(&self, node: &Node) -> bool {
        self.document.active_element().is_some_and(|active| node.is_same_node(Some(&active)))
    }
}

/// Where the browser could refuse, it does so only for names that are no names; those of a tree
/// are all written in the source. What it refuses is not shown.
impl Dom for Browser {
    type Node = Node;

    fn new_element(&self, tag: &str) -> Node {
        let element = self.document.create_element(tag).map(Node::from);
        element.unwrap_or_else(|_| self.new_text(""))
    }

    fn new_text(&self, text: &str) -> Node {
        self.document.create_text_node(text).into()
    }

    fn set_text(&self, node: &Node, text: &str) {
        node.set_node_value(Some(text));
    }

    fn set_attr(&self, node: &Node, name: &str, value: &str) {
        let _ = node.unchecked_ref::<Element>().set_attribute(name, value);
    }

    fn remove_attr(&self, node: &Node, name: &str) {
        let _ = node.unchecked_ref::<Element>().remove_attribute(name);
    }

    fn insert(&self, parent: &Node, node: &Node, before: Option<&Node>) {
        let _ = parent.insert_before(node, before);
    }

    fn remove(&self, parent: &Node, node: &Node) {
        let _ = parent.remove_child(node);
    }

    fn holds_focus(&self, node: &Node) -> bool {
        node.contains(self.document.active_element().map(Node::from).as_ref())
    }

    fn set_checked(&self, node: &Node, on: bool) {
        let input = node.unchecked_ref::<HtmlInputElement>();
        if input.checked() != on {
            input.set_checked(on);
        }
    }

    fn set_value(&self, node: &Node, text: &str) {
        let input = node.unchecked_ref::<HtmlInputElement>();
        if input.value() != text && !self.has_focus(node) {
            input.set_value(text);
        }
    }

    fn look(&self, node: &Node) -> Found {
        match node.node_type() {
            Node::ELEMENT_NODE => {
                let element = node.unchecked_ref::<Element>();
                Found::Element(element.local_name(), attributes(element))
            }
            Node::TEXT_NODE => Found::Text(node.node_value().unwrap_or_default()),
            _ => Found::Other,
        }
    }

    fn children(&self, node: &Node) -> Vec<Node> {
        let mut children = Vec::new();
        let mut next = node.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            children.push(child);
        }
        children
    }
}

fn attributes(element: &Element) -> Vec<(String, String)> {
    let attributes = element.attributes();
    let all = (0..attributes.length()).filter_map(|place| attributes.item(place));
    all.map(|attribute| (attribute.name(), attribute.value())).collect()
}

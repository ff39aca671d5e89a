//! A page without a browser: what a patch did can be read off it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use yichuang_forms::{Element, Tree};

use super::{Dom, Found};

/// A node; its number tells it apart from another one that looks the same.
#[derive(Clone, Debug)]
pub(crate) struct ModelNode(pub(crate) Rc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) number: usize,
    pub(crate) content: RefCell<Content>,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(String),
    Comment,
    Element { tag: String, attrs: BTreeMap<String, String>, checked: bool, value: String, children: Vec<ModelNode> },
}

/// The page: it numbers its nodes, knows where the focus is, and counts what is done to it.
#[derive(Debug, Default)]
pub(crate) struct Model {
    made: Cell<usize>,
    pub(crate) focus: Cell<Option<usize>>,
    /// How often anything was written, moved, made or removed.
    pub(crate) edits: Cell<usize>,
    /// The numbers of nodes that were taken out or moved.
    pub(crate) moved: RefCell<Vec<usize>>,
}

impl ModelNode {
    pub(crate) fn number(&self) -> usize {
        self.0.number
    }

    pub(crate) fn children(&self) -> Vec<ModelNode> {
        match &*self.0.content.borrow() {
            Content::Element { children, .. } => children.clone(),
            Content::Text(_) | Content::Comment => Vec::new(),
        }
    }

    /// Itself and everything in it, in the order of the page.
    pub(crate) fn all(&self) -> Vec<ModelNode> {
        let mut all = vec![self.clone()];
        self.children().iter().for_each(|child| all.extend(child.all()));
        all
    }

    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut Content) -> T) -> T {
        change(&mut self.0.content.borrow_mut())
    }

    /// What a form would send of it: a field's name and value.
    pub(crate) fn posted(&self) -> Option<(String, String)> {
        let content = self.0.content.borrow();
        let Content::Element { tag, attrs, checked, value, .. } = &*content else { return None };
        let is_box = attrs.get("type").is_some_and(|kind| matches!(kind.as_str(), "radio" | "checkbox"));
        let name = attrs.get("name").or(attrs.get("data-name"))?;
        let is_sent = matches!(tag.as_str(), "input" | "textarea") && (!is_box || *checked);
        is_sent.then(|| (name.clone(), value.clone()))
    }

    /// What is shown, in a form that can be compared.
    pub(crate) fn shown(&self) -> String {
        match &*self.0.content.borrow() {
            Content::Comment => String::new(),
            Content::Text(text) => text.clone(),
            Content::Element { tag, attrs, checked, value, children } => {
                let kind = attrs.get("type").map_or("", String::as_str);
                let state = match (tag.as_str(), kind) {
                    ("input", "radio" | "checkbox") => checked.to_string(),
                    ("input" | "textarea", _) => value.clone(),
                    _ => String::new(),
                };
                // What a field began with does not matter beside what is in it.
                let is_field = tag == "textarea" || tag == "input" && !matches!(kind, "radio" | "checkbox");
                let attrs: Vec<_> = attrs.iter().filter(|(name, _)| !(is_field && *name == "value")).collect();
                let children: String = children.iter().map(ModelNode::shown).collect();
                format!("<{tag} {attrs:?} {state}>{children}</{tag}>")
            }
        }
    }
}

impl Model {
    fn node(&self, content: Content) -> ModelNode {
        self.made.set(self.made.get() + 1);
        ModelNode(Rc::new(Inner { number: self.made.get(), content: RefCell::new(content) }))
    }

    fn edit(&self) {
        self.edits.set(self.edits.get() + 1);
    }

    /// The page as a browser reads it from HTML: no keys, texts side by side are one.
    pub(crate) fn parse(&self, element: &Element) -> ModelNode {
        let mut children: Vec<ModelNode> = Vec::new();
        for child in &element.children {
            let text = match child {
                Tree::Element(child) => {
                    children.push(self.parse(child));
                    continue;
                }
                Tree::Text(text) => text,
            };
            let joined = children.last().is_some_and(|last| {
                last.with(|last| match last {
                    Content::Text(before) => {
                        before.push_str(text);
                        true
                    }
                    _ => false,
                })
            });
            if !joined && !text.is_empty() {
                children.push(self.node(Content::Text(text.clone())));
            }
        }
        self.node(Content::Element {
            tag: element.tag.into(),
            attrs: element.attrs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
            checked: element.get("checked").is_some(),
            value: element.get("value").unwrap_or_default().into(),
            children,
        })
    }

    pub(crate) fn comment(&self) -> ModelNode {
        self.node(Content::Comment)
    }
}

impl Dom for Model {
    type Node = ModelNode;

    fn new_element(&self, tag: &str) -> ModelNode {
        self.edit();
        self.node(Content::Element {
            tag: tag.into(),
            attrs: BTreeMap::new(),
            checked: false,
            value: String::new(),
            children: Vec::new(),
        })
    }

    fn new_text(&self, text: &str) -> ModelNode {
        self.edit();
        self.node(Content::Text(text.into()))
    }

    fn set_text(&self, node: &ModelNode, text: &str) {
        self.edit();
        node.with(|content| *content = Content::Text(text.into()));
    }

    fn set_attr(&self, node: &ModelNode, name: &str, new: &str) {
        self.edit();
        node.with(|content| {
            if let Content::Element { attrs, checked, value, .. } = content {
                attrs.insert(name.into(), new.into());
                match name {
                    "checked" => *checked = true,
                    "value" => *value = new.into(),
                    _ => {}
                }
            }
        });
    }

    fn remove_attr(&self, node: &ModelNode, name: &str) {
        self.edit();
        node.with(|content| {
            if let Content::Element { attrs, .. } = content {
                assert!(attrs.remove(name).is_some(), "`{name}` is removed but was not there");
            }
        });
    }

    fn insert(&self, parent: &ModelNode, node: &ModelNode, before: Option<&ModelNode>) {
        self.edit();
        parent.with(|content| {
            let Content::Element { children, .. } = content else { panic!("a text has no children") };
            if let Some(was) = children.iter().position(|child| child.number() == node.number()) {
                self.moved.borrow_mut().push(node.number());
                children.remove(was);
            }
            let at = match before {
                None => children.len(),
                Some(before) => children.iter().position(|child| child.number() == before.number()).unwrap(),
            };
            children.insert(at, node.clone());
        });
    }

    fn remove(&self, parent: &ModelNode, node: &ModelNode) {
        self.edit();
        self.moved.borrow_mut().push(node.number());
        parent.with(|content| {
            let Content::Element { children, .. } = content else { panic!("a text has no children") };
            let was = children.iter().position(|child| child.number() == node.number()).unwrap();
            children.remove(was);
        });
    }

    fn holds_focus(&self, node: &ModelNode) -> bool {
        self.focus.get().is_some_and(|focus| node.all().iter().any(|inner| inner.number() == focus))
    }

    fn set_checked(&self, node: &ModelNode, on: bool) {
        node.with(|content| {
            if let Content::Element { checked, .. } = content {
                *checked = on;
            }
        });
    }

    fn set_value(&self, node: &ModelNode, text: &str) {
        if self.focus.get() == Some(node.number()) {
            return;
        }
        node.with(|content| {
            if let Content::Element { value, .. } = content {
                *value = text.into();
            }
        });
    }

    fn look(&self, node: &ModelNode) -> Found {
        match &*node.0.content.borrow() {
            Content::Comment => Found::Other,
            Content::Text(text) => Found::Text(text.clone()),
            Content::Element { tag, attrs, .. } => Found::Element(tag.clone(), attrs.clone().into_iter().collect()),
        }
    }

    fn children(&self, node: &ModelNode) -> Vec<ModelNode> {
        node.children()
    }
}

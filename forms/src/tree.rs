//! A page as data: elements, attributes, children and keys.
//!
//! ```
//! use yichuang_forms::{el, html};
//! let tree = el("p").class("lead").text("1 < 2");
//! assert_eq!(html(&tree.into()), "<p class=\"lead\">1 &lt; 2</p>");
//! ```

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

/// A node of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

/// An element of a page. It is built with [`el`], which keeps out what the content-security
/// policy forbids.
///
/// It is one pointer wide, since a page is built by handing elements from call to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(Box<ElementParts>);

/// What an [`Element`] is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementParts {
    /// Its name: `p`.
    pub tag: &'static str,
    /// Its attributes in the order of writing, each once.
    pub attrs: Vec<(&'static str, String)>,
    /// Its identity among its siblings when a page is patched.
    pub key: Option<String>,
    /// It stands for the element with its key that is shown already, which stays as it is.
    pub is_same: bool,
    /// What it holds.
    pub children: Vec<Tree>,
}

/// An element without attributes and children.
#[must_use]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(ElementParts { tag, attrs: Vec::new(), key: None, is_same: false, children: Vec::new() }))
}

impl Deref for Element {
    type Target = ElementParts;

    fn deref(&self) -> &ElementParts {
        &self.0
    }
}

impl DerefMut for Element {
    fn deref_mut(&mut self) -> &mut ElementParts {
        &mut self.0
    }
}

impl ElementParts {
    #[inline(never)]
    fn set(&mut self, name: &'static str, value: String) {
        if is_allowed(name, &value) {
            self.attrs.retain(|(other, _)| *other != name);
            self.attrs.push((name, value));
        }
    }

    #[inline(never)]
    fn push(&mut self, child: Option<Tree>) {
        if let Some(child) = child {
            self.children.push(child);
        }
    }
}

impl Element {
    /// Sets an attribute; a boolean attribute has the value `""`.
    ///
    /// Style attributes, event handlers, nested documents and script addresses are left out,
    /// so that no page can have them whatever its texts say.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.set(name, value.into());
        self
    }

    /// Sets a boolean attribute if `on`.
    #[must_use]
    pub fn flag(self, name: &'static str, on: bool) -> Element {
        if on { self.attr(name, "") } else { self }
    }

    /// Sets an attribute if there is a value.
    #[must_use]
    pub fn attr_if(self, name: &'static str, value: Option<impl Into<String>>) -> Element {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets the class.
    #[must_use]
    pub fn class(self, class: impl Into<String>) -> Element {
        self.attr("class", class)
    }

    /// Sets the id.
    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Element {
        self.attr("id", id)
    }

    /// Sets the key.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Element {
        self.key = Some(key.into());
        self
    }

    /// Makes it stand for the element with its name and key that the page shows already, with all
    /// that is in it. Only a page that is patched can hold it.
    #[must_use]
    pub fn same(mut self) -> Element {
        self.is_same = true;
        self
    }

    /// Appends a text; an empty one is left out.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Element {
        let text = text.into();
        self.push((!text.is_empty()).then_some(Tree::Text(text)));
        self
    }

    /// Appends a child, or nothing for `None`.
    #[must_use]
    pub fn child(mut self, child: impl IntoChild) -> Element {
        self.push(child.into_child());
        self
    }

    /// Appends several children.
    #[must_use]
    pub fn children<T: IntoChild>(mut self, children: impl IntoIterator<Item = T>) -> Element {
        for child in children {
            self.push(child.into_child());
        }
        self
    }

    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }
}

impl From<Element> for Tree {
    fn from(element: Element) -> Tree {
        Tree::Element(element)
    }
}

/// What can stand as a child: a tree, an element, or one that may be missing.
pub trait IntoChild {
    /// The child, if there is one.
    fn into_child(self) -> Option<Tree>;
}

impl IntoChild for Tree {
    fn into_child(self) -> Option<Tree> {
        Some(self)
    }
}

impl IntoChild for Element {
    fn into_child(self) -> Option<Tree> {
        Some(Tree::Element(self))
    }
}

impl<T: IntoChild> IntoChild for Option<T> {
    fn into_child(self) -> Option<Tree> {
        self.and_then(IntoChild::into_child)
    }
}

fn is_allowed(name: &str, value: &str) -> bool {
    // `on` alone is the element's day; `onclick` and its kind are scripts.
    let is_handler = name.starts_with("on") && name.len() > 2;
    let name_ok = name != "style" && name != "srcdoc" && !is_handler;
    let is_address = matches!(name, "href" | "src" | "action" | "formaction");
    name_ok && !(is_address && has_scheme(value))
}

/// Pages link to their own site and to telephone numbers only.
fn has_scheme(address: &str) -> bool {
    let before_path = address.split(['/', '?', '#']).next().unwrap_or_default();
    before_path.contains(':') && !address.starts_with("tel:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_policy_forbids_cannot_get_in() {
        let element = el("a")
            .attr("style", "color:red")
            .attr("onclick", "x()")
            .attr("srcdoc", "<p>")
            .attr("href", "javascript:x()")
            .attr("src", " JavaScript:x()")
            .attr("action", "data:text/html,x");
        assert_eq!(element.attrs, []);
        let element = el("a").attr("href", "/x?a=b:c").attr("src", "#a:b").attr("action", "tel:0594");
        assert_eq!(element.attrs.len(), 3);
    }

    #[test]
    fn an_attribute_is_there_once() {
        let element = el("p").class("a").class("b").flag("hidden", true).flag("inert", false);
        assert_eq!(element.attrs, [("class", "b".into()), ("hidden", "".into())]);
        assert_eq!(element.get("class"), Some("b"));
    }

    #[test]
    fn empty_children_are_left_out() {
        let element = el("p").text("").child(None::<Element>).children([Some(el("b")), None]);
        assert_eq!(element.children, [el("b").into()]);
    }
}

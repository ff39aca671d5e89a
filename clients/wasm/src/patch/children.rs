//! The children of one element: which node stays for which child, and in which order.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use yichuang_forms::{Element, Tree};

use super::{Dom, Found, Live, Shown, adopt_element, build_element, build_text, patch_element};

/// A child as the tree wants it. Texts side by side are one, as they are in a page that was read
/// from HTML.
enum Want<'a> {
    Text(Cow<'a, str>),
    Element(&'a Element),
}

fn wanted(element: &Element) -> Vec<Want<'_>> {
    let mut wanted: Vec<Want<'_>> = Vec::with_capacity(element.children.len());
    for child in &element.children {
        match (child, wanted.last_mut()) {
            (Tree::Text(text), _) if text.is_empty() => {}
            (Tree::Text(text), Some(Want::Text(before))) => before.to_mut().push_str(text),
            (Tree::Text(text), _) => wanted.push(Want::Text(Cow::Borrowed(text))),
            (Tree::Element(child), _) => wanted.push(Want::Element(child)),
        }
    }
    wanted
}

pub(super) fn build_children<D: Dom>(dom: &D, parent: &D::Node, element: &Element) -> Vec<Live<D::Node>> {
    let children: Vec<Live<D::Node>> = wanted(element).iter().map(|want| make(dom, want)).collect();
    for child in &children {
        dom.insert(parent, &child.node, None);
    }
    children
}

fn make<D: Dom>(dom: &D, want: &Want<'_>) -> Live<D::Node> {
    match want {
        Want::Text(text) => build_text(dom, text),
        Want::Element(element) => build_element(dom, element),
    }
}

/// Goes through the nodes and the wanted children side by side: HTML has no keys. A node that is
/// not what is wanted at its place is replaced.
pub(super) fn adopt_children<D: Dom>(dom: &D, parent: &D::Node, element: &Element) -> Vec<Live<D::Node>> {
    let nodes = dom.children(parent).into_iter().map(|node| (dom.look(&node), node));
    let mut nodes = nodes.filter(|(found, _)| *found != Found::Other);
    let mut children = Vec::new();
    for want in wanted(element) {
        let next = nodes.next();
        let child = next.as_ref().and_then(|(found, node)| take_over(dom, node, found, &want));
        children.push(child.unwrap_or_else(|| {
            let child = make(dom, &want);
            dom.insert(parent, &child.node, next.as_ref().map(|(_, node)| node));
            if let Some((_, node)) = &next {
                dom.remove(parent, node);
            }
            child
        }));
    }
    nodes.for_each(|(_, node)| dom.remove(parent, &node));
    children
}

fn take_over<D: Dom>(dom: &D, node: &D::Node, found: &Found, want: &Want<'_>) -> Option<Live<D::Node>> {
    match (found, want) {
        (Found::Element(tag, attrs), Want::Element(element))
            if tag == element.tag && input_type(attrs) == input_type(&element.attrs) =>
        {
            Some(adopt_element(dom, node, element, attrs))
        }
        (Found::Text(there), Want::Text(text)) => {
            if there != text {
                dom.set_text(node, text);
            }
            Some(Live { node: node.clone(), shown: Shown::Text(text.clone().into_owned()) })
        }
        _ => None,
    }
}

/// Patches the children that stay, makes new ones, takes away the others, and orders all.
pub(super) fn patch_children<D: Dom>(
    dom: &D,
    parent: &D::Node,
    old: Vec<Live<D::Node>>,
    element: &Element,
) -> Vec<Live<D::Node>> {
    let mut pool = Pool { old: old.into_iter().map(Some).collect(), next: 0, first_unkeyed: 0 };
    let mut places = vec![None; pool.old.len()];
    let mut children = Vec::new();
    for (place, want) in wanted(element).iter().enumerate() {
        let child = pool.take(want).map(|(was, mut child)| {
            if let Some(goes) = places.get_mut(was) {
                *goes = Some(place);
            }
            update(dom, &mut child, want);
            child
        });
        children.push(child.unwrap_or_else(|| make(dom, want)));
    }
    pool.old.into_iter().flatten().for_each(|gone| dom.remove(parent, &gone.node));
    order(dom, parent, &children, places.into_iter().flatten().collect());
    children
}

fn update<D: Dom>(dom: &D, child: &mut Live<D::Node>, want: &Want<'_>) {
    match (&mut child.shown, want) {
        (Shown::Text(there), Want::Text(text)) if there != text => {
            dom.set_text(&child.node, text);
            *there = text.clone().into_owned();
        }
        (Shown::Element(shown), Want::Element(element)) => patch_element(dom, &child.node, shown, element),
        _ => {}
    }
}

/// The children that were there.
struct Pool<N> {
    old: Vec<Option<Live<N>>>,
    /// Behind the child that was taken last: in most patches the next one stands there.
    next: usize,
    /// Where the search for the next child without a key begins.
    first_unkeyed: usize,
}

impl<N> Pool<N> {
    /// The old child for a wanted one, with its old place: the one with the same key, or of those
    /// without a key the next one of the same kind.
    fn take(&mut self, want: &Want<'_>) -> Option<(usize, Live<N>)> {
        let has_key = matches!(want, Want::Element(element) if element.key.is_some());
        let fits = |old: &Option<Live<N>>| old.as_ref().is_some_and(|old| old.fits(want));
        let place = if has_key && self.old.get(self.next).is_some_and(fits) {
            self.next
        } else {
            let start = if has_key { 0 } else { self.first_unkeyed };
            start + self.old.iter().skip(start).position(fits)?
        };
        self.next = place + 1;
        if !has_key {
            self.first_unkeyed = place + 1;
        }
        Some((place, self.old.get_mut(place)?.take()?))
    }
}

impl<N> Live<N> {
    fn fits(&self, want: &Want<'_>) -> bool {
        match (&self.shown, want) {
            (Shown::Text(_), Want::Text(_)) => true,
            (Shown::Element(shown), Want::Element(element)) => {
                shown.tag == element.tag
                    && shown.key == element.key
                    && input_type(&shown.attrs) == input_type(&element.attrs)
            }
            _ => false,
        }
    }
}

/// One kind of control does not become another one: their states have nothing in common.
fn input_type<N: AsRef<str>>(attrs: &[(N, String)]) -> Option<&str> {
    attrs.iter().find(|(name, _)| name.as_ref() == "type").map(|(_, value)| value.as_str())
}

/// Brings the nodes into the order of `children`. `placed` are the places of those that are in the
/// page, in the order in which they stand there.
///
/// A node that is moved loses the focus, and what is being composed in it; so the child that holds
/// the focus stays and the others go around it.
fn order<D: Dom>(dom: &D, parent: &D::Node, children: &[Live<D::Node>], mut placed: Vec<usize>) {
    let is_sorted = placed.is_sorted();
    if is_sorted && placed.len() == children.len() {
        return;
    }
    let fixed = if is_sorted { None } else { placed.iter().copied().find(|place| has_focus(dom, children, *place)) };
    let mut next = None;
    for (place, child) in children.iter().enumerate().rev() {
        if fixed != Some(place) {
            let end =
                next.and_then(|next: usize| placed.iter().position(|other| *other == next)).unwrap_or(placed.len());
            let before = end.checked_sub(1).and_then(|at| placed.get(at)).copied();
            if before != Some(place) {
                placed.insert(end, place);
                if let Some(was) = placed.iter().enumerate().position(|(at, other)| at != end && *other == place) {
                    placed.remove(was);
                }
                dom.insert(parent, &child.node, next.and_then(|next| children.get(next)).map(|next| &next.node));
            }
        }
        next = Some(place);
    }
}

fn has_focus<D: Dom>(dom: &D, children: &[Live<D::Node>], place: usize) -> bool {
    children.get(place).is_some_and(|child| dom.holds_focus(&child.node))
}

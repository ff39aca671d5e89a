//! A form that is filled in on the page, instead of the questions of a pre-check.

#[cfg(test)]
mod tests;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use yichuang_engine::Pack;
use yichuang_forms::{Element, Filling, Go, Held, Json, Lang, Precheck, Stamps, Tree, filling, filling_over, page};

use crate::error::Refusal;
use crate::state::Fields;

/// The form that is shown, and where it stands.
#[derive(Debug)]
pub(crate) struct FormPage {
    pub(crate) filling: Filling,
    /// It stands in a form of the host, which must see neither its fields nor its buttons.
    pub(crate) is_inner: bool,
    /// How many fields were wrong, or had to be filled in, when it was last shown.
    pub(crate) left: Cell<usize>,
    /// What the fields were made from that the page shows.
    shown: RefCell<Stamps>,
}

impl FormPage {
    /// A form at its beginning.
    pub(crate) fn new(form: &str, is_inner: bool) -> FormPage {
        FormPage { filling: Filling::new(form), is_inner, left: Cell::new(0), shown: RefCell::default() }
    }

    /// Takes what the fields say of a form, if they are those of one; what is held stays.
    pub(crate) fn of(fields: &Fields, before: Option<FormPage>) -> Option<FormPage> {
        let filling = Filling::from_fields(fields)?;
        let held = before.map(|page| page.filling.held).unwrap_or_default();
        let filling = Filling { held, ..filling };
        Some(FormPage { filling, is_inner: false, left: Cell::new(0), shown: RefCell::default() })
    }

    /// Nothing was pressed: what was said to be empty stays said.
    pub(crate) fn stay(&mut self) {
        if self.filling.go != Go::Tried {
            self.filling.go = Go::Stay;
        }
    }

    /// Goes where a button leads, and keeps what is held.
    pub(crate) fn go(&mut self, fields: &Fields) {
        let Some(said) = Filling::from_fields(fields) else { return };
        let held = core::mem::take(&mut self.filling.held);
        self.filling = Filling { held, form: core::mem::take(&mut self.filling.form), ..said };
    }

    /// Stands where it has gone; going on that was stopped by what is wrong was tried.
    pub(crate) fn arrive(&mut self, precheck: &Precheck<'_>, lang: Lang) {
        let Some(view) = filling(precheck, lang, &self.filling) else { return };
        let is_stopped = self.filling.go == Go::Next && self.filling.at == view.at;
        self.filling.go = if is_stopped { Go::Tried } else { Go::Stay };
        self.filling.at = view.at;
    }

    /// Nothing is shown: the next page is made from the beginning.
    pub(crate) fn forget_shown(&self) {
        self.shown.take();
    }

    /// The page of the form over what is shown; `None` if nothing is to be filled in.
    pub(crate) fn tree(&self, precheck: &Precheck<'_>, lang: Lang) -> Option<Tree> {
        let view = filling_over(precheck, lang, &self.filling, &mut self.shown.borrow_mut())?;
        self.left.set(view.left());
        let tree = page::filling(&view);
        Some(if self.is_inner { inner(tree, true) } else { tree })
    }
}

/// What is held already, in the JSON of a list: `[{"fact": "applicant.name", "source": "企业登记档案",
/// "locked": true}]`.
pub(crate) fn read_held(pack: &Pack, json: &str) -> Result<Vec<Held>, Refusal> {
    let refusal = || {
        Refusal::new(
            "bad_held",
            "已有数据应是 {fact, source, locked} 组成的 JSON 数组，fact 是情形的 id。",
            "what is held is a JSON array of {fact, source, locked}, where fact is the id of a fact",
        )
    };
    let Ok(Json::List(entries)) = Json::parse(json) else { return Err(refusal()) };
    let held = |entry: &Json| {
        let Json::Object(members) = entry else { return None };
        let member = |name: &str| members.iter().find(|(found, _)| found == name).map(|(_, value)| value);
        let (fact, _) = pack.fact(member("fact")?.as_text()?)?;
        let source = member("source")?.as_text()?.to_string();
        Some(Held { fact, source, is_locked: matches!(member("locked"), Some(Json::Bool(true))) })
    };
    entries.iter().map(|entry| held(entry).ok_or_else(refusal)).collect()
}

/// The same page as a part of a form of the host: no form, no names, no buttons that send.
fn inner(tree: Tree, is_root: bool) -> Tree {
    let Tree::Element(mut element) = tree else { return tree };
    if is_root {
        element.tag = "div";
        element.attrs.retain(|(name, _)| !matches!(*name, "method" | "action" | "novalidate"));
    }
    for (name, value) in &mut element.attrs {
        match *name {
            "name" => *name = "data-name",
            "type" if value == "submit" => *value = String::from("button"),
            _ => {}
        }
    }
    element.children = core::mem::take(&mut element.children).into_iter().map(|child| inner(child, false)).collect();
    if is_root {
        leave_out(&mut element)
    }
    element.into()
}

/// A part of a host's form leads to no other page.
fn leave_out(element: &mut Element) {
    element.children.retain(|child| !matches!(child, Tree::Element(part) if is_way_out(part)));
    for child in &mut element.children {
        if let Tree::Element(part) = child {
            leave_out(part);
        }
    }
}

fn is_way_out(element: &Element) -> bool {
    let (name, value) = (element.get("data-name"), element.get("value"));
    name == Some("__go") && value == Some("precheck") || element.key.as_deref() == Some("prints")
}

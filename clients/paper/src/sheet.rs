//! A sheet: the tree of a form or document, and what belongs to it on paper only.

use yichuang_forms::{Element, Lang, Tree};

/// Something to print.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What is printed: the root is an element with `data-form`, as `yichuang_forms` makes them.
    pub tree: Tree,
    /// The language of the words beside it.
    pub lang: Lang,
    /// The digest of the decision, in 64 hexadecimal digits, as a code to scan; absent on a sheet
    /// that no decision filled.
    pub receipt: Option<String>,
    /// The number of the case, printed at the head and part of the code. A sample of an act of the
    /// authority leaves it out.
    pub case: Option<String>,
}

impl Sheet {
    /// The number of the form: `F-10`.
    pub(crate) fn id(&self) -> &str {
        self.root().and_then(|root| root.get("data-form")).unwrap_or_default()
    }

    /// The word across a sample.
    pub(crate) fn watermark(&self) -> Option<&str> {
        self.root().and_then(|root| root.get("data-watermark"))
    }

    /// The number of the case where it may be printed.
    pub(crate) fn case(&self) -> Option<&str> {
        self.case.as_deref().filter(|case| !case.is_empty() && self.watermark().is_none())
    }

    /// The title of the sheet, which a PDF needs.
    pub(crate) fn title(&self) -> String {
        let title = find(&self.tree, "h1").map(words).unwrap_or_default();
        let none = match self.lang {
            Lang::Zh => "表",
            Lang::En => "Form",
        };
        let titles = [title.trim(), self.id().trim(), none];
        titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned()
    }

    fn root(&self) -> Option<&Element> {
        match &self.tree {
            Tree::Element(element) => Some(element),
            Tree::Text(_) => None,
        }
    }
}

/// The first element with this tag.
pub(crate) fn find<'a>(tree: &'a Tree, tag: &str) -> Option<&'a Element> {
    let Tree::Element(element) = tree else { return None };
    if element.tag == tag {
        return Some(element);
    }
    element.children.iter().find_map(|child| find(child, tag))
}

/// All texts in an element.
pub(crate) fn words(element: &Element) -> String {
    let word = |child: &Tree| match child {
        Tree::Element(element) => words(element),
        Tree::Text(text) => text.clone(),
    };
    element.children.iter().map(word).collect()
}

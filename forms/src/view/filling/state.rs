//! What the page of a form holds besides the answers.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::FactId;

use crate::ALL_FORMS;

/// The step after the last field: the answers are looked over.
pub const REVIEW: &str = "__review";

/// Which form is filled in, how, and what was done last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    /// The form's id, or `*` for all forms of the application as one.
    pub form: String,
    /// How it is laid out; what suits the size if nothing is said.
    pub layout: Option<Layout>,
    /// A field of the step that was shown, or [`REVIEW`]; empty at the beginning.
    pub at: String,
    /// What to do from there.
    pub go: Go,
    /// The large view for the elderly: bigger, one question at a time.
    pub large: bool,
    /// What is held already.
    pub held: Vec<Held>,
}

/// How a form is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// All of it on one page.
    Single,
    /// One section a page.
    Sections,
    /// One question a page.
    Questions,
}

impl Layout {
    /// Its name in fields: `single`, `sections`, `questions`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Layout::Single => "single",
            Layout::Sections => "sections",
            Layout::Questions => "questions",
        }
    }

    /// The layout with this name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Layout> {
        [Layout::Single, Layout::Sections, Layout::Questions].into_iter().find(|layout| layout.code() == code)
    }
}

/// Where to go from the step that was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Go {
    /// Nowhere: a row was added, the language changed.
    #[default]
    Stay,
    /// Nowhere, but going on was tried: what is empty is told.
    Tried,
    /// To the next step, if nothing is wrong with this one.
    Next,
    /// To the step before.
    Back,
    /// To the step with this field, or to [`REVIEW`].
    To(String),
}

/// An answer that is held already: it is filled in, with who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it answers.
    pub fact: FactId,
    /// Who holds it, in words: 企业登记档案.
    pub source: String,
    /// It cannot be changed here.
    pub is_locked: bool,
}

impl Filling {
    /// A form at its beginning.
    #[must_use]
    pub fn new(form: impl Into<String>) -> Filling {
        Filling { form: form.into(), ..Filling::default() }
    }

    /// Whether all forms of the application are filled in as one.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.form == ALL_FORMS
    }

    /// What the fields of a posted page say of a form; `None` if they are those of a pre-check.
    ///
    /// The controls are `__form`, `__layout`, `__at` and `__go`; of several values of a name the
    /// button's counts, which comes last, but for `__large` the first, whose button stands in the
    /// header. `__go=precheck` leaves the form.
    #[must_use]
    pub fn from_fields(fields: &[(String, String)]) -> Option<Filling> {
        let last = |name: &str| fields.iter().rfind(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let first = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let form = last("__form").filter(|form| !form.is_empty())?;
        let go = match last("__go").unwrap_or_default() {
            "precheck" => return None,
            "" => Go::Stay,
            "next" => Go::Next,
            "back" => Go::Back,
            key => Go::To(key.into()),
        };
        Some(Filling {
            form: form.into(),
            layout: last("__layout").and_then(Layout::parse),
            at: last("__at").unwrap_or_default().into(),
            go,
            large: first("__large") == Some("1"),
            held: Vec::new(),
        })
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout.unwrap_or(if self.large { Layout::Questions } else { Layout::Sections })
    }
}

//! A form as it is filled in: one form, or all that the application needs as one, in steps, with
//! what is wrong and what is left in finished words.
//!
//! A fact is asked once, however many forms use it. What was answered in the pre-check stands there
//! already; what a form does not ask any more keeps its answer.

mod fields;
mod review;
mod stamps;
mod state;
mod steps;

use alloc::string::String;
use alloc::vec::Vec;

pub use stamps::Stamps;
pub use state::{Filling, Go, Held, Layout, REVIEW};

use super::{Cell, Desk, Placed, Problem};
use crate::phrase::say;
use crate::{Lang, Precheck};
use fields::Merged;

/// A form that is filled in, in finished words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillingView {
    /// The language of its words.
    pub lang: Lang,
    /// The large view.
    pub large: bool,
    /// The pack's id.
    pub pack: String,
    /// What is handled: the title of the pack.
    pub handled: String,
    /// The form's id, or `*` for all forms of the application as one.
    pub form: String,
    /// Its title.
    pub title: String,
    /// What is said above it.
    pub lead: String,
    /// The forms that are filled in, in pack order.
    pub sheets: Vec<SheetView>,
    /// How it is laid out.
    pub layout: Layout,
    /// The sections with how they stand, for going to one of them.
    pub sections: Vec<SectionView>,
    /// `第 3 步，共 20 步`.
    pub count: String,
    /// What is wrong with what is shown, in the order of the fields.
    pub problems: Vec<Problem>,
    /// What is shown.
    pub body: FillingBody,
    /// The field with which the shown step begins, or [`REVIEW`].
    pub at: String,
    /// There is a step before this one.
    pub has_previous: bool,
    /// Answers that have no field on the page: names and values of fields.
    pub carried: Vec<(String, String)>,
}

impl FillingView {
    /// How many fields are wrong, or have to be filled in.
    #[must_use]
    pub fn left(&self) -> usize {
        self.sections.iter().find(|section| section.key == REVIEW).map_or(0, |section| section.left)
    }
}

/// A form that is filled in with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Whose form it is.
    pub authority: String,
}

/// A section of the form as a way to its first field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// The key of its first field, or [`REVIEW`].
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many fields are wrong, or have to be filled in.
    pub left: usize,
    /// It is shown now.
    pub is_current: bool,
}

/// What a step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FillingBody {
    /// Fields under the titles of their sections.
    Fields(Vec<Placed<EntryGroup>>),
    /// The answers, to be looked over before the forms are printed or handed in.
    Review(ReviewView),
}

/// Fields of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryGroup {
    /// The title of the section.
    pub title: String,
    /// In order.
    pub fields: Vec<Placed<EntryField>>,
}

/// A field as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// The id of its first fact.
    pub key: String,
    /// What stands beside it.
    pub label: String,
    /// What is said under it.
    pub hint: String,
    /// It may be left empty.
    pub is_optional: bool,
    /// That whether it is needed depends on what is not known yet; empty where it is known.
    pub depends: String,
    /// The forms that use it, where they are several.
    pub used_by: String,
    /// It is a statement that is ticked.
    pub is_declaration: bool,
    /// What is wrong with its parts taken together.
    pub error: Option<String>,
    /// One for each fact.
    pub parts: Vec<EntryPart>,
}

/// What is filled in for one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPart {
    /// Its label, control and error.
    pub cell: Cell,
    /// The words of "there is none", if that is an answer.
    pub none: Option<String>,
    /// The answer that is neither chosen nor typed, [`crate::NONE`] or [`crate::UNSURE`], in words.
    pub stated: Option<(&'static str, String)>,
    /// What a number says: the birth date and the sex in an identity number.
    pub says: String,
    /// Who holds this already, in words; empty for what the applicant fills in.
    pub held: String,
    /// What is held and cannot be changed here.
    pub locked: Option<String>,
}

/// The answers, to be looked over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// `都填好了`, or how many fields are left.
    pub headline: String,
    /// How many fields are wrong, or have to be filled in.
    pub left: usize,
    /// The answers under the titles of their sections.
    pub groups: Vec<ReviewGroup>,
}

/// Answers of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewGroup {
    /// The title of the section.
    pub title: String,
    /// In order.
    pub lines: Vec<ReviewLine>,
}

/// An answer, to be looked over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLine {
    /// The key of its field.
    pub key: String,
    /// What stood beside it.
    pub label: String,
    /// What was answered, part by part.
    pub answers: Vec<Reviewed>,
    /// What is wrong with it, or that it is still to be filled in.
    pub error: Option<String>,
    /// It is empty, not wrong.
    pub is_empty: bool,
}

/// One part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The name of the part, where the field has several.
    pub name: String,
    /// The answer.
    pub text: String,
    /// The same with its middle hidden, for numbers that belong to a person.
    pub masked: Option<String>,
    /// The rows of a table: its cells with their names.
    pub rows: Vec<Vec<(String, String)>>,
}

/// Puts a form that is filled in into words; `None` if the pack has no such form for an applicant.
#[must_use]
pub fn filling(precheck: &Precheck<'_>, lang: Lang, filling: &Filling) -> Option<FillingView> {
    filling_over(precheck, lang, filling, &mut Stamps::default())
}

/// The same over what a page shows: what nothing has changed is [`Placed::Same`].
///
/// `stamps` tell what the page shows, and tell afterwards what it shows once it is patched; for a
/// page that shows nothing yet they are new.
#[must_use]
pub fn filling_over(
    precheck: &Precheck<'_>,
    lang: Lang,
    filling: &Filling,
    stamps: &mut Stamps,
) -> Option<FillingView> {
    let mut before = core::mem::take(stamps);
    let desk = Desk { precheck, lang };
    let merged = Merged::of(desk, filling)?;
    let page = merged.page();
    let form = filling.form.clone();
    let body = merged.body(&page, &mut before);
    *stamps = before.of_shown();
    Some(FillingView {
        lang,
        large: filling.large,
        pack: desk.pack().id.clone(),
        handled: desk.text(&desk.pack().name),
        title: merged.title(),
        lead: merged.lead(),
        sheets: merged.sheets(),
        layout: filling.layout(),
        sections: merged.sections(&page),
        count: merged.count(&page),
        problems: merged.problems(&page),
        at: merged.at(&page),
        has_previous: page.step > 0,
        carried: merged.carried(&page),
        body,
        form,
    })
}

impl Merged<'_> {
    fn is_one(&self) -> bool {
        self.forms.len() == 1
    }

    fn title(&self) -> String {
        match self.forms.as_slice() {
            [form] => self.desk.text(&form.sheet.name),
            _ => say!(self.desk.lang, "填写申请表", "Fill in the application"),
        }
    }

    fn lead(&self) -> String {
        let count = self.forms.len();
        match self.is_one() {
            true => say!(
                self.desk.lang,
                "预审时答过的已经带过来了。填好后可以打印，也可以接着改。",
                "What you answered in the pre-check is there already. Print the form when it is filled in, or go on changing it."
            ),
            false => say!(
                self.desk.lang,
                "要填的表有 {count} 张，这里一次填好，同样的内容只问一遍。预审时答过的已经带过来了。",
                "There are {count} forms. You fill them in together here, and nothing is asked twice. What you answered in the pre-check is there already."
            ),
        }
    }

    fn sheets(&self) -> Vec<SheetView> {
        let sheet = |form: &&crate::Form| SheetView {
            id: form.id.clone(),
            name: self.desk.text(&form.sheet.name),
            authority: self.desk.text(&form.sheet.authority),
        };
        self.forms.iter().map(sheet).collect()
    }
}

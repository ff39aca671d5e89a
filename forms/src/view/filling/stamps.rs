//! Which fields are as they were: one number for all that the words and the control of a field
//! are made from.

use alloc::vec;
use alloc::vec::Vec;
use core::hash::{BuildHasher, Hash, Hasher};
use core::ops::Range;

use foldhash::quality::FixedState;
use yichuang_engine::{Fact, FactId, FactKind, FactOption, ROWS};

use super::fields::{Entry, Merged};
use super::steps::Page;

/// From what the fields of a page were made that shows them; new ones for a page that shows nothing.
///
/// Of two fields that differ, one in 2⁶⁴ would have the same number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// Of what all fields have in common, the order of the page among it.
    shared: u64,
    /// One for each field of the forms, in their order; of those that are not shown, nothing.
    shown: Vec<Option<u64>>,
    /// The same for the page that is being made.
    next: Vec<Option<u64>>,
}

impl Stamps {
    /// Begins a page; what is shown is of no use for one that is laid out in another way.
    pub(super) fn begin(&mut self, shared: u64, fields: usize) {
        if self.shared != shared {
            self.shown.clear();
        }
        self.shared = shared;
        self.next = vec![None; fields];
    }

    /// Takes the field at this place into the page.
    pub(super) fn set(&mut self, place: usize, stamp: u64) {
        if let Some(next) = self.next.get_mut(place) {
            *next = Some(stamp);
        }
    }

    /// Whether the fields at these places are as they are shown, and no other of them is shown.
    pub(super) fn is_same(&self, places: Range<usize>) -> bool {
        let shown = self.shown.get(places.clone());
        shown.is_some() && shown == self.next.get(places)
    }

    /// Those of the page that was made, once it is shown.
    pub(super) fn of_shown(self) -> Stamps {
        Stamps { shared: self.shared, shown: self.next, next: Vec::new() }
    }
}

impl<'a> Merged<'a> {
    /// Of what all fields have in common: the language, the forms, and the first field of the
    /// step, whose name is that of the part of the page in which they stand.
    pub(super) fn shared_stamp(&self, page: &Page) -> u64 {
        let ids: Vec<&str> = self.forms.iter().map(|form| form.id.as_str()).collect();
        FixedState::default().hash_one((self.desk.lang.code(), ids, self.at(page), self.desk.precheck.on))
    }

    /// Of everything that [`Merged::field`] looks at, apart from that.
    pub(super) fn stamp(&self, entry: &Entry<'a>, tried: bool) -> u64 {
        let mut of = FixedState::default().build_hasher();
        tried.hash(&mut of);
        for (_, field) in entry.uses() {
            (self.holds(field.shown), self.holds(field.required)).hash(&mut of);
            field.checks.iter().for_each(|check| self.holds(check.failed).hash(&mut of));
        }
        for (id, fact) in self.parts(entry) {
            self.hash_part(id, fact, &mut of);
        }
        of.finish()
    }

    fn hash_part(&self, id: FactId, fact: &Fact, of: &mut impl Hasher) {
        let precheck = self.desk.precheck;
        // What the answer means follows from it.
        (id, precheck.answers.get(&fact.id)).hash(of);
        for error in precheck.errors.iter().filter(|error| error.fact == Some(id)) {
            (&error.key, error.code, self.desk.message(error)).hash(of);
        }
        for held in self.filling.held.iter().filter(|held| held.fact == id) {
            (&held.source, held.is_locked).hash(of);
        }
        self.hash_options(fact, of);
    }

    /// Which options are offered, of the fact or of its columns.
    fn hash_options(&self, fact: &Fact, of: &mut impl Hasher) {
        let offered = |option: &FactOption| self.holds(option.offered);
        match &fact.kind {
            FactKind::Choice(options) | FactKind::Choices(options) => {
                options.iter().for_each(|option| offered(option).hash(of));
            }
            FactKind::Table { columns, .. } if ROWS => {
                columns.iter().for_each(|column| self.hash_options(column, of));
            }
            _ => {}
        }
    }
}

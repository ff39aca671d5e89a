//! Which fields are as they were: one number for all that the words and the control of a field
//! are made from.

use alloc::vec;
use alloc::vec::Vec;
use core::hash::{BuildHasher, Hash, Hasher};
use core::ops::Range;

use foldhash::quality::FixedState;
use litemap::LiteMap;
use yichuang_engine::{Fact, FactId, FactKind, FactOption, ROWS, Slot};

use super::fields::{Entry, Merged};
use super::steps::Page;
use crate::Answer;

/// From what the fields of a page were made that shows them; new ones for a page that shows nothing.
///
/// Of two fields that differ, one in 2⁶⁴ would have the same number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// Of what all fields have in common, the order of the page among it.
    shared: u64,
    /// One for each field of the forms, in their order; of those that are not shown, nothing.
    shown: Vec<Option<u64>>,
    /// The rows of the tables that are shown, one for each in their order.
    rows: LiteMap<FactId, Vec<u64>>,
    /// The same for the page that is being made.
    next: Vec<Option<u64>>,
    next_rows: LiteMap<FactId, Vec<u64>>,
}

impl Stamps {
    /// Begins a page; what is shown is of no use for one that is laid out in another way.
    pub(super) fn begin(&mut self, shared: u64, fields: usize) {
        if self.shared != shared {
            self.shown.clear();
            self.rows = LiteMap::new_vec();
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

    /// Takes the rows of a table into the page.
    pub(super) fn set_rows(&mut self, table: FactId, stamps: Vec<u64>) {
        self.next_rows.insert(table, stamps);
    }

    /// Whether a row is as it is shown.
    pub(super) fn is_same_row(&self, table: FactId, place: usize) -> bool {
        let of = |rows: &LiteMap<FactId, Vec<u64>>| rows.get(&table)?.get(place).copied();
        of(&self.rows).is_some_and(|shown| of(&self.next_rows) == Some(shown))
    }

    /// Whether the fields at these places are as they are shown, and no other of them is shown.
    pub(super) fn is_same(&self, places: Range<usize>) -> bool {
        let shown = self.shown.get(places.clone());
        shown.is_some() && shown == self.next.get(places)
    }

    /// Those of the page that was made, once it is shown.
    pub(super) fn of_shown(self) -> Stamps {
        Stamps { shared: self.shared, shown: self.next, rows: self.next_rows, ..Stamps::default() }
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

    /// Of each row of a table of the entry: its answers, and what is wrong with them. A table that
    /// shows no rows has none.
    pub(super) fn stamp_rows(&self, entry: &Entry<'a>, stamps: &mut Stamps) {
        let is_table = |fact: &Fact| ROWS && matches!(fact.kind, FactKind::Table { .. });
        for (id, fact) in self.parts(entry).filter(|(id, fact)| is_table(fact) && !self.is_locked(*id)) {
            let precheck = self.desk.precheck;
            let Some(Answer::Rows(rows)) = precheck.answers.get(&fact.id) else { continue };
            let mut table = FixedState::default().build_hasher();
            matches!(precheck.facts.get(id), Slot::Known(_)).hash(&mut table);
            self.hash_options(fact, &mut table);
            let table = table.finish();
            let mut of: Vec<u64> = rows.iter().map(|row| FixedState::default().hash_one((table, row))).collect();
            for error in precheck.errors.iter().filter(|error| error.fact == Some(id)) {
                let behind = error.key.strip_prefix(&*fact.id).and_then(|behind| behind.strip_prefix('['));
                let place = behind.and_then(|behind| behind.split(']').next()?.parse::<usize>().ok());
                if let Some(row) = place.and_then(|place| of.get_mut(place)) {
                    *row = FixedState::default().hash_one((*row, &error.key, error.code, self.desk.message(error)));
                }
            }
            stamps.set_rows(id, of);
        }
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

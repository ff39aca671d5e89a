//! The steps of a form: which fields are shown together, where the reader is, and what stands
//! there.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::fields::{Entry, Merged, Standing};
use super::stamps::Stamps;
use super::{EntryGroup, FillingBody, Go, Layout, REVIEW, SectionView};
use crate::phrase::say;
use crate::view::ask::fields;
use crate::view::{Placed, Problem};

/// Where the reader is.
pub(super) struct Page {
    /// The steps, each the places of the shown fields in it; none of them is empty.
    steps: Vec<Vec<usize>>,
    /// The step that is shown; after the last one the answers are looked over.
    pub(super) step: usize,
    /// Going on was tried: what is empty counts.
    pub(super) tried: bool,
    /// How each field stands.
    standings: Vec<Standing>,
}

impl Page {
    fn shown(&self) -> &[usize] {
        self.steps.get(self.step).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_review(&self) -> bool {
        self.step >= self.steps.len()
    }

    pub(super) fn stands(&self, entry: usize) -> Standing {
        self.standings.get(entry).copied().unwrap_or(Standing::Hidden)
    }

    fn is_left(&self, entry: usize) -> bool {
        matches!(self.stands(entry), Standing::Empty | Standing::Wrong)
    }

    /// The step with a field, or the last one before it: the field may have gone.
    fn step_of(&self, entry: usize) -> usize {
        let begins = self.steps.iter().filter(|step| step.first().is_some_and(|first| *first <= entry));
        begins.count().saturating_sub(1)
    }
}

impl<'a> Merged<'a> {
    pub(super) fn page(&self) -> Page {
        let standings: Vec<Standing> = self.entries.iter().map(|entry| self.standing(entry)).collect();
        let mut steps: Vec<Vec<usize>> = Vec::new();
        let mut section = None;
        for (place, entry) in self.entries.iter().enumerate() {
            if standings.get(place) == Some(&Standing::Hidden) {
                continue;
            }
            let joins = match self.filling.layout() {
                Layout::Single => !steps.is_empty(),
                Layout::Sections => section == Some(entry.section),
                Layout::Questions => false,
            };
            section = Some(entry.section);
            match steps.last_mut().filter(|_| joins) {
                Some(step) => step.push(place),
                None => steps.push([place].into()),
            }
        }
        let mut page = Page { steps, step: 0, tried: false, standings };
        let was = self.place_of(&page, &self.filling.at);
        let is_stuck = page.steps.get(was).is_some_and(|step| step.iter().any(|entry| page.is_left(*entry)));
        (page.step, page.tried) = match &self.filling.go {
            Go::Stay => (was, false),
            Go::Tried => (was, true),
            Go::Back => (was.saturating_sub(1), false),
            Go::Next if is_stuck => (was, true),
            Go::Next => (was + 1, false),
            Go::To(key) => (self.place_of(&page, key), false),
        };
        page.step = page.step.min(page.steps.len());
        page
    }

    /// The step that a field or [`REVIEW`] names; the first one where it names nothing.
    fn place_of(&self, page: &Page, key: &str) -> usize {
        if key == REVIEW {
            return page.steps.len();
        }
        let has = |entry: &Entry<'a>| entry.facts.iter().any(|fact| self.desk.fact(*fact).is_some_and(|f| f.id == key));
        self.entries.iter().position(has).map_or(0, |entry| page.step_of(entry))
    }

    fn shown<'b>(&'b self, page: &'b Page) -> impl Iterator<Item = (usize, &'b Entry<'a>)> {
        page.shown().iter().filter_map(|place| Some((*place, self.entries.get(*place)?)))
    }

    /// The field with which the shown step begins.
    pub(super) fn at(&self, page: &Page) -> String {
        self.shown(page).next().map_or(REVIEW, |(_, entry)| entry.key(self.desk)).into()
    }

    /// `第 3 步，共 20 步`, looking over the answers not counted.
    pub(super) fn count(&self, page: &Page) -> String {
        let (place, of) = (page.step + 1, page.steps.len());
        match page.is_review() || of < 2 {
            true => String::new(),
            false => say!(self.desk.lang, "第 {place} 步，共 {of} 步", "Step {place} of {of}"),
        }
    }

    /// The sections that have something to fill in, and looking over.
    pub(super) fn sections(&self, page: &Page) -> Vec<SectionView> {
        let mut found: Vec<SectionView> = Vec::new();
        let mut last = None;
        let shown = page.shown();
        for (place, entry) in
            self.entries.iter().enumerate().filter(|(place, _)| page.stands(*place) != Standing::Hidden)
        {
            if last != Some(entry.section) {
                let title = self.titles.get(entry.section).copied().unwrap_or_default();
                let key = entry.key(self.desk).into();
                found.push(SectionView { key, title: title.into(), left: 0, is_current: false });
                last = Some(entry.section);
            }
            if let Some(section) = found.last_mut() {
                section.left += usize::from(page.is_left(place));
                section.is_current |= self.filling.layout() != Layout::Single && shown.contains(&place);
            }
        }
        let lang = self.desk.lang;
        let left = found.iter().map(|section| section.left).sum();
        found.push(SectionView {
            key: REVIEW.into(),
            title: lang.word("核对", "Check your answers").into(),
            left,
            is_current: page.is_review(),
        });
        found
    }

    /// What is wrong with the fields that are shown, and with all fields once they are looked over.
    pub(super) fn problems(&self, page: &Page) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |entry: &Entry<'a>, tried: bool| {
            for (key, message) in self.faults(entry, tried) {
                let name = self.name_of(entry, &key);
                problems.push(Problem { fact: Some(key), name, message });
            }
        };
        if page.is_review() {
            let shown = self.entries.iter().enumerate().filter(|(place, _)| page.stands(*place) == Standing::Wrong);
            shown.for_each(|(_, entry)| add(entry, false));
        }
        let told = self.shown(page).filter(|(place, _)| match page.stands(*place) {
            Standing::Wrong => true,
            Standing::Empty => page.tried,
            Standing::Good | Standing::Hidden => false,
        });
        told.for_each(|(_, entry)| add(entry, page.tried));
        problems
    }

    /// The name of what a field with this name asks: of the part of several, or of the whole.
    fn name_of(&self, entry: &Entry<'a>, key: &str) -> String {
        let part = self.parts(entry).find(|(_, fact)| fact.id == key);
        match part.filter(|_| entry.facts.len() > 1) {
            Some((_, fact)) => self.desk.text(&fact.name),
            None => self.label(entry),
        }
    }

    /// `stamps` are those of what the page shows, and become those of what is given.
    pub(super) fn body(&self, page: &Page, stamps: &mut Stamps) -> FillingBody {
        if page.is_review() {
            return FillingBody::Review(self.review(page));
        }
        stamps.begin(self.shared_stamp(page), self.entries.len());
        for (place, entry) in self.shown(page) {
            stamps.set(place, self.stamp(entry, page.tried));
            self.stamp_rows(entry, stamps);
        }
        let section = |place: &usize| self.entries.get(*place).map(|entry| entry.section);
        let groups = page.shown().chunk_by(|one, next| section(one) == section(next));
        FillingBody::Fields(groups.map(|places| self.group(places, page.tried, stamps)).collect())
    }

    /// Shown fields of one section.
    fn group(&self, places: &[usize], tried: bool, stamps: &Stamps) -> Placed<EntryGroup> {
        let fields = places.iter().filter_map(|place| Some((*place, self.entries.get(*place)?)));
        let section = fields.clone().next().map_or(0, |(_, entry)| entry.section);
        let title = String::from(self.titles.get(section).copied().unwrap_or_default());
        let first = self.entries.partition_point(|entry| entry.section < section);
        if stamps.is_same(first..self.entries.partition_point(|entry| entry.section <= section)) {
            return Placed::Same(title);
        }
        let placed = |(place, entry): (usize, &Entry<'a>)| match stamps.is_same(place..place + 1) {
            true => Placed::Same(entry.key(self.desk).into()),
            false => Placed::New(self.field(entry, tried, stamps)),
        };
        Placed::New(EntryGroup { title, fields: fields.map(placed).collect() })
    }

    /// The answers that have no field on the page.
    pub(super) fn carried(&self, page: &Page) -> Vec<(String, String)> {
        let answers = self.desk.precheck.answers;
        let mut has_field = vec![false; answers.len()];
        let shown = self.shown(page).flat_map(|(_, entry)| self.parts(entry));
        for (_, fact) in shown.filter(|(id, _)| !self.is_locked(*id)) {
            if let Some(has) = answers.place(&fact.id).and_then(|place| has_field.get_mut(place)) {
                *has = true;
            }
        }
        let carried = answers.iter().zip(has_field).filter(|((key, _), has)| !has && !key.starts_with("__"));
        carried.flat_map(|((key, answer), _)| fields(key.into(), answer)).collect()
    }
}

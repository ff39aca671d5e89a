//! The fields of all forms as one list, in which each fact stands once.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, FactRole, Lit, ROWS, Slot, TextFormat, Value, birth_date};

use super::stamps::Stamps;
use super::{EntryField, EntryPart, Filling};
use crate::phrase::{full_day, list, say};
use crate::view::ask::typed;
use crate::view::{Cell, Control, Desk, Placed};
use crate::{Autocomplete, Field, Form, NONE, UNSURE};

/// The forms that are filled in together, as one.
pub(super) struct Merged<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) filling: &'a Filling,
    pub(super) forms: Vec<&'a Form>,
    /// The titles of the sections.
    pub(super) titles: Vec<&'a str>,
    /// In the order of the sections.
    pub(super) entries: Vec<Entry<'a>>,
}

/// A field of the merged form.
pub(super) struct Entry<'a> {
    /// The place of its section.
    pub(super) section: usize,
    /// The facts that are asked here; most fields ask all of theirs.
    pub(super) facts: Cow<'a, [FactId]>,
    /// The field that asks them first, with the place of its form.
    first: (usize, &'a Field),
    /// The others that use them.
    others: Vec<(usize, &'a Field)>,
}

/// How a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is not asked.
    Hidden,
    /// It can be left as it is.
    Good,
    /// It must be filled in.
    Empty,
    /// Something in it is wrong.
    Wrong,
}

impl<'a> Merged<'a> {
    /// `None` if the pack has no such form for an applicant.
    pub(super) fn of(desk: Desk<'a>, filling: &'a Filling) -> Option<Merged<'a>> {
        let own = |form: &&Form| !form.sample;
        let all = desk.precheck.bundle.value.forms.as_slice();
        let forms: Vec<&Form> = if filling.is_all() {
            let documents = desk.decision().documents.iter().filter_map(|place| desk.pack().documents.get(*place));
            documents.filter_map(|document| all.iter().find(|form| form.id == document.id)).filter(own).collect()
        } else {
            vec![all.iter().filter(own).find(|form| form.id == filling.form)?]
        };
        if forms.is_empty() {
            return None;
        }
        let mut merged = Merged { desk, filling, forms, titles: Vec::new(), entries: Vec::new() };
        merged.gather();
        Some(merged)
    }

    /// Lists every field once, a section of one title of all forms together.
    fn gather(&mut self) {
        let mut places: Vec<Option<usize>> = vec![None; self.desk.pack().facts.len()];
        let mut entries: Vec<Entry<'a>> = Vec::new();
        for (form, sheet) in self.forms.iter().enumerate() {
            for section in &sheet.sheet.sections {
                let title = self.desk.pick(&section.title);
                let known = self.titles.iter().position(|known| *known == title);
                let place = known.unwrap_or(self.titles.len());
                if known.is_none() {
                    self.titles.push(title);
                }
                for field in &section.fields {
                    let is_new = |fact: &&FactId| places.get(fact.index()).is_some_and(Option::is_none);
                    let asked = field.facts().iter().filter(|fact| self.is_asked(**fact));
                    let new = match field.facts().iter().all(|fact| self.is_asked(*fact) && is_new(&fact)) {
                        true => Cow::Borrowed(field.facts()),
                        false => Cow::Owned(asked.clone().filter(is_new).copied().collect()),
                    };
                    let known = asked.filter_map(|fact| places.get(fact.index()).copied().flatten());
                    for at in known {
                        if let Some(entry) = entries.get_mut(at) {
                            entry.used(form, field);
                        }
                    }
                    if new.is_empty() {
                        continue;
                    }
                    for fact in &*new {
                        if let Some(at) = places.get_mut(fact.index()) {
                            *at = Some(entries.len());
                        }
                    }
                    entries.push(Entry { section: place, facts: new, first: (form, field), others: Vec::new() });
                }
            }
        }
        if entries.is_sorted_by_key(|entry| entry.section) {
            self.entries = entries;
            return;
        }
        let mut sections: Vec<Vec<Entry<'a>>> = Vec::new();
        sections.resize_with(self.titles.len(), Vec::new);
        for entry in entries {
            if let Some(section) = sections.get_mut(entry.section) {
                section.push(entry);
            }
        }
        self.entries = sections.into_iter().flatten().collect();
    }

    /// Whether the applicant is the one who says it here. The day of acceptance is the window's, and
    /// the materials are ticked in their list.
    fn is_asked(&self, fact: FactId) -> bool {
        let role = self.desk.fact(fact).map(|fact| fact.role);
        matches!(role, Some(FactRole::Question | FactRole::RequestDate))
    }

    pub(super) fn holds(&self, lit: Lit) -> Option<bool> {
        self.desk.decision().run.get(lit)
    }

    /// Whether the entry is asked at all; unknown is asked.
    pub(super) fn is_shown(&self, entry: &Entry<'_>) -> bool {
        let is_wanted = entry.uses().any(|(_, field)| self.holds(field.shown) != Some(false));
        is_wanted && entry.facts.iter().any(|fact| self.is_relevant(*fact))
    }

    fn is_relevant(&self, fact: FactId) -> bool {
        self.desk.fact(fact).is_some_and(|fact| self.holds(fact.ask_if) != Some(false))
    }

    /// The facts of an entry that are asked.
    pub(super) fn parts<'b>(&'b self, entry: &'b Entry<'_>) -> impl Iterator<Item = (FactId, &'a Fact)> + 'b {
        let asked = entry.facts.iter().filter(|fact| self.is_relevant(**fact));
        asked.filter_map(|fact| Some((*fact, self.desk.fact(*fact)?)))
    }

    pub(super) fn is_required(&self, entry: &Entry<'_>) -> bool {
        let needs = |field: &Field| self.holds(field.shown) == Some(true) && self.holds(field.required) == Some(true);
        entry.uses().any(|(_, field)| needs(field))
    }

    /// Whether it hangs on open answers that the field is needed at all.
    fn is_open(&self, entry: &Entry<'_>) -> bool {
        !self.is_required(entry) && entry.uses().any(|(_, field)| self.holds(field.shown).is_none())
    }

    /// What the form's own checks say of an entry.
    pub(super) fn failed_check(&self, entry: &Entry<'_>) -> Option<String> {
        let shown = entry.uses().filter(|(_, field)| self.holds(field.shown) == Some(true));
        let mut checks = shown.flat_map(|(_, field)| &field.checks);
        checks.find(|check| self.holds(check.failed) == Some(true)).map(|check| self.desk.text(&check.message))
    }

    /// What is still to be filled in for a fact of a required field.
    fn left_empty(&self, entry: &Entry<'_>, id: FactId) -> Option<&'static str> {
        let fact = self.desk.fact(id).filter(|_| self.is_required(entry))?;
        let said = |zh, en| Some(self.desk.lang.word(zh, en));
        match (self.desk.precheck.facts.get(id), &fact.kind) {
            (Slot::Unknown, _) if entry.is_declaration() => said("请读后勾选。", "Read this and tick it."),
            (Slot::Unknown, FactKind::Bool | FactKind::Choice(_)) => said("请选一项。", "Choose one."),
            (Slot::Unknown, FactKind::Choices(_)) => said("请至少选一项。", "Choose at least one."),
            (Slot::Unknown, FactKind::Date) => said("请填写日期。", "Fill in the date."),
            (Slot::Unknown, _) => said("请填写。", "Fill this in."),
            (Slot::Known(Value::Table(rows)), FactKind::Table { columns, .. }) if ROWS => {
                let empty = |row: &yichuang_engine::Facts| {
                    (0..columns.len()).any(|column| matches!(row.get(FactId::new(column)), Slot::Unknown))
                };
                let words = (
                    "还有没填的格子；不要的行请删除。",
                    "some cells are still empty; remove the rows that are not needed",
                );
                rows.iter().any(empty).then(|| self.desk.lang.word(words.0, words.1))
            }
            _ => None,
        }
    }

    /// The errors of what was typed for a fact: the names of their fields, and what is said.
    pub(super) fn typing_errors(&self, fact: FactId) -> impl Iterator<Item = (&'a str, String)> + '_ {
        let errors = self.desk.precheck.errors.iter().filter(move |error| error.fact == Some(fact));
        errors.map(|error| (error.key.as_str(), self.desk.message(error)))
    }

    /// What is wrong in an entry, in the order of its parts: the name of a field, and what is said.
    /// `tried` tells whether what is empty counts.
    pub(super) fn faults(&self, entry: &Entry<'_>, tried: bool) -> Vec<(String, String)> {
        let mut faults: Vec<(String, String)> = Vec::new();
        for (id, fact) in self.parts(entry) {
            let before = faults.len();
            faults.extend(self.typing_errors(id).map(|(key, message)| (key.into(), message)));
            if tried && faults.len() == before {
                faults.extend(self.left_empty(entry, id).map(|message| (fact.id.clone(), message.into())));
            }
        }
        if faults.is_empty() {
            faults.extend(self.failed_check(entry).map(|message| (entry.key(self.desk).into(), message)));
        }
        faults
    }

    pub(super) fn standing(&self, entry: &Entry<'_>) -> Standing {
        if !self.is_shown(entry) {
            return Standing::Hidden;
        }
        let is_empty = |id| self.left_empty(entry, id).is_some();
        match () {
            () if !self.faults(entry, false).is_empty() => Standing::Wrong,
            () if self.parts(entry).any(|(id, _)| is_empty(id)) => Standing::Empty,
            () => Standing::Good,
        }
    }

    pub(super) fn label(&self, entry: &Entry<'_>) -> String {
        let (_, field) = entry.first;
        match self.parts(entry).next() {
            // The field of another form asks for more than is left to ask here.
            Some((_, fact)) if entry.facts.len() < field.facts().len() => self.desk.text(&fact.name),
            _ => self.desk.text(&field.label),
        }
    }

    /// What may be left empty says so; everything else is needed.
    fn marked_label(&self, entry: &Entry<'_>) -> String {
        let label = self.label(entry);
        match entry.is_declaration() || self.is_required(entry) {
            true => label,
            false => say!(self.desk.lang, "{label}（选填）", "{label} (optional)"),
        }
    }

    /// Whether it is held elsewhere and cannot be changed here.
    pub(super) fn is_locked(&self, fact: FactId) -> bool {
        self.filling.held.iter().any(|held| held.fact == fact && held.is_locked)
    }

    fn hint(&self, entry: &Entry<'a>) -> &'a str {
        let mut hints = entry.uses().map(|(_, field)| self.desk.pick(&field.hint));
        hints.find(|hint| !hint.is_empty()).unwrap_or_default()
    }

    fn used_by(&self, entry: &Entry<'_>) -> String {
        if self.forms.len() < 2 {
            return String::new();
        }
        let lang = self.desk.lang;
        let names = entry.uses().filter_map(|(form, _)| self.forms.get(form)).map(|form| {
            let (name, authority) = (self.desk.pick(&form.sheet.name), self.desk.pick(&form.sheet.authority));
            match authority {
                "" => name.into(),
                _ => say!(lang, "{name}（{authority}）", "{name} ({authority})"),
            }
        });
        let names: Vec<String> = names.collect();
        let names = list(names.iter().map(String::as_str), lang);
        say!(lang, "用于：{names}", "Used in: {names}")
    }

    /// A field in words; of its tables the rows that `stamps` know are left as they are shown.
    pub(super) fn field(&self, entry: &Entry<'a>, tried: bool, stamps: &Stamps) -> EntryField {
        let lang = self.desk.lang;
        let faults = self.faults(entry, tried);
        let parts: Vec<EntryPart> =
            self.parts(entry).map(|(id, fact)| self.part(entry, (id, fact), &faults, stamps)).collect();
        let is_said = parts.iter().any(|part| part.cell.error.is_some());
        EntryField {
            key: entry.key(self.desk).into(),
            label: self.marked_label(entry),
            hint: self.hint(entry).into(),
            is_optional: !self.is_required(entry),
            depends: match self.is_open(entry) {
                true => say!(
                    lang,
                    "要不要填，看其他几项怎么答；说不准就先空着。",
                    "Whether this is needed depends on other answers; leave it empty for now if you are not sure."
                ),
                false => String::new(),
            },
            used_by: self.used_by(entry),
            is_declaration: entry.is_declaration(),
            error: faults.first().filter(|_| !is_said).map(|(_, message)| message.clone()),
            parts,
        }
    }

    fn part(
        &self,
        entry: &Entry<'a>,
        (id, fact): (FactId, &'a Fact),
        faults: &[(String, String)],
        stamps: &Stamps,
    ) -> EntryPart {
        let desk = self.desk;
        let (slot, answer) = (desk.precheck.facts.get(id), desk.precheck.answers.get(&fact.id));
        // What is wrong with the whole of several parts is said at the whole.
        let is_single = entry.facts.len() == 1 && !matches!(fact.kind, FactKind::Table { .. });
        let own = faults.iter().find(|(key, _)| *key == fact.id);
        let error = own.filter(|_| is_single || self.failed_check(entry).as_ref() != own.map(|(_, said)| said));
        let error = error.map(|(_, message)| message.clone());
        let named = entry.facts.len() > 1;
        let label = if named { desk.text(&fact.name) } else { self.marked_label(entry) };
        let help = if named { desk.text(&fact.help) } else { self.hint(entry).into() };
        let mut control = match &fact.kind {
            FactKind::Table { columns, max_rows } if ROWS => {
                let is_same = |place| stamps.is_same_row(id, place);
                Control::Rows(desk.rows(&fact.id, columns, *max_rows, slot, answer, &is_same))
            }
            _ => desk.control(&fact.id, fact, slot, answer, error.clone()),
        };
        as_on_a_form(&mut control);
        if let Control::Date(field) = &mut control {
            field.label.clone_from(&label);
            field.hint.clone_from(&help);
        }
        let held = self.filling.held.iter().find(|held| held.fact == id);
        EntryPart {
            cell: Cell { name: fact.id.clone(), label, help, control, error, autocomplete: autocomplete(entry, fact) },
            none: self.none_words(fact),
            stated: self.stated(fact, slot),
            says: self.says(fact, slot),
            held: held.map_or_else(String::new, |held| {
                let source = &held.source;
                say!(desk.lang, "来自{source}", "From {source}")
            }),
            locked: held.filter(|held| held.is_locked).map(|_| match slot {
                Slot::Known(value) => desk.value(fact, value),
                Slot::Unknown | Slot::Unsure => typed(answer),
            }),
        }
    }

    fn none_words(&self, fact: &Fact) -> Option<String> {
        match &fact.kind {
            FactKind::Text { none, .. } => none.as_ref().map(|none| self.desk.text(none)),
            FactKind::Table { .. } if ROWS => Some(say!(self.desk.lang, "没有", "None")),
            _ => None,
        }
    }

    fn stated(&self, fact: &Fact, slot: &Slot) -> Option<(&'static str, String)> {
        let none = || self.none_words(fact).map(|words| (NONE, words));
        match slot {
            Slot::Unsure if !matches!(fact.kind, FactKind::Bool | FactKind::Choice(_)) => {
                Some((UNSURE, say!(self.desk.lang, "说不清，到窗口确认", "cannot say; to be settled at the window")))
            }
            Slot::Known(Value::Text(text)) if text.is_empty() => none(),
            Slot::Known(Value::Table(rows)) if ROWS && rows.is_empty() => none(),
            _ => None,
        }
    }

    /// The birth date and the sex in an identity number (GB 11643-1999: digits 7 to 14, and 17).
    fn says(&self, fact: &Fact, slot: &Slot) -> String {
        let (FactKind::Text { format: TextFormat::IdNo, .. }, Slot::Known(Value::Text(number))) = (&fact.kind, slot)
        else {
            return String::new();
        };
        let Some((born, digit)) = birth_date(number).zip(number.as_bytes().get(16)) else { return String::new() };
        let lang = self.desk.lang;
        let (day, is_male) = (full_day(born, lang), digit % 2 == 1);
        let sex = if is_male { lang.word("男", "male") } else { lang.word("女", "female") };
        say!(lang, "{sex}，{day}出生", "{sex}, born on {day}")
    }
}

impl<'a> Entry<'a> {
    fn used(&mut self, form: usize, field: &'a Field) {
        if !self.uses().any(|(_, known)| core::ptr::eq(known, field)) {
            self.others.push((form, field));
        }
    }

    /// The fields that use its facts, each with the place of its form.
    pub(super) fn uses(&self) -> impl Iterator<Item = (usize, &'a Field)> + '_ {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }

    pub(super) fn key(&self, desk: Desk<'a>) -> &'a str {
        self.facts.first().and_then(|fact| desk.fact(*fact)).map_or("", |fact| fact.id.as_str())
    }

    pub(super) fn is_declaration(&self) -> bool {
        self.first.1.look.declaration
    }
}

/// A form offers neither 说不清, unless it was chosen before, nor today in the place of a date.
fn as_on_a_form(control: &mut Control) {
    match control {
        Control::One(tiles) => tiles.retain(|tile| !tile.is_unsure || tile.chosen),
        Control::Date(field) => field.stand_in = Default::default(),
        Control::Rows(rows) => {
            let rows = rows.rows.iter_mut().filter_map(|placed| match placed {
                Placed::New(row) => Some(row),
                Placed::Same(_) => None,
            });
            let cells = rows.flat_map(|row| &mut row.cells);
            cells.for_each(|cell| as_on_a_form(&mut cell.control));
        }
        Control::Many(_) | Control::Number { .. } | Control::Line { .. } => {}
    }
}

/// The autofill token of a fact, as the field says it or as its format suggests.
fn autocomplete(entry: &Entry<'_>, fact: &Fact) -> Option<&'static str> {
    let stated = entry.uses().map(|(_, field)| field.look.autocomplete).find(|one| *one != Autocomplete::Usual);
    // What a field of several facts says is meant for the first of them.
    let is_first = entry.facts.len() == 1;
    match stated.filter(|stated| is_first || *stated == Autocomplete::Off).unwrap_or_default() {
        Autocomplete::Off => Some("off"),
        Autocomplete::Name => Some("name"),
        Autocomplete::Organization => Some("organization"),
        Autocomplete::Telephone => Some("tel-national"),
        Autocomplete::PostalCode => Some("postal-code"),
        Autocomplete::StreetAddress => Some("street-address"),
        Autocomplete::Birthday => Some("bday"),
        Autocomplete::Usual => match &fact.kind {
            FactKind::Text { format: TextFormat::PersonName, .. } => Some("name"),
            FactKind::Text { format: TextFormat::Mobile | TextFormat::Phone | TextFormat::Landline, .. } => {
                Some("tel-national")
            }
            FactKind::Text { format: TextFormat::Postcode, .. } => Some("postal-code"),
            _ => None,
        },
    }
}

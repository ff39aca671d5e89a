//! What a page holds while a citizen answers: the answers, which are the only copy, and what is
//! shown of them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

#[cfg(feature = "full")]
use yichuang_engine::Fact;
use yichuang_engine::{Date, FactId, Pack, ROWS};
#[cfg(feature = "full")]
use yichuang_forms::row_of_fields;
use yichuang_forms::{Answer, Answers, Json, Lang, LoadedBundle, LoadedCalendar, Precheck, Ui, reopened};

use crate::error::Refusal;
#[cfg(feature = "full")]
use crate::filling::{FormPage, read_held};

#[derive(Debug)]
pub(crate) struct State {
    bundle: LoadedBundle,
    calendar: LoadedCalendar,
    pub(crate) on: Date,
    pub(crate) lang: Lang,
    pub(crate) answers: Answers,
    pub(crate) ui: Ui,
    /// The fact whose field is being typed in; that it cannot be read yet is not held against it.
    pub(crate) typing: Option<FactId>,
    /// The form that is filled in, where it is not the questions of the pre-check.
    #[cfg(feature = "full")]
    pub(crate) form: Option<FormPage>,
}

/// The fields of the form, as `FormData` gives them.
pub(crate) type Fields = Vec<(String, String)>;

impl State {
    pub(crate) fn new(pack: &[u8], calendar: &[u8], on: &str) -> Result<State, Refusal> {
        Ok(State {
            bundle: crate::read_pack(pack)?,
            calendar: crate::read_calendar(calendar)?,
            on: read_day(on)?,
            lang: Lang::Zh,
            answers: Answers::new(),
            ui: Ui::default(),
            typing: None,
            #[cfg(feature = "full")]
            form: None,
        })
    }

    fn pack(&self) -> &Pack {
        &self.bundle.value.pack
    }

    pub(crate) fn precheck(&self) -> Precheck<'_> {
        Precheck::new(&self.bundle, &self.calendar, &self.answers, self.on)
    }

    /// Explains one result, given as the JSON text of a target.
    #[cfg(feature = "full")]
    pub(crate) fn why(&self, target: &str) -> Result<String, Refusal> {
        Ok(self.precheck().explain(&yichuang_forms::Target::from_text(target)?, None, self.lang)?)
    }

    /// Sets one answer; `null` takes it back.
    pub(crate) fn set(&mut self, fact: &str, value: &str) -> Result<(), Refusal> {
        let not_json = |_| Refusal::new("not_json", "填报的内容不是 JSON。", "the answer is not JSON");
        match Json::parse(value).map_err(not_json)? {
            Json::Null => drop(self.answers.remove(fact)),
            value => self.answers.set(fact, Answer::from(value)),
        }
        self.typing = None;
        Ok(())
    }

    /// Sets all answers, and begins at the first question that they leave open.
    pub(crate) fn set_answers(&mut self, json: &str) -> Result<(), Refusal> {
        self.answers = Answers::from_json(json)?;
        self.ui = Ui { large: self.ui.large, ..Ui::default() };
        self.typing = None;
        Ok(())
    }

    /// Takes the form as it stands on a page that the server wrote.
    pub(crate) fn begin(&mut self, fields: &Fields) {
        self.take_answers(fields);
        #[cfg(feature = "full")]
        {
            self.form = FormPage::of(fields, self.form.take());
            self.arrive();
        }
        self.ui.large = control(fields, "__large") == Some("1");
        self.ui.open = self.asked(fields).filter(|fact| self.is_answered(*fact));
    }

    /// Takes the form while it is filled in: `name` is the field that changed. Its question stays
    /// until the citizen goes on.
    pub(crate) fn edit(&mut self, fields: &Fields, name: &str, is_typing: bool) {
        self.take_answers(fields);
        let changed = self.fact_of_field(name);
        let asked = self.asked(fields);
        self.ui.open = asked.filter(|_| changed == asked || self.ui.open == asked);
        self.ui.asked = None;
        #[cfg(feature = "full")]
        self.form.iter_mut().for_each(FormPage::stay);
        self.typing = changed.filter(|_| is_typing);
    }

    /// Takes the fields of one place of a form while it is filled in: `name` is the field that
    /// changed. Only the answer to what that field asks changes.
    #[cfg(feature = "full")]
    pub(crate) fn edit_part(&mut self, fields: Fields, name: &str, is_typing: bool) {
        let changed = self.fact_of_field(name);
        if let Some(fact) = changed.and_then(|id| self.bundle.value.pack.facts.get(id.index())) {
            match row_of_fields(fact, name, fields.iter().cloned()) {
                Some((place, cells)) => take_row(&mut self.answers, fact, place, cells),
                // A row beyond all limits is none.
                None if name.contains('[') => {}
                None => {
                    let before = self.answers.get(&fact.id).cloned();
                    self.answers.take_field(fact, fields);
                    if let Some((before, after)) = before.zip(self.answers.get_mut(&fact.id)) {
                        keep_one(before, after);
                    }
                }
            }
        }
        self.form.iter_mut().for_each(FormPage::stay);
        self.typing = changed.filter(|_| is_typing);
    }

    /// Takes the form as it is sent by a button, whose name and value come last.
    pub(crate) fn submit(&mut self, fields: &Fields) {
        self.take_answers(fields);
        self.ui.asked = self.asked(fields);
        self.ui.open = reopened(self.pack(), fields);
        self.typing = None;
        #[cfg(feature = "full")]
        {
            self.form.iter_mut().for_each(|form| form.go(fields));
            self.arrive();
        }
    }

    /// Shows a form instead of the questions; all forms of the application as one for `*`.
    #[cfg(feature = "full")]
    pub(crate) fn open_form(&mut self, form: &str, is_inner: bool) -> Result<(), Refusal> {
        let is_there = |known: &yichuang_forms::Form| !known.sample && known.id == form;
        if form != yichuang_forms::ALL_FORMS && !self.bundle.value.forms.iter().any(is_there) {
            return Err(Refusal::new(
                "unknown_form",
                "规则包里没有这张要填的表。",
                "the pack has no such form to be filled in",
            ));
        }
        let large = self.ui.large;
        let mut page = FormPage::new(form, is_inner);
        page.filling.large = large;
        self.form = Some(page);
        Ok(())
    }

    /// Says what is held already.
    #[cfg(feature = "full")]
    pub(crate) fn set_held(&mut self, json: &str) -> Result<(), Refusal> {
        let held = read_held(&self.bundle.value.pack, json)?;
        if let Some(form) = &mut self.form {
            form.filling.held = held;
        }
        Ok(())
    }

    #[cfg(feature = "full")]
    fn arrive(&mut self) {
        if let Some(mut form) = self.form.take() {
            form.arrive(&self.precheck(), self.lang);
            self.form = Some(form);
        }
    }

    /// An answer that means the same as before stays as it was set: `true` stays a boolean though
    /// a form knows texts only.
    fn take_answers(&mut self, fields: &Fields) {
        let mut answers = Answers::from_fields(self.pack(), fields.iter().cloned());
        keep(core::mem::take(&mut self.answers), &mut answers);
        self.answers = answers;
    }

    fn asked(&self, fields: &Fields) -> Option<FactId> {
        control(fields, "__ask").and_then(|fact| self.fact(fact))
    }

    fn fact(&self, id: &str) -> Option<FactId> {
        self.pack().fact(id).map(|(fact, _)| fact)
    }

    /// The fact that a field belongs to; of a date there are three fields, of a table many.
    fn fact_of_field(&self, name: &str) -> Option<FactId> {
        let name = if ROWS { name.split_once('[').map_or(name, |(table, _)| table) } else { name };
        let date = || name.rsplit_once('.').and_then(|(id, _)| self.fact(id));
        self.fact(name).or_else(date)
    }

    fn is_answered(&self, fact: FactId) -> bool {
        let fact = self.pack().facts.get(fact.index());
        fact.is_some_and(|fact| self.answers.get(&fact.id).is_some())
    }
}

/// The day of the request.
pub(crate) fn read_day(text: &str) -> Result<Date, Refusal> {
    let refusal =
        || Refusal::new("bad_date", "办理日期应像 2014-11-18 这样写。", "the day is written as in 2014-11-18");
    Date::parse(text).ok_or_else(refusal)
}

/// The language of a `lang` attribute: `zh`, `zh-CN`, `en`.
pub(crate) fn read_lang(tag: &str) -> Lang {
    Lang::parse(tag.split('-').next().unwrap_or_default()).unwrap_or_default()
}

/// The fields in the JSON of an array of pairs.
pub(crate) fn read_fields(json: &str) -> Result<Fields, Refusal> {
    let refusal =
        || Refusal::new("bad_fields", "表单内容应是名称和内容成对的 JSON 数组。", "fields are a JSON array of pairs");
    let Ok(Json::List(pairs)) = Json::parse(json) else { return Err(refusal()) };
    pairs.into_iter().map(|pair| read_pair(pair).ok_or_else(refusal)).collect()
}

fn read_pair(pair: Json) -> Option<(String, String)> {
    let Json::List(pair) = pair else { return None };
    match <[Json; 2]>::try_from(pair) {
        Ok([Json::Text(name), Json::Text(value)]) => Some((name, value)),
        _ => None,
    }
}

fn control<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// Puts a row into the place of the one before. Rows with nothing in them are no answer.
#[cfg(feature = "full")]
fn take_row(answers: &mut Answers, fact: &Fact, place: usize, mut cells: Answers) {
    let mut rows = match answers.remove(&fact.id) {
        Some(Answer::Rows(rows)) => rows,
        _ => Vec::new(),
    };
    if rows.len() <= place {
        rows.resize_with(place + 1, Answers::new);
    }
    if let Some(row) = rows.get_mut(place) {
        keep(core::mem::take(row), &mut cells);
        *row = cells;
    }
    if !rows.iter().all(Answers::is_empty) {
        answers.set(fact.id.as_str(), Answer::Rows(rows));
    }
}

/// Keeps how answers were set where the new ones mean the same.
fn keep(before: Answers, after: &mut Answers) {
    for (key, old) in before {
        if let Some(new) = after.get_mut(&key) {
            keep_one(old, new);
        }
    }
}

fn keep_one(old: Answer, new: &mut Answer) {
    match (old, new) {
        (Answer::Rows(old), Answer::Rows(new)) if ROWS => {
            new.iter_mut().zip(old).for_each(|(new, old)| keep(old, new));
        }
        (old, new) if is_same(&old, new) => *new = old,
        _ => {}
    }
}

fn is_same(before: &Answer, after: &Answer) -> bool {
    match (before, after) {
        (Answer::Bool(before), Answer::Text(after)) => before.to_string() == *after,
        (Answer::Number(before), Answer::Text(after)) => before == after,
        _ => false,
    }
}

#[cfg(test)]
mod tests;

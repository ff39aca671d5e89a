//! The left side: the date, answered questions, the question to answer now.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use yichuang_engine::{Date, Fact, FactId, FactKind, FactOption, FactRole, MaterialStatus, ROWS, Slot, Text, Value};

use super::notices::hits;
use super::{Answered, Control, DateField, Desk, Head, Problem, Question, Tile, Ui};
use crate::phrase::{full_day, joined, say};
use crate::{Answer, NONE, UNSURE, value_text};

impl<'a> Desk<'a> {
    #[inline(never)]
    pub(super) fn head(&self) -> Head {
        let pack = self.pack();
        let window = &pack.window;
        let (id, edition) = (&pack.id, &pack.edition);
        Head {
            pack: pack.id.clone(),
            title: self.text(&pack.name),
            summary: self.text(&pack.summary),
            notice: self.text(&pack.notice),
            overrides: self.overrides(),
            office: office(self.pick(&window.region), self.pick(&window.authority)),
            place: self.text(&window.place),
            hours: self.text(&window.hours),
            contact: self.text(&window.contact),
            rules: say!(self.lang, "规则 {id} {edition}", "Rules {id} {edition}"),
            rules_day: self.rules_day(),
            receipt: self.precheck.receipt.short(),
        }
    }

    /// The question that is shown: the one that is kept open, the first one with a bad answer,
    /// or the next one.
    #[inline(never)]
    pub(super) fn shown_question(&self, ui: &Ui) -> Option<FactId> {
        let is_question = |id: &FactId| self.fact(*id).is_some_and(|fact| fact.role == FactRole::Question);
        let bad = || self.precheck.errors.iter().filter_map(|error| error.fact).find(|id| is_question(id));
        ui.open.filter(is_question).or_else(bad).or(self.decision().next_question)
    }

    #[inline(never)]
    pub(super) fn date_field(&self) -> DateField {
        let pack = self.pack();
        let none = Text::default();
        let (key, name) = self.fact(pack.accepted_on).map_or(("", &none), |fact| (fact.id.as_str(), &fact.name));
        let mut field = self.date_of(key, name, self.precheck.answers.get(key), self.error(pack.accepted_on));
        let day = full_day(self.decision().accepted_on, self.lang);
        field.hint = if field.error.is_some() {
            say!(self.lang, "先按 {day}受理计算", "for now counted as accepted on {day}")
        } else if self.decision().assumed.contains(&pack.accepted_on) {
            say!(self.lang, "没有填，按 {day}受理计算", "left empty: counted as accepted on {day}")
        } else if pack.versions.date == pack.accepted_on {
            self.selects_versions()
        } else {
            say!(self.lang, "时限从这一天起算", "periods run from this day")
        };
        if self.precheck.calendar.value.is_workday(self.decision().accepted_on) == Some(false) {
            field.hint += self
                .lang
                .word("；这一天不是工作日，窗口可能不办公", "; this is no workday, and the window may be closed");
        }
        field
    }

    fn selects_versions(&self) -> String {
        say!(self.lang, "按这一天有效的规定预审", "pre-checked by the rules in force on this day")
    }

    /// The day whose rules are applied, in words.
    fn rules_day(&self) -> String {
        let day = self.decision().version_date.map(|day| full_day(day, self.lang));
        day.unwrap_or_else(|| self.lang.word("待定日期", "a day not known yet").into())
    }

    /// The fields of the dates that are assumed while they are not answered, besides acceptance.
    #[inline(never)]
    pub(super) fn other_dates(&self) -> Vec<DateField> {
        let facts = self.pack().facts.iter().enumerate();
        let dates = facts.filter(|(_, fact)| fact.role == FactRole::RequestDate).map(|(index, fact)| {
            let id = FactId::new(index);
            let answer = self.precheck.answers.get(&fact.id);
            let mut field = self.date_of(&fact.id, &fact.name, answer, self.error(id));
            let day = full_day(self.precheck.on, self.lang);
            field.hint = if field.error.is_some() {
                say!(self.lang, "先按 {day}计算", "for now taken as {day}")
            } else if self.decision().assumed.contains(&id) {
                say!(self.lang, "没有填，按 {day}计算", "left empty: taken as {day}")
            } else if self.pack().versions.date == id {
                self.selects_versions()
            } else {
                String::new()
            };
            field
        });
        dates.collect()
    }

    /// The three fields of a date as typed.
    pub(super) fn date_of(&self, key: &str, label: &Text, answer: Option<&Answer>, error: Option<String>) -> DateField {
        let typed = typed(answer);
        let mut parts = typed.splitn(3, '-').map(String::from);
        let on = self.precheck.on;
        DateField {
            fact: key.into(),
            label: self.text(label),
            typed: [(); 3].map(|()| parts.next().unwrap_or_default()),
            stand_in: [on.year().to_string(), on.month().to_string(), on.day().to_string()],
            hint: String::new(),
            error,
        }
    }

    #[inline(never)]
    pub(super) fn error(&self, id: FactId) -> Option<String> {
        let error = self.precheck.errors.iter().find(|error| error.fact == Some(id))?;
        Some(self.message(error))
    }

    /// What is wrong with an answer, or with which cell of it.
    pub(super) fn message(&self, error: &crate::AnswerError) -> String {
        let (cell, message) = (self.pick(&error.cell), self.pick(&error.message));
        match cell {
            _ if !ROWS => message.into(),
            "" => message.into(),
            cell => say!(self.lang, "{cell}：{message}", "{cell}: {message}"),
        }
    }

    /// All bad answers, and the posted question that was left empty or is in conflict.
    #[inline(never)]
    pub(super) fn problems(&self, shown: Option<FactId>, ui: &Ui) -> Vec<Problem> {
        let named = |error: &crate::AnswerError| {
            let fact = error.fact.and_then(|id| self.fact(id));
            Problem {
                fact: fact.map(|fact| fact.id.clone()),
                name: fact.map_or_else(|| error.key.clone(), |fact| self.text(&fact.name)),
                message: self.message(error),
            }
        };
        let mut problems: Vec<Problem> = self.precheck.errors.iter().map(named).collect();
        let unfinished = shown
            .filter(|id| self.error(*id).is_none() && was_posted(*id, ui))
            .and_then(|id| Some((self.fact(id)?, self.said_at(id, ui)?)));
        if let Some((fact, message)) = unfinished {
            problems.push(Problem { fact: Some(fact.id.clone()), name: self.text(&fact.name), message });
        }
        problems
    }

    /// What is wrong at a question: a bad answer, a conflict that only it can settle, no answer.
    fn said_at(&self, id: FactId, ui: &Ui) -> Option<String> {
        self.error(id).or_else(|| self.conflict(id)).or_else(|| self.left_empty(id, ui))
    }

    /// The words of the first conflict that asks a question again.
    fn conflict(&self, id: FactId) -> Option<String> {
        let mut conflicts = hits(&self.decision().conflicts).filter_map(|hit| self.pack().conflicts.get(hit.index));
        conflicts.find(|conflict| conflict.reopens == id).map(|conflict| self.text(&conflict.condition.message))
    }

    /// What is said at a question that was posted without an answer.
    fn left_empty(&self, id: FactId, ui: &Ui) -> Option<String> {
        if ROWS && was_posted(id, ui) && matches!(self.precheck.facts.get(id), Slot::Known(Value::Table(_))) {
            let is_missing = self.decision().missing.iter().any(|missing| missing.fact == id && !missing.unsure);
            return is_missing.then(|| {
                say!(
                    self.lang,
                    "还有没填的格子；不要的行请删除。",
                    "some cells are still empty; remove the rows that are not needed"
                )
            });
        }
        (was_posted(id, ui) && matches!(self.precheck.facts.get(id), Slot::Unknown)).then(|| {
            say!(
                self.lang,
                "请先回答这一题；说不清也是一种回答。",
                "please answer this question; “I cannot say” is an answer too"
            )
        })
    }

    /// The answered questions in pack order, without the one that is shown and those that do not
    /// matter now.
    #[inline(never)]
    pub(super) fn answered(&self, shown: Option<FactId>) -> Vec<Answered> {
        let matters = |fact: &Fact| self.decision().run.get(fact.ask_if) != Some(false);
        self.questions()
            .filter(|(id, fact)| Some(*id) != shown && matters(fact))
            .filter_map(|(id, fact)| {
                let slot = self.precheck.facts.get(id);
                let error = self.error(id);
                let answer = match slot {
                    Slot::Known(value) => self.value(fact, value),
                    Slot::Unsure => say!(self.lang, "说不清，到窗口确认", "cannot say; to be settled at the window"),
                    Slot::Unknown if error.is_some() => typed(self.precheck.answers.get(&fact.id)),
                    Slot::Unknown => return None,
                };
                let unsure = matches!(slot, Slot::Unsure);
                Some(Answered { fact: fact.id.clone(), name: self.text(&fact.name), answer, unsure, error })
            })
            .collect()
    }

    fn questions(&self) -> impl Iterator<Item = (FactId, &'a Fact)> {
        let facts = self.pack().facts.iter().enumerate().map(|(index, fact)| (FactId::new(index), fact));
        facts.filter(|(_, fact)| fact.role == FactRole::Question)
    }

    /// A value in words, dates in the order of the language.
    #[inline(never)]
    pub(super) fn value(&self, fact: &Fact, value: &Value) -> String {
        match value {
            Value::Date(date) => full_day(*date, self.lang),
            _ => value_text(fact, value, self.lang),
        }
    }

    /// The answers that have no field on the page.
    #[inline(never)]
    pub(super) fn carried(&self, shown: Option<FactId>) -> Vec<(String, String)> {
        let pack = self.pack();
        let has_field = |key: &str| {
            pack.fact(key).is_some_and(|(id, fact)| match fact.role {
                FactRole::Question => Some(id) == shown,
                // Its fields have no place for 说不清, which goes along until a date is typed.
                FactRole::AcceptedOn | FactRole::RequestDate => {
                    !matches!(self.precheck.answers.get(key), Some(Answer::Unsure))
                }
                FactRole::MaterialState(material) => self.decision().materials.iter().any(|decided| {
                    decided.material == material
                        && decided.status == MaterialStatus::Required
                        && self.error(id).is_none()
                }),
            })
        };
        let answers = self.precheck.answers.iter().filter(|(key, _)| !key.starts_with("__") && !has_field(key));
        answers.flat_map(|(key, answer)| fields(key.into(), answer)).collect()
    }

    #[inline(never)]
    pub(super) fn question(&self, id: FactId, ui: &Ui) -> Option<Question> {
        let fact = self.fact(id)?;
        let ask = if fact.question.zh.is_empty() { &fact.name } else { &fact.question };
        Some(Question {
            fact: fact.id.clone(),
            count: self.count(id),
            ask: self.text(ask),
            help: self.text(&fact.help),
            why: self.text(&fact.why),
            control: self.control(
                &fact.id,
                fact,
                self.precheck.facts.get(id),
                self.precheck.answers.get(&fact.id),
                self.error(id),
            ),
            none: match &fact.kind {
                FactKind::Text { none, .. } => none.as_ref().map(|none| self.text(none)),
                FactKind::Table { .. } if ROWS => Some(say!(self.lang, "没有", "None")),
                _ => None,
            },
            stated: match self.precheck.facts.get(id) {
                Slot::Unsure => Some(UNSURE),
                Slot::Known(Value::Text(text)) if text.is_empty() => Some(NONE),
                Slot::Known(Value::Table(rows)) if ROWS && rows.is_empty() => Some(NONE),
                Slot::Known(_) | Slot::Unknown => None,
            },
            error: self.said_at(id, ui),
            is_open: ui.open == Some(id),
            previous: self.previous(id),
        })
    }

    /// `第 5 题，最多还有 2 题`.
    fn count(&self, id: FactId) -> String {
        let place = self.answered(Some(id)).len() + 1;
        if self.conflict(id).is_some() {
            return say!(self.lang, "第 {place} 题，请先改这一题", "Question {place}, to be changed first");
        }
        match self.open_questions().into_iter().filter(|open| *open != id).count() {
            0 => say!(self.lang, "第 {place} 题，答完就够了", "Question {place}, the last one"),
            left => say!(self.lang, "第 {place} 题，后面最多还有 {left} 题", "Question {place}, at most {left} more"),
        }
    }

    /// The questions whose answer still matters and was not said to be unsure.
    #[inline(never)]
    pub(super) fn open_questions(&self) -> Vec<FactId> {
        let open = self.decision().missing.iter().filter(|missing| !missing.unsure).map(|missing| missing.fact);
        let is_asked = |fact: &Fact| fact.role == FactRole::Question && self.decision().run.holds(fact.ask_if);
        open.filter(|id| self.fact(*id).is_some_and(is_asked)).collect()
    }

    fn previous(&self, id: FactId) -> Option<String> {
        let before = self.questions().take_while(|(other, _)| *other != id).map(|(_, fact)| fact.id.as_str());
        let before: Vec<&str> = before.collect();
        let answered = self.answered(Some(id)).into_iter().rev().find(|line| before.contains(&line.fact.as_str()));
        answered.map(|line| line.fact)
    }

    /// The control of a fact or of a cell, whose field has this name.
    pub(super) fn control(
        &self,
        name: &str,
        fact: &Fact,
        slot: &Slot,
        answer: Option<&Answer>,
        error: Option<String>,
    ) -> Control {
        match &fact.kind {
            FactKind::Bool => Control::One(self.yes_no(slot)),
            FactKind::Choice(options) => {
                let chosen = |place: usize| matches!(slot, Slot::Known(Value::Choice(at)) if usize::from(*at) == place);
                let mut tiles = self.tiles(options, chosen);
                tiles.push(self.unsure_tile(slot));
                Control::One(tiles)
            }
            FactKind::Choices(options) => {
                let chosen = |place: usize| match slot {
                    Slot::Known(Value::Choices(set)) => {
                        u32::try_from(place).ok().and_then(|place| set.checked_shr(place)).unwrap_or(0) & 1 == 1
                    }
                    _ => false,
                };
                Control::Many(self.tiles(options, chosen))
            }
            FactKind::Number { places, unit, .. } => {
                Control::Number { typed: typed(answer), unit: self.text(unit), is_decimal: *places > 0 }
            }
            FactKind::Date => Control::Date(self.date_of(name, &fact.name, answer, error)),
            FactKind::Table { columns, max_rows } => {
                Control::Rows(self.rows(name, columns, *max_rows, slot, answer, &|_| false))
            }
            FactKind::Text { format, .. } => Control::Line { typed: typed(answer), format: *format },
        }
    }

    fn yes_no(&self, slot: &Slot) -> Vec<Tile> {
        let tile = |value: bool, name: &str| Tile {
            value: value.to_string(),
            name: name.into(),
            hint: String::new(),
            chosen: matches!(slot, Slot::Known(Value::Bool(known)) if *known == value),
            is_unsure: false,
        };
        vec![tile(true, self.lang.word("是", "Yes")), tile(false, self.lang.word("否", "No")), self.unsure_tile(slot)]
    }

    /// The options that are offered, and a chosen one in any case.
    #[inline(never)]
    pub(super) fn tiles(&self, options: &[FactOption], chosen: impl Fn(usize) -> bool) -> Vec<Tile> {
        let offered = |option: &FactOption| self.decision().run.get(option.offered) != Some(false);
        let tiles = options.iter().enumerate().filter(|(place, option)| offered(option) || chosen(*place));
        let tile = |(place, option): (usize, &FactOption)| Tile {
            value: option.id.clone(),
            name: self.text(&option.name),
            hint: self.text(&option.hint),
            chosen: chosen(place),
            is_unsure: false,
        };
        tiles.map(tile).collect()
    }

    fn unsure_tile(&self, slot: &Slot) -> Tile {
        Tile {
            value: UNSURE.into(),
            name: say!(self.lang, "说不清", "I cannot say"),
            hint: say!(self.lang, "到窗口再确认", "to be settled at the window"),
            chosen: matches!(slot, Slot::Unsure),
            is_unsure: true,
        }
    }
}

/// The question was sent by a button that goes on.
fn was_posted(id: FactId, ui: &Ui) -> bool {
    ui.asked == Some(id) && ui.open != Some(id)
}

/// The region is left out where the authority's name begins with it.
fn office(region: &str, authority: &str) -> String {
    match (region, authority) {
        (region, "") => region.into(),
        (region, authority) if authority.starts_with(region) => authority.into(),
        (region, authority) => format!("{region} › {authority}"),
    }
}

/// What was typed in a field of one line.
pub(super) fn typed(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Text(text) | Answer::Number(text)) => text.clone(),
        Some(Answer::Bool(value)) => value.to_string(),
        Some(Answer::Other(json)) if json != "null" => json.clone(),
        Some(Answer::Many(parts)) => joined(parts, ","),
        Some(Answer::Other(_) | Answer::Rows(_) | Answer::Unsure) | None => String::new(),
    }
}

/// The fields that carry an answer.
pub(super) fn fields(name: String, answer: &Answer) -> Vec<(String, String)> {
    let value = match answer {
        Answer::Bool(value) => value.to_string(),
        Answer::Text(text) if text.is_empty() => NONE.into(),
        Answer::Text(text) | Answer::Number(text) => text.clone(),
        Answer::Many(parts) if parts.is_empty() => NONE.into(),
        Answer::Many(parts) => return parts.iter().map(|part| (name.clone(), part.clone())).collect(),
        Answer::Rows(rows) => return super::rows::fields(&name, rows),
        Answer::Unsure => UNSURE.into(),
        Answer::Other(json) if json == "null" => return Vec::new(),
        Answer::Other(json) => json.clone(),
    };
    vec![(name, value)]
}

/// A date as it stands in attributes and JSON.
pub(super) fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| format!("{date}"))
}

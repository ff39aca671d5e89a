//! A declared form as a printed sheet: an application filled from the answers, or a sample of an
//! act of the authority, without number and seal.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Due, DueDate, FactId, Slot, Value};

use crate::phrase::{due_words, full_day, list, say, workdays};
use crate::typography::typeset_tree;
use crate::words::{derived_value, value_in_words};
use crate::{
    Element, Field, FieldSource, FieldValue, Form, Lang, Precheck, Section, Tree, Ui, View, el, page, value_text, view,
};

mod boxes;
mod rows;

/// For which medium a sheet is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Medium {
    /// A page that a browser shows and prints.
    Page,
    /// Paper, filled from the answers: what can be ticked has boxes.
    Filled,
    /// Paper, all of it left to the hand but what the pack itself says.
    Blank,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// Nothing: written by hand.
    Line,
    /// A text.
    Words(String),
    /// Several lines.
    Lines(Vec<String>),
    /// The options of a question, each with whether it is chosen.
    Boxes(Vec<(bool, String)>),
}

/// A form as a sheet.
#[must_use]
pub fn form_sheet(form: &Form, precheck: &Precheck<'_>, lang: Lang) -> Tree {
    typeset_tree(sheet(form, precheck, lang, Medium::Page), lang).into()
}

/// A form for paper, filled from the answers, with boxes where there are a few options to choose
/// from, and without the thin spaces that a page needs; what sets it on paper has its own.
#[must_use]
pub fn form_on_paper(form: &Form, precheck: &Precheck<'_>, lang: Lang) -> Tree {
    sheet(form, precheck, lang, Medium::Filled).into()
}

/// A form for paper, to be filled by hand: no answer and nothing of a decision stands in it.
#[must_use]
pub fn blank_form(form: &Form, precheck: &Precheck<'_>, lang: Lang) -> Tree {
    sheet(form, precheck, lang, Medium::Blank).into()
}

/// A form as a whole document.
#[must_use]
pub fn form_document(form: &Form, precheck: &Precheck<'_>, lang: Lang) -> Tree {
    page::sheet_document(lang.pick(&form.sheet.name), sheet(form, precheck, lang, Medium::Page), lang)
}

fn sheet(form: &Form, precheck: &Precheck<'_>, lang: Lang, medium: Medium) -> Element {
    let desk = Desk { precheck, lang, medium, view: view(precheck, lang, &Ui::default()) };
    let sample = lang.word(
        "样张：正式文书由机关编号、盖章后发出。",
        "Sample: the authority issues the document with its number and seal.",
    );
    let (id, name) = (&form.id, lang.pick(&form.sheet.name));
    el("article")
        .class(if form.sample { "sheet form sample" } else { "sheet form" })
        .attr("data-form", &*form.id)
        .attr_if("data-watermark", form.sample.then(|| lang.word("样张", "Sample")))
        .child(
            el("div")
                .class("sheet-head")
                .child(el("h1").text(name))
                .child(form.sample.then(|| el("p").class("declare").text(sample))),
        )
        .children(form.sheet.sections.iter().flat_map(|section| desk.section(section)))
        .child(desk.signatures(form))
        .child(el("p").class("sheet-foot").text(say!(lang, "表号 {id}", "Form {id}")).text(desk.source(form)))
}

struct Desk<'a> {
    precheck: &'a Precheck<'a>,
    lang: Lang,
    medium: Medium,
    view: View,
}

impl Desk<'_> {
    /// A table of labels and values; on paper, a list of rows is a table of its own below them.
    fn section(&self, section: &Section) -> Vec<Element> {
        let mut caption = Some(el("caption").text(self.lang.pick(&section.title)));
        let mut tables = Vec::new();
        let mut rows = Vec::new();
        let mut close = |rows: &mut Vec<Element>, tables: &mut Vec<Element>| {
            if caption.is_some() || !rows.is_empty() {
                let body = el("tbody").children(core::mem::take(rows));
                tables.push(el("table").class("fields").child(caption.take()).child(body));
            }
        };
        for field in &section.fields {
            match self.rows(field) {
                Some(table) => {
                    close(&mut rows, &mut tables);
                    tables.push(table);
                }
                None => rows.push(self.row(field)),
            }
        }
        close(&mut rows, &mut tables);
        tables
    }

    fn row(&self, field: &Field) -> Element {
        let cell = match self.entry(field) {
            Entry::Line => el("td").class("by-hand"),
            Entry::Words(words) => el("td").text(words),
            Entry::Lines(lines) => el("td").child(el("ol").children(lines.into_iter().map(|line| el("li").text(line)))),
            Entry::Boxes(options) => el("td").child(boxes::list(options)),
        };
        let label = el("th").attr("scope", "row").text(self.lang.pick(&field.label));
        el("tr").attr("data-field", &*field.id).child(label).child(cell)
    }

    fn entry(&self, field: &Field) -> Entry {
        match &field.source {
            FieldSource::Blank => Entry::Line,
            _ if self.medium != Medium::Blank && self.precheck.decision.run.get(field.shown) == Some(false) => {
                self.none()
            }
            FieldSource::Fact(fact) if field.look.declaration => self.declaration(*fact, field),
            FieldSource::Fact(fact) => self.fact(*fact, field),
            FieldSource::Group(facts) => self.group(facts, field),
            FieldSource::Value(value) if self.medium == Medium::Blank && !is_of_the_pack(*value) => Entry::Line,
            FieldSource::Value(value) => self.value(*value),
            FieldSource::Rule(rule) => self.rule(usize::from(*rule)),
        }
    }

    fn fact(&self, id: FactId, field: &Field) -> Entry {
        self.boxes(id, field).unwrap_or_else(|| self.answer(id, field))
    }

    /// What belongs together, each part with its name; a line where none of it is known.
    fn group(&self, facts: &[FactId], field: &Field) -> Entry {
        let part = |id: &FactId| {
            let fact = self.precheck.bundle.value.pack.facts.get(id.index())?;
            match self.answer(*id, field) {
                Entry::Words(words) => {
                    let name = self.lang.pick(&fact.name);
                    Some(say!(self.lang, "{name}：{words}", "{name}: {words}"))
                }
                _ => None,
            }
        };
        let parts: Vec<String> = facts.iter().filter_map(part).collect();
        if parts.is_empty() { Entry::Line } else { Entry::Lines(parts) }
    }

    /// The statement with its box.
    fn declaration(&self, id: FactId, field: &Field) -> Entry {
        let is_made = self.precheck.facts.get(id) == &Slot::Known(Value::Bool(true));
        let words = if self.lang.pick(&field.hint).is_empty() { &field.label } else { &field.hint };
        Entry::Boxes(Vec::from([(is_made && self.medium != Medium::Blank, self.lang.pick(words).to_string())]))
    }

    /// The answer. What is still to be filled in is left to the hand; an optional field that was left
    /// empty, and a question that is not asked, print 无.
    fn answer(&self, id: FactId, field: &Field) -> Entry {
        if self.medium == Medium::Blank {
            return Entry::Line;
        }
        let decision = &self.precheck.decision;
        let Some(fact) = self.precheck.bundle.value.pack.facts.get(id.index()) else { return Entry::Line };
        if id == self.precheck.bundle.value.pack.accepted_on {
            return Entry::Words(full_day(decision.accepted_on, self.lang));
        }
        match self.precheck.facts.get(id) {
            _ if decision.run.get(fact.ask_if) == Some(false) => self.none(),
            Slot::Known(Value::Text(text)) if text.is_empty() => self.none(),
            Slot::Known(value) => Entry::Words(value_text(fact, value, self.lang)),
            Slot::Unknown if !self.is_open(id, field) => self.none(),
            Slot::Unknown | Slot::Unsure => Entry::Line,
        }
    }

    /// Whether a field without an answer is still to be filled in.
    fn is_open(&self, id: FactId, field: &Field) -> bool {
        self.is_missing(id) || self.precheck.decision.run.get(field.required) != Some(false)
    }

    /// What the rule gives; what is open is left to the hand.
    fn rule(&self, place: usize) -> Entry {
        let rule = self.precheck.bundle.value.pack.rules.get(place);
        let decided = self.precheck.decision.values.iter().find(|decided| decided.rule == place);
        let value = rule.zip(decided).and_then(|(rule, decided)| {
            let value = derived_value(rule, decided)?;
            Some(value_in_words(&rule.kind, &value, self.lang))
        });
        value.map_or(Entry::Line, Entry::Words)
    }

    fn none(&self) -> Entry {
        Entry::Words(self.lang.word("无", "none").to_string())
    }

    fn value(&self, value: FieldValue) -> Entry {
        let (pack, decision, view) = (&self.precheck.bundle.value.pack, &self.precheck.decision, &self.view);
        let days = |days: Option<i64>| days.map_or(Entry::Line, |days| Entry::Words(workdays(days, self.lang)));
        match value {
            FieldValue::Items => self.items(),
            FieldValue::Materials => self.materials(),
            FieldValue::AcceptedOn => Entry::Words(full_day(decision.accepted_on, self.lang)),
            FieldValue::StatutorySum => days(view.dates.as_ref().and_then(|dates| dates.statutory_sum)),
            FieldValue::PromisedDays => days(view.dates.as_ref().and_then(|dates| dates.promised_days)),
            FieldValue::PromisedDue => match decision.periods.as_ref().map(|periods| &periods.promised_due) {
                Some(DueDate::Due(Due::On(date))) => Entry::Words(full_day(*date, self.lang)),
                Some(due) => due_words(due, decision.accepted_on, self.lang)
                    .map_or(Entry::Line, |(words, _)| Entry::Words(words)),
                None => Entry::Line,
            },
            FieldValue::Window => self.words([&view.head.place, &view.head.hours, &view.head.contact]),
            FieldValue::Fee => Entry::Words(view.fees.clone()),
            FieldValue::Authority => Entry::Words(self.lang.pick(&pack.window.authority).to_string()),
            FieldValue::CoAuthorities if view.co_authorities.is_empty() => self.none(),
            FieldValue::CoAuthorities => Entry::Lines(view.co_authorities.clone()),
            FieldValue::Competent => {
                let ground = decision.not_competent.iter().find(|hit| hit.finding.is(true));
                let ground = ground.and_then(|hit| pack.not_competent.get(hit.index));
                ground.map_or_else(|| self.none(), |ground| Entry::Words(self.lang.pick(&ground.competent).to_string()))
            }
        }
    }

    fn words<const N: usize>(&self, parts: [&String; N]) -> Entry {
        let parts = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty());
        Entry::Words(list(parts, self.lang))
    }

    fn items(&self) -> Entry {
        let certified = self.view.certificates.iter().flat_map(|certificate| &certificate.items);
        let names: Vec<&str> = certified.map(|item| item.name.as_str()).collect();
        if names.is_empty() { Entry::Line } else { Entry::Words(list(names, self.lang)) }
    }

    fn materials(&self) -> Entry {
        let rows = self.view.materials.as_ref().map_or(&[][..], |list| &list.rows);
        let line =
            |material: &crate::MaterialView| format!("{} {}", material.name, material.form).trim_end().to_string();
        match &self.view.materials {
            _ if !rows.is_empty() => Entry::Lines(rows.iter().map(line).collect()),
            // Which ones there will be is not settled yet.
            Some(list) if list.open.is_empty() => self.none(),
            Some(_) | None => Entry::Line,
        }
    }

    fn signatures(&self, form: &Form) -> Option<Element> {
        let place = |label: &yichuang_engine::Text| {
            el("li").child(el("span").text(self.lang.pick(label))).child(el("span").class("by-hand"))
        };
        (!form.sheet.signatures.is_empty())
            .then(|| el("ul").class("signatures").children(form.sheet.signatures.iter().map(place)))
    }

    /// Which pre-check filled the form.
    fn source(&self, form: &Form) -> String {
        let (rules, receipt) = (&self.view.head.rules, &self.view.head.receipt);
        match form.sample || self.medium == Medium::Blank {
            true => String::new(),
            false => say!(
                self.lang,
                "，由预审填写（{rules}，校验码 {receipt}）",
                ", filled in by a pre-check ({rules}, receipt {receipt})"
            ),
        }
    }
}

/// What a pack says of itself, whatever was answered.
fn is_of_the_pack(value: FieldValue) -> bool {
    matches!(value, FieldValue::Authority | FieldValue::Window)
}

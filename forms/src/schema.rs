//! The answers of a form as a JSON Schema (2020-12), for programs that hand them in.
//!
//! The schema takes and refuses the answers that [`crate::read()`] and the form itself take and
//! refuse, as far as JSON Schema can say it. What it cannot say is listed, and told in `$comment`
//! where it belongs; there it takes more than the form does, never less. One thing it says more
//! strictly: spaces around a text of the greatest length count.
//!
//! Lengths are in code points on both sides (RFC 8259, JSON Schema Validation §6.3).

mod condition;
mod pattern;
mod value;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, FactRole, Lit, Pack, Text};

use crate::phrase::say;
use crate::{Field, Form, Json, Lang, LoadedBundle};
use condition::Conditions;

/// A JSON Schema of the answers of a form, and what it cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormSchema {
    /// The schema, in lines for people.
    pub json: String,
    /// In the order of the form.
    pub unexpressed: Vec<Unexpressed>,
}

/// A rule of a form that JSON Schema cannot express.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unexpressed {
    /// The fact whose answer it is about.
    pub fact: String,
    /// What is said of an answer that breaks it: the code of an error of reading, `required` or
    /// `check`.
    pub code: &'static str,
    /// What is not expressed, in words.
    pub words: String,
}

/// Which answers a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The form as it is handed in: everything that must be filled in is there, and its checks hold.
    Complete,
    /// A draft: what is there can be read.
    Draft,
}

/// The JSON Schema of the answers of a form; `None` if the pack has no such form for an applicant.
///
/// Answers to other facts of the pack may stand beside those of the form, and are not looked at.
#[must_use]
pub fn form_schema(bundle: &LoadedBundle, form: &str, lang: Lang, extent: Extent) -> Option<FormSchema> {
    let pack = &bundle.value.pack;
    let form = bundle.value.forms.iter().find(|known| !known.sample && known.id == form)?;
    let mut maker = Maker { pack, lang, conditions: Conditions::new(pack), unexpressed: Vec::new() };
    let title = lang.pick(&form.sheet.name);
    let mut root = vec![
        ("$schema", value::text("https://json-schema.org/draft/2020-12/schema")),
        ("$id", value::text(format!("urn:yichuang:{}:{}:{}{}", pack.id, form.id, bundle.digest, extent.suffix()))),
        ("title", value::text(format!("{title}（{}）", lang.pick(&pack.name)))),
        ("description", value::text(extent.words(lang))),
        ("type", value::text("object")),
        ("properties", maker.properties(form)),
        ("additionalProperties", Json::Bool(false)),
    ];
    if extent == Extent::Complete {
        let rules = maker.rules(form);
        if !rules.is_empty() {
            root.push(("allOf", Json::List(rules)));
        }
        root.push(("$defs", maker.definitions(form)));
    }
    let mut json = String::new();
    value::object(root).write_lines(0, &mut json);
    json.push('\n');
    let mut seen = BTreeSet::new();
    maker.unexpressed.retain(|one| seen.insert((one.fact.clone(), one.code)));
    Some(FormSchema { json, unexpressed: maker.unexpressed })
}

impl Extent {
    fn suffix(self) -> &'static str {
        match self {
            Extent::Complete => "",
            Extent::Draft => ":draft",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Extent::Complete => lang.word(
                "填好的表：要填的都填了。本规则包的其他情形也可以写在里面，不检查。",
                "The form filled in: all that is needed is there. Other facts of the pack may stand beside and are not checked.",
            ),
            Extent::Draft => lang.word(
                "没有填完的表：填了的都能读懂。本规则包的其他情形也可以写在里面，不检查。",
                "The form as a draft: what is there can be read. Other facts of the pack may stand beside and are not checked.",
            ),
        }
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    lang: Lang,
    conditions: Conditions<'a>,
    unexpressed: Vec<Unexpressed>,
}

/// The fields of a form with the facts that an applicant answers in them.
fn fields<'a>(pack: &'a Pack, form: &'a Form) -> impl Iterator<Item = (&'a Field, Vec<(FactId, &'a Fact)>)> {
    let is_asked = |fact: &&Fact| matches!(fact.role, FactRole::Question | FactRole::RequestDate);
    let fields = form.sheet.sections.iter().flat_map(|section| &section.fields);
    fields.map(move |field| {
        let facts = field.facts().iter().filter_map(|id| Some((*id, pack.facts.get(id.index())?)));
        (field, facts.filter(|(_, fact)| is_asked(fact)).collect())
    })
}

/// Each fact of the form once, with the field that asks it first.
fn facts<'a>(pack: &'a Pack, form: &'a Form) -> Vec<(FactId, &'a Fact, &'a Field)> {
    let mut seen = BTreeSet::new();
    let all = fields(pack, form).flat_map(|(field, facts)| facts.into_iter().map(move |(id, fact)| (id, fact, field)));
    all.filter(|(id, ..)| seen.insert(*id)).collect()
}

impl<'a> Maker<'a> {
    fn pick(&self, text: &'a Text) -> &'a str {
        self.lang.pick(text)
    }

    /// The facts of the form, and the others of the pack, of which anything is taken.
    fn properties(&mut self, form: &'a Form) -> Json {
        let mut own = BTreeSet::new();
        let mut properties: Vec<(&str, Json)> = Vec::new();
        for (id, fact, field) in facts(self.pack, form) {
            own.insert(id);
            let before = self.unexpressed.len();
            self.say_of_kind(&fact.id, &fact.kind);
            let is_whole = field.facts().len() == 1;
            let title = if is_whole { self.pick(&field.label) } else { self.pick(&fact.name) };
            let hint = if is_whole { self.pick(&field.hint) } else { self.pick(&fact.help) };
            let mut members = vec![("title", value::text(title))];
            if !hint.is_empty() {
                members.push(("description", value::text(hint)));
            }
            let mut said: Vec<&str> = self.unexpressed.iter().skip(before).map(|one| one.words.as_str()).collect();
            said.dedup();
            if !said.is_empty() {
                let words = said.join(self.lang.word("；", "; "));
                let words = say!(self.lang, "没有写进来：{words}", "not expressed: {words}");
                members.push(("$comment", value::text(words)));
            }
            members.push(("anyOf", Json::List(value::readable(fact, self.lang))));
            properties.push((&fact.id, value::object(members)));
        }
        let others = self.pack.facts.iter().enumerate().filter(|(place, _)| !own.contains(&FactId::new(*place)));
        properties.extend(others.map(|(_, fact)| (fact.id.as_str(), Json::Bool(true))));
        value::object(properties)
    }

    /// A known answer to each fact of the form; those of a table have no empty cells.
    fn definitions(&self, form: &'a Form) -> Json {
        let facts = facts(self.pack, form).into_iter();
        value::object(facts.map(|(_, fact, _)| (&*fact.id, value::any_of(value::filled(fact, self.lang)))).collect())
    }

    fn rules(&mut self, form: &'a Form) -> Vec<Json> {
        let mut rules = Vec::new();
        for (field, facts) in fields(self.pack, form) {
            for (_, fact) in &facts {
                let wanted = [(field.shown, true), (field.required, true), (fact.ask_if, false)];
                rules.extend(self.requirement(fact, wanted));
            }
            let Some((_, first)) = facts.first() else { continue };
            for check in &field.checks {
                let failed = self.conditions.all(&[field.shown, check.failed]);
                let message = self.pick(&check.message);
                match failed {
                    Some(Json::Bool(false)) => {}
                    Some(failed) => {
                        rules.push(value::object(vec![("$comment", value::text(message)), ("not", failed)]))
                    }
                    None => self.unexpressed.push(Unexpressed {
                        fact: first.id.clone(),
                        code: "check",
                        words: say!(
                            self.lang,
                            "没有写成模式的核验：{message}",
                            "a check that is not expressed: {message}"
                        ),
                    }),
                }
            }
        }
        rules
    }

    /// That the fact is answered where the field is shown, required, and not ruled out by itself.
    fn requirement(&mut self, fact: &Fact, [shown, required, asked]: [(Lit, bool); 3]) -> Option<Json> {
        let answered = value::object(vec![
            ("required", Json::List(vec![value::text(&*fact.id)])),
            (
                "properties",
                value::object(vec![(
                    &*fact.id,
                    value::object(vec![("$ref", value::text(format!("#/$defs/{}", fact.id)))]),
                )]),
            ),
        ]);
        let certain = self.conditions.all(&[shown.0, required.0]);
        let ruled_out = self.conditions.holds(!asked.0);
        match (certain, ruled_out) {
            (Some(Json::Bool(false)), _) | (_, Some(Json::Bool(true))) => None,
            (Some(certain), Some(ruled_out)) => {
                let when = match (certain, ruled_out) {
                    (Json::Bool(true), Json::Bool(false)) => return Some(answered),
                    (certain, Json::Bool(false)) => certain,
                    (Json::Bool(true), ruled_out) => value::not(ruled_out),
                    (certain, ruled_out) => value::all_of(vec![certain, value::not(ruled_out)]),
                };
                Some(value::object(vec![("if", when), ("then", answered)]))
            }
            _ => {
                let words = say!(self.lang, "什么时候必填没有写成模式", "when an answer is needed is not expressed");
                self.unexpressed.push(Unexpressed { fact: fact.id.clone(), code: "required", words });
                None
            }
        }
    }

    /// What cannot be said of a value of this kind.
    fn say_of_kind(&mut self, fact: &str, kind: &FactKind) {
        for (code, (zh, en)) in value::unexpressed(kind) {
            let words = self.lang.word(zh, en).to_string();
            self.unexpressed.push(Unexpressed { fact: fact.into(), code, words });
        }
        if let FactKind::Table { columns, .. } = kind {
            columns.iter().for_each(|column| self.say_of_kind(fact, &column.kind));
        }
    }
}

//! A draft 草稿: answers to be kept as a file, with enough of the rules they were given under to
//! say later what has changed.
//!
//! ```json
//! {"yichuang": "draft/1", "pack": "putian/nine-in-one", "edition": "2014-11",
//!  "digest": "…", "lang": "zh", "on": "2014-11-18",
//!  "answers": {"applicant.kind": "enterprise"},
//!  "facts": {"applicant.kind": ["申请人类型", "企业"], "premises.tenure": ["场所来源"]}}
//! ```
//!
//! `facts` names every fact of the pack of that day, and what was answered in words. Opened under
//! other rules, no answer is lost: what is not asked any more stays in the answers, what cannot be
//! read any more is said and asked again, and only what is new is asked besides.

mod changes;
#[cfg(test)]
mod tests;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Date, Slot};

pub use changes::{DraftChange, draft_changes};

use crate::phrase::say;
use crate::request::{object, parse_json};
use crate::words::text;
use crate::{Answers, Json, Lang, Precheck, RequestError, value_text};

/// The format of a draft.
pub const DRAFT_FORMAT: &str = "draft/1";

/// Answers with the rules they were given under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The id of the pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// Its digest.
    pub digest: String,
    /// The day of the request, where it was stated.
    pub on: Option<Date>,
    /// The language of names and words.
    pub lang: Lang,
    /// The answers, as typed.
    pub answers: Answers,
    /// The facts of the pack by their ids.
    pub facts: Vec<(String, DraftFact)>,
}

/// A fact as it was when a draft was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFact {
    /// What it was called.
    pub name: String,
    /// What was answered, in words; absent where nothing was, or it could not be read.
    pub said: Option<String>,
}

impl Draft {
    /// The draft of a pre-check; names and words are those of the language.
    #[must_use]
    pub fn of(precheck: &Precheck<'_>, on: Option<Date>, lang: Lang) -> Draft {
        let pack = precheck.pack();
        let facts = pack.facts.iter().zip(precheck.facts.iter());
        let facts = facts.map(|(fact, (_, slot))| {
            let said = match slot {
                Slot::Known(value) => Some(value_text(fact, value, lang)),
                Slot::Unsure => Some(say!(lang, "说不清", "cannot say")),
                Slot::Unknown => None,
            };
            (fact.id.clone(), DraftFact { name: lang.pick(&fact.name).to_string(), said })
        });
        let facts = facts.collect();
        Draft {
            pack: pack.id.clone(),
            edition: pack.edition.clone(),
            digest: precheck.bundle.digest.clone(),
            on,
            lang,
            answers: precheck.answers.clone(),
            facts,
        }
    }

    /// The JSON of the draft, in one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = |text: &str| Json::Text(text.into());
        let mut members = Vec::from([
            ("yichuang", text(DRAFT_FORMAT)),
            ("pack", text(&self.pack)),
            ("edition", text(&self.edition)),
            ("digest", text(&self.digest)),
        ]);
        members.push(("lang", text(self.lang.code())));
        if let Some(on) = self.on {
            members.push(("on", Json::Text(alloc::format!("{on}"))));
        }
        if let Ok(answers) = Json::parse(&self.answers.to_json()) {
            members.push(("answers", answers));
        }
        let fact = |(id, fact): &(String, DraftFact)| {
            let parts = [Some(&fact.name), fact.said.as_ref()].into_iter().flatten();
            (id.clone(), Json::List(parts.map(|part| text(part)).collect()))
        };
        members.push(("facts", Json::Object(self.facts.iter().map(fact).collect())));
        let mut out = String::new();
        Json::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect()).write(&mut out);
        // HTML takes no control characters; JSON writes all but this one as numbers already.
        out.replace('\u{7f}', "\\u007f")
    }

    /// Reads a draft from its JSON, or from the HTML file that holds it.
    ///
    /// # Errors
    /// If the file is no draft (`no_draft`), one of a later format (`newer_draft`), or damaged.
    pub fn parse(file: &str) -> Result<Draft, RequestError> {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file).trim_start();
        if file.starts_with('<') {
            let json = page_json(file).ok_or_else(no_draft)?;
            return Draft::from_json(&json);
        }
        Draft::from_json(file)
    }

    fn from_json(json: &str) -> Result<Draft, RequestError> {
        let members = object(parse_json(json)?)?;
        let member = |name: &str| members.iter().find(|(found, _)| found == name).map(|(_, value)| value);
        let word = |name: &str| member(name).and_then(Json::as_text).map(String::from);
        match word("yichuang").as_deref() {
            Some(DRAFT_FORMAT) => {}
            Some(format) if format.starts_with("draft/") => return Err(newer_draft()),
            _ => return Err(no_draft()),
        }
        let answers = match member("answers") {
            Some(Json::Object(entries)) => Answers::from_object(entries.clone()),
            _ => return Err(RequestError::answers_not_object()),
        };
        let facts = match member("facts") {
            Some(Json::Object(entries)) => entries.iter().filter_map(read_fact).collect(),
            _ => Vec::new(),
        };
        Ok(Draft {
            pack: word("pack").ok_or_else(no_draft)?,
            edition: word("edition").unwrap_or_default(),
            digest: word("digest").unwrap_or_default(),
            on: word("on").and_then(|on| Date::parse(&on)),
            lang: word("lang").as_deref().and_then(Lang::parse).unwrap_or_default(),
            answers,
            facts,
        })
    }
}

fn read_fact((id, parts): &(String, Json)) -> Option<(String, DraftFact)> {
    let Json::List(parts) = parts else { return None };
    let mut words = parts.iter().filter_map(Json::as_text).map(String::from);
    Some((id.clone(), DraftFact { name: words.next()?, said: words.next() }))
}

/// The id of the element that holds the JSON in the HTML file.
pub(crate) const PAGE_JSON: &str = "yichuang-draft";

/// The JSON in the HTML file of a draft.
fn page_json(page: &str) -> Option<String> {
    let (_, rest) = page.split_once(PAGE_JSON)?;
    let (_, rest) = rest.split_once('>')?;
    let (json, _) = rest.split_once("</pre")?;
    let mut out = String::new();
    let mut parts = json.split('&');
    out.push_str(parts.next()?);
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return None,
        });
        out.push_str(rest);
    }
    Some(out)
}

fn no_draft() -> RequestError {
    RequestError {
        code: "no_draft",
        message: text(
            "这个文件不是“一窗”的草稿。请选保存下来的 .html 或 .json 草稿文件。",
            "this file is no draft of Yichuang; choose the .html or .json file that was saved",
        ),
        place: String::new(),
    }
}

fn newer_draft() -> RequestError {
    RequestError {
        code: "newer_draft",
        message: text(
            "这份草稿是更新的程序保存的，这里读不了。请刷新网页后再试。",
            "this draft was saved by a newer program and cannot be read here; reload the page and try again",
        ),
        place: String::new(),
    }
}

//! What changed between the rules of a draft and those it is opened under.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactRole, Slot};

use super::{Draft, DraftFact};
use crate::phrase::say;
use crate::{Lang, Precheck, value_text};

/// One thing that is otherwise than when a draft was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftChange {
    /// `gone`, `unreadable`, `renamed`, `reworded`, `new`.
    pub kind: &'static str,
    /// The id of the fact.
    pub fact: String,
    /// What is said of it.
    pub message: String,
}

/// What changed since a draft was kept, in the order of the pack; `precheck` is made from the answers
/// of the draft under the rules of now. Nothing where the rules are the same.
#[must_use]
pub fn draft_changes(draft: &Draft, precheck: &Precheck<'_>, lang: Lang) -> Vec<DraftChange> {
    if draft.digest == precheck.bundle.digest {
        return Vec::new();
    }
    let pack = precheck.pack();
    let was = |id: &str| draft.facts.iter().find(|(known, _)| known == id).map(|(_, fact)| fact);
    let mut changes: Vec<DraftChange> = Vec::new();
    for (place, fact) in pack.facts.iter().enumerate() {
        let id = FactId::new(place);
        let change = match was(&fact.id) {
            Some(was) => changed(draft.lang, was, fact, id, precheck, lang),
            None => new(fact, id, precheck, lang),
        };
        if let Some((kind, message)) = change {
            changes.push(DraftChange { kind, fact: fact.id.clone(), message });
        }
    }
    for (id, was) in draft.facts.iter().filter(|(id, was)| was.said.is_some() && pack.fact(id).is_none()) {
        changes.push(DraftChange { kind: "gone", fact: id.clone(), message: gone(was, lang) });
    }
    changes
}

fn gone(was: &DraftFact, lang: Lang) -> String {
    let (name, said) = (&was.name, was.said.as_deref().unwrap_or_default());
    say!(
        lang,
        "“{name}”不再问了。您的回答“{said}”留在草稿里。",
        "“{name}” is not asked any more. Your answer “{said}” stays in the draft."
    )
}

/// What became of an answered fact. One that was not answered has nothing to tell: it is asked now
/// as it is now.
fn changed(
    saved: Lang,
    was: &DraftFact,
    fact: &Fact,
    id: FactId,
    precheck: &Precheck<'_>,
    lang: Lang,
) -> Option<(&'static str, String)> {
    let said = was.said.as_ref()?;
    // What was said is compared in the language in which it was said.
    let (old, name) = (&was.name, saved.pick(&fact.name).to_string());
    let now = match precheck.facts.get(id) {
        Slot::Known(value) => value_text(fact, value, saved),
        Slot::Unsure => return None,
        Slot::Unknown => {
            let words = say!(
                lang,
                "“{name}”要重新回答：原来的回答“{said}”现在用不上了，仍然留在草稿里。",
                "“{name}” has to be answered again: your answer “{said}” does not fit any more. It stays in the draft."
            );
            return Some(("unreadable", words));
        }
    };
    if now != *said {
        let words = say!(
            lang,
            "“{name}”的回答“{said}”现在叫“{now}”。",
            "“{name}”: what you answered as “{said}” is now called “{now}”."
        );
        return Some(("renamed", words));
    }
    (name != *old).then(|| {
        let words = say!(
            lang,
            "“{old}”现在问的是“{name}”，您的回答是“{said}”，请看看还对不对。",
            "“{old}” is now asked as “{name}”; you answered “{said}”. Please check that it still holds."
        );
        ("reworded", words)
    })
}

/// A fact that was not there, where its answer matters now.
fn new(fact: &Fact, id: FactId, precheck: &Precheck<'_>, lang: Lang) -> Option<(&'static str, String)> {
    let is_missing = precheck.decision.missing.iter().any(|missing| missing.fact == id);
    let is_asked = is_missing && fact.role == FactRole::Question;
    let name = lang.pick(&fact.name);
    is_asked.then(|| ("new", say!(lang, "新问一题：“{name}”。", "A new question: “{name}”.")))
}

//! Changes of answers in words.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Atom, Changes, Fact, FactId, FactRole, Facts, Pack, Value};

use crate::phrase::fill;
use crate::{Lang, value_text};

/// How many ways are said in one sentence.
const SAID: usize = 3;

/// What a fact is called; the state of a material by the material.
pub(crate) fn called<'a>(pack: &'a Pack, fact: &'a Fact, lang: Lang) -> &'a str {
    lang.pick(match fact.role {
        FactRole::MaterialState(material) => {
            pack.materials.get(material.index()).map_or(&fact.name, |material| &material.name)
        }
        FactRole::Question | FactRole::AcceptedOn | FactRole::RequestDate => &fact.name,
    })
}

/// Whether a text stands for every other one, because no condition asks for this one.
pub(crate) fn is_any_other(pack: &Pack, fact: FactId, value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    let asks = |atom: &Atom| matches!(atom, Atom::TextIs(of, asked) if *of == fact && asked == text);
    !pack.program.atoms.iter().any(asks)
}

/// One change: `“经营活动”加上“药品零售”`, `“从业人数”改为“3 人”`, `“水源”答“市政供水”`.
pub(crate) fn change_words(pack: &Pack, facts: &Facts, (id, value): &(FactId, Value), lang: Lang) -> String {
    let Some(fact) = pack.facts.get(id.index()) else { return String::new() };
    let (name, before) = (called(pack, fact, lang), facts.get(*id).value());
    if let (Some(Value::Choices(before)), Value::Choices(after)) = (before, value) {
        let names = |set: u64| value_text(fact, &Value::Choices(set), lang);
        let (more, less) = (names(after & !before), names(before & !after));
        let taken = fill(lang, "“{”去掉“[”", "“[” is taken from “{”", [name, &less]);
        let added = fill(lang, "“{”加上“[”", "“[” is added to “{”", [name, &more]);
        return match (more.is_empty(), less.is_empty()) {
            (_, true) => added,
            (true, _) => taken,
            _ => fill(lang, "{，[", "{ and [", [&taken, &added]),
        };
    }
    let (zh, en) = match before {
        _ if is_any_other(pack, *id, value) => ("“{”填写别的内容", "“{” is something else"),
        Some(_) => ("“{”改为“[”", "“{” is changed to “[”"),
        None => ("“{”答“[”", "“{” is answered “[”"),
    };
    fill(lang, zh, en, [name, &value_text(fact, value, lang)])
}

/// All changes of one set: `“水源”改为“市政供水”，“从业人数”答“3 人”`.
pub(crate) fn set_words(pack: &Pack, facts: &Facts, set: &[(FactId, Value)], lang: Lang) -> String {
    let words: Vec<String> = set.iter().map(|change| change_words(pack, facts, change, lang)).collect();
    words.join(lang.word("，", " and "))
}

/// The condition of a sentence, `如果“水源”改为“市政供水”`; empty where no changes do.
pub(crate) fn if_words(pack: &Pack, facts: &Facts, changes: &Changes, lang: Lang) -> String {
    let sets = changes.sets.iter().take(SAID).map(|set| set_words(pack, facts, set, lang));
    let said = sets.collect::<Vec<_>>().join(lang.word("；或者", ", or if "));
    match changes.sets.len() {
        0 => said,
        more if more > SAID => fill(lang, "如果{；或者别的办法", "If {, or in another way", [&said, ""]),
        _ => fill(lang, "如果{", "If {", [&said, ""]),
    }
}

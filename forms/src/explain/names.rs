//! What the named conditions of a pack say, in words.

use alloc::string::String;

use yichuang_engine::{
    BasisId, Condition, ItemId, MaterialId, MaterialState, Named, Pack, Run, Text, Verdict, Version,
};

use crate::Lang;
use crate::phrase::fill;

/// A named condition: what holds if it holds.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    /// What it is about, for programs.
    pub(crate) about: &'static str,
    /// The id of the entry that it belongs to.
    pub(crate) id: &'a str,
    pub(crate) text: String,
    pub(crate) basis: &'a [BasisId],
}

/// The entry of a pack that a name belongs to.
pub(super) struct Entry<'a> {
    pub(super) id: &'a str,
    name: &'a Text,
    basis: &'a [BasisId],
    versions: &'a [Version],
}

/// A named condition in words.
pub(crate) fn words<'a>(pack: &'a Pack, run: &Run, named: Named, lang: Lang) -> Option<Words<'a>> {
    let entry = entry(pack, named)?;
    let (about, zh, en) = pattern(named);
    let text = fill(lang, zh, en, [lang.pick(entry.name).trim_end_matches(['。', '.']), ""]);
    Some(Words { about, id: entry.id, text, basis: Version::basis(run, entry.versions, entry.basis) })
}

/// The words of a name in the midst of others, where it may stand for several materials: whoever
/// needs the one needs the others.
pub(crate) fn words_within<'a>(pack: &'a Pack, run: &Run, named: Named, lang: Lang) -> Option<Words<'a>> {
    let mut said = words(pack, run, named, lang)?;
    let own = |id: MaterialId| pack.materials.get(id.index());
    let same = match named {
        Named::Needed(id) => {
            pack.materials.iter().filter(|other| own(id).is_some_and(|own| own.needed == other.needed)).count()
        }
        Named::Required(id) => {
            pack.materials.iter().filter(|other| own(id).is_some_and(|own| own.required == other.required)).count()
        }
        _ => 1,
    };
    if same > 1 {
        said.text.push_str(lang.word("等材料", ", and other materials"));
    }
    Some(said)
}

/// What a name is about, for programs.
pub(super) fn about(named: Named) -> &'static str {
    pattern(named).0
}

/// The words of a name, in which `{` stands for the name or the message of its entry.
fn pattern(named: Named) -> (&'static str, &'static str, &'static str) {
    match named {
        Named::Rule(_) => ("rule", "{", "{"),
        Named::Selected(_) => ("selected", "申请{", "{ is applied for"),
        Named::Condition(..) => ("condition", "符合许可条件：{", "a condition is met: {"),
        Named::Eligible(_) => ("item", "可以办理{", "{ can be granted"),
        Named::Going(_) => ("going", "{可以办理，没有冲突", "{ can be granted and nothing conflicts with it"),
        Named::NotRequired(_) => ("not_required", "属于不受理的情形：{", "nothing is to be applied for: {"),
        Named::NotCompetent(_) => ("not_competent", "属于不予受理的情形：{", "another authority is competent: {"),
        Named::Conflict(_) => ("conflict", "有冲突：{", "there is a conflict: {"),
        Named::Blocked => ("blocked", "所选的事项有冲突", "the chosen items exclude each other"),
        Named::Check(_) => ("check", "核验没有通过：{", "a check fails: {"),
        Named::Certificate(_) => ("certificate", "核发{", "{ is issued"),
        Named::Needed(_) => ("needed", "有事项需要{", "{ is needed"),
        Named::WaivedInternal(_) => ("waived_internal", "{由这次申请产生", "{ is produced in this application"),
        Named::WaivedShared(_) => ("waived_shared", "{由机关共享取得", "{ is fetched by the authority"),
        Named::Required(_) => ("material", "要带{", "{ is brought"),
        Named::Variant(..) => ("variant", "带的是{", "what is brought is {"),
        Named::State(_, MaterialState::Provided) => ("state", "要带的{有了", "{ is there"),
        Named::State(_, MaterialState::Defective) => ("state", "要带的{有问题", "something is wrong with {"),
        Named::State(..) => ("state", "要带的{没有", "{ is missing"),
        Named::Fee(_) => ("fee", "收取{", "{ is charged"),
        Named::SomeMissing => ("tolerance", "缺要带的材料", "a material is missing"),
        Named::MainMissing => ("tolerance", "缺的材料里有不能容缺的", "a missing material cannot be handed in later"),
        Named::TooManyMissing => ("tolerance", "缺的材料超过容缺的份数", "more materials are missing than may be"),
        Named::Excluded => ("tolerance", "申请人不适用容缺", "the applicant is excluded from tolerance"),
        Named::Tolerated => ("tolerance", "可以容缺受理", "it is accepted with materials missing"),
        Named::Verdict(Verdict::Refused) => ("verdict", "有办不了的事项", "something cannot be granted here"),
        Named::Verdict(Verdict::NotNeeded) => ("verdict", "不需要许可", "no licence is required"),
        Named::Verdict(Verdict::Correctable) => ("verdict", "有要补正的地方", "something is to be corrected"),
        Named::Verdict(Verdict::Ready) => ("verdict", "可以提交", "it is ready to hand in"),
        Named::Verdict(Verdict::Undetermined) => ("verdict", "还不能确定", "it is undetermined"),
    }
}

static NO_TEXT: Text = Text { zh: String::new(), en: String::new() };

pub(super) fn entry<'a>(pack: &'a Pack, named: Named) -> Option<Entry<'a>> {
    let item = |id: ItemId| {
        let item = pack.items.get(id.index())?;
        Some(Entry { versions: &item.versions, ..of(&item.id, &item.name, &item.basis) })
    };
    let material = |id: MaterialId| {
        let material = pack.materials.get(id.index())?;
        Some(Entry { versions: &material.versions, ..of(&material.id, &material.name, &material.basis) })
    };
    // What only prepares a result has the bases of the result.
    let bare = |entry: Option<Entry<'a>>| entry.map(|entry| Entry { basis: &[], versions: &[], ..entry });
    match named {
        Named::Rule(place) => {
            let rule = pack.rules.get(place)?;
            Some(Entry { versions: &rule.versions, ..of(&rule.id, &rule.name, &rule.basis) })
        }
        Named::Eligible(id) => item(id),
        Named::Selected(id) | Named::Going(id) => bare(item(id)),
        Named::Condition(id, place) => condition(pack.items.get(id.index())?.conditions.get(place)?),
        Named::NotRequired(place) => condition(&pack.not_required.get(place)?.condition),
        Named::NotCompetent(place) => condition(&pack.not_competent.get(place)?.condition),
        Named::Conflict(place) => condition(&pack.conflicts.get(place)?.condition),
        Named::Check(place) => condition(&pack.checks.get(place)?.condition),
        Named::Certificate(place) => {
            let certificate = pack.certificates.get(place)?;
            Some(of(&certificate.id, &certificate.name, &certificate.basis))
        }
        Named::Required(id) => material(id),
        Named::Needed(id) | Named::WaivedInternal(id) | Named::WaivedShared(id) | Named::State(id, _) => {
            bare(material(id))
        }
        Named::Variant(id, place) => {
            let name = &pack.materials.get(id.index())?.variants.get(place)?.name;
            bare(material(id)).map(|entry| Entry { name, ..entry })
        }
        Named::Fee(place) => pack.fees.get(place).map(|fee| of(&fee.id, &fee.name, &fee.basis)),
        Named::Tolerated => Some(of("allowed", &NO_TEXT, &pack.tolerance.as_ref()?.basis)),
        Named::SomeMissing | Named::MainMissing | Named::TooManyMissing | Named::Excluded | Named::Blocked => {
            Some(of("", &NO_TEXT, &[]))
        }
        Named::Verdict(verdict) => Some(of(crate::wire::verdict(verdict), &NO_TEXT, &[])),
    }
}

fn of<'a>(id: &'a str, name: &'a Text, basis: &'a [BasisId]) -> Entry<'a> {
    Entry { id, name, basis, versions: &[] }
}

fn condition(condition: &Condition) -> Option<Entry<'_>> {
    Some(of(&condition.id, &condition.message, &condition.basis))
}

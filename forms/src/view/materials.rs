//! Materials: which to bring, which not, and why.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{
    FactKind, Material, MaterialDecision, MaterialState, MaterialStatus, Slot, ToleranceStatus, Value, Variant, Version,
};

use super::{Desk, MaterialView, MaterialsView, Notice, OpenMaterial, SparedMaterial, Tile, Tone};
use crate::phrase::{due_words, joined, list, plural, say};
use crate::reason::why;

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn materials(&self) -> Option<MaterialsView> {
        let decision = self.decision();
        let listed = || decision.materials.iter().filter_map(|decided| Some((decided, self.material(decided)?)));
        let with = |status: MaterialStatus| listed().filter(move |(decided, _)| decided.status == status);
        let ticks = self.ticks();
        let view = MaterialsView {
            rows: with(MaterialStatus::Required).map(|(decided, material)| self.row(decided, material)).collect(),
            open: with(MaterialStatus::Undetermined)
                .filter(|(decided, _)| !decided.required.missing.is_empty() && !self.is_start())
                .map(|(decided, material)| OpenMaterial {
                    name: self.text(&material.name),
                    depends: self.open_words(&decided.required),
                })
                .collect(),
            spared: listed().flat_map(|(decided, material)| self.spared(decided, material)).collect(),
            separate: decision.separate_count,
            provided: ticks.provided,
            unticked: ticks.unticked,
            tolerance: self.tolerance(),
        };
        let is_empty = view.rows.is_empty() && view.open.is_empty() && view.spared.is_empty();
        (!is_empty).then_some(view)
    }

    fn material(&self, decided: &MaterialDecision) -> Option<&Material> {
        self.pack().materials.get(decided.material.index())
    }

    /// No item is certain yet, so that everything is open and nothing is worth a word.
    #[inline(never)]
    pub(super) fn is_start(&self) -> bool {
        !self.decision().items.iter().any(|item| item.selected.is(true))
    }

    fn row(&self, decided: &MaterialDecision, material: &Material) -> MaterialView {
        let variant = decided.variant.and_then(|place| material.variants.get(place));
        let state_fact = self.fact(material.state);
        let count = decided.needed_by.len();
        let items = plural(count, "item");
        let notes = [Some(self.pick(&material.note)), variant.map(|variant| self.pick(&variant.note))];
        let open = self.depends(&decided.variant_missing);
        let notes = notes.into_iter().flatten().chain([open.as_str()]).filter(|note| !note.is_empty());
        MaterialView {
            id: material.id.clone(),
            fact: state_fact.map(|fact| fact.id.clone()).unwrap_or_default(),
            name: self.text(variant.map_or(&material.name, |variant| &variant.name)),
            note: joined(&notes.collect::<Vec<_>>(), self.lang.word("；", "; ")),
            form: self.form(decided, material),
            shared: if count > 1 { say!(self.lang, "{count} 项共用", "shared by {items}") } else { String::new() },
            deferrable: if material.deferrable {
                say!(self.lang, "可以容缺后补", "may be supplied later")
            } else {
                String::new()
            },
            state: state_code(decided.state),
            tone: match decided.state {
                MaterialState::Provided => Tone::Good,
                MaterialState::Missing => Tone::Bad,
                MaterialState::Defective => Tone::Warn,
                MaterialState::Unknown => Tone::Open,
            },
            states: self.states(material),
            needed_by: self.item_names(&decided.needed_by),
            because: self.because(material.required),
            basis: self.bases(Version::basis(&self.decision().run, &material.versions, &material.basis)),
        }
    }

    /// `原件 1 份，复印件 2 份，验原件`.
    fn form(&self, decided: &MaterialDecision, material: &Material) -> String {
        let (originals, copies) = (material.originals, decided.copies);
        let mut parts: Vec<String> = Vec::new();
        if originals > 0 {
            let en = plural(originals, "original");
            parts.push(say!(self.lang, "原件 {originals} 份", "{en}"));
        }
        if copies > 0 {
            let en = if copies == 1 { "1 copy".to_string() } else { alloc::format!("{copies} copies") };
            parts.push(match decided.copies_open {
                true => say!(self.lang, "复印件至少 {copies} 份", "at least {en}"),
                false => say!(self.lang, "复印件 {copies} 份", "{en}"),
            });
        }
        if material.show_original {
            parts.push(say!(self.lang, "带原件核对", "bring the original to show"));
        }
        joined(&parts, self.lang.word("，", ", "))
    }

    fn states(&self, material: &Material) -> Vec<Tile> {
        let Some(fact) = self.fact(material.state) else { return Vec::new() };
        let FactKind::Choice(options) = &fact.kind else { return Vec::new() };
        let slot = self.precheck.facts.get(material.state);
        self.tiles(options, |place| matches!(slot, Slot::Known(Value::Choice(at)) if usize::from(*at) == place))
    }

    /// Why the material, or one of the forms it can take, need not be brought. What no chosen
    /// item could need is not worth a word.
    fn spared(&self, decided: &MaterialDecision, material: &Material) -> Vec<SparedMaterial> {
        let spare = |name, reason| SparedMaterial { id: Some(material.id.clone()), name, reason };
        let name = || self.text(&material.name);
        match decided.status {
            MaterialStatus::WaivedInternal => {
                let item = material.produced_by.and_then(|item| self.pack().items.get(item.index()));
                let item = item.map(|item| self.pick(&item.name)).unwrap_or_default();
                let reason = say!(
                    self.lang,
                    "这次一并办理{item}，由内部流转",
                    "it comes out of {item} in the same application and is passed on inside",
                );
                Vec::from([spare(name(), reason)])
            }
            MaterialStatus::WaivedShared => {
                let reason = say!(self.lang, "机关自己调取，不用您带", "the authority fetches it itself");
                Vec::from([spare(name(), reason)])
            }
            MaterialStatus::WaivedLocal => {
                let sources = self.bases(&material.waived_basis);
                let sources = sources.iter().map(|basis| {
                    let (citation, confidence) = (&basis.citation, &basis.confidence);
                    say!(self.lang, "{citation}（{confidence}）", "{citation} ({confidence})")
                });
                let sources: Vec<String> = sources.collect();
                let sources = joined(&sources, self.lang.word("；", "; "));
                let reason = say!(self.lang, "这里免交，依据：{sources}", "not asked for here: {sources}");
                Vec::from([spare(name(), reason)])
            }
            MaterialStatus::NotRequired => {
                self.not_this_time(material).map(|why| spare(name(), why)).into_iter().collect()
            }
            MaterialStatus::Required => self.other_forms(decided, material),
            MaterialStatus::Undetermined => Vec::new(),
        }
    }

    /// A chosen item could need it, but not in this situation.
    fn not_this_time(&self, material: &Material) -> Option<String> {
        let chosen =
            |item| self.decision().items.iter().any(|decided| decided.item == item && decided.selected.is(true));
        let need = material
            .needs
            .iter()
            .find(|need| chosen(need.item) && self.decision().run.get(need.when) == Some(false))?;
        let because = self.because(need.when);
        let because = list(because.iter().map(String::as_str), self.lang);
        (!because.is_empty())
            .then(|| say!(self.lang, "您的情形不需要（{because}）", "not needed in your situation ({because})"))
    }

    /// The forms that it does not take because of a yes or no: 营业执照副本 where the applicant is
    /// not registered yet. A form for other applicants, places or years is not worth a word.
    fn other_forms(&self, decided: &MaterialDecision, material: &Material) -> Vec<SparedMaterial> {
        let Some(taken) = decided.variant.and_then(|place| material.variants.get(place)) else { return Vec::new() };
        let instead = self.pick(&taken.name);
        let spared = |variant: &Variant| {
            let because = why(self.precheck, variant.when, self.lang);
            let by_yes_or_no = !because.is_empty()
                && because.iter().all(|why| why.fact.is_some_and(|fact| matches!(fact.kind, FactKind::Bool)));
            let because = list(because.iter().map(|why| why.text.as_str()), self.lang);
            by_yes_or_no.then(|| SparedMaterial {
                id: None,
                name: self.text(&variant.name),
                reason: say!(self.lang, "用{instead}代替（{because}）", "bring {instead} instead ({because})"),
            })
        };
        let others = material.variants.iter().filter(|variant| variant.name != taken.name);
        others.filter(|variant| self.decision().run.get(variant.when) == Some(false)).filter_map(spared).collect()
    }

    /// Whether it can be accepted with materials missing.
    fn tolerance(&self) -> Option<Notice> {
        let (rule, decided) = (self.pack().tolerance.as_ref()?, &self.decision().tolerance);
        let limit = rule.limit;
        let (tone, message) = match decided.status {
            ToleranceStatus::NotApplicable => return None,
            ToleranceStatus::Undetermined if self.ticks().missing == 0 => return None,
            ToleranceStatus::Allowed => {
                let day = due_words(&decided.supplement_due, self.decision().accepted_on, self.lang);
                let day = day.map(|(words, _)| words).unwrap_or_default();
                let message = say!(
                    self.lang,
                    "可以容缺受理：签一份承诺书，先受理，缺的材料在 {day}前补齐。",
                    "It can be accepted now against a signed promise; supply what is missing by {day}.",
                );
                (Tone::Good, message)
            }
            ToleranceStatus::Refused if decided.excluded => (
                Tone::Warn,
                say!(
                    self.lang,
                    "不能容缺受理：申请人被列入失信名单。",
                    "It cannot be accepted with materials missing: the applicant is listed for bad credit."
                ),
            ),
            ToleranceStatus::Refused if decided.main_missing => (
                Tone::Warn,
                say!(
                    self.lang,
                    "不能容缺受理：缺的材料里有主要材料。",
                    "It cannot be accepted with materials missing: a main material is among them."
                ),
            ),
            ToleranceStatus::Refused => (
                Tone::Warn,
                say!(
                    self.lang,
                    "不能容缺受理：最多可以缺 {limit} 份。",
                    "It cannot be accepted: at most {limit} materials may be missing."
                ),
            ),
            ToleranceStatus::Undetermined => {
                let depends = self.depends(&decided.missing);
                (
                    Tone::Open,
                    say!(
                        self.lang,
                        "能不能容缺受理还定不下来。{depends}",
                        "Whether it can be accepted with materials missing is open. {depends}"
                    ),
                )
            }
        };
        let label = say!(self.lang, "容缺受理", "Tolerance");
        Some(Notice { tone, label, message, basis: self.bases(&rule.basis), fact: None })
    }
}

/// A state as in JSON.
fn state_code(state: MaterialState) -> &'static str {
    match state {
        MaterialState::Provided => "provided",
        MaterialState::Missing => "missing",
        MaterialState::Defective => "defective",
        MaterialState::Unknown => "unknown",
    }
}

//! Why: reasons, bases and open facts in words.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{BasisId, Confidence, Decision, Fact, FactId, FactRole, Finding, ItemId, Lit, Pack, Text};

use super::{BasisView, Desk};
use crate::Lang;
use crate::phrase::{list, say};
use crate::reason::why;
use crate::words::cause_words;

impl<'a> Desk<'a> {
    #[inline(never)]
    pub(super) fn pack(&self) -> &'a Pack {
        &self.precheck.bundle.value.pack
    }

    #[inline(never)]
    pub(super) fn decision(&self) -> &'a Decision {
        &self.precheck.decision
    }

    #[inline(never)]
    pub(super) fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.pack().facts.get(id.index())
    }

    #[inline(never)]
    pub(super) fn pick(&self, text: &'a Text) -> &'a str {
        self.lang.pick(text)
    }

    #[inline(never)]
    pub(super) fn text(&self, text: &Text) -> String {
        self.lang.pick(text).to_string()
    }

    /// The names of items, as a list.
    #[inline(never)]
    pub(super) fn item_names(&self, items: &[ItemId]) -> String {
        let names =
            items.iter().filter_map(|item| self.pack().items.get(item.index())).map(|item| self.pick(&item.name));
        list(names, self.lang)
    }

    /// The names of facts, as a list; the states of materials are one thing.
    #[inline(never)]
    pub(super) fn fact_names(&self, facts: &[FactId]) -> String {
        let facts = facts.iter().filter_map(|fact| self.fact(*fact));
        let (states, asked): (Vec<&Fact>, Vec<&Fact>) =
            facts.partition(|fact| matches!(fact.role, FactRole::MaterialState(_)));
        let ticks = (!states.is_empty()).then(|| self.lang.word("材料的勾选", "which materials you have"));
        list(asked.into_iter().map(|fact| self.pick(&fact.name)).chain(ticks), self.lang)
    }

    /// `取决于：经营场所`, or that only the window can settle it; empty if it depends on nothing.
    #[inline(never)]
    pub(super) fn depends(&self, facts: &[FactId]) -> String {
        if facts.is_empty() {
            return String::new();
        }
        let names = self.fact_names(facts);
        if self.decision().ask_at_window(facts) {
            return say!(self.lang, "到窗口问：{names}", "Ask at the window: {names}");
        }
        say!(self.lang, "取决于：{names}", "Depends on: {names}")
    }

    /// On what an open result depends, or that it cannot be computed.
    #[inline(never)]
    pub(super) fn open_words(&self, finding: &Finding) -> String {
        if let Some(cause) = finding.cannot_compute {
            return cause_words(cause, self.lang).into();
        }
        self.depends(&finding.missing)
    }

    #[inline(never)]
    pub(super) fn bases(&self, ids: &[BasisId]) -> Vec<BasisView> {
        ids.iter()
            .filter_map(|id| self.pack().bases.get(id.index()))
            .map(|basis| BasisView {
                citation: basis.citation.clone(),
                confidence: confidence(basis.confidence, self.lang).to_string(),
                is_pack_default: basis.confidence == Confidence::PackDefault,
            })
            .collect()
    }

    /// The answers on which a literal's value rests, each once.
    #[inline(never)]
    pub(super) fn because(&self, lit: Lit) -> Vec<String> {
        why(self.precheck, lit, self.lang).into_iter().map(|why| why.text).collect()
    }
}

fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::Report => lang.word("政务服务中心报告", "service centre's report"),
        Confidence::Source => lang.word("已核对原文", "checked against the text"),
        Confidence::Unverified => lang.word("原文待核", "text to be verified"),
        Confidence::PackDefault => lang.word("本包默认，没有法律效力", "default of this pack, no legal force"),
    }
}

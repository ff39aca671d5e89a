//! Why: reasons, bases and open facts in words.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{
    Atom, BasisId, Comparison, Confidence, Decision, Fact, FactId, FactKind, Finding, ItemId, Lit, Operand, Pack,
    Reason, Text, Value, reasons,
};

use super::{BasisView, Desk};
use crate::phrase::{full_day, list, say};
use crate::{Lang, value_text};

impl<'a> Desk<'a> {
    pub(super) fn pack(&self) -> &'a Pack {
        &self.precheck.bundle.value.pack
    }

    pub(super) fn decision(&self) -> &'a Decision {
        &self.precheck.decision
    }

    pub(super) fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.pack().facts.get(id.index())
    }

    pub(super) fn pick(&self, text: &'a Text) -> &'a str {
        self.lang.pick(text)
    }

    pub(super) fn text(&self, text: &Text) -> String {
        self.lang.pick(text).to_string()
    }

    /// The names of items, as a list.
    pub(super) fn item_names(&self, items: &[ItemId]) -> String {
        let names = items.iter().filter_map(|item| self.pack().items.get(item.index())).map(|item| self.pick(&item.name));
        list(names, self.lang)
    }

    /// The names of facts, as a list.
    pub(super) fn fact_names(&self, facts: &[FactId]) -> String {
        let names = facts.iter().filter_map(|fact| self.fact(*fact)).map(|fact| self.pick(&fact.name));
        list(names, self.lang)
    }

    /// `取决于：经营场所`; empty if it depends on nothing.
    pub(super) fn depends(&self, facts: &[FactId]) -> String {
        if facts.is_empty() {
            return String::new();
        }
        let names = self.fact_names(facts);
        say!(self.lang, "取决于：{names}", "Depends on: {names}")
    }

    /// On what an open result depends, or that it cannot be computed.
    pub(super) fn open_words(&self, finding: &Finding) -> String {
        if finding.cannot_compute {
            return say!(self.lang, "数字太大，算不出来", "the numbers are too large to compute");
        }
        self.depends(&finding.missing)
    }

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
    pub(super) fn because(&self, lit: Lit) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for reason in reasons(self.pack(), &self.decision().run, lit) {
            match self.reason(&reason) {
                Some(said) if !words.contains(&said) => words.push(said),
                Some(_) | None => {}
            }
        }
        words
    }

    fn reason(&self, reason: &Reason) -> Option<String> {
        match &reason.atom {
            Atom::Holds(fact) => self.stated(*fact, &Value::Bool(reason.holds)),
            Atom::Is(fact, option) if reason.holds => self.stated(*fact, &Value::Choice(*option)),
            Atom::TextIs(fact, text) if reason.holds => self.stated(*fact, &Value::Text(text.clone())),
            Atom::Is(fact, _) | Atom::TextIs(fact, _) => self.answer_to(*fact),
            Atom::Has(fact, option) => self.has(*fact, *option, reason.holds),
            Atom::Compare(left, how, right) => self.compared(left, *how, right, reason.holds),
        }
    }

    /// `申请人：企业`.
    fn stated(&self, id: FactId, value: &Value) -> Option<String> {
        let fact = self.fact(id)?;
        let (name, value) = (self.pick(&fact.name), value_text(fact, value, self.lang));
        Some(say!(self.lang, "{name}：{value}", "{name}: {value}"))
    }

    fn answer_to(&self, id: FactId) -> Option<String> {
        self.stated(id, self.precheck.facts.get(id).value()?)
    }

    fn has(&self, id: FactId, option: u16, holds: bool) -> Option<String> {
        let fact = self.fact(id)?;
        let FactKind::Choices(options) = &fact.kind else { return None };
        let (name, option) = (self.pick(&fact.name), self.pick(&options.get(usize::from(option))?.name));
        Some(match holds {
            true => say!(self.lang, "{name}：有{option}", "{name}: {option}"),
            false => say!(self.lang, "{name}：没有{option}", "{name}: not {option}"),
        })
    }

    /// `办理日期早于 2019 年 12 月 1 日`; a comparison of computed values has no words of its own.
    fn compared(&self, left: &Operand, how: Comparison, right: &Operand, holds: bool) -> Option<String> {
        let (fact, bound, turned) = match (left, right) {
            (Operand::Fact(fact), bound) => (*fact, bound, false),
            (bound, Operand::Fact(fact)) => (*fact, bound, true),
            _ => return None,
        };
        let name = self.pick(&self.fact(fact)?.name);
        let bound = match bound {
            Operand::Integer(number) => number.to_string(),
            Operand::Date(date) => full_day(*date, self.lang),
            Operand::Fact(other) => self.text(&self.fact(*other)?.name),
            Operand::Value(_) => return None,
        };
        let relation = relation(how, holds, turned, self.lang);
        Some(say!(self.lang, "{name}{relation} {bound}", "{name} {relation} {bound}"))
    }
}

/// The relation of the fact to the bound, in words that fit numbers and dates.
fn relation(how: Comparison, holds: bool, turned: bool, lang: Lang) -> &'static str {
    let (zh, en) = match (how, holds, turned) {
        (Comparison::Equal, true, _) => ("是", "is"),
        (Comparison::Equal, false, _) => ("不是", "is not"),
        (Comparison::Less, true, false) | (Comparison::LessOrEqual, false, true) => ("早于或小于", "before or below"),
        (Comparison::LessOrEqual, true, false) | (Comparison::Less, false, true) => ("不超过", "not after or above"),
        (Comparison::Less, false, false) | (Comparison::LessOrEqual, true, true) => ("不早于、不少于", "from"),
        (Comparison::LessOrEqual, false, false) | (Comparison::Less, true, true) => ("超过", "after or above"),
    };
    lang.word(zh, en)
}

fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::Report => lang.word("政务服务中心报告", "service centre's report"),
        Confidence::Source => lang.word("已核对原文", "checked against the text"),
        Confidence::Unverified => lang.word("原文待核", "text to be verified"),
        Confidence::PackDefault => lang.word("本包默认，没有法律效力", "default of this pack, no legal force"),
    }
}

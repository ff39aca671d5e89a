//! Reading texts, numbers, dates and bases from nodes.

use yichuang_engine::{Basis, BasisId, Confidence, Date, Text};

use super::Lower;
use super::keys::Fields;
use crate::{Code, Diagnostic, Node};

/// How a basis begins, in Chinese and English.
const CONFIDENCE: &[(&str, &str, Confidence)] = &[
    ("报告", "report", Confidence::Report),
    ("原文", "source", Confidence::Source),
    ("待核", "unverified", Confidence::Unverified),
    ("本包默认", "pack-default", Confidence::PackDefault),
];

impl<'n> Lower<'n> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn fields(&mut self, node: &'n Node, allowed: &[&'static str]) -> Option<Fields<'n>> {
        Fields::read(node, allowed, &mut self.diagnostics)
    }

    pub(super) fn require(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        fields.require(key, &mut self.diagnostics)
    }

    pub(super) fn list(&mut self, node: Option<&'n Node>) -> &'n [Node] {
        match node.map(Node::expect_items) {
            None => &[],
            Some(Ok(items)) => items,
            Some(Err(diagnostic)) => {
                self.report(diagnostic);
                &[]
            }
        }
    }

    pub(super) fn word(&mut self, node: &'n Node) -> Option<&'n str> {
        match node.expect_text() {
            Ok(text) => Some(text),
            Err(diagnostic) => {
                self.report(diagnostic);
                None
            }
        }
    }

    /// A text, in Chinese alone or as `{zh, en}`.
    pub(super) fn text(&mut self, node: Option<&'n Node>) -> Text {
        let Some(node) = node else { return Text::default() };
        if let Some(zh) = node.text() {
            return Text { zh: zh.trim_end().to_owned(), en: String::new() };
        }
        let Some(fields) = self.fields(node, &["zh", "en"]) else { return Text::default() };
        let zh = self.require(&fields, "zh").and_then(|node| self.word(node)).unwrap_or_default().trim_end().to_owned();
        let en = fields.get("en").and_then(|node| self.word(node)).unwrap_or_default().trim_end().to_owned();
        Text { zh, en }
    }

    pub(super) fn required_text(&mut self, fields: &Fields<'n>, key: &str) -> Text {
        let node = self.require(fields, key);
        self.text(node)
    }

    pub(super) fn optional_text(&mut self, fields: &Fields<'n>, key: &str) -> Text {
        self.text(fields.get(key))
    }

    /// One of some words, each with its Chinese alias.
    pub(super) fn choice<T: Copy>(&mut self, node: &'n Node, words: &[(&str, &str, T)]) -> Option<T> {
        let written = self.word(node)?;
        if let Some((_, _, value)) = words.iter().find(|(en, zh, _)| *en == written || *zh == written) {
            return Some(*value);
        }
        let known: Vec<&str> = words.iter().flat_map(|(en, zh, _)| [*en, *zh]).collect();
        let shown: Vec<String> = words.iter().map(|(en, zh, _)| format!("{zh}（{en}）")).collect();
        self.report(
            Diagnostic::error(
                Code::UnknownWord,
                (format!("这里不能写「{written}」"), format!("`{written}` is not one of the known words")),
            )
            .at(node.span, ("不认识", "not known"))
            .suggest(written, known.iter().copied())
            .help((format!("可以写：{}", shown.join("、")), format!("allowed: {}", known.join(", ")))),
        );
        None
    }

    /// 是 / 否.
    pub(super) fn flag(&mut self, node: Option<&'n Node>) -> bool {
        let words = [("true", "是", true), ("false", "否", false), ("yes", "真", true), ("no", "假", false)];
        node.and_then(|node| self.choice(node, &words)).unwrap_or(false)
    }

    pub(super) fn whole(&mut self, node: &'n Node) -> Option<i64> {
        let written = self.word(node)?.trim();
        let number = written.parse().ok();
        if number.is_none() {
            self.report(
                Diagnostic::error(
                    Code::BadNumberValue,
                    (format!("「{written}」不是整数"), format!("`{written}` is not a whole number")),
                )
                .at(node.span, ("这里要写整数", "a whole number is expected"))
                .help(("用半角数字写，例如 20，不带单位", "write digits only, such as 20, without a unit")),
            );
        }
        number
    }

    /// A whole number that cannot be negative or beyond 65,535 (days, pieces, years).
    pub(super) fn count(&mut self, node: &'n Node) -> Option<u16> {
        let number = self.whole(node)?;
        let count = u16::try_from(number).ok();
        if count.is_none() {
            self.report(
                Diagnostic::error(
                    Code::BadNumberValue,
                    (format!("{number} 超出范围"), format!("{number} is out of range")),
                )
                .at(node.span, ("应在 0 到 65535 之间", "must be between 0 and 65535"))
                .help(("检查数字有没有写错", "check the number")),
            );
        }
        count
    }

    pub(super) fn date(&mut self, node: &'n Node) -> Option<Date> {
        let written = self.word(node)?;
        let date = Date::parse(written);
        if date.is_none() {
            self.report(bad_date(written).at(node.span, ("没有这一天", "no such day")));
        }
        date
    }

    /// The bases of an entry, which must have at least one.
    pub(super) fn required_basis(&mut self, fields: &Fields<'n>) -> Vec<BasisId> {
        if fields.get("basis").is_none() {
            self.report(
                Diagnostic::error(Code::MissingBasis, ("没有写依据", "the basis is missing"))
                    .at(fields.span, ("这一条缺少「依据（basis）」", "this entry has no `basis`"))
                    .help((
                        "写明法律和条文，例如 `依据: 原文 行政许可法第三十二条`；由本包自定的写 `依据: 本包默认 理由`",
                        "state law and article, such as `basis: source …`; what the pack chose itself is `basis: pack-default reason`",
                    )),
            );
        }
        self.basis(fields.get("basis"))
    }

    pub(super) fn basis(&mut self, node: Option<&'n Node>) -> Vec<BasisId> {
        let Some(node) = node else { return Vec::new() };
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        nodes.iter().filter_map(|node| self.one_basis(node)).collect()
    }

    fn one_basis(&mut self, node: &'n Node) -> Option<BasisId> {
        let written = self.word(node)?;
        match parse_basis(written) {
            Some(basis) => Some(self.intern(basis)),
            None => {
                self.report(
                    Diagnostic::error(
                        Code::BasisWithoutConfidence,
                        ("依据开头没有写可信程度", "the basis does not begin with how sure it is"),
                    )
                    .at(node.span, ("不知道这条依据有多可靠", "how sure is this?"))
                    .help((
                        "以「报告」「原文」「待核」「本包默认」之一开头，空一格，再写出处",
                        "begin with one of `report`, `source`, `unverified`, `pack-default`, then a space and the citation",
                    )),
                );
                None
            }
        }
    }

    pub(super) fn intern(&mut self, basis: Basis) -> BasisId {
        let place = self.bases.iter().position(|known| *known == basis).unwrap_or_else(|| {
            self.bases.push(basis);
            self.bases.len() - 1
        });
        BasisId::new(place)
    }
}

/// A basis as it is written, if it begins with how sure it is and names something.
pub(super) fn parse_basis(written: &str) -> Option<Basis> {
    let written = written.trim();
    CONFIDENCE.iter().find_map(|(zh, en, confidence)| {
        let rest = written.strip_prefix(zh).or_else(|| written.strip_prefix(en))?;
        let citation = rest.strip_prefix([' ', '　'])?.trim();
        (!citation.is_empty()).then(|| Basis { confidence: *confidence, citation: citation.to_owned() })
    })
}

pub(super) fn bad_date(written: &str) -> Diagnostic {
    Diagnostic::error(Code::BadDate, (format!("「{written}」不是日期"), format!("`{written}` is not a date"))).help((
        "日期写成四位年-两位月-两位日，例如 2014-09-26",
        "write a date as year, month and day, such as 2014-09-26",
    ))
}

//! Reading texts, numbers, dates and bases from nodes.

use yichuang_engine::{Basis, BasisId, Confidence, Date, Text};
use yichuang_forms::NumberFault;

use super::keys::Fields;
use super::{Lower, faults};
use crate::{Diagnostic, Node, Span};

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

    /// The value of a `Result`; a fault is reported.
    fn reported<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.report(diagnostic)).ok()
    }

    pub(super) fn fields(&mut self, node: &'n Node, allowed: &[&'static str]) -> Option<Fields<'n>> {
        Fields::read(node, allowed, &mut self.diagnostics)
    }

    pub(super) fn require(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        fields.require(key, &mut self.diagnostics)
    }

    /// A list, which must have an entry if it is given at all.
    pub(super) fn list(&mut self, node: Option<&'n Node>) -> &'n [Node] {
        let Some(node) = node else { return &[] };
        let Some(items) = self.reported(node.expect_items()) else { return &[] };
        if items.is_empty() {
            self.report(faults::empty_list(node.span));
        }
        items
    }

    pub(super) fn required_list(&mut self, fields: &Fields<'n>, key: &str) -> &'n [Node] {
        let node = self.require(fields, key);
        self.list(node)
    }

    pub(super) fn word(&mut self, node: &'n Node) -> Option<&'n str> {
        self.reported(node.expect_text())
    }

    /// A text, in Chinese alone or as `{zh, en}`.
    pub(super) fn text(&mut self, node: Option<&'n Node>) -> Text {
        let Some(node) = node else { return Text::default() };
        if node.entries().is_none() {
            let zh = self.word(node).unwrap_or_default().trim_end().to_owned();
            return Text { zh, en: String::new() };
        }
        let Some(fields) = self.fields(node, &["zh", "en"]) else { return Text::default() };
        let zh = self.require(&fields, "zh").and_then(|node| self.word(node)).unwrap_or_default().trim_end().to_owned();
        let en = fields.get("en").and_then(|node| self.word(node)).unwrap_or_default().trim_end().to_owned();
        Text { zh, en }
    }

    pub(super) fn required_text(&mut self, fields: &Fields<'n>, key: &str) -> Text {
        let node = self.require(fields, key);
        let text = self.text(node);
        if let Some(node) = node.filter(|node| node.text().is_some_and(|text| text.trim().is_empty())) {
            self.report(faults::empty_text(key, node.span));
        }
        text
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
        let known: Vec<(&str, &str)> = words.iter().map(|(en, zh, _)| (*en, *zh)).collect();
        self.report(faults::unknown_word(written, node.span, &known));
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
            self.report(faults::not_a_number(written, node.span));
        }
        number
    }

    /// A number as it stands in a file, with at most so many decimal places.
    pub(super) fn stated(&mut self, node: &'n Node, places: u8) -> Option<i128> {
        let written = self.word(node)?.trim();
        match yichuang_forms::parse_number(written, places) {
            Ok(number) => Some(number),
            Err(NumberFault::TooManyPlaces) if places > 0 => {
                self.report(faults::places_exceeded(written, places, node.span));
                None
            }
            Err(_) => {
                self.report(faults::not_a_number(written, node.span));
                None
            }
        }
    }

    /// A whole number that cannot be negative or beyond 65,535 (days, pieces, years).
    pub(super) fn count(&mut self, node: &'n Node) -> Option<u16> {
        let number = self.whole(node)?;
        let count = u16::try_from(number).ok();
        if count.is_none() {
            self.report(faults::out_of_range(number, node.span));
        }
        count
    }

    pub(super) fn date(&mut self, node: &'n Node) -> Option<Date> {
        let written = self.word(node)?;
        let date = Date::parse(written);
        if date.is_none() {
            self.report(faults::bad_date(written, node.span));
        }
        date
    }

    /// The bases of an entry, which must have at least one.
    pub(super) fn required_basis(&mut self, fields: &Fields<'n>) -> Vec<BasisId> {
        if fields.entry("basis").is_none() {
            self.report(faults::missing_basis(fields.span));
        }
        let Some(node) = fields.get("basis") else { return Vec::new() };
        if node.items().is_some() {
            return self.list(Some(node)).iter().filter_map(|node| self.basis_node(node)).collect();
        }
        self.basis_node(node).into_iter().collect()
    }

    fn basis_node(&mut self, node: &'n Node) -> Option<BasisId> {
        let written = self.word(node)?;
        self.basis(written, node.span)
    }

    /// One basis, as it is written in a value or a part of a cell.
    pub(super) fn basis(&mut self, written: &str, span: Span) -> Option<BasisId> {
        match parse_basis(written) {
            Some(basis) => Some(self.intern(basis)),
            None => {
                let words: Vec<&str> = CONFIDENCE.iter().flat_map(|(zh, en, _)| [*zh, *en]).collect();
                self.report(faults::bad_basis(written, span, &words));
                None
            }
        }
    }

    fn intern(&mut self, basis: Basis) -> BasisId {
        let place = self.bases.iter().position(|known| *known == basis).unwrap_or_else(|| {
            self.bases.push(basis);
            self.bases.len() - 1
        });
        BasisId::new(place)
    }
}

/// A basis as it is written, if it begins with how sure it is and names something.
fn parse_basis(written: &str) -> Option<Basis> {
    let written = written.trim();
    CONFIDENCE.iter().find_map(|(zh, en, confidence)| {
        let rest = written.strip_prefix(zh).or_else(|| written.strip_prefix(en))?;
        let citation = rest.strip_prefix([' ', '　'])?.trim();
        (!citation.is_empty()).then(|| Basis { confidence: *confidence, citation: citation.to_owned() })
    })
}

/// A text, in Chinese alone or as `{zh, en}`, that is read and judged elsewhere.
pub(super) fn plain_text(node: Option<&Node>) -> Text {
    let zh = node.and_then(|node| node.text().or_else(|| node.get(&["zh", "中文"])?.value.text()));
    let en = node.and_then(|node| node.get(&["en", "英文"])?.value.text());
    let [zh, en] = [zh, en].map(|text| text.unwrap_or_default().trim_end().to_owned());
    Text { zh, en }
}

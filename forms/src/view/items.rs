//! Items, certificates, authorities and documents.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{ItemDecision, ItemId, Outcome, Version};

use super::{CertificateView, Desk, DocumentView, ItemView, Tone};
use crate::phrase::{due_words, list, say, workdays};

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn certificates(&self) -> Vec<CertificateView> {
        let decided = self.decision().certificates.iter();
        let certificates = decided.filter_map(|decided| {
            let certificate = self.pack().certificates.get(decided.certificate)?;
            let items = decided.items.iter().filter_map(|item| self.item(self.decided(*item)?));
            Some(CertificateView {
                name: self.text(&certificate.name),
                items: items.collect(),
                basis: self.bases(&certificate.basis),
            })
        });
        certificates.collect()
    }

    /// The items that are on no certificate: they fail, exclude each other or are open.
    #[inline(never)]
    pub(super) fn other_items(&self) -> Vec<ItemView> {
        if self.is_start() {
            return Vec::new();
        }
        let certified =
            |item: ItemId| self.decision().certificates.iter().any(|certificate| certificate.items.contains(&item));
        let others = self.decision().items.iter().filter(|decided| !certified(decided.item));
        others.filter_map(|decided| self.item(decided)).collect()
    }

    fn decided(&self, item: ItemId) -> Option<&ItemDecision> {
        self.decision().items.iter().find(|decided| decided.item == item)
    }

    fn item(&self, decided: &ItemDecision) -> Option<ItemView> {
        let item = self.pack().items.get(decided.item.index())?;
        let failed = decided.failed.iter().filter_map(|place| item.conditions.get(*place));
        let mut problems: Vec<String> = failed.map(|condition| self.text(&condition.message)).collect();
        if decided.selected.value.is_none() {
            problems.push(self.open_words(&decided.selected));
        } else if decided.outcome == Outcome::Undetermined {
            problems.push(self.open_words(&decided.eligible));
        }
        problems.retain(|problem| !problem.is_empty());
        let period = decided.statutory_days.map(|days| workdays(days, self.lang));
        let due = due_words(&decided.statutory_due, self.decision().accepted_on, self.lang);
        let years = |years| say!(self.lang, "有效期 {years} 年", "valid for {years} years");
        Some(ItemView {
            id: item.id.clone(),
            name: self.text(&item.name),
            note: self.text(&item.note),
            period: match (decided.statutory_days, period) {
                (Some(0), _) => self.lang.word("法定当场办结", "by law on the spot").into(),
                (_, period) => period.map(|days| say!(self.lang, "法定 {days}", "by law {days}")).unwrap_or_default(),
            },
            due: due.map(|(day, _)| say!(self.lang, "最迟 {day}", "at the latest {day}")).unwrap_or_default(),
            validity: decided.validity_years.map(years).unwrap_or_default(),
            tone: match (decided.selected.value, decided.outcome) {
                (None, _) | (_, Outcome::Undetermined) => Tone::Open,
                (_, Outcome::Pass) if self.decision().conflicts.iter().any(|hit| hit.finding.is(true)) => Tone::Warn,
                (_, Outcome::Pass) => Tone::Good,
                (_, Outcome::Fail) => Tone::Bad,
            },
            problems,
            basis: self.bases(Version::basis(&self.decision().run, &item.versions, &item.basis)),
        })
    }

    /// `市食药监局牵头，市卫生局（药品零售许可）协办`; empty where one authority handles all.
    #[inline(never)]
    pub(super) fn authorities(&self) -> String {
        let others = self.co_authorities();
        let Some(lead) = self.pack().authorities.first().filter(|_| !others.is_empty()) else { return String::new() };
        let (lead, others) = (self.pick(lead), list(others.iter().map(String::as_str), self.lang));
        say!(self.lang, "{lead}牵头，{others}协办", "{lead} leads; with {others}")
    }

    /// `市卫生局（药品零售许可）`: the authorities besides the lead, with their items.
    #[inline(never)]
    pub(super) fn co_authorities(&self) -> Vec<String> {
        let others = self.decision().authorities.iter().filter(|decided| decided.authority > 0);
        let others = others.filter_map(|decided| {
            let (name, items) = (self.pack().authorities.get(decided.authority)?, self.item_names(&decided.items));
            let name = self.pick(name);
            Some(say!(self.lang, "{name}（{items}）", "{name} ({items})"))
        });
        others.collect()
    }

    #[inline(never)]
    pub(super) fn documents(&self) -> Vec<DocumentView> {
        let documents = self.decision().documents.iter().filter_map(|place| self.pack().documents.get(*place));
        let documents = documents.map(|document| {
            let form = self.precheck.bundle.value.forms.iter().find(|form| form.id == document.id);
            DocumentView {
                id: document.id.clone(),
                name: self.text(&document.name),
                printable: form.is_some(),
                sample: form.is_some_and(|form| form.sample),
            }
        });
        documents.collect()
    }
}

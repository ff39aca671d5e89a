//! What a decision says for the office: who handles what, what the window judges, which rules have
//! ended, how many copies.

use alloc::vec::Vec;

use super::Desk;
use crate::{AuthorityDecision, Hit, ItemDecision, ItemId, Material, Outcome};

impl Desk<'_> {
    pub(super) fn expired(&self) -> Vec<usize> {
        let Some(day) = self.version_date else { return Vec::new() };
        let endings = self.pack.versions.endings.iter().enumerate();
        endings.filter(|(_, ending)| ending.to < day).map(|(place, _)| place).collect()
    }

    /// Who handles the items; the lead takes part as soon as another authority does.
    pub(super) fn authorities(&mut self, items: &[ItemDecision]) -> Vec<AuthorityDecision> {
        let mut found: Vec<AuthorityDecision> = Vec::new();
        for authority in 0..self.pack.authorities.len() {
            let handled = items.iter().filter(|item| item.selected.is(true) && item.outcome != Outcome::Fail);
            let of = |item: &ItemId| {
                self.pack.items.get(item.index()).is_some_and(|item| usize::from(item.authority) == authority)
            };
            let items: Vec<ItemId> = handled.map(|item| item.item).filter(of).collect();
            let mut notified = items.clone();
            notified.retain(|item| {
                let going = self.pack.items.get(item.index()).map(|item| item.going);
                authority > 0 && going.is_some_and(|going| self.search.finding(going).is(true))
            });
            if authority == 0 || !items.is_empty() {
                found.push(AuthorityDecision { authority, items, notified });
            }
        }
        if found.iter().all(|one| one.items.is_empty()) {
            found.clear();
        }
        found
    }

    /// The copies in all, and whether an item that may need the material takes more.
    pub(super) fn copies(&mut self, material: &Material, needing: usize) -> (usize, bool) {
        let copies = usize::from(material.copies) + usize::from(material.copies_each) * needing;
        let open = material.copies_each > 0
            && material.needs.iter().any(|need| self.search.finding(need.when).value.is_none());
        (copies, open)
    }

    /// What is left to the window is no question: what its relevance hangs on is not counted.
    pub(super) fn left_to_the_window(&mut self) -> Vec<Hit> {
        let relevant = self.pack.not_encoded.iter().enumerate();
        let hits = relevant.map(|(index, entry)| Hit { index, finding: self.search.finding(entry.relevant) });
        hits.filter(|hit| !hit.finding.is(false)).collect()
    }
}

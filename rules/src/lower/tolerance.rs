//! Tolerance that is written anew stays as wide as above.

use yichuang_engine::{BasisId, Lit, Text};

use super::keys::Fields;
use super::overrides::both;
use super::{Lower, faults};
use crate::Entry;

const KEYS: &[&str] = &["limit", "supplement_days", "excluded_if", "basis"];

impl<'n> Lower<'n> {
    /// When tolerance is excluded: where this pack and every pack above exclude it. Its limits may
    /// not be narrower than above.
    pub(super) fn no_narrower(&mut self, fields: &Fields<'n>, own: [u16; 2], excluded: Lit, basis: &[BasisId]) -> Lit {
        let entries: &'n [Entry] = self.parsed.replaced.get("tolerance").map_or(&[], Vec::as_slice);
        let above: Vec<Fields<'n>> =
            entries.iter().filter_map(|entry| Fields::read(&entry.value, KEYS, &mut Vec::new())).collect();
        let mut old = Text::default();
        if let Some(nearest) = above.last() {
            let limits = ["limit", "supplement_days"].map(|key| self.limit_above(nearest, fields, key));
            old = words(limits);
        }
        let is_new = self.top.get("tolerance").is_some_and(|entry| self.layer(entry.key_span) > 0);
        if is_new && old != words(own) {
            self.changed(both("容缺", "tolerance"), old, words(own), basis);
        }
        let mut excluded = excluded;
        for fields in above {
            excluded = self.excluded_as_above(&fields, excluded);
        }
        excluded
    }

    fn limit_above(&mut self, above: &Fields<'n>, own: &Fields<'n>, key: &str) -> u16 {
        let node = above.get(key);
        let least = node.and_then(|node| self.count(node)).unwrap_or(0);
        let written = own.get(key).and_then(|node| Some((node, node.text()?.trim().parse::<u16>().ok()?)));
        if let (Some((own, number)), Some(above)) = (written, node)
            && number < least
        {
            let least = least.to_string();
            self.report(faults::stricter(own.span, (least.clone(), least), above.span));
        }
        least
    }

    fn excluded_as_above(&mut self, above: &Fields<'n>, own: Lit) -> Lit {
        let Some(node) = above.get("excluded_if") else {
            let entry = self.top.get("tolerance").and_then(|entry| entry.value.get(&["excluded_if", "排除条件"]));
            if let Some(entry) = entry.filter(|_| own != Lit::FALSE) {
                let old = ("没有排除条件", "excluded never");
                self.report(faults::stricter(entry.key_span, old, above.span));
            }
            return Lit::FALSE;
        };
        let above = self.condition(node);
        self.builder.all([own, above])
    }
}

fn words([limit, days]: [u16; 2]) -> Text {
    both(
        format!("最多缺 {limit} 份，{days} 个工作日内补齐"),
        format!("at most {limit} missing, supplied within {days} workdays"),
    )
}

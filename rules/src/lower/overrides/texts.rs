//! Overrides of texts: how a question is put, who handles an item, what is noted beside it.

use yichuang_engine::Text;

use super::super::keys::Fields;
use super::super::{Lower, faults};
use super::Target;
use super::read::value;
use crate::Node;

impl<'n> Lower<'n> {
    /// Puts the texts of a pack below in the place of those that an entry has.
    pub(in crate::lower) fn override_texts(&mut self, section: &str, id: &str, fields: &mut Fields<'n>) {
        let (target, keys): (Target, &[&'static str]) = match section {
            "facts" => (Target::Fact, &["question", "help", "why"]),
            "items" => (Target::Item, &["authority", "note"]),
            _ => return,
        };
        for change in self.overriding(target, id) {
            for key in keys {
                let Some(entry) = change.fields.entry(key) else { continue };
                let old = fields.entry(key);
                if old.is_some_and(|old| text(&old.value) == text(&entry.value)) {
                    let place = old.map_or(change.declared(), |old| old.key_span);
                    self.report(faults::changes_nothing(entry.key_span, place));
                }
                fields.set(key, entry);
            }
        }
    }
}

/// A text as it is written, without a report.
pub(super) fn text(node: &Node) -> Text {
    let part = |key| value(node, key).and_then(Node::text).unwrap_or_default().trim_end().to_owned();
    match node.text() {
        Some(zh) => Text { zh: zh.trim_end().to_owned(), en: String::new() },
        None => Text { zh: part("zh"), en: part("en") },
    }
}

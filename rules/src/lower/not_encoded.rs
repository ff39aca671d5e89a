//! What cannot be encoded, written beside the entry that it belongs to.

use yichuang_engine::{Beside, Lit, NotEncoded};

use super::Lower;
use super::keys::Fields;
use super::versions::Whose;
use crate::Node;

impl<'n> Lower<'n> {
    /// Notes what an entry leaves to the window, which matters unless `relevant` is false.
    pub(super) fn not_encoded(&mut self, whose: Whose<'_>, fields: &Fields<'n>, relevant: Lit) {
        let Whose { what, id, name } = whose;
        let beside = Beside { what: what.to_owned(), id: id.to_owned(), name: name.clone() };
        if let Some(node) = fields.get("not_encoded") {
            self.not_encoded_list(node, Some(&beside), relevant);
        }
    }

    /// One mapping, or a list of them.
    fn not_encoded_list(&mut self, node: &'n Node, beside: Option<&Beside>, relevant: Lit) {
        let nodes = if node.items().is_some() { self.list(Some(node)) } else { std::slice::from_ref(node) };
        for node in nodes {
            let Some(fields) = self.fields(node, &["article", "reason", "when", "basis"]) else { continue };
            let when = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let entry = NotEncoded {
                article: self.required_text(&fields, "article"),
                reason: self.required_text(&fields, "reason"),
                beside: beside.cloned(),
                relevant: self.builder.all([relevant, when]),
                basis: self.required_basis(&fields),
            };
            self.not_encoded.push((node.span, entry));
        }
    }

    /// All of them, in the order of the files.
    pub(super) fn all_not_encoded(&mut self) -> Vec<NotEncoded> {
        if let Some(node) = self.section("not_encoded") {
            self.not_encoded_list(node, None, Lit::TRUE);
        }
        let mut found = std::mem::take(&mut self.not_encoded);
        found.sort_by_key(|(span, _)| (span.source, span.start));
        found.into_iter().map(|(_, entry)| entry).collect()
    }
}

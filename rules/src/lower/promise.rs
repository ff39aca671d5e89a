//! A promised period that is written anew stays as short as above.

use yichuang_engine::{Formula, Lit, Operand, Text};

use super::keys::Fields;
use super::overrides::both;
use super::symbols::Symbol;
use super::{Lower, faults};
use crate::{Entry, Node, Span};

const PROMISED: &[&str] = &["days", "basis"];

impl<'n> Lower<'n> {
    /// The promised days, never more than any pack above promises with its own numbers. An
    /// application for what a pack above does not have is not measured by it.
    pub(super) fn no_longer(&mut self, node: &'n Node, own: Operand) -> Operand {
        let mut promised = own.clone();
        for layer in (0..self.own_layer()).rev() {
            let (above, place) = self.promised_in(layer);
            let Some(above) = above.filter(|above| *above != own) else { continue };
            match (&own, &above, place) {
                (Operand::Number(days), Operand::Number(most), _) if days <= most => continue,
                (Operand::Number(_), Operand::Number(most), Some(place)) if self.layer(node.span) > layer => {
                    self.report(faults::stricter(node.span, days_of(*most), place));
                    continue;
                }
                _ => {}
            }
            let added = self.items_below(layer);
            let least = Operand::Value(self.builder.value(Formula::Min(vec![promised.clone(), above])));
            promised = match added {
                Lit::FALSE => least,
                added => Operand::Value(self.builder.value(Formula::Choose(added, promised, least))),
            };
        }
        promised
    }

    /// What a pack above promises, and where; without a promise it is the longest statutory period.
    fn promised_in(&mut self, layer: usize) -> (Option<Operand>, Option<Span>) {
        let node = self.section_in("promised", layer);
        let fields = node.and_then(|entry| Fields::read(&entry.value, PROMISED, &mut Vec::new()));
        let days = fields.and_then(|fields| fields.get("days"));
        // Who applies for what is as in this pack: only numbers are as they are above.
        let mut items = self.definitions.clone();
        items.retain(|symbol, _| matches!(symbol, Symbol::Item(_)));
        let own = std::mem::replace(&mut self.definitions, items);
        // What is noted on the way has been noted before.
        let noted = (self.clashes.len(), self.endings.len(), self.not_encoded.len());
        self.layered.as_in = Some(layer);
        let promised = match days {
            Some(days) => self.number_node(days).and_then(|number| self.count_in(number, "工作日", days.span)),
            None => Some(Operand::Value(self.statutory_max())),
        };
        self.layered.as_in = None;
        self.clashes.truncate(noted.0);
        self.endings.truncate(noted.1);
        self.not_encoded.truncate(noted.2);
        self.definitions = own;
        (promised, days.map(|days| days.span))
    }

    /// A section of one value as it is in a pack of the chain: its own, or the nearest above it.
    fn section_in(&self, key: &str, layer: usize) -> Option<&'n Entry> {
        let written = self.top.get(key).copied().into_iter();
        let above = self.parsed.replaced.get(key).into_iter().flatten().rev();
        written.chain(above).find(|entry| self.layer(entry.key_span) <= layer)
    }

    /// Some item goes on that only packs below this one have.
    fn items_below(&mut self, layer: usize) -> Lit {
        let below: Vec<usize> = (0..self.items.len())
            .filter(|index| self.items.get(*index).is_some_and(|item| self.layer(item.span) > layer))
            .collect();
        let going: Vec<Lit> = below.into_iter().map(|index| self.going(index)).collect();
        self.builder.any(going)
    }

    /// Notes how a promise differs from the one above.
    pub(super) fn promise_changed(&mut self) {
        let Some(entry) = self.top.get("promised").copied() else { return };
        let entries: Vec<&'n Entry> =
            self.parsed.replaced.get("promised").into_iter().flatten().chain([entry]).collect();
        let mut old = Text::default();
        for entry in entries {
            let Some(fields) = Fields::read(&entry.value, PROMISED, &mut Vec::new()) else { return };
            let new = fields.get("days").and_then(Node::text).map_or_else(Text::default, promise_words);
            if self.layer(entry.key_span) > 0 && new != old {
                let basis = self.required_basis(&fields);
                self.changed(both("承诺时限", "promised period"), old, new.clone(), &basis);
            }
            old = new;
        }
    }
}

/// `5 个工作日`, or an expression as it is written.
fn promise_words(days: &str) -> Text {
    match days.trim().parse() {
        Ok(days) => {
            let (zh, en) = days_of(days);
            both(zh, en)
        }
        Err(_) => both(days.trim(), days.trim()),
    }
}

fn days_of(days: i128) -> (String, String) {
    (format!("{days} 个工作日"), format!("{days} workdays"))
}

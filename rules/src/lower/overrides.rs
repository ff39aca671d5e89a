//! Overrides: what a pack changes of those that it extends.
//!
//! Every override names its target and cites a basis. What it may do is what makes things easier:
//! a target that is not there, a change that changes nothing, one that makes something stricter and
//! a second one of the same thing are faults that show both places. An override is applied where
//! its target is compiled, those of packs farther above first.

mod fees;
mod items;
mod materials;
mod numbers;
mod pieces;
mod read;
mod texts;

use std::collections::BTreeMap;

use yichuang_engine::{BasisId, Dated, Ground, Layer, Lit, Text};

use super::Lower;
use super::keys::Fields;
use crate::Span;

/// What an override is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Param,
    Item,
    Material,
    Fee,
    Fact,
}

/// An override whose target is known.
#[derive(Clone, Debug)]
pub(super) struct Override<'n> {
    target: Target,
    /// The id of its target.
    id: String,
    /// Where the target is declared.
    declared: Span,
    /// Which pack of the chain has the override.
    layer: usize,
    pub(super) fields: Fields<'n>,
    pub(super) basis: Vec<BasisId>,
}

/// What lowering knows of layers.
#[derive(Debug, Default)]
pub(super) struct Layered<'n> {
    /// In the order of the packs, the farthest above first.
    overrides: Vec<Override<'n>>,
    /// While something is compiled as it is in a pack above: which one. Overrides of numbers that
    /// are below do not count.
    pub(super) as_in: Option<usize>,
    /// The statutory periods of an item as they are above a pack that overrides them.
    pub(super) statutory: BTreeMap<(usize, usize), Vec<Dated>>,
    /// Why items that are not offered here are turned away.
    pub(super) turned_away: Vec<Ground>,
    /// What is otherwise than above, in words.
    pub(super) changes: Vec<yichuang_engine::Override>,
}

impl<'n> Lower<'n> {
    /// Which pack of the chain a place belongs to; 0 is the one that extends none.
    pub(super) fn layer(&self, span: Span) -> usize {
        let pack = self.sources.get(usize::from(span.source.0)).and_then(|source| source.pack());
        let layers = &self.parsed.layers;
        layers.iter().position(|layer| layer.prefix.as_deref() == pack).unwrap_or(0)
    }

    /// Which pack of the chain is being lowered.
    pub(super) fn own_layer(&self) -> usize {
        self.parsed.layers.len().saturating_sub(1)
    }

    /// The packs that this one extends, the nearest first.
    pub(super) fn layers_above(&self) -> Vec<Layer> {
        let above = self.parsed.layers.iter().rev().skip(1);
        above.map(|layer| Layer { id: layer.id.clone(), edition: layer.edition.clone() }).collect()
    }

    /// The overrides of a target that count, in the order in which they are applied.
    pub(super) fn overriding(&self, target: Target, id: &str) -> Vec<Override<'n>> {
        let counts = |layer: usize| self.layered.as_in.is_none_or(|last| layer <= last);
        let of = |change: &&Override<'n>| change.target == target && change.id == id && counts(change.layer);
        self.layered.overrides.iter().filter(of).cloned().collect()
    }

    /// The literal that an override is in force. What it overrides holds before and after it, so
    /// that nothing ends with it.
    fn while_effective(&mut self, change: &Override<'n>) -> Lit {
        let bounds = self.effective(&change.fields);
        bounds.map_or(Lit::TRUE, |bounds| self.between(&bounds))
    }

    /// Compiles something without noting that its versions end.
    pub(super) fn without_endings<T>(&mut self, compile: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.endings.len();
        let compiled = compile(self);
        self.endings.truncate(count);
        compiled
    }

    /// Notes a change in words, once.
    pub(super) fn changed(&mut self, target: Text, old: Text, new: Text, basis: &[BasisId]) {
        if self.layered.as_in.is_none() {
            let basis = basis.to_vec();
            self.layered.changes.push(yichuang_engine::Override { target, old, new, basis });
        }
    }
}

impl Override<'_> {
    /// Where the override is, as its first key.
    pub(super) fn span(&self) -> Span {
        self.fields.span
    }

    /// Where the target is declared.
    pub(super) fn declared(&self) -> Span {
        self.declared
    }

    pub(super) fn layer(&self) -> usize {
        self.layer
    }
}

/// A text of a name between words.
pub(super) fn about(before: (&str, &str), name: &Text, after: (&str, &str)) -> Text {
    let english = if name.en.is_empty() { &name.zh } else { &name.en };
    Text { zh: format!("{}「{}」{}", before.0, name.zh, after.0), en: format!("{} `{english}`{}", before.1, after.1) }
}

/// A text in both languages.
pub(super) fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

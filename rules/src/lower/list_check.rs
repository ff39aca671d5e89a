//! 清单之外无审批: nothing may be asked for beyond what the packs above ask for, unless by law.
//!
//! What a pack adds to them — an item, a material, a need, a condition, a ground, a conflict, a
//! check of severity error, a fee — cites, in each of its versions, at least one basis that is
//! more than a default of the pack.

use yichuang_engine::{BasisId, Condition, Confidence, Text, Version};

use super::declare::Declared;
use super::overrides::both;
use super::{Lower, faults};
use crate::Span;

impl<'n> Lower<'n> {
    /// Notes what an entry adds to the packs above, if it stands below one; `bases` are those of
    /// its versions.
    pub(super) fn added(&mut self, span: Span, target: Text, detail: &Text, bases: &[&[BasisId]]) {
        if self.layer(span) == 0 {
            return;
        }
        if bases.iter().any(|basis| self.is_unlawful(basis)) {
            self.report(faults::outside_list(&target, span));
        }
        let new = match detail.zh.as_str() {
            "" => both("增加", "added"),
            zh => both(format!("增加：{zh}"), format!("added: {}", if detail.en.is_empty() { zh } else { &detail.en })),
        };
        let mut all: Vec<BasisId> = Vec::new();
        for basis in bases.iter().copied().flatten() {
            if !all.contains(basis) {
                all.push(*basis);
            }
        }
        self.changed(target, Text::default(), new, &all);
    }

    /// Notes an added entry with a basis of its own, or with those of its versions.
    pub(super) fn added_entry(&mut self, span: Span, target: Text, basis: &[BasisId], versions: &[Version]) {
        let own = std::iter::once(basis).filter(|_| versions.is_empty());
        let bases: Vec<&[BasisId]> = own.chain(versions.iter().map(|version| version.basis.as_slice())).collect();
        self.added(span, target, &Text::default(), &bases);
    }

    /// Notes an added ground or check, which has a condition for each version.
    pub(super) fn added_versions(&mut self, declared: &Declared<'n>, target: Text, conditions: &[Condition]) {
        let bases: Vec<&[BasisId]> = conditions.iter().map(|condition| condition.basis.as_slice()).collect();
        let message = self.message(&declared.fields);
        self.added(declared.span, target, &message, &bases);
    }

    /// Whether nothing but defaults of the pack are cited; a missing basis is its own fault.
    pub(super) fn is_unlawful(&self, basis: &[BasisId]) -> bool {
        let is_default =
            |id: &BasisId| self.bases.get(id.index()).is_some_and(|basis| basis.confidence == Confidence::PackDefault);
        !basis.is_empty() && basis.iter().all(is_default)
    }
}

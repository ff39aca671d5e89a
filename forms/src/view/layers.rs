//! What is otherwise here than in the packs that are extended.

use alloc::vec::Vec;

use super::{BasisView, Desk};
use crate::phrase::say;

/// A change against the packs that are extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideView {
    /// `材料「章程」：2 份 → 1 份`.
    pub text: alloc::string::String,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
}

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn overrides(&self) -> Vec<OverrideView> {
        let overrides = self.pack().overrides.iter();
        overrides
            .map(|change| {
                let (target, old, new) = (self.pick(&change.target), self.pick(&change.old), self.pick(&change.new));
                let text = match old {
                    "" => say!(self.lang, "{target}：{new}", "{target}: {new}"),
                    _ => say!(self.lang, "{target}：{old} → {new}", "{target}: {old} → {new}"),
                };
                OverrideView { text, basis: self.bases(&change.basis) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;

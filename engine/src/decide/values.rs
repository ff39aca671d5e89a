//! The values of the rules that are shown.

use alloc::vec::Vec;

use super::Desk;
use crate::{Derived, DerivedValue, ValueDecision};

impl Desk<'_> {
    /// What the shown rules give; what an open one hangs on counts as missing.
    pub(super) fn values(&mut self) -> Vec<ValueDecision> {
        let pack = self.pack;
        let shown = pack.rules.iter().enumerate().filter(|(_, rule)| rule.shown);
        shown
            .map(|(rule, declared)| {
                let value = match declared.result {
                    Derived::Condition(lit) => DerivedValue::Condition(self.finding(lit)),
                    Derived::Number(value) => DerivedValue::Number(self.quantity(value)),
                };
                ValueDecision { rule, value }
            })
            .collect()
    }
}

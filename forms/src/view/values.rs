//! What was computed: the values of the rules that are shown.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Cause, DerivedValue, Quantity, Version};

use super::{Desk, ValueView};
use crate::words::{cause_words, derived_value, value_in_words};

impl Desk<'_> {
    /// The computed values, the open ones with what they hang on; none before anything is answered.
    #[inline(never)]
    pub(super) fn values(&self) -> Vec<ValueView> {
        let values = self.decision().values.iter().filter(|_| !self.is_start());
        let view = values.filter_map(|decided| {
            let rule = self.pack().rules.get(decided.rule)?;
            // No row of a table matched: the value has nothing to do with this application.
            if matches!(decided.value, DerivedValue::Number(Quantity::CannotCompute(Cause::Empty))) {
                return None;
            }
            let text = match derived_value(rule, decided) {
                Some(value) => value_in_words(&rule.kind, &value, self.lang),
                None => self.open_value(&decided.value),
            };
            Some(ValueView {
                id: rule.id.clone(),
                name: self.text(&rule.name),
                text,
                basis: self.bases(Version::basis(&self.decision().run, &rule.versions, &rule.basis)),
            })
        });
        view.collect()
    }

    fn open_value(&self, value: &DerivedValue) -> String {
        match value {
            DerivedValue::Condition(finding) => self.open_words(finding),
            DerivedValue::Number(Quantity::Open { missing, .. }) => self.depends(missing),
            DerivedValue::Number(Quantity::CannotCompute(cause)) => cause_words(*cause, self.lang).to_string(),
            DerivedValue::Number(Quantity::Known(_)) => String::new(),
        }
    }
}

//! The values of the rules that are shown.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use yichuang_engine::{Cause, DerivedValue, FactId, Quantity, Rule, ValueDecision, Version};

use super::parts::{Bases, is_false};
use super::scribe::Scribe;
use super::tree::said;
use crate::json::Json;
use crate::words::{derived_value, value_in_words};

/// A derived value, or why there is none yet.
#[derive(Debug, Serialize)]
pub(super) struct Derived<'a> {
    id: &'a str,
    name: &'a str,
    /// Absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Json>,
    /// In words, with its unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    not_exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cannot_compute: Option<&'static str>,
    basis: Bases<'a>,
}

impl<'a> Scribe<'a> {
    #[inline(never)]
    pub(super) fn values(self) -> Vec<Derived<'a>> {
        let values = self.precheck.decision.values.iter();
        values.filter_map(|value| Some(self.derived(self.pack.rules.get(value.rule)?, value))).collect()
    }

    #[inline(never)]
    fn derived(self, rule: &'a Rule, decided: &'a ValueDecision) -> Derived<'a> {
        let value = derived_value(rule, decided);
        let (missing, exact, cannot_compute): (&[FactId], bool, Option<Cause>) = match &decided.value {
            DerivedValue::Condition(finding) => (&finding.missing, finding.exact, finding.cannot_compute),
            DerivedValue::Number(Quantity::Known(_)) => (&[], true, None),
            DerivedValue::Number(Quantity::Open { missing, exact }) => (missing, *exact, None),
            DerivedValue::Number(Quantity::CannotCompute(cause)) => (&[], true, Some(*cause)),
        };
        Derived {
            id: &rule.id,
            name: self.lang.pick(&rule.name),
            text: value.as_ref().map(|value| value_in_words(&rule.kind, value, self.lang)).unwrap_or_default(),
            value: value.and_then(|value| said(&rule.kind, &value)),
            missing: self.facts(missing),
            not_exact: !exact,
            cannot_compute: cannot_compute.map(Cause::code),
            basis: self.bases(Version::basis(&self.precheck.decision.run, &rule.versions, &rule.basis)),
        }
    }
}

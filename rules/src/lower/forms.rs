//! Forms: sections and fields bound to facts or values of the decision.

use std::collections::BTreeMap;

use yichuang_engine::Rule;
use yichuang_forms::{Field, FieldSource, FieldValue, Form, Section};

use super::keys::Fields;
use super::{Lower, faults};
use crate::{Node, Span};

const VALUES: &[(&str, &str, FieldValue)] = &[
    ("items", "事项", FieldValue::Items),
    ("materials", "材料", FieldValue::Materials),
    ("accepted_on", "受理日期", FieldValue::AcceptedOn),
    ("statutory_sum", "法定合计", FieldValue::StatutorySum),
    ("promised_days", "承诺时限", FieldValue::PromisedDays),
    ("promised_due", "承诺到期", FieldValue::PromisedDue),
    ("window", "窗口", FieldValue::Window),
    ("fee", "收费", FieldValue::Fee),
    ("authority", "机关", FieldValue::Authority),
    ("competent", "受理机关", FieldValue::Competent),
    ("co_authorities", "协办机关", FieldValue::CoAuthorities),
];

impl<'n> Lower<'n> {
    pub(super) fn lower_forms(&mut self, rules: &[Rule]) -> Vec<Form> {
        let mut forms = Vec::new();
        for declared in self.declarations("forms", &["id", "name", "sections", "signature", "sample"]) {
            let mut sections = Vec::new();
            let mut seen = BTreeMap::new();
            for node in self.required_list(&declared.fields, "sections") {
                if let Some(section) = self.form_section(node, rules, &mut seen) {
                    sections.push(section);
                }
            }
            let mut signatures = Vec::new();
            for node in self.list(declared.fields.get("signature")) {
                signatures.push(self.text(Some(node)));
            }
            let sample = self.flag(declared.fields.get("sample"));
            forms.push(Form { id: declared.id, name: declared.name, sample, sections, signatures });
        }
        forms
    }

    fn form_section(&mut self, node: &'n Node, rules: &[Rule], seen: &mut BTreeMap<String, Span>) -> Option<Section> {
        let fields = self.fields(node, &["title", "fields"])?;
        let title = self.required_text(&fields, "title");
        let mut found = Vec::new();
        for node in self.required_list(&fields, "fields") {
            let Some(field) = self.fields(node, &["id", "label", "fact", "value", "rule", "blank"]) else { continue };
            let Some((id, _)) = self.declared_id(&field, seen) else { continue };
            let label = self.required_text(&field, "label");
            if let Some(source) = self.field_source(&field, rules) {
                found.push(Field { id, label, source });
            }
        }
        Some(Section { title, fields: found })
    }

    fn field_source(&mut self, fields: &Fields<'n>, rules: &[Rule]) -> Option<FieldSource> {
        let before = self.diagnostics.len();
        let blank = self.flag(fields.get("blank"));
        let empty = ["fact", "value", "rule", "blank"]
            .iter()
            .any(|key| fields.entry(key).is_some() && fields.get(key).is_none());
        if empty || self.diagnostics.len() > before {
            return None;
        }
        match (fields.get("fact"), fields.get("value"), fields.get("rule"), blank) {
            (Some(fact), None, None, false) => self.fact_reference(fact).map(FieldSource::Fact),
            (None, Some(value), None, false) => self.choice(value, VALUES).map(FieldSource::Value),
            (None, None, Some(rule), false) => self.shown_rule(rule, rules).map(FieldSource::Rule),
            (None, None, None, true) => Some(FieldSource::Blank),
            _ => {
                let headline = ("每栏要写明内容从哪里来，只写一个", "a field states exactly one source");
                let help = (
                    "写「情形（fact）」「内容（value）」「算出（rule）」或「手填（blank）: 是」之一",
                    "write one of `fact`, `value`, `rule`, `blank: true`",
                );
                self.report(faults::exactly_one(headline, fields.span, help));
                None
            }
        }
    }

    /// The place of a rule, or of an output of a table, whose value is in the decision.
    fn shown_rule(&mut self, node: &'n Node, rules: &[Rule]) -> Option<u16> {
        let name = self.word(node)?;
        let is_named = |rule: &Rule| rule.id == name || rule.name.zh == name;
        match rules.iter().position(is_named) {
            Some(place) if rules.get(place).is_some_and(|rule| rule.shown) => return u16::try_from(place).ok(),
            Some(_) => self.report(faults::rule_not_shown(name, node.span)),
            None if self.lost.has(name) => {}
            None => {
                let known = rules.iter().flat_map(|rule| [rule.id.as_str(), rule.name.zh.as_str()]);
                self.report(faults::unknown_entry(("规则", "rule"), name, node.span, known));
            }
        }
        None
    }
}

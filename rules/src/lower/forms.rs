//! Forms: sections and fields bound to facts or values of the decision.

use std::collections::BTreeMap;

use yichuang_engine::{FactId, FactKind, Lit, Rule};
use yichuang_forms::{Autocomplete, Field, FieldCheck, FieldLook, FieldSource, FieldValue, Form, Section, Sheet};

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

/// What a browser may fill in by itself.
const AUTOCOMPLETE: &[(&str, &str, Autocomplete)] = &[
    ("off", "不填", Autocomplete::Off),
    ("name", "姓名", Autocomplete::Name),
    ("organization", "单位名称", Autocomplete::Organization),
    ("tel", "电话", Autocomplete::Telephone),
    ("postal-code", "邮政编码", Autocomplete::PostalCode),
    ("street-address", "街道地址", Autocomplete::StreetAddress),
    ("bday", "出生日期", Autocomplete::Birthday),
];

const FIELD: &[&str] = &[
    "id",
    "label",
    "hint",
    "fact",
    "value",
    "rule",
    "blank",
    "required",
    "when",
    "checks",
    "declaration",
    "autocomplete",
];

impl<'n> Lower<'n> {
    pub(super) fn lower_forms(&mut self, rules: &[Rule]) -> Vec<Form> {
        let mut forms = Vec::new();
        for declared in self.declarations("forms", &["id", "name", "authority", "sections", "signature", "sample"]) {
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
            let authority = self.optional_text(&declared.fields, "authority");
            let sheet = Sheet { name: declared.name, authority, sections, signatures };
            forms.push(Form { id: declared.id, sample, sheet });
        }
        forms
    }

    fn form_section(&mut self, node: &'n Node, rules: &[Rule], seen: &mut BTreeMap<String, Span>) -> Option<Section> {
        let fields = self.fields(node, &["title", "fields"])?;
        let title = self.required_text(&fields, "title");
        let mut found = Vec::new();
        for node in self.required_list(&fields, "fields") {
            let Some(fields) = self.fields(node, FIELD) else { continue };
            let Some((id, _)) = self.declared_id(&fields, seen) else { continue };
            let label = self.required_text(&fields, "label");
            if let Some(source) = self.field_source(&fields, rules) {
                found.push(self.form_field(&fields, Field { label, ..Field::new(&id, Default::default(), source) }));
            }
        }
        Some(Section { title, fields: found })
    }

    /// The rest of a field whose source is known.
    fn form_field(&mut self, fields: &Fields<'n>, mut field: Field) -> Field {
        field.hint = self.optional_text(fields, "hint");
        field.shown = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
        field.required = self.required_if(fields);
        for node in self.list(fields.get("checks")) {
            let Some(check) = self.fields(node, &["when", "message"]) else { continue };
            let failed = self.require(&check, "when").map_or(Lit::FALSE, |node| self.condition(node));
            field.checks.push(FieldCheck { failed, message: self.required_text(&check, "message") });
        }
        let declaration = self.flag(fields.get("declaration"));
        let autocomplete = fields.get("autocomplete").and_then(|node| self.choice(node, AUTOCOMPLETE));
        field.look = FieldLook { declaration, autocomplete: autocomplete.unwrap_or_default() };
        let is_yes_or_no = |id: &FactId| self.facts.get(id.index()).is_some_and(|fact| fact.kind == FactKind::Bool);
        if declaration && !matches!(&field.source, FieldSource::Fact(id) if is_yes_or_no(id)) {
            self.misplaced(fields, "declaration", ("取自是否情形的栏", "fields of a yes-or-no fact"));
        }
        if field.facts().is_empty() {
            for key in ["required", "checks", "hint", "autocomplete"] {
                self.misplaced(fields, key, ("取自情形的栏", "fields of facts"));
            }
        }
        field
    }

    fn misplaced(&mut self, fields: &Fields<'n>, key: &'static str, owner: (&'static str, &'static str)) {
        if let Some(entry) = fields.entry(key) {
            self.report(faults::key_of_other_type(key, entry.key_span, owner));
        }
    }

    /// When a field must be filled: always, unless it says 否 or a condition.
    fn required_if(&mut self, fields: &Fields<'n>) -> Lit {
        match fields.get("required") {
            None => Lit::TRUE,
            Some(node) => match node.text() {
                Some("是" | "真" | "true" | "yes") => Lit::TRUE,
                Some("否" | "假" | "false" | "no") => Lit::FALSE,
                _ => self.condition(node),
            },
        }
    }

    /// One fact, or a list of those that are filled in together.
    fn fact_source(&mut self, node: &'n Node) -> Option<FieldSource> {
        let Some(nodes) = node.items() else { return self.fact_reference(node).map(FieldSource::Fact) };
        let facts: Vec<Option<FactId>> = nodes.iter().map(|node| self.fact_reference(node)).collect();
        Some(FieldSource::Group(facts.into_iter().collect::<Option<Vec<FactId>>>()?))
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
            (Some(fact), None, None, false) => self.fact_source(fact),
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

//! Grounds, conflicts and checks: conditions with words.

use yichuang_engine::{BasisId, Check, CheckSeverity, Condition, Conflict, FactId, Ground, Lit, Text};

use super::keys::Fields;
use super::overrides::both;
use super::symbols::Symbol;
use super::versions::{Version, Whose};
use super::{Lower, faults};
use crate::Node;

impl<'n> Lower<'n> {
    pub(super) fn lower_grounds(&mut self, key: &'static str) -> Vec<Ground> {
        let allowed: &[&str] = match key {
            "not_competent" => &["id", "when", "message", "competent", "basis", "effective", "versions"],
            _ => &["id", "when", "message", "basis", "effective", "versions"],
        };
        let mut grounds = Vec::new();
        for declared in self.declarations(key, allowed) {
            let competent = match key {
                "not_competent" => self.required_text(&declared.fields, "competent"),
                _ => Text::default(),
            };
            let conditions = self.worded("ground", &declared.id, &declared.fields);
            let target = match key {
                "not_competent" => both("不予受理的情形", "ground of not_competent"),
                _ => both("不受理的情形", "ground of not_required"),
            };
            self.added_versions(&declared, target, &conditions);
            for condition in conditions {
                grounds.push(Ground { condition, competent: competent.clone() });
            }
        }
        if key == "not_competent" {
            grounds.append(&mut self.layered.turned_away);
        }
        grounds
    }

    /// A condition with `when`, `message`, `basis` and `effective` or `versions`: one for each
    /// version, of which one at most holds.
    fn worded(&mut self, what: &'static str, id: &str, fields: &Fields<'n>) -> Vec<Condition> {
        let name = self.message(fields);
        let versions = self.versions(Whose { what, id, name: &name }, fields, &["when", "message"], Lit::TRUE);
        let mut conditions = Vec::new();
        for Version { in_force, fields } in versions {
            let when = self.require(&fields, "when").map_or(Lit::FALSE, |node| self.condition(node));
            let holds = self.builder.all([in_force, when]);
            let (message, basis) = self.words(&fields);
            conditions.push(Condition { id: id.to_owned(), holds, message, basis });
        }
        conditions
    }

    /// The words of an entry, or of its last version, which stand for its name.
    pub(super) fn message(&mut self, fields: &Fields<'n>) -> Text {
        let keys: Vec<&str> = ["message"].iter().chain(super::keys::chinese("message")).copied().collect();
        let last = fields.get("versions").and_then(Node::items).and_then(|versions| versions.last());
        let node = fields.get("message").or_else(|| last?.get(&keys).map(|entry| &entry.value));
        super::read::plain_text(node)
    }

    fn words(&mut self, fields: &Fields<'n>) -> (Text, Vec<BasisId>) {
        (self.required_text(fields, "message"), self.required_basis(fields))
    }

    /// The conflicts and the literal that one of them applies; compiled once.
    pub(super) fn lower_conflicts(&mut self) -> (Vec<Conflict>, Lit) {
        if let Some(known) = &self.conflicts {
            return known.clone();
        }
        let mut conflicts = Vec::new();
        for declared in self.declarations("conflicts", &["id", "items", "message", "reopens", "basis", "effective"]) {
            let items = self.item_list(&declared.fields, "items");
            if let Some(node) = declared.fields.get("items").filter(|node| node.items().is_some_and(|n| n.len() == 1)) {
                self.report(faults::few_conflicting(node.span));
            }
            let name = self.message(&declared.fields);
            let whose = Whose { what: "conflict", id: &declared.id, name: &name };
            let mut lits = vec![self.in_force(whose, &declared.fields)];
            for item in &items {
                lits.push(self.selected(item.index()));
            }
            let holds = self.builder.all(lits);
            let (message, basis) = self.words(&declared.fields);
            self.added(declared.span, both("冲突", "conflict"), &message, &[&basis]);
            let reopens = self.require(&declared.fields, "reopens").and_then(|node| self.fact_reference(node));
            let condition = Condition { id: declared.id, holds, message, basis };
            conflicts.push(Conflict { condition, items, reopens: reopens.unwrap_or(FactId::new(0)) });
        }
        let holds: Vec<Lit> = conflicts.iter().map(|conflict| conflict.condition.holds).collect();
        let blocked = self.builder.any(holds);
        self.conflicts = Some((conflicts.clone(), blocked));
        (conflicts, blocked)
    }

    pub(super) fn lower_checks(&mut self) -> Vec<Check> {
        let allowed = ["id", "when", "severity", "message", "fact", "basis", "effective", "versions", "not_encoded"];
        let words = [
            ("error", "错误", CheckSeverity::Error),
            ("warning", "警告", CheckSeverity::Warning),
            ("notice", "提示", CheckSeverity::Notice),
        ];
        let mut checks = Vec::new();
        for declared in self.declarations("checks", &allowed) {
            let severity = self.require(&declared.fields, "severity").and_then(|node| self.choice(node, &words));
            let fact = declared.fields.get("fact").and_then(|node| self.fact_reference(node));
            let conditions = self.worded("check", &declared.id, &declared.fields);
            let name = self.message(&declared.fields);
            let fails = self.builder.any(conditions.iter().map(|condition| condition.holds));
            self.not_encoded(Whose { what: "check", id: &declared.id, name: &name }, &declared.fields, fails);
            if severity == Some(CheckSeverity::Error) {
                self.added_versions(&declared, both("核验", "check"), &conditions);
            }
            for condition in conditions {
                checks.push(Check { condition, severity: severity.unwrap_or(CheckSeverity::Error), fact });
            }
        }
        checks
    }

    /// A fact by id or name.
    pub(super) fn fact_reference(&mut self, node: &'n Node) -> Option<FactId> {
        let name = self.word(node)?;
        if let Some(Symbol::Fact(index)) = self.symbols.get(name).copied() {
            self.used.symbols.insert(Symbol::Fact(index));
            return Some(FactId::new(index));
        }
        if !self.lost.has(name) {
            let known = self.facts.iter().flat_map(|fact| [fact.id.as_str(), fact.name.zh.as_str()]);
            self.report(faults::unknown_entry(("情形", "fact"), name, node.span, known));
        }
        None
    }
}

//! Reading overrides and finding their targets.

use std::collections::BTreeMap;

use super::super::keys::{canonical, chinese};
use super::super::{Lower, faults};
use super::{Override, Target};
use crate::{Node, Span};

impl Target {
    const ALL: [Target; 5] = [Target::Param, Target::Item, Target::Material, Target::Fee, Target::Fact];

    /// The key that names the target.
    fn key(self) -> &'static str {
        match self {
            Target::Param => "param",
            Target::Item => "item",
            Target::Material => "material",
            Target::Fee => "fee",
            Target::Fact => "fact",
        }
    }

    /// The section in which it is declared.
    fn section(self) -> &'static str {
        match self {
            Target::Param => "params",
            Target::Item => "items",
            Target::Material => "materials",
            Target::Fee => "fees",
            Target::Fact => "facts",
        }
    }

    /// What can be changed of it.
    fn changes(self) -> &'static [&'static str] {
        match self {
            Target::Param => &["value", "values"],
            Target::Item => &["statutory", "not_offered", "added_conditions", "authority", "note"],
            Target::Material => &["waived", "originals", "copies", "copies_each", "deferrable", "added_items", "note"],
            Target::Fee => &["amount", "waived"],
            Target::Fact => &["question", "help", "why"],
        }
    }

    /// All keys of such an override.
    fn keys(self) -> Vec<&'static str> {
        let more: &[&str] = match self {
            Target::Item => &["competent", "message", "effective", "basis"],
            Target::Param | Target::Material | Target::Fee => &["effective", "basis"],
            Target::Fact => &["basis"],
        };
        std::iter::once(self.key()).chain(self.changes().iter().copied()).chain(more.iter().copied()).collect()
    }
}

/// Changes that hold from the first day to the last.
const UNDATED: &[&str] = &["originals", "copies", "copies_each", "deferrable", "note", "authority", "added_conditions"];

/// A declared thing that an override may mean.
struct Candidate<'n> {
    id: &'n str,
    names: [Option<&'n str>; 2],
    span: Span,
}

impl<'n> Lower<'n> {
    /// Reads all overrides; a faulty one is left out.
    pub(in crate::lower) fn read_overrides(&mut self) {
        let Some(entry) = self.top.get("overrides").copied() else { return };
        if self.parsed.layers.len() < 2 {
            self.report(faults::nothing_above(entry.key_span));
            return;
        }
        let mut seen: BTreeMap<(usize, Target, String, &'static str), Span> = BTreeMap::new();
        let section = self.section("overrides");
        for node in self.list(section) {
            let Some(change) = self.read_override(node) else { continue };
            let before = self.diagnostics.len();
            for key in change.target.changes() {
                let Some(entry) = change.fields.entry(key) else { continue };
                let id = (change.layer, change.target, change.id.clone(), *key);
                if let Some(first) = seen.insert(id, entry.key_span) {
                    self.report(faults::overridden_twice(key, entry.key_span, first, change.declared));
                }
            }
            if self.diagnostics.len() == before {
                self.layered.overrides.push(change);
            }
        }
    }

    fn read_override(&mut self, node: &'n Node) -> Option<Override<'n>> {
        let target = self.override_target(node)?;
        let fields = self.fields(node, &target.keys())?;
        let basis = self.required_basis(&fields);
        let changes = target.changes();
        if !changes.iter().any(|key| fields.entry(key).is_some()) {
            self.report(faults::no_change(fields.span, changes));
            return None;
        }
        let undated = UNDATED.iter().find_map(|key| Some((*key, fields.entry(key)?.key_span)));
        if let (Some(effective), Some((key, span))) = (fields.entry("effective"), undated) {
            self.report(faults::not_dated(key, effective.key_span, span));
        }
        let word = fields.get(target.key())?;
        let layer = self.layer(word.span);
        let (id, declared) = self.find_target(target, word, layer)?;
        Some(Override { target, id, declared, layer, fields, basis })
    }

    /// The one key that says what is overridden.
    fn override_target(&mut self, node: &'n Node) -> Option<Target> {
        let keys = Target::ALL.map(Target::key);
        let Some(entries) = node.entries() else {
            self.fields(node, &keys)?;
            return None;
        };
        let named = |target: &Target| entries.iter().any(|entry| canonical(&entry.key, &[target.key()]).is_some());
        let targets: Vec<Target> = Target::ALL.into_iter().filter(named).collect();
        if let [only] = targets.as_slice() {
            return Some(*only);
        }
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        self.report(faults::which_target(span));
        None
    }

    /// The id of the target and where it is declared, which must be in a pack above.
    fn find_target(&mut self, target: Target, node: &'n Node, layer: usize) -> Option<(String, Span)> {
        let word = self.word(node)?;
        let candidates = self.candidates(target);
        let meant = |candidate: &&Candidate<'n>| candidate.id == word || candidate.names.contains(&Some(word));
        let found = candidates.iter().filter(meant).min_by_key(|candidate| self.layer(candidate.span));
        let fault = match found {
            Some(found) if self.layer(found.span) < layer => return Some((found.id.to_owned(), found.span)),
            Some(found) => Some(faults::own_target(word, node.span, found.span)),
            None if self.lost.has(word) => None,
            None => {
                let above = candidates.iter().filter(|candidate| self.layer(candidate.span) < layer);
                let known = above.flat_map(|candidate| candidate.names.into_iter().flatten().chain([candidate.id]));
                let known: Vec<&str> = known.collect();
                Some(faults::no_target(target.key(), word, node.span, known))
            }
        };
        self.diagnostics.extend(fault);
        None
    }

    /// Everything of a kind that is declared, as it is written.
    fn candidates(&self, target: Target) -> Vec<Candidate<'n>> {
        let nodes = self.section(target.section()).and_then(Node::items).unwrap_or_default();
        let listed = nodes.iter().filter_map(|node| {
            let id = value(node, "id")?;
            let name = value(node, "name").and_then(|name| name.text().or_else(|| value(name, "zh")?.text()));
            let code = (target == Target::Item).then(|| value(node, "code")?.text()).flatten();
            Some(Candidate { id: id.text()?, names: [name, code], span: id.span })
        });
        let rows = self.parsed.sheets.values().filter(|_| target == Target::Material).flat_map(|(sheet, _)| {
            let (id, name) = (sheet.column(&["id", "标识"]), sheet.column(&["材料", "名称", "name"]));
            sheet.rows.iter().filter_map(move |row| {
                let id = row.get(id?)?;
                let name = name.and_then(|name| row.get(name)).map(|cell| cell.text.as_str());
                Some(Candidate { id: &id.text, names: [name, None], span: id.span })
            })
        });
        rows.chain(listed).collect()
    }
}

/// The value of a key in either language.
pub(super) fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let named = |entry: &&crate::Entry| entry.key == key || chinese(key).contains(&entry.key.as_str());
    node.entries()?.iter().find(named).map(|entry| &entry.value)
}

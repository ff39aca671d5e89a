//! Overrides of materials: fewer pieces, later, not at all; for more items only by law.

use yichuang_engine::{BasisId, ItemId, Lit, Text};

use super::super::declare::MaterialDecl;
use super::super::keys::Fields;
use super::super::{Lower, faults};
use super::pieces::effective_words;
use super::texts::text;
use super::{Override, Target, about, both};
use crate::{Node, Span};

/// The numbers of pieces, in both languages.
const PIECES: [(&str, &str, &str); 3] = [
    ("originals", "原件", "originals"),
    ("copies", "复印件", "copies"),
    ("copies_each", "每项复印件", "copies for each item"),
];

impl<'n> Lower<'n> {
    /// What does not depend on the date: pieces, whether it may come later, the note.
    pub(in crate::lower) fn override_materials(&mut self, materials: &mut [MaterialDecl<'n>]) {
        for material in materials {
            for change in self.overriding(Target::Material, &material.id) {
                self.override_pieces(material, &change);
                self.override_deferrable(material, &change);
                self.override_note(material, &change);
            }
        }
    }

    fn override_pieces(&mut self, material: &mut MaterialDecl<'n>, change: &Override<'n>) {
        let old = PIECES.map(|(key, ..)| self.pieces_of(material, key));
        let new = PIECES.map(|(key, ..)| change.fields.get(key).and_then(|node| self.count(node)));
        let left = old.iter().zip(&new).map(|(old, new)| u32::from(new.unwrap_or(*old))).sum::<u32>();
        let written = PIECES.iter().find_map(|(key, ..)| change.fields.get(key));
        if let Some(node) = written.filter(|_| left == 0) {
            self.report(faults::no_pieces_left(&material.name.zh, node.span, change.declared()));
            return;
        }
        for (((key, zh, en), old), new) in PIECES.into_iter().zip(old).zip(new) {
            let (Some(new), Some(entry)) = (new, change.fields.entry(key)) else { continue };
            if new == old {
                self.report(faults::changes_nothing(entry.value.span, change.declared()));
            } else if new > old {
                let (zh, en) = (format!("{old} 份"), format!("{old} pieces"));
                self.report(faults::stricter(entry.value.span, (zh, en), change.declared()));
            } else {
                let target = about(("材料", "material"), &material.name, (&format!("的{zh}"), &format!(", {en}")));
                let pieces = |count: u16| both(format!("{count} 份"), format!("{count}"));
                self.changed(target, pieces(old), pieces(new), &change.basis);
            }
            match (key, &mut material.row) {
                ("originals", Some(row)) => row.originals = new,
                ("copies", Some(row)) => row.copies = new,
                _ => material.fields.get_or_insert_with(|| Fields::none(change.span())).set(key, entry),
            }
        }
    }

    fn pieces_of(&mut self, material: &MaterialDecl<'n>, key: &str) -> u16 {
        match (key, &material.row, &material.fields) {
            ("originals", Some(row), _) => row.originals,
            ("copies", Some(row), _) => row.copies,
            (_, _, Some(fields)) => fields.get(key).and_then(|node| self.count(node)).unwrap_or(0),
            (_, _, None) => 0,
        }
    }

    fn override_deferrable(&mut self, material: &mut MaterialDecl<'n>, change: &Override<'n>) {
        let Some(entry) = change.fields.entry("deferrable").filter(|entry| !entry.value.is_absent()) else { return };
        let before = self.diagnostics.len();
        let new = self.flag(Some(&entry.value));
        let old = match (&material.row, &material.fields) {
            (Some(row), _) => row.deferrable,
            (None, fields) => self.flag(fields.as_ref().and_then(|fields| fields.get("deferrable"))),
        };
        if self.diagnostics.len() > before {
            return;
        }
        if new == old {
            self.report(faults::changes_nothing(entry.value.span, change.declared()));
        } else if !new {
            self.report(faults::stricter(entry.value.span, ("可以容缺", "it may come later"), change.declared()));
        } else {
            let target = about(("材料", "material"), &material.name, ("", ""));
            self.changed(target, both("不能容缺", "not later"), both("可以容缺", "may come later"), &change.basis);
        }
        match (&mut material.row, &mut material.fields) {
            (Some(row), _) => row.deferrable = new,
            (None, Some(fields)) => fields.set("deferrable", entry),
            (None, None) => {}
        }
    }

    fn override_note(&mut self, material: &mut MaterialDecl<'n>, change: &Override<'n>) {
        let Some(entry) = change.fields.entry("note") else { return };
        let listed = material.fields.as_ref().and_then(|fields| fields.get("note")).map(text);
        let old = listed.unwrap_or_else(|| {
            let zh = material.row.as_ref().map(|row| row.note.clone()).unwrap_or_default();
            Text { zh, en: String::new() }
        });
        if old == text(&entry.value) {
            self.report(faults::changes_nothing(entry.key_span, change.declared()));
        }
        material.fields.get_or_insert_with(|| Fields::none(change.span())).set("note", entry);
    }

    /// When nobody brings a material, and where that comes from.
    pub(in crate::lower) fn waived(&mut self, material: &MaterialDecl<'n>) -> (Lit, Vec<BasisId>) {
        let (mut waived, mut basis) = (Lit::FALSE, Vec::new());
        for change in self.overriding(Target::Material, &material.id) {
            let Some((node, lit)) = self.waiver(&change) else { continue };
            if lit == Lit::FALSE || waived == Lit::TRUE {
                self.report(faults::changes_nothing(node.span, change.declared()));
            }
            let target = about(("材料", "material"), &material.name, ("", ""));
            self.changed(
                target,
                both("要交", "asked for"),
                waiver_words(node, &change, ("免交", "waived")),
                &change.basis,
            );
            waived = self.builder.any([waived, lit]);
            basis.extend(change.basis.iter().copied().filter(|id| !basis.contains(id)).collect::<Vec<_>>());
        }
        (waived, basis)
    }

    /// The literal of `waived`, 是 or a condition, within `effective`.
    pub(super) fn waiver(&mut self, change: &Override<'n>) -> Option<(&'n Node, Lit)> {
        let node = change.fields.get("waived")?;
        let holds = match node.text() {
            Some("是" | "yes") => Lit::TRUE,
            Some("否" | "no") => Lit::FALSE,
            _ => self.condition(node),
        };
        let in_force = self.while_effective(change);
        Some((node, self.builder.all([in_force, holds])))
    }

    /// The items that need a material by an override and not by a pack above, and when.
    pub(in crate::lower) fn added_needs(
        &mut self,
        material: &MaterialDecl<'n>,
        known: &[(ItemId, bool)],
    ) -> Vec<(ItemId, Lit)> {
        let mut added: Vec<(ItemId, Lit)> = Vec::new();
        for change in self.overriding(Target::Material, &material.id) {
            let Some(entry) = change.fields.entry("added_items").filter(|entry| !entry.value.is_absent()) else {
                continue;
            };
            let in_force = self.while_effective(&change);
            for item in self.item_list(&change.fields, "added_items") {
                let is_known = known.iter().any(|(known, _)| *known == item) || added.iter().any(|(id, _)| *id == item);
                if is_known {
                    self.report(faults::changes_nothing(entry.value.span, change.declared()));
                    continue;
                }
                self.added_need(material, item, entry.value.span, &change.basis);
                added.push((item, in_force));
            }
        }
        added
    }

    fn added_need(&mut self, material: &MaterialDecl<'n>, item: ItemId, span: Span, basis: &[BasisId]) {
        let Some(name) = self.items.get(item.index()).map(|item| item.name.clone()) else { return };
        let needed = about(("材料", "material"), &material.name, ("", ""));
        let (zh, en) = (format!("{}用于", needed.zh), format!("{} for", needed.en));
        self.added(span, about((&zh, &en), &name, ("", "")), &Text::default(), &[basis]);
    }
}

/// `免交`, `免交，条件：…（自 2015-10-01）`.
pub(super) fn waiver_words(node: &Node, change: &Override<'_>, word: (&str, &str)) -> Text {
    let condition = match node.text().map(str::trim) {
        Some("是" | "yes" | "真" | "true") => Text::default(),
        Some(condition) => both(format!("，条件：{condition}"), format!(" if {condition}")),
        None => both("，有条件", " under a condition"),
    };
    let effective = effective_words(change.fields.get("effective"));
    both(format!("{}{}{}", word.0, condition.zh, effective.zh), format!("{}{}{}", word.1, condition.en, effective.en))
}

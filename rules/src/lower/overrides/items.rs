//! Overrides of items: not offered here, and what must hold besides, which only a law may add.

use std::collections::BTreeMap;

use yichuang_engine::{Condition, Ground, Lit};

use super::super::keys::Fields;
use super::super::{Lower, faults};
use super::pieces::effective_words;
use super::{Target, about, both};
use crate::Span;

impl<'n> Lower<'n> {
    /// When an item that is `wanted` is not offered here; whoever wants it is told who handles it.
    pub(in crate::lower) fn not_offered(&mut self, index: usize, wanted: Lit) -> Lit {
        let Some((id, name)) = self.items.get(index).map(|item| (item.id.clone(), item.name.clone())) else {
            return Lit::FALSE;
        };
        let mut closed = Lit::FALSE;
        for change in self.overriding(Target::Item, &id) {
            let Some(node) = change.fields.get("not_offered") else {
                self.needless(&change.fields);
                continue;
            };
            let competent = self.required_text(&change.fields, "competent");
            let message = self.required_text(&change.fields, "message");
            let in_force = self.while_effective(&change);
            if !self.flag(Some(node)) || closed == Lit::TRUE {
                self.report(faults::changes_nothing(node.span, change.declared()));
                continue;
            }
            let effective = effective_words(change.fields.get("effective"));
            let target = about(("事项", "item"), &name, ("", ""));
            let new = both(format!("这里不办{}", effective.zh), format!("not offered here{}", effective.en));
            self.changed(target, both("办理", "offered"), new, &change.basis);
            let holds = self.builder.all([wanted, in_force, !closed]);
            let condition = Condition { id: format!("not_offered.{id}"), holds, message, basis: change.basis.clone() };
            self.layered.turned_away.push(Ground { condition, competent });
            closed = self.builder.any([closed, in_force]);
        }
        closed
    }

    /// Words of `not_offered` without it.
    fn needless(&mut self, fields: &Fields<'n>) {
        if ["competent", "message"].iter().any(|key| fields.entry(key).is_some())
            && fields.entry("not_offered").is_none()
        {
            self.require(fields, "not_offered");
        }
    }

    /// The conditions that packs below add to an item.
    pub(in crate::lower) fn added_conditions(
        &mut self,
        (index, selected): (usize, Lit),
        seen: &mut BTreeMap<String, Span>,
    ) -> Vec<Condition> {
        let Some(id) = self.items.get(index).map(|item| item.id.clone()) else { return Vec::new() };
        let mut conditions = Vec::new();
        for change in self.overriding(Target::Item, &id) {
            let node = change.fields.get("added_conditions");
            conditions.extend(self.conditions((index, selected), node, &change.basis, seen));
        }
        conditions
    }
}

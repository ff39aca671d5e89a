//! Overrides of numbers: statutory periods, which only become shorter, and params.

use yichuang_engine::{Dated, Formula, Lit, Operand};

use super::super::keys::Fields;
use super::super::number::Num;
use super::super::versions::Whose;
use super::super::{Lower, faults};
use super::pieces::{Compared, Piece, compare, flat, pieces, within, words};
use super::{Override, Target, about};
use crate::{Node, Span};

/// In which direction a param may be changed by packs below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Lowering,
    Raising,
}

const DAYS: (&str, &str) = (" 个工作日", " workdays");

impl<'n> Lower<'n> {
    /// The statutory periods of an item after all overrides; the first in force counts.
    pub(in crate::lower) fn override_statutory(
        &mut self,
        index: usize,
        node: &'n Node,
        mut versions: Vec<Dated>,
    ) -> Vec<Dated> {
        let Some((id, name)) = self.items.get(index).map(|item| (item.id.clone(), item.name.clone())) else {
            return versions;
        };
        let mut old = pieces(node, "days");
        for change in self.overriding(Target::Item, &id) {
            let Some(node) = change.fields.get("statutory") else { continue };
            self.layered.statutory.entry((index, change.layer())).or_insert_with(|| versions.clone());
            let new = pieces(node, "days").and_then(|new| within(new, change.fields.get("effective")));
            if let (Some(new), Some(old)) = (&new, &old) {
                let target = about(("事项", "item"), &name, ("的法定时限", ", statutory period"));
                let places = (node.span, change.declared());
                match compare(new, old, |new, old| new > old) {
                    Compared::Same => self.report(faults::changes_nothing(places.0, places.1)),
                    Compared::Worse => {
                        let old = words(old, DAYS);
                        self.report(faults::stricter(places.0, (old.zh, old.en), places.1));
                    }
                    Compared::Otherwise => self.changed(target, words(old, DAYS), words(new, DAYS), &change.basis),
                }
            }
            let in_force = self.while_effective(&change);
            let whose = Whose { what: "statutory", id: &id, name: &name };
            let basis = &change.basis;
            let newer = self.without_endings(|lower| lower.dated(whose, node, "days", basis, Lit::TRUE));
            versions = self.over(newer, in_force, versions);
            old = old.zip(new).map(|(old, new)| flat(&[new, old].concat()));
            self.end_with("statutory", &id, old.as_deref());
        }
        versions
    }

    /// What has a version overridden ends with the last of all numbers.
    fn end_with(&mut self, what: &str, id: &str, numbers: Option<&[Piece<'_>]>) {
        let last = numbers.filter(|_| self.layered.as_in.is_none()).and_then(<[Piece<'_>]>::last);
        let Some(last) = last else { return };
        match last.to() {
            Some(to) => {
                let mut endings = self.endings.iter_mut();
                if let Some(ending) = endings.find(|ending| ending.what == what && ending.id == id) {
                    ending.to = to;
                }
            }
            None => self.endings.retain(|ending| ending.what != what || ending.id != id),
        }
    }

    /// Newer versions, while they are in force, before the older ones.
    fn over(&mut self, mut newer: Vec<Dated>, in_force: Lit, older: Vec<Dated>) -> Vec<Dated> {
        for dated in &mut newer {
            dated.in_force = self.builder.all([in_force, dated.in_force]);
        }
        if newer.iter().all(|dated| dated.in_force != Lit::TRUE) {
            newer.extend(older);
        }
        newer
    }

    /// The statutory periods of an item as they are in the pack that is asked for.
    pub(in crate::lower) fn statutory_as_in(&self, index: usize, own: Vec<Dated>) -> Vec<Dated> {
        let Some(last) = self.layered.as_in else { return own };
        let mut below = self.layered.statutory.range((index, last + 1)..=(index, usize::MAX));
        below.next().map_or(own, |(_, versions)| versions.clone())
    }

    /// The number of a param after all overrides.
    pub(in crate::lower) fn override_param(&mut self, index: usize, mut number: Num, is_date: bool) -> Num {
        let Some(param) = self.params.get(index).cloned() else { return number };
        let value = |fields: &Fields<'n>| fields.get("value").or_else(|| fields.get("values"));
        let mut old = value(&param.fields).and_then(|node| pieces(node, "value"));
        let direction = self.direction(&param.fields);
        let unit = param.fields.get("unit").and_then(Node::text).map_or_else(String::new, |unit| format!(" {unit}"));
        for change in self.overriding(Target::Param, &param.id) {
            let Some(node) = value(&change.fields) else { continue };
            // What is of another type is reported where it is read, and compares with nothing.
            let new = pieces(node, "value").filter(|new| new.iter().all(|piece| piece.is_date() == is_date));
            let new = new.and_then(|new| within(new, change.fields.get("effective")));
            if let (Some(new), Some(old)) = (&new, &old) {
                let places = (node.span, change.declared());
                if self.param_fits(direction, new, old, places, &change, &unit) {
                    let target = about(("参数", "param"), &param.name, ("", ""));
                    self.changed(target, words(old, (&unit, &unit)), words(new, (&unit, &unit)), &change.basis);
                }
            }
            let whose = Whose { what: "param", id: &param.id, name: &param.name };
            number = self.without_endings(|lower| lower.param_over(whose, &change, number, is_date));
            old = old.zip(new).map(|(old, new)| flat(&[new, old].concat()));
            self.end_with("param", &param.id, old.as_deref());
        }
        number
    }

    fn direction(&mut self, fields: &Fields<'n>) -> Option<Direction> {
        let words = [("lowering", "减小", Direction::Lowering), ("raising", "增大", Direction::Raising)];
        fields.get("relaxed_by").and_then(|node| self.choice(node, &words))
    }

    /// Whether a param is changed, and in the direction that its pack allows; where that is not
    /// said, nobody knows whom a change burdens, so that it needs a basis of law.
    fn param_fits(
        &mut self,
        direction: Option<Direction>,
        new: &[Piece<'_>],
        old: &[Piece<'_>],
        places: (Span, Span),
        change: &Override<'n>,
        unit: &str,
    ) -> bool {
        let worse = |new: i128, old: i128| match direction {
            Some(Direction::Lowering) => new > old,
            Some(Direction::Raising) => new < old,
            None => false,
        };
        match compare(new, old, worse) {
            Compared::Same => self.report(faults::changes_nothing(places.0, places.1)),
            Compared::Worse => {
                let way = match (direction, old.iter().any(Piece::is_date)) {
                    (Some(Direction::Lowering), false) => ("调低", "lowered"),
                    (Some(Direction::Lowering), true) => ("提前", "made earlier"),
                    (_, false) => ("调高", "raised"),
                    (_, true) => ("推后", "made later"),
                };
                let old = words(old, (unit, unit));
                self.report(faults::param_stricter(places.0, &old, way, places.1));
            }
            Compared::Otherwise if direction.is_none() && self.is_unlawful(&change.basis) => {
                self.report(faults::unknown_direction(places.0, places.1));
            }
            Compared::Otherwise => return true,
        }
        false
    }

    /// The number of an override while it is in force, else the number above.
    fn param_over(&mut self, whose: Whose<'_>, change: &Override<'n>, above: Num, is_date: bool) -> Num {
        let in_force = self.while_effective(change);
        let Some((values, places)) = self.param_values(whose, &change.fields, change.span(), &change.basis, is_date)
        else {
            return above;
        };
        let mut number = above;
        for (when, value) in values.into_iter().rev() {
            let own = Num { of: Operand::Number(value), places, by: None, unit: number.unit.clone() };
            let when = self.builder.all([in_force, when]);
            let Some((own, other, unit)) = self.aligned(own, number.clone(), [change.span(); 2]) else { return number };
            let of = match when {
                Lit::TRUE => own.of,
                when => Operand::Value(self.builder.value(Formula::Choose(when, own.of, other.of))),
            };
            number = Num { of, places: own.places, by: None, unit };
        }
        number
    }
}

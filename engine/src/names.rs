//! What the tables of a pack call its literals.

use alloc::vec::Vec;

use crate::{Derived, ItemId, Lit, MaterialId, MaterialState, Pack, Verdict};

/// What a literal stands for; lists and their entries are named by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A rule.
    Rule(usize),
    /// The item is applied for.
    Selected(ItemId),
    /// A condition of the item is met.
    Condition(ItemId, usize),
    /// The item is applied for and can be granted.
    Eligible(ItemId),
    /// The item can be granted, and no conflict stands in the way.
    Going(ItemId),
    /// A ground 不受理 applies.
    NotRequired(usize),
    /// A ground 不予受理 applies.
    NotCompetent(usize),
    /// A conflict applies.
    Conflict(usize),
    /// Some conflict applies.
    Blocked,
    /// A check fails.
    Check(usize),
    /// A certificate is issued.
    Certificate(usize),
    /// Some item needs the material.
    Needed(MaterialId),
    /// The material is produced within the same application.
    WaivedInternal(MaterialId),
    /// The authority fetches the material.
    WaivedShared(MaterialId),
    /// The material is brought.
    Required(MaterialId),
    /// The material takes one of its forms.
    Variant(MaterialId, usize),
    /// The material is brought, and this is said of it.
    State(MaterialId, MaterialState),
    /// A fee is charged.
    Fee(usize),
    /// Some required material is missing.
    SomeMissing,
    /// A missing material may not be handed in later.
    MainMissing,
    /// More materials are missing than may be.
    TooManyMissing,
    /// The applicant is excluded from tolerance.
    Excluded,
    /// Acceptance with materials missing is allowed.
    Tolerated,
    /// The verdict is this one.
    Verdict(Verdict),
}

impl Named {
    fn material(self) -> Option<MaterialId> {
        match self {
            Named::Needed(id)
            | Named::WaivedInternal(id)
            | Named::WaivedShared(id)
            | Named::Required(id)
            | Named::Variant(id, _)
            | Named::State(id, _) => Some(id),
            _ => None,
        }
    }
}

/// All that has a name in a pack: rules first, then items, and so on down to the verdict.
#[must_use]
pub fn named(pack: &Pack) -> Vec<(Named, Derived)> {
    let rules = pack.rules.iter().enumerate();
    let mut all: Vec<(Named, Derived)> = rules.map(|(place, rule)| (Named::Rule(place), rule.result)).collect();
    let mut add = |name, lit| all.push((name, Derived::Condition(lit)));
    items(pack, &mut add);
    for (place, conflict) in pack.conflicts.iter().enumerate() {
        add(Named::Conflict(place), conflict.condition.holds);
    }
    add(Named::Blocked, pack.blocked);
    for (place, ground) in pack.not_required.iter().enumerate() {
        add(Named::NotRequired(place), ground.condition.holds);
    }
    for (place, ground) in pack.not_competent.iter().enumerate() {
        add(Named::NotCompetent(place), ground.condition.holds);
    }
    for (place, check) in pack.checks.iter().enumerate() {
        add(Named::Check(place), check.condition.holds);
    }
    materials(pack, &mut add);
    for (place, certificate) in pack.certificates.iter().enumerate() {
        add(Named::Certificate(place), certificate.issued);
    }
    for (place, fee) in pack.fees.iter().enumerate() {
        add(Named::Fee(place), fee.when);
    }
    if let Some(tolerance) = &pack.tolerance {
        add(Named::SomeMissing, tolerance.open);
        add(Named::MainMissing, tolerance.main_missing);
        add(Named::TooManyMissing, tolerance.too_many);
        add(Named::Excluded, tolerance.excluded);
        add(Named::Tolerated, tolerance.allowed);
    }
    add(Named::Verdict(Verdict::Refused), pack.verdict.refused);
    add(Named::Verdict(Verdict::NotNeeded), pack.verdict.not_needed);
    add(Named::Verdict(Verdict::Correctable), pack.verdict.correctable);
    add(Named::Verdict(Verdict::Ready), pack.verdict.ready);
    all
}

fn items(pack: &Pack, add: &mut dyn FnMut(Named, Lit)) {
    for (place, item) in pack.items.iter().enumerate() {
        add(Named::Selected(ItemId::new(place)), item.selected);
    }
    for (place, item) in pack.items.iter().enumerate() {
        let id = ItemId::new(place);
        for (place, condition) in item.conditions.iter().enumerate() {
            add(Named::Condition(id, place), condition.holds);
        }
        add(Named::Eligible(id), item.eligible);
    }
    for (place, item) in pack.items.iter().enumerate() {
        add(Named::Going(ItemId::new(place)), item.going);
    }
}

fn materials(pack: &Pack, add: &mut dyn FnMut(Named, Lit)) {
    for (place, material) in pack.materials.iter().enumerate() {
        let id = MaterialId::new(place);
        add(Named::Needed(id), material.needed);
        add(Named::WaivedInternal(id), material.waived_internal);
        add(Named::WaivedShared(id), material.waived_shared);
        add(Named::Required(id), material.required);
        add(Named::State(id, MaterialState::Provided), material.provided);
        add(Named::State(id, MaterialState::Missing), material.missing);
        add(Named::State(id, MaterialState::Defective), material.defective);
        for (place, variant) in material.variants.iter().enumerate() {
            add(Named::Variant(id, place), variant.when);
        }
    }
}

/// The names of the literals of a pack. Where equal conditions are one literal, it is called by the
/// first of its names; those of what the question is about go before all.
#[derive(Debug)]
pub(crate) struct Names {
    all: Vec<(Named, Derived)>,
    about: Option<Named>,
}

impl Names {
    pub(crate) fn of(pack: &Pack, about: Option<Named>) -> Names {
        Names { all: named(pack), about }
    }

    /// The name of a literal; the constants have none.
    pub(crate) fn get(&self, lit: Lit) -> Option<Named> {
        let names = self.all.iter().filter(|(_, of)| lit.node() > 0 && *of == Derived::Condition(lit));
        let material = self.about.and_then(Named::material);
        let rank = |name: Named| match self.about {
            about if about == Some(name) => 0,
            _ if material.is_some() && material == name.material() => 1,
            _ => 2,
        };
        names.map(|(name, _)| *name).min_by_key(|name| rank(*name))
    }

    /// Whether the literal is worth a part of its own within a gate of its kind. That some item
    /// needs another paper is said of a part of such a list by chance.
    pub(crate) fn stands_out(&self, lit: Lit) -> bool {
        !matches!(self.get(lit), None | Some(Named::Needed(_) | Named::Certificate(_) | Named::SomeMissing))
            || self.get(!lit).is_some()
    }
}

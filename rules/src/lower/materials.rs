//! Materials: who needs what when, what the sheet says and what the list adds.

use std::collections::{BTreeMap, BTreeSet};

use yichuang_engine::{
    Atom, BasisId, Fact, FactId, FactKind, Item, ItemId, Lit, Material, Need, Text, Variant, Version as VersionBasis,
};

use super::declare::MaterialDecl;
use super::keys::Fields;
use super::overrides::about;
use super::versions::Whose;
use super::{Lower, faults};

const STATES: [u16; 3] = [0, 1, 2];

/// When a material is needed, and when it need not be brought.
struct Waivers {
    needs: Vec<Need>,
    needed: Lit,
    waived_local: Lit,
    waived_basis: Vec<BasisId>,
    produced_by: Option<ItemId>,
    waived_internal: Lit,
    waived_shared: Lit,
    required: Lit,
    versions: Vec<VersionBasis>,
}

impl<'n> Lower<'n> {
    pub(super) fn lower_materials(&mut self, items: &[Item]) -> Vec<Material> {
        let declared = std::mem::take(&mut self.materials);
        let materials: Vec<Material> =
            declared.iter().filter_map(|material| self.lower_material(material, items)).collect();
        self.check_production(&declared, &materials);
        self.check_columns(items, &materials);
        self.materials = declared;
        materials
    }

    fn lower_material(&mut self, declared: &MaterialDecl<'n>, items: &[Item]) -> Option<Material> {
        let fields = declared.fields.as_ref();
        let row = declared.row.clone().unwrap_or_default();
        let basis = match (&declared.row, fields) {
            (None, Some(fields)) => self.own_basis(fields),
            _ => row.basis,
        };
        let waivers = self.waivers(declared, items, &basis);
        if let Some(fields) = fields {
            let whose = Whose { what: "material", id: &declared.id, name: &declared.name };
            self.not_encoded(whose, fields, waivers.needed);
        }
        let state = self.state_fact(&declared.id)?;
        let [provided, missing, defective] = STATES.map(|option| self.builder.atom(Atom::Is(state, option)));
        let required = waivers.required;
        let copies_each = fields.and_then(|fields| fields.get("copies_each")).and_then(|node| self.count(node));
        let (originals, copies) = self.counted(declared, copies_each.is_some_and(|copies| copies > 0));
        let note = fields.map(|fields| self.optional_text(fields, "note")).unwrap_or_default();
        let flag = |lower: &mut Self, key: &str| lower.flag(fields.and_then(|fields| fields.get(key)));
        Some(Material {
            id: declared.id.clone(),
            name: declared.name.clone(),
            note: if note.zh.is_empty() { Text { zh: row.note, en: String::new() } } else { note },
            originals,
            copies,
            copies_each: copies_each.unwrap_or(0),
            show_original: row.show_original || flag(self, "show_original"),
            deferrable: row.deferrable || flag(self, "deferrable"),
            needs: waivers.needs,
            needed: waivers.needed,
            waived_local: waivers.waived_local,
            waived_basis: waivers.waived_basis,
            produced_by: waivers.produced_by,
            waived_internal: waivers.waived_internal,
            waived_shared: waivers.waived_shared,
            required,
            variants: self.variants(fields, required),
            state,
            provided: self.builder.all([required, provided]),
            missing: self.builder.all([required, missing]),
            defective: self.builder.all([required, defective]),
            basis,
            versions: waivers.versions,
        })
    }

    fn state_fact(&self, material: &str) -> Option<FactId> {
        let id = format!("materials.{material}");
        self.facts.iter().position(|fact| fact.id == id).map(FactId::new)
    }

    fn waivers(&mut self, declared: &MaterialDecl<'n>, items: &[Item], basis: &[BasisId]) -> Waivers {
        let fields = declared.fields.as_ref();
        let (when, in_force, versions) = self.material_conditions(declared, fields);
        self.added_entry(declared.span, about(("材料", "material"), &declared.name, ("", "")), basis, &versions);
        let needed_by = self.needed_by(declared);
        let added = self.added_needs(declared, &needed_by);
        let listed = needed_by.into_iter().map(|(item, always)| (item, if always { Lit::TRUE } else { when }));
        let mut needs: Vec<Need> = Vec::new();
        for (item, when) in listed.chain(added) {
            let going = items.get(item.index()).map_or(Lit::FALSE, |item| item.going);
            needs.push(Need { item, when: self.builder.all([going, in_force, when]) });
        }
        let (waived_local, waived_basis) = self.spare(declared, &mut needs);
        let lits: Vec<Lit> = needs.iter().map(|need| need.when).collect();
        let needed = self.builder.any(lits);
        let produced_by =
            fields.and_then(|fields| fields.get("produced_by")).and_then(|node| self.item_reference(node));
        let produced = produced_by.and_then(|item| items.get(item.index())).map_or(Lit::FALSE, |item| item.going);
        let shared = fields.and_then(|fields| fields.get("shared_if")).map_or(Lit::FALSE, |node| self.condition(node));
        Waivers {
            needs,
            needed,
            waived_local,
            waived_basis,
            produced_by,
            waived_internal: self.builder.all([needed, produced]),
            waived_shared: self.builder.all([needed, !produced, shared]),
            required: self.builder.all([needed, !produced, !shared]),
            versions,
        }
    }

    /// Takes back the needs of a material while it is waived; whether that spares anybody it.
    fn spare(&mut self, declared: &MaterialDecl<'n>, needs: &mut [Need]) -> (Lit, Vec<BasisId>) {
        let (waived, basis) = self.waived(declared);
        let lits: Vec<Lit> = needs.iter().map(|need| need.when).collect();
        let needed = self.builder.any(lits);
        for need in needs {
            need.when = self.builder.all([need.when, !waived]);
        }
        (self.builder.all([needed, waived]), basis)
    }

    /// The condition for `○`, that the material is in force, and where its versions come from.
    fn material_conditions(
        &mut self,
        declared: &MaterialDecl<'n>,
        fields: Option<&Fields<'n>>,
    ) -> (Lit, Lit, Vec<VersionBasis>) {
        let whose = Whose { what: "material", id: &declared.id, name: &declared.name };
        let versions = fields.map(|fields| self.versions(whose, fields, &["when"], Lit::TRUE)).unwrap_or_default();
        let written = |key: &str| versions.iter().any(|version| version.fields.entry(key).is_some());
        let when = versions.iter().find_map(|version| version.fields.get("when"));
        if let Some(row) = &declared.row {
            let conditional = row.cells.iter().find(|(_, always, _)| !always);
            let (name, id) = (&declared.name.zh, &declared.id);
            match (conditional, when) {
                (Some((_, _, span)), None)
                    if !row.incomplete && !self.lost.section && !written("produced_by") && !written("when") =>
                {
                    self.report(faults::mark_without_condition(name, id, *span));
                }
                (None, Some(node)) if !row.incomplete && !self.sheet_lost => {
                    self.report(faults::condition_without_mark(name, id, node.span));
                }
                _ => {}
            }
        }
        let Some(fields) = fields else { return (Lit::TRUE, Lit::TRUE, Vec::new()) };
        let in_force = self.builder.any(versions.iter().map(|version| version.in_force));
        let mut holding = Vec::new();
        for version in &versions {
            let when = version.fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            holding.push((version.in_force, when));
        }
        let when = match holding.as_slice() {
            [(_, when)] => *when,
            _ => self.in_some_version(holding),
        };
        (when, in_force, self.version_bases(fields, &versions))
    }

    fn needed_by(&mut self, declared: &MaterialDecl<'n>) -> Vec<(ItemId, bool)> {
        if let Some(row) = &declared.row {
            if row.cells.is_empty() && !row.incomplete {
                self.warnings.push(faults::unneeded_material(&declared.name.zh, declared.span));
            }
            return row.cells.iter().map(|(item, always, _)| (ItemId::new(*item), *always)).collect();
        }
        match &declared.fields {
            Some(fields) => self.item_list(fields, "needed_by").into_iter().map(|item| (item, false)).collect(),
            None => Vec::new(),
        }
    }

    /// The numbers of originals and copies; unless each item takes copies, one of them is stated.
    fn counted(&mut self, declared: &MaterialDecl<'n>, each: bool) -> (u16, u16) {
        let none = || faults::no_pieces(&declared.name.zh, &declared.id, declared.span);
        let (None, Some(fields)) = (&declared.row, &declared.fields) else {
            let Some(row) = &declared.row else { return (0, 0) };
            if row.pieceless && !each {
                self.report(none());
            }
            return (row.originals, row.copies);
        };
        let [originals, copies] = ["originals", "copies"].map(|key| match fields.get(key) {
            Some(node) => self.count(node),
            None => (fields.entry(key).is_none()).then_some(0),
        });
        if (originals, copies) == (Some(0), Some(0)) && !each {
            self.report(none());
        }
        (originals.unwrap_or(0), copies.unwrap_or(0))
    }

    fn variants(&mut self, fields: Option<&Fields<'n>>, required: Lit) -> Vec<Variant> {
        let list = fields.and_then(|fields| fields.entry("variants"));
        let nodes = self.list(fields.and_then(|fields| fields.get("variants")));
        let mut earlier: Vec<Lit> = Vec::new();
        let mut variants = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let Some(fields) = self.fields(node, &["when", "name", "note"]) else { continue };
            if let Some(list) = list.filter(|_| fields.entry("when").is_none() && index + 1 < nodes.len()) {
                self.report(faults::unreachable_variant(fields.span, list.key_span));
            }
            let holds = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let mut lits = vec![required, holds];
            lits.extend(earlier.iter().map(|lit| !*lit));
            let when = self.builder.all(lits);
            earlier.push(holds);
            variants.push(Variant {
                when,
                name: self.required_text(&fields, "name"),
                note: self.optional_text(&fields, "note"),
            });
        }
        variants
    }

    /// With a matrix, an item needs a material or at least a column of its own: a column that was
    /// deleted by mistake would make the item complete without any material.
    fn check_columns(&mut self, items: &[Item], materials: &[Material]) {
        let Some(matrix) = self.top.get("material_matrix").map(|entry| entry.value.span) else { return };
        let Some(columns) = self.item_columns.take().filter(|_| !self.materials_doubtful()) else { return };
        let needing: BTreeSet<ItemId> =
            materials.iter().flat_map(|material| &material.needs).map(|need| need.item).collect();
        for (index, item) in items.iter().enumerate() {
            if needing.contains(&ItemId::new(index)) || self.never_settled(item) {
                continue;
            }
            match columns.get(&ItemId::new(index)) {
                Some(header) => self.warnings.push(faults::no_materials(&item.name.zh, *header)),
                None => {
                    let span = self.items.get(index).map_or(matrix, |declared| declared.span);
                    self.report(faults::item_without_column(&item.name.zh, span, matrix));
                }
            }
        }
    }

    /// Something of the materials could not be read, so that it is not known who needs them.
    fn materials_doubtful(&self) -> bool {
        let listed = self.section("materials").map(|node| node.span.source);
        let faulty = |fault: &crate::Diagnostic| fault.span.is_some_and(|span| Some(span.source) == listed);
        self.sheet_lost || self.lost.section || self.lost.code || self.diagnostics.iter().any(faulty)
    }

    /// Whether the item can never go on here: a condition of it is never met, or is nothing but a
    /// yes-no fact that is never asked, which leaves everything to the window.
    fn never_settled(&mut self, item: &Item) -> bool {
        let unasked = |(_, fact): &(usize, &Fact)| fact.ask_if == Lit::FALSE && fact.kind == FactKind::Bool;
        let unasked: Vec<usize> = self.facts.iter().enumerate().filter(unasked).map(|(index, _)| index).collect();
        let lits: Vec<Lit> =
            unasked.into_iter().map(|index| self.builder.atom(Atom::Holds(FactId::new(index)))).collect();
        item.going == Lit::FALSE || item.conditions.iter().any(|condition| lits.contains(&condition.holds))
    }

    /// No item may need, directly or through others, what it produces itself.
    fn check_production(&mut self, declared: &[MaterialDecl<'n>], materials: &[Material]) {
        let mut before: BTreeMap<ItemId, BTreeSet<ItemId>> = BTreeMap::new();
        for material in materials {
            if let Some(producer) = material.produced_by {
                let needing = material.needs.iter().map(|need| need.item);
                before.entry(producer).or_default().extend(needing);
            }
        }
        for (material, declared) in materials.iter().zip(declared) {
            let node = declared.fields.as_ref().and_then(|fields| fields.get("produced_by"));
            if let (Some(producer), Some(node)) = (material.produced_by, node)
                && material.needs.iter().any(|need| reaches(&before, need.item, producer))
            {
                let item = self.items.get(producer.index()).map_or_else(String::new, |item| item.name.zh.clone());
                self.report(faults::material_circle(&material.name.zh, &item, node.span));
            }
        }
    }
}

/// Whether what `from` produces is needed, directly or through others, for `to`.
fn reaches(before: &BTreeMap<ItemId, BTreeSet<ItemId>>, from: ItemId, to: ItemId) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(item) = open.pop() {
        if item == to {
            return true;
        }
        if seen.insert(item) {
            open.extend(before.get(&item).into_iter().flatten());
        }
    }
    false
}

//! Items, certificates and the numbers summed over items.

use std::collections::BTreeMap;

use yichuang_engine::{BasisId, Certificate, Condition, Dated, Formula, Item, ItemId, Lit, Operand, Text};

use super::keys::Fields;
use super::overrides::about;
use super::symbols::{Definition, Symbol};
use super::versions::{Version, Whose};
use super::{Lower, faults};
use crate::{Node, Span};

const CONDITION: &[&str] = &["id", "when", "message", "basis", "effective", "versions", "not_encoded"];

/// Words for a period that the law does not state.
const NONE: &[&str] = &["无", "none"];

/// What is compiled of an item when it is first needed.
#[derive(Clone, Debug)]
pub(super) struct ItemParts {
    conditions: Vec<Condition>,
    eligible: Lit,
    statutory: Vec<Dated>,
    basis: Vec<BasisId>,
}

impl<'n> Lower<'n> {
    pub(super) fn define_item(&mut self, index: usize) -> Definition {
        let Some(item) = self.items.get(index).cloned() else { return Definition::Faulty };
        let whose = Whose { what: "item", id: &item.id, name: &item.name };
        let versions = self.versions(whose, &item.fields, &["selected"], Lit::TRUE);
        let mut selected = Vec::new();
        for version in &versions {
            let Some(node) = self.require(&version.fields, "selected") else { return Definition::Faulty };
            selected.push((version.in_force, self.condition(node)));
        }
        let bases = self.version_bases(&item.fields, &versions);
        self.item_versions.insert(index, bases);
        let wanted = self.in_some_version(selected);
        let closed = self.not_offered(index, wanted);
        Definition::Condition(self.builder.all([wanted, !closed]))
    }

    /// The literal that an item is applied for.
    pub(super) fn selected(&mut self, index: usize) -> Lit {
        match self.definition(Symbol::Item(index), None) {
            Definition::Condition(lit) => lit,
            _ => Lit::FALSE,
        }
    }

    fn item_parts(&mut self, index: usize) -> ItemParts {
        if let Some(parts) = self.item_parts.get(&index) {
            return parts.clone();
        }
        let nothing =
            ItemParts { conditions: Vec::new(), eligible: Lit::FALSE, statutory: Vec::new(), basis: Vec::new() };
        if !self.enter(Symbol::ItemParts(index), None) {
            return nothing;
        }
        let fields = self.items.get(index).map(|item| item.fields.clone());
        let parts = fields.map_or(nothing, |fields| self.compile_parts(index, &fields));
        self.stack.pop();
        self.item_parts.insert(index, parts.clone());
        parts
    }

    fn compile_parts(&mut self, index: usize, fields: &Fields<'n>) -> ItemParts {
        let selected = self.selected(index);
        let basis = self.own_basis(fields);
        let mut seen = BTreeMap::new();
        let mut conditions = self.conditions((index, selected), fields.get("conditions"), &[], &mut seen);
        conditions.extend(self.added_conditions((index, selected), &mut seen));
        let node = self.statutory_node(fields);
        let statutory = node.map(|node| {
            let versions = self.item_dated(index, selected, ("statutory", "days"), node, &basis);
            self.override_statutory(index, node, versions)
        });
        let holds: Vec<Lit> = conditions.iter().map(|condition| condition.holds).collect();
        let all = self.builder.all(holds);
        let eligible = self.builder.all([selected, all]);
        ItemParts { conditions, eligible, statutory: statutory.unwrap_or_default(), basis }
    }

    /// The statutory period of an item; `无` says that the law states none, where another period is
    /// there to be computed.
    fn statutory_node(&mut self, fields: &Fields<'n>) -> Option<&'n Node> {
        let node = self.require(fields, "statutory")?;
        if !node.text().is_some_and(|text| NONE.contains(&text.trim())) {
            return Some(node);
        }
        let has_other = ["promised", "joint_plan"].iter().any(|key| self.top.contains_key(key));
        if !has_other && !self.lost.section && !self.is_template() {
            self.report(faults::no_period(node.span));
        }
        None
    }

    /// The literal that an item's materials and periods count.
    pub(super) fn going(&mut self, index: usize) -> Lit {
        let eligible = self.item_parts(index).eligible;
        let (_, blocked) = self.lower_conflicts();
        self.builder.all([eligible, !blocked])
    }

    /// The numbers of an item by date.
    fn item_dated(
        &mut self,
        index: usize,
        selected: Lit,
        (what, key): (&'static str, &'static str),
        node: &'n Node,
        basis: &[BasisId],
    ) -> Vec<Dated> {
        let Some((id, item)) = self.items.get(index).map(|item| (item.id.clone(), item.name.clone())) else {
            return Vec::new();
        };
        let (zh, en) =
            if what == "statutory" { ("法定时限", "statutory period") } else { ("有效年限", "validity") };
        let name = Text {
            zh: format!("{}的{zh}", item.zh),
            en: if item.en.is_empty() { String::new() } else { format!("{}: {en}", item.en) },
        };
        self.dated(Whose { what, id: &id, name: &name }, node, key, basis, selected)
    }

    /// The basis of an entry, which it can leave to its versions.
    pub(super) fn own_basis(&mut self, fields: &Fields<'n>) -> Vec<BasisId> {
        match (fields.entry("basis"), fields.entry("versions")) {
            (None, Some(_)) => Vec::new(),
            _ => self.required_basis(fields),
        }
    }

    /// The conditions of an item in a list; `outer` is the basis where one has none.
    pub(super) fn conditions(
        &mut self,
        (item, selected): (usize, Lit),
        node: Option<&'n Node>,
        outer: &[BasisId],
        seen: &mut BTreeMap<String, Span>,
    ) -> Vec<Condition> {
        let Some((item, of)) = self.items.get(item).map(|item| (item.id.clone(), item.name.clone())) else {
            return Vec::new();
        };
        let mut conditions: Vec<Condition> = Vec::new();
        for node in self.list(node) {
            let Some(fields) = self.fields(node, CONDITION) else { continue };
            let Some((id, span)) = self.declared_id(&fields, seen) else { continue };
            let (place, name) = (format!("{item}.{id}"), self.message(&fields));
            let whose = Whose { what: "condition", id: &place, name: &name };
            let mut relevant = vec![selected];
            for Version { in_force, fields } in self.versions(whose, &fields, &["when", "message"], selected) {
                let met = self.require(&fields, "when").map_or(Lit::TRUE, |node| self.condition(node));
                let holds = self.builder.any([!in_force, met]);
                let message = self.required_text(&fields, "message");
                let own = outer.is_empty() || fields.entry("basis").is_some();
                let basis = if own { self.required_basis(&fields) } else { outer.to_vec() };
                relevant.push(holds);
                conditions.push(Condition { id: id.clone(), holds, message, basis });
            }
            let bases: Vec<&[BasisId]> =
                conditions.iter().filter(|condition| condition.id == id).map(|one| one.basis.as_slice()).collect();
            self.added(span, about(("事项", "item"), &of, ("的许可条件", ", condition")), &name, &bases);
            let relevant = self.builder.all(relevant);
            self.not_encoded(whose, &fields, relevant);
        }
        conditions
    }

    pub(super) fn lower_items(&mut self) -> Vec<Item> {
        (0..self.items.len()).filter_map(|index| self.lower_item(index)).collect()
    }

    fn lower_item(&mut self, index: usize) -> Option<Item> {
        let declared = self.items.get(index).cloned()?;
        let fields = &declared.fields;
        let parts = self.item_parts(index);
        let code = fields.get("code").and_then(|node| self.word(node)).unwrap_or_default().to_owned();
        let selected = self.selected(index);
        self.not_encoded(Whose { what: "item", id: &declared.id, name: &declared.name }, fields, selected);
        let versions = self.item_versions.get(&index).cloned().unwrap_or_default();
        self.added_entry(declared.span, about(("事项", "item"), &declared.name, ("", "")), &parts.basis, &versions);
        let validity = fields.get("validity");
        let validity = validity.map(|node| self.item_dated(index, selected, ("validity", "years"), node, &parts.basis));
        Some(Item {
            id: declared.id.clone(),
            code,
            name: declared.name.clone(),
            note: self.optional_text(fields, "note"),
            selected,
            conditions: parts.conditions,
            eligible: parts.eligible,
            going: self.going(index),
            statutory: parts.statutory,
            validity: validity.unwrap_or_default(),
            authority: self.authority(fields),
            basis: parts.basis,
            versions: self.item_versions.remove(&index).unwrap_or_default(),
        })
    }

    /// The window's authority leads; it handles the items that name no other.
    pub(super) fn lead_authority(&mut self) {
        let keys: Vec<&str> = ["authority"].iter().chain(super::keys::chinese("authority")).copied().collect();
        let lead = self.section("window").and_then(|window| window.get(&keys)).map(|entry| &entry.value);
        let lead = super::read::plain_text(lead);
        if !lead.zh.is_empty() {
            self.authorities.push(lead);
        }
    }

    /// The authority of an item, by its place.
    fn authority(&mut self, fields: &Fields<'n>) -> u16 {
        let Some(entry) = fields.entry("authority") else { return 0 };
        let name = self.required_text(fields, "authority");
        if self.authorities.is_empty() {
            if !self.top.contains_key("window") && !self.lost.section && !self.is_template() {
                self.report(faults::no_lead_authority(entry.key_span));
            }
            return 0;
        }
        let known = self.authorities.iter().position(|known| known.zh == name.zh);
        let place = known.unwrap_or_else(|| {
            self.authorities.push(name);
            self.authorities.len() - 1
        });
        u16::try_from(place).unwrap_or(0)
    }

    /// A number over the items that go on: the sum or the longest of their statutory periods.
    pub(super) fn statutory_value(&mut self, formula: fn(Vec<(Lit, Operand)>) -> Formula) -> u16 {
        let mut parts = Vec::new();
        for index in 0..self.items.len() {
            let going = self.going(index);
            let versions = self.item_parts(index).statutory;
            let versions = self.statutory_as_in(index, versions);
            let values: Vec<(Lit, i128)> = versions.iter().map(|dated| (dated.in_force, dated.value.into())).collect();
            let number = self.dated_operand(&values);
            parts.push((going, number));
        }
        self.builder.value(formula(parts))
    }

    pub(super) fn statutory_sum(&mut self) -> u16 {
        self.statutory_value(Formula::SumIf)
    }

    pub(super) fn statutory_max(&mut self) -> u16 {
        self.statutory_value(Formula::MaxIf)
    }

    pub(super) fn lower_certificates(&mut self, items: &[Item]) -> Vec<Certificate> {
        let declared = self.declarations("certificates", &["id", "name", "items", "basis", "effective"]);
        let mut certificates = Vec::new();
        for declaration in declared {
            let whose = Whose { what: "certificate", id: &declaration.id, name: &declaration.name };
            let in_force = self.in_force(whose, &declaration.fields);
            let basis = self.required_basis(&declaration.fields);
            let held = self.item_list(&declaration.fields, "items");
            let (mut merged, mut lits) = (Vec::new(), Vec::new());
            for id in held {
                let going = items.get(id.index()).map_or(Lit::FALSE, |item| item.going);
                let holds = self.builder.all([in_force, going]);
                merged.push((id, holds));
                lits.push(holds);
            }
            let issued = self.builder.any(lits);
            certificates.push(Certificate { id: declaration.id, name: declaration.name, items: merged, issued, basis });
        }
        certificates
    }

    /// A list of items by id, code or name, each once; faulty ones are left out.
    pub(super) fn item_list(&mut self, fields: &Fields<'n>, key: &str) -> Vec<ItemId> {
        let mut found: BTreeMap<ItemId, Span> = BTreeMap::new();
        let mut items = Vec::new();
        for node in self.required_list(fields, key) {
            let Some(id) = self.item_reference(node) else { continue };
            match found.insert(id, node.span) {
                Some(first) => self.report(faults::listed_twice(node.text().unwrap_or_default(), node.span, first)),
                None => items.push(id),
            }
        }
        items
    }

    pub(super) fn item_reference(&mut self, node: &'n Node) -> Option<ItemId> {
        let name = self.word(node)?;
        let place = self.item_named(name);
        let comma = name.find('，').filter(|_| {
            place.is_none() && self.source_text(node.span).get(node.span.start..node.span.end) == Some(name)
        });
        if let Some(comma) = comma {
            let start = node.span.start + comma;
            self.report(faults::full_width_comma(Span::new(node.span.source, start, start + '，'.len_utf8())));
        } else if place.is_none() && !self.lost.has(name) {
            self.report(faults::unknown_entry(("事项", "item"), name, node.span, self.item_names()));
        }
        place
    }

    /// The ids and names of all items, for finding the one that was meant.
    pub(super) fn item_names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().flat_map(|item| [item.id.as_str(), item.name.zh.as_str()])
    }

    pub(super) fn item_named(&self, name: &str) -> Option<ItemId> {
        let named = |item: &super::Declared<'n>| {
            item.id == name || item.name.zh == name || item.fields.get("code").and_then(Node::text) == Some(name)
        };
        self.items.iter().position(named).map(ItemId::new)
    }
}

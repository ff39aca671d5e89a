//! The first pass: what a pack declares, before any condition is compiled.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use yichuang_engine::{Assumed, Fact, FactKind, FactOption, FactRole, Lit, MaterialId, Text, VersionsBy};

use super::keys::Fields;
use super::sheet::SheetRow;
use super::symbols::Symbol;
use super::{Lower, faults};
use crate::{Diagnostic, Node, Span, id_fault, name_fault};

/// An entry of a list: its id, its name and its keys.
#[derive(Clone, Debug)]
pub(super) struct Declared<'n> {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) name: Text,
    pub(super) fields: Fields<'n>,
}

/// A material as the sheet and the list declare it together.
#[derive(Clone, Debug)]
pub(super) struct MaterialDecl<'n> {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) name: Text,
    pub(super) row: Option<SheetRow>,
    pub(super) fields: Option<Fields<'n>>,
}

const ITEM: &[&str] = &[
    "id",
    "code",
    "name",
    "note",
    "selected",
    "conditions",
    "statutory",
    "validity",
    "authority",
    "basis",
    "effective",
    "versions",
    "not_encoded",
];
const RULE: &[&str] = &[
    "id",
    "name",
    "when",
    "value",
    "options",
    "unless",
    "precedence",
    "shown",
    "basis",
    "effective",
    "versions",
    "not_encoded",
];
const PARAM: &[&str] = &["id", "name", "type", "value", "values", "unit", "relaxed_by", "basis"];
const MATERIAL: &[&str] = &[
    "id",
    "name",
    "originals",
    "copies",
    "copies_each",
    "show_original",
    "needed_by",
    "when",
    "deferrable",
    "produced_by",
    "shared_if",
    "variants",
    "note",
    "basis",
    "effective",
    "versions",
    "not_encoded",
];

/// What the sheet says of a material, which the list does not say again.
const IN_SHEET: &[&str] = &["name", "originals", "copies", "show_original", "needed_by", "deferrable", "basis"];

impl<'n> Lower<'n> {
    pub(super) fn declare(&mut self) {
        self.read_overrides();
        self.declare_facts();
        self.select_versions();
        self.params = self.declarations("params", PARAM);
        self.rules = self.declarations("rules", RULE);
        self.declare_rule_options();
        self.declare_tables();
        self.items = self.declarations("items", ITEM);
        self.check_item_codes();
        self.declare_materials();
        self.declare_symbols();
        self.declare_functions();
    }

    /// The entries of a list with `id` and, unless the list has none, `name`.
    pub(super) fn declarations(&mut self, key: &'static str, allowed: &[&'static str]) -> Vec<Declared<'n>> {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut declared = Vec::new();
        let section = self.section(key);
        self.lost.section |= section.is_some_and(|node| node.items().is_none());
        for node in self.list(section) {
            let before = self.diagnostics.len();
            let entry = self.fields(node, allowed).and_then(|fields| {
                self.lost.code |= self.diagnostics.len() > before && fields.entry("code").is_none();
                let paper = matches!(key, "documents" | "forms");
                let (id, span) = self.entry_id(&fields, &mut seen, paper)?;
                Some((id, span, fields))
            });
            let Some((id, span, fields)) = entry else {
                self.lost.entry(node);
                continue;
            };
            let name = if allowed.contains(&"name") { self.required_text(&fields, "name") } else { Text::default() };
            let mut fields = fields;
            self.override_texts(key, &id, &mut fields);
            declared.push(Declared { id, span, name, fields });
        }
        declared
    }

    /// The id of an entry, checked and unique among `seen`.
    pub(super) fn declared_id(
        &mut self,
        fields: &Fields<'n>,
        seen: &mut BTreeMap<String, Span>,
    ) -> Option<(String, Span)> {
        self.entry_id(fields, seen, false)
    }

    fn entry_id(
        &mut self,
        fields: &Fields<'n>,
        seen: &mut BTreeMap<String, Span>,
        paper: bool,
    ) -> Option<(String, Span)> {
        let node = self.require(fields, "id")?;
        let id = self.word(node)?.to_owned();
        if let Some(fault) = id_fault(&id, node.span).filter(|_| !(paper && is_form_id(&id))) {
            self.report(fault);
            return None;
        }
        if let Some(first) = seen.get(&id) {
            self.report(self.declared_again(&id, node.span, *first));
            return None;
        }
        seen.insert(id.clone(), node.span);
        Some((id, node.span))
    }

    /// An id that is taken, in this pack or in one that it extends.
    pub(super) fn declared_again(&self, id: &str, span: Span, first: Span) -> Diagnostic {
        // Rows of a sheet are read before lists, those of packs below before lists above.
        match self.layer(span).cmp(&self.layer(first)) {
            Ordering::Equal => faults::duplicate(id, span, first),
            Ordering::Greater => faults::redeclared(id, span, first),
            Ordering::Less => faults::redeclared(id, first, span),
        }
    }

    fn declare_facts(&mut self) {
        let mut said = false;
        for declaration in self.declarations("facts", super::facts::FACT) {
            let known = self.request_dates.len();
            let fact = self.lower_fact(&declaration);
            // A role that could not be read may be the missing one.
            said |= declaration.fields.entry("role").is_some() && self.request_dates.len() == known;
            self.facts.push(fact);
            self.fact_spans.push(declaration.span);
        }
        let accepted_on = self.request_date_fact(VersionsBy::Accepted);
        let section = self.top.get("facts").map(|entry| entry.key_span);
        if let Some(span) = section.filter(|_| accepted_on.is_none() && !said && !self.lost.has("accepted_on")) {
            self.report(faults::no_accepted_on(span));
        }
    }

    /// A column of the matrix is found by the item's code, which must be its alone.
    fn check_item_codes(&mut self) {
        let mut seen: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
        let mut found = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let code = item.fields.get("code").and_then(|node| Some((node.text()?, node.span)));
            let words = [Some((item.id.as_str(), item.span)), Some((item.name.zh.as_str(), item.span)), code];
            for (word, span) in words.into_iter().flatten() {
                match seen.get(word) {
                    Some((other, first)) if *other != index => found.push(faults::duplicate(word, span, *first)),
                    _ => {
                        seen.insert(word, (index, span));
                    }
                }
            }
        }
        self.diagnostics.extend(found);
    }

    fn declare_materials(&mut self) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut materials: Vec<MaterialDecl<'n>> = self.sheet_rows(&mut seen);
        let in_sheet = materials.len();
        let section = self.section("materials");
        for node in self.list(section) {
            let Some(fields) = self.fields(node, MATERIAL) else { continue };
            let id = fields.get("id").and_then(Node::text).unwrap_or_default();
            if let (Some(first), Some(node)) = (seen.get(id), fields.get("id"))
                && self.layer(*first) != self.layer(node.span)
            {
                self.report(self.declared_again(id, node.span, *first));
                continue;
            }
            let row = materials.iter_mut().take(in_sheet).find(|row| row.id == id && row.fields.is_none());
            if let Some(material) = row {
                material.fields = Some(fields.clone());
                for key in IN_SHEET {
                    if let Some(entry) = fields.entry(key) {
                        self.report(faults::already_in_sheet(key, entry.key_span));
                    }
                }
                continue;
            }
            if fields.entry("name").is_none() && fields.entry("id").is_some() && !seen.contains_key(id) {
                self.not_in_sheet(id, &fields, &materials);
                continue;
            }
            let Some((id, span)) = self.declared_id(&fields, &mut seen) else {
                if let Some(row) = materials.iter_mut().find(|row| row.id == id).and_then(|row| row.row.as_mut()) {
                    row.incomplete = true;
                }
                self.lost.entry(node);
                continue;
            };
            let name = self.required_text(&fields, "name");
            materials.push(MaterialDecl { id, span, name, row: None, fields: Some(fields) });
        }
        self.override_materials(&mut materials);
        for (index, material) in materials.iter().enumerate() {
            self.facts.push(material_fact(material, MaterialId::new(index)));
            self.fact_spans.push(material.span);
        }
        self.materials = materials;
    }

    /// An entry that can only be about a row of the sheet, which has no such row.
    fn not_in_sheet(&mut self, id: &str, fields: &Fields<'n>, rows: &[MaterialDecl<'n>]) {
        match fields.get("id").filter(|_| self.top.contains_key("material_matrix")) {
            // The row may be among those that could not be read.
            _ if self.sheet_lost || self.lost.section => {}
            Some(node) => {
                let known = rows.iter().map(|row| row.id.as_str());
                self.report(faults::not_in_sheet(id, node.span, known));
            }
            None => {
                self.require(fields, "name");
            }
        }
        self.lost.name(id);
    }

    fn declare_symbols(&mut self) {
        let mut declared: Vec<(String, String, Span, Symbol)> = Vec::new();
        for (index, (fact, span)) in self.facts.iter().zip(&self.fact_spans).enumerate() {
            declared.push((fact.id.clone(), fact.name.zh.clone(), *span, Symbol::Fact(index)));
        }
        for (list, symbol) in [(&self.params, Symbol::Param as fn(usize) -> Symbol), (&self.rules, Symbol::Rule)] {
            for (index, entry) in list.iter().enumerate() {
                declared.push((entry.id.clone(), entry.name.zh.clone(), entry.span, symbol(index)));
            }
        }
        declared.extend(self.table_symbols());
        for (index, item) in self.items.iter().enumerate() {
            let (id, name) = (format!("items.{}", item.id), format!("事项.{}", item.name.zh));
            declared.push((id, name, item.span, Symbol::Item(index)));
        }
        for (id, name, symbol) in [
            ("items.statutory_max", "事项.法定最长", Symbol::StatutoryMax),
            ("items.statutory_sum", "事项.法定合计", Symbol::StatutorySum),
        ] {
            self.symbols.insert(id.to_owned(), symbol);
            self.symbols.insert(name.to_owned(), symbol);
        }
        let mut spans = BTreeMap::new();
        for (id, name, span, symbol) in declared {
            self.check_symbol(&id, &name, span, symbol);
            let clash = self.claim(id, span, symbol, &mut spans);
            let other = self.claim(name, span, symbol, &mut spans);
            self.diagnostics.extend(clash.or(other));
        }
    }

    /// Ids and names that conditions could not use, or that the rule language keeps for itself.
    fn check_symbol(&mut self, id: &str, name: &str, span: Span, symbol: Symbol) {
        let made = match symbol {
            Symbol::Fact(index) => self.facts.get(index).is_some_and(|f| matches!(f.role, FactRole::MaterialState(_))),
            Symbol::Param(_) | Symbol::Rule(_) => false,
            Symbol::Item(_)
            | Symbol::ItemParts(_)
            | Symbol::StatutoryMax
            | Symbol::StatutorySum
            | Symbol::Function(_)
            | Symbol::Table(_)
            | Symbol::Output(..) => true,
        };
        if made {
            return;
        }
        if id.starts_with("items.") || id.starts_with("materials.") {
            self.report(faults::taken_prefix(id, span));
        }
        let place = self.name_span(symbol).unwrap_or(span);
        if let Some(fault) = name_fault(name, place).filter(|_| !name.is_empty()) {
            self.report(fault);
        }
    }

    /// Where the name of a fact, param or rule is written.
    fn name_span(&self, symbol: Symbol) -> Option<Span> {
        let node = match symbol {
            Symbol::Fact(index) => {
                let id = &self.facts.get(index)?.id;
                let nodes = self.section("facts")?.items()?;
                let entry =
                    nodes.iter().find(|node| node.get(&["id", "标识"]).and_then(|e| e.value.text()) == Some(id))?;
                &entry.get(&["name", "名称"])?.value
            }
            Symbol::Param(index) => self.params.get(index)?.fields.get("name")?,
            Symbol::Rule(index) => self.rules.get(index)?.fields.get("name")?,
            _ => return None,
        };
        let zh = node.get(&["zh", "中文"]).map_or(node, |entry| &entry.value);
        Some(zh.span)
    }

    /// Gives a word its meaning, unless it has another one already.
    fn claim(
        &mut self,
        word: String,
        span: Span,
        symbol: Symbol,
        spans: &mut BTreeMap<String, Span>,
    ) -> Option<Diagnostic> {
        match (self.symbols.get(&word), spans.get(&word)) {
            _ if word.is_empty() => None,
            (Some(known), _) if *known == symbol => None,
            // Items with the same name have been reported with their codes.
            (Some(Symbol::Item(_)), Some(_)) => None,
            (Some(_), Some(first)) => Some(faults::duplicate(&word, span, *first)),
            (Some(_), None) => Some(faults::built_in_name(&word, span)),
            (None, _) => {
                spans.insert(word.clone(), span);
                self.symbols.insert(word, symbol);
                None
            }
        }
    }
}

fn is_form_id(id: &str) -> bool {
    id.strip_prefix("F-").is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

/// The fact that holds the state of a material.
fn material_fact(material: &MaterialDecl<'_>, id: MaterialId) -> Fact {
    let option = |id: &str, zh: &str, en: &str| FactOption {
        id: id.to_owned(),
        name: Text { zh: zh.to_owned(), en: en.to_owned() },
        hint: Text::default(),
        offered: Lit::TRUE,
    };
    Fact {
        id: format!("materials.{}", material.id),
        name: Text { zh: format!("材料.{}", material.name.zh), en: material.name.en.clone() },
        kind: FactKind::Choice(vec![
            option("provided", "有", "have it"),
            option("missing", "没有", "missing"),
            option("defective", "有问题", "something is wrong"),
        ]),
        question: Text::default(),
        help: Text::default(),
        why: Text::default(),
        assumed: None::<Assumed>,
        ask_if: Lit::TRUE,
        role: FactRole::MaterialState(id),
    }
}

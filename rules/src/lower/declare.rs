//! The first pass: what a pack declares, before any condition is compiled.

use std::collections::BTreeMap;

use yichuang_engine::{Assumed, Fact, FactId, FactKind, FactOption, FactRole, Lit, MaterialId, Text};

use super::Lower;
use super::keys::Fields;
use super::symbols::Symbol;
use crate::{Code, Diagnostic, Entry, Node, Span, id_fault};

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

/// A row of the material matrix.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetRow {
    pub(super) originals: u16,
    pub(super) copies: u16,
    pub(super) show_original: bool,
    pub(super) deferrable: bool,
    pub(super) note: String,
    pub(super) basis: Vec<yichuang_engine::BasisId>,
    /// Which items need it: by the item's place, and whether always.
    pub(super) cells: Vec<(usize, bool, Span)>,
}

const ITEM: &[&str] =
    &["id", "code", "name", "note", "selected", "conditions", "statutory", "validity", "basis", "effective"];
const RULE: &[&str] = &["id", "name", "when", "value", "basis", "effective"];
const PARAM: &[&str] = &["id", "name", "value", "values", "basis"];
const MATERIAL: &[&str] = &[
    "id",
    "name",
    "originals",
    "copies",
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
];

impl<'n> Lower<'n> {
    pub(super) fn declare(&mut self) {
        self.declare_facts();
        self.params = self.declarations("params", PARAM);
        self.rules = self.declarations("rules", RULE);
        self.items = self.declarations("items", ITEM);
        self.declare_materials();
        self.declare_symbols();
    }

    /// The entries of a list with `id` and, unless the list has none, `name`.
    pub(super) fn declarations(&mut self, key: &'static str, allowed: &[&'static str]) -> Vec<Declared<'n>> {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut declared = Vec::new();
        for node in self.list(self.section(key)) {
            let Some(fields) = self.fields(node, allowed) else { continue };
            let Some((id, span)) = self.declared_id(&fields, &mut seen) else { continue };
            let name = if allowed.contains(&"name") { self.required_text(&fields, "name") } else { Text::default() };
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
        let node = self.require(fields, "id")?;
        let id = self.word(node)?.to_owned();
        if let Some(fault) = id_fault(&id, node.span).filter(|_| !is_form_id(&id)) {
            self.report(fault);
            return None;
        }
        if let Some(first) = seen.get(&id) {
            self.report(duplicate(&id, node.span, *first));
            return None;
        }
        seen.insert(id.clone(), node.span);
        Some((id, node.span))
    }

    fn declare_facts(&mut self) {
        let declared = self.declarations("facts", super::facts::FACT);
        for declaration in declared {
            let fact = self.lower_fact(&declaration);
            if fact.role == FactRole::AcceptedOn {
                match self.accepted_on {
                    None => self.accepted_on = Some(FactId::new(self.facts.len())),
                    Some(_) => self.report(
                        Diagnostic::error(
                            Code::GivenTwice,
                            ("有两个情形都是受理日期", "two facts have the role `accepted_on`"),
                        )
                        .at(declaration.span, ("第二个", "the second one"))
                        .help(("只留一个", "keep one of them")),
                    ),
                }
            }
            self.facts.push(fact);
            self.fact_spans.push(declaration.span);
        }
        if self.accepted_on.is_none() {
            let span = self.top.get("facts").map(|entry| entry.key_span);
            let mut diagnostic =
                Diagnostic::error(Code::NoAcceptedOn, ("没有哪个情形是受理日期", "no fact has the role `accepted_on`"))
                    .help((
                        "加一个情形：`{id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}`",
                        "add a fact: `{id: accepted_on, name: …, type: date, role: accepted_on, assumed: today}`",
                    ));
            if let Some(span) = span {
                diagnostic = diagnostic
                    .at(span, ("时限从这一天起算，版本按这一天选", "periods run and versions are chosen from it"));
            }
            self.report(diagnostic);
        }
    }

    fn declare_materials(&mut self) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut materials: Vec<MaterialDecl<'n>> = self.sheet_rows(&mut seen);
        let in_sheet = materials.len();
        for node in self.list(self.section("materials")) {
            let Some(fields) = self.fields(node, MATERIAL) else { continue };
            let Some(id) = fields.get("id").and_then(Node::text) else {
                self.require(&fields, "id");
                continue;
            };
            let row =
                materials.iter_mut().take(in_sheet).find(|material| material.id == id && material.fields.is_none());
            if let Some(material) = row {
                material.fields = Some(fields.clone());
                self.no_sheet_keys(&fields);
                continue;
            }
            let Some((id, span)) = self.declared_id(&fields, &mut seen) else { continue };
            let name = self.required_text(&fields, "name");
            materials.push(MaterialDecl { id, span, name, row: None, fields: Some(fields) });
        }
        for (index, material) in materials.iter().enumerate() {
            self.facts.push(material_fact(material, MaterialId::new(index)));
            self.fact_spans.push(material.span);
        }
        self.materials = materials;
    }

    /// What the sheet says is not said again in the list.
    fn no_sheet_keys(&mut self, fields: &Fields<'n>) {
        for key in ["name", "originals", "copies", "show_original", "needed_by", "deferrable", "basis"] {
            if let Some(Entry { key_span, .. }) = fields.entry(key) {
                self.report(
                    Diagnostic::error(
                        Code::GivenTwice,
                        (
                            format!("「{}」在材料矩阵里已有", super::keys::shown(key)),
                            format!("`{key}` is already in the sheet"),
                        ),
                    )
                    .at(*key_span, ("这里又写了一次", "given here again"))
                    .help(("以矩阵为准，删去这里的", "keep the one in the sheet")),
                );
            }
        }
    }

    fn declare_symbols(&mut self) {
        let facts: Vec<(String, String, Span)> = self
            .facts
            .iter()
            .zip(&self.fact_spans)
            .map(|(fact, span)| (fact.id.clone(), fact.name.zh.clone(), *span))
            .collect();
        let mut spans = BTreeMap::new();
        for (index, (id, name, span)) in facts.into_iter().enumerate() {
            self.symbol(id, name, span, Symbol::Fact(index), &mut spans);
        }
        let entries = |list: &[Declared<'n>]| -> Vec<(String, String, Span)> {
            list.iter().map(|entry| (entry.id.clone(), entry.name.zh.clone(), entry.span)).collect()
        };
        for (index, (id, name, span)) in entries(&self.params).into_iter().enumerate() {
            self.symbol(id, name, span, Symbol::Param(index), &mut spans);
        }
        for (index, (id, name, span)) in entries(&self.rules).into_iter().enumerate() {
            self.symbol(id, name, span, Symbol::Rule(index), &mut spans);
        }
        for (index, (id, name, span)) in entries(&self.items).into_iter().enumerate() {
            self.symbol(format!("items.{id}"), format!("事项.{name}"), span, Symbol::Item(index), &mut spans);
        }
        for (id, name, symbol) in [
            ("items.statutory_max", "事项.法定最长", Symbol::StatutoryMax),
            ("items.statutory_sum", "事项.法定合计", Symbol::StatutorySum),
        ] {
            self.symbols.insert(id.to_owned(), symbol);
            self.symbols.insert(name.to_owned(), symbol);
        }
    }

    fn symbol(&mut self, id: String, name: String, span: Span, symbol: Symbol, spans: &mut BTreeMap<String, Span>) {
        for word in [id, name] {
            if word.is_empty() {
                continue;
            }
            match spans.get(&word) {
                Some(first) if self.symbols.get(&word) != Some(&symbol) => self.report(duplicate(&word, span, *first)),
                _ => {
                    spans.insert(word.clone(), span);
                    self.symbols.insert(word, symbol);
                }
            }
        }
    }
}

fn is_form_id(id: &str) -> bool {
    id.strip_prefix("F-").is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

fn duplicate(id: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, (format!("「{id}」用了两次"), format!("`{id}` is declared twice")))
        .at(second, ("第二次", "the second time"))
        .also(first, ("第一次", "the first time"))
        .help(("给其中一个换个名字", "give one of them another name"))
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

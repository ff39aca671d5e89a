//! From spanned trees to a [`Bundle`]: names are resolved, types checked, conditions compiled.
//!
//! ```text
//! files ──declare──▶ what is declared ──facts · items · materials · …──▶ Pack + Program + Forms
//! ```
//!
//! Conditions are compiled when they are first needed, so that rules may stand in any order; a
//! rule that needs itself is reported with the whole circle.

mod checks;
mod declare;
mod expr;
mod facts;
mod forms;
mod items;
pub(crate) mod keys;
mod materials;
mod operand;
mod read;
mod rules;
mod symbols;
mod time;
mod verdict;

use std::collections::BTreeMap;

use yichuang_engine::{Basis, Fact, FactId, Item, Lit, Pack, Plan, QuestionOrder, Window};
use yichuang_forms::Bundle;

use crate::builder::Builder;
use crate::sheet::Sheet;
use crate::{Code, Diagnostic, Node, Source, Span};

use declare::{Declared, MaterialDecl};
use keys::Fields;
use symbols::{Definition, Symbol};

/// The parsed files of one pack.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// YAML roots with the index of their source.
    pub(crate) roots: Vec<Node>,
    /// Sheets by file name.
    pub(crate) sheets: BTreeMap<String, Sheet>,
}

/// Lowers the files of the pack `id`.
pub(crate) fn lower(id: &str, sources: &[Source], parsed: &Parsed) -> (Option<Bundle>, Vec<Diagnostic>) {
    let mut lower = Lower::new(sources, parsed);
    let bundle = lower.run(id);
    (bundle, lower.diagnostics)
}

/// The state of lowering.
#[derive(Debug)]
struct Lower<'n> {
    sources: &'n [Source],
    parsed: &'n Parsed,
    diagnostics: Vec<Diagnostic>,
    builder: Builder,
    bases: Vec<Basis>,
    top: BTreeMap<&'static str, &'n crate::Entry>,
    facts: Vec<Fact>,
    fact_spans: Vec<Span>,
    accepted_on: Option<FactId>,
    symbols: BTreeMap<String, Symbol>,
    rules: Vec<Declared<'n>>,
    params: Vec<Declared<'n>>,
    items: Vec<Declared<'n>>,
    materials: Vec<MaterialDecl<'n>>,
    definitions: BTreeMap<Symbol, Definition>,
    item_parts: BTreeMap<usize, items::ItemParts>,
    conflicts: Option<(Vec<yichuang_engine::Conflict>, Lit)>,
    /// What is being compiled, for reporting circles.
    stack: Vec<(Symbol, String)>,
}

const TOP: &[&str] = &[
    "pack",
    "window",
    "facts",
    "params",
    "rules",
    "items",
    "certificates",
    "not_required",
    "not_competent",
    "conflicts",
    "checks",
    "material_matrix",
    "materials",
    "promised",
    "plan",
    "tolerance",
    "fees",
    "documents",
    "forms",
];

impl<'n> Lower<'n> {
    fn new(sources: &'n [Source], parsed: &'n Parsed) -> Lower<'n> {
        Lower {
            sources,
            parsed,
            diagnostics: Vec::new(),
            builder: Builder::default(),
            bases: Vec::new(),
            top: BTreeMap::new(),
            facts: Vec::new(),
            fact_spans: Vec::new(),
            accepted_on: None,
            symbols: BTreeMap::new(),
            rules: Vec::new(),
            params: Vec::new(),
            items: Vec::new(),
            materials: Vec::new(),
            definitions: BTreeMap::new(),
            item_parts: BTreeMap::new(),
            conflicts: None,
            stack: Vec::new(),
        }
    }

    fn run(&mut self, id: &str) -> Option<Bundle> {
        self.top_level();
        self.declare();
        let accepted_on = self.accepted_on?;
        self.lower_fact_conditions();
        self.all_definitions();
        let items: Vec<Item> = self.lower_items();
        let (conflicts, blocked) = self.lower_conflicts();
        let not_required = self.lower_grounds("not_required");
        let not_competent = self.lower_grounds("not_competent");
        let checks = self.lower_checks();
        let materials = self.lower_materials(&items);
        let certificates = self.lower_certificates(&items);
        let statutory_sum = self.statutory_sum();
        let statutory_max = self.statutory_max();
        let promise = self.lower_promise();
        let plan = self.lower_plan().unwrap_or_else(Plan::default);
        let tolerance = self.lower_tolerance(&materials);
        let fees = self.lower_fees();
        let verdict = self.lower_verdict(&items, &not_competent, blocked, &checks, &materials);
        let documents = self.lower_documents(&verdict, &items, &not_required, &not_competent, tolerance.as_ref());
        let (name, edition, summary, notice, order) = self.lower_pack();
        let window = self.lower_window();
        let forms = self.lower_forms();
        let program = std::mem::take(&mut self.builder).finish();
        if program.is_none() {
            self.report(Diagnostic::error(
                Code::TooLarge,
                ("规则包过大：条件太多", "the pack has too many conditions"),
            ));
        }
        let pack = Pack {
            id: id.to_owned(),
            edition,
            name,
            summary,
            notice,
            window,
            order,
            facts: std::mem::take(&mut self.facts),
            accepted_on,
            program: program?,
            items,
            certificates,
            not_required,
            not_competent,
            conflicts,
            blocked,
            checks,
            materials,
            statutory_sum,
            statutory_max,
            promise,
            plan,
            tolerance,
            fees,
            documents,
            verdict,
            bases: std::mem::take(&mut self.bases),
        };
        (!self.diagnostics.iter().any(Diagnostic::is_error)).then_some(Bundle { pack, forms })
    }

    /// The keys of all files, each of which may occur once in the whole folder.
    fn top_level(&mut self) {
        for root in &self.parsed.roots {
            let Some(fields) = self.fields(root, TOP) else { continue };
            for key in TOP {
                let Some(entry) = fields.entry(key) else { continue };
                if let Some(first) = self.top.get(key) {
                    let (first, file) = (first.key_span, self.file(first.key_span));
                    self.report(
                        Diagnostic::error(
                            Code::GivenTwice,
                            (format!("「{}」在两个文件里都有", keys::shown(key)), format!("`{key}` is in two files")),
                        )
                        .at(entry.key_span, ("第二次", "the second time"))
                        .also(first, ("第一次", "the first time"))
                        .help((format!("合并到 {file} 里"), format!("put all of it into {file}"))),
                    );
                    continue;
                }
                self.top.insert(key, entry);
            }
        }
    }

    fn file(&self, span: Span) -> String {
        self.sources.get(usize::from(span.source.0)).map_or_else(String::new, |source| source.name.clone())
    }

    fn source_text(&self, span: Span) -> &'n str {
        self.sources.get(usize::from(span.source.0)).map_or("", |source| source.text.as_str())
    }

    fn section(&self, key: &str) -> Option<&'n Node> {
        self.top.get(key).map(|entry| &entry.value).filter(|node| !node.is_absent())
    }

    fn section_fields(&mut self, key: &'static str, allowed: &[&'static str]) -> Option<Fields<'n>> {
        let node = self.section(key)?;
        self.fields(node, allowed)
    }

    fn lower_pack(
        &mut self,
    ) -> (yichuang_engine::Text, String, yichuang_engine::Text, yichuang_engine::Text, QuestionOrder) {
        let Some(fields) = self.section_fields("pack", &["name", "edition", "summary", "notice", "order"]) else {
            self.missing_section("pack");
            return Default::default();
        };
        let name = self.required_text(&fields, "name");
        let edition = self.required_text(&fields, "edition").zh;
        let summary = self.optional_text(&fields, "summary");
        let notice = self.optional_text(&fields, "notice");
        let words = [("pack", "按列出", QuestionOrder::Pack), ("settles", "按影响", QuestionOrder::Settles)];
        let order = fields.get("order").and_then(|node| self.choice(node, &words)).unwrap_or_default();
        (name, edition, summary, notice, order)
    }

    fn lower_window(&mut self) -> Window {
        let allowed = ["region", "authority", "place", "hours", "contact", "basis"];
        let Some(fields) = self.section_fields("window", &allowed) else { return Window::default() };
        Window {
            region: self.required_text(&fields, "region"),
            authority: self.required_text(&fields, "authority"),
            place: self.optional_text(&fields, "place"),
            hours: self.optional_text(&fields, "hours"),
            contact: self.optional_text(&fields, "contact"),
            basis: self.required_basis(&fields),
        }
    }

    fn missing_section(&mut self, key: &str) {
        let span = self.parsed.roots.first().map(|root| root.span);
        let mut diagnostic = Diagnostic::error(
            Code::MissingKey,
            (format!("规则包里没有「{}」", keys::shown(key)), format!("the pack has no `{key}`")),
        )
        .help((format!("在其中一个文件里写上「{}」", keys::shown(key)), format!("add `{key}` to one of the files")));
        if let Some(span) = span {
            diagnostic = diagnostic.at(Span::new(span.source, span.start, span.start), ("", ""));
        }
        self.report(diagnostic);
    }

    /// The literal that the version in these `effective` bounds is in force.
    fn in_force(&mut self, fields: &Fields<'n>) -> Lit {
        let Some(node) = fields.get("effective") else { return Lit::TRUE };
        let Some(bounds) = self.fields(node, &["from", "to"]) else { return Lit::TRUE };
        self.bounds(&bounds)
    }

    /// The literal that the accepted date lies within `from` and `to`.
    fn bounds(&mut self, bounds: &Fields<'n>) -> Lit {
        let from = bounds.get("from").and_then(|node| self.date(node));
        let to = bounds.get("to").and_then(|node| self.date(node));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.report(
                Diagnostic::error(
                    Code::EmptyPeriod,
                    (
                        format!("{from} 在 {to} 之后，这段期间是空的"),
                        format!("{from} is after {to}: the period is empty"),
                    ),
                )
                .at(bounds.span, ("起止颠倒", "from and to are reversed"))
                .help(("把起止日期对调，或改正其中一个", "swap the dates or correct one of them")),
            );
        }
        match self.accepted_on {
            Some(fact) => self.builder.within(fact, from, to),
            None => Lit::TRUE,
        }
    }
}

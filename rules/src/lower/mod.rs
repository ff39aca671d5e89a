//! From spanned trees to a [`Bundle`]: names are resolved, types checked, conditions compiled.
//!
//! ```text
//! files ──declare──▶ what is declared ──facts · items · materials · …──▶ Pack + Program + Forms
//! ```
//!
//! Conditions are compiled when they are first needed, so that rules may stand in any order; a
//! rule that needs itself is reported with the whole circle.

mod calls;
mod checks;
mod columns;
mod declare;
mod exceptions;
mod expr;
mod facts;
mod faults;
mod forms;
mod functions;
mod items;
mod joint;
pub(crate) mod keys;
mod list_check;
mod materials;
mod merge;
mod not_encoded;
mod number;
mod operand;
mod overrides;
mod promise;
mod read;
mod rows;
mod rules;
mod scopes;
mod sheet;
mod symbols;
mod tables;
mod time;
mod tolerance;
mod units;
mod unused;
mod verdict;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use yichuang_engine::{
    Basis, BasisId, Ending, Fact, FactId, Item, ItemId, Lit, NotEncoded, Pack, Program, QuestionOrder, Version,
    Versions, VersionsBy, Window,
};
use yichuang_forms::Bundle;

use crate::builder::Builder;
use crate::sheet::Sheet;
use crate::{Diagnostic, Entry, Node, Source, Span};

use declare::{Declared, MaterialDecl};
use keys::Fields;
use symbols::{Definition, Lost, Symbol, Used};

pub(crate) use merge::{LayerName, merge};

/// The parsed files of one pack and of those that it extends.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// YAML roots with the index of their source.
    pub(crate) roots: Vec<Node>,
    /// Sheets by file name, and whether all of their rows could be read.
    pub(crate) sheets: BTreeMap<String, (Sheet, bool)>,
    /// Files that could not be read at all.
    pub(crate) unread: BTreeSet<String>,
    /// The packs of the chain: the one that extends none first, the pack itself last.
    pub(crate) layers: Vec<LayerName>,
    /// Sections that the pack writes anew: what the packs above wrote, the nearest last.
    pub(crate) replaced: BTreeMap<&'static str, Vec<Entry>>,
    /// The matrices of packs above, where the pack has one too.
    pub(crate) matrices: Vec<Node>,
}

/// Lowers the files of the pack `id`: the bundle, the faults, and warnings that mean something only
/// when nothing else is wrong.
pub(crate) fn lower(
    id: &str,
    sources: &[Source],
    parsed: &Parsed,
) -> (Option<Bundle>, Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut lower = Lower::new(sources, parsed);
    let bundle = lower.run(id);
    (bundle, lower.diagnostics, lower.warnings)
}

/// The state of lowering.
#[derive(Debug)]
struct Lower<'n> {
    sources: &'n [Source],
    parsed: &'n Parsed,
    diagnostics: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    builder: Builder,
    bases: Vec<Basis>,
    top: BTreeMap<&'static str, &'n Entry>,
    facts: Vec<Fact>,
    fact_spans: Vec<Span>,
    /// The facts that hold the dates of a request.
    request_dates: Vec<(VersionsBy, FactId)>,
    version_date: Option<Versions>,
    /// The period of the pack as a whole, and its name.
    pack_effective: Option<(rules::Bounds, yichuang_engine::Text)>,
    symbols: BTreeMap<String, Symbol>,
    rules: Vec<Declared<'n>>,
    /// The options of the rules that give one, by the place of the rule; then those of tables.
    rule_options: BTreeMap<usize, Vec<yichuang_engine::FactOption>>,
    params: Vec<Declared<'n>>,
    tables: Vec<tables::TableDecl<'n>>,
    /// The bases of each table that has been compiled, and what it gives.
    table_results: BTreeMap<usize, (Vec<BasisId>, Vec<tables::Given>)>,
    /// Rows of tables that may match together although the table says that one does at most.
    table_clashes: Vec<tables::Clash>,
    functions: Vec<functions::Function>,
    /// The closures over rows being compiled within each other.
    scopes: Vec<scopes::Scope>,
    /// The names of arguments and of rows, the innermost last.
    locals: Vec<scopes::Local>,
    /// The first of them that the function being compiled can see.
    first_local: usize,
    /// The names of inner rows where something outside them is compiled.
    hidden_rows: Vec<String>,
    items: Vec<Declared<'n>>,
    materials: Vec<MaterialDecl<'n>>,
    definitions: BTreeMap<Symbol, Definition>,
    rule_bases: BTreeMap<usize, (Vec<BasisId>, Vec<Version>)>,
    item_parts: BTreeMap<usize, items::ItemParts>,
    /// Exceptions that may contradict each other.
    clashes: Vec<exceptions::Clash>,
    /// Circles in which steps of the joint plan may need each other.
    joint_circles: Vec<joint::JointCircle>,
    /// The window's authority, then the others that handle items.
    authorities: Vec<yichuang_engine::Text>,
    item_versions: BTreeMap<usize, Vec<Version>>,
    /// The last days of what has no version after them.
    endings: Vec<Ending>,
    not_encoded: Vec<(Span, NotEncoded)>,
    conflicts: Option<(Vec<yichuang_engine::Conflict>, Lit)>,
    /// What is being compiled and where it is used, for reporting circles.
    stack: Vec<(Symbol, Option<Span>)>,
    /// How many conditions are being compiled within each other.
    depth: usize,
    layered: overrides::Layered<'n>,
    lost: Lost,
    /// The material matrix, or a row of it, could not be read.
    sheet_lost: bool,
    /// The headers of the matrix that are items, if nothing is wrong with its headers.
    item_columns: Option<BTreeMap<ItemId, Span>>,
    used: Used,
}

pub(crate) const TOP: &[&str] = &[
    "pack",
    "overrides",
    "window",
    "facts",
    "params",
    "functions",
    "rules",
    "tables",
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
    "joint_plan",
    "tolerance",
    "fees",
    "pay_after_service",
    "documents",
    "forms",
    "not_encoded",
];

const PACK: &[&str] =
    &["name", "edition", "summary", "notice", "order", "versions_by", "effective", "extends", "template"];

impl<'n> Lower<'n> {
    fn new(sources: &'n [Source], parsed: &'n Parsed) -> Lower<'n> {
        Lower {
            sources,
            parsed,
            diagnostics: Vec::new(),
            warnings: Vec::new(),
            builder: Builder::default(),
            bases: Vec::new(),
            top: BTreeMap::new(),
            facts: Vec::new(),
            fact_spans: Vec::new(),
            request_dates: Vec::new(),
            version_date: None,
            pack_effective: None,
            symbols: BTreeMap::new(),
            rules: Vec::new(),
            rule_options: BTreeMap::new(),
            params: Vec::new(),
            tables: Vec::new(),
            table_results: BTreeMap::new(),
            table_clashes: Vec::new(),
            functions: Vec::new(),
            scopes: Vec::new(),
            locals: Vec::new(),
            first_local: 0,
            hidden_rows: Vec::new(),
            items: Vec::new(),
            materials: Vec::new(),
            definitions: BTreeMap::new(),
            rule_bases: BTreeMap::new(),
            item_parts: BTreeMap::new(),
            clashes: Vec::new(),
            joint_circles: Vec::new(),
            authorities: Vec::new(),
            item_versions: BTreeMap::new(),
            endings: Vec::new(),
            not_encoded: Vec::new(),
            conflicts: None,
            stack: Vec::new(),
            depth: 0,
            layered: overrides::Layered::default(),
            lost: Lost::new(!parsed.unread.is_empty()),
            sheet_lost: false,
            item_columns: None,
            used: Used::default(),
        }
    }

    /// What is declared, and every definition compiled.
    fn declarations_and_definitions(&mut self) {
        self.top_level();
        self.required_sections();
        self.declare();
        self.lower_fact_conditions();
        self.all_definitions();
        self.lead_authority();
    }

    fn run(&mut self, id: &str) -> Option<Bundle> {
        self.declarations_and_definitions();
        let rules = self.lower_rules();
        let items: Vec<Item> = self.lower_items();
        let (conflicts, blocked) = self.lower_conflicts();
        let not_required = self.lower_grounds("not_required");
        let not_competent = self.lower_grounds("not_competent");
        let checks = self.lower_checks();
        let materials = self.lower_materials(&items);
        let certificates = self.lower_certificates(&items);
        let (statutory_sum, statutory_max) = (self.statutory_sum(), self.statutory_max());
        let (joint, promise, plan) = self.lower_periods();
        let tolerance = self.lower_tolerance(&materials);
        let (fees, due_total, payable_total) = self.lower_fees();
        let verdict = self.lower_verdict(&items, &not_competent, blocked, &checks, &materials);
        let documents = self.lower_documents(&verdict, &items, &not_required, &not_competent, tolerance.as_ref());
        let (name, edition, summary, notice, order) = self.lower_pack();
        let (window, forms) = (self.lower_window(), self.lower_forms(&rules));
        let not_encoded = self.all_not_encoded();
        let program = self.finish()?;
        let pack = Pack {
            id: id.to_owned(),
            edition,
            name,
            summary,
            notice,
            window,
            authorities: std::mem::take(&mut self.authorities),
            order,
            facts: std::mem::take(&mut self.facts),
            accepted_on: self.request_date_fact(VersionsBy::Accepted)?,
            versions: self.finish_versions(id)?,
            program,
            rules,
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
            joint: joint.into(),
            tolerance,
            due_total,
            payable_total,
            fees,
            pay_after_service: self.pay_after_service(),
            documents,
            not_encoded,
            verdict,
            layers: self.layers_above(),
            overrides: std::mem::take(&mut self.layered.changes),
            bases: std::mem::take(&mut self.bases),
        };
        self.check_clashes(&pack);
        Some(Bundle { pack, forms })
    }

    /// The program, if nothing is wrong.
    fn finish(&mut self) -> Option<Program> {
        self.unused();
        let program = std::mem::take(&mut self.builder).finish();
        for (count, zh, en) in [
            (usize::from(program.is_none()) << 16, "条件", "conditions"),
            (self.facts.len(), "情形和材料", "facts and materials"),
            (self.items.len(), "事项", "items"),
            (self.bases.len(), "依据", "bases"),
        ] {
            if count > usize::from(u16::MAX) {
                self.report(faults::too_large(zh, en));
            }
        }
        program.filter(|_| !self.diagnostics.iter().any(Diagnostic::is_error))
    }

    /// The keys of all files, each of which may occur once in the whole folder.
    fn top_level(&mut self) {
        for root in &self.parsed.roots {
            let before = self.diagnostics.len();
            let fields = self.fields(root, TOP);
            self.lost.section |= self.diagnostics.len() > before;
            let Some(fields) = fields else { continue };
            for key in TOP {
                let Some(entry) = fields.entry(key) else { continue };
                match self.top.get(key).map(|first| first.key_span) {
                    None => {
                        self.top.insert(key, entry);
                    }
                    Some(first) => {
                        let file = self.file(first);
                        self.report(faults::in_two_files(key, entry.key_span, first, &file));
                        entry.value.items().unwrap_or(&[]).iter().for_each(|node| self.lost.entry(node));
                    }
                }
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
        let Some(fields) = self.section_fields("pack", PACK) else {
            return Default::default();
        };
        self.flag(fields.get("template"));
        let name = self.required_text(&fields, "name");
        let edition = self.required_text(&fields, "edition").zh;
        let summary = self.optional_text(&fields, "summary");
        self.pack_effective = self.effective(&fields).map(|bounds| (bounds, name.clone()));
        let notice = self.optional_text(&fields, "notice");
        let words = [("pack", "按列出", QuestionOrder::Pack), ("settles", "按影响", QuestionOrder::Settles)];
        let order = fields.get("order").and_then(|node| self.choice(node, &words)).unwrap_or_default();
        (name, edition, summary, notice, order)
    }

    /// Whether the pack is there to be extended only.
    fn is_template(&self) -> bool {
        let section = self.section("pack").and_then(Node::entries).unwrap_or_default();
        let template = section.iter().find(|entry| keys::canonical(&entry.key, &["template"]).is_some());
        template.and_then(|entry| entry.value.text()).is_some_and(crate::layers::says_yes)
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

    /// The sections that every pack has; what they would declare is not reported as unknown.
    fn required_sections(&mut self) {
        let sections = ["pack", "facts", "items"];
        let missing: Vec<&str> = sections.into_iter().filter(|key| !self.top.contains_key(key)).collect();
        if self.lost.section {
            return;
        }
        missing.iter().for_each(|key| self.missing_section(key));
        self.lost.section = missing.iter().any(|key| *key != "pack");
    }

    /// Points at the beginning of the first file.
    fn missing_section(&mut self, key: &str) {
        let mut diagnostic = faults::missing_section(key);
        if let Some(root) = self.parsed.roots.first() {
            let start = Span::new(root.span.source, root.span.start, root.span.start);
            diagnostic = diagnostic.at(start, ("", ""));
        }
        self.report(diagnostic);
    }
}

/// A warning for a pack id that does not fit into addresses.
pub(crate) fn odd_pack_id(id: &str) -> Option<Diagnostic> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fine = id.split('/').all(|part| !part.is_empty() && part.chars().all(fits));
    (!fine).then(|| faults::odd_pack_id(id))
}

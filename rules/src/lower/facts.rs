//! Facts: type, options, wording.

use std::collections::BTreeMap;

use yichuang_engine::{
    Assumed, Fact, FactId, FactKind, FactOption, FactRole, Lit, NumberShape, Text, TextFormat, Versions, VersionsBy,
};
use yichuang_forms::MOST_PLACES;

use super::declare::Declared;
use super::scopes::Place;
use super::symbols::Symbol;
use super::{Fields, Lower, faults};
use crate::{Node, Span};

/// The keys of a fact.
pub(super) const FACT: &[&str] = &[
    "id", "name", "type", "options", "question", "help", "why", "unit", "places", "min", "max", "format", "none",
    "ask_if", "assumed", "role", "columns", "max_rows",
];

const OPTION: &[&str] = &["id", "name", "hint", "effective"];

/// The most options of one fact: a choice of several is a set in 64 bits.
const MAX_OPTIONS: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Bool,
    Integer,
    Decimal,
    Money,
    Text,
    Date,
    Choice,
    Choices,
    Table,
}

const TYPES: &[(&str, &str, Type)] = &[
    ("bool", "是否", Type::Bool),
    ("integer", "整数", Type::Integer),
    ("decimal", "小数", Type::Decimal),
    ("money", "金额", Type::Money),
    ("text", "文本", Type::Text),
    ("date", "日期", Type::Date),
    ("choice", "单选", Type::Choice),
    ("choices", "多选", Type::Choices),
    ("table", "名单", Type::Table),
];

const NUMBERS: &[Type] = &[Type::Integer, Type::Decimal, Type::Money];

/// How many decimal places a decimal has unless it says so.
const DEFAULT_PLACES: u8 = 2;

/// Keys that only some types have.
const KEYS_OF_TYPES: &[(&str, &[Type], (&str, &str))] = &[
    ("options", &[Type::Choice, Type::Choices], ("单选和多选", "choices")),
    ("unit", &[Type::Integer, Type::Decimal], ("整数和小数", "integers and decimals")),
    ("places", &[Type::Decimal], ("小数", "decimals")),
    ("min", NUMBERS, ("整数、小数和金额", "numbers")),
    ("max", NUMBERS, ("整数、小数和金额", "numbers")),
    ("format", &[Type::Text], ("文本", "texts")),
    ("none", &[Type::Text], ("文本", "texts")),
    ("columns", &[Type::Table], ("名单", "tables")),
    ("max_rows", &[Type::Table], ("名单", "tables")),
    ("assumed", &[Type::Date], ("日期", "dates")),
];

/// The dates of a request that facts can hold.
const ROLES: &[(&str, &str, VersionsBy)] = &[
    ("received_on", "收件日期", VersionsBy::Received),
    ("accepted_on", "受理日期", VersionsBy::Accepted),
    ("decided_on", "决定日期", VersionsBy::Decided),
];

/// What `role` says of a fact that holds this date, in English and Chinese.
fn date_role(by: VersionsBy) -> (&'static str, &'static str) {
    ROLES.iter().find(|(_, _, role)| *role == by).map_or(("", ""), |(en, zh, _)| (*en, *zh))
}

impl<'n> Lower<'n> {
    /// A fact without its conditions (`ask_if`, options by date), which come when all is declared.
    pub(super) fn lower_fact(&mut self, declaration: &Declared<'n>) -> Fact {
        let fields = &declaration.fields;
        let kind = self.require(fields, "type").and_then(|node| self.choice(node, TYPES));
        match kind {
            Some(kind) => self.check_keys(fields, kind),
            None => self.lose_fact(),
        }
        let assumed = [("today", "当日", Assumed::Today)];
        let assumed = fields.get("assumed").and_then(|node| self.choice(node, &assumed));
        let date = fields.get("role").and_then(|node| self.choice(node, ROLES));
        if let Some(date) = date.filter(|_| kind.is_some_and(|kind| kind != Type::Date)) {
            self.report(faults::role_not_date(date_role(date), declaration.span));
        }
        let role = match date {
            None => FactRole::Question,
            Some(VersionsBy::Accepted) => FactRole::AcceptedOn,
            Some(_) if assumed.is_some() => FactRole::RequestDate,
            Some(_) => FactRole::Question,
        };
        if let Some(date) = date {
            self.request_date(date, declaration.span);
        }
        Fact {
            id: declaration.id.clone(),
            name: declaration.name.clone(),
            kind: self.fact_kind(declaration, kind.unwrap_or(Type::Bool), false),
            question: self.optional_text(fields, "question"),
            help: self.optional_text(fields, "help"),
            why: self.optional_text(fields, "why"),
            assumed,
            ask_if: Lit::TRUE,
            role,
        }
    }

    /// The fact being read holds a date of the request, each of which one fact holds.
    fn request_date(&mut self, date: VersionsBy, span: Span) {
        let known = self.request_dates.iter().find(|(known, _)| *known == date);
        match known.and_then(|(_, first)| self.fact_spans.get(first.index())) {
            None => self.request_dates.push((date, FactId::new(self.facts.len()))),
            Some(first) => self.report(faults::second_role(date_role(date), span, *first)),
        }
    }

    pub(super) fn request_date_fact(&self, date: VersionsBy) -> Option<FactId> {
        self.request_dates.iter().find(|(known, _)| *known == date).map(|(_, fact)| *fact)
    }

    /// Which date selects the versions of rules, once all facts are declared.
    pub(super) fn select_versions(&mut self) {
        let words = [
            ("received", "收件", VersionsBy::Received),
            ("accepted", "受理", VersionsBy::Accepted),
            ("decided", "决定", VersionsBy::Decided),
        ];
        let keys: Vec<&str> = ["versions_by"].iter().chain(super::keys::chinese("versions_by")).copied().collect();
        let node = self.section("pack").and_then(|pack| pack.get(&keys)).map(|entry| &entry.value);
        let node = node.filter(|node| !node.is_absent());
        let by = node.and_then(|node| self.choice(node, &words)).unwrap_or_default();
        let date = self.request_date_fact(by);
        match (date, node) {
            (Some(date), _) => {
                self.used.symbols.insert(Symbol::Fact(date.index()));
            }
            (None, Some(node)) if by != VersionsBy::Accepted && !self.lost.section => {
                self.report(faults::no_version_date(date_role(by), node.span));
            }
            _ => {}
        }
        self.version_date = date.map(|date| Versions { by, date, from: None, endings: Vec::new() });
    }

    /// The type of what a decision table gives.
    pub(super) fn output_kind(&mut self, declaration: &Declared<'n>) -> Option<FactKind> {
        let kind = self.require(&declaration.fields, "type").and_then(|node| self.choice(node, TYPES))?;
        if kind == Type::Table {
            self.report(faults::rows_output(declaration.span));
            return None;
        }
        self.check_keys(&declaration.fields, kind);
        Some(self.fact_kind(declaration, kind, false))
    }

    /// The fact being read is faulty: how it is used is not judged.
    pub(super) fn lose_fact(&mut self) {
        self.lost.facts.insert(FactId::new(self.facts.len()));
    }

    /// The kind of a column.
    pub(super) fn lower_kind(&mut self, declaration: &Declared<'n>, inside: bool) -> FactKind {
        let kind = self.require(&declaration.fields, "type").and_then(|node| self.choice(node, TYPES));
        match kind {
            Some(kind) => self.check_keys(&declaration.fields, kind),
            None => self.lose_fact(),
        }
        self.fact_kind(declaration, kind.unwrap_or(Type::Bool), inside)
    }

    fn check_keys(&mut self, fields: &Fields<'n>, kind: Type) {
        for (key, types, owner) in KEYS_OF_TYPES {
            if let Some(entry) = fields.entry(key).filter(|_| !types.contains(&kind)) {
                self.report(faults::key_of_other_type(key, entry.key_span, *owner));
            }
        }
    }

    /// The kind of a fact, or of a column `inside` a table.
    fn fact_kind(&mut self, declaration: &Declared<'n>, kind: Type, inside: bool) -> FactKind {
        let fields = &declaration.fields;
        match kind {
            Type::Bool => FactKind::Bool,
            Type::Date => FactKind::Date,
            Type::Integer => self.numeric(fields, NumberShape::Integer, 0),
            Type::Decimal => {
                let places = fields.get("places").and_then(|node| self.places(node));
                self.numeric(fields, NumberShape::Decimal, places.unwrap_or(DEFAULT_PLACES))
            }
            Type::Money => self.numeric(fields, NumberShape::Money, 2),
            Type::Text => {
                let formats = [
                    ("uscc", "统一社会信用代码", TextFormat::Uscc),
                    ("id_no", "身份证号码", TextFormat::IdNo),
                    ("org_code", "组织机构代码", TextFormat::OrgCode),
                    ("mobile", "手机号码", TextFormat::Mobile),
                    ("phone", "电话", TextFormat::Phone),
                    ("postcode", "邮政编码", TextFormat::Postcode),
                    ("person_name", "姓名", TextFormat::PersonName),
                    ("multiline", "多行", TextFormat::Multiline),
                    ("landline", "固定电话", TextFormat::Landline),
                    ("division", "行政区划", TextFormat::Division),
                ];
                let format = fields.get("format").and_then(|node| self.choice(node, &formats));
                let none = fields.get("none").map(|node| self.text(Some(node)));
                FactKind::Text { format: format.unwrap_or(TextFormat::Free), none }
            }
            Type::Choice => FactKind::Choice(self.fact_options(declaration)),
            Type::Choices => FactKind::Choices(self.fact_options(declaration)),
            Type::Table => self.table(declaration, inside),
        }
    }

    fn numeric(&mut self, fields: &Fields<'n>, shape: NumberShape, places: u8) -> FactKind {
        let [min, max] =
            ["min", "max"].map(|key| fields.get(key).and_then(|node| Some((self.stated(node, places)?, node.span))));
        if let (Some((least, span)), Some((most, other))) = (min, max)
            && least > most
        {
            let [least, most] = [least, most].map(|bound| yichuang_forms::number_text(bound, places));
            self.report(faults::min_above_max(&least, &most, span, other));
        }
        let unit = match shape {
            NumberShape::Money => Text { zh: "元".to_owned(), en: "yuan".to_owned() },
            NumberShape::Integer | NumberShape::Decimal => self.optional_text(fields, "unit"),
        };
        let bound = |bound: Option<(i128, Span)>| bound.map(|(number, _)| number);
        FactKind::Number { shape, places, unit, min: bound(min), max: bound(max) }
    }

    /// How many decimal places a number has.
    fn places(&mut self, node: &'n Node) -> Option<u8> {
        let places = self.count(node)?;
        let fits = u8::try_from(places).ok().filter(|places| *places <= MOST_PLACES);
        if fits.is_none() {
            self.report(faults::places_out_of_range(places, node.span));
        }
        fits
    }

    fn fact_options(&mut self, declaration: &Declared<'n>) -> Vec<FactOption> {
        let before = self.diagnostics.len();
        let options = self.declared_options(declaration, OPTION);
        if self.diagnostics.len() > before || options.is_empty() {
            self.lose_fact();
        }
        options
    }

    /// The options that an entry declares, which may have the keys `allowed`.
    pub(super) fn declared_options(&mut self, declaration: &Declared<'n>, allowed: &[&'static str]) -> Vec<FactOption> {
        let node = self.require(&declaration.fields, "options");
        let (mut ids, mut names): (BTreeMap<String, Span>, BTreeMap<String, Span>) = Default::default();
        let mut options = Vec::new();
        for node in self.list(node) {
            let Some(fields) = self.fields(node, allowed) else { continue };
            let Some((id, span)) = self.declared_id(&fields, &mut ids) else { continue };
            let name = self.required_text(&fields, "name");
            let place = fields.get("name").map_or(span, |node| node.span);
            if let Some(first) = names.insert(name.zh.clone(), place).filter(|_| !name.zh.is_empty()) {
                self.report(faults::duplicate(&name.zh, place, first));
            }
            let hint = self.optional_text(&fields, "hint");
            options.push(FactOption { id, name, hint, offered: Lit::TRUE });
        }
        if options.len() > MAX_OPTIONS {
            let span = declaration.fields.entry("options").map_or(declaration.span, |entry| entry.key_span);
            self.report(faults::too_many_options(options.len(), span));
        }
        options
    }

    /// The conditions of facts, once everything is declared.
    pub(super) fn lower_fact_conditions(&mut self) {
        for node in self.section("facts").and_then(Node::items).unwrap_or(&[]) {
            let mut reported = Vec::new();
            let Some(fields) = Fields::read(node, FACT, &mut reported) else { continue };
            let Some(id) = fields.get("id").and_then(Node::text) else { continue };
            let Some(index) = self.facts.iter().position(|fact| fact.id == id) else { continue };
            if let Some(condition) = fields.get("ask_if") {
                self.ask_if(index, condition);
            }
            for option in fields.get("options").and_then(Node::items).unwrap_or(&[]) {
                self.option_condition(option, &Place::fact(index));
            }
            self.lower_column_options(&fields, &Place::fact(index));
        }
    }

    fn ask_if(&mut self, index: usize, condition: &'n Node) {
        let used = std::mem::take(&mut self.used.symbols);
        let lit = self.condition(condition);
        if self.used.symbols.contains(&Symbol::Fact(index)) {
            self.report(faults::asks_itself(condition.span));
        }
        self.used.symbols.extend(used);
        if let Some(fact) = self.facts.get_mut(index) {
            fact.ask_if = lit;
        }
    }

    pub(super) fn option_condition(&mut self, node: &'n Node, place: &Place) {
        let mut reported = Vec::new();
        let Some(fields) = Fields::read(node, OPTION, &mut reported) else { return };
        let bounds = self.effective(&fields);
        let offered = bounds.map_or(Lit::TRUE, |bounds| self.between(&bounds));
        let Some(id) = fields.get("id").and_then(Node::text) else { return };
        if let Some(Fact { kind: FactKind::Choice(options) | FactKind::Choices(options), .. }) =
            self.declared_mut(place)
            && let Some(option) = options.iter_mut().find(|option| option.id == id)
        {
            option.offered = offered;
        }
    }
}

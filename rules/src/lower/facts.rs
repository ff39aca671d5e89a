//! Facts: type, options, wording.

use std::collections::BTreeMap;

use yichuang_engine::{Assumed, Fact, FactId, FactKind, FactOption, FactRole, Lit, TextFormat};

use super::Lower;
use super::declare::Declared;
use crate::{Code, Diagnostic, Node, Span};

/// The keys of a fact.
pub(super) const FACT: &[&str] = &[
    "id", "name", "type", "options", "question", "help", "why", "unit", "min", "max", "format", "none", "ask_if",
    "assumed", "role",
];

#[derive(Clone, Copy)]
enum Type {
    Bool,
    Integer,
    Text,
    Date,
    Choice,
    Choices,
}

impl<'n> Lower<'n> {
    /// A fact without its conditions (`ask_if`, options by date), which come when all is declared.
    pub(super) fn lower_fact(&mut self, declaration: &Declared<'n>) -> Fact {
        let fields = &declaration.fields;
        let words = [
            ("bool", "是否", Type::Bool),
            ("integer", "整数", Type::Integer),
            ("text", "文本", Type::Text),
            ("date", "日期", Type::Date),
            ("choice", "单选", Type::Choice),
            ("choices", "多选", Type::Choices),
        ];
        let kind = self.require(fields, "type").and_then(|node| self.choice(node, &words)).unwrap_or(Type::Bool);
        let assumed = fields.get("assumed").and_then(|node| self.choice(node, &[("today", "当日", Assumed::Today)]));
        let role = fields
            .get("role")
            .and_then(|node| self.choice(node, &[("accepted_on", "受理日期", FactRole::AcceptedOn)]))
            .unwrap_or(FactRole::Question);
        let kind = match kind {
            Type::Bool => FactKind::Bool,
            Type::Date => FactKind::Date,
            Type::Integer => FactKind::Integer {
                unit: self.optional_text(fields, "unit"),
                min: fields.get("min").and_then(|node| self.whole(node)),
                max: fields.get("max").and_then(|node| self.whole(node)),
            },
            Type::Text => FactKind::Text {
                format: fields
                    .get("format")
                    .and_then(|node| self.choice(node, &[("uscc", "统一社会信用代码", TextFormat::Uscc)]))
                    .unwrap_or(TextFormat::Free),
                none: fields.get("none").map(|node| self.text(Some(node))),
            },
            Type::Choice => FactKind::Choice(self.options(declaration)),
            Type::Choices => FactKind::Choices(self.options(declaration)),
        };
        if matches!(role, FactRole::AcceptedOn) && !matches!(kind, FactKind::Date) {
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    ("受理日期必须是日期", "the fact with the role `accepted_on` must be a date"),
                )
                .at(declaration.span, ("类型不是日期", "is not a date"))
                .help(("写 `类型: 日期`", "write `type: date`")),
            );
        }
        Fact {
            id: declaration.id.clone(),
            name: declaration.name.clone(),
            kind,
            question: self.optional_text(fields, "question"),
            help: self.optional_text(fields, "help"),
            why: self.optional_text(fields, "why"),
            assumed,
            ask_if: Lit::TRUE,
            role,
        }
    }

    fn options(&mut self, declaration: &Declared<'n>) -> Vec<FactOption> {
        let node = self.require(&declaration.fields, "options");
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut options = Vec::new();
        for node in self.list(node) {
            let Some(fields) = self.fields(node, &["id", "name", "hint", "effective"]) else { continue };
            let Some((id, _)) = self.declared_id(&fields, &mut seen) else { continue };
            let name = self.required_text(&fields, "name");
            let hint = self.optional_text(&fields, "hint");
            options.push(FactOption { id, name, hint, offered: Lit::TRUE });
        }
        if options.len() > 64 {
            let span = node.map_or(declaration.span, |node: &Node| node.span);
            self.report(
                Diagnostic::error(
                    Code::TooManyOptions,
                    (format!("选项有 {} 个", options.len()), format!("{} options", options.len())),
                )
                .at(span, ("最多 64 个", "64 at most"))
                .help(("把情形拆成两个，或合并相近的选项", "split the fact or merge similar options")),
            );
        }
        options
    }

    /// The conditions of facts, once everything is declared.
    pub(super) fn lower_fact_conditions(&mut self) {
        let declared = self.list(self.section("facts"));
        for node in declared {
            let mut silent = Vec::new();
            let Some(fields) = super::Fields::read(node, FACT, &mut silent) else { continue };
            let Some(id) = fields.get("id").and_then(Node::text) else { continue };
            let Some(index) = self.facts.iter().position(|fact| fact.id == id) else { continue };
            if let Some(condition) = fields.get("ask_if") {
                let lit = self.condition(condition);
                if let Some(fact) = self.facts.get_mut(index) {
                    fact.ask_if = lit;
                }
            }
            for option in fields.get("options").and_then(Node::items).unwrap_or(&[]) {
                self.option_condition(option, FactId::new(index));
            }
        }
    }

    fn option_condition(&mut self, node: &'n Node, fact: FactId) {
        let mut silent = Vec::new();
        let Some(fields) = super::Fields::read(node, &["id", "name", "hint", "effective"], &mut silent) else { return };
        let offered = self.in_force(&fields);
        let Some(id) = fields.get("id").and_then(Node::text) else { return };
        if let Some(Fact { kind: FactKind::Choice(options) | FactKind::Choices(options), .. }) =
            self.facts.get_mut(fact.index())
            && let Some(option) = options.iter_mut().find(|option| option.id == id)
        {
            option.offered = offered;
        }
    }
}

//! Cases: examples that are also tests.

mod joint;
mod observe;

use yichuang_engine::{Date, Fact, FactKind, FactRole};
use yichuang_forms::{Answer, Answers, LoadedBundle, LoadedCalendar, Precheck};

use crate::lower::keys::Fields;
use crate::{Code, Diagnostic, Entry, Node, NodeKind, ScalarStyle, Source, SourceId, Span, yaml};

/// A case 用例 as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// The day of the request.
    pub on: Date,
    /// The answers, as typed.
    pub answers: Answers,
    /// What is expected: the key, its place and the expected words.
    pub expected: Vec<Expected>,
}

/// One expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Such as `materials.required`.
    pub key: String,
    /// Where it is written.
    pub span: Span,
    /// The words, in the order of the file.
    pub words: Vec<String>,
}

/// What an expectation came out as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The key.
    pub key: String,
    /// Where it is written.
    pub span: Span,
    /// What the case expects.
    pub expected: String,
    /// What the decision says.
    pub got: String,
}

impl Compared {
    /// Whether the two agree.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.expected == self.got
    }
}

/// Reads one file of cases. Answers may be keyed by a fact's id or name.
#[must_use]
pub fn read_cases(bundle: &LoadedBundle, source_id: SourceId, source: &Source) -> (Vec<Case>, Vec<Diagnostic>) {
    let (root, mut diagnostics) = yaml::parse(source_id, &source.text);
    let mut cases = Vec::new();
    if let Some(root) = &root {
        let fields = Fields::read(root, &["cases"], &mut diagnostics);
        let list = fields.and_then(|fields| fields.require("cases", &mut diagnostics));
        match list.map(Node::expect_items) {
            Some(Ok(nodes)) => {
                cases.extend(nodes.iter().filter_map(|node| read_case(bundle, node, &mut diagnostics)));
            }
            Some(Err(diagnostic)) => diagnostics.push(diagnostic),
            None => {}
        }
    }
    (cases, diagnostics)
}

/// Decides a case and compares what it expects, in the order of the file.
///
/// Lists are compared as sets, except for `steps`, `step_days` and those of joint plans, whose order matters.
#[must_use]
pub fn run_case(bundle: &LoadedBundle, calendar: &LoadedCalendar, case: &Case) -> Vec<Compared> {
    let precheck = Precheck::new(bundle, calendar, &case.answers, case.on);
    case.expected
        .iter()
        .map(|expected| {
            let got = observe::observe(&precheck, &expected.key).unwrap_or_default();
            let ordered = matches!(expected.key.as_str(), "steps" | "step_days" | "joint.critical" | "joint.steps");
            Compared {
                key: expected.key.clone(),
                span: expected.span,
                expected: joined(&expected.words, ordered),
                got: joined(&got, ordered),
            }
        })
        .collect()
}

fn joined(words: &[String], ordered: bool) -> String {
    let mut words = words.to_vec();
    if !ordered {
        words.sort();
    }
    if words.is_empty() { "（无）".to_owned() } else { words.join(" ") }
}

fn read_case(bundle: &LoadedBundle, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Case> {
    let fields = Fields::read(node, &["name", "on", "answers", "expect"], diagnostics)?;
    let name = fields.require("name", diagnostics)?;
    let on_node = fields.require("on", diagnostics)?;
    let on = on_node.text().and_then(Date::parse);
    if on.is_none() {
        diagnostics.push(fault(on_node.span, "办理日期不是日期", "the day is not a date", "写成 2014-09-26 这样"));
    }
    let expect = fields.require("expect", diagnostics)?;
    let answers = fields.get("answers").map(|node| read_answers(bundle, node, diagnostics)).unwrap_or_default();
    Some(Case {
        name: name.text().unwrap_or_default().to_owned(),
        span: name.span,
        on: on?,
        answers,
        expected: read_expected(bundle, expect, diagnostics),
    })
}

fn read_answers(bundle: &LoadedBundle, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Answers {
    let pack = &bundle.value.pack;
    let mut answers = Answers::new();
    for entry in node.entries().unwrap_or(&[]) {
        if matches!(entry.key.as_str(), "materials" | "材料") {
            let Some(answer) = answer(&entry.value, &FactKind::Bool) else { continue };
            for fact in pack.facts.iter().filter(|fact| matches!(fact.role, FactRole::MaterialState(_))) {
                if answers.get(&fact.id).is_none() {
                    answers.set(&fact.id, answer.clone());
                }
            }
            continue;
        }
        let known = |fact: &&yichuang_engine::Fact| fact.id == entry.key || fact.name.zh == entry.key;
        let Some(fact) = pack.facts.iter().find(known) else {
            let names = pack.facts.iter().flat_map(|fact| [fact.id.as_str(), fact.name.zh.as_str()]);
            diagnostics.push(
                fault(
                    entry.key_span,
                    &format!("没有情形「{}」", entry.key),
                    &format!("there is no fact `{}`", entry.key),
                    "写情形的 id 或名称",
                )
                .suggest(&entry.key, names),
            );
            continue;
        };
        if let Some(answer) = answer(&entry.value, &fact.kind) {
            answers.set(&fact.id, answer);
        }
    }
    answers
}

/// An answer to a fact or column of this kind; columns may be given by id or name.
fn answer(node: &Node, kind: &FactKind) -> Option<Answer> {
    match &node.kind {
        NodeKind::Sequence(rows) if !rows.is_empty() && rows.iter().all(|row| row.entries().is_some()) => {
            Some(Answer::Rows(rows.iter().map(|node| row(node, kind)).collect()))
        }
        NodeKind::Scalar { text, style: ScalarStyle::Plain } if text.is_empty() => None,
        NodeKind::Scalar { text, .. } => Some(Answer::Text(text.clone())),
        NodeKind::Sequence(nodes) => {
            Some(Answer::Many(nodes.iter().filter_map(Node::text).map(ToOwned::to_owned).collect()))
        }
        NodeKind::Mapping(entries) if says_unsure(entries) => Some(Answer::Unsure),
        // The reader of answers says that this is none.
        NodeKind::Mapping(_) => Some(Answer::Other("{}".into())),
    }
}

/// `{unsure: true}`, `{说不清: 真}`.
fn says_unsure(entries: &[Entry]) -> bool {
    let [Entry { key, value, .. }] = entries else { return false };
    matches!(key.as_str(), "unsure" | "说不清") && matches!(value.text(), Some("true" | "真" | "是"))
}

fn row(node: &Node, kind: &FactKind) -> Answers {
    let columns: &[Fact] = match kind {
        FactKind::Table { columns, .. } => columns,
        _ => &[],
    };
    let mut cells = Answers::new();
    for entry in node.entries().unwrap_or(&[]) {
        let column = columns.iter().find(|column| column.id == entry.key || column.name.zh == entry.key);
        // The reader of answers reports what is no column.
        let (id, kind) = column.map_or((&entry.key, &FactKind::Bool), |column| (&column.id, &column.kind));
        if let Some(answer) = answer(&entry.value, kind) {
            cells.set(id.as_str(), answer);
        }
    }
    cells
}

fn read_expected(bundle: &LoadedBundle, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Expected> {
    let entries = match node.expect_entries() {
        Ok(entries) => entries,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Vec::new();
        }
    };
    if entries.is_empty() {
        diagnostics.push(fault(node.span, "预期是空的", "nothing is expected", "写上要比的内容，例如 verdict"));
    }
    let mut expected = Vec::new();
    for entry in entries {
        if !observe::is_key(&bundle.value.pack, &entry.key) {
            diagnostics.push(
                fault(
                    entry.key_span,
                    &format!("预期里没有「{}」可比", entry.key),
                    &format!("`{}` cannot be compared", entry.key),
                    "可比的内容见规则语言手册（rules/README.md）「用例」一节",
                )
                .suggest(&entry.key, observe::KEYS.iter().chain(joint::KEYS).copied()),
            );
            continue;
        }
        let words = match &entry.value.kind {
            NodeKind::Scalar { text, .. } if text.is_empty() => Vec::new(),
            NodeKind::Scalar { text, .. } => vec![text.clone()],
            NodeKind::Sequence(nodes) => nodes.iter().filter_map(Node::text).map(ToOwned::to_owned).collect(),
            NodeKind::Mapping(_) => {
                diagnostics.push(fault(
                    entry.value.span,
                    "这里要写一个值或列表",
                    "a value or a list is expected",
                    "写成 [a, b]",
                ));
                continue;
            }
        };
        expected.push(Expected { key: entry.key.clone(), span: entry.key_span, words });
    }
    expected
}

fn fault(span: Span, zh: &str, en: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BadCase, (zh, en)).at(span, ("在这里", "here")).help((help, "see `rules/README.en.md`"))
}

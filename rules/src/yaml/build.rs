//! Parser events into a tree; what is refused on the way.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, Placement, ScalarStyle as Style, ScanError, Span as Mark, Tag, options};

use super::slips::{self, Slip};
use super::{Entry, Node, NodeKind, ScalarStyle};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::lexical::invisible;
use crate::source::{SourceId, Span};

const MAX_BYTES: usize = 4 << 20;
const MAX_NODES: usize = 200_000;
const MAX_DEPTH: usize = 64;
/// So many syntax errors are shown; each costs one more reading of the file.
const MAX_SYNTAX_ERRORS: usize = 20;

/// Reads a YAML file.
///
/// The tree is absent when the file could not be read as a whole; an empty file is an empty text.
/// After a syntax error in one line the rest is still read, so that several are shown at once.
pub fn parse(source: SourceId, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    if text.len() > MAX_BYTES {
        return (None, vec![too_large(source, "4 MB", "4 MB")]);
    }
    let unprintable = unprintable(source, text);
    if !unprintable.is_empty() {
        return (None, unprintable);
    }
    let mut patched = text.to_owned();
    let mut syntax_errors = Vec::new();
    loop {
        let mut builder = Builder::new(source, text, &patched);
        match builder.run() {
            Ok(()) => {
                syntax_errors.append(&mut builder.diagnostics);
                let root = builder.root.unwrap_or_else(|| nothing(source));
                let broken = syntax_errors.iter().any(Diagnostic::is_error);
                return ((!broken).then_some(root), syntax_errors);
            }
            Err(Slip { diagnostics, repair }) => {
                syntax_errors.extend(diagnostics);
                let repair = repair.filter(|_| syntax_errors.len() < MAX_SYNTAX_ERRORS);
                let repaired = repair.and_then(|repair| repair.apply(&patched));
                match repaired {
                    Some(next) if next != patched => patched = next,
                    _ => return (None, syntax_errors),
                }
            }
        }
    }
}

/// Characters that YAML 1.2 does not allow in a file (production 1, c-printable); the parser takes some of
/// them for its end.
fn unprintable(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let faults = text.char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'));
    let fault = |(at, c): (usize, char)| invisible(Span::new(source, at, at + c.len_utf8()), c);
    faults.take(MAX_SYNTAX_ERRORS).map(fault).collect()
}

/// The parser's events. However many comments stand between a key and its value, they are read.
pub(crate) fn events(text: &str) -> impl Iterator<Item = Result<(Event<'_>, Mark), ScanError>> {
    Parser::new_from_str_with_options(text, options! { max_buffered_comment_events: MAX_BYTES })
}

/// What an empty file holds.
fn nothing(source: SourceId) -> Node {
    let kind = NodeKind::Scalar { text: String::new(), style: ScalarStyle::Plain };
    Node { span: Span::new(source, 0, 0), kind }
}

/// A collection that is being read.
struct Frame {
    start: usize,
    kind: FrameKind,
}

enum FrameKind {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<(String, Span)>, seen: BTreeMap<String, Span> },
}

struct Builder<'a> {
    source: SourceId,
    /// The file as it is.
    original: &'a str,
    /// The file with earlier syntax errors taken out, byte for byte as long.
    text: &'a str,
    stack: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    /// Where the last event ended.
    last_end: usize,
    /// Where the last event started, if it goes over several lines.
    last_lines: Option<usize>,
    /// The last plain value, which a comment on the same line may have cut.
    last_plain: Option<Span>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(source: SourceId, original: &'a str, text: &'a str) -> Builder<'a> {
        Builder {
            source,
            original,
            text,
            stack: Vec::new(),
            root: None,
            nodes: 0,
            documents: 0,
            last_end: 0,
            last_lines: None,
            last_plain: None,
            diagnostics: Vec::new(),
        }
    }

    fn run(&mut self) -> Result<(), Slip> {
        for event in events(self.text) {
            let (event, mark) = match event {
                Ok(event) => event,
                Err(error) => {
                    let open = self.stack.last().map(|frame| frame.start);
                    let place = slips::Place { last_end: self.last_end, last_lines: self.last_lines, open };
                    return Err(slips::explain(self.source, self.text, &error, place));
                }
            };
            let span = self.span(&mark);
            self.event(event, span)?;
            self.last_end = span.end;
            let lines = self.text.get(span.start..span.end).is_some_and(|slice| slice.contains('\n'));
            self.last_lines = lines.then_some(span.start);
        }
        Ok(())
    }

    fn span(&self, mark: &Mark) -> Span {
        let range = mark.byte_range().unwrap_or(self.last_end..self.last_end);
        Span::new(self.source, range.start, range.end.max(range.start))
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Slip> {
        match event {
            Event::DocumentStart(explicit, version) => {
                self.document_start(explicit && self.has_directive(span) || version.is_some(), span)?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                self.scalar(&text, style, tag.as_deref(), span)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                self.open(span, FrameKind::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                let (entries, key, seen) = (Vec::new(), None, BTreeMap::new());
                self.open(span, FrameKind::Mapping { entries, key, seen })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.diagnostics.push(anchor_or_alias(span));
                self.scalar("", Style::Plain, None, span)?;
            }
            Event::Comment(_, Placement::Right) => self.comment(span),
            _ => {}
        }
        Ok(())
    }

    fn document_start(&mut self, directive: bool, span: Span) -> Result<(), Slip> {
        if directive {
            self.diagnostics.push(slips::directive(self.source, self.text, span.start));
        }
        self.documents += 1;
        if self.documents > 1 {
            return Err(Slip::fatal(several_documents(span)));
        }
        Ok(())
    }

    fn has_directive(&self, document: Span) -> bool {
        let before = self.text.get(..document.start).unwrap_or("");
        before.lines().any(|line| line.starts_with('%'))
    }

    fn scalar(&mut self, text: &str, style: Style, tag: Option<&Tag>, span: Span) -> Result<(), Slip> {
        let empty = style == Style::Plain && span.start == span.end || tag.is_some() && text == "~";
        let text = if empty { "" } else { text };
        let style = match style {
            Style::SingleQuoted => ScalarStyle::Single,
            Style::DoubleQuoted => ScalarStyle::Double,
            Style::Literal => ScalarStyle::Literal,
            Style::Folded => ScalarStyle::Folded,
            _ => ScalarStyle::Plain,
        };
        let span = self.trim(span);
        if style == ScalarStyle::Plain && !empty {
            self.last_plain = Some(span);
            let unchanged = self.original.get(span.start..span.end) == self.text.get(span.start..span.end);
            let found = slips::plain(self.source, self.text, span, self.at_key(), self.stack.is_empty());
            if unchanged {
                self.diagnostics.extend(found);
            }
        }
        let kind = NodeKind::Scalar { text: text.to_owned(), style };
        self.push(Node { span, kind })
    }

    /// Whether the next node is a key.
    fn at_key(&self) -> bool {
        let kind = self.stack.last().map(|frame| &frame.kind);
        matches!(kind, Some(FrameKind::Mapping { key: None, .. }))
    }

    /// A block scalar's span ends with its last line's text.
    fn trim(&self, span: Span) -> Span {
        let slice = self.text.get(span.start..span.end).unwrap_or("");
        Span { end: span.start + slice.trim_end().len(), ..span }
    }

    fn open(&mut self, span: Span, kind: FrameKind) -> Result<(), Slip> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Slip::fatal(too_deep(span)));
        }
        self.stack.push(Frame { start: span.start, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Slip> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let kind = match frame.kind {
            FrameKind::Sequence(items) => NodeKind::Sequence(items),
            FrameKind::Mapping { entries, .. } => NodeKind::Mapping(entries),
        };
        let end = span.end.max(frame.start);
        let span = self.trim(Span::new(self.source, frame.start, end));
        self.push(Node { span, kind })
    }

    fn push(&mut self, node: Node) -> Result<(), Slip> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Slip::fatal(too_large(self.source, "20 万个值", "200,000 values")));
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut frame.kind {
            FrameKind::Sequence(items) => items.push(node),
            FrameKind::Mapping { entries, key, seen } => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {
                    let (name, faults) = read_key(&node, seen);
                    self.diagnostics.extend(faults);
                    *key = Some((name, node.span));
                }
            },
        }
        Ok(())
    }

    fn refuse_properties(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor != 0 {
            self.diagnostics.push(anchor_or_alias(self.property('&', span)));
        }
        if tagged {
            self.diagnostics.push(tag_refused(self.property('!', span)));
        }
    }

    /// The word before a node that begins with the given mark, or the node itself.
    fn property(&self, mark: char, node: Span) -> Span {
        let before = self.text.get(self.last_end..node.start).unwrap_or("");
        let Some(at) = before.find(mark) else { return node };
        let start = self.last_end + at;
        let word = before.get(at..).and_then(|rest| rest.split_whitespace().next()).unwrap_or("");
        Span::new(self.source, start, start + word.len())
    }

    fn comment(&mut self, span: Span) {
        let Some(value) = self.last_plain.take() else { return };
        let between = self.text.get(value.end..span.start).unwrap_or("\n");
        if between.trim().is_empty() && !between.contains('\n') {
            self.diagnostics.extend(slips::cut_by_comment(self.text, value, span));
        }
    }
}

/// A mapping key's name, and what is wrong with the key.
fn read_key(node: &Node, seen: &mut BTreeMap<String, Span>) -> (String, Option<Diagnostic>) {
    match node.text() {
        Some("") | None => (String::new(), Some(key_not_text(node.span))),
        Some("<<") => ("<<".to_owned(), Some(merge_key(node.span))),
        Some(name) => {
            let first = *seen.entry(name.to_owned()).or_insert(node.span);
            let again = first != node.span;
            (name.to_owned(), again.then(|| duplicate_key(name, node.span, first)))
        }
    }
}

fn duplicate_key(name: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateKey, (format!("键「{name}」重复"), format!("key `{name}` occurs twice")))
        .at(again, ("这里又写了一次", "written again here"))
        .also(first, ("第一次在这里", "first written here"))
        .help(("只保留一处；要写多项，请用列表「- 」", "keep one of them; to write several, use a list `- `"))
}

fn key_not_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code::KeyNotText, ("键必须是一个词", "a key must be a word"))
        .at(span, ("这里不是一个词", "this is not a word"))
        .help(("写成「键: 值」；列表每项以「- 」开头", "write `key: value`; list items begin with `- `"))
}

fn merge_key(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MergeKey, ("不支持合并键「<<」", "merge key `<<` is not supported"))
        .at(span, ("不能合并别处的内容", "cannot merge from elsewhere"))
        .help(("把需要的键逐个写出来", "write out the keys you need"))
}

fn anchor_or_alias(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::AnchorOrAlias,
        ("不支持锚点「&」和别名「*」", "anchors `&` and aliases `*` are not supported"),
    )
    .at(span, ("YAML 在这里读到一个锚点或别名", "YAML reads an anchor or alias here"))
    .help((
        "内容要在每处写明；如果这是条件，请整个放进单引号 '…'",
        "write the content in each place; if this is a condition, put it in single quotes '…'",
    ))
}

fn tag_refused(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Tag, ("不支持标签「!…」", "tags `!…` are not supported"))
        .at(span, ("YAML 把以「!」开头的词读作标签", "YAML reads a word that begins with `!` as a tag"))
        .help((
            "如果这是条件，请写「非 …」，或者整个放进单引号 '!…'",
            "if this is a condition, put it in single quotes '!…'",
        ))
}

fn several_documents(span: Span) -> Diagnostic {
    Diagnostic::error(Code::SeveralDocuments, ("一个文件只能有一个文档", "a file may hold one document only"))
        .at(span, ("这里开始了第二个", "a second one begins here"))
        .help(("删去「---」，或者分成两个文件", "remove `---` or split the file"))
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooDeep,
        (format!("层级超过 {MAX_DEPTH} 层"), format!("nested deeper than {MAX_DEPTH} levels")),
    )
    .at(span, ("这一层太深", "this level is too deep"))
    .help(("减少层级", "use fewer levels"))
}

fn too_large(source: SourceId, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, (format!("文件超过 {zh}"), format!("the file exceeds {en}")))
        .at(Span::new(source, 0, 0), ("从这里开始", "it begins here"))
        .help(("分成几个文件", "split it into several files"))
}

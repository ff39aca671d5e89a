//! The tree and the comments, written out.

mod margin;

use unicode_width::UnicodeWidthStr as _;

use super::WIDTH;
use super::comments::{Comment, column};
use super::expr::Role;
use super::flow;
use super::scalar::{self, Block, Scalar, Spot};
use crate::yaml::{Entry, Node, NodeKind, ScalarStyle};

const STEP: usize = 2;

/// The whole file; `comments` in the order of the file.
pub(super) fn layout(text: &str, root: &Node, comments: &[Comment<'_>]) -> String {
    let mut writer = Writer { text, comments, next: 0, out: String::new(), seen: 0, opened: true, kept_end: false };
    writer.root(root);
    writer.lead(usize::MAX, 0);
    writer.out
}

struct Writer<'a> {
    text: &'a str,
    comments: &'a [Comment<'a>],
    /// The first comment that is not written yet.
    next: usize,
    out: String,
    /// Where in the file the last thing ends that is written.
    seen: usize,
    /// Nothing is written at this level yet, so that no blank line belongs here.
    opened: bool,
    /// A blank line would become part of the text above (`|+`).
    kept_end: bool,
}

/// Where a value goes.
#[derive(Clone, Copy)]
struct Place {
    /// How far the entry it belongs to is indented.
    indent: usize,
    /// The column in which it would begin in the line of its key or dash.
    column: usize,
    /// How far the further lines of a list of words are indented.
    hang: usize,
    role: Role,
    after: After,
}

/// What comes after a value in the file.
#[derive(Clone, Copy)]
struct After {
    start: usize,
    column: usize,
}

/// How a value is written.
enum Shape {
    /// Behind its key or dash, perhaps going on in the next lines.
    Line(String),
    /// After `|` or `>`.
    Block(Block),
    /// One entry a line, below its key or beginning behind its dash.
    Entries,
}

impl<'a> Writer<'a> {
    fn root(&mut self, root: &Node) {
        let after = After { start: self.text.len(), column: 0 };
        let place = Place { indent: 0, column: 0, hang: STEP, role: Role::Words, after };
        match self.shape(root, place) {
            Shape::Entries => self.entries(root, place, false),
            _ if root.is_absent() => {}
            shape => {
                self.lead(self.start(root), 0);
                self.blank(self.start(root));
                let begins = self.out.len();
                self.value(root, shape, place);
                // What sets it off from a key has no place at the beginning of a line.
                self.out.remove(begins);
            }
        }
    }

    fn entries(&mut self, node: &Node, place: Place, inline: bool) {
        match &node.kind {
            NodeKind::Mapping(entries) if place.indent == 0 && !inline => self.sections(node, entries, place),
            NodeKind::Mapping(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    self.entry(entry, self.entry_place(node, entries, index, place), inline && index == 0);
                }
            }
            NodeKind::Sequence(items) => self.items(node, items, place, inline),
            NodeKind::Scalar { .. } => {}
        }
        self.tail(node, place);
    }

    /// The top level: sections of several lines stand apart.
    fn sections(&mut self, node: &Node, entries: &[Entry], place: Place) {
        let mut before_has_lines = false;
        for (index, entry) in entries.iter().enumerate() {
            let (from, may_part) = (self.out.len(), index > 0 && !self.kept_end);
            let key = self.entry(entry, self.entry_place(node, entries, index, place), false);
            let lead = self.out.get(from..key).unwrap_or("");
            let parted = lead.starts_with('\n') || lead.contains("\n\n");
            let has_lines = self.out.get(key..).is_some_and(|written| written.trim_end().contains('\n'));
            if may_part && !parted && (has_lines || before_has_lines) {
                self.out.insert(from, '\n');
            }
            before_has_lines = has_lines;
        }
    }

    fn entry_place(&self, node: &Node, entries: &[Entry], index: usize, place: Place) -> Place {
        let (written, role) = entries.get(index).map_or((0, place.role), |entry| {
            (scalar::key(self.text, entry, false).width(), place.role.below(&entry.key))
        });
        let next = entries.get(index + 1).map(|entry| entry.key_span.start);
        Place {
            column: place.indent + written + ": ".len(),
            hang: place.indent + STEP,
            role,
            after: self.after(node, next, place),
            ..place
        }
    }

    fn after(&self, node: &Node, next: Option<usize>, place: Place) -> After {
        match next {
            Some(start) => After { start, column: self.own_column(node) },
            None if self.is_flow(node) => After { start: node.span.end, ..place.after },
            None => place.after,
        }
    }

    /// A key and its value; gives where the key begins in what is written.
    fn entry(&mut self, entry: &Entry, place: Place, inline: bool) -> usize {
        let shape = self.shape(&entry.value, place);
        if !inline {
            self.lead(self.entry_start(entry, &shape), place.indent);
            self.blank(entry.key_span.start);
            self.pad(place.indent);
        }
        let at = self.out.len() - if inline { 0 } else { place.indent };
        self.out.push_str(&scalar::key(self.text, entry, false));
        self.out.push(':');
        self.seen = entry.key_span.end;
        let below = Place { indent: place.indent + STEP, ..place };
        match shape {
            Shape::Entries => {
                self.beside_key(&entry.value, place);
                self.end_line();
                self.opened = true;
                self.entries(&entry.value, below, false);
            }
            shape => self.value(&entry.value, shape, place),
        }
        at
    }

    fn items(&mut self, node: &Node, items: &[Node], place: Place, inline: bool) {
        for (index, item) in items.iter().enumerate() {
            let inline = inline && index == 0;
            let next = items.get(index + 1).map(|item| self.start(item));
            let (column, after) = (place.indent + STEP, self.after(node, next, place));
            let place = Place { column, hang: column + STEP, after, ..place };
            let shape = self.shape(item, place);
            if !inline {
                let start = self.opening(item, &shape, place);
                self.lead(start, place.indent);
                if matches!(shape, Shape::Entries) {
                    self.above_dash(item, place);
                }
                self.blank(start);
                self.pad(place.indent);
            }
            self.out.push('-');
            match shape {
                Shape::Entries => {
                    self.out.push(' ');
                    self.entries(item, Place { indent: place.indent + STEP, ..place }, true);
                }
                shape => self.value(item, shape, place),
            }
        }
    }

    /// A value in the line of its key or dash.
    fn value(&mut self, node: &Node, shape: Shape, place: Place) {
        match shape {
            Shape::Line(line) => {
                if !line.is_empty() {
                    self.out.push(' ');
                    self.out.push_str(&line);
                }
                self.seen = node.span.end.max(self.seen);
                self.beside(place.after.start);
                self.end_line();
            }
            Shape::Block(block) => {
                self.out.push(' ');
                self.out.push_str(&block.head);
                self.seen = self.start(node) + 1;
                self.beside(place.after.start);
                self.end_line();
                for line in &block.lines {
                    if !line.is_empty() {
                        self.pad(place.indent + STEP);
                        self.out.push_str(line);
                    }
                    self.out.push('\n');
                }
                // Where nothing is written, the blank lines below stand apart what comes next.
                if !block.lines.is_empty() {
                    self.seen = node.span.end.max(self.seen);
                }
                self.kept_end = block.head.contains('+');
            }
            Shape::Entries => {}
        }
    }

    fn shape(&self, node: &Node, place: Place) -> Shape {
        match &node.kind {
            NodeKind::Scalar { text, style: ScalarStyle::Literal | ScalarStyle::Folded } => {
                Shape::Block(self.block(node, text))
            }
            NodeKind::Scalar { text, style } => Shape::Line(self.scalar(node, text, *style, place)),
            _ if !self.is_flow(node) => Shape::Entries,
            NodeKind::Sequence(items) if items.is_empty() => Shape::Line("[]".to_owned()),
            NodeKind::Mapping(entries) if entries.is_empty() => Shape::Line("{}".to_owned()),
            _ if self.comment_from(node.span.start).is_some_and(|comment| comment.start < node.span.end) => {
                Shape::Entries
            }
            _ => {
                let line = flow::in_line(self.text, node, place.role);
                if place.column + line.width() <= WIDTH {
                    return Shape::Line(line);
                }
                let lines = flow::in_lines(self.text, node, place.role, place.column, place.hang);
                lines.map_or(Shape::Entries, Shape::Line)
            }
        }
    }

    fn scalar(&self, node: &Node, text: &str, style: ScalarStyle, place: Place) -> String {
        if node.is_absent() {
            return String::new();
        }
        let raw = self.slice(node.span.start, node.span.end);
        let scalar = Scalar { text, raw, style };
        let comment = self.comment_from(node.span.end).filter(|comment| comment.start < place.after.start);
        let comment = comment.filter(|comment| !self.slice(node.span.end, comment.start).contains('\n'));
        let spot = Spot { flow: false, comment: comment.map(|comment| comment.text) };
        // Places leave out what looks like space at the end of a text.
        let is_whole = style != ScalarStyle::Plain || text.trim_end() == text;
        match place.role {
            _ if scalar.has_lines() && is_whole => scalar.in_lines(place.indent + STEP),
            Role::Expression => scalar.expression(spot),
            Role::Words | Role::Data => scalar.in_line(spot),
        }
    }

    fn block(&self, node: &Node, text: &str) -> Block {
        let start = self.start(node);
        let header = self.slice(start, self.text.len());
        let header = header.split([' ', '\t', '\n']).next().unwrap_or("");
        if header.starts_with('|') || text.trim_matches('\n').is_empty() {
            return scalar::literal(text, header);
        }
        let blank = self.slice(start, node.span.start).matches('\n').count().saturating_sub(1);
        // Blanks at the end of the last line are part of the text.
        let end =
            self.slice(node.span.end, self.text.len()).find('\n').map_or(self.text.len(), |at| node.span.end + at);
        let raw = self.slice(node.span.start, end);
        scalar::folded(raw, text, header, blank, column(self.text, node.span.start))
    }

    /// Where a value begins in the file; after `|` and `>` that is the indicator.
    fn start(&self, node: &Node) -> usize {
        let NodeKind::Scalar { text, style: ScalarStyle::Literal | ScalarStyle::Folded } = &node.kind else {
            return node.span.start;
        };
        if text.trim().is_empty() && self.slice(node.span.start, node.span.end).starts_with(['|', '>']) {
            return node.span.start;
        }
        self.slice(0, self.end_before(node.span.start)).rfind(['|', '>']).unwrap_or(node.span.start)
    }

    /// Where ends what stands before a place, but for comments.
    fn end_before(&self, at: usize) -> usize {
        let mut end = self.slice(0, at).trim_end().len();
        while let Some(comment) = self.comment_before(end).filter(|comment| comment.end() == end) {
            end = self.slice(0, comment.start).trim_end().len();
        }
        end
    }

    /// Where the first thing begins that stands in the line of a key; comments before it go above.
    fn entry_start(&self, entry: &Entry, shape: &Shape) -> usize {
        match shape {
            Shape::Entries => entry.key_span.start,
            _ => entry.key_span.start.max(self.start(&entry.value)),
        }
    }

    /// The same for the line of a dash.
    fn opening(&self, node: &Node, shape: &Shape, place: Place) -> usize {
        let below = Place { indent: place.indent + STEP, ..place };
        match (&node.kind, shape) {
            (NodeKind::Mapping(entries), Shape::Entries) => entries.first().map_or(node.span.start, |first| {
                let shape = self.shape(&first.value, self.entry_place(node, entries, 0, below));
                self.entry_start(first, &shape)
            }),
            (NodeKind::Sequence(items), Shape::Entries) => items.first().map_or(node.span.start, |first| {
                let place = Place { column: below.indent + STEP, hang: below.indent + 2 * STEP, ..below };
                self.opening(first, &self.shape(first, place), place)
            }),
            _ => self.start(node),
        }
    }

    fn is_flow(&self, node: &Node) -> bool {
        let first = match &node.kind {
            NodeKind::Sequence(items) => items.first().map(|item| item.span.start),
            NodeKind::Mapping(entries) => entries.first().map(|entry| entry.key_span.start),
            NodeKind::Scalar { .. } => return false,
        };
        // A list that is not indented under its key begins with its first item, not with its dash.
        let bracket = self.slice(node.span.start, self.text.len()).starts_with(['[', '{']);
        bracket && first != Some(node.span.start)
    }

    /// The column of the keys or dashes of a value.
    fn own_column(&self, node: &Node) -> usize {
        let not_indented =
            node.items().and_then(<[Node]>::first).is_some_and(|item| item.span.start == node.span.start);
        let dash = if not_indented { self.end_before(node.span.start).saturating_sub(1) } else { node.span.start };
        column(self.text, dash)
    }

    fn comment_from(&self, at: usize) -> Option<&'a Comment<'a>> {
        self.comments.get(self.comments.partition_point(|comment| comment.start < at))
    }

    fn comment_before(&self, at: usize) -> Option<&'a Comment<'a>> {
        let after = self.comments.partition_point(|comment| comment.start < at);
        after.checked_sub(1).and_then(|place| self.comments.get(place))
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }
}

//! What stands around values: comments, blank lines, line ends.

use super::{Place, Shape, Writer};
use crate::fmt::comments::Comment;
use crate::yaml::Node;

impl Writer<'_> {
    fn pending(&self, before: usize) -> Option<Comment<'_>> {
        self.comments.get(self.next).copied().filter(|comment| comment.start < before)
    }

    /// The comments before a place, each in its own line.
    pub(super) fn lead(&mut self, before: usize, indent: usize) {
        while self.pending(before).is_some() {
            self.comment_line(indent);
        }
    }

    /// The comments that belong to the end of what has just been written, and not to what follows.
    pub(super) fn tail(&mut self, node: &Node, place: Place) {
        let (flow, own) = (self.is_flow(node), self.own_column(node));
        while let Some(comment) = self.pending(place.after.start.max(if flow { node.span.end } else { 0 })) {
            let deeper = comment.alone && comment.column >= own && comment.column > place.after.column;
            let beside = !self.text.get(node.span.end..comment.start).is_some_and(|gap| gap.contains('\n'));
            if flow && !beside || !flow && !deeper {
                return;
            }
            self.comment_line(place.indent);
        }
    }

    pub(super) fn comment_line(&mut self, indent: usize) {
        let Some(comment) = self.comments.get(self.next).copied() else { return };
        self.blank(comment.start);
        self.pad(indent);
        self.out.push_str(comment.text);
        self.seen = comment.end();
        self.next += 1;
        self.end_line();
    }

    /// The comment in the same line, unless something stands between.
    pub(super) fn beside(&mut self, before: usize) {
        let Some(comment) = self.pending(before) else { return };
        if !self.slice(self.seen, comment.start).contains('\n') {
            self.push_beside(comment.end());
        }
    }

    /// The comment beside a key whose value goes below it: beside the key itself, or behind the
    /// bracket that closes the value.
    pub(super) fn beside_key(&mut self, value: &Node, place: Place) {
        let first = self.opening(value, &Shape::Entries, place);
        let in_line = |comment: &Comment<'_>| !self.slice(self.seen, comment.start).contains('\n');
        if let Some(comment) = self.pending(first).filter(in_line) {
            self.push_beside(comment.end());
        } else if self.closes_line(value, place) {
            self.push_beside(value.span.start);
        }
    }

    /// The comment behind the bracket that closes a value goes above the dash of the value.
    pub(super) fn above_dash(&mut self, item: &Node, place: Place) {
        if self.closes_line(item, place) {
            self.comment_line(place.indent);
            self.seen = item.span.start;
        }
    }

    /// Whether the next comment stands behind the bracket that closes a value.
    fn closes_line(&self, node: &Node, place: Place) -> bool {
        let closing = |comment: Comment<'_>| {
            comment.start >= node.span.end && !self.slice(node.span.end, comment.start).contains('\n')
        };
        self.is_flow(node) && self.pending(place.after.start).is_some_and(closing)
    }

    fn push_beside(&mut self, seen: usize) {
        let Some(comment) = self.comments.get(self.next).copied() else { return };
        self.out.push_str("  ");
        self.out.push_str(comment.text);
        self.next += 1;
        self.seen = seen;
    }

    /// A blank line, if the file has one before a place.
    pub(super) fn blank(&mut self, start: usize) {
        let gap = self.text.get(self.seen..start).unwrap_or("");
        let lines = gap.split('\n').count();
        let has = gap.split('\n').take(lines - 1).skip(1).any(|line| line.trim().is_empty());
        if has && !self.opened && !self.kept_end {
            self.out.push('\n');
        }
    }

    pub(super) fn pad(&mut self, indent: usize) {
        self.out.push_str(&" ".repeat(indent));
    }

    pub(super) fn end_line(&mut self) {
        self.out.push('\n');
        (self.opened, self.kept_end) = (false, false);
    }
}

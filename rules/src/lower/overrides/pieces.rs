//! Numbers over time, read from nodes without a report: for comparing an override with what it
//! overrides. What is written wrongly is reported where it is compiled.

use yichuang_engine::{Date, Text};
use yichuang_forms::{MOST_PLACES, parse_number};

use super::both;
use crate::Node;

/// A number from a day to a day; `None` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) struct Piece<'n> {
    from: Option<Date>,
    to: Option<Date>,
    /// In its smallest place.
    number: i128,
    text: &'n str,
}

impl Piece<'_> {
    /// The last day.
    pub(super) fn to(&self) -> Option<Date> {
        self.to
    }

    /// Whether it is written as a date.
    pub(super) fn is_date(&self) -> bool {
        Date::parse(self.text).is_some()
    }
}

/// How numbers over time compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Compared {
    Same,
    /// Otherwise on some day, and nowhere worse.
    Otherwise,
    /// Worse on some day.
    Worse,
}

/// The numbers of a node: one, or versions with the number under `key`.
pub(in crate::lower) fn pieces<'n>(node: &'n Node, key: &str) -> Option<Vec<Piece<'n>>> {
    let nodes = node.items().unwrap_or(std::slice::from_ref(node));
    nodes.iter().map(|node| piece(node, key)).collect()
}

fn piece<'n>(node: &'n Node, key: &str) -> Option<Piece<'n>> {
    let (text, (from, to)) = match node.text() {
        Some(text) => (text.trim(), (None, None)),
        None => (super::read::value(node, key)?.text()?.trim(), bounds(node)?),
    };
    Some(Piece { from, to, number: number(text)?, text })
}

/// A number in its smallest place, or a date as the number of its days.
fn number(text: &str) -> Option<i128> {
    let date = || Date::parse(text).map(|date| date.to_days().into());
    parse_number(text, MOST_PLACES).ok().or_else(date)
}

/// `from` and `to` of a mapping; the outer `None` is for what cannot be read.
fn bounds(node: &Node) -> Option<(Option<Date>, Option<Date>)> {
    let day = |key| match super::read::value(node, key) {
        Some(node) => Date::parse(node.text()?).map(Some),
        None => Some(None),
    };
    Some((day("from")?, day("to")?))
}

/// The pieces within the bounds of an `effective`, if there is one.
pub(in crate::lower) fn within<'n>(pieces: Vec<Piece<'n>>, effective: Option<&Node>) -> Option<Vec<Piece<'n>>> {
    let Some(node) = effective else { return Some(pieces) };
    let (from, to) = bounds(node)?;
    let cut = |piece: Piece<'n>| {
        let from = piece.from.max(from);
        let to = match (piece.to, to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let is_empty = from.zip(to).is_some_and(|(from, to)| from > to);
        (!is_empty).then_some(Piece { from, to, ..piece })
    };
    Some(pieces.into_iter().filter_map(cut).collect())
}

/// Compares numbers day by day; of pieces that overlap the first counts.
pub(in crate::lower) fn compare(new: &[Piece<'_>], old: &[Piece<'_>], worse: impl Fn(i128, i128) -> bool) -> Compared {
    // Between these days nothing changes; `None` is before all of them.
    let starts = |piece: &Piece<'_>| [piece.from, piece.to.and_then(|to| to.add_days(1))];
    let days = std::iter::once(None).chain(new.iter().chain(old).flat_map(starts));
    let mut compared = Compared::Same;
    for day in days {
        let number = |pieces| on(pieces, day).map(|piece| piece.number);
        match (number(new), number(old)) {
            (Some(new), Some(old)) if worse(new, old) => return Compared::Worse,
            (None, _) => {}
            (new, old) if new == old => {}
            _ => compared = Compared::Otherwise,
        }
    }
    compared
}

/// The same numbers without overlaps, in the order of time.
pub(in crate::lower) fn flat<'n>(pieces: &[Piece<'n>]) -> Vec<Piece<'n>> {
    let starts = pieces.iter().flat_map(|piece| [piece.from, piece.to.and_then(|to| to.add_days(1))]);
    let mut starts: Vec<Option<Date>> = std::iter::once(None).chain(starts).collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next.and_then(|next| next.add_days(-1))).chain([None]);
    let mut flat: Vec<Piece<'n>> = Vec::new();
    for (from, to) in starts.iter().copied().zip(ends) {
        let Some(piece) = on(pieces, from) else { continue };
        let number = piece.number;
        match flat.last_mut().filter(|last| last.number == number && last.to.and_then(|to| to.add_days(1)) == from) {
            Some(last) => last.to = to,
            None => flat.push(Piece { from, to, ..piece }),
        }
    }
    flat
}

fn on<'n>(pieces: &[Piece<'n>], day: Option<Date>) -> Option<Piece<'n>> {
    let holds = |piece: &&Piece<'n>| piece.from <= day && piece.to.is_none_or(|to| day.is_none_or(|day| day <= to));
    pieces.iter().find(holds).copied()
}

/// Numbers over time in words: `20 个工作日`, `15（自 2015-10-01）、20`.
pub(in crate::lower) fn words(pieces: &[Piece<'_>], unit: (&str, &str)) -> Text {
    let (mut zh, mut en): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for Piece { from, to, text, .. } in pieces {
        let Text { zh: chinese, en: english } = period(*from, *to);
        zh.push(format!("{text}{}{chinese}", unit.0));
        en.push(format!("{text}{}{english}", unit.1));
    }
    both(zh.join("、"), en.join(", "))
}

/// `（自 2015-10-01 至 2019-11-30）`; nothing without bounds.
fn period(from: Option<Date>, to: Option<Date>) -> Text {
    match (from, to) {
        (None, None) => Text::default(),
        (Some(from), None) => both(format!("（自 {from}）"), format!(" (from {from})")),
        (None, Some(to)) => both(format!("（至 {to}）"), format!(" (until {to})")),
        (Some(from), Some(to)) => both(format!("（自 {from} 至 {to}）"), format!(" (from {from} until {to})")),
    }
}

/// The bounds of an `effective` in words.
pub(in crate::lower) fn effective_words(node: Option<&Node>) -> Text {
    node.and_then(bounds).map_or_else(Text::default, |(from, to)| period(from, to))
}

#[cfg(test)]
mod tests;

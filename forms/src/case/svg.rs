//! The time line as a picture: days run downwards, so that it is readable on a phone.
//!
//! Everything in it stands in words in the list beside it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::Date;

use super::line::{Bar, Line, Mark, MarkKind};
use crate::phrase::{full_day, say};
use crate::rest_days::Shade;
use crate::svg::{diamond, disc, rect, segment, text, width};
use crate::{Element, Lang, el};

/// The picture in its own units; a phone shows about one of them in each pixel.
const WIDTH: i64 = 340;
const TOP: i64 = 16;
/// The band of the days.
const BAND: (i64, i64) = (66, 24);
/// The lanes of suspensions beside it.
const LANE: i64 = 10;
const LANES: usize = 3;
/// From one label to the next, of one line or of two.
const STEP: i64 = 22;
const TALL_STEP: i64 = 38;

/// Where days lie.
struct Scale {
    start: i64,
    days: i64,
    height: i64,
    step: i64,
}

impl Scale {
    fn of(line: &Line, step: i64) -> Scale {
        let (start, end) = (i64::from(line.start.to_days()), i64::from(line.end.to_days()));
        let days = (end - start + 1).max(1);
        let height = if days <= 35 { days * 16 } else { (560 + (days - 35) * 3).min(900) };
        let labels = i64::try_from(line.marks.len()).unwrap_or(0) * step;
        Scale { start, days, height: height.max(labels), step }
    }

    /// The upper edge of a day.
    fn top(&self, day: Date) -> i64 {
        TOP + (i64::from(day.to_days()) - self.start) * self.height / self.days
    }

    fn bottom(&self, day: Date) -> i64 {
        TOP + (i64::from(day.to_days()) - self.start + 1) * self.height / self.days
    }

    fn middle(&self, day: Date) -> i64 {
        i64::midpoint(self.top(day), self.bottom(day))
    }

    /// Whether so many days are tall enough for a label of their own.
    fn has_room(&self, days: i64) -> bool {
        days * self.height / self.days >= 15
    }
}

/// The picture; `title` and `words` are what is heard of it.
pub(super) fn svg(line: &Line, heard: &str, lang: Lang) -> Element {
    let lanes = i64::try_from(line.bars.len().min(LANES)).unwrap_or(0);
    let label_x = BAND.0 + BAND.1 + lanes * LANE + 22;
    let room = WIDTH - label_x - 16;
    let words: Vec<[String; 2]> = line.marks.iter().map(|mark| picture_words(mark, line, lang)).collect();
    let is_tall = words.iter().any(|[day, label]| width(day) + width(label) + 4 > room);
    let widest = words.iter().map(|[_, label]| width(label)).max().unwrap_or(0).max(room);
    let scale = Scale::of(line, if is_tall { TALL_STEP } else { STEP });
    let labels = labels(line, &scale);
    let bottom = labels.last().map_or(0, |(_, y)| y + scale.step).max(TOP + scale.height + 14);
    let wide = label_x + 16 + widest;
    el("svg")
        .class("line")
        .attr("role", "img")
        .attr("aria-labelledby", "line-title line-words")
        .attr("viewBox", format!("0 0 {wide} {bottom}"))
        .child(el("title").id("line-title").text(lang.word("办件时间线", "Time line of the case")))
        .child(el("desc").id("line-words").text(heard))
        .child(rect("band", BAND.0, TOP, BAND.1, scale.height))
        .children(line.shades.iter().map(|shade| self::shade(shade, &scale)))
        .children(ticks(line, &scale).into_iter().flatten())
        .children(line.bars.iter().enumerate().map(|(place, bar)| self::bar(place, bar, &scale)))
        .children(labels.iter().zip(words).flat_map(|((mark, y), words)| label(mark, *y, label_x, words, &scale)))
}

/// The labels from above, none over another.
fn labels<'l>(line: &'l Line, scale: &Scale) -> Vec<(&'l Mark, i64)> {
    let mut free = TOP;
    let mut labels = Vec::new();
    for mark in &line.marks {
        let y = scale.middle(mark.day).max(free);
        free = y + scale.step;
        labels.push((mark, y));
    }
    labels
}

fn shade(shade: &Shade, scale: &Scale) -> Element {
    let (from, to) = (scale.top(shade.from), scale.bottom(shade.to));
    rect(if shade.is_settled { "rest" } else { "unsettled" }, BAND.0, from, BAND.1, (to - from).max(1))
}

/// The first days of months, or of years on a long line; the first day of the line too if it has room.
fn ticks(line: &Line, scale: &Scale) -> Vec<[Element; 2]> {
    let months = scale.has_room(28);
    if !months && !scale.has_room(365) {
        return Vec::new();
    }
    let (mut year, mut month) = (line.start.year(), line.start.month());
    let mut ticks: Vec<(i64, String)> = Vec::new();
    while let Some(first) = Date::new(year, month, 1).filter(|day| *day <= line.end) {
        let words = if months { format!("{year}-{month:02}") } else { format!("{year}") };
        let y = scale.top(first.max(line.start));
        if ticks.last().is_some_and(|(before, _)| y - before < 14) {
            ticks.pop();
        }
        ticks.push((y, words));
        (year, month) = match (months, month) {
            (true, 1..=11) => (year, month + 1),
            _ => (year.saturating_add(1), 1),
        };
    }
    let tick = |(y, words): (i64, String)| {
        let rule = segment("tick", [(BAND.0 - 5, y), (BAND.0 + BAND.1, y)]);
        [rule, text("when", BAND.0 - 8, y + 4, words).attr("text-anchor", "end")]
    };
    ticks.into_iter().map(tick).collect()
}

fn bar(place: usize, bar: &Bar, scale: &Scale) -> Element {
    let lane = i64::try_from(place % LANES).unwrap_or(0);
    // It stands still from the day after.
    let from = scale.bottom(bar.from);
    let to = if bar.to > bar.from { scale.bottom(bar.to) } else { from + 2 };
    rect(if bar.stops { "stop" } else { "idle" }, BAND.0 + BAND.1 + 4 + lane * LANE, from, 7, (to - from).max(2))
}

/// A mark on the band, the line to its label, the label.
fn label(mark: &Mark, y: i64, x: i64, [day, words]: [String; 2], scale: &Scale) -> [Element; 4] {
    let (at, middle) = (scale.middle(mark.day), BAND.0 + BAND.1 / 2);
    let leader = el("path").class("leader").attr("d", format!("M{} {at}L{} {at}L{} {y}", middle, x - 16, x - 9));
    let (shape, sign, class) = match mark.kind {
        MarkKind::Event(number, true) => (disc("event", middle, at, 5), numbered(number, x, y, "event"), "label"),
        MarkKind::Event(number, false) => (disc("void", middle, at, 5), numbered(number, x, y, "void"), "label not"),
        MarkKind::Due => (diamond("due", middle, at), diamond("due", x, y), "label due"),
        MarkKind::NotBefore => (diamond("open", middle, at), diamond("open", x, y), "label due"),
        MarkKind::Today => {
            let across = segment("today", [(BAND.0 - 5, at), (BAND.0 + BAND.1 + 3, at)]);
            (across, segment("today", [(x - 7, y), (x + 7, y)]), "label now")
        }
    };
    let label = match scale.step {
        STEP => text(class, x + 13, y + 5, format!("{day} {words}")),
        _ => {
            let second = el("tspan").attr("x", format!("{}", x + 13)).attr("dy", "16").text(words);
            text(class, x + 13, y + 5, day).text(" ").child(second)
        }
    };
    [leader, shape, sign, label]
}

/// `10-13` and `受理`; the day with its year where the line goes over the end of one.
fn picture_words(mark: &Mark, line: &Line, lang: Lang) -> [String; 2] {
    let (year, month, day) = (mark.day.year(), mark.day.month(), mark.day.day());
    let day = if line.start.year() == line.end.year() {
        format!("{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}")
    };
    let label = &mark.label;
    let label = match mark.kind {
        MarkKind::NotBefore => say!(lang, "最早：{label}", "earliest: {label}"),
        MarkKind::Event(..) | MarkKind::Due | MarkKind::Today => label.clone(),
    };
    [day, label]
}

/// What is heard of the picture: its span; the list has the rest.
pub(super) fn heard(line: &Line, lang: Lang) -> String {
    let inner = |day: Option<Date>, edge| day.unwrap_or(edge);
    let from = full_day(inner(line.start.tomorrow(), line.start), lang);
    let to = full_day(inner(line.end.yesterday(), line.end), lang);
    let marks: Vec<String> = line.marks.iter().map(|mark| picture_words(mark, line, lang).join(" ")).collect();
    let marks = marks.join(lang.word("；", "; "));
    say!(lang, "从 {from}到 {to}：{marks}。", "From {from} to {to}: {marks}.")
}

fn numbered(number: usize, x: i64, y: i64, class: &'static str) -> Element {
    let number = text("number", x, y + 4, format!("{number}")).attr("text-anchor", "middle");
    el("g").class(class).child(disc(class, x, y, 9)).child(number)
}

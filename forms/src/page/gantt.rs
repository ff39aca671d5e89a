//! The picture of a joint plan: departments as lanes, a bar for each step, rest days shaded.
//!
//! Names stand above their bars, so that the picture is readable on a phone; everything in it stands
//! in words in the list below it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::Date;

use crate::phrase::{full_day, say};
use crate::svg::{rect, segment, text, width};
use crate::view::{JointStepView, JointView, Stretch};
use crate::{Element, Lang, el};

/// The picture in its own units; a phone shows about one of them in each pixel.
const WIDTH: i64 = 340;
const TOP: i64 = 20;
const HEAD: i64 = 24;
const ROW: i64 = 36;
/// From the upper edge of a row to its bar, and the height of that.
const BAR: (i64, i64) = (20, 10);

/// Where days lie.
struct Scale<'s> {
    stretch: &'s Stretch,
    days: i64,
}

impl Scale<'_> {
    fn left(&self, day: Date) -> i64 {
        let from = i64::from(day.to_days()) - i64::from(self.stretch.from.to_days());
        from * WIDTH / self.days
    }

    fn right(&self, day: Date) -> i64 {
        let to = i64::from(day.to_days()) - i64::from(self.stretch.from.to_days()) + 1;
        to * WIDTH / self.days
    }
}

pub(super) fn svg(joint: &JointView, stretch: &Stretch, lang: Lang) -> Element {
    let days = i64::from(stretch.to.to_days()) - i64::from(stretch.from.to_days()) + 1;
    let scale = Scale { stretch, days: days.max(1) };
    let mut y = TOP;
    let mut rows: Vec<Element> = Vec::new();
    for (name, days) in joint.surveys.iter().filter_map(|survey| Some((&survey.name, survey.days?))) {
        let x = scale.left(days.0).min(WIDTH - width(name)).max(0);
        rows.push(text("name", x, y + 14, name.clone()));
        rows.push(bar("survey", days.0, days.1, y, &scale));
        y += ROW;
    }
    for department in &joint.departments {
        rows.push(rect("lane", 0, y + 2, WIDTH, HEAD - 4));
        rows.push(text("department", 4, y + 17, department.name.clone()));
        y += HEAD;
        for step in &department.steps {
            rows.extend(self::step(step, y, &scale, lang));
            y += ROW;
        }
    }
    let shades = stretch.shades.iter().map(|shade| {
        let class = if shade.is_settled { "rest" } else { "unsettled" };
        let (from, to) = (scale.left(shade.from), scale.right(shade.to));
        rect(class, from, TOP, (to - from).max(1), y - TOP)
    });
    el("svg")
        .class("plan")
        .attr("role", "img")
        .attr("aria-labelledby", "plan-title plan-words")
        .attr("viewBox", format!("0 0 {WIDTH} {}", y + 4))
        .child(el("title").id("plan-title").text(lang.word("联办计划图", "Chart of the joint plan")))
        .child(el("desc").id("plan-words").text(heard(stretch, lang)))
        .children(shades)
        .children(ticks(&scale, y))
        .children(rows)
}

/// What is heard of the picture: its span; the list has the rest.
fn heard(stretch: &Stretch, lang: Lang) -> String {
    let (from, to) = (full_day(stretch.from, lang), full_day(stretch.to, lang));
    say!(lang, "从 {from}到 {to}；下面的列表说的是同样的内容。", "From {from} to {to}; the list below says the same.")
}

/// The name above, the bar below, behind it the room in which it may slip.
fn step(step: &JointStepView, y: i64, scale: &Scale<'_>, lang: Lang) -> Vec<Element> {
    let Some((first, last, latest)) = step.days else { return Vec::new() };
    let is_critical = step.slack.is_empty();
    let mark = if is_critical { lang.word("★ ", "★ ") } else { "" };
    let words = format!("{mark}{} {}", step.name, step.length);
    // A name that would leave the picture on the right ends with it.
    let wide = width(&words);
    let x = scale.left(first).min(WIDTH - wide).max(0);
    let name = text(if is_critical { "name critical" } else { "name" }, x, y + 14, words);
    let slack = (latest > last).then(|| bar("slack", first, latest, y, scale));
    let bar = bar(if is_critical { "work critical" } else { "work" }, first, last, y, scale);
    slack.into_iter().chain([bar, name]).collect()
}

fn bar(class: &'static str, first: Date, last: Date, y: i64, scale: &Scale<'_>) -> Element {
    let (from, to) = (scale.left(first), scale.right(last));
    rect(class, from, y + BAR.0, (to - from).max(3), BAR.1)
}

/// The first days of months, of years on a long plan.
fn ticks(scale: &Scale<'_>, bottom: i64) -> Vec<Element> {
    let has_room = |days: i64, wide: i64| days * WIDTH / scale.days >= wide;
    let months = has_room(28, 24);
    let stretch = scale.stretch;
    let (mut year, mut month) = (stretch.from.year(), stretch.from.month());
    let mut ticks: Vec<Element> = Vec::new();
    let mut free = 0;
    while let Some(first) = Date::new(year, month, 1).filter(|day| *day <= stretch.to) {
        let x = scale.left(first.max(stretch.from));
        let words = match (months, ticks.is_empty() || month == 1) {
            (true, false) => format!("{month} 月"),
            (true, true) => format!("{year} 年 {month} 月"),
            (false, _) => format!("{year}"),
        };
        if x >= free && x + width(&words) <= WIDTH {
            free = x + width(&words) + 4;
            ticks.push(segment("tick", [(x, TOP - 14), (x, bottom)]));
            ticks.push(text("when", x + 3, TOP - 6, words));
        }
        (year, month) = match (months, month) {
            (true, 1..=11) => (year, month + 1),
            _ => (year.saturating_add(1), 1),
        };
    }
    ticks
}

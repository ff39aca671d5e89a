//! The answers of a form, to be looked over.

use alloc::format;

use super::super::parts::{heard, submit};
use super::{named, print_buttons};
use crate::{Element, FillingView, Lang, ReviewGroup, ReviewLine, ReviewView, Reviewed, el};

pub(super) fn section(review: &ReviewView, view: &FillingView) -> Element {
    let lang = view.lang;
    let class = if review.left == 0 { "card verdict-good" } else { "card verdict-warn" };
    let hint = match review.left {
        0 => lang.word("请再看一遍，没有错就打印。", "Look it over once more, then print it."),
        _ => lang.word(
            "没填的可以先空着，打印后用笔补；填错的请改好。",
            "What is empty can be filled in by hand on the printed form; what is wrong must be changed.",
        ),
    };
    el("section")
        .key("review")
        .class("review")
        .child(el("div").key("state").class(class).child(el("h2").text(&*review.headline)).child(el("p").text(hint)))
        .children(review.groups.iter().map(|group| self::group(group, lang)))
        .child(
            el("section")
                .key("prints")
                .class("card")
                .child(el("h2").text(lang.word("打印", "Print")))
                .child(print_buttons(view))
                .child(
                    el("p")
                        .key("draft")
                        .class("keep")
                        .child(submit("__print", "draft.html", "link").text(lang.word("存成文件", "Save as a file")))
                        .child(submit("__print", "draft.json", "link").text(lang.word("存成 JSON", "Save as JSON"))),
                ),
        )
}

fn group(group: &ReviewGroup, lang: Lang) -> Element {
    el("section")
        .key(&*group.title)
        .class("card")
        .child(el("h2").text(&*group.title))
        .child(el("dl").class("answers").children(group.lines.iter().map(|line| self::line_of(line, lang))))
}

fn line_of(answer: &ReviewLine, lang: Lang) -> Element {
    let change =
        submit("__go", &answer.key, "link").text(lang.word("修改", "Change")).child(heard(named(lang, &answer.label)));
    let error = answer.error.as_ref().map(|message| el("p").key("error").class("error").text(&**message));
    let none = (answer.answers.is_empty() && answer.error.is_none())
        .then(|| el("p").class("fine").text(lang.word("没有填", "left empty")));
    el("div")
        .key(&*answer.key)
        .class(match (&answer.error, answer.is_empty) {
            (None, _) => "said",
            (Some(_), true) => "open",
            (Some(_), false) => "bad",
        })
        .child(el("dt").text(&*answer.label))
        .child(
            el("dd")
                .children(answer.answers.iter().enumerate().map(|(place, part)| said(place, part, lang)))
                .child(none)
                .child(error),
        )
        .child(el("dd").class("change").child(change))
}

fn said(place: usize, part: &Reviewed, lang: Lang) -> Element {
    let name = (!part.name.is_empty()).then(|| heard_name(&part.name, lang));
    let text = match &part.masked {
        None => el("b").class("text").text(&*part.text),
        Some(masked) => el("details")
            .key("masked")
            .class("masked")
            .child(el("summary").child(el("b").text(&**masked)).child(el("span").text(lang.word("显示", "Show"))))
            .child(el("b").class("text").text(&*part.text)),
    };
    let rows = part.rows.iter().enumerate().map(|(place, cells)| {
        let cells = cells.iter().map(|(name, value)| {
            el("span").text(match lang {
                Lang::Zh => format!("{name}：{value}"),
                Lang::En => format!("{name}: {value}"),
            })
        });
        el("li").key(format!("{place}")).children(cells)
    });
    el("div")
        .key(format!("{place}"))
        .class("part")
        .child(name)
        .child(text)
        .child((!part.rows.is_empty()).then(|| el("ol").children(rows)))
}

fn heard_name(name: &str, lang: Lang) -> Element {
    let mark = lang.word("：", ": ");
    el("span").class("name").text(format!("{name}{mark}"))
}

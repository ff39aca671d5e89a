//! The page of a case: one form posted to itself, and what follows from it beside it.

mod form;
mod result;

use alloc::format;
use alloc::vec::Vec;

use yichuang_engine::{Calendar, Date};

use super::read::read;
use super::view::view;
use super::{CaseFields, EXAMPLES};
use crate::page::Site;
use crate::page::shell::{header, main, other_lang, skip, whole};
use crate::phrase::say;
use crate::{Element, Lang, Tree, el};

/// The document of a case. `note` says what could not be done with it, such as a file without days.
#[must_use]
pub fn case_document(
    fields: &CaseFields,
    calendar: &Calendar,
    today: Date,
    lang: Lang,
    note: Option<&str>,
    site: &Site<'_>,
) -> Tree {
    let reading = read(fields, calendar, today);
    let faults = reading.as_ref().err().map_or(&[][..], Vec::as_slice);
    let name = lang.word("办件时限计算", "Case clock");
    let title = match faults.len() {
        0 => name.into(),
        count => say!(lang, "有 {count} 处要看一下：{name}", "{count} to look at: {name}"),
    };
    let result = match &reading {
        Ok(_) if fields.is_blank() => start(lang),
        Ok(case) => result::section(&view(fields, case, calendar, lang), fields, lang),
        Err(faults) => result::faulty(faults, lang),
    };
    let lead = lang.word(
        "填写办件的时限和发生过的事，看它的灯色、到期日、能出的文书和要注意的地方。这里什么也不保存。",
        "Enter the periods of a case and what happened to it: its lamp, last days, documents and what to note. Nothing is kept here.",
    );
    let main = main()
        .class("wrap case")
        .child(el("h1").text(name))
        .child(el("p").class("lead").text(lead))
        .child(note.map(|note| el("p").class("problems").attr("role", "status").text(note)))
        .child(el("div").class("columns").child(form::form(fields, faults, today, lang)).child(result));
    whole(lang, false, &title, None, [skip(lang), header(site, lang, switch(lang)), main])
}

/// The button that shows the same case in the other language.
fn switch(lang: Lang) -> Vec<Element> {
    let (other, name) = other_lang(lang);
    let button = el("button").attr("type", "submit").class("link").attr("form", "case");
    let button = button.attr("name", "lang").attr("value", other);
    [button.attr("lang", if other == "zh" { "zh-CN" } else { "en" }).text(name)].into()
}

/// What stands where the clock will be.
fn start(lang: Lang) -> Element {
    let query = lang.word("", "&lang=en");
    let link = |(code, zh, en): (&str, &'static str, &'static str)| {
        el("li").child(el("a").attr("href", format!("/case?example={code}{query}#result")).text(lang.word(zh, en)))
    };
    el("section")
        .id("result")
        .class("clock card")
        .attr("aria-labelledby", "result-title")
        .child(el("h2").id("result-title").text(lang.word("先看一个例子", "See an example first")))
        .child(el("ul").class("examples").children(EXAMPLES.map(link)))
        .child(el("p").class("sub").text(lang.word(
            "工作日按国务院办公厅每年的放假安排计算；事情当天不计入；受理以前没有期限在走。",
            "Workdays follow the yearly holiday notices; the day of an event is not counted; no period runs before acceptance.",
        )))
}

//! What follows from the events: the lamp, last days, what may happen next, the time line.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::case::line::{Bar, Line, Mark, MarkKind};
use crate::case::svg::{heard, svg};
use crate::case::view::{CaseView, DueRow, NextRow, RemarkRow};
use crate::case::words::day;
use crate::case::{CaseFault, CaseFields};
use crate::phrase::{full_day, say};
use crate::{Element, Lang, el};

pub(super) fn section(view: &CaseView, fields: &CaseFields, lang: Lang) -> Element {
    el("section")
        .id("result")
        .class("clock")
        .attr("aria-label", lang.word("计算结果", "The clock"))
        .child(verdict(view))
        .child(remarks(&view.remarks, lang))
        .child(dues(view, lang))
        .child(next(&view.next, lang))
        .child(line(&view.line, lang))
        .child(documents(view, lang))
        .child(
            fields.events.is_empty().then(|| {
                el("p").class("sub").text(lang.word("还没有填写发生过的事。", "No event has been entered yet."))
            }),
        )
}

/// Nothing is reckoned while something cannot be understood.
pub(super) fn faulty(faults: &[CaseFault], lang: Lang) -> Element {
    let count = faults.len();
    let words = say!(
        lang,
        "有 {count} 处看不懂，所以没有计算。填写的内容都还在，改好再点“计算”。",
        "{count} entries cannot be understood, so nothing was reckoned. All of it is still there; put it right and press Reckon.",
    );
    let head = el("p").class("big").text(lang.word("还不能计算", "Not reckoned yet"));
    let verdict = el("div").class("verdict warn").child(head).child(el("p").class("detail").text(words));
    el("section").id("result").class("clock").attr("aria-label", lang.word("计算结果", "The clock")).child(verdict)
}

fn verdict(view: &CaseView) -> Element {
    let fact = |(label, value): &(&'static str, String)| {
        el("div").child(el("dt").text(*label)).child(el("dd").text(value.as_str()))
    };
    el("div")
        .class(format!("verdict {}", view.tone))
        .attr("data-lamp", view.lamp.code())
        .child(el("h2").class("big").child(el("span").text(view.headline.as_str())))
        .child(el("p").class("detail").text(view.detail.as_str()))
        .child(el("dl").class("known").children(view.facts.iter().map(fact)))
}

fn card(id: &'static str, title: &'static str) -> Element {
    el("section").class("card").attr("aria-labelledby", id).child(el("h3").id(id).text(title))
}

fn remarks(remarks: &[RemarkRow], lang: Lang) -> Option<Element> {
    let row = |remark: &RemarkRow| {
        el("li")
            .class(format!("remark {}", remark.tone))
            .attr("data-remark", remark.code)
            .child(
                el("p")
                    .child(el("b").text(remark.level))
                    .child(remark.event.as_ref().map(|event| el("span").class("sub").text(format!(" {event}")))),
            )
            .child(el("p").text(remark.message.as_str()))
            .child(el("p").class("fine").text(remark.basis))
    };
    (!remarks.is_empty()).then(|| {
        card("remarks", lang.word("要注意的地方", "To note"))
            .child(el("ul").class("remarks").children(remarks.iter().map(row)))
    })
}

fn dues(view: &CaseView, lang: Lang) -> Option<Element> {
    let row = |due: &DueRow| {
        let when = match &due.day {
            Some(day) => el("time").attr("datetime", day.as_str()).text(due.words.as_str()),
            None => el("span").class("open").text(due.words.as_str()),
        };
        el("li")
            .attr("data-due", due.id)
            .child(el("b").text(due.name.as_str()))
            .child(when)
            .child(due.state.as_ref().map(|state| el("span").class("sub").text(state.as_str())))
            .child(el("span").class("fine").text(due.basis))
    };
    let under = view.notices.join(lang.word("、", "; "));
    let under = (!view.notices.is_empty())
        .then(|| el("p").class("sub").text(say!(lang, "工作日依据：{under}。", "Workdays by {under}.")));
    let effect = |words: &String| el("li").text(words.as_str());
    let effects =
        (!view.effects.is_empty()).then(|| el("ul").class("effects").children(view.effects.iter().map(effect)));
    let download = view.dues.iter().any(|due| due.day.is_some()).then(|| {
        let button = el("button").attr("type", "submit").attr("form", "case").attr("formaction", "/case.ics");
        el("p").class("row").child(button.text(lang.word("下载到期日（.ics 日历文件）", "Download the dates (.ics)")))
    });
    (!view.dues.is_empty()).then(|| {
        card("dues", lang.word("到期日", "Last days"))
            .child(el("ul").class("dues").children(view.dues.iter().map(row)))
            .child(under)
            .child(effects)
            .child(download)
    })
}

fn next(next: &[NextRow], lang: Lang) -> Option<Element> {
    let row = |one: &NextRow| {
        let by = one.by.as_ref().map(|by| el("span").class("sub").text(say!(lang, "期限：{by}", "by {by}")));
        el("li")
            .attr("data-next", one.code)
            .child(el("b").text(one.action.as_str()))
            .child(one.form.as_ref().map(|form| el("span").class("paper").text(form.as_str())))
            .child(by)
            .child(el("span").class("fine").text(one.basis))
    };
    (!next.is_empty()).then(|| {
        card("next", lang.word("接下来依法可以", "What may legally happen next"))
            .child(el("ul").class("next").children(next.iter().map(row)))
    })
}

fn documents(view: &CaseView, lang: Lang) -> Option<Element> {
    let row = |(_, words): &(usize, String)| el("li").text(words.as_str());
    (!view.documents.is_empty()).then(|| {
        card("documents", lang.word("已有的文书", "Documents so far"))
            .child(el("ul").class("papers").children(view.documents.iter().map(row)))
    })
}

/// The picture and the same as a list.
fn line(line: &Line, lang: Lang) -> Element {
    let picture = el("div").class("picture").child(svg(line, &heard(line, lang), lang)).child(legend(line, lang));
    let list = el("ol").class("moments").children(line.marks.iter().map(|mark| moment(mark, lang)));
    let bars: Vec<Element> = line.bars.iter().map(|bar| el("li").text(bar_words(bar, lang))).collect();
    let days: Vec<Element> = line.holidays.iter().map(|words| el("li").text(words.as_str())).collect();
    let listed = |title: &'static str, items: Vec<Element>| {
        (!items.is_empty()).then(|| [el("h4").text(title), el("ul").class("papers").children(items)])
    };
    let text = el("div")
        .class("words")
        .child(list)
        .children(listed(lang.word("挂起", "Suspensions"), bars).into_iter().flatten())
        .children(listed(lang.word("其间的放假和调休", "Holidays meanwhile"), days).into_iter().flatten());
    card("line", lang.word("时间线", "Time line")).child(el("div").class("timeline").child(picture).child(text))
}

fn moment(mark: &Mark, lang: Lang) -> Element {
    let (class, sign) = match mark.kind {
        MarkKind::Event(number, true) => ("event", format!("{number}")),
        MarkKind::Event(number, false) => ("void", format!("{number}")),
        MarkKind::Due => ("due", String::from("◆")),
        MarkKind::NotBefore => ("due", String::from("◇")),
        MarkKind::Today => ("today", String::from("—")),
    };
    let label = &mark.label;
    let label = match mark.kind {
        MarkKind::Event(_, false) => say!(lang, "{label}（没有计入）", "{label} (not counted)"),
        MarkKind::NotBefore => say!(lang, "最早：{label}", "earliest: {label}"),
        MarkKind::Event(_, true) | MarkKind::Due | MarkKind::Today => label.clone(),
    };
    let on = format!("{}", mark.day);
    el("li")
        .class(class)
        .child(el("span").class("sign").attr("aria-hidden", "true").text(sign))
        .child(el("time").attr("datetime", on).text(day(mark.day, lang)))
        .child(el("span").text(label))
}

fn bar_words(bar: &Bar, lang: Lang) -> String {
    let (from, to, reason) = (full_day(bar.from, lang), full_day(bar.to, lang), bar.reason);
    let effect = match bar.stops {
        true => lang.word("停算", "the clock stands still"),
        false => lang.word("不停算", "no clock stops"),
    };
    match bar.is_open {
        true => say!(lang, "{reason}：{from}起，还没有恢复，{effect}", "{reason}: since {from}, not resumed; {effect}"),
        false => say!(lang, "{reason}：{from}之后到 {to}，{effect}", "{reason}: after {from} to {to}; {effect}"),
    }
}

/// What the signs of the picture mean, as far as they are in it.
fn legend(line: &Line, lang: Lang) -> Element {
    let has = |is: fn(MarkKind) -> bool| line.marks.iter().any(|mark| is(mark.kind));
    let signs = [
        (has(|kind| matches!(kind, MarkKind::Event(_, true))), "event", "发生的事", "event"),
        (has(|kind| matches!(kind, MarkKind::Event(_, false))), "void", "没有计入", "not counted"),
        (has(|kind| kind == MarkKind::Due), "due", "到期日", "last day"),
        (has(|kind| kind == MarkKind::NotBefore), "open", "最早的到期日", "earliest last day"),
        (true, "today", "计算日", "day of the clock"),
        (line.shades.iter().any(|shade| shade.is_settled), "rest", "休息日", "rest day"),
        (line.shades.iter().any(|shade| !shade.is_settled), "unsettled", "放假未定", "not settled"),
        (line.bars.iter().any(|bar| bar.stops), "stop", "停算", "standing still"),
        (line.bars.iter().any(|bar| !bar.stops), "idle", "挂起但不停算", "suspended, clock runs"),
    ];
    let sign = |(_, class, zh, en): (bool, &'static str, &'static str, &'static str)| {
        el("li").child(el("i").class(class)).text(lang.word(zh, en))
    };
    el("ul").class("legend").attr("aria-hidden", "true").children(signs.into_iter().filter(|one| one.0).map(sign))
}

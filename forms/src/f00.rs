//! F-00 预审结果单: what a pre-check prints. It is not an act of the authority: no number, no seal.

use alloc::string::String;
use alloc::vec::Vec;

use crate::phrase::{joined, materials, say};
use crate::typography::typeset_tree;
use crate::{Element, Lang, MaterialsView, Tone, Tree, View, el, page};

/// F-00 as a tree, one A4 page in print.
#[must_use]
pub fn f00(view: &View) -> Tree {
    typeset_tree(sheet(view).class("sheet f00"), view.lang).into()
}

/// F-00 for paper, without the thin spaces that a page needs; what sets it on paper has its own.
#[must_use]
pub fn f00_on_paper(view: &View) -> Tree {
    sheet(view).class("sheet f00").into()
}

/// F-00 as a whole document.
#[must_use]
pub fn f00_document(view: &View) -> Tree {
    page::sheet_document(title(view.lang), sheet(view).class("sheet f00"), view.lang)
}

fn title(lang: Lang) -> &'static str {
    lang.word("预审结果单", "Result of the pre-check")
}

/// The sheet as a part of the page, seen in print only.
pub(crate) fn sheet(view: &View) -> Element {
    let (lang, head) = (view.lang, &view.head);
    el("article")
        .key("f00")
        .class("sheet f00 print-only")
        .attr("data-form", "F-00")
        .child(
            el("div").class("sheet-head").child(el("p").text(&*head.office)).child(el("h1").text(title(lang))).child(
                el("p").class("declare").text(lang.word(
                    "本单为自助预审结果，不是受理决定。",
                    "This sheet is the result of a self-service pre-check, not a decision on acceptance.",
                )),
            ),
        )
        .child(el("h2").text(&*head.title))
        .child(
            el("p")
                .class("conclusion")
                .child(el("b").text(&*view.verdict.headline))
                .text(" ")
                .text(&*view.verdict.detail),
        )
        .child(answers(view))
        .child(items(view))
        .child(problems(view))
        .child(judged(view))
        .child(view.materials.as_ref().and_then(|list| to_bring(list, lang)))
        .child(view.materials.as_ref().and_then(|list| not_to_bring(list, lang)))
        .child(facts(view))
        .child(footer(view))
}

/// The situation as it was answered.
pub(crate) fn answers(view: &View) -> Option<Element> {
    let line = |answered: &crate::Answered| {
        let (name, answer) = (&answered.name, &answered.answer);
        say!(view.lang, "{name}：{answer}", "{name}: {answer}")
    };
    let lines: Vec<String> = view.answered.iter().map(line).collect();
    let label = view.lang.word("情形", "Situation");
    section(label, (!lines.is_empty()).then(|| el("p").text(joined(&lines, view.lang.word("；", "; ")))))
}

fn section(label: &'static str, content: Option<Element>) -> Option<Element> {
    content.map(|content| el("section").child(el("h3").text(label)).child(content))
}

fn items(view: &View) -> Option<Element> {
    let certified = view.certificates.iter().flat_map(|certificate| &certificate.items);
    let all = certified.chain(view.items.iter().filter(|item| item.tone != Tone::Open));
    let line = |item: &crate::ItemView| {
        let mut facts: Vec<&str> = Vec::from([item.period.as_str(), item.due.as_str()]);
        facts.extend(item.problems.iter().map(String::as_str));
        facts.retain(|fact| !fact.is_empty());
        el("li").child(el("b").text(&*item.name)).text(" ").text(joined(&facts, view.lang.word("，", ", ")))
    };
    let mut lines: Vec<Element> = all.map(line).collect();
    for certificate in &view.certificates {
        let name = &certificate.name;
        lines.push(el("li").text(say!(view.lang, "办成后领一张证：{name}", "One certificate: {name}")));
    }
    let list = (!lines.is_empty()).then(|| el("ul").class("plain-list").children(lines));
    section(view.lang.word("事项", "Items"), list)
}

/// Conflicts, failed checks, what the window settles, tolerance.
fn problems(view: &View) -> Option<Element> {
    let tolerance = view.materials.as_ref().and_then(|list| list.tolerance.as_ref());
    let line = |notice: &crate::Notice| {
        let (label, message) = (&notice.label, &notice.message);
        el("li").text(say!(view.lang, "{label}：{message}", "{label}: {message}"))
    };
    let lines: Vec<Element> = view.notices.iter().chain(tolerance).map(line).collect();
    let list = (!lines.is_empty()).then(|| el("ul").class("plain-list").children(lines));
    section(view.lang.word("要注意的问题", "Problems"), list)
}

fn judged(view: &View) -> Option<Element> {
    let lines = view.to_be_judged.iter().map(|one| el("li").text(&*one.words));
    let list = (!view.to_be_judged.is_empty()).then(|| el("ul").class("plain-list").children(lines));
    section(view.lang.word("由窗口判断", "Judged at the window"), list)
}

/// The materials with boxes to tick, in two columns; a box is ticked for what is there.
fn to_bring(list: &MaterialsView, lang: Lang) -> Option<Element> {
    let row = |material: &crate::MaterialView| {
        let box_class = if material.tone == Tone::Good { "box ticked" } else { "box" };
        let state = match material.tone {
            Tone::Bad => lang.word("缺", "missing"),
            Tone::Warn => lang.word("有问题", "to put right"),
            Tone::Good | Tone::Open => "",
        };
        let state = (!state.is_empty()).then(|| el("em").text(state));
        el("li").child(el("span").class(box_class)).child(
            el("span")
                .child(el("b").text(&*material.name))
                .text(" ")
                .child(el("small").text(&*material.form))
                .child(state),
        )
    };
    let count = list.rows.len();
    let en = materials(count, lang);
    let heading = el("h3").text(say!(lang, "要带的材料（{count} 份）", "To bring ({en})"));
    (count > 0).then(|| el("section").child(heading).child(el("ol").class("boxes").children(list.rows.iter().map(row))))
}

fn not_to_bring(list: &MaterialsView, lang: Lang) -> Option<Element> {
    let line = |material: &crate::SparedMaterial| {
        let (name, reason) = (&material.name, &material.reason);
        el("li").text(say!(lang, "{name}：{reason}", "{name}: {reason}"))
    };
    let items = (!list.spared.is_empty()).then(|| el("ul").class("plain-list").children(list.spared.iter().map(line)));
    section(lang.word("不用带的，以及为什么", "What not to bring, and why"), items)
}

/// Where, when, by when, at what cost.
fn facts(view: &View) -> Element {
    let (lang, head) = (view.lang, &view.head);
    let row = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| el("div").child(el("dt").text(label)).child(el("dd").text(text)))
    };
    let dates = view.dates.as_ref().map(|dates| {
        let parts = [&dates.headline, &dates.promise, &dates.from].map(String::as_str);
        joined(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>(), lang.word("，", ", "))
    });
    let statutory = view
        .dates
        .as_ref()
        .and_then(|dates| dates.statutory_sum)
        .map(|sum| say!(lang, "逐项分别办合计 {sum} 个工作日", "{sum} workdays if handled one by one"));
    el("dl")
        .class("facts")
        .child(row(lang.word("办好的日子", "Done by"), dates.unwrap_or_default()))
        .child(row(lang.word("法定时限", "By law"), statutory.unwrap_or_default()))
        .child(row(lang.word("办理机关", "Authorities"), view.authorities.clone()))
        .child(row(lang.word("窗口地点", "Place"), head.place.clone()))
        .child(row(lang.word("时间", "Hours"), head.hours.clone()))
        .child(row(lang.word("电话", "Telephone"), head.contact.clone()))
        .child(row(lang.word("收费", "Fee"), view.fees.clone()))
        .children(
            view.values
                .iter()
                .map(|value| el("div").child(el("dt").text(&*value.name)).child(el("dd").text(&*value.text))),
        )
}

pub(crate) fn footer(view: &View) -> Element {
    let (lang, head) = (view.lang, &view.head);
    let (rules, day, receipt) = (&head.rules, &head.rules_day, &head.receipt);
    el("p").class("sheet-foot").text(say!(
        lang,
        "{rules}，按 {day}有效的规定；校验码 {receipt}。窗口凭校验码可以核对本单。",
        "{rules}, as in force on {day}; receipt {receipt}, by which the window can verify this sheet.",
    ))
}

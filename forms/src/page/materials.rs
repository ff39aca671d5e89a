//! The materials: which to bring and to tick, which may come, which not to bring.

use alloc::format;

use super::parts::{facts, line, print_button, source_list, update};
use super::result::tolerance;
use crate::phrase::{joined, materials, say};
use crate::{Element, Lang, MaterialView, MaterialsView, OpenMaterial, SparedMaterial, Tile, View, el};

pub(super) fn section(view: &View) -> Option<Element> {
    let (list, lang) = (view.materials.as_ref()?, view.lang);
    let update = update(lang.word("更新结果", "Update the result"));
    Some(
        el("section")
            .key("materials")
            .id("materials")
            .class("card materials")
            .attr("aria-labelledby", "materials-title")
            .child(heading(list, lang))
            .child((!list.rows.is_empty()).then(|| {
                el("p").class("sub").text(lang.word(
                    "勾一勾手上有没有，马上知道能不能提交。",
                    "Tick what you have: you see at once whether you can hand in.",
                ))
            }))
            .child(rows(list, lang))
            .child(list.tolerance.as_ref().map(|one| tolerance(one, lang)))
            .child(open(list, lang))
            .child(spared(list, lang))
            .child(
                (!list.rows.is_empty())
                    .then(|| el("div").key("buttons").class("row").child(update).child(print_button(lang, "plain"))),
            ),
    )
}

/// `带 19 份材料`, `分别申请要 46 份`.
fn heading(list: &MaterialsView, lang: Lang) -> Element {
    let count = list.rows.len();
    let en = materials(count, lang);
    let heading = match count {
        0 => say!(lang, "材料", "Materials"),
        _ => say!(lang, "带 {count} 份材料", "Bring {en}"),
    };
    let separate = list.separate;
    let compared = (separate > count && count > 0).then(|| {
        el("span").class("sub").text(say!(lang, "分别申请要 {separate} 份", "one by one it would be {separate}"))
    });
    el("h2").id("materials-title").child(el("span").text(heading)).text(" ").child(compared)
}

fn rows(list: &MaterialsView, lang: Lang) -> Option<Element> {
    (!list.rows.is_empty())
        .then(|| el("ul").key("rows").class("mats").children(list.rows.iter().map(|one| row(one, lang))))
}

fn row(material: &MaterialView, lang: Lang) -> Element {
    let name = format!("m-{}", material.id);
    let ticks = el("div")
        .class("seg")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", &*name)
        .children(material.states.iter().map(|state| tick(state, &material.fact)));
    el("li")
        .key(&*material.id)
        .class(material.tone.class())
        .attr("data-material", &*material.id)
        .attr("data-status", "required")
        .attr("data-state", material.state)
        .child(
            el("div")
                .class("what")
                .child(el("b").id(name).text(&*material.name))
                .child(facts(&[&material.form, &material.shared, &material.deferrable]))
                .child(why(material, lang))
                .child(line("note", &material.note)),
        )
        .child(ticks)
}

fn tick(state: &Tile, fact: &str) -> Element {
    let input =
        el("input").attr("type", "radio").attr("name", fact).attr("value", &*state.value).flag("checked", state.chosen);
    el("label")
        .key(&*state.value)
        .class(format!("is-{}", state.value))
        .child(input)
        .child(el("span").text(&*state.name))
}

/// Which items need it, why, and by which law.
fn why(material: &MaterialView, lang: Lang) -> Option<Element> {
    let needed = &material.needed_by;
    let needed = (!needed.is_empty())
        .then(|| el("p").text(say!(lang, "办这些事项要用：{needed}。", "These items need it: {needed}.")));
    let because = joined(&material.because, lang.word("；", "; "));
    let because = (!because.is_empty())
        .then(|| el("p").text(say!(lang, "因为您的回答：{because}。", "Because you answered: {because}.")));
    let basis = (!material.basis.is_empty()).then(|| source_list(&material.basis, lang));
    let summary = el("summary").text(lang.word("为什么要", "Why"));
    let has_words = needed.is_some() || because.is_some() || basis.is_some();
    has_words.then(|| el("details").key("why").class("why").child(summary).child(needed).child(because).child(basis))
}

/// Materials that depend on what is not known yet.
fn open(list: &MaterialsView, lang: Lang) -> Option<Element> {
    let count = list.open.len();
    let en = materials(count, lang);
    let material = |material: &OpenMaterial| {
        el("li").key(&*material.name).child(el("b").text(&*material.name)).child(el("span").text(&*material.depends))
    };
    (count > 0).then(|| {
        el("details")
            .key("open")
            .class("more")
            .child(el("summary").text(say!(lang, "可能还要带 {count} 份", "{en} may be needed too")))
            .child(el("ul").children(list.open.iter().map(material)))
    })
}

/// What not to bring, and why.
fn spared(list: &MaterialsView, lang: Lang) -> Option<Element> {
    let count = list.spared.len();
    let en = materials(count, lang);
    let material = |(place, material): (usize, &SparedMaterial)| {
        let reason = &material.reason;
        el("li")
            .key(format!("{place}-{}", material.name))
            .attr_if("data-waived", material.id.clone())
            .child(el("b").text(&*material.name))
            .child(el("span").text(reason.as_str()))
    };
    (count > 0).then(|| {
        el("details")
            .key("spared")
            .class("more spared")
            .child(el("summary").text(say!(lang, "不用带 {count} 份", "{en} you need not bring")))
            .child(el("ul").children(list.spared.iter().enumerate().map(material)))
    })
}

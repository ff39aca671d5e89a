//! The right side: what follows from the answers.

use alloc::format;
use alloc::string::String;

use super::parts::{facts, heard, line, print_button, source_list, sources, submit};
use super::{dates, joint};
use crate::phrase::say;
use crate::{ALL_FORMS, CertificateView, Element, ItemView, JudgedView, Lang, Notice, Tone, ValueView, View, el};

pub(super) fn section(view: &View) -> Element {
    el("section")
        .key("result")
        .id("result")
        .class("result")
        .attr("aria-label", view.lang.word("预审结果", "Result of the pre-check"))
        .child(verdict(view))
        .children(view.notices.iter().enumerate().map(|(place, one)| notice(one, place, view)))
        .child(values(view))
        .child(judged(view))
        .children(view.certificates.iter().map(|one| certificate(one, view)))
        .child(items(view, Tone::Bad))
        .child(items(view, Tone::Warn))
        .child(items(view, Tone::Open))
        .child(view.dates.as_ref().map(|one| dates::card(one, view.lang)))
        .child(view.joint.get().map(|one| joint::card(one, view.lang)))
        .child(place(view))
}

/// The verdict, the one thing that is read out when it changes.
fn verdict(view: &View) -> Element {
    let verdict = &view.verdict;
    let state = heard(say_state(view.lang, verdict.tone));
    el("div")
        .key("verdict")
        .class(format!("verdict {}", verdict.tone.class()))
        .attr("data-verdict", verdict.code)
        .child(
            el("div")
                .attr("role", "status")
                .child(el("h2").class("big").child(state).text(&*verdict.headline))
                .child(line("detail", &verdict.detail).map(|line| line.key("detail")))
                .child(line("depends", &verdict.depends).map(|line| line.key("depends"))),
        )
        .child(progress(view))
        .child(figures(view))
}

fn say_state(lang: Lang, tone: Tone) -> String {
    let word = tone.word(lang);
    say!(lang, "{word}：", "{word}: ")
}

/// How many of the materials are there.
fn progress(view: &View) -> Option<Element> {
    let materials = view.materials.as_ref().filter(|materials| materials.unticked < materials.rows.len())?;
    let (have, all) = (materials.provided, materials.rows.len());
    let words = say!(view.lang, "{all} 份里已有 {have} 份", "{have} of {all} there");
    Some(
        el("progress")
            .key("progress")
            .attr("max", format!("{all}"))
            .attr("value", format!("{have}"))
            .attr("aria-label", &*words)
            .text(words),
    )
}

/// The numbers that save people time.
fn figures(view: &View) -> Option<Element> {
    let lang = view.lang;
    let materials = view.materials.as_ref().filter(|materials| !materials.rows.is_empty()).map(|materials| {
        let separate = count("separate", materials.separate);
        let compared =
            el("small").text(lang.word("分别申请要 ", "one by one ")).child(separate).text(lang.word(" 份", ""));
        figure(lang.word("带材料", "Materials"), "merged", materials.rows.len(), lang.word(" 份", ""), compared)
    });
    let dates = view.dates.as_ref();
    let promised = dates.and_then(|dates| dates.promised_days).map(|days| {
        let law = dates
            .and_then(|dates| dates.statutory_sum)
            .map(|sum| el("small").text(lang.word("法定合计 ", "by law ")).child(count("statutory_sum", sum)));
        figure(lang.word("承诺办结", "Promised"), "promised_days", days, lang.word(" 个工作日", " workdays"), law)
    });
    let saved = dates.and_then(|dates| dates.saved_days).map(|days| {
        let compared = el("small").text(lang.word("比逐项分别办", "than one by one"));
        figure(lang.word("少等", "Saved"), "saved_days", days, lang.word(" 个工作日", " workdays"), compared)
    });
    let figures = [materials, promised, saved];
    figures.iter().any(Option::is_some).then(|| el("dl").key("figures").class("figures").children(figures))
}

fn figure(
    label: &'static str,
    name: &'static str,
    number: impl core::fmt::Display,
    unit: &'static str,
    compared: impl crate::IntoChild,
) -> Element {
    let number = el("span").class("number").child(count(name, number)).child(el("span").class("unit").text(unit));
    el("div").key(name).child(el("dt").text(label)).child(el("dd").child(number).child(compared))
}

fn count(name: &'static str, number: impl core::fmt::Display) -> Element {
    el("span").attr("data-count", name).text(format!("{number}"))
}

fn notice(notice: &Notice, place: usize, view: &View) -> Element {
    let lang = view.lang;
    let is_shown = |fact: &&String| view.question.as_ref().is_some_and(|question| question.fact == **fact);
    let change =
        notice.fact.as_ref().filter(|fact| !is_shown(fact)).map(|fact| {
            submit("__reopen", fact, "plain").key("change").text(lang.word("改这一题", "Change this answer"))
        });
    el("div")
        .key(format!("notice-{place}-{}", notice.message))
        .class(format!("card notice {}", notice.tone.class()))
        .child(el("h2").text(&*notice.label))
        .child(line("message", &notice.message))
        .child(change)
        .child(sources(&notice.basis, lang))
}

/// What was computed, each with its source.
fn values(view: &View) -> Option<Element> {
    let row = |value: &ValueView| {
        el("div")
            .key(&*value.id)
            .attr("data-value", &*value.id)
            .child(el("dt").text(&*value.name))
            .child(el("dd").text(&*value.text).child(sources(&value.basis, view.lang)))
    };
    let heading = view.lang.word("算得", "Computed");
    (!view.values.is_empty()).then(|| {
        el("section")
            .key("values")
            .class("card values")
            .attr("aria-label", heading)
            .child(el("h2").text(heading))
            .child(el("dl").class("facts").children(view.values.iter().map(row)))
    })
}

/// What the window judges, each with its source.
fn judged(view: &View) -> Option<Element> {
    let line = |one: &JudgedView| el("li").text(&*one.words).child(sources(&one.basis, view.lang));
    let heading = view.lang.word("由窗口判断", "Judged at the window");
    (!view.to_be_judged.is_empty()).then(|| {
        el("section")
            .key("judged")
            .class("card judged")
            .attr("aria-label", heading)
            .child(el("h2").text(heading))
            .child(el("ul").class("plain-list").children(view.to_be_judged.iter().map(line)))
    })
}

/// Tolerance stands with the materials.
pub(super) fn tolerance(notice: &Notice, lang: Lang) -> Element {
    el("div")
        .key("tolerance")
        .class(format!("aside {}", notice.tone.class()))
        .child(el("h3").text(&*notice.label))
        .child(line("message", &notice.message))
        .child(sources(&notice.basis, lang))
}

fn certificate(certificate: &CertificateView, view: &View) -> Element {
    let all = view.certificates.len();
    let heading = match all {
        1 => say!(view.lang, "办成后领 1 张证", "You receive one certificate"),
        _ => say!(view.lang, "办成后领的证（共 {all} 张）", "A certificate you receive ({all} in all)"),
    };
    el("section")
        .key(&*certificate.name)
        .class("card certificate")
        .attr("aria-label", heading.clone())
        .child(el("h2").text(heading))
        .child(el("p").class("cert").text(&*certificate.name))
        .child(el("ul").class("items").children(certificate.items.iter().map(item)))
        .child(item_sources(certificate, view.lang))
}

/// The sources of a certificate and of each of its items.
fn item_sources(certificate: &CertificateView, lang: Lang) -> Element {
    let item = |item: &ItemView| {
        let sources = (!item.basis.is_empty()).then(|| source_list(&item.basis, lang))?;
        Some(el("li").key(&*item.id).child(el("b").text(&*item.name)).child(sources))
    };
    el("details")
        .key("basis")
        .class("basis")
        .child(el("summary").text(lang.word("依据", "Basis")))
        .child(source_list(&certificate.basis, lang))
        .child(el("ul").class("by-item").children(certificate.items.iter().map(item)))
}

/// Items without a certificate: those that fail, or those that are open.
fn items(view: &View, tone: Tone) -> Option<Element> {
    let heading = match tone {
        Tone::Bad => view.lang.word("现在办不了的", "What cannot be granted now"),
        Tone::Good | Tone::Warn => view.lang.word("选了这些事项", "The chosen items"),
        Tone::Open => view.lang.word("可能还要办的", "What may be needed too"),
    };
    let items =
        || view.items.iter().filter(move |item| item.tone == tone || (item.tone, tone) == (Tone::Good, Tone::Warn));
    items().next().is_some().then(|| {
        el("section")
            .key(tone.class())
            .class(format!("card others {}", tone.class()))
            .attr("aria-label", heading)
            .child(el("h2").text(heading))
            .child(el("ul").class("items").children(items().map(|one| item(one).child(sources(&one.basis, view.lang)))))
    })
}

fn item(item: &ItemView) -> Element {
    el("li")
        .key(&*item.id)
        .class(item.tone.class())
        .attr("data-item", &*item.id)
        .child(
            el("div")
                .class("what")
                .child(el("b").text(&*item.name))
                .child((!item.period.is_empty()).then(|| el("span").class("period").text(&*item.period))),
        )
        .child(facts(&[&item.note, &item.validity]))
        .children(item.problems.iter().map(|problem| el("p").class("problem").text(&**problem)))
}

/// Where to go, what it costs, what to print.
fn place(view: &View) -> Element {
    let (head, lang) = (&view.head, view.lang);
    let row = |label: &'static str, text: &str| {
        (!text.is_empty()).then(|| el("div").child(el("dt").text(label)).child(el("dd").text(text)))
    };
    let (rules, receipt) = (&head.rules, &head.receipt);
    el("section")
        .key("place")
        .class("card place")
        .attr("aria-labelledby", "place")
        .child(el("h2").id("place").text(lang.word("去哪里", "Where to go")))
        .child(
            el("dl")
                .class("facts")
                .child(row(lang.word("办理机关", "Authorities"), &view.authorities))
                .child(row(lang.word("地点", "Place"), &head.place))
                .child(row(lang.word("时间", "Hours"), &head.hours))
                .child(row(lang.word("电话", "Telephone"), &head.contact))
                .child(row(lang.word("收费", "Fee"), &view.fees)),
        )
        .child(el("div").class("row").child(print_button(lang, "primary")).child(fill_button(view)))
        .child(documents(view))
        .child(
            el("p")
                .key("draft")
                .class("keep")
                .child(
                    submit("__print", "draft.html", "link")
                        .text(lang.word("把回答存成文件", "Save the answers as a file")),
                )
                .child(
                    el("a")
                        .attr("href", format!("/{}/draft", head.pack))
                        .text(lang.word("打开草稿文件", "Open a draft file")),
                ),
        )
        .child(
            el("p")
                .class("fine")
                .text(lang.word(
                    "这是自助预审结果，不是受理决定。",
                    "This is the result of a self-service pre-check, not a decision on acceptance. ",
                ))
                .text(say!(lang, "{rules}，校验码 ", "{rules}, receipt "))
                .child(el("span").attr("data-receipt", &**receipt).text(&**receipt))
                .text(lang.word("。", ".")),
        )
}

/// Goes on to all forms of the application, filled in as one.
fn fill_button(view: &View) -> Option<Element> {
    let has_form = view.documents.iter().any(|document| document.printable && !document.sample);
    let words = view.lang.word("填写申请表", "Fill in the application");
    has_form.then(|| submit("__form", ALL_FORMS, "plain").key("fill").text(words))
}

fn documents(view: &View) -> Option<Element> {
    let lang = view.lang;
    let document = |document: &crate::DocumentView| {
        let label = match document.sample {
            true => lang.word("看样张", "See a sample"),
            false => lang.word("打印", "Print"),
        };
        let button = document.printable.then(|| {
            submit("__print", &document.id, "link")
                .attr("formtarget", "_blank")
                .text(label)
                .child(heard(format!(" {}", document.name)))
        });
        let fill = (document.printable && !document.sample).then(|| {
            let name = heard(format!(" {}", document.name));
            submit("__form", &document.id, "link").key("fill").text(lang.word("填写", "Fill in")).child(name)
        });
        el("li")
            .key(&*document.id)
            .attr("data-document", &*document.id)
            .child(el("span").text(&*document.name))
            .child(fill)
            .child(button)
    };
    (!view.documents.is_empty()).then(|| {
        el("details")
            .key("documents")
            .child(
                el("summary").text(lang.word("要填的表和会拿到的文书", "Forms to fill in and documents you receive")),
            )
            .child(el("ul").class("documents").children(view.documents.iter().map(document)))
    })
}

/// The bar at the bottom of a phone: always the verdict, and the date where one can be given.
pub(super) fn bar(view: &View) -> Element {
    let dates = view.dates.as_ref().filter(|dates| !dates.short.is_empty());
    let due = dates.map(|dates| el("span").class("when").text(&*dates.short));
    el("a")
        .key("bar")
        .class(format!("bar {}", view.verdict.tone.class()))
        .attr("href", "#result")
        .child(el("span").class("what").child(el("b").text(&*view.verdict.headline)).child(due))
        .child(el("span").class("go").text(view.lang.word("看结果", "See result")))
}

//! Small parts that several sections of the page share.

use alloc::format;
use alloc::string::String;

use crate::phrase::say;
use crate::{BasisView, Element, Lang, el};

/// A field that is carried along.
pub(super) fn hidden(name: &str, value: &str) -> Element {
    el("input").key(format!("{name}={value}")).attr("type", "hidden").attr("name", name).attr("value", value)
}

/// A button that submits the form with a control.
pub(super) fn submit(name: &'static str, value: &str, class: &'static str) -> Element {
    el("button").attr("type", "submit").class(class).attr("name", name).attr("value", value)
}

/// A button for pages without script that sends what was changed. It is not an answer to the
/// question that is shown, so it takes `__ask` back.
pub(super) fn update(text: &'static str) -> Element {
    submit("__ask", "", "plain no-script").text(text)
}

/// Text for those who listen, not for those who look.
pub(super) fn heard(text: impl Into<String>) -> Element {
    el("span").class("heard").text(text)
}

/// A paragraph, or nothing for an empty text.
pub(super) fn line(class: &'static str, text: &str) -> Option<Element> {
    (!text.is_empty()).then(|| el("p").class(class).text(text))
}

/// Short facts side by side, each kept on one line where it fits.
pub(super) fn facts(facts: &[&str]) -> Option<Element> {
    let mut line = el("p").class("facts");
    for fact in facts.iter().filter(|fact| !fact.is_empty()) {
        if !line.children.is_empty() {
            line = line.text(" ");
        }
        line = line.child(el("span").text(*fact));
    }
    (!line.children.is_empty()).then_some(line)
}

pub(super) fn next_word(lang: Lang) -> &'static str {
    lang.word("下一步", "Next")
}

/// The sources of something, one tap away; nothing if there are none.
pub(super) fn sources(bases: &[BasisView], lang: Lang) -> Option<Element> {
    let summary = el("summary").text(lang.word("依据", "Basis"));
    (!bases.is_empty())
        .then(|| el("details").key("basis").class("basis").child(summary).child(source_list(bases, lang)))
}

pub(super) fn source_list(bases: &[BasisView], lang: Lang) -> Element {
    let item = |basis: &BasisView| {
        let (citation, confidence) = (&basis.citation, &basis.confidence);
        let class = if basis.is_pack_default { "default" } else { "source" };
        el("li").class(class).text(say!(lang, "{citation}（{confidence}）", "{citation} ({confidence})"))
    };
    el("ul").class("sources").children(bases.iter().map(item))
}

/// The button that prints the result sheet.
pub(super) fn print_button(lang: Lang, class: &'static str) -> Element {
    submit("__print", "F-00", class)
        .attr("formtarget", "_blank")
        .attr("data-print", "F-00")
        .text(lang.word("打印预审结果单", "Print the result sheet"))
}

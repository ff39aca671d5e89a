//! A draft as a file that people can read, and what is said when it is opened.

use alloc::string::String;
use alloc::vec::Vec;

use super::parts::{heard, line};
use super::shell::{self, Site, header, skip};
use crate::draft::PAGE_JSON;
use crate::phrase::say;
use crate::typography::typeset_tree;
use crate::{Answer, Draft, DraftChange, Element, Lang, Tree, el};

/// The file of a draft: a page without scripts and other files that lists the answers, and holds the
/// draft itself.
#[must_use]
pub fn draft_file(draft: &Draft, title: &str, lang: Lang) -> Tree {
    let said = draft.facts.iter().filter_map(|(id, fact)| {
        let said = fact.said.as_ref()?;
        Some((id, fact.name.clone(), said.clone()))
    });
    let unread = draft
        .answers
        .iter()
        .filter(|(id, _)| !draft.facts.iter().any(|(known, fact)| known == id && fact.said.is_some()));
    let row =
        |name: &str, said: &str| el("tr").child(el("th").attr("scope", "row").text(name)).child(el("td").text(said));
    let rows = said.map(|(_, name, said)| row(&name, &said));
    let others = unread.map(|(id, answer)| {
        let name = draft.facts.iter().find(|(known, _)| known == id).map_or(id, |(_, fact)| fact.name.as_str());
        row(name, &as_typed(answer))
    });
    let (pack, edition) = (&draft.pack, &draft.edition);
    let saved = match draft.on {
        Some(on) => say!(lang, "规则 {pack} {edition}，按 {on} 计算", "Rules {pack} {edition}, as of {on}"),
        None => say!(lang, "规则 {pack} {edition}", "Rules {pack} {edition}"),
    };
    let how = lang.word(
        "这是草稿，不是申请。要接着办，在网页上点“打开草稿文件”，选这个文件。下面的方框是给电脑读的，请不要改。",
        "This is a draft, not an application. To go on, choose “Open a draft file” on the page and take this file. The box below is for the computer; please do not change it.",
    );
    let body = el("main")
        .child(el("h1").text(say!(lang, "草稿：{title}", "Draft: {title}")))
        .child(el("p").text(saved))
        .child(el("p").text(how))
        .child(el("table").child(el("tbody").children(rows.chain(others))));
    let body = typeset_tree(body, lang);
    let data = el("pre").id(PAGE_JSON).text(draft.to_json());
    let head = el("head")
        .child(el("meta").attr("charset", "utf-8"))
        .child(el("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"))
        .child(el("title").text(say!(lang, "草稿：{title}", "Draft: {title}")));
    let body = el("body").child(body).child(data);
    el("html").attr("lang", lang.word("zh-CN", "en")).child(head).child(body).into()
}

/// An answer as it stands in the draft.
fn as_typed(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Number(text) | Answer::Other(text) => text.clone(),
        other => {
            let mut answers = crate::Answers::new();
            answers.set("", other.clone());
            let json = answers.to_json();
            json.get(4..json.len().saturating_sub(1)).unwrap_or_default().into()
        }
    }
}

/// What is said above a page that a draft was opened on.
#[must_use]
pub fn draft_note(draft: &Draft, edition: &str, changes: &[DraftChange], lang: Lang) -> Element {
    let old = &draft.edition;
    let words = match (changes.is_empty(), old == edition) {
        (true, true) => say!(lang, "草稿打开了，可以接着办。", "The draft is open; go on where you were."),
        (true, false) => say!(
            lang,
            "草稿打开了。它是按 {old} 版规则填的，现在是 {edition} 版，您的回答都还用得上。",
            "The draft is open. It was made under the rules {old}; they are now {edition}, and all your answers still hold."
        ),
        (false, _) => say!(
            lang,
            "草稿打开了。它是按 {old} 版规则填的，现在是 {edition} 版。您的回答都在，变了的有：",
            "The draft is open. It was made under the rules {old}; they are now {edition}. All your answers are kept; this has changed:"
        ),
    };
    let change = |change: &DraftChange| el("li").attr("data-change", change.kind).text(&*change.message);
    el("div")
        .class(if changes.is_empty() { "page-note status" } else { "page-note changed" })
        .attr("role", "status")
        .child(line("said", &words))
        .child((!changes.is_empty()).then(|| el("ul").children(changes.iter().map(change))))
}

/// The page on which a draft file is opened; it says what was wrong with the last one.
#[must_use]
pub fn draft_page(pack: &str, title: &str, wrong: Option<&str>, lang: Lang, site: &Site<'_>) -> Tree {
    let error = wrong.map(|wrong| {
        let mark = heard(lang.word("有误：", "Error: "));
        el("p").class("error").id("file-error").child(mark).text(wrong)
    });
    let file = el("input")
        .attr("type", "file")
        .id("file")
        .attr("name", "draft")
        .attr("accept", ".html,.json,text/html,application/json")
        .attr_if("aria-describedby", wrong.map(|_| "file-error"))
        .attr_if("aria-invalid", wrong.map(|_| "true"));
    let form = el("form")
        .class("card open-draft")
        .attr("method", "post")
        .attr("action", alloc::format!("/{pack}/draft"))
        .attr("enctype", "multipart/form-data")
        .child(el("input").attr("type", "hidden").attr("name", "__lang").attr("value", lang.code()))
        .child(
            el("label")
                .attr("for", "file")
                .text(lang.word("草稿文件（.html 或 .json）", "Draft file (.html or .json)")),
        )
        .child(error)
        .child(file)
        .child(
            el("div")
                .class("row")
                .child(el("button").attr("type", "submit").class("primary").text(lang.word("打开", "Open")))
                .child(
                    el("a")
                        .attr("href", alloc::format!("/{pack}"))
                        .text(lang.word("不用草稿，从头填", "Begin anew without a draft")),
                ),
        );
    let heading = lang.word("打开草稿文件", "Open a draft file");
    let main =
        shell::main().class("wrap catalogue").child(line("crumb", title)).child(el("h1").text(heading)).child(form);
    let page_title = match wrong {
        None => heading.into(),
        Some(_) => say!(lang, "有误：{heading}", "Error: {heading}"),
    };
    let body: Vec<Element> = [skip(lang), header(site, lang, Vec::new()), main].into();
    shell::whole(lang, false, &page_title, None, body)
}

//! The page on which a form is filled in: one form that works without script.

mod field;
mod review;
#[cfg(test)]
#[cfg(feature = "rows")]
mod tests;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::parts::{heard, hidden, line, next_word, submit};
use super::shell::{self, Site, header, script, skip};
use crate::phrase::{plural, say};
use crate::typography::typeset_tree;
use crate::{
    Element, EntryGroup, FillingBody, FillingView, Lang, Layout, Placed, REVIEW, SectionView, SheetView, Tree, el,
};

/// The page of a form: the one form, which is the child of `yc-form`.
#[must_use]
pub fn filling(view: &FillingView) -> Tree {
    let form = el("form")
        .key("filling")
        .id("filling")
        .class("filling")
        .attr("method", "post")
        .attr("action", format!("/{}", view.pack))
        .flag("novalidate", true)
        // The first button is the one that Enter presses.
        .child(submit("__go", "next", "primary").key("default").flag("hidden", true).text(next_word(view.lang)))
        .child(controls(view))
        .child(head(view))
        .child(sections(view))
        .child(body(view));
    typeset_tree(form, view.lang).into()
}

/// The document of a form.
#[must_use]
pub fn filling_document(view: &FillingView, site: &Site<'_>) -> Tree {
    let (lang, title) = (view.lang, &view.title);
    let title = match view.problems.len() {
        0 => title.clone(),
        count => say!(lang, "有 {count} 处要看一下：{title}", "{count} to look at: {title}"),
    };
    let element = el("yc-form")
        .attr("pack", site.pack_url)
        .attr("calendar", site.calendar_url)
        .attr_if("key", site.key())
        .attr("form-id", &*view.form)
        .attr_if("on", site.on.map(|on| format!("{on}")))
        .attr("lang", shell::lang_tag(lang))
        .child(filling(view));
    let main = shell::main().child(element);
    let switches = shell::switches(lang, view.large, "filling");
    let first = el("button").attr("type", "submit").attr("form", "filling").attr("name", "__go").attr("value", "next");
    let mut body = Vec::from([skip(lang), first.flag("hidden", true)]);
    body.extend(shell::stated_day(site, "filling"));
    body.extend([header(site, lang, switches), main]);
    shell::whole(lang, view.large, &title, Some(script("filling.js")), body)
}

/// What travels along: the language, the view, the form and where it stands, answers without a
/// field.
fn controls(view: &FillingView) -> Element {
    el("div")
        .key("controls")
        .flag("hidden", true)
        .child(hidden("__lang", view.lang.code()))
        .child(hidden("__large", if view.large { "1" } else { "0" }))
        .child(hidden("__form", &view.form))
        .child(hidden("__at", &view.at))
        .child(hidden("__layout", view.layout.code()))
        .children(view.carried.iter().map(|(name, value)| hidden(name, value)))
}

fn head(view: &FillingView) -> Element {
    el("div")
        .key("head")
        .class("filling-head")
        .child(line("crumb", &view.handled))
        .child(el("h1").id("title").text(&*view.title))
        .child(line("lead", &view.lead))
        .child((view.sheets.len() > 1).then(|| sheets(view)))
        .child(problems(view))
}

/// The forms that are filled in together.
fn sheets(view: &FillingView) -> Element {
    let lang = view.lang;
    let sheet = |sheet: &SheetView| {
        let authority = (!sheet.authority.is_empty()).then(|| el("small").text(format!(" {}", sheet.authority)));
        el("li").key(&*sheet.id).text(&*sheet.name).child(authority)
    };
    el("details")
        .key("sheets")
        .class("about")
        .child(el("summary").text(lang.word("会填好哪几张表", "Which forms this fills in")))
        .child(el("ul").children(view.sheets.iter().map(sheet)))
}

/// The summary of errors, which takes the focus; each a link to its field, in the same words.
fn problems(view: &FillingView) -> Option<Element> {
    let count = view.problems.len();
    let answers = plural(count, "answer");
    let link = |problem: &crate::Problem| {
        let (name, message) = (&problem.name, &problem.message);
        let text = say!(view.lang, "{name}：{message}", "{name}: {message}");
        el("li").child(match &problem.fact {
            Some(key) if matches!(view.body, FillingBody::Fields(_)) => {
                el("a").attr("href", format!("#q-{key}")).text(text)
            }
            _ => el("span").text(text),
        })
    };
    (count > 0).then(|| {
        el("div")
            .key("problems")
            .class("problems")
            .attr("role", "group")
            .attr("aria-labelledby", "problems")
            .attr("tabindex", "-1")
            .flag("autofocus", true)
            .child(el("h2").id("problems").text(say!(view.lang, "有 {count} 处要看一下", "{answers} to look at")))
            .child(el("ul").children(view.problems.iter().map(link)))
    })
}

/// The way to each section, with what is left there.
fn sections(view: &FillingView) -> Element {
    let lang = view.lang;
    let section = |section: &SectionView| {
        let left = section.left;
        let (class, words) = match (left, &*section.key) {
            (_, REVIEW) => ("step", String::new()),
            (0, _) => ("step good", lang.word("填好了", "done").into()),
            _ => ("step", say!(lang, "还差 {left} 项", "{left} to go")),
        };
        let state = (!words.is_empty()).then(|| el("small").text(words));
        el("li").key(&*section.key).child(
            submit("__go", &section.key, class)
                .attr_if("aria-current", section.is_current.then_some("step"))
                .child(el("span").text(&*section.title))
                .child(state),
        )
    };
    el("nav")
        .key("sections")
        .class("sections")
        .attr("aria-label", lang.word("表的各栏", "Sections of the form"))
        .child(el("ol").children(view.sections.iter().map(section)))
        .child(layouts(view))
}

/// The other ways to lay the form out.
fn layouts(view: &FillingView) -> Element {
    let lang = view.lang;
    let way = |layout: Layout| {
        let words = match layout {
            Layout::Single => lang.word("整张表", "All on one page"),
            Layout::Sections => lang.word("一栏一页", "A section a page"),
            Layout::Questions => lang.word("一题一页", "A question a page"),
        };
        submit("__layout", layout.code(), "link")
            .key(layout.code())
            .attr("aria-pressed", if layout == view.layout { "true" } else { "false" })
            .text(words)
    };
    el("p")
        .key("layouts")
        .class("layouts")
        .attr("role", "group")
        .attr("aria-label", lang.word("排法", "Layout"))
        .children([Layout::Single, Layout::Sections, Layout::Questions].map(way))
}

fn body(view: &FillingView) -> Element {
    let lang = view.lang;
    let content = el("div").key(format!("at-{}", view.at)).class("filling-body").child(line("count", &view.count));
    let content = match &view.body {
        FillingBody::Fields(groups) => content.children(groups.iter().map(|placed| section(placed, lang))),
        FillingBody::Review(shown) => content.child(review::section(shown, view)),
    };
    content.child(ways(view))
}

/// Fields under the title of their section.
fn section(placed: &Placed<EntryGroup>, lang: Lang) -> Element {
    match placed {
        Placed::Same(title) => el("section").key(&**title).same(),
        Placed::New(group) => el("section")
            .key(&*group.title)
            .class("card")
            .child(el("h2").text(&*group.title))
            .children(group.fields.iter().map(|placed| field::placed(placed, lang))),
    }
}

/// Where to go from here.
fn ways(view: &FillingView) -> Element {
    let lang = view.lang;
    let is_review = view.at == REVIEW;
    let forward = (!is_review).then(|| submit("__go", "next", "primary").key("next").text(next_word(lang)));
    let back = view.has_previous.then(|| {
        submit("__go", "back", if is_review { "plain" } else { "link" }).key("back").text(lang.word("上一步", "Back"))
    });
    let leave = submit("__go", "precheck", "link").key("precheck").text(lang.word("回到预审", "Back to the pre-check"));
    el("div").key("ways").class("row").child(forward).child(back).child(leave)
}

/// The buttons that print the forms.
fn print_buttons(view: &FillingView) -> Element {
    let button = |sheet: &SheetView| {
        el("li").key(&*sheet.id).child(el("span").text(&*sheet.name)).child(
            submit("__print", &sheet.id, "plain")
                .attr("formtarget", "_blank")
                .text(view.lang.word("打印", "Print"))
                .child(heard(named(view.lang, &sheet.name))),
        )
    };
    el("ul").key("print").class("documents").children(view.sheets.iter().map(button))
}

fn named(lang: Lang, name: &str) -> String {
    say!(lang, "：{name}", ": {name}")
}

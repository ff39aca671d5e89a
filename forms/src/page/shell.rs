//! Whole documents: head, header and main around a page.

use alloc::{format, vec::Vec};

use yichuang_engine::Date;

use super::precheck;
use crate::phrase::say;
use crate::typography::typeset_tree;
use crate::{Element, Lang, Tree, View, el};

/// The style sheets under `/assets`, in their order.
const STYLES: [&str; 13] = [
    "modern-normalize.css",
    "yichuang.css",
    "ask.css",
    "verdict.css",
    "result.css",
    "materials.css",
    "steps.css",
    "plan.css",
    "case.css",
    "case-line.css",
    "filling.css",
    "drafts.css",
    "print.css",
];

/// What every document of one site shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'a> {
    /// The hall: 莆田市行政服务中心.
    pub hall: &'a str,
    /// Where the pack is served: `/packs/<digest>.ycp`.
    pub pack_url: &'a str,
    /// Where the calendar is served.
    pub calendar_url: &'a str,
    /// The keys with which both are signed, as the attribute `key` has them; nothing if they are not.
    pub key: &'a str,
    /// The day of the request, where it was stated.
    pub on: Option<Date>,
}

impl Site<'_> {
    pub(super) fn key(&self) -> Option<&str> {
        Some(self.key).filter(|key| !key.is_empty())
    }
}

/// The document of a pre-check.
#[must_use]
pub fn precheck_document(view: &View, site: &Site<'_>) -> Tree {
    precheck_document_with(view, site, None)
}

/// The same with a note above the page.
#[must_use]
pub fn precheck_document_with(view: &View, site: &Site<'_>, note: Option<Element>) -> Tree {
    let lang = view.lang;
    let title = match view.problems.len() {
        0 => view.head.title.clone(),
        count => {
            let title = &view.head.title;
            say!(lang, "有 {count} 处要看一下：{title}", "{count} to look at: {title}")
        }
    };
    let element = el("yc-precheck")
        .attr("pack", site.pack_url)
        .attr("calendar", site.calendar_url)
        .attr_if("key", site.key())
        .attr_if("on", site.on.map(|on| format!("{on}")))
        .attr("lang", lang_tag(lang))
        .child(precheck(view));
    // Enter presses the first button of the form, and those of the header stand before the form's.
    let first = el("button").attr("type", "submit").attr("form", "precheck").flag("hidden", true);
    let mut body = Vec::from([skip(lang), first]);
    body.extend(stated_day(site, "precheck"));
    body.extend([header(site, lang, switches(lang, view.large, "precheck")), main().child(note).child(element)]);
    whole(lang, view.large, &title, Some(script("page.js")), body)
}

/// The day of the request goes along where it was stated.
pub(super) fn stated_day(site: &Site<'_>, form: &'static str) -> Option<Element> {
    let day = |on: Date| {
        el("input").attr("type", "hidden").attr("form", form).attr("name", "__on").attr("value", format!("{on}"))
    };
    site.on.map(day)
}

/// A page that says what went wrong with a request.
#[must_use]
pub fn error_document(status: u16, message: &str, lang: Lang, site: &Site<'_>) -> Tree {
    let title = match status {
        404 => lang.word("没有这一页", "There is no such page"),
        413 => lang.word("内容太多了", "That is too much at once"),
        400..=499 => lang.word("这个请求看不懂", "The request cannot be understood"),
        _ => lang.word("系统出了问题", "Something went wrong"),
    };
    let home = el("a").attr("href", "/").text(lang.word("回到事项目录", "Back to the catalogue"));
    let main = main()
        .class("wrap catalogue")
        .child(el("h1").text(title))
        .child(el("p").class("lead").text(message))
        .child(el("p").child(home))
        .child(el("p").class("fine").text(format!("{status}")));
    whole(lang, false, title, None, [skip(lang), header(site, lang, Vec::new()), main])
}

/// A sheet alone, to be printed.
#[must_use]
pub fn sheet_document(title: &str, sheet: Element, lang: Lang) -> Tree {
    let hint = lang.word("用浏览器的“打印”打印这一页。", "Print this page with your browser’s print command.");
    let main = main().class("alone").child(el("p").class("screen-only").text(hint)).child(sheet);
    whole(lang, false, title, None, [main])
}

pub(crate) fn whole(
    lang: Lang,
    large: bool,
    title: &str,
    script: Option<Element>,
    body: impl IntoIterator<Item = Element>,
) -> Tree {
    let class = large.then_some("large");
    site_document(&Head { lang, class, title, styles: &[], script, manifest: "/manifest.webmanifest" }, body)
}

/// What the head of a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The language of the document.
    pub lang: Lang,
    /// The class of its root.
    pub class: Option<&'a str>,
    /// Its title, without the name of the program.
    pub title: &'a str,
    /// Style sheets under `/assets` that follow those of every page.
    pub styles: &'a [&'a str],
    /// The script of the page.
    pub script: Option<Element>,
    /// The address of what says how the page is installed.
    pub manifest: &'static str,
}

/// A document of the site with this head around its body, whose texts are typeset here.
#[must_use]
pub fn site_document(head: &Head<'_>, body: impl IntoIterator<Item = Element>) -> Tree {
    let Head { lang, title, .. } = *head;
    let link = |rel: &'static str, href: &'static str| el("link").attr("rel", rel).attr("href", href);
    let style = |file: &&str| el("link").attr("rel", "stylesheet").attr("href", format!("/assets/{file}"));
    let styles = STYLES.iter().chain(head.styles).map(style);
    let children = el("head")
        .child(el("meta").attr("charset", "utf-8"))
        .child(el("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"))
        .child(el("meta").attr("name", "color-scheme").attr("content", "light dark"))
        .child(el("title").text(say!(lang, "{title} · 一窗", "{title} · Yichuang")))
        .child(link("icon", "/assets/icon.svg").attr("type", "image/svg+xml"))
        .child(link("apple-touch-icon", "/assets/icon-192.png"))
        .child(link("manifest", head.manifest))
        .children(styles)
        .child(head.script.clone());
    let body = el("body").children(body.into_iter().map(|part| typeset_tree(part, lang)));
    el("html").attr("lang", lang_tag(lang)).attr_if("class", head.class).child(children).child(body).into()
}

/// A script of the page.
#[must_use]
pub fn script(file: &str) -> Element {
    el("script").attr("type", "module").attr("src", format!("/assets/{file}"))
}

pub(crate) fn main() -> Element {
    el("main").id("main").attr("tabindex", "-1")
}

pub(crate) fn skip(lang: Lang) -> Element {
    el("a").class("skip").attr("href", "#main").text(lang.word("跳到正文", "Skip to the content"))
}

pub(crate) fn header(site: &Site<'_>, lang: Lang, switches: Vec<Element>) -> Element {
    let brand = el("a")
        .class("brand")
        .attr("href", "/")
        .child(el("b").text(lang.word("一窗", "Yichuang")))
        .child(el("span").text(site.hall));
    let nav = el("nav")
        .attr("aria-label", lang.word("网站", "Site"))
        .child(el("a").attr("href", "/").text(lang.word("事项目录", "Catalogue")))
        .children(switches);
    el("header").class("top").child(el("div").class("wrap").child(brand).child(nav))
}

/// Buttons that show the same answers in another size or language.
pub(super) fn switches(lang: Lang, is_large: bool, form: &'static str) -> Vec<Element> {
    let button = |name: &'static str, value: &'static str| {
        el("button").attr("type", "submit").class("link").attr("form", form).attr("name", name).attr("value", value)
    };
    let size = match is_large {
        true => button("__large", "0").text(lang.word("标准版", "Standard")),
        false => button("__large", "1").text(lang.word("大字版", "Large print")),
    };
    let (other, name) = other_lang(lang);
    let tag = if other == "zh" { "zh-CN" } else { "en" };
    Vec::from([size, button("__lang", other).attr("lang", tag).text(name)])
}

pub(crate) fn other_lang(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => ("en", "English"),
        Lang::En => ("zh", "中文"),
    }
}

pub(super) fn lang_tag(lang: Lang) -> &'static str {
    lang.word("zh-CN", "en")
}

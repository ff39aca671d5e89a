//! The screens of the kiosk, in both languages at once: its script shows one screen and its style
//! sheet one language, so that neither asks the server for anything.

use yichuang_engine::{Date, Pack, Text};
use yichuang_forms::page::{Head, script, site_document};
use yichuang_forms::{Bundle, Element, Lang, Tree, el};

use crate::state::{Hall, Published};

const STYLES: [&str; 3] = ["kiosk/kiosk.css", "kiosk/screens.css", "kiosk/keypad.css"];

/// What somebody does here, step by step.
const WAY: [(&str, &str); 3] =
    [("选一件事", "Choose"), ("回答几个问题", "Answer"), ("带着清单去窗口", "Take the list along")];

/// The document of the kiosk; its pre-checks are as of a stated day, or of the kiosk's own.
pub(super) fn kiosk_document(hall: &Hall, on: Option<Date>) -> Tree {
    let script = Some(script("kiosk/kiosk.js"));
    let head = Head {
        lang: Lang::Zh,
        class: Some("kiosk"),
        title: "自助预审",
        styles: &STYLES,
        script,
        manifest: super::MANIFEST,
    };
    let options = &hall.kiosk;
    let main = el("main")
        .id("main")
        .attr("tabindex", "-1")
        .attr("data-idle", options.kiosk_idle.to_string())
        .attr("data-calendar", &*hall.calendar.url)
        .attr_if("data-trusted", Some(&*hall.key).filter(|key| !key.is_empty()))
        .attr_if("data-phone", options.kiosk_phone.clone())
        .attr_if("data-on", on.map(|on| on.to_string()))
        .child(without_script())
        .child(attract(hall))
        .child(list(hall))
        .child(screen("visit").attr("aria-labelledby", "runs").child(el("div").attr("data-place", "")));
    site_document(&head, [top(hall), main, actions(), keypad(), still_there(), phone()])
}

/// A text of both languages.
fn both(zh: &str, en: &str) -> Element {
    let text = |lang, text: &str| el("span").attr("lang", lang).text(text);
    el("span").class("both").child(text("zh-CN", zh)).child(text("en", en))
}

/// The language that the page is not in.
fn other_language() -> Element {
    let name = |lang, name| el("span").attr("lang", lang).text(name);
    el("span").class("other").child(name("en", "English")).child(name("zh-CN", "中文"))
}

fn both_of(text: &Text) -> Element {
    both(Lang::Zh.pick(text), Lang::En.pick(text))
}

fn button(does: &'static str, class: &'static str, words: Element) -> Element {
    el("button").attr("type", "button").class(class).attr("data-do", does).child(words)
}

fn screen(name: &'static str) -> Element {
    el("section").class(format!("screen {name}")).attr("data-screen", name).flag("hidden", true)
}

fn without_script() -> Element {
    let words = "自助机需要打开浏览器的脚本（JavaScript）。This kiosk needs JavaScript.";
    el("noscript").child(el("p").class("card").text(words))
}

/// What is there on every screen: the hall, what the pre-check runs on, and the way out.
fn top(hall: &Hall) -> Element {
    let brand =
        el("p").class("brand").child(el("b").child(both("一窗", "Yichuang"))).child(el("span").text(&*hall.name));
    let tools = el("div").class("tools").child(button("language", "plain", other_language())).child(button(
        "clear",
        "clear",
        both("清除全部", "Clear everything"),
    ));
    el("header").class("kiosk-top").child(brand).child(runs_on()).child(tools)
}

/// The pack, its edition and the day: the script fills them in from the decision.
fn runs_on() -> Element {
    let part = |before: &str, name: &'static str, after: &str| {
        el("span").text(before).child(el("span").attr("data-runs", name)).text(after)
    };
    let zh = [part("规则 ", "pack", ""), part("", "edition", " 版"), part("按 ", "on", "计算")];
    let en = [part("Rules ", "pack", ""), part("edition ", "edition", ""), part("as of ", "on", "")];
    let zh = el("span").class("parts").attr("lang", "zh-CN").children(zh);
    let en = el("span").class("parts").attr("lang", "en").children(en);
    el("p")
        .id("runs")
        .class("runs")
        .flag("hidden", true)
        .child(el("b").attr("data-runs", "name"))
        .child(el("span").class("both").child(zh).child(en))
}

/// The screen that waits for somebody: both languages are seen.
fn attract(hall: &Hall) -> Element {
    let start = |lang: &'static str, class: &'static str, words: &'static str| {
        el("button")
            .attr("type", "button")
            .class(class)
            .attr("data-do", "start")
            .attr("data-lang", lang)
            .attr("lang", lang)
            .text(words)
    };
    screen("attract")
        .child(el("p").class("where").text(&*hall.name))
        .child(el("h1").text("办事之前，先问一问"))
        .child(el("p").class("lead").text("回答几个问题，马上知道要带什么、去哪里、哪天办好。"))
        .child(
            el("p")
                .class("lead")
                .attr("lang", "en")
                .text("Answer a few questions and see at once what to bring, where to go and when it will be done."),
        )
        .child(el("p").class("starts").child(start("zh-CN", "primary start", "开始预审")).child(start(
            "en",
            "start",
            "Start in English",
        )))
        .child(el("ol").class("way").children(WAY.map(|(zh, en)| {
            let en = el("span").attr("lang", "en").text(en);
            el("li").child(el("b").text(zh)).child(en)
        })))
        .child(el("p").class("promise").text("不用登录。答案只留在这台机器的屏幕上，走之前按“清除全部”就没有了。"))
        .child(
            el("p")
                .class("promise")
                .attr("lang", "en")
                .text("No sign-in. Answers stay on this screen only; “Clear everything” removes them."),
        )
}

/// The packs, those of a city together, in the order of the catalogue.
fn list(hall: &Hall) -> Element {
    let mut cities: Vec<(&Text, Vec<&Published<Bundle>>)> = Vec::new();
    for published in hall.packs.values() {
        let region = &published.loaded.value.pack.window.region;
        match cities.iter_mut().find(|(found, _)| *found == region) {
            Some((_, packs)) => packs.push(published),
            None => cities.push((region, vec![published])),
        }
    }
    let city = |(region, packs): &(&Text, Vec<&Published<Bundle>>)| {
        let packs = packs.iter().map(|pack| el("li").child(choice(&pack.loaded.value.pack, &pack.url)));
        el("section").child(el("h2").child(both_of(region))).child(el("ul").class("choices").children(packs))
    };
    screen("list")
        .child(el("h1").attr("tabindex", "-1").child(both("要办什么事？", "What do you want to do?")))
        .children(cities.iter().map(city))
}

fn choice(pack: &Pack, url: &str) -> Element {
    el("button")
        .attr("type", "button")
        .class("choice")
        .attr("data-do", "choose")
        .attr("data-id", &*pack.id)
        .attr("data-pack", url)
        .child(el("b").class("name").child(both_of(&pack.name)))
        .child(both_of(&pack.summary))
        .child(el("small").child(both_of(&pack.window.authority)))
}

/// What can be done with a result.
fn actions() -> Element {
    el("footer")
        .class("actions")
        .flag("hidden", true)
        .child(button("list", "plain first", both("换一件事", "Something else")))
        .child(button("print", "plain", both("打印结果单", "Print the result")))
        .child(button("phone", "plain", both("带到手机上", "Take it to your phone")))
        .child(button("done", "primary", both("办完了", "I am done")))
}

/// The keys for numbers and codes; what only an input method can write says so in their place.
fn keypad() -> Element {
    let key = |key: char| {
        let key = key.to_string();
        el("button").attr("type", "button").attr("data-key", &*key).text(key)
    };
    let digits = "123456789".chars().map(key);
    let row = |class: &'static str| el("div").class(class);
    let note = both(
        "这一栏要写汉字或文字：请用键盘，或系统的输入法。",
        "This field takes words: use the keyboard, or the system’s input method.",
    );
    let tool =
        |does: &'static str, words: Element| el("button").attr("type", "button").attr("data-tool", does).child(words);
    el("aside")
        .class("keypad")
        .attr("aria-labelledby", "keypad-of")
        .flag("hidden", true)
        .child(el("p").class("of").id("keypad-of").child(both("正在填：", "Now: ")).child(el("b").attr("data-of", "")))
        .child(el("p").class("note").child(note))
        .child(
            row("keys")
                .child(row("digits").children(digits.chain(['.', '0', '-'].map(key))))
                .child(row("letters").children(('A'..='Z').map(key)))
                .child(
                    row("tools")
                        .child(tool("delete", both("退格", "Delete")))
                        .child(tool("empty", both("重填", "Empty")))
                        .child(tool("next", both("下一格", "Next field")).class("primary"))
                        .child(tool("close", both("收起", "Hide keys"))),
                ),
        )
}

/// Whether somebody is still there.
fn still_there() -> Element {
    let left = || el("b").attr("data-left", "").text("20");
    let zh = el("span").attr("lang", "zh-CN").child(left()).text(" 秒后清除全部答案，回到开始。");
    let en = el("span").attr("lang", "en").text("All answers are cleared in ").child(left()).text(" seconds.");
    el("dialog")
        .id("still-there")
        .attr("role", "alertdialog")
        .attr("aria-labelledby", "still-there-title")
        .attr("aria-describedby", "still-there-left")
        .child(el("h2").id("still-there-title").child(both("您还在吗？", "Are you still there?")))
        .child(el("p").id("still-there-left").class("left").child(el("span").class("both").child(zh).child(en)))
        .child(
            el("p")
                .class("row")
                .child(button("stay", "primary", both("我还在，继续", "I am here, go on")))
                .child(button("clear", "clear", both("清除全部", "Clear everything"))),
        )
}

/// The code that hands the answers over to a phone, or why there is none.
fn phone() -> Element {
    let large = both(
        "回答太多，一个二维码装不下，没有生成。请打印结果单，或者在手机上重新回答。",
        "There are too many answers for one code, so none was made. Print the result, or answer again on the phone.",
    );
    let failed =
        both("这台机器做不了二维码。请打印结果单。", "This machine cannot make the code. Print the result instead.");
    let how = both(
        "用手机扫一扫，接着办。答案在二维码里，不经过网络，也不留在这台机器上。",
        "Scan it with your phone and go on there. The answers are in the code itself; no server sees them.",
    );
    let about = |name: &'static str, words: Element| el("p").attr("data-phone", name).flag("hidden", true).child(words);
    el("dialog")
        .id("phone")
        .attr("aria-labelledby", "phone-title")
        .child(el("h2").id("phone-title").child(both("带到手机上", "Take it to your phone")))
        .child(about("code", how))
        .child(about("large", large).class("warn"))
        .child(about("failed", failed).class("warn"))
        .child(el("div").class("code-place").attr("data-code", ""))
        .child(el("p").class("fine").attr("data-address", ""))
        .child(el("p").class("row").child(button("close", "primary", both("关上", "Close"))))
}

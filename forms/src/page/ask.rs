//! The left side: what is asked.

use alloc::format;
use alloc::string::String;

use yichuang_engine::{ROWS, TextFormat};

use super::layers::overrides;
use super::parts::{heard, line, next_word, submit, update};
use super::rows::rows_field;
use crate::phrase::{plural, say};
use crate::{Answered, Control, DateField, Element, Lang, NONE, Question, Tile, UNSURE, View, el};

pub(super) fn section(view: &View) -> Element {
    let head = &view.head;
    el("section")
        .key("ask")
        .class("ask")
        .attr("aria-labelledby", "title")
        .child(line("crumb", &head.office))
        .child(el("h1").id("title").text(&*head.title))
        .child(line("lead", &head.summary))
        .child(notice(view))
        .child(overrides(view))
        .child(problems(view))
        .child(date(&view.date, view.lang).class("date"))
        .children(view.other_dates.iter().map(|one| date(one, view.lang).class("date")))
        .child(done(view))
        .child(view.question.as_ref().map_or_else(|| finished(view), |question| now(question, view.lang)))
}

/// What must be said about the whole pack, one tap away.
fn notice(view: &View) -> Option<Element> {
    let summary = el("summary").text(view.lang.word("用之前，请看说明", "Please read this first"));
    line("pilot", &view.head.notice).map(|text| el("details").key("notice").class("about").child(summary).child(text))
}

/// The summary of errors, each a link to its field.
fn problems(view: &View) -> Option<Element> {
    let count = view.problems.len();
    let answers = plural(count, "answer");
    let link = |problem: &crate::Problem| {
        let (name, message) = (&problem.name, &problem.message);
        let text = say!(view.lang, "{name}：{message}", "{name}: {message}");
        match &problem.fact {
            Some(fact) => el("li").child(el("a").attr("href", format!("#q-{fact}")).text(text)),
            None => el("li").text(text),
        }
    };
    (count > 0).then(|| {
        el("div")
            .key("problems")
            .class("problems")
            .attr("role", "group")
            .attr("aria-labelledby", "problems")
            .child(el("h2").id("problems").text(say!(view.lang, "有 {count} 处要看一下", "{answers} to look at")))
            .child(el("ul").children(view.problems.iter().map(link)))
    })
}

/// Three fields in Chinese order.
pub(super) fn date(field: &DateField, lang: Lang) -> Element {
    let id = format!("q-{}", field.fact);
    let hint = format!("{id}-hint");
    let error = field.error.as_ref().map(|_| format!("{id}-error"));
    let described = error.as_ref().map_or_else(|| hint.clone(), |error| format!("{error} {hint}"));
    let part = |place: usize, name: &str, label: &'static str| {
        let value = field.typed.get(place).map_or("", String::as_str);
        el("label")
            .child(
                el("input")
                    .attr("type", "text")
                    .attr("inputmode", "numeric")
                    .attr_if("id", (place == 0).then(|| id.clone()))
                    .attr("name", format!("{}.{name}", field.fact))
                    .attr("value", value)
                    .attr_if("placeholder", field.stand_in.get(place).filter(|day| !day.is_empty()).cloned())
                    .attr("size", if place == 0 { "4" } else { "2" })
                    .attr_if("aria-invalid", error.as_ref().map(|_| "true")),
            )
            .child(el("span").text(label))
    };
    el("fieldset")
        .key(format!("date-{}", field.fact))
        .attr("aria-describedby", described)
        .child(el("legend").text(&*field.label))
        .child(
            el("div")
                .class("ymd")
                .child(part(0, "year", lang.word("年", "year")))
                .child(part(1, "month", lang.word("月", "month")))
                .child(part(2, "day", lang.word("日", "day")))
                .child(update(lang.word("更新", "Update"))),
        )
        .child(error.zip(field.error.as_ref()).map(|(id, error)| error_line(&id, &field.fact, error, lang)))
        .child(el("p").key("hint").class("hint").id(hint).text(&*field.hint))
}

pub(super) fn error_line(id: &str, fact: &str, message: &str, lang: Lang) -> Element {
    let label = heard(lang.word("有误：", "Error: "));
    el("p").key("error").class("error").id(id).attr("data-error", fact).child(label).text(message)
}

/// Answered questions, each a line.
fn done(view: &View) -> Option<Element> {
    let label = view.lang.word("已回答", "Answered");
    let lines = view.answered.iter().map(|line| done_line(line, view.lang));
    (!view.answered.is_empty()).then(|| el("ol").key("done").class("done").attr("aria-label", label).children(lines))
}

fn done_line(line: &Answered, lang: Lang) -> Element {
    let id = format!("q-{}", line.fact);
    let change = submit("__reopen", &line.fact, "link")
        .text(lang.word("修改", "Change"))
        .child(heard(say_name(lang, &line.name)));
    el("li")
        .key(&*line.fact)
        .id(&*id)
        .class(if line.error.is_some() {
            "bad"
        } else if line.unsure {
            "unsure"
        } else {
            "said"
        })
        .attr("data-answer", &*line.fact)
        .child(el("span").class("q").text(&*line.name))
        .child(el("span").class("a").text(&*line.answer))
        .child(change)
        .child(line.error.as_ref().map(|error| error_line(&format!("{id}-error"), &line.fact, error, lang)))
}

fn say_name(lang: Lang, name: &str) -> String {
    say!(lang, "：{name}", ": {name}")
}

/// The question to answer now.
fn now(question: &Question, lang: Lang) -> Element {
    let previous = question
        .previous
        .as_ref()
        .map(|fact| submit("__reopen", fact, "link").key("previous").text(lang.word("上一步", "Back")));
    el("section")
        .key(format!("now-{}", question.fact))
        .class("card now")
        .attr("data-question", &*question.fact)
        .flag("data-open", question.is_open)
        .attr("aria-labelledby", "question")
        .child(line("count", &question.count))
        .child(field(question, lang))
        .child((!question.why.is_empty()).then(|| {
            el("details")
                .key("why")
                .child(el("summary").text(lang.word("为什么问这个", "Why this is asked")))
                .child(el("p").text(&*question.why))
        }))
        .child(
            el("div")
                .class("row")
                .child(el("button").attr("type", "submit").class("primary").text(next_word(lang)))
                .child(previous)
                .children(ways_out(question, lang)),
        )
}

/// The answers that are given by a button: there is none, I cannot say. The one that was given
/// is shown as ticked instead, so that it is posted again.
fn ways_out(question: &Question, lang: Lang) -> impl Iterator<Item = Element> {
    let by_tile = matches!(question.control, Control::One(_));
    let way = |value: &'static str, words: String| {
        let control = el(if question.stated == Some(value) { "input" } else { "button" });
        let control = control.attr("name", &*question.fact).attr("value", value);
        match question.stated == Some(value) {
            true => el("label")
                .key(value)
                .class("stated")
                .child(control.attr("type", "checkbox").flag("checked", true))
                .child(el("span").text(words)),
            false => control.key(value).attr("type", "submit").class("quiet").text(words),
        }
    };
    let none = question.none.as_ref().map(|none| way(NONE, none.clone()));
    let unsure = (!by_tile).then(|| way(UNSURE, lang.word("说不清", "I cannot say").into()));
    none.into_iter().chain(unsure)
}

/// The question with its control, error and help.
fn field(question: &Question, lang: Lang) -> Element {
    let id = format!("q-{}", question.fact);
    let (error, help) = (format!("{id}-error"), format!("{id}-help"));
    let mut described = String::new();
    if question.error.is_some() {
        described.push_str(&error);
    }
    if !question.help.is_empty() {
        described.push(' ');
        described.push_str(&help);
    }
    let described = Some(described.trim()).filter(|ids| !ids.is_empty()).map(String::from);
    let help = line("help", &question.help).map(|line| line.key("help").id(help));
    let wrong = question.error.as_ref().map(|message| error_line(&error, &question.fact, message, lang));
    let heading = el("h2").id("question");
    match &question.control {
        Control::One(tiles) | Control::Many(tiles) => {
            let kind = if matches!(question.control, Control::One(_)) { "radio" } else { "checkbox" };
            let tiles = tiles
                .iter()
                .enumerate()
                .map(|(place, one)| tile(one, kind, &question.fact, (place == 0).then_some(&id)));
            let few = if tiles.len() > 4 { "tiles many" } else { "tiles" };
            el("fieldset")
                .attr_if("aria-describedby", described)
                .child(el("legend").child(heading.text(&*question.ask)))
                .child(help)
                .child(wrong)
                .child(el("div").class(few).children(tiles))
        }
        Control::Date(field) => {
            let field = DateField { label: question.ask.clone(), ..field.clone() };
            el("div")
                .child(heading.class("heard").text(&*question.ask))
                .child(help)
                .child(date(&field, lang).class("ask-date"))
        }
        Control::Number { typed, unit, is_decimal } => {
            let mode = if *is_decimal { "decimal" } else { "numeric" };
            let input = input(&id, &question.fact, typed, described, question.error.is_some());
            let input = input.attr("inputmode", mode).class("short");
            typed_field(heading, &id, question)
                .child(help)
                .child(wrong)
                .child(el("div").class("measure").child(input).child(line("unit", unit)))
        }
        // No pack with such a question is opened.
        Control::Rows(_) if !ROWS => heading,
        Control::Rows(rows) => el("fieldset")
            .id(id)
            .class("rows")
            .attr_if("aria-describedby", described)
            .child(el("legend").child(heading.text(&*question.ask)))
            .child(help)
            .child(wrong)
            .children(rows_field(rows, lang)),
        Control::Line { typed, format } => {
            let input = line_input(*format, input(&id, &question.fact, typed, described, question.error.is_some()));
            typed_field(heading, &id, question).child(help).child(wrong).child(input)
        }
    }
}

fn typed_field(heading: Element, id: &str, question: &Question) -> Element {
    el("div").class("typed").child(heading.child(el("label").attr("for", id).text(&*question.ask)))
}

pub(super) fn input(id: &str, name: &str, typed: &str, described: Option<String>, is_wrong: bool) -> Element {
    el("input")
        .key("input")
        .attr("type", "text")
        .id(id)
        .attr("name", name)
        .attr("value", typed)
        .attr_if("aria-describedby", described)
        .attr_if("aria-invalid", is_wrong.then_some("true"))
}

/// The field of a text: several lines, the keyboard of a telephone or of digits, or a code without
/// spelling and in capital letters.
pub(super) fn line_input(format: TextFormat, input: Element) -> Element {
    match format {
        TextFormat::Multiline => lines(input),
        TextFormat::Free | TextFormat::PersonName => input,
        TextFormat::Mobile | TextFormat::Phone | TextFormat::Landline => input.attr("inputmode", "tel").class("code"),
        TextFormat::Postcode | TextFormat::Division => input.attr("inputmode", "numeric").class("code"),
        TextFormat::Uscc | TextFormat::IdNo | TextFormat::OrgCode => {
            input.attr("spellcheck", "false").attr("autocapitalize", "characters").class("code")
        }
    }
}

/// The same field for several lines.
fn lines(mut input: Element) -> Element {
    input.tag = "textarea";
    input.attrs.retain(|(name, _)| *name != "type");
    input.attr("rows", "4")
}

pub(super) fn tile(tile: &Tile, kind: &'static str, fact: &str, id: Option<&String>) -> Element {
    let input = el("input")
        .attr("type", kind)
        .attr_if("id", id.cloned())
        .attr("name", fact)
        .attr("value", &*tile.value)
        .flag("checked", tile.chosen);
    let hint = (!tile.hint.is_empty()).then(|| el("small").text(&*tile.hint));
    el("label")
        .key(&*tile.value)
        .class(if tile.is_unsure { "tile quiet" } else { "tile" })
        .child(input)
        .child(el("span").child(el("b").text(&*tile.name)).child(hint))
}

/// All questions are answered.
fn finished(view: &View) -> Element {
    let words = match view.materials {
        Some(_) => view.lang.word("接下来看看手上有没有这些材料。", "Next, see which of the materials you have."),
        None => view.lang.word("结果已经出来了。", "The result is there."),
    };
    let link = view
        .materials
        .as_ref()
        .map(|_| el("a").attr("href", "#materials").text(view.lang.word("去勾材料", "Tick the materials")));
    el("section")
        .key("finished")
        .class("card finished")
        .attr("aria-labelledby", "question")
        .child(el("h2").id("question").text(view.lang.word("问题答完了", "All questions are answered")))
        .child(el("p").text(words).text(" ").child(link))
}

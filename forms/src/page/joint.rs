//! The joint plan 联办: the picture, and the same as a list.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::Date;

use super::gantt::svg;
use super::parts::{line, sources, submit};
use super::sheet_document;
use crate::ics::{DueEvent, calendar_file};
use crate::phrase::say;
use crate::view::{JointStepView, JointView};
use crate::{Element, Lang, Tree, View, el, f00};

pub(super) fn card(joint: &JointView, lang: Lang) -> Element {
    let picture = joint.stretch.as_ref().map(|stretch| {
        el("div").key("picture").class("picture").child(svg(joint, stretch, lang)).child(legend(joint, lang))
    });
    el("section")
        .key("joint")
        .class("card joint")
        .attr("aria-labelledby", "joint")
        .child(el("h2").id("joint").text(&*joint.headline))
        .child(line("sub", &joint.compared))
        .child(line("warning", &joint.warning))
        .child(picture)
        .child(line("path", &joint.critical))
        .child(steps(joint, lang))
        .child(sources(&joint.basis, lang))
        .child(joint.stretch.as_ref().map(|_| {
            let print = submit("__print", "plan", "plain").attr("formtarget", "_blank");
            let dates = submit("__print", "plan.ics", "plain");
            el("p")
                .class("row")
                .child(print.text(lang.word("打印联办计划", "Print the joint plan")))
                .child(dates.text(lang.word("下载各环节的日期（.ics）", "Download the dates (.ics)")))
        }))
}

/// The joint plan as a sheet alone, to be printed; absent while there is none.
#[must_use]
pub fn plan_document(view: &View) -> Option<Tree> {
    let legend = legend(view.joint.get()?, view.lang);
    Some(sheet_document(title(view.lang), sheet(view, legend)?, view.lang))
}

/// The same for paper, without colours and without the thin spaces that a page needs; what sets it on
/// paper has its own.
#[must_use]
pub fn plan_on_paper(view: &View) -> Option<Tree> {
    let legend = view.lang.word(
        "图例：★ 和黑条是关键环节，灰条是其他环节，虚线框是可以推迟到的日子，浅灰底是休息日。",
        "Legend: a star and a black bar are critical, grey bars are other steps, a dashed frame is how far they may slip, light grey are rest days.",
    );
    // It is no form with a number.
    sheet(view, el("p").text(legend)).map(|sheet| sheet.attr("data-form", "").into())
}

fn title(lang: Lang) -> &'static str {
    lang.word("联办计划", "Joint plan")
}

fn sheet(view: &View, legend: Element) -> Option<Element> {
    let (lang, joint) = (view.lang, view.joint.get()?);
    let stretch = joint.stretch.as_ref()?;
    let sheet = el("article")
        .class("sheet plan-sheet joint")
        .attr("data-form", "plan")
        .child(el("div").class("sheet-head").child(el("p").text(&*view.head.office)).child(el("h1").text(title(lang))))
        .child(el("h2").text(&*view.head.title))
        .child(el("p").class("conclusion").child(el("b").text(&*joint.headline)).text(" ").text(&*joint.compared))
        .child(f00::answers(view))
        .child(line("warning", &joint.warning))
        .child(el("div").class("picture").child(svg(joint, stretch, lang)).child(legend))
        .child(line("path", &joint.critical))
        .child(table(joint, lang))
        .children(joint.surveys.iter().map(|survey| el("p").text(&*survey.words)))
        .child(f00::footer(view));
    Some(sheet)
}

/// The last days of the steps as a calendar file; absent while none of them is certain.
#[must_use]
pub fn plan_ics(view: &View, on: Date) -> Option<String> {
    let (lang, joint) = (view.lang, view.joint.get()?);
    let (title, receipt) = (&view.head.title, &view.head.receipt);
    let mut events = Vec::new();
    for department in &joint.departments {
        for step in &department.steps {
            let Some(day) = step.due.as_ref().and(step.days).map(|(_, last, _)| last) else { continue };
            let (name, who, id, pack) = (&step.name, &department.name, &step.id, &view.head.pack);
            let (length, slack) = (&step.length, &step.slack);
            let slack = if slack.is_empty() {
                lang.word("关键环节，不能推迟", "critical: must not slip")
            } else {
                slack
            };
            events.push(DueEvent {
                uid: format!("{receipt}-{}-{id}", pack.replace('/', "-")),
                on: day,
                summary: say!(lang, "{name}（{who}）", "{name} ({who})"),
                description: say!(lang, "{title}：{length}，{slack}", "{title}: {length}, {slack}"),
            });
        }
    }
    calendar_file("Joint plan", on, &events)
}

/// The steps by departments.
fn table(joint: &JointView, lang: Lang) -> Element {
    let head = [
        ("环节", "Step"),
        ("部门", "Department"),
        ("天数", "Workdays"),
        ("办完", "Done by"),
        ("推迟", "Slack"),
        ("前置", "After"),
    ];
    let head = head.map(|(zh, en)| el("th").attr("scope", "col").text(lang.word(zh, en)));
    let row = |department: &str, step: &JointStepView| {
        let mark = if step.slack.is_empty() { "★ " } else { "" };
        let slack = if step.slack.is_empty() { lang.word("不能推迟", "none") } else { &*step.slack };
        let name = el("th").attr("scope", "row").text(mark).text(&*step.name);
        let cells = [department, &*step.length, &*step.due_words, slack, &*step.after];
        el("tr").child(name).children(cells.map(|cell| el("td").text(cell)))
    };
    let rows = joint.departments.iter().flat_map(|of| of.steps.iter().map(|step| row(&of.name, step)));
    el("table").child(el("thead").child(el("tr").children(head))).child(el("tbody").children(rows))
}

/// What the signs of the picture mean, as far as they are in it.
fn legend(joint: &JointView, lang: Lang) -> Element {
    let steps = || joint.departments.iter().flat_map(|department| &department.steps);
    let shades = joint.stretch.as_ref().map(|stretch| stretch.shades.as_slice()).unwrap_or_default();
    let entry = |is_there: bool, class: &'static str, zh: &'static str, en: &'static str| {
        is_there.then(|| el("li").child(el("i").class(class)).child(el("span").text(lang.word(zh, en))))
    };
    el("ul").class("legend").attr("aria-hidden", "true").children(
        [
            entry(true, "critical", "★ 关键环节，晚一天都不行", "★ critical: must not slip"),
            entry(steps().any(|step| !step.slack.is_empty()), "work", "其他环节", "other steps"),
            entry(steps().any(|step| !step.slack.is_empty()), "slack", "可以推迟到", "may slip to"),
            entry(joint.surveys.iter().any(|survey| survey.days.is_some()), "survey", "联合踏勘", "joint survey"),
            entry(shades.iter().any(|shade| shade.is_settled), "rest", "休息日", "rest days"),
            entry(shades.iter().any(|shade| !shade.is_settled), "unsettled", "放假安排还没有公布", "not settled yet"),
        ]
        .into_iter()
        .flatten(),
    )
}

/// The steps by their beginnings, each with its department.
fn steps(joint: &JointView, lang: Lang) -> Option<Element> {
    let mut steps: Vec<(&str, &JointStepView)> = Vec::new();
    for department in &joint.departments {
        for step in &department.steps {
            let place = steps.partition_point(|(_, before)| before.start <= step.start);
            steps.insert(place, (&department.name, step));
        }
    }
    let step = |(department, step): &(&str, &JointStepView)| {
        let due = match &step.due {
            Some(due) => el("time").attr("datetime", &**due).text(&*step.due_words),
            None => el("span").text(&*step.due_words),
        };
        let is_critical = step.slack.is_empty();
        let after = &step.after;
        let after = if after.is_empty() { String::new() } else { say!(lang, "前置：{after}", "after: {after}") };
        let critical = is_critical.then(|| el("span").class("must").text(lang.word(" · 关键环节", " · critical")));
        let mark = is_critical.then(|| el("span").class("star").attr("aria-hidden", "true").text("★ "));
        el("li")
            .key(&*step.id)
            .attr("data-step", &*step.id)
            .class(if is_critical { "critical" } else { "" })
            .child(el("b").child(mark).text(&*step.name))
            .child(el("span").class("due").child(due))
            .child(el("span").class("who").text(format!("{department} · {}", step.length)).child(critical))
            .child(line("slack", &step.slack))
            .child(line("after", &after))
            .child(line("note", &step.note))
            .child(sources(&step.basis, lang))
    };
    (!steps.is_empty()).then(|| {
        el("ol")
            .key("steps")
            .class("plan-steps")
            .attr("aria-label", lang.word("联办环节", "Steps of the joint plan"))
            .children(steps.iter().map(step))
            .children(joint.surveys.iter().map(|survey| el("li").class("survey").text(&*survey.words)))
    })
}

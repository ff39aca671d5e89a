//! When it will be done: the date, the steps as a bar and as a list.

use alloc::format;

use super::parts::{line, sources};
use crate::phrase::say;
use crate::{DatesView, Element, Lang, StepView, el};

pub(super) fn card(dates: &DatesView, lang: Lang) -> Element {
    let headline = match &dates.due {
        Some(due) => el("time").attr("data-due", "promised").attr("datetime", &**due).text(&*dates.headline),
        None => el("span").attr("data-due", "open").text(&*dates.headline),
    };
    let promise = (!dates.promise.is_empty()).then(|| el("span").class("lamp good").text(&*dates.promise));
    el("section")
        .key("dates")
        .class("card dates")
        .attr("aria-labelledby", "dates")
        .child(el("h2").id("dates").child(headline).text(" ").child(promise))
        .child(line("sub", &counted(dates, lang)))
        .child(bar(dates))
        .child(steps(dates, lang))
        .child(sources(&dates.basis, lang))
}

/// `从 11 月 18 日受理算起，逐项分别办法定合计 155 个工作日，少等 127 个。`
fn counted(dates: &DatesView, lang: Lang) -> alloc::string::String {
    let from = &dates.from;
    match (dates.statutory_sum, dates.saved_days) {
        (Some(sum), Some(saved)) => say!(
            lang,
            "{from}；逐项分别办，法定合计 {sum} 个工作日，一起办少等 {saved} 个。",
            "{from}; one by one the law allows {sum} workdays in all, together you wait {saved} fewer.",
        ),
        _ => say!(lang, "{from}。", "{from}."),
    }
}

/// The steps side by side, as wide as they are long; the list below says the same in words.
fn bar(dates: &DatesView) -> Option<Element> {
    let segment = |(place, step): (usize, &StepView)| {
        el("span").key(format!("{place}")).class(format!("d{}", step.days.clamp(1, 60))).text(format!("{}", step.days))
    };
    let long = || dates.steps.iter().enumerate().filter(|(_, step)| step.days > 0);
    (long().count() > 1)
        .then(|| el("div").key("bar").class("gantt").attr("aria-hidden", "true").children(long().map(segment)))
}

fn steps(dates: &DatesView, lang: Lang) -> Option<Element> {
    let step = |(place, step): (usize, &StepView)| {
        let due = match &step.due {
            Some(due) => el("time").attr("datetime", &**due).text(&*step.due_words),
            None => el("span").text(&*step.due_words),
        };
        el("li")
            .key(format!("{place}"))
            .attr("data-step", format!("{}", place + 1))
            .child(el("b").text(&*step.name))
            .child(el("span").class("length").text(&*step.length))
            .child(due)
    };
    let label = lang.word("办理环节", "Steps");
    (!dates.steps.is_empty()).then(|| {
        el("ol")
            .key("steps")
            .class("steps")
            .attr("aria-label", label)
            .children(dates.steps.iter().enumerate().map(step))
    })
}

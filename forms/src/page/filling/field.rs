//! One field of a form: a label, a control, what is wrong, and what is said beside it.

use alloc::format;

use super::super::ask::error_line;
use super::super::parts::line;
use super::super::rows::cell;
use crate::{Control, Element, EntryField, EntryPart, Lang, NONE, Placed, el};

pub(super) fn placed(placed: &Placed<EntryField>, lang: Lang) -> Element {
    match placed {
        Placed::New(one) => field(one, lang),
        Placed::Same(key) => el("div").key(&**key).same(),
    }
}

fn field(field: &EntryField, lang: Lang) -> Element {
    let place = el("div").key(&*field.key).class("entry").attr("data-field", &*field.key);
    let place = match field.parts.as_slice() {
        [one] if field.is_declaration => place.child(declaration(field, one, lang)),
        [one] => place.child(part(one, lang)),
        several => place.child(group(field, several, lang)),
    };
    place.child(line("fine", &field.depends)).child(line("fine used", &field.used_by))
}

fn group(field: &EntryField, parts: &[EntryPart], lang: Lang) -> Element {
    let id = format!("q-{}", field.key);
    let (error, help) = (format!("{id}-whole-error"), format!("{id}-whole-help"));
    let described = match (field.error.is_some(), !field.hint.is_empty()) {
        (true, true) => Some(format!("{error} {help}")),
        (true, false) => Some(error.clone()),
        (false, true) => Some(help.clone()),
        (false, false) => None,
    };
    el("fieldset")
        .class("together")
        .attr_if("aria-describedby", described)
        .child(el("legend").text(&*field.label))
        .child(line("help", &field.hint).map(|line| line.key("help").id(help)))
        .child(field.error.as_ref().map(|message| error_line(&error, &field.key, message, lang)))
        .children(parts.iter().map(|one| part(one, lang)))
}

/// What is filled in for one fact.
fn part(part: &EntryPart, lang: Lang) -> Element {
    let label = &part.cell.label;
    let place = el("div").key(&*part.cell.name).class("part");
    let place = match (&part.locked, &part.stated) {
        (Some(held), _) => place.child(locked(&part.cell.name, label, held)),
        (None, Some((value, words))) => place.child(stated(part, label, value, words, lang)),
        (None, None) => {
            let none = part.none.as_ref().map(|words| {
                el("button")
                    .key(NONE)
                    .attr("type", "submit")
                    .class("quiet")
                    .attr("name", &*part.cell.name)
                    .attr("value", NONE)
                    .text(&**words)
            });
            place.child(cell(&part.cell, lang)).child(none)
        }
    };
    let says = line("says", &part.says).map(|says| says.key("says").attr("aria-live", "polite"));
    place.child(says).child(line("fine held", &part.held))
}

/// What is held elsewhere and cannot be changed here.
fn locked(name: &str, label: &str, held: &str) -> Element {
    el("div")
        .key("locked")
        .id(format!("q-{name}"))
        .class("typed locked")
        .child(el("p").class("label").text(label))
        .child(el("p").child(el("b").text(held)))
}

/// The stated answer that there is none, or that it cannot be said: ticked, so that it is posted
/// again. Unticked, the field comes back.
fn stated(part: &EntryPart, label: &str, value: &'static str, words: &str, lang: Lang) -> Element {
    let name = &part.cell.name;
    let id = format!("q-{name}");
    let tick =
        el("input").attr("type", "checkbox").id(&*id).attr("name", &**name).attr("value", value).flag("checked", true);
    let back = lang.word("取消勾选后可以填写", "untick this to fill it in");
    let error = part.cell.error.as_ref().map(|message| error_line(&format!("{id}-error"), name, message, lang));
    el("fieldset")
        .key("stated")
        .class("typed")
        .child(el("legend").text(label))
        .child(error)
        .child(el("label").class("stated").child(tick).child(el("span").text(words)))
        .child(el("p").class("fine").text(back))
}

/// A statement with its box.
fn declaration(field: &EntryField, part: &EntryPart, lang: Lang) -> Element {
    let name = &part.cell.name;
    let id = format!("q-{name}");
    let error = format!("{id}-error");
    let is_made = matches!(&part.cell.control, Control::One(tiles) if tiles.iter().any(|tile| tile.chosen && tile.value == "true"));
    let words = if field.hint.is_empty() { &field.label } else { &field.hint };
    let title = (!field.hint.is_empty()).then(|| el("p").class("label").text(&*field.label));
    let tick = el("input")
        .attr("type", "checkbox")
        .id(&*id)
        .attr("name", &**name)
        .attr("value", "true")
        .flag("checked", is_made)
        .attr_if("aria-describedby", part.cell.error.as_ref().map(|_| error.clone()))
        .attr_if("aria-invalid", part.cell.error.as_ref().map(|_| "true"));
    el("div")
        .key("declaration")
        .class("typed")
        .child(title)
        .child(part.cell.error.as_ref().map(|message| error_line(&error, name, message, lang)))
        .child(el("label").class("tile declared").child(tick).child(el("span").text(&**words)))
}

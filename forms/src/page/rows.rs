//! The question of a table: each row a group of labelled fields.

use alloc::format;

use super::ask::{date, error_line, input, line_input, tile};
use super::parts::{hidden, line, submit};
use crate::phrase::say;
use crate::{ADD_ROW, Cell, Control, Element, Lang, Placed, REMOVE_ROW, Row, RowsField, el};

/// The rows, and the button for one more.
pub(super) fn rows_field(field: &RowsField, lang: Lang) -> impl Iterator<Item = Element> {
    let rows = field.rows.iter().enumerate().map(move |(place, placed)| match placed {
        Placed::New(row) => self::row(row, place + 1, lang),
        Placed::Same(name) => el("fieldset").key(&**name).same(),
    });
    let add = submit(ADD_ROW, &field.name, "quiet").key("add").text(lang.word("再加一行", "Add a row"));
    rows.chain(field.can_add.then_some(add))
}

fn row(row: &Row, number: usize, lang: Lang) -> Element {
    el("fieldset")
        .key(&*row.name)
        .class("one-row")
        .child(el("legend").text(say!(lang, "第 {number} 行", "Row {number}")))
        .child(hidden(&row.name, ""))
        .children(row.cells.iter().map(|cell| self::cell(cell, lang)))
        .child(submit(REMOVE_ROW, &row.name, "link").key("remove").text(say!(
            lang,
            "删除第 {number} 行",
            "Remove row {number}"
        )))
}

/// One labelled control.
pub(super) fn cell(cell: &Cell, lang: Lang) -> Element {
    let id = format!("q-{}", cell.name);
    let (error, help) = (format!("{id}-error"), format!("{id}-help"));
    let described = match (cell.error.is_some(), !cell.help.is_empty()) {
        (true, true) => Some(format!("{error} {help}")),
        (true, false) => Some(error.clone()),
        (false, true) => Some(help.clone()),
        (false, false) => None,
    };
    let wrong = cell.error.as_ref().map(|message| error_line(&error, &cell.name, message, lang));
    let help = line("help", &cell.help).map(|line| line.key("help").id(help));
    let (is_wrong, name) = (cell.error.is_some(), cell.name.as_str());
    let group = |class: &'static str| {
        el("fieldset")
            .key(name)
            .class(class)
            .attr_if("aria-describedby", described.clone())
            .child(el("legend").text(&*cell.label))
            .child(help.clone())
            .child(wrong.clone())
    };
    let typed = |field: Element| {
        let label = el("label").attr("for", &*id).text(&*cell.label);
        el("div").key(name).class("typed").child(label).child(help.clone()).child(wrong.clone()).child(field)
    };
    let input =
        |text: &str| input(&id, name, text, described.clone(), is_wrong).attr_if("autocomplete", cell.autocomplete);
    match &cell.control {
        Control::One(tiles) | Control::Many(tiles) => {
            let kind = if matches!(cell.control, Control::One(_)) { "radio" } else { "checkbox" };
            let tiles = tiles.iter().enumerate().map(|(place, one)| tile(one, kind, name, (place == 0).then_some(&id)));
            group("typed").child(el("div").class("tiles many").children(tiles))
        }
        Control::Date(field) => date(field, lang),
        Control::Number { typed: text, unit, is_decimal } => {
            let mode = if *is_decimal { "decimal" } else { "numeric" };
            let input = input(text).attr("inputmode", mode).class("short");
            typed(el("div").class("measure").child(input).child(line("unit", unit)))
        }
        Control::Line { typed: text, format } => typed(line_input(*format, input(text))),
        Control::Rows(rows) => group("rows").id(&*id).children(rows_field(rows, lang)),
    }
}

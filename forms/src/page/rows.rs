//! The question of a table: each row a group of labelled fields.

use alloc::format;
use alloc::string::String;

use super::ask::{code, date, error_line, input, tile};
use super::parts::{hidden, line, submit};
use crate::phrase::say;
use crate::{ADD_ROW, Cell, Control, Element, Lang, REMOVE_ROW, Row, RowsField, el};

/// The rows, and the button for one more.
pub(super) fn rows_field(field: &RowsField, lang: Lang) -> impl Iterator<Item = Element> {
    let rows = field.rows.iter().enumerate().map(move |(place, row)| self::row(row, place + 1, lang));
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

fn cell(cell: &Cell, lang: Lang) -> Element {
    let id = format!("q-{}", cell.name);
    let error = format!("{id}-error");
    let described = cell.error.is_some().then(|| error.clone());
    let wrong = cell.error.as_ref().map(|message| error_line(&error, &cell.name, message, lang));
    let help = line("help", &cell.help).map(|line| line.key("help"));
    let (is_wrong, name) = (cell.error.is_some(), cell.name.as_str());
    let group = |class: &'static str, described: Option<String>| {
        el("fieldset")
            .key(name)
            .class(class)
            .attr_if("aria-describedby", described)
            .child(el("legend").text(&*cell.label))
    };
    let typed = |field: Element| {
        let label = el("label").attr("for", &*id).text(&*cell.label);
        el("div").key(name).class("typed").child(label).child(help.clone()).child(wrong.clone()).child(field)
    };
    match &cell.control {
        Control::One(tiles) | Control::Many(tiles) => {
            let kind = if matches!(cell.control, Control::One(_)) { "radio" } else { "checkbox" };
            let tiles = tiles.iter().enumerate().map(|(place, one)| tile(one, kind, name, (place == 0).then_some(&id)));
            let tiles = el("div").class("tiles many").children(tiles);
            group("typed", described.clone()).child(help.clone()).child(wrong.clone()).child(tiles)
        }
        Control::Date(field) => date(field, lang),
        Control::Number { typed: text, unit, is_decimal } => {
            let mode = if *is_decimal { "decimal" } else { "numeric" };
            let input = input(&id, name, text, described, is_wrong).attr("inputmode", mode).class("short");
            typed(el("div").class("measure").child(input).child(line("unit", unit)))
        }
        Control::Line { typed: text, is_code } => {
            let input = input(&id, name, text, described, is_wrong);
            typed(if *is_code { code(input) } else { input })
        }
        Control::Rows(rows) => {
            let group = group("rows", described.clone()).id(&*id).child(help.clone()).child(wrong.clone());
            group.children(rows_field(rows, lang))
        }
    }
}

//! What may stand for one answer: a value, that there is none, or that it cannot be said.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactKind, FactOption, NumberShape, Text, TextFormat};

use super::pattern;
use crate::{Json, LIMITS, Lang, number_text};

pub(super) fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

pub(super) fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

pub(super) fn not(schema: Json) -> Json {
    object(vec![("not", schema)])
}

pub(super) fn any_of(schemas: Vec<Json>) -> Json {
    joined("anyOf", schemas)
}

pub(super) fn all_of(schemas: Vec<Json>) -> Json {
    joined("allOf", schemas)
}

fn joined(word: &str, mut schemas: Vec<Json>) -> Json {
    match schemas.pop() {
        Some(only) if schemas.is_empty() => only,
        last => {
            schemas.extend(last);
            object(vec![(word, Json::List(schemas))])
        }
    }
}

fn matching(pattern: String) -> Json {
    object(vec![("type", text("string")), ("pattern", text(pattern))])
}

fn number(count: usize) -> Json {
    Json::Number(alloc::format!("{count}"))
}

/// An answer that can be read: a value, none, or 说不清.
pub(super) fn readable(fact: &Fact, lang: Lang) -> Vec<Json> {
    let mut all = known(fact, lang, false);
    all.extend([unsure(), object(vec![("type", text("null"))])]);
    // A text for which "there is none" is an answer is known when it is empty.
    if !matches!(&fact.kind, FactKind::Text { none: Some(_), .. }) {
        all.push(matching(pattern::blank()));
    }
    match fact.kind {
        FactKind::Bool | FactKind::Number { .. } => all.push(array(0, None)),
        FactKind::Choice(_) => all.push(array(1, Some(matching(pattern::blank())))),
        FactKind::Choices(_) => {
            all.push(object(vec![("type", text("array")), ("items", matching(pattern::blank()))]));
        }
        FactKind::Date | FactKind::Text { .. } | FactKind::Table { .. } => {}
    }
    all
}

/// An answer that leaves nothing open.
pub(super) fn filled(fact: &Fact, lang: Lang) -> Vec<Json> {
    let mut all = known(fact, lang, true);
    all.push(unsure());
    all
}

fn unsure() -> Json {
    object(vec![("const", object(vec![("unsure", Json::Bool(true))]))])
}

fn array(most: usize, items: Option<Json>) -> Json {
    let mut members = vec![("type", text("array")), ("maxItems", number(most))];
    members.extend(items.map(|items| ("items", items)));
    object(members)
}

/// A value. `whole` asks that the cells of a table are all there.
fn known(fact: &Fact, lang: Lang, whole: bool) -> Vec<Json> {
    match &fact.kind {
        FactKind::Bool => yes_or_no(None),
        FactKind::Number { shape, places, min, max, .. } => {
            let kind = if *shape == NumberShape::Integer { "integer" } else { "number" };
            let bound = |bound: i128| Json::Number(number_text(bound, *places));
            let (least, most) = match shape {
                NumberShape::Integer => (Some(min.unwrap_or(-EXACT)), Some(max.unwrap_or(EXACT))),
                _ => (*min, *max),
            };
            let mut members = vec![("type", text(kind))];
            members.extend(least.map(|least| ("minimum", bound(least))));
            members.extend(most.map(|most| ("maximum", bound(most))));
            vec![object(members), matching(pattern::around(&pattern::number(*shape, *places)))]
        }
        FactKind::Date => vec![matching(pattern::around(&pattern::widen(&pattern::day("-"))))],
        FactKind::Text { format, none } => known_text(*format, none.as_ref(), lang),
        FactKind::Choice(options) => {
            let mut all = titled(options, lang);
            all.extend(is_option(options, |_| true));
            all
        }
        FactKind::Choices(options) => {
            let list = list_with(options, |_| true, titled(options, lang));
            vec![list, matching(pattern::around(&names(options, |_| true)))]
        }
        FactKind::Table { columns, max_rows } => vec![known_rows(columns, *max_rows, lang, whole)],
    }
}

fn known_text(format: TextFormat, none: Option<&Text>, lang: Lang) -> Vec<Json> {
    let mut all = match pattern::format(format) {
        Some(pattern) => vec![matching(pattern::around(&pattern))],
        None => vec![object(vec![
            ("type", text("string")),
            ("maxLength", number(LIMITS.text)),
            ("pattern", text(pattern::not_blank())),
        ])],
    };
    if !matches!(format, TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName) {
        all.push(object(vec![("type", text("number"))]));
    }
    all.extend(none.map(|none| titled_as(lang.pick(none), matching(pattern::blank()))));
    all
}

fn known_rows(columns: &[Fact], max_rows: u16, lang: Lang, whole: bool) -> Json {
    let cell = |column: &Fact| {
        let parts = if whole { filled(column, lang) } else { readable(column, lang) };
        titled_as(lang.pick(&column.name), any_of(parts))
    };
    let cells = columns.iter().map(|column| (&*column.id, cell(column))).collect();
    let mut row =
        vec![("type", text("object")), ("properties", object(cells)), ("additionalProperties", Json::Bool(false))];
    if whole {
        row.push(("required", Json::List(columns.iter().map(|column| text(&*column.id)).collect())));
    }
    array(usize::from(max_rows), Some(object(row)))
}

/// The same with a title in front.
fn titled_as(title: &str, schema: Json) -> Json {
    match schema {
        Json::Object(mut members) => {
            members.insert(0, ("title".into(), text(title)));
            Json::Object(members)
        }
        other => other,
    }
}

/// The greatest whole number that every client keeps exactly (2⁵³ − 1).
const EXACT: i128 = (1 << 53) - 1;

/// The answer yes, no, or either.
pub(super) fn yes_or_no(which: Option<bool>) -> Vec<Json> {
    let (plain, words) = match which {
        Some(true) => (object(vec![("const", Json::Bool(true))]), "true|是"),
        Some(false) => (object(vec![("const", Json::Bool(false))]), "false|否"),
        None => (object(vec![("type", text("boolean"))]), "true|false|是|否"),
    };
    vec![plain, matching(pattern::around(&pattern::widen(words)))]
}

/// The ids of the options with their names, for those who build a page from a schema.
fn titled(options: &[FactOption], lang: Lang) -> Vec<Json> {
    let one =
        |option: &FactOption| object(vec![("const", text(&*option.id)), ("title", text(lang.pick(&option.name)))]);
    options.iter().map(one).collect()
}

fn names(options: &[FactOption], wanted: impl Fn(usize) -> bool) -> String {
    // A name that is the id of another option means that one.
    let is_id = |name: &str| options.iter().any(|option| option.id == name);
    let wanted = options.iter().enumerate().filter(|(place, _)| wanted(*place)).map(|(_, option)| option);
    pattern::one_of(wanted.flat_map(|option| {
        let name = Some(&*option.name.zh).filter(|name| !is_id(name));
        core::iter::once(&*option.id).chain(name)
    }))
}

/// The answer is one of the wanted options.
pub(super) fn is_option(options: &[FactOption], wanted: impl Fn(usize) -> bool) -> Vec<Json> {
    let one = matching(pattern::around(&names(options, wanted)));
    let Json::Object(mut list) = array(1, Some(one.clone())) else { return vec![one] };
    list.push(("minItems".into(), number(1)));
    vec![one, Json::Object(list)]
}

/// The answer is a list of options, one of which is wanted.
pub(super) fn has_option(options: &[FactOption], wanted: impl Fn(usize) -> bool) -> Json {
    list_with(options, wanted, Vec::new())
}

fn list_with(options: &[FactOption], wanted: impl Fn(usize) -> bool, mut items: Vec<Json>) -> Json {
    items.extend([matching(pattern::around(&names(options, |_| true))), matching(pattern::blank())]);
    object(vec![
        ("type", text("array")),
        ("items", any_of(items)),
        ("contains", matching(pattern::around(&names(options, wanted)))),
    ])
}

/// The codes of reading that a schema cannot tell for a kind, and what it does not say.
pub(super) fn unexpressed(kind: &FactKind) -> Vec<(&'static str, (&'static str, &'static str))> {
    let check = ("校验位（末位由前面各位算出）", "the check character, which is reckoned from the others");
    let as_number = ("写成 JSON 数字时的格式", "the format, where it is written as a JSON number");
    let bounds = ("写成文字的数的上下限", "the bounds of a number that is written as a text");
    let places = ("写成 JSON 数字时的小数位数", "the decimal places of a JSON number");
    match kind {
        FactKind::Number { shape: NumberShape::Integer, .. } => {
            vec![("too_small", bounds), ("too_large", bounds), ("number_out_of_range", bounds), ("not_integer", places)]
        }
        FactKind::Number { .. } => vec![
            ("too_small", bounds),
            ("too_large", bounds),
            ("number_out_of_range", places),
            ("too_many_places", places),
            ("not_number", places),
        ],
        FactKind::Text { format, .. } => match format {
            TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName => Vec::new(),
            TextFormat::Uscc => {
                vec![("uscc_checksum", check), ("uscc_length", as_number), ("uscc_charset", as_number)]
            }
            TextFormat::IdNo => vec![
                ("id_checksum", check),
                ("id_length", as_number),
                ("id_charset", as_number),
                ("id_birth_invalid", as_number),
            ],
            TextFormat::OrgCode => {
                vec![("org_code_checksum", check), ("org_code_length", as_number), ("org_code_charset", as_number)]
            }
            TextFormat::Mobile => vec![("not_mobile", as_number)],
            TextFormat::Phone => vec![("not_phone", as_number)],
            TextFormat::Landline => vec![("not_landline", as_number)],
            TextFormat::Division => vec![("not_division", as_number)],
            TextFormat::Postcode => vec![("not_postcode", as_number)],
        },
        FactKind::Table { .. } => {
            vec![("too_many_rows", ("表中表合计的行数", "how many rows the tables in all rows have together"))]
        }
        FactKind::Bool | FactKind::Date | FactKind::Choice(_) | FactKind::Choices(_) => Vec::new(),
    }
}

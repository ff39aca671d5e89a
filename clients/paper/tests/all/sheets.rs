//! Sheets for the tests: those of real packs, and forms with whatever answers.

use std::path::Path;
use std::sync::LazyLock;

use yichuang_engine::Date;
use yichuang_forms::forms_print::{blank_form, form_on_paper};
use yichuang_forms::{Answers, Lang, LoadedBundle, LoadedCalendar, Precheck, Tree, Ui, el, f00, view};
use yichuang_paper::{Fonts, Paper, Sheet};
use yichuang_rules::{Source, compile, compile_calendar, read_calendar, read_pack};

/// The fonts are read once for all tests.
pub(crate) static PAPER: LazyLock<Paper> = LazyLock::new(|| match Fonts::find() {
    Ok(fonts) => Paper::new(fonts),
    Err(error) => panic!("{error}"),
});

pub(crate) static CALENDAR: LazyLock<LoadedCalendar> = LazyLock::new(|| {
    let (sources, _) = read_calendar(&root("rules/calendars/cn"));
    LoadedCalendar::new(compile_calendar(&sources).0.unwrap())
});

pub(crate) static NINE_IN_ONE: LazyLock<LoadedBundle> = LazyLock::new(|| pack("putian/nine-in-one"));

/// Everything that S21 of the pack answers.
pub(crate) const FULL: &str = r#"{"business.activities": ["drug_retail", "health_food_retail", "device3"],
    "applicant.kind": "enterprise", "applicant.registered": false, "applicant.via_agent": true,
    "premises.tenure": "rented", "accepted_on": "2014-11-18"}"#;

pub(crate) fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

pub(crate) fn pack(id: &str) -> LoadedBundle {
    let (id, sources, _) = read_pack(&root(&format!("rules/packs/{id}")));
    LoadedBundle::new(compile(&id, &sources).0.unwrap())
}

/// A pack of one file.
pub(crate) fn small_pack(yaml: &str) -> LoadedBundle {
    let (bundle, diagnostics) = compile("test/paper", &[Source::new("pack.yaml", yaml)]);
    LoadedBundle::new(bundle.unwrap_or_else(|| panic!("{diagnostics:#?}")))
}

pub(crate) fn pdf(sheet: &Sheet) -> Vec<u8> {
    PAPER.pdf(sheet).unwrap()
}

/// A sheet that no decision filled.
pub(crate) fn loose(tree: impl Into<Tree>) -> Sheet {
    Sheet { tree: tree.into(), lang: Lang::Zh, receipt: None, case: None }
}

/// Which sheet of a pack.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which<'a> {
    Result,
    Form(&'a str),
    Blank(&'a str),
}

pub(crate) fn sheet(bundle: &LoadedBundle, answers: &str, which: Which<'_>, lang: Lang) -> Sheet {
    let answers = Answers::from_json(answers).unwrap();
    let precheck = Precheck::new(bundle, &CALENDAR, &answers, Date::parse("2014-11-18").unwrap());
    let form = |id: &str| bundle.value.forms.iter().find(|form| form.id == id).unwrap();
    let receipt = Some(precheck.receipt.code.clone());
    let (tree, receipt) = match which {
        Which::Result => (f00::f00_on_paper(&view(&precheck, lang, &Ui::default())), receipt),
        Which::Form(id) => (form_on_paper(form(id), &precheck, lang), receipt),
        Which::Blank(id) => (blank_form(form(id), &precheck, lang), None),
    };
    Sheet { tree, lang, receipt, case: None }
}

/// A form with these labels and values, as `yichuang_forms` makes them.
pub(crate) fn form<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sheet {
    let row = |(label, value): (&str, &str)| {
        el("tr").child(el("th").attr("scope", "row").text(label)).child(el("td").text(value))
    };
    let table = el("table")
        .class("fields")
        .child(el("caption").text("栏目"))
        .child(el("tbody").children(rows.into_iter().map(row)));
    let head = el("div").class("sheet-head").child(el("h1").text("试验表"));
    loose(el("article").class("sheet form").attr("data-form", "F-99").child(head).child(table))
}

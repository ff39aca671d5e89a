//! Every case of every pack, and the table of workdays.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what does not work fails the test")]

use std::fs;

use yichuang_engine::{Calendar, Date, Due};
use yichuang_forms::to_ycp;
use yichuang_rules::{Compared, Node, SourceId, parse, run_case};
use yichuang_tests::corpus::{calendar, load, places, repository};

/// One test for every construct of the language, and one that none is left out.
macro_rules! constructs {
    ($($test:ident: $place:literal,)+) => {
        $(
            #[test]
            fn $test() {
                check(&[$place]);
            }
        )+

        #[test]
        fn every_construct_has_its_test() {
            let mut places = places();
            places.retain(|place| place.starts_with("tests/corpus/"));
            assert_eq!(places, [$($place),+]);
        }
    };
}

constructs! {
    authorities: "tests/corpus/authorities",
    choices: "tests/corpus/choices",
    conflict: "tests/corpus/conflict",
    copies: "tests/corpus/copies",
    dated_values: "tests/corpus/dated-values",
    dates: "tests/corpus/dates",
    decimals: "tests/corpus/decimals",
    effective: "tests/corpus/effective",
    exceptions: "tests/corpus/exceptions",
    expired_pack: "tests/corpus/expired/pack",
    expired_values: "tests/corpus/expired/values",
    explained: "tests/corpus/explained",
    fees: "tests/corpus/fees",
    fees_computed: "tests/corpus/fees-computed",
    fields: "tests/corpus/fields",
    functions: "tests/corpus/functions",

    joint: "tests/corpus/joint",
    keys_chinese: "tests/corpus/keys/chinese",
    keys_english: "tests/corpus/keys/english",
    kleene: "tests/corpus/kleene",
    layers_of_the_country: "tests/corpus/layers/packs/cn/shop",
    layers_of_a_city: "tests/corpus/layers/packs/east/shop",
    layers_of_a_province: "tests/corpus/layers/packs/north/shop",
    layers_of_a_town: "tests/corpus/layers/packs/north/town",
    not_encoded: "tests/corpus/not-encoded",
    numbers: "tests/corpus/numbers",
    rows_nested: "tests/corpus/rows/nested",
    rows_plain: "tests/corpus/rows/plain",
    rows_tables: "tests/corpus/rows/tables",
    tables_collect: "tests/corpus/tables-collect",
    tables_first: "tests/corpus/tables-first",
    tables_sheet: "tests/corpus/tables-sheet",
    tables_unique: "tests/corpus/tables-unique",
    text_none: "tests/corpus/text-none",
    texts: "tests/corpus/texts",
    tolerance: "tests/corpus/tolerance",
    unsure: "tests/corpus/unsure",
    variants: "tests/corpus/variants",
    versions: "tests/corpus/versions",
    versions_by_decided: "tests/corpus/versions-by/decided",
    versions_by_received: "tests/corpus/versions-by/received",
    waived: "tests/corpus/waived",
}

/// A new item is a folder and no Rust: all of them are one test.
#[test]
fn items_of_the_hall() {
    let mut places = places();
    places.retain(|place| place.starts_with("rules/packs/"));
    assert!(!places.is_empty());
    check(&places);
}

/// Checks the cases of some packs, with one table of all that came out otherwise.
fn check(places: &[impl AsRef<str>]) {
    let tables: String = places.iter().map(|place| table(place.as_ref())).collect();
    assert!(tables.is_empty(), "{tables}");
}

/// Decides every case of a pack and compares what it expects; empty where all agrees.
fn table(place: &str) -> String {
    let (pack, calendar) = (load(place), calendar());
    assert!(!pack.cases.is_empty() || pack.is_template, "{place} has no cases");
    let mut table = String::new();
    for case in &pack.cases {
        assert!(!case.expected.is_empty(), "{place}: `{}` expects nothing", case.name);
        let compared = run_case(&pack.bundle, &calendar, case);
        let wrong: Vec<&Compared> = compared.iter().filter(|compared| !compared.agrees()).collect();
        if !wrong.is_empty() {
            table += &format!("\n{place}: {}\n", case.name);
        }
        for Compared { key, expected, got, .. } in wrong {
            table += &format!("    {key}\n        expected  {expected}\n        got       {got}\n");
        }
    }
    table
}

#[test]
fn a_pack_in_chinese_compiles_to_the_bytes_of_the_same_pack_in_english() {
    let bytes = |place| {
        let mut bundle = load(place).bundle.value;
        // The one difference is the folder.
        bundle.pack.id = "corpus/keys".to_owned();
        to_ycp(&bundle)
    };
    assert_eq!(bytes("tests/corpus/keys/chinese"), bytes("tests/corpus/keys/english"));
}

#[test]
fn workdays_are_those_of_the_table() {
    let text = fs::read_to_string(repository().join("tests/workdays.yaml")).unwrap();
    let (root, diagnostics) = parse(SourceId(0), &text);
    assert!(diagnostics.is_empty());
    let calendar = calendar().value;
    for section in root.unwrap().entries().unwrap() {
        let rows = section.value.items().unwrap();
        assert!(!rows.is_empty());
        rows.iter().for_each(|row| check_workdays(&calendar, &section.key, row));
    }
}

fn check_workdays(calendar: &Calendar, section: &str, row: &Node) {
    let cell = |key: &str| {
        let entry = row.entries().unwrap().iter().find(|entry| entry.key == key);
        entry.unwrap_or_else(|| panic!("{section}: no `{key}`")).value.text().unwrap()
    };
    let date = |key: &str| Date::parse(cell(key)).unwrap();
    match section {
        "add_workdays" => {
            let (from, days) = (date("from"), cell("days").parse().unwrap());
            assert_eq!(calendar.add_workdays(from, days), Due::On(date("due")), "{days} workdays from {from}");
        }
        "count_workdays" => {
            let (after, until) = (date("after"), date("until"));
            let count = cell("count").parse().unwrap();
            assert_eq!(
                calendar.count_workdays(after, until),
                yichuang_engine::WorkdayCount::Exactly(count),
                "after {after} until {until}"
            );
        }
        "is_workday" => {
            let (day, is) = (date("date"), cell("is").parse().unwrap());
            assert_eq!(calendar.is_workday(day), Some(is), "{day}");
        }
        _ => panic!("what is `{section}`?"),
    }
}

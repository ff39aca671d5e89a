use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::Value;

use super::{Json, json, push_string};
use crate::test_pack::any_json;

/// What is read, as text, or what is said of it.
fn reading(text: &str) -> Result<String, String> {
    let value = Json::parse(text).map_err(|error| error.to_string())?;
    let mut out = String::new();
    value.write(&mut out);
    Ok(out)
}

fn oracle(text: &str) -> Result<String, String> {
    serde_json::from_str::<Value>(text).map(|value| value.to_string()).map_err(|error| error.to_string())
}

fn check(text: &str) {
    assert_eq!(reading(text), oracle(text), "{text}");
}

#[test]
fn numbers_become_as_short_as_those_of_serde_json() {
    let whole = ["0", "-0", "7", "-7", "18446744073709551615", "-9223372036854775808"];
    let with_point = ["0.0", "-0.0", "1.50", "0.1", "-0.001", "0.00001", "0.000012", "0.0000001", "3.0", "100.25"];
    let with_exponent =
        ["1e0", "1E2", "1e+15", "1e16", "12e15", "1.5e300", "1e-4", "1e-5", "1e-6", "123e-9", "0e9", "-0E-9"];
    let ends = ["1e308", "1e309", "1e400", "-1e400", "1e-323", "1e-325", "1e-400", "1e2147483647"];
    let wrong = ["-", "01", "-01", "1.", "1.x", ".5", "1e", "1e+", "1ex", "+1", "1.5.5", "--1", "1-", "0x1"];
    whole.iter().chain(&with_point).chain(&with_exponent).chain(&ends).chain(&wrong).for_each(|text| check(text));
}

#[test]
fn what_f64_cannot_hold_is_kept_in_full() {
    assert_eq!(reading("123456789012345680000").unwrap(), "1.2345678901234568e+20");
    assert_eq!(reading("0.12345678901234567890").unwrap(), "0.1234567890123456789");
    assert_eq!(reading("-18446744073709551616.25").unwrap(), "-1.844674407370955161625e+19");
    assert_eq!(reading("1e99999999999999999999").unwrap_err(), "number out of range at line 1 column 22");
    assert_eq!(reading("1e-99999999999999999999").unwrap(), "0.0");
}

#[test]
fn what_is_wrong_is_said_as_serde_json_says_it() {
    let words = ["", " ", "nul", "nulL", "truE", "fals", "x", "null null", "\u{feff}1", "\n\n  ?", "[]\n]", "\u{c}"];
    let lists = ["[", "[ ", "[,", "[1", "[1,", "[1,]", "[1 2]", "[1}", "[[]", "[1,,2]", "[\"a\":1]"];
    let objects = [
        "{",
        "{,",
        "{1:2}",
        "{\"a\"",
        "{\"a\" 1}",
        "{\"a\":",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1,2}",
        "{\"a\":1]",
    ];
    let strings =
        ["\"", "\"a", "\"\n\"", "\"\t", "\"\\", "\"\\x\"", "\"\\字\"", "\"字\\u12", "\"\\u12g4\"", "\"\\u+123\""];
    let surrogates = [
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83d"#,
        r#""\ud83d\"#,
        r#""\ud83d\n""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        r#""\ud83d\ude0"#,
        r#""\ud83dx""#,
    ];
    words.iter().chain(&lists).chain(&objects).chain(&strings).chain(&surrogates).for_each(|text| check(text));
}

#[test]
fn nesting_ends_where_it_ends_in_serde_json() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        check(&("[".repeat(depth) + &"]".repeat(depth)));
        check(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
}

#[test]
fn of_a_name_that_comes_twice_the_last_one_counts() {
    check(r#"{"b":1,"a":2,"b":3,"c":4,"a":5,"b":6}"#);
    let many: String = (0..2000).rev().map(|n| format!("\"k{}\":{n},", n % 700)).collect();
    check(&format!("{{{many}\"z\":0}}"));
}

/// Whether `serde_json`, which reckons with floats of about 16 digits, is exact here.
fn has_short_numbers(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let mut exponents = text.split(['e', 'E']).skip(1).map(|rest| rest.trim_start_matches(['-', '+']));
    runs.all(|run| run.len() < 16) && exponents.all(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() < 2)
}

/// A text that is nearly JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    let part = r#"[\[\]{},:" \n\\]|[0-9]{1,3}|null|true|false|"[a-c]?"|"a":|\\u[0-9a-fA-F]{4}|[-+.eE]|字"#;
    let parts = prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat());
    let cut = (any_json(), any::<prop::sample::Index>(), ".?").prop_map(|(json, place, put)| {
        let mut chars: Vec<char> = json.to_string().chars().collect();
        let place = place.index(chars.len());
        chars.splice(place..=place, put.chars());
        chars.into_iter().collect()
    });
    prop_oneof![parts, cut, any_json().prop_map(|json| serde_json::to_string_pretty(&json).unwrap())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, max_global_rejects: 40_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_as_by_serde_json(text in nearly_json()) {
        prop_assume!(has_short_numbers(&text));
        prop_assert_eq!(reading(&text), oracle(&text));
    }

    #[test]
    fn any_number_of_15_digits_is_that_of_f64(number in "-?(0|[1-9][0-9]{0,6})([.][0-9]{1,8}|[eE][-+]?[0-9]{1,2})([eE][-+]?[0-9]{1,2})?") {
        let expected = number.parse::<f64>().map(|number| serde_json::to_string(&number).unwrap());
        prop_assert_eq!(reading(&number).ok(), expected.ok());
    }

    #[test]
    fn any_float_of_a_browser_stays_as_it_is(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
        let text = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(reading(&text), Ok(text));
    }

    #[test]
    fn any_string_is_written_as_by_serde_json(text in any::<String>(), control in "[\\x00-\\x20\"\\\\\\x7f]{0,4}") {
        let text = text + &control;
        let mut out = String::new();
        push_string(&text, &mut out);
        prop_assert_eq!(&out, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(Json::parse(&out), Ok(Json::Text(text)));
    }
}

#[test]
fn structures_are_written_as_by_serde_json() {
    #[derive(serde::Serialize)]
    struct Inner {
        name: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u16>,
    }
    #[derive(serde::Serialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Parts { on: bool },
    }
    #[derive(serde::Serialize)]
    struct Outer {
        list: Vec<Inner>,
        empty: Vec<Inner>,
        none: Option<i16>,
        some: Option<usize>,
        both: Vec<Either>,
    }
    let value = Outer {
        list: [Inner { name: "\"a\"", left_out: None }, Inner { name: "", left_out: Some(1) }].into(),
        empty: Vec::new(),
        none: None,
        some: Some(usize::MAX),
        both: [Either::Number(i64::MIN), Either::Parts { on: true }].into(),
    };
    assert_eq!(json(&value), serde_json::to_string(&value).unwrap());
}

//! What nobody in good faith would send.

/// Texts that stand where the answers are expected.
pub(crate) fn answers() -> Vec<String> {
    let mut answers = odd_values();
    answers.extend(not_objects().map(String::from));
    answers.extend([
        // Keys: unknown ones, twice the same, the empty one, controls of the form without script.
        r#"{"no.such.fact":true}"#.into(),
        r#"{"":""}"#.into(),
        r#"{"__proto__":{"unsure":true},"constructor":"x","toString":1}"#.into(),
        r#"{"__reopen":"business.activities","__ask":"accepted_on"}"#.into(),
        r#"{"applicant.registered":true,"applicant.registered":false}"#.into(),
        r#"{"applicant.registered":false,"applicant.registered":true,"applicant.registered":"是"}"#.into(),
        r#"{"b":1,"a":2,"é":3,"e\u0301":4,"中":5,"😀":6,"\uD83D\uDE00":7,"\uFFFD":8}"#.into(),
        // Nesting and size.
        format!(r#"{{"accepted_on":{}{}}}"#, "[".repeat(100), "]".repeat(100)),
        format!(r#"{{"accepted_on":{}{}}}"#, "[".repeat(127), "]".repeat(127)),
        format!(r#"{{"accepted_on":{}{}}}"#, "[".repeat(1_000), "]".repeat(1_000)),
        format!(r#"{{"accepted_on":{}1{}}}"#, r#"{"a":"#.repeat(60), "}".repeat(60)),
        format!(r#"{{"applicant.uscc":"{}"}}"#, "长".repeat(100_000)),
        format!(r#"{{"{}":true}}"#, "k".repeat(100_000)),
        format!(r#"{{"business.activities":[{}"catering"]}}"#, r#""catering","#.repeat(5_000)),
        many_keys(),
    ]);
    answers
}

/// Every odd value as the answer to a fact of every kind.
fn odd_values() -> Vec<String> {
    let facts = [
        "applicant.registered",
        "applicant.kind",
        "business.activities",
        "applicant.uscc",
        "accepted_on",
        "materials.f01",
    ];
    let mut answers = Vec::new();
    for value in VALUES {
        let entries: Vec<String> = facts.iter().map(|fact| format!(r#""{fact}":{value}"#)).collect();
        answers.push(format!("{{{}}}", entries.join(",")));
    }
    answers
}

const VALUES: &[&str] = &[
    // Types.
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "[true]",
    "[1,\"catering\"]",
    "{\"unsure\":true}",
    "{\"unsure\":false}",
    "{\"unsure\":1}",
    "{\"unsure\":true,\"more\":1}",
    "[\"catering\",\"catering\"]",
    "[\"catering\",\"no_such_option\"]",
    "\"catering\"",
    "\" 企业 \"",
    "\"__unsure\"",
    "\"__none\"",
    // Numbers.
    "0",
    "-0",
    "-0.0",
    "0.1",
    "1e1",
    "1E+2",
    "1e-7",
    "1e21",
    "1e300",
    "1.0",
    "123456789.123456789",
    "0.30000000000000004",
    "5e-324",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "1e400",
    "-1e400",
    "123456789012345678901234567890123456789012345678901234567890",
    "0.1000000000000000055511151231257827021181583404541015625",
    "NaN",
    "Infinity",
    "01",
    "+1",
    ".5",
    "0x10",
    // Dates.
    "\"0000-00-00\"",
    "\"0000-01-01\"",
    "\"0001-01-01\"",
    "\"9999-12-31\"",
    "\"10000-01-01\"",
    "\"-0001-01-01\"",
    "\"2015-02-29\"",
    "\"2016-02-29\"",
    "\"1900-02-29\"",
    "\"2014-6-3\"",
    "\"2014-11-18T00:00:00Z\"",
    "\"２０１４-１１-１８\"",
    "\" 2014-11-18 \"",
    "\"2003-12-31\"",
    "\"2027-01-01\"",
    // Texts.
    "\"\"",
    "\" \"",
    "\"\\u3000\"",
    "\"😀👨‍👩‍👧🇨🇳\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\u0000\"",
    "\"a\\u0000b\"",
    "\"\\u007f\\u0080\\u2028\\u2029\\ufeff\\ufffe\\uffff\"",
    "\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
    "\"\\x41\"",
    "\"<script>alert(1)</script>&amp;'\"",
    "\"91350302MA2XX00000\"",
    "\"９１３５\"",
    "\"e\\u0301\"",
    "\"\\u202e卍\"",
    "\"a\tb\"",
    "'catering'",
    "undefined",
    "",
];

fn not_objects() -> impl Iterator<Item = &'static str> {
    [
        "",
        " ",
        "null",
        "[]",
        "\"\"",
        "1",
        "true",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{\"a\"}",
        "{\"a\":1,}",
        // A mark at the head of a file is none inside a request, so it stands inside here.
        "{\u{feff}}",
        "/**/{}",
    ]
    .into_iter()
}

fn many_keys() -> String {
    let entries: Vec<String> = (0..5_000).map(|number| format!(r#""x{number}":{number}"#)).collect();
    format!("{{{}}}", entries.join(","))
}

/// Whole requests.
pub(crate) fn requests() -> Vec<String> {
    let pack = super::PACK;
    let mut requests: Vec<String> = not_objects().map(String::from).collect();
    requests.extend([
        format!(r#"{{"pack":"{pack}"}}"#),
        format!(" \r\n\t{{ \"pack\" : \"{pack}\" }} \n"),
        format!(r#"{{"pack":"{pack}","answers":null}}"#),
        format!(r#"{{"pack":"{pack}","more":1}}"#),
        format!(r#"{{"pack":"{pack}","Answers":{{}}}}"#),
        format!(r#"{{"pack":"{pack}","pack":"putian/other"}}"#),
        format!(r#"{{"pack":"putian/other","pack":"{pack}"}}"#),
        format!(r#"{{"pack":"{pack}","answers":{{"accepted_on":"2014-06-03"}},"answers":{{}}}}"#),
        format!(r#"{{"pack":"{pack}","lang":"fr"}}"#),
        format!(r#"{{"pack":"{pack}","lang":"EN"}}"#),
        format!(r#"{{"pack":"{pack}","lang":null,"on":null}}"#),
        format!(r#"{{"pack":"{pack}","answers":{{"\ud800":1}}}}"#),
        r#"{"pack":"putian/other"}"#.into(),
        r#"{"pack":"putian/other","on":"2014-13-01"}"#.into(),
        r#"{"pack":""}"#.into(),
        r#"{"pack":"../putian/nine-in-one"}"#.into(),
        r#"{"pack":"putian/nine-in-one\u0000"}"#.into(),
        r#"{"pack":7}"#.into(),
        r#"{"pack":["putian/nine-in-one"]}"#.into(),
        r#"{"PACK":"putian/nine-in-one"}"#.into(),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("{{\"pack\":\"{}\"}}", "包".repeat(50_000)),
    ]);
    let days =
        ["0000-00-00", "0001-01-01", "9999-12-31", "2014-02-30", "2014-2-3", "20140203", "", "今天", "2004-01-01"];
    requests.extend(days.iter().map(|day| format!(r#"{{"pack":"{pack}","on":"{day}"}}"#)));
    for day in ["20140203", "true", "{}", "1e400", "-0"] {
        requests.push(format!(r#"{{"pack":"{pack}","on":{day}}}"#));
    }
    requests
}

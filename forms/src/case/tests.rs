use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{Calendar, CalendarParts, CalendarYear, Date, NamedDay, Notice};

use super::line::MarkKind;
use super::read::read;
use super::view::view;
use super::{CaseFields, EXAMPLES, MOST_EVENTS, case_document, case_ics, case_json};
use crate::page::Site;
use crate::{Lang, document};

const SITE: Site<'_> = Site { hall: "测试中心", pack_url: "", calendar_url: "", key: "", on: None };

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// 2014, with the National Day of that year as it was announced, and 2015.
fn calendar() -> Calendar {
    let days = |month: u8, days: core::ops::RangeInclusive<u8>, name: &str| -> Vec<NamedDay> {
        days.map(|day| NamedDay { date: Date::new(2014, month, day).unwrap(), name: name.into() }).collect()
    };
    let work = [days(9, 28..=28, "国庆节"), days(10, 11..=11, "国庆节")].concat();
    let notice = |published: &str| Notice { published: Some(date(published)), ..Notice::default() };
    let first = Notice { off: days(10, 1..=7, "国庆节"), work, ..notice("2013-12-11") };
    let years = [(2014, first), (2015, notice("2014-12-16"))];
    let years = years.map(|(year, notice)| CalendarYear { year, notices: [notice].into() });
    Calendar::new(CalendarParts {
        id: "cn".into(),
        name: "测试".into(),
        source: "测试".into(),
        settled_until: date("2015-12-28"),
        years: years.into(),
    })
    .unwrap()
}

fn fields(pairs: &[(&str, &str)]) -> CaseFields {
    CaseFields::from_fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn page(fields: &CaseFields, lang: Lang) -> String {
    document(&case_document(fields, &calendar(), date("2014-11-18"), lang, None, &SITE))
}

/// The places of what is wrong, `e1.days:bad_number`.
#[track_caller]
fn check_faults(pairs: &[(&str, &str)], expected: &str) {
    let fields = fields(pairs);
    let faults = read(&fields, &calendar(), date("2014-11-18")).err().unwrap_or_default();
    let place = |row: Option<usize>| row.map(|row| format!("e{row}.")).unwrap_or_default();
    let found: Vec<String> =
        faults.iter().map(|fault| format!("{}{}:{}", place(fault.row), fault.field, fault.code)).collect();
    assert_eq!(found.join(" "), expected);
    let page = page(&fields, Lang::Zh);
    assert_eq!(page.contains("data-lamp"), expected.is_empty());
    for fault in &faults {
        let name = format!("{}{}", place(fault.row), fault.field);
        assert!(page.contains(&format!("data-error=\"{name}\"")), "{name}");
        assert!(!fault.message.zh.is_empty() && !fault.message.en.is_empty());
    }
}

const RECEIVED: [(&str, &str); 2] = [("e0.on", "2014-10-13"), ("e0.what", "received")];

#[test]
fn days_are_read_as_clerks_write_them() {
    let day = |typed: &str| read(&fields(&[("on", typed)]), &calendar(), date("2014-11-18")).ok().map(|case| case.on);
    for typed in
        ["2014-06-03", "2014-6-3", "2014.6.3", "2014/06/03", "2014年6月3日", "20140603", " ２０１４－０６－０３ "]
    {
        assert_eq!(day(typed), Some(date("2014-06-03")), "{typed}");
    }
    for typed in ["14-06-03", "2014-02-30", "2014-6", "2014-6-3-1", "201463", "06-03-2014", "+2014-6-3", "明天", "日"]
    {
        assert_eq!(day(typed), None, "{typed}");
    }
    assert_eq!(day(""), Some(date("2014-11-18")));
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    check_faults(&RECEIVED, "");
    check_faults(
        &[("kind", "吃饭"), ("statutory", "-1"), ("promised_unit", "周")],
        "kind:unknown_option statutory:bad_number promised_unit:unknown_option",
    );
    check_faults(
        &[("statutory", "10000"), ("promised", "1.5"), ("step_days", "5,x")],
        "statutory:bad_number promised:bad_number step_days:bad_number",
    );
    check_faults(&[("known_on", "2000-01-01"), ("valid_years", "0")], "valid_years:bad_number known_on:nothing_known");
    check_faults(&[("statutory_reasons", "整改、下雨")], "statutory_reasons:unknown_option");
    check_faults(&[("e0.on", "2014-10-13")], "e0.what:missing");
    check_faults(&[("e0.what", "received")], "e0.on:missing");
    check_faults(&[("e7.on", "昨天"), ("e7.what", "逮捕")], "e0.on:bad_date e0.what:unknown_option");
    let with = |more: &[(&'static str, &'static str)]| [&[("e0.on", "2014-10-13")], more].concat();
    check_faults(&with(&[("e0.what", "suspended"), ("e0.days", "很多")]), "e0.reason:missing e0.days:bad_number");
    check_faults(&with(&[("e0.what", "suspended"), ("e0.reason", "weather")]), "e0.reason:unknown_option");
    check_faults(&with(&[("e0.what", "extended")]), "e0.by:missing e0.days:missing");
    check_faults(&with(&[("e0.what", "supplement_postponed")]), "e0.until:missing");
    check_faults(&with(&[("e0.what", "step_done"), ("e0.step", "2"), ("step_days", "5")]), "e0.step:unknown_step");
    check_faults(&with(&[("e0.what", "step_done")]), "e0.step:missing");
    check_faults(&with(&[("e0.what", "decided"), ("e0.granted", "maybe")]), "e0.granted:unknown_option");
    check_faults(&with(&[("e0.what", "notified"), ("e0.correct_by", "x")]), "e0.correct_by:bad_date");
    // What belongs to other kinds of events is only hidden.
    check_faults(&with(&[("e0.what", "received"), ("e0.days", "很多")]), "");
}

#[test]
fn empty_rows_are_left_out_and_rows_removed() {
    let typed = fields(&[
        ("e0.on", ""),
        ("e0.granted", "yes"),
        ("e5.on", "2014-10-14"),
        ("e5.what", "accepted"),
        ("e2.on", "2014-10-13"),
        ("e2.what", "received"),
        ("e9.on", "2014-10-15"),
        ("remove", "9"),
        ("e18446744073709551616.on", "x"),
        ("ex.on", "x"),
        ("foo", "x"),
    ]);
    let days: Vec<&str> = typed.events.iter().map(|event| event.get("on")).collect();
    assert_eq!(days, ["2014-10-13", "2014-10-14"]);
}

#[test]
fn what_was_typed_comes_back_as_it_was() {
    let hostile = "\"><script>alert(1)</script>&'";
    for name in ["kind", "statutory", "step_days", "on", "known_on", "e0.on", "e0.what", "e0.reason", "e0.days"] {
        let page = page(&fields(&[("e0.on", "2014-10-13"), ("e0.what", "suspended"), (name, hostile)]), Lang::Zh);
        assert!(!page.contains("<script") && !page.contains("data-lamp"), "{name}");
        assert!(page.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\""), "{name}");
    }
}

#[test]
fn more_events_than_may_be_are_kept_and_nothing_is_reckoned() {
    let many = (0..10_000).flat_map(|row| {
        [(format!("e{row}.on"), "2014-10-13".to_string()), (format!("e{row}.what"), "received".to_string())]
    });
    let fields = CaseFields::from_fields(many);
    assert_eq!(fields.events.len(), 10_000);
    let page = page(&fields, Lang::Zh);
    assert!(page.contains("data-error=\"events\"") && !page.contains("data-lamp"));
    assert!(page.contains("name=\"e9999.on\" value=\"2014-10-13\""));
    assert_eq!(page.matches("<fieldset class=\"event\"").count(), MOST_EVENTS);
    assert_eq!(case_ics(&fields, &calendar(), date("2014-11-18"), Lang::Zh), None);
}

#[test]
fn every_example_is_understood_and_shows_its_clock() {
    for (name, ..) in EXAMPLES {
        let fields = CaseFields::example(name).unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let page = page(&fields, lang);
            assert!(page.contains("data-lamp") && !page.contains("data-error"), "{name}");
        }
    }
    assert_eq!(CaseFields::example("other"), None);
}

#[test]
fn a_default_of_the_system_is_never_called_dft_on_screen() {
    for (name, ..) in EXAMPLES {
        let fields = CaseFields::example(name).unwrap();
        assert!(!page(&fields, Lang::Zh).contains("dft") && !page(&fields, Lang::En).contains("dft"));
    }
    assert!(page(&CaseFields::example("suspension").unwrap(), Lang::Zh).contains("系统默认"));
}

#[test]
fn the_picture_has_a_mark_for_all_that_the_list_says() {
    for (name, ..) in EXAMPLES {
        let fields = CaseFields::example(name).unwrap();
        let case = read(&fields, &calendar(), date("2014-11-18")).unwrap();
        let view = view(&fields, &case, &calendar(), Lang::Zh);
        let html = page(&fields, Lang::Zh);
        let svg = html.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
        assert_eq!(svg.matches("<text class=\"label").count(), view.line.marks.len(), "{name}");
        let listed = ["event", "void"].map(|class| html.matches(&format!("<li class=\"{class}\"><span")).count());
        assert_eq!(listed[0] + listed[1], case.events.len(), "{name}");
        assert_eq!(svg.matches("<rect class=\"stop\"").count(), usize::from(name == "suspension"), "{name}");
        assert_eq!(svg.matches("<rect class=\"idle\"").count(), usize::from(name == "site-check"), "{name}");
        let rests = view.line.shades.iter().filter(|shade| shade.is_settled).count();
        assert_eq!(svg.matches("<rect class=\"rest\"").count(), rests, "{name}");
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"line-title\">办件时间线</title>"));
    }
}

/// Over the end of a year the labels are longer, and take two lines rather than run out of the picture.
#[test]
fn long_labels_take_two_lines() {
    let svg = |on: &str, what: &str| {
        let fields = fields(&[("e0.on", on), ("e0.what", what), ("on", on)]);
        page(&fields, Lang::En).split("<svg").nth(1).unwrap().split("</svg>").next().unwrap().to_owned()
    };
    let (short, long) = (svg("2014-06-10", "accepted"), svg("2014-12-18", "accepted_tolerantly"));
    assert!(short.contains("viewBox=\"0 0 340 ") && !short.contains("<tspan"));
    assert!(long.contains("viewBox=\"0 0 340 ") && long.contains("2014-12-18 <tspan"));
}

#[test]
fn the_end_of_a_case_ends_its_suspensions() {
    let bar = |on: &str| {
        let fields = fields(&[
            ("e0.on", "2014-10-13"),
            ("e0.what", "accepted_tolerantly"),
            ("e1.on", "2014-10-15"),
            ("e1.what", "suspended"),
            ("e1.reason", "hearing"),
            ("on", on),
        ]);
        let case = read(&fields, &calendar(), date("2014-11-18")).unwrap();
        let bar = view(&fields, &case, &calendar(), Lang::Zh).line.bars.remove(0);
        (bar.to, bar.is_open, bar.stops)
    };
    assert_eq!(bar("2014-10-20"), (date("2014-10-20"), true, true));
    // Deemed withdrawn on the day after the missing papers were due.
    assert_eq!(bar("2014-10-30"), (date("2014-10-21"), false, true));
}

#[test]
fn holidays_stand_in_words_and_are_shaded() {
    let fields = fields(&[("e0.on", "2014-09-26"), ("e0.what", "accepted"), ("statutory", "10"), ("on", "2014-09-26")]);
    let case = read(&fields, &calendar(), date("2014-11-18")).unwrap();
    let line = view(&fields, &case, &calendar(), Lang::Zh).line;
    assert_eq!(
        line.holidays,
        [
            "2014 年 9 月 28 日（星期日）上班（国庆节调休）",
            "2014 年 10 月 1 日至10 月 7 日放假（国庆节）",
            "2014 年 10 月 11 日（星期六）上班（国庆节调休）",
        ]
    );
    let golden = line.shades.iter().find(|shade| shade.from == date("2014-10-01")).unwrap();
    assert_eq!((golden.to, golden.is_settled), (date("2014-10-07"), true));
}

#[test]
fn what_does_not_count_is_marked_so() {
    let fields = fields(&[
        ("e0.on", "2014-10-13"),
        ("e0.what", "received"),
        ("e1.on", "2014-10-14"),
        ("e1.what", "resumed"),
        ("e2.on", "2015-01-05"),
        ("e2.what", "accepted"),
        ("on", "2014-10-15"),
    ]);
    let case = read(&fields, &calendar(), date("2014-11-18")).unwrap();
    let view = view(&fields, &case, &calendar(), Lang::Zh);
    let kinds: Vec<MarkKind> = view.line.marks.iter().map(|mark| mark.kind).collect();
    let expected = [
        MarkKind::Event(1, true),
        MarkKind::Event(2, false),
        MarkKind::Today,
        MarkKind::Due,
        MarkKind::Event(3, false),
    ];
    assert_eq!(kinds, expected);
    let codes: Vec<&str> = view.remarks.iter().map(|remark| remark.code).collect();
    assert_eq!(codes, ["not_suspended", "not_yet"]);
}

#[test]
fn dates_at_the_ends_of_time_are_shown() {
    for days in [["9999-12-31", "9999-12-31"], ["0001-01-01", "0001-01-01"], ["0001-01-01", "9999-12-31"]] {
        let fields = fields(&[
            ("e0.on", days[0]),
            ("e0.what", "accepted"),
            ("e1.on", days[1]),
            ("e1.what", "decided"),
            ("statutory", "9999"),
            ("statutory_unit", "years"),
            ("valid_years", "9999"),
            ("renews", "9999-12-31"),
            ("on", "9999-12-31"),
        ]);
        let page = page(&fields, Lang::Zh);
        assert!(page.contains("data-lamp") && page.len() < 100_000, "{}", page.len());
        let _ = case_ics(&fields, &calendar(), date("2014-11-18"), Lang::En);
    }
}

#[test]
fn a_later_notice_is_seen_in_the_dates_and_not_before_it() {
    let mut parts = calendar().parts().clone();
    let change = Notice {
        published: Some(date("2015-05-13")),
        replaces: Some(date("2014-12-16")),
        off: [NamedDay { date: date("2015-09-03"), name: "抗战胜利日".into() }].into(),
        ..Notice::default()
    };
    parts.years[1].notices.push(change);
    let calendar = Calendar::new(parts).unwrap();
    let on = |known: &str| {
        let fields = fields(&[
            ("e0.on", "2015-09-01"),
            ("e0.what", "accepted"),
            ("statutory", "2"),
            ("on", "2015-09-01"),
            ("known_on", known),
        ]);
        document(&case_document(&fields, &calendar, date("2015-09-01"), Lang::Zh, None, &SITE))
    };
    let (now, then) = (on(""), on("2015-05-12"));
    let changed = crate::typeset("由 2015 年 9 月 3 日（星期四）变为 2015 年 9 月 4 日（星期五）");
    assert!(now.contains("datetime=\"2015-09-04\""));
    assert!(now.contains(&changed), "{now}");
    assert!(then.contains("datetime=\"2015-09-03\"") && !then.contains("变为") && then.contains("按当时所知"));
}

/// The file holds to RFC 5545 as far as it uses it.
#[track_caller]
fn check_ics(file: &str) -> usize {
    assert!(file.ends_with("\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = file.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.trim_end().split("\r\n").collect();
    assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
    assert_eq!(lines[lines.len() - 1], "END:VCALENDAR");
    let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let mut uids = Vec::new();
    for event in events {
        let one = |name: &str| {
            let mut found = event.split("\r\n").filter_map(|line| line.strip_prefix(name));
            let value = found.next().unwrap().to_owned();
            assert!(found.next().is_none(), "{name} twice");
            value
        };
        let (stamp, start) = (one("DTSTAMP:"), one("DTSTART;VALUE=DATE:"));
        assert!(stamp.len() == 16 && stamp.ends_with("T000000Z") && start.len() == 8);
        assert!(!one("SUMMARY:").is_empty() && event.contains("END:VEVENT\r\n"));
        uids.push(one("UID:"));
    }
    let count = uids.len();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), count, "each event has an identity of its own");
    count
}

#[test]
fn due_dates_go_into_a_calendar() {
    let file = |name: &str, lang| {
        let fields = CaseFields::example(name).unwrap();
        case_ics(&fields, &calendar(), date("2014-11-18"), lang).unwrap()
    };
    let late = file("late", Lang::Zh);
    assert_eq!(check_ics(&late), 5);
    assert_eq!(check_ics(&file("late", Lang::En)), 5);
    assert_eq!(late, file("late", Lang::Zh));
    assert!(late.contains("DTSTAMP:20140702T000000Z\r\n"));
    assert!(late.contains("SUMMARY:承诺时限到期\r\n"));
    // While a clock stands still nothing is known for certain.
    let none = case_ics(&fields(&RECEIVED), &calendar(), date("2014-10-13"), Lang::Zh);
    assert_eq!(none.map(|file| check_ics(&file)), Some(1));
    assert_eq!(case_ics(&CaseFields::default(), &calendar(), date("2014-10-13"), Lang::Zh), None);
}

fn refused(body: &str) -> (String, &'static str) {
    let (error, _) = case_json(body, &calendar(), date("2014-11-18")).unwrap_err();
    (error.place, error.code)
}

#[test]
fn json_is_read_strictly_with_the_place_of_what_is_wrong() {
    let place = |place: &str, code: &'static str| (place.to_owned(), code);
    assert_eq!(refused("[]"), place("", "not_object"));
    assert_eq!(refused("{"), place("1:1", "not_json"));
    assert_eq!(refused(r#"{"event":[]}"#), place("event", "unknown_field"));
    assert_eq!(refused(r#"{"events":{}}"#), place("events", "bad_value"));
    assert_eq!(refused(r#"{"events":[7]}"#), place("events[0]", "bad_value"));
    assert_eq!(refused(r#"{"events":[{"on":["x"]}]}"#), place("events[0].on", "bad_value"));
    assert_eq!(refused(r#"{"events":[{"on":"2014-10-13"}]}"#), place("events[0].what", "missing"));
    assert_eq!(refused(r#"{"events":[{"on":"2014-02-30","what":"received"}]}"#), place("events[0].on", "bad_date"));
    let stray = r#"{"events":[{"on":"2014-10-13","what":"received","days":3}]}"#;
    assert_eq!(refused(stray), place("events[0].days", "unknown_field"));
    assert_eq!(refused(r#"{"statutory":1.5}"#), place("statutory", "bad_number"));
    assert_eq!(refused(r#"{"lang":"fr"}"#), place("lang", "bad_lang"));
    let events = r#"{"on":"2014-10-13","what":"received"},"#.repeat(31);
    let many = format!(r#"{{"events":[{}]}}"#, events.trim_end_matches(','));
    assert_eq!(refused(&many), place("events", "too_many_events"));
}

#[test]
fn an_item_may_name_more_reasons_for_which_its_clocks_stop() {
    let due = |reasons: &str| {
        let body = format!(
            r#"{{"lang":"en","on":"2014-11-03","statutory":20,"promised":20,{reasons}"events":[
            {{"on":"2014-10-13","what":"received"}},{{"on":"2014-10-13","what":"accepted"}},
            {{"on":"2014-10-20","what":"suspended","reason":"site_check","days":9}},
            {{"on":"2014-10-31","what":"resumed"}}]}}"#
        );
        let clock = case_json(&body, &calendar(), date("2014-11-18")).unwrap();
        let clock: Json = serde_json::from_str(&clock).unwrap();
        let of = |id: &str| {
            let deadlines = clock["deadlines"].as_array().unwrap();
            deadlines.iter().find(|one| one["id"] == id).unwrap()["on"].as_str().unwrap().to_owned()
        };
        [of("promised"), of("statutory")]
    };
    assert_eq!(due(""), ["2014-11-10", "2014-11-10"]);
    assert_eq!(due(r#""promised_reasons":"现场核查","#), ["2014-11-21", "2014-11-10"]);
    assert_eq!(due(r#""statutory_reasons":["rectification","site_check"],"#), ["2014-11-21", "2014-11-21"]);
}

#[test]
fn a_late_step_is_named() {
    let body = r#"{"on":"2014-11-18","step_days":[5,5],"statutory":20,"events":[
        {"on":"2014-10-13","what":"received"},{"on":"2014-10-13","what":"accepted"},
        {"on":"2014-10-20","what":"step_done","step":1},{"on":"2014-10-21","what":"tied_fee"}]}"#;
    let clock: Json = serde_json::from_str(&case_json(body, &calendar(), date("2014-11-18")).unwrap()).unwrap();
    let remarks = clock["remarks"].as_array().unwrap();
    let late = remarks.iter().find(|one| one["code"] == "step_late").unwrap();
    assert_eq!((&late["step"], &late["message"]), (&json!(2), &json!("环节超时")));
    let found = remarks.iter().find(|one| one["code"] == "tied_fee").unwrap();
    assert_eq!((&found["level"], &found["event"], &found["step"]), (&json!("violation"), &json!(3), &Json::Null));
}

#[test]
fn json_says_what_the_page_says() {
    let body = r#"{"lang":"en","on":"2014-10-20","step_days":[5,5],"statutory":20,"events":[
        {"on":"2014-10-13","what":"received"},
        {"on":"2014-10-13","what":"accepted"},
        {"on":"2014-10-15","what":"suspended","reason":"hearing","in_writing":false}]}"#;
    let clock = case_json(body, &calendar(), date("2014-11-18")).unwrap();
    let clock: Json = serde_json::from_str(&clock).unwrap();
    assert_eq!(clock["state"]["code"], "special_open");
    assert_eq!(clock["lamp"]["code"], "paused");
    assert_eq!(clock["lamp"]["name"], "Blue lamp");
    assert_eq!(clock["remarks"][0]["code"], "suspension_not_in_writing");
    assert_eq!(clock["remarks"][0]["event"], 2);
    assert_eq!(clock["deadlines"][0]["status"], "paused");
    assert_eq!(clock["deadlines"][0]["since"], "2014-10-15");
    assert_eq!(clock["deadlines"][2]["id"], "step");
    assert_eq!(clock["next"][0]["action"], "resume");
}

proptest! {
    #[test]
    fn any_fields_make_a_page_that_keeps_them(
        rows in prop::collection::vec(
            ("(2014|2015|9999|0001)-(0[1-9]|1[0-3])-[0-3][0-9]|.{0,6}", 0_usize..23, "[0-9]{0,5}|.{0,4}", 0_usize..12),
            0..35,
        ),
        on in "2014-1[0-2]-[0-3][0-9]|",
        kind in "joint|instant|forwarded|promised|.",
    ) {
        use super::words::{EVENTS, REASONS};
        let mut pairs: Vec<(String, String)> = [("on".into(), on), ("kind".into(), kind)].into();
        for (row, (day, what, days, reason)) in rows.iter().enumerate() {
            let what = EVENTS.get(*what).map_or("?", |(code, ..)| code);
            let reason = REASONS.get(*reason).map_or("", |(code, ..)| code);
            for (name, value) in [("on", day.as_str()), ("what", what), ("days", days), ("reason", reason)] {
                pairs.push((format!("e{row}.{name}"), value.into()));
            }
        }
        let fields = CaseFields::from_fields(pairs);
        let page = page(&fields, Lang::En);
        let is_read = read(&fields, &calendar(), date("2014-11-18")).is_ok();
        let is_blank = fields.is_blank();
        prop_assert_eq!(page.contains("data-lamp"), is_read && !is_blank);
        prop_assert_eq!(page.contains("data-error"), !is_read);
        if let Some(file) = case_ics(&fields, &calendar(), date("2014-11-18"), Lang::Zh) {
            check_ics(&file);
        }
    }
}

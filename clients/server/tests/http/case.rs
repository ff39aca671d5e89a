//! The case clock over HTTP: the scenarios with their numbers, the page, the calendar file.

use serde_json::{Value as Json, json};

use crate::client::{Client, FORM, JSON};

const API: &str = "/api/v1/case";

async fn clock(client: &Client, request: Json) -> Json {
    let reply = client.post(API, JSON, request.to_string()).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, JSON), "{}", reply.text);
    serde_json::from_str(&reply.text).unwrap()
}

fn at<'a>(clock: &'a Json, pointer: &str) -> &'a Json {
    clock.pointer(pointer).unwrap_or(&Json::Null)
}

/// The day of a period, or how it stands.
fn due<'a>(clock: &'a Json, id: &str) -> &'a str {
    let deadlines = at(clock, "/deadlines").as_array().unwrap();
    let found = deadlines.iter().find(|one| at(one, "/id") == id).unwrap();
    found.get("on").or(found.get("status")).unwrap().as_str().unwrap()
}

fn codes<'a>(clock: &'a Json, list: &str, pointer: &str) -> Vec<&'a str> {
    at(clock, list).as_array().unwrap().iter().map(|one| at(one, pointer).as_str().unwrap()).collect()
}

fn event(on: &str, what: &str) -> Json {
    json!({"on": on, "what": what})
}

#[tokio::test]
async fn s08_correction_notice_on_the_last_possible_day() {
    let client = Client::new("s08");
    let events = [event("2014-04-28", "received"), event("2014-05-06", "notified")];
    let found = clock(&client, json!({"on": "2014-05-06", "events": events})).await;
    assert_eq!(at(&found, "/acceptance/code"), "correction_notice");
    assert_eq!(due(&found, "notice"), "2014-05-06");
    assert_eq!(codes(&found, "/remarks", "/code"), [""; 0], "the notice is timely");
    assert_eq!((due(&found, "promised"), due(&found, "statutory")), ("waiting", "waiting"));
    assert_eq!(at(&found, "/lamp/code"), "none");
    assert_eq!(codes(&found, "/documents", "/form/code"), ["F-01", "F-02"]);
    assert_eq!(at(&found, "/notices/0/year"), 2014);
}

fn suspended(reason: &str) -> Json {
    json!({"statutory": 20, "on": "2014-10-31", "events": [
        event("2014-10-13", "received"),
        event("2014-10-13", "accepted"),
        {"on": "2014-10-20", "what": "suspended", "reason": reason},
        event("2014-10-31", "resumed"),
    ]})
}

#[tokio::test]
async fn s14_suspension_for_expert_review() {
    let client = Client::new("s14");
    let base = json!({"statutory": 20, "on": "2014-10-13", "events": [event("2014-10-13", "received"), event("2014-10-13", "accepted")]});
    assert_eq!(due(&clock(&client, base).await, "statutory"), "2014-11-10");
    let found = clock(&client, suspended("expert_review")).await;
    assert_eq!((at(&found, "/removed"), due(&found, "statutory")), (&json!(9), "2014-11-21"));
    assert_eq!(codes(&found, "/documents", "/form/code"), ["F-01", "F-03", "F-07"]);
}

#[tokio::test]
async fn s15_site_visit_does_not_suspend() {
    let found = clock(&Client::new("s15"), suspended("site_check")).await;
    assert_eq!((at(&found, "/removed"), due(&found, "statutory")), (&json!(0), "2014-11-10"));
    assert_eq!(codes(&found, "/remarks", "/code"), ["suspension_reason_not_allowed"]);
    assert_eq!((at(&found, "/remarks/0/level"), at(&found, "/remarks/0/event")), (&json!("warning"), &json!(2)));
    assert_eq!(codes(&found, "/documents", "/form/code"), ["F-01", "F-03"]);
}

#[tokio::test]
async fn s17_joint_handling_cap() {
    let client = Client::new("s17");
    let request = |by: Option<&str>| {
        let mut events = vec![event("2015-03-02", "received"), event("2015-03-02", "accepted")];
        events.extend(by.map(|by| json!({"on": "2015-05-06", "what": "extended", "by": by, "days": 15})));
        json!({"kind": "joint", "on": "2015-05-06", "events": events})
    };
    assert_eq!(due(&clock(&client, request(None)).await, "statutory"), "2015-05-06");
    assert_eq!(due(&clock(&client, request(Some("government_head"))).await, "statutory"), "2015-05-27");
    let refused = clock(&client, request(Some("agency_head"))).await;
    assert_eq!(due(&refused, "statutory"), "2015-05-06");
    assert_eq!(codes(&refused, "/remarks", "/code"), ["wrong_approver"]);
    assert_eq!(at(&refused, "/not_counted"), &json!([2]));
}

#[tokio::test]
async fn s18_lamp_over_the_last_days() {
    let client = Client::new("s18");
    for (on, lamp, remaining, overdue) in [
        ("2014-06-27", "green", 2, Json::Null),
        ("2014-06-30", "yellow", 1, Json::Null),
        ("2014-07-01", "yellow", 0, Json::Null),
        ("2014-07-02", "red", 0, json!(1)),
    ] {
        let events = [event("2014-06-03", "received"), event("2014-06-03", "accepted")];
        let found = clock(&client, json!({"promised": 20, "on": on, "events": events})).await;
        assert_eq!(due(&found, "promised"), "2014-07-01");
        assert_eq!((at(&found, "/lamp/code"), at(&found, "/remaining")), (&json!(lamp), &json!(remaining)), "{on}");
        assert_eq!(at(&found, "/overdue_days"), &overdue, "{on}");
    }
}

#[tokio::test]
async fn the_steps_of_the_nine_in_one_licence() {
    let events = [event("2014-11-18", "received"), event("2014-11-18", "accepted")];
    let request = json!({"statutory": 60, "promised": 28, "step_days": [5, 10, 5, 5, 3], "events": events});
    let found = clock(&Client::new("steps"), request).await;
    let steps = at(&found, "/deadlines").as_array().unwrap().iter().filter(|one| at(one, "/id") == "step");
    let days: Vec<&str> = steps.map(|one| at(one, "/on").as_str().unwrap()).collect();
    assert_eq!(days, ["2014-11-25", "2014-12-09", "2014-12-16", "2014-12-23", "2014-12-26"]);
    assert_eq!(at(&found, "/on"), "2014-11-18", "the day is the server's where none is stated");
}

#[tokio::test]
async fn a_case_may_be_reckoned_by_what_was_known() {
    let client = Client::new("known");
    let request = |known: Json| {
        let events = [event("2015-08-31", "received"), event("2015-08-31", "accepted")];
        json!({"statutory": 3, "on": "2015-08-31", "known_on": known, "events": events})
    };
    assert_eq!(due(&clock(&client, request(Json::Null)).await, "statutory"), "2015-09-06");
    let before = clock(&client, request(json!("2015-05-12"))).await;
    assert_eq!((due(&before, "statutory"), at(&before, "/known_on")), ("2015-09-03", &json!("2015-05-12")));
}

#[tokio::test]
async fn what_is_wrong_with_json_is_a_problem_document() {
    let client = Client::new("case-problems");
    for (body, code, place) in [
        ("", "not_json", "1:0"),
        ("[]", "not_object", ""),
        (r#"{"days":1}"#, "unknown_field", "days"),
        (r#"{"events":[{"on":"9999-13-31","what":"received"}]}"#, "bad_date", "events[0].on"),
        (r#"{"events":[{"on":"2014-10-13","what":"suspended"}]}"#, "missing", "events[0].reason"),
        (r#"{"statutory":1e9}"#, "bad_number", "statutory"),
    ] {
        client.post(API, JSON, body).await.check_problem(400, code, place);
    }
    client.post(API, FORM, "{}").await.check_problem(415, "wrong_content_type", "content-type");
    client.post(API, JSON, vec![b'"', 0xff]).await.check_problem(400, "not_json", "");
    client.get(API).await.check_problem(405, "method_not_allowed", "");
    let many = json!({"events": vec![event("2014-10-13", "received"); 10_000]});
    client.post(API, JSON, many.to_string()).await.check_problem(400, "too_many_events", "events");
    let english = client.post(API, JSON, r#"{"lang":"en","statutory":"x"}"#).await;
    assert!(english.has("write a whole number from 0 to 9999"));
}

#[tokio::test]
async fn the_page_starts_empty_and_is_linked() {
    let client = Client::new("case-page");
    assert!(client.get("/").await.addresses().contains(&"/case"));
    assert!(client.get("/?lang=en").await.has("href=\"/case?lang=en\""));
    let page = client.get("/case").await;
    page.check_page(200);
    assert!(page.has("办件时限计算") && !page.has("data-lamp") && !page.has("data-error"));
    for address in page.addresses().into_iter().filter(|address| address.contains("example=")) {
        let example = client.get(address.split('#').next().unwrap()).await;
        example.check_page(200);
        assert!(example.has("data-lamp") && example.has("<svg"), "{address}");
    }
    let english = client.get("/case?lang=en").await;
    english.check_page(200);
    assert!(english.has("<html lang=\"en\"") && english.has("Case clock"));
}

#[tokio::test]
async fn a_posted_case_shows_its_clock_and_keeps_what_was_typed() {
    let client = Client::new("case-posted");
    let fields = [
        ("lang", "zh"),
        ("on", "2014-10-31"),
        ("e0.on", "2014-10-13"),
        ("e0.what", "received"),
        ("e1.on", "2014-10-13"),
        ("e1.what", "accepted"),
        ("e2.on", "2014-10-20"),
        ("e2.what", "suspended"),
        ("e2.reason", "expert_review"),
        ("e3.on", "2014-10-31"),
        ("e3.what", "resumed"),
    ];
    let page = client.submit("/case", &fields).await;
    page.check_page(200);
    assert!(page.has("data-lamp=\"green\"") && page.has("datetime=\"2014-11-21\"") && page.has("F-07"));
    // The button for the other language stands before the hidden field.
    let english = client.submit("/case", &[&[("lang", "en")], &fields[..]].concat()).await;
    assert!(english.has("<html lang=\"en\"") && english.has("Green lamp"));
    let typed = [("e0.on", "<b>昨天"), ("e0.what", "received"), ("statutory", "\"二十")];
    let page = client.submit("/case", &typed).await;
    page.check_page(200);
    assert!(page.has("data-error=\"e0.on\"") && page.has("data-error=\"statutory\"") && !page.has("data-lamp"));
    assert!(page.has("value=\"&lt;b&gt;昨天\"") && page.has("value=\"&quot;二十\"") && !page.has("<b>昨天"));
    for address in page.addresses() {
        assert!(!address.contains("昨天"), "{address}");
    }
}

#[tokio::test]
async fn hostile_forms_get_a_page() {
    let client = Client::new("case-hostile");
    let many: Vec<String> = (0..10_000).map(|row| format!("e{row}.on=9999-12-31&e{row}.what=received")).collect();
    let page = client.post("/case", FORM, many.join("&")).await;
    page.check_page(200);
    assert!(page.has("data-error=\"events\""));
    let rows: String = (0..80_000).rev().map(|row| format!("e{row}.on=&")).collect();
    client.post("/case", FORM, rows).await.check_page(200);
    let ends = "e0.on=0001-01-01&e0.what=accepted&e1.on=9999-12-31&e1.what=issued&on=9999-12-31&valid_years=9999";
    client.post("/case", FORM, ends).await.check_page(200);
    client.post("/case", FORM, vec![b'e', b'0', 0xff, b'=', 0xfe]).await.check_page(200);
    assert_eq!(client.post("/case", JSON, "{}").await.status, 415);
    assert_eq!(client.post("/case", FORM, "a".repeat(1_000_001)).await.status, 413);
}

#[tokio::test]
async fn due_dates_come_as_a_calendar_file() {
    let client = Client::new("case-ics");
    let fields = [("on", "2014-06-03"), ("e0.on", "2014-06-03"), ("e0.what", "accepted"), ("promised", "15")];
    let file = client.submit("/case.ics", &fields).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"case.ics\"");
    assert!(file.text.starts_with("BEGIN:VCALENDAR\r\n") && file.text.ends_with("END:VCALENDAR\r\n"));
    for line in ["DTSTART;VALUE=DATE:20140624\r\n", "DTSTART;VALUE=DATE:20140701\r\n", "DTSTAMP:20140603T000000Z\r\n"] {
        assert!(file.has(line), "{line}");
    }
    // Where there is no date the page comes back, with all that was typed.
    let page = client.submit("/case.ics", &[("e0.on", "昨天"), ("e0.what", "received")]).await;
    page.check_page(200);
    assert!(page.has("value=\"昨天\"") && page.has("role=\"status\"") && page.has("action=\"/case#result\""));
    assert_eq!(client.get("/case.ics").await.status, 405);
}

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value as Json, json};
use yichuang_engine::Date;
use yichuang_forms::{Extent, Lang, LoadedBundle, LoadedCalendar, RequestError, explain, form_schema, step};
use yichuang_rules::{compile, compile_calendar, read_calendar, read_pack};

use crate::client::{Client, FORM, JSON, here};

const DECIDE: &str = "/api/v1/decide";
const EXPLAIN: &str = "/api/v1/explain";

async fn check(client: &Client, body: &str, status: u16, code: &str, place: &str) {
    client.post(DECIDE, JSON, body.to_owned()).await.check_problem(status, code, place);
}

fn compiled(folder: &str) -> LoadedBundle {
    let (id, sources, _) = read_pack(&here(folder));
    LoadedBundle::new(compile(&id, &sources).0.unwrap())
}

type Step = fn(&LoadedBundle, &LoadedCalendar, &str, Date) -> Result<String, RequestError>;

/// What a shared step answers, without a server.
fn stepped(step: Step, folder: &str, request: &str) -> String {
    let bundle = compiled(folder);
    let notices = read_calendar(&here("../../rules/calendars/cn")).0;
    let calendar = LoadedCalendar::new(compile_calendar(&notices).0.unwrap());
    step(&bundle, &calendar, request, Date::parse("2014-11-18").unwrap()).unwrap()
}

#[tokio::test]
async fn decisions_are_the_bytes_of_the_shared_step() {
    let client = Client::new("bytes");
    let small = r#"{"pack":"tests/pack","lang":"en","answers":{"shop.goods":["food"],"shop.staff":"3","x":1}}"#;
    let real = r#"{"pack":"putian/nine-in-one","on":"2014-06-03",
        "answers":{"business.activities":["food_circulation","catering"],"applicant.registered":true}}"#;
    for (folder, request) in [("tests/pack", small), ("../../rules/packs/putian/nine-in-one", real)] {
        let reply = client.post(DECIDE, "application/json; charset=utf-8", request).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.text, stepped(step, folder, request));
    }
}

#[tokio::test]
async fn explanations_are_the_bytes_of_the_shared_step() {
    let client = Client::new("explained");
    let request = r#"{"pack":"putian/nine-in-one","on":"2014-06-03","target":{"item":"psych2_retail"},
        "answers":{"business.activities":["psych2_retail"],"drug.is_chain_member":false}}"#;
    let reply = client.post(EXPLAIN, JSON, request).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.text, stepped(explain, "../../rules/packs/putian/nine-in-one", request));
    let check = async |target: &str, status, code: &str| {
        let body = format!(r#"{{"pack":"putian/nine-in-one"{target}}}"#);
        client.post(EXPLAIN, JSON, body).await.check_problem(status, code, "target");
    };
    check("", 400, "bad_target").await;
    check(r#","target":{"item":"none"}"#, 400, "unknown_target").await;
    client.post(EXPLAIN, "text/plain", request).await.check_problem(415, "wrong_content_type", "content-type");
}

#[tokio::test]
async fn the_day_is_that_of_the_request_or_the_servers() {
    let client = Client::new("day");
    let on = async |request: Json| {
        let reply = client.post(DECIDE, JSON, request.to_string()).await;
        serde_json::from_str::<Json>(&reply.text).unwrap().get("on").unwrap().clone()
    };
    assert_eq!(on(json!({"pack": "tests/pack"})).await, "2014-11-18");
    assert_eq!(on(json!({"pack": "tests/pack", "on": "2016-02-29"})).await, "2016-02-29");
}

#[tokio::test]
async fn the_only_pack_need_not_be_named() {
    let mut places = crate::client::places("only");
    check(&Client::of(&places), "{}", 400, "missing_pack", "pack").await;
    places.packs.truncate(1);
    let reply = Client::of(&places).post(DECIDE, JSON, "{}").await;
    assert!(reply.has(r#"{"pack":{"id":"tests/pack""#));
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_a_problem_document() {
    let client = Client::new("problems");
    check(&client, "", 400, "not_json", "1:0").await;
    check(&client, "{\"on\": }", 400, "not_json", "1:8").await;
    check(&client, "[]", 400, "not_object", "").await;
    check(&client, r#"{"pack":"tests/pack","answer":{}}"#, 400, "unknown_field", "answer").await;
    check(&client, r#"{"pack":"tests/pack","on":"2014-02-30"}"#, 400, "bad_date", "on").await;
    check(&client, r#"{"pack":"tests/other"}"#, 404, "unknown_pack", "pack").await;
    check(&client, &"[".repeat(10_000), 400, "not_json", "1:128").await;
    let nested = format!(r#"{{"answers":{{"a":{}1{}}}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(client.post(DECIDE, JSON, nested).await.status, 400);
    client.post(DECIDE, JSON, vec![b'"', 0xff, b'"']).await.check_problem(400, "not_json", "");
    client.post(DECIDE, FORM, "{}").await.check_problem(415, "wrong_content_type", "content-type");
    client.post(DECIDE, "text/plain", "{}").await.check_problem(415, "wrong_content_type", "content-type");
    let refused = client.get(DECIDE).await;
    refused.check_problem(405, "method_not_allowed", "");
    assert_eq!(refused.header("allow"), "POST");
    for address in ["/api", "/api/", "/api/v1", "/api/v1/decide/x", "/api/v2/decide"] {
        client.get(address).await.check_problem(404, "not_found", "");
    }
    let reply = client.post(DECIDE, JSON, r#"{"pack":"tests/other","lang":"en"}"#).await;
    assert!(reply.has("there is no pack `tests/other`"));
}

#[tokio::test]
async fn a_body_may_have_one_megabyte() {
    let client = Client::new("size");
    let request = |length: usize| {
        let (head, tail) = (r#"{"pack":"tests/pack","answers":{"shop.owner":""#, r#""}}"#);
        format!("{head}{}{tail}", "a".repeat(length - head.len() - tail.len()))
    };
    assert_eq!(client.post(DECIDE, JSON, request(1_000_000)).await.status, 200);
    client.post(DECIDE, JSON, request(1_000_001)).await.check_problem(413, "too_large", "");
    client.post(DECIDE, JSON, request(20_000_000)).await.check_problem(413, "too_large", "");
}

#[tokio::test]
async fn bad_values_are_reported_at_their_fields() {
    let client = Client::new("values");
    let answers = json!({"shop.staff": "many", "shop.goods": ["food", "cars"], "other": {"a": [1]}});
    let request = json!({"pack": "tests/pack", "answers": answers}).to_string();
    let reply = client.post(DECIDE, JSON, request).await;
    assert_eq!(reply.status, 200);
    let decision: Json = serde_json::from_str(&reply.text).unwrap();
    let errors = decision.get("errors").unwrap().as_array().unwrap();
    let keys: Vec<_> = errors.iter().map(|error| error.get("key").or(error.get("fact")).unwrap()).collect();
    assert_eq!(keys, ["shop.goods", "shop.staff", "other"]);
}

#[tokio::test]
async fn requests_at_the_same_time_get_equal_bytes() {
    let client = Client::new("concurrent");
    let request = json!({"pack": "putian/nine-in-one", "answers": {"business.activities": ["catering"]}}).to_string();
    let first = client.post(DECIDE, JSON, request.clone()).await.text;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (client, request) = (client.clone(), request.clone());
            tokio::spawn(async move { client.post(DECIDE, JSON, request).await.text })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), first);
    }
}

#[tokio::test]
async fn packs_are_listed_with_their_files() {
    let client = Client::new("listed");
    let reply = client.get("/api/v1/packs").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, JSON));
    let listing: Json = serde_json::from_str(&reply.text).unwrap();
    let ids: Vec<_> =
        listing.get("packs").unwrap().as_array().unwrap().iter().map(|pack| pack.get("id").unwrap()).collect();
    let own = ids.iter().position(|id| *id == "tests/pack").unwrap();
    assert!(ids.is_sorted_by_key(|id| id.as_str()) && ids.iter().any(|id| *id == "putian/nine-in-one"), "{ids:?}");
    assert!(reply.has("开店登记预审"));
    assert!(client.get("/api/v1/packs?lang=en").await.has("Opening a shop"));
    let small = listing.pointer(&format!("/packs/{own}")).unwrap();
    assert_eq!(small.get("edition").unwrap(), "1");
    let digest = small.get("digest").unwrap().as_str().unwrap();
    assert_eq!(small.get("file").unwrap(), &format!("/packs/{digest}.ycp"));
}

#[tokio::test]
async fn the_forms_of_a_pack_are_listed_with_the_schemas_of_their_answers() {
    let client = Client::new("schemas");
    let listing: Json = serde_json::from_str(&client.get("/api/v1/packs").await.text).unwrap();
    let packs = listing.get("packs").unwrap().as_array().unwrap();
    let real = packs.iter().find(|pack| pack.get("id").unwrap() == "putian/nine-in-one").unwrap();
    let address = "/api/v1/packs/putian/nine-in-one/forms/F-10/schema.json";
    let form = json!({"id": "F-10", "name": "食品药品生产经营许可申请表", "schema": address});
    assert!(real.get("forms").unwrap().as_array().unwrap().contains(&form), "{real}");
    assert!(!real.to_string().contains("F-03"), "an act of the authority is not filled in");
    let whole = client.get(address).await;
    assert_eq!((whole.status.as_u16(), whole.header("content-type")), (200, "application/schema+json"));
    let bundle = compiled("../../rules/packs/putian/nine-in-one");
    let expected = |lang, extent| form_schema(&bundle, "F-10", lang, extent).unwrap().json;
    assert_eq!(whole.text, expected(Lang::Zh, Extent::Complete));
    let draft = client.get(&format!("{address}?draft=1&lang=en")).await;
    assert_eq!(draft.text, expected(Lang::En, Extent::Draft));
    let tag = whole.header("etag");
    assert_ne!(draft.header("etag"), tag);
    let again = Request::get(address).header("if-none-match", tag).body(Body::empty()).unwrap();
    assert_eq!(client.send(again).await.status.as_u16(), 304);
    for (address, code, place) in [
        (address.replace("F-10", "F-99"), "unknown_form", "form"),
        (address.replace("F-10", "F-03"), "unknown_form", "form"),
        (address.replace("nine-in-one", "none"), "unknown_pack", "pack"),
    ] {
        client.get(&address).await.check_problem(404, code, place);
    }
}

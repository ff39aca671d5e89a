use axum::body::Body;
use axum::http::Request;
use serde_json::Value as Json;
use yichuang_forms::digest;

use crate::client::{Client, Reply};

async fn file(client: &Client, pointer: &str) -> (String, Reply) {
    let listing: Json = serde_json::from_str(&client.get("/api/v1/packs").await.text).unwrap();
    let address = listing.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let reply = client.get(&address).await;
    (address, reply)
}

#[tokio::test]
async fn packs_and_calendars_never_change_at_their_address() {
    let client = Client::new("forever");
    for (pointer, folder, extension) in [("/packs/0/file", "packs", "ycp"), ("/calendar/file", "calendars", "ycc")] {
        let (address, reply) = file(&client, pointer).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/octet-stream");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        let (stem, _) = address.rsplit_once('.').unwrap();
        assert_eq!(address, format!("{stem}.{extension}"));
        assert_eq!(format!("/{folder}/{}", digest(&reply.bytes)), stem);
        match folder {
            "calendars" => assert_eq!(client.get(stem).await.bytes, reply.bytes, "the ending may be left out"),
            _ => client.get(stem).await.check_page(404),
        }
        client.get(&format!("/{folder}/{}.{extension}", "0".repeat(64))).await.check_page(404);
    }
    client.get("/packs/..%2f..%2fCargo.toml").await.check_page(404);
}

#[tokio::test]
async fn assets_have_types_and_tags() {
    let client = Client::new("assets");
    for (address, kind) in [
        ("/assets/page.css", "text/css; charset=utf-8"),
        ("/assets/yichuang/a.js", "text/javascript; charset=utf-8"),
        ("/assets/yichuang/a.wasm", "application/wasm"),
    ] {
        let reply = client.get(address).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, kind));
        assert_eq!(reply.header("cache-control"), "no-cache");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        let tag = reply.header("etag");
        let again = Request::get(address).header("if-none-match", format!("\"x\", W/{tag}")).body(Body::empty());
        let again = client.send(again.unwrap()).await;
        assert_eq!((again.status.as_u16(), again.text.as_str(), again.header("etag")), (304, "", tag));
    }
}

#[tokio::test]
async fn only_files_of_the_site_are_served() {
    let client = Client::new("outside");
    for address in [
        "/assets/",
        "/assets/nothing.css",
        "/assets/.hidden",
        "/assets/../no.txt",
        "/assets/%2e%2e/no.txt",
        "/assets/..%2fno.txt",
        "/assets//page.css",
        "/assets/yichuang",
        "/assets/yichuang/../../no.txt",
        "/assets/yichuang/%00",
        "//etc/passwd",
    ] {
        client.get(address).await.check_page(404);
    }
}

#[tokio::test]
async fn it_says_that_it_runs() {
    let reply = Client::new("health").get("/healthz").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "ok\n"));
}

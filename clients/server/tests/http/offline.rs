use serde_json::Value as Json;
use yichuang_engine::Date;
use yichuang_server::{Hall, Places, app};

use crate::client::{Client, here, places};

/// The list that stands before the script of the worker.
async fn list(client: &Client) -> Json {
    let reply = client.get("/sw.js").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/javascript; charset=utf-8"));
    assert_eq!(reply.header("cache-control"), "no-cache");
    assert!(reply.header("content-security-policy").contains("connect-src 'self'"));
    let (list, script) = reply.text.strip_prefix("const site = ").unwrap().split_once(";\n").unwrap();
    assert_eq!(script, "/* worker */");
    serde_json::from_str(list).unwrap()
}

fn addresses<'a>(list: &'a Json, name: &str) -> Vec<&'a str> {
    list.get(name).unwrap().as_array().unwrap().iter().map(|address| address.as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_worker_keeps_all_that_a_pre_check_needs_and_all_of_it_is_there() {
    let client = Client::new("worker");
    let list = list(&client).await;
    let pages = addresses(&list, "pages");
    for page in ["/", "/?lang=en", "/kiosk", "/tests/pack", "/putian/nine-in-one?lang=en"] {
        assert!(pages.contains(&page), "{page}");
    }
    let files = addresses(&list, "files");
    let kept = ["/assets/page.css", "/assets/yichuang/a.js", "/assets/yichuang/a.wasm"];
    assert_eq!(files, [&kept[..], &["/manifest.webmanifest", "/kiosk.webmanifest"]].concat());
    let forever = addresses(&list, "forever");
    let kiosk = client.get("/kiosk").await;
    assert_eq!(forever.len(), kiosk.text.matches("data-pack=\"").count() + 1, "the packs and the calendar");
    for page in pages {
        client.get(page).await.check_page(200);
    }
    for address in files.into_iter().chain(forever) {
        assert_eq!(client.get(address).await.status, 200, "{address}");
    }
}

#[tokio::test]
async fn its_edition_changes_with_what_is_served() {
    let served = places("worker-edition");
    let edition = async |served: &Places| list(&Client::of(served)).await.get("edition").unwrap().clone();
    let first = edition(&served).await;
    assert_eq!(first, edition(&served).await);
    std::fs::write(served.site.as_ref().unwrap().join("assets/page.css"), "q{}").unwrap();
    let other = edition(&served).await;
    assert_ne!(first, other);
    let fewer = Places { packs: vec![here("tests/pack")], ..served.clone() };
    assert_ne!(other, edition(&fewer).await);
}

#[tokio::test]
async fn a_site_without_a_worker_has_none() {
    let hall = Hall::load(&Places { site: None, ..places("no-worker") }, Date::parse("2014-11-18"));
    Client::over(app(hall.unwrap())).get("/sw.js").await.check_page(404);
}

#[tokio::test]
async fn the_manifests_name_the_hall_and_begin_where_they_belong() {
    let client = Client::new("manifest");
    for (address, start, name, display) in [
        ("/manifest.webmanifest", "/", "一窗 · 测试中心", "standalone"),
        ("/kiosk.webmanifest", "/kiosk", "自助预审 · 测试中心", "fullscreen"),
    ] {
        let reply = client.get(address).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/manifest+json"));
        let manifest: Json = serde_json::from_str(&reply.text).unwrap();
        for (key, value) in [("name", name), ("start_url", start), ("scope", "/"), ("display", display)] {
            assert_eq!(manifest.get(key).unwrap(), value);
        }
        assert!(client.get(start).await.has(&format!("<link rel=\"manifest\" href=\"{address}\">")));
    }
}

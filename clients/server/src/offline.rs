//! What a browser keeps so that the site works without a network: the worker with the list of
//! all that it keeps, and the manifest of the installed site.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use yichuang_forms::digest;

use crate::kiosk;
use crate::problem::Refusal;
use crate::state::{Hall, Published};

/// The worker, without its list.
const SCRIPT: &str = "/assets/sw.js";

/// `GET /sw.js`: the list, then the script. A browser that finds other bytes than before fetches
/// all that is listed anew, and keeps what it has until that is complete.
pub(crate) async fn worker(State(hall): State<Arc<Hall>>) -> Result<Response, Refusal> {
    let script = hall.assets.text(SCRIPT).ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND))?;
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    Ok((headers, format!("const site = {};\n{script}", list(&hall))).into_response())
}

/// The addresses of what is kept: `forever` what never changes at its address, `files` and `pages` the
/// rest. Its `edition` changes with any of it.
fn list(hall: &Hall) -> serde_json::Value {
    let packs = hall.packs.values().map(|pack| pack.url.as_str());
    let signatures: Vec<String> = hall.packs.values().filter_map(Published::signature_url).collect();
    let calendars = [Some(hall.calendar.url.clone()), hall.calendar.signature_url()];
    let forever: Vec<&str> = packs
        .chain(signatures.iter().map(String::as_str))
        .chain(calendars.iter().flatten().map(String::as_str))
        .collect();
    let assets: Vec<(&str, &str)> = hall.assets.tagged().filter(|(path, _)| is_kept(path)).collect();
    let pages = pages(hall);
    let tags = assets.iter().map(|(_, tag)| *tag);
    let kiosk = kiosk::html(hall, None);
    let all: Vec<&str> = [env!("CARGO_PKG_VERSION"), &kiosk]
        .into_iter()
        .chain(tags)
        .chain(forever.iter().copied())
        .chain(pages.iter().map(String::as_str))
        .collect();
    let files: Vec<&str> =
        assets.iter().map(|(path, _)| *path).chain(["/manifest.webmanifest", kiosk::MANIFEST]).collect();
    json!({ "edition": digest(all.join("\n").as_bytes()), "forever": forever, "files": files, "pages": pages })
}

/// Types of what pages load; types for programmers and licences are left out.
fn is_kept(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    path != SCRIPT && ending.is_some_and(|ending| ["css", "js", "wasm", "svg", "png"].contains(&ending))
}

/// The pages that hold no answers and decide without a server.
fn pages(hall: &Hall) -> Vec<String> {
    let citizens = ["/".to_owned()].into_iter().chain(hall.packs.keys().map(|id| format!("/{id}")));
    citizens.flat_map(|page| [page.clone(), format!("{page}?lang=en")]).chain([kiosk::ADDRESS.to_owned()]).collect()
}

/// `GET /manifest.webmanifest`.
pub(crate) async fn manifest(State(hall): State<Arc<Hall>>) -> Response {
    manifest_of("/", &format!("一窗 · {}", hall.name), "一窗", "standalone")
}

/// `GET /kiosk.webmanifest`.
pub(crate) async fn kiosk_manifest(State(hall): State<Arc<Hall>>) -> Response {
    manifest_of(kiosk::ADDRESS, &format!("自助预审 · {}", hall.name), "自助预审", "fullscreen")
}

fn manifest_of(start: &str, name: &str, short: &str, display: &str) -> Response {
    let icon =
        |file: &str, sizes: &str, kind: &str| json!({ "src": format!("/assets/{file}"), "sizes": sizes, "type": kind });
    let manifest = json!({
        "id": start,
        "name": name,
        "short_name": short,
        "lang": "zh-CN",
        "start_url": start,
        "scope": "/",
        "display": display,
        "background_color": "#f3f6f9",
        "theme_color": "#15509e",
        "icons": [
            icon("icon.svg", "any", "image/svg+xml"),
            icon("icon-192.png", "192x192", "image/png"),
            icon("icon-512.png", "512x512", "image/png"),
        ],
    });
    let headers = [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache")];
    (headers, manifest.to_string()).into_response()
}

//! Styles, scripts and the wasm module, read at the start: a request can only name what was.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use yichuang_forms::digest;

use crate::problem::Refusal;
use crate::state::Hall;

/// Files by the path at which they are served.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    files: BTreeMap<String, Asset>,
}

#[derive(Debug)]
struct Asset {
    bytes: Bytes,
    kind: &'static str,
    tag: String,
}

impl Assets {
    /// Takes all files below a folder in, under a path that ends with `/`; hidden ones and
    /// installed packages are left out.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn add(&mut self, folder: &Path, path: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let file = entry.path();
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            if file.is_dir() {
                self.add(&file, &format!("{path}{name}/"))?;
            } else {
                let bytes = fs::read(&file)?;
                let tag = format!("\"{}\"", digest(&bytes));
                self.files.insert(format!("{path}{name}"), Asset { bytes: bytes.into(), kind: kind(&file), tag });
            }
        }
        Ok(())
    }

    /// A file as text; none where it is not UTF-8.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|asset| std::str::from_utf8(&asset.bytes).ok())
    }

    /// The path of each file with the tag of its content.
    pub(crate) fn tagged(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, asset)| (path.as_str(), asset.tag.as_str()))
    }
}

/// `GET /assets/*`: kept by the browser, and asked about each time.
pub(crate) async fn asset(State(hall): State<Arc<Hall>>, headers: HeaderMap, uri: Uri) -> Result<Response, Refusal> {
    let Some(asset) = hall.assets.files.get(uri.path()) else {
        return Err(Refusal::of(StatusCode::NOT_FOUND));
    };
    Ok(tagged(&headers, &asset.tag, asset.kind, || asset.bytes.clone().into()))
}

/// What may be kept, and is asked about each time by its tag.
pub(crate) fn tagged(
    headers: &HeaderMap,
    tag: &str,
    kind: &'static str,
    body: impl FnOnce() -> axum::body::Body,
) -> Response {
    let kept = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let validity = [(CACHE_CONTROL, "no-cache"), (ETAG, tag)];
    if kept.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, validity).into_response();
    }
    (validity, [(CONTENT_TYPE, kind)], body()).into_response()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "ts" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

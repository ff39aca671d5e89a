//! Compiled packs and calendars, by digest: what has an address never changes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::problem::Refusal;
use crate::state::Hall;

/// `GET /packs/{digest}.ycp`.
pub(crate) async fn pack(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Response, Refusal> {
    let mut packs = hall.packs.values();
    let found = packs.find(|pack| pack.url == uri.path());
    found.map(|pack| forever(&pack.file)).ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND))
}

/// `GET /calendars/{digest}.ycc`, or without the ending.
pub(crate) async fn calendar(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Response, Refusal> {
    let url = hall.calendar.url.as_str();
    let is_asked = uri.path() == url || Some(uri.path()) == url.strip_suffix(".ycc");
    let found = is_asked.then_some(&hall.calendar.file);
    found.map(forever).ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND))
}

fn forever(file: &Bytes) -> Response {
    let headers = [(CONTENT_TYPE, "application/octet-stream"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.clone()).into_response()
}

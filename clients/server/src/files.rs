//! Compiled packs and calendars, by digest: what has an address never changes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::problem::Refusal;
use crate::state::Hall;

/// `GET /packs/{digest}.ycp`, and its signature with `.sig` behind.
pub(crate) async fn pack(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Response, Refusal> {
    let found = hall.packs.values().find_map(|pack| pack.at(uri.path()));
    found.map(forever).ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND))
}

/// `GET /calendars/{digest}.ycc`, or without the ending; its signature with `.sig` behind.
pub(crate) async fn calendar(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Response, Refusal> {
    let calendar = &hall.calendar;
    let is_short = Some(uri.path()) == calendar.url.strip_suffix(".ycc");
    let found = if is_short { Some(&calendar.file) } else { calendar.at(uri.path()) };
    found.map(forever).ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND))
}

fn forever(file: &Bytes) -> Response {
    let headers = [(CONTENT_TYPE, "application/octet-stream"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.clone()).into_response()
}

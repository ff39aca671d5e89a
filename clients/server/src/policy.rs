//! What holds for every response: the strict policy, no guessing of types, and words for errors.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::problem::Refusal;
use crate::state::Hall;

/// No inline script or style, no other origin, no frame, no markup made from text. The one trusted type
/// is the address of the worker: `web-demo/assets/offline.js`.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types yichuang-worker";

const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// Completes a response. What does not say that it may be kept is not kept: a page holds
/// answers even where it was fetched without them, and the next citizen uses the same kiosk.
pub(crate) async fn finish(State(hall): State<Arc<Hall>>, request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri().path());
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let refusal = response.extensions_mut().remove().unwrap_or_else(|| Refusal::of(status));
        response = explain(response, &refusal, &hall, is_api);
    }
    response.headers_mut().extend(HEADERS);
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn is_api(path: &str) -> bool {
    path.strip_prefix("/api").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The response with words as its body; other headers, such as `allow`, stay.
fn explain(response: Response, refusal: &Refusal, hall: &Hall, is_api: bool) -> Response {
    let (mut parts, _) = response.into_parts();
    let (kind, body) = if is_api {
        ("application/problem+json", refusal.problem())
    } else {
        ("text/html; charset=utf-8", refusal.page(hall))
    };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, Body::from(body))
}

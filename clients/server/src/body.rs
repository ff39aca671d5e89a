//! The body of a request: its size and its type.

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt;

use crate::problem::Refusal;

/// The largest body, in bytes.
pub(crate) const LIMIT: usize = 1_000_000;

/// How much of a larger body is taken and thrown away: a client that is still sending would
/// lose the connection before it reads what is wrong.
const THROWN_AWAY: usize = 8 * LIMIT;

/// Reads a body of the expected type.
///
/// # Errors
/// If the body is too large, breaks off, or is of another type.
pub(crate) async fn read(headers: &HeaderMap, mut body: Body, expected: &str) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Refusal::incomplete())?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= LIMIT {
            bytes.extend_from_slice(&data);
        } else if length > THROWN_AWAY {
            break;
        }
    }
    if length > LIMIT {
        return Err(Refusal::too_large());
    }
    if is_type(headers, expected) { Ok(bytes) } else { Err(Refusal::wrong_type(expected)) }
}

/// Whether the content type is the expected one, whatever its parameters.
fn is_type(headers: &HeaderMap, expected: &str) -> bool {
    let stated = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = stated.split_once(';').map_or(stated, |(essence, _)| essence);
    essence.trim().eq_ignore_ascii_case(expected)
}

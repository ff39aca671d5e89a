//! The body of a request: its size and its type.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use tokio::time::timeout;

use crate::problem::Refusal;

/// The largest body, in bytes.
pub(crate) const LIMIT: usize = yichuang_forms::LIMITS.bytes;

/// How much of a larger body is taken and thrown away: a client that is still sending would
/// lose the connection before it reads what is wrong.
const THROWN_AWAY: usize = 8 * LIMIT;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body of the expected type.
///
/// # Errors
/// If the body is too large, breaks off, takes too long, or is of another type.
pub(crate) async fn read(headers: &HeaderMap, body: Body, expected: &str) -> Result<Vec<u8>, Refusal> {
    if usize::try_from(body.size_hint().lower()).map_or(true, |declared| declared > LIMIT) {
        // The answer goes out at once, while what the client still sends is thrown away.
        tokio::spawn(receive(body, PATIENCE));
        return Err(Refusal::too_large());
    }
    let bytes = receive(body, PATIENCE).await?;
    if is_type(headers, expected) { Ok(bytes) } else { Err(Refusal::wrong_type(expected)) }
}

/// Takes a whole body, whatever its type, within some time.
async fn receive(mut body: Body, patience: Duration) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    let taken = timeout(patience, async {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| Refusal::incomplete())?.into_data() else { continue };
            length = length.saturating_add(data.len());
            if length <= LIMIT {
                bytes.extend_from_slice(&data);
            } else if length > THROWN_AWAY {
                break;
            }
        }
        Ok(())
    })
    .await;
    if length > LIMIT {
        return Err(Refusal::too_large());
    }
    taken.unwrap_or_else(|_| Err(Refusal::too_slow()))?;
    Ok(bytes)
}

/// Whether the content type is the expected one, whatever its parameters.
fn is_type(headers: &HeaderMap, expected: &str) -> bool {
    let stated = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = stated.split_once(';').map_or(stated, |(essence, _)| essence);
    essence.trim().eq_ignore_ascii_case(expected)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::pending;
    use std::time::Duration;

    use axum::body::{Body, Bytes};
    use axum::http::HeaderMap;
    use http_body_util::{BodyExt, Full};

    use super::{LIMIT, read, receive};

    /// A body of so many bytes that never ends.
    fn stalled(length: usize) -> Body {
        let sent = Full::new(Bytes::from(vec![b'a'; length]));
        Body::new(sent.with_trailers(pending::<Option<Result<HeaderMap, Infallible>>>()))
    }

    async fn check(body: Body, status: u16) {
        assert_eq!(receive(body, Duration::from_millis(20)).await.unwrap_err().status, status);
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_given_up() {
        check(stalled(0), 408).await;
        check(stalled(LIMIT), 408).await;
        check(stalled(LIMIT + 1), 413).await;
        assert_eq!(receive(Body::from("a"), Duration::from_secs(9)).await.unwrap(), b"a");
    }

    #[tokio::test]
    async fn a_declared_length_over_the_limit_is_refused_at_once() {
        let headers = HeaderMap::new();
        let reading = read(&headers, stalled(LIMIT + 1), "");
        let refused = tokio::time::timeout(Duration::from_secs(5), reading).await.unwrap();
        assert_eq!(refused.unwrap_err().status, 413);
    }
}

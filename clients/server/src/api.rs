//! Decisions over HTTP, for programs.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use yichuang_forms::{Bundle, ExplainRequest, Lang, Precheck, Request};

use crate::body;
use crate::pages::Fields;
use crate::problem::Refusal;
use crate::state::{Hall, Published};

/// `POST /api/v1/decide`: a request of the wire format in, a decision out.
pub(crate) async fn decide(State(hall): State<Arc<Hall>>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let bytes = body::read(&headers, body, "application/json").await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::not_utf8())?;
    let request = Request::from_json(text)?;
    let refuse = |refusal: Refusal| refusal.in_lang(request.lang);
    let pack = meant(&hall, request.pack.as_deref()).map_err(refuse)?;
    let on = request.on.map_or_else(|| hall.today(), Ok).map_err(refuse)?;
    let precheck = Precheck::new(&pack.loaded, &hall.calendar.loaded, &request.answers, on);
    Ok(json(precheck.to_json(request.lang)))
}

/// `POST /api/v1/explain`: the same with a `target`; why it is so, what would change it, what settles it.
pub(crate) async fn explain(
    State(hall): State<Arc<Hall>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let bytes = body::read(&headers, body, "application/json").await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::not_utf8())?;
    let ExplainRequest { request, target, wanted } = ExplainRequest::from_json(text)?;
    let refuse = |refusal: Refusal| refusal.in_lang(request.lang);
    let pack = meant(&hall, request.pack.as_deref()).map_err(refuse)?;
    let on = request.on.map_or_else(|| hall.today(), Ok).map_err(refuse)?;
    let precheck = Precheck::new(&pack.loaded, &hall.calendar.loaded, &request.answers, on);
    let explained = precheck.explain(&target, wanted, request.lang);
    explained.map(json).map_err(|error| Refusal::from(error).in_lang(request.lang))
}

/// The pack of a request: the named one, or the only one there is.
fn meant<'a>(hall: &'a Hall, id: Option<&str>) -> Result<&'a Published<Bundle>, Refusal> {
    let mut packs = hall.packs.values();
    match (id, packs.next(), packs.next()) {
        (Some(id), ..) => hall.pack(id),
        (None, Some(only), None) => Ok(only),
        (None, ..) => Err(Refusal::which_pack()),
    }
}

/// What can be decided about here.
#[derive(Serialize)]
struct Listing<'a> {
    calendar: Listed<'a>,
    packs: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    digest: &'a str,
    file: &'a str,
}

/// `GET /api/v1/packs`: ids, names and digests; `?lang=en` for English names.
pub(crate) async fn packs(State(hall): State<Arc<Hall>>, uri: Uri) -> Response {
    let lang = Fields::of_query(&uri).lang("lang");
    let calendar = &hall.calendar;
    let listing = Listing {
        calendar: Listed {
            id: calendar.loaded.value.id(),
            name: calendar.loaded.value.name(),
            edition: None,
            digest: &calendar.loaded.digest,
            file: &calendar.url,
        },
        packs: hall.packs.values().map(|pack| listed(pack, lang)).collect(),
    };
    // The listing holds nothing that JSON cannot hold.
    json(serde_json::to_string(&listing).unwrap_or_default())
}

fn listed(published: &Published<Bundle>, lang: Lang) -> Listed<'_> {
    let pack = &published.loaded.value.pack;
    Listed {
        id: &pack.id,
        name: lang.pick(&pack.name),
        edition: Some(&pack.edition),
        digest: &published.loaded.digest,
        file: &published.url,
    }
}

pub(crate) fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

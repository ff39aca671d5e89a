//! Decisions over HTTP, for programs.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use yichuang_forms::{Bundle, ExplainRequest, Extent, Form, FormSchema, Lang, Precheck, Request, digest, form_schema};

use crate::assets::tagged;
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
    /// What an applicant fills in; a calendar has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    forms: Option<Vec<ListedForm<'a>>>,
}

#[derive(Serialize)]
struct ListedForm<'a> {
    id: &'a str,
    name: &'a str,
    schema: String,
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
            forms: None,
        },
        packs: hall.packs.values().map(|pack| listed(pack, lang)).collect(),
    };
    // The listing holds nothing that JSON cannot hold.
    json(serde_json::to_string(&listing).unwrap_or_default())
}

/// `GET /api/v1/packs/{place}/{item}/forms/{form}/schema.json`: the JSON Schema of the answers of a
/// form; `?lang=en` for English words, `?draft=1` for one in which nothing is required.
pub(crate) async fn schema(
    State(hall): State<Arc<Hall>>,
    Path((place, item, form)): Path<(String, String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let query = Fields::of_query(&uri);
    let lang = query.lang("lang");
    let extent = if query.last("draft") == Some("1") { Extent::Draft } else { Extent::Complete };
    let refuse = |refusal: Refusal| refusal.in_lang(lang);
    let pack = hall.pack(&format!("{place}/{item}")).map_err(refuse)?;
    let schema = form_schema(&pack.loaded, &form, lang, extent);
    let FormSchema { json, .. } = schema.ok_or_else(|| refuse(Refusal::unknown_form("form")))?;
    let tag = format!("\"{}\"", digest(json.as_bytes()));
    Ok(tagged(&headers, &tag, "application/schema+json", || json.into()))
}

fn listed(published: &Published<Bundle>, lang: Lang) -> Listed<'_> {
    let pack = &published.loaded.value.pack;
    Listed {
        id: &pack.id,
        name: lang.pick(&pack.name),
        edition: Some(&pack.edition),
        digest: &published.loaded.digest,
        file: &published.url,
        forms: Some(listed_forms(published, lang)),
    }
}

fn listed_forms(published: &Published<Bundle>, lang: Lang) -> Vec<ListedForm<'_>> {
    let Bundle { pack, forms, .. } = &published.loaded.value;
    let mut listed = Vec::new();
    for Form { id, sheet, .. } in forms.iter().filter(|form| !form.sample) {
        let schema = format!("/api/v1/packs/{}/forms/{id}/schema.json", pack.id);
        listed.push(ListedForm { id, name: lang.pick(&sheet.name), schema });
    }
    listed
}

pub(crate) fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

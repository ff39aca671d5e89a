//! The case clock over HTTP: a page that works without script, a calendar file, JSON.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{Html, IntoResponse, Response};
use yichuang_forms::case::{CaseFields, case_document, case_ics, case_json};
use yichuang_forms::{Lang, document};

use crate::api::json;
use crate::body;
use crate::pages::{Fields, calendar_file};
use crate::problem::Refusal;
use crate::state::Hall;

/// `GET /case`: an empty form, or an example.
pub(crate) async fn show(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Html<String>, Refusal> {
    let query = Fields::of_query(&uri);
    let lang = query.lang("lang");
    let fields = query.last("example").and_then(CaseFields::example).unwrap_or_default();
    page(&hall, &fields, lang, None)
}

/// `POST /case`: the clock of the posted case, the form as it was typed beside it.
pub(crate) async fn reckon(
    State(hall): State<Arc<Hall>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Html<String>, Refusal> {
    let (fields, lang) = posted(&headers, body).await?;
    page(&hall, &fields, lang, None)
}

/// `POST /case.ics`: the due dates; the page where there are none, so that nothing typed is lost.
pub(crate) async fn dates(State(hall): State<Arc<Hall>>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let (fields, lang) = posted(&headers, body).await?;
    let today = hall.today().map_err(|refusal| refusal.in_lang(lang))?;
    if let Some(file) = case_ics(&fields, &hall.calendar.loaded.value, today, lang) {
        return Ok(calendar_file("case.ics", file));
    }
    let note = match lang {
        Lang::Zh => "还没有能确定的到期日，所以没有日历文件。",
        Lang::En => "No last day is certain yet, so there is no calendar file.",
    };
    page(&hall, &fields, lang, Some(note)).map(IntoResponse::into_response)
}

/// `POST /api/v1/case`: a case as JSON in, its clock out.
pub(crate) async fn decide(State(hall): State<Arc<Hall>>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let bytes = body::read(&headers, body, "application/json").await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::not_utf8())?;
    let clock = case_json(text, &hall.calendar.loaded.value, hall.today()?);
    clock.map(json).map_err(|(error, lang)| Refusal::from(error).in_lang(lang))
}

async fn posted(headers: &HeaderMap, body: Body) -> Result<(CaseFields, Lang), Refusal> {
    let form = body::read(headers, body, "application/x-www-form-urlencoded").await?;
    let form = Fields::parse(&form);
    let lang = form.lang("lang");
    Ok((CaseFields::from_fields(form.into_pairs()), lang))
}

fn page(hall: &Hall, fields: &CaseFields, lang: Lang, note: Option<&str>) -> Result<Html<String>, Refusal> {
    let today = hall.today().map_err(|refusal| refusal.in_lang(lang))?;
    let calendar = &hall.calendar.loaded.value;
    Ok(Html(document(&case_document(fields, calendar, today, lang, note, &hall.site(None, None)))))
}

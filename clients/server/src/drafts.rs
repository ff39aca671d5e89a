//! Drafts as files: answers are saved to one and opened from one. The server keeps none.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;
use yichuang_engine::Date;
use yichuang_forms::page::{draft_file, draft_note, draft_page, precheck_document_with};
use yichuang_forms::{Bundle, Draft, Lang, Precheck, Ui, document, draft_changes, view};

use crate::body;
use crate::pages::Fields;
use crate::problem::Refusal;
use crate::state::{Hall, Published};

/// The kind of file that a draft is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DraftFile {
    Html,
    Json,
}

impl DraftFile {
    /// The file that a button asks for.
    pub(crate) fn parse(print: &str) -> Option<DraftFile> {
        match print {
            "draft.html" => Some(DraftFile::Html),
            "draft.json" => Some(DraftFile::Json),
            _ => None,
        }
    }
}

/// The answers of a pre-check as a file to be kept.
pub(crate) fn save(file: DraftFile, precheck: &Precheck<'_>, on: Option<Date>, lang: Lang) -> Response {
    let draft = Draft::of(precheck, on, lang);
    let name = precheck.pack().id.replace('/', "-");
    let (kind, name, content) = match file {
        DraftFile::Html => {
            let title = lang.pick(&precheck.pack().name);
            ("text/html; charset=utf-8", format!("{name}.html"), document(&draft_file(&draft, title, lang)))
        }
        DraftFile::Json => ("application/json", format!("{name}.json"), draft.to_json()),
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], content).into_response()
}

/// `GET /{place}/{item}/draft`: where a draft file is chosen.
pub(crate) async fn show(
    State(hall): State<Arc<Hall>>,
    Path((place, item)): Path<(String, String)>,
    uri: Uri,
) -> Result<Html<String>, Refusal> {
    let lang = Fields::of_query(&uri).lang("lang");
    let pack = hall.pack(&format!("{place}/{item}"))?;
    Ok(Html(choose(&hall, pack, None, lang)))
}

/// `POST /{place}/{item}/draft`: the page with the answers of the file, and what has changed since.
pub(crate) async fn open(
    State(hall): State<Arc<Hall>>,
    Path((place, item)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let posted = body::read(&headers, body, "multipart/form-data").await?;
    let pack = hall.pack(&format!("{place}/{item}"))?;
    let (lang, file) = uploaded(&headers, posted).await;
    let draft = Draft::parse(&file).map_err(|error| lang.pick(&error.message).to_owned());
    let draft = draft.and_then(|draft| of_pack(draft, &pack.loaded.value.pack.id, lang));
    match draft {
        Ok(draft) => opened(&hall, pack, &draft, lang),
        Err(wrong) => Ok(Html(choose(&hall, pack, Some(&wrong), lang)).into_response()),
    }
}

fn choose(hall: &Hall, pack: &Published<Bundle>, wrong: Option<&str>, lang: Lang) -> String {
    let known = &pack.loaded.value.pack;
    document(&draft_page(&known.id, lang.pick(&known.name), wrong, lang, &hall.site(Some(pack), None)))
}

/// A draft of another pack is opened there.
fn of_pack(draft: Draft, pack: &str, lang: Lang) -> Result<Draft, String> {
    if draft.pack == pack {
        return Ok(draft);
    }
    let other = &draft.pack;
    Err(match lang {
        Lang::Zh => format!("这份草稿是另一个事项（{other}）的，请到那个事项的页面打开。"),
        Lang::En => format!("this draft belongs to another service ({other}); open it on the page of that one"),
    })
}

fn opened(hall: &Hall, pack: &Published<Bundle>, draft: &Draft, lang: Lang) -> Result<Response, Refusal> {
    let on = draft.on.map_or_else(|| hall.today(), Ok)?;
    let precheck = Precheck::new(&pack.loaded, &hall.calendar.loaded, &draft.answers, on);
    let changes = draft_changes(draft, &precheck, lang);
    let note = draft_note(draft, &pack.loaded.value.pack.edition, &changes, lang);
    let page = view(&precheck, lang, &Ui::default());
    let tree = precheck_document_with(&page, &hall.site(Some(pack), draft.on), Some(note));
    Ok(Html(document(&tree)).into_response())
}

/// The language and the file of a posted form; an empty file where there is none that is text.
async fn uploaded(headers: &HeaderMap, posted: Vec<u8>) -> (Lang, String) {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let (mut lang, mut file) = (Lang::default(), String::new());
    let Ok(boundary) = multer::parse_boundary(kind) else { return (lang, file) };
    let once = stream::once(async move { Ok::<_, std::convert::Infallible>(axum::body::Bytes::from(posted)) });
    let mut parts = multer::Multipart::new(once, boundary);
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().map(str::to_owned);
        let Ok(bytes) = part.bytes().await else { break };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_deref() {
            Some("__lang") => lang = Lang::parse(&text).unwrap_or_default(),
            Some("draft") => file = text,
            _ => {}
        }
    }
    (lang, file)
}

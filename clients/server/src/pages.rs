//! Pages for people; every one of them works without script.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::response::{Html, IntoResponse, Response};
use yichuang_engine::{Date, FactId, Pack};
use yichuang_forms::f00::f00_document;
use yichuang_forms::forms_print::form_document;
use yichuang_forms::page::{
    Card, Site, catalogue_document, filling_document, plan_document, plan_ics, precheck_document,
};
use yichuang_forms::{Answers, Bundle, Filling, Lang, Precheck, Tree, Ui, document, filling, reopened, view};

use crate::body;
use crate::drafts::{self, DraftFile};
use crate::problem::Refusal;
use crate::state::{Hall, Published};

/// The fields of a query or of a posted form, in order.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn of_query(uri: &Uri) -> Fields {
        Fields::parse(uri.query().unwrap_or_default().as_bytes())
    }

    pub(crate) fn parse(encoded: &[u8]) -> Fields {
        // A browser ends the lines of a text in CR LF, whatever was typed.
        let field = |(name, value): (String, String)| (name, value.replace("\r\n", "\n"));
        Fields(form_urlencoded::parse(encoded).into_owned().map(field).collect())
    }

    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// The last value of a name; an empty one states nothing.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rfind(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The first value of a name; an empty one states nothing.
    ///
    /// The buttons for another language or size stand in the header, so a browser posts them
    /// before the hidden field of the same name, which tells what the page was.
    fn first(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn lang(&self, name: &str) -> Lang {
        self.first(name).and_then(Lang::parse).unwrap_or_default()
    }

    /// Whether a button asked for another language or size, and so answers no question: it is posted
    /// besides the hidden field of its name.
    fn is_switch(&self) -> bool {
        let count = |name: &str| self.0.iter().filter(|(found, _)| found == name).count();
        count("__lang") > 1 || count("__large") > 1
    }

    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Refusal> {
        self.last(name).map(|text| Date::parse(text).ok_or_else(|| Refusal::bad_day(name))).transpose()
    }

    fn fact(&self, name: &str, pack: &Pack) -> Option<FactId> {
        Some(pack.fact(self.last(name)?)?.0)
    }
}

/// `GET /`: what can be pre-checked here.
pub(crate) async fn catalogue(State(hall): State<Arc<Hall>>, uri: Uri) -> Html<String> {
    let lang = Fields::of_query(&uri).lang("lang");
    let cards: Vec<Card> = hall.packs.values().map(|pack| Card::of(&pack.loaded.value.pack, lang)).collect();
    Html(document(&catalogue_document(&cards, lang, &hall.site(None, None))))
}

/// `GET /{place}/{item}`: the first question, on the day that `?on=` states.
pub(crate) async fn show(
    State(hall): State<Arc<Hall>>,
    Path((place, item)): Path<(String, String)>,
    uri: Uri,
) -> Result<Html<String>, Refusal> {
    let query = Fields::of_query(&uri);
    let pack = hall.pack(&format!("{place}/{item}"))?;
    let filling = query.last("form").map(Filling::new);
    let asked = Asked { lang: query.lang("lang"), on: query.day("on")?, ui: Ui::default(), print: None, filling };
    asked.page(&hall, pack, &Answers::new())
}

/// `POST /{place}/{item}`: the page for the answers in the form; the query may state the day too.
pub(crate) async fn answer(
    State(hall): State<Arc<Hall>>,
    Path((place, item)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form = body::read(&headers, body, "application/x-www-form-urlencoded").await?;
    let form = Fields::parse(&form);
    let published = hall.pack(&format!("{place}/{item}"))?;
    let pack = &published.loaded.value.pack;
    let on = form.day("__on")?.map_or_else(|| Fields::of_query(&uri).day("on"), |on| Ok(Some(on)))?;
    let large = form.first("__large") == Some("1");
    let asked = form.fact("__ask", pack).filter(|_| !form.is_switch());
    let ui = Ui { open: reopened(pack, &form.0), asked, large };
    let print = form.last("__print").map(String::from);
    let filling = Filling::from_fields(&form.0);
    let asked = Asked { lang: form.lang("__lang"), on, ui, print, filling };
    let answers = Answers::from_fields(pack, form.0);
    if let Some(file) = asked.print.as_deref().and_then(DraftFile::parse) {
        let today = asked.on.map_or_else(|| hall.today(), Ok)?;
        let precheck = Precheck::new(&published.loaded, &hall.calendar.loaded, &answers, today);
        return Ok(drafts::save(file, &precheck, asked.on, asked.lang));
    }
    if asked.print.as_deref() == Some("plan.ics") {
        return asked.plan_ics(&hall, published, &answers);
    }
    asked.page(&hall, published, &answers).map(IntoResponse::into_response)
}

/// A calendar file to be kept.
pub(crate) fn calendar_file(name: &str, file: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)], file)
        .into_response()
}

/// What a page is asked for besides the answers.
#[derive(Clone)]
struct Asked {
    lang: Lang,
    on: Option<Date>,
    ui: Ui,
    /// The id of the form or sheet to print instead of the page.
    print: Option<String>,
    /// The form that is filled in instead of the pre-check.
    filling: Option<Filling>,
}

impl Asked {
    fn page(&self, hall: &Hall, pack: &Published<Bundle>, answers: &Answers) -> Result<Html<String>, Refusal> {
        let on = self.on.map_or_else(|| hall.today(), Ok)?;
        let precheck = Precheck::new(&pack.loaded, &hall.calendar.loaded, answers, on);
        let site = hall.site(Some(pack), self.on);
        let tree = match (&self.print, &self.filling) {
            (Some(id), _) => self.sheet(id, &precheck)?,
            (None, Some(form)) => self.form(form, &precheck, &site)?,
            (None, None) => self.precheck(&precheck, &site),
        };
        Ok(Html(document(&tree)))
    }

    /// The days of the joint plan as a calendar file; the page where there are none.
    fn plan_ics(&self, hall: &Hall, pack: &Published<Bundle>, answers: &Answers) -> Result<Response, Refusal> {
        let on = self.on.map_or_else(|| hall.today(), Ok)?;
        let precheck = Precheck::new(&pack.loaded, &hall.calendar.loaded, answers, on);
        match plan_ics(&view(&precheck, self.lang, &self.ui), on) {
            Some(file) => Ok(calendar_file("plan.ics", file)),
            None => Asked { print: None, ..self.clone() }.page(hall, pack, answers).map(IntoResponse::into_response),
        }
    }

    /// A form to be filled in.
    fn form(&self, form: &Filling, precheck: &Precheck<'_>, site: &Site<'_>) -> Result<Tree, Refusal> {
        match filling(precheck, self.lang, form) {
            Some(view) => Ok(filling_document(&view, site)),
            // The answers changed so that nothing is left to fill in.
            None if form.is_all() => Ok(self.precheck(precheck, site)),
            None => Err(Refusal::unknown_form("__print").in_lang(self.lang)),
        }
    }

    fn precheck(&self, precheck: &Precheck<'_>, site: &Site<'_>) -> Tree {
        precheck_document(&view(precheck, self.lang, &self.ui), site)
    }

    /// The result sheet F-00, which every pack has, or one of the pack's forms.
    fn sheet(&self, id: &str, precheck: &Precheck<'_>) -> Result<Tree, Refusal> {
        if id == "F-00" {
            return Ok(f00_document(&view(precheck, self.lang, &self.ui)));
        }
        if let ("plan", Some(plan)) = (id, plan_document(&view(precheck, self.lang, &self.ui))) {
            return Ok(plan);
        }
        let form = precheck.bundle.value.forms.iter().find(|form| form.id == id);
        let document = form.map(|form| form_document(form, precheck, self.lang));
        document.ok_or_else(|| Refusal::unknown_form("__print").in_lang(self.lang))
    }
}

//! The hall's server: the site, compiled packs, and decisions over HTTP.
//!
//! ```text
//! GET  /                        the catalogue
//! GET  /{place}/{item}          the page of a pre-check; ?on=2014-11-18 states the day
//! POST /{place}/{item}          the same page for the answers in the posted form
//! GET  /{place}/{item}/draft    where a draft file is opened; POST opens it
//! GET  /kiosk                   the kiosk of the hall
//! GET  /sw.js                   the worker that keeps the site for when there is no network
//! GET  /manifest.webmanifest    how the site is installed; /kiosk.webmanifest how the kiosk is
//! GET  /case                    the case clock, empty; ?example=suspension fills it in
//! POST /case                    the clock of the case in the posted form
//! POST /case.ics                its due dates as an iCalendar file
//! GET  /packs/{digest}.ycp      a compiled pack
//! GET  /calendars/{digest}.ycc  a compiled calendar
//! POST /api/v1/decide           {pack, on?, lang?, answers} → a decision as JSON
//! POST /api/v1/explain          {target, wanted?, …} → why a result is so, what would change it
//! POST /api/v1/case             {kind?, on?, events, …} → the clock of a case as JSON
//! GET  /api/v1/packs            the packs that are served
//! GET  /assets/*                styles, scripts and the wasm module
//! GET  /healthz                 says that the server runs
//! ```
//!
//! The server keeps nothing of what citizens answer: every request carries all answers in its
//! body, no address ever holds one, and the log names method, path and status only. All files
//! are read at the start, so that no request can name a file that was not.

mod api;
mod assets;
mod body;
mod case;
mod drafts;
mod files;
mod kiosk;
mod load;
mod offline;
mod pages;
mod policy;
mod problem;
mod signed;
mod state;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};

pub use kiosk::KioskOptions;
pub use load::Places;
pub use state::Hall;

/// All routes of the server, over what it serves.
pub fn app(hall: Hall) -> Router {
    let hall = Arc::new(hall);
    Router::new()
        .route("/", get(pages::catalogue))
        .route("/{place}/{item}", get(pages::show).post(pages::answer))
        .route("/{place}/{item}/draft", get(drafts::show).post(drafts::open))
        .route(kiosk::ADDRESS, get(kiosk::show))
        .route("/sw.js", get(offline::worker))
        .route("/manifest.webmanifest", get(offline::manifest))
        .route(kiosk::MANIFEST, get(offline::kiosk_manifest))
        .route("/case", get(case::show).post(case::reckon))
        .route("/case.ics", post(case::dates))
        .route("/packs/{file}", get(files::pack))
        .route("/calendars/{file}", get(files::calendar))
        .route("/assets/{*name}", get(assets::asset))
        .route("/api/v1/decide", post(api::decide))
        .route("/api/v1/explain", post(api::explain))
        .route("/api/v1/case", post(case::decide))
        .route("/api/v1/packs", get(api::packs))
        .route("/api/v1/packs/{place}/{item}/forms/{form}/schema.json", get(api::schema))
        .route("/api/{*other}", any(async || StatusCode::NOT_FOUND))
        .route("/healthz", get(async || "ok\n"))
        .layer(from_fn_with_state(hall.clone(), policy::finish))
        .with_state(hall)
}

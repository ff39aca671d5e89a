//! The kiosk of the hall: one page that never leaves its address, for one person after another.

mod page;

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Html;
use clap::Args;
use yichuang_engine::Date;
use yichuang_forms::document;

use crate::pages::Fields;
use crate::problem::Refusal;
use crate::state::Hall;

/// The address of the page.
pub(crate) const ADDRESS: &str = "/kiosk";

/// The address of how it is installed, which is on the whole screen.
pub(crate) const MANIFEST: &str = "/kiosk.webmanifest";

/// Below ten seconds nobody can read a screen, and after an hour somebody else stands there.
const IDLE: RangeInclusive<i64> = 10..=3_600;

/// How the kiosk at `/kiosk` behaves.
#[derive(Args, Clone, Debug)]
pub struct KioskOptions {
    /// Seconds without a touch or a key after which the kiosk asks whether somebody is still there; 20
    /// seconds later it forgets all answers
    #[arg(long, value_name = "SECONDS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(IDLE))]
    pub kiosk_idle: u16,

    /// The address under which phones reach this server, for the code that hands answers over; by default
    /// the one under which the kiosk itself does
    #[arg(long, value_name = "URL", value_parser = read_address)]
    pub kiosk_phone: Option<String>,
}

impl Default for KioskOptions {
    fn default() -> KioskOptions {
        KioskOptions { kiosk_idle: 90, kiosk_phone: None }
    }
}

/// `GET /kiosk`: all its screens; the query may state the day.
pub(crate) async fn show(State(hall): State<Arc<Hall>>, uri: Uri) -> Result<Html<String>, Refusal> {
    let on = Fields::of_query(&uri).day("on")?;
    Ok(Html(html(&hall, on)))
}

/// The page as text.
pub(crate) fn html(hall: &Hall, on: Option<Date>) -> String {
    document(&page::kiosk_document(hall, on))
}

/// The scheme and host of an address, without a `/` at its end.
fn read_address(text: &str) -> Result<String, String> {
    let host =
        text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).map(|host| host.trim_end_matches('/'));
    let is_host =
        |host: &str| !host.is_empty() && !host.contains(|c: char| "/?#@\\\"".contains(c) || c.is_whitespace());
    match host {
        Some(host) if is_host(host) => Ok(text.trim_end_matches('/').to_owned()),
        _ => Err(String::from("an address is written as https://example.gov.cn, without a path")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_scheme_and_a_host() {
        assert_eq!(read_address("https://hall.example:8443/").as_deref(), Ok("https://hall.example:8443"));
        assert_eq!(read_address("http://10.1.2.3").as_deref(), Ok("http://10.1.2.3"));
        for wrong in
            ["", "hall.example", "ftp://hall", "https://", "https://a/b", "https://a#b", "https://u@a", "https://a b"]
        {
            assert!(read_address(wrong).is_err(), "{wrong}");
        }
    }
}

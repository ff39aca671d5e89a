//! A client of a server in this process, with the small pack, the real pack and a site.

use std::fs;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;
use yichuang_engine::Date;
use yichuang_server::{Hall, Places, app};

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone, Debug)]
pub(crate) struct Client(Router);

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
}

/// A path in this crate.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The small pack `tests/pack` and the real one, on 2014-11-18, with a site of a few files.
pub(crate) fn places(test: &str) -> Places {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&site);
    for (name, text) in [
        ("assets/page.css", "p{}"),
        ("assets/sw.js", "/* worker */"),
        ("assets/words.txt", ""),
        ("assets/.hidden", ""),
        ("npm/a.js", "0"),
        ("npm/a.wasm", "\0asm"),
        ("no.txt", ""),
    ] {
        let file = site.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    Places {
        packs: vec![here("tests/pack"), here("../../rules/packs")],
        calendars: here("../../rules/calendars"),
        site: Some(site),
        npm: None,
        public_key: None,
        hall: "测试中心".into(),
    }
}

impl Client {
    pub(crate) fn new(test: &str) -> Client {
        Client::of(&places(test))
    }

    pub(crate) fn of(places: &Places) -> Client {
        Client(app(Hall::load(places, Date::parse("2014-11-18")).unwrap()))
    }

    pub(crate) fn over(app: Router) -> Client {
        Client(app)
    }

    pub(crate) async fn get(&self, address: &str) -> Reply {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, address: &str, kind: &str, body: impl Into<Body>) -> Reply {
        self.send(Request::post(address).header(CONTENT_TYPE, kind).body(body.into()).unwrap()).await
    }

    /// Posts fields as a browser does.
    pub(crate) async fn submit(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post(address, FORM, body).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status, headers: parts.headers, bytes, text }
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn has(&self, part: &str) -> bool {
        self.text.contains(part)
    }

    /// All values of attributes that hold addresses.
    pub(crate) fn addresses(&self) -> Vec<&str> {
        let after = |name| self.text.split(name).skip(1).filter_map(|rest: &str| rest.split('"').next());
        [" href=\"", " src=\"", " action=\"", " formaction=\"", " pack=\"", " calendar=\""]
            .into_iter()
            .flat_map(after)
            .collect()
    }

    /// It is a page, and has what every page has.
    #[track_caller]
    pub(crate) fn check_page(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(
            self.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
             img-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types yichuang-worker"
        );
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        assert_eq!(self.header("referrer-policy"), "no-referrer");
        assert_eq!(self.header("cache-control"), "no-store");
        assert!(!self.headers.contains_key("location") && !self.headers.contains_key("set-cookie"));
        assert!(self.text.starts_with("<!doctype html>\n<html lang=\""));
        assert!(!self.has(" style=\"") && !self.has(" onclick") && !self.has("<style"));
    }

    /// It is a problem document (RFC 9457) with this code and place.
    #[track_caller]
    pub(crate) fn check_problem(&self, status: u16, code: &str, place: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: serde_json::Value = serde_json::from_str(&self.text).unwrap();
        assert_eq!(problem.get("status").unwrap(), status);
        assert_eq!(problem.get("code").unwrap(), code);
        assert_eq!(problem.get("place").map_or("", |place| place.as_str().unwrap()), place);
        assert!(!problem.get("title").unwrap().as_str().unwrap().is_empty());
    }
}

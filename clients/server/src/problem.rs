//! What is wrong with a request: a problem document (RFC 9457) under `/api`, a page elsewhere.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use yichuang_engine::Text;
use yichuang_forms::page::error_document;
use yichuang_forms::{Lang, RequestError, document, problem};

use crate::state::Hall;

/// Why a request is not answered.
///
/// As a response it has a status only; [`policy::finish`](crate::policy::finish), which knows
/// the address, writes the body.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) lang: Lang,
    error: RequestError,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, place: &str, zh: &str, en: &str) -> Refusal {
        let message = Text { zh: zh.into(), en: en.into() };
        Refusal { status, lang: Lang::Zh, error: RequestError { code, message, place: place.into() } }
    }

    /// The refusal of a status that some layer below gave without words.
    pub(crate) fn of(status: StatusCode) -> Refusal {
        let (code, zh, en) = match status {
            StatusCode::NOT_FOUND => ("not_found", "没有这个地址。", "there is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "这个地址不接受这种请求方法。", "this address does not take this method")
            }
            status if status.is_client_error() => ("bad_request", "请求有误。", "the request is wrong"),
            _ => ("server_error", "系统出了问题，请稍后再试。", "something went wrong; try again later"),
        };
        Refusal::new(status, code, "", zh, en)
    }

    pub(crate) fn too_large() -> Refusal {
        let (zh, en) = ("提交的内容超过了 1 MB。", "the body is larger than 1 MB");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "", zh, en)
    }

    pub(crate) fn too_slow() -> Refusal {
        let (zh, en) = ("提交的内容太久没有传完，请重新提交。", "the body took too long to arrive; send it again");
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "", zh, en)
    }

    pub(crate) fn incomplete() -> Refusal {
        let (zh, en) = ("提交的内容没有传完，请重新提交。", "the body ended early; send it again");
        Refusal::new(StatusCode::BAD_REQUEST, "incomplete", "", zh, en)
    }

    pub(crate) fn wrong_type(expected: &str) -> Refusal {
        let (zh, en) = (format!("提交的内容应是 {expected}。"), format!("the body is sent as {expected}"));
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", "content-type", &zh, &en)
    }

    pub(crate) fn not_utf8() -> Refusal {
        let (zh, en) = ("请求不是 JSON：不是 UTF-8 编码。", "the request is not JSON: it is not UTF-8");
        Refusal::new(StatusCode::BAD_REQUEST, "not_json", "", zh, en)
    }

    pub(crate) fn unknown_pack(id: &str) -> Refusal {
        Refusal { status: StatusCode::NOT_FOUND, lang: Lang::Zh, error: RequestError::unknown_pack(id) }
    }

    pub(crate) fn which_pack() -> Refusal {
        let (zh, en) = ("请求里要写明规则包：pack。", "the request names its pack: `pack`");
        Refusal::new(StatusCode::BAD_REQUEST, "missing_pack", "pack", zh, en)
    }

    pub(crate) fn bad_day(place: &str) -> Refusal {
        let zh = format!("办理日期（{place}）应是一个日期，例如 2014-11-18。");
        let en = format!("the day of the request, `{place}`, is a date such as 2014-11-18");
        Refusal::new(StatusCode::BAD_REQUEST, "bad_date", place, &zh, &en)
    }

    /// `place` is what named the form.
    pub(crate) fn unknown_form(place: &str) -> Refusal {
        let (zh, en) = ("没有这张表单。", "there is no such form");
        Refusal::new(StatusCode::NOT_FOUND, "unknown_form", place, zh, en)
    }

    pub(crate) fn no_day() -> Refusal {
        let (zh, en) = ("服务器的时钟有误，请联系管理员。", "the server's clock is wrong");
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "no_day", "", zh, en)
    }

    pub(crate) fn in_lang(self, lang: Lang) -> Refusal {
        Refusal { lang, ..self }
    }

    /// The problem document.
    pub(crate) fn problem(&self) -> String {
        if self.error.place.is_empty() {
            return problem(self.status.as_u16(), self.error.code, self.lang.pick(&self.error.message), "");
        }
        self.error.to_problem(self.status.as_u16(), self.lang)
    }

    /// The page that says the same.
    pub(crate) fn page(&self, hall: &Hall) -> String {
        let (status, message) = (self.status.as_u16(), self.lang.pick(&self.error.message));
        let lost = match self.lang {
            Lang::Zh => "这里没有这个事项，也可能是网址写错了。",
            Lang::En => "It is not handled here, or the address is wrong.",
        };
        let message = if self.status == StatusCode::NOT_FOUND { lost } else { message };
        document(&error_document(status, message, self.lang, &hall.site(None, None)))
    }
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Refusal {
        Refusal { status: StatusCode::BAD_REQUEST, lang: Lang::Zh, error }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

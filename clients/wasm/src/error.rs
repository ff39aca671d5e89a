//! Errors as JavaScript sees them: an `Error` with a code and with its message in two languages.

use alloc::format;

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;
use yichuang_engine::Text;
use yichuang_forms::{FileError, RequestError};

/// Why something cannot be done at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: Text,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, zh: &str, en: &str) -> Refusal {
        Refusal { code, message: Text { zh: zh.into(), en: en.into() } }
    }
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Refusal {
        Refusal { code: error.code, message: error.message }
    }
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Refusal {
        Refusal { code: error.code(), message: error.message() }
    }
}

/// `message` holds both languages, `zh` and `en` one each.
impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> JsValue {
        let Text { zh, en } = refusal.message;
        let error = Error::new(&format!("{zh} ({en})"));
        for (name, value) in [("code", refusal.code), ("zh", &zh), ("en", &en)] {
            // Setting a property of a new object does not fail.
            let _ = Reflect::set(&error, &name.into(), &value.into());
        }
        error.into()
    }
}

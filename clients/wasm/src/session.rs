//! One pre-check in a page: every change is one call, which decides, patches the page, and gives
//! the decision.

use alloc::string::String;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Node};
use yichuang_forms::{Precheck, Tree, page, view};

use crate::dom::Browser;
#[cfg(feature = "full")]
use crate::filling::FormPage;
use crate::patch::{Dom, Live, adopt, build, patch};
use crate::state::{State, read_day, read_fields, read_lang};

/// One pre-check: a pack, a calendar and the answers, which are kept here and nowhere else.
///
/// Each method that changes something returns the new decision as JSON text.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session {
    state: State,
    /// What is shown, once it is.
    page: Option<(Browser, Live<Node>)>,
}

#[wasm_bindgen]
impl Session {
    /// Begins a pre-check from the bytes of a `.ycp` and a `.ycc` file.
    ///
    /// @param on the day of the request, `2014-11-18`
    /// @throws an Error with `code`, `zh` and `en` if a file is damaged, or not such a file; its code is
    ///   `needs_full_module` if the pack has what only the full module can decide
    #[wasm_bindgen(constructor)]
    pub fn new(pack: &[u8], calendar: &[u8], on: &str) -> Result<Session, JsValue> {
        Ok(Session { state: State::new(pack, calendar, on)?, page: None })
    }

    /// The answers as JSON text: the object that can be set again, here or anywhere.
    #[must_use]
    pub fn answers(&self) -> String {
        self.state.answers.to_json()
    }

    /// The decision as JSON text.
    #[must_use]
    pub fn decision(&self) -> String {
        self.state.precheck().to_json(self.state.lang)
    }

    /// Explains one result as JSON text.
    ///
    /// @param target `{"item": "drug_retail"}` as JSON text
    /// @throws an Error with `code`, `zh` and `en` if the pack has no such target
    #[cfg(feature = "full")]
    pub fn why(&self, target: &str) -> Result<String, JsValue> {
        Ok(self.state.why(target)?)
    }

    /// Shows a form instead of the questions: the one with this id, or for `*` all forms of the
    /// application as one.
    ///
    /// @param inner it stands in a form of the host: it makes no form of its own, and its fields have
    ///   `data-name` in the place of `name`
    /// @throws an Error with `code`, `zh` and `en` if the pack has no such form to be filled in
    #[cfg(feature = "full")]
    pub fn open_form(&mut self, form: &str, inner: bool) -> Result<String, JsValue> {
        self.state.open_form(form, inner)?;
        Ok(self.update())
    }

    /// Says which answers of the open form are held already, and by whom.
    ///
    /// @param held `[{"fact": "applicant.name", "source": "企业登记档案", "locked": true}]` as JSON text
    #[cfg(feature = "full")]
    pub fn set_held(&mut self, held: &str) -> Result<String, JsValue> {
        self.state.set_held(held)?;
        Ok(self.update())
    }

    /// How many fields of the open form are wrong, or have to be filled in, as it is shown.
    #[cfg(feature = "full")]
    #[must_use]
    pub fn form_left(&self) -> usize {
        self.state.form.as_ref().map_or(0, |form| form.left.get())
    }

    /// Sets one answer, given as JSON text; `null` takes it back.
    pub fn set(&mut self, fact: &str, value: &str) -> Result<String, JsValue> {
        self.state.set(fact, value)?;
        Ok(self.update())
    }

    /// Sets all answers, given as the JSON text of an object.
    pub fn set_answers(&mut self, answers: &str) -> Result<String, JsValue> {
        self.state.set_answers(answers)?;
        Ok(self.update())
    }

    /// Sets the day of the request.
    pub fn set_day(&mut self, on: &str) -> Result<String, JsValue> {
        self.state.on = read_day(on)?;
        Ok(self.update())
    }

    /// Sets the language, `zh` or `en`; a tag such as `zh-CN` will do.
    pub fn set_lang(&mut self, tag: &str) -> String {
        self.state.lang = read_lang(tag);
        self.update()
    }

    /// Shows the pre-check in an element. A form of the server that stands there is taken over
    /// with all that was filled in; anything else is replaced.
    ///
    /// @param fields the fields of that form as JSON text, `JSON.stringify([...new FormData(form)])`
    pub fn mount(&mut self, container: &Element, fields: Option<String>) -> Result<String, JsValue> {
        if let Some(fields) = fields {
            self.state.begin(&read_fields(&fields)?);
        }
        #[cfg(feature = "full")]
        self.state.form.iter().for_each(FormPage::forget_shown);
        let tree = self.tree(self.state.precheck());
        self.page = Browser::of(container).map(|browser| {
            let first = container.first_element_child();
            let taken = first.and_then(|first| adopt(&browser, &first.into(), &tree));
            let live = taken.unwrap_or_else(|| {
                let live = build(&browser, &tree);
                container.set_text_content(None);
                browser.insert(container, &live.node, None);
                live
            });
            (browser, live)
        });
        Ok(self.decision())
    }

    /// Takes the fields of the form after the citizen changed the one with this name; `is_typing`
    /// while it is a text that may not be complete.
    pub fn edit(&mut self, fields: &str, name: &str, is_typing: bool) -> Result<String, JsValue> {
        self.state.edit(&read_fields(fields)?, name, is_typing);
        Ok(self.update())
    }

    /// Takes what is asked in one place after the citizen changed the field with this name; what is
    /// asked elsewhere stays as it is.
    ///
    /// @param fields the fields of that place, or of the row of a table, as those of the whole form
    #[cfg(feature = "full")]
    pub fn edit_part(&mut self, fields: &str, name: &str, is_typing: bool) -> Result<String, JsValue> {
        self.state.edit_part(read_fields(fields)?, name, is_typing);
        Ok(self.update())
    }

    /// Takes the fields of the form after a button was pressed, whose name and value come last.
    pub fn submit(&mut self, fields: &str) -> Result<String, JsValue> {
        self.state.submit(&read_fields(fields)?);
        Ok(self.update())
    }
}

impl Session {
    /// Decides anew, brings the page up to date, and gives the decision.
    fn update(&mut self) -> String {
        let precheck = self.state.precheck();
        let decision = precheck.to_json(self.state.lang);
        if let Some((browser, mut live)) = self.page.take() {
            patch(&browser, &mut live, &self.tree(precheck));
            self.page = Some((browser, live));
        }
        decision
    }

    fn tree(&self, mut precheck: Precheck<'_>) -> Tree {
        precheck.errors.retain(|error| error.fact.is_none() || error.fact != self.state.typing);
        #[cfg(feature = "full")]
        if let Some(tree) = self.state.form.as_ref().and_then(|form| form.tree(&precheck, self.state.lang)) {
            return tree;
        }
        page::precheck(&view(&precheck, self.state.lang, &self.state.ui))
    }
}

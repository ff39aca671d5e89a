//! The npm package: the runtime that a page loads.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of this package, as in its `package.json`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    String::from(env!("CARGO_PKG_VERSION"))
}

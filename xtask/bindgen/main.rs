//! `bindgen INPUT.wasm FOLDER`: writes the JavaScript and TypeScript side of a wasm module.
//!
//! This is wasm-bindgen's own library. It takes half a minute to build, so it is a program of its
//! own that `cargo xtask wasm` runs when the module has changed.

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        bail!("usage: bindgen INPUT.wasm FOLDER");
    };
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .out_name("yichuang")
        .generate(folder)
        .with_context(|| format!("wasm-bindgen could not read `{input}`"))
}

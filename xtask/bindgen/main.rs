//! `bindgen INPUT.wasm FOLDER`: writes the JavaScript and TypeScript side of a wasm module.
//!
//! This is wasm-bindgen's own library. It takes half a minute to build, so it is a program of its
//! own that `cargo xtask wasm` runs when the module has changed.

mod names;

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        bail!("usage: bindgen INPUT.wasm FOLDER");
    };
    let module = fs::read(input).with_context(|| format!("`{input}` cannot be read"))?;
    let mut output = Bindgen::new()
        .input_bytes("yichuang", module.clone())
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .out_name("yichuang")
        .generate_output()
        .with_context(|| format!("wasm-bindgen could not read `{input}`"))?;
    let renamed = names::shorten(&mut output, &digest(&module))?;
    output.emit(folder)?;
    fs::write(Path::new(folder).join("yichuang.js"), renamed)?;
    Ok(())
}

/// Enough of the SHA-256 to tell one build from another.
fn digest(module: &[u8]) -> String {
    Sha256::digest(module).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

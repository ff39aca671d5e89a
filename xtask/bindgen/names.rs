//! Short names between a module and its script: the long ones are a hundredth of what a page loads.
//!
//! The script gives its functions under the digest of the module. One that is kept from another build
//! is then refused when it is linked, instead of calling other functions under the same short names.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Output;

/// What wasm-bindgen calls the module of imports.
const IMPORTS: &str = "./yichuang_bg.js";

/// The last line of the script, and what it gives beside: the two ends of loading a module, which the
/// package does in its own way.
const EXPORTS: &str = "export { initSync, __wbg_init as default };";
const PARTS: &str =
    "export { initSync, __wbg_init as default, __wbg_get_imports as imports, __wbg_finalize_init as begin };";

/// Renames imports and exports of the module, leaves out exports that the script does not use, and gives
/// the script with the new names.
///
/// # Errors
/// When the script does not hold a name in the way in which it was looked for.
pub(crate) fn shorten(output: &mut Output, digest: &str) -> Result<String> {
    let mut script = output.js().replace(&format!("\"{IMPORTS}\""), &format!("\"{digest}\""));
    ensure!(script.contains(&format!("\"{digest}\": import0")), "the script names its imports in another way now");
    script = replace_once(&script, EXPORTS, PARTS).context("the script gives its functions in another way now")?;
    let module = output.wasm_mut();
    let mut names = short_names();
    let mut imports = BTreeMap::new();
    for import in module.imports.iter_mut() {
        ensure!(import.module == IMPORTS, "`{}` is a second module of imports", import.module);
        import.module = digest.to_owned();
        // What two types of Rust do alike is imported twice.
        let short = imports.entry(import.name.clone()).or_insert_with(|| names.next().unwrap_or_default());
        import.name.clone_from(short);
    }
    for (name, short) in imports {
        script = replace_once(&script, &format!("{name}: function"), &format!("{short}: function"))
            .with_context(|| format!("the script has no single import `{name}`"))?;
    }
    let mut unused = Vec::new();
    for (export, short) in module.exports.iter_mut().zip(short_names()) {
        let renamed = replace_property(&script, &export.name, &short);
        if renamed == script {
            unused.push(export.id());
        }
        script = renamed;
        export.name = short;
    }
    for id in unused {
        module.exports.delete(id);
    }
    Ok(script)
}

/// `a` to `z`, then `aa` to `az`, and so on.
fn short_names() -> impl Iterator<Item = String> {
    let letters = || (b'a'..=b'z').map(char::from);
    let long = letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}")));
    letters().map(String::from).chain(long)
}

fn replace_once(text: &str, from: &str, to: &str) -> Option<String> {
    (text.matches(from).count() == 1).then(|| text.replace(from, to))
}

/// Renames `wasm.NAME` where nothing of a longer name follows.
fn replace_property(text: &str, name: &str, short: &str) -> String {
    let long = format!("wasm.{name}");
    let mut parts = text.split(&long);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = part.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        renamed.push_str("wasm.");
        renamed.push_str(if goes_on { name } else { short });
        renamed.push_str(part);
    }
    renamed
}

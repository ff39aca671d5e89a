//! From a compiled module to what a page loads: wasm-bindgen → wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Edition;
use super::compile::compile;
use crate::folders::{Folders, files_below};
use crate::run::{self, build_programs};
use crate::stamp::{stamp, when_changed};

/// A call costs fewer bytes after brotli than a body in the midst of another one, so nothing more is
/// inlined than rustc did, and functions of one kind stand side by side. `-Oz` finds more in code that
/// was taken apart first, and more again the second time. The first kilobyte of memory is the far end
/// of the stack, which recursion of bounded depth does not reach. The features are those that rustc
/// uses and every browser of today has.
const WASM_OPT: [&str; 17] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
    "--strip-debug",
    "--strip-producers",
];

/// The module of one edition, beside its script, `yichuang.js`.
#[derive(Debug)]
pub(super) struct Module {
    /// The folder of both.
    pub(super) folder: PathBuf,
}

impl Module {
    pub(super) fn wasm(&self) -> PathBuf {
        self.folder.join("yichuang.wasm")
    }

    pub(super) fn script(&self) -> PathBuf {
        self.folder.join("yichuang.js")
    }
}

/// Makes the module of an edition; what follows the compiler is left out when that made the same.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a step fails.
pub(super) fn make(folders: &Folders, edition: &Edition) -> Result<Module> {
    let kept = folders.target().join("npm-modules");
    fs::create_dir_all(&kept)?;
    // Cargo gives all editions one place, so each is copied before the next is compiled.
    let compiled = kept.join(format!("{}.wasm", edition.name));
    fs::copy(compile(folders, "yichuang-wasm", edition.features, "wasm")?, &compiled)?;
    let module = Module { folder: kept.join(edition.name) };
    let inputs = inputs(folders, &compiled)?;
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let record = kept.join(format!("{}.stamp", edition.name));
    when_changed(&record, &stamp(&inputs), &[&module.wasm(), &module.script()], || {
        bind(folders, &compiled, &module.folder)?;
        optimise(folders, &module)
    })?;
    Ok(module)
}

/// The bytes of the compiled module, the tools and their options.
fn inputs(folders: &Folders, compiled: &Path) -> Result<Vec<Vec<u8>>> {
    let mut inputs = vec![fs::read(compiled)?, WASM_OPT.join(" ").into_bytes()];
    let bindgen = folders.root.join("xtask/bindgen");
    for name in files_below(&bindgen)? {
        inputs.push(fs::read(bindgen.join(name))?);
    }
    inputs.push(fs::read(folders.browser_tests().join("package-lock.json"))?);
    Ok(inputs)
}

/// Runs wasm-bindgen; it is a program of its own because it takes half a minute to build.
pub(crate) fn bind(folders: &Folders, module: &Path, output: &Path) -> Result<()> {
    let cache = folders.cache.join("bindgen");
    let cache = cache.to_str().context("the path of the cache is not UTF-8")?;
    let arguments = ["-p", "xtask", "--features", "bindgen", "--bin", "bindgen"];
    let arguments: Vec<&str> = arguments.into_iter().chain(["--target-dir", cache]).collect();
    let programs = build_programs(folders, &arguments)?;
    let bindgen = programs.get("bindgen").context("cargo did not build wasm-bindgen")?;
    run::run(Command::new(bindgen).arg(module).arg(output))
}

/// Shrinks `yichuang_bg.wasm` into `yichuang.wasm`.
fn optimise(folders: &Folders, module: &Module) -> Result<()> {
    let raw = module.folder.join("yichuang_bg.wasm");
    let wasm_opt = folders.browser_tests().join("node_modules/.bin/wasm-opt");
    run::run(Command::new(wasm_opt).args(WASM_OPT).arg(&raw).arg("-o").arg(module.wasm()))?;
    Ok(fs::remove_file(raw)?)
}

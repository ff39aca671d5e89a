//! `cargo xtask wasm`: clients/wasm → cargo → wasm-bindgen → wasm-opt → the npm package.

mod compile;
mod module;
mod package;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::folders::Folders;
use crate::install;
use crate::run::read;

pub(crate) use self::compile::compile;
pub(crate) use self::module::bind;

/// A module with its script: one for pages, one with all the engine can do.
#[derive(Debug)]
struct Edition {
    /// In messages; its script is `glue/<name>.js` for those of the package.
    name: &'static str,
    /// Where its `yichuang.wasm` stands in the package.
    folder: &'static str,
    features: &'static str,
    /// What is loaded for it, in the package.
    loads: &'static [&'static str],
    /// The most that the module, which is loaded first, may be, in bytes after brotli 11.
    limit: u64,
}

/// What every page loads before it can decide; and the module that is loaded instead for packs that
/// need more, and for explanations.
const EDITIONS: [Edition; 2] = [
    Edition {
        name: "page",
        folder: "",
        features: "",
        loads: &["yichuang.wasm", "runtime.js", "elements.js"],
        limit: 120_000,
    },
    Edition {
        name: "full",
        folder: "full",
        features: "full",
        loads: &["full/yichuang.wasm", "runtime-full.js"],
        limit: 200_000,
    },
];

/// Prints each file name with its size as it is and after brotli 11.
const MEASURE: &str = "
const { brotliCompressSync, constants } = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = require('node:fs').readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  console.log(brotliCompressSync(bytes, { params }).length, bytes.length);
}";

pub(crate) fn run(folders: &Folders) -> Result<ExitCode> {
    build(folders)?;
    check_size(folders)?;
    println!("{}", folders.npm_tarball().display());
    Ok(ExitCode::SUCCESS)
}

/// Makes the npm package; each stage is left out when what it is made from is unchanged.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a step fails.
pub(crate) fn build(folders: &Folders) -> Result<()> {
    install::npm(folders)?;
    let modules = EDITIONS.iter().map(|edition| module::make(folders, edition)).collect::<Result<Vec<_>>>()?;
    package::make(folders, &modules)
}

/// Prints what is loaded of each edition, and compares it with the limit.
///
/// # Errors
/// When one is larger.
pub(crate) fn check_size(folders: &Folders) -> Result<()> {
    let package = folders.npm_package();
    for Edition { name, loads, limit, .. } in EDITIONS {
        let mut node = Command::new("node");
        node.current_dir(&package).args(["-e", MEASURE, "--"]).args(loads);
        let mut sizes = Vec::new();
        for (file, line) in loads.iter().zip(read(&mut node)?.lines()) {
            let (brotli, plain) = line.split_once(' ').context("node printed no sizes")?;
            sizes.push(brotli.parse::<u64>()?);
            println!("{file:<24} {brotli:>8} bytes brotli, {plain:>8} bytes");
        }
        let (module, total) = (sizes.first().copied().unwrap_or_default(), sizes.iter().sum::<u64>());
        println!("{name:<24} {total:>8} bytes brotli, of which the module may be {limit}");
        ensure!(module <= limit, "the module of the {name} edition is {module} bytes, more than {limit}");
    }
    Ok(())
}

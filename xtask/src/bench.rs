//! `cargo xtask bench`: what a decision costs beside straight-line code of the same rules, natively
//! and in WebAssembly; with `--pages`, what a change costs in a long form beside survey-core. Times of
//! one run are set into relation; by themselves they say little.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::folders::Folders;
use crate::run::{self, cargo};
use crate::{install, site, wasm};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Keeps Criterion's own statistics short; the ratios are measured all the same
    #[arg(long)]
    quick: bool,
    /// Measures pages in Chromium instead: a change in a form of 5,000 fields and in a table of 1,000 rows
    #[arg(long, conflicts_with = "quick")]
    pages: bool,
}

/// A ratio of two times, and what it should be at most.
struct Ratio {
    what: &'static str,
    of: &'static str,
    to: &'static str,
    aim: Option<f64>,
}

const fn ratio(what: &'static str, of: &'static str, to: &'static str, aim: Option<f64>) -> Ratio {
    Ratio { what, of, to, aim }
}

/// The names are those of `bench/benches/native.rs`.
const NATIVE: [Ratio; 14] = [
    ratio("S one evaluation", "s/run", "s/straight", None),
    ratio("M one evaluation", "m/run", "m/straight", Some(3.0)),
    ratio("L one evaluation", "l/run", "l/straight", Some(1.6)),
    ratio("S decide", "s/decide", "s/straight", None),
    ratio("M decide", "m/decide", "m/straight", None),
    ratio("L decide", "l/decide", "l/straight", None),
    ratio("S decide_many", "s/many", "s/straight_many", Some(0.5)),
    ratio("M decide_many", "m/many", "m/straight_many", Some(0.5)),
    ratio("L decide_many", "l/many", "l/straight_many", Some(0.5)),
    ratio("S JSON in and out", "s/json", "s/json_straight", Some(2.0)),
    ratio("M JSON in and out", "m/json", "m/json_straight", Some(2.0)),
    ratio("L JSON in and out", "l/json", "l/json_straight", Some(2.0)),
    ratio("L load, to the digest of the file", "files/load", "files/load_digest", None),
    ratio("L compile, to YAML alone", "files/compile", "files/events", None),
];

/// The names are those of `bench/wasm/measure.mjs`.
const WASM: [Ratio; 7] = [
    ratio("S one evaluation", "s/run", "s/straight", None),
    ratio("M one evaluation", "m/run", "m/straight", Some(4.0)),
    ratio("L one evaluation", "l/run", "l/straight", Some(2.0)),
    ratio("S decide", "s/decide", "s/straight", None),
    ratio("M decide", "m/decide", "m/straight", None),
    ratio("L decide", "l/decide", "l/straight", None),
    ratio("M one answer set, changes read", "m/set", "m/run", Some(4.0)),
];

type Times = BTreeMap<String, f64>;

pub(crate) fn run(folders: &Folders, options: Options) -> Result<ExitCode> {
    if options.pages {
        return pages(folders);
    }
    let folder = folders.target().join("bench");
    let times = native(folders, &folder, options.quick)?;
    println!();
    print("native", &times, &NATIVE);
    let loading = |name: &str| times.get(name).copied().unwrap_or(f64::NAN) / 1e6;
    println!(
        "{:<36} {:>8.2} ms, compiled in {:.0} ms",
        "L pack loaded in",
        loading("files/load"),
        loading("files/compile")
    );
    print("wasm", &in_node(folders, &folder)?, &WASM);
    Ok(ExitCode::SUCCESS)
}

/// Runs on the same site as the browser tests.
fn pages(folders: &Folders) -> Result<ExitCode> {
    install::npm(folders)?;
    install::bench_pages(folders)?;
    let browser = install::browser()?;
    wasm::build(folders)?;
    site::assemble(folders)?;
    let programs = run::build_programs(folders, &["-p", "yichuang-server", "--bins"])?;
    let server = programs.get("yichuang-server").context("cargo did not build the server")?;
    let mut node = Command::new("node");
    node.arg(folders.bench_pages().join("measure.mjs"))
        .env("YICHUANG_SERVER", server)
        .env("YICHUANG_SITE_DIR", folders.site())
        .env("YICHUANG_CHROMIUM", browser);
    run::run(&mut node)?;
    Ok(ExitCode::SUCCESS)
}

fn native(folders: &Folders, folder: &Path, quick: bool) -> Result<Times> {
    let mut command = cargo(folders);
    command
        .args(["bench", "--package", "yichuang-bench", "--features", "measure", "--bench", "native", "--", "--noplot"])
        .args(quick.then_some("--quick"))
        .env("CRITERION_HOME", folder.join("criterion"))
        .env("YICHUANG_BENCH_DIR", folder);
    fs::create_dir_all(folder)?;
    run::run(&mut command)?;
    let file = folder.join("native.json");
    let text = fs::read_to_string(&file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

fn in_node(folders: &Folders, folder: &Path) -> Result<Times> {
    let module = wasm::compile(folders, "yichuang-bench-wasm", "", "bench")?;
    wasm::bind(folders, &module, folder)?;
    let mut node = Command::new("node");
    node.arg(folders.root.join("bench/wasm/measure.mjs")).arg(folder);
    Ok(serde_json::from_str(&run::read(&mut node)?)?)
}

fn print(title: &str, times: &Times, ratios: &[Ratio]) {
    println!("{title:<36} {:>8} {:>8}", "ratio", "aim");
    for Ratio { what, of, to, aim } in ratios {
        let time = |name: &str| times.get(name).copied().unwrap_or(f64::NAN);
        let aim = aim.map_or_else(String::new, |aim| format!("{aim:.1}"));
        println!("{what:<36} {:>8.2} {aim:>8}", time(of) / time(to));
    }
}

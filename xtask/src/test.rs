//! `cargo xtask test`: sets everything up, runs every check, and closes with one line of counts.

mod report;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::count::{self, Tally};
use crate::folders::Folders;
use crate::run::{self, build_programs, cargo, show_and_keep};
use crate::test::report::Report;
use crate::{install, paper, site, tidy, wasm};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Runs this group only; may be given more than once
    #[arg(long, value_enum)]
    only: Vec<Group>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Group {
    /// The formatting of the Rust code
    Fmt,
    /// Clippy, without warnings
    Clippy,
    /// Unit and documentation tests
    Unit,
    /// The shared corpus against native, command line, server and wasm
    Corpus,
    /// The npm package and its size
    Wasm,
    /// The npm package as it is installed; the pages and the examples in a headless browser
    Browser,
    /// Printed sheets, looked at through poppler; runs only where it is named, as typst takes long to build
    Paper,
    /// What neither the compiler nor clippy sees
    Tidy,
}

pub(crate) fn run(folders: &Folders, options: &Options) -> Result<ExitCode> {
    let is_chosen = |group| options.only.is_empty() || options.only.contains(&group);
    let any_chosen = |groups: &[Group]| groups.iter().any(|&group| is_chosen(group));
    let browser = set_up(folders, &is_chosen)?;

    let mut report = Report::default();
    if is_chosen(Group::Fmt) {
        report.check("fmt", || run::run(cargo(folders).args(["fmt", "--all", "--check"])));
    }
    if is_chosen(Group::Clippy) {
        report.check("clippy", || run::run(&mut clippy(folders)));
    }
    if any_chosen(&[Group::Wasm, Group::Corpus, Group::Browser]) {
        report.check("wasm and its size", || {
            wasm::build(folders)?;
            wasm::check_size(folders)
        });
    }
    let mut built = Built::default();
    if any_chosen(&[Group::Corpus, Group::Browser]) {
        report.need("programs", || {
            built.programs = build_programs(folders, &["--workspace", "--bins"])?;
            Ok(())
        });
        if report.all_passed(&["wasm and its size"]) {
            built.package = Some(folders.npm_package());
        }
    }
    if let Some((name, arguments)) = cargo_tests(is_chosen(Group::Unit), is_chosen(Group::Corpus)) {
        report.count(name, || cargo_test(folders, arguments, &built));
    }
    if is_chosen(Group::Browser) {
        if report.all_passed(&["wasm and its size", "programs"]) {
            report.count("browser", || browser_tests(folders, &built, browser.as_deref()));
        } else {
            report.skip("browser", "what it tests could not be built");
        }
    }
    if options.only.contains(&Group::Paper) {
        paper_tests(folders, &mut report);
    } else if options.only.is_empty() {
        report.skip("paper", "typst takes long to build: `cargo xtask test --only paper` runs it");
    }
    if is_chosen(Group::Tidy) {
        report.check("tidy", || tidy::check(folders));
    }
    Ok(report.close())
}

/// What is missing for printed sheets is said there, and keeps no other group from running.
fn paper_tests(folders: &Folders, report: &mut Report) {
    let mut fonts = None;
    report.need("fonts and poppler", || {
        fonts = Some(paper::set_up(folders)?);
        Ok(())
    });
    report.check("paper: clippy", || paper::check(folders));
    match fonts {
        Some(fonts) => report.count("paper", || paper::test(folders, &fonts)),
        None => report.skip("paper", "what it needs could not be installed"),
    }
}

/// What the tests of whole programs are pointed at.
#[derive(Default)]
struct Built {
    programs: BTreeMap<String, PathBuf>,
    package: Option<PathBuf>,
}

impl Built {
    /// Tells a test runner where the programs and the npm package are.
    fn tell(&self, command: &mut Command) {
        if let Some(folder) = self.programs.values().find_map(|program| program.parent()) {
            command.env("YICHUANG_BIN_DIR", folder);
        }
        if let Some(package) = &self.package {
            command.env("YICHUANG_WASM_DIR", package);
        }
    }
}

/// Installs all that the chosen groups need, before the first of them runs.
fn set_up(folders: &Folders, is_chosen: &dyn Fn(Group) -> bool) -> Result<Option<PathBuf>> {
    if [Group::Fmt, Group::Clippy].into_iter().any(is_chosen) {
        install::cargo_components(folders)?;
    }
    if is_chosen(Group::Browser) {
        install::npm(folders)?;
        install::examples(folders)?;
        return Ok(Some(install::browser()?));
    }
    Ok(None)
}

fn clippy(folders: &Folders) -> Command {
    let mut command = cargo(folders);
    command.args(["clippy", "--workspace", "--all-targets", "--features", FULL, "--", "-D", "warnings"]);
    command
}

/// What the full module has is checked and tested with the rest.
const FULL: &str = "yichuang-wasm/full";

/// Both groups are one run of cargo where both are chosen: together they share what is compiled.
fn cargo_tests(unit: bool, corpus: bool) -> Option<(&'static str, &'static [&'static str])> {
    match (unit, corpus) {
        (true, true) => Some(("unit and corpus", &["--workspace", "--features", FULL])),
        (true, false) => Some(("unit", &["--workspace", "--exclude", "yichuang-tests", "--features", FULL])),
        (false, true) => Some(("corpus", &["--package", "yichuang-tests"])),
        (false, false) => None,
    }
}

fn cargo_test(folders: &Folders, arguments: &[&str], built: &Built) -> Result<Tally> {
    let mut command = cargo(folders);
    command.args(["test", "--no-fail-fast"]).args(arguments);
    built.tell(&mut command);
    let (status, output) = show_and_keep(&mut command)?;
    Ok(count::libtest(&output).with_exit(status.success()))
}

/// Runs node's test runner: in words on the terminal, in TAP into a file that is counted.
fn browser_tests(folders: &Folders, built: &Built, browser: Option<&Path>) -> Result<Tally> {
    site::assemble(folders)?;
    let tap = folders.target().join("browser.tap");
    let mut command = Command::new("node");
    command
        .current_dir(folders.browser_tests())
        .args(["--test", "--test-timeout=300000", "--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", tap.display()))
        .args(test_files(&folders.browser_tests())?)
        .env("YICHUANG_SITE_DIR", folders.site())
        .envs(browser.map(|browser| ("YICHUANG_CHROMIUM", browser)));
    built.tell(&mut command);
    if tap.exists() {
        fs::remove_file(&tap)?;
    }
    let (status, _) = show_and_keep(&mut command)?;
    let output = fs::read_to_string(&tap).context("node wrote no report")?;
    Ok(count::tap(&output).with_exit(status.success()))
}

/// The files by name: what node makes of a folder differs between its versions.
fn test_files(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_cargo_tests_leaves_out_what_was_not_chosen() {
        let arguments = |unit, corpus| cargo_tests(unit, corpus).map(|(_, arguments)| arguments);
        assert_eq!(arguments(true, true), Some(&["--workspace", "--features", FULL] as &[_]));
        assert_eq!(
            arguments(true, false),
            Some(&["--workspace", "--exclude", "yichuang-tests", "--features", FULL] as &[_])
        );
        assert_eq!(arguments(false, true), Some(&["--package", "yichuang-tests"] as &[_]));
        assert_eq!(arguments(false, false), None);
    }
}

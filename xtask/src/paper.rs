//! `cargo xtask paper`: builds `yichuang-paper` and runs it. Typst is heavy, so the crate is a workspace of
//! its own, and what is built of it stays in the cache beside all source trees.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::count::{self, Tally};
use crate::folders::Folders;
use crate::run::{cargo, run, show_and_keep};
use crate::{fonts, install};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// What `yichuang-paper` is given: `rules/packs/putian/nine-in-one --form F-10 --blank -o f10.pdf`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run_program(folders: &Folders, options: &Options) -> Result<ExitCode> {
    let fonts = fonts::folder(folders)?;
    let mut command = paper_cargo(folders, "run");
    command.arg("--quiet").arg("--").args(&options.arguments).env("YICHUANG_FONTS", fonts);
    // The program has said itself what was wrong.
    let status = command.status()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Installs what the tests look at pages with, and gives the folder of the fonts.
///
/// # Errors
/// When something is missing and cannot be installed.
pub(crate) fn set_up(folders: &Folders) -> Result<PathBuf> {
    install::poppler()?;
    fonts::folder(folders)
}

/// # Errors
/// When the code is not formatted, or clippy has something to say.
pub(crate) fn check(folders: &Folders) -> Result<()> {
    run(cargo(folders).args(["fmt", "--check", "--manifest-path"]).arg(manifest(folders)))?;
    run(paper_cargo(folders, "clippy").args(["--all-targets", "--", "-D", "warnings"]))
}

/// # Errors
/// When cargo cannot be started.
pub(crate) fn test(folders: &Folders, fonts: &Path) -> Result<Tally> {
    let mut command = paper_cargo(folders, "test");
    command.arg("--no-fail-fast").env("YICHUANG_FONTS", fonts);
    let (status, output) = show_and_keep(&mut command)?;
    Ok(count::libtest(&output).with_exit(status.success()))
}

fn paper_cargo(folders: &Folders, verb: &str) -> Command {
    let mut command = cargo(folders);
    command.args([verb, "--manifest-path"]).arg(manifest(folders));
    command.env("CARGO_TARGET_DIR", folders.cache.join("paper"));
    command
}

fn manifest(folders: &Folders) -> PathBuf {
    folders.root.join("clients/paper/Cargo.toml")
}

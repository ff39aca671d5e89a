//! Installing what is missing, or saying in one sentence what the person must run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::folders::Folders;
use crate::run::{cargo, find_program, read, run};
use crate::stamp::{stamp, when_changed};

/// Debian's compiler with the sources of `std`, for machines that no rustup server is reached from.
pub(crate) const BUILD_STD_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

const FONT_PACKAGE: &str = "fonts-noto-cjk";
const OLDEST_NODE: u32 = 20;

/// Installs Debian packages, as root or through a `sudo` that asks for no password.
///
/// # Errors
/// When they can be installed in neither way: the sentence names the command to run.
pub(crate) fn debian(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    if find_program("apt-get").is_none() {
        bail!("this system has no apt-get: install these by its own means: {names}");
    }
    let Some(prefix) = become_root() else {
        bail!(
            "only root can install what is missing; run this, then try again: sudo apt-get update \
             && sudo apt-get install -y --no-install-recommends {names}"
        );
    };
    run(&mut apt_get(prefix, &["update"]))?;
    let install = ["install", "-y", "--no-install-recommends", "--no-remove"];
    run(apt_get(prefix, &install).args(packages))
}

/// Fetches the lists of Debian's packages anew.
///
/// # Errors
/// When there is no apt-get, or only root could do it.
pub(crate) fn update_debian() -> Result<()> {
    let prefix = become_root().context("only root can run `apt-get update`")?;
    run(&mut apt_get(prefix, &["update"]))
}

/// Installs what draws PDF and reads their text, where it is missing.
///
/// # Errors
/// When it is missing and cannot be installed.
pub(crate) fn poppler() -> Result<()> {
    let has_all = ["pdftotext", "pdftoppm", "pdfinfo", "pdffonts"].into_iter().all(|name| find_program(name).is_some());
    if has_all { Ok(()) } else { debian(&["poppler-utils"]) }
}

/// Whether all of these Debian packages are installed.
pub(crate) fn has_debian(packages: &[&str]) -> bool {
    packages.iter().all(|package| {
        read(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
            .is_ok_and(|status| status == "installed")
    })
}

/// Installs a browser and Chinese fonts where they are missing, and gives the browser's place.
///
/// # Errors
/// When they are missing and cannot be installed.
pub(crate) fn browser() -> Result<PathBuf> {
    let mut missing = Vec::new();
    if find_browser().is_none() {
        // There it is a stub that asks for a snap, which root cannot rely on in a container.
        ensure!(
            !is_ubuntu(),
            "no Chromium was found, and Ubuntu has it as a snap only; run `sudo snap install \
             chromium`, or set YICHUANG_CHROMIUM to the place of another Chromium or Chrome"
        );
        missing.push("chromium");
    }
    if !has_chinese_font() {
        missing.push(FONT_PACKAGE);
    }
    debian(&missing)?;
    find_browser().context("chromium was installed, but it is not in PATH")
}

/// Installs the npm packages of the browser tests, among them `wasm-opt`, unless they are there.
///
/// # Errors
/// When Node is missing or too old, or `npm ci` fails.
pub(crate) fn npm(folders: &Folders) -> Result<()> {
    let version = read(Command::new("node").arg("--version")).unwrap_or_default();
    let major = major_version(&version);
    if major.is_none_or(|major| major < OLDEST_NODE) || find_program("npm").is_none() {
        bail!("Node {OLDEST_NODE} or later with npm is needed: install it from nodejs.org");
    }
    npm_packages(&folders.browser_tests())
}

/// Installs the frameworks and bundlers of the examples, unless they are there.
///
/// # Errors
/// When `npm ci` fails.
pub(crate) fn examples(folders: &Folders) -> Result<()> {
    npm_packages(&folders.examples())
}

/// Installs what pages are measured beside, unless it is there.
///
/// # Errors
/// When `npm ci` fails.
pub(crate) fn bench_pages(folders: &Folders) -> Result<()> {
    npm_packages(&folders.bench_pages())
}

/// Installs what the lock file of a folder names; that of an unchanged lock file is there already.
fn npm_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let locked = fs::read(&lock).with_context(|| format!("`{}` is missing", lock.display()))?;
    let modules = folder.join("node_modules");
    let record = modules.join(".yichuang-stamp");
    when_changed(&record, &stamp(&[&locked]), &[&modules], || {
        let mut command = Command::new("npm");
        command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        run(command.current_dir(folder))
    })
}

/// Installs `cargo fmt` and `cargo clippy` where rustup left them out.
///
/// # Errors
/// When rustup cannot install them.
pub(crate) fn cargo_components(folders: &Folders) -> Result<()> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if read(cargo(folders).args([command, "--version"])).is_err() {
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// What stands before a command that root must run; nothing where neither way is open.
fn become_root() -> Option<&'static [&'static str]> {
    let is_root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root {
        return Some(&[]);
    }
    let has_sudo = read(Command::new("sudo").args(["-n", "true"])).is_ok();
    has_sudo.then_some(&["sudo", "-n"])
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> Command {
    let mut words = prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().copied().unwrap_or("env"));
    command.args(words).args(arguments);
    command
}

fn find_browser() -> Option<PathBuf> {
    env::var_os("YICHUANG_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find_program))
}

fn has_chinese_font() -> bool {
    has_debian(&[FONT_PACKAGE]) || read(Command::new("fc-list").arg(":lang=zh-cn")).is_ok_and(|fonts| !fonts.is_empty())
}

fn is_ubuntu() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=ubuntu")
}

fn major_version(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major_version("v20.20.2\n"), Some(20));
        assert_eq!(major_version(""), None);
    }

    #[test]
    fn apt_get_runs_as_root_or_through_sudo() {
        let words = |command: Command| format!("{command:?}").replace('"', "");
        assert_eq!(words(apt_get(&[], &["update"])), "env DEBIAN_FRONTEND=noninteractive apt-get update");
        assert_eq!(
            words(apt_get(&["sudo", "-n"], &["update"])),
            "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update"
        );
    }
}

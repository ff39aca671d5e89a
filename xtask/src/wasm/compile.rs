//! The module of an edition as the compiler makes it, with the first compiler that can.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::folders::Folders;
use crate::install::{self, BUILD_STD_PACKAGES};
use crate::run::{self, built_files, cargo, find_program, read};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles a package with the first compiler that can, and gives the module's place.
pub(crate) fn compile(folders: &Folders, package: &str, features: &str, profile: &str) -> Result<PathBuf> {
    let mut command = if find_compiler()? == Compiler::BuildStd {
        build_std_cargo(folders)
    } else {
        let mut command = cargo(folders);
        command.arg("build").arg("--target-dir").arg(folders.cache.join("wasm"));
        command
    };
    command.args(["-p", package, "--lib", "--features", features, "--profile", profile, "--target", TARGET]);
    command.arg("--message-format=json-render-diagnostics");
    let module = format!("{}.wasm", package.replace('-', "_"));
    built_files(&mut command)?
        .into_iter()
        .map(|file| file.path)
        .find(|path| path.file_name().is_some_and(|name| name == module.as_str()))
        .context("cargo did not say where the WebAssembly module is")
}

#[derive(Debug, PartialEq)]
enum Compiler {
    /// The compiler of the whole project, with its own `std` for the target.
    Ordinary,
    /// Debian's compiler, which builds `std` from its sources.
    BuildStd,
}

/// A compiler that is there already goes first, so that nothing is asked of the network twice.
fn find_compiler() -> Result<Compiler> {
    if has_target() {
        return Ok(Compiler::Ordinary);
    }
    if install::has_debian(&BUILD_STD_PACKAGES) {
        return Ok(Compiler::BuildStd);
    }
    if find_program("rustup").is_some() && run::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() {
        return Ok(Compiler::Ordinary);
    }
    install::debian(&BUILD_STD_PACKAGES).with_context(|| format!("`rustup target add {TARGET}` does not work here"))?;
    Ok(Compiler::BuildStd)
}

fn has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    read(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Debian's own cargo and rustc by their full names, or rustup's would be taken.
fn build_std_cargo(folders: &Folders) -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command
        .current_dir(&folders.root)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22")
        // Set by the cargo that started this program, for its own compiler.
        .env_remove("LD_LIBRARY_PATH")
        .args(["build", "-Z", "build-std=std,panic_abort"])
        .arg("--target-dir")
        .arg(folders.cache.join("wasm-build-std"));
    command
}

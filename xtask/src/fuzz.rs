//! `cargo xtask fuzz`: runs every fuzz target for some seconds, from the seeds of the repository.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use crate::folders::Folders;
use crate::run::{cargo, run};

const TARGETS: [&str; 4] = ["yaml", "expression", "pack", "decide"];

/// Safe Rust needs no address sanitizer; what libFuzzer needs of the compiler is not stable yet.
const FUZZ: [&str; 5] = ["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"];

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How long each target runs, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Run this target only: yaml, expression, pack or decide
    #[arg(long)]
    only: Option<String>,
}

pub(crate) fn run_targets(folders: &Folders, options: &Options) -> Result<ExitCode> {
    let chosen: Vec<&str> =
        TARGETS.into_iter().filter(|target| options.only.as_deref().is_none_or(|only| only == *target)).collect();
    ensure!(!chosen.is_empty(), "there is no such target; there are {}", TARGETS.join(", "));
    install(folders)?;
    let home = folders.root.join("fuzz");
    let seeds = folders.cache.join("fuzz/seeds");
    run(cargo(folders)
        .args(["run", "--release", "--bin", "seeds", "--manifest-path"])
        .arg(home.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folders.cache.join("fuzz/target"))
        .arg("--")
        .arg(&seeds))?;
    for target in &chosen {
        let found = folders.cache.join("fuzz/corpus").join(target);
        fs::create_dir_all(&found)?;
        run(fuzz_command(folders)
            .args(FUZZ)
            .arg(&home)
            .arg("--target-dir")
            .arg(folders.cache.join("fuzz/target"))
            .arg(target)
            .arg(&found)
            .arg(seeds.join(target))
            .arg("--")
            .arg(format!("-max_total_time={}", options.seconds))
            .args(["-timeout=25", "-rss_limit_mb=4096", "-print_final_stats=1"]))?;
    }
    println!("{} passed, 0 failed", chosen.len());
    Ok(ExitCode::SUCCESS)
}

fn fuzz_command(folders: &Folders) -> Command {
    let mut command = cargo(folders);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let own = bin(folders);
    let paths = std::iter::once(own).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(paths) {
        command.env("PATH", path);
    }
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}

/// Where `cargo-fuzz` is installed for this project alone.
fn bin(folders: &Folders) -> PathBuf {
    folders.cache.join("cargo-fuzz/bin")
}

fn install(folders: &Folders) -> Result<()> {
    if bin(folders).join("cargo-fuzz").is_file() {
        return Ok(());
    }
    run(cargo(folders).args(["install", "cargo-fuzz", "--locked", "--root"]).arg(folders.cache.join("cargo-fuzz")))
}

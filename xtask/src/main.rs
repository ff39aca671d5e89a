//! `cargo xtask COMMAND`: everything that is done with the source tree besides `cargo build`.
//!
//! One file holds one command. `folders`, `fonts`, `run`, `install`, `stamp` and `count` are what the
//! commands share.

mod bench;
mod demo;
mod fuzz;
mod paper;
mod site;
mod test;
mod tidy;
mod wasm;

mod count;
mod folders;
mod fonts;
mod install;
mod run;
mod stamp;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::folders::Folders;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Builds, tests and shows Yichuang")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Installs what is missing, builds everything and serves the web site on this machine
    Demo(demo::Options),
    /// Installs what is missing and runs every check and test
    Test(test::Options),
    /// Runs the fuzz targets, each for a minute, from the seeds of the repository
    Fuzz(fuzz::Options),
    /// Builds `yichuang-paper` and runs it: forms as PDF
    Paper(paper::Options),
    /// Builds the npm package in `target/npm` and prints its size
    Wasm,
    /// Measures decisions beside straight-line code of the same rules, natively and in WebAssembly
    Bench(bench::Options),
    /// Checks what neither the compiler nor clippy sees: file sizes, complete item folders, ...
    Tidy,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = Folders::find().and_then(|folders| match arguments.command {
        Command::Demo(options) => demo::run(&folders, options),
        Command::Test(options) => test::run(&folders, &options),
        Command::Fuzz(options) => fuzz::run_targets(&folders, &options),
        Command::Paper(options) => paper::run_program(&folders, &options),
        Command::Wasm => wasm::run(&folders),
        Command::Bench(options) => bench::run(&folders, options),
        Command::Tidy => tidy::run(&folders),
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

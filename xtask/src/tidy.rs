//! `cargo xtask tidy`: checks of the source tree that neither the compiler nor clippy makes.

mod rules;

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use crate::folders::Folders;
use crate::run::read;

pub(crate) fn run(folders: &Folders) -> Result<ExitCode> {
    check(folders)?;
    println!("the source tree is tidy");
    Ok(ExitCode::SUCCESS)
}

/// Prints each finding with its file and line.
///
/// # Errors
/// When there is any, or git cannot list the files.
pub(crate) fn check(folders: &Folders) -> Result<()> {
    let findings = rules::findings(&read_tree(folders)?);
    for Finding { path, line, message } in &findings {
        println!("{path}:{line}: {message}");
    }
    ensure!(findings.is_empty(), "tidy found {} place(s) to mend", findings.len());
    Ok(())
}

/// A file that is in git, or would be with the next `git add`.
#[derive(Debug)]
struct File {
    /// Its path below the root, with `/`.
    path: String,
    /// Its content; empty where it is not text.
    text: String,
}

/// A place to mend.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    message: String,
}

fn read_tree(folders: &Folders) -> Result<Vec<File>> {
    let mut git = Command::new("git");
    git.current_dir(&folders.root);
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let list = read(&mut git)?;
    let names = list.split('\0').filter(|name| !name.is_empty());
    // A file that is deleted but not yet committed so is still listed.
    let present = names.filter(|name| folders.root.join(name).is_file());
    Ok(present
        .map(|name| File {
            path: name.to_owned(),
            text: fs::read_to_string(folders.root.join(name)).unwrap_or_default(),
        })
        .collect())
}

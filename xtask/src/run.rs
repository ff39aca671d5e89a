//! Running other programs: each is announced before it starts.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use crate::folders::Folders;

/// Runs a program to its end; its output goes to the terminal.
///
/// # Errors
/// When it cannot be started or does not end with status 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| cannot_start(command))?;
    check(command, status)
}

/// Runs a program to its end and gives back what it printed; nothing is announced or shown.
///
/// # Errors
/// When it cannot be started or does not end with status 0.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().with_context(|| cannot_start(command))?;
    check(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program to its end, shows what it prints and gives it back beside its exit status.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub(crate) fn show_and_keep(command: &mut Command) -> Result<(ExitStatus, String)> {
    announce(command);
    keep(command, |line| println!("{line}"))
}

/// The programs that `cargo build` makes with these arguments, by name.
///
/// Cargo itself says where they are, so they are the ones that were just built.
///
/// # Errors
/// When the build fails.
pub(crate) fn build_programs(folders: &Folders, arguments: &[&str]) -> Result<BTreeMap<String, PathBuf>> {
    let mut command = cargo(folders);
    command.arg("build").args(arguments);
    command.arg("--message-format=json-render-diagnostics");
    Ok(built_files(&mut command)?
        .into_iter()
        .filter(|file| file.executable)
        .map(|file| (file.target, file.path))
        .collect())
}

/// A file that cargo made.
#[derive(Debug, PartialEq)]
pub(crate) struct BuiltFile {
    /// The name of the target it was made from.
    pub(crate) target: String,
    pub(crate) path: PathBuf,
    pub(crate) executable: bool,
}

/// Runs a cargo command that has a JSON message format, and says what it built.
///
/// # Errors
/// When the build fails.
pub(crate) fn built_files(command: &mut Command) -> Result<Vec<BuiltFile>> {
    announce(command);
    let (status, messages) = keep(command, |_| {})?;
    check(command, status)?;
    Ok(messages.lines().flat_map(files_of_message).collect())
}

/// `cargo`, run at the root of the source tree.
///
/// In CI every run has a fresh clone, so what is built goes to the cache instead of `target`.
pub(crate) fn cargo(folders: &Folders) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&folders.root);
    if env::var_os("CI").is_some() && env::var_os("CARGO_TARGET_DIR").is_none() {
        command.env("CARGO_TARGET_DIR", folders.cache.join("target"));
    }
    command
}

/// The place of a program in `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn keep(command: &mut Command, each_line: impl Fn(&str)) -> Result<(ExitStatus, String)> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
    let stdout = child.stdout.take().context("the output is not a pipe")?;
    let mut kept = String::new();
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line.with_context(|| format!("the output of {} broke off", words(command)))?;
        let line = String::from_utf8_lossy(&line);
        each_line(&line);
        kept.push_str(&line);
        kept.push('\n');
    }
    Ok((child.wait()?, kept))
}

fn files_of_message(line: &str) -> Vec<BuiltFile> {
    let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else {
        return Vec::new();
    };
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let Some(target) = message.pointer("/target/name").and_then(text) else {
        return Vec::new();
    };
    let executable = message.get("executable").and_then(text);
    let files = message.get("filenames").and_then(|files| files.as_array());
    files
        .into_iter()
        .flatten()
        .filter_map(text)
        .map(|path| BuiltFile {
            target: target.clone(),
            executable: executable.as_ref() == Some(&path),
            path: path.into(),
        })
        .collect()
}

fn announce(command: &Command) {
    eprintln!("$ {}", words(command));
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", words(command));
    }
    Ok(())
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` cannot be started", words(command))
}

fn words(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let mut words = vec![name.to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_and_its_debug_file_are_told_apart() {
        let line = r#"{"reason":"compiler-artifact","target":{"name":"yichuang"},
            "filenames":["/t/yichuang","/t/yichuang.dwp"],"executable":"/t/yichuang"}"#;
        let files = files_of_message(&line.replace('\n', ""));
        let seen: Vec<_> = files.iter().map(|file| (file.path.to_str().unwrap(), file.executable)).collect();
        assert_eq!(seen, [("/t/yichuang", true), ("/t/yichuang.dwp", false)]);
    }

    #[test]
    fn other_lines_name_no_file() {
        assert_eq!(files_of_message("warning: unused"), []);
        assert_eq!(files_of_message(r#"{"reason":"build-finished"}"#), []);
    }

    #[test]
    fn output_is_kept_and_a_failure_is_a_sentence() {
        let (status, text) = keep(Command::new("printf").arg("a\\nb"), |_| {}).unwrap();
        assert!(status.success());
        assert_eq!(text, "a\nb\n");
        let error = run(&mut Command::new("false")).unwrap_err();
        assert_eq!(error.to_string(), "`false` failed (exit status: 1)");
    }
}

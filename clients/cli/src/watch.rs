//! Doing something again whenever a file changes.
//!
//! The files are looked at four times a second. Notices from the operating system do not come from
//! network drives, and are lost when an editor puts a new file or a new folder in the place of the
//! old one; a pack is a few dozen files, so looking costs nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::load::Context;
use crate::{Failure, output};

const PAUSE: Duration = Duration::from_millis(250);

/// When each file was changed last, and how long it is.
type Files = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Calls `check` at once and after every change at or below one of the paths, which are asked for
/// before each check, until the process is ended.
///
/// # Errors
/// If the first check cannot be made at all. Later ones say so and wait, for a folder may be on its
/// way from one place to another.
pub(crate) fn watch(
    paths: impl Fn() -> Vec<PathBuf>,
    context: &Context,
    check: impl Fn() -> Result<(), Failure>,
) -> Result<(), Failure> {
    // Taken before the check, so that a change meanwhile is a change.
    let mut watched = paths();
    let mut seen = files(&watched);
    if let Err(Failure::Usage(sentence)) = check() {
        return Err(Failure::Usage(sentence));
    }
    loop {
        output::line(context.say("等待改动，按 Ctrl-C 结束", "waiting for changes; Ctrl-C ends"));
        let now = next_change(&watched, &seen);
        output::line(&format!("\n{}{}", context.say("改动：", "changed: "), changed(&seen, &now).join(", ")));
        let before = std::mem::replace(&mut watched, paths());
        // Another pack may be extended now.
        seen = if watched == before { now } else { files(&watched) };
        if let Err(Failure::Usage(sentence)) = check() {
            eprintln!("{sentence}");
        }
    }
}

/// The files after the next change, when they have come to rest.
fn next_change(paths: &[PathBuf], seen: &Files) -> Files {
    let mut before = seen.clone();
    loop {
        sleep(PAUSE);
        let now = files(paths);
        if now == before && now != *seen {
            return now;
        }
        before = now;
    }
}

/// The names of the files that came, went or are other than before.
fn changed(before: &Files, after: &Files) -> Vec<String> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let other = after.iter().filter(|(path, state)| before.get(*path) != Some(state)).map(|(path, _)| path);
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    gone.chain(other).map(name).collect()
}

fn files(paths: &[PathBuf]) -> Files {
    let mut found = Files::new();
    paths.iter().for_each(|path| look(path, &mut found));
    found
}

/// Adds a file, or the files of a folder and those below it. What editors leave beside a file for a
/// moment (`.swp`, `~$…`) is none.
fn look(path: &Path, found: &mut Files) {
    if let Ok(entries) = fs::read_dir(path) {
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        for path in paths.filter(|path| !is_left_behind(path)) {
            // A link to a folder could lead back to where it stands.
            if !path.is_symlink() || !path.is_dir() {
                look(&path, found);
            }
        }
    } else if let Ok(state) = fs::metadata(path) {
        found.insert(path.to_owned(), (state.modified().ok(), state.len()));
    }
}

fn is_left_behind(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(['.', '~']) || name.ends_with('~')
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{changed, files};

    #[test]
    fn files_that_come_go_or_change_are_named() {
        let folder = std::env::temp_dir().join(format!("yichuang-watch-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("cases")).unwrap();
        for name in ["kept.yaml", "gone.yaml", "cases/other.yaml", ".kept.yaml.swp", "kept.yaml~"] {
            fs::write(folder.join(name), "a").unwrap();
        }
        let look = || files(std::slice::from_ref(&folder));
        let before = look();
        assert_eq!(before.len(), 3);
        assert_eq!(changed(&before, &look()), [""; 0]);
        fs::remove_file(folder.join("gone.yaml")).unwrap();
        fs::write(folder.join("cases/other.yaml"), "ab").unwrap();
        fs::write(folder.join("new.csv"), "").unwrap();
        fs::write(folder.join(".new.csv.swp"), "").unwrap();
        assert_eq!(changed(&before, &look()), ["gone.yaml", "other.yaml", "new.csv"]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(look(), files(&[]));
    }
}

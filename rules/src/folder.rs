//! Rule folders → sources: the only place of this crate that reads files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// Reads the rule files of one pack folder: its id, its sources sorted by name, and a diagnostic
/// for everything that could not be read.
///
/// Rule files are `*.yaml` and `*.csv` directly in the folder; `cases/` and documents are left
/// out, and so are files that an editor or a spreadsheet program leaves behind (`.swp`, `~$…`).
#[must_use]
pub fn read_pack(folder: &Path) -> (String, Vec<Source>, Vec<Diagnostic>) {
    let (sources, diagnostics) = read_folder(folder, &["yaml", "csv"]);
    (pack_id(folder), sources, diagnostics)
}

/// Reads the files of one calendar folder, `*.yaml`, in the manner of [`read_pack`].
#[must_use]
pub fn read_calendar(folder: &Path) -> (Vec<Source>, Vec<Diagnostic>) {
    read_folder(folder, &["yaml"])
}

/// The pack folders at or below a folder, in the order of their paths.
///
/// A folder with a rule file is a pack folder; what lies below one (such as `cases/`) belongs to
/// it and is not searched.
///
/// # Errors
/// If a folder cannot be listed; the error names it.
pub fn find_packs(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    search(root, &mut found)?;
    Ok(found)
}

/// The id of the pack in a folder: its path below the folder called `packs`, with `/`; where
/// there is none, the last two names of its path.
#[must_use]
pub fn pack_id(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let names: Vec<String> = folder
        .components()
        .filter(|component| matches!(component, std::path::Component::Normal(_)))
        .map(|component| component.as_os_str().to_string_lossy().into_owned())
        .collect();
    let below = names.iter().rposition(|name| name == "packs").map(|place| place + 1);
    let start = below.filter(|start| *start < names.len()).unwrap_or(names.len().saturating_sub(2));
    names.get(start..).unwrap_or_default().join("/")
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries =
        list(folder).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    if entries.iter().any(|entry| entry.is_file() && is_rule_file(entry, &["yaml", "csv"])) {
        found.push(folder.to_owned());
        return Ok(());
    }
    // A link to a folder is not followed: it could lead back to where it stands.
    let folders = entries.iter().filter(|entry| entry.is_dir() && !entry.is_symlink() && !is_left_behind(entry));
    folders.into_iter().try_for_each(|folder| search(folder, found))
}

fn read_folder(folder: &Path, extensions: &[&str]) -> (Vec<Source>, Vec<Diagnostic>) {
    let (mut sources, mut diagnostics) = (Vec::new(), Vec::new());
    let entries = list(folder).unwrap_or_else(|error| {
        diagnostics.push(unreadable(folder, &error));
        Vec::new()
    });
    for file in entries.iter().filter(|entry| is_rule_file(entry, extensions) && !entry.is_dir()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let source = fs::read(file).map_err(|error| unreadable(file, &error));
        match source.and_then(|bytes| Source::from_bytes(name, &bytes)) {
            Ok(source) => sources.push(source),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (sources, diagnostics)
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn is_rule_file(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    !is_left_behind(path) && extension.is_some_and(|extension| extensions.contains(&extension))
}

fn is_left_behind(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with('~')
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let path = path.display();
    Diagnostic::error(
        Code::Unreadable,
        (format!("「{path}」无法读取：{error}"), format!("`{path}` cannot be read: {error}")),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{find_packs, pack_id, read_calendar, read_pack};
    use crate::Code;

    /// A new folder of the test with these files.
    fn folder(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("yichuang-folder-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (name, bytes) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        root
    }

    fn names(sources: &[crate::Source]) -> Vec<&str> {
        sources.iter().map(|source| source.name.as_str()).collect()
    }

    #[test]
    fn rule_files_are_those_directly_in_the_folder() {
        let files: [(&str, &[u8]); 7] = [
            ("packs/a/b/pack.yaml", b"x: 1"),
            ("packs/a/b/materials.csv", b"id\n"),
            ("packs/a/b/source.md", b"# s"),
            ("packs/a/b/.pack.yaml.swp", b""),
            ("packs/a/b/~$materials.csv", b""),
            ("packs/a/b/.~lock.materials.csv", b""),
            ("packs/a/b/cases/one.yaml", b"cases: []"),
        ];
        let root = folder("files", &files);
        let (id, sources, diagnostics) = read_pack(&root.join("packs/a/b"));
        assert_eq!(id, "a/b");
        assert_eq!(names(&sources), ["materials.csv", "pack.yaml"]);
        assert_eq!(diagnostics, []);
        assert_eq!(names(&read_calendar(&root.join("packs/a/b")).0), ["pack.yaml"]);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn packs_are_found_below_a_folder() {
        let files: [(&str, &[u8]); 4] = [
            ("packs/b/two/pack.yaml", b""),
            ("packs/a/one/pack.yaml", b""),
            ("packs/a/one/cases/x.yaml", b""),
            ("packs/a/notes.md", b""),
        ];
        let root = folder("find", &files);
        let found = find_packs(&root).unwrap();
        let ids: Vec<_> = found.iter().map(|folder| pack_id(folder)).collect();
        assert_eq!(ids, ["a/one", "b/two"]);
        assert_eq!(find_packs(&root.join("packs/a/one")).unwrap(), [root.join("packs/a/one")]);
        assert!(find_packs(&root.join("nowhere")).unwrap_err().to_string().contains("nowhere"));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_cannot_be_read_is_a_diagnostic() {
        let root = folder("faults", &[("pack.yaml", b"\xc3\xfb"), ("items.yaml", b"x: 1")]);
        let (_, sources, diagnostics) = read_pack(&root);
        assert_eq!(names(&sources), ["items.yaml"]);
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::NotUtf8]);
        let (_, sources, diagnostics) = read_pack(&root.join("nowhere"));
        assert_eq!((sources.len(), diagnostics[0].code), (0, Code::Unreadable));
        assert!(diagnostics[0].message.zh.contains("nowhere"));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_id_is_the_path_below_packs() {
        let id = |path| pack_id(Path::new(path));
        assert_eq!(id("/no/such/rules/packs/putian/nine-in-one"), "putian/nine-in-one");
        assert_eq!(id("/no/such/packs/packs/putian/nine-in-one/"), "putian/nine-in-one");
        assert_eq!(id("/no/such/tests/corpus/choice"), "corpus/choice");
        assert_eq!(id("/no/such/packs"), "such/packs");
        assert_eq!(id("/alone"), "alone");
    }
}

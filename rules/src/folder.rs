//! Rule folders → sources: the only place of this crate that reads files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::layers::{MAX_LAYERS, extended};
use crate::source::Source;

/// How the names of rule files end.
const RULE_FILES: &[&str] = &["yaml", "csv"];

/// Reads the rule files of one pack folder and of the packs that it extends: its id, its sources
/// sorted by name, those of each extended pack after them, and a diagnostic for everything that
/// could not be read.
///
/// An extended pack is looked up by its id from where this one's id begins, below `packs`. If it
/// is not there, or extends in a circle, compiling says so.
///
/// Rule files are `*.yaml` and `*.csv` directly in the folder; `cases/` and documents are left
/// out, and so are files that an editor or a spreadsheet program leaves behind (`.swp`, `~$…`).
/// `*.yml`, `*.CSV` and the like are not read either; each is an error that says how to name it.
#[must_use]
pub fn read_pack(folder: &Path) -> (String, Vec<Source>, Vec<Diagnostic>) {
    let (mut sources, mut diagnostics) = read_own_files(folder);
    for (parent, folder) in above(folder, &sources) {
        let (found, faults) = read_folder(&folder, RULE_FILES, &format!("{parent}/"));
        sources.extend(found);
        diagnostics.extend(faults);
    }
    (pack_id(folder), sources, diagnostics)
}

/// Reads the rule files of one pack folder alone, in the manner of [`read_pack`].
#[must_use]
pub fn read_own_files(folder: &Path) -> (Vec<Source>, Vec<Diagnostic>) {
    read_folder(folder, RULE_FILES, "")
}

/// The folders of the packs that the pack in a folder extends, the nearest first.
#[must_use]
pub fn folders_above(folder: &Path) -> Vec<PathBuf> {
    above(folder, &read_own_files(folder).0).into_iter().map(|(_, folder)| folder).collect()
}

/// The packs above, as far as they are there, by their ids; each once.
fn above(folder: &Path, own: &[Source]) -> Vec<(String, PathBuf)> {
    let id = pack_id(folder);
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let Some(root) = folder.ancestors().nth(id.split('/').count()) else { return Vec::new() };
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut next = extended(own);
    while let Some(parent) = next.take() {
        let folder = root.join(&parent);
        let is_known = parent == id || found.iter().any(|(known, _)| *known == parent);
        if is_known || found.len() >= MAX_LAYERS || !folder.is_dir() {
            break;
        }
        next = extended(&read_own_files(&folder).0);
        found.push((parent, folder));
    }
    found
}

/// Reads the files of one calendar folder, `*.yaml`, in the manner of [`read_pack`].
#[must_use]
pub fn read_calendar(folder: &Path) -> (Vec<Source>, Vec<Diagnostic>) {
    read_folder(folder, &["yaml"], "")
}

/// Reads the case files of one pack folder, `cases/*.yaml`, in the manner of [`read_pack`].
///
/// A pack folder without `cases/` has none.
#[must_use]
pub fn read_case_files(pack: &Path) -> (Vec<Source>, Vec<Diagnostic>) {
    let folder = pack.join("cases");
    if !folder.is_dir() {
        return (Vec::new(), Vec::new());
    }
    read_folder(&folder, &["yaml"], "cases/")
}

/// The pack folders at or below a folder, in the order of their paths.
///
/// A folder with a rule file is a pack folder; what lies below one (such as `cases/`) belongs to
/// it and is not searched. So is a folder that holds nothing but misnamed rule files (`*.yml`),
/// for reading it says what is wrong.
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
    let before = found.len();
    folders.into_iter().try_for_each(|folder| search(folder, found))?;
    let misnamed = |entry: &PathBuf| entry.is_file() && right_name(entry, &["yaml", "csv"]).is_some();
    if found.len() == before && entries.iter().any(misnamed) {
        found.push(folder.to_owned());
    }
    Ok(())
}

/// Reads the files of a folder; their names begin with `prefix`.
fn read_folder(folder: &Path, extensions: &[&str], prefix: &str) -> (Vec<Source>, Vec<Diagnostic>) {
    let (mut sources, mut diagnostics) = (Vec::new(), Vec::new());
    let entries = list(folder).unwrap_or_else(|error| {
        diagnostics.push(unreadable(folder, &error));
        Vec::new()
    });
    for file in entries.iter().filter(|entry| is_rule_file(entry, extensions) && !entry.is_dir()) {
        let name = format!("{prefix}{}", file.file_name().unwrap_or_default().to_string_lossy());
        let source = fs::read(file).map_err(|error| unreadable(file, &error));
        match source.and_then(|bytes| Source::from_bytes(name, &bytes)) {
            Ok(source) => sources.push(source),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    for file in entries.iter().filter(|entry| entry.is_file()) {
        diagnostics.extend(right_name(file, extensions).map(|right| misnamed(file, &right)));
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

/// How a file would have to be called to be read, when only the end of its name is in the way.
fn right_name(path: &Path, extensions: &[&str]) -> Option<String> {
    let written = path.extension().and_then(|extension| extension.to_str())?;
    let lower = written.to_ascii_lowercase();
    let right = if lower == "yml" { "yaml" } else { lower.as_str() };
    if is_left_behind(path) || right == written || !extensions.contains(&right) {
        return None;
    }
    Some(path.with_extension(right).file_name()?.to_string_lossy().into_owned())
}

fn misnamed(path: &Path, right: &str) -> Diagnostic {
    let path = path.display();
    let message =
        (format!("「{path}」没有读：文件名的结尾不对"), format!("`{path}` is not read: its name ends wrongly"));
    Diagnostic::error(Code::Unreadable, message).help((format!("改名为「{right}」"), format!("rename it to `{right}`")))
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

    use super::{find_packs, pack_id, read_calendar, read_case_files, read_pack};
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
    fn a_misnamed_file_is_an_error_that_says_its_right_name() {
        let files: [(&str, &[u8]); 6] = [
            ("a/pack.yaml", b"x: 1"),
            ("a/facts.yml", b"y: 1"),
            ("a/sheet.CSV", b"id\n"),
            ("a/cases/one.yml", b"cases: []"),
            ("b/pack.YAML", b"x: 1"),
            ("ci.yml", b""),
        ];
        let root = folder("misnamed", &files);
        let (_, sources, diagnostics) = read_pack(&root.join("a"));
        assert_eq!(names(&sources), ["pack.yaml"]);
        let said: Vec<_> = diagnostics.iter().map(|d| (d.is_error(), d.help[0].zh.as_str())).collect();
        assert_eq!(said, [(true, "改名为「facts.yaml」"), (true, "改名为「sheet.csv」")]);
        assert!(diagnostics[0].message.zh.contains("facts.yml"));
        let (cases, diagnostics) = read_case_files(&root.join("a"));
        assert_eq!((cases.len(), diagnostics[0].help[0].zh.as_str()), (0, "改名为「one.yaml」"));
        assert_eq!(find_packs(&root).unwrap(), [root.join("a"), root.join("b")]);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_files_of_extended_packs_follow() {
        let files: [(&str, &[u8]); 9] = [
            ("packs/c/own/pack.yaml", "规则包: {继承: cn/base}".as_bytes()),
            ("packs/c/own/z.csv", b"id\n"),
            ("packs/cn/base/pack.yaml", "规则包: {继承: cn/deep/root}".as_bytes()),
            ("packs/cn/base/cases/x.yaml", b"cases: []"),
            ("packs/cn/base/broken.yaml", b"\xc3\xfb"),
            ("packs/cn/deep/root/pack.yaml", "规则包: {继承: c/own}".as_bytes()),
            ("packs/c/lost/pack.yaml", "规则包: {继承: cn/nowhere}".as_bytes()),
            ("packs/c/out/pack.yaml", "规则包: {继承: ../../secret}".as_bytes()),
            ("secret/pack.yaml", b"x: 1"),
        ];
        let root = folder("layers", &files);
        let (id, sources, diagnostics) = read_pack(&root.join("packs/c/own"));
        assert_eq!(id, "c/own");
        assert_eq!(names(&sources), ["pack.yaml", "z.csv", "cn/base/pack.yaml", "cn/deep/root/pack.yaml"]);
        assert_eq!(sources[2].pack(), Some("cn/base"));
        assert_eq!((sources[3].pack(), sources[3].file()), (Some("cn/deep/root"), "pack.yaml"));
        assert!(diagnostics[0].message.zh.contains("cn/base/broken.yaml"));
        for lonely in ["lost", "out"] {
            assert_eq!(names(&read_pack(&root.join("packs/c").join(lonely)).1), ["pack.yaml"]);
        }
        // Without a folder `packs` an id has two names, and the rest is looked up beside them.
        fs::rename(root.join("packs"), root.join("rules")).unwrap();
        assert_eq!(read_pack(&root.join("rules/c/own")).1.len(), 4);
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

//! The packs of `rules/packs` and `tests/corpus`, compiled, with their cases.

use std::fs;
use std::path::{Path, PathBuf};

use yichuang_forms::{LoadedBundle, LoadedCalendar, from_ycp, to_ycp};
use yichuang_rules::{
    Case, Diagnostic, Lang, Source, SourceId, compile, compile_calendar, find_packs, is_template, read_calendar,
    read_cases, read_pack, render, sorted,
};

/// A pack with its cases.
#[derive(Debug)]
pub struct CorpusPack {
    /// Where it comes from, below the repository: `tests/corpus/kleene`.
    pub place: String,
    /// It is there to be extended only.
    pub is_template: bool,
    /// The compiled pack.
    pub bundle: LoadedBundle,
    /// Its cases, in the order of their files.
    pub cases: Vec<Case>,
}

/// The folder of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every pack folder of the repository, by its path below it.
#[must_use]
pub fn places() -> Vec<String> {
    let root = repository();
    let mut folders = find_packs(&root.join("rules/packs")).unwrap();
    // Beside its folders `tests/corpus` holds tables, so that by itself it looks like a pack.
    let entries = fs::read_dir(root.join("tests/corpus")).unwrap();
    let mut below: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    below.sort();
    folders.extend(below.iter().flat_map(|folder| find_packs(folder).unwrap()));
    let place = |folder: &PathBuf| folder.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    folders.iter().map(place).collect()
}

/// Compiles a pack and reads its cases.
///
/// # Panics
/// If anything of it has a fault, with the diagnostics as policy staff see them.
#[must_use]
pub fn load(place: &str) -> CorpusPack {
    let folder = repository().join(place);
    let (id, sources, unreadable) = read_pack(&folder);
    refuse(&unreadable, &sources);
    let (bundle, diagnostics) = compile(&id, &sources);
    refuse(&diagnostics, &sorted(&sources));
    let bundle = LoadedBundle::new(bundle.unwrap_or_else(|| panic!("{place} gives no pack")));
    assert_eq!(from_ycp(&to_ycp(&bundle.value)).as_ref(), Ok(&bundle), "{place} is read as it was written");
    let mut cases = Vec::new();
    for source in case_files(&folder) {
        let (read, diagnostics) = read_cases(&bundle, SourceId(0), &source);
        refuse(&diagnostics, &[source]);
        cases.extend(read);
    }
    CorpusPack { place: place.to_owned(), is_template: is_template(&sources), bundle, cases }
}

/// The national calendar.
///
/// # Panics
/// If a notice has a fault.
#[must_use]
pub fn calendar() -> LoadedCalendar {
    let (sources, unreadable) = read_calendar(&repository().join("rules/calendars/cn"));
    refuse(&unreadable, &sources);
    let (calendar, diagnostics) = compile_calendar(&sources);
    refuse(&diagnostics, &sources);
    LoadedCalendar::new(calendar.unwrap())
}

fn case_files(folder: &Path) -> Vec<Source> {
    let entries = fs::read_dir(folder.join("cases")).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let source = |file: &PathBuf| {
        let name = format!("cases/{}", file.file_name().unwrap().to_str().unwrap());
        Source::from_bytes(name, &fs::read(file).unwrap()).unwrap()
    };
    files.iter().map(source).collect()
}

fn refuse(diagnostics: &[Diagnostic], sources: &[Source]) {
    assert!(!diagnostics.iter().any(Diagnostic::is_error), "{}", render(diagnostics, sources, Lang::Zh));
}

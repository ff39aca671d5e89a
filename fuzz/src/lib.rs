//! What the fuzz targets share: the packs of the repository, and a decision that must be one.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use yichuang_engine::Date;
use yichuang_forms::{LoadedBundle, LoadedCalendar, Precheck, Request, Ui, from_ycp, html, page, step, to_ycp, view};
use yichuang_rules::{compile, compile_calendar, find_packs, is_template, read_calendar, read_pack};

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The national calendar.
pub fn calendar() -> &'static LoadedCalendar {
    static CALENDAR: OnceLock<LoadedCalendar> = OnceLock::new();
    CALENDAR.get_or_init(|| {
        let (sources, _) = read_calendar(&repository().join("rules/calendars/cn"));
        LoadedCalendar::new(compile_calendar(&sources).0.expect("the calendar compiles"))
    })
}

/// Every pack of the repository and of the corpus that can be decided, with its folder.
pub fn packs() -> &'static [(PathBuf, LoadedBundle)] {
    static PACKS: OnceLock<Vec<(PathBuf, LoadedBundle)>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let root = repository();
        let mut folders = find_packs(&root.join("rules/packs")).expect("the packs are there");
        let corpus = std::fs::read_dir(root.join("tests/corpus")).expect("the corpus is there");
        let below = corpus.map(|entry| entry.expect("the corpus can be read").path()).filter(|path| path.is_dir());
        folders.extend(below.flat_map(|folder| find_packs(&folder).expect("the corpus can be read")));
        folders.sort();
        let compiled = |folder: PathBuf| {
            let (id, sources, _) = read_pack(&folder);
            let bundle = if is_template(&sources) { None } else { compile(&id, &sources).0 };
            Some((folder, LoadedBundle::new(bundle?)))
        };
        folders.into_iter().filter_map(compiled).collect()
    })
}

/// Decides and draws; the answer is a decision or one of the stated refusals, and a pack that is written comes
/// back the same.
pub fn exercise(bundle: &LoadedBundle, request: &str) {
    let today = Date::new(2014, 11, 18).expect("a day");
    let first = step(bundle, calendar(), request, today);
    assert_eq!(first, step(bundle, calendar(), request, today), "the same request gives the same bytes");
    if let Err(error) = first {
        assert!(!error.code.is_empty() && !error.message.zh.is_empty());
    }
    if let Ok(request) = Request::from_json(request) {
        let on = request.on.unwrap_or(today);
        let precheck = Precheck::new(bundle, calendar(), &request.answers, on);
        let view = view(&precheck, request.lang, &Ui::default());
        assert!(!html(&page::precheck(&view)).is_empty());
    }
    assert_eq!(from_ycp(&to_ycp(&bundle.value)).as_ref(), Ok(bundle), "what is written is read as it was");
}

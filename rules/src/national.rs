//! The national calendar that the program brings along, and calendars from folders.

use std::path::Path;

use include_dir::{Dir, include_dir};
use yichuang_engine::Calendar;

use crate::{
    Diagnostic, Source, compile_calendar, compile_local_calendar, extended_calendar, find_packs, read_calendar,
};

/// The national calendar, as it is in the repository.
static CHINA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/calendars/cn");

/// A calendar as it was compiled.
#[derive(Debug)]
pub struct CompiledCalendar {
    /// The calendar, if nothing is wrong with it.
    pub calendar: Option<Calendar>,
    /// What was found in the files of each folder, with these for their spans.
    pub found: Vec<(Vec<Source>, Vec<Diagnostic>)>,
}

/// The calendar in a folder, or the national one of the program without any. A local calendar lies over the
/// one that it extends, which is in the folder of that name beside it, or else the program's.
///
/// ```
/// let national = yichuang_rules::calendar_in(None);
/// assert_eq!(national.calendar.unwrap().id(), "cn");
/// ```
#[must_use]
pub fn calendar_in(folder: Option<&Path>) -> CompiledCalendar {
    let (sources, mut diagnostics) = folder.map_or_else(|| (national(), Vec::new()), read_calendar);
    let Some(of) = extended_calendar(&sources) else {
        let (calendar, found) = compile_calendar(&sources);
        diagnostics.extend(found);
        return CompiledCalendar { calendar, found: vec![(sources, diagnostics)] };
    };
    let beside = folder.and_then(|folder| Some(folder.canonicalize().ok()?.parent()?.join(&of)));
    let beside = beside.filter(|folder| find_packs(folder).is_ok_and(|found| !found.is_empty()));
    let mut base = calendar_in(beside.as_deref());
    let calendar = base.calendar.and_then(|base| {
        let (calendar, found) = compile_local_calendar(&base, &sources);
        diagnostics.extend(found);
        calendar
    });
    base.found.push((sources, diagnostics));
    CompiledCalendar { calendar, found: base.found }
}

fn national() -> Vec<Source> {
    let files = CHINA.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "yaml"));
    let source = |file: &include_dir::File<'_>| {
        let name = file.path().to_string_lossy().into_owned();
        file.contents_utf8().map(|text| Source::new(name, text))
    };
    let mut sources: Vec<Source> = files.filter_map(source).collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

//! The workloads as packs.

use std::path::Path;

use yichuang_forms::{LoadedBundle, LoadedCalendar};
use yichuang_rules::{Lang, Source, compile, compile_calendar, read_calendar, render};

use crate::Size;
use crate::workload::{Workload, rule_file};

/// The rule file of a size.
#[must_use]
pub fn rule_file_of<Z: Size>() -> String {
    rule_file(&Workload::draw(Z::SHAPE))
}

/// The pack of a size.
///
/// # Panics
/// If its rules have a fault.
#[must_use]
pub fn bundle<Z: Size>() -> LoadedBundle {
    let source = Source::new("pack.yaml", &rule_file_of::<Z>());
    let (bundle, diagnostics) = compile("bench/pack", std::slice::from_ref(&source));
    LoadedBundle::new(bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &[source], Lang::En))))
}

/// The calendar of the repository.
///
/// # Panics
/// If a notice has a fault.
#[must_use]
pub fn calendar() -> LoadedCalendar {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/calendars/cn");
    let (sources, _) = read_calendar(&folder);
    let (calendar, diagnostics) = compile_calendar(&sources);
    LoadedCalendar::new(calendar.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Lang::En))))
}

//! The compiler of packs: sources in, a bundle or diagnostics out.

use yichuang_forms::Bundle;

use crate::lower::{Parsed, lower, odd_pack_id};
use crate::{Code, Diagnostic, NodeKind, Source, SourceId, Span, parse_sheet, yaml};

/// Compiles the files of one pack; `id` is its path below `packs`, such as `putian/nine-in-one`.
///
/// The order of the sources does not matter. The bundle is absent exactly when a diagnostic is an
/// error. Spans in the diagnostics refer to the sources sorted by name, which [`sorted`] gives;
/// the diagnostics are in the order of their places.
#[must_use]
pub fn compile(id: &str, sources: &[Source]) -> (Option<Bundle>, Vec<Diagnostic>) {
    let sources = sorted(sources);
    let (parsed, mut diagnostics) = parse(&sources);
    let (bundle, faults, warnings) = lower(id, &sources, &parsed);
    diagnostics.extend(faults);
    let bundle = bundle.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    if bundle.is_some() {
        diagnostics.extend(warnings);
        diagnostics.extend(odd_pack_id(id));
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.map(|span| (span.source, span.start)), diagnostic.code));
    diagnostics.dedup();
    (bundle, diagnostics)
}

/// Reads every file; a file that cannot be read does not keep the others from being checked.
fn parse(sources: &[Source]) -> (Parsed, Vec<Diagnostic>) {
    let (mut parsed, mut diagnostics) = (Parsed::default(), Vec::new());
    for (index, source) in sources.iter().enumerate() {
        let source_id = SourceId(u16::try_from(index).unwrap_or(u16::MAX));
        let name = source.name.clone();
        let unread = if let Some(conflict) = merge_conflict(source_id, &source.text) {
            diagnostics.push(conflict);
            true
        } else if name.ends_with(".csv") {
            let (sheet, faults) = parse_sheet(source_id, &source.text);
            let found = sheet.map(|sheet| (name.clone(), (sheet, faults.is_empty())));
            diagnostics.extend(faults);
            let unread = found.is_none();
            parsed.sheets.extend(found);
            unread
        } else {
            let (root, faults) = yaml::parse(source_id, &source.text);
            diagnostics.extend(faults);
            let unread = root.is_none();
            parsed.roots.extend(root.filter(|root| !root.is_absent()));
            unread
        };
        if unread {
            parsed.unread.insert(name);
        }
    }
    parsed.roots.iter_mut().for_each(anchor_empty);
    (parsed, diagnostics)
}

/// The first line that a merge left in the file; such a line stands at the margin, where neither
/// YAML nor a sheet has a use for it.
pub(crate) fn merge_conflict(source: SourceId, text: &str) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let named =
            |mark: &str| written.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if named("<<<<<<<") || named(">>>>>>>") || written == "=======" {
            let headline = ("文件里有没有处理完的合并冲突", "the file holds an unresolved merge conflict");
            let found = Diagnostic::error(Code::MergeConflict, headline)
                .at(
                    Span::new(source, start, start + written.len()),
                    ("这一行是合并时留下的标记", "a merge left this line"),
                )
                .help((
                    "比较「<<<<<<<」和「>>>>>>>」之间的两种写法，留下对的，删去这些标记行",
                    "choose between the two versions from `<<<<<<<` to `>>>>>>>` and delete the marks",
                ));
            return Some(found);
        }
        start += line.len();
    }
    None
}

/// The sources in the order in which they are compiled.
#[must_use]
pub fn sorted(sources: &[Source]) -> Vec<Source> {
    let mut sorted = sources.to_vec();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
}

/// Gives an empty root a place to point at.
fn anchor_empty(root: &mut crate::Node) {
    if let NodeKind::Mapping(entries) = &root.kind
        && entries.is_empty()
    {
        root.span = Span::new(root.span.source, 0, 0);
    }
}

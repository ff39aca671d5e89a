//! The compiler of packs: sources in, a bundle or diagnostics out.

use std::collections::BTreeMap;

use yichuang_forms::Bundle;

use crate::layers::{Layer, chain, in_pack_above};
use crate::lower::{Parsed, lower, merge, odd_pack_id};
use crate::{Code, Diagnostic, NodeKind, Source, SourceId, Span, parse_sheet, yaml};

/// Compiles the files of one pack; `id` is its path below `packs`, such as `putian/nine-in-one`.
/// The files of the packs that it extends are among them, see [`Source::pack`]; files of packs that
/// it does not extend are not read.
///
/// The order of the sources does not matter. The bundle is absent exactly when a diagnostic is an
/// error. Spans in the diagnostics refer to the sources sorted by name, which [`sorted`] gives;
/// the diagnostics are in the order of their places.
#[must_use]
pub fn compile(id: &str, sources: &[Source]) -> (Option<Bundle>, Vec<Diagnostic>) {
    let sources = sorted(sources);
    let (mut above, fault) = chain(id, parse(&sources));
    let own = above.pop().unwrap_or_default();
    let (merged, faults) = match fault {
        Some(fault) => (None, vec![fault]),
        None => all_above(above, &sources),
    };
    let mut diagnostics = own.diagnostics;
    diagnostics.extend(faults);
    let mut bundle = None;
    if let Some(merged) = merged {
        let (parsed, faults) = merge(merged, own.parsed, own.name);
        diagnostics.extend(faults);
        let (lowered, faults, warnings) = lower(id, &sources, &parsed);
        diagnostics.extend(faults);
        bundle = lowered.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        if bundle.is_some() {
            let own = |warning: &Diagnostic| warning.span.is_none_or(|span| is_own(span, &sources));
            diagnostics.extend(warnings.into_iter().filter(own));
            diagnostics.extend(odd_pack_id(id));
        }
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.map(|span| (span.source, span.start)), diagnostic.code));
    diagnostics.dedup();
    (bundle, diagnostics)
}

/// The packs above, put onto each other; each must be without faults by itself. The faults of the
/// first that is not, and nothing else, which would follow from them.
fn all_above(layers: Vec<Layer>, sources: &[Source]) -> (Option<Parsed>, Vec<Diagnostic>) {
    let mut merged = Parsed::default();
    for layer in layers {
        let id = layer.name.id.clone();
        let (parsed, mut faults) = merge(merged, layer.parsed, layer.name);
        faults.extend(layer.diagnostics);
        faults.extend(lower(&id, sources, &parsed).1);
        faults.retain(Diagnostic::is_error);
        if !faults.is_empty() {
            return (None, faults.into_iter().map(|fault| in_pack_above(fault, &id)).collect());
        }
        merged = parsed;
    }
    (Some(merged), Vec::new())
}

/// Whether a place is in a file of the pack itself: what may be improved in a pack above is said
/// where that is checked.
fn is_own(span: Span, sources: &[Source]) -> bool {
    sources.get(usize::from(span.source.0)).is_none_or(|source| source.pack().is_none())
}

/// Reads every file, by the pack that it belongs to; a file that cannot be read does not keep the
/// others from being checked.
fn parse(sources: &[Source]) -> BTreeMap<Option<String>, (Parsed, Vec<Diagnostic>)> {
    let mut packs: BTreeMap<Option<String>, (Parsed, Vec<Diagnostic>)> = BTreeMap::new();
    for (index, source) in sources.iter().enumerate() {
        let (parsed, diagnostics) = packs.entry(source.pack().map(ToOwned::to_owned)).or_default();
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
    packs.values_mut().for_each(|(parsed, _)| parsed.roots.iter_mut().for_each(anchor_empty));
    packs
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

/// The sources in the order in which they are compiled: those of the pack itself by their names,
/// then those of the packs that it extends.
#[must_use]
pub fn sorted(sources: &[Source]) -> Vec<Source> {
    let mut sorted = sources.to_vec();
    sorted.sort_by(|a, b| (a.pack(), &a.name).cmp(&(b.pack(), &b.name)));
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

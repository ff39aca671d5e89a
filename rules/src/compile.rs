//! The compiler of packs: sources in, a bundle or diagnostics out.

use yichuang_forms::Bundle;

use crate::lower::{Parsed, lower};
use crate::{Diagnostic, NodeKind, Source, SourceId, Span, parse_sheet, yaml};

/// Compiles the files of one pack; `id` is its path below `packs`, such as `putian/nine-in-one`.
///
/// The order of the sources does not matter. The bundle is absent when any diagnostic is an
/// error. Spans in the diagnostics refer to the sources sorted by name, which
/// [`sorted`] gives.
#[must_use]
pub fn compile(id: &str, sources: &[Source]) -> (Option<Bundle>, Vec<Diagnostic>) {
    let sources = sorted(sources);
    let mut diagnostics = Vec::new();
    let mut parsed = Parsed { roots: Vec::new(), sheets: std::collections::BTreeMap::new() };
    let mut unread = false;
    for (index, source) in sources.iter().enumerate() {
        let source_id = SourceId(u16::try_from(index).unwrap_or(u16::MAX));
        if source.name.ends_with(".csv") {
            let (sheet, faults) = parse_sheet(source_id, &source.text);
            diagnostics.extend(faults);
            unread |= sheet.is_none();
            parsed.sheets.extend(sheet.map(|sheet| (source.name.clone(), sheet)));
        } else {
            let (root, faults) = yaml::parse(source_id, &source.text);
            diagnostics.extend(faults);
            unread |= root.is_none();
            parsed.roots.extend(root.filter(|root| !root.is_absent()));
        }
    }
    parsed.roots.iter_mut().for_each(|root| anchor_empty(root));
    if unread {
        return (None, diagnostics);
    }
    let (bundle, faults) = lower(id, &sources, &parsed);
    diagnostics.extend(faults);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| (span.source, span.start)));
    (bundle, diagnostics)
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

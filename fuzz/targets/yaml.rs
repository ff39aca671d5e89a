//! Any text as a rule file: diagnostics or a pack, and a layout that is stable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yichuang_forms::LoadedBundle;
use yichuang_fuzz::exercise;
use yichuang_rules::{Lang, Source, SourceId, compile, format, render, sorted};

fuzz_target!(|text: &str| {
    let source = Source::new("pack.yaml", text);
    let (bundle, diagnostics) = compile("fuzz/pack", std::slice::from_ref(&source));
    assert_eq!(bundle.is_none(), diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
    for lang in [Lang::Zh, Lang::En] {
        let _ = render(&diagnostics, &sorted(std::slice::from_ref(&source)), lang);
    }
    if let Some(bundle) = bundle {
        exercise(&LoadedBundle::new(bundle), "{}");
    }
    if let Ok(once) = format(SourceId(0), &source) {
        let twice = format(SourceId(0), &Source::new("pack.yaml", &once));
        assert_eq!(twice.as_deref().ok(), Some(once.as_str()), "formatting twice changes nothing");
    }
});

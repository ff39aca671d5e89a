//! Rule files are formatted, and formatting changes nothing that they say.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert};
use proptest::test_runner::TestCaseError;
use yichuang_forms::to_ycp;
use yichuang_rules::{
    Diagnostic, Lang, Source, SourceId, compile, compile_calendar, format, read_calendar, read_case_files, read_pack,
    render, sorted,
};
use yichuang_tests::corpus::{places, repository};
use yichuang_tests::random;
use yichuang_tests::small::{Layout, SmallPack, Speech, Tape, sources};

fn formatted(file: &Source) -> Result<Source, TestCaseError> {
    let faults = |found: Vec<Diagnostic>| TestCaseError::fail(render(&found, std::slice::from_ref(file), Lang::Zh));
    let text = format(SourceId(0), file).map_err(faults)?;
    Ok(Source::new(&file.name, &text))
}

fn compiled(id: &str, files: &[Source]) -> Result<Vec<u8>, TestCaseError> {
    let (bundle, diagnostics) = compile(id, files);
    let faults = || TestCaseError::fail(render(&diagnostics, &sorted(files), Lang::Zh));
    Ok(to_ycp(&bundle.ok_or_else(faults)?))
}

/// The same files, written as nobody writes them: with Windows line ends, deep indentation, no
/// blank lines and spaces at the ends of lines.
fn messy(file: &Source) -> Source {
    let mess = |line: &str| {
        let content = line.trim_start();
        let indent = "  ".repeat(line.len() - content.len());
        let entry = content.trim_start_matches("- ");
        let dashes = "-   ".repeat((content.len() - entry.len()) / 2);
        if content.is_empty() { String::new() } else { format!("{indent}{dashes}{entry}  \r\n") }
    };
    let text = if file.name.ends_with(".csv") {
        file.text.replace('\n', "\r\n")
    } else {
        file.text.lines().map(mess).collect()
    };
    Source::new(&file.name, &text)
}

#[test]
fn all_packs_and_their_cases_are_formatted() {
    for place in places() {
        let folder = repository().join(&place);
        let (_, mut files, _) = read_pack(&folder);
        files.extend(read_case_files(&folder).0);
        for file in &files {
            let formatted = formatted(file).unwrap();
            let name = &file.name;
            assert!(formatted == *file, "`yichuang fmt {place}` would change {name}");
        }
    }
}

#[test]
fn the_calendar_is_formatted() {
    for file in read_calendar(&repository().join("rules/calendars/cn")).0 {
        assert_eq!(formatted(&file).unwrap().text, file.text, "{}", file.name);
    }
}

#[test]
fn a_messy_pack_compiles_to_the_same_bytes_before_and_after() {
    for place in places() {
        let (id, files, _) = read_pack(&repository().join(&place));
        let messy: Vec<Source> = files.iter().map(messy).collect();
        let formatted: Vec<Source> = messy.iter().map(|file| formatted(file).unwrap()).collect();
        let bytes = compiled(&id, &files).unwrap();
        assert!(bytes == compiled(&id, &messy).unwrap(), "{place}");
        assert!(bytes == compiled(&id, &formatted).unwrap(), "{place}");
        for (file, set) in files.iter().zip(&formatted) {
            let words = |file: &Source| file.text.split_whitespace().collect::<String>();
            assert_eq!(words(&self::formatted(file).unwrap()), words(set), "{place} {}", file.name);
        }
    }
}

#[test]
fn a_messy_calendar_compiles_to_the_same() {
    let (files, _) = read_calendar(&repository().join("rules/calendars/cn"));
    let formatted: Vec<Source> = files.iter().map(|file| formatted(&messy(file)).unwrap()).collect();
    assert_eq!(compile_calendar(&files).0, compile_calendar(&formatted).0);
}

#[test]
fn any_small_pack_compiles_to_the_same_bytes_before_and_after() {
    let tapes = (vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..300), 1..3_usize);
    let law = |(pack, layout, files): (Vec<u8>, Vec<u8>, usize)| {
        let pack = SmallPack::draw(&mut Tape::new(&pack));
        for speech in [Speech::English, Speech::Chinese] {
            let written = sources(&pack, Layout { speech, tape: Tape::new(&layout), files });
            let set: Vec<Source> = written.iter().map(formatted).collect::<Result<_, _>>()?;
            let shown = || set.iter().map(|file| file.text.as_str()).collect::<String>();
            prop_assert!(compiled("test/small", &written)? == compiled("test/small", &set)?, "{}", shown());
            let again: Vec<Source> = set.iter().map(formatted).collect::<Result<_, _>>()?;
            prop_assert!(set == again, "{}", shown());
        }
        Ok(())
    };
    random::check(150, &tapes, law);
}

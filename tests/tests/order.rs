//! The order of files and keys does not matter, nor does the language they are written in.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_forms::{from_ycp, to_ycp};
use yichuang_rules::{Diagnostic, Lang, Source, compile, render, sorted};
use yichuang_tests::corpus::{places, repository};
use yichuang_tests::random;
use yichuang_tests::small::{Layout, SmallPack, Speech, Tape, sources};

fn compiled(files: &[Source]) -> Result<Vec<u8>, TestCaseError> {
    let (bundle, diagnostics) = compile("test/small", files);
    let faults = || TestCaseError::fail(render(&diagnostics, &sorted(files), Lang::Zh));
    let bundle = bundle.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)).ok_or_else(faults)?;
    let bytes = to_ycp(&bundle);
    prop_assert_eq!(from_ycp(&bytes).map(|read| read.value), Ok(bundle));
    Ok(bytes)
}

fn shown(files: &[Source]) -> String {
    files.iter().map(|file| format!("{}\n{}", file.name, file.text)).collect()
}

#[test]
fn a_pack_in_any_order_any_files_and_either_language_gives_the_same_bytes() {
    let tapes = (vec(any::<u8>(), 0..160), vec(any::<u8>(), 0..300), 1..5_usize);
    let law = |(pack, layout, files): (Vec<u8>, Vec<u8>, usize)| {
        let pack = SmallPack::draw(&mut Tape::new(&pack));
        let write = |speech, tape, files| sources(&pack, Layout { speech, tape: Tape::new(tape), files });
        let plain = write(Speech::English, &[], 1);
        let first = compiled(&plain)?;
        for speech in [Speech::English, Speech::Chinese] {
            let other = write(speech, &layout, files);
            prop_assert!(first == compiled(&plain)?, "the same sources twice\n{}", shown(&plain));
            prop_assert!(first == compiled(&other)?, "{}\n\n{}", shown(&plain), shown(&other));
        }
        Ok(())
    };
    random::check(150, &tapes, law);
}

#[test]
fn the_files_of_every_pack_may_come_in_any_order() {
    for place in places() {
        let (id, mut files, _) = yichuang_rules::read_pack(&repository().join(&place));
        let first = compiled(&files).unwrap();
        files.reverse();
        assert_eq!(first, compiled(&files).unwrap(), "{place}");
        assert!(!id.is_empty());
    }
}

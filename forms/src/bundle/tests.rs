use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use yichuang_engine::{Lit, ROWS};

use super::{
    FORMAT, FileError, FileKind, LoadedBundle, LoadedCalendar, digest, from_served_ycp, from_ycc, from_ycp, to_ycc,
    to_ycp,
};
use crate::test_pack::{bundle, calendar, table_bundle};

#[test]
fn a_bundle_comes_back_as_it_was_written() {
    let bundle = bundle();
    let bytes = to_ycp(&bundle);
    let loaded = from_ycp(&bytes).unwrap();
    assert_eq!(loaded, LoadedBundle::new(bundle));
    assert_eq!((loaded.digest.as_str(), loaded.digest.len()), (digest(&bytes).as_str(), 64));
    assert_eq!(to_ycp(&loaded.value), bytes);
}

#[test]
fn a_calendar_comes_back_as_it_was_written() {
    let bytes = to_ycc(&calendar().value);
    let loaded = from_ycc(&bytes).unwrap();
    assert_eq!(loaded, LoadedCalendar::new(calendar().value));
    assert_eq!(to_ycc(&loaded.value), bytes);
}

#[test]
fn the_digest_is_the_one_of_the_standard() {
    assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

fn code(bytes: &[u8]) -> &'static str {
    from_ycp(bytes).unwrap_err().code()
}

#[test]
fn every_fault_has_its_name() {
    let bytes = to_ycp(&bundle());
    assert_eq!(code(b""), "file_other_kind");
    assert_eq!(code(b"%PDF-1.7 and more"), "file_other_kind");
    assert_eq!(code(&to_ycc(&calendar().value)), "file_other_kind");
    assert_eq!(code(&bytes[..5]), "file_truncated");
    assert_eq!(code(&bytes[..bytes.len() - 1]), "file_truncated");
    let changed = |place: usize| {
        let mut bytes = bytes.clone();
        bytes[place] ^= 1;
        bytes
    };
    assert_eq!(code(&changed(4)), "file_no_version");
    assert_eq!(code(&changed(20)), "file_damaged");
    assert_eq!(code(&changed(100)), "file_damaged");
    assert_eq!(code(&[bytes.as_slice(), b"\n"].concat()), "file_trailing");
    assert_eq!(code(&FileKind::Pack.write(&(bundle(), true))), "file_invalid");
    assert_eq!(code(&FileKind::Pack.write(&alloc::vec![u64::MAX; 8])), "file_invalid");
}

/// A build without tables of rows says so of a pack that has a table, or only computes over one.
#[test]
fn a_pack_with_rows_is_read_by_a_full_build_only() {
    let mut only_program = table_bundle();
    only_program.pack.facts.pop();
    for (bundle, is_sound) in [(table_bundle(), true), (only_program, false)] {
        let bytes = to_ycp(&bundle);
        let served = from_served_ycp(&bytes).map(|loaded| loaded.value).map_err(|error| error.code());
        assert_eq!(served, if ROWS { Ok(bundle) } else { Err("needs_full_module") });
        let validated = from_ycp(&bytes).map(|_| ()).map_err(|error| error.code());
        let expected = if is_sound { Ok(()) } else { Err("file_invalid") };
        assert_eq!(validated, if ROWS { expected } else { Err("needs_full_module") });
    }
    assert!(from_served_ycp(&to_ycp(&bundle())).is_ok());
}

#[test]
fn a_newer_file_names_both_versions() {
    let mut bytes = to_ycp(&bundle());
    bytes[4] = 9;
    let error = from_ycp(&bytes).unwrap_err();
    assert_eq!(error, FileError::Newer(FileKind::Pack, 9));
    let message = error.message();
    assert!(message.zh.contains("第 9 版") && message.zh.contains("第 1 版"), "{}", message.zh);
    assert_eq!(
        error.to_string(),
        "this is a pack file (.ycp) of format version 9, and this program knows versions up to 1; upgrade it"
    );
    assert_eq!(FORMAT, 1);
}

#[test]
fn a_whole_file_with_a_mad_program_is_refused() {
    let mut mad = bundle();
    mad.pack.blocked = Lit::new(30_000).unwrap();
    let error = from_ycp(&to_ycp(&mad)).unwrap_err();
    assert_eq!(error, FileError::Invalid(FileKind::Pack, String::from("blocked")));
}

/// How many bytes stand before and behind the payload.
const HEAD: usize = 10;
const TAIL: usize = 32;

#[test]
fn no_bit_can_be_turned() {
    let bytes = to_ycp(&bundle());
    let end = bytes.len() - TAIL;
    let around = (0..HEAD).chain(end..bytes.len()).flat_map(|place| (0..8).map(move |bit| (place, bit)));
    let payload = (HEAD..end).map(|place| (place, place % 8));
    for (place, bit) in around.chain(payload) {
        let mut bytes = bytes.clone();
        bytes[place] ^= 1 << bit;
        assert!(from_ycp(&bytes).is_err(), "bit {bit} of byte {place}");
    }
}

#[test]
fn no_byte_can_be_left_out_at_the_end() {
    let bytes = to_ycp(&bundle());
    for end in 0..bytes.len() {
        assert!(from_ycp(&bytes[..end]).is_err(), "{end} bytes");
    }
}

/// Files that are whole by their header, with any payload.
fn framed(payload: &[u8]) -> Vec<u8> {
    let bytes = FileKind::Pack.write(&Raw(payload));
    assert!(bytes[HEAD..].starts_with(payload) && bytes.len() == HEAD + payload.len() + TAIL);
    bytes
}

struct Raw<'a>(&'a [u8]);

impl yichuang_engine::Binary for Raw<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0);
    }

    fn read(_: &mut yichuang_engine::Input<'_>) -> Self {
        Raw(&[])
    }
}

proptest! {
    #[test]
    fn any_bytes_are_no_pack(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(from_ycp(&bytes).is_err());
        prop_assert!(from_ycc(&bytes).is_err());
    }

    #[test]
    fn any_payload_is_read_or_refused(payload in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(from_ycp(&framed(&payload)).is_err());
    }

    #[test]
    fn a_changed_payload_with_a_right_digest_is_decided_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut payload = to_ycp(&bundle()).split_off(HEAD);
        payload.truncate(payload.len() - TAIL);
        for (place, byte) in changes {
            let place = place.index(payload.len());
            payload[place] = byte;
        }
        if let Ok(loaded) = from_ycp(&framed(&payload)) {
            let answers = crate::test_pack::full_answers();
            let calendar = calendar();
            let on = calendar.value.settled_until();
            let precheck = crate::Precheck::new(&loaded, &calendar, &answers, on);
            let json = precheck.to_json(crate::Lang::Zh);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        }
    }
}

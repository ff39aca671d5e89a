//! Any text as a request to every pack of the repository.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yichuang_fuzz::{exercise, packs};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(request) = std::str::from_utf8(rest) else { return };
    let packs = packs();
    if let Some((_, bundle)) = packs.get(usize::from(*first) % packs.len()) {
        exercise(bundle, request);
    }
});

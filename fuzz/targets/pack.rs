//! Any bytes as the payload of a compiled pack: refused, or decided without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yichuang_engine::from_bytes;
use yichuang_forms::{Bundle, LoadedBundle, from_ycc, from_ycp, validate};
use yichuang_fuzz::exercise;

fuzz_target!(|bytes: &[u8]| {
    let _ = (from_ycp(bytes), from_ycc(bytes));
    let Ok(bundle) = from_bytes::<Bundle>(bytes) else { return };
    if validate(&bundle).is_ok() {
        let bundle = LoadedBundle::new(bundle);
        exercise(&bundle, "{}");
        exercise(&bundle, r#"{"on":"2016-02-29","lang":"en","answers":{}}"#);
    }
});

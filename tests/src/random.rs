//! Running a law over random values, the same ones every time.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

/// Tries a law on `cases` random values from a fixed seed; `YICHUANG_RANDOM_CASES` tries more.
///
/// # Panics
/// If the law does not hold for one, with the reason for the smallest one that was found. What
/// was drawn is told by the reason, because bytes of a tape tell nothing.
pub fn check<S: Strategy>(cases: u32, strategy: &S, law: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let more = std::env::var("YICHUANG_RANDOM_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = more.unwrap_or(cases);
    let rng_seed = RngSeed::Fixed(0x59_43);
    let config = Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 3_000, ..Config::default() };
    match TestRunner::new(config).run(strategy, law) {
        Ok(()) => {}
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => panic!("{reason}"),
    }
}

//! Counting what test runners report.

use std::fmt;
use std::ops::AddAssign;

/// How many checks passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub(crate) const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// This tally, with one more failure where the runner failed and counted none itself, for
    /// instance because something did not compile or a test brought its process down.
    pub(crate) fn with_exit(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// Adds up the `test result:` lines of `cargo test`, one for each test program.
pub(crate) fn libtest(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().map(without_colour) {
        let Some(result) = line.strip_prefix("test result: ") else {
            continue;
        };
        let counts = result.split_once(". ").map_or("", |(_, counts)| counts);
        for count in counts.split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => tally.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => tally.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => tally.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
    tally
}

/// Reads the summary at the end of what node's test runner writes in TAP.
///
/// What a test prints also becomes a comment there, so the last line of each kind counts.
pub(crate) fn tap(output: &str) -> Tally {
    let last = |kind: &str| -> u64 {
        let number = |line: &str| line.strip_prefix("# ")?.strip_prefix(kind)?.trim().parse().ok();
        output.lines().rev().find_map(number).unwrap_or(0)
    };
    Tally {
        passed: last("pass "),
        failed: last("fail ") + last("cancelled "),
        skipped: last("skipped ") + last("todo "),
    }
}

fn without_colour(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = String::from(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_PROGRAMS: &str = "\
running 3 tests
test a ... ok
test b ... ignored, needs a printer
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests yichuang
test result: FAILED. 4 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

    #[test]
    fn all_test_programs_are_added_up() {
        let expected = Tally { passed: 6, failed: 3, skipped: 1 };
        assert_eq!(libtest(TWO_PROGRAMS), expected);
        let coloured = TWO_PROGRAMS.replace("FAILED", "\u{1b}[31mFAILED\u{1b}(B\u{1b}[m");
        assert_eq!(libtest(&coloured), expected);
    }

    #[test]
    fn a_runner_that_dies_is_a_failure() {
        assert_eq!(libtest("error: could not compile").with_exit(false), Tally::FAILED);
        assert_eq!(libtest(TWO_PROGRAMS).with_exit(false).failed, 3);
        assert_eq!(Tally::PASSED.with_exit(true), Tally::PASSED);
    }

    #[test]
    fn the_summary_of_node_counts_and_not_what_a_test_prints() {
        let output = "TAP version 13\n# pass 99\nok 1 - opens\n1..1\n# tests 7\n# suites 0\n# pass 3\n\
                      # fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n# duration_ms 12.5\n";
        assert_eq!(tap(output), Tally { passed: 3, failed: 2, skipped: 2 });
    }

    #[test]
    fn a_tally_prints_as_the_closing_line() {
        let mut tally = Tally::PASSED;
        tally += Tally::SKIPPED;
        tally += Tally::PASSED;
        assert_eq!(tally.to_string(), "2 passed, 0 failed, 1 skipped");
    }
}

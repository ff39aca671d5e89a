//! What the steps of a test run came to.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::count::Tally;

/// The steps so far. A step that fails does not end the run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    tally: Tally,
    took: Duration,
}

impl Report {
    /// A step that is one check.
    pub(crate) fn check(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        self.count(name, || work().map(|()| Tally::PASSED));
    }

    /// A step that other steps need: it counts only when it fails.
    pub(crate) fn need(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        self.count(name, || work().map(|()| Tally::default()));
    }

    /// A step that is many checks. One that breaks off is one failure.
    pub(crate) fn count(&mut self, name: &'static str, work: impl FnOnce() -> Result<Tally>) {
        println!("\n== {name}");
        let start = Instant::now();
        let tally = work().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::FAILED
        });
        let took = start.elapsed();
        self.steps.push(Step { name, tally, took });
    }

    /// A step that cannot run; it counts as one skipped check.
    pub(crate) fn skip(&mut self, name: &'static str, reason: &str) {
        self.count(name, || {
            println!("skipped: {reason}");
            Ok(Tally::SKIPPED)
        });
    }

    /// Whether none of these steps has failed.
    pub(crate) fn all_passed(&self, names: &[&str]) -> bool {
        let mut named = self.steps.iter().filter(|step| names.contains(&step.name));
        named.all(|step| step.tally.failed == 0)
    }

    /// Prints the steps, the failed ones by name, and alone in the last line the counts.
    pub(crate) fn close(&self) -> ExitCode {
        let total = self.total();
        println!();
        for Step { name, tally, took } in &self.steps {
            println!("{name:<20} {:>6.1} s  {tally}", took.as_secs_f64());
        }
        let failed = self.failed();
        if !failed.is_empty() {
            println!("failed: {}", failed.join(", "));
        }
        println!("{total}");
        if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for step in &self.steps {
            total += step.tally;
        }
        total
    }

    fn failed(&self) -> Vec<&'static str> {
        let failed = self.steps.iter().filter(|step| step.tally.failed > 0);
        failed.map(|step| step.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_failing_step_is_counted_named_and_does_not_end_the_run() {
        let mut report = Report::default();
        report.check("fmt", || bail!("not formatted"));
        report.need("programs", || Ok(()));
        report.count("unit", || Ok(Tally { passed: 5, failed: 0, skipped: 1 }));
        report.skip("browser", "nothing was built");
        assert_eq!(report.total(), Tally { passed: 5, failed: 1, skipped: 2 });
        assert_eq!(report.failed(), ["fmt"]);
        assert!(report.all_passed(&["programs", "unit"]));
        assert!(!report.all_passed(&["programs", "fmt"]));
    }
}

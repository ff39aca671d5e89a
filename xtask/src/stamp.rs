//! Slow steps are left out when their input is the same as the last time.
//!
//! What counts is the content, never the time of a file: a fresh clone has new times only.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The SHA-256 of several inputs, as hexadecimal text.
///
/// The length of each input is part of it, so a byte cannot move from one input to the next unseen.
pub(crate) fn stamp(inputs: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for input in inputs {
        hash.update((input.len() as u64).to_le_bytes());
        hash.update(input);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Does `work` unless `record` already holds `stamp` and every output is there.
///
/// The record is written last: work that was broken off is done again.
///
/// # Errors
/// Those of `work`, and when the record cannot be written.
pub(crate) fn when_changed(
    record: &Path,
    stamp: &str,
    outputs: &[&Path],
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let recorded = fs::read_to_string(record).unwrap_or_default();
    if recorded == stamp && outputs.iter().all(|output| output.exists()) {
        return Ok(());
    }
    if record.exists() {
        fs::remove_file(record).with_context(|| cannot_write(record))?;
    }
    work()?;
    fs::write(record, stamp).with_context(|| cannot_write(record))
}

fn cannot_write(record: &Path) -> String {
    format!("`{}` cannot be written", record.display())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::PathBuf;

    use anyhow::bail;

    use super::*;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("yichuang-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_stamp_depends_on_the_content_and_its_borders() {
        assert_eq!(stamp(&[b"a", b"bc"]), stamp(&[b"a", b"bc"]));
        assert_ne!(stamp(&[b"a", b"bc"]), stamp(&[b"ab", b"c"]));
        // The SHA-256 of no bytes at all (FIPS 180-4).
        assert_eq!(stamp(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn work_is_done_once_per_stamp_and_again_without_its_output() {
        let scratch = Scratch::new("once");
        let (record, output) = (scratch.0.join("record"), scratch.0.join("output"));
        let times = Cell::new(0);
        let make = |stamp: &str| {
            when_changed(&record, stamp, &[&output], || {
                times.set(times.get() + 1);
                Ok(fs::write(&output, "made")?)
            })
            .unwrap();
            times.get()
        };
        assert_eq!([make("1"), make("1"), make("2"), make("2")], [1, 1, 2, 2]);
        fs::remove_file(&output).unwrap();
        assert_eq!(make("2"), 3);
    }

    #[test]
    fn work_that_failed_is_not_recorded() {
        let scratch = Scratch::new("failed");
        let record = scratch.0.join("record");
        fs::write(&record, "1").unwrap();
        assert!(when_changed(&record, "2", &[], || bail!("no")).is_err());
        assert!(!record.exists());
    }
}

//! The workloads as code: what is written by the build script, the same rules that are compiled to
//! packs. This is the limit that decisions are measured against.

/// The four literals of a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// An asked item fails.
    pub refused: bool,
    /// Nothing is asked.
    pub not_needed: bool,
    /// Something can be corrected.
    pub correctable: bool,
    /// Everything is there.
    pub ready: bool,
}

include!(concat!(env!("OUT_DIR"), "/straight.rs"));

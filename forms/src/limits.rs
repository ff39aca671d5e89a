//! How much is taken at most: the one place for all clients.

/// The most that is read of answers; what goes beyond is refused in words, never cut.
///
/// They are the same everywhere, so that a page, the command and a server say the same of the
/// same answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a request or of answers as JSON, and of a posted form.
    pub bytes: usize,
    /// The characters of one text.
    pub text: usize,
    /// The rows of one table; a pack may allow fewer.
    pub rows: u16,
    /// The rows of one table together with those of the tables in its cells.
    pub all_rows: usize,
    /// The columns of one table.
    pub columns: usize,
    /// The errors in the cells of one table that are told one by one.
    pub cell_errors: usize,
}

/// The limits of all clients.
pub const LIMITS: Limits =
    Limits { bytes: 1_000_000, text: 10_000, rows: 1_000, all_rows: 10_000, columns: 64, cell_errors: 100 };

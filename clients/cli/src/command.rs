//! One file a command.

pub(crate) mod check;
pub(crate) mod compile;
pub(crate) mod decide;
pub(crate) mod fmt;
pub(crate) mod keys;
pub(crate) mod plan;
pub(crate) mod schema;
pub(crate) mod test;
pub(crate) mod why;

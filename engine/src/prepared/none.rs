//! No prepared form: programs are computed as they stand.

use crate::many::Block;
use crate::{Calendar, Facts, Lit, Pack, Program, Run};

/// There is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prepared {}

/// Nothing is kept.
#[derive(Debug, Default)]
pub(crate) struct State {}

/// What would be computed.
#[allow(dead_code, reason = "nobody computes it")]
pub(crate) struct Case<'c> {
    pub(crate) program: &'c Program,
    pub(crate) facts: &'c Facts,
    pub(crate) calendar: Option<&'c Calendar>,
}

impl Prepared {
    pub(crate) fn new(_: &Pack) -> Option<Prepared> {
        None
    }

    pub(crate) fn run(&self, _: Case<'_>, _: &mut State) -> Run {
        match *self {}
    }

    pub(crate) fn lanes(&self, _: &mut Block<'_>) {
        match *self {}
    }

    pub(crate) fn slot(&self, _: Lit) -> Option<usize> {
        match *self {}
    }
}

//! What a computation over rows came to, row by row.

use alloc::vec::Vec;

use super::WhyKind;
use crate::parts::Part;
use crate::run::{Compute, Counted, columns_read};
use crate::{FactId, Facts, Number, Rows, Run};

/// How many rows of one computation are told at most.
pub(super) const MOST_ROWS: usize = 64;

/// The rows of all computations of a pack's own program.
pub(super) struct RowTeller<'a> {
    computations: &'a [Rows],
    /// What the rows of every computation come to, once the table is known.
    told: Vec<Option<Vec<Counted>>>,
}

impl<'a> RowTeller<'a> {
    pub(super) fn new(compute: &Compute<'a, Run, Facts>) -> RowTeller<'a> {
        let computations = &compute.program.rows;
        RowTeller { computations, told: computations.iter().map(|rows| compute.row_by_row(rows)).collect() }
    }

    /// The rows that are chosen by whether they count; of an unknown table the table itself.
    pub(super) fn parts(&self, place: u16, chosen: impl Fn(Option<bool>) -> bool) -> Vec<Part> {
        match self.told.get(usize::from(place)) {
            Some(Some(told)) => {
                let rows = told.iter().enumerate().filter(|(_, row)| chosen(row.counts));
                rows.map(|(row, _)| Part::Row(place, row)).collect()
            }
            Some(None) => [Part::Fact(self.table(place))].into(),
            None => Vec::new(),
        }
    }

    /// The table that a computation is over.
    pub(super) fn table(&self, place: u16) -> FactId {
        self.computations.get(usize::from(place)).map_or(FactId::new(0), |rows| rows.table)
    }

    /// One row, and whether it counts.
    pub(super) fn row(&self, place: u16, row: usize) -> (WhyKind, Option<bool>) {
        let place = usize::from(place);
        let told = self.told.get(place).and_then(|told| told.as_ref()?.get(row));
        let Counted { counts, number } = told.copied().unwrap_or(Counted { counts: None, number: Number::Unknown });
        let computation = self.computations.get(place);
        let kind = WhyKind::Row {
            table: computation.map_or(FactId::new(0), |rows| rows.table),
            row,
            columns: computation.map_or_else(Vec::new, |rows| columns_read(rows).into_iter().collect()),
            cannot_compute: match number {
                Number::CannotCompute(cause) if counts != Some(false) => Some(cause),
                _ => None,
            },
        };
        (kind, counts)
    }
}

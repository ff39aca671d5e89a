//! What an open result of a table hangs on, and what tables tell apart.

use super::domain::Read;
use super::{SEARCH_BOUND, Walk};
use crate::run::fact_of;
use crate::{ANYTHING, Column, FactId, Formula, Operand, Program};

impl Walk<'_, '_> {
    /// The inputs that decide between the rows that may match, and what these rows give.
    pub(super) fn table(&mut self, table: u16, output: u16) {
        let search = self.search;
        let Some(of) = search.pack.program.tables.get(usize::from(table)) else { return };
        let Some(matched) = search.run.matched(table) else { return };
        let is_open = |column: &Column, row: &u16| {
            column.cells().get((*row).into()).is_some_and(|cell| !cell.contains(&ANYTHING))
        };
        for column in &of.columns {
            if matched.possible.iter().any(|row| is_open(column, row)) {
                self.operand(column.input());
            }
        }
        matched.possible.iter().filter_map(|row| of.when.get((*row).into())).for_each(|lit| self.lit(*lit));
        let Some(output) = of.outputs.get(usize::from(output)) else { return };
        let rows = matched.possible.iter().chain(&matched.certain);
        rows.filter_map(|row| output.cells.get((*row).into())).for_each(|cell| self.operand(cell));
        if matched.certain.is_empty() {
            output.otherwise.iter().for_each(|operand| self.operand(operand));
        }
    }
}

impl Read {
    /// The bounds and texts with which tables compare a fact. Where there are more of them than
    /// can be searched they are not listed.
    pub(super) fn tables(&mut self, program: &Program, fact: FactId) {
        for formula in &program.values {
            match formula {
                Formula::TextPlace(of, texts) if *of == fact && texts.len() <= SEARCH_BOUND => {
                    for text in texts {
                        self.texts.insert(text.clone());
                    }
                }
                Formula::TextPlace(of, _) => self.computed |= *of == fact,
                _ => {}
            }
        }
        for table in &program.tables {
            let columns = table.columns.iter().filter(|column| fact_of(column.input()) == Some(fact));
            columns.for_each(|column| self.column(column));
            let gives = |cell: &Operand| fact_of(cell) == Some(fact);
            let mut outputs = table.outputs.iter();
            self.computed |= outputs.any(|output| output.cells.distinct.iter().chain(&output.otherwise).any(gives));
        }
    }

    fn column(&mut self, column: &Column) {
        for (low, high) in column.cells().distinct.iter().flatten() {
            if self.starts.len() > SEARCH_BOUND {
                self.computed = true;
                return;
            }
            for start in [low.checked_sub(1).map(|_| *low), high.checked_add(1)].into_iter().flatten() {
                self.starts.insert(start);
            }
        }
        if let Some(below) = self.starts.iter().next().and_then(|first| first.checked_sub(1)) {
            self.starts.insert(below);
        }
    }
}

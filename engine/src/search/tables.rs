//! What tables tell apart.

use super::SEARCH_BOUND;
use super::domain::Read;
use crate::run::fact_of;
use crate::{Column, FactId, Formula, Operand, Program};

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

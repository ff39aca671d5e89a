//! Which rows of a table gave a value.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{ANYTHING, Atom, Formula, Matched, Operand, Reason, Table};

use super::{Teller, Why};
use crate::phrase::{list, say};

impl<'a> Teller<'a, '_> {
    /// The rows on which a comparison rests, and the answers that they ask for.
    pub(super) fn matched_rows(&self, reason: &Reason) -> Vec<Why<'a>> {
        let mut found = Vec::new();
        if let Atom::Compare(left, _, right) = &reason.atom {
            for (table, matched) in [left, right].into_iter().filter_map(|operand| self.table(operand)) {
                found.push(Why { fact: None, text: self.matched(table, matched) });
                for column in &table.columns {
                    let asks =
                        |row: &u16| column.cells().get((*row).into()).is_some_and(|cell| !cell.contains(&ANYTHING));
                    if let (Operand::Fact(fact), true) = (column.input(), matched.certain.iter().any(asks)) {
                        let value = self.precheck.facts.get(*fact).value();
                        found.extend(value.and_then(|value| self.stated(*fact, value)));
                    }
                }
            }
        }
        found
    }

    /// The table that gave a value.
    fn table(&self, operand: &Operand) -> Option<(&'a Table, &'a Matched)> {
        let (program, run) = (&self.precheck.pack().program, &self.precheck.decision.run);
        let mut operand = operand;
        // A choice between versions stands before some.
        while let Operand::Value(value) = operand {
            match program.values.get(usize::from(*value))? {
                Formula::FromTable(table, ..) => {
                    return program.tables.get(usize::from(*table)).zip(run.matched(*table));
                }
                Formula::Choose(lit, then, otherwise) => operand = if run.get(*lit)? { then } else { otherwise },
                _ => return None,
            }
        }
        None
    }

    /// `收费标准第 2 行（示例办法第二条）`.
    fn matched(&self, table: &Table, matched: &Matched) -> String {
        let name = self.lang.pick(&table.name);
        if !matched.possible.is_empty() {
            return say!(self.lang, "{name}：可能命中的各行结果相同", "{name}: all rows that may match agree");
        }
        let Some(first) = matched.certain.first() else {
            return say!(self.lang, "{name}：没有一行命中", "{name}: no row matches");
        };
        let own = table.row_basis.get((*first).into()).filter(|basis| !basis.is_empty());
        let bases = own.unwrap_or(&table.basis).iter();
        let citations = bases.filter_map(|basis| self.precheck.pack().bases.get(basis.index()));
        let basis = list(citations.map(|basis| basis.citation.as_str()), self.lang);
        let rows: Vec<String> = matched.certain.iter().map(|row| (row + 1).to_string()).collect();
        let rows = list(rows.iter().map(String::as_str), self.lang);
        say!(self.lang, "{name}第 {rows} 行（{basis}）", "{name}, row {rows} ({basis})")
    }
}

//! Which rows of a table gave a value.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{ANYTHING, Atom, Formula, Matched, Operand, Pack, Reason, Run, Table};

use super::{Teller, Why};
use crate::Lang;
use crate::phrase::{list, say};

impl<'a> Teller<'a, '_> {
    /// The rows on which a comparison rests, and the answers that they ask for.
    pub(super) fn matched_rows(&self, reason: &Reason) -> Vec<Why<'a>> {
        let mut found = Vec::new();
        let (pack, run) = (self.precheck.pack(), &self.precheck.decision.run);
        if let Atom::Compare(left, _, right) = &reason.atom {
            for (table, matched) in [left, right].into_iter().filter_map(|operand| table_of(pack, run, operand)) {
                found.push(Why { fact: None, text: matched_words(pack, table, matched, self.lang) });
                for column in &table.columns {
                    let asks =
                        |row: &u16| column.cells().get((*row).into()).is_some_and(|cell| !cell.contains(&ANYTHING));
                    let Operand::Fact(id) = column.input() else { continue };
                    let answered = self.precheck.facts.get(*id).value().filter(|_| matched.certain.iter().any(asks));
                    if let (Some(fact), Some(value)) = (pack.facts.get(id.index()), answered) {
                        found.push(Why { fact: Some(fact), text: self.sayer().is(fact, value, true) });
                    }
                }
            }
        }
        found
    }
}

/// The table that gave a value.
pub(crate) fn table_of<'a>(pack: &'a Pack, run: &'a Run, operand: &'a Operand) -> Option<(&'a Table, &'a Matched)> {
    let mut operand = operand;
    // A choice between versions stands before some.
    while let Operand::Value(value) = operand {
        match pack.program.values.get(usize::from(*value))? {
            Formula::FromTable(table, ..) => {
                return pack.program.tables.get(usize::from(*table)).zip(run.matched(*table));
            }
            Formula::Choose(lit, then, otherwise) => {
                operand = if run.get(*lit)? { then } else { otherwise };
                // A value reads earlier ones only; a pack that was not checked might have it otherwise.
                if matches!(operand, Operand::Value(next) if next >= value) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// `收费标准第 2 行（示例办法第二条）`.
pub(crate) fn matched_words(pack: &Pack, table: &Table, matched: &Matched, lang: Lang) -> String {
    let name = lang.pick(&table.name);
    if !matched.possible.is_empty() {
        return say!(lang, "{name}：可能命中的各行结果相同", "{name}: all rows that may match agree");
    }
    let Some(first) = matched.certain.first() else {
        return say!(lang, "{name}：没有一行命中", "{name}: no row matches");
    };
    let own = table.row_basis.get((*first).into()).filter(|basis| !basis.is_empty());
    let bases = own.unwrap_or(&table.basis).iter();
    let citations = bases.filter_map(|basis| pack.bases.get(basis.index()));
    let basis = list(citations.map(|basis| basis.citation.as_str()), lang);
    let rows: Vec<String> = matched.certain.iter().map(|row| (row + 1).to_string()).collect();
    let rows = list(rows.iter().map(String::as_str), lang);
    say!(lang, "{name}第 {rows} 行（{basis}）", "{name}, row {rows} ({basis})")
}

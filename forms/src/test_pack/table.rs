//! The small pack with a table: shareholders, each with the companies where they have shares.

use alloc::vec::Vec;

use yichuang_engine::{
    Aggregate, Atom, Comparison, Fact, FactId, FactKind, Formula, Lit, NumberShape, Operand, Program, Rows, Stretch,
};

use super::facts::question;
use super::zh;
use crate::{Bundle, words::text};

fn money(max: Option<i128>) -> FactKind {
    FactKind::Number { shape: NumberShape::Money, places: 2, unit: text("元", "yuan"), min: Some(0), max }
}

fn column(id: &str, name: &str, kind: FactKind) -> Fact {
    Fact { question: yichuang_engine::Text::default(), ..question(id, name, kind) }
}

/// The place of the table among the facts.
pub(crate) const SHAREHOLDERS: usize = 11;

/// A bundle whose first check holds if some shareholder has no shares, and that lets their sum be
/// the days of the promise.
pub(crate) fn table_bundle() -> Bundle {
    let mut bundle = super::bundle();
    let pack = &mut bundle.pack;
    let kinds = match &pack.facts[1].kind {
        FactKind::Choice(options) => options.clone(),
        _ => Vec::new(),
    };
    let inner = FactKind::Table { columns: [column("at", "公司", FactKind::Date)].into(), max_rows: 2 };
    let columns = [
        column(
            "name",
            "姓名",
            FactKind::Text { format: yichuang_engine::TextFormat::Free, none: Some(zh("没有姓名")) },
        ),
        column("amount", "出资额", money(Some(10_000))),
        column("kind", "类别", FactKind::Choice(kinds)),
        column("active", "在职", FactKind::Bool),
        column("shares", "持股", inner),
    ];
    let mut fact = question("shareholders", "股东", FactKind::Table { columns: columns.into(), max_rows: 4 });
    fact.help = zh("逐个填写。");
    pack.facts.push(fact);
    let row = Program {
        atoms: [Atom::Compare(Operand::Fact(FactId::new(1)), Comparison::Equal, Operand::Number(0))].into(),
        order: [Stretch::Atoms(1)].into(),
        ..Program::default()
    };
    let poor = Rows {
        table: FactId::new(SHAREHOLDERS),
        columns: 5,
        program: row,
        counts: Lit::new(1).unwrap_or(Lit::TRUE),
        of: Operand::Number(0),
        by: Aggregate::Any,
    };
    let total = Rows {
        program: Program::default(),
        counts: Lit::TRUE,
        of: Operand::Fact(FactId::new(1)),
        by: Aggregate::Sum,
        ..poor.clone()
    };
    let program = &mut pack.program;
    pack.checks[0].condition.holds = Lit::new(program.node_count()).unwrap_or(Lit::TRUE);
    program.atoms.push(Atom::Rows(0));
    program.values.push(Formula::Rows(1));
    program.order.extend([Stretch::Atoms(1), Stretch::Values(1)]);
    program.rows = [poor, total].into();
    bundle
}

/// The text of a key of a table.
#[cfg(feature = "rows")]
pub(crate) fn key(cell: &str) -> alloc::string::String {
    ["shareholders", cell].concat()
}

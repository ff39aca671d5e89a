//! The compiled logic of a pack: values, atoms and gates, in the order of computing.
//!
//! Every condition of a pack is a node. A node is an atom (a predicate of values), an AND of at
//! most four literals, or a threshold (at least k of some literals). OR is NOT AND of negated
//! literals, so one gate type serves. Destinations are implicit: the n-th boolean instruction
//! writes node n. Node 0 is the constant `true`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Binary, Date, FactId, IdentifierTest, Input, Pick, ROWS, Rounding, Table, binary_enum, binary_struct};

/// A node or its negation: `2 * node + negated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lit(u16);

impl Lit {
    /// The constant true.
    pub const TRUE: Lit = Lit(0);
    /// The constant false.
    pub const FALSE: Lit = Lit(1);
    /// How many nodes a program may have.
    pub const MAX_NODES: usize = 32_768;

    /// The literal of a node, if the node's number is below [`Lit::MAX_NODES`].
    #[must_use]
    pub fn new(node: usize) -> Option<Lit> {
        if node >= Lit::MAX_NODES {
            return None;
        }
        u16::try_from(node * 2).ok().map(Lit)
    }

    /// The node that the literal reads.
    #[must_use]
    pub fn node(self) -> usize {
        usize::from(self.0 >> 1)
    }

    /// Whether the literal is the negation of its node.
    #[must_use]
    pub fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    pub(crate) fn slot(self) -> usize {
        usize::from(self.0)
    }
}

impl Binary for Lit {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(input: &mut Input<'_>) -> Lit {
        Lit(Binary::read(input))
    }
}

/// `!literal` is the other literal of the same node.
impl core::ops::Not for Lit {
    type Output = Lit;

    fn not(self) -> Lit {
        Lit(self.0 ^ 1)
    }
}

/// A number, date or option that an instruction reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operand {
    /// A number written in the pack, in its smallest place; or the place of an option.
    Number(i128),
    /// A date written in the pack.
    Date(Date),
    /// The value of a fact.
    Fact(FactId),
    /// A value computed before, by its place among [`Program::values`].
    Value(u16),
}

/// How two operands compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `==`; `!=` is its negation.
    Equal,
    /// `<`; `>=` is its negation.
    Less,
    /// `<=`; `>` is its negation.
    LessOrEqual,
}

/// A predicate of facts and values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// The yes-no fact is answered yes.
    Holds(FactId),
    /// The choice is this option.
    Is(FactId, u16),
    /// The set of choices has this option.
    Has(FactId, u16),
    /// The text is this one, to the letter; the empty text is "there is none".
    TextIs(FactId, String),
    /// Two numbers, two dates or two options compare so.
    Compare(Operand, Comparison, Operand),
    /// The text passes a test.
    Text(FactId, TextTest),
    /// The date is a workday.
    Workday(Operand),
    /// Some row counts, of a computation over rows by its place among [`Program::rows`].
    Rows(u16),
    /// A literal of the program around this one, which computes over rows.
    Outer(Lit),
}

/// A test of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextTest {
    /// It begins so.
    StartsWith(String),
    /// It ends so.
    EndsWith(String),
    /// It has this in it.
    Contains(String),
    /// It has no other characters than these; a run is written `0-9`.
    Only(String),
    /// It passes a check of the standards of identifiers.
    Identifier(IdentifierTest),
}

/// A computed whole number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Formula {
    /// Nothing is in force: it cannot be computed.
    Nothing,
    /// One operand as it is.
    Of(Operand),
    /// Sum of two; overflow makes the value not computable.
    Add(Operand, Operand),
    /// Difference of two.
    Subtract(Operand, Operand),
    /// Product of two.
    Multiply(Operand, Operand),
    /// The smallest of some.
    Min(Vec<Operand>),
    /// The largest of some.
    Max(Vec<Operand>),
    /// The sum of the operands whose literal holds; 0 where none holds.
    SumIf(Vec<(Lit, Operand)>),
    /// The largest of the operands whose literal holds; 0 where none holds.
    MaxIf(Vec<(Lit, Operand)>),
    /// The first operand if the literal holds, else the second.
    Choose(Lit, Operand, Operand),
    /// The first divided by the second, rounded so.
    Quotient(Operand, Operand, Rounding),
    /// The first with the sign of the second, which must not be zero: how `a / b` compares with
    /// `c / d` is how `a·d − c·b` signed by `b·d` compares with zero.
    Signed(Operand, Operand),
    /// The date so many days after a date.
    AddDays(Operand, Operand),
    /// The date so many months after a date.
    AddMonths(Operand, Operand, MonthEnd),
    /// The completed years from one date to another.
    YearsBetween(Operand, Operand),
    /// The date so many workdays after a date, the date itself not counted.
    AddWorkdays(Operand, Operand),
    /// The workdays after the first date up to and including the second.
    CountWorkdays(Operand, Operand),
    /// A part of a date.
    DatePart(Operand, DatePart),
    /// A number read from a text.
    TextPart(FactId, TextPart),
    /// A computation over rows, by its place among [`Program::rows`].
    Rows(u16),
    /// A value of the program around this one, which computes over rows.
    Outer(u16),
    /// The place of a text among some, which ascend; -1 where it is none of them.
    TextPlace(FactId, Vec<String>),
    /// What a table gives: its place among [`Program::tables`], the output's among its outputs.
    FromTable(u16, u16, Pick),
}

/// What a month that lacks the corresponding day gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthEnd {
    /// 月末: its last day (民法典第二百零二条).
    LastDay,
    /// 次月首日: the first day of the month after it.
    NextMonth,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePart {
    /// 年.
    Year,
    /// 月, 1 to 12.
    Month,
    /// 日, 1 to 31.
    Day,
}

/// A number that is read from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPart {
    /// How many characters it has (code points).
    Length,
    /// The birth date in a citizen's identity number (GB 11643-1999, digits 7 to 14), as a date.
    BirthDate,
}

/// At least `count` of the literals hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold {
    /// How many must hold.
    pub count: u16,
    /// Of these.
    pub of: Vec<Lit>,
}

/// A computation over the rows of a table: a program that runs once a row, and what is made of
/// its results.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rows {
    /// The table: a fact of the program around; in a program of rows a column of theirs.
    pub table: FactId,
    /// How many columns the table has. To the row's program they are the first facts; the facts of
    /// the program around follow.
    pub columns: u16,
    /// What is computed for a row.
    pub program: Program,
    /// The rows for which it holds count, the others do not.
    pub counts: Lit,
    /// What is taken of a row that counts.
    pub of: Operand,
    /// What is made of all of it.
    pub by: Aggregate,
}

/// What is made of the rows that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aggregate {
    /// Whether there is one: an atom.
    Any,
    /// The sum of what is taken of them, 0 where there is none.
    Sum,
    /// The smallest; not computable where there is none.
    Min,
    /// The largest; not computable where there is none.
    Max,
}

/// A run of instructions of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    /// The next `n` formulas.
    Values(u16),
    /// The next `n` atoms.
    Atoms(u16),
    /// The next `n` gates.
    Gates(u16),
    /// The next `n` thresholds.
    Thresholds(u16),
    /// The next `n` tables.
    Tables(u16),
}

/// The instructions of a pack by kind, and the order in which they are computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// Computed numbers.
    pub values: Vec<Formula>,
    /// Predicates.
    pub atoms: Vec<Atom>,
    /// ANDs of four literals; unused places hold [`Lit::TRUE`].
    pub gates: Vec<[Lit; 4]>,
    /// Counts of literals.
    pub thresholds: Vec<Threshold>,
    /// Decision tables.
    pub tables: Vec<Table>,
    /// The order. An instruction reads only what stands before it.
    pub order: Vec<Stretch>,
    /// The computations over rows that atoms and formulas name.
    pub rows: Vec<Rows>,
}

/// What computes a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instruction<'p> {
    /// Node 0.
    True,
    /// A predicate.
    Atom(&'p Atom),
    /// An AND.
    Gate(&'p [Lit; 4]),
    /// A count.
    Threshold(&'p Threshold),
}

impl Program {
    /// How many nodes the program has, node 0 included.
    #[must_use]
    pub fn node_count(&self) -> usize {
        1 + self.atoms.len() + self.gates.len() + self.thresholds.len()
    }

    /// The instructions of all nodes, node 0 first.
    pub fn instructions(&self) -> Vec<Instruction<'_>> {
        let mut nodes = Vec::with_capacity(self.node_count());
        nodes.push(Instruction::True);
        let mut atoms = self.atoms.iter();
        let mut gates = self.gates.iter();
        let mut thresholds = self.thresholds.iter();
        for stretch in &self.order {
            match *stretch {
                Stretch::Values(_) | Stretch::Tables(_) => {}
                Stretch::Atoms(n) => nodes.extend(atoms.by_ref().take(n.into()).map(Instruction::Atom)),
                Stretch::Gates(n) => nodes.extend(gates.by_ref().take(n.into()).map(Instruction::Gate)),
                Stretch::Thresholds(n) => {
                    nodes.extend(thresholds.by_ref().take(n.into()).map(Instruction::Threshold));
                }
            }
        }
        nodes
    }
}

binary_enum!(Operand {
    0 => Number(a),
    1 => Date(a),
    2 => Fact(a),
    3 => Value(a),
});
binary_enum!(Comparison {
    0 => Equal,
    1 => Less,
    2 => LessOrEqual,
});
binary_enum!(Atom {
    0 => Holds(a),
    1 => Is(a, b),
    2 => Has(a, b),
    3 => TextIs(a, b),
    4 => Compare(a, b, c),
    5 => Text(a, b),
    6 => Workday(a),
    7 => Rows(a),
    8 => Outer(a),
});
binary_enum!(TextTest {
    0 => StartsWith(a),
    1 => EndsWith(a),
    2 => Contains(a),
    3 => Only(a),
    4 => Identifier(a),
});
binary_enum!(Formula {
    0 => Nothing,
    1 => Of(a),
    2 => Add(a, b),
    3 => Subtract(a, b),
    4 => Multiply(a, b),
    5 => Min(a),
    6 => Max(a),
    7 => SumIf(a),
    8 => MaxIf(a),
    9 => Choose(a, b, c),
    10 => Quotient(a, b, c),
    11 => Signed(a, b),
    12 => AddMonths(a, b, c),
    13 => YearsBetween(a, b),
    14 => AddWorkdays(a, b),
    15 => CountWorkdays(a, b),
    16 => DatePart(a, b),
    17 => TextPart(a, b),
    18 => AddDays(a, b),
    19 => TextPlace(a, b),
    20 => FromTable(a, b, c),
    21 => Rows(a),
    22 => Outer(a),
});

/// Its program may hold others.
impl Binary for Rows {
    fn write(&self, out: &mut Vec<u8>) {
        self.table.write(out);
        self.columns.write(out);
        self.program.write(out);
        self.counts.write(out);
        self.of.write(out);
        self.by.write(out);
    }

    fn read(input: &mut Input<'_>) -> Rows {
        if !input.enter() {
            return Rows {
                table: FactId::new(0),
                columns: 0,
                program: Program::default(),
                counts: Lit::TRUE,
                of: Operand::Number(0),
                by: Aggregate::Any,
            };
        }
        let rows = Rows {
            table: Binary::read(input),
            columns: Binary::read(input),
            program: Binary::read(input),
            counts: Binary::read(input),
            of: Binary::read(input),
            by: Binary::read(input),
        };
        input.leave();
        rows
    }
}

binary_enum!(Aggregate {
    0 => Any,
    1 => Sum,
    2 => Min,
    3 => Max,
});
binary_enum!(MonthEnd {
    0 => LastDay,
    1 => NextMonth,
});
binary_enum!(DatePart {
    0 => Year,
    1 => Month,
    2 => Day,
});
binary_enum!(TextPart {
    0 => Length,
    1 => BirthDate,
});
binary_struct!(Threshold { count, of });
binary_enum!(Stretch {
    0 => Values(a),
    1 => Atoms(a),
    2 => Gates(a),
    3 => Thresholds(a),
    4 => Tables(a),
});

/// Without tables of rows there is no list of computations over them to read.
impl Binary for Program {
    fn write(&self, out: &mut Vec<u8>) {
        self.values.write(out);
        self.atoms.write(out);
        self.gates.write(out);
        self.thresholds.write(out);
        self.tables.write(out);
        self.order.write(out);
        self.rows.write(out);
    }

    #[inline(never)]
    fn read(input: &mut Input<'_>) -> Program {
        Program {
            values: Binary::read(input),
            atoms: Binary::read(input),
            gates: Binary::read(input),
            thresholds: Binary::read(input),
            tables: Binary::read(input),
            order: Binary::read(input),
            rows: if ROWS { Binary::read(input) } else { input.none() },
        }
    }
}

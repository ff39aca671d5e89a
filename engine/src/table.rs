//! Decision tables 决策表: rows of cells over some inputs, and what the rows that match give.
//!
//! All inputs are whole numbers: options by their places, dates by their days, conditions as one or
//! zero. So one kind of cell serves, a list of ranges, and one kind of index: the numbers of an input
//! are parted into at most [`MOST_BUCKETS`] buckets, each with the set of rows that a number in it
//! can match. The bounds of the buckets stand in the compiled file, the sets are made when it is
//! read. Only rows that are in the sets of all known inputs are looked at.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{BasisId, Binary, Cause, Input, Lit, Number, Operand, Text, binary_enum, binary_struct};

/// The most buckets of an indexed column.
pub const MOST_BUCKETS: usize = 64;

/// MatchedRows in one word of a set of rows.
const WORD: usize = 64;

/// What a cell matches: the numbers in some ranges, both ends included.
pub type Ranges = Vec<(i128, i128)>;

/// The range of a cell that matches whatever the input is, known or not.
pub const ANYTHING: (i128, i128) = (i128::MIN, i128::MAX);

/// Cells of one column: the different ones, and which of them stands in each row.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cells<T> {
    /// Each cell once.
    pub distinct: Vec<T>,
    /// For each row its place among them.
    pub rows: Vec<u16>,
}

impl<T> Cells<T> {
    /// The cell in a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&T> {
        self.distinct.get(usize::from(*self.rows.get(row)?))
    }
}

/// A column that asks for an input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    input: Operand,
    cells: Cells<Ranges>,
    /// The first number of each bucket but the lowest, ascending; empty where there is no index.
    bounds: Vec<i128>,
    /// The sets of rows of the buckets, one after the other.
    sets: Vec<u64>,
}

impl Column {
    /// A column; with `bounds` it is indexed.
    #[must_use]
    pub fn new(input: Operand, cells: Cells<Ranges>, bounds: Vec<i128>) -> Column {
        let mut column = Column { input, cells, bounds, sets: Vec::new() };
        if !column.bounds.is_empty() && column.bounds.len() < MOST_BUCKETS {
            column.build();
        }
        column
    }

    /// What is looked up.
    #[must_use]
    pub fn input(&self) -> &Operand {
        &self.input
    }

    /// The cells.
    #[must_use]
    pub fn cells(&self) -> &Cells<Ranges> {
        &self.cells
    }

    /// The bounds of the index.
    #[must_use]
    pub fn bounds(&self) -> &[i128] {
        &self.bounds
    }

    fn bucket(&self, number: i128) -> usize {
        self.bounds.partition_point(|bound| *bound <= number)
    }

    fn build(&mut self) {
        let words = self.cells.rows.len().div_ceil(WORD);
        self.sets = alloc::vec![0; (self.bounds.len() + 1) * words];
        for row in 0..self.cells.rows.len() {
            for (low, high) in self.cells.get(row).into_iter().flatten() {
                for bucket in self.bucket(*low)..=self.bucket(*high) {
                    if let Some(word) = self.sets.get_mut(bucket * words + row / WORD) {
                        *word |= 1 << (row % WORD);
                    }
                }
            }
        }
    }

    /// The rows that the number can match, as far as the index tells.
    fn set(&self, number: i128) -> Option<&[u64]> {
        let words = self.cells.rows.len().div_ceil(WORD);
        let start = self.bucket(number) * words;
        self.sets.get(start..start + words)
    }

    /// Whether a cell matches the input; `None` is unknown.
    fn matches(&self, row: usize, input: Option<i128>) -> Option<bool> {
        let ranges = self.cells.get(row)?;
        match input {
            Some(number) => Some(ranges.iter().any(|(low, high)| *low <= number && number <= *high)),
            None => ranges.contains(&ANYTHING).then_some(true),
        }
    }
}

/// What a table gives in one of its columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Output {
    /// Its id in the table: `rate`.
    pub id: String,
    /// What each row gives: a number, a day, the place of an option, 0 or 1, or a set as bits.
    pub cells: Cells<Operand>,
    /// What is given where no row matches.
    pub otherwise: Option<Operand>,
}

/// A decision table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    /// Stable name: `fee_rate`.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// All rows that match count 汇总; otherwise the first one alone 首个. Of a table whose rows
    /// exclude each other 唯一 the first one is the only one.
    pub collects: bool,
    /// How many rows it has.
    pub rows: u16,
    /// The inputs.
    pub columns: Vec<Column>,
    /// What must hold besides; no rows where nothing must.
    pub when: Cells<Lit>,
    /// What it gives.
    pub outputs: Vec<Output>,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
    /// Where each row comes from; no rows where they have no basis of their own.
    pub row_basis: Cells<Vec<BasisId>>,
}

/// How the result of a table comes from its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pick {
    /// What the first row that matches gives.
    First,
    /// The sum over the rows that match; 0 of none.
    Sum,
    /// How many rows match.
    Count,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// 1 if a row that matches has this option in its set, else 0.
    Has(u16),
}

/// Some rows; up to one of them takes no memory of its own.
#[derive(Clone, Debug, Default)]
pub enum MatchedRows {
    /// None.
    #[default]
    None,
    /// One.
    One([u16; 1]),
    /// Any number.
    Many(Vec<u16>),
}

impl MatchedRows {
    pub(crate) fn push(&mut self, row: u16) {
        match self {
            MatchedRows::None => *self = MatchedRows::One([row]),
            MatchedRows::One([first]) => *self = MatchedRows::Many(alloc::vec![*first, row]),
            MatchedRows::Many(rows) => rows.push(row),
        }
    }
}

impl core::ops::Deref for MatchedRows {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        match self {
            MatchedRows::None => &[],
            MatchedRows::One(row) => row,
            MatchedRows::Many(rows) => rows,
        }
    }
}

impl PartialEq for MatchedRows {
    fn eq(&self, other: &MatchedRows) -> bool {
        **self == **other
    }
}

impl Eq for MatchedRows {}

impl<'r> IntoIterator for &'r MatchedRows {
    type Item = &'r u16;
    type IntoIter = core::slice::Iter<'r, u16>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Which rows of a table match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// The rows that certainly match; the first one alone unless the table collects.
    pub certain: MatchedRows,
    /// The rows that may match, where these are before the first certain one unless the table
    /// collects.
    pub possible: MatchedRows,
}

impl Table {
    /// The rows that the index leaves, in order; an input that is not known leaves all.
    pub fn candidates<'t>(&'t self, inputs: &[Option<i128>]) -> impl Iterator<Item = u16> + use<'t> {
        let sets: Vec<&[u64]> =
            self.columns.iter().zip(inputs).filter_map(|(column, input)| column.set((*input)?)).collect();
        let word = move |at: usize| sets.iter().fold(u64::MAX, |left, set| left & set.get(at).unwrap_or(&u64::MAX));
        let rows = usize::from(self.rows);
        let (mut at, mut left) = (0, word(0));
        core::iter::from_fn(move || {
            while left == 0 && at * WORD < rows {
                at += 1;
                left = word(at);
            }
            let row = at * WORD + usize::try_from(left.trailing_zeros()).unwrap_or(WORD);
            left &= left.saturating_sub(1);
            u16::try_from(row).ok().filter(|_| row < rows)
        })
    }

    /// Which rows match. `None` is unknown.
    pub(crate) fn find(&self, inputs: &[Option<i128>], holds: impl Fn(Lit) -> Option<bool>) -> Matched {
        let mut matched = Matched::default();
        for row in self.candidates(inputs) {
            match self.matches(row.into(), inputs, &holds) {
                Some(true) => matched.certain.push(row),
                Some(false) => {}
                None => matched.possible.push(row),
            }
            if !self.collects && !matched.certain.is_empty() {
                break;
            }
        }
        matched
    }

    /// Whether a row matches, by Kleene's logic.
    fn matches(&self, row: usize, inputs: &[Option<i128>], holds: &impl Fn(Lit) -> Option<bool>) -> Option<bool> {
        let cells = self.columns.iter().zip(inputs).map(|(column, input)| column.matches(row, *input));
        let mut all = Some(true);
        for cell in cells.chain(self.when.get(row).map(|lit| holds(*lit))) {
            match cell {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    /// What an output is, if `matched` are the rows that match.
    pub(crate) fn value(
        &self,
        output: u16,
        pick: Pick,
        matched: &Matched,
        read: impl Fn(&Operand) -> Number,
    ) -> Number {
        let Some(output) = self.outputs.get(usize::from(output)) else { return Number::Unknown };
        let of_row = |operand: &Operand| pick.of_row(read(operand));
        let cell = |row: &u16| output.cells.get((*row).into()).map_or(Number::Unknown, of_row);
        let mut sum: Option<Number> = None;
        matched.certain.iter().for_each(|row| sum = Some(pick.add(sum, cell(row))));
        let result = sum.unwrap_or_else(|| output.otherwise.as_ref().map_or_else(|| self.of_none(pick), of_row));
        let (is_certain, many) = (sum.is_some(), matched.possible.len() > 1);
        let changes = |row: &u16| {
            let value = cell(row);
            let alone = !(self.collects && is_certain) && (value != result || value == Number::Unknown);
            // Beside others a row of a table that collects may leave the result as it is.
            alone || self.collects && (is_certain || many) && pick.add(Some(result), value) != result
        };
        if matched.possible.iter().any(changes) { Number::Unknown } else { result }
    }

    /// What is given where no row matches and the table says nothing about that.
    fn of_none(&self, pick: Pick) -> Number {
        match pick {
            Pick::Sum | Pick::Count | Pick::Has(_) if self.collects => Number::Known(0),
            _ => Number::CannotCompute(Cause::Empty),
        }
    }
}

impl Pick {
    /// What one row counts for.
    fn of_row(self, value: Number) -> Number {
        match (self, value) {
            (Pick::Count, _) => Number::Known(1),
            (Pick::Has(option), Number::Known(set)) => Number::Known(set.checked_shr(option.into()).unwrap_or(0) & 1),
            (_, value) => value,
        }
    }

    fn add(self, so_far: Option<Number>, value: Number) -> Number {
        let Some(so_far) = so_far else { return value };
        match (self, so_far.both(value)) {
            (Pick::First, _) => so_far,
            (_, Err(number)) => number,
            (Pick::Sum | Pick::Count, Ok((a, b))) => Number::checked(a.checked_add(b)),
            (Pick::Min, Ok((a, b))) => Number::Known(a.min(b)),
            (Pick::Max | Pick::Has(_), Ok((a, b))) => Number::Known(a.max(b)),
        }
    }
}

impl<T: Binary> Binary for Cells<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.distinct.write(out);
        self.rows.write(out);
    }

    fn read(input: &mut Input<'_>) -> Cells<T> {
        Cells { distinct: Binary::read(input), rows: Binary::read(input) }
    }
}

impl Binary for Column {
    fn write(&self, out: &mut Vec<u8>) {
        self.input.write(out);
        self.cells.write(out);
        self.bounds.write(out);
    }

    fn read(input: &mut Input<'_>) -> Column {
        Column::new(Binary::read(input), Binary::read(input), Binary::read(input))
    }
}

binary_struct!(Output { id, cells, otherwise });
binary_struct!(Table { id, name, collects, rows, columns, when, outputs, basis, row_basis });
binary_enum!(Pick {
    0 => First,
    1 => Sum,
    2 => Count,
    3 => Min,
    4 => Max,
    5 => Has(a),
});

//! Tables of few rows in a prepared program: sets of rows in one word.

use alloc::vec::Vec;

use super::Source;
use super::plan::Plan;
use crate::table::{Column, MatchedRows};
use crate::{ANYTHING, FactKind, Formula, Matched, Number, Operand, Ranges};

/// The most rows of such a table.
const MOST_ROWS: u16 = 64;

/// The most options of an input that has a set for each.
const MOST_OPTIONS: i128 = 128;

/// A table with its sets of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Index {
    /// Its place in the program.
    pub(super) table: u16,
    pub(super) collects: bool,
    pub(super) all: u64,
    pub(super) columns: Vec<Indexed>,
    /// MatchedRows that ask for a literal besides.
    pub(super) when: Vec<(u16, u64)>,
}

/// A column of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Indexed {
    pub(super) input: Input,
    /// The first number of each stretch but the lowest, ascending.
    bounds: Vec<i64>,
    /// The rows that match in each stretch: for an option in each option, and in all others.
    sets: Vec<u64>,
    /// The rows that match whatever the input is.
    pub(super) open: u64,
}

/// What a column looks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A number that is one of two: the first set is where the literal holds.
    Lit(u16),
    /// The option of a choice.
    Option(crate::FactId),
    Number(Source),
}

impl Indexed {
    /// The rows that a number matches.
    pub(super) fn rows(&self, number: i64) -> u64 {
        let stretch = self.bounds.partition_point(|bound| *bound <= number);
        self.sets.get(stretch).copied().unwrap_or(0)
    }

    /// The rows that an option matches, or one of two numbers.
    pub(super) fn rows_of(&self, option: usize) -> u64 {
        self.sets.get(option).or(self.sets.last()).copied().unwrap_or(0)
    }
}

impl Index {
    pub(super) fn new(plan: &Plan<'_>, place: u16) -> Option<Index> {
        let table = plan.program.tables.get(usize::from(place))?;
        let rows = usize::from(table.rows);
        if table.rows == 0 || table.rows > MOST_ROWS {
            return None;
        }
        let columns =
            table.columns.iter().map(|column| indexed(plan, column, rows)).collect::<Option<Vec<Indexed>>>()?;
        let when = table.when.distinct.iter().enumerate().map(|(place, lit)| {
            let asks = |own: &u16| usize::from(*own) == place;
            (plan.lit(*lit), set(table.when.rows.iter().map(asks)))
        });
        let when = when.collect();
        Some(Index { table: place, collects: table.collects, all: u64::MAX >> (64 - rows), columns, when })
    }

    /// The rows of two sets as a table gives them.
    pub(super) fn matched(&self, certain: u64, possible: u64) -> Matched {
        let first = certain & certain.wrapping_neg();
        if self.collects {
            Matched { certain: listed(certain), possible: listed(possible & !certain) }
        } else {
            Matched { certain: listed(first), possible: listed(possible & !certain & first.wrapping_sub(1)) }
        }
    }
}

fn listed(mut set: u64) -> MatchedRows {
    let mut rows = MatchedRows::default();
    while set != 0 {
        rows.push(u16::try_from(set.trailing_zeros()).unwrap_or(0));
        set &= set - 1;
    }
    rows
}

fn set(rows: impl Iterator<Item = bool>) -> u64 {
    rows.enumerate().fold(0, |set, (row, is_in)| set | u64::from(is_in) << row)
}

fn indexed(plan: &Plan<'_>, column: &Column, rows: usize) -> Option<Indexed> {
    let cells = column.cells();
    if cells.rows.len() != rows || cells.rows.iter().any(|cell| usize::from(*cell) >= cells.distinct.len()) {
        return None;
    }
    let of_cells = |holds: &dyn Fn(&Ranges) -> bool| {
        let holding = set(cells.distinct.iter().map(holds));
        // There are no more cells than rows.
        set(cells.rows.iter().map(|cell| holding >> cell & 1 == 1))
    };
    if cells.distinct.len() > usize::from(MOST_ROWS) {
        return None;
    }
    let of = |number: i128| of_cells(&|ranges| ranges.iter().any(|(low, high)| *low <= number && number <= *high));
    let open = of_cells(&|ranges| ranges.contains(&ANYTHING));
    let (input, bounds, sets) = match column.input() {
        Operand::Fact(fact) => {
            let kind = &plan.pack.facts.get(fact.index())?.kind;
            let most = ends(&cells.distinct).max().unwrap_or(0);
            if matches!(kind, FactKind::Choice(_)) && most < MOST_OPTIONS {
                (Input::Option(*fact), Vec::new(), (0..=most.max(0) + 1).map(of).collect())
            } else {
                numbers(Source::Fact(*fact), &cells.distinct, of)?
            }
        }
        Operand::Value(value) => match plan.program.values.get(usize::from(*value))? {
            Formula::Choose(lit, Operand::Number(then), Operand::Number(otherwise)) if then != otherwise => {
                (Input::Lit(plan.lit(*lit)), Vec::new(), [*then, *otherwise].map(of).into())
            }
            _ => numbers(Source::Value(*value), &cells.distinct, of)?,
        },
        Operand::Number(_) | Operand::Date(_) => return None,
    };
    Some(Indexed { input, bounds, sets, open })
}

/// Where cells begin or end to match, but for the ends of all numbers.
fn ends(cells: &[Ranges]) -> impl Iterator<Item = i128> {
    let low = |low: &i128| Some(*low).filter(|low| *low > i128::MIN);
    cells.iter().flatten().flat_map(move |(first, last)| [low(first), last.checked_add(1)]).flatten()
}

fn numbers(of: Source, cells: &[Ranges], rows: impl Fn(i128) -> u64) -> Option<(Input, Vec<i64>, Vec<u64>)> {
    let mut bounds: Vec<i64> =
        ends(cells).map(|end| i64::try_from(end).ok().filter(|end| *end > i64::MIN)).collect::<Option<_>>()?;
    bounds.sort_unstable();
    bounds.dedup();
    let lowest = bounds.first().map_or(0, |bound| i128::from(*bound) - 1);
    let starts = core::iter::once(lowest).chain(bounds.iter().map(|bound| i128::from(*bound)));
    let sets = starts.map(rows).collect();
    Some((Input::Number(of), bounds, sets))
}

/// A known number, narrowed to its nearest of 64 bits.
pub(super) fn clamped(number: Number) -> Option<i64> {
    match number {
        Number::Known(number) => Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })),
        Number::Unknown | Number::CannotCompute(_) => None,
    }
}

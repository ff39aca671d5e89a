//! Compiled rows, and whether they exclude or cover each other.
//!
//! Which rows can meet is found by sets of rows, one for each stretch of the numbers of an input,
//! so that a table of ten thousand rows is checked without comparing every two of them.

use std::collections::BTreeMap;

use yichuang_engine::{
    ANYTHING, Cells, Column, FactId, Formula, Lit, MOST_BUCKETS, Operand, Pack, Ranges, Satisfied, Slot, Value, satisfy,
};
use yichuang_forms::{Lang, value_text};

use super::super::exceptions::{RUNS, example_words};
use super::super::{Lower, faults};
use super::cells::{Test, contains, intersection};
use super::inputs::{Input, InputKind};
use super::rows::Row;
use super::{Hit, Interned, TableDecl};
use crate::{Msg, Span};

/// Tables of so many rows are looked up without an index.
const FEW_ROWS: usize = 64;

/// Stretches of the numbers of an input for checking.
const STRETCHES: usize = 1024;

/// After so many faults of a table the others are not looked for.
const MOST_FAULTS: usize = 5;

/// How many pairs of rows of a table are shown to exclude each other by search.
const MOST_PAIRS: usize = 64;

/// The rows of a table as the engine reads them.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) columns: Vec<Column>,
    /// Which input each column asks for.
    inputs: Vec<usize>,
    pub(super) when: Cells<Lit>,
    /// What each row asks for besides its columns.
    conditions: Vec<Vec<Lit>>,
    /// The texts of each input that is one.
    texts: BTreeMap<usize, Vec<String>>,
}

/// Two rows of a table that lets no two rows match, and when they do.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Clash {
    together: Lit,
    table: String,
    rows: [(usize, Span); 2],
}

impl Lower<'_> {
    pub(super) fn compiled_rows(&mut self, inputs: &[Input], tests: Vec<Vec<Test>>) -> Compiled {
        let count = tests.first().map_or(0, Vec::len);
        let mut conditions: Vec<Vec<Lit>> = vec![Vec::new(); count];
        let (mut columns, mut asked, mut all_texts) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (place, (input, tests)) in inputs.iter().zip(tests).enumerate() {
            let texts = texts(&tests);
            let mut cells = Interned::new();
            for (test, conditions) in tests.into_iter().zip(&mut conditions) {
                cells.push(match test {
                    Test::Ranges(ranges) => ranges,
                    Test::Texts { texts: named, negated } => places(&named, &texts, negated),
                    Test::When(lit) => {
                        conditions.push(lit);
                        vec![ANYTHING]
                    }
                });
            }
            let cells = cells.cells();
            if cells.distinct.iter().all(|cell| cell.contains(&ANYTHING)) {
                continue;
            }
            let Some(operand) = self.input_operand(input, &texts) else { continue };
            let bounds = if count > FEW_ROWS { bounds(&cells.distinct, MOST_BUCKETS - 1) } else { Vec::new() };
            columns.push(Column::new(operand, cells, bounds));
            asked.push(place);
            all_texts.insert(place, texts);
        }
        let mut when = Interned::new();
        if conditions.iter().any(|lits| !lits.is_empty()) {
            conditions.iter().for_each(|lits| when.push(self.builder.all(lits.iter().copied())));
        }
        Compiled { columns, inputs: asked, when: when.cells(), conditions, texts: all_texts }
    }

    fn input_operand(&mut self, input: &Input, texts: &[String]) -> Option<Operand> {
        match &input.kind {
            InputKind::Number(number) => Some(number.of.clone()),
            InputKind::Date(operand) | InputKind::Chosen(operand, _) => Some(operand.clone()),
            InputKind::Choice(fact) => Some(Operand::Fact(*fact)),
            InputKind::Condition(lit) => Some(self.as_number(*lit)),
            InputKind::Text(fact) => {
                Some(Operand::Value(self.builder.value(Formula::TextPlace(*fact, texts.to_vec()))))
            }
            InputKind::Choices(_) => None,
        }
    }

    /// Reports rows that match together, or that never are the first.
    pub(super) fn check_rows(&mut self, table: &TableDecl<'_>, inputs: &[Input], rows: &[Row], compiled: &Compiled) {
        match table.hit {
            Hit::Unique => self.check_unique(table, inputs, rows, compiled),
            Hit::First => self.check_reached(table, rows, compiled),
            Hit::Collect => {}
        }
    }

    fn check_unique(&mut self, table: &TableDecl<'_>, inputs: &[Input], rows: &[Row], compiled: &Compiled) {
        let sets = Sets::new(&compiled.columns);
        let mut faults = 0;
        let mut pairs = 0;
        for (later, row) in rows.iter().enumerate() {
            let met = sets.meeting(later).filter(|earlier| *earlier < later);
            let met: Vec<usize> = met.filter(|earlier| compiled.meet(*earlier, later)).collect();
            for earlier in met {
                let Some(first) = rows.get(earlier) else { continue };
                let clash = [(earlier, first.span), (later, row.span)];
                if compiled.certainly(inputs, earlier, later) {
                    let example = self.example(inputs, compiled, earlier, later);
                    self.report(faults::rows_overlap(&table.entry.name.zh, clash, Some(&example)));
                    faults += 1;
                } else if pairs < MOST_PAIRS {
                    let together = self.together(compiled, earlier, later);
                    self.table_clashes.push(Clash { together, table: table.entry.name.zh.clone(), rows: clash });
                    pairs += 1;
                } else {
                    self.report(faults::rows_overlap(&table.entry.name.zh, clash, None));
                    faults += 1;
                }
                if faults >= MOST_FAULTS {
                    return;
                }
            }
        }
    }

    /// The condition that two rows match.
    fn together(&mut self, compiled: &Compiled, one: usize, other: usize) -> Lit {
        let mut lits: Vec<Lit> = Vec::new();
        for row in [one, other] {
            lits.extend(compiled.conditions.get(row).into_iter().flatten());
        }
        for column in &compiled.columns {
            if let (Some(a), Some(b)) = (column.cells().get(one), column.cells().get(other)) {
                let both = intersection(a, b);
                lits.push(self.ranges_lit(column.input(), &both));
            }
        }
        self.builder.all(lits)
    }

    /// Values of the inputs with which two rows match.
    fn example(&self, inputs: &[Input], compiled: &Compiled, one: usize, other: usize) -> Msg {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (column, place) in compiled.columns.iter().zip(&compiled.inputs) {
            let Some(input) = inputs.get(*place) else { continue };
            let (Some(a), Some(b)) = (column.cells().get(one), column.cells().get(other)) else { continue };
            let both = intersection(a, b);
            let Some((low, high)) = both.first().filter(|range| **range != ANYTHING) else { continue };
            let number = if *low == ANYTHING.0 { *high } else { *low };
            let texts = compiled.texts.get(place).map_or(&[][..], Vec::as_slice);
            for (words, lang) in [(&mut zh, Lang::Zh), (&mut en, Lang::En)] {
                words.push(format!("{} {}", input.name(), self.shown(input, number, texts, lang)));
            }
        }
        if zh.is_empty() {
            return Msg::from(("任何情形", "any case"));
        }
        Msg { zh: zh.join("，"), en: en.join(", ") }
    }

    /// A value of an input in words.
    fn shown(&self, input: &Input, number: i128, texts: &[String], lang: Lang) -> String {
        let text_of = |fact: FactId, value: Value| {
            self.facts.get(fact.index()).map_or_else(String::new, |fact| value_text(fact, &value, lang))
        };
        match &input.kind {
            InputKind::Number(of) => yichuang_forms::number_text(number, of.places),
            InputKind::Date(_) => {
                let date = i32::try_from(number).ok().and_then(yichuang_engine::Date::from_days);
                date.map_or_else(String::new, |date| date.to_string())
            }
            InputKind::Choice(fact) => text_of(*fact, Value::Choice(u16::try_from(number).unwrap_or(u16::MAX))),
            InputKind::Condition(_) => match (lang, number) {
                (Lang::Zh, 1) => "是".to_owned(),
                (Lang::Zh, _) => "否".to_owned(),
                (Lang::En, 1) => "yes".to_owned(),
                (Lang::En, _) => "no".to_owned(),
            },
            InputKind::Text(_) => {
                let text = usize::try_from(number).ok().and_then(|place| texts.get(place));
                text.map_or_else(|| "…".to_owned(), |text| format!("\"{text}\""))
            }
            InputKind::Chosen(..) | InputKind::Choices(_) => {
                let option = usize::try_from(number).ok();
                let options = self.input_options(input);
                option
                    .and_then(|option| options.get(option))
                    .map_or_else(String::new, |option| lang.pick(&option.name).to_owned())
            }
        }
    }

    /// Warns of rows before which another one always matches.
    fn check_reached(&mut self, table: &TableDecl<'_>, rows: &[Row], compiled: &Compiled) {
        let sets = Sets::new(&compiled.columns);
        let mut found = 0;
        for (later, row) in rows.iter().enumerate() {
            let mut around = sets.around(&compiled.columns, later).filter(|earlier| *earlier < later);
            let Some(earlier) = around.find(|earlier| compiled.covers(*earlier, later)) else { continue };
            let Some(first) = rows.get(earlier) else { continue };
            self.warnings
                .push(faults::row_not_reached(&table.entry.name.zh, [(earlier, first.span), (later, row.span)]));
            found += 1;
            if found >= MOST_FAULTS {
                return;
            }
        }
    }

    /// Reports rows that were suspected to match together, now that the whole program is there.
    pub(in crate::lower) fn check_table_clashes(&mut self, pack: &Pack) {
        for clash in std::mem::take(&mut self.table_clashes) {
            match satisfy(pack, clash.together, RUNS) {
                Satisfied::Never => {}
                Satisfied::Yes(example) => {
                    let is_said = example.iter().any(|(_, slot)| matches!(slot, Slot::Known(_)));
                    let example = is_said.then(|| example_words(pack, &example));
                    let example = example.unwrap_or_else(|| Msg::from(("任何情形", "any case")));
                    self.report(faults::rows_overlap(&clash.table, clash.rows, Some(&example)));
                }
                Satisfied::NotShown => self.report(faults::rows_overlap(&clash.table, clash.rows, None)),
            }
        }
    }
}

impl Compiled {
    /// Whether two rows can match together, as far as their columns and plain conditions tell.
    fn meet(&self, one: usize, other: usize) -> bool {
        let cells = self.columns.iter().all(|column| match (column.cells().get(one), column.cells().get(other)) {
            (Some(a), Some(b)) => !intersection(a, b).is_empty(),
            _ => false,
        });
        let asked = |row: usize| self.conditions.get(row).map_or(&[][..], Vec::as_slice);
        cells && !asked(one).iter().any(|lit| asked(other).contains(&!*lit))
    }

    /// Whether rows that meet in all columns match together: the inputs are different facts, and
    /// nothing else is asked.
    fn certainly(&self, inputs: &[Input], one: usize, other: usize) -> bool {
        let plain = |row: usize| self.conditions.get(row).is_some_and(Vec::is_empty);
        let facts = self.inputs.iter().all(|place| inputs.get(*place).is_some_and(|input| input.fact.is_some()));
        plain(one) && plain(other) && facts
    }

    /// Whether the earlier row matches wherever the later one does.
    fn covers(&self, earlier: usize, later: usize) -> bool {
        let cells = self.columns.iter().all(|column| match (column.cells().get(earlier), column.cells().get(later)) {
            (Some(outer), Some(inner)) => {
                inner.iter().all(|(low, high)| outer.iter().any(|(from, to)| from <= low && high <= to))
            }
            _ => false,
        });
        let asked = |row: usize| self.conditions.get(row).map_or(&[][..], Vec::as_slice);
        cells && asked(earlier).iter().all(|lit| asked(later).contains(lit))
    }
}

/// Sets of rows for each column: which can match in each stretch of its numbers.
struct Sets {
    columns: Vec<ColumnSets>,
    words: usize,
}

struct ColumnSets {
    bounds: Vec<i128>,
    /// For each stretch.
    stretches: Vec<Vec<u64>>,
    /// For each different cell, the rows that share a stretch with it; made when first needed.
    rows: Vec<u16>,
    cells: Vec<Ranges>,
}

impl ColumnSets {
    fn stretch(&self, number: i128) -> usize {
        self.bounds.partition_point(|bound| *bound <= number)
    }

    fn of(&self, number: i128) -> &[u64] {
        self.stretches.get(self.stretch(number)).map_or(&[], Vec::as_slice)
    }

    /// The rows that share a stretch with the cell of a row.
    fn sharing(&self, row: usize, words: usize) -> Vec<u64> {
        let mut shared = vec![0_u64; words];
        let cell = self.rows.get(row).and_then(|place| self.cells.get(usize::from(*place)));
        for (low, high) in cell.into_iter().flatten() {
            for stretch in self.stretch(*low)..=self.stretch(*high) {
                let set = self.stretches.get(stretch).map_or(&[][..], Vec::as_slice);
                shared.iter_mut().zip(set).for_each(|(word, set)| *word |= set);
            }
        }
        shared
    }
}

impl Sets {
    fn new(columns: &[Column]) -> Sets {
        let words = columns.first().map_or(0, |column| column.cells().rows.len().div_ceil(64));
        let sets = |column: &Column| {
            let cells = column.cells();
            let bounds = bounds(&cells.distinct, STRETCHES);
            let mut sets = ColumnSets {
                stretches: vec![vec![0; words]; bounds.len() + 1],
                bounds,
                rows: cells.rows.clone(),
                cells: cells.distinct.clone(),
            };
            for (row, place) in cells.rows.iter().enumerate() {
                for (low, high) in cells.distinct.get(usize::from(*place)).into_iter().flatten() {
                    for stretch in sets.stretch(*low)..=sets.stretch(*high) {
                        if let Some(word) = sets.stretches.get_mut(stretch).and_then(|set| set.get_mut(row / 64)) {
                            *word |= 1 << (row % 64);
                        }
                    }
                }
            }
            sets
        };
        Sets { columns: columns.iter().map(sets).collect(), words }
    }

    /// The rows that may meet a row in every column.
    fn meeting(&self, row: usize) -> impl Iterator<Item = usize> + use<> {
        let mut left = vec![u64::MAX; self.words.max(row / 64 + 1)];
        for column in &self.columns {
            let shared = column.sharing(row, self.words);
            left.iter_mut().zip(&shared).for_each(|(word, set)| *word &= set);
        }
        members(left)
    }

    /// The rows that may match at both ends of the cells of a row.
    fn around(&self, columns: &[Column], row: usize) -> impl Iterator<Item = usize> + use<> {
        let mut left = vec![u64::MAX; self.words.max(row / 64 + 1)];
        for (sets, column) in self.columns.iter().zip(columns) {
            let Some(cell) = column.cells().get(row) else { continue };
            for end in cell.first().map(|(low, _)| *low).into_iter().chain(cell.last().map(|(_, high)| *high)) {
                left.iter_mut().zip(sets.of(end)).for_each(|(word, set)| *word &= set);
            }
        }
        members(left)
    }
}

fn members(words: Vec<u64>) -> impl Iterator<Item = usize> {
    let bits = |(at, word): (usize, u64)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit);
    words.into_iter().enumerate().filter(|(_, word)| *word != 0).flat_map(bits)
}

/// Where the numbers of a column begin to match other cells, at most so many of them.
fn bounds(cells: &[Ranges], most: usize) -> Vec<i128> {
    let ends = cells.iter().flatten().flat_map(|(low, high)| [low.checked_sub(1).map(|_| *low), high.checked_add(1)]);
    let mut starts: Vec<i128> = ends.flatten().collect();
    starts.sort_unstable();
    starts.dedup();
    let step = starts.len().div_ceil(most).max(1);
    starts.into_iter().step_by(step).collect()
}

/// All texts that the cells of a column name, in order.
fn texts(tests: &[Test]) -> Vec<String> {
    let named = tests.iter().flat_map(|test| if let Test::Texts { texts, .. } = test { texts.as_slice() } else { &[] });
    let mut texts: Vec<String> = named.cloned().collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The places of some texts among all, or of all others.
fn places(named: &[String], texts: &[String], negated: bool) -> Ranges {
    let is_named = |place: &i128| {
        let text = usize::try_from(*place).ok().and_then(|place| texts.get(place));
        text.is_some_and(|text| named.contains(text))
    };
    let count = i128::try_from(texts.len()).unwrap_or(i128::MAX);
    let mut ranges: Ranges =
        (0..count).filter(|place| is_named(place) != negated).map(|place| (place, place)).collect();
    if negated {
        ranges.insert(0, (ANYTHING.0, -1));
        ranges.push((count, ANYTHING.1));
    }
    debug_assert!(!negated || contains(&ranges, -1));
    ranges
}

//! The values that stand for all values of a fact.

use alloc::string::String;
use alloc::vec::Vec;

use super::SEARCH_BOUND;
use crate::parts::{self, Part};
use crate::run::fact_of;
use crate::sorted::SortedSet;
use crate::{Atom, Date, FactId, FactKind, Formula, Operand, Pack, Program, ROWS, Value};

/// Values that stand for all values of a fact: one of every class that the program can tell
/// apart. `None` where the classes cannot be listed (a fact that is compared with another one
/// or computed with).
pub(crate) fn domain(pack: &Pack, fact: FactId) -> Option<Vec<Value>> {
    let mut read = Read::default();
    read.program(&pack.program, fact);
    match &pack.facts.get(fact.index())?.kind {
        FactKind::Bool => Some(alloc::vec![Value::Bool(false), Value::Bool(true)]),
        FactKind::Choice(options) => {
            Some((0..options.len()).filter_map(|option| u16::try_from(option).ok()).map(Value::Choice).collect())
        }
        FactKind::Choices(options) => {
            let mut values = subsets(&read.options)?;
            if read.options.len() == options.len() {
                // Nothing chosen is no answer, and here it stands for no other option either.
                values.retain(|value| *value != Value::Choices(0));
            }
            Some(values)
        }
        FactKind::Text { .. } if !read.computed => {
            let other = read.texts.iter().max_by_key(|text| text.len()).map_or_else(String::new, Clone::clone);
            let mut values: SortedSet<String> = read.texts;
            values.insert(other + "…");
            Some(values.into_iter().map(Value::Text).collect())
        }
        FactKind::Number { min: Some(min), max: Some(max), .. } if *max - *min < SEARCH_BOUND as i128 => {
            Some((*min..=*max).map(Value::Number).collect())
        }
        FactKind::Number { min, max, .. } if !read.computed => {
            let around = |number: &i128| [number.saturating_sub(1), *number, number.saturating_add(1)];
            let starts = read.starts.iter().copied();
            let mut values: SortedSet<i128> = read.integers.iter().flat_map(around).chain(starts).collect();
            values.insert(min.unwrap_or(0).min(max.unwrap_or(i128::MAX)));
            let allowed = |number: &i128| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
            Some(values.into_iter().filter(allowed).map(Value::Number).collect())
        }
        FactKind::Date if !read.computed => {
            let around = |date: &Date| [date.yesterday(), Some(*date), date.tomorrow()];
            let starts = read.starts.iter().filter_map(|days| Date::from_days(i32::try_from(*days).ok()?));
            let values: SortedSet<Date> = read.dates.iter().flat_map(around).flatten().chain(starts).collect();
            (values.len() > 0).then(|| values.into_iter().map(Value::Date).collect())
        }
        FactKind::Text { .. } | FactKind::Number { .. } | FactKind::Date | FactKind::Table { .. } => None,
    }
}

fn subsets(options: &SortedSet<u16>) -> Option<Vec<Value>> {
    let options: Vec<u16> = options.iter().copied().collect();
    let count = 1_usize.checked_shl(u32::try_from(options.len()).ok()?).filter(|count| *count <= SEARCH_BOUND)?;
    Some(
        (0..count)
            .map(|subset| {
                let bits = options.iter().enumerate().filter(|(place, _)| subset >> place & 1 == 1);
                Value::Choices(
                    bits.fold(0, |set, (_, option)| set | 1_u64.checked_shl(u32::from(*option)).unwrap_or(0)),
                )
            })
            .collect(),
    )
}

/// With what a program compares a fact.
#[derive(Default)]
pub(super) struct Read {
    options: SortedSet<u16>,
    pub(super) texts: SortedSet<String>,
    integers: SortedSet<i128>,
    dates: SortedSet<Date>,
    /// Where tables begin to treat numbers or days in another way.
    pub(super) starts: SortedSet<i128>,
    /// Compared with something that is not written in the pack, or part of a formula.
    pub(super) computed: bool,
}

impl Read {
    /// Notes how a program reads the fact, in its rows too.
    fn program(&mut self, program: &Program, fact: FactId) {
        for atom in &program.atoms {
            match atom {
                Atom::Has(of, option) if *of == fact => {
                    self.options.insert(*option);
                }
                Atom::TextIs(of, text) if *of == fact => {
                    self.texts.insert(text.clone());
                }
                Atom::Compare(left, _, right) => self.compare(left, right, fact),
                Atom::Text(of, _) => self.computed |= *of == fact,
                Atom::Workday(date) => self.computed |= fact_of(date) == Some(fact),
                Atom::Holds(_) | Atom::Is(..) | Atom::Has(..) | Atom::TextIs(..) | Atom::Rows(_) | Atom::Outer(_) => {}
            }
        }
        self.computed |= program.values.iter().any(|formula| reads(program, formula, fact));
        self.tables(program, fact);
        for rows in program.rows.iter().filter(|_| ROWS) {
            let fact = FactId::new(fact.index() + usize::from(rows.columns));
            self.computed |= fact_of(&rows.of) == Some(fact);
            self.program(&rows.program, fact);
        }
    }

    fn compare(&mut self, left: &Operand, right: &Operand, fact: FactId) {
        let other = match (fact_of(left) == Some(fact), fact_of(right) == Some(fact)) {
            (true, false) => right,
            (false, true) => left,
            (true, true) | (false, false) => return,
        };
        match other {
            Operand::Number(number) => {
                self.integers.insert(*number);
            }
            Operand::Date(date) => {
                self.dates.insert(*date);
            }
            Operand::Fact(_) | Operand::Value(_) => self.computed = true,
        }
    }
}

/// Whether a formula computes with a fact; what tables and places of texts tell apart can be listed,
/// and what is read in rows is looked for there.
fn reads(program: &Program, formula: &Formula, fact: FactId) -> bool {
    if matches!(formula, Formula::FromTable(..) | Formula::TextPlace(..) | Formula::Rows(_)) {
        return false;
    }
    let mut found = false;
    parts::of_formula(program, formula, None, &mut |part| found |= part == Part::Fact(fact));
    found
}

//! What is known of many cases: one column a fact.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::decide::fit;
#[cfg(feature = "fast")]
use crate::facts::{NONE, code};
use crate::run::{Answered, Known};
use crate::{Assumed, Date, Fact, FactId, FactKind, Facts, Pack, Slot, Value};

/// The facts of many cases, one column a fact, in the order of the pack.
///
/// ```
/// # use yichuang_engine::{Columns, Facts, Pack};
/// # fn example(pack: &Pack, first: &Facts, second: &Facts) {
/// let mut columns = Columns::new(pack, 2);
/// columns.set_case(pack, 0, first);
/// columns.set_case(pack, 1, second);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    cases: usize,
    columns: Vec<Column>,
    #[cfg(feature = "fast")]
    /// For each fact one byte a case, as in [`Facts`].
    codes: Vec<u8>,
}

/// One fact of all cases; what is not known is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Bool(Vec<Option<bool>>),
    Choice(Vec<Option<u16>>),
    Choices(Vec<Option<u64>>),
    Number(Vec<Option<i128>>),
    Date(Vec<Option<Date>>),
    Text(Vec<Option<String>>),
    Table(Vec<Option<Vec<Facts>>>),
}

impl Columns {
    /// So many cases of which nothing is known.
    #[must_use]
    pub fn new(pack: &Pack, cases: usize) -> Columns {
        let columns = pack.facts.iter().map(|fact| match fact.kind {
            FactKind::Bool => Column::Bool(alloc::vec![None; cases]),
            FactKind::Choice(_) => Column::Choice(alloc::vec![None; cases]),
            FactKind::Choices(_) => Column::Choices(alloc::vec![None; cases]),
            FactKind::Number { .. } => Column::Number(alloc::vec![None; cases]),
            FactKind::Date => Column::Date(alloc::vec![None; cases]),
            FactKind::Text { .. } => Column::Text(alloc::vec![None; cases]),
            FactKind::Table { .. } => Column::Table(alloc::vec![None; cases]),
        });
        Columns {
            cases,
            columns: columns.collect(),
            #[cfg(feature = "fast")]
            codes: alloc::vec![NONE; cases * pack.facts.len()],
        }
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// States what is known about one fact of a case. A value that does not fit its fact, and what
    /// the citizen cannot say, count as unknown; a case or fact that there is not is passed over.
    pub fn set(&mut self, pack: &Pack, case: usize, fact: FactId, slot: &Slot) {
        let Some(kind) = pack.facts.get(fact.index()).map(|fact| &fact.kind) else { return };
        let mut slot = slot.clone();
        fit(&mut slot, kind);
        let value = slot.value();
        #[cfg(feature = "fast")]
        if let Some(own) = self.codes.get_mut(fact.index() * self.cases + case).filter(|_| case < self.cases) {
            *own = value.map_or(NONE, code);
        }
        match (self.columns.get_mut(fact.index()), value) {
            (None, _) => {}
            (Some(Column::Bool(all)), Some(Value::Bool(value))) => put(all, case, Some(*value)),
            (Some(Column::Choice(all)), Some(Value::Choice(option))) => put(all, case, Some(*option)),
            (Some(Column::Choices(all)), Some(Value::Choices(set))) => put(all, case, Some(*set)),
            (Some(Column::Number(all)), Some(Value::Number(number))) => put(all, case, Some(*number)),
            (Some(Column::Date(all)), Some(Value::Date(date))) => put(all, case, Some(*date)),
            (Some(Column::Text(all)), Some(Value::Text(text))) => put(all, case, Some(text.clone())),
            (Some(Column::Table(all)), Some(Value::Table(rows))) => put(all, case, Some(rows.clone())),
            (Some(column), _) => column.clear(case),
        }
    }

    /// States what is known about every fact of a case.
    pub fn set_case(&mut self, pack: &Pack, case: usize, facts: &Facts) {
        facts.iter().for_each(|(fact, slot)| self.set(pack, case, fact, slot));
    }

    /// The facts of one case.
    #[must_use]
    pub fn case(&self, case: usize) -> Facts {
        let mut facts = Facts::new(self.columns.len());
        for (place, column) in self.columns.iter().enumerate() {
            if let Some(value) = column.known(case) {
                facts.set(FactId::new(place), Slot::Known(value.to_value()));
            }
        }
        facts
    }

    #[cfg(feature = "fast")]
    /// The codes of one fact.
    pub(crate) fn codes(&self, fact: FactId) -> &[u8] {
        self.codes.get(fact.index() * self.cases..(fact.index() + 1) * self.cases).unwrap_or_default()
    }

    pub(crate) fn column(&self, fact: FactId) -> Option<&Column> {
        self.columns.get(fact.index())
    }

    /// The same with what is assumed filled in.
    pub(crate) fn assumed(&self, pack: &Pack, on: Date) -> Cow<'_, Columns> {
        let is_open = |(fact, column): (&Fact, &Column)| {
            fact.assumed.is_some() && matches!(column, Column::Date(dates) if dates.contains(&None))
        };
        if !pack.facts.iter().zip(&self.columns).any(is_open) {
            return Cow::Borrowed(self);
        }
        let mut columns = self.clone();
        columns.assume(pack, on);
        Cow::Owned(columns)
    }

    fn assume(&mut self, pack: &Pack, on: Date) {
        let assumed = pack.facts.iter().zip(&mut self.columns);
        for (fact, column) in assumed.filter(|(fact, _)| fact.assumed == Some(Assumed::Today)) {
            debug_assert_eq!(fact.kind, FactKind::Date, "only a date is assumed");
            if let Column::Date(dates) = column {
                dates.iter_mut().filter(|date| date.is_none()).for_each(|date| *date = Some(on));
            }
        }
    }
}

fn put<T>(all: &mut [Option<T>], case: usize, value: Option<T>) {
    if let Some(place) = all.get_mut(case) {
        *place = value;
    }
}

impl Column {
    fn clear(&mut self, case: usize) {
        match self {
            Column::Bool(all) => put(all, case, None),
            Column::Choice(all) => put(all, case, None),
            Column::Choices(all) => put(all, case, None),
            Column::Number(all) => put(all, case, None),
            Column::Date(all) => put(all, case, None),
            Column::Text(all) => put(all, case, None),
            Column::Table(all) => put(all, case, None),
        }
    }

    fn known(&self, case: usize) -> Option<Known<'_>> {
        match self {
            Column::Bool(all) => all.get(case).copied().flatten().map(Known::Bool),
            Column::Choice(all) => all.get(case).copied().flatten().map(Known::Choice),
            Column::Choices(all) => all.get(case).copied().flatten().map(Known::Choices),
            Column::Number(all) => all.get(case).copied().flatten().map(Known::Number),
            Column::Date(all) => all.get(case).copied().flatten().map(Known::Date),
            Column::Text(all) => all.get(case)?.as_deref().map(Known::Text),
            Column::Table(all) => all.get(case)?.as_deref().map(Known::Table),
        }
    }
}

impl Known<'_> {
    fn to_value(self) -> Value {
        match self {
            Known::Bool(value) => Value::Bool(value),
            Known::Number(number) => Value::Number(number),
            Known::Date(date) => Value::Date(date),
            Known::Text(text) => Value::Text(String::from(text)),
            Known::Choice(option) => Value::Choice(option),
            Known::Choices(set) => Value::Choices(set),
            Known::Table(rows) => Value::Table(rows.to_vec()),
        }
    }
}

/// One case among columns.
pub(crate) struct CaseFacts<'c> {
    pub(crate) columns: &'c Columns,
    pub(crate) case: usize,
}

impl Answered for CaseFacts<'_> {
    fn known(&self, fact: FactId) -> Option<Known<'_>> {
        self.columns.column(fact)?.known(self.case)
    }
}

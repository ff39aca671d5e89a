//! Numbers and predicates of facts: all that is computed before the gates.

use alloc::string::String;
use alloc::vec::Vec;

use crate::identifier::birth_date;
use crate::number::quotient;
use crate::{
    Atom, Calendar, Cause, Comparison, Date, DatePart, Due, FactId, Facts, Formula, Lit, Matched, MonthEnd, Number,
    Operand, Pick, Program, Table, TextPart, TextTest, Value, WorkdayCount,
};

/// What is computed so far, of one case.
pub(crate) trait Computed {
    /// The value of a literal; `None` is unknown.
    fn get(&self, lit: Lit) -> Option<bool>;

    /// The value at this place among [`Program::values`].
    fn number(&self, value: u16) -> Number;

    /// The rows that match in the table at this place among [`Program::tables`].
    fn matched(&self, table: u16) -> Option<&Matched>;
}

impl Comparison {
    /// Whether two numbers compare so.
    pub(crate) fn of(self, left: i128, right: i128) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
        }
    }
}

/// What is known of the facts of one case.
pub(crate) trait Answered {
    /// The value of a fact, if it is known.
    fn known(&self, fact: FactId) -> Option<Known<'_>>;

    /// What the program around has computed so far; there is one in the rows of a table only.
    fn around(&self) -> Option<&dyn Computed> {
        None
    }
}

/// A known value, borrowed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'a> {
    Bool(bool),
    Number(i128),
    Date(Date),
    Text(&'a str),
    Choice(u16),
    Choices(u64),
    Table(&'a [Facts]),
}

impl Answered for Facts {
    fn known(&self, fact: FactId) -> Option<Known<'_>> {
        Some(match self.get(fact).value()? {
            Value::Bool(value) => Known::Bool(*value),
            Value::Number(number) => Known::Number(*number),
            Value::Date(date) => Known::Date(*date),
            Value::Text(text) => Known::Text(text),
            Value::Choice(option) => Known::Choice(*option),
            Value::Choices(set) => Known::Choices(*set),
            Value::Table(rows) => Known::Table(rows),
        })
    }
}

/// What instructions read: the values so far, the facts, the workdays.
pub(crate) struct Compute<'a, C, F> {
    pub(crate) run: &'a C,
    pub(crate) program: &'a Program,
    pub(crate) facts: &'a F,
    pub(crate) calendar: Option<&'a Calendar>,
}

impl<C: Computed, F: Answered> Compute<'_, C, F> {
    pub(crate) fn atom(&self, atom: &Atom) -> Option<bool> {
        match (atom, atom_fact(atom).and_then(|fact| self.facts.known(fact))) {
            (Atom::Holds(_), Some(Known::Bool(value))) => Some(value),
            (Atom::Is(_, option), Some(Known::Choice(chosen))) => Some(chosen == *option),
            (Atom::Has(_, option), Some(Known::Choices(set))) => {
                Some(set.checked_shr(u32::from(*option)).unwrap_or(0) & 1 == 1)
            }
            (Atom::TextIs(_, text), Some(Known::Text(typed))) => Some(typed == text),
            (Atom::Text(_, test), Some(Known::Text(typed))) => Some(passes(test, typed)),
            (Atom::Compare(left, by, right), _) => self.compare(left, *by, right),
            (Atom::Workday(date), _) => self.calendar?.is_workday(self.date(date).ok()?),
            (Atom::Rows(place), _) => self.some_row(self.program.rows.get(usize::from(*place))?),
            (Atom::Outer(lit), _) => self.facts.around()?.get(*lit),
            _ => None,
        }
    }

    fn compare(&self, left: &Operand, by: Comparison, right: &Operand) -> Option<bool> {
        let (left, right) = self.operand(left).both(self.operand(right)).ok()?;
        Some(by.of(left, right))
    }

    pub(super) fn operand(&self, operand: &Operand) -> Number {
        match operand {
            Operand::Number(number) => Number::Known(*number),
            Operand::Date(date) => Number::Known(date.to_days().into()),
            Operand::Fact(fact) => match self.facts.known(*fact) {
                Some(Known::Number(number)) => Number::Known(number),
                Some(Known::Date(date)) => Number::Known(date.to_days().into()),
                Some(Known::Choice(option)) => Number::Known(option.into()),
                _ => Number::Unknown,
            },
            Operand::Value(value) => self.run.number(*value),
        }
    }

    pub(crate) fn formula(&self, formula: &Formula) -> Number {
        match formula {
            Formula::Nothing => Number::CannotCompute(Cause::NotInForce),
            Formula::Of(of) => self.operand(of),
            Formula::Add(a, b) => self.checked(a, b, i128::checked_add),
            Formula::Subtract(a, b) => self.checked(a, b, i128::checked_sub),
            Formula::Multiply(a, b) => self.checked(a, b, i128::checked_mul),
            Formula::Min(of) => self.fold(of, i128::min),
            Formula::Max(of) => self.fold(of, i128::max),
            Formula::SumIf(of) => self.fold_if(of, i128::checked_add),
            Formula::MaxIf(of) => self.fold_if(of, |a, b| Some(a.max(b))),
            Formula::Choose(lit, then, otherwise) => self.choose(*lit, then, otherwise),
            Formula::Quotient(a, b, rounding) => self.of_two(a, b, |a, b| quotient(a, b, *rounding)),
            Formula::Signed(a, b) => self.of_two(a, b, |a, b| match b.signum() {
                0 => Number::CannotCompute(Cause::DivisionByZero),
                sign => Number::checked(a.checked_mul(sign)),
            }),
            Formula::AddMonths(date, months, end) => self.of_two(date, months, |date, months| {
                Number::checked(add_months(date, months, *end).map(|date| date.to_days().into()))
            }),
            Formula::AddDays(date, days) => self.of_two(date, days, |date, days| {
                let date = date.checked_add(days).and_then(date_of);
                Number::checked(date.map(|date| date.to_days().into()))
            }),
            Formula::YearsBetween(from, to) => self.of_two(from, to, years_between),
            Formula::AddWorkdays(date, count) => self.of_two(date, count, |date, count| self.due(date, count)),
            Formula::CountWorkdays(after, until) => self.of_two(after, until, |after, until| self.count(after, until)),
            Formula::DatePart(date, part) => self.date(date).map_or_else(
                |number| number,
                |date| {
                    Number::Known(match part {
                        DatePart::Year => date.year().into(),
                        DatePart::Month => date.month().into(),
                        DatePart::Day => date.day().into(),
                    })
                },
            ),
            Formula::TextPart(fact, part) => match (self.facts.known(*fact), part) {
                (Some(Known::Text(text)), TextPart::Length) => {
                    Number::checked(i128::try_from(text.chars().count()).ok())
                }
                (Some(Known::Text(text)), TextPart::BirthDate) => day_number(birth_date(text)),
                _ => Number::Unknown,
            },
            Formula::TextPlace(fact, texts) => match self.facts.known(*fact) {
                Some(Known::Text(text)) => Number::Known(place_of(text, texts)),
                _ => Number::Unknown,
            },
            Formula::FromTable(table, output, pick) => self.given_by(*table, *output, *pick),
            Formula::Rows(place) => {
                self.program.rows.get(usize::from(*place)).map_or(Number::Unknown, |rows| self.over_rows(rows))
            }
            Formula::Outer(value) => self.facts.around().map_or(Number::Unknown, |run| run.number(*value)),
        }
    }

    /// The rows of a table that match.
    pub(crate) fn table(&self, table: &Table) -> Matched {
        let input = |operand: &Operand| match self.operand(operand) {
            Number::Known(number) => Some(number),
            Number::Unknown | Number::CannotCompute(_) => None,
        };
        let inputs: Vec<Option<i128>> = table.columns.iter().map(|column| input(column.input())).collect();
        table.find(&inputs, |lit| self.run.get(lit))
    }

    fn given_by(&self, table: u16, output: u16, pick: Pick) -> Number {
        match (self.program.tables.get(usize::from(table)), self.run.matched(table)) {
            (Some(of), Some(matched)) => of.value(output, pick, matched, |operand| self.operand(operand)),
            _ => Number::Unknown,
        }
    }

    /// A number of two numbers.
    fn of_two(&self, a: &Operand, b: &Operand, of: impl Fn(i128, i128) -> Number) -> Number {
        match self.operand(a).both(self.operand(b)) {
            Ok((a, b)) => of(a, b),
            Err(number) => number,
        }
    }

    fn checked(&self, a: &Operand, b: &Operand, by: fn(i128, i128) -> Option<i128>) -> Number {
        self.of_two(a, b, |a, b| Number::checked(by(a, b)))
    }

    fn choose(&self, lit: Lit, then: &Operand, otherwise: &Operand) -> Number {
        match self.run.get(lit) {
            Some(true) => self.operand(then),
            Some(false) => self.operand(otherwise),
            None => match (self.operand(then), self.operand(otherwise)) {
                (Number::Known(a), Number::Known(b)) if a == b => Number::Known(a),
                _ => Number::Unknown,
            },
        }
    }

    fn fold(&self, of: &[Operand], by: fn(i128, i128) -> i128) -> Number {
        let mut result: Option<i128> = None;
        let mut unknown = false;
        for operand in of {
            match self.operand(operand) {
                Number::CannotCompute(cause) => return Number::CannotCompute(cause),
                Number::Unknown => unknown = true,
                Number::Known(number) => result = Some(result.map_or(number, |so_far| by(so_far, number))),
            }
        }
        match (unknown, result) {
            (false, Some(number)) => Number::Known(number),
            _ => Number::Unknown,
        }
    }

    fn fold_if(&self, of: &[(Lit, Operand)], by: fn(i128, i128) -> Option<i128>) -> Number {
        let mut result = 0_i128;
        let mut unknown = false;
        for (lit, operand) in of {
            match (self.run.get(*lit), self.operand(operand)) {
                (Some(false), _) => {}
                (Some(true), Number::CannotCompute(cause)) => return Number::CannotCompute(cause),
                (Some(true), Number::Known(number)) => match by(result, number) {
                    Some(sum) => result = sum,
                    None => return Number::CannotCompute(Cause::Overflow),
                },
                _ => unknown = true,
            }
        }
        if unknown { Number::Unknown } else { Number::Known(result) }
    }

    /// The date of an operand, or why there is none.
    fn date(&self, operand: &Operand) -> Result<Date, Number> {
        match self.operand(operand) {
            Number::Known(days) => date_of(days).ok_or(Number::CannotCompute(Cause::Overflow)),
            other => Err(other),
        }
    }

    fn due(&self, date: i128, count: i128) -> Number {
        let (Some(date), Ok(count)) = (date_of(date), u32::try_from(count)) else {
            return Number::CannotCompute(Cause::Overflow);
        };
        match self.calendar.map(|calendar| calendar.add_workdays(date, count)) {
            Some(Due::On(day)) => Number::Known(day.to_days().into()),
            Some(Due::NotBefore { .. } | Due::Missing { .. }) | None => Number::CannotCompute(Cause::Calendar),
        }
    }

    fn count(&self, after: i128, until: i128) -> Number {
        let (Some(after), Some(until)) = (date_of(after), date_of(until)) else {
            return Number::CannotCompute(Cause::Overflow);
        };
        match self.calendar.map(|calendar| calendar.count_workdays(after, until)) {
            Some(WorkdayCount::Exactly(days)) => Number::Known(days.into()),
            Some(WorkdayCount::Between { .. } | WorkdayCount::Missing { .. }) | None => {
                Number::CannotCompute(Cause::Calendar)
            }
        }
    }
}

fn place_of(text: &str, texts: &[String]) -> i128 {
    texts.binary_search_by(|known| known.as_str().cmp(text)).ok().and_then(|place| place.try_into().ok()).unwrap_or(-1)
}

fn date_of(days: i128) -> Option<Date> {
    Date::from_days(i32::try_from(days).ok()?)
}

fn day_number(date: Option<Date>) -> Number {
    date.map_or(Number::CannotCompute(Cause::NoSuchPart), |date| Number::Known(date.to_days().into()))
}

fn add_months(date: i128, months: i128, end: MonthEnd) -> Option<Date> {
    let date = date_of(date)?;
    let later = date.add_months(i64::try_from(months).ok()?)?;
    match end {
        MonthEnd::NextMonth if later.day() < date.day() => later.tomorrow(),
        MonthEnd::LastDay | MonthEnd::NextMonth => Some(later),
    }
}

/// The completed years; the year is completed on the corresponding day, and on 28 February where
/// there is no 29th. Negative where `to` lies before `from`.
fn years_between(from: i128, to: i128) -> Number {
    let (Some(from), Some(to)) = (date_of(from), date_of(to)) else {
        return Number::CannotCompute(Cause::Overflow);
    };
    let mut years = i64::from(to.year()) - i64::from(from.year());
    if from.add_years(years).is_none_or(|day| day > to) {
        years -= 1;
    }
    Number::Known(years.into())
}

fn passes(test: &TextTest, text: &str) -> bool {
    match test {
        TextTest::StartsWith(part) => text.starts_with(part.as_str()),
        TextTest::EndsWith(part) => text.ends_with(part.as_str()),
        TextTest::Contains(part) => text.contains(part.as_str()),
        TextTest::Only(class) => text.chars().all(|c| in_class(class, c)),
        TextTest::Identifier(test) => test.passes(text),
    }
}

/// Whether `class`, such as `0-9X`, names the character; a hyphen at either end is itself.
fn in_class(class: &str, c: char) -> bool {
    let mut rest = class.chars();
    while let Some(first) = rest.next() {
        let mut after = rest.clone();
        if let (Some('-'), Some(last)) = (after.next(), after.next()) {
            if (first..=last).contains(&c) {
                return true;
            }
            rest = after;
        } else if first == c {
            return true;
        }
    }
    false
}

/// The fact that a predicate of one fact reads.
pub(super) fn atom_fact(atom: &Atom) -> Option<FactId> {
    match atom {
        Atom::Holds(fact) | Atom::Is(fact, _) | Atom::Has(fact, _) | Atom::TextIs(fact, _) | Atom::Text(fact, _) => {
            Some(*fact)
        }
        Atom::Compare(..) | Atom::Workday(_) | Atom::Rows(_) | Atom::Outer(_) => None,
    }
}

/// The facts that an operand reads directly.
pub(crate) fn fact_of(operand: &Operand) -> Option<FactId> {
    match operand {
        Operand::Fact(fact) => Some(*fact),
        Operand::Number(_) | Operand::Date(_) | Operand::Value(_) => None,
    }
}

/// Two operands of a formula that reads them whatever else holds; a formula of one has it twice.
pub(crate) fn operands(formula: &Formula) -> Option<[&Operand; 2]> {
    match formula {
        Formula::Of(a) | Formula::DatePart(a, _) => Some([a, a]),
        Formula::Add(a, b)
        | Formula::Subtract(a, b)
        | Formula::Multiply(a, b)
        | Formula::Quotient(a, b, _)
        | Formula::Signed(a, b)
        | Formula::AddMonths(a, b, _)
        | Formula::AddDays(a, b)
        | Formula::YearsBetween(a, b)
        | Formula::AddWorkdays(a, b)
        | Formula::CountWorkdays(a, b) => Some([a, b]),
        Formula::Nothing
        | Formula::TextPart(..)
        | Formula::TextPlace(..)
        | Formula::FromTable(..)
        | Formula::Min(_)
        | Formula::Max(_)
        | Formula::SumIf(_)
        | Formula::MaxIf(_)
        | Formula::Choose(..)
        | Formula::Rows(_)
        | Formula::Outer(_) => None,
    }
}

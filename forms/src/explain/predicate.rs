//! Predicates of facts in words: what holds, or does not.

use alloc::string::{String, ToString};

use yichuang_engine::{
    Atom, Comparison, Derived, Fact, FactId, FactKind, IdentifierTest, Number, Operand, Pack, ROWS, Run, TextTest,
    Value,
};

use super::changes::called;
use crate::phrase::{fill, full_day};
use crate::reason::Order;
use crate::words::{number_value, value_in_words};
use crate::{Lang, value_text};

/// Says what predicates mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sayer<'a> {
    pub(crate) pack: &'a Pack,
    /// From which computed numbers are read.
    pub(crate) run: &'a Run,
    pub(crate) lang: Lang,
}

impl<'a> Sayer<'a> {
    /// The fact that a predicate is about, if it is about one.
    pub(crate) fn fact_of(self, atom: &Atom) -> Option<(FactId, &'a Fact)> {
        let id = match atom {
            Atom::Holds(fact)
            | Atom::Is(fact, _)
            | Atom::Has(fact, _)
            | Atom::TextIs(fact, _)
            | Atom::Text(fact, _) => *fact,
            Atom::Compare(Operand::Fact(fact), ..)
            | Atom::Compare(_, _, Operand::Fact(fact))
            | Atom::Workday(Operand::Fact(fact)) => *fact,
            Atom::Compare(..) | Atom::Workday(_) | Atom::Rows(_) | Atom::Outer(_) => return None,
        };
        Some((id, self.pack.facts.get(id.index())?))
    }

    /// That a predicate holds, or does not: `经营活动：有餐饮服务`, `从业人数不少于 3 人`.
    pub(crate) fn say(self, atom: &Atom, holds: bool) -> String {
        let fact = self.fact_of(atom).map(|(_, fact)| fact);
        let is = |value| fact.map(|fact| self.is(fact, &value, holds)).unwrap_or_default();
        match atom {
            Atom::Holds(_) => fact.map(|fact| self.is(fact, &Value::Bool(holds), true)).unwrap_or_default(),
            Atom::Is(_, option) => is(Value::Choice(*option)),
            Atom::TextIs(_, text) => is(Value::Text(text.clone())),
            Atom::Has(_, option) => is(Value::Choices(1_u64.checked_shl((*option).into()).unwrap_or(0))),
            Atom::Text(_, test) => self.test(fact, test, holds),
            Atom::Compare(left, how, right) => self.compare(fact.is_some(), (left, *how, right), holds),
            Atom::Workday(date) => {
                let date = self.bound(date, Some(&FactKind::Date));
                let (zh, en) =
                    if holds { ("{是工作日", "{ is a workday") } else { ("{不是工作日", "{ is no workday") };
                fill(self.lang, zh, en, [&date, ""])
            }
            Atom::Rows(place) if ROWS => self.some_row(*place, holds),
            // A pack's own program has none around it.
            Atom::Rows(_) | Atom::Outer(_) => String::new(),
        }
    }

    /// `“股东”里有符合的行`.
    fn some_row(self, place: u16, holds: bool) -> String {
        let (zh, en) = match holds {
            true => ("“{”里有符合的行", "some row of “{” meets the condition"),
            false => ("“{”里没有符合的行", "no row of “{” meets the condition"),
        };
        let rows = self.pack.program.rows.get(usize::from(place));
        let table = rows.and_then(|rows| self.pack.facts.get(rows.table.index()));
        fill(self.lang, zh, en, [table.map_or("", |table| called(self.pack, table, self.lang)), ""])
    }

    /// That a fact has a value or an option, or has not.
    pub(crate) fn is(self, fact: &Fact, value: &Value, holds: bool) -> String {
        let (zh, en) = match (value, holds) {
            (Value::Choices(_), true) => ("{：有[", "{: ["),
            (Value::Choices(_), false) => ("{：没有[", "{: not ["),
            (_, true) => ("{：[", "{: ["),
            (_, false) => ("{不是“[”", "{ is not “[”"),
        };
        fill(self.lang, zh, en, [called(self.pack, fact, self.lang), &value_text(fact, value, self.lang)])
    }

    /// `受理日期早于 2019 年 12 月 1 日`; `is_one_fact` if one of the sides is a fact.
    fn compare(self, is_one_fact: bool, sides: (&Operand, Comparison, &Operand), holds: bool) -> String {
        let (left, how, right) = sides;
        let is_turned = is_one_fact && !matches!(left, Operand::Fact(_));
        let (left, right) = if is_turned { (right, left) } else { (left, right) };
        let kind = self.kind(left).or_else(|| self.kind(right));
        let order = Order::new(how, holds, is_turned).word(matches!(kind, Some(FactKind::Date)), self.lang);
        let left = fill(self.lang, "{[", "{ [", [&self.name(left, kind), order]);
        fill(self.lang, "{ [", "{ [", [&left, &self.bound(right, kind)])
    }

    /// The type of an operand, where the pack states one.
    fn kind(self, operand: &Operand) -> Option<&'a FactKind> {
        match operand {
            Operand::Fact(fact) => self.pack.facts.get(fact.index()).map(|fact| &fact.kind),
            Operand::Value(value) => Some(&self.pack.rules.get(self.rule(*value)?)?.kind),
            Operand::Number(_) | Operand::Date(_) => None,
        }
    }

    /// The rule that names a computed number.
    pub(crate) fn rule(self, value: u16) -> Option<usize> {
        self.pack.rules.iter().position(|rule| rule.result == Derived::Number(value))
    }

    /// An operand by its name, if it has one.
    fn name(self, operand: &Operand, kind: Option<&FactKind>) -> String {
        let named = match operand {
            Operand::Fact(fact) => self.pack.facts.get(fact.index()).map(|fact| called(self.pack, fact, self.lang)),
            Operand::Value(value) => {
                self.rule(*value).and_then(|place| self.pack.rules.get(place)).map(|rule| self.lang.pick(&rule.name))
            }
            Operand::Number(_) | Operand::Date(_) => None,
        };
        named.map_or_else(|| self.bound(operand, kind), ToString::to_string)
    }

    /// An operand by its value, where it is known and of a known type; without a type it is not
    /// known how many places it has.
    fn bound(self, operand: &Operand, kind: Option<&FactKind>) -> String {
        let number = match operand {
            Operand::Date(date) => return full_day(*date, self.lang),
            Operand::Fact(_) => return self.name(operand, kind),
            Operand::Number(number) => Number::Known(*number),
            Operand::Value(value) => self.run.number(*value),
        };
        let value = match (number, kind) {
            (Number::Known(number), Some(kind)) => number_value(kind, number).map(|value| (kind, value)),
            _ => None,
        };
        match value {
            Some((kind, value)) => value_in_words(kind, &value, self.lang),
            None => self.lang.word("算出的数", "a computed number").to_string(),
        }
    }

    fn test(self, fact: Option<&Fact>, test: &TextTest, holds: bool) -> String {
        let (part, zh, en) = match (test, holds) {
            (TextTest::StartsWith(part), true) => (part.as_str(), "{以“[”开头", "{ begins with “[”"),
            (TextTest::StartsWith(part), false) => (part.as_str(), "{不以“[”开头", "{ does not begin with “[”"),
            (TextTest::EndsWith(part), true) => (part.as_str(), "{以“[”结尾", "{ ends with “[”"),
            (TextTest::EndsWith(part), false) => (part.as_str(), "{不以“[”结尾", "{ does not end with “[”"),
            (TextTest::Contains(part), true) => (part.as_str(), "{含有“[”", "{ contains “[”"),
            (TextTest::Contains(part), false) => (part.as_str(), "{不含“[”", "{ does not contain “[”"),
            (TextTest::Only(part), true) => (part.as_str(), "{只有“[”里的字符", "{ has only characters of “[”"),
            (TextTest::Only(part), false) => (part.as_str(), "{有“[”以外的字符", "{ has characters other than “[”"),
            (TextTest::Identifier(IdentifierTest::Male), true) => ("", "{是男性的号码", "{ is the number of a man"),
            (TextTest::Identifier(IdentifierTest::Male), false) => {
                ("", "{不是男性的号码", "{ is not the number of a man")
            }
            (TextTest::Identifier(_), true) => ("", "{通过校验", "{ passes its check"),
            (TextTest::Identifier(_), false) => ("", "{没有通过校验", "{ does not pass its check"),
        };
        fill(self.lang, zh, en, [fact.map_or("", |fact| called(self.pack, fact, self.lang)), part])
    }
}

//! Why a result is as it is: the answers on which it rests, in words.

mod table;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Atom, Comparison, Fact, FactId, FactKind, Formula, Lit, Operand, Reason, Value, reasons};

use crate::phrase::{full_day, say};
use crate::{Lang, Precheck, value_text};

/// An answer on which a result rests, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Why<'a> {
    /// Absent for a row of a table.
    pub(crate) fact: Option<&'a Fact>,
    pub(crate) text: String,
}

/// The answers on which the value of a literal rests, each once.
///
/// Where no conflict applies, almost everything rests on that as well; it is not said unless it
/// is all there is to say.
pub(crate) fn why<'a>(precheck: &'a Precheck<'_>, lit: Lit, lang: Lang) -> Vec<Why<'a>> {
    let mut found: Vec<Why<'a>> = Vec::new();
    let teller = Teller { precheck, lang };
    let reasons_for = |lit| reasons(precheck.pack(), &precheck.decision.run, lit);
    let (all, aside) = (reasons_for(lit), reasons_for(precheck.pack().blocked));
    let worth_saying = |reason: &&Reason| !aside.contains(reason);
    let is_all = !all.iter().any(|reason| worth_saying(&reason));
    for reason in all.iter().filter(|reason| is_all || worth_saying(reason)) {
        for why in teller.tell(reason).into_iter().chain(teller.matched_rows(reason)) {
            if !found.contains(&why) {
                found.push(why);
            }
        }
    }
    found
}

struct Teller<'a, 'p> {
    precheck: &'a Precheck<'p>,
    lang: Lang,
}

impl<'a> Teller<'a, '_> {
    fn tell(&self, reason: &Reason) -> Option<Why<'a>> {
        match &reason.atom {
            Atom::Holds(fact) => self.stated(*fact, &Value::Bool(reason.holds)),
            Atom::Is(fact, option) if reason.holds => self.stated(*fact, &Value::Choice(*option)),
            Atom::TextIs(fact, text) if reason.holds => self.stated(*fact, &Value::Text(text.clone())),
            Atom::Is(fact, _) | Atom::TextIs(fact, _) => self.stated(*fact, self.precheck.facts.get(*fact).value()?),
            Atom::Has(fact, option) => self.has(*fact, *option, reason.holds),
            Atom::Compare(left, how, right) => self.compared(left, *how, right, reason.holds),
            Atom::Text(fact, _) => self.stated(*fact, self.precheck.facts.get(*fact).value()?),
            Atom::Workday(Operand::Fact(fact)) => self.stated(*fact, self.precheck.facts.get(*fact).value()?),
            Atom::Rows(place) => self.rows(*place),
            Atom::Workday(_) | Atom::Outer(_) => None,
        }
    }

    /// `股东：3 行`: the table of a computation over rows.
    fn rows(&self, place: u16) -> Option<Why<'a>> {
        let table = self.precheck.pack().program.rows.get(usize::from(place))?.table;
        self.stated(table, self.precheck.facts.get(table).value()?)
    }

    /// The table, where an operand is computed from nothing but its rows.
    fn rows_of(&self, operand: &Operand) -> Option<Why<'a>> {
        let Operand::Value(value) = operand else { return None };
        match self.precheck.pack().program.values.get(usize::from(*value))? {
            Formula::Rows(place) => self.rows(*place),
            _ => None,
        }
    }

    fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.precheck.pack().facts.get(id.index())
    }

    /// `申请人：企业`.
    fn stated(&self, id: FactId, value: &Value) -> Option<Why<'a>> {
        let fact = self.fact(id)?;
        let (name, value) = (self.lang.pick(&fact.name), value_text(fact, value, self.lang));
        Some(Why { fact: Some(fact), text: say!(self.lang, "{name}：{value}", "{name}: {value}") })
    }

    /// `经营活动：有药品零售`.
    fn has(&self, id: FactId, option: u16, holds: bool) -> Option<Why<'a>> {
        let fact = self.fact(id)?;
        let FactKind::Choices(options) = &fact.kind else { return None };
        let (name, option) = (self.lang.pick(&fact.name), self.lang.pick(&options.get(usize::from(option))?.name));
        let text = match holds {
            true => say!(self.lang, "{name}：有{option}", "{name}: {option}"),
            false => say!(self.lang, "{name}：没有{option}", "{name}: not {option}"),
        };
        Some(Why { fact: Some(fact), text })
    }

    /// `受理日期早于 2019 年 12 月 1 日`; a comparison of computed values has no words of its own.
    fn compared(&self, left: &Operand, how: Comparison, right: &Operand, holds: bool) -> Option<Why<'a>> {
        let (id, bound, order) = match (left, right) {
            (Operand::Fact(fact), bound) => (*fact, bound, Order::new(how, holds, false)),
            (bound, Operand::Fact(fact)) => (*fact, bound, Order::new(how, holds, true)),
            (left, right) => return self.rows_of(left).or_else(|| self.rows_of(right)),
        };
        let fact = self.fact(id)?;
        let bound = match bound {
            Operand::Number(number) => value_text(fact, &Value::Number(*number), self.lang),
            Operand::Date(date) => full_day(*date, self.lang),
            Operand::Fact(other) => self.lang.pick(&self.fact(*other)?.name).to_string(),
            Operand::Value(_) => return None,
        };
        let name = self.lang.pick(&fact.name);
        let order = order.word(fact.kind == FactKind::Date, self.lang);
        Some(Why { fact: Some(fact), text: say!(self.lang, "{name}{order} {bound}", "{name} {order} {bound}") })
    }
}

/// How a fact stands to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    Different,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Order {
    /// `turned`: the fact stands on the right.
    fn new(how: Comparison, holds: bool, turned: bool) -> Order {
        match (how, holds, turned) {
            (Comparison::Equal, true, _) => Order::Equal,
            (Comparison::Equal, false, _) => Order::Different,
            (Comparison::Less, true, false) | (Comparison::LessOrEqual, false, true) => Order::Below,
            (Comparison::LessOrEqual, true, false) | (Comparison::Less, false, true) => Order::AtMost,
            (Comparison::LessOrEqual, false, false) | (Comparison::Less, true, true) => Order::Above,
            (Comparison::Less, false, false) | (Comparison::LessOrEqual, true, true) => Order::AtLeast,
        }
    }

    fn word(self, is_date: bool, lang: Lang) -> &'static str {
        let (zh, en) = match (self, is_date) {
            (Order::Equal, true) => ("是", "is"),
            (Order::Equal, false) => ("等于", "is"),
            (Order::Different, true) => ("不是", "is not"),
            (Order::Different, false) => ("不等于", "is not"),
            (Order::Below, true) => ("早于", "is before"),
            (Order::Below, false) => ("小于", "is less than"),
            (Order::AtMost, true) => ("不晚于", "is not after"),
            (Order::AtMost, false) => ("不超过", "is at most"),
            (Order::Above, true) => ("晚于", "is after"),
            (Order::Above, false) => ("超过", "is more than"),
            (Order::AtLeast, true) => ("不早于", "is not before"),
            (Order::AtLeast, false) => ("不少于", "is at least"),
        };
        lang.word(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use yichuang_engine::{Comparison, Date};

    use super::{Order, why};
    use crate::test_pack::{bundle, calendar, full_answers};
    use crate::{Lang, LoadedBundle, Precheck};

    #[test]
    fn a_material_says_why_it_is_required() {
        let (bundle, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), full_answers());
        let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
        let said = |id: &str, lang| -> Vec<(&str, String)> {
            let material = precheck.pack().materials.iter().find(|material| material.id == id).unwrap();
            why(&precheck, material.required, lang)
                .into_iter()
                .map(|why| (why.fact.unwrap().id.as_str(), why.text))
                .collect()
        };
        assert_eq!(said("f06", Lang::Zh), [("business.activities", "经营活动：有餐饮服务".into())]);
        assert_eq!(said("f06", Lang::En), [("business.activities", "activities: catering".into())]);
    }

    #[test]
    fn relations_are_read_from_either_side() {
        let word = |how, holds, turned| Order::new(how, holds, turned).word(true, Lang::Zh);
        assert_eq!(word(Comparison::Less, true, false), "早于");
        assert_eq!(word(Comparison::Less, false, false), "不早于");
        assert_eq!(word(Comparison::Less, true, true), "晚于");
        assert_eq!(word(Comparison::Less, false, true), "不晚于");
        assert_eq!(word(Comparison::LessOrEqual, true, false), "不晚于");
        assert_eq!(word(Comparison::LessOrEqual, false, true), "早于");
    }
}

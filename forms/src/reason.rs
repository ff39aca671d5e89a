//! Why a result is as it is: the answers on which it rests, in words.

mod table;

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Atom, Comparison, Fact, Formula, Lit, Operand, ROWS, Reason, reasons_by};

use crate::explain::Sayer;
use crate::{Lang, Precheck};

pub(crate) use table::{matched_words, table_of};

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
    let all = reasons_by(precheck.pack(), &precheck.instructions, &precheck.decision.run, lit);
    let worth_saying = |reason: &&Reason| !precheck.aside.contains(reason);
    let is_all = !all.iter().any(|reason| worth_saying(&reason));
    for reason in all.iter().filter(|reason| is_all || worth_saying(reason)) {
        for why in teller.tell(reason).into_iter().chain(teller.matched_rows(reason)) {
            // Facts are told apart by their ids.
            let is_same = |other: &Why<'a>| {
                other.text == why.text && other.fact.map(|fact| &fact.id) == why.fact.map(|fact| &fact.id)
            };
            if !found.iter().any(is_same) {
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
    fn sayer(&self) -> Sayer<'a> {
        Sayer { pack: self.precheck.pack(), run: &self.precheck.decision.run, lang: self.lang }
    }

    /// What was answered, or what a comparison found; one of computed values has no words of its own.
    fn tell(&self, reason: &Reason) -> Option<Why<'a>> {
        let sayer = self.sayer();
        let Some((id, fact)) = sayer.fact_of(&reason.atom) else { return self.rows_of(&reason.atom) };
        let is_computed = |operand: &Operand| matches!(operand, Operand::Value(_));
        let text = match &reason.atom {
            Atom::Compare(left, _, right) if is_computed(left) || is_computed(right) => return None,
            Atom::Is(..) | Atom::TextIs(..) if reason.holds => sayer.say(&reason.atom, true),
            Atom::Is(..) | Atom::TextIs(..) | Atom::Text(..) | Atom::Workday(_) => {
                sayer.is(fact, self.precheck.facts.get(id).value()?, true)
            }
            Atom::Holds(_) | Atom::Has(..) | Atom::Compare(..) => sayer.say(&reason.atom, reason.holds),
            Atom::Rows(_) | Atom::Outer(_) => return None,
        };
        Some(Why { fact: Some(fact), text })
    }

    /// `股东：3 行`: the table over whose rows alone a predicate is computed.
    fn rows_of(&self, atom: &Atom) -> Option<Why<'a>> {
        let program = &self.precheck.pack().program;
        let computed = |operand: &Operand| {
            let Operand::Value(value) = operand else { return None };
            match program.values.get(usize::from(*value))? {
                Formula::Rows(place) => Some(*place),
                _ => None,
            }
        };
        let place = match atom {
            Atom::Rows(place) => Some(*place),
            Atom::Compare(left, _, right) => computed(left).or_else(|| computed(right)),
            _ => None,
        };
        let table = program.rows.get(usize::from(place.filter(|_| ROWS)?))?.table;
        let fact = self.precheck.pack().facts.get(table.index())?;
        Some(Why { fact: Some(fact), text: self.sayer().is(fact, self.precheck.facts.get(table).value()?, true) })
    }
}

/// How a fact stands to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    Different,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Order {
    /// `turned`: the fact stands on the right.
    pub(crate) fn new(how: Comparison, holds: bool, turned: bool) -> Order {
        match (how, holds, turned) {
            (Comparison::Equal, true, _) => Order::Equal,
            (Comparison::Equal, false, _) => Order::Different,
            (Comparison::Less, true, false) | (Comparison::LessOrEqual, false, true) => Order::Below,
            (Comparison::LessOrEqual, true, false) | (Comparison::Less, false, true) => Order::AtMost,
            (Comparison::LessOrEqual, false, false) | (Comparison::Less, true, true) => Order::Above,
            (Comparison::Less, false, false) | (Comparison::LessOrEqual, true, true) => Order::AtLeast,
        }
    }

    pub(crate) fn word(self, is_date: bool, lang: Lang) -> &'static str {
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

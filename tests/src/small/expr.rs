//! Conditions and numbers over the facts of a small pack, and how they are written.

use std::fmt::Write as _;

use super::pack::{Kind, SmallPack};
use super::tape::Tape;

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    Literal(bool),
    /// A yes-no fact.
    Fact(usize),
    Is {
        fact: usize,
        option: usize,
        negated: bool,
    },
    In {
        fact: usize,
        options: Vec<usize>,
        negated: bool,
    },
    Has {
        fact: usize,
        option: usize,
        negated: bool,
    },
    Compare(Num, Comparison, Num),
    Same(Box<Cond>, Box<Cond>),
    /// An earlier rule that gives a condition.
    Rule(usize),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    If(Box<[Cond; 3]>),
}

/// A whole number.
#[derive(Clone, Debug)]
pub enum Num {
    Literal(i64),
    Fact(usize),
    /// An earlier rule that gives a number.
    Rule(usize),
    Add(Box<[Num; 2]>),
    Subtract(Box<[Num; 2]>),
    Multiply(Box<[Num; 2]>),
    Min(Vec<Num>),
    Max(Vec<Num>),
    If(Box<(Cond, Num, Num)>),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug)]
pub enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// How a pack is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Keys in English, ids, `&&`.
    English,
    /// Keys in Chinese, names, `且`.
    Chinese,
}

impl Cond {
    /// A condition over the facts and earlier rules of a pack.
    #[must_use]
    pub fn draw(tape: &mut Tape<'_>, pack: &SmallPack, depth: usize) -> Cond {
        if depth == 0 || pack.facts.is_empty() {
            return Cond::draw_plain(tape, pack);
        }
        let two = |tape: &mut Tape<'_>| [Cond::draw(tape, pack, depth - 1), Cond::draw(tape, pack, depth - 1)];
        let some = |tape: &mut Tape<'_>| {
            let count = 2 + tape.below(3);
            (0..count).map(|_| Cond::draw(tape, pack, depth - 1)).collect()
        };
        match tape.below(12) {
            0..=2 => Cond::draw_plain(tape, pack),
            3 | 4 => Cond::Not(Box::new(Cond::draw(tape, pack, depth - 1))),
            5..=7 => Cond::And(some(tape)),
            8..=9 => Cond::Or(some(tape)),
            10 => {
                let [one, other] = two(tape);
                Cond::Same(Box::new(one), Box::new(other))
            }
            _ => {
                let [then, otherwise] = two(tape);
                Cond::If(Box::new([Cond::draw(tape, pack, depth - 1), then, otherwise]))
            }
        }
    }

    fn draw_plain(tape: &mut Tape<'_>, pack: &SmallPack) -> Cond {
        let rules: Vec<usize> = (0..pack.conditions.len()).collect();
        if !rules.is_empty() && tape.rarely(6) {
            return Cond::Rule(tape.below(rules.len()));
        }
        if pack.facts.is_empty() || tape.rarely(24) {
            return Cond::Literal(tape.below(2) == 1);
        }
        let fact = tape.below(pack.facts.len());
        match &pack.facts[fact].kind {
            Kind::Bool => Cond::Fact(fact),
            Kind::Choice(count) => match tape.below(3) {
                0 | 1 => Cond::Is { fact, option: tape.below(*count), negated: tape.rarely(3) },
                _ => Cond::In { fact, options: tape.some_below(*count), negated: tape.rarely(3) },
            },
            Kind::Choices(count) => Cond::Has { fact, option: tape.below(*count), negated: tape.rarely(4) },
            Kind::Integer { .. } => {
                let by = [
                    Comparison::Equal,
                    Comparison::Different,
                    Comparison::Less,
                    Comparison::AtMost,
                    Comparison::More,
                    Comparison::AtLeast,
                ][tape.below(6)];
                let left = if tape.rarely(3) { Num::draw(tape, pack, 2) } else { Num::Fact(fact) };
                let right = if tape.rarely(4) { Num::draw(tape, pack, 1) } else { Num::literal(tape) };
                Cond::Compare(left, by, right)
            }
        }
    }

    /// The condition as it stands in a rule file.
    #[must_use]
    pub fn text(&self, pack: &SmallPack, speech: Speech) -> String {
        let zh = speech == Speech::Chinese;
        let inner = |cond: &Cond| cond.text(pack, speech);
        let fact = |fact: &usize| pack.facts[*fact].name(speech);
        let option = |option: &usize| option_name(*option, speech);
        let joined = |conds: &[Cond], by: &str| format!("({})", conds.iter().map(inner).collect::<Vec<_>>().join(by));
        match self {
            Cond::Literal(value) => match (value, zh) {
                (true, true) => "真".into(),
                (false, true) => "假".into(),
                (value, false) => value.to_string(),
            },
            Cond::Fact(of) => fact(of),
            Cond::Is { fact: of, option: is, negated } => {
                format!("({} {} {})", fact(of), if *negated { "!=" } else { "==" }, option(is))
            }
            Cond::In { fact: of, options, negated } => {
                let options: Vec<String> = options.iter().map(option).collect();
                format!("({} {} [{}])", fact(of), among(*negated, zh), options.join(", "))
            }
            Cond::Has { fact: of, option: has, negated: false } if zh => format!("({} 包含 {})", fact(of), option(has)),
            Cond::Has { fact: of, option: has, negated } => {
                format!("({} {} {})", option(has), among(*negated, zh), fact(of))
            }
            Cond::Compare(left, by, right) => {
                format!("({} {} {})", left.text(pack, speech), by.sign(), right.text(pack, speech))
            }
            Cond::Same(one, other) => format!("({} == {})", inner(one), inner(other)),
            Cond::Rule(rule) => condition_name(*rule, speech),
            Cond::Not(of) => format!("({}{})", if zh { "非 " } else { "!" }, inner(of)),
            Cond::And(of) => joined(of, if zh { " 且 " } else { " && " }),
            Cond::Or(of) => joined(of, if zh { " 或 " } else { " || " }),
            Cond::If(of) => choice(zh, &inner(&of[0]), &inner(&of[1]), &inner(&of[2])),
        }
    }
}

impl Num {
    /// A number over the facts and earlier rules of a pack.
    #[must_use]
    pub fn draw(tape: &mut Tape<'_>, pack: &SmallPack, depth: usize) -> Num {
        if depth == 0 {
            return Num::draw_plain(tape, pack);
        }
        let two = |tape: &mut Tape<'_>| Box::new([Num::draw(tape, pack, depth - 1), Num::draw(tape, pack, depth - 1)]);
        let some = |tape: &mut Tape<'_>| {
            let count = 2 + tape.below(2);
            (0..count).map(|_| Num::draw(tape, pack, depth - 1)).collect()
        };
        match tape.below(9) {
            0..=2 => Num::draw_plain(tape, pack),
            3 => Num::Add(two(tape)),
            4 => Num::Subtract(two(tape)),
            5 => Num::Multiply(two(tape)),
            6 => Num::Min(some(tape)),
            7 => Num::Max(some(tape)),
            _ => {
                let [then, otherwise] = *two(tape);
                Num::If(Box::new((Cond::draw(tape, pack, depth - 1), then, otherwise)))
            }
        }
    }

    fn draw_plain(tape: &mut Tape<'_>, pack: &SmallPack) -> Num {
        let is_number = |place: &usize| matches!(pack.facts[*place].kind, Kind::Integer { .. });
        let facts: Vec<usize> = (0..pack.facts.len()).filter(is_number).collect();
        match tape.below(5) {
            2 | 3 if !facts.is_empty() => Num::Fact(facts[tape.below(facts.len())]),
            4 if !pack.numbers.is_empty() => Num::Rule(tape.below(pack.numbers.len())),
            _ => Num::literal(tape),
        }
    }

    /// Small, so that it lies near the values of facts; seldom so large that sums overflow.
    fn literal(tape: &mut Tape<'_>) -> Num {
        if tape.rarely(60) { Num::Literal(i64::MAX / 2) } else { Num::Literal(i64::try_from(tape.below(7)).unwrap()) }
    }

    /// The number as it stands in a rule file.
    #[must_use]
    pub fn text(&self, pack: &SmallPack, speech: Speech) -> String {
        let inner = |num: &Num| num.text(pack, speech);
        let list = |of: &[Num]| of.iter().map(inner).collect::<Vec<_>>().join(", ");
        match self {
            Num::Literal(number) => number.to_string(),
            Num::Fact(fact) => pack.facts[*fact].name(speech),
            Num::Rule(rule) => number_name(*rule, speech),
            Num::Add(of) => format!("({} + {})", inner(&of[0]), inner(&of[1])),
            Num::Subtract(of) => format!("({} - {})", inner(&of[0]), inner(&of[1])),
            Num::Multiply(of) => format!("({} * {})", inner(&of[0]), inner(&of[1])),
            Num::Min(of) => format!("min({})", list(of)),
            Num::Max(of) => format!("max({})", list(of)),
            Num::If(of) => {
                let (cond, then, otherwise) = of.as_ref();
                choice(speech == Speech::Chinese, &cond.text(pack, speech), &inner(then), &inner(otherwise))
            }
        }
    }
}

impl Comparison {
    fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::Different => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        }
    }
}

/// In parentheses, because a choice is followed by operators too.
fn choice(zh: bool, cond: &str, then: &str, otherwise: &str) -> String {
    let (first, second) = if zh { ("如果", "否则") } else { ("if", "else") };
    format!("({first} {cond} {{ {then} }} {second} {{ {otherwise} }})")
}

fn among(negated: bool, zh: bool) -> &'static str {
    match (negated, zh) {
        (false, false) => "in",
        (true, false) => "!in",
        (false, true) => "属于",
        (true, true) => "不属于",
    }
}

/// What an option is called; the options of all facts share their names.
pub(super) fn option_name(option: usize, speech: Speech) -> String {
    match speech {
        Speech::English => format!("o{option}"),
        Speech::Chinese => format!("选项{}", numeral(option)),
    }
}

pub(super) fn condition_name(rule: usize, speech: Speech) -> String {
    match speech {
        Speech::English => format!("c{rule}"),
        Speech::Chinese => format!("条款{}", numeral(rule)),
    }
}

pub(super) fn number_name(rule: usize, speech: Speech) -> String {
    match speech {
        Speech::English => format!("n{rule}"),
        Speech::Chinese => format!("数目{}", numeral(rule)),
    }
}

pub(super) fn numeral(number: usize) -> String {
    let mut text = String::new();
    for digit in number.to_string().bytes() {
        let numeral = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(digit - b'0')];
        write!(text, "{numeral}").unwrap();
    }
    text
}

//! Calls: the built-in functions and the pack's own.

use yichuang_engine::{
    Atom, Date, DatePart, Formula, IdentifierTest, Lit, MonthEnd, Operand, Rounding, TextPart, TextTest,
};

use super::Lower;
use super::faults;
use super::number::Num;
use super::operand::Typed;
use super::units::Unit;
use crate::{Expr, ExprKind, Span};

/// A built-in function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BuiltIn {
    Min,
    Max,
    Abs,
    Count,
    Round(Rounding),
    Date,
    AddDays,
    AddMonths,
    AddYears,
    AddWorkdays,
    DaysBetween,
    YearsBetween,
    Age,
    CountWorkdays,
    IsWorkday,
    Part(DatePart),
    Length,
    StartsWith,
    EndsWith,
    HasText,
    OnlyChars,
    Identifier(IdentifierTest),
    BirthDate,
}

type Row = (&'static str, &'static str, BuiltIn, (usize, usize), &'static str);

/// Every built-in: its English and its Chinese name, how many arguments it takes at least and at
/// most, and an example of a call.
const BUILT_INS: &[Row] = &[
    ("min", "最小", BuiltIn::Min, (1, usize::MAX), "min(28, 20)"),
    ("max", "最大", BuiltIn::Max, (1, usize::MAX), "max(28, 20)"),
    ("abs", "绝对值", BuiltIn::Abs, (1, 1), "abs(a - b)"),
    ("count", "计数", BuiltIn::Count, (1, usize::MAX), "count(a, b)"),
    ("round_half_up", "四舍五入", BuiltIn::Round(Rounding::HalfUp), (1, 2), "round_half_up(a / b, 2)"),
    ("round_down", "舍去", BuiltIn::Round(Rounding::Down), (1, 2), "round_down(a / b, 2)"),
    ("round_up", "进位", BuiltIn::Round(Rounding::Up), (1, 2), "round_up(a / b, 0)"),
    ("date", "日期", BuiltIn::Date, (1, 1), "date(\"2014-09-26\")"),
    ("add_days", "加天", BuiltIn::AddDays, (2, 2), "add_days(accepted_on, 30)"),
    ("add_months", "加月", BuiltIn::AddMonths, (2, 3), "add_months(accepted_on, 1)"),
    ("add_years", "加年", BuiltIn::AddYears, (2, 3), "add_years(accepted_on, 5)"),
    ("add_workdays", "加工作日", BuiltIn::AddWorkdays, (2, 2), "add_workdays(accepted_on, 5)"),
    ("days_between", "相隔天数", BuiltIn::DaysBetween, (2, 2), "days_between(a, b)"),
    ("years_between", "周年数", BuiltIn::YearsBetween, (2, 2), "years_between(a, b)"),
    ("age", "周岁", BuiltIn::Age, (2, 3), "age(born_on, accepted_on)"),
    ("count_workdays", "工作日数", BuiltIn::CountWorkdays, (2, 2), "count_workdays(a, b)"),
    ("is_workday", "是工作日", BuiltIn::IsWorkday, (1, 1), "is_workday(a)"),
    ("year", "年份", BuiltIn::Part(DatePart::Year), (1, 1), "year(accepted_on)"),
    ("month", "月份", BuiltIn::Part(DatePart::Month), (1, 1), "month(accepted_on)"),
    ("day", "几号", BuiltIn::Part(DatePart::Day), (1, 1), "day(accepted_on)"),
    ("length", "字数", BuiltIn::Length, (1, 1), "length(name)"),
    ("starts_with", "开头是", BuiltIn::StartsWith, (2, 2), "starts_with(code, \"91\")"),
    ("ends_with", "结尾是", BuiltIn::EndsWith, (2, 2), "ends_with(name, \"公司\")"),
    ("has_text", "含有", BuiltIn::HasText, (2, 2), "has_text(name, \"有限\")"),
    ("only_chars", "只含", BuiltIn::OnlyChars, (2, 2), "only_chars(code, \"0-9A-Z\")"),
    ("is_id_no", "身份证号有效", BuiltIn::Identifier(IdentifierTest::IdNo), (1, 1), "is_id_no(number)"),
    ("is_uscc", "信用代码有效", BuiltIn::Identifier(IdentifierTest::Uscc), (1, 1), "is_uscc(code)"),
    ("is_org_code", "机构代码有效", BuiltIn::Identifier(IdentifierTest::OrgCode), (1, 1), "is_org_code(code)"),
    ("is_male", "是男性", BuiltIn::Identifier(IdentifierTest::Male), (1, 1), "is_male(number)"),
    ("birth_date", "出生日期", BuiltIn::BirthDate, (1, 1), "birth_date(number)"),
];

/// The names of all built-in functions, English and Chinese.
pub(super) fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_INS.iter().flat_map(|(en, zh, ..)| [*en, *zh])
}

impl Lower<'_> {
    pub(super) fn call(&mut self, name: &str, name_span: Span, args: &[Expr], span: Span) -> Option<Typed> {
        if let Some(index) = self.function_named(name) {
            return self.own_call(index, args, span);
        }
        let built_in = BUILT_INS.iter().find(|(en, zh, ..)| *en == name || *zh == name);
        let Some((.., built_in, (least, most), example)) = built_in else {
            self.unknown_function(name, name_span);
            return None;
        };
        if !(*least..=*most).contains(&args.len()) {
            let (written, rest) = example.split_at(example.find('(').unwrap_or_default());
            let example = if name.is_ascii() { format!("{written}{rest}") } else { format!("{name}{rest}") };
            self.report(faults::arguments(name, span, &example));
            return None;
        }
        self.built_in(*built_in, name, args, span)
    }

    fn built_in(&mut self, built_in: BuiltIn, name: &str, args: &[Expr], span: Span) -> Option<Typed> {
        let two = |args: &[Expr]| <[Expr; 2]>::try_from(args.to_vec()).ok();
        match (built_in, args) {
            (BuiltIn::Min, _) => self.least_or_most(args, Formula::Min),
            (BuiltIn::Max, _) => self.least_or_most(args, Formula::Max),
            (BuiltIn::Count, _) => self.count_of(args),
            (BuiltIn::Abs, [of]) => self.absolute(of),
            (BuiltIn::Round(rounding), [of, rest @ ..]) => {
                let places = rest.first().map_or(Some(0), |digits| self.digits(digits));
                let number = self.number(of)?;
                Some(Typed::Number(self.rounded(number, rounding, places?)))
            }
            (BuiltIn::Date, _) => self.literal_date(name, args, span),
            (BuiltIn::IsWorkday, [date]) => {
                let date = self.date_value(date)?;
                Some(Typed::Condition(self.builder.atom(Atom::Workday(date))))
            }
            (BuiltIn::Part(part), [date]) => {
                let date = self.date_value(date)?;
                Some(Typed::Number(Num::plain(self.formula(Formula::DatePart(date, part)))))
            }
            (BuiltIn::Length | BuiltIn::BirthDate | BuiltIn::Identifier(_), [text]) => self.text_call(built_in, text),
            (BuiltIn::StartsWith | BuiltIn::EndsWith | BuiltIn::HasText | BuiltIn::OnlyChars, [text, part]) => {
                self.text_test(built_in, text, part)
            }
            (
                BuiltIn::AddDays | BuiltIn::AddMonths | BuiltIn::AddYears | BuiltIn::AddWorkdays,
                [date, by, rest @ ..],
            ) => self.later(built_in, date, by, rest.first()),
            (BuiltIn::Age, [from, to, reached]) => self.age(from, to, reached),
            _ => {
                let [from, to] = two(args)?;
                let (from, to) = (self.date_value(&from), self.date_value(&to));
                self.spanning(built_in, from?, to?)
            }
        }
    }

    fn least_or_most(&mut self, args: &[Expr], formula: fn(Vec<Operand>) -> Formula) -> Option<Typed> {
        let typed: Vec<Option<Typed>> = args.iter().map(|arg| self.known(arg)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        if let Some(dates) = typed.iter().map(date_of).collect::<Option<Vec<Operand>>>() {
            return Some(Typed::Date(self.formula(formula(dates))));
        }
        let mut numbers = Vec::new();
        for (typed, arg) in typed.into_iter().zip(args) {
            match typed {
                Typed::Number(number) => numbers.push(number),
                other => return self.wrong_type(arg.span, faults::NUMBER, other.kind()),
            }
        }
        let spans: Vec<Span> = args.iter().map(|arg| arg.span).collect();
        let (operands, places, unit) = self.all_aligned(numbers, &spans)?;
        Some(Typed::Number(Num { of: self.formula(formula(operands)), places, by: None, unit }))
    }

    fn count_of(&mut self, args: &[Expr]) -> Option<Typed> {
        let lits: Vec<Option<Lit>> = args.iter().map(|arg| self.truth(arg)).collect();
        let lits: Vec<Lit> = lits.into_iter().collect::<Option<_>>()?;
        let ones = lits.into_iter().map(|lit| (lit, Operand::Number(1))).collect();
        Some(Typed::Number(Num::plain(self.formula(Formula::SumIf(ones)))))
    }

    fn absolute(&mut self, of: &Expr) -> Option<Typed> {
        let number = self.number(of)?;
        let number = self.whole_part(number, of.span)?;
        let minus = self.formula(Formula::Subtract(Operand::Number(0), number.of.clone()));
        Some(Typed::Number(Num { of: self.formula(Formula::Max(vec![number.of, minus])), ..number }))
    }

    /// How many places are rounded to: a number written there.
    fn digits(&mut self, expr: &Expr) -> Option<u8> {
        let digits = match expr.kind {
            ExprKind::Int(number) => u8::try_from(number).ok().filter(|digits| *digits <= 10),
            _ => None,
        };
        if digits.is_none() {
            self.report(faults::rounding_places(expr.span));
        }
        digits
    }

    fn literal_date(&mut self, name: &str, args: &[Expr], span: Span) -> Option<Typed> {
        let [Expr { kind: ExprKind::Text(text), span }] = args else {
            self.report(faults::arguments(name, span, &format!("{name}(\"2014-09-26\")")));
            return None;
        };
        let date = Date::parse(text);
        if date.is_none() {
            self.report(faults::bad_date(text, *span));
        }
        date.map(|date| Typed::Date(Operand::Date(date)))
    }

    fn later(&mut self, built_in: BuiltIn, date: &Expr, by: &Expr, end: Option<&Expr>) -> Option<Typed> {
        let (date, count, end) = (self.date_value(date), self.number(by), self.month_end(end));
        let (date, end) = (date?, end?);
        let word = match built_in {
            BuiltIn::AddWorkdays => "工作日",
            BuiltIn::AddMonths => "月",
            BuiltIn::AddYears => "年",
            _ => "天",
        };
        let count = self.count_in(count?, word, by.span)?;
        Some(Typed::Date(match built_in {
            BuiltIn::AddWorkdays => self.formula(Formula::AddWorkdays(date, count)),
            BuiltIn::AddMonths => self.formula(Formula::AddMonths(date, count, end)),
            BuiltIn::AddYears => {
                let months = self.formula(Formula::Multiply(count, Operand::Number(12)));
                self.formula(Formula::AddMonths(date, months, end))
            }
            _ => self.formula(Formula::AddDays(date, count)),
        }))
    }

    /// A whole number that counts `word`s, or nothing in particular.
    pub(super) fn count_in(&mut self, number: Num, word: &str, span: Span) -> Option<Operand> {
        let number = self.whole_part(number, span)?;
        let unit = number.unit();
        if number.places > 0 {
            self.report(faults::whole_count(span));
            return None;
        }
        if !unit.is_plain() && unit != Unit::of(word) {
            self.report(faults::wrong_unit(&unit.shown(), word, span));
            return None;
        }
        Some(number.of)
    }

    fn month_end(&mut self, word: Option<&Expr>) -> Option<MonthEnd> {
        let words = [("month_end", "月末", MonthEnd::LastDay), ("next_month", "次月首日", MonthEnd::NextMonth)];
        self.bare_word(word, MonthEnd::LastDay, &words)
    }

    /// 周岁: reached on the birthday, or on the day after it as the criminal law counts.
    fn age(&mut self, from: &Expr, to: &Expr, reached: &Expr) -> Option<Typed> {
        let words = [("on_birthday", "生日当天", false), ("day_after", "生日次日", true)];
        let (from, to, after) =
            (self.date_value(from), self.date_value(to), self.bare_word(Some(reached), false, &words));
        let (from, mut to) = (from?, to?);
        if after? {
            to = self.formula(Formula::AddDays(to, Operand::Number(-1)));
        }
        self.spanning(BuiltIn::Age, from, to)
    }

    /// One of some words of the language, written as a name.
    fn bare_word<T: Copy>(&mut self, word: Option<&Expr>, default: T, words: &[(&str, &str, T)]) -> Option<T> {
        let Some(word) = word else { return Some(default) };
        if let ExprKind::Name(name) = &word.kind
            && let Some((.., value)) = words.iter().find(|(en, zh, _)| en == name || zh == name)
        {
            return Some(*value);
        }
        let known: Vec<(&str, &str)> = words.iter().map(|(en, zh, _)| (*en, *zh)).collect();
        let written = match &word.kind {
            ExprKind::Name(name) => name.as_str(),
            _ => "",
        };
        self.report(faults::unknown_word(written, word.span, &known));
        None
    }

    fn spanning(&mut self, built_in: BuiltIn, from: Operand, to: Operand) -> Option<Typed> {
        let (formula, unit) = match built_in {
            BuiltIn::DaysBetween => (Formula::Subtract(to, from), "天"),
            BuiltIn::CountWorkdays => (Formula::CountWorkdays(from, to), "工作日"),
            BuiltIn::Age => (Formula::YearsBetween(from, to), "岁"),
            _ => (Formula::YearsBetween(from, to), "年"),
        };
        Some(Typed::Number(Num::new(self.computed(formula), 0, Unit::of(unit))))
    }

    /// A formula of dates, which are not folded as numbers written in the pack.
    fn computed(&mut self, formula: Formula) -> Operand {
        Operand::Value(self.builder.value(formula))
    }

    fn text_call(&mut self, built_in: BuiltIn, text: &Expr) -> Option<Typed> {
        let fact = self.text_fact(text)?;
        Some(match built_in {
            BuiltIn::BirthDate => Typed::Date(self.computed(Formula::TextPart(fact, TextPart::BirthDate))),
            BuiltIn::Identifier(test) => {
                Typed::Condition(self.builder.atom(Atom::Text(fact, TextTest::Identifier(test))))
            }
            _ => Typed::Number(Num::new(self.computed(Formula::TextPart(fact, TextPart::Length)), 0, Unit::of("字"))),
        })
    }

    fn text_test(&mut self, built_in: BuiltIn, text: &Expr, part: &Expr) -> Option<Typed> {
        let fact = self.text_fact(text);
        let ExprKind::Text(part) = &part.kind else {
            let found = self.typed(part)?.kind();
            return self.wrong_type(part.span, faults::TEXT, found);
        };
        let part = part.clone();
        let test = match built_in {
            BuiltIn::StartsWith => TextTest::StartsWith(part),
            BuiltIn::EndsWith => TextTest::EndsWith(part),
            BuiltIn::HasText => TextTest::Contains(part),
            _ => TextTest::Only(part),
        };
        Some(Typed::Condition(self.builder.atom(Atom::Text(fact?, test))))
    }

    fn text_fact(&mut self, expr: &Expr) -> Option<yichuang_engine::FactId> {
        match self.known(expr)? {
            Typed::TextFact(fact) => Some(fact),
            other => self.wrong_type(expr.span, faults::TEXT, other.kind()),
        }
    }
}

fn date_of(typed: &Typed) -> Option<Operand> {
    match typed {
        Typed::Date(operand) => Some(operand.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    /// The reference in Chinese and in English.
    const REFERENCE: [&str; 2] = [include_str!("../../README.md"), include_str!("../../README.en.md")];

    #[test]
    fn the_reference_names_every_function() {
        for (en, zh, ..) in super::BUILT_INS {
            for text in REFERENCE {
                let row = |line: &&str| {
                    line.starts_with("| `") && line.contains(&format!("`{en}")) && line.contains(&format!("`{zh}"))
                };
                assert!(text.lines().any(|line| row(&line)), "{en} {zh}");
            }
        }
    }

    #[test]
    fn the_reference_names_every_key() {
        for (en, zh) in crate::lower::keys::all() {
            let row = format!("| `{en}` | `{}` |", zh.join("` `"));
            for text in REFERENCE {
                assert!(text.lines().any(|line| line == row), "the table of keys lacks\n{row}");
            }
        }
    }
}

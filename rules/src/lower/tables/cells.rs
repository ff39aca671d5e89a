//! The cells of inputs: values, ranges, sets, conditions.
//!
//! | cell | matches |
//! |---|---|
//! | empty, `-` | whatever the input is |
//! | `50`, `企业`, `2014-01-01`, `是` | this value |
//! | `< 50`, `<= 50`, `> 50`, `>= 50` | so many |
//! | `[50, 200)` | from 50, included, to 200, not included |
//! | `企业, 个体工商户`, `< 5, >= 10` | one of them |
//! | `非 企业, 个体工商户` | none of them |
//! | `= 面积 > 上限 且 人数 < 5` | a condition |

use std::collections::BTreeMap;

use yichuang_engine::{ANYTHING, Atom, Date, FactId, Lit, Operand, Ranges, power_of_ten};

use super::super::number::{Num, literal};
use super::super::operand::Typed;
use super::super::{Lower, faults};
use super::inputs::{Input, InputKind};
use super::notations::{has_thousands, odd_range};
use super::rows::Row;
use crate::expr::{ExprText, parse_text};
use crate::{BinaryOp, Expr, Span};

/// What a cell asks of its input.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Ranges(Ranges),
    Texts { texts: Vec<String>, negated: bool },
    When(Lit),
}

/// The end of a range, or a value.
enum Bound {
    /// A number of so many places.
    Constant(i128, u8),
    Computed(Typed),
}

/// Words before a list of which none may be.
const NOT: &[&str] = &["非 ", "非\u{3000}", "not "];

impl Lower<'_> {
    /// What the rows ask of each input.
    pub(super) fn row_tests(&mut self, inputs: &[Input], rows: &[Row]) -> Option<Vec<Vec<Test>>> {
        let mut columns = Vec::new();
        for (place, input) in inputs.iter().enumerate() {
            // The same cell in many rows is read once, and its faults are told once.
            let mut known: BTreeMap<String, Option<Test>> = BTreeMap::new();
            let mut tests = Vec::new();
            for cell in rows.iter().filter_map(|row| row.cells.get(place)) {
                let written = written(cell);
                if !known.contains_key(&written) {
                    let test = self.input_cell(input, cell);
                    known.insert(written.clone(), test);
                }
                tests.push(known.get(&written).cloned().flatten());
            }
            columns.push(tests.into_iter().collect::<Option<Vec<Test>>>());
        }
        columns.into_iter().collect()
    }

    fn input_cell(&mut self, input: &Input, cell: &ExprText) -> Option<Test> {
        let cell = trimmed(cell);
        let text = written(&cell);
        if text.is_empty() || text == "-" {
            return Some(Test::Ranges(vec![ANYTHING]));
        }
        if text.starts_with('=') {
            return self.condition_cell(&trimmed(&cell.part(1, cell.len()))).map(Test::When);
        }
        let negation = NOT.iter().find(|word| text.starts_with(**word));
        let listed =
            negation.map_or_else(|| cell.part(0, cell.len()), |word| cell.part(word.chars().count(), cell.len()));
        let tests: Vec<Option<Test>> = self.parts(input, &listed)?.iter().map(|part| self.part(input, part)).collect();
        let test = self.one_of_tests(input, tests.into_iter().collect::<Option<_>>()?, negation.is_some())?;
        if let Test::Ranges(ranges) = &test
            && ranges.is_empty()
        {
            self.report(faults::never_matches(&text, cell.span));
            return None;
        }
        Some(test)
    }

    /// `= …`: a condition of anything.
    fn condition_cell(&mut self, cell: &ExprText) -> Option<Lit> {
        let expr = self.parsed_cell(cell)?;
        self.truth(&expr)
    }

    pub(super) fn parsed_cell(&mut self, cell: &ExprText) -> Option<Expr> {
        match parse_text(cell) {
            Ok(expr) => Some(expr),
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }

    /// The parts of a list, separated by commas.
    fn parts(&mut self, input: &Input, cell: &ExprText) -> Option<Vec<ExprText>> {
        let parts = split(cell);
        for part in &parts {
            let text = written(part);
            if text.is_empty() {
                self.report(faults::empty_part(cell.span));
                return None;
            }
            let named = self.input_options(input).iter().any(|option| option.name.zh == text);
            let other = (0..part.len()).find(|at| part.get(*at).is_some_and(|c| matches!(c, '，' | '、' | '；' | ';')));
            if let Some(at) = other.filter(|_| !named && !matches!(input.kind, InputKind::Text(_))) {
                self.report(faults::cell_separator(part.span(at, at + 1)));
                return None;
            }
        }
        if matches!(input.kind, InputKind::Number(_)) && has_thousands(&written(cell)) {
            self.report(faults::thousands(&written(cell), cell.span));
            return None;
        }
        Some(parts)
    }

    fn part(&mut self, input: &Input, part: &ExprText) -> Option<Test> {
        let text = written(part);
        let one = |place: u16| Test::Ranges(vec![(place.into(), place.into())]);
        match &input.kind {
            InputKind::Number(_) | InputKind::Date(_) => self.scalar_part(input, part),
            InputKind::Choice(_) | InputKind::Chosen(..) => self.input_option(input, &text, part.span).map(one),
            InputKind::Choices(fact) => self.has(*fact, input, &text, part.span).map(Test::When),
            InputKind::Condition(_) => match text.as_str() {
                "是" | "真" | "true" | "yes" => Some(one(1)),
                "否" | "假" | "false" | "no" => Some(one(0)),
                _ => self.condition_cell(part).map(Test::When),
            },
            InputKind::Text(_) => {
                let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(&text);
                Some(Test::Texts { texts: vec![bare.to_owned()], negated: false })
            }
        }
    }

    fn has(&mut self, fact: FactId, input: &Input, word: &str, span: Span) -> Option<Lit> {
        let option = self.input_option(input, word, span)?;
        Some(self.builder.atom(Atom::Has(fact, option)))
    }

    /// One of several tests of the same input, or none of them.
    fn one_of_tests(&mut self, input: &Input, tests: Vec<Test>, negated: bool) -> Option<Test> {
        if tests.iter().all(|test| matches!(test, Test::Ranges(_))) {
            let all =
                tests.into_iter().flat_map(|test| if let Test::Ranges(ranges) = test { ranges } else { Vec::new() });
            let ranges = merged(all.collect());
            let ranges = if negated { complement(&ranges) } else { ranges };
            let last = match &input.kind {
                InputKind::Condition(_) => Some(1),
                _ => self.input_options(input).len().checked_sub(1).and_then(|last| i128::try_from(last).ok()),
            };
            let whole = last.is_some_and(|last| (0..=last).all(|place| contains(&ranges, place)));
            let none = last.is_some_and(|last| !(0..=last).any(|place| contains(&ranges, place)));
            let ranges = if whole { vec![ANYTHING] } else { ranges };
            return Some(Test::Ranges(if none { Vec::new() } else { ranges }));
        }
        if tests.iter().all(|test| matches!(test, Test::Texts { .. })) {
            let all = tests
                .into_iter()
                .flat_map(|test| if let Test::Texts { texts, .. } = test { texts } else { Vec::new() });
            return Some(Test::Texts { texts: all.collect(), negated });
        }
        let lits: Vec<Lit> = tests.iter().filter_map(|test| self.test_lit(input, test)).collect();
        let any = self.builder.any(lits);
        Some(Test::When(if negated { !any } else { any }))
    }

    fn test_lit(&mut self, input: &Input, test: &Test) -> Option<Lit> {
        match (test, &input.kind) {
            (Test::When(lit), _) => Some(*lit),
            (Test::Ranges(ranges), InputKind::Condition(lit)) => Some(if contains(ranges, 1) { *lit } else { !*lit }),
            (Test::Ranges(ranges), InputKind::Number(Num { of, .. }) | InputKind::Date(of)) => {
                Some(self.ranges_lit(of, ranges))
            }
            _ => None,
        }
    }

    /// The condition that a number lies in one of the ranges.
    pub(super) fn ranges_lit(&mut self, of: &Operand, ranges: &Ranges) -> Lit {
        let mut any = Vec::new();
        for (low, high) in ranges {
            let mut all = Vec::new();
            if *low != ANYTHING.0 {
                all.push(self.compare(BinaryOp::Ge, of.clone(), Operand::Number(*low)));
            }
            if *high != ANYTHING.1 {
                all.push(self.compare(BinaryOp::Le, of.clone(), Operand::Number(*high)));
            }
            any.push(self.builder.all(all));
        }
        self.builder.any(any)
    }

    /// A part of a cell about a number or a date.
    fn scalar_part(&mut self, input: &Input, part: &ExprText) -> Option<Test> {
        let text = written(part);
        if let Some(right) = odd_range(&text) {
            self.report(faults::odd_range(&text, &right, part.span));
            return None;
        }
        let signs = [("<=", BinaryOp::Le), (">=", BinaryOp::Ge), ("<", BinaryOp::Lt), (">", BinaryOp::Gt)];
        if let Some((sign, op)) = signs.iter().find(|(sign, _)| text.starts_with(sign)) {
            return self.compared_part(input, *op, &trimmed(&part.part(sign.len(), part.len())));
        }
        let ends = [part.get(0), part.len().checked_sub(1).and_then(|last| part.get(last))];
        let [Some(open @ ('[' | '(')), Some(close @ (']' | ')'))] = ends else {
            return self.compared_part(input, BinaryOp::Eq, part);
        };
        let inner = split(&part.part(1, part.len() - 1));
        if let ([_], '(', ')') = (inner.as_slice(), open, close) {
            return self.compared_part(input, BinaryOp::Eq, part);
        }
        let [low, high] = inner.as_slice() else {
            self.report(faults::two_ends(&text, part.span));
            return None;
        };
        let above = if open == '[' { BinaryOp::Ge } else { BinaryOp::Gt };
        let below = if close == ']' { BinaryOp::Le } else { BinaryOp::Lt };
        let (low, high) = (self.compared_part(input, above, low), self.compared_part(input, below, high));
        match (low?, high?) {
            (Test::Ranges(low), Test::Ranges(high)) => {
                let both = intersection(&low, &high);
                if both.is_empty() {
                    self.report(faults::never_matches(&text, part.span));
                    return None;
                }
                Some(Test::Ranges(both))
            }
            (low, high) => {
                let lits = [self.test_lit(input, &low)?, self.test_lit(input, &high)?];
                Some(Test::When(self.builder.all(lits)))
            }
        }
    }

    /// The input compared with what is written.
    fn compared_part(&mut self, input: &Input, op: BinaryOp, part: &ExprText) -> Option<Test> {
        let bound = self.bound(input, part)?;
        let (of, places) = match &input.kind {
            InputKind::Number(number) => (number.clone(), number.places),
            InputKind::Date(day) => (Num { of: day.clone(), places: 0, by: None, unit: None }, 0),
            _ => return None,
        };
        match bound {
            Bound::Constant(value, written_places) => {
                let Some(range) = range(op, value, written_places, places) else {
                    self.report(faults::places_exceeded(&written(part), places, part.span));
                    return None;
                };
                Some(Test::Ranges(vec![range]))
            }
            Bound::Computed(Typed::Number(number)) => {
                self.compared(op, of, number, [input.span, part.span]).map(Test::When)
            }
            Bound::Computed(Typed::Date(day)) => Some(Test::When(self.compare(op, of.of, day))),
            Bound::Computed(Typed::Condition(lit)) if op == BinaryOp::Eq => Some(Test::When(lit)),
            Bound::Computed(other) => {
                let wanted = if matches!(input.kind, InputKind::Date(_)) { faults::DATE } else { faults::NUMBER };
                self.wrong_type(part.span, wanted, other.kind())
            }
        }
    }

    fn bound(&mut self, input: &Input, part: &ExprText) -> Option<Bound> {
        let text = written(part);
        let is_date = matches!(input.kind, InputKind::Date(_));
        if is_date && let Some(date) = Date::parse(&text) {
            return Some(Bound::Constant(date.to_days().into(), 0));
        }
        if !is_date && let Some(Num { of: Operand::Number(number), places, .. }) = literal(&text) {
            return Some(Bound::Constant(number, places));
        }
        if text.is_empty() {
            self.report(faults::no_bound(part.span));
            return None;
        }
        if is_date && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日')) {
            self.report(faults::bad_date(&text, part.span));
            return None;
        }
        let expr = self.parsed_cell(part)?;
        Some(match (self.known(&expr)?, &input.kind) {
            (Typed::Number(number), InputKind::Number(of)) => {
                let constant = number.by.is_none().then_some(&number.of);
                if let Some(Operand::Number(value)) = constant {
                    self.aligned(of.clone(), number.clone(), [input.span, part.span])?;
                    return Some(Bound::Constant(*value, number.places));
                }
                Bound::Computed(Typed::Number(number))
            }
            (Typed::Date(Operand::Date(day)), InputKind::Date(_)) => Bound::Constant(day.to_days().into(), 0),
            (Typed::Number(_), _) => return self.wrong_type(part.span, faults::DATE, faults::NUMBER),
            (Typed::Date(_), InputKind::Number(_)) => return self.wrong_type(part.span, faults::NUMBER, faults::DATE),
            (typed, _) => Bound::Computed(typed),
        })
    }
}

/// The numbers of `places` places that stand so to a value; `None` where a value with more places
/// would have to be equal to one.
fn range(op: BinaryOp, value: i128, written: u8, places: u8) -> Option<(i128, i128)> {
    let step = power_of_ten(written.saturating_sub(places))?;
    let value = value.checked_mul(power_of_ten(places.saturating_sub(written))?)?;
    let floor = value.div_euclid(step);
    let exact = value.rem_euclid(step) == 0;
    Some(match op {
        BinaryOp::Lt => (ANYTHING.0, if exact { floor - 1 } else { floor }),
        BinaryOp::Le => (ANYTHING.0, floor),
        BinaryOp::Gt => (floor + 1, ANYTHING.1),
        BinaryOp::Ge => (if exact { floor } else { floor + 1 }, ANYTHING.1),
        _ if exact => (floor, floor),
        _ => return None,
    })
}

pub(super) fn contains(ranges: &Ranges, number: i128) -> bool {
    ranges.iter().any(|(low, high)| *low <= number && number <= *high)
}

/// The ranges in order, those that touch as one.
fn merged(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged: Ranges = Vec::new();
    for (low, high) in ranges {
        match merged.last_mut() {
            Some((_, end)) if low <= end.saturating_add(1) => *end = high.max(*end),
            _ => merged.push((low, high)),
        }
    }
    merged
}

fn complement(ranges: &Ranges) -> Ranges {
    let mut gaps = Vec::new();
    let mut from = Some(ANYTHING.0);
    for (low, high) in ranges {
        if let (Some(start), Some(end)) = (from, low.checked_sub(1))
            && start <= end
        {
            gaps.push((start, end));
        }
        from = high.checked_add(1);
    }
    gaps.extend(from.map(|start| (start, ANYTHING.1)));
    gaps
}

pub(super) fn intersection(one: &Ranges, other: &Ranges) -> Ranges {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))));
    pairs.filter(|(low, high)| low <= high).collect()
}

pub(super) fn written(cell: &ExprText) -> String {
    cell.slice(0, cell.len())
}

pub(super) fn trimmed(cell: &ExprText) -> ExprText {
    let space = |at: &usize| cell.get(*at).is_some_and(char::is_whitespace);
    let start = (0..cell.len()).take_while(space).count();
    let end = cell.len() - (start..cell.len()).rev().take_while(space).count();
    cell.part(start, end)
}

/// The parts between the commas that stand in no brackets or quotes.
pub(super) fn split(cell: &ExprText) -> Vec<ExprText> {
    let (mut parts, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, false);
    for at in 0..cell.len() {
        match cell.get(at) {
            Some('"') => quoted = !quoted,
            Some('[' | '(' | '{') if !quoted => depth += 1,
            Some(']' | ')' | '}') if !quoted => depth = depth.saturating_sub(1),
            Some(',') if !quoted && depth == 0 => {
                parts.push(trimmed(&cell.part(start, at)));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(trimmed(&cell.part(start, cell.len())));
    parts
}

#[cfg(test)]
mod tests {
    use yichuang_engine::ANYTHING;

    use super::{complement, merged, range};
    use crate::BinaryOp;

    #[test]
    fn bounds_are_exact_whatever_their_places() {
        let (below, above) = ANYTHING;
        assert_eq!(range(BinaryOp::Lt, 50, 0, 0), Some((below, 49)));
        assert_eq!(range(BinaryOp::Lt, 5, 1, 0), Some((below, 0)), "less than 0.5 is 0 or less");
        assert_eq!(range(BinaryOp::Ge, 5, 1, 0), Some((1, above)));
        assert_eq!(range(BinaryOp::Le, -5, 1, 0), Some((below, -1)));
        assert_eq!(range(BinaryOp::Gt, -5, 1, 0), Some((0, above)));
        assert_eq!(range(BinaryOp::Eq, 15, 1, 2), Some((150, 150)));
        assert_eq!(range(BinaryOp::Eq, 15, 1, 0), None);
    }

    #[test]
    fn ranges_are_merged_and_turned_round() {
        assert_eq!(merged(vec![(5, 6), (1, 2), (3, 3), (6, 9)]), [(1, 3), (5, 9)]);
        assert_eq!(complement(&vec![(1, 3), (5, 9)]), [(ANYTHING.0, 0), (4, 4), (10, ANYTHING.1)]);
        assert_eq!(complement(&vec![ANYTHING]), []);
        assert_eq!(complement(&vec![(ANYTHING.0, 4)]), [(5, ANYTHING.1)]);
    }
}

//! Computations over rows: Rhai's own interpreter as the judge, and the law of unknowns for cells.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use rhai::packages::{Package as _, StandardPackage};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, Map, NativeCallContext, Scope};
use yichuang_engine::{Calendar, Date, Decision, FactId, Facts, Pack, Quantity, Slot, Value, decide};
use yichuang_forms::{to_ycp, validate};
use yichuang_rules::{Lang, Source, compile, render, sorted};
use yichuang_tests::corpus::calendar;
use yichuang_tests::random;
use yichuang_tests::small::Tape;

const FACTS: &str = "pack: {name: 名单, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}
  - id: t
    name: 名单
    type: table
    question: 有哪些？
    columns:
      - {id: a, name: 甲, type: integer}
      - {id: b, name: 乙, type: integer}
      - {id: f, name: 丙, type: bool}
      - {id: p, name: 丁, type: table, columns: [{id: c, name: 戊, type: integer}, {id: d, name: 己, type: bool}]}
  - {id: n, name: 数, type: integer, question: 多少？}
  - {id: g, name: 是否, type: bool, question: 是吗？}
items: [{id: i, name: 许可, selected: '0 == 0', statutory: {days: 1, basis: pack-default x}, basis: pack-default x}]
";

/// The table is fact 1; the facts beside it follow.
const TABLE: usize = 1;

/// The column of its rows that is a table.
const PARTS: usize = 3;

/// Expressions over the columns of the rows around and the facts, drawn from a tape.
struct Draw<'t, 'b> {
    tape: &'t mut Tape<'b>,
}

impl Draw<'_, '_> {
    /// `rows` are the closures around: their names with the number and yes-no columns.
    fn condition(&mut self, depth: usize, rows: &[Row]) -> String {
        if depth == 0 || self.tape.rarely(4) {
            return self.plain_condition(rows);
        }
        match self.tape.below(8) {
            0 => format!("!({})", self.condition(depth - 1, rows)),
            1 => format!("({} && {})", self.condition(depth - 1, rows), self.condition(depth - 1, rows)),
            2 => format!("({} || {})", self.condition(depth - 1, rows), self.condition(depth - 1, rows)),
            3 => format!("({} < {})", self.number(depth - 1, rows), self.number(depth - 1, rows)),
            4 => format!("({} == {})", self.number(depth - 1, rows), self.number(depth - 1, rows)),
            5 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.condition(depth - 1, rows),
                self.condition(depth - 1, rows),
                self.condition(depth - 1, rows)
            ),
            _ => self.over_rows(depth, rows, true).unwrap_or_else(|| self.plain_condition(rows)),
        }
    }

    fn number(&mut self, depth: usize, rows: &[Row]) -> String {
        if depth == 0 || self.tape.rarely(4) {
            return self.plain_number(rows);
        }
        match self.tape.below(6) {
            0 => format!("({} + {})", self.number(depth - 1, rows), self.number(depth - 1, rows)),
            1 => format!("({} - {})", self.number(depth - 1, rows), self.number(depth - 1, rows)),
            2 => format!("({} * {})", self.number(depth - 1, rows), self.number(depth - 1, rows)),
            3 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.condition(depth - 1, rows),
                self.number(depth - 1, rows),
                self.number(depth - 1, rows)
            ),
            _ => self.over_rows(depth, rows, false).unwrap_or_else(|| self.plain_number(rows)),
        }
    }

    fn plain_condition(&mut self, rows: &[Row]) -> String {
        match rows.len() + 1 {
            1 => "g".to_owned(),
            count => match self.tape.below(count) {
                0 => "g".to_owned(),
                place => rows.get(place - 1).unwrap().flag.to_owned(),
            },
        }
    }

    fn plain_number(&mut self, rows: &[Row]) -> String {
        let mut names = vec!["n".to_owned(), self.tape.below(4).to_string()];
        names.extend(rows.iter().flat_map(|row| row.numbers).map(|name| (*name).to_owned()));
        names.get(self.tape.below(names.len())).cloned().unwrap()
    }

    /// A computation over the table, or over the cell of the row around.
    fn over_rows(&mut self, depth: usize, rows: &[Row], is_condition: bool) -> Option<String> {
        let (table, row) = match rows.len() {
            0 => ("t", Row { name: "r", numbers: &["r.a", "r.b"], flag: "r.f" }),
            1 => ("r.p", Row { name: "x", numbers: &["x.c"], flag: "x.d" }),
            _ => return None,
        };
        let name = row.name;
        let inner: Vec<Row> = rows.iter().copied().chain([row]).collect();
        let mut text = table.to_owned();
        if self.tape.below(2) == 1 {
            text += &format!(".filter(|{name}| {})", self.condition(depth - 1, &inner));
        }
        Some(if is_condition {
            let method = ["any", "all"].get(self.tape.below(2)).copied().unwrap();
            format!("{text}.{method}(|{name}| {})", self.condition(depth - 1, &inner))
        } else {
            match self.tape.below(5) {
                0 => format!("{text}.count()"),
                1 => format!("{text}.count(|{name}| {})", self.condition(depth - 1, &inner)),
                2 => format!("{text}.sum(|{name}| {})", self.number(depth - 1, &inner)),
                3 => format!("{text}.map(|{name}| {}).max()", self.number(depth - 1, &inner)),
                _ => format!("{text}.min(|{name}| {})", self.number(depth - 1, &inner)),
            }
        })
    }
}

/// The row of a closure around.
#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    numbers: &'static [&'static str],
    flag: &'static str,
}

/// A pack that judges one condition and one number.
struct Judged {
    condition: String,
    number: String,
    text: String,
    pack: Pack,
}

impl Judged {
    fn draw(tape: &mut Tape<'_>) -> Result<Judged, TestCaseError> {
        let mut draw = Draw { tape };
        let condition = draw.over_rows(4, &[], true).unwrap();
        let number = draw.over_rows(4, &[], false).unwrap();
        let text = format!(
            "{FACTS}checks: [{{id: k, when: '{condition}', severity: notice, message: x, basis: pack-default x}}]\n\
             promised: {{days: '{number}', basis: pack-default x}}\n"
        );
        let files = [Source::new("pack.yaml", &text)];
        let (bundle, diagnostics) = compile("test/rows", &files);
        let faults = || TestCaseError::fail(render(&diagnostics, &sorted(&files), Lang::Zh));
        let bundle = bundle.ok_or_else(faults)?;
        prop_assert_eq!(validate(&bundle), Ok(()), "{}", text);
        prop_assert!(!to_ycp(&bundle).is_empty());
        Ok(Judged { condition, number, text, pack: bundle.pack })
    }

    fn decide(&self, calendar: &Calendar, facts: &Facts) -> Decision {
        decide(&self.pack, calendar, facts, Date::parse("2014-11-18").unwrap())
    }
}

/// What is said of the condition and of the number.
fn said(decision: &Decision) -> (Option<bool>, Quantity) {
    let check = decision.checks.first().map_or(Some(false), |hit| hit.finding.value);
    (check, decision.periods.as_ref().unwrap().promised_days.clone())
}

fn integer(tape: &mut Tape<'_>) -> Slot {
    Slot::Known(Value::Number(i128::try_from(tape.below(4)).unwrap()))
}

fn flag(tape: &mut Tape<'_>) -> Slot {
    Slot::Known(Value::Bool(tape.below(2) == 1))
}

fn known(slots: impl IntoIterator<Item = Slot>, count: usize) -> Facts {
    let mut facts = Facts::new(count);
    slots.into_iter().enumerate().for_each(|(place, slot)| facts.set(FactId::new(place), slot));
    facts
}

/// Facts of which nothing is unknown.
fn full(pack: &Pack, tape: &mut Tape<'_>) -> Facts {
    let rows = (0..tape.below(4))
        .map(|_| {
            let parts = (0..tape.below(3)).map(|_| known([integer(tape), flag(tape)], 2)).collect();
            known([integer(tape), integer(tape), flag(tape), Slot::Known(Value::Table(parts))], 4)
        })
        .collect();
    let mut facts = Facts::new(pack.facts.len());
    facts.set(FactId::new(TABLE), Slot::Known(Value::Table(rows)));
    facts.set(FactId::new(TABLE + 1), integer(tape));
    facts.set(FactId::new(TABLE + 2), flag(tape));
    facts
}

fn dynamic(slot: &Slot, names: &[&str]) -> Dynamic {
    match slot.value() {
        Some(Value::Number(number)) => Dynamic::from(i64::try_from(*number).unwrap()),
        Some(Value::Bool(value)) => Dynamic::from(*value),
        Some(Value::Table(rows)) => {
            let inner: &[&str] = if names.len() == 4 { &["c", "d"] } else { &["a", "b", "f", "p"] };
            let row = |row: &Facts| {
                let cells = inner.iter().zip(row.iter());
                let map: Map = cells.map(|(name, (_, cell))| ((*name).into(), dynamic(cell, inner))).collect();
                Dynamic::from(map)
            };
            rows.iter().map(row).collect::<Array>().into()
        }
        _ => Dynamic::UNIT,
    }
}

type Result<T, E = Box<EvalAltResult>> = std::result::Result<T, E>;

/// Rhai with the methods over rows as native functions, on arrays of maps.
fn interpreter() -> Engine {
    fn each<T: 'static + Clone>(context: &NativeCallContext<'_>, rows: &Array, of: &FnPtr) -> Result<Vec<T>> {
        rows.iter().map(|row| of.call_within_context(context, (row.clone(),))).collect()
    }
    fn picked(numbers: Vec<i64>, by: fn(i64, i64) -> i64) -> Result<i64> {
        numbers.into_iter().reduce(by).ok_or_else(|| "nothing to choose from".into())
    }
    let mut engine = yichuang_rules::engine();
    engine.set_max_call_levels(64);
    StandardPackage::new().register_into_engine(&mut engine);
    engine.register_fn("any", |context: NativeCallContext<'_>, rows: &mut Array, of: FnPtr| -> Result<bool> {
        Ok(each::<bool>(&context, rows, &of)?.contains(&true))
    });
    engine.register_fn("all", |context: NativeCallContext<'_>, rows: &mut Array, of: FnPtr| -> Result<bool> {
        Ok(!each::<bool>(&context, rows, &of)?.contains(&false))
    });
    engine.register_fn("count", |rows: &mut Array| i64::try_from(rows.len()).unwrap());
    engine.register_fn("count", |context: NativeCallContext<'_>, rows: &mut Array, of: FnPtr| -> Result<i64> {
        Ok(i64::try_from(each::<bool>(&context, rows, &of)?.into_iter().filter(|holds| *holds).count()).unwrap())
    });
    engine.register_fn("sum", |context: NativeCallContext<'_>, rows: &mut Array, of: FnPtr| -> Result<i64> {
        Ok(each::<i64>(&context, rows, &of)?.into_iter().sum())
    });
    engine.register_fn("min", |context: NativeCallContext<'_>, rows: &mut Array, of: FnPtr| -> Result<i64> {
        picked(each(&context, rows, &of)?, i64::min)
    });
    engine.register_fn("max", |rows: &mut Array| -> Result<i64> {
        picked(rows.iter().map(|number| number.as_int().unwrap()).collect(), i64::max)
    });
    engine
}

#[test]
fn computations_over_rows_are_what_rhai_makes_of_them() {
    let (engine, calendar) = (interpreter(), calendar().value);
    let compared = Cell::new((0, 0, 0));
    random::check(400, &(vec(any::<u8>(), 0..120), vec(any::<u8>(), 0..60)), |(pack, answers)| {
        let judged = Judged::draw(&mut Tape::new(&pack))?;
        let facts = full(&judged.pack, &mut Tape::new(&answers));
        let (check, days) = said(&judged.decide(&calendar, &facts));
        let mut scope = Scope::new();
        for (place, name) in ["t", "n", "g"].into_iter().enumerate() {
            scope.push_dynamic(name, dynamic(facts.get(FactId::new(TABLE + place)), &[]));
        }
        let condition = engine.eval_with_scope::<bool>(&mut scope, &judged.condition).ok();
        let number = engine.eval_with_scope::<i64>(&mut scope, &judged.number).ok();
        let (mut checks, mut numbers, mut nothing) = compared.get();
        if let Some(condition) = condition {
            prop_assert_eq!(check, Some(condition), "{:?}\n{}", facts, judged.text);
            checks += 1;
        }
        match number {
            Some(number) => {
                prop_assert_eq!(days, Quantity::Known(number.into()), "{:?}\n{}", facts, judged.text);
                numbers += 1;
            }
            None => nothing += 1,
        }
        compared.set((checks, numbers, nothing));
        Ok(())
    });
    let (checks, numbers, nothing) = compared.get();
    assert!(checks > 250 && numbers > 150 && nothing > 5, "{checks} conditions, {numbers} numbers, {nothing} of none");
}

/// Takes some cells away, each with the values that it may have; at most so many completions.
fn hide(facts: &mut Facts, tape: &mut Tape<'_>, most: &mut usize) -> Vec<Hidden> {
    let mut hidden = Vec::new();
    let Slot::Known(Value::Table(mut rows)) = facts.get(FactId::new(TABLE)).clone() else { return hidden };
    for (place, row) in rows.iter_mut().enumerate() {
        for column in 0..3 {
            take(row, column, vec![place], tape, most, &mut hidden);
        }
        let Slot::Known(Value::Table(mut parts)) = row.get(FactId::new(PARTS)).clone() else { continue };
        for (part, cells) in parts.iter_mut().enumerate() {
            for column in 0..2 {
                take(cells, column, vec![place, part], tape, most, &mut hidden);
            }
        }
        row.set(FactId::new(PARTS), Slot::Known(Value::Table(parts)));
    }
    facts.set(FactId::new(TABLE), Slot::Known(Value::Table(rows)));
    for fact in [TABLE + 1, TABLE + 2] {
        take(facts, fact, Vec::new(), tape, most, &mut hidden);
    }
    hidden
}

/// A slot that was taken away.
#[derive(Clone, Debug)]
struct Hidden {
    /// The row and the row in its cell.
    rows: Vec<usize>,
    place: usize,
    values: Vec<Value>,
}

fn take(
    facts: &mut Facts,
    place: usize,
    rows: Vec<usize>,
    tape: &mut Tape<'_>,
    most: &mut usize,
    hidden: &mut Vec<Hidden>,
) {
    let id = FactId::new(place);
    let values: Vec<Value> = match facts.get(id).value() {
        Some(Value::Bool(_)) => vec![Value::Bool(false), Value::Bool(true)],
        Some(Value::Number(_)) => (0..4).map(Value::Number).collect(),
        _ => return,
    };
    if tape.below(3) == 0 && *most >= values.len() {
        *most /= values.len();
        facts.set(id, if tape.rarely(5) { Slot::Unsure } else { Slot::Unknown });
        hidden.push(Hidden { rows, place, values });
    }
}

/// Puts a value back; `table` is the table whose row comes first.
fn fill(facts: &mut Facts, table: usize, rows: &[usize], place: usize, value: &Value) {
    let Some((row, inner)) = rows.split_first() else {
        return facts.set(FactId::new(place), Slot::Known(value.clone()));
    };
    let table = FactId::new(table);
    let Slot::Known(Value::Table(mut list)) = facts.get(table).clone() else { return };
    fill(list.get_mut(*row).unwrap(), PARTS, inner, place, value);
    facts.set(table, Slot::Known(Value::Table(list)));
}

#[test]
fn what_is_decided_stays_for_every_completion_of_the_cells() {
    let calendar = calendar().value;
    let seen = Cell::new((0, 0));
    random::check(400, &(vec(any::<u8>(), 0..100), vec(any::<u8>(), 0..120)), |(pack, answers)| {
        let judged = Judged::draw(&mut Tape::new(&pack))?;
        let mut tape = Tape::new(&answers);
        let mut facts = full(&judged.pack, &mut tape);
        let hidden = hide(&mut facts, &mut tape, &mut 256);
        let before = judged.decide(&calendar, &facts);
        let (check, days) = said(&before);
        let context = || format!("{facts:?}\n{}", judged.text);
        for hit in before.checks.iter().filter(|hit| hit.finding.value.is_none()) {
            let explained = !hit.finding.missing.is_empty() || hit.finding.cannot_compute.is_some();
            prop_assert!(explained, "nothing is missing\n{}", context());
        }
        if let Quantity::Open { missing, .. } = &days {
            prop_assert!(!missing.is_empty(), "nothing is missing\n{}", context());
        }
        let count: usize = hidden.iter().map(|hidden| hidden.values.len()).product();
        for number in 0..count {
            let (mut completed, mut rest) = (facts.clone(), number);
            for Hidden { rows, place, values } in &hidden {
                fill(&mut completed, TABLE, rows, *place, values.get(rest % values.len()).unwrap());
                rest /= values.len();
            }
            let (check_then, days_then) = said(&judged.decide(&calendar, &completed));
            prop_assert!(check.is_none() || check_then == check, "{completed:?}\n{}", context());
            let is_open = matches!(days, Quantity::Open { .. });
            prop_assert!(is_open || days_then == days, "{days:?} {days_then:?}\n{completed:?}\n{}", context());
            prop_assert!(!matches!(days_then, Quantity::Open { .. }), "open with all answered\n{}", context());
        }
        let (open, decided) = seen.get();
        let is_decided = !hidden.is_empty() && check.is_some();
        seen.set((open + i32::from(check.is_none()), decided + i32::from(is_decided)));
        Ok(())
    });
    let (open, decided) = seen.get();
    assert!(open > 30 && decided > 50, "{open} were open and {decided} decided");
}

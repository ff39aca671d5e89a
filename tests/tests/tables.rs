//! Tables of the engine, with and without index, against every set of rows that may match.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what does not work fails the test"
)]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq};
use yichuang_engine::{
    ANYTHING, Atom, Cause, Cells, Column, FactId, Facts, Formula, Lit, Number, Operand, Output, Pack, Pick, Program,
    Ranges, Run, Slot, Stretch, Table, Text, Value,
};
use yichuang_rules::{Lang, Source, compile, render, sorted};
use yichuang_tests::random;
use yichuang_tests::small::Tape;

const FACTS: &str = "
pack: {name: tables, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on}
  - {id: n, name: 甲, type: integer}
  - {id: m, name: 乙, type: integer}
  - {id: c, name: 丙, type: choice, options: [{id: a, name: a}, {id: b, name: b}, {id: c, name: c}]}
  - {id: f, name: 丁, type: bool}
items:
  - {id: i, name: 事项, selected: 'true', statutory: {days: 1, basis: pack-default x}, basis: pack-default x}
";

fn pack() -> Pack {
    let files = [Source::new("pack.yaml", FACTS)];
    let (bundle, diagnostics) = compile("test/tables", &files);
    bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sorted(&files), Lang::En))).pack
}

/// The facts `n`, `m`, `c`, each with the numbers it may have.
const INPUTS: [(usize, i128); 3] = [(1, 12), (2, 300), (3, 3)];
const FLAG: usize = 4;

/// A row as it is meant: a cell for each input, and whether `f` must, must not or may hold.
#[derive(Debug)]
struct Row {
    cells: Vec<Ranges>,
    flag: Option<bool>,
    gives: Number,
}

#[derive(Debug)]
struct Model {
    rows: Vec<Row>,
    collects: bool,
    otherwise: Option<i128>,
}

fn cell(tape: &mut Tape<'_>, most: i128) -> Ranges {
    let number = |tape: &mut Tape<'_>| (tape.below(256) as i128 * 2 + tape.below(2) as i128) % most;
    match tape.below(5) {
        0 => vec![ANYTHING],
        1 => vec![(ANYTHING.0, number(tape))],
        2 => vec![(number(tape), ANYTHING.1)],
        3 => {
            let (a, b) = (number(tape), number(tape));
            vec![(a.min(b), a.max(b))]
        }
        _ => {
            let one = number(tape);
            vec![(one, one), (one + 2, one + 2)]
        }
    }
}

fn draw(tape: &mut Tape<'_>) -> Model {
    let collects = tape.rarely(2);
    // A set of rows is judged by all its subsets.
    let count = 1 + if collects { tape.below(8) } else { tape.below(150) };
    let row = |tape: &mut Tape<'_>| Row {
        cells: INPUTS.iter().map(|(_, most)| cell(tape, *most)).collect(),
        flag: [None, None, Some(true), Some(false)][tape.below(4)],
        gives: Number::Known(tape.below(4) as i128),
    };
    let rows = (0..count).map(|_| row(tape)).collect();
    Model { rows, collects, otherwise: tape.rarely(2).then(|| tape.below(4) as i128) }
}

fn cells<T: PartialEq>(all: Vec<T>) -> Cells<T> {
    let mut distinct: Vec<T> = Vec::new();
    let mut rows = Vec::new();
    for thing in all {
        let place = distinct.iter().position(|known| *known == thing).unwrap_or_else(|| {
            distinct.push(thing);
            distinct.len() - 1
        });
        rows.push(u16::try_from(place).unwrap());
    }
    Cells { distinct, rows }
}

/// The program with the table; `bounds` of the index for each column.
fn program(model: &Model, picks: &[Pick], bounds: &[Vec<i128>]) -> Program {
    let flag = Lit::new(1).unwrap();
    let when = |row: &Row| row.flag.map_or(Lit::TRUE, |holds| if holds { flag } else { !flag });
    let column = |place: usize| {
        let input = Operand::Fact(FactId::new(INPUTS[place].0));
        Column::new(
            input,
            cells(model.rows.iter().map(|row| row.cells[place].clone()).collect()),
            bounds[place].clone(),
        )
    };
    let gives = |row: &Row| match row.gives {
        Number::Known(number) => Operand::Number(number),
        other => panic!("{other:?}"),
    };
    let table = Table {
        id: "t".into(),
        name: Text::default(),
        collects: model.collects,
        rows: u16::try_from(model.rows.len()).unwrap(),
        columns: (0..INPUTS.len()).map(column).collect(),
        when: cells(model.rows.iter().map(when).collect()),
        outputs: vec![Output {
            id: "o".into(),
            cells: cells(model.rows.iter().map(gives).collect()),
            otherwise: model.otherwise.map(Operand::Number),
        }],
        basis: Vec::new(),
        row_basis: Cells::default(),
    };
    Program {
        atoms: vec![Atom::Holds(FactId::new(FLAG))],
        tables: vec![table],
        values: picks.iter().map(|pick| Formula::FromTable(0, 0, *pick)).collect(),
        order: vec![Stretch::Atoms(1), Stretch::Tables(1), Stretch::Values(u16::try_from(picks.len()).unwrap())],
        ..Program::default()
    }
}

fn facts(tape: &mut Tape<'_>, pack: &Pack) -> (Facts, Vec<Option<i128>>, Option<bool>) {
    let mut facts = Facts::new(pack.facts.len());
    let mut inputs = Vec::new();
    for (fact, most) in INPUTS {
        let number = (tape.below(256) as i128 * 2 + tape.below(2) as i128) % most;
        let known = !tape.rarely(3);
        if known {
            let value = if fact == 3 { Value::Choice(u16::try_from(number).unwrap()) } else { Value::Number(number) };
            facts.set(FactId::new(fact), Slot::Known(value));
        }
        inputs.push(known.then_some(number));
    }
    let flag = [Some(true), Some(false), None][tape.below(3)];
    if let Some(flag) = flag {
        facts.set(FactId::new(FLAG), Slot::Known(Value::Bool(flag)));
    }
    (facts, inputs, flag)
}

/// Whether a row matches, from its cells alone.
fn matches(row: &Row, inputs: &[Option<i128>], flag: Option<bool>) -> Option<bool> {
    let cell = |(cell, input): (&Ranges, &Option<i128>)| match input {
        Some(number) => Some(cell.iter().any(|(low, high)| low <= number && number <= high)),
        None if *cell == [ANYTHING] => Some(true),
        None => None,
    };
    let flag = row.flag.map_or(Some(true), |wanted| flag.map(|flag| flag == wanted));
    let all: Vec<Option<bool>> = row.cells.iter().zip(inputs).map(cell).chain([flag]).collect();
    if all.contains(&Some(false)) { Some(false) } else { all.into_iter().collect::<Option<Vec<bool>>>().map(|_| true) }
}

/// What the rows of one possible set give.
fn result(model: &Model, pick: Pick, matching: &[&Row]) -> Number {
    let bit = |value: i128| match pick {
        Pick::Has(option) => value >> option & 1,
        Pick::Count => 1,
        _ => value,
    };
    let values: Vec<i128> = matching
        .iter()
        .map(|row| match row.gives {
            Number::Known(value) => bit(value),
            other => panic!("{other:?}"),
        })
        .collect();
    if values.is_empty() {
        return match (model.otherwise, pick) {
            (Some(value), _) => Number::Known(bit(value)),
            (None, Pick::Sum | Pick::Count | Pick::Has(_)) if model.collects => Number::Known(0),
            (None, _) => Number::CannotCompute(Cause::Empty),
        };
    }
    Number::Known(match pick {
        _ if !model.collects => values[0],
        Pick::First => values[0],
        Pick::Sum | Pick::Count => values.iter().sum(),
        Pick::Min => *values.iter().min().unwrap(),
        Pick::Max | Pick::Has(_) => *values.iter().max().unwrap(),
    })
}

/// The result that all sets of rows that may match have in common.
fn oracle(model: &Model, pick: Pick, inputs: &[Option<i128>], flag: Option<bool>) -> Number {
    let states: Vec<(&Row, Option<bool>)> = model
        .rows
        .iter()
        .map(|row| (row, matches(row, inputs, flag)))
        .filter(|(_, state)| *state != Some(false))
        .collect();
    let mut outcomes: Vec<Number> = Vec::new();
    if model.collects {
        let open = states.iter().filter(|(_, state)| state.is_none()).count();
        for subset in 0..1_u32 << open {
            let mut place = 0;
            let taken = states.iter().filter(|(_, state)| {
                place += u32::from(state.is_none());
                state.is_some() || subset >> (place - 1) & 1 == 1
            });
            let matching: Vec<&Row> = taken.map(|(row, _)| *row).collect();
            outcomes.push(result(model, pick, &matching));
        }
    } else {
        // Any of the rows up to the first certain one may be the first.
        let certain = states.iter().position(|(_, state)| *state == Some(true));
        let firsts = states.iter().take(certain.map_or(states.len(), |certain| certain + 1));
        outcomes.extend(firsts.map(|(row, _)| result(model, pick, &[row])));
        if certain.is_none() {
            outcomes.push(result(model, pick, &[]));
        }
    }
    if outcomes.iter().all(|outcome| *outcome == outcomes[0]) { outcomes[0] } else { Number::Unknown }
}

#[test]
fn a_table_gives_what_all_its_possible_rows_have_in_common() {
    let base = pack();
    random::check(600, &(vec(any::<u8>(), 0..2000), vec(any::<u8>(), 0..20)), |(rows, answers)| {
        let mut pack = base.clone();
        let model = draw(&mut Tape::new(&rows));
        let picks: &[Pick] = match model.collects {
            true => &[Pick::Sum, Pick::Count, Pick::Min, Pick::Max, Pick::Has(0), Pick::Has(1)],
            false => &[Pick::First, Pick::Has(1)],
        };
        let (facts, inputs, flag) = facts(&mut Tape::new(&answers), &pack);
        let indexes: [Vec<Vec<i128>>; 3] = [
            vec![Vec::new(); 3],
            vec![(0..12).step_by(3).collect(), (0..300).step_by(20).collect(), vec![1, 2]],
            vec![vec![7], Vec::new(), vec![-5, 90]],
        ];
        for bounds in &indexes {
            pack.program = program(&model, picks, bounds);
            let run = Run::new(&pack, &facts, None);
            for (place, pick) in (0..).zip(picks) {
                let expected = oracle(&model, *pick, &inputs, flag);
                prop_assert_eq!(run.number(place), expected, "{:?} {:?} {:?} {:#?}", pick, inputs, flag, model);
            }
        }
        Ok(())
    });
}

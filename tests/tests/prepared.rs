//! The prepared form of a program gives what the simple one gives, for every node, number and table.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what does not work fails the test"
)]

use std::fmt::Write as _;

use yichuang_engine::{
    ANYTHING, Atom, Cells, Chosen, Column, Columns, Comparison, Date, FactId, FactKind, Facts, Formula, Lit, Machine,
    Number, Open, Operand, Output, Pack, Pick, Program, Ranges, Run, Slot, Stretch, Table, Text, Threshold, Value,
    Work, decide_many_by,
};
use yichuang_rules::{Lang, Source, compile, render};
use yichuang_tests::corpus::calendar;

/// Programs, and cases of each with none, three in ten and seven in ten facts unknown.
const PROGRAMS: u64 = 255;
const CASES: usize = 400;

/// Facts by kind: enough yes-no facts and choices to be computed together, and a few of others.
const STATES: usize = 40;
const BOOLS: usize = 20;
const CHOICES: usize = 6;
const SETS: usize = 3;
const NUMBERS: usize = 6;

fn base() -> Pack {
    let mut file = String::from("pack: {name: 各种情形, edition: '1'}\nfacts:\n");
    file += "  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}\n";
    let options =
        |count: usize| (0..count).map(|o| format!("{{id: o{o}, name: 选项{o}}}")).collect::<Vec<_>>().join(", ");
    let mut place = 0;
    let mut add = |count: usize, kind: &str| {
        for _ in 0..count {
            let _ = writeln!(file, "  - {{id: f{place}, name: 情况{place}, type: {kind}}}");
            place += 1;
        }
    };
    add(STATES, &format!("choice, options: [{}]", options(3)));
    add(BOOLS, "bool");
    add(CHOICES, &format!("choice, options: [{}]", options(7)));
    add(SETS, &format!("choices, options: [{}]", options(5)));
    add(NUMBERS, "integer");
    add(1, "date");
    file += "items:\n  - {id: i, name: 许可, selected: f40, statutory: {days: 5}, basis: 本包默认 示例}\n";
    let files = [Source::new("pack.yaml", &file)];
    let (bundle, diagnostics) = compile("test/facts", &files);
    bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &files, Lang::En))).pack
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 16).unwrap() % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The first fact of each kind; fact 0 is the date of acceptance.
const STATE: usize = 1;
const BOOL: usize = STATE + STATES;
const CHOICE: usize = BOOL + BOOLS;
const SET: usize = CHOICE + CHOICES;
const NUMBER: usize = SET + SETS;
const DATE: usize = NUMBER + NUMBERS;

fn small(random: &mut Random) -> i128 {
    match random.below(40) {
        0 => i128::from(i64::MAX) + 1,
        1 => i64::MIN.into(),
        2 => i64::MAX.into(),
        3 => i128::MIN,
        4 => i128::MAX,
        _ => random.below(9) as i128 - 4,
    }
}

fn day(random: &mut Random) -> Date {
    Date::from_days(16_380 + i32::try_from(random.below(9)).unwrap()).unwrap()
}

struct Draw {
    random: Random,
    program: Program,
    nodes: usize,
}

impl Draw {
    fn stretch(&mut self, stretch: Stretch) {
        self.nodes += usize::from(!matches!(stretch, Stretch::Values(_) | Stretch::Tables(_)));
        self.program.order.push(stretch);
    }

    fn lit(&mut self) -> Lit {
        let lit = Lit::new(self.random.below(self.nodes)).unwrap();
        if self.random.one_in(2) { lit } else { !lit }
    }

    fn atom(&mut self, atom: Atom) -> Lit {
        self.program.atoms.push(atom);
        self.stretch(Stretch::Atoms(1));
        Lit::new(self.nodes - 1).unwrap()
    }

    fn gate(&mut self, lits: &[Lit]) -> Lit {
        let mut gate = [Lit::TRUE; 4];
        gate.iter_mut().zip(lits).for_each(|(own, lit)| *own = *lit);
        self.program.gates.push(gate);
        self.stretch(Stretch::Gates(1));
        Lit::new(self.nodes - 1).unwrap()
    }

    fn operand(&mut self) -> Operand {
        let values = self.program.values.len();
        match self.random.below(8) {
            0 => Operand::Number(small(&mut self.random)),
            1 => Operand::Date(day(&mut self.random)),
            2 => Operand::Fact(FactId::new(DATE)),
            3 => Operand::Fact(FactId::new(CHOICE + self.random.below(CHOICES))),
            4..=6 if values > 0 => Operand::Value(u16::try_from(self.random.below(values)).unwrap()),
            _ => Operand::Fact(FactId::new(NUMBER + self.random.below(NUMBERS))),
        }
    }

    fn any_atom(&mut self) -> Lit {
        let by = [Comparison::Equal, Comparison::Less, Comparison::LessOrEqual][self.random.below(3)];
        let option = |random: &mut Random, count: usize| u16::try_from(random.below(count)).unwrap();
        let atom = match self.random.below(9) {
            0 => Atom::Holds(FactId::new(BOOL + self.random.below(BOOLS))),
            1 | 2 => Atom::Is(FactId::new(CHOICE + self.random.below(CHOICES)), option(&mut self.random, 8)),
            3 => Atom::Is(FactId::new(CHOICE), [300, 251, 250][self.random.below(3)]),
            4 => Atom::Has(FactId::new(SET + self.random.below(SETS)), option(&mut self.random, 70)),
            5 => {
                let fact = FactId::new(NUMBER + self.random.below(NUMBERS));
                Atom::Compare(Operand::Fact(fact), by, Operand::Number(small(&mut self.random)))
            }
            6 => Atom::Workday(self.operand()),
            _ => Atom::Compare(self.operand(), by, self.operand()),
        };
        self.atom(atom)
    }

    fn formula(&mut self) {
        let constants = |draw: &mut Draw| {
            let count = draw.random.below(6);
            (0..count).map(|_| (draw.lit(), Operand::Number(draw.random.below(50) as i128 - 9))).collect::<Vec<_>>()
        };
        let (a, b, lit) = (self.operand(), self.operand(), self.lit());
        let one = Operand::Number(self.random.below(2) as i128);
        let tables = self.program.tables.len();
        let formula = match self.random.below(9) {
            0 => Formula::SumIf(constants(self)),
            1 => Formula::MaxIf(constants(self)),
            2 => Formula::SumIf(vec![(lit, a), (self.lit(), b)]),
            3 | 4 => Formula::Choose(lit, Operand::Number(1), one),
            5 => Formula::Choose(lit, a, b),
            6 if tables > 0 => self.given(tables),
            7 if tables > 0 => self.given(tables),
            _ => Formula::Add(a, b),
        };
        self.program.values.push(formula);
        self.stretch(Stretch::Values(1));
    }

    fn given(&mut self, tables: usize) -> Formula {
        let pick = [Pick::First, Pick::Sum, Pick::Count, Pick::Min, Pick::Max, Pick::Has(1)];
        let table = self.random.below(tables);
        let of = if self.program.tables[table].collects { 1 + self.random.below(5) } else { 0 };
        Formula::FromTable(u16::try_from(table).unwrap(), 0, pick[of])
    }

    fn cell(&mut self) -> Ranges {
        let low = small(&mut self.random);
        match self.random.below(7) {
            0 | 1 => vec![ANYTHING],
            2 => vec![(i128::MIN, low)],
            3 => vec![(low, i128::MAX)],
            4 => vec![(low, low), (low.saturating_add(2), low.saturating_add(3))],
            5 => vec![(0, 0)],
            _ => vec![(low, low.saturating_add(self.random.below(4) as i128))],
        }
    }

    fn table(&mut self) {
        let rows = [1, 3, 12, 64, 70][self.random.below(5)];
        let columns = (0..self.random.below(4)).map(|_| {
            let input = match self.operand() {
                Operand::Number(_) | Operand::Date(_) => Operand::Fact(FactId::new(STATE)),
                other => other,
            };
            let distinct: Vec<Ranges> = (0..1 + self.random.below(6)).map(|_| self.cell()).collect();
            let rows = (0..rows).map(|_| u16::try_from(self.random.below(distinct.len())).unwrap());
            let rows = rows.collect();
            Column::new(input, Cells { distinct, rows }, Vec::new())
        });
        let columns = columns.collect();
        let when = if self.random.one_in(2) {
            let distinct: Vec<Lit> = (0..1 + self.random.below(4)).map(|_| self.lit()).collect();
            let rows = (0..rows).map(|_| u16::try_from(self.random.below(distinct.len())).unwrap());
            let rows = rows.collect();
            Cells { distinct, rows }
        } else {
            Cells { distinct: Vec::new(), rows: Vec::new() }
        };
        let distinct: Vec<Operand> = if self.random.one_in(4) {
            (0..3).map(|_| self.operand()).collect()
        } else {
            (0..3).map(|number| Operand::Number(number * 2 - 1)).collect()
        };
        let cells = (0..rows).map(|_| u16::try_from(self.random.below(3)).unwrap()).collect();
        let otherwise = (!self.random.one_in(3)).then_some(Operand::Number(7));
        self.program.tables.push(Table {
            id: "t".into(),
            name: Text::default(),
            collects: self.random.one_in(3),
            rows: u16::try_from(rows).unwrap(),
            columns,
            when,
            outputs: vec![Output { id: "o".into(), cells: Cells { distinct, rows: cells }, otherwise }],
            basis: Vec::new(),
            row_basis: Cells { distinct: Vec::new(), rows: Vec::new() },
        });
        self.stretch(Stretch::Tables(1));
    }

    /// What packs say of materials: needed or not, and what of it by their states; then one over all.
    fn materials(&mut self) {
        let mut ends: [Vec<Lit>; 3] = Default::default();
        // Half of them are all alike, as only those are read in stretches from end to end.
        let (regular, negated) = (self.random.one_in(2), self.random.one_in(2));
        let before = self.nodes;
        for state in 0..STATES {
            let required = match self.random.below(4) {
                // What materials are needed for does not hang on materials.
                _ if regular => Lit::new(self.random.below(before)).unwrap(),
                0 => self.gate(&[]),
                1 => self.any_atom(),
                _ => self.lit(),
            };
            let mut atoms = [0, 1, 2].map(|option| self.atom(Atom::Is(FactId::new(STATE + state), option)));
            if !regular && self.random.one_in(40) {
                atoms[1] = self.lit();
            }
            let required = if negated { !required } else { required };
            for (end, atom) in ends.iter_mut().zip(atoms) {
                let atom = if !regular && self.random.one_in(60) { !atom } else { atom };
                end.push(self.gate(&[required, atom]));
            }
            if regular && negated || !regular && self.random.one_in(30) {
                let provided = !ends[0][state];
                let also = self.gate(&[required, provided]);
                ends[0].push(also);
                let last = ends[0].len() - 1;
                ends[0].swap(state, last);
                ends[0].truncate(state + 1);
            }
        }
        let [provided, missing, defective] = ends;
        let count = u16::try_from(self.random.below(5)).unwrap();
        self.program.thresholds.push(Threshold { count, of: missing.clone() });
        self.stretch(Stretch::Thresholds(1));
        let faulty = missing.iter().zip(&defective).flat_map(|(a, b)| [!*a, !*b]).collect();
        for mut all in [provided, missing.iter().map(|lit| !*lit).collect::<Vec<_>>(), faulty] {
            let size = 2 + self.random.below(3);
            while all.len() > 1 {
                all = all.chunks(size).map(|chunk| self.gate(chunk)).collect();
            }
        }
    }

    fn program(mut self) -> Program {
        if self.random.one_in(2) {
            for fact in 0..BOOLS {
                self.atom(Atom::Holds(FactId::new(BOOL + fact)));
            }
        }
        let rounds = 1 + self.random.below(3);
        for _ in 0..rounds {
            for _ in 0..10 + self.random.below(20) {
                match self.random.below(9) {
                    0..=2 => drop(self.any_atom()),
                    3 | 4 => self.formula(),
                    5 => self.table(),
                    _ => {
                        let lits: Vec<Lit> = (0..self.random.below(5)).map(|_| self.lit()).collect();
                        self.gate(&lits);
                    }
                }
            }
            if !self.random.one_in(3) {
                self.materials();
            }
        }
        self.program
    }
}

fn facts(random: &mut Random, pack: &Pack, unknown: usize) -> Facts {
    let mut facts = Facts::new(pack.facts.len());
    for (place, fact) in pack.facts.iter().enumerate() {
        if random.below(10) < unknown {
            continue;
        }
        let value = match &fact.kind {
            // Now and then a value of another type, which counts as unknown.
            _ if random.one_in(200) => Value::Choice(700),
            _ if random.one_in(200) => Value::Bool(true),
            _ if random.one_in(200) => Value::Number(1),
            FactKind::Bool => Value::Bool(random.one_in(2)),
            FactKind::Choice(options) => Value::Choice(u16::try_from(random.below(options.len())).unwrap()),
            FactKind::Choices(options) => Value::Choices(random.below(1 << options.len()) as u64),
            FactKind::Number { .. } => Value::Number(small(random)),
            FactKind::Date => Value::Date(day(random)),
            FactKind::Text { .. } | FactKind::Table { .. } => continue,
        };
        facts.set(FactId::new(place), Slot::Known(value));
    }
    facts
}

#[test]
fn the_prepared_form_gives_what_the_simple_one_gives() {
    let (base, calendar) = (base(), calendar().value);
    let mut counts = [0_usize; 3];
    let mut work = Work::default();
    for seed in 0..PROGRAMS {
        let draw = Draw { random: Random(seed), program: Program::default(), nodes: 1 };
        let pack = Pack { program: draw.program(), ..base.clone() };
        let machine = Machine::new(&pack);
        let mut random = Random(!seed);
        let cases: Vec<Facts> = (0..CASES).map(|case| facts(&mut random, &pack, [0, 3, 7][case % 3])).collect();
        for facts in &cases {
            let simple = Run::new(&pack, facts, Some(&calendar));
            let prepared = machine.run(&pack, facts, Some(&calendar), &mut work);
            if prepared != simple {
                panic!("program {seed}: {}\n{facts:?}", difference(&pack, &prepared, &simple));
            }
            for lit in (0..pack.program.node_count()).step_by(7).filter_map(Lit::new) {
                assert_eq!(prepared.get(!lit), simple.get(lit).map(|value| !value));
                counts[simple.get(lit).map_or(2, usize::from)] += 1;
            }
        }
        // Columns drop what does not fit, so that a case is taken from them.
        let mut columns = Columns::new(&pack, cases.len());
        cases.iter().enumerate().for_each(|(case, facts)| columns.set_case(&pack, case, facts));
        if seed % 8 == 0 {
            same_at_once(&machine, &pack, &columns);
        }
    }
    assert!(counts.iter().all(|count| *count > 300_000), "{counts:?} false, true, unknown");
}

/// The first node, number and table that differ.
fn difference(pack: &Pack, prepared: &Run, simple: &Run) -> String {
    let lits = (0..pack.program.node_count()).filter_map(Lit::new);
    let lit = lits.clone().find(|lit| prepared.get(*lit) != simple.get(*lit));
    let value = (0..9_999).find(|value| prepared.number(*value) != simple.number(*value));
    let table = (0..9_999).find(|table| prepared.matched(*table) != simple.matched(*table));
    let instruction = lit.map(|lit| pack.program.instructions()[lit.node()]);
    let formula = value.map(|value| &pack.program.values[usize::from(value)]);
    let both = |lit: Option<Lit>| lit.map(|lit| [prepared.get(lit), simple.get(lit)]);
    let numbers = value.map(|value| [prepared.number(value), simple.number(value)]);
    format!("{lit:?} {instruction:?} {:?}; {formula:?} {numbers:?}; table {table:?}", both(lit))
}

fn same_at_once(machine: &Machine, pack: &Pack, columns: &Columns) {
    let (calendar, day) = (calendar().value, Date::from_days(16_384).unwrap());
    let wanted = Chosen::everything(pack);
    let outcomes = decide_many_by(machine, pack, &calendar, columns, day, &wanted, Open::Stay);
    for case in 0..columns.cases() {
        let mut facts = columns.case(case);
        if facts.get(FactId::new(0)).value().is_none() {
            facts.set(FactId::new(0), Slot::Known(Value::Date(day)));
        }
        let run = Run::new(pack, &facts, Some(&calendar));
        for lit in &wanted.lits {
            assert_eq!(outcomes.get(case, *lit), run.get(*lit), "{lit:?} of {facts:?}\n{:?}", pack.program);
        }
        for value in &wanted.values {
            let number: Number = outcomes.number(case, *value);
            assert_eq!(number, run.number(*value), "value {value} of {facts:?}\n{:?}", pack.program);
        }
    }
}

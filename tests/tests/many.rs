//! Many cases at once give what each of them gives by itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what does not work fails the test"
)]

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_engine::{
    Atom, Calendar, Chosen, Columns, Comparison, Date, DatePart, Fact, FactId, FactKind, FactRole, Facts, Formula,
    IdentifierTest, Lit, Machine, MaterialStatus, MonthEnd, Number, Open, Operand, Outcomes, Pack, Program, Quantity,
    Rounding, Run, Slot, Stretch, TextPart, TextTest, Threshold, Value, Work, decide, decide_many,
};
use yichuang_forms::read;
use yichuang_rules::{Lang, Source, compile, render, sorted};
use yichuang_tests::corpus::{calendar, load, places};
use yichuang_tests::law::{shown, states};
use yichuang_tests::random;
use yichuang_tests::small::{Layout, SmallPack, Speech, Tape, sources};

/// More than two words of cases, the last word not full.
const CASES: usize = 130;

/// A fact of every type; the programs are drawn.
const FACTS: &str = "
pack: {name: 各种情形, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}
  - {id: a, name: 甲, type: bool}
  - {id: b, name: 乙, type: bool}
  - {id: c, name: 丙, type: choice, options: [{id: x, name: 子}, {id: y, name: 丑}, {id: z, name: 寅}]}
  - {id: s, name: 丁, type: choices, options: [{id: x, name: 子}, {id: y, name: 丑}, {id: z, name: 寅}]}
  - {id: n, name: 戊, type: integer}
  - {id: m, name: 己, type: integer}
  - {id: d, name: 庚, type: date}
  - {id: t, name: 辛, type: text, none: 没有}
items:
  - {id: i, name: 许可, selected: a, statutory: {days: 5}, basis: 本包默认 示例}
";

const BOOLS: &[usize] = &[1, 2];
const CHOICE: &[usize] = &[3];
const SET: &[usize] = &[4];
const NUMBERS: &[usize] = &[5, 6];
const DATES: &[usize] = &[0, 7];
const TEXT: &[usize] = &[8];
const WORDS: [&str; 6] = ["", "甲", "123", "110101199003071233", "11010519491231002X", "abc"];

fn base() -> Pack {
    let files = [Source::new("pack.yaml", FACTS)];
    let (bundle, diagnostics) = compile("test/facts", &files);
    bundle.unwrap_or_else(|| panic!("{}", render(&diagnostics, &files, Lang::En))).pack
}

fn date(tape: &mut Tape<'_>) -> Date {
    // Around a year's end and in years without a calendar, up to the last days there are.
    let [start, end] = [["2014-12-20", "9999-12-20"], ["2012-02-20", "2014-09-25"]][tape.below(2)];
    let start = Date::parse(if tape.rarely(8) { end } else { start }).unwrap();
    (0..tape.below(11)).fold(start, |date, _| date.tomorrow().unwrap())
}

fn value(tape: &mut Tape<'_>, kind: &FactKind) -> Value {
    match kind {
        FactKind::Bool => Value::Bool(tape.below(2) == 1),
        FactKind::Choice(options) => Value::Choice(u16::try_from(tape.below(options.len())).unwrap()),
        FactKind::Choices(options) => Value::Choices(tape.below(1 << options.len()) as u64),
        FactKind::Number { .. } if tape.rarely(12) => Value::Number([i128::MAX, i128::MIN, 1 << 70][tape.below(3)]),
        FactKind::Number { .. } => Value::Number(tape.below(9) as i128 - 4),
        FactKind::Date => Value::Date(date(tape)),
        FactKind::Text { .. } => Value::Text(WORDS[tape.below(WORDS.len())].into()),
        FactKind::Table { columns, .. } => Value::Table((0..tape.below(4)).map(|_| row(tape, columns)).collect()),
    }
}

/// Answers of any kind, some of the wrong type: they count as unknown.
fn case(tape: &mut Tape<'_>, pack: &Pack) -> Facts {
    row(tape, &pack.facts)
}

fn row(tape: &mut Tape<'_>, declared: &[Fact]) -> Facts {
    let mut facts = Facts::new(declared.len());
    for (place, fact) in declared.iter().enumerate() {
        let slot = match tape.below(8) {
            0 => Slot::Unknown,
            1 => Slot::Unsure,
            2 if tape.rarely(3) => Slot::Known(Value::Choice(700)),
            _ => Slot::Known(value(tape, &fact.kind)),
        };
        facts.set(FactId::new(place), slot);
    }
    facts
}

/// A program that reads only what stands before.
struct Draw<'t> {
    tape: Tape<'t>,
    program: Program,
    nodes: usize,
}

impl Draw<'_> {
    fn fact(&mut self, of: &[usize]) -> FactId {
        FactId::new(of[self.tape.below(of.len())])
    }

    fn lit(&mut self) -> Lit {
        let lit = Lit::new(self.tape.below(self.nodes)).unwrap();
        if self.tape.below(2) == 0 { lit } else { !lit }
    }

    fn lits(&mut self) -> Vec<Lit> {
        (0..self.tape.below(9)).map(|_| self.lit()).collect()
    }

    fn operand(&mut self) -> Operand {
        let values = self.program.values.len();
        match self.tape.below(7) {
            0 => Operand::Number(self.tape.below(9) as i128 - 4),
            1 => Operand::Date(date(&mut self.tape)),
            2 => Operand::Fact(self.fact(DATES)),
            3 => Operand::Fact(self.fact(CHOICE)),
            4 | 5 if values > 0 => Operand::Value(u16::try_from(self.tape.below(values)).unwrap()),
            _ => Operand::Fact(self.fact(NUMBERS)),
        }
    }

    fn atom(&mut self) -> Atom {
        let by = [Comparison::Equal, Comparison::Less, Comparison::LessOrEqual][self.tape.below(3)];
        let part = String::from(["1", "甲", "a"][self.tape.below(3)]);
        match self.tape.below(12) {
            0 => Atom::Holds(self.fact(BOOLS)),
            1 => Atom::Is(self.fact(CHOICE), u16::try_from(self.tape.below(4)).unwrap()),
            2 => Atom::Has(self.fact(SET), [0, 1, 2, 70][self.tape.below(4)]),
            3 => Atom::TextIs(self.fact(TEXT), WORDS[self.tape.below(6)].into()),
            4 => Atom::Compare(Operand::Fact(self.fact(NUMBERS)), by, Operand::Number(self.tape.below(5) as i128 - 2)),
            5 => Atom::Text(
                self.fact(TEXT),
                match self.tape.below(5) {
                    0 => TextTest::StartsWith(part),
                    1 => TextTest::EndsWith(part),
                    2 => TextTest::Contains(part),
                    3 => TextTest::Only("0-9X".into()),
                    _ => TextTest::Identifier(IdentifierTest::IdNo),
                },
            ),
            6 | 7 => Atom::Workday(self.operand()),
            _ => Atom::Compare(self.operand(), by, self.operand()),
        }
    }

    fn formula(&mut self) -> Formula {
        let some = |draw: &mut Self| (0..draw.tape.below(4)).map(|_| draw.operand()).collect::<Vec<_>>();
        let cases = |draw: &mut Self| (0..draw.tape.below(4)).map(|_| (draw.lit(), draw.operand())).collect::<Vec<_>>();
        let (a, b) = (self.operand(), self.operand());
        match self.tape.below(18) {
            0 => Formula::Nothing,
            1 => Formula::Of(a),
            2 => Formula::Add(a, b),
            3 => Formula::Subtract(a, b),
            4 => Formula::Multiply(a, b),
            5 => Formula::Min(some(self)),
            6 => Formula::Max(some(self)),
            7 => Formula::SumIf(cases(self)),
            8 => Formula::MaxIf(cases(self)),
            9 | 10 => Formula::Choose(self.lit(), a, b),
            11 => Formula::Quotient(a, b, [Rounding::HalfUp, Rounding::Down, Rounding::Up][self.tape.below(3)]),
            12 => Formula::Signed(a, b),
            13 => Formula::AddMonths(a, b, [MonthEnd::LastDay, MonthEnd::NextMonth][self.tape.below(2)]),
            14 => [Formula::YearsBetween(a.clone(), b.clone()), Formula::AddDays(a, b)][self.tape.below(2)].clone(),
            15 => {
                [Formula::AddWorkdays(a.clone(), b.clone()), Formula::CountWorkdays(a, b)][self.tape.below(2)].clone()
            }
            16 => Formula::DatePart(a, [DatePart::Year, DatePart::Month, DatePart::Day][self.tape.below(3)]),
            _ => Formula::TextPart(self.fact(TEXT), [TextPart::Length, TextPart::BirthDate][self.tape.below(2)]),
        }
    }

    fn program(mut self) -> Program {
        for _ in 0..4 + self.tape.below(12) {
            let n = 1 + self.tape.below(3);
            let count = u16::try_from(n).unwrap();
            let kind = self.tape.below(4);
            for _ in 0..n {
                match kind {
                    0 => {
                        let atom = self.atom();
                        self.program.atoms.push(atom);
                    }
                    1 => {
                        let gate = [self.lit(), self.lit(), self.lit(), self.lit()];
                        self.program.gates.push(gate);
                    }
                    2 => {
                        let (count, of) = (u16::try_from(self.tape.below(6)).unwrap(), self.lits());
                        self.program.thresholds.push(Threshold { count, of });
                    }
                    _ => {
                        let formula = self.formula();
                        self.program.values.push(formula);
                    }
                }
                self.nodes += usize::from(kind < 3);
            }
            let stretches = [Stretch::Atoms, Stretch::Gates, Stretch::Thresholds, Stretch::Values];
            self.program.order.push(stretches[kind](count));
        }
        self.program
    }
}

fn day() -> Date {
    Date::parse("2014-11-18").unwrap()
}

fn many(pack: &Pack, calendar: &Calendar, cases: &[Facts], wanted: &Chosen, open: Open) -> Outcomes {
    let mut columns = Columns::new(pack, cases.len());
    cases.iter().enumerate().for_each(|(case, facts)| columns.set_case(pack, case, facts));
    decide_many(pack, calendar, &columns, day(), wanted, open)
}

#[test]
fn any_program_gives_what_it_gives_for_each_case() {
    let (base, calendar) = (base(), calendar().value);
    let counts = std::cell::Cell::new([0; 2]);
    random::check(60, &(vec(any::<u8>(), 60..400), vec(any::<u8>(), 400..1_500)), |(program, answers)| {
        let draw = Draw { tape: Tape::new(&program), program: Program::default(), nodes: 1 };
        let pack = Pack { program: draw.program(), ..base.clone() };
        let mut tape = Tape::new(&answers);
        let cases: Vec<Facts> = (0..CASES).map(|_| case(&mut tape, &pack)).collect();
        let wanted = Chosen::everything(&pack);
        let outcomes = many(&pack, &calendar, &cases, &wanted, Open::Stay);
        prop_assert_eq!(outcomes.cases(), CASES);
        let (machine, mut work) = (Machine::new(&pack), Work::default());
        for (place, facts) in cases.iter().enumerate() {
            let (ready, simple) =
                (machine.run(&pack, facts, Some(&calendar), &mut work), Run::new(&pack, facts, Some(&calendar)));
            prop_assert_eq!(ready, simple, "{}\n{:?}", shown(&pack, facts), pack.program);
            // A decision reads what is assumed, and nothing that does not fit.
            let run = decide(&pack, &calendar, facts, day()).run;
            for lit in &wanted.lits {
                let (got, one) = (outcomes.get(place, *lit), run.get(*lit));
                prop_assert_eq!(got, one, "{:?} {}\n{:?}", lit, shown(&pack, facts), pack.program);
                prop_assert_eq!(outcomes.get(place, !*lit), one.map(|value| !value));
                let [known, open] = counts.get();
                counts.set(if one.is_some() { [known + 1, open] } else { [known, open + 1] });
            }
            for value in &wanted.values {
                let (got, one) = (outcomes.number(place, *value), run.number(*value));
                prop_assert_eq!(got, one, "value {} {}\n{:?}", value, shown(&pack, facts), pack.program);
            }
        }
        for lit in &wanted.lits {
            let is = |value: bool| (0..CASES).filter(|case| outcomes.get(*case, *lit) == Some(value)).count();
            prop_assert_eq!(outcomes.count(*lit), [is(true), is(false)]);
        }
        Ok(())
    });
    assert!(counts.get().into_iter().all(|count| count > 10_000), "{:?} known and open", counts.get());
}

/// What `decide` says of one case, in the words of [`Outcomes`].
fn same_as_decided(
    pack: &Pack,
    calendar: &Calendar,
    facts: &Facts,
    outcomes: &Outcomes,
    case: usize,
) -> Result<usize, TestCaseError> {
    let decision = decide(pack, calendar, facts, day());
    let mut searched = 0;
    let mut same = |lit: Lit, decided: Option<bool>| {
        let context = || format!("{lit:?}, {}", shown(pack, facts));
        prop_assert_eq!(outcomes.get(case, lit), decided, "{}", context());
        searched += usize::from(decided.is_some() && decision.run.get(lit).is_none());
        Ok(())
    };
    for (place, item) in pack.items.iter().enumerate() {
        let said = decision.items.iter().find(|said| said.item.index() == place);
        same(item.selected, said.map_or(Some(false), |said| said.selected.value))?;
        if let Some(said) = said {
            same(item.eligible, said.eligible.value)?;
        }
    }
    for (said, material) in decision.materials.iter().zip(&pack.materials) {
        same(material.required, said.required.value)?;
        if said.status == MaterialStatus::WaivedInternal {
            same(material.waived_internal, Some(true))?;
        }
    }
    for (place, check) in pack.checks.iter().enumerate() {
        let said = decision.checks.iter().find(|hit| hit.index == place);
        same(check.condition.holds, said.map_or(Some(false), |hit| hit.finding.value))?;
    }
    prop_assert_eq!(outcomes.verdict(case), decision.verdict, "{}", shown(pack, facts));
    if let Some(periods) = &decision.periods {
        let decided = match periods.statutory_sum {
            Quantity::Known(days) => Some(days),
            _ => None,
        };
        let number = match outcomes.number(case, pack.statutory_sum) {
            Number::Known(days) => Some(days),
            Number::Unknown | Number::CannotCompute(_) => None,
        };
        prop_assert_eq!(number, decided, "{}", shown(pack, facts));
    }
    Ok(searched)
}

#[test]
fn searched_results_are_those_of_decisions() {
    let calendar = calendar().value;
    let searched = std::cell::Cell::new(0);
    random::check(80, &(vec(any::<u8>(), 0..160), vec(any::<u8>(), 100..900)), |(pack, answers)| {
        let small = SmallPack::draw(&mut Tape::new(&pack));
        let files = sources(&small, Layout { speech: Speech::English, tape: Tape::new(&[]), files: 1 });
        let (bundle, diagnostics) = compile("test/small", &files);
        let faults = || TestCaseError::fail(render(&diagnostics, &sorted(&files), Lang::Zh));
        let pack = bundle.ok_or_else(faults)?.pack;
        let mut tape = Tape::new(&answers);
        let mut draw = || {
            let mut facts = Facts::new(pack.facts.len());
            for (place, fact) in pack.facts.iter().enumerate() {
                let own = small.facts.iter().find(|own| own.name(Speech::English) == fact.id);
                let values = match (own, fact.role) {
                    (Some(own), _) => own.values(),
                    (None, FactRole::MaterialState(_)) => states(),
                    (None, _) => continue,
                };
                if tape.below(2) == 0 {
                    facts.set(FactId::new(place), Slot::Known(values[tape.below(values.len())].clone()));
                }
            }
            facts
        };
        let cases: Vec<Facts> = (0..70).map(|_| draw()).collect();
        let wanted = Chosen::results(&pack);
        let outcomes = many(&pack, &calendar, &cases, &wanted, Open::Search);
        for (case, facts) in cases.iter().enumerate() {
            searched.set(searched.get() + same_as_decided(&pack, &calendar, facts, &outcomes, case)?);
        }
        Ok(())
    });
    assert!(searched.get() > 0, "no open result was settled by a search");
}

/// Every construct of the language: all cases of a pack at once, by the machine, and by themselves.
#[test]
fn every_pack_of_the_corpus_gives_what_it_gives_for_each_case() {
    let calendar = calendar().value;
    let (mut cases_seen, mut tables_seen) = (0, 0);
    for place in places() {
        let corpus = load(&place);
        let pack = &corpus.bundle.value.pack;
        let cases: Vec<Facts> = corpus.cases.iter().map(|case| read(pack, &case.answers).0).collect();
        let wanted = Chosen::everything(pack);
        let outcomes = many(pack, &calendar, &cases, &wanted, Open::Stay);
        let (machine, mut work) = (Machine::new(pack), Work::default());
        for (case, facts) in cases.iter().enumerate() {
            let simple = Run::new(pack, facts, Some(&calendar));
            assert_eq!(machine.run(pack, facts, Some(&calendar), &mut work), simple, "{place} case {case}");
            let run = decide(pack, &calendar, facts, day()).run;
            for lit in &wanted.lits {
                assert_eq!(outcomes.get(case, *lit), run.get(*lit), "{place} case {case} {lit:?}");
            }
            for value in &wanted.values {
                assert_eq!(outcomes.number(case, *value), run.number(*value), "{place} case {case} value {value}");
            }
        }
        cases_seen += cases.len();
        tables_seen += pack.program.tables.len();
    }
    assert!(cases_seen > 50 && tables_seen > 3, "{cases_seen} cases, {tables_seen} tables");
}

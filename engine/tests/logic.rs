//! Three-valued logic, search and scaling, on small programs made by hand.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use yichuang_engine::{
    Atom, Calendar, CalendarParts, CalendarYear, Cause, Comparison, Date, Dated, Decision, Due, DueDate, Fact, FactId,
    FactKind, FactOption, FactRole, Facts, Formula, Item, Lit, Notice, NumberShape, Operand, Outcome, Pack, Plan,
    Planned, Program, Promise, Quantity, QuestionOrder, Run, Slot, Step, Stretch, Text, Threshold, Value, Verdict,
    VerdictLits, Versions, VersionsBy, Window, decide, reasons,
};

fn fact(id: &str, kind: FactKind) -> Fact {
    Fact {
        id: id.into(),
        name: Text::default(),
        kind,
        question: Text::default(),
        help: Text::default(),
        why: Text::default(),
        assumed: None,
        ask_if: Lit::TRUE,
        role: FactRole::Question,
    }
}

fn options(count: usize) -> Vec<FactOption> {
    let option =
        |n| FactOption { id: format!("o{n}"), name: Text::default(), hint: Text::default(), offered: Lit::TRUE };
    (0..count).map(option).collect()
}

/// A pack of bool facts `a`, `b`, a choice `c` of three, a set `s` of eight, an integer `n`.
fn pack(program: Program) -> Pack {
    let integer =
        FactKind::Number { shape: NumberShape::Integer, places: 0, unit: Text::default(), min: None, max: None };
    Pack {
        id: "test/logic".into(),
        edition: String::new(),
        name: Text::default(),
        summary: Text::default(),
        notice: Text::default(),
        window: Window::default(),
        authorities: Vec::new(),
        order: QuestionOrder::Pack,
        facts: vec![
            fact("a", FactKind::Bool),
            fact("b", FactKind::Bool),
            fact("c", FactKind::Choice(options(3))),
            fact("s", FactKind::Choices(options(8))),
            fact("n", integer),
            fact("accepted_on", FactKind::Date),
        ],
        accepted_on: FactId::new(5),
        versions: Versions { by: VersionsBy::Accepted, date: FactId::new(5), from: None, endings: vec![] },
        program,
        rules: Vec::new(),
        items: Vec::new(),
        certificates: Vec::new(),
        not_required: Vec::new(),
        not_competent: Vec::new(),
        conflicts: Vec::new(),
        blocked: Lit::FALSE,
        checks: Vec::new(),
        materials: Vec::new(),
        statutory_sum: 0,
        statutory_max: 0,
        promise: None,
        plan: Plan::default(),
        joint: Planned::default(),
        tolerance: None,
        fees: Vec::new(),
        due_total: Operand::Number(0),
        payable_total: Operand::Number(0),
        pay_after_service: false,
        documents: Vec::new(),
        not_encoded: Vec::new(),
        verdict: VerdictLits {
            refused: Lit::FALSE,
            not_needed: Lit::FALSE,
            correctable: Lit::FALSE,
            ready: Lit::FALSE,
        },
        layers: Vec::new(),
        overrides: Vec::new(),
        bases: Vec::new(),
    }
}

fn item(selected: Lit) -> Item {
    Item {
        id: "x".into(),
        code: String::new(),
        name: Text::default(),
        note: Text::default(),
        selected,
        conditions: Vec::new(),
        eligible: selected,
        going: selected,
        statutory: vec![Dated { in_force: Lit::TRUE, value: 20, basis: Vec::new() }],
        validity: Vec::new(),
        authority: 0,
        basis: Vec::new(),
        versions: Vec::new(),
    }
}

fn lit(node: usize) -> Lit {
    Lit::new(node).unwrap()
}

fn facts(known: &[(usize, Value)]) -> Facts {
    let mut facts = Facts::new(6);
    known.iter().for_each(|(fact, value)| facts.set(FactId::new(*fact), Slot::Known(value.clone())));
    facts
}

fn calendar() -> Calendar {
    let notice = Notice { address: Some("https://example.org".into()), ..Notice::default() };
    let year = CalendarYear { year: 2014, notices: vec![notice] };
    let settled_until = Date::new(2014, 12, 28).unwrap();
    Calendar::new(CalendarParts {
        id: "t".into(),
        name: "t".into(),
        source: "t".into(),
        settled_until,
        years: vec![year],
    })
    .unwrap()
}

fn decided(pack: &Pack, known: &[(usize, Value)]) -> Decision {
    decide(pack, &calendar(), &facts(known), Date::new(2014, 6, 3).unwrap())
}

/// Node 1 is `a`, node 2 is `b`.
fn two_atoms() -> Program {
    Program {
        atoms: vec![Atom::Holds(FactId::new(0)), Atom::Holds(FactId::new(1))],
        order: vec![Stretch::Atoms(2)],
        ..Program::default()
    }
}

#[test]
fn and_or_not_follow_kleene() {
    let mut program = two_atoms();
    program.gates = vec![[lit(1), lit(2), Lit::TRUE, Lit::TRUE], [!lit(1), !lit(2), Lit::TRUE, Lit::TRUE]];
    program.order.push(Stretch::Gates(2));
    let pack = pack(program);
    let values = [Some(true), Some(false), None];
    for a in values {
        for b in values {
            let known: Vec<(usize, Value)> =
                [(0, a), (1, b)].into_iter().filter_map(|(fact, value)| Some((fact, Value::Bool(value?)))).collect();
            let run = Run::new(&pack, &facts(&known), None);
            let and = match (a, b) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            assert_eq!(run.get(lit(3)), and, "{a:?} and {b:?}");
            assert_eq!(run.get(!lit(4)), or, "{a:?} or {b:?}");
            assert_eq!(run.get(!lit(1)), a.map(|a| !a), "not {a:?}");
        }
    }
}

#[test]
fn a_threshold_counts_certain_and_possible() {
    let mut program = two_atoms();
    program.thresholds = vec![Threshold { count: 2, of: vec![lit(1), lit(2), Lit::TRUE] }];
    program.order.push(Stretch::Thresholds(1));
    let pack = pack(program);
    let holds = |known: &[(usize, Value)]| Run::new(&pack, &facts(known), None).get(lit(3));
    assert_eq!(holds(&[(0, Value::Bool(true))]), Some(true));
    assert_eq!(holds(&[(0, Value::Bool(false))]), None);
    assert_eq!(holds(&[(0, Value::Bool(false)), (1, Value::Bool(false))]), Some(false));
}

#[test]
fn a_or_not_a_is_decided_by_search() {
    let mut program = two_atoms();
    // not (not a and a)
    program.gates = vec![[lit(1), !lit(1), Lit::TRUE, Lit::TRUE]];
    program.order.push(Stretch::Gates(1));
    let mut pack = pack(program);
    pack.items = vec![item(!lit(3))];
    let decision = decided(&pack, &[]);
    assert_eq!(decision.run.get(!lit(3)), None, "Kleene alone does not know");
    let item = decision.items.first().unwrap();
    assert_eq!((item.outcome, item.selected.value), (Outcome::Pass, Some(true)));
    assert!(decision.missing.is_empty(), "{:?}", decision.missing);
}

#[test]
fn only_facts_that_matter_are_missing() {
    // (a and b) or (a and not b): b never matters.
    let mut program = two_atoms();
    program.gates = vec![
        [lit(1), lit(2), Lit::TRUE, Lit::TRUE],
        [lit(1), !lit(2), Lit::TRUE, Lit::TRUE],
        [!lit(3), !lit(4), Lit::TRUE, Lit::TRUE],
    ];
    program.order.push(Stretch::Gates(3));
    let mut pack = pack(program);
    pack.items = vec![item(!lit(5))];
    let decision = decided(&pack, &[]);
    let missing: Vec<FactId> = decision.missing.iter().map(|missing| missing.fact).collect();
    assert_eq!(missing, [FactId::new(0)]);
    assert_eq!(decision.next_question, Some(FactId::new(0)));
}

#[test]
fn past_the_bound_every_unknown_fact_counts_and_says_so() {
    let set = FactId::new(3);
    let atoms: Vec<Atom> = (0..7).map(|option| Atom::Has(set, option)).collect();
    let gates = vec![[lit(1), lit(2), lit(3), lit(4)], [lit(8), lit(5), lit(6), lit(7)]];
    let order = vec![Stretch::Atoms(7), Stretch::Gates(2)];
    let mut pack = pack(Program { atoms, gates, order, ..Program::default() });
    pack.items = vec![item(lit(9))];
    let decision = decided(&pack, &[]);
    let selected = &decision.items.first().unwrap().selected;
    assert_eq!((selected.value, selected.exact), (None, false));
    assert_eq!(selected.missing, [set]);
}

#[test]
fn unsure_is_missing_but_not_asked_again() {
    let mut pack = pack(two_atoms());
    pack.items = vec![item(lit(1)), item(lit(2))];
    let mut known = facts(&[]);
    known.set(FactId::new(0), Slot::Unsure);
    let decision = decide(&pack, &calendar(), &known, Date::new(2014, 6, 3).unwrap());
    let unsure: Vec<(FactId, bool)> = decision.missing.iter().map(|missing| (missing.fact, missing.unsure)).collect();
    assert_eq!(unsure, [(FactId::new(0), true), (FactId::new(1), false)]);
    assert_eq!(decision.next_question, Some(FactId::new(1)));
}

#[test]
fn overflow_cannot_be_computed_and_is_no_wrong_number() {
    let number = Operand::Fact(FactId::new(4));
    let mut program = two_atoms();
    program.values = vec![
        Formula::Add(number.clone(), Operand::Number(i128::MAX)),
        Formula::SumIf(vec![(lit(1), Operand::Value(0))]),
    ];
    program.order = vec![Stretch::Atoms(2), Stretch::Values(2)];
    let mut pack = pack(program);
    pack.items = vec![item(lit(1))];
    pack.statutory_sum = 1;
    let known = [(0, Value::Bool(true)), (4, Value::Number(1))];
    let periods = decided(&pack, &known).periods.unwrap();
    assert_eq!(periods.statutory_sum, Quantity::CannotCompute(Cause::Overflow));
}

#[test]
fn a_value_of_another_type_counts_as_unknown() {
    let mut pack = pack(two_atoms());
    pack.items = vec![item(lit(1))];
    let decision = decided(&pack, &[(0, Value::Text("yes".into())), (2, Value::Choice(77))]);
    assert_eq!(decision.items.first().unwrap().outcome, Outcome::Undetermined);
    assert_eq!(decision.next_question, Some(FactId::new(0)));
    assert_eq!(decision.verdict, Verdict::Undetermined);
}

#[test]
fn durations_are_scaled_by_the_largest_remainder() {
    // 5, 10, 5, 5, 3 of 28 days on 20 days: 4, 7, 4, 3, 2 (domain: nine-in-one steps).
    let mut program = two_atoms();
    program.values = vec![Formula::Of(Operand::Number(20))];
    program.order.push(Stretch::Values(1));
    let mut pack = pack(program);
    pack.items = vec![item(lit(1))];
    let step = |days| Step { id: "s".into(), name: Text::default(), days };
    pack.plan = Plan { scaled: true, steps: [0, 5, 10, 5, 5, 3].map(step).to_vec(), basis: Vec::new() };
    let decision = decided(&pack, &[(0, Value::Bool(true))]);
    let days: Vec<i64> = decision.plan.iter().map(|step| step.days).collect();
    assert_eq!(days, [0, 4, 7, 4, 3, 2]);
}

#[test]
fn reasons_name_what_decides_and_nothing_else() {
    let mut program = two_atoms();
    program.atoms.push(Atom::Compare(Operand::Fact(FactId::new(4)), Comparison::Less, Operand::Number(5)));
    program.gates = vec![[lit(1), lit(2), lit(3), Lit::TRUE]];
    program.order = vec![Stretch::Atoms(3), Stretch::Gates(1)];
    let pack = pack(program);
    let known = [(0, Value::Bool(true)), (1, Value::Bool(false)), (4, Value::Number(9))];
    let run = Run::new(&pack, &facts(&known), None);
    let found = reasons(&pack, &run, lit(4));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0].atom, found[0].holds), (&Atom::Holds(FactId::new(1)), false));
}

#[test]
fn what_takes_no_day_falls_on_the_day_of_acceptance_even_a_sunday() {
    let mut program = two_atoms();
    program.values = vec![Formula::Of(Operand::Number(2))];
    program.order.push(Stretch::Values(1));
    let mut pack = pack(program);
    pack.items = vec![item(lit(1))];
    pack.promise = Some(Promise { days: 0, basis: Vec::new() });
    let step = |days| Step { id: "s".into(), name: Text::default(), days };
    pack.plan = Plan { scaled: false, steps: vec![step(0), step(2)], basis: Vec::new() };
    let sunday = Date::new(2014, 6, 8).unwrap();
    let decision = decide(&pack, &calendar(), &facts(&[(0, Value::Bool(true))]), sunday);
    let dues: Vec<DueDate> = decision.plan.iter().map(|step| step.due.clone()).collect();
    let tuesday = Date::new(2014, 6, 10).unwrap();
    assert_eq!(dues, [DueDate::Due(Due::On(sunday)), DueDate::Due(Due::On(tuesday))]);
}

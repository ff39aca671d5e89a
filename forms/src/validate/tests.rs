use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{
    ANYTHING, Atom, BasisId, Cells, Column, Derived, FactId, FactKind, FactRole, Formula, ItemId, Lit, MaterialId,
    Operand, Output, Pack, Pick, Stretch, Table, Text, Value, Version,
};

use super::validate;
use crate::test_pack::bundle;
use crate::{Bundle, FieldSource};

/// Changes one thing in a good bundle and names the place that is refused.
fn fault(change: impl FnOnce(&mut Pack)) -> String {
    let mut bundle = bundle();
    change(&mut bundle.pack);
    validate(&bundle).unwrap_err().place
}

fn far() -> Lit {
    Lit::new(Lit::MAX_NODES - 1).unwrap()
}

#[test]
fn a_good_bundle_passes() {
    assert_eq!(validate(&bundle()), Ok(()));
}

#[test]
fn every_literal_lies_in_the_program() {
    assert_eq!(fault(|pack| pack.facts[0].ask_if = far()), "facts.business.activities");
    assert_eq!(fault(|pack| pack.rules[0].result = Derived::Condition(far())), "rules.eats");
    assert_eq!(fault(|pack| pack.items[0].going = far()), "items.catering");
    assert_eq!(fault(|pack| pack.items[2].conditions[0].holds = far()), "items.drug_retail");
    assert_eq!(fault(|pack| pack.items[0].statutory[1].in_force = far()), "items.catering");
    assert_eq!(fault(|pack| pack.materials[1].variants[0].when = far()), "materials.f06");
    assert_eq!(fault(|pack| pack.materials[0].missing = far()), "materials.f01");
    assert_eq!(fault(|pack| pack.certificates[0].items[0].1 = far()), "certificates.joint");
    assert_eq!(fault(|pack| pack.certificates[0].issued = far()), "certificates.joint");
    assert_eq!(fault(|pack| pack.not_competent[0].condition.holds = far()), "not_competent.drug_wholesale");
    assert_eq!(fault(|pack| pack.checks[0].condition.holds = far()), "checks.no_staff");
    assert_eq!(fault(|pack| pack.verdict.ready = far()), "verdict");
    assert_eq!(fault(|pack| pack.fees[0].when = far()), "fees.seal");
    assert_eq!(fault(|pack| pack.fees[0].amount = Operand::Value(77)), "fees.seal");
    assert_eq!(fault(|pack| pack.payable_total = Operand::Fact(FactId::new(5))), "fees");
    assert_eq!(fault(|pack| pack.fees[0].reliefs[0].percent = 101), "fees.seal");
    assert_eq!(fault(|pack| pack.fees[0].reliefs[0].when = far()), "fees.seal");
    assert_eq!(fault(|pack| pack.documents[0].when = far()), "documents.F-10");
    assert_eq!(fault(|pack| pack.versions.endings[0].concerns = far()), "versions");
    let version = Version { in_force: far(), basis: [].into() };
    assert_eq!(fault(|pack| pack.items[1].versions.push(version.clone())), "items.workshop");
    assert_eq!(fault(|pack| pack.materials[1].versions.push(version)), "materials.f06");
    assert_eq!(fault(|pack| pack.not_encoded[1].relevant = far()), "not_encoded");
    assert_eq!(fault(|pack| pack.tolerance.as_mut().unwrap().open = far()), "tolerance");
}

#[test]
fn every_id_lies_in_its_list() {
    assert_eq!(fault(|pack| pack.rules[1].result = Derived::Number(77)), "rules.days");
    assert_eq!(fault(|pack| pack.rules[1].basis = [BasisId::new(7)].into()), "rules.days");
    assert_eq!(fault(|pack| pack.items[0].basis = [BasisId::new(7)].into()), "items.catering");
    assert_eq!(fault(|pack| pack.items[0].authority = 2), "items.catering");
    assert_eq!(fault(|pack| pack.materials[0].needs[0].item = ItemId::new(9)), "materials.f01");
    assert_eq!(fault(|pack| pack.materials[2].produced_by = Some(ItemId::new(3))), "materials.f25");
    assert_eq!(fault(|pack| pack.conflicts[0].reopens = FactId::new(99)), "conflicts.catering_workshop");
    assert_eq!(fault(|pack| pack.accepted_on = FactId::new(0)), "facts.accepted_on");
    assert_eq!(fault(|pack| pack.statutory_sum = 77), "statutory");
    assert_eq!(fault(|pack| pack.promise.as_mut().unwrap().days = 77), "promised");
    let mut bundle = bundle();
    bundle.forms[0].sheet.sections[0].fields[0].source = FieldSource::Fact(FactId::new(99));
    assert_eq!(validate(&bundle).unwrap_err().place, "forms.F-10.kind");
}

#[test]
fn facts_and_materials_belong_together() {
    assert_eq!(fault(|pack| pack.materials[0].state = FactId::new(1)), "facts.materials.f01");
    assert_eq!(fault(|pack| pack.facts[8].role = FactRole::MaterialState(MaterialId::new(1))), "facts.materials.f01");
    assert_eq!(fault(|pack| pack.facts[8].kind = FactKind::Date), "program.atoms");
    assert_eq!(fault(|pack| pack.facts[7].role = FactRole::Question), "accepted_on");
    assert_eq!(fault(|pack| pack.versions.date = FactId::new(0)), "versions");
    assert_eq!(fault(|pack| pack.facts[1].role = FactRole::RequestDate), "facts.applicant.kind");
    assert_eq!(fault(|pack| pack.facts[1].id = "business.activities".into()), "facts.business.activities");
    assert_eq!(fault(|pack| pack.facts[1].id = "__ask".into()), "facts.__ask");
    let many = |pack: &mut Pack| {
        if let FactKind::Choices(options) = &mut pack.facts[0].kind {
            let option = options[0].clone();
            options.resize(65, option);
        }
    };
    assert_eq!(fault(many), "facts.business.activities");
}

#[test]
fn a_program_reads_only_what_was_computed() {
    assert_eq!(fault(|pack| pack.program.gates[0] = [far(); 4]), "program.gates");
    assert_eq!(fault(|pack| pack.program.thresholds[0].of.push(far())), "program.thresholds");
    assert_eq!(fault(|pack| pack.program.values[0] = Formula::Of(Operand::Value(0))), "program.values");
    assert_eq!(fault(|pack| pack.program.values[0] = Formula::Min([].into())), "program.values");
    assert_eq!(fault(|pack| pack.program.atoms[0] = Atom::Holds(FactId::new(0))), "program.atoms");
    assert_eq!(fault(|pack| pack.program.atoms[0] = Atom::Has(FactId::new(0), 5)), "program.atoms");
    assert_eq!(fault(|pack| pack.program.order.truncate(5)), "program.order");
    assert_eq!(fault(|pack| pack.program.order.insert(0, Stretch::Gates(1))), "program.gates");
}

/// A table of two rows over the acceptance date, and a value of it, put before everything else.
fn with_table(change: impl FnOnce(&mut Table, &mut Formula)) -> Result<(), super::Fault> {
    let mut bundle = bundle();
    let program = &mut bundle.pack.program;
    let ranges = |low, high| [(low, high)].to_vec();
    let cells = Cells { distinct: [ranges(0, 16_000), [ANYTHING].into()].into(), rows: [0, 1].into() };
    let mut table = Table {
        id: "t".into(),
        name: Text::default(),
        collects: false,
        rows: 2,
        columns: [Column::new(Operand::Fact(bundle.pack.accepted_on), cells, [0, 16_001].into())].into(),
        when: Cells { distinct: [Lit::TRUE].into(), rows: [0, 0].into() },
        outputs: [Output {
            id: "o".into(),
            cells: Cells { distinct: [Operand::Number(1)].into(), rows: [0, 0].into() },
            otherwise: None,
        }]
        .into(),
        basis: Vec::new(),
        row_basis: Cells::default(),
    };
    let mut value = Formula::FromTable(0, 0, Pick::First);
    change(&mut table, &mut value);
    program.tables.push(table);
    program.values.push(value);
    program.order.extend([Stretch::Tables(1), Stretch::Values(1)]);
    validate(&bundle)
}

#[test]
fn a_table_covers_its_rows_and_reads_what_was_computed() {
    assert_eq!(with_table(|_, _| {}), Ok(()));
    let fault = |change: fn(&mut Table)| with_table(|table, _| change(table)).unwrap_err().place;
    assert_eq!(fault(|table| table.rows = 3), "program.tables");
    assert_eq!(fault(|table| table.when.distinct = [far()].into()), "program.tables");
    assert_eq!(fault(|table| table.when.rows = [0].into()), "program.tables");
    assert_eq!(fault(|table| table.basis = [BasisId::new(99)].into()), "program.tables");
    assert_eq!(fault(|table| table.outputs[0].cells.rows = [0, 1].into()), "program.tables");
    assert_eq!(fault(|table| table.row_basis.rows = [0, 0].into()), "program.tables");
    assert_eq!(fault(|table| rebuild(table, Operand::Fact(FactId::new(99)), [0].into())), "program.tables");
    assert_eq!(fault(|table| rebuild(table, Operand::Value(60_000), [0].into())), "program.tables");
    assert_eq!(fault(|table| rebuild(table, Operand::Number(0), [5, 4].into())), "program.tables");
    assert_eq!(fault(|table| rebuild(table, Operand::Number(0), (0..64).collect())), "program.tables");
    let value = |formula: Formula| with_table(|_, value| *value = formula).unwrap_err().place;
    assert_eq!(value(Formula::FromTable(1, 0, Pick::First)), "program.values");
    assert_eq!(value(Formula::FromTable(0, 1, Pick::First)), "program.values");
    assert_eq!(value(Formula::TextPlace(FactId::new(0), Vec::new())), "program.values");
    let late = with_table(|table, _| table.outputs[0].otherwise = Some(Operand::Value(60_000)));
    assert_eq!(late.unwrap_err().place, "program.values");
}

fn rebuild(table: &mut Table, input: Operand, bounds: Vec<i128>) {
    table.columns = [Column::new(input, table.columns[0].cells().clone(), bounds)].into();
}

#[test]
fn a_program_may_not_be_too_deep() {
    let chain = |length: usize| {
        let mut bundle = bundle();
        let program = &mut bundle.pack.program;
        for _ in 0..length {
            let last = Lit::new(program.node_count() - 1).unwrap();
            program.gates.push([last, Lit::TRUE, Lit::TRUE, Lit::TRUE]);
            program.order.push(Stretch::Gates(1));
        }
        bundle
    };
    assert_eq!(validate(&chain(900)), Ok(()));
    let fault = validate(&chain(2000)).unwrap_err();
    assert_eq!(fault.to_string(), "the bundle contradicts itself at `program.gates`");
}

/// The deepest program that passes is decided on the small stack of a test thread.
#[test]
fn the_deepest_program_is_decided() {
    let mut bundle: Bundle = bundle();
    let mut last = bundle.pack.verdict.ready;
    while validate(&bundle).is_ok() {
        bundle.pack.verdict.ready = last;
        last = Lit::new(bundle.pack.program.node_count()).unwrap();
        let before = bundle.pack.verdict.ready;
        bundle.pack.program.gates.push([before, Lit::TRUE, Lit::TRUE, Lit::TRUE]);
        bundle.pack.program.order.push(Stretch::Gates(1));
    }
    bundle.pack.program.gates.pop();
    bundle.pack.program.order.pop();
    assert_eq!(validate(&bundle), Ok(()));
    assert!(bundle.pack.program.gates.len() > 900);
    let pack = &bundle.pack;
    let mut facts = yichuang_engine::Facts::new(pack.facts.len());
    let calendar = crate::test_pack::calendar().value;
    let on = calendar.settled_until();
    let open = yichuang_engine::decide(pack, &calendar, &facts, on);
    assert_eq!(open.verdict, yichuang_engine::Verdict::Undetermined);
    facts.set(FactId::new(0), yichuang_engine::Slot::Known(Value::Choices(0b1_0000)));
    assert_eq!(yichuang_engine::decide(pack, &calendar, &facts, on).verdict, yichuang_engine::Verdict::Refused);
}

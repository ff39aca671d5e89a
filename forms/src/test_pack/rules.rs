//! The rules of the small pack.

use alloc::vec::Vec;

use yichuang_engine::{
    Atom, Basis, BasisId, Beside, Certificate, Check, CheckSeverity, Comparison, Condition, Confidence, Conflict,
    Dated, Derived, Document, Ending, FactId, FactKind, Fee, Formula, Ground, Item, ItemId, Lit, Material, Need,
    NotEncoded, NumberShape, Operand, Pack, Plan, Promise, QuestionOrder, Relief, Rule, Step, Text, Tolerance, Variant,
    VerdictLits, Versions, VersionsBy, Window,
};

use super::facts;
use super::logic::Logic;
use super::{date_of, zh};

/// The literals that several parts of the pack read.
struct Base {
    catering: Lit,
    drugs: Lit,
    farm: Lit,
    wholesale: Lit,
    conflict: Lit,
    no_staff: Lit,
    rented: Lit,
}

pub(crate) fn pack() -> Pack {
    let mut logic = Logic::default();
    let has = |option| Atom::Has(facts::activities(), option);
    let [catering, workshop, drugs, farm, wholesale] = [0, 1, 2, 3, 4].map(|option| logic.atom(has(option)));
    let registered = logic.atom(Atom::Holds(facts::registered()));
    let rented = logic.atom(Atom::Is(facts::tenure(), 1));
    let staff = Operand::Fact(facts::staff());
    let no_staff = logic.atom(Atom::Compare(staff, Comparison::Less, Operand::Number(1)));
    let conflict = logic.and(&[catering, workshop]);
    let base = Base { catering, drugs, farm, wholesale, conflict, no_staff, rented };

    let items = items(&mut logic, &base, workshop);
    let materials = materials(&mut logic, &base, &items);
    let going: Vec<Lit> = items.iter().map(|item| item.going).collect();
    let going = logic.or(&going);
    let (statutory_sum, statutory_max, promised) = periods(&mut logic, &items);
    let tolerance = tolerance(&mut logic, &materials);
    let verdict = verdict(&mut logic, &base, &items, &materials);
    let document = |id: &str, name: &str, when| Document { id: id.into(), name: zh(name), when, unless: Lit::FALSE };
    let (fee, due_total, payable_total) = fee(&mut logic, &base);
    let accepted_on = facts::accepted_on();
    Pack {
        id: "test/small".into(),
        edition: "2014-11".into(),
        name: zh("小证合一"),
        summary: zh("一次申请，一套材料。"),
        notice: zh("本地试点。"),
        window: Window { region: zh("莆田市"), basis: basis(), ..Window::default() },
        authorities: [zh("市食药监局"), zh("市卫生局")].into(),
        order: QuestionOrder::Pack,
        facts: facts::facts(registered),
        accepted_on,
        rules: rules(&mut logic, &base, &items),
        versions: versions(),
        certificates: certificates(&mut logic, &items),
        not_required: [ground("farm_produce", base.farm, "销售食用农产品不需要取得许可。", "")].into(),
        not_competent: [ground("drug_wholesale", base.wholesale, "药品批发由省里受理。", "省食品药品监督管理局")]
            .into(),
        conflicts: [conflict_of(&base)].into(),
        blocked: base.conflict,
        checks: checks(&base),
        promise: Some(Promise { days: promised, basis: basis() }),
        plan: plan(),
        joint: yichuang_engine::Planned::default(),
        tolerance: Some(tolerance),
        fees: [fee].into(),
        due_total,
        payable_total,
        pay_after_service: true,
        documents: [document("F-10", "申请书", going), document("F-04", "不予受理决定书", base.wholesale)].into(),
        layers: Vec::new(),
        overrides: Vec::new(),
        bases: [Basis { confidence: Confidence::PackDefault, citation: "为试算而定".into() }].into(),
        not_encoded: not_encoded(&items),
        items,
        materials,
        statutory_sum,
        statutory_max,
        verdict,
        program: logic.program,
    }
}

/// In force from 2010; its promised period is stated until the end of October 2015.
fn versions() -> Versions {
    let ending = Ending {
        what: "param".into(),
        id: "limit".into(),
        name: zh("承诺上限"),
        to: date_of("2015-10-31"),
        concerns: Lit::TRUE,
    };
    Versions {
        by: VersionsBy::Accepted,
        date: facts::accepted_on(),
        from: Some(date_of("2010-01-01")),
        endings: [ending].into(),
    }
}

fn not_encoded(items: &[Item]) -> Vec<NotEncoded> {
    let entry = |reason, place: Option<usize>| {
        let item = place.map(|place| &items[place]);
        NotEncoded {
            article: zh("第十二条"),
            reason: zh(reason),
            beside: item.map(|item| Beside { what: "item".into(), id: item.id.clone(), name: item.name.clone() }),
            relevant: item.map_or(Lit::TRUE, |item| item.selected),
            basis: basis(),
        }
    };
    [entry("药店之间的距离要现场看", Some(2)), entry("“便民”怎样算由窗口判断", None)].into()
}

fn fee(logic: &mut Logic, base: &Base) -> (Fee, Operand, Operand) {
    let due = Operand::Number(1051);
    let payable = logic.value(Formula::Choose(base.rented, Operand::Number(526), due.clone()));
    let payable = Operand::Value(payable);
    let [due_total, payable_total] =
        [&due, &payable].map(|amount| logic.value(Formula::SumIf([(base.drugs, amount.clone())].into())));
    let seal = Fee {
        id: "seal".into(),
        name: zh("工本费"),
        class: zh("地方收费"),
        amount: due,
        payable,
        when: base.drugs,
        reliefs: [Relief { percent: 50, when: base.rented, basis: basis() }].into(),
        basis: basis(),
    };
    (seal, Operand::Value(due_total), Operand::Value(payable_total))
}

fn basis() -> Vec<BasisId> {
    [BasisId::new(0)].into()
}

fn condition(id: &str, holds: Lit, message: &str) -> Condition {
    Condition { id: id.into(), holds, message: zh(message), basis: basis() }
}

fn ground(id: &str, applies: Lit, message: &str, competent: &str) -> Ground {
    Ground { condition: condition(id, applies, message), competent: zh(competent) }
}

fn items(logic: &mut Logic, base: &Base, workshop: Lit) -> Vec<Item> {
    let before_2019 = logic.atom(Atom::Compare(
        Operand::Fact(facts::accepted_on()),
        Comparison::Less,
        Operand::Date(date_of("2019-12-01")),
    ));
    let mut item = |id: &str, name: &str, selected, days, conditions: Vec<Condition>| {
        let met: Vec<Lit> = [selected].into_iter().chain(conditions.iter().map(|condition| condition.holds)).collect();
        let eligible = logic.and(&met);
        let going = logic.and(&[eligible, !base.conflict]);
        let dated = |in_force, value| Dated { in_force, value, basis: basis() };
        Item {
            id: id.into(),
            code: id.into(),
            name: zh(name),
            note: if id == "drug_retail" { zh("一并办理 GSP 认证。") } else { Text::default() },
            selected,
            conditions,
            eligible,
            going,
            statutory: [dated(before_2019, days), dated(!before_2019, 10)].into(),
            validity: [dated(Lit::TRUE, 3)].into(),
            authority: u16::from(id == "drug_retail"),
            basis: basis(),
            versions: Vec::new(),
        }
    };
    let pharmacist = condition("needs_pharmacist", !base.no_staff, "药店应配备药师。");
    [
        item("catering", "餐饮服务许可", base.catering, 20, Vec::new()),
        item("workshop", "小作坊许可", workshop, 20, Vec::new()),
        item("drug_retail", "药品零售许可", base.drugs, 45, [pharmacist].into()),
    ]
    .into()
}

fn materials(logic: &mut Logic, base: &Base, items: &[Item]) -> Vec<Material> {
    let need = |place: usize| Need { item: ItemId::new(place), when: items[place].going };
    let own = Variant { when: !base.rented, name: zh("房产证"), note: Text::default() };
    let rented =
        Variant { when: base.rented, name: zh("租赁合同和房东的房产证"), note: zh("房东签字。") };
    let mut f01 = material(logic, "f01", facts::f01(), [need(0), need(1), need(2)].into(), Lit::FALSE);
    (f01.originals, f01.copies_each, f01.name, f01.note) = (1, 1, zh("申请书"), zh("本人签名。"));
    let mut f06 = material(logic, "f06", facts::f06(), [need(0)].into(), Lit::FALSE);
    (f06.copies, f06.show_original, f06.deferrable) = (1, true, true);
    (f06.name, f06.variants) = (zh("场所证明"), [rented, own].into());
    let mut f25 = material(logic, "f25", facts::f25(), [need(0)].into(), items[2].going);
    (f25.produced_by, f25.name) = (Some(ItemId::new(2)), zh("药品经营许可证"));
    [f01, f06, f25].into()
}

fn material(logic: &mut Logic, id: &str, state: FactId, needs: Vec<Need>, produced: Lit) -> Material {
    let whens: Vec<Lit> = needs.iter().map(|need| need.when).collect();
    let needed = logic.or(&whens);
    let waived_internal = logic.and(&[needed, produced]);
    let required = logic.and(&[needed, !waived_internal]);
    let [provided, missing, defective] = [0, 1, 2].map(|option| {
        let ticked = logic.atom(Atom::Is(state, option));
        logic.and(&[required, ticked])
    });
    Material {
        id: id.into(),
        name: zh(id),
        note: Text::default(),
        originals: 0,
        copies: 0,
        copies_each: 0,
        show_original: false,
        deferrable: false,
        needs,
        needed,
        produced_by: None,
        waived_local: Lit::FALSE,
        waived_basis: Vec::new(),
        waived_internal,
        waived_shared: Lit::FALSE,
        required,
        variants: Vec::new(),
        state,
        provided,
        missing,
        defective,
        basis: basis(),
        versions: Vec::new(),
    }
}

/// One rule that gives a condition, and one that gives a number.
fn rules(logic: &mut Logic, base: &Base, items: &[Item]) -> Vec<Rule> {
    let food = logic.or(&[base.catering, base.wholesale]);
    let days = logic.value(Formula::SumIf([(items[0].going, Operand::Number(3))].into()));
    let number = FactKind::Number { shape: NumberShape::Integer, places: 0, unit: zh("天"), min: None, max: None };
    let rule = |id: &str, name: &str, kind, result| Rule {
        id: id.into(),
        name: zh(name),
        kind,
        shown: true,
        result,
        basis: basis(),
        versions: Vec::new(),
    };
    [
        rule("eats", "有吃的", FactKind::Bool, Derived::Condition(food)),
        rule("days", "加算天数", number, Derived::Number(days)),
    ]
    .into()
}

fn certificates(logic: &mut Logic, items: &[Item]) -> Vec<Certificate> {
    let held: Vec<Lit> = items.iter().map(|item| item.going).collect();
    let issued = logic.or(&held);
    let held = items.iter().enumerate().map(|(place, item)| (ItemId::new(place), item.going)).collect();
    [Certificate { id: "joint".into(), name: zh("食品药品许可证"), items: held, issued, basis: basis() }].into()
}

fn conflict_of(base: &Base) -> Conflict {
    Conflict {
        condition: condition("catering_workshop", base.conflict, "同一场所不能同时办餐饮和小作坊。"),
        items: [ItemId::new(0), ItemId::new(1)].into(),
        reopens: facts::activities(),
    }
}

fn checks(base: &Base) -> Vec<Check> {
    let no_staff = condition("no_staff", base.no_staff, "至少要有一名从业人员。");
    let rented = condition("rented", base.rented, "租赁的场所要看租期。");
    [
        Check { condition: no_staff, severity: CheckSeverity::Error, fact: Some(facts::staff()) },
        Check { condition: rented, severity: CheckSeverity::Notice, fact: None },
    ]
    .into()
}

fn periods(logic: &mut Logic, items: &[Item]) -> (u16, u16, u16) {
    let days = |item: &Item| Operand::Number(item.statutory[0].value.into());
    let terms: Vec<(Lit, Operand)> = items.iter().map(|item| (item.going, days(item))).collect();
    let sum = logic.value(Formula::SumIf(terms.clone()));
    let max = logic.value(Formula::MaxIf(terms));
    let promised = logic.value(Formula::Min([Operand::Number(28), Operand::Value(max)].into()));
    (sum, max, promised)
}

fn plan() -> Plan {
    let step = |id: &str, name: &str, days| Step { id: id.into(), name: zh(name), days };
    Plan { scaled: true, steps: [step("examine", "审查", 5), step("decide", "决定", 2)].into(), basis: basis() }
}

fn tolerance(logic: &mut Logic, materials: &[Material]) -> Tolerance {
    let missing: Vec<Lit> = materials.iter().map(|material| material.missing).collect();
    let open = logic.or(&missing);
    let main_missing = logic.or(&[materials[0].missing, materials[2].missing]);
    let too_many = logic.at_least(3, &missing);
    let allowed = logic.and(&[open, !main_missing, !too_many]);
    Tolerance {
        open,
        main_missing,
        too_many,
        excluded: Lit::FALSE,
        allowed,
        limit: 2,
        supplement_days: 5,
        basis: basis(),
    }
}

fn verdict(logic: &mut Logic, base: &Base, items: &[Item], materials: &[Material]) -> VerdictLits {
    let asked: Vec<Lit> = items.iter().map(|item| item.selected).collect();
    let asked = logic.or(&asked);
    let fails: Vec<Lit> = items.iter().map(|item| logic.and(&[item.selected, !item.eligible])).collect();
    let fails = logic.or(&fails);
    let refused = logic.or(&[fails, base.wholesale]);
    let not_needed = logic.and(&[base.farm, !asked, !refused]);
    let faulty: Vec<Lit> = materials.iter().flat_map(|material| [material.missing, material.defective]).collect();
    let faulty = logic.or(&faulty);
    let wrong = logic.or(&[faulty, base.conflict, base.no_staff]);
    let correctable = logic.and(&[wrong, !refused, !not_needed]);
    let there: Vec<Lit> =
        materials.iter().map(|material| logic.and(&[material.required, !material.provided])).collect();
    let open = logic.or(&there);
    let ready = logic.and(&[asked, !open, !refused, !correctable]);
    VerdictLits { refused, not_needed, correctable, ready }
}

//! The facts of the small pack, one of every kind.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{
    Assumed, Fact, FactId, FactKind, FactOption, FactRole, Lit, MaterialId, NumberShape, Text, TextFormat,
};

use super::zh;
use crate::words::text;

macro_rules! fact_ids {
    ($($name:ident = $place:literal),+) => {$(
        pub(super) fn $name() -> FactId {
            FactId::new($place)
        }
    )+};
}
fact_ids!(activities = 0, kind = 1, registered = 2, staff = 5, tenure = 6, accepted_on = 7, f01 = 8, f06 = 9, f25 = 10);

pub(super) fn facts(is_registered: Lit) -> Vec<Fact> {
    let options = |list: &[(&str, &str, &str)]| -> Vec<FactOption> {
        let option = |(id, zh, en): &(&str, &str, &str)| FactOption {
            id: String::from(*id),
            name: text(*zh, *en),
            hint: if *id == "catering" { text("含堂食和外卖。", "") } else { Text::default() },
            offered: Lit::TRUE,
        };
        list.iter().map(option).collect()
    };
    let activities = [
        ("catering", "餐饮服务", "catering"),
        ("workshop", "小作坊", "workshop"),
        ("drug_retail", "药品零售", "retail of drugs"),
        ("farm_produce", "销售食用农产品", ""),
        ("drug_wholesale", "药品批发", ""),
    ];
    let kinds = [("enterprise", "企业", "enterprise"), ("other", "其他", "other")];
    let tenure = [("owned", "自有", "owned"), ("rented", "租赁", "rented")];
    let mut uscc = question(
        "applicant.uscc",
        "统一社会信用代码",
        FactKind::Text { format: TextFormat::Uscc, none: Some(zh("还没有")) },
    );
    uscc.ask_if = is_registered;
    let count = FactKind::Number {
        shape: NumberShape::Integer,
        places: 0,
        unit: text("人", "people"),
        min: Some(0),
        max: Some(5000),
    };
    let mut accepted_on = question("accepted_on", "受理日期", FactKind::Date);
    (accepted_on.role, accepted_on.assumed) = (FactRole::AcceptedOn, Some(Assumed::Today));
    let mut list: Vec<Fact> = [
        question("business.activities", "经营活动", FactKind::Choices(options(&activities))),
        question("applicant.kind", "申请人", FactKind::Choice(options(&kinds))),
        question("applicant.registered", "已领营业执照", FactKind::Bool),
        uscc,
        question("applicant.name", "名称", FactKind::Text { format: TextFormat::Free, none: None }),
        question("staff.count", "从业人数", count),
        question("premises.tenure", "经营场所", FactKind::Choice(options(&tenure))),
        accepted_on,
    ]
    .into();
    if let Some(first) = list.first_mut() {
        first.name.en = "activities".into();
        first.help = zh("可以多选。");
        first.why = zh("决定办哪些事项。");
    }
    let states =
        options(&[("provided", "有", "have it"), ("missing", "没有", "none"), ("defective", "有问题", "faulty")]);
    for (place, id) in ["materials.f01", "materials.f06", "materials.f25"].into_iter().enumerate() {
        let mut state = question(id, id, FactKind::Choice(states.clone()));
        state.role = FactRole::MaterialState(MaterialId::new(place));
        state.question = Text::default();
        list.push(state);
    }
    list
}

pub(super) fn question(id: &str, name: &str, kind: FactKind) -> Fact {
    Fact {
        id: id.into(),
        name: zh(name),
        kind,
        question: zh(&[name, "？"].concat()),
        help: Text::default(),
        why: Text::default(),
        assumed: None,
        ask_if: Lit::TRUE,
        role: FactRole::Question,
    }
}

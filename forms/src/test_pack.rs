//! A small pack, made by hand, for the tests of this crate: one of everything that a pack can
//! have.

mod facts;
#[cfg(all(feature = "forms", feature = "rows"))]
mod filled;
mod logic;
mod rules;
mod table;

use alloc::string::ToString;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{
    BasisId, Calendar, CalendarParts, CalendarYear, Date, JointPlan, JointStep, Layer, Lit, NamedDay, Notice, Operand,
    Override, Text,
};

#[cfg(all(feature = "forms", feature = "rows"))]
pub(crate) use filled::{FIRST, filled_bundle};
pub(crate) use rules::pack;
pub(crate) use table::table_bundle;
#[cfg(feature = "rows")]
pub(crate) use table::{SHAREHOLDERS, key};

use crate::words::text;
use crate::{Answers, Bundle, Field, FieldSource, FieldValue, Form, LoadedCalendar, Section, Sheet};

pub(crate) fn bundle() -> Bundle {
    let field = |id: &str, label: &str, source| Field::new(id, zh(label), source);
    let fields = [
        field("kind", "申请人", FieldSource::Fact(facts::kind())),
        field("items", "事项", FieldSource::Value(FieldValue::Items)),
        field("others", "协办机关", FieldSource::Value(FieldValue::CoAuthorities)),
        field("opinion", "意见", FieldSource::Blank),
    ];
    let section = Section { title: zh("申请"), fields: fields.into() };
    let sheet = Sheet {
        name: zh("申请书"),
        authority: Text::default(),
        sections: [section].into(),
        signatures: [zh("申请人签名")].into(),
    };
    let form = Form { id: "F-10".into(), sample: false, sheet };
    Bundle { pack: pack(), forms: [form].into() }
}

/// The same as a pack that extends another one and spares everybody a material, f25.
pub(crate) fn layered() -> Bundle {
    let mut bundle = bundle();
    let pack = &mut bundle.pack;
    pack.layers = [Layer { id: "cn/small".into(), edition: "2013".into() }].into();
    let target = text("材料「药品经营许可证」", "material `drug licence`");
    let waived = (target, text("要交", "asked for"), text("免交", "waived"));
    let added = (text("收费「工本费」", "fee `seal`"), Text::default(), text("增加", "added"));
    let change = |(target, old, new)| Override { target, old, new, basis: [BasisId::new(0)].into() };
    pack.overrides = [waived, added].map(change).into();
    let f25 = &mut pack.materials[2];
    f25.waived_basis = [BasisId::new(0)].into();
    f25.waived_local = f25.needed;
    for lit in [&mut f25.waived_internal, &mut f25.required, &mut f25.missing, &mut f25.defective] {
        *lit = Lit::FALSE;
    }
    bundle
}

/// 2014 and 2015 with the days around National Day 2014 and New Year 2015.
/// The pack with a joint plan of two steps that survey together, handled one after the other where
/// `serial` holds.
pub(crate) fn joint(serial: Lit) -> Bundle {
    let mut bundle = bundle();
    let pack = &mut bundle.pack;
    let basis = alloc::vec![BasisId::new(0)];
    let step = |id: &str, days, after: &[(u16, Lit)], survey| JointStep {
        id: id.into(),
        name: zh(id),
        department: 0,
        when: Lit::TRUE,
        days: Operand::Number(days),
        after: after.into(),
        survey,
        note: zh("备注"),
        basis: basis.clone(),
    };
    let steps = alloc::vec![
        step("siting", 7, &[], Some((0, 2))),
        step("boundary", 5, &[], Some((0, 1))),
        step("permit", 5, &[(0, Lit::TRUE)], None),
    ];
    pack.joint = Some(JointPlan {
        serial: Some(serial),
        days: pack.statutory_max,
        departments: alloc::vec![zh("规划局")],
        surveys: alloc::vec![zh("现场")],
        steps,
        basis: basis.clone(),
    })
    .into();
    bundle
}

pub(crate) fn calendar() -> LoadedCalendar {
    let day = |date: &str, name: &str| NamedDay { date: date_of(date), name: name.into() };
    let year = |year, off: &[&str], work: &[&str], name: &str| CalendarYear {
        year,
        notices: [Notice {
            off: off.iter().map(|date| day(date, name)).collect(),
            work: work.iter().map(|date| day(date, name)).collect(),
            ..Notice::default()
        }]
        .into(),
    };
    let national = ["2014-10-01", "2014-10-02", "2014-10-03", "2014-10-04", "2014-10-05", "2014-10-06", "2014-10-07"];
    let parts = CalendarParts {
        id: "cn".into(),
        name: "法定节假日".into(),
        source: "国务院办公厅".into(),
        settled_until: date_of("2015-11-30"),
        years: [
            year(2014, &national, &["2014-09-28", "2014-10-11"], "国庆节"),
            year(2015, &["2015-01-01", "2015-01-02", "2015-01-03"], &["2015-01-04"], "元旦"),
        ]
        .into(),
    };
    LoadedCalendar::new(Calendar::new(parts).unwrap())
}

/// Every question answered, every required material there.
pub(crate) fn full_answers() -> Answers {
    answers(&json!({
        "business.activities": ["catering", "drug_retail"], "applicant.kind": "enterprise",
        "applicant.registered": false, "premises.tenure": "rented", "staff.count": 3,
        "accepted_on": "2014-11-18", "materials.f01": "provided", "materials.f06": "provided",
    }))
}

pub(crate) fn answers(json: &Json) -> Answers {
    Answers::from_json(&json.to_string()).unwrap()
}

pub(crate) fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        "-?[1-9][0-9]{0,8}[.][0-9]{1,4}".prop_map(|number| serde_json::from_str(&number).unwrap()),
        ".{0,8}".prop_map(Json::from),
        "enterprise|catering|provided|2014-0?[1-9]-1[0-9]|true|[0-9]{1,20}|91350300MA2X00019[0-9]".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("unsure|[a-z]{0,3}", inner, 0..3)
                .prop_map(|parts| parts.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

fn zh(zh: &str) -> Text {
    text(zh, "")
}

fn date_of(date: &str) -> Date {
    Date::parse(date).unwrap()
}

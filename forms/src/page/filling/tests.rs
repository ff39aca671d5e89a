//! A form that is filled in: what is shown, what is wrong, where the reader goes, and that nothing
//! that was typed is lost.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{Date, FactId, Slot, from_bytes, to_bytes};

use super::super::tests::{SITE, check, elements, is_sound, latinised, posted};
use super::{filling as page_of, filling_document};
use crate::test_pack::{FIRST, answers, any_json, calendar, filled_bundle};
use crate::{
    Answers, Bundle, Filling, FillingBody, FillingView, Go, Held, Lang, Layout, LoadedBundle, Placed, Precheck, REVIEW,
    UNSURE, document, filling, html, read,
};

const LAYOUTS: [Layout; 3] = [Layout::Single, Layout::Sections, Layout::Questions];

fn asked(form: &str, layout: Layout, at: &str, go: Go) -> Filling {
    Filling { layout: Some(layout), at: at.into(), go, ..Filling::new(form) }
}

fn shown(given: &Json, state: &Filling, lang: Lang) -> FillingView {
    view_of(&LoadedBundle::new(filled_bundle()), &answers(given), state, lang).unwrap()
}

fn view_of(bundle: &LoadedBundle, given: &Answers, state: &Filling, lang: Lang) -> Option<FillingView> {
    let calendar = calendar();
    let precheck = Precheck::new(bundle, &calendar, given, Date::parse("2014-11-20").unwrap());
    filling(&precheck, lang, state)
}

/// An application for which both forms are needed.
fn going() -> Json {
    json!({
        "business.activities": ["catering"], "applicant.kind": "enterprise", "applicant.registered": false,
        "premises.tenure": "owned", "staff.count": 3, "accepted_on": "2014-11-18",
    })
}

fn with(mut given: Json, more: Json) -> Json {
    for (key, value) in more.as_object().unwrap() {
        given[key] = value.clone();
    }
    given
}

/// Everything that the forms ask for.
fn full() -> Json {
    with(
        going(),
        json!({
            "applicant.name": "莆田某某食品有限公司", "head.name": "林小明", "head.id": "11010519491231002X",
            "head.mobile": "13812345678", "premises.area": "86.50", "applicant.promise": true,
            "staff.list": [{"name": "王芳", "born": "1990-02-03"}], "premises.rented_out": false,
        }),
    )
}

fn keys(view: &FillingView) -> Vec<&str> {
    match &view.body {
        FillingBody::Fields(groups) => {
            groups.iter().filter_map(drawn).flat_map(|group| group.fields.iter().map(key_of)).collect()
        }
        FillingBody::Review(review) => {
            review.groups.iter().flat_map(|group| group.lines.iter().map(|line| line.key.as_str())).collect()
        }
    }
}

fn fields(view: &FillingView) -> Vec<&crate::EntryField> {
    match &view.body {
        FillingBody::Fields(groups) => {
            groups.iter().filter_map(drawn).flat_map(|group| &group.fields).filter_map(drawn).collect()
        }
        FillingBody::Review(_) => Vec::new(),
    }
}

fn drawn<T>(placed: &Placed<T>) -> Option<&T> {
    match placed {
        Placed::New(new) => Some(new),
        Placed::Same(_) => None,
    }
}

fn key_of(placed: &Placed<crate::EntryField>) -> &str {
    match placed {
        Placed::New(field) => &field.key,
        Placed::Same(key) => key,
    }
}

#[test]
fn a_fact_is_asked_once_however_many_forms_use_it() {
    let view = shown(&going(), &asked("*", Layout::Single, "", Go::Stay), Lang::Zh);
    let all = keys(&view);
    assert_eq!(
        all,
        [
            "applicant.name",
            "applicant.kind",
            "head.name",
            "premises.area",
            "business.plan",
            "applicant.promise",
            "staff.list",
            "business.activities",
            "premises.rented_out",
        ]
    );
    let used = |key: &str| fields(&view).into_iter().find(|field| field.key == key).unwrap().used_by.clone();
    assert_eq!(used("applicant.kind"), "用于：申请书、人员表（卫生局）");
    assert_eq!(used("head.name"), "用于：申请书、人员表（卫生局）");
    assert_eq!(used("premises.area"), "用于：申请书");
    assert_eq!(view.sheets.len(), 2);
    let alone = shown(&going(), &asked("F-21", Layout::Single, "", Go::Stay), Lang::Zh);
    assert_eq!(
        keys(&alone),
        ["head.name", "applicant.kind", "staff.list", "business.activities", "premises.rented_out"]
    );
    assert_eq!(fields(&alone)[1].label, "主体类型");
}

#[test]
fn a_field_is_shown_while_its_condition_may_hold_and_keeps_its_answer_when_it_goes() {
    let state = asked("F-10", Layout::Single, "", Go::Stay);
    let rented = with(going(), json!({"premises.tenure": "rented", "premises.since": "2014-01-02"}));
    assert!(keys(&shown(&rented, &state, Lang::Zh)).contains(&"premises.since"));
    let owned = with(rented.clone(), json!({"premises.tenure": "owned"}));
    let gone = shown(&owned, &state, Lang::Zh);
    assert!(!keys(&gone).contains(&"premises.since"));
    assert!(gone.carried.contains(&("premises.since".into(), "2014-01-02".into())));
    let open = with(rented, json!({"premises.tenure": null}));
    let unknown = shown(&open, &state, Lang::Zh);
    let since = fields(&unknown).into_iter().find(|field| field.key == "premises.since").unwrap();
    assert!(since.is_optional && since.depends.starts_with("要不要填"), "{since:?}");
}

#[test]
fn going_on_stops_at_what_is_wrong_and_says_it_in_the_same_words_above_and_at_the_field() {
    let given = with(going(), json!({"head.id": "110105194912310021", "head.mobile": "139"}));
    let state = |go| asked("F-10", Layout::Sections, "applicant.name", go);
    let stopped = shown(&given, &state(Go::Next), Lang::Zh);
    assert_eq!(stopped.at, "applicant.name");
    let said: Vec<String> = stopped.problems.iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(
        said,
        [
            "请填写。",
            "请填写。",
            "身份证号码的校验位不对，可能有一位写错，请对照身份证核对。",
            "手机号码应为 11 位数字，以 1 开头。"
        ]
    );
    let tree = page_of(&stopped);
    let at_fields = elements(&tree).into_iter().filter(|element| element.get("data-error").is_some());
    let at_fields: Vec<&str> = at_fields.map(|element| element.get("data-error").unwrap()).collect();
    let linked: Vec<&str> = stopped.problems.iter().filter_map(|problem| problem.fact.as_deref()).collect();
    assert_eq!(at_fields, linked);
    let text = html(&tree);
    for (problem, message) in stopped.problems.iter().zip(&said) {
        let words = crate::typeset(message);
        assert!(text.matches(&*words).count() >= 2, "{words} is said once");
        assert!(text.contains(&alloc::format!("id=\"q-{}\"", problem.fact.as_deref().unwrap())));
    }
    assert!(html(&filling_document(&stopped, &SITE)).contains("<title>有 4 处要看一下：申请书 · 一窗</title>"));
    // While somebody is still at it, what is empty is not held against them.
    assert_eq!(shown(&given, &state(Go::Stay), Lang::Zh).problems.len(), 2);
    assert_eq!(shown(&full(), &state(Go::Next), Lang::Zh).at, "premises.area");
}

#[test]
fn a_check_of_the_form_speaks_for_its_whole_field() {
    let given = with(full(), json!({"staff.count": 0}));
    let view = shown(&given, &asked("F-10", Layout::Sections, "applicant.name", Go::Next), Lang::Zh);
    let messages: Vec<&str> = view.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["负责人要在从业人员里。"]);
    let head = fields(&view).into_iter().find(|field| field.key == "head.name").unwrap();
    assert_eq!(head.error.as_deref(), Some("负责人要在从业人员里。"));
    assert!(head.parts.iter().all(|part| part.cell.error.is_none()));
}

#[test]
fn every_step_is_reached_forward_and_back() {
    for layout in LAYOUTS {
        let mut at = String::new();
        let mut seen = Vec::new();
        while at != REVIEW {
            let view =
                shown(&full(), &asked("*", layout, &at, if at.is_empty() { Go::Stay } else { Go::Next }), Lang::Zh);
            assert_eq!(view.problems, []);
            seen.push(view.at.clone());
            at = view.at;
        }
        let mut back = Vec::from([at.clone()]);
        loop {
            let view = shown(&full(), &asked("*", layout, &at, Go::Back), Lang::Zh);
            if view.at == at {
                break;
            }
            back.push(view.at.clone());
            at = view.at;
        }
        back.reverse();
        assert_eq!(seen, back, "{layout:?}");
        assert_eq!(seen.len(), [2, 5, 10][LAYOUTS.iter().position(|one| *one == layout).unwrap()]);
    }
}

#[test]
fn a_step_whose_first_field_goes_is_found_again() {
    let rented = with(full(), json!({"premises.tenure": "rented", "premises.since": "2014-01-02"}));
    let at = "premises.since";
    assert_eq!(shown(&rented, &asked("F-10", Layout::Questions, at, Go::Stay), Lang::Zh).at, at);
    assert_eq!(shown(&full(), &asked("F-10", Layout::Questions, at, Go::Stay), Lang::Zh).at, "premises.area");
    assert_eq!(shown(&full(), &asked("F-10", Layout::Questions, at, Go::Next), Lang::Zh).at, "business.plan");
    for (key, expected) in [("head.mobile", "head.name"), (REVIEW, REVIEW), ("没有", "applicant.name")] {
        let view = shown(&full(), &asked("F-10", Layout::Questions, "", Go::To(key.into())), Lang::Zh);
        assert_eq!(view.at, expected, "{key}");
    }
}

#[test]
fn looking_over_shows_every_answer_hides_personal_numbers_and_counts_what_is_left() {
    let review = |given: &Json| match shown(given, &asked("*", Layout::Sections, REVIEW, Go::Stay), Lang::Zh).body {
        FillingBody::Review(review) => review,
        FillingBody::Fields(_) => unreachable!("the answers are looked over"),
    };
    let all = review(&full());
    assert_eq!((all.left, all.headline.as_str()), (0, "都填好了"));
    let lines: Vec<_> = all.groups.iter().flat_map(|group| &group.lines).collect();
    let head = &lines.iter().find(|line| line.key == "head.name").unwrap().answers;
    let masked: Vec<Option<&str>> = head.iter().map(|part| part.masked.as_deref()).collect();
    assert_eq!(masked, [None, Some("110***********002X"), Some("138****5678")]);
    let staff = &lines.iter().find(|line| line.key == "staff.list").unwrap().answers[0];
    assert_eq!(staff.rows, [[("姓名".into(), "王芳".into()), ("出生日期".into(), "1990 年 2 月 3 日".into())]]);
    let some = review(&with(going(), json!({"head.id": "1"})));
    assert_eq!((some.left, some.headline.as_str()), (6, "还有 6 处没有填好"));
    let wrong = some.groups.iter().flat_map(|group| &group.lines).filter(|line| line.error.is_some() && !line.is_empty);
    assert_eq!(wrong.map(|line| line.key.as_str()).collect::<Vec<_>>(), ["head.name"]);
}

#[test]
fn an_identity_number_says_birth_date_and_sex() {
    let says = |lang| {
        let view = shown(&full(), &asked("F-10", Layout::Sections, "", Go::Stay), lang);
        let head = fields(&view).into_iter().find(|field| field.key == "head.name").unwrap().clone();
        head.parts[1].says.clone()
    };
    assert_eq!(says(Lang::Zh), "女，1949 年 12 月 31 日出生");
    assert_eq!(says(Lang::En), "female, born on 31 December 1949");
}

#[test]
fn what_is_held_names_its_holder_and_cannot_be_changed_where_it_is_locked() {
    let held = |place, is_locked| Held { fact: FactId::new(place), source: "企业登记档案".into(), is_locked };
    let state =
        Filling { held: [held(4, true), held(FIRST, false)].into(), ..asked("F-10", Layout::Sections, "", Go::Stay) };
    let view = shown(&full(), &state, Lang::Zh);
    let text = html(&page_of(&view));
    assert_eq!(text.matches("来自企业登记档案").count(), 2);
    assert!(view.carried.contains(&("applicant.name".into(), "莆田某某食品有限公司".into())));
    assert!(!text.contains("id=\"q-applicant.name\" name"), "a locked answer has no field");
    assert!(text.contains("name=\"head.name\" value=\"林小明\""));
}

#[test]
fn what_is_stated_stays_stated() {
    let given = with(full(), json!({"staff.list": [], "premises.area": {"unsure": true}}));
    let view = shown(&given, &asked("*", Layout::Single, "", Go::Stay), Lang::Zh);
    let fields = posted(&page_of(&view));
    let of = |name: &str| {
        fields.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((of("staff.list"), of("premises.area")), (["__none"].into(), [UNSURE].into()));
}

#[test]
fn a_sample_or_unknown_form_is_not_filled_in() {
    let mut bundle = filled_bundle();
    bundle.forms[0].sample = true;
    let bundle = LoadedBundle::new(bundle);
    for (form, is_there) in [("F-10", false), ("F-99", false), ("", false), ("F-21", true), ("*", true)] {
        let state = asked(form, Layout::Single, "", Go::Stay);
        assert_eq!(view_of(&bundle, &answers(&going()), &state, Lang::Zh).is_some(), is_there, "{form}");
    }
    let refused = answers(&json!({"business.activities": ["drug_wholesale"]}));
    assert_eq!(view_of(&bundle, &refused, &asked("*", Layout::Single, "", Go::Stay), Lang::Zh), None);
}

#[test]
fn the_controls_of_a_page_say_where_it_stood() {
    let pair = |name: &str, value: &str| (name.into(), value.into());
    assert_eq!(Filling::from_fields(&[pair("__at", "x")]), None);
    assert_eq!(Filling::from_fields(&[pair("__form", "F-10"), pair("__go", "precheck")]), None);
    let posted = [
        pair("__large", "1"),
        pair("__form", "*"),
        pair("__at", "a"),
        pair("__layout", "single"),
        pair("__go", "next"),
        pair("__layout", "questions"),
        pair("__large", "0"),
    ];
    let expected = Filling { large: true, ..asked("*", Layout::Questions, "a", Go::Next) };
    assert_eq!(Filling::from_fields(&posted), Some(expected));
}

#[test]
fn every_page_of_a_form_is_sound_in_both_languages() {
    let bundle: Bundle = from_bytes(&latinised(to_bytes(&filled_bundle()))).unwrap();
    let (zh, en) = (LoadedBundle::new(filled_bundle()), LoadedBundle::new(bundle));
    let samples = [going(), full(), with(full(), json!({"staff.count": 0, "staff.list": []}))];
    for (given, layout, go) in samples.iter().flat_map(|given| {
        LAYOUTS.iter().flat_map(move |layout| {
            [Go::Stay, Go::Next, Go::To(REVIEW.into()), Go::To("staff.list".into())].map(|go| (given, *layout, go))
        })
    }) {
        let state = asked("*", layout, "", go);
        let tree = filling_document(&view_of(&zh, &answers(given), &state, Lang::Zh).unwrap(), &SITE);
        is_sound(&tree);
        let latin: String =
            serde_json::to_string(given).unwrap().chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect();
        let given = Answers::from_json(&latin).unwrap();
        let tree = filling_document(&view_of(&en, &given, &state, Lang::En).unwrap(), &SITE);
        is_sound(&tree);
        let text = document(&tree).replace("中文", "").replace("莆田市行政服务中心", "");
        let chinese: String = text.chars().filter(|c| crate::typography::is_chinese(*c)).collect();
        assert_eq!(chinese, "");
    }
}

#[test]
fn the_pages_of_a_form() {
    let state = |layout, at: &str, go| asked("*", layout, at, go);
    check("filling", &page_of(&shown(&going(), &state(Layout::Single, "", Go::Next), Lang::Zh)));
    check("filling.en", &page_of(&shown(&full(), &state(Layout::Questions, "head.name", Go::Stay), Lang::En)));
    check("filling-review", &page_of(&shown(&full(), &state(Layout::Sections, REVIEW, Go::Stay), Lang::Zh)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn nothing_that_is_known_is_lost_on_the_way_through_a_form(
        typed in prop::collection::vec((0_usize..20, any_json()), 0..10),
        layout in 0_usize..3, at in 0_usize..20, go in 0_usize..4,
    ) {
        let bundle = LoadedBundle::new(filled_bundle());
        let facts = &bundle.value.pack.facts;
        let entries = typed.into_iter().map(|(place, json)| (facts[place].id.clone(), json));
        let given = answers(&with(going(), Json::Object(entries.collect())));
        let go = [Go::Stay, Go::Next, Go::Back, Go::To(REVIEW.into())][go].clone();
        let state = asked("F-21", LAYOUTS[layout], &facts[at].id, go);
        let view = view_of(&bundle, &given, &state, Lang::Zh).unwrap();
        let tree = page_of(&view);
        is_sound(&tree);
        let (before, _) = read(&bundle.value.pack, &given);
        let (after, _) = read(&bundle.value.pack, &Answers::from_fields(&bundle.value.pack, posted(&tree)));
        for (id, slot) in before.iter().filter(|(_, slot)| **slot != Slot::Unknown) {
            prop_assert_eq!(slot, after.get(id), "{}", facts[id.index()].id);
        }
        let names: BTreeSet<String> = posted(&tree).into_iter().map(|(name, _)| name).collect();
        prop_assert!(names.contains("__form") && names.contains("__at"));
    }
}

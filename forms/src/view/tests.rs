//! The sentences of the result, in both languages.

use alloc::string::String;

use serde_json::{Value as Json, json};
use yichuang_engine::Date;

use crate::test_pack::{answers, bundle, calendar};
use crate::{Lang, LoadedBundle, Precheck, Ui, View, view};

fn shown<T>(json: &Json, lang: Lang, ui: impl Fn(&Precheck<'_>) -> Ui, then: impl Fn(View) -> T) -> T {
    let (bundle, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), answers(json));
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-20").unwrap());
    then(view(&precheck, lang, &ui(&precheck)))
}

fn view_of<T>(json: &Json, lang: Lang, then: impl Fn(View) -> T) -> T {
    shown(json, lang, |_| Ui::default(), then)
}

/// All questions answered, with some more.
fn with(more: Json) -> Json {
    let mut json = json!({
        "business.activities": ["catering", "drug_retail"], "applicant.kind": "enterprise",
        "applicant.registered": false, "premises.tenure": "rented", "staff.count": 3, "accepted_on": "2014-11-18",
    });
    if let (Some(all), Json::Object(more)) = (json.as_object_mut(), more) {
        all.extend(more);
    }
    json
}

mod domain;

#[test]
fn verdicts_in_words() {
    for (json, zh, en) in [
        (json!({}), "最多再答 3 题", "At most 3 questions to answer"),
        (with(json!({})), "带 2 份材料，勾一勾有没有", "2 materials to bring: tick what you have"),
        (with(json!({"materials.f01": "missing"})), "还差 1 份材料", "1 material missing"),
        (
            with(json!({"materials.f01": "missing", "materials.f06": "defective"})),
            "还差 1 份材料，另有 1 份有问题",
            "1 material missing, 1 to put right",
        ),
        (
            with(json!({"materials.f01": "provided", "materials.f06": "defective"})),
            "1 份材料有问题",
            "1 material to put right",
        ),
        (with(json!({"materials.f01": "provided", "materials.f06": "provided"})), "可以提交", "Ready to hand in"),
        (
            json!({"business.activities": ["catering", "workshop"]}),
            "所选的事项不能一起办",
            "The chosen items exclude each other",
        ),
        (json!({"business.activities": ["farm_produce"]}), "不用办许可", "No licence is needed"),
        (
            json!({"business.activities": ["drug_wholesale"]}),
            "不予受理：不归本机关管",
            "Not accepted: another authority is competent",
        ),
    ] {
        let headline = |lang| view_of(&json, lang, |view| view.verdict.headline);
        assert_eq!((headline(Lang::Zh).as_str(), headline(Lang::En).as_str()), (zh, en), "{json}");
    }
}

#[test]
fn due_dates_say_what_they_rest_on() {
    for (accepted_on, zh) in
        [(json!("2014-11-18"), "从 11 月 18 日受理算起"), (json!(null), "按 11 月 20 日当天受理计算")]
    {
        let json = with(json!({"accepted_on": accepted_on}));
        assert_eq!(view_of(&json, Lang::Zh, |view| view.dates.unwrap().from), zh);
    }
    let far = with(json!({"accepted_on": "2015-11-30"}));
    let (headline, due) = view_of(&far, Lang::Zh, |view| view.dates.map(|dates| (dates.headline, dates.due))).unwrap();
    assert!(
        headline.starts_with("最早 ") && headline.ends_with("待国务院办公厅公布 2016 年放假安排后确定"),
        "{headline}"
    );
    assert_eq!(due, None);
    let before = with(json!({"accepted_on": "2005-03-01"}));
    let headline = view_of(&before, Lang::Zh, |view| view.dates.unwrap().headline);
    assert_eq!(headline, "日历里没有 2005 年的放假安排，算不出这一天");
}

#[test]
fn a_bad_value_is_shown_in_its_field() {
    let json = with(json!({"staff.count": "三十", "accepted_on": "2014-13-xx"}));
    view_of(&json, Lang::Zh, |view| {
        let question = view.question.unwrap();
        assert_eq!((question.fact.as_str(), question.error.is_some()), ("staff.count", true));
        assert_eq!(
            question.control,
            crate::Control::Number { typed: "三十".into(), unit: "人".into(), is_decimal: false }
        );
        assert_eq!(view.date.typed, ["2014", "13", "xx"].map(String::from));
        assert!(view.date.error.is_some());
        assert_eq!(view.problems.len(), 2);
    });
}

#[test]
fn a_question_left_empty_says_so() {
    let asked = |precheck: &Precheck<'_>| Ui { asked: precheck.decision.next_question, ..Ui::default() };
    let error = shown(&json!({}), Lang::Zh, asked, |view| view.question.unwrap().error);
    assert_eq!(error.as_deref(), Some("请先回答这一题；说不清也是一种回答。"));
    assert_eq!(view_of(&json!({}), Lang::Zh, |view| view.question.unwrap().error), None);
}

#[test]
fn a_conflict_stands_at_the_question_that_settles_it() {
    let json = json!({"business.activities": ["catering", "workshop"]});
    let asked = |precheck: &Precheck<'_>| Ui { asked: precheck.decision.next_question, ..Ui::default() };
    let words = "同一场所不能同时办餐饮和小作坊。";
    for posted in [false, true] {
        let ui = |precheck: &Precheck<'_>| if posted { asked(precheck) } else { Ui::default() };
        shown(&json, Lang::Zh, ui, |view| {
            let question = view.question.unwrap();
            assert_eq!((question.fact.as_str(), question.error.as_deref()), ("business.activities", Some(words)));
            assert_eq!(question.count, "第 1 题，请先改这一题");
            let problems: alloc::vec::Vec<&str> = view.problems.iter().map(|problem| &*problem.message).collect();
            assert_eq!(problems, [words].get(..usize::from(posted)).unwrap());
        });
    }
}

#[test]
fn a_year_is_written_with_four_digits() {
    for (typed, error) in [
        ("14-06-03", "年份写四位，例如 2014-06-03。"),
        ("2014-13-03", "没有这一天，请按年、月、日填写，例如 2014-06-03。"),
        ("-06-03", "没有这一天，请按年、月、日填写，例如 2014-06-03。"),
    ] {
        let said = view_of(&json!({"accepted_on": typed}), Lang::Zh, |view| view.date.error);
        assert_eq!(said.as_deref(), Some(error), "{typed}");
    }
    let wide = json!({"accepted_on": "２０１４-06-03"});
    assert_eq!(view_of(&wide, Lang::Zh, |view| view.date.error), None);
}

#[test]
fn materials_say_why_and_why_not() {
    view_of(&with(json!({})), Lang::Zh, |view| {
        let materials = view.materials.unwrap();
        let names: alloc::vec::Vec<&str> = materials.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["申请书", "租赁合同和房东的房产证"]);
        assert!(materials.rows.iter().all(|row| !row.needed_by.is_empty() && row.state == "unknown"));
        let spared = &materials.spared[0];
        assert_eq!((spared.name.as_str(), spared.id.as_deref()), ("药品经营许可证", Some("f25")));
        assert!(spared.reason.starts_with("这次一并办理"), "{}", spared.reason);
    });
}

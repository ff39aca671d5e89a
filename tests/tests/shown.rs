//! What the page shows of the values of tables.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use serde_json::json;
use yichuang_engine::Date;
use yichuang_forms::forms_print::form_document;
use yichuang_forms::{Answers, Lang, LoadedBundle, Precheck, Ui, document, view};
use yichuang_rules::{compile, read_pack};
use yichuang_tests::corpus::{calendar, repository};

/// The text of a printed form.
fn printed(pack: &str, form: &str, answers: &serde_json::Value) -> String {
    let (id, sources, _) = read_pack(&repository().join("rules/packs").join(pack));
    let bundle = LoadedBundle::new(compile(&id, &sources).0.unwrap());
    let answers = Answers::from_json(&answers.to_string()).unwrap();
    let calendar = calendar();
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::new(2015, 6, 2).unwrap());
    let form = bundle.value.forms.iter().find(|declared| declared.id == form).unwrap();
    document(&form_document(form, &precheck, Lang::Zh))
}

/// The values on the page: their names and what they are.
fn shown(answers: &serde_json::Value) -> Vec<(String, String)> {
    let (id, sources, _) = read_pack(&repository().join("rules/packs/qianjiang/civil-services"));
    let bundle = LoadedBundle::new(compile(&id, &sources).0.unwrap());
    let answers = Answers::from_json(&answers.to_string()).unwrap();
    let calendar = calendar();
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::new(2015, 5, 19).unwrap());
    let values = view(&precheck, Lang::Zh, &Ui::default()).values;
    values.into_iter().map(|value| (value.name, value.text)).collect()
}

#[test]
fn a_table_without_a_matching_row_shows_nothing_and_the_others_go_by_their_outputs() {
    let answers = json!({"citizen.id_no": "42900519550520000X", "services.wanted": ["senior_card"]});
    let expected = [("周岁", "59 岁"), ("优待证怎样办", "当场办好"), ("可以办优待证的日子", "2015 年 5 月 20 日")];
    assert_eq!(shown(&answers), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
}

#[test]
fn a_form_prints_what_a_rule_gives_and_leaves_what_is_open_to_the_hand() {
    let result = |environment: &str| {
        let votes = json!({
            "votes.ndrc_local": "agree", "votes.planning": "agree_with_conditions",
            "votes.land": "agree", "votes.env": environment,
        });
        let sheet = printed("qianjiang/project-settlement", "F-17", &votes);
        let row = sheet.split("data-field=\"result\"").nth(1).unwrap();
        row.split("</tr>").next().unwrap().split("<td").nth(1).unwrap().to_owned()
    };
    assert_eq!(result("agree"), ">附条件通过</td>");
    assert_eq!(result("missing"), ">还没有结论</td>");
    assert_eq!(result("unsure"), " class=\"by-hand\"></td>");
}

#[test]
fn where_nothing_is_to_be_brought_the_page_does_not_say_that_all_of_it_is_there() {
    let (id, sources, _) = read_pack(&repository().join("rules/packs/cn/identity"));
    let bundle = LoadedBundle::new(compile(&id, &sources).0.unwrap());
    let answers = json!({"check.kinds": ["date"], "any.date": "2016-02-29"});
    let (answers, calendar) = (Answers::from_json(&answers.to_string()).unwrap(), calendar());
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::new(2015, 5, 19).unwrap());
    let verdict = view(&precheck, Lang::Zh, &Ui::default()).verdict;
    assert_eq!((verdict.headline.as_str(), verdict.detail.as_str()), ("可以提交", "没有要带的材料。"));
}

use alloc::format;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::Text;

use super::*;
use crate::page::draft_file;
use crate::test_pack::{answers, any_json, bundle, calendar, full_answers};
use crate::{Answer, Bundle, LoadedBundle, document};

fn draft_of(bundle: Bundle, answers: &Answers, lang: Lang) -> Draft {
    let (bundle, calendar) = (LoadedBundle::new(bundle), calendar());
    let on = Date::parse("2014-11-20");
    Draft::of(&Precheck::new(&bundle, &calendar, answers, on.unwrap()), on, lang)
}

/// What is said when a draft is opened under other rules.
fn said(draft: &Draft, now: Bundle) -> Vec<(&'static str, String)> {
    let (bundle, calendar) = (LoadedBundle::new(now), calendar());
    let precheck = Precheck::new(&bundle, &calendar, &draft.answers, Date::parse("2014-11-20").unwrap());
    draft_changes(draft, &precheck, Lang::Zh).into_iter().map(|change| (change.kind, change.message)).collect()
}

#[test]
fn the_same_rules_change_nothing_whatever_the_language() {
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(said(&draft_of(bundle(), &full_answers(), lang), bundle()), []);
        let mut edition = bundle();
        edition.pack.edition = "2099".into();
        assert_eq!(said(&draft_of(bundle(), &full_answers(), lang), edition), [], "a new edition that asks the same");
    }
}

#[test]
fn every_change_is_said_and_no_answer_is_lost() {
    let mut given = full_answers();
    given.set("applicant.name", Answer::Text("某某店".into()));
    let draft = draft_of(bundle(), &given, Lang::Zh);
    let mut now = bundle();
    let facts = &mut now.pack.facts;
    facts[1].name = Text { zh: "主体".into(), en: String::new() };
    if let yichuang_engine::FactKind::Choice(options) = &mut facts[6].kind {
        options[1].id = "let".into();
        options[0].name.zh = "自己的".into();
    }
    facts[4].id = "applicant.title".into();
    facts[5].id = "staff.number".into();
    assert_eq!(
        said(&draft, now),
        [
            ("reworded", "“申请人”现在问的是“主体”，您的回答是“企业”，请看看还对不对。".into()),
            ("new", "新问一题：“从业人数”。".into()),
            ("unreadable", "“经营场所”要重新回答：原来的回答“租赁”现在用不上了，仍然留在草稿里。".into()),
            ("gone", "“名称”不再问了。您的回答“某某店”留在草稿里。".into()),
            ("gone", "“从业人数”不再问了。您的回答“3 人”留在草稿里。".into()),
        ]
    );
    let mut owned = full_answers();
    owned.set("premises.tenure", Answer::Text("owned".into()));
    let mut now = bundle();
    if let yichuang_engine::FactKind::Choice(options) = &mut now.pack.facts[6].kind {
        options[0].name.zh = "自己的".into();
    }
    let renamed = said(&draft_of(bundle(), &owned, Lang::Zh), now);
    assert_eq!(renamed, [("renamed", "“经营场所”的回答“自有”现在叫“自己的”。".into())]);
}

#[test]
fn what_is_no_draft_is_refused_in_words() {
    let refused = |file: &str| Draft::parse(file).unwrap_err().code;
    for (file, code) in [
        ("", "not_json"),
        ("{", "not_json"),
        ("[]", "not_object"),
        ("{}", "no_draft"),
        ("<!doctype html><p>一份别的文件</p>", "no_draft"),
        ("<pre id=\"yichuang-draft\">{&quot;a&quot;:&nbsp;1}</pre>", "no_draft"),
        (r#"{"yichuang":"draft/2","pack":"a/b","answers":{}}"#, "newer_draft"),
        (r#"{"yichuang":"draft/1","answers":{}}"#, "no_draft"),
        (r#"{"yichuang":"draft/1","pack":"a/b","answers":[]}"#, "answers_not_object"),
    ] {
        assert_eq!(refused(file), code, "{file}");
    }
    let bare = Draft::parse("\u{feff}{\"yichuang\":\"draft/1\",\"pack\":\"a/b\",\"answers\":{\"x\":1}}").unwrap();
    assert_eq!((bare.answers.to_json(), bare.facts.len(), bare.on), (r#"{"x":1}"#.into(), 0, None));
}

#[test]
fn the_file_lists_what_was_answered_and_what_could_not_be_read() {
    let given = answers(&json!({
        "applicant.kind": "enterprise", "staff.count": "三", "applicant.registered": {"unsure": true}, "x": [1],
    }));
    let draft = draft_of(bundle(), &given, Lang::Zh);
    let page = document(&draft_file(&draft, "小包", Lang::Zh));
    for row in [("申请人", "企业"), ("从业人数", "三"), ("已领营业执照", "说不清"), ("x", "[1]")] {
        assert!(page.contains(&format!("<th scope=\"row\">{}</th><td>{}</td>", row.0, row.1)), "{row:?} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "the file needs nothing else");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn a_draft_comes_back_from_either_file_as_it_was(
        typed in prop::collection::vec(("[a-z.<&\"']{1,6}|applicant.name", any_json()), 0..6),
        odd in "[\\x00-\\x1f<>&\"'\u{1F600}𠮷]{0,12}", is_english in any::<bool>(),
    ) {
        let mut given = answers(&Json::Object(typed.into_iter().collect()));
        given.set("applicant.name", Answer::Text(odd));
        let lang = if is_english { Lang::En } else { Lang::Zh };
        let draft = draft_of(bundle(), &given, lang);
        let json = Draft::parse(&draft.to_json()).unwrap();
        prop_assert_eq!(json.answers.to_json(), given.to_json());
        prop_assert_eq!(&json.facts.len(), &draft.facts.len());
        let html = Draft::parse(&document(&draft_file(&draft, "<小包>&", lang))).unwrap();
        prop_assert_eq!(html.to_json(), json.to_json());
    }

    #[test]
    fn no_file_brings_the_reader_down(file in "(<pre id=\"yichuang-draft\">)?.{0,40}(</pre>)?") {
        drop(Draft::parse(&file));
    }
}

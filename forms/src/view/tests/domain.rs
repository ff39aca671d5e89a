//! What a pack can say besides items and materials, each added to the small pack.

use alloc::vec::Vec;
use serde_json::json;

use yichuang_engine::{Assumed, Ending, FactId, FactKind, FactRole, Lit, VersionsBy};

use super::*;
use crate::forms_print::form_sheet;
use crate::words::text;
use crate::{Bundle, html};

/// The view of the small pack after a change.
fn changed<T>(change: impl Fn(&mut Bundle), json: &Json, lang: Lang, then: impl Fn(View) -> T) -> T {
    let mut bundle = bundle();
    change(&mut bundle);
    let (bundle, calendar, answers) = (LoadedBundle::new(bundle), calendar(), answers(json));
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-20").unwrap());
    then(view(&precheck, lang, &Ui::default()))
}

fn by_receipt(bundle: &mut Bundle) {
    let pack = &mut bundle.pack;
    let mut received = pack.fact("accepted_on").unwrap().1.clone();
    (received.id, received.name, received.kind) = ("received_on".into(), text("收件日期", ""), FactKind::Date);
    (received.role, received.assumed) = (FactRole::RequestDate, Some(Assumed::Today));
    pack.facts.push(received);
    (pack.versions.by, pack.versions.date) = (VersionsBy::Received, FactId::new(pack.facts.len() - 1));
}

#[test]
fn the_date_that_selects_versions_has_a_field_of_its_own() {
    let hints = |given, lang| {
        changed(by_receipt, &with(given), lang, |view| {
            let other = view.other_dates.first().unwrap();
            (other.fact.clone(), other.hint.clone(), view.date.hint, view.head.rules_day)
        })
    };
    let expected =
        |hint: &str, accepted: &str, day: &str| ("received_on".into(), hint.into(), accepted.into(), day.into());
    assert_eq!(
        hints(json!({}), Lang::Zh),
        expected("没有填，按 2014 年 11 月 20 日计算", "时限从这一天起算", "2014 年 11 月 20 日")
    );
    assert_eq!(
        hints(json!({"received_on": "2014-11-03"}), Lang::En),
        expected("pre-checked by the rules in force on this day", "periods run from this day", "3 November 2014")
    );
    assert_eq!(
        hints(json!({"received_on": "2014-11-31"}), Lang::Zh),
        expected("先按 2014 年 11 月 20 日计算", "时限从这一天起算", "2014 年 11 月 20 日")
    );
}

/// The pack with its period and the last days of some of its parts.
fn ending(from: Option<&str>, ends: &[(&str, &str, &str, Lit)]) -> impl Fn(&mut Bundle) + use<> {
    let from = from.and_then(Date::parse);
    let endings: Vec<Ending> = ends
        .iter()
        .map(|(what, name, to, concerns)| Ending {
            what: (*what).into(),
            id: "x".into(),
            name: text(*name, ""),
            to: Date::parse(to).unwrap(),
            concerns: *concerns,
        })
        .collect();
    move |bundle| (bundle.pack.versions.from, bundle.pack.versions.endings) = (from, endings.clone())
}

#[test]
fn rules_that_do_not_reach_to_the_day_are_said_in_one_line() {
    let said = |change: &dyn Fn(&mut Bundle), lang| {
        changed(change, &with(json!({})), lang, |view| {
            let notice =
                view.notices.iter().find(|notice| notice.label == lang.word("规定的期限", "Period of the rules"));
            notice.map(|notice| notice.message.clone()).unwrap_or_default()
        })
    };
    let param = ("param", "承诺上限", "2014-11-17", Lit::TRUE);
    let not_yet = ending(Some("2014-11-19"), &[param]);
    assert_eq!(said(&not_yet, Lang::Zh), "这里的规定从 2014 年 11 月 19 日起执行，现在只供参考。");
    let over = ending(None, &[param, ("pack", "小证合一", "2014-11-17", Lit::TRUE)]);
    assert_eq!(said(&over, Lang::Zh), "这里的规定只到 2014 年 11 月 17 日，请到窗口问现在怎么办。");
    let numbers = ending(None, &[param, ("item", "旧许可", "2014-11-17", Lit::FALSE)]);
    assert_eq!(said(&numbers, Lang::Zh), "承诺上限：还没有录入现在的规定，请到窗口问。");
    let last_day = ending(Some("2014-11-18"), &[("param", "承诺上限", "2014-11-18", Lit::TRUE)]);
    assert_eq!(said(&last_day, Lang::Zh), "");
    assert_eq!(
        said(&numbers, Lang::En),
        "The present rules on 承诺上限 are not recorded here; please ask at the window."
    );
}

#[test]
fn what_the_window_judges_is_listed() {
    let listed = |given: Json, lang| {
        view_of(&given, lang, |view| view.to_be_judged.into_iter().map(|one| one.words).collect::<Vec<_>>())
    };
    let (distance, always) = ("第十二条：药店之间的距离要现场看（药品零售许可）", "第十二条：“便民”怎样算由窗口判断");
    assert_eq!(listed(json!({}), Lang::Zh), [""; 0], "nothing is certain yet");
    assert_eq!(listed(with(json!({"business.activities": {"unsure": true}})), Lang::Zh), [distance, always]);
    assert_eq!(listed(json!({"business.activities": ["catering"]}), Lang::Zh), [always]);
    assert_eq!(
        listed(with(json!({})), Lang::En).first().map(String::as_str),
        Some("第十二条: 药店之间的距离要现场看 (药品零售许可)")
    );
}

#[test]
fn copies_for_each_item_are_added_up() {
    let form = |given: Json, lang| {
        view_of(&given, lang, |view| view.materials.and_then(|list| list.rows.first().map(|row| row.form.clone())))
    };
    let two = with(json!({}));
    assert_eq!(form(two.clone(), Lang::Zh).as_deref(), Some("原件 1 份，复印件 2 份"));
    assert_eq!(form(two, Lang::En).as_deref(), Some("1 original, 2 copies"));
    let perhaps_more = json!({"business.activities": ["catering", "drug_retail"]});
    assert_eq!(form(perhaps_more.clone(), Lang::Zh).as_deref(), Some("原件 1 份，复印件至少 1 份"));
    assert_eq!(form(perhaps_more, Lang::En).as_deref(), Some("1 original, at least 1 copy"));
}

#[test]
fn several_authorities_are_said_in_one_sentence() {
    let said = |given: Json, lang| view_of(&given, lang, |view| view.authorities);
    assert_eq!(said(with(json!({})), Lang::Zh), "市食药监局牵头，市卫生局（药品零售许可）协办");
    assert_eq!(said(with(json!({})), Lang::En), "市食药监局 leads; with 市卫生局 (药品零售许可)");
    assert_eq!(said(with(json!({"business.activities": ["catering"]})), Lang::Zh), "");
    assert_eq!(said(json!({}), Lang::Zh), "");
}

#[test]
fn a_copy_notice_prints_the_other_authorities() {
    let (bundle, calendar) = (LoadedBundle::new(bundle()), calendar());
    let printed = |given: Json| {
        let answers = answers(&given);
        let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-20").unwrap());
        let form = bundle.value.forms.first().unwrap();
        html(&form_sheet(form, &precheck, Lang::Zh))
    };
    assert!(printed(with(json!({}))).contains("<li>市卫生局（药品零售许可）</li>"));
    let alone = printed(with(json!({"business.activities": ["catering"]})));
    assert!(alone.contains("协办机关</th><td>无</td>"), "{alone}");
}

#[test]
fn a_pack_that_says_nothing_of_fees_does_not_say_that_there_is_none() {
    let silent = |bundle: &mut Bundle| bundle.pack.fees.clear();
    for given in [json!({}), with(json!({"business.activities": ["catering"]}))] {
        assert_eq!(changed(silent, &given, Lang::Zh, |view| view.fees), "");
        let page = changed(silent, &given, Lang::Zh, |view| html(&crate::page::precheck(&view)));
        assert!(!page.contains("收费"), "{page}");
    }
}

#[test]
fn fees_are_said_in_one_sentence() {
    let said = |given: Json, lang| view_of(&given, lang, |view| view.fees);
    assert_eq!(said(with(json!({})), Lang::Zh), "工本费 10.51 元，减免 50%，实付 5.26 元；办好后再交");
    assert_eq!(
        said(with(json!({})), Lang::En),
        "工本费 10.51 yuan, 50% relieved, pay 5.26 yuan; paid after the service"
    );
    assert_eq!(said(with(json!({"premises.tenure": "owned"})), Lang::Zh), "工本费 10.51 元；办好后再交");
    assert_eq!(said(with(json!({"business.activities": ["catering"]})), Lang::Zh), "不收费");
    assert_eq!(
        said(with(json!({"premises.tenure": null})), Lang::Zh),
        "工本费 10.51 元，能不能减免还定不下来，取决于：经营场所；办好后再交"
    );
    assert_eq!(said(json!({}), Lang::Zh), "收费还定不下来，取决于：经营活动、经营场所；办好后再交");
}

#[test]
fn what_hangs_on_the_unsure_alone_is_asked_at_the_window() {
    let lines = |given: Json, lang| {
        view_of(&with(given), lang, |view| {
            let note = view.materials.and_then(|list| list.rows.get(1).map(|row| row.note.clone()));
            (note.unwrap_or_default(), view.fees)
        })
    };
    let (note, fees) = lines(json!({"premises.tenure": {"unsure": true}}), Lang::Zh);
    assert_eq!(note, "到窗口问：经营场所");
    assert_eq!(fees, "工本费 10.51 元，能不能减免还定不下来，到窗口问：经营场所；办好后再交");
    let (note, _) = lines(json!({"premises.tenure": {"unsure": true}}), Lang::En);
    assert_eq!(note, "Ask at the window: 经营场所");
    let (note, _) = lines(json!({"premises.tenure": null}), Lang::Zh);
    assert_eq!(note, "取决于：经营场所");
}

//! What a pack can say besides items and materials, each added to the small pack.

use serde_json::json;
use yichuang_engine::{Assumed, FactId, FactKind, FactRole, VersionsBy};

use super::*;
use crate::Bundle;
use crate::words::text;

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

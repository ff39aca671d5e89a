use alloc::string::ToString;
use alloc::vec::Vec;

use yichuang_engine::Date;

use crate::page::precheck as page;
use crate::test_pack::{answers, calendar, full_answers, layered};
use crate::{Lang, LoadedBundle, Precheck, Ui, View, html, view};

fn shown<T>(lang: Lang, then: impl Fn(View) -> T) -> T {
    let (bundle, calendar, answers) = (LoadedBundle::new(layered()), calendar(), full_answers());
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-20").unwrap());
    then(view(&precheck, lang, &Ui::default()))
}

#[test]
fn what_is_otherwise_is_said_in_both_languages() {
    let texts = |view: View| view.head.overrides.iter().map(|change| change.text.to_string()).collect::<Vec<_>>();
    assert_eq!(shown(Lang::Zh, texts), ["材料「药品经营许可证」：要交 → 免交", "收费「工本费」：增加"]);
    assert_eq!(shown(Lang::En, texts), ["material `drug licence`: asked for → waived", "fee `seal`: added"]);
}

#[test]
fn a_waived_material_is_spared_with_its_basis() {
    let reason = |view: View| {
        let spared = view.materials.unwrap().spared;
        spared.iter().find(|spared| spared.id.as_deref() == Some("f25")).map(|spared| spared.reason.clone()).unwrap()
    };
    assert_eq!(shown(Lang::Zh, reason), "这里免交，依据：为试算而定（本包默认，没有法律效力）");
    assert_eq!(shown(Lang::En, reason), "not asked for here: 为试算而定 (default of this pack, no legal force)");
}

#[test]
fn the_page_has_the_differences_one_tap_away_and_only_where_there_are_any() {
    let document = shown(Lang::Zh, |view| html(&page(&view)));
    assert!(document.contains("<summary>和上级规定不同的地方（2"), "{document}");
    assert!(document.contains("收费「工本费」：增加"), "{document}");
    let (bundle, calendar, answers) =
        (LoadedBundle::new(crate::test_pack::bundle()), calendar(), answers(&serde_json::json!({})));
    let plain = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-20").unwrap());
    assert!(!html(&page(&view(&plain, Lang::Zh, &Ui::default()))).contains("和上级规定"));
}

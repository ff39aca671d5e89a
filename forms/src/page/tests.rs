//! The page as a whole: what must hold of every tree, whatever the answers are.

extern crate std;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{Date, Slot, from_bytes, to_bytes};

use super::{Card, Site, catalogue_document, error_document, precheck, precheck_document};
use crate::test_pack::{answers, any_json, bundle, calendar, full_answers};
use crate::{Answers, Bundle, Element, Lang, LoadedBundle, Precheck, Tree, Ui, document, f00, forms_print, html, view};

pub(super) const SITE: Site<'_> =
    Site {
        hall: "莆田市行政服务中心", pack_url: "/packs/1.ycp", calendar_url: "/calendars/1", key: "", on: None
    };

/// Documents of answers that together show every part of the page.
fn samples() -> Vec<Answers> {
    let refused = json!({"business.activities": ["drug_wholesale"]});
    let conflict = json!({"business.activities": ["catering", "workshop"]});
    let bad = json!({"accepted_on": "2014-13-45", "applicant.kind": "雇主", "staff.count": "三", "x": 1});
    let lacking = json!({
        "business.activities": ["drug_retail"], "applicant.kind": "enterprise", "applicant.registered": true,
        "applicant.uscc": "", "staff.count": {"unsure": true}, "premises.tenure": "owned",
        "materials.f01": "missing", "materials.f06": "defective",
    });
    let far = json!({"business.activities": ["catering"], "accepted_on": "2015-11-30", "staff.count": 0});
    let mut samples: Vec<Answers> = [refused, conflict, bad, lacking, far].iter().map(answers).collect();
    samples.extend([Answers::new(), full_answers()]);
    samples
}

fn with_view<T>(
    bundle: &LoadedBundle,
    answers: &Answers,
    lang: Lang,
    ui: &Ui,
    then: impl Fn(&Precheck<'_>, &crate::View) -> T,
) -> T {
    let calendar = calendar();
    let precheck = Precheck::new(bundle, &calendar, answers, Date::parse("2014-11-20").unwrap());
    then(&precheck, &view(&precheck, lang, ui))
}

/// Every document that can be made from some answers.
fn documents(bundle: &LoadedBundle, answers: &Answers, lang: Lang) -> Vec<Tree> {
    let questions = (0..bundle.value.pack.facts.len()).map(|place| Some(yichuang_engine::FactId::new(place)));
    let mut documents = Vec::new();
    for open in questions.chain([None]) {
        let ui = Ui { open, asked: open, large: open.is_some() };
        documents.push(with_view(bundle, answers, lang, &ui, |_, view| precheck_document(view, &SITE)));
    }
    documents.extend(with_view(bundle, answers, lang, &Ui::default(), |precheck, view| {
        let forms = bundle.value.forms.iter().map(|form| forms_print::form_document(form, precheck, lang));
        forms.chain([f00::f00_document(view)]).collect::<Vec<_>>()
    }));
    let cards = [Card::of(&bundle.value.pack, lang)];
    documents.extend([catalogue_document(&cards, lang, &SITE), error_document(404, "x", lang, &SITE)]);
    documents
}

pub(super) fn elements(tree: &Tree) -> Vec<&Element> {
    let Tree::Element(element) = tree else { return Vec::new() };
    let mut all = Vec::from([element]);
    all.extend(element.children.iter().flat_map(elements));
    all
}

#[test]
fn every_tree_keeps_the_policy_and_has_each_id_and_key_once() {
    let bundle = LoadedBundle::new(bundle());
    for (answers, lang) in samples().iter().flat_map(|answers| [(answers, Lang::Zh), (answers, Lang::En)]) {
        documents(&bundle, answers, lang).iter().for_each(is_sound);
    }
}

/// The tree keeps the policy, has each id and key once, and refers to nothing that is not there.
pub(super) fn is_sound(tree: &Tree) {
    let all = elements(tree);
    let mut ids = BTreeSet::new();
    for element in &all {
        assert!(!element.attrs.iter().any(|(name, _)| *name == "style" || name.starts_with("on")));
        assert!(element.tag != "script" || element.children.is_empty());
        assert!(element.get("id").is_none_or(|id| ids.insert(id)), "{:?} twice", element.get("id"));
        let keys: Vec<&String> = element.children.iter().filter_map(key).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
    }
    for element in &all {
        let refers = ["aria-labelledby", "aria-describedby", "for"].iter().filter_map(|name| element.get(name));
        refers.flat_map(str::split_whitespace).for_each(|id| assert!(ids.contains(id), "no {id}"));
    }
}

pub(super) fn key(tree: &Tree) -> Option<&String> {
    match tree {
        Tree::Element(element) => element.key.as_ref(),
        Tree::Text(_) => None,
    }
}

#[test]
fn an_english_page_has_no_chinese_but_that_of_the_pack() {
    let bundle: Bundle = from_bytes(&latinised(to_bytes(&bundle()))).unwrap();
    let bundle = LoadedBundle::new(bundle);
    let allowed = ["中文", "莆田市行政服务中心"];
    for answers in samples() {
        if answers.get("x").is_some() {
            continue; // What was typed is shown as typed.
        }
        for tree in documents(&bundle, &answers, Lang::En) {
            let text = allowed.iter().fold(document(&tree), |text, word| text.replace(word, ""));
            let chinese: String = text.chars().filter(|c| crate::typography::is_chinese(*c)).collect();
            assert_eq!(chinese, "");
        }
    }
}

/// The bytes of compiled texts with three letters in the place of every character of three bytes, as the
/// Chinese ones are, so that all lengths stay.
pub(super) fn latinised(mut bytes: Vec<u8>) -> Vec<u8> {
    for place in 2..bytes.len() {
        if let Ok(text) = core::str::from_utf8(&bytes[place - 2..=place])
            && text.chars().count() == 1
        {
            bytes[place - 2..=place].fill(b'x');
        }
    }
    bytes
}

/// The fields that a browser posts when the button 下一步 is pressed.
pub(super) fn posted(tree: &Tree) -> Vec<(String, String)> {
    let successful = |element: &&Element| match element.get("type") {
        Some("radio" | "checkbox") => element.get("checked").is_some(),
        kind => element.tag == "textarea" || element.tag == "input" && kind.is_some(),
    };
    let fields = elements(tree).into_iter().filter(successful);
    fields.filter_map(|field| Some((field.get("name")?.to_string(), field.get("value")?.to_string()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_known_survives_a_round_through_the_page(
        typed in prop::collection::vec((0_usize..11, any_json()), 0..8), shown in 0_usize..12,
    ) {
        let bundle = LoadedBundle::new(bundle());
        let facts = &bundle.value.pack.facts;
        let entries = typed.into_iter().map(|(place, json)| (facts[place].id.clone(), json));
        let given = answers(&Json::Object(entries.collect()));
        let ui = Ui { open: (shown < facts.len()).then(|| yichuang_engine::FactId::new(shown)), ..Ui::default() };
        let (before, fields) = with_view(&bundle, &given, Lang::Zh, &ui, |precheck, view| (precheck.facts.clone(), posted(&precheck_tree(view))));
        let (after, _) = crate::read(&bundle.value.pack, &Answers::from_fields(&bundle.value.pack, fields));
        for (id, slot) in before.iter().filter(|(_, slot)| **slot != Slot::Unknown) {
            prop_assert_eq!(slot, after.get(id), "{}", facts[id.index()].id);
        }
    }
}

fn precheck_tree(view: &crate::View) -> Tree {
    precheck(view)
}

/// Compares with a file beside this one; `UPDATE_EXPECT=1` writes it anew.
pub(super) fn check(name: &str, tree: &Tree) {
    let path = format!("{}/src/page/expected/{name}.html", env!("CARGO_MANIFEST_DIR"));
    let got = html(tree).replace("><", ">\n<") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &got).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == got, "{path} differs; see it with UPDATE_EXPECT=1 and read the diff");
}

#[test]
fn the_bar_of_a_phone_leaves_out_a_day_that_cannot_be_given() {
    let bundle = LoadedBundle::new(bundle());
    for (accepted_on, has_day) in [("2014-11-18", true), ("2015-11-30", true), ("1800-01-01", false)] {
        let mut answers = full_answers();
        answers.set("accepted_on", crate::Answer::Text(accepted_on.into()));
        let page = with_view(&bundle, &answers, Lang::Zh, &Ui::default(), |_, view| precheck(view));
        let bar = elements(&page).into_iter().any(|element| element.get("class") == Some("when"));
        assert_eq!(bar, has_day, "{accepted_on}");
    }
}

#[test]
fn the_pages_of_a_small_pack() {
    let bundle = LoadedBundle::new(bundle());
    let shown = |answers: &Answers, lang| {
        with_view(&bundle, answers, lang, &Ui::default(), |_, view| {
            let view =
                crate::View { head: crate::Head { receipt: "0000·0000".into(), ..view.head.clone() }, ..view.clone() };
            precheck(&view)
        })
    };
    check("start", &shown(&Answers::new(), Lang::Zh));
    check("ready", &shown(&full_answers(), Lang::Zh));
    check("ready.en", &shown(&full_answers(), Lang::En));
}

//! The joint plan on paper: its picture and its table.

use yichuang_engine::Date;
use yichuang_forms::{Answers, Lang, Precheck, Ui, page, view};
use yichuang_paper::Sheet;

use crate::poppler;
use crate::reading::bare;
use crate::sheets::{CALENDAR, pdf, root, small_pack};

#[test]
fn a_joint_plan_is_drawn_and_listed() {
    let bundle = small_pack(&std::fs::read_to_string(root("tests/corpus/joint/pack.yaml")).unwrap());
    let answers = Answers::from_json(r#"{"serial": false, "allocation": true, "dig": true, "length": 18}"#).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let precheck = Precheck::new(&bundle, &CALENDAR, &answers, Date::parse("2015-03-02").unwrap());
        let tree = page::plan_on_paper(&view(&precheck, lang, &Ui::default())).unwrap();
        let pdf = pdf(&Sheet { tree, lang, receipt: Some(precheck.receipt.code.clone()), case: None });
        let text: String = poppler::pages(&pdf).iter().map(|page| bare(page)).collect();
        for name in ["选址", "勘测", "挖掘道路", "设计", "许可", "供地"] {
            // In the picture and in the table.
            assert!(text.matches(name).count() >= 2, "{name}\n{text}");
        }
        assert!(text.contains("国土局") && text.contains("46"), "{text}");
        assert!(poppler::tags(&pdf).iter().filter(|tag| tag.contains("Figure")).count() >= 2);
    }
}

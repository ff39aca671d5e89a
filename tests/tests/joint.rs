//! Joint plans of packs: how long a plan takes is computed twice, by the pack's own numbers and by the
//! schedule, and a circle is refused exactly where some answers close it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what cannot be read fails the test")]

use std::cell::Cell;
use std::fmt::Write as _;

use proptest::prelude::*;
use yichuang_engine::schedule::{Mode, Task, schedule, serial_order};
use yichuang_engine::{Date, FactId, Facts, Quantity, Slot, Value, decide};
use yichuang_forms::{Answers, Lang, Precheck, Ui, html, page, view};
use yichuang_rules::{Code, Source, compile};
use yichuang_tests::corpus::{calendar, load};
use yichuang_tests::random::check;

/// When something holds: always, or by one of three answers.
#[derive(Clone, Copy, Debug)]
enum When {
    Always,
    Answer(usize, bool),
}

impl When {
    fn text(self) -> String {
        match self {
            When::Always => "真".to_owned(),
            When::Answer(fact, true) => format!("f{fact}"),
            When::Answer(fact, false) => format!("非 f{fact}"),
        }
    }

    fn holds(self, answers: [bool; 3]) -> bool {
        match self {
            When::Always => true,
            When::Answer(fact, wanted) => answers[fact] == wanted,
        }
    }
}

#[derive(Clone, Debug)]
struct Step {
    days: u32,
    when: When,
    after: Vec<(usize, When)>,
    survey: Option<(u16, u32)>,
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![2 => Just(When::Always), 3 => (0..3_usize, any::<bool>()).prop_map(|(fact, wanted)| When::Answer(fact, wanted))]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    (2..8_usize).prop_flat_map(|count| {
        let after = prop::collection::vec((0..count, when()), 0..3);
        let survey = prop::option::weighted(0.3, (0..2_u16, 0..4_u32));
        let step = (0..12_u32, when(), after, survey).prop_map(|(days, when, after, survey)| Step {
            days,
            when,
            after,
            survey,
        });
        prop::collection::vec(step, count)
    })
}

fn pack(steps: &[Step]) -> String {
    let mut text = "规则包: {名称: 随机, 版本: 1}\n窗口: {地区: 市, 机关: 中心, 依据: 本包默认 例}\n情形:\n".to_owned();
    text += "  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}\n";
    for fact in 0..3 {
        writeln!(text, "  - {{id: f{fact}, 名称: 情形{fact}, 类型: 是否, 问法: 是吗？}}").unwrap();
    }
    text += "  - {id: serial, 名称: 串着办, 类型: 是否, 问法: 是吗？}\n";
    text += "事项: [{id: it, 名称: 项目, 申请条件: 真, 法定时限: 无, 依据: 本包默认 例}]\n";
    text += "联办:\n  串联: 串着办\n  依据: 本包默认 例\n  环节:\n";
    for (place, step) in steps.iter().enumerate() {
        write!(text, "    - {{id: s{place}, 名称: 环节{place}, 天数: {}, 条件: {}", step.days, step.when.text())
            .unwrap();
        let after: Vec<String> =
            step.after.iter().map(|(need, when)| format!("{{环节: s{need}, 条件: {}}}", when.text())).collect();
        if !after.is_empty() {
            write!(text, ", 前置: [{}]", after.join(", ")).unwrap();
        }
        if let Some((survey, days)) = step.survey {
            write!(text, ", 踏勘: {{名称: 踏勘{survey}, 天数: {}}}", days.min(step.days)).unwrap();
        }
        text += "}\n";
    }
    text
}

fn tasks(steps: &[Step], answers: [bool; 3], serial: bool) -> Vec<Task> {
    // A pack numbers its surveys as it names them.
    let first = steps.iter().find_map(|step| step.survey).map_or(0, |(survey, _)| survey);
    let number = |survey: u16| u16::from(survey != first);
    let task = |step: &Step| Task {
        days: step.days,
        mode: if serial { Mode::Serial } else { Mode::Joint },
        applies: step.when.holds(answers),
        after: step.after.iter().filter(|(_, when)| when.holds(answers)).map(|(need, _)| *need).collect(),
        survey: step.survey.map(|(survey, days)| (number(survey), days.min(step.days))),
        ..Task::default()
    };
    steps.iter().map(task).collect()
}

fn all_answers() -> impl Iterator<Item = ([bool; 3], bool)> {
    (0..16_u8).map(|bits| ([bits & 1 > 0, bits & 2 > 0, bits & 4 > 0], bits & 8 > 0))
}

#[test]
fn the_numbers_of_the_pack_and_the_schedule_agree() {
    let (compiled, refused) = (Cell::new(0), Cell::new(0));
    let calendar = calendar();
    check(600, &steps(), |steps| {
        let closes = |(answers, serial): ([bool; 3], bool)| schedule(&tasks(&steps, answers, serial)).is_err();
        let circle = all_answers().any(closes);
        let source = Source { name: "pack.yaml".to_owned(), text: pack(&steps) };
        let (bundle, diagnostics) = compile("random", &[source]);
        prop_assert_eq!(circle, diagnostics.iter().any(|one| one.code == Code::Circle), "{:#?}", diagnostics);
        let Some(bundle) = bundle else {
            prop_assert!(circle, "{:#?}", diagnostics);
            refused.set(refused.get() + 1);
            return Ok(());
        };
        compiled.set(compiled.get() + 1);
        let fact = |id: &str| bundle.pack.fact(id).unwrap().0;
        for (answers, serial) in all_answers() {
            let mut facts = Facts::new(bundle.pack.facts.len());
            let mut set = |fact: FactId, value: bool| facts.set(fact, Slot::Known(Value::Bool(value)));
            (0..3).for_each(|place| set(fact(&format!("f{place}")), answers[place]));
            set(fact("serial"), serial);
            let decision = decide(&bundle.pack, &calendar.value, &facts, Date::new(2014, 3, 3).unwrap());
            let joint = decision.joint.get().cloned().unwrap();
            let tasks = tasks(&steps, answers, serial);
            let expected = schedule(&tasks).unwrap();
            prop_assert_eq!(&joint.days, &Quantity::Known(expected.joint_days.into()));
            prop_assert_eq!(&joint.scheduled.unwrap().schedule, &expected);
            prop_assert!(expected.joint_days <= expected.serial_days);
            prop_assert!(serial_order(&tasks).is_ok());
        }
        Ok(())
    });
    let (compiled, refused) = (compiled.get(), refused.get());
    assert!(compiled > 100 && refused > 100, "{compiled} compiled, {refused} refused");
}

/// The page of the corpus pack under some answers.
fn drawn(on: &str, answers: &str, lang: Lang) -> String {
    let bundle = load("tests/corpus/joint").bundle;
    let calendar = calendar();
    let answers = Answers::from_json(answers).unwrap();
    let decided = Precheck::new(&bundle, &calendar, &answers, Date::parse(on).unwrap());
    html(&page::precheck(&view(&decided, lang, &Ui::default())))
}

#[test]
fn the_picture_and_the_list_say_the_same() {
    let answers = r#"{"serial": false, "allocation": true, "dig": true, "length": 18}"#;
    for lang in [Lang::Zh, Lang::En] {
        let page = drawn("2015-03-02", answers, lang);
        let card = page.split("class=\"card joint\"").nth(1).unwrap();
        let (picture, list) = card.split_once("</svg>").unwrap();
        assert_eq!(picture.matches("<rect class=\"work").count(), 6, "{picture}");
        assert_eq!(picture.matches("<rect class=\"work critical\"").count(), 4);
        assert_eq!(picture.matches("<rect class=\"slack\"").count(), 2);
        assert_eq!(picture.matches("<rect class=\"survey\"").count(), 1);
        assert_eq!(picture.matches("<rect class=\"lane\"").count(), 4);
        // Nine weekends and Qingming with the weekend before it.
        assert_eq!(picture.matches("<rect class=\"rest\"").count(), 9);
        assert!(picture.contains("role=\"img\"") && picture.contains("aria-labelledby=\"plan-title plan-words\""));
        assert_eq!(list.matches("data-step=").count(), 6);
        assert_eq!(list.matches("class=\"star\"").count(), 4);
        let warned = if lang == Lang::Zh { "超过了四十五个工作日" } else { "More than 45 workdays" };
        assert!(card.contains(warned), "{card}");
    }
}

#[test]
fn an_open_plan_says_on_what_it_hangs_and_draws_nothing() {
    let page = drawn("2015-03-02", r#"{"serial": false, "dig": false}"#, Lang::Zh);
    let card = page.split("class=\"card joint\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(card.contains("联办计划还定不下来") && card.contains("长度") && !card.contains("<svg"), "{card}");
}

#[test]
fn days_that_no_notice_has_settled_are_shaded_otherwise() {
    let answers = r#"{"serial": false, "allocation": true, "dig": false, "length": 30}"#;
    let page = drawn("2026-12-01", answers, Lang::Zh);
    let card = page.split("class=\"card joint\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(card.contains("<rect class=\"unsettled\"") && card.contains("最早"), "{card}");
}

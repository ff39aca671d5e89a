//! The JSON Schema of every form, judged by the `jsonschema` crate: on drawn answers it takes and
//! refuses what our own checks take and refuse, but for what it is said not to express.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what does not work fails the test"
)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert};
use serde_json::{Map, Value as Json, json};
use yichuang_engine::{Date, Fact, FactKind, FactRole, NumberShape, TextFormat};
use yichuang_forms::{
    Answers, Extent, Filling, Form, Go, Lang, Layout, LoadedBundle, Precheck, filling, form_schema, number_text,
};
use yichuang_rules::{Source, compile, render, sorted};
use yichuang_tests::small::Tape;
use yichuang_tests::{corpus, random};

/// Conditions of every kind that can be written, and some that cannot.
const CONDITIONS: &str = r#"
pack: {name: 包, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}
  - {id: going, name: 要办, type: bool}
  - {id: fresh, name: 新办, type: bool}
  - {id: kind, name: 类型, type: choice, options: [{id: a, name: 甲}, {id: b, name: 乙}, {id: c, name: 丙}, {id: d, name: a}]}
  - {id: trades, name: 行业, type: choices, options: [{id: x, name: 餐饮}, {id: y, name: 药品}, {id: z, name: 器械}]}
  - {id: word, name: 一句, type: text}
  - {id: code, name: 代码, type: text, format: uscc, none: 没有}
  - {id: count, name: 人数, type: integer, min: 1, max: 500}
  - {id: day, name: 哪天, type: date}
  - {id: late, name: 晚问的, type: text, ask_if: going}
  - {id: early, name: 早问的, type: integer, ask_if: count < 5}
  - {id: gate, name: 都成立, type: text}
  - {id: some, name: 有的成立, type: text}
  - {id: has, name: 有餐饮, type: decimal, places: 3}
  - {id: lacks, name: 没有餐饮, type: money}
  - {id: said, name: 说了, type: text, format: org_code}
  - {id: coded, name: 有代码, type: text, format: landline}
  - {id: many, name: 人多, type: text, format: multiline}
  - {id: past, name: 过去, type: text}
  - id: staff
    name: 人员
    type: table
    max_rows: 2
    columns:
      - {id: name, name: 姓名, type: text, format: person_name}
      - {id: pay, name: 工资, type: money, min: 0}
      - {id: trades, name: 行业, type: choices, options: [{id: x, name: 餐饮}, {id: y, name: 药品}]}
items:
  - {id: i, name: 许可, selected: going, statutory: {days: 1, basis: pack-default x}, basis: pack-default x}
documents:
  - {id: F-1, name: 申请表, at: application}
forms:
  - id: F-1
    name: 申请表
    sections:
      - title: 甲
        fields:
          - {id: going, label: 要办, fact: going}
          - {id: fresh, label: 新办, fact: fresh, required: no}
          - {id: kind, label: 类型, fact: kind, required: fresh}
          - {id: trades, label: 行业, fact: trades}
          - {id: word, label: 一句, fact: word, required: no, checks: [{when: word == "错" && kind == a, message: 不能这样写。}]}
          - {id: code, label: 代码, fact: code, required: kind == a || kind == b}
          - {id: count, label: 人数, fact: count, required: no, checks: [{when: count > 400, message: 太多。}]}
          - {id: day, label: 哪天, fact: day, required: no}
      - title: 乙
        fields:
          - {id: late, label: 晚问的, fact: late}
          - {id: early, label: 早问的, fact: early}
          - {id: gate, label: 都成立, fact: gate, when: going && fresh && kind != a, required: 'kind in [b, c]'}
          - {id: some, label: 有的成立, fact: some, required: 'going && (fresh || !(kind == b && word == "好"))'}
          - {id: has, label: 有餐饮, fact: has, required: x in trades}
          - {id: lacks, label: 没有餐饮, fact: lacks, when: '!(x in trades)'}
          - {id: said, label: 说了, fact: said, when: word == "好" || word != "坏" && fresh}
          - {id: coded, label: 有代码, fact: coded, required: code != ""}
          - {id: many, label: 人多, fact: many, required: count > 5}
          - {id: past, label: 过去, fact: past, when: day < date("2014-01-01")}
          - {id: staff, label: 人员, fact: staff, required: going}
"#;

fn draw_blank(tape: &mut Tape<'_>) -> Json {
    [json!(""), json!("  "), json!("\u{3000}"), json!(null), json!([])][tape.below(5)].clone()
}

/// The same in the characters of full width, or with spaces around.
fn dressed(tape: &mut Tape<'_>, plain: &str) -> String {
    let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c };
    match tape.below(6) {
        3 => plain.chars().map(wide).collect(),
        4 => format!(" {plain}\u{3000}"),
        5 => plain.to_ascii_lowercase(),
        _ => plain.into(),
    }
}

fn good(tape: &mut Tape<'_>, fact: &Fact) -> Json {
    if tape.rarely(12) {
        return json!({"unsure": true});
    }
    match &fact.kind {
        FactKind::Bool => {
            let words =
                [json!(true), json!(false), json!("true"), json!("false"), json!("是"), json!("否"), json!("ｔrue ")];
            words[tape.below(7)].clone()
        }
        FactKind::Number { shape, places, min, max, .. } => {
            let least = min.unwrap_or(-3);
            let most = max.unwrap_or(least + 999).min(least + 999);
            let number = least + (most - least) * tape.below(100) as i128 / 99;
            let text = number_text(number, *places);
            match tape.below(4) {
                0 => serde_json::from_str(&text).unwrap(),
                1 if *shape != NumberShape::Integer && *places > 0 => json!(format!("{text}00")),
                2 => json!(format!("00{text}").replace("00-", "-00")),
                _ => json!(dressed(tape, &text)),
            }
        }
        FactKind::Date => {
            let days = ["2014-06-03", "2012-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2014-11-30"];
            let day = days[tape.below(6)];
            json!(dressed(tape, day))
        }
        FactKind::Choice(options) => {
            let option = &options[tape.below(options.len())];
            let text = [option.id.as_str(), &option.name.zh][tape.below(2)];
            match tape.below(4) {
                2 => json!([text]),
                3 => json!(format!(" {text} ")),
                _ => json!(text),
            }
        }
        FactKind::Choices(options) => {
            let mut all: Vec<Json> = options.iter().map(|option| json!(option.id)).collect();
            all.truncate(1 + tape.below(options.len()));
            let turn = tape.below(2).min(all.len() - 1);
            all.rotate_left(turn);
            match tape.below(5) {
                0 => all[0].clone(),
                1 => json!([options[0].name.zh, " "]),
                _ => Json::Array(all),
            }
        }
        FactKind::Text { format, none } => good_text(tape, *format, none.is_some()),
        FactKind::Table { columns, max_rows } => {
            let rows = tape.below(usize::from(*max_rows).min(2) + 1);
            let mut row =
                || columns.iter().map(|column| (column.id.clone(), good(tape, column))).collect::<Map<_, _>>();
            Json::Array((0..rows).map(|_| Json::Object(row())).collect())
        }
    }
}

fn good_text(tape: &mut Tape<'_>, format: TextFormat, may_be_none: bool) -> Json {
    if may_be_none && tape.rarely(4) {
        return json!("");
    }
    let good: &[&str] = match format {
        TextFormat::Free | TextFormat::Multiline => &["莆田", "好", "坏", "错", "<b>\u{1}𠮷", "1"],
        TextFormat::PersonName => &["王芳", "欧阳·买买提", "𠮷田", "〇〇"],
        TextFormat::Uscc => &["91350300MA2X000193"],
        TextFormat::IdNo => &["11010519491231002X"],
        TextFormat::OrgCode => &["01542735-7", "015427357", "-0-1-5-4-2-7-3-5-7-"],
        TextFormat::Mobile => &["13800138000"],
        TextFormat::Phone => &["13800138000", "0594-2692345", "01012345678", "05942692345"],
        TextFormat::Landline => &["0594-2692345", "010-12345678", "02012345678"],
        TextFormat::Division => &["350302", "350000", "710000", "820100"],
        TextFormat::Postcode => &["351100"],
    };
    let text = good[tape.below(good.len())];
    let as_typed = matches!(format, TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName);
    if as_typed { json!(format!("{}{text}", ["", " "][tape.below(2)])) } else { json!(dressed(tape, text)) }
}

fn bad_text(tape: &mut Tape<'_>, format: TextFormat) -> Json {
    match format {
        TextFormat::Free | TextFormat::Multiline => json!("长".repeat(10_001)),
        TextFormat::PersonName => json!(["王", "John", "王··芳", "·王芳", "王".repeat(21).as_str()][tape.below(5)]),
        TextFormat::Uscc => json!(["91350300MA2X000194", "91350300MA2X00019", "9135030IMA2X000193"][tape.below(3)]),
        TextFormat::IdNo => {
            json!(["110105194912310021", "1101051949123100", "110105194902300000", "11010519491231002Y"][tape.below(4)])
        }
        TextFormat::OrgCode => json!(["015427358", "01542735", "---", "01542735-Y"][tape.below(4)]),
        _ => [json!("2692345"), json!("1380013800"), json!("é50302"), json!("3503000"), json!("350002"), json!(23)]
            [tape.below(6)]
        .clone(),
    }
}

fn bad(tape: &mut Tape<'_>, fact: &Fact) -> Json {
    let odd = [
        json!(true),
        json!(7),
        json!(1.5),
        json!("x"),
        json!(["x"]),
        json!({"a": 1}),
        json!([1]),
        json!({"unsure": false}),
    ];
    if tape.rarely(3) {
        return odd[tape.below(odd.len())].clone();
    }
    match &fact.kind {
        FactKind::Bool => json!(["TRUE", "yes", "是的", "0"][tape.below(4)]),
        FactKind::Number { .. } => {
            let text =
                ["1e3", "1,000", "+1", "1.", ".5", "--1", "99999999999999999999999999999", "0.00001", "-1", "五"];
            match tape.below(3) {
                0 => [json!(1_000_000_000), json!(-1_000_000_000), json!(0.000_01)][tape.below(3)].clone(),
                _ => json!(text[tape.below(10)]),
            }
        }
        FactKind::Date => json!(
            [
                "2014-02-29",
                "1900-02-29",
                "2014-13-01",
                "2014-6-3",
                "14-06-03",
                "0000-01-01",
                "2014/06/03",
                "2014-04-31"
            ][tape.below(8)]
        ),
        FactKind::Choice(_) => [json!("没有的"), json!(["a", "b"]), json!(["", ""])][tape.below(3)].clone(),
        FactKind::Choices(options) => json!([options[0].id, "没有的"]),
        FactKind::Text { format, .. } => bad_text(tape, *format),
        FactKind::Table { columns, max_rows } => {
            let mut row: Map<String, Json> =
                columns.iter().map(|column| (column.id.clone(), good(tape, column))).collect();
            let column = &columns[tape.below(columns.len())];
            match tape.below(4) {
                0 => drop(row.remove(&column.id)),
                1 => drop(row.insert(column.id.clone(), bad(tape, column))),
                2 => drop(row.insert("什么".into(), json!(1))),
                _ if *max_rows < 9 => return Json::Array(vec![Json::Object(row); usize::from(*max_rows) + 1]),
                _ => drop(row.insert(column.id.clone(), draw_blank(tape))),
            }
            json!([row])
        }
    }
}

/// Answers: most of them right, or one wrong, or anything.
fn document(tape: &mut Tape<'_>, bundle: &LoadedBundle, facts: &[&Fact]) -> Json {
    let way = tape.below(4);
    let odd = tape.below(facts.len().max(1));
    let mut answers = Map::new();
    for (place, fact) in facts.iter().enumerate() {
        let answer = match way {
            0 => Some(good(tape, fact)),
            1 | 2 if place != odd => Some(good(tape, fact)),
            1 => Some(bad(tape, fact)),
            2 if tape.rarely(2) => None,
            2 => Some(draw_blank(tape)),
            _ => match tape.below(8) {
                0 => None,
                1 => Some(draw_blank(tape)),
                2 => Some(bad(tape, fact)),
                _ => Some(good(tape, fact)),
            },
        };
        answers.extend(answer.map(|answer| (fact.id.clone(), answer)));
    }
    if tape.rarely(20) {
        answers.insert("没有的情形".into(), json!(1));
    }
    if tape.rarely(5) {
        let other = bundle.value.pack.facts.iter().find(|fact| !facts.iter().any(|own| own.id == fact.id));
        answers.extend(other.map(|other| (other.id.clone(), json!(null))));
    }
    Json::Object(answers)
}

/// The facts that an applicant answers in a form.
fn facts<'a>(bundle: &'a LoadedBundle, form: &'a Form) -> Vec<&'a Fact> {
    let pack = &bundle.value.pack;
    let mut seen = BTreeSet::new();
    let fields = form.sheet.sections.iter().flat_map(|section| &section.fields);
    let facts = fields.flat_map(|field| field.facts()).map(|id| &pack.facts[id.index()]);
    let asked = facts.filter(|fact| matches!(fact.role, FactRole::Question | FactRole::RequestDate));
    asked.filter(|fact| seen.insert(fact.id.clone())).collect()
}

/// What our own checks find: the fact, and the code of the error, `required or check` or nothing.
fn found(
    bundle: &LoadedBundle,
    form: &str,
    own: &[&Fact],
    answers: &Json,
    extent: Extent,
) -> BTreeSet<(String, String)> {
    let answers = Answers::from_json(&answers.to_string()).unwrap();
    let calendar = CALENDAR.with(Clone::clone);
    let precheck = Precheck::new(bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    let of = |key: &str| key.split('[').next().unwrap().to_owned();
    let is_own = |key: &str| own.iter().any(|fact| fact.id == key);
    let errors = precheck.errors.iter().filter(|error| error.fact.is_none() || is_own(&of(&error.key)));
    let mut found: BTreeSet<(String, String)> = errors.map(|error| (of(&error.key), error.code.into())).collect();
    if extent == Extent::Complete {
        let state = Filling { layout: Some(Layout::Single), go: Go::Tried, ..Filling::new(form) };
        let view = filling(&precheck, Lang::Zh, &state).unwrap();
        let wrong: BTreeSet<String> = found.iter().map(|(fact, _)| fact.clone()).collect();
        let problems = view.problems.iter().map(|problem| of(problem.fact.as_ref().unwrap()));
        found.extend(problems.filter(|fact| !wrong.contains(fact)).map(|fact| (fact, "required or check".into())));
    }
    found
}

thread_local! {
    static CALENDAR: yichuang_forms::LoadedCalendar = corpus::calendar();
}

/// Draws so many answers to a form; how often each of both took and refused them.
fn judge(bundle: &LoadedBundle, form: &Form, extent: Extent, cases: u32) -> BTreeMap<(bool, bool), u32> {
    let schema = form_schema(bundle, &form.id, Lang::Zh, extent).unwrap();
    let text: Json = serde_json::from_str(&schema.json).unwrap();
    jsonschema::meta::validate(&text).unwrap();
    let validator = jsonschema::draft202012::new(&text).unwrap_or_else(|error| panic!("{error}\n{}", schema.json));
    let mut unexpressed: BTreeSet<(String, String)> = BTreeSet::new();
    for one in &schema.unexpressed {
        let code = if ["required", "check"].contains(&one.code) { "required or check" } else { one.code };
        unexpressed.insert((one.fact.clone(), code.into()));
    }
    let own = facts(bundle, form);
    let counts = RefCell::new(BTreeMap::new());
    random::check(cases, &vec(any::<u8>(), 400), |bytes| {
        let answers = document(&mut Tape::new(&bytes), bundle, &own);
        let ours = found(bundle, &form.id, &own, &answers, extent);
        let refused: Vec<String> =
            validator.iter_errors(&answers).map(|error| format!("{} {error}", error.instance_path())).collect();
        *counts.borrow_mut().entry((ours.is_empty(), refused.is_empty())).or_insert(0) += 1;
        prop_assert!(!ours.is_empty() || refused.is_empty(), "{answers}\nthe schema alone refuses it: {refused:?}");
        let missed: Vec<_> = ours.difference(&unexpressed).collect();
        prop_assert!(!refused.is_empty() || missed.is_empty(), "{answers}\nthe schema takes it though {missed:?}");
        Ok(())
    });
    counts.into_inner()
}

fn compiled(pack: &str) -> LoadedBundle {
    let files = [Source::new("pack.yaml", pack)];
    let (bundle, found) = compile("test/schema", &files);
    LoadedBundle::new(bundle.unwrap_or_else(|| panic!("{}", render(&found, &sorted(&files), yichuang_rules::Lang::En))))
}

/// Judges every form in some packs, of which there are at least so many.
fn judge_packs(folder: &str, least: usize) {
    let mut judged = 0;
    for place in corpus::places().iter().filter(|place| place.starts_with(folder)) {
        let bundle = corpus::load(place).bundle;
        for form in bundle.value.forms.iter().filter(|form| !form.sample && !facts(&bundle, form).is_empty()) {
            let counts = judge(&bundle, form, Extent::Complete, 10_000);
            println!("{place} {}: (ours, schema) {counts:?}", form.id);
            assert!(counts.get(&(true, true)) > Some(&100), "{place} {}: hardly any is taken: {counts:?}", form.id);
            assert!(counts.get(&(false, false)) > Some(&100), "{place} {}: hardly any is refused", form.id);
            judged += 1;
        }
    }
    assert!(judged >= least, "only {judged} forms were judged");
}

#[test]
fn the_schemas_of_the_packs_agree_with_our_own_checks() {
    judge_packs("rules/packs/", 9);
}

#[test]
fn the_schemas_of_every_kind_of_field_agree_with_our_own_checks() {
    judge_packs("tests/corpus/", 2);
}

#[test]
fn a_draft_is_taken_as_long_as_what_is_there_can_be_read() {
    let bundle = corpus::load("tests/corpus/fields").bundle;
    for form in &bundle.value.forms {
        let counts = judge(&bundle, form, Extent::Draft, 3_000);
        assert!(counts[&(true, true)] > 100 && counts[&(false, false)] > 100, "{counts:?}");
    }
}

#[test]
fn conditions_of_every_kind_are_expressed_or_said_not_to_be() {
    let bundle = compiled(CONDITIONS);
    let counts = judge(&bundle, &bundle.value.forms[0], Extent::Complete, 10_000);
    assert!(counts[&(true, true)] > 100 && counts[&(false, false)] > 100, "{counts:?}");
    let schema = form_schema(&bundle, "F-1", Lang::Zh, Extent::Complete).unwrap();
    let conditions = schema.unexpressed.iter().filter(|one| ["required", "check"].contains(&one.code));
    let said: Vec<(&str, &str)> = conditions.map(|one| (one.fact.as_str(), one.code)).collect();
    assert_eq!(said, [("count", "check"), ("early", "required"), ("many", "required"), ("past", "required")]);
}

#[test]
fn a_form_that_is_not_there_or_an_act_of_the_authority_has_no_schema() {
    let bundle = corpus::load("rules/packs/putian/nine-in-one").bundle;
    assert_eq!(form_schema(&bundle, "F-99", Lang::Zh, Extent::Complete), None);
    assert_eq!(form_schema(&bundle, "F-03", Lang::Zh, Extent::Complete), None);
}

//! What is patched field by field shows what a page shows that was made from the beginning.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use yichuang_forms::{to_ycc, to_ycp};
use yichuang_rules::{Source, compile, compile_calendar, read_calendar};

use super::*;
use crate::patch::model::{Model, ModelNode};
use crate::patch::{Live, build, patch};
use crate::state::State;

/// Fields of all kinds, shown, needed, checked and offering by what others say.
const PACK: &str = r#"
pack: {name: 包, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}
  - {id: going, name: 要办, type: bool}
  - {id: text, name: 名称, type: text}
  - {id: uscc, name: 代码, type: text, format: uscc, none: 没有}
  - {id: count, name: 人数, type: integer, min: 1, max: 500}
  - {id: area, name: 面积, type: decimal, places: 2, ask_if: going}
  - {id: since, name: 成立日期, type: date}
  - {id: kind, name: 类型, type: choice, options: [{id: a, name: 甲}, {id: b, name: 乙, effective: {from: 2014-06-01}}]}
  - {id: trades, name: 行业, type: choices, options: [{id: x, name: 餐饮}, {id: y, name: 药品, effective: {to: 2014-06-01}}]}
  - {id: head, name: 姓名, type: text, format: person_name}
  - {id: number, name: 号码, type: text, format: id_no}
  - id: staff
    name: 人员
    type: table
    max_rows: 2
    columns:
      - {id: name, name: 姓名, type: text}
      - {id: pay, name: 工资, type: integer}
      - {id: kind, name: 岗位, type: choice, options: [{id: a, name: 甲}, {id: b, name: 乙, effective: {from: 2014-06-01}}]}
  - {id: truth, name: 声明, type: bool}
items:
  - {id: i, name: 许可, selected: going, statutory: {days: 1, basis: pack-default x}, basis: pack-default x}
documents:
  - {id: F-1, name: 申请表, at: application}
  - {id: F-2, name: 人员表, at: application, when: kind != b}
forms:
  - id: F-1
    name: 申请表
    sections:
      - title: 申请人
        fields:
          - {id: going, label: 要办, fact: going}
          - {id: text, label: 名称, hint: 如执照, fact: text, required: going}
          - {id: uscc, label: 代码, fact: uscc, when: kind == a}
          - {id: kind, label: 类型, fact: kind}
          - {id: head, label: 负责人, fact: [head, number]}
      - title: 经营
        fields:
          - {id: count, label: 人数, fact: count, when: kind != b, checks: [{when: count > 5 && !going, message: 人太多。}]}
          - {id: area, label: 面积, fact: area}
          - {id: since, label: 成立日期, fact: since, required: no}
          - {id: trades, label: 行业, fact: trades}
          - {id: truth, label: 声明, fact: truth, declaration: yes, when: since > date("2014-01-01")}
  - id: F-2
    name: 人员表
    authority: 卫生局
    sections:
      - title: 申请人
        fields:
          - {id: text, label: 单位, fact: text}
          - {id: accepted, label: 日期, fact: count}
      - title: 人员
        fields:
          - {id: staff, label: 人员, fact: staff}
"#;

static FILES: LazyLock<(Vec<u8>, Vec<u8>)> = LazyLock::new(|| {
    let calendars = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/calendars/cn");
    let (bundle, found) = compile("test/forms", &[Source::new("pack.yaml", PACK)]);
    let bundle = bundle.unwrap_or_else(|| panic!("{found:?}"));
    (to_ycp(&bundle), to_ycc(&compile_calendar(&read_calendar(&calendars).0).0.unwrap()))
});

/// What a reader or a host does to a form.
#[derive(Clone, Debug)]
enum Deed {
    /// Fields of one place are typed in, the first of them last.
    Edit(Vec<(&'static str, &'static str)>, bool),
    /// A button is pressed.
    Press(&'static str, &'static str),
    /// The host sets an answer.
    Set(&'static str, &'static str),
    /// The host says what is held.
    Held(&'static str),
    Lang(&'static str),
}

fn typed() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    prop::sample::select(vec![
        vec![("going", "true")],
        vec![("going", "false")],
        vec![("text", "")],
        vec![("text", "莆田")],
        vec![("text", "<b>")],
        vec![("uscc", "__none")],
        vec![("uscc", "9135")],
        vec![("count", "7")],
        vec![("count", "七")],
        vec![("count", "501")],
        vec![("area", "1.5")],
        vec![("since.year", "2014"), ("since.month", "2"), ("since.day", "30")],
        vec![("since.day", "3"), ("since.year", "2014"), ("since.month", "2")],
        vec![("kind", "a")],
        vec![("kind", "b")],
        vec![("kind", "__unsure")],
        vec![("trades", "x"), ("trades", "y")],
        vec![("head", "王"), ("number", "11010519491231002X")],
        vec![("number", "1"), ("head", "王小明")],
        vec![("staff[0].name", "王"), ("staff[0].pay", "x")],
        vec![("staff[0].name", "王"), ("staff[0].pay", "3")],
        vec![("staff[1].pay", "3"), ("staff[1].kind", "b")],
        vec![("staff[1].pay", ""), ("staff[1]", "")],
        vec![("staff", "__none")],
        vec![("truth", "true")],
    ])
}

fn deed() -> impl Strategy<Value = Deed> {
    let pressed = prop::sample::select(vec![
        ("__go", "next"),
        ("__go", "back"),
        ("__go", "__review"),
        ("__go", "count"),
        ("__layout", "single"),
        ("__layout", "sections"),
        ("__layout", "questions"),
        ("__add_row", "staff"),
        ("__remove_row", "staff[0]"),
    ]);
    let set = prop::sample::select(vec![
        ("accepted_on", "\"2014-03-03\""),
        ("accepted_on", "\"2014-11-18\""),
        ("accepted_on", "null"),
        ("going", "true"),
        ("kind", "null"),
        ("text", "[1]"),
        ("staff", "[{\"kind\":\"a\"}]"),
        ("staff", "[{\"kind\":\"a\"},{},{}]"),
        ("gone", "1"),
    ]);
    let held = prop::sample::select(vec![
        "[]",
        r#"[{"fact": "text", "source": "登记档案", "locked": true}]"#,
        r#"[{"fact": "text", "source": "登记档案"}, {"fact": "kind", "source": "税务", "locked": true}]"#,
        r#"[{"fact": "staff", "source": "人社", "locked": true}]"#,
    ]);
    prop_oneof![
        8 => (typed(), any::<bool>()).prop_map(|(fields, is_typing)| Deed::Edit(fields, is_typing)),
        4 => pressed.prop_map(|(name, value)| Deed::Press(name, value)),
        2 => set.prop_map(|(fact, value)| Deed::Set(fact, value)),
        1 => held.prop_map(Deed::Held),
        1 => prop::sample::select(vec!["zh", "en"]).prop_map(Deed::Lang),
    ]
}

fn owned(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

/// The fields of the page as they would be posted.
fn posted(shown: &ModelNode) -> Fields {
    shown.all().iter().filter_map(ModelNode::posted).collect()
}

fn run(state: &mut State, shown: &ModelNode, deed: &Deed) {
    match deed {
        Deed::Edit(fields, is_typing) => state.edit_part(owned(fields), fields[0].0, *is_typing),
        Deed::Press(name, value) => {
            let mut fields = posted(shown);
            fields.push(((*name).into(), (*value).into()));
            state.submit(&fields);
        }
        Deed::Set(fact, value) => state.set(fact, value).unwrap(),
        Deed::Held(held) => state.set_held(held).unwrap(),
        Deed::Lang(tag) => state.lang = crate::state::read_lang(tag),
    }
}

/// The page over what is shown, and the one that is made from the beginning.
fn pages(state: &State) -> (Tree, Tree) {
    let mut precheck = state.precheck();
    precheck.errors.retain(|error| error.fact.is_none() || error.fact != state.typing);
    let form = state.form.as_ref().unwrap();
    let over = form.tree(&precheck, state.lang).unwrap();
    let whole = page::filling(&filling(&precheck, state.lang, &form.filling).unwrap());
    (over, if form.is_inner { inner(whole, true) } else { whole })
}

/// The keys of the fields in a page that are made again.
fn made(tree: &Tree) -> Vec<String> {
    let Tree::Element(element) = tree else { return Vec::new() };
    let own = element.get("data-field").map(String::from);
    own.into_iter().chain(element.children.iter().flat_map(made)).collect()
}

fn fresh(tree: &Tree) -> String {
    let Tree::Element(element) = tree else { panic!("the page is an element") };
    Model::default().parse(element).shown()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_patched_page_is_the_page_made_from_the_beginning(
        form in prop::sample::select(vec!["F-1", "F-2", "*"]),
        is_inner: bool,
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let mut state = State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap();
        state.set("going", "true").unwrap();
        state.open_form(form, is_inner).unwrap();
        let model = Model::default();
        let mut live: Live<ModelNode> = build(&model, &pages(&state).0);
        for deed in deeds {
            run(&mut state, &live.node, &deed);
            if filling(&state.precheck(), state.lang, &state.form.as_ref().unwrap().filling).is_none() {
                // Without an item there is no document, and the page is that of the pre-check.
                break;
            }
            let (over, whole) = pages(&state);
            prop_assert!(patch(&model, &mut live, &over));
            prop_assert_eq!(live.node.shown(), fresh(&whole), "{:?}", deed);
        }
    }
}

#[test]
fn only_what_an_answer_changes_is_made_again() {
    let mut state = State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap();
    state.open_form("F-1", false).unwrap();
    state.submit(&owned(&[("__form", "F-1"), ("__layout", "single")]));
    let (first, whole) = pages(&state);
    assert_eq!((made(&first).len(), made(&pages(&state).0).len()), (10, 0));
    assert_eq!(first, whole);
    // What was typed is nobody else's business; that it is going to be done decides about two others.
    for (answer, expected) in
        [(("count", "7"), "count"), (("going", "true"), "going text count"), (("kind", "b"), "kind")]
    {
        state.edit_part(owned(&[answer]), answer.0, false);
        assert_eq!(made(&pages(&state).0).join(" "), expected);
    }
    state.form.as_ref().unwrap().forget_shown();
    assert_eq!(made(&pages(&state).0).len(), 8, "a page that shows nothing gets everything");
}

#[test]
fn a_row_whose_table_cannot_be_read_any_more_is_made_again() {
    let mut state = State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap();
    state.open_form("F-2", false).unwrap();
    state.submit(&owned(&[("__form", "F-2"), ("__layout", "single")]));
    state.set("staff", r#"[{"kind":"a"}]"#).unwrap();
    let model = Model::default();
    let mut live: Live<ModelNode> = build(&model, &pages(&state).0);
    for rows in [r#"[{"kind":"a"},{},{}]"#, r#"[{"kind":"a"},{}]"#] {
        state.set("staff", rows).unwrap();
        let (over, whole) = pages(&state);
        assert!(patch(&model, &mut live, &over));
        assert_eq!(live.node.shown(), fresh(&whole), "{rows}");
    }
}

#[test]
fn a_part_of_the_page_changes_the_answer_to_what_changed_in_it_only() {
    let mut state = State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap();
    state.open_form("F-1", false).unwrap();
    state.set_answers(r#"{"count":3,"head":"王","number":"1","trades":["x"],"x":1}"#).unwrap();
    let mut edit = |fields: &[(&str, &str)], name: &str| {
        state.edit_part(owned(fields), name, false);
        state.answers.to_json()
    };
    assert_eq!(edit(&[("count", "3")], "count"), r#"{"count":3,"head":"王","number":"1","trades":["x"],"x":1}"#);
    assert_eq!(
        edit(&[("head", "李"), ("number", "2")], "head"),
        r#"{"count":3,"head":"李","number":"1","trades":["x"],"x":1}"#
    );
    assert_eq!(edit(&[], "trades"), r#"{"count":3,"head":"李","number":"1","x":1}"#, "the last tick is taken away");
    assert_eq!(edit(&[("count", "4")], "nothing"), r#"{"count":3,"head":"李","number":"1","x":1}"#);
    let since = [("since.year", "2014"), ("since.month", "2"), ("since.day", "")];
    assert_eq!(edit(&since, "since.month"), r#"{"count":3,"head":"李","number":"1","since":"2014-02-","x":1}"#);
}

#[test]
fn a_row_changes_alone_and_keeps_how_its_cells_were_set() {
    let mut state = State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap();
    state.open_form("F-2", false).unwrap();
    state.set_answers(r#"{"staff":[{"name":"王","pay":1},{"name":"李","pay":2}]}"#).unwrap();
    let mut edit = |fields: &[(&str, &str)], name: &str| {
        state.edit_part(owned(fields), name, false);
        state.answers.to_json()
    };
    let row = [("staff[1]", ""), ("staff[1].name", "林"), ("staff[1].pay", "2")];
    assert_eq!(edit(&row, "staff[1].name"), r#"{"staff":[{"name":"王","pay":1},{"name":"林","pay":2}]}"#);
    let bare = [("staff[0]", ""), ("staff[0].x", "1"), ("staff[1].pay", "9")];
    assert_eq!(edit(&bare, "staff[0].name"), r#"{"staff":[{"x":"1"},{"name":"林","pay":2}]}"#, "nothing gets lost");
    assert_eq!(edit(&[("staff[1]", "")], "staff[1].pay"), r#"{"staff":[{"x":"1"},{}]}"#);
    assert_eq!(edit(&[("staff[0]", "")], "staff[0].x"), "{}", "empty rows are no answer");
    assert_eq!(edit(&row, "staff[1].name"), r#"{"staff":[{},{"name":"林","pay":"2"}]}"#);
    assert_eq!(edit(&[("staff[5000].pay", "1")], "staff[5000].pay"), r#"{"staff":[{},{"name":"林","pay":"2"}]}"#);
}

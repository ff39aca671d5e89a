//! Tables from the posted field to the page, over the small pack with shareholders.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yichuang_engine::{
    Aggregate, Atom, Date, Fact, FactId, FactKind, Formula, Lit, Operand, Pack, Program, Slot, Stretch, Value,
};

use crate::test_pack::{SHAREHOLDERS, answers, any_json, calendar, key, table_bundle};
use crate::{
    Answers, Control, LIMITS, Lang, LoadedBundle, Precheck, Ui, from_ycp, html, page, read, reopened, to_ycp, validate,
    view,
};

/// The table of some answers and what is wrong with it: keys and codes.
fn reading(shareholders: &Json) -> (Slot, Vec<(String, &'static str)>) {
    let (facts, errors) = read(&table_bundle().pack, &answers(&json!({ "shareholders": shareholders })));
    let errors = errors.into_iter().map(|error| (error.key, error.code)).collect();
    (facts.get(FactId::new(SHAREHOLDERS)).clone(), errors)
}

/// The cell of a table that was read.
fn cell(table: &Slot, row: usize, column: usize) -> Slot {
    match table {
        Slot::Known(Value::Table(rows)) => rows[row].get(FactId::new(column)).clone(),
        other => panic!("{other:?} is no table"),
    }
}

fn rows(table: &Slot) -> usize {
    match table {
        Slot::Known(Value::Table(rows)) => rows.len(),
        other => panic!("{other:?} is no table"),
    }
}

#[test]
fn every_cell_is_read_by_itself() {
    let (table, errors) = reading(&json!([
        {"name": "甲", "amount": "10.00", "kind": "enterprise", "active": true, "shares": [{"at": "2014-01-02"}]},
        {"name": "乙", "amount": 10.5, "kind": "nobody", "active": null, "shares": [{"at": "2014-13-02"}, {}]},
        {"amount": {"unsure": true}, "age": 7},
    ]));
    assert_eq!(rows(&table), 3);
    assert_eq!(cell(&table, 0, 1), Slot::Known(Value::Number(1000)));
    assert_eq!(cell(&table, 1, 1), Slot::Known(Value::Number(1050)));
    assert_eq!(cell(&table, 1, 2), Slot::Unknown);
    assert_eq!(cell(&table, 1, 3), Slot::Unknown);
    assert_eq!((cell(&table, 2, 0), cell(&table, 2, 1)), (Slot::Unknown, Slot::Unsure));
    let inner = cell(&table, 1, 4);
    assert_eq!((rows(&inner), cell(&inner, 0, 0)), (2, Slot::Unknown));
    let expected = [("[1].kind", "unknown_option"), ("[1].shares[0].at", "not_date"), ("[2].age", "unknown_column")];
    assert_eq!(errors, expected.map(|(cell, code)| (key(cell), code)));
}

#[test]
fn where_a_bad_cell_is_is_said_in_words() {
    let given = json!({"shareholders": [{}, {"amount": "x", "shares": [{"at": "x"}]}]});
    let (_, errors) = read(&table_bundle().pack, &answers(&given));
    let words: Vec<(&str, &str)> =
        errors.iter().map(|error| (error.cell.zh.as_str(), error.cell.en.as_str())).collect();
    assert_eq!(words, [("第 2 行出资额", "row 2, 出资额"), ("第 2 行持股第 1 行公司", "row 2, 持股, row 1, 公司")]);
}

#[test]
fn a_whole_table_may_be_empty_unknown_or_bad() {
    assert_eq!(reading(&json!([])), (Slot::Known(Value::Table(Vec::new())), Vec::new()));
    assert_eq!(reading(&json!({"unsure": true})), (Slot::Unsure, Vec::new()));
    assert_eq!(reading(&json!(null)), (Slot::Unknown, Vec::new()));
    assert_eq!(reading(&json!(" ")), (Slot::Unknown, Vec::new()));
    for bad in [json!("甲"), json!(3), json!(["甲"]), json!([{}, 3]), json!({"name": "甲"})] {
        assert_eq!(reading(&bad), (Slot::Unknown, [(key(""), "not_rows")].into()), "{bad}");
    }
}

#[test]
fn what_is_beyond_the_limits_is_one_clear_error() {
    let five: Vec<Json> = (0..5).map(|_| json!({})).collect();
    assert_eq!(reading(&json!(five)), (Slot::Unknown, [(key(""), "too_many_rows")].into()));
    let (table, errors) = reading(&json!([{"amount": "1", "shares": [{}, {}, {}]}]));
    assert_eq!((cell(&table, 0, 1), cell(&table, 0, 4)), (Slot::Known(Value::Number(100)), Slot::Unknown));
    assert_eq!(errors, [(key("[0].shares"), "too_many_rows")]);
    let long = "长".repeat(LIMITS.text + 1);
    assert_eq!(reading(&json!([{"name": long}])).1, [(key("[0].name"), "text_too_long")]);
    let (_, errors) = read(&table_bundle().pack, &answers(&json!({"shareholders": [{"name": long}]})));
    assert_eq!(errors[0].message.zh, format!("最多 {} 个字。", LIMITS.text));
    let error = Answers::from_json(&" ".repeat(LIMITS.bytes + 1)).unwrap_err();
    assert_eq!(error.message.en, format!("a request has at most {} bytes", LIMITS.bytes));
    let just = "长".repeat(LIMITS.text);
    assert_eq!(reading(&json!([{"name": just}])).1, []);
}

#[test]
fn many_bad_cells_are_counted() {
    let mut bundle = table_bundle();
    if let FactKind::Table { max_rows, .. } = &mut bundle.pack.facts[SHAREHOLDERS].kind {
        *max_rows = LIMITS.rows;
    }
    let many: Vec<Json> = (0..LIMITS.cell_errors + 7).map(|_| json!({"amount": "x"})).collect();
    let (_, errors) = read(&bundle.pack, &answers(&json!({ "shareholders": many })));
    let last = errors.last().unwrap();
    assert_eq!((errors.len(), last.code), (LIMITS.cell_errors + 1, "more_errors"));
    assert_eq!(last.message.zh, "另有 7 处填写有误。");
}

#[test]
fn rows_come_back_as_they_were_set() {
    for text in [
        r#"{"shareholders":[{"amount":10.5,"name":"甲"},{},{"shares":[{"at":"x"}],"x":[null]}]}"#,
        r#"{"shareholders":[]}"#,
        r#"{"shareholders":[{"unsure":true}]}"#,
        r#"{"shareholders":[{},null]}"#,
    ] {
        assert_eq!(Answers::from_json(text).unwrap().to_json(), text);
    }
}

fn from_fields(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| (String::from(*name), String::from(*value)));
    Answers::from_fields(&table_bundle().pack, fields).to_json()
}

#[test]
fn a_table_comes_as_fields() {
    let posted = [
        ("shareholders[0]", ""),
        ("shareholders[0].name", "甲"),
        ("shareholders[0].amount", "10"),
        ("shareholders[0].shares[0].at.year", "2014"),
        ("shareholders[0].shares[0].at.month", "1"),
        ("shareholders[0].shares[0].at.day", "2"),
        ("shareholders[1]", ""),
        ("shareholders[1].name", "__none"),
        ("shareholders[1].active", "__unsure"),
    ];
    let row = r#"{"amount":"10","name":"甲","shares":[{"at":"2014-01-02"}]}"#;
    let second = r#"{"active":{"unsure":true},"name":""}"#;
    assert_eq!(from_fields(&posted), format!(r#"{{"shareholders":[{row},{second}]}}"#));
    let with = |name: &'static str, value: &'static str| {
        let mut fields = posted.to_vec();
        fields.push((name, value));
        from_fields(&fields)
    };
    assert_eq!(with("__add_row", "shareholders"), format!(r#"{{"shareholders":[{row},{second},{{}}]}}"#));
    assert_eq!(with("__remove_row", "shareholders[0]"), format!(r#"{{"shareholders":[{second}]}}"#));
    let inner = with("__remove_row", "shareholders[0].shares[0]");
    assert_eq!(inner, format!(r#"{{"shareholders":[{{"amount":"10","name":"甲"}},{second}]}}"#));
    let inner = with("__add_row", "shareholders[0].shares");
    let longer = row.replace("]}", ",{}]}");
    assert_eq!(inner, format!(r#"{{"shareholders":[{longer},{second}]}}"#));
    // What is filled in is not thrown away by a button.
    assert_eq!(with("shareholders", "__none"), from_fields(&posted));
    assert_eq!(with("shareholders", "__unsure"), from_fields(&posted));
    assert_eq!(with("__add_row", "nothing"), from_fields(&posted));
}

#[test]
fn empty_rows_are_no_answer_until_one_is_added() {
    let empty = [("shareholders[0]", ""), ("shareholders[0].name", " ")];
    assert_eq!(from_fields(&empty), "{}");
    let with = |field| from_fields(&[empty[0], empty[1], field]);
    assert_eq!(with(("shareholders", "__none")), r#"{"shareholders":[]}"#);
    assert_eq!(with(("shareholders", "__unsure")), r#"{"shareholders":{"unsure":true}}"#);
    assert_eq!(with(("__add_row", "shareholders")), r#"{"shareholders":[{},{}]}"#);
    assert_eq!(from_fields(&[("__add_row", "shareholders")]), r#"{"shareholders":[{},{}]}"#);
    assert_eq!(from_fields(&[("shareholders[0]", "1")]), r#"{"shareholders":[{}]}"#);
    assert_eq!(from_fields(&[("shareholders", "甲")]), r#"{"shareholders":"甲"}"#);
    let far = "shareholders[99999999999].name";
    assert_eq!(from_fields(&[(far, "甲")]), format!(r#"{{"{far}":"甲"}}"#));
}

#[test]
fn a_button_of_rows_keeps_its_question() {
    let pack = table_bundle().pack;
    let open = |name: &str, value: &str| reopened(&pack, &[(name.into(), value.into())]).map(FactId::index);
    assert_eq!(open("__add_row", "shareholders[0].shares"), Some(SHAREHOLDERS));
    assert_eq!(open("__remove_row", "shareholders[0]"), Some(SHAREHOLDERS));
    assert_eq!(open("__reopen", "shareholders"), Some(SHAREHOLDERS));
    assert_eq!(open("__reopen", "x"), None);
    assert_eq!(open("shareholders", "x"), None);
}

fn shown<T>(given: &Json, ui: &Ui, then: impl Fn(&Precheck<'_>, &crate::View) -> T) -> T {
    let (bundle, calendar, answers) = (LoadedBundle::new(table_bundle()), calendar(), answers(given));
    let precheck = Precheck::new(&bundle, &calendar, &answers, Date::parse("2014-11-18").unwrap());
    then(&precheck, &view(&precheck, Lang::Zh, ui))
}

const OPEN: fn() -> Ui = || Ui { open: Some(FactId::new(SHAREHOLDERS)), ..Ui::default() };

#[test]
fn the_page_has_a_field_for_every_cell() {
    let given = json!({"shareholders": [{"name": "甲", "amount": "x"}, {"shares": [{"at": "2014-01-02"}]}]});
    let page = shown(&given, &OPEN(), |_, view| html(&page::precheck(view)));
    for part in [
        r#"name="shareholders[0]""#,
        r#"name="shareholders[0].name" value="甲""#,
        r#"id="q-shareholders[0].amount" name="shareholders[0].amount" value="x""#,
        r#"aria-describedby="q-shareholders[0].amount-error" aria-invalid="true""#,
        r#"name="shareholders[1].kind" value="enterprise""#,
        r#"name="shareholders[1].shares[0].at.year" value="2014""#,
        r#"name="__add_row" value="shareholders""#,
        r#"name="__add_row" value="shareholders[0].shares""#,
        r#"name="__remove_row" value="shareholders[1].shares[0]""#,
        r#"data-error="shareholders[0].amount""#,
        r#"name="shareholders" value="__none""#,
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let full = shown(&json!({"shareholders": [{}, {}, {}, {}]}), &OPEN(), |_, view| html(&page::precheck(view)));
    assert!(!full.contains(r#"name="__add_row" value="shareholders">"#), "no more rows than allowed");
}

#[test]
fn an_empty_question_begins_with_one_row() {
    let rows = |given: Json| {
        shown(&given, &OPEN(), |_, view| match &view.question.as_ref().unwrap().control {
            Control::Rows(field) => (field.rows.len(), view.question.as_ref().unwrap().stated),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(rows(json!({})), (1, None));
    assert_eq!(rows(json!({"shareholders": []})), (0, Some(crate::NONE)));
    assert_eq!(rows(json!({"shareholders": {"unsure": true}})), (1, Some(crate::UNSURE)));
}

#[test]
fn cells_left_empty_are_said_when_the_question_is_sent() {
    let ui = Ui { asked: Some(FactId::new(SHAREHOLDERS)), ..Ui::default() };
    let error =
        |given: Json| shown(&given, &ui, |_, view| view.question.as_ref().and_then(|question| question.error.clone()));
    let asked = json!({"business.activities": ["catering"], "applicant.kind": "enterprise", "applicant.registered": false,
        "premises.tenure": "rented", "staff.count": 3, "shareholders": [{"name": "甲"}]});
    assert_eq!(error(asked).as_deref(), Some("还有没填的格子；不要的行请删除。"));
}

#[test]
fn a_reason_names_the_table() {
    let why = shown(&json!({"shareholders": [{"amount": "0"}, {"amount": "2"}]}), &Ui::default(), |precheck, _| {
        let lit = precheck.pack().checks[0].condition.holds;
        crate::reason::why(precheck, lit, Lang::Zh).into_iter().map(|why| why.text).collect::<Vec<_>>()
    });
    assert_eq!(why, ["股东：2 行"]);
}

#[test]
fn a_page_carries_the_rows_that_it_does_not_show() {
    let given = json!({"shareholders": [{"amount": 3, "name": "", "shares": [{}]}, {}, {"x": ["a", "b"]}]});
    let other = Ui { open: Some(FactId::new(0)), ..Ui::default() };
    let carried = shown(&given, &other, |_, view| view.carried.clone());
    let again = Answers::from_fields(&table_bundle().pack, carried);
    let expected = json!({"shareholders": [{"amount": "3", "name": "", "shares": [{}]}, {}, {"x": ["a", "b"]}]});
    assert_eq!(again.to_json(), expected.to_string());
}

/// Changes one thing in a good bundle with a table and names the place that is refused.
fn fault(change: impl FnOnce(&mut Pack)) -> String {
    let mut bundle = table_bundle();
    change(&mut bundle.pack);
    validate(&bundle).unwrap_err().place
}

fn columns(pack: &mut Pack) -> &mut Vec<Fact> {
    match &mut pack.facts[SHAREHOLDERS].kind {
        FactKind::Table { columns, .. } => columns,
        other => panic!("{other:?}"),
    }
}

#[test]
fn damaged_tables_are_refused() {
    assert_eq!(validate(&table_bundle()), Ok(()));
    let place = "facts.shareholders";
    assert_eq!(fault(|pack| columns(pack).clear()), "program.atoms");
    assert_eq!(fault(|pack| columns(pack)[0].id = "amount".into()), place);
    assert_eq!(fault(|pack| columns(pack)[0].ask_if = Lit::FALSE), place);
    assert_eq!(fault(|pack| columns(pack)[0].assumed = Some(yichuang_engine::Assumed::Today)), place);
    let deep = |pack: &mut Pack| {
        let outer = columns(pack)[4].clone();
        if let FactKind::Table { columns, .. } = &mut columns(pack)[4].kind {
            columns[0].kind = outer.kind;
        }
    };
    assert_eq!(fault(deep), place);
    let long = |pack: &mut Pack| {
        if let FactKind::Table { max_rows, .. } = &mut pack.facts[SHAREHOLDERS].kind {
            *max_rows = LIMITS.rows + 1;
        }
    };
    assert_eq!(fault(long), place);
}

#[test]
fn damaged_computations_over_rows_are_refused() {
    let rows = |change: fn(&mut yichuang_engine::Rows)| fault(|pack| change(&mut pack.program.rows[0]));
    assert_eq!(rows(|rows| rows.columns = 4), "program.atoms");
    assert_eq!(rows(|rows| rows.table = FactId::new(1)), "program.atoms");
    assert_eq!(rows(|rows| rows.table = FactId::new(99)), "program.atoms");
    assert_eq!(rows(|rows| rows.by = Aggregate::Sum), "program.atoms");
    assert_eq!(rows(|rows| rows.counts = Lit::new(2).unwrap()), "program.atoms");
    assert_eq!(rows(|rows| rows.of = Operand::Fact(FactId::new(5 + 12))), "program.atoms");
    assert_eq!(rows(|rows| rows.of = Operand::Value(0)), "program.atoms");
    assert_eq!(rows(|rows| rows.program.order.clear()), "program.atoms");
    // A literal of the program around that is computed after the rows, and one where there is none.
    assert_eq!(rows(|rows| rows.program.atoms[0] = Atom::Outer(Lit::new(900).unwrap())), "program.atoms");
    let orphan = |pack: &mut Pack| {
        pack.program.atoms.push(Atom::Outer(Lit::TRUE));
        pack.program.order.push(Stretch::Atoms(1));
    };
    assert_eq!(fault(orphan), "program.atoms");
    let unused = |pack: &mut Pack| {
        let more = pack.program.rows[0].clone();
        pack.program.rows.push(more);
    };
    assert_eq!(fault(unused), "program.rows");
    let twice = |pack: &mut Pack| {
        pack.program.values.push(Formula::Rows(1));
        pack.program.order.push(Stretch::Values(1));
    };
    assert_eq!(fault(twice), "program.values");
    // Rows of one table within rows of another would take the product of both.
    let crossed = |pack: &mut Pack| {
        let mut inner = pack.program.rows[0].clone();
        inner.table = FactId::new(SHAREHOLDERS + 5);
        pack.program.rows[0].program = Program {
            atoms: [Atom::Rows(0)].into(),
            order: [Stretch::Atoms(1)].into(),
            rows: [inner].into(),
            ..Program::default()
        };
    };
    assert_eq!(fault(crossed), "program.atoms");
}

#[test]
fn a_file_cannot_nest_tables_until_the_stack_ends() {
    let mut bundle = table_bundle();
    for _ in 0..60 {
        let fact = bundle.pack.facts[SHAREHOLDERS].clone();
        bundle.pack.facts[SHAREHOLDERS].kind = FactKind::Table { columns: [fact].into(), max_rows: 1 };
    }
    assert!(from_ycp(&to_ycp(&bundle)).is_err());
    assert!(from_ycp(&to_ycp(&table_bundle())).is_ok());
}

proptest! {
    #[test]
    fn any_rows_give_a_page(json in any_json(), cell in "name|amount|kind|active|shares|x") {
        for given in [json.clone(), json!([json]), json!([{cell.as_str(): json}]), json!([{"shares": [{"at": json}]}])] {
            let given = json!({ "shareholders": given });
            prop_assert_eq!(answers(&given).to_json(), given.to_string());
            let page = shown(&given, &OPEN(), |precheck, view| {
                (html(&page::precheck(view)).len(), precheck.to_json(Lang::En).len())
            });
            prop_assert!(page.0 > 0 && page.1 > 0);
        }
    }

    #[test]
    fn any_fields_of_rows_are_answers(
        fields in prop::collection::vec(("shareholders(\\[[0-9+-]{0,3}\\]?)?(\\.(name|amount|shares(\\[[01]\\])?|x))?(\\.at)?|__(add|remove)_row", ".{0,6}|__unsure|__none|shareholders(\\[[01]\\])?"), 0..12)
    ) {
        let fields = fields.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        let answers = Answers::from_fields(&table_bundle().pack, fields);
        prop_assert_eq!(Answers::from_json(&answers.to_json()).unwrap(), answers);
    }
}

#[test]
fn where_the_last_row_goes_there_is_none() {
    let fields = [("shareholders[0]", "1"), ("__remove_row", "shareholders[0]")];
    let answers = Answers::from_fields(&table_bundle().pack, fields.map(|(name, value)| (name.into(), value.into())));
    assert_eq!(answers.to_json(), r#"{"shareholders":[]}"#);
    assert_eq!(Answers::from_json(&answers.to_json()).unwrap(), answers);
}

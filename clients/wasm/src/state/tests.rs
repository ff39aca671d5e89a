use std::path::Path;
use std::sync::LazyLock;

use yichuang_forms::{Answer, Bundle, to_ycc, to_ycp};
use yichuang_rules::{compile, compile_calendar, read_calendar, read_pack};

use super::*;

/// The files of the nine-in-one licence and of its calendar.
static FILES: LazyLock<(Vec<u8>, Vec<u8>)> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let (id, sources, _) = read_pack(&rules.join("packs/putian/nine-in-one"));
    let bundle: Bundle = compile(&id, &sources).0.unwrap();
    let calendar = compile_calendar(&read_calendar(&rules.join("calendars/cn")).0).0.unwrap();
    (to_ycp(&bundle), to_ycc(&calendar))
});

fn state() -> State {
    State::new(&FILES.0, &FILES.1, "2014-11-18").unwrap()
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

fn fact(state: &State, id: &str) -> Option<FactId> {
    Some(state.pack().fact(id).unwrap().0)
}

const ACTIVITY: (&str, &str) = ("business.activities", "drug_retail");

#[test]
fn a_question_stays_while_it_is_answered_and_goes_when_it_is_sent() {
    let mut state = state();
    state.edit(&fields(&[("__ask", ACTIVITY.0), ACTIVITY]), ACTIVITY.0, false);
    assert_eq!(state.ui.open, fact(&state, ACTIVITY.0));
    let with_tick = fields(&[("__ask", ACTIVITY.0), ACTIVITY, ("materials.f01", "provided")]);
    state.edit(&with_tick, "materials.f01", false);
    assert_eq!(state.ui.open, fact(&state, ACTIVITY.0), "another field does not close it");
    state.submit(&with_tick);
    assert_eq!((state.ui.open, state.ui.asked), (None, fact(&state, ACTIVITY.0)));
    assert_eq!(state.answers.len(), 2);
}

#[test]
fn a_question_that_is_not_answered_yet_is_not_held_open() {
    let mut state = state();
    state.edit(&fields(&[("__ask", ACTIVITY.0), ("accepted_on.year", "2014")]), "accepted_on.year", true);
    assert_eq!(state.ui.open, None);
    assert_eq!(state.typing, fact(&state, "accepted_on"));
    state.edit(&fields(&[("__ask", ACTIVITY.0)]), "accepted_on.year", false);
    assert_eq!(state.typing, None);
}

#[test]
fn a_button_opens_a_question_again_and_the_last_control_counts() {
    let mut state = state();
    state.submit(&fields(&[ACTIVITY, ("__ask", "applicant.kind"), ("__reopen", ACTIVITY.0)]));
    assert_eq!(state.ui.open, fact(&state, ACTIVITY.0));
    assert_eq!(control(&fields(&[("__lang", "zh"), ("__lang", "en")]), "__lang"), Some("en"));
}

#[test]
fn the_form_of_the_server_is_taken_over_with_its_view() {
    let mut state = state();
    state.begin(&fields(&[("__large", "1"), ("__ask", ACTIVITY.0), ACTIVITY]));
    assert!(state.ui.large);
    assert_eq!(state.ui.open, fact(&state, ACTIVITY.0));
    state.begin(&fields(&[("__large", "0"), ("__ask", ACTIVITY.0)]));
    assert_eq!((state.ui.large, state.ui.open), (false, None));
}

#[test]
fn what_was_set_keeps_its_type_until_it_is_changed_in_the_form() {
    let mut state = state();
    state.set_answers(r#"{"applicant.registered":false,"business.activities":["catering"]}"#).unwrap();
    let same = fields(&[("applicant.registered", "false"), ("business.activities", "catering")]);
    state.submit(&same);
    assert_eq!(state.answers.get("applicant.registered"), Some(&Answer::Bool(false)));
    state.submit(&fields(&[("applicant.registered", "true")]));
    assert_eq!(state.answers.get("applicant.registered"), Some(&Answer::Text("true".into())));
    assert_eq!(state.answers.len(), 1);
}

#[test]
fn one_answer_is_set_and_taken_back() {
    let mut state = state();
    state.set("applicant.registered", "true").unwrap();
    assert_eq!(state.answers.to_json(), r#"{"applicant.registered":true}"#);
    state.set("applicant.registered", "null").unwrap();
    assert!(state.answers.is_empty());
    assert_eq!(state.set("applicant.registered", "yes").unwrap_err().code, "not_json");
    assert_eq!(state.set_answers("[]").unwrap_err().code, "answers_not_object");
}

#[test]
fn what_cannot_be_used_is_refused_with_a_code() {
    let code = |pack: &[u8], calendar: &[u8], on: &str| State::new(pack, calendar, on).unwrap_err().code;
    assert_eq!(code(&FILES.1, &FILES.1, "2014-11-18"), "file_other_kind");
    assert_eq!(code(&FILES.0[..100], &FILES.1, "2014-11-18"), "file_truncated");
    assert_eq!(code(&FILES.0, &FILES.1, "2014-11-31"), "bad_date");
    for fields in ["", "{}", "[1]", "[[]]", r#"[["a"]]"#, r#"[["a",1]]"#, r#"[["a","b","c"]]"#] {
        assert_eq!(read_fields(fields).unwrap_err().code, "bad_fields", "{fields}");
    }
    assert_eq!(read_fields(r#"[["a","b"]]"#).unwrap(), fields(&[("a", "b")]));
}

#[test]
fn the_language_is_that_of_the_tag() {
    let langs = ["zh", "zh-CN", "en", "en-GB", "", "fr"].map(read_lang);
    assert_eq!(langs, [Lang::Zh, Lang::Zh, Lang::En, Lang::En, Lang::Zh, Lang::Zh]);
}

#[test]
fn rows_are_added_and_keep_how_they_were_set() {
    let pack = "pack: {name: 包, edition: '1'}
facts:
  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}
  - {id: t, name: 名单, type: table, columns: [{id: a, name: 甲, type: integer}, {id: f, name: 乙, type: bool}]}
items:
  - {id: i, name: 许可, selected: 't.any(|r| r.f)', statutory: {days: 1, basis: pack-default x}, basis: pack-default x}
";
    let bundle = compile("test/rows", &[yichuang_rules::Source::new("pack.yaml", pack)]).0.unwrap();
    let mut state = State::new(&to_ycp(&bundle), &FILES.1, "2014-11-18").unwrap();
    state.set("t", r#"[{"a":1,"f":true}]"#).unwrap();
    let row = [("__ask", "t"), ("t[0]", ""), ("t[0].a", "1"), ("t[0].f", "true")];
    let mut added = row.to_vec();
    added.push(("__add_row", "t"));
    state.submit(&fields(&added));
    assert_eq!(state.answers.to_json(), r#"{"t":[{"a":1,"f":true},{}]}"#);
    assert_eq!(state.ui.open, fact(&state, "t"), "the question stays while rows are added");
    let mut typed = row.to_vec();
    typed.extend([("t[1]", ""), ("t[1].a", "x")]);
    state.edit(&fields(&typed), "t[1].a", true);
    assert_eq!(state.typing, fact(&state, "t"));
    assert_eq!(state.answers.to_json(), r#"{"t":[{"a":1,"f":true},{"a":"x"}]}"#);
}

#[cfg(feature = "full")]
mod of_forms {
    use yichuang_forms::{Go, html};

    use super::*;

    const KIND: (&str, &str) = ("applicant.kind", "enterprise");

    fn posted(more: &[(&str, &str)]) -> Fields {
        fields(&[&[("__form", "F-10"), ("__at", KIND.0), ("__layout", "sections"), ACTIVITY], more].concat())
    }

    fn shown(state: &State) -> String {
        html(&state.form.as_ref().unwrap().tree(&state.precheck(), Lang::Zh).unwrap())
    }

    #[test]
    fn a_form_of_the_server_is_taken_over_where_it_stands() {
        let mut state = state();
        state.begin(&posted(&[KIND, ("__large", "1")]));
        let form = state.form.as_ref().unwrap();
        assert_eq!((&*form.filling.form, &*form.filling.at, &form.filling.go), ("F-10", KIND.0, &Go::Stay));
        assert_eq!(state.answers.len(), 2);
        assert!(shown(&state).starts_with("<form id=\"filling\""));
        state.begin(&fields(&[ACTIVITY]));
        assert!(state.form.is_none(), "the fields of a pre-check are no form");
    }

    #[test]
    fn what_is_empty_is_told_once_going_on_was_tried_until_the_step_is_left() {
        let mut state = state();
        state.open_form("F-10", false).unwrap();
        state.edit(&posted(&[]), KIND.0, false);
        assert!(!shown(&state).contains("请选一项。"));
        state.submit(&posted(&[("__go", "next")]));
        assert!(shown(&state).contains("请选一项。"));
        state.edit(&posted(&[KIND]), KIND.0, false);
        assert!(shown(&state).contains("id=\"problems\""), "the other empty fields stay told");
        state.submit(&posted(&[KIND, ("__go", "__review")]));
        assert_eq!(state.form.as_ref().unwrap().filling.at, "__review");
    }

    #[test]
    fn inside_a_hosts_form_there_is_no_name_no_form_and_no_way_out() {
        let mut state = state();
        state.open_form("F-10", true).unwrap();
        for go in ["__review", KIND.0] {
            state.submit(&posted(&[("__go", go)]));
            let page = shown(&state);
            assert!(page.starts_with("<div id=\"filling\"") && page.contains("data-name=\"__go\""), "{page}");
            for gone in [" name=", "<form", "type=\"submit\"", "value=\"precheck\"", "__print"] {
                assert!(!page.contains(gone), "{gone}");
            }
        }
    }

    #[test]
    fn what_is_held_must_name_facts_and_holders() {
        let mut state = state();
        state.open_form("F-10", false).unwrap();
        state.set_held(r#"[{"fact": "applicant.kind", "source": "企业登记档案", "locked": true}]"#).unwrap();
        state.edit(&posted(&[KIND]), KIND.0, false);
        assert!(shown(&state).contains("来自企业登记档案"));
        for bad in ["", "{}", r#"[{"fact": "x", "source": "y"}]"#, r#"[{"fact": "applicant.kind"}]"#, "[1]"] {
            assert_eq!(state.set_held(bad).unwrap_err().code, "bad_held", "{bad}");
        }
        assert_eq!(state.open_form("F-99", false).unwrap_err().code, "unknown_form");
        assert_eq!(state.open_form("F-03", false).unwrap_err().code, "unknown_form", "it is an act of the authority");
    }
}

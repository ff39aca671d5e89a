//! Packs that extend others: extending alone changes nothing, and no override is a burden.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what does not work fails the test")]

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;
use yichuang_engine::{
    Calendar, Date, Decision, FactId, FactRole, Facts, MaterialStatus, Pack, Quantity, Slot, ToleranceStatus, Value,
    Verdict, decide,
};
use yichuang_rules::{Code, Diagnostic, Lang, Source, compile, read_pack, render, sorted};
use yichuang_tests::corpus::{calendar, places, repository};
use yichuang_tests::law::{shown, states};
use yichuang_tests::random;
use yichuang_tests::small::{Layout, SmallPack, Speech, Tape, extending, relaxed, sources};

fn compiled(id: &str, files: &[Source]) -> Result<Pack, TestCaseError> {
    let (bundle, diagnostics) = compile(id, files);
    let faults = || TestCaseError::fail(render(&diagnostics, &sorted(files), Lang::Zh));
    bundle.map(|bundle| bundle.pack).ok_or_else(faults)
}

/// A pack that extends another one and says nothing else is that pack but for its names.
fn extending_changes_nothing(id: &str, files: &[Source]) -> Result<(), TestCaseError> {
    let (plain, diagnostics) = compile(id, files);
    let plain = plain.ok_or_else(|| TestCaseError::fail(render(&diagnostics, &sorted(files), Lang::Zh)))?;
    // Files of packs farther above keep their names.
    let (own, above): (Vec<Source>, Vec<Source>) = files.iter().cloned().partition(|file| file.pack().is_none());
    let mut files = extending(id, &own, &format!("规则包: {{继承: {id}}}\n"));
    files.extend(above);
    let (child, diagnostics) = compile("test/child", &files);
    // That there is no promise is said again of the pack below.
    let fine = diagnostics.iter().all(|diagnostic| diagnostic.code == Code::NoPromise);
    prop_assert!(fine, "{}", render(&diagnostics, &sorted(&files), Lang::Zh));
    let mut child = child.unwrap();
    let layer = child.pack.layers.remove(0);
    prop_assert_eq!((layer.id.as_str(), &layer.edition), (id, &plain.pack.edition));
    child.pack.id = id.to_owned();
    let endings = child.pack.versions.endings.iter_mut();
    endings.filter(|ending| ending.what == "pack").for_each(|ending| ending.id = id.to_owned());
    prop_assert!(child == plain, "{id}");
    Ok(())
}

#[test]
fn every_pack_can_be_extended_without_a_change() {
    for place in places() {
        let (id, files, _) = read_pack(&repository().join(&place));
        extending_changes_nothing(&id, &files).unwrap();
    }
}

#[test]
fn extending_a_random_pack_changes_nothing() {
    random::check(150, &vec(any::<u8>(), 0..160), |pack| {
        let pack = SmallPack::draw(&mut Tape::new(&pack));
        let files = sources(&pack, Layout { speech: Speech::English, tape: Tape::new(&[]), files: 1 });
        extending_changes_nothing("p/small", &files)
    });
}

/// Answers to all questions and ticks for all materials.
fn complete(small: &SmallPack, pack: &Pack, tape: &mut Tape<'_>) -> Facts {
    let mut facts = Facts::new(pack.facts.len());
    for (index, fact) in pack.facts.iter().enumerate() {
        let own = small.facts.iter().find(|own| own.name(Speech::English) == fact.id);
        let values = match (own, fact.role) {
            (Some(own), _) => own.values(),
            (None, FactRole::MaterialState(_)) => states(),
            (None, _) => continue,
        };
        facts.set(FactId::new(index), Slot::Known(values[tape.below(values.len())].clone()));
    }
    facts
}

fn with(decision: &Decision, status: MaterialStatus) -> BTreeSet<usize> {
    let materials = decision.materials.iter().filter(|material| material.status == status);
    materials.map(|material| material.material.index()).collect()
}

/// The sum of the fees that are charged, in fen.
fn fee(decision: &Decision) -> i128 {
    known(&decision.fees.due_total).unwrap()
}

fn known(quantity: &Quantity) -> Option<i128> {
    match quantity {
        Quantity::Known(number) => Some(*number),
        Quantity::Open { .. } | Quantity::CannotCompute(_) => None,
    }
}

/// Nothing is longer, more or dearer below than above.
fn no_burden(above: (&Pack, &Decision), below: (&Pack, &Decision), said: &str) -> Result<(), TestCaseError> {
    let ((_, above), (_, below)) = (above, below);
    let required = |decision| with(decision, MaterialStatus::Required);
    prop_assert!(required(below).is_subset(&required(above)), "more materials\n{said}");
    let spared = with(below, MaterialStatus::WaivedLocal);
    prop_assert!(
        required(below).union(&spared).copied().collect::<BTreeSet<_>>().is_superset(&required(above)),
        "{said}"
    );
    prop_assert!(below.separate_count <= above.separate_count, "more pieces\n{said}");
    prop_assert!(fee(below) <= fee(above), "a higher fee\n{said}");
    prop_assert_eq!(below.items.len(), above.items.len(), "other items\n{}", said);
    for (below, above) in below.items.iter().zip(&above.items) {
        prop_assert_eq!((&below.selected, below.outcome), (&above.selected, above.outcome), "{}", said);
        prop_assert!(below.statutory_days <= above.statutory_days, "a longer period\n{said}");
    }
    if let (Some(below), Some(above)) = (&below.periods, &above.periods) {
        prop_assert!(known(&below.statutory_sum) <= known(&above.statutory_sum), "a longer sum\n{said}");
        if let (Some(below), Some(above)) = (known(&below.promised_days), known(&above.promised_days)) {
            prop_assert!(below <= above, "promised {below} instead of {above}\n{said}");
        }
    }
    if above.tolerance.status == ToleranceStatus::Allowed {
        let fine = [ToleranceStatus::Allowed, ToleranceStatus::NotApplicable];
        prop_assert!(fine.contains(&below.tolerance.status), "narrower tolerance\n{said}");
    }
    let is_ready = |decision: &Decision| decision.verdict == Verdict::Ready;
    prop_assert!(!is_ready(above) || is_ready(below), "{:?} instead of ready\n{said}", below.verdict);
    Ok(())
}

/// Whether the child says something that its parent forbids: what is drawn may come out the same
/// as above, or certainly longer.
fn is_forbidden(diagnostics: &[Diagnostic]) -> bool {
    let forbidden = [Code::ChangesNothing, Code::Stricter];
    let mut errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).peekable();
    errors.peek().is_some() && errors.all(|error| forbidden.contains(&error.code))
}

fn trial(tapes: &[Vec<u8>; 3], calendar: &Calendar) -> Result<bool, TestCaseError> {
    let small = SmallPack::draw(&mut Tape::new(&tapes[0]));
    let files = sources(&small, Layout { speech: Speech::English, tape: Tape::new(&[]), files: 1 });
    let above = compiled("p/small", &files)?;
    let own = relaxed(&small, &mut Tape::new(&tapes[1]));
    let files = extending("p/small", &files, &own);
    if is_forbidden(&compile("p/child", &files).1) {
        return Ok(false);
    }
    let below = compiled("p/child", &files)?;
    let mut tape = Tape::new(&tapes[2]);
    for _ in 0..8 {
        let facts = complete(&small, &above, &mut tape);
        let on = Date::parse(["2014-05-20", "2014-11-18"][tape.below(2)]).unwrap();
        let decided = [&above, &below].map(|pack| decide(pack, calendar, &facts, on));
        let said = format!("{own}\n{}\n{}", files[1].text, shown(&above, &facts));
        no_burden((&above, &decided[0]), (&below, &decided[1]), &said)?;
    }
    Ok(true)
}

#[test]
fn no_override_is_a_burden() {
    let calendar = calendar().value;
    let tape = |most| vec(any::<u8>(), 0..most);
    let tapes = (tape(160), tape(80), tape(200));
    let tried = std::cell::Cell::new(0);
    random::check(400, &tapes, |(pack, overrides, answers)| {
        let is_tried = trial(&[pack, overrides, answers], &calendar)?;
        tried.set(tried.get() + u32::from(is_tried));
        Ok(())
    });
    assert!(tried.get() > 200, "{} tried", tried.get());
}

const ABOVE: &str = "
规则包: {名称: 上级, 版本: 1, 模板: 是}
情形:
  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
  - {id: wants, 名称: 要办, 类型: 是否, 问法: 要办吗？}
参数:
  - {id: most, 名称: 最长, 数值: 12, 单位: 工作日, 依据: 原文 甲法}
事项:
  - {id: a, 名称: 甲, 申请条件: 要办, 法定时限: {天数: 30, 依据: 原文 甲法}, 依据: 原文 甲法}
";

/// The promised days of everything that is applied for.
fn promised(above: &str, own: &str) -> Option<i128> {
    let files = extending("cn/a", &[Source::new("pack.yaml", above)], own);
    let pack = compiled("city/a", &files).unwrap();
    let mut facts = Facts::new(pack.facts.len());
    for (index, fact) in pack.facts.iter().enumerate() {
        if fact.id == "wants" || fact.id == "more" {
            facts.set(FactId::new(index), Slot::Known(Value::Bool(true)));
        }
    }
    let decision = decide(&pack, &calendar().value, &facts, Date::parse("2014-11-18").unwrap());
    known(&decision.periods.unwrap().promised_days)
}

#[test]
fn a_promise_is_never_longer_than_above() {
    let by_param = format!("{ABOVE}承诺时限: {{天数: 最长, 依据: 原文 甲法}}\n");
    let min = format!("{ABOVE}承诺时限: {{天数: 'min(最长, 事项.法定最长)', 依据: 原文 甲法}}\n");
    let own = |rest: &str| format!("规则包: {{继承: cn/a}}\n{rest}\n");
    let longer = "改动: [{参数: 最长, 数值: 40, 依据: 原文 乙法}]";
    let shorter = "改动: [{参数: 最长, 数值: 7, 依据: 原文 乙法}]";
    let statutory = "改动: [{事项: 甲, 法定时限: 9, 依据: 原文 乙法}]";
    let more = "情形: [{id: more, 名称: 另办, 类型: 是否}]\n事项: [{id: b, 名称: 乙, 申请条件: 另办, 法定时限: {天数: 20, 依据: 原文 乙法}, 依据: 原文 乙法}]";
    for (above, own, expected) in [
        (by_param.as_str(), own(""), 12),
        (&by_param, own(longer), 12),
        (&by_param, own(shorter), 7),
        (&by_param, own("承诺时限: {天数: 事项.法定最长, 依据: 报告 丙}"), 12),
        (&by_param, own(&format!("承诺时限: {{天数: 'max(最长, 3)', 依据: 报告 丙}}\n{longer}")), 12),
        (&min, own(statutory), 9),
        (&min, own(longer), 12),
        // Without a promise above it is the longest statutory period.
        (ABOVE, own("承诺时限: {天数: 40, 依据: 报告 丙}"), 30),
        (ABOVE, own("承诺时限: {天数: 4, 依据: 报告 丙}"), 4),
        // What the pack above does not have is not measured by it.
        (&by_param, own(&format!("承诺时限: {{天数: 事项.法定最长, 依据: 报告 丙}}\n{more}")), 30),
        (&by_param, own(more), 12),
    ] {
        assert_eq!(promised(above, &own), Some(expected), "{own}");
    }
}

/// What ends, with its last day.
fn endings(own: &str) -> Vec<String> {
    let above = ABOVE.replace("{天数: 30, 依据: 原文 甲法}", "[{至: 2015-06-30, 天数: 30, 依据: 原文 甲法}]");
    let files = extending("cn/a", &[Source::new("pack.yaml", &above)], &format!("规则包: {{继承: cn/a}}\n{own}\n"));
    let endings = compiled("city/a", &files).unwrap().versions.endings;
    endings.iter().map(|ending| format!("{} {} {}", ending.what, ending.id, ending.to)).collect()
}

#[test]
fn what_an_override_carries_on_does_not_end() {
    let shorter = |period: &str| format!("改动: [{{事项: 甲, 法定时限: 9{period}, 依据: 原文 乙法}}]");
    let until = ["statutory a 2015-06-30"];
    assert_eq!(endings(""), until);
    assert_eq!(endings(&shorter("")), [""; 0]);
    assert_eq!(endings(&shorter(", 有效期: {自: 2015-01-01}")), [""; 0]);
    // Where the override ends first, what is above goes on.
    assert_eq!(endings(&shorter(", 有效期: {至: 2014-12-31}")), until);
    assert_eq!(endings(&shorter(", 有效期: {至: 2016-12-31}")), ["statutory a 2016-12-31"]);
    assert_eq!(endings("改动: [{参数: 最长, 各期数值: [{至: 2014-12-31, 数值: 7}], 依据: 原文 乙法}]"), until);
}

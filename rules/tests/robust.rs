//! Rule files that are wrong in any way: never a panic, and either a pack or an error.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use yichuang_rules::{Code, Diagnostic, Lang, Source, compile, read_pack, render, sorted};

/// Compiles and renders; the codes of what is wrong, in order.
fn check(sources: &[Source]) -> Vec<Code> {
    let (bundle, diagnostics) = compile("test/robust", sources);
    let refused = diagnostics.iter().any(Diagnostic::is_error);
    let sorted = sorted(sources);
    let printed = render(&diagnostics, &sorted, Lang::Zh);
    assert_eq!(bundle.is_none(), refused, "{printed}");
    assert_eq!(printed.is_empty(), diagnostics.is_empty());
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn real_pack() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/putian/nine-in-one");
    read_pack(&folder).1
}

fn with(change: impl FnOnce(&mut BTreeMap<String, String>)) -> Vec<Source> {
    let mut files: BTreeMap<String, String> = real_pack().into_iter().map(|file| (file.name, file.text)).collect();
    change(&mut files);
    files.iter().map(|(name, text)| Source::new(name, text)).collect()
}

#[test]
fn the_real_pack_has_neither_faults_nor_warnings() {
    assert_eq!(check(&real_pack()), []);
}

#[test]
fn every_file_may_be_missing_or_empty_or_something_else() {
    let names: Vec<String> = real_pack().into_iter().map(|file| file.name).collect();
    for name in &names {
        for text in ["", "\n", "# 说明", "- a", "a", "12", "{}", "[]", "''", "---", "id", "id,材料", "情形:", ",,,\n,,"]
        {
            check(&with(|files| {
                files.insert(name.clone(), text.to_owned());
            }));
        }
        check(&with(|files| drop(files.remove(name))));
    }
}

/// Every value of every line by something of another kind.
#[test]
fn every_value_may_be_of_another_kind() {
    for file in real_pack().iter().filter(|file| file.name.ends_with(".yaml")) {
        for (place, line) in file.text.lines().enumerate() {
            let Some((key, value)) = line.split_once(": ").filter(|(key, _)| !key.contains(['#', '{'])) else {
                continue;
            };
            let other = ["", "''", "1", "-1", "[]", "{}", "[a, {b: c}]", "{a: b}", "真", "非", "2014-02-30"];
            let other = other[place % other.len()];
            if other == value {
                continue;
            }
            let changed = file.text.lines().enumerate();
            let changed =
                changed.map(|(at, line)| if at == place { format!("{key}: {other}") } else { line.to_owned() });
            let text = changed.collect::<Vec<_>>().join("\n");
            check(&with(|files| {
                files.insert(file.name.clone(), text);
            }));
        }
    }
}

/// The same within the flow style in which overrides are written, of a pack with two above it.
#[test]
fn every_value_of_layers_may_be_of_another_kind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/layers/packs/north/town");
    let files = read_pack(&folder).1;
    assert_eq!(check(&files), []);
    for (file, source) in files.iter().enumerate() {
        for (place, (at, _)) in source.text.match_indices(": ").enumerate() {
            let (head, tail) = source.text.split_at(at + 2);
            let (_, tail) = tail.split_at(tail.find([',', '}', ']', '\n']).unwrap());
            let others = ["", "''", "1", "-1", "[]", "{}", "[a, {b: c}]", "{自: 2014-02-30}", "真", "假", "form", "是"];
            let mut changed = files.clone();
            changed[file].text = format!("{head}{}{tail}", others[place % others.len()]);
            check(&changed);
        }
        let mut without = files.clone();
        without.remove(file);
        check(&without);
    }
}

#[test]
fn a_long_chain_of_rules_is_refused_not_followed() {
    let facts = "情形:\n  - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期}\n";
    let mut rules = String::from("规则:\n");
    for index in 0..3000 {
        let condition = if index == 2999 { "真".to_owned() } else { format!("非 规则{}", index + 1) };
        writeln!(rules, "  - {{id: r{index}, 名称: 规则{index}, 条件: {condition}, 依据: 本包默认 测试}}").unwrap();
    }
    let codes = check(&[Source::new("a.yaml", facts), Source::new("b.yaml", &rules)]);
    assert_eq!(codes, [Code::MissingKey, Code::MissingKey, Code::TooDeep]);
}

/// Each is one nonsense in an otherwise sound pack; none may pass for sound.
#[test]
fn nonsense_is_never_accepted() {
    let cases = [
        ("facts.yaml", "类型: 多选", "类型: 是否"),
        ("facts.yaml", "id: business.activities", "id: [business.activities]"),
        ("facts.yaml", "名称: 申请人类型", "名称: 申请人 类型"),
        ("facts.yaml", "名称: 申请人类型", "名称: 12"),
        ("facts.yaml", "名称: 申请人类型", "名称: 且"),
        ("facts.yaml", "名称: 申请人类型", "名称: true"),
        ("facts.yaml", "id: applicant.kind", "id: applicant kind"),
        ("facts.yaml", "id: applicant.kind", "id: materials.f01"),
        ("facts.yaml", "id: applicant.kind", "id: F-10"),
        ("facts.yaml", "未答时按: 当日", "未答时按: 2014-01-01"),
        ("items.yaml", "编号: n1\n", "编号: [n1]\n"),
        ("items.yaml", "编号: n1\n", "编号: catering\n"),
        ("items.yaml", "id: food_production\n", "id: statutory_max\n"),
        ("items.yaml", "名称: 食品生产许可\n", "名称: 法定最长\n"),
        ("items.yaml", "有效期: {自: 2021-04-29}", "有效期: {自: {至: 2021-04-29}}"),
        ("items.yaml", "事项: [food_business]", "事项: food_business"),
        ("materials.csv", "f02,主体资格证明,0,1", "f02,主体资格证明,-1,1"),
        ("materials.csv", "f02,主体资格证明,0,1", "f02,主体资格证明,0,70000"),
        ("materials.csv", "f02,主体资格证明", "F02,主体资格证明"),
        ("materials.yaml", "产生于: drug_retail", "产生于: psych2_retail"),
        ("materials.yaml", "产生于: drug_retail", "产生于: 承诺时限"),
        ("checks.yaml", "重问: business.activities", "重问: has_item"),
        ("checks.yaml", "级别: 错误", "级别: 1"),
        ("periods.yaml", "上限: 2", "上限: 二"),
        ("periods.yaml", "排除条件: 是否被列入失信名单", "排除条件: 承诺最长工作日"),
        ("periods.yaml", "金额: 0.00", "金额: 0.001"),
        ("periods.yaml", "天数: 0}", "天数: }"),
        ("forms.yaml", "时机: 申请", "时机: 随时"),
        ("forms.yaml", "内容: items", "内容: everything"),
        ("forms.yaml", "id: F-10", "id: F10"),
        ("pack.yaml", "提问顺序: 按列出", "提问顺序: 随便"),
        ("pack.yaml", "版本: 2014-11", "版本: {年: 2014}"),
    ];
    for (file, old, new) in cases {
        let sources = with(|files| {
            let text = files.get_mut(file).unwrap();
            assert!(text.contains(old), "{file}: {old}");
            *text = text.replacen(old, new, 1);
        });
        let (bundle, _) = compile("test/robust", &sources);
        assert!(bundle.is_none(), "{file}: {new}");
        check(&sources);
    }
}

#[test]
fn a_pack_id_that_fits_no_address_is_a_warning() {
    for (id, odd) in [("putian/nine-in-one", false), ("莆田/九证", true), ("a b", true), ("", true), ("a//b", true)]
    {
        let (bundle, diagnostics) = compile(id, &real_pack());
        assert!(bundle.is_some());
        assert_eq!(
            diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(),
            vec![Code::OddPackId; usize::from(odd)]
        );
    }
}

/// What happens to one line of one file.
#[derive(Clone, Debug)]
enum Mutation {
    DeleteLine,
    DuplicateLine,
    SwapWithNext,
    DeleteToken,
    DuplicateToken,
    ReplaceToken(&'static str),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let words = [
        "",
        "非",
        "且",
        "或",
        "包含",
        "属于",
        "==",
        "!=",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        "：",
        ",",
        "，",
        "-",
        "'",
        "\"",
        "#",
        " #",
        "&a",
        "*a",
        "!",
        "|",
        "1",
        "0.5",
        "-1",
        "99999999999",
        "真",
        "是",
        "经营活动",
        "受理日期",
        "事项.药品零售",
        "事项.法定最长",
        "has_item",
        "date(\"2014-02-30\")",
        "2014-02-30",
        "●",
        "○",
        "本包默认",
        "name",
        "id",
        "\t",
        "\u{3000}",
    ];
    prop_oneof![
        Just(Mutation::DeleteLine),
        Just(Mutation::DuplicateLine),
        Just(Mutation::SwapWithNext),
        Just(Mutation::DeleteToken),
        Just(Mutation::DuplicateToken),
        prop::sample::select(words.to_vec()).prop_map(Mutation::ReplaceToken),
    ]
}

fn mutate(text: &str, line: usize, token: usize, mutation: &Mutation) -> String {
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    if lines.is_empty() {
        return String::new();
    }
    let at = line % lines.len();
    match mutation {
        Mutation::DeleteLine => drop(lines.remove(at)),
        Mutation::DuplicateLine => lines.insert(at, lines[at].clone()),
        Mutation::SwapWithNext if at + 1 < lines.len() => lines.swap(at, at + 1),
        Mutation::SwapWithNext => {}
        Mutation::DeleteToken => lines[at] = edit_token(&lines[at], token, |_| String::new()),
        Mutation::DuplicateToken => lines[at] = edit_token(&lines[at], token, |token| format!("{token}{token}")),
        Mutation::ReplaceToken(word) => lines[at] = edit_token(&lines[at], token, |_| (*word).to_owned()),
    }
    lines.join("\n")
}

/// Changes one token: a run of word characters, of spaces, or a single other character.
fn edit_token(line: &str, token: usize, change: impl Fn(&str) -> String) -> String {
    let kind = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.') { 1 } else { 2 + 2 * i32::from(c == ' ') };
    let mut tokens: Vec<String> = Vec::new();
    let mut last = 0;
    for c in line.chars() {
        match tokens.last_mut() {
            Some(token) if kind(c) == last && last != 2 => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = kind(c);
    }
    if tokens.is_empty() {
        return change("");
    }
    let at = token % tokens.len();
    tokens[at] = change(&tokens[at]);
    tokens.concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mutation_of_the_real_pack_is_a_pack_or_an_error(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..500_usize, 0..60_usize, mutation()), 1..4),
    ) {
        let sources = with(|files| {
            for (file, line, token, mutation) in &changes {
                let names: Vec<String> = files.keys().cloned().collect();
                let text = files.get_mut(file.get(&names)).unwrap();
                *text = mutate(text, *line, *token, mutation);
            }
        });
        check(&sources);
    }
    #[test]
    fn any_mutation_of_tables_is_a_pack_or_an_error(
        folder in 0..4_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..80_usize, 0..60_usize, mutation()), 1..4),
    ) {
        let folder = ["unique", "first", "collect", "sheet"][folder];
        let place = format!("{}/../tests/corpus/tables-{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut sources = read_pack(Path::new(&place)).1;
        for (file, line, token, mutation) in &changes {
            let file = file.index(sources.len());
            sources[file].text = mutate(&sources[file].text, *line, *token, mutation);
        }
        check(&sources);
    }
}

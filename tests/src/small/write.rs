//! A small pack as rule files.

use yichuang_rules::Source;

use super::expr::{Cond, Speech, condition_name, number_name, numeral, option_name};
use super::pack::{Kind, SmallFact, SmallItem, SmallMaterial, SmallPack};
use super::tape::Tape;

/// In which order and in which files a pack is written.
#[derive(Debug)]
pub struct Layout<'t> {
    pub speech: Speech,
    /// Draws the order of keys and the file of every section.
    pub tape: Tape<'t>,
    /// Over how many files the sections are spread.
    pub files: usize,
}

/// A piece of YAML.
enum Piece {
    Text(String),
    List(Vec<Piece>),
    /// English keys.
    Map(Vec<(&'static str, Piece)>),
}

/// The pack as rule files.
#[must_use]
pub fn sources(pack: &SmallPack, mut layout: Layout<'_>) -> Vec<Source> {
    let sections = sections(pack, layout.speech);
    let mut texts = vec![String::new(); layout.files];
    for place in layout.tape.order(sections.len()) {
        let (key, piece) = &sections[place];
        let file = layout.tape.below(layout.files);
        let value = written(piece, &mut layout);
        texts[file] += &format!("{}: {value}\n", key_in(key, layout.speech));
    }
    let names = layout.tape.order(layout.files);
    let texts = texts.into_iter().zip(names).filter(|(text, _)| !text.is_empty());
    texts.map(|(text, name)| Source::new(format!("{name}.yaml"), &text)).collect()
}

/// Flow style, with every text in quotes.
fn written(piece: &Piece, layout: &mut Layout<'_>) -> String {
    match piece {
        Piece::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Piece::List(items) => {
            format!("[{}]", items.iter().map(|item| written(item, layout)).collect::<Vec<_>>().join(", "))
        }
        Piece::Map(entries) => {
            let order = layout.tape.order(entries.len());
            let entries = order.into_iter().map(|place| {
                let (key, value) = &entries[place];
                format!("{}: {}", key_in(key, layout.speech), written(value, layout))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn sections(pack: &SmallPack, speech: Speech) -> Vec<(&'static str, Piece)> {
    let mut sections = vec![
        ("pack", Piece::Map(vec![("name", text("小包")), ("edition", text("1")), ("order", order(pack, speech))])),
        ("facts", facts(pack, speech)),
        (
            "items",
            Piece::List(
                pack.items.iter().enumerate().map(|(place, item)| item_piece(pack, place, item, speech)).collect(),
            ),
        ),
    ];
    let mut section = |key, pieces| push_list(&mut sections, key, pieces);
    section("rules", rules(pack, speech));
    section("checks", checks(pack, speech));
    let ground = |competent: bool| {
        move |(place, when): (usize, &Cond)| {
            let mut piece = worded(&format!("g{place}"), &when.text(pack, speech));
            if competent {
                piece.push(("competent", text("别处")));
            }
            Piece::Map(piece)
        }
    };
    section("not_required", pack.not_required.iter().enumerate().map(ground(false)).collect());
    section("not_competent", pack.not_competent.iter().enumerate().map(ground(true)).collect());
    section("conflicts", pack.conflict.iter().map(|fact| conflict(&pack.facts[*fact], speech)).collect());
    let materials = pack.materials.iter().enumerate();
    section("materials", materials.map(|(place, material)| material_piece(pack, place, material, speech)).collect());
    let fees = pack.fee.iter().map(|when| {
        let mut piece = declared("fee", "收费");
        piece.extend([("amount", text("1.00")), ("when", text(when.text(pack, speech))), basis()]);
        Piece::Map(piece)
    });
    section("fees", fees.collect());
    if let Some(days) = &pack.promised {
        sections.push(("promised", Piece::Map(vec![("days", text(days.text(pack, speech))), basis()])));
    }
    if let Some((limit, excluded)) = &pack.tolerance {
        let limit = ("limit", text(limit.to_string()));
        let excluded = ("excluded_if", text(excluded.text(pack, speech)));
        sections.push(("tolerance", Piece::Map(vec![limit, ("supplement_days", text("5")), excluded, basis()])));
    }
    sections
}

fn order(pack: &SmallPack, speech: Speech) -> Piece {
    text(match (pack.asks_by_effect, speech) {
        (false, Speech::English) => "pack",
        (false, Speech::Chinese) => "按列出",
        (true, Speech::English) => "settles",
        (true, Speech::Chinese) => "按影响",
    })
}

fn facts(pack: &SmallPack, speech: Speech) -> Piece {
    let word = |english: &str, chinese: &str| text(if speech == Speech::Chinese { chinese } else { english });
    let mut accepted_on = declared("accepted_on", "受理日期");
    accepted_on.extend([
        ("type", word("date", "日期")),
        ("role", word("accepted_on", "受理日期")),
        ("assumed", word("today", "当日")),
    ]);
    let mut facts = vec![Piece::Map(accepted_on)];
    for fact in &pack.facts {
        let mut piece = declared(&fact.name(Speech::English), &fact.name(Speech::Chinese));
        piece.push(("question", text("怎么样？")));
        match fact.kind {
            Kind::Bool => piece.push(("type", word("bool", "是否"))),
            Kind::Integer { min, max } => piece.extend([
                ("type", word("integer", "整数")),
                ("min", text(min.to_string())),
                ("max", text(max.to_string())),
            ]),
            Kind::Choice(count) => piece.extend([("type", word("choice", "单选")), ("options", options(count))]),
            Kind::Choices(count) => piece.extend([("type", word("choices", "多选")), ("options", options(count))]),
        }
        facts.push(Piece::Map(piece));
    }
    Piece::List(facts)
}

fn options(count: usize) -> Piece {
    let option =
        |place| Piece::Map(declared(&option_name(place, Speech::English), &option_name(place, Speech::Chinese)));
    Piece::List((0..count).map(option).collect())
}

fn rules(pack: &SmallPack, speech: Speech) -> Vec<Piece> {
    let rule = |name: fn(usize, Speech) -> String, place: usize, key: &'static str, value: String| {
        let mut piece = declared(&name(place, Speech::English), &name(place, Speech::Chinese));
        piece.extend([(key, text(value)), basis()]);
        Piece::Map(piece)
    };
    let conditions = pack.conditions.iter().enumerate();
    let conditions = conditions.map(|(place, cond)| rule(condition_name, place, "when", cond.text(pack, speech)));
    let numbers = pack.numbers.iter().enumerate();
    let numbers = numbers.map(|(place, num)| rule(number_name, place, "value", num.text(pack, speech)));
    conditions.chain(numbers).collect()
}

fn checks(pack: &SmallPack, speech: Speech) -> Vec<Piece> {
    let severities = [("error", "错误"), ("warning", "警告"), ("notice", "提示")];
    let check = |(place, (when, severity)): (usize, &(Cond, usize))| {
        let (english, chinese) = severities[*severity];
        let mut piece = worded(&format!("k{place}"), &when.text(pack, speech));
        piece.push(("severity", text(if speech == Speech::Chinese { chinese } else { english })));
        Piece::Map(piece)
    };
    pack.checks.iter().enumerate().map(check).collect()
}

fn item_piece(pack: &SmallPack, place: usize, item: &SmallItem, speech: Speech) -> Piece {
    let conditions = item.conditions.iter().enumerate();
    let conditions = conditions.map(|(place, met)| Piece::Map(worded(&format!("m{place}"), &met.text(pack, speech))));
    let mut piece = declared(&format!("i{place}"), &item_name(place));
    piece.extend([
        ("selected", text(item.selected.text(pack, speech))),
        ("statutory", Piece::Map(vec![("days", text(item.days.to_string())), basis()])),
        basis(),
    ]);
    push_list(&mut piece, "conditions", conditions.collect());
    Piece::Map(piece)
}

fn conflict(reopens: &SmallFact, speech: Speech) -> Piece {
    Piece::Map(vec![
        ("id", text("clash")),
        ("items", item_list(&[0, 1], speech)),
        ("message", text("只能办一样")),
        ("reopens", text(reopens.name(speech))),
        basis(),
    ])
}

fn material_piece(pack: &SmallPack, place: usize, material: &SmallMaterial, speech: Speech) -> Piece {
    let mut piece = declared(&format!("p{place}"), &format!("材料{}", numeral(place)));
    piece.extend([("originals", text("1")), ("needed_by", item_list(&material.needed_by, speech)), basis()]);
    if let Some(when) = &material.when {
        piece.push(("when", text(when.text(pack, speech))));
    }
    if let Some(item) = material.produced_by {
        piece.push(("produced_by", text(item_id(item, speech))));
    }
    if let Some(shared) = &material.shared_if {
        piece.push(("shared_if", text(shared.text(pack, speech))));
    }
    if material.deferrable {
        piece.push(("deferrable", text(if speech == Speech::Chinese { "是" } else { "true" })));
    }
    let variants = material.variants.iter().enumerate().map(|(place, when)| {
        let mut piece = vec![("name", text(format!("形态{}", numeral(place))))];
        piece.extend(when.iter().map(|when| ("when", text(when.text(pack, speech)))));
        Piece::Map(piece)
    });
    push_list(&mut piece, "variants", variants.collect());
    Piece::Map(piece)
}

/// A list without entries is not written: it would be a fault.
fn push_list(piece: &mut Vec<(&'static str, Piece)>, key: &'static str, entries: Vec<Piece>) {
    if !entries.is_empty() {
        piece.push((key, Piece::List(entries)));
    }
}

fn item_list(items: &[usize], speech: Speech) -> Piece {
    Piece::List(items.iter().map(|item| text(item_id(*item, speech))).collect())
}

fn item_id(item: usize, speech: Speech) -> String {
    if speech == Speech::Chinese { item_name(item) } else { format!("i{item}") }
}

fn item_name(place: usize) -> String {
    format!("许可{}", numeral(place))
}

fn worded(id: &str, when: &str) -> Vec<(&'static str, Piece)> {
    vec![("id", text(id)), ("when", text(when)), ("message", text("说明")), basis()]
}

fn declared(id: &str, name: &str) -> Vec<(&'static str, Piece)> {
    vec![("id", text(id)), ("name", text(name))]
}

/// A basis is written in either language, to the same effect.
fn basis() -> (&'static str, Piece) {
    ("basis", text("本包默认 示例"))
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

/// The Chinese word of every key that is written here, from the language manual.
fn key_in(key: &'static str, speech: Speech) -> &'static str {
    const KEYS: &[(&str, &str)] = &[
        ("pack", "规则包"),
        ("name", "名称"),
        ("edition", "版本"),
        ("order", "提问顺序"),
        ("facts", "情形"),
        ("type", "类型"),
        ("role", "用途"),
        ("assumed", "未答时按"),
        ("question", "问法"),
        ("min", "最小"),
        ("max", "最大"),
        ("options", "选项"),
        ("rules", "规则"),
        ("when", "条件"),
        ("value", "取值"),
        ("basis", "依据"),
        ("items", "事项"),
        ("selected", "申请条件"),
        ("conditions", "许可条件"),
        ("statutory", "法定时限"),
        ("days", "天数"),
        ("checks", "核验"),
        ("severity", "级别"),
        ("message", "说明"),
        ("not_required", "不受理"),
        ("not_competent", "不予受理"),
        ("competent", "受理机关"),
        ("conflicts", "冲突"),
        ("reopens", "重问"),
        ("materials", "材料"),
        ("originals", "原件"),
        ("needed_by", "适用事项"),
        ("produced_by", "产生于"),
        ("shared_if", "共享条件"),
        ("deferrable", "容缺"),
        ("variants", "形态"),
        ("promised", "承诺时限"),
        ("tolerance", "容缺"),
        ("limit", "上限"),
        ("supplement_days", "补齐期限"),
        ("excluded_if", "排除条件"),
        ("fees", "收费"),
        ("amount", "金额"),
    ];
    let known = || KEYS.iter().find(|(english, _)| *english == key);
    match speech {
        Speech::English => key,
        // `id` is written in English in Chinese packs too.
        Speech::Chinese => known().map_or(key, |(_, chinese)| chinese),
    }
}

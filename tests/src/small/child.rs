//! A pack that extends a small pack and makes it easier, as rule files.

use yichuang_rules::Source;

use super::expr::{Cond, Num, Speech};
use super::pack::SmallPack;
use super::tape::Tape;

/// The files of a pack that extends another one, whose id and files are given.
#[must_use]
pub fn extending(id: &str, files: &[Source], own: &str) -> Vec<Source> {
    let above = files.iter().map(|file| Source::new(format!("{id}/{}", file.name), &file.text));
    std::iter::once(Source::new("pack.yaml", own)).chain(above).collect()
}

/// What a pack says that extends the small pack `p/small` with some overrides.
#[must_use]
pub fn relaxed(pack: &SmallPack, tape: &mut Tape<'_>) -> String {
    let english = Speech::English;
    let mut overrides: Vec<String> = Vec::new();
    let mut change = |target: String, keys: &[String]| {
        if !keys.is_empty() {
            overrides.push(format!("  - {{{target}, {}, basis: 原文 办法}}\n", keys.join(", ")));
        }
    };
    for (place, item) in pack.items.iter().enumerate() {
        if item.days > 0 && tape.rarely(2) {
            let days = tape.below(item.days);
            let mut keys = vec![format!("statutory: {days}")];
            keys.extend(tape.rarely(2).then(|| "effective: {from: 2014-06-01}".to_owned()));
            change(format!("item: i{place}"), &keys);
        }
    }
    for (place, material) in pack.materials.iter().enumerate() {
        let mut keys = Vec::new();
        if tape.rarely(2) {
            keys.push(format!("waived: '{}'", Cond::draw(tape, pack, 2).text(pack, english).replace('\'', "''")));
        }
        keys.extend((!material.deferrable && tape.rarely(2)).then(|| "deferrable: true".to_owned()));
        change(format!("material: p{place}"), &keys);
    }
    if pack.fee.is_some() {
        let keys = [vec!["amount: 0.50".to_owned()], vec!["waived: yes".to_owned()], Vec::new()];
        change("fee: fee".to_owned(), &keys[tape.below(3)]);
    }
    let mut text = "pack: {extends: p/small, name: 下级}\n".to_owned();
    if !overrides.is_empty() {
        text += &format!("overrides:\n{}", overrides.concat());
    }
    if tape.rarely(2) {
        let days = Num::draw(tape, pack, 2).text(pack, english).replace('\'', "''");
        text += &format!("promised: {{days: '{days}', basis: 原文 办法}}\n");
    }
    if let Some((limit, _)) = pack.tolerance.as_ref().filter(|_| tape.rarely(2)) {
        let (limit, excluded) = (limit + tape.below(2), Cond::draw(tape, pack, 1).text(pack, english));
        let excluded = excluded.replace('\'', "''");
        let tolerance = format!("limit: {limit}, supplement_days: 6, excluded_if: '{excluded}', basis: 原文 办法");
        text += &format!("tolerance: {{{tolerance}}}\n");
    }
    text
}

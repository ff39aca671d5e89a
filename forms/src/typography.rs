//! Chinese typography: where a line may break, and the thin space between Chinese and digits.
//!
//! `28个工作日` and `28 个工作日` both come out with a thin space; a date, a time span and the
//! number of an article never break.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Element, Lang, Tree};

/// A thin space at which a line may break.
const THIN: char = '\u{2009}';
/// A thin space at which no line breaks.
const JOIN: char = '\u{202f}';
/// Forbids a break between two characters.
const WORD_JOINER: char = '\u{2060}';

/// Puts thin spaces between Chinese and digits or Latin letters, and joins what belongs together.
///
/// A number and its measure word (`28 个`), the parts of a date (`12 月 26 日`), a span of times
/// (`8:30–12:00`) and the number of an article (`第三十二条`) are kept on one line.
#[must_use]
pub fn typeset(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut ordinal_until = 0;
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        if at >= ordinal_until {
            ordinal_until = ordinal_end(&chars, at).unwrap_or(ordinal_until);
        }
        if c == ' ' && meets(before, next) {
            out.push(gap(before, next));
            continue;
        }
        if meets(before, c) {
            out.push(gap(before, c));
        } else if is_span(before, c, next) || (at < ordinal_until && before != ' ' && out_of_start(&chars, at)) {
            out.push(WORD_JOINER);
        }
        out.push(c);
        if c == '–' && before.is_ascii_digit() && next.is_ascii_digit() {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// Typesets every text of a tree; in an English page Chinese words are marked as such, so that
/// they are read out in their own language (WCAG 2.2, 3.1.2).
#[must_use]
pub(crate) fn typeset_tree(mut element: Element, lang: Lang) -> Element {
    if matches!(element.tag, "title" | "option" | "textarea" | "pre") {
        return element;
    }
    let lang = match element.get("lang") {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => lang,
    };
    for child in core::mem::take(&mut element.children) {
        match child {
            Tree::Element(inner) => element.children.push(Tree::Element(typeset_tree(inner, lang))),
            Tree::Text(text) if lang == Lang::En && text.chars().any(is_chinese) => {
                element.children.extend(mark(&text))
            }
            Tree::Text(text) => element.children.push(Tree::Text(typeset(&text))),
        }
    }
    element
}

/// Whether a character is a Chinese one.
#[must_use]
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Splits an English text into its English and its Chinese stretches.
fn mark(text: &str) -> Vec<Tree> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        let chinese = is_chinese(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
        match parts.last_mut() {
            Some((same, part)) if *same == chinese => part.push(c),
            Some(_) | None => parts.push((chinese, String::from(c))),
        }
    }
    let tree = |(chinese, part): (bool, String)| match chinese {
        true => crate::el("span").attr("lang", "zh-CN").text(part).into(),
        false => Tree::Text(part),
    };
    parts.into_iter().map(tree).collect()
}

/// Chinese on one side, a digit or Latin letter on the other.
fn meets(left: char, right: char) -> bool {
    (is_chinese(left) && right.is_ascii_alphanumeric()) || (left.is_ascii_alphanumeric() && is_chinese(right))
}

/// After a digit comes its measure word; before one, only the rest of a date is joined.
fn gap(left: char, right: char) -> char {
    let of_date = matches!(left, '年' | '月' | '第') && right.is_ascii_digit();
    if left.is_ascii_digit() || of_date { JOIN } else { THIN }
}

/// The dash of a span of numbers or times.
fn is_span(before: char, c: char, next: char) -> bool {
    c == '–' && before.is_ascii_digit() && next.is_ascii_digit()
}

/// Where `第…条` that begins at `at` ends.
fn ordinal_end(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars.get(at..)?.strip_prefix(&['第'])?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit() || is_one_of("〇一二三四五六七八九十百千", **c)).count();
    let unit = rest.get(digits)?;
    (digits > 0 && is_one_of("条款项号章年次", *unit)).then_some(at + digits + 2)
}

/// Unlike `contains`, which searches for the bytes of the character as for any text.
fn is_one_of(chars: &str, c: char) -> bool {
    chars.chars().any(|other| other == c)
}

/// The first character of `第…条` may begin a line.
fn out_of_start(chars: &[char], at: usize) -> bool {
    chars.get(at) != Some(&'第')
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::{el, html};

    /// Thin spaces as `_` and `~`, word joiners as `^`.
    fn shown(text: &str) -> String {
        typeset(text).replace(THIN, "_").replace(JOIN, "~").replace(WORD_JOINER, "^")
    }

    #[test]
    fn spaces_and_joins() {
        for (text, wanted) in [
            ("12 月 26 日前办好", "12~月~26~日前办好"),
            ("2014年11月18日", "2014~年~11~月~18~日"),
            ("还差 3 份材料", "还差_3~份材料"),
            ("带19份", "带_19~份"),
            ("药品GSP认证", "药品_GSP_认证"),
            ("8:30–12:00，14:30–17:30", "8:30^–^12:00，14:30^–^17:30"),
            ("行政许可法第三十二条第1款", "行政许可法第^三^十^二^条第~1~款"),
            ("第三方", "第三方"),
            ("Due 26 December", "Due 26 December"),
            ("putian/nine-in-one 2014-11", "putian/nine-in-one 2014-11"),
            ("", ""),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn typesetting_twice_changes_nothing_more() {
        for text in ["从 11 月 18 日起，第三十二条", "8:30–12:00", "药品 GSP 认证"] {
            let once = typeset(text);
            assert_eq!(typeset(&once), once, "{text}");
        }
    }

    #[test]
    fn chinese_in_an_english_page_is_marked() {
        let tree = typeset_tree(el("p").text("Apply for 药品零售 (n6)"), Lang::En);
        let tree = typeset_tree(tree, Lang::En);
        assert_eq!(html(&tree.into()), "<p>Apply for <span lang=\"zh-CN\">药品零售</span> (n6)</p>".to_string());
    }
}

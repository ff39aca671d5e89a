//! Notations of numbers and ranges that people use elsewhere, and how they are written here.

/// Whether commas group digits by thousands: such a number would be read as several.
pub(super) fn has_thousands(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut groups = text.split(',').peekable();
    while let Some(before) = groups.next() {
        depth += before.matches(['[', '(']).count();
        depth = depth.saturating_sub(before.matches([']', ')']).count());
        let ends = before.ends_with(|c: char| c.is_ascii_digit());
        let three = groups.peek().is_some_and(|next| next.chars().take_while(char::is_ascii_digit).count() == 3);
        if depth == 0 && ends && three {
            return true;
        }
    }
    false
}

/// How a range that is written in other ways is written here.
pub(super) fn odd_range(text: &str) -> Option<String> {
    let signs = [
        ("不超过", "<="),
        ("不多于", "<="),
        ("不高于", "<="),
        ("不大于", "<="),
        ("至多", "<="),
        ("≤", "<="),
        ("不少于", ">="),
        ("不低于", ">="),
        ("不小于", ">="),
        ("至少", ">="),
        ("≥", ">="),
        ("不满", "<"),
        ("不足", "<"),
        ("小于", "<"),
        ("低于", "<"),
        ("少于", "<"),
        ("早于", "<"),
        ("＜", "<"),
        ("超过", ">"),
        ("大于", ">"),
        ("高于", ">"),
        ("晚于", ">"),
        ("＞", ">"),
    ];
    if let Some((rest, sign)) = signs.iter().find_map(|(word, sign)| Some((text.strip_prefix(word)?, sign))) {
        return Some(format!("{sign} {}", rest.trim()));
    }
    let ends = [
        ("及以上", ">="),
        ("以上", ">="),
        ("及以下", "<="),
        ("以下", "<="),
        ("以内", "<="),
        ("以后", ">="),
        ("以前", "<="),
    ];
    if let Some((rest, sign)) = ends.iter().find_map(|(word, sign)| Some((text.strip_suffix(word)?, sign))) {
        return Some(format!("{sign} {}", rest.trim()));
    }
    let between = ["..=", "..", "～", "~", "至", "—", "–"];
    let (low, high) = between.iter().find_map(|word| text.split_once(word))?;
    let (low, high) = (low.trim(), high.trim());
    let plain = |end: &str| end.starts_with(|c: char| c.is_ascii_digit());
    (plain(low) && plain(high)).then(|| format!("[{low}, {high}]"))
}

#[cfg(test)]
mod tests {
    use super::{has_thousands, odd_range};

    #[test]
    fn other_notations_are_known() {
        for (written, right) in
            [("50以上", ">= 50"), ("不满 50", "< 50"), ("50～200", "[50, 200]"), ("50..200", "[50, 200]")]
        {
            assert_eq!(odd_range(written).as_deref(), Some(right));
        }
        assert_eq!(odd_range("[50, 200)"), None);
        assert!(has_thousands("< 1,000") && !has_thousands("[50,200)") && !has_thousands("1, 100"));
    }
}

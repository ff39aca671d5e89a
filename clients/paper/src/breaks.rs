//! Where a line may break inside what has no places to break: a long number, an address of the web,
//! a row of stops.

/// The longest stretch without a place to break that fits the value column of a form.
pub(crate) const LONGEST: usize = 24;

/// How many characters of a longer stretch stay together.
const TOGETHER: usize = 4;

/// A line as it is printed: in pieces between which it may break while nothing is printed there, and
/// in several lines where punctuation that no line may begin with leaves no other way (UAX 14).
pub(crate) fn wrapped(line: &str, longest: usize) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    for stretch in stretches(line) {
        let is_long = stretch.chars().nth(longest).is_some();
        let (mut before, mut in_piece) = (' ', 0);
        for c in stretch.chars() {
            match cut(before, c, in_piece, longest) {
                Cut::None => {}
                _ if !is_long => {}
                Cut::Piece => {
                    lines.last_mut().into_iter().for_each(|pieces| pieces.push(String::new()));
                    in_piece = 0;
                }
                Cut::Line => {
                    lines.push(vec![String::new()]);
                    in_piece = 0;
                }
            }
            in_piece += 1;
            before = c;
            if let Some(piece) = lines.last_mut().and_then(|pieces| pieces.last_mut()) {
                piece.push(c);
            }
        }
    }
    lines
}

enum Cut {
    None,
    Piece,
    Line,
}

/// What comes between two characters of a long stretch.
fn cut(before: char, c: char, in_piece: usize, longest: usize) -> Cut {
    if in_piece >= TOGETHER && before.is_alphanumeric() && c.is_alphanumeric() {
        Cut::Piece
    } else if in_piece >= longest && !joins(c) {
        Cut::Line
    } else {
        Cut::None
    }
}

/// The line cut into stretches that a line break cannot be relied on to enter, and the characters
/// between them, each of which can stand at the end of a line.
fn stretches(line: &str) -> Vec<&str> {
    let mut stretches = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let is_free = breaks_freely(first);
        let end = rest.find(|c| is_free || breaks_freely(c)).map_or(rest.len(), |end| end.max(first.len_utf8()));
        let (stretch, after) = rest.split_at(end);
        stretches.push(stretch);
        rest = after;
    }
    stretches
}

/// Ideographs, kana and plain spaces.
fn breaks_freely(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// A character that belongs to the one before it; a letter, digit or sign of ASCII never does.
fn joins(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !is_mark_of_its_own(c)
}

/// Punctuation of Chinese and its full-width forms, dashes, dots, shapes.
fn is_mark_of_its_own(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2190}'..='\u{2bff}' | '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn only_long_stretches_are_cut_and_nothing_is_lost() {
        for (line, wanted) in [
            ("", ""),
            ("福建省莆田市荔城区", "福建省莆田市荔城区"),
            ("电话 059412345678 转 9", "电话 059412345678 转 9"),
            ("号123456789012345", "号1234|5678|9012|345"),
            ("https://a.cn/bcd?e=f", "http|s://a.c|n/bc|d?e=f"),
            ("。。。。。。。。。。。。。", "。。。。。。。。。。。。/。"),
            (
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}/e\u{301}",
            ),
        ] {
            let lines = wrapped(line, 12);
            assert_eq!(lines.concat().concat(), line);
            let shown = lines.iter().map(|pieces| pieces.join("|")).collect::<Vec<_>>().join("/");
            assert_eq!(shown, wanted);
        }
    }
}

//! What of a text can be printed: everything that a font has. The rest prints as 〓 and is kept for
//! the list at the foot, with the place where it stood.

use std::collections::BTreeSet;

use crate::Fonts;

/// What stands for a character that no font has (U+3013, the geta mark of printers).
pub(crate) const STAND_IN: char = '〓';

/// Characters that were replaced at one place of a sheet, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// The label beside it, or the title above it.
    pub(crate) place: String,
    pub(crate) chars: Vec<char>,
}

impl Replaced {
    /// `U+1F600、U+0007 ×3`.
    pub(crate) fn codes(&self) -> String {
        let runs = self.chars.chunk_by(|a, b| a == b).map(|run| {
            let code = run.first().map_or(0, |c| u32::from(*c));
            if run.len() > 1 { format!("U+{code:04X} ×{}", run.len()) } else { format!("U+{code:04X}") }
        });
        runs.collect::<Vec<_>>().join("、")
    }
}

/// Makes texts ready for the fonts.
#[derive(Debug)]
pub(crate) struct Glyphs<'a> {
    fonts: &'a Fonts,
    /// What the fonts seemed to have, and could not print where it stood.
    refused: &'a BTreeSet<char>,
    /// Where the text stands that is made ready.
    pub(crate) place: String,
    pub(crate) replaced: Vec<Replaced>,
}

impl<'a> Glyphs<'a> {
    pub(crate) fn new(fonts: &'a Fonts, refused: &'a BTreeSet<char>) -> Glyphs<'a> {
        Glyphs { fonts, refused, place: String::new(), replaced: Vec::new() }
    }

    /// The lines of a text as they can be printed; what is replaced is noted.
    pub(crate) fn lines(&mut self, text: &str) -> Vec<String> {
        self.ready(text, true)
    }

    /// The same for a text that names a place and is printed again at the foot; nothing is noted.
    pub(crate) fn name(&mut self, text: &str) -> String {
        self.ready(text, false).join(" ")
    }

    fn ready(&mut self, text: &str, note: bool) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut before = None;
        for c in text.chars() {
            match shown(c) {
                Shown::Break if before == Some('\r') && c == '\n' => {}
                Shown::Break => lines.push(String::new()),
                Shown::As(shown) => {
                    let printed = if self.prints(before, shown) { shown } else { STAND_IN };
                    if note && printed == STAND_IN {
                        self.note(c);
                    }
                    if let Some(line) = lines.last_mut() {
                        line.push(printed);
                    }
                }
            }
            before = Some(c);
        }
        lines
    }

    fn prints(&self, before: Option<char>, c: char) -> bool {
        if self.refused.contains(&c) || c.is_control() {
            return false;
        }
        if is_selector(c) {
            return before.is_some_and(|base| self.fonts.have_variant(base, c));
        }
        !is_invisible(c) && (c == ' ' || self.fonts.have(c))
    }

    fn note(&mut self, c: char) {
        match self.replaced.last_mut() {
            Some(last) if last.place == self.place => last.chars.push(c),
            Some(_) | None => self.replaced.push(Replaced { place: self.place.clone(), chars: vec![c] }),
        }
    }
}

enum Shown {
    Break,
    As(char),
}

/// Ends of lines break the line; other white space is shown as a space where no font may have it.
fn shown(c: char) -> Shown {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Shown::Break,
        '\t' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{a0}' => Shown::As(' '),
        c => Shown::As(c),
    }
}

/// A selector of a variant of the character before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What has no shape of its own, or turns the direction of what stands around it (Unicode 17,
/// `Default_Ignorable_Code_Point` without the selectors).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_in_order_and_repeats_are_counted() {
        let replaced = Replaced { place: String::new(), chars: "😀\u{7}\u{7}〓😀".chars().collect() };
        assert_eq!(replaced.codes(), "U+1F600、U+0007 ×2、U+3013、U+1F600");
    }

    #[test]
    fn what_is_printed_and_what_is_noted() {
        let fonts = Fonts::find().unwrap();
        let nothing = BTreeSet::new();
        for (text, lines, noted) in [
            ("甲乙", vec!["甲乙"], ""),
            ("", vec![""], ""),
            ("a\r\nb\rc\n\nd", vec!["a", "b", "c", "", "d"], ""),
            ("a\tb\u{202f}c", vec!["a b c"], ""),
            ("a\0b\u{1b}[31m", vec!["a〓b〓[31m"], "U+0000、U+001B"),
            ("张\u{202e}三", vec!["张〓三"], "U+202E"),
            ("零\u{200b}宽", vec!["零〓宽"], "U+200B"),
            ("😀", vec!["〓"], "U+1F600"),
            ("〓", vec!["〓"], "U+3013"),
            ("𠮷䶮龘〇㐂", vec!["𠮷䶮龘〇㐂"], ""),
            ("一\u{fe0f}", vec!["一〓"], "U+FE0F"),
        ] {
            let mut glyphs = Glyphs::new(&fonts, &nothing);
            assert_eq!(glyphs.lines(text), lines, "{text:?}");
            let codes: Vec<String> = glyphs.replaced.iter().map(Replaced::codes).collect();
            assert_eq!(codes.join("/"), noted, "{text:?}");
        }
    }
}

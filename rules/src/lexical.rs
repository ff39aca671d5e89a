//! What can be told from the characters of an expression before it is parsed.
//!
//! Full-width punctuation, operators of other languages, words that have no place in a rule: each
//! gets its own message at its own place, several in one run.

mod tables;

pub(crate) use tables::is_invisible;
use tables::{SYMBOLS, Word, half_width, is_control, word_of};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::expr::{ExprText, OPERATOR_WORDS, RESERVED, glued_operator, reserved};
use crate::source::Span;

/// Whether a name can begin with this character.
pub(crate) fn is_name_start(c: char) -> bool {
    !is_wide(c) && rhai::is_valid_identifier(c.encode_utf8(&mut [0; 4]))
}

/// Whether a name can hold this character.
pub(crate) fn is_name_char(c: char) -> bool {
    !is_wide(c) && rhai::is_valid_identifier(&format!("a{c}"))
}

/// Whether a word is refused in expressions with a message of its own.
pub(crate) fn refused_word(word: &str) -> Option<&'static str> {
    word_of(word).map(|found| found.zh)
}

/// Whether a text holds something that looks like an operator of an expression.
pub(crate) fn holds_operator(text: &str) -> bool {
    let symbols = ["&&", "||", "==", "!=", ">=", "<=", ">", "<"];
    symbols.iter().any(|symbol| text.contains(symbol))
        || text.split_whitespace().any(|word| OPERATOR_WORDS.contains(&word))
}

/// Whether a text ends with an operator, so that something must have followed.
pub(crate) fn ends_with_operator(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    OPERATOR_WORDS.contains(&last) || text.trim_end().ends_with(['&', '|', '=', '<', '>', '+', '*', '/', '(', ','])
}

/// Full-width forms of letters, digits and punctuation, which names cannot hold.
fn is_wide(c: char) -> bool {
    ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// All faults that the characters show, and the text with other spaces as plain spaces.
pub(crate) fn check(text: &ExprText) -> (String, Vec<Diagnostic>) {
    let mut scan = Scan { text, at: 0, spaced: String::new(), diagnostics: Vec::new() };
    while scan.at < text.len() {
        let from = scan.at;
        let is_space = scan.step();
        scan.at = scan.at.max(from + 1);
        match is_space {
            true => scan.spaced.push(if text.get(from) == Some('\n') { '\n' } else { ' ' }),
            false => scan.spaced.push_str(&text.slice(from, scan.at)),
        }
    }
    (scan.spaced, scan.diagnostics)
}

struct Scan<'a> {
    text: &'a ExprText,
    at: usize,
    spaced: String,
    diagnostics: Vec<Diagnostic>,
}

impl Scan<'_> {
    /// Passes one token; says whether it is a space.
    fn step(&mut self) -> bool {
        let Some(c) = self.text.get(self.at) else { return false };
        match c {
            _ if c.is_whitespace() => return true,
            '"' => self.text_literal(),
            '“' | '”' | '「' | '『' | '‘' | '’' | '\'' | '`' => self.wrong_quote(c),
            '0'..='9' => self.number(),
            _ if is_name_start(c) || c == '_' => self.word(),
            '=' | '<' | '>' | '!' | '&' | '|' => self.comparison(),
            _ if comparison(c).is_some() => self.comparison(),
            _ if is_invisible(c) => self.invisible(c),
            _ if half_width(c).is_some() => self.wide(c),
            _ => self.symbol(),
        }
        false
    }

    fn text_literal(&mut self) {
        let from = self.at;
        let mut at = from + 1;
        loop {
            match self.text.get(at) {
                None => break self.report(unclosed_text(self.text.span(from, from + 1))),
                Some('"') => break,
                Some('\\') => at += 2,
                Some(c) => {
                    if is_control(c) {
                        self.report(invisible(self.text.span(at, at + 1), c));
                    }
                    at += 1;
                }
            }
        }
        self.at = (at + 1).min(self.text.len());
    }

    /// A text in other quotes than `"`.
    fn wrong_quote(&mut self, open: char) {
        let closers: &[char] = match open {
            '“' | '”' => &['”', '“', '"'],
            '「' => &['」'],
            '『' => &['』'],
            '‘' | '’' => &['’', '‘', '\''],
            _ => &[open],
        };
        let from = self.at;
        let end = (from + 1..self.text.len()).find(|at| self.text.get(*at).is_some_and(|c| closers.contains(&c)));
        let Some(end) = end else {
            self.at = from + 1;
            return self.report(wrong_quote(self.text.span(from, self.at), open, None));
        };
        self.at = end + 1;
        let inside = self.text.slice(from + 1, end);
        self.report(wrong_quote(self.text.span(from, self.at), open, Some(&inside)));
    }

    fn number(&mut self) {
        let from = self.at;
        let digit = |c: char| c.is_ascii_digit() || c == '_';
        self.pass(digit);
        let fraction =
            self.text.get(self.at) == Some('.') && self.text.get(self.at + 1).is_some_and(|c| c.is_ascii_digit());
        if fraction {
            self.at += 1;
            self.pass(digit);
        }
        let word_at = self.at;
        if !self.text.get(word_at).is_some_and(is_name_start) {
            return;
        }
        self.pass(is_name_char);
        let (number, word) = (self.text.slice(from, word_at), self.text.slice(word_at, self.at));
        let span = self.text.span(from, self.at);
        if OPERATOR_WORDS.contains(&word.as_str()) {
            return;
        }
        match glued_operator(&word) {
            Some(apart) => self.report(glued(span, &format!("{number}{word}"), &format!("{number} {apart}"))),
            None => self.report(bad_number(span, &format!("{number}{word}"))),
        }
    }

    fn word(&mut self) {
        let from = self.at;
        self.pass(|c| is_name_char(c) || c == '_');
        let word = self.text.slice(from, self.at);
        let span = self.text.span(from, self.at);
        if let Some(found) = word_of(&word) {
            self.refuse(&found, &word, span);
        } else if RESERVED.contains(&word.as_str()) {
            self.report(reserved(&word, span));
        }
    }

    /// A run of `= < > ! & |`, half-width or full-width.
    fn comparison(&mut self) {
        let from = self.at;
        self.pass(|c| comparison(c).is_some());
        let written = self.text.slice(from, self.at);
        let narrow: String = written.chars().filter_map(comparison).collect();
        if written == narrow {
            self.at = from;
            return self.symbol();
        }
        let narrow = match narrow.as_str() {
            "=" => "==",
            "=>" => ">=",
            "=<" => "<=",
            "&" => "&&",
            "|" => "||",
            narrow => narrow,
        };
        self.report(full_width(self.text.span(from, self.at), &written, narrow));
    }

    fn invisible(&mut self, c: char) {
        self.at += 1;
        self.report(invisible(self.text.span(self.at - 1, self.at), c));
    }

    fn wide(&mut self, c: char) {
        let from = self.at;
        // Letters and digits in a row are one fault.
        match c.is_alphanumeric() {
            true => self.pass(|c| is_wide(c) && c.is_alphanumeric()),
            false => self.at += 1,
        }
        let written = self.text.slice(from, self.at);
        let narrow: String = written.chars().filter_map(half_width).collect();
        self.report(full_width(self.text.span(from, self.at), &written, &narrow));
    }

    /// Half-width punctuation: what rhai knows and the rule language does not.
    fn symbol(&mut self) {
        let from = self.at;
        let ahead = self.text.slice(from, from + 3);
        let Some(symbol) = SYMBOLS.iter().find(|symbol| ahead.starts_with(symbol.text)) else {
            self.at += 1;
            return;
        };
        self.at += symbol.text.len();
        if symbol.text == "|" && self.closure() {
            return;
        }
        if let Some(word) = &symbol.refused {
            self.refuse(word, symbol.text, self.text.span(from, self.at));
        }
    }

    fn refuse(&mut self, word: &Word, written: &str, span: Span) {
        self.report(word.diagnostic(written, span));
        if word.spoils_rest {
            self.at = self.text.len();
        }
    }

    /// Passes the rest of `|r|` or `|a, b|`.
    fn closure(&mut self) -> bool {
        let end = (self.at..self.text.len()).find(|at| self.text.get(*at) == Some('|'));
        let Some(end) = end.filter(|end| self.text.get(end + 1) != Some('|')) else { return false };
        let names = self.text.slice(self.at, end);
        let is_name = |name: &str| !name.is_empty() && name.chars().all(is_name_char);
        let closure = names.split(',').all(|name| is_name(name.trim()));
        if closure {
            self.at = end + 1;
        }
        closure
    }

    fn pass(&mut self, wanted: impl Fn(char) -> bool) {
        while self.text.get(self.at).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The half-width form of a character that comparisons and `&&`, `||` are made of.
fn comparison(c: char) -> Option<&'static str> {
    match c {
        '=' | '＝' => Some("="),
        '<' | '＜' => Some("<"),
        '>' | '＞' => Some(">"),
        '!' | '！' => Some("!"),
        '&' | '＆' => Some("&"),
        '|' | '｜' => Some("|"),
        '≥' | '≧' | '⩾' => Some(">="),
        '≤' | '≦' | '⩽' => Some("<="),
        '≠' => Some("!="),
        _ => None,
    }
}

fn full_width(span: Span, written: &str, narrow: &str) -> Diagnostic {
    let label = match narrow {
        ";" | ":" | "?" | "." => ("表达式里不用这个符号".to_owned(), "not used in expressions".to_owned()),
        narrow => (format!("应当写「{narrow}」"), format!("write `{narrow}`")),
    };
    let wide = written.chars().any(is_wide);
    let (zh, en) = if wide { ("全角", "full-width ") } else { ("", "") };
    Diagnostic::error(
        Code::FullWidthChar,
        (format!("表达式里不能用{zh}「{written}」"), format!("{en}`{written}` in an expression")),
    )
    .at(span, label)
    .help((
        "切换到英文输入法书写符号；双引号 \"…\" 里的文字不受限制",
        "type punctuation with an English keyboard; texts in \"…\" may hold anything",
    ))
}

fn wrong_quote(span: Span, open: char, inside: Option<&str>) -> Diagnostic {
    if open == '`' {
        return Word::OTHER_TEXT.diagnostic("`", span);
    }
    let inside = inside.unwrap_or("…");
    Diagnostic::error(Code::FullWidthChar, ("文字要用半角双引号括起来", "a text must be put in double quotes"))
        .at(span, (format!("应当写 \"{inside}\""), format!("write \"{inside}\"")))
        .help((
            "文字用半角双引号 \"…\"；选项直接写名字，不加引号",
            "put texts in \"…\"; options are written without quotes",
        ))
}

/// A character that nobody sees, and that nobody meant.
pub(crate) fn invisible(span: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    Diagnostic::error(
        Code::InvisibleChar,
        (format!("这里有看不见的字符（U+{code:04X}）"), format!("an invisible character (U+{code:04X})")),
    )
    .at(span, ("在这里", "here"))
    .help(("多半是从别处粘贴来的：删去它，重新输入这一处", "probably pasted: delete it and type this part again"))
}

fn unclosed_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnclosedText, ("文字的引号没有成对", "a text has no closing quote"))
        .at(span, ("从这里开始的文字没有结束", "the text that begins here does not end"))
        .help(("在文字末尾补上半角双引号「\"」", "add `\"` at the end of the text"))
}

pub(crate) fn glued(span: Span, written: &str, apart: &str) -> Diagnostic {
    Diagnostic::error(Code::GluedName, (format!("「{written}」连成了一个词"), format!("`{written}` is one word")))
        .at(span, ("运算词两边没有空格", "no spaces around the operator word"))
        .help((format!("加上空格：「{apart}」"), format!("add spaces: `{apart}`")))
}

fn bad_number(span: Span, written: &str) -> Diagnostic {
    Diagnostic::error(Code::BadNumber, (format!("「{written}」不是数字"), format!("`{written}` is not a number")))
        .at(span, ("数字后面紧跟着文字", "letters follow the digits"))
        .help((
            "只写数字，如 150、0.05；单位不写在这里，名称不能以数字开头",
            "write digits only, such as 150 or 0.05; no units, no powers of ten; names do not begin with a digit",
        ))
}

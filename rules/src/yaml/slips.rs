//! The first mistakes of every official, recognised from the line they stand in.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::lexical;
use crate::source::{SourceId, Span};

/// A syntax error in the words of its author, and how to read on behind it.
pub(super) struct Slip {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) repair: Option<Repair>,
}

/// Bytes to overwrite so that reading can go on; offsets stay as they are.
pub(super) struct Repair {
    range: Range<usize>,
    with: u8,
}

/// Where the parser was when it stopped.
pub(super) struct Place {
    /// The end of the last event.
    pub(super) last_end: usize,
    /// The start of the last event if it goes over several lines.
    pub(super) last_lines: Option<usize>,
    /// The start of the innermost open collection.
    pub(super) open: Option<usize>,
}

/// A colon that YAML does not take for one.
pub(super) struct ColonSlip<'a> {
    key: &'a str,
    colon: Range<usize>,
    fault: ColonFault,
}

#[derive(Clone, Copy, PartialEq)]
enum ColonFault {
    FullWidth,
    FullWidthSpace,
    NoSpace,
}

impl Slip {
    pub(super) fn fatal(diagnostic: Diagnostic) -> Slip {
        Slip { diagnostics: vec![diagnostic], repair: None }
    }

    fn repaired(diagnostic: Diagnostic, range: Range<usize>, with: u8) -> Slip {
        Slip { diagnostics: vec![diagnostic], repair: Some(Repair { range, with }) }
    }
}

impl Repair {
    /// The text with the range overwritten, as long as before.
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let before = text.get(..self.range.start)?;
        let after = text.get(self.range.end..)?;
        let filler = char::from(self.with).to_string().repeat(self.range.len());
        // A colon keeps its key apart from its value, which may stand below.
        let below = after.lines().next().is_none_or(|rest| rest.trim().is_empty());
        let colon = if below { ":" } else { ": x" };
        let filler = match self.with {
            b':' => format!("{:<1$}", colon, self.range.len()),
            b',' => format!("{:<1$}", ",", self.range.len()),
            _ => filler,
        };
        (filler.len() == self.range.len()).then(|| format!("{before}{filler}{after}"))
    }
}

/// Finds in a line of the form `名称：九证`, `名称:　九证` or `名称:九证` the colon that YAML does not
/// take for one.
pub(super) fn colon_slip(line: &str) -> Option<ColonSlip<'_>> {
    let at = line.find(|c: char| !(lexical::is_name_char(c) || c == '-'))?;
    let (key, rest) = line.split_at_checked(at)?;
    let begins_as_name = key.chars().next().is_some_and(lexical::is_name_start);
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
    let rest = rest.get(spaces..)?;
    let mut length = rest.chars().next().filter(|c| matches!(c, '：' | ':'))?.len_utf8();
    let after = rest.get(length..)?;
    let wide = after.len() - after.trim_start_matches('\u{3000}').len();
    let half_width = length == 1;
    let web_address = after.starts_with("//") || after.starts_with(':');
    if !begins_as_name || half_width && (after.is_empty() || after.starts_with([' ', '\t']) || web_address) {
        return None;
    }
    let fault = match (half_width, wide) {
        (false, _) => ColonFault::FullWidth,
        (true, 0) => ColonFault::NoSpace,
        (true, _) => ColonFault::FullWidthSpace,
    };
    length += wide;
    Some(ColonSlip { key, colon: at + spaces..at + spaces + length, fault })
}

impl ColonSlip<'_> {
    /// The diagnostic for a line that begins at `start`.
    pub(super) fn diagnostic(&self, source: SourceId, start: usize) -> Diagnostic {
        let span = Span::new(source, start + self.colon.start, start + self.colon.end);
        let key = self.key;
        let (headline, label) = match self.fault {
            ColonFault::FullWidth => (
                (format!("「{key}」后用了全角冒号或全角空格"), format!("full-width colon or space after `{key}`")),
                ("YAML 不把「：」当作冒号", "YAML does not take `：` for a colon"),
            ),
            ColonFault::FullWidthSpace => (
                (format!("「{key}」后用了全角冒号或全角空格"), format!("full-width colon or space after `{key}`")),
                ("冒号后要有半角空格", "a half-width space is needed after the colon"),
            ),
            ColonFault::NoSpace => (
                (format!("「{key}」的冒号后缺少空格"), format!("no space after the colon of `{key}`")),
                ("这里的「:」后面要有一个空格", "a space is needed after this `:`"),
            ),
        };
        Diagnostic::error(Code::ColonWritten, headline).at(span, label).help((
            format!("写成半角冒号加一个半角空格「{key}: 」；如果整行是一句话，请放进引号"),
            format!("write `{key}: ` (half-width, with a space); if the line is prose, quote it"),
        ))
    }
}

/// What is wrong with a plain scalar that YAML reads without complaint.
pub(super) fn plain(source: SourceId, text: &str, span: Span, is_key: bool, is_root: bool) -> Vec<Diagnostic> {
    let slice = text.get(span.start..span.end).unwrap_or("");
    let on_own_line = alone_before(text, span.start);
    if slice.starts_with('\u{3000}') && on_own_line {
        return vec![wide_indent(source, text, span.start)];
    }
    let Some(first) = colon_slip(slice) else { return Vec::new() };
    let mut start = span.start;
    let mut found = Vec::new();
    for line in slice.split_inclusive('\n') {
        let content = line.trim_start();
        let slip = colon_slip(content);
        found.extend(slip.map(|slip| slip.diagnostic(source, start + line.len() - content.len())));
        start += line.len();
    }
    let meant_as_key = is_key && first.fault != ColonFault::NoSpace || is_root || on_own_line || found.len() > 1;
    if meant_as_key { found } else { Vec::new() }
}

/// Words a syntax error for the author of the line.
pub(super) fn explain(source: SourceId, text: &str, error: &ScanError, place: Place) -> Slip {
    let at = error.marker().byte_offset().unwrap_or(place.last_end).min(text.len());
    let begins = next_token(text, place.last_end).min(at);
    if matches!(error.kind(), ErrorKind::TabInPlainScalar | ErrorKind::TabInBlockIndentation | ErrorKind::TabNotAllowed)
    {
        let diagnostics = tab_indents(source, text, Line::around(text, begins).start);
        if !diagnostics.is_empty() {
            return Slip { diagnostics, repair: None };
        }
    }
    if let Some(slip) = comma_slip(source, text, at, begins, &place) {
        return slip;
    }
    let offsets = [Some(at), place.last_lines, Some(begins)].into_iter().flatten();
    let lines: Vec<Line<'_>> = offsets.map(|offset| Line::around(text, offset)).collect();
    // A key without its colon makes YAML stumble over a sound value below it.
    let key = |line: &Line<'_>| line.indent_slip(source, text).or_else(|| line.colon_slip(source));
    let value = |line: &Line<'_>| line.value_slip(source, error.kind());
    if let Some(slip) = lines.iter().find_map(key).or_else(|| lines.iter().find_map(value)) {
        return slip;
    }
    let here = Span::new(source, at, end_of_char(text, at));
    Slip::fatal(other(error.kind(), here, source, text, &place))
}

/// A full-width comma that ends an entry of `{键: 值，键: 值}`, for which YAML stumbles over the
/// second colon. In `{说明: 大店，要查}` it belongs to the text.
fn comma_slip(source: SourceId, text: &str, at: usize, begins: usize, place: &Place) -> Option<Slip> {
    let line = Line::around(text, begins);
    let open = [place.open, Some(line.value)].into_iter().flatten();
    let is_flow = |start: &usize| text.get(*start..).is_some_and(|from| from.starts_with(['[', '{']));
    let start = open.filter(|start| *start <= at).find(is_flow)?;
    let flow = text.get(start..Line::around(text, at).end())?;
    let (mut quote, mut colon, mut comma, mut before) = (None, false, None, ' ');
    for (offset, c) in flow.char_indices() {
        let ends_key = c == ':' && flow.get(offset + 1..).is_some_and(|rest| rest.starts_with(' '));
        match c {
            _ if quote.is_some() => quote = quote.filter(|open| *open != c),
            '"' | '\'' if matches!(before, ' ' | ',' | '{' | '[') => quote = Some(c),
            ',' | '{' | '[' | '}' | ']' => (colon, comma) = (false, None),
            '，' if colon => comma = Some(start + offset),
            _ if ends_key => match comma {
                Some(found) => return Some(full_width_comma(Span::new(source, found, found + '，'.len_utf8()))),
                None => colon = true,
            },
            _ => {}
        }
        before = c;
    }
    None
}

fn full_width_comma(span: Span) -> Slip {
    let headline = ("括号里的各项用了全角逗号隔开", "the entries in brackets are separated by a full-width comma");
    let diagnostic = Diagnostic::error(Code::FullWidthComma, headline)
        .at(span, ("YAML 不把「，」当作逗号", "YAML does not take `，` for a comma"))
        .help(("写成半角逗号加一个半角空格「, 」", "write a half-width comma and a space `, `"));
    Slip::repaired(diagnostic, span.start..span.end, b',')
}

/// A line of the file, cut where YAML cuts it.
struct Line<'a> {
    start: usize,
    /// Without the line end.
    text: &'a str,
    /// Where the text behind indentation and `- ` begins, in the file.
    content: usize,
    /// Where the value behind `key: ` begins, in the file; equal to `content` without a key.
    value: usize,
}

impl<'a> Line<'a> {
    fn around(text: &'a str, offset: usize) -> Line<'a> {
        let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let mut rest = line.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        let content = start + line.len() - rest.len();
        let key = rest.find(": ").filter(|_| !rest.starts_with(['"', '\'', '[', '{']));
        let value = key.and_then(|at| rest.get(at + 2..)).map_or(rest, str::trim_start);
        Line { start, text: line, content, value: start + line.len() - value.len() }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn rest(&self, offset: usize) -> &'a str {
        self.text.get(offset - self.start..).unwrap_or("")
    }

    fn indent_slip(&self, source: SourceId, text: &str) -> Option<Slip> {
        let indent = self.text.get(..self.text.len() - self.text.trim_start().len())?;
        if indent.contains('\u{3000}') {
            return Some(Slip::fatal(wide_indent(source, text, self.start)));
        }
        indent.contains('\t').then(|| Slip { diagnostics: tab_indents(source, text, self.start), repair: None })
    }

    fn colon_slip(&self, source: SourceId) -> Option<Slip> {
        let slip = colon_slip(self.rest(self.content))?;
        let diagnostic = slip.diagnostic(source, self.content);
        let colon = self.content + slip.colon.start..self.content + slip.colon.end;
        if colon.len() < 3 {
            return Some(Slip::repaired(diagnostic, self.content..self.end(), b'#'));
        }
        Some(Slip::repaired(diagnostic, colon, b':'))
    }

    fn value_slip(&self, source: SourceId, kind: &ErrorKind) -> Option<Slip> {
        let value = self.rest(self.value).trim_end();
        let span = Span::new(source, self.value, self.value + value.len());
        let first = value.chars().next()?;
        let open_quote = matches!(first, '"' | '\'') && !value.chars().skip(1).any(|c| c == first);
        let open_flow = match first {
            '[' => !value.contains(']'),
            '{' => !value.contains('}'),
            _ => false,
        };
        let escape = *kind == ErrorKind::UnknownQuotedScalarEscape;
        let diagnostic = if open_quote || open_flow || escape || value.starts_with("- ") {
            return None;
        } else if matches!(first, '"' | '\'') {
            text_behind_quote(span, first)
        } else if "!&*[]{},>|%@`".contains(first) {
            unquoted(span, first)
        } else if *kind == ErrorKind::MappingValueNotAllowed && self.value > self.content && value.contains(": ") {
            colon_in_value(span, value)
        } else {
            return None;
        };
        Some(Slip::repaired(diagnostic, span.start..span.end, b'x'))
    }
}

fn unquoted(span: Span, first: char) -> Diagnostic {
    Diagnostic::error(
        Code::UnquotedExpression,
        (format!("以「{first}」开头的值没有加引号"), format!("a value that begins with `{first}` is not quoted")),
    )
    .at(span, (format!("「{first}」在 YAML 里另有含义"), format!("`{first}` has a meaning of its own in YAML")))
    .help((
        "把整个条件放进单引号 '…'，或者写「|」后在下一行缩进书写",
        "put the whole condition in single quotes '…', or write `|` and put it indented on the next line",
    ))
}

fn text_behind_quote(span: Span, first: char) -> Diagnostic {
    Diagnostic::error(
        Code::UnquotedExpression,
        (
            format!("值以引号「{first}」开头，引号之后还有内容"),
            format!("there is more behind the quotes `{first}` that a value begins with"),
        ),
    )
    .at(span, ("YAML 只读到第二个引号", "YAML reads as far as the second quote only"))
    .help((
        "把整个条件放进单引号 '…'，或者写「|」后在下一行缩进书写",
        "put the whole condition in single quotes '…', or write `|` and put it indented on the next line",
    ))
}

fn colon_in_value(span: Span, value: &str) -> Diagnostic {
    let at = span.start + value.find(": ").unwrap_or(0);
    Diagnostic::error(Code::ColonInValue, ("没有加引号的值里不能有「: 」", "an unquoted value cannot hold `: `"))
        .at(Span::new(span.source, at, at + 1), ("YAML 以为这里又是一个键", "YAML takes this for another key"))
        .help((
            "把整个值放进单引号 '…'，或者写「|」后在下一行缩进书写",
            "put the whole value in single quotes '…', or write `|` and put it indented on the next line",
        ))
}

/// Whether a text without quotes would be taken for a key and its value.
pub(crate) fn seems_key(text: &str) -> bool {
    colon_slip(text).is_some()
}

/// Whether the comment behind a text without quotes seems to belong to it: unless a space follows
/// its `#` and there is no operator in it.
pub(crate) fn seems_cut(kept: &str, comment: &str) -> bool {
    let meant_as_comment = comment.starts_with("# ") || comment == "#";
    !meant_as_comment || lexical::holds_operator(comment) || lexical::ends_with_operator(kept)
}

/// The value was cut, unless the comment is clearly meant as one.
pub(super) fn cut_by_comment(text: &str, value: Span, comment: Span) -> Option<Diagnostic> {
    let cut = text.get(comment.start..comment.end)?.trim_end();
    let kept = text.get(value.start..value.end)?;
    if !seems_cut(kept, cut) {
        return None;
    }
    let span = Span::new(comment.source, comment.start, comment.start + cut.len());
    let warning = Diagnostic::warning(
        Code::CutByComment,
        (
            format!("「{cut}」被当作注释，不属于这个值"),
            format!("`{cut}` is taken for a comment, not for part of the value"),
        ),
    )
    .at(span, ("从「#」起被截去", "cut off from `#` on"))
    .also(value, ("只读到这里", "only this is read"))
    .help((
        "要保留，请把整个值放进单引号 '…'；确是注释，请另起一行写在上面",
        "to keep it, put the whole value in single quotes '…'; if it is a comment, put it on the line above",
    ));
    Some(warning)
}

pub(super) fn directive(source: SourceId, text: &str, before: usize) -> Diagnostic {
    let head = text.get(..before).unwrap_or("");
    let start = if head.starts_with('%') { 0 } else { head.find("\n%").map_or(0, |at| at + 1) };
    let line = head.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    Diagnostic::error(Code::Directive, ("不支持指令「%…」", "directives `%…` are not supported"))
        .at(Span::new(source, start, start + line.len()), ("这一行不需要", "this line is not needed"))
        .help(("删去这一行和「---」", "remove this line and `---`"))
}

fn other(kind: &ErrorKind, here: Span, source: SourceId, text: &str, place: &Place) -> Diagnostic {
    let begins = next_token(text, place.last_end);
    let rest = text.get(begins..).unwrap_or("");
    let opened = place.open.filter(|at| text.get(*at..).is_some_and(|from| from.starts_with(['[', '{'])));
    if text.get(..here.start).is_some_and(|head| head.lines().any(|l| l.starts_with('%'))) && place.last_end == 0 {
        return directive(source, text, here.start);
    }
    if rest.starts_with(['"', '\'']) && *kind != ErrorKind::UnknownQuotedScalarEscape {
        return unclosed_quote(Span::new(source, begins, begins + 1));
    }
    if let Some(at) = opened {
        return unclosed_flow(Span::new(source, at, at + 1), here);
    }
    match kind {
        ErrorKind::UnknownQuotedScalarEscape => escape(here),
        ErrorKind::SimpleKeyExpected => no_colon(line_span(source, text, here.start)),
        ErrorKind::BlockSequenceEntryNotAllowed => list_in_line(here),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation => indentation(line_span(source, text, here.start)),
        _ => Diagnostic::error(Code::YamlSyntax, ("无法理解这里的写法", "this cannot be understood"))
            .at(here, ("读到这里停下了", "reading stopped here"))
            .help((
                "检查这一行和上一行的缩进、冒号和引号；值里有特殊符号时放进单引号 '…'",
                "check indentation, colons and quotes of this line and the one above; quote values with special characters",
            )),
    }
}

fn unclosed_quote(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnclosedQuote, ("引号没有成对", "a quotation mark has no partner"))
        .at(span, ("这个引号没有在同一个值里结束", "this one does not end within its value"))
        .help(("在值的末尾补上同样的引号", "add the same mark at the end of the value"))
}

fn unclosed_flow(open: Span, here: Span) -> Diagnostic {
    Diagnostic::error(Code::UnclosedFlow, ("括号没有成对", "a bracket has no partner"))
        .at(open, ("这个括号没有结束", "this one does not end"))
        .also(here, ("读到这里停下了", "reading stopped here"))
        .help((
            "补上「]」或「}」；或者每项另起一行，以「- 」开头",
            "add `]` or `}`, or put each item on its own line after `- `",
        ))
}

fn escape(span: Span) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, ("双引号里的「\\」写法不对", "wrong use of `\\` in double quotes"))
        .at(span, ("双引号里的「\\」有特殊含义", "`\\` has a special meaning in double quotes"))
        .help(("改用单引号 '…'", "use single quotes '…'"))
}

fn no_colon(line: Span) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, ("这一行没有「键: 值」", "this line has no `key: value`"))
        .at(line, ("缺少冒号，或者没有与上文对齐", "a colon is missing, or it does not line up"))
        .help(("写成「键: 值」；列表的一项以「- 」开头", "write `key: value`; a list item begins with `- `"))
}

fn list_in_line(span: Span) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, ("列表不能写在键的同一行", "a list cannot begin on the key's line"))
        .at(span, ("这里的「- 」应当另起一行", "this `- ` belongs on its own line"))
        .help(("每项另起一行，缩进两个空格，以「- 」开头", "put each item on its own line, indented by two spaces"))
}

fn indentation(line: Span) -> Diagnostic {
    Diagnostic::error(Code::Indentation, ("缩进没有对齐", "the indentation does not line up"))
        .at(line, ("这一行与上文的任何一层都对不齐", "this line belongs to no level above"))
        .help((
            "同一层的键从同一列开始，下一层缩进两个空格",
            "begin keys of one level in one column, the next level two spaces further",
        ))
}

fn wide_indent(source: SourceId, text: &str, offset: usize) -> Diagnostic {
    let line = Line::around(text, offset);
    let width = line.text.len() - line.text.trim_start().len();
    Diagnostic::error(Code::FullWidthIndent, ("缩进用了全角空格", "the indentation has full-width spaces"))
        .at(Span::new(source, line.start, line.start + width), ("这里有全角空格", "full-width spaces here"))
        .help(("缩进只用半角空格，每层两个", "indent with half-width spaces, two for each level"))
}

/// All lines from here on that are indented with tabs, at most ten.
fn tab_indents(source: SourceId, text: &str, from: usize) -> Vec<Diagnostic> {
    let mut start = from;
    let mut found = Vec::new();
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tabs = line.get(..indent).is_some_and(|indent| indent.contains('\t'));
        if tabs && !line.trim().is_empty() && found.len() < 10 {
            found.push(
                Diagnostic::error(Code::TabIndent, ("缩进用了制表符（Tab）", "the indentation has tabs"))
                    .at(Span::new(source, start, start + indent), ("这里有制表符", "tabs here"))
                    .help((
                        "缩进只用空格，每层两个；可以让编辑器把 Tab 换成空格",
                        "indent with spaces, two for each level",
                    )),
            );
        }
        start += line.len();
    }
    found
}

/// Whether only indentation stands before the offset in its line.
fn alone_before(text: &str, offset: usize) -> bool {
    let before = text.get(..offset).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("").trim().is_empty()
}

fn next_token(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    text.len() - rest.trim_start_matches([' ', '\n', '\r', ':', '-', ',']).len()
}

fn end_of_char(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n').map_or(0, char::len_utf8)
}

fn line_span(source: SourceId, text: &str, offset: usize) -> Span {
    let line = Line::around(text, offset);
    let indent = line.text.len() - line.text.trim_start().len();
    let indent = if line.text.trim().is_empty() { 0 } else { indent };
    Span::new(source, line.start + indent, line.start + line.text.trim_end().len().max(indent))
}

//! Reading JSON (RFC 8259).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Json, number, sort};

/// How many lists and objects may lie in each other; reading them is recursive.
const DEEPEST: u8 = 127;

const EOF_IN_VALUE: &str = "EOF while parsing a value";
const EOF_IN_STRING: &str = "EOF while parsing a string";
const EOF_IN_OBJECT: &str = "EOF while parsing an object";
const INVALID_ESCAPE: &str = "invalid escape";
const INVALID_NUMBER: &str = "invalid number";
const LONE_SURROGATE: &str = "lone leading surrogate in hex escape";

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// In a few English words.
    pub words: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The byte in the line up to which it was read.
    pub column: usize,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.words, self.line, self.column)
    }
}

impl core::error::Error for JsonError {}

pub(super) fn parse(text: &str) -> Result<Json, JsonError> {
    let mut reader = Reader { text, place: 0 };
    let value = reader.value(0);
    let value = value.and_then(|value| match reader.skip_spaces() {
        Some(_) => Err(reader.before("trailing characters")),
        None => Ok(value),
    });
    value.map_err(|Fault { words, place }| {
        let before = text.as_bytes().get(..place).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n');
        JsonError { words, column: line.clone().next_back().map_or(0, <[u8]>::len), line: line.count() }
    })
}

/// What is wrong, and up to which byte.
struct Fault {
    words: &'static str,
    place: usize,
}

/// A text of which the bytes before `place` are read.
struct Reader<'t> {
    text: &'t str,
    place: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.place += usize::from(byte.is_some());
        byte
    }

    /// The first byte that is no space, which is not read yet.
    fn skip_spaces(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.place += 1;
        }
        self.peek()
    }

    /// A fault of the byte that was read last.
    fn after(&self, words: &'static str) -> Fault {
        Fault { words, place: self.place }
    }

    /// A fault of the byte to be read next.
    fn before(&self, words: &'static str) -> Fault {
        Fault { words, place: self.text.len().min(self.place + 1) }
    }

    fn value(&mut self, depth: u8) -> Result<Json, Fault> {
        match self.skip_spaces() {
            None => Err(self.before(EOF_IN_VALUE)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'[' | b'{') if depth == DEEPEST => Err(self.before("recursion limit exceeded")),
            Some(b'[') => self.list(depth + 1),
            Some(b'{') => self.object(depth + 1),
            Some(_) => Err(self.before("expected value")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Fault> {
        for expected in word.bytes() {
            match self.next() {
                None => return Err(self.after(EOF_IN_VALUE)),
                Some(byte) if byte != expected => return Err(self.after("expected ident")),
                Some(_) => {}
            }
        }
        Ok(value)
    }

    fn list(&mut self, depth: u8) -> Result<Json, Fault> {
        self.place += 1;
        let mut members = Vec::new();
        while self.has_next(b']', members.is_empty())? {
            members.push(self.value(depth)?);
        }
        Ok(Json::List(members))
    }

    fn object(&mut self, depth: u8) -> Result<Json, Fault> {
        self.place += 1;
        let mut members = Vec::new();
        while self.has_next(b'}', members.is_empty())? {
            match self.peek() {
                Some(b'"') => {}
                Some(_) => return Err(self.before("key must be a string")),
                None => return Err(self.before(EOF_IN_VALUE)),
            }
            let name = self.string()?;
            match self.skip_spaces() {
                Some(b':') => self.place += 1,
                Some(_) => return Err(self.before("expected `:`")),
                None => return Err(self.before(EOF_IN_OBJECT)),
            }
            members.push((name, self.value(depth)?));
        }
        let mut members = sort(members);
        members.reverse();
        members.dedup_by(|(name, _), (later, _)| name == later);
        members.reverse();
        Ok(Json::Object(members))
    }

    /// Reads up to the next member; `false` if the end was read.
    fn has_next(&mut self, end: u8, is_first: bool) -> Result<bool, Fault> {
        let is_list = end == b']';
        match self.skip_spaces() {
            None => return Err(self.before(if is_list { "EOF while parsing a list" } else { EOF_IN_OBJECT })),
            Some(byte) if byte == end => {
                self.place += 1;
                return Ok(false);
            }
            Some(_) if is_first => return Ok(true),
            Some(b',') => self.place += 1,
            Some(_) => return Err(self.before(if is_list { "expected `,` or `]`" } else { "expected `,` or `}`" })),
        }
        if self.skip_spaces() == Some(end) { Err(self.before("trailing comma")) } else { Ok(true) }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.place += 1;
        let mut string = String::new();
        loop {
            let start = self.place;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.place += 1;
            }
            string.push_str(self.text.get(start..self.place).unwrap_or_default());
            match self.next() {
                None => return Err(self.after(EOF_IN_STRING)),
                Some(b'"') => return Ok(string),
                Some(b'\\') => string.push(self.escape()?),
                Some(_) => {
                    return Err(self.after("control character (\\u0000-\\u001F) found while parsing a string"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        match self.next() {
            None => Err(self.after(EOF_IN_STRING)),
            Some(byte @ (b'"' | b'\\' | b'/')) => Ok(char::from(byte)),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'u') => self.code_point(),
            Some(_) => Err(self.after(INVALID_ESCAPE)),
        }
    }

    /// One number, or a pair of surrogates.
    fn code_point(&mut self) -> Result<char, Fault> {
        let mut code = self.hex()?;
        if let 0xD800..=0xDBFF = code {
            for expected in [b'\\', b'u'] {
                match self.next() {
                    None => return Err(self.after(EOF_IN_STRING)),
                    Some(byte) if byte != expected => return Err(self.after("unexpected end of hex escape")),
                    Some(_) => {}
                }
            }
            let low = self.hex()?;
            if !(0xDC00..=0xDFFF).contains(&low) {
                return Err(self.after(LONE_SURROGATE));
            }
            code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        char::from_u32(code).ok_or_else(|| self.after(LONE_SURROGATE))
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let Some(digits) = self.text.as_bytes().get(self.place..self.place + 4) else {
            self.place = self.text.len();
            return Err(self.after(EOF_IN_STRING));
        };
        self.place += 4;
        let number = digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?));
        number.ok_or_else(|| self.after(INVALID_ESCAPE))
    }

    fn number(&mut self) -> Result<Json, Fault> {
        let start = self.place;
        if self.peek() == Some(b'-') {
            self.place += 1;
        }
        match self.next() {
            None => return Err(self.after(EOF_IN_VALUE)),
            Some(b'0') if matches!(self.peek(), Some(b'0'..=b'9')) => return Err(self.before(INVALID_NUMBER)),
            Some(b'0'..=b'9') => self.digits(),
            Some(_) => return Err(self.after(INVALID_NUMBER)),
        }
        if self.peek() == Some(b'.') {
            self.place += 1;
            match self.peek() {
                None => return Err(self.before(EOF_IN_VALUE)),
                Some(b'0'..=b'9') => self.digits(),
                Some(_) => return Err(self.before(INVALID_NUMBER)),
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.place += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.place += 1;
            }
            match self.next() {
                None => return Err(self.after(EOF_IN_VALUE)),
                Some(b'0'..=b'9') => self.digits(),
                Some(_) => return Err(self.after(INVALID_NUMBER)),
            }
        }
        let number = self.text.get(start..self.place).and_then(number::shortest);
        number.map(Json::Number).ok_or_else(|| self.after("number out of range"))
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.place += 1;
        }
    }
}

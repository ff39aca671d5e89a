//! The tokens of an expression with their places, and which bracket closes which.

use rhai::{Engine, Position, Token};

use super::text::ExprText;
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A token and its characters.
#[derive(Debug)]
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    from: usize,
    to: usize,
}

/// The tokens of one expression.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    text: &'a ExprText,
    lexemes: Vec<Lexeme>,
    /// For each opening bracket its closing one and the other way round.
    partners: Vec<Option<usize>>,
    line_starts: Vec<usize>,
}

impl<'a> Tokens<'a> {
    /// Splits an expression; `spaced` is its text as the parser will see it.
    ///
    /// # Errors
    /// A diagnostic for each bracket without a partner.
    pub(crate) fn new(engine: &Engine, text: &'a ExprText, spaced: &str) -> Result<Tokens<'a>, Vec<Diagnostic>> {
        let mut tokens = Tokens { text, lexemes: Vec::new(), partners: Vec::new(), line_starts: text.line_starts() };
        let input = [spaced];
        let (stream, _control) = engine.lex(&input);
        for (token, position) in stream {
            let from = tokens.char_index(position);
            if token == Token::EOF || tokens.lexemes.len() > text.len() {
                break;
            }
            tokens.lexemes.push(Lexeme { token, from, to: from });
        }
        tokens.find_ends();
        tokens.pair_brackets()?;
        Ok(tokens)
    }

    fn char_index(&self, position: Position) -> usize {
        let line = position.line().unwrap_or(1).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        (start + position.position().unwrap_or(1).saturating_sub(1)).min(self.text.len())
    }

    /// A token ends before the space in front of the next one.
    fn find_ends(&mut self) {
        let mut next = self.text.len();
        for lexeme in self.lexemes.iter_mut().rev() {
            let mut to = next;
            while to > lexeme.from + 1 && self.text.get(to - 1).is_some_and(char::is_whitespace) {
                to -= 1;
            }
            lexeme.to = to;
            next = lexeme.from;
        }
    }

    fn pair_brackets(&mut self) -> Result<(), Vec<Diagnostic>> {
        let mut open: Vec<(usize, Token)> = Vec::new();
        let mut faults = Vec::new();
        self.partners = vec![None; self.lexemes.len()];
        for (index, lexeme) in self.lexemes.iter().enumerate() {
            let closer = match lexeme.token {
                Token::LeftParen => Some(Token::RightParen),
                Token::LeftBracket => Some(Token::RightBracket),
                Token::LeftBrace => Some(Token::RightBrace),
                _ => None,
            };
            if let Some(closer) = closer {
                open.push((index, closer));
            } else if matches!(lexeme.token, Token::RightParen | Token::RightBracket | Token::RightBrace) {
                match open.pop_if(|(_, closer)| *closer == lexeme.token) {
                    Some((opener, _)) => pair(&mut self.partners, opener, index),
                    None => {
                        faults.push(self.lonely(index));
                        open.pop();
                    }
                }
            }
        }
        faults.extend(open.iter().map(|(index, _)| self.lonely(*index)));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn lonely(&self, index: usize) -> Diagnostic {
        let written = self.written(index);
        Diagnostic::error(
            Code::UnclosedBracket,
            (format!("括号「{written}」没有成对"), format!("bracket `{written}` has no partner")),
        )
        .at(self.span(index, index), ("找不到与它配对的括号", "its partner is missing"))
        .help(("补上另一半，或者删去这个括号", "add the other half or remove this one"))
    }

    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.lexemes.get(index).map(|lexeme| &lexeme.token)
    }

    /// The token that begins at a position of the parser.
    pub(crate) fn at(&self, position: Position) -> usize {
        let from = self.char_index(position);
        self.lexemes.partition_point(|lexeme| lexeme.from < from)
    }

    pub(crate) fn partner(&self, index: usize) -> Option<usize> {
        self.partners.get(index).copied().flatten()
    }

    /// The place from one token to another, both included.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let from = self.lexemes.get(first).map_or(self.text.len(), |lexeme| lexeme.from);
        let to = self.lexemes.get(last).map_or(self.text.len(), |lexeme| lexeme.to);
        self.text.span(from, to)
    }

    /// A token as it is written.
    pub(crate) fn written(&self, index: usize) -> String {
        self.lexemes.get(index).map_or_else(String::new, |lexeme| self.text.slice(lexeme.from, lexeme.to))
    }

    /// Whether two tokens stand together without a space.
    pub(crate) fn touch(&self, left: usize, right: usize) -> bool {
        let ends = self.lexemes.get(left).map(|lexeme| lexeme.to);
        ends.is_some() && ends == self.lexemes.get(right).map(|lexeme| lexeme.from)
    }
}

fn pair(partners: &mut [Option<usize>], opener: usize, closer: usize) {
    if let Some(slot) = partners.get_mut(opener) {
        *slot = Some(closer);
    }
    if let Some(slot) = partners.get_mut(closer) {
        *slot = Some(opener);
    }
}

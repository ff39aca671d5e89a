//! Expressions with one space around operators and after commas.
//!
//! Only the space between tokens changes, so that a way of writing that is new to the language
//! needs nothing here; and only if the same tokens and the same tree come out.

use rhai::Token;
use yichuang_engine::Date;

use crate::expr::{Lexemes, lexemes, parse_unplaced};
use crate::lower::keys::{EXPRESSIONS, canonical};

/// What the texts of a place are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Words for people, ids, numbers.
    Words,
    /// Expressions.
    Expression,
    /// No expressions, whatever the keys say: parameters, answers and what is expected of
    /// them.
    Data,
}

/// The keys below which no text is an expression.
const DATA: &[&str] = &["answers", "expect", "params"];

impl Role {
    /// What the texts below a key are.
    pub(super) fn below(self, key: &str) -> Role {
        if self == Role::Data || canonical(key, DATA).is_some() {
            Role::Data
        } else if canonical(key, EXPRESSIONS).is_some() {
            Role::Expression
        } else {
            Role::Words
        }
    }
}

/// The expression with its spaces set, if that changes it and can be done safely.
pub(super) fn spaced(text: &str) -> Option<String> {
    // A date is no subtraction, even where an expression is expected.
    if text.contains('\n') || Date::parse(text).is_some() {
        return None;
    }
    let set = join(&lexemes(text)?);
    (set != text && same(text, &set)).then_some(set)
}

/// Whether two expressions are the same but for the space in them.
pub(super) fn same(a: &str, b: &str) -> bool {
    let same_tokens = lexemes(a).is_some_and(|tokens| lexemes(b) == Some(tokens));
    same_tokens && parse_unplaced(a).is_ok_and(|tree| parse_unplaced(b) == Ok(tree))
}

fn join(lexemes: &Lexemes) -> String {
    let mut joined = String::new();
    let mut before: Option<&(Token, String)> = None;
    let mut in_params = false;
    for lexeme in lexemes {
        let opens_params = lexeme.0 == Token::Pipe && !in_params;
        let closes_params = lexeme.0 == Token::Pipe && in_params;
        let after_open_params = in_params && before.is_some_and(|(token, _)| *token == Token::Pipe);
        let apart = before.is_some_and(|before| needs_space(before, lexeme));
        if apart && !closes_params && !after_open_params {
            joined.push(' ');
        }
        joined.push_str(&lexeme.1);
        in_params = opens_params || in_params && !closes_params;
        before = Some(lexeme);
    }
    joined
}

fn needs_space((left, written): &(Token, String), (right, _): &(Token, String)) -> bool {
    let opens = matches!(left, Token::LeftParen | Token::LeftBracket | Token::Period);
    let prefix = matches!(left, Token::UnaryMinus | Token::UnaryPlus) || written == "!";
    let closes = matches!(right, Token::RightParen | Token::RightBracket | Token::Comma | Token::Period);
    let call = matches!(left, Token::Identifier(_)) && matches!(right, Token::LeftParen | Token::Unit);
    !(opens || prefix || closes || call)
}

#[cfg(test)]
mod tests {
    use rhai::Token;

    use super::{join, same, spaced};
    use crate::lower::keys::{EXPRESSIONS, chinese};

    #[test]
    fn every_key_of_expressions_has_its_chinese_word() {
        assert!(EXPRESSIONS.is_sorted() && EXPRESSIONS.iter().all(|key| !chinese(key).is_empty()));
    }

    #[test]
    fn only_the_space_may_differ() {
        assert!(same("甲==\"a b\"", "甲 == \"a b\""));
        for other in ["甲 == \"a  b\"", "甲 = = \"a b\"", "(甲) == \"a b\"", "甲 != \"a b\"", "", "甲 =="] {
            assert!(!same("甲==\"a b\"", other), "{other}");
        }
        assert!(!same("甲 且 乙", "甲 && 乙"), "words stay as they are");
        assert_eq!(spaced("甲>=1 且(乙)").as_deref(), Some("甲 >= 1 且 (乙)"));
    }

    #[test]
    fn functions_over_rows_are_spaced_as_tokens() {
        let word = |text: &str| (Token::Identifier(Box::new(text.into())), text.to_owned());
        let sign = |token: Token, text: &str| (token, text.to_owned());
        let pipe = || sign(Token::Pipe, "|");
        let tokens = vec![
            word("名单"),
            sign(Token::Period, "."),
            word("any"),
            sign(Token::LeftParen, "("),
            pipe(),
            word("r"),
            sign(Token::Comma, ","),
            word("n"),
            pipe(),
            sign(Token::Bang, "!"),
            word("r"),
            sign(Token::Period, "."),
            word("近亲"),
            sign(Token::Or, "||"),
            word("n"),
            sign(Token::GreaterThan, ">"),
            sign(Token::UnaryMinus, "-"),
            word("下限"),
            sign(Token::RightParen, ")"),
        ];
        assert_eq!(join(&tokens), "名单.any(|r, n| !r.近亲 || n > -下限)");
    }
}

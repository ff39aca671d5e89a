//! Whether values and operators alternate; where they do not, what is missing.
//!
//! Rhai would refuse the same, but at another place and in words for programmers.

use rhai::Token;

use super::methods::lonely_closure;
use super::names::{glued_operator, reserved};
use super::tokens::Tokens;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Msg};
use crate::lexical;

/// Finds the first place where a value or an operator is missing.
pub(crate) fn check(tokens: &Tokens<'_>) -> Option<Diagnostic> {
    let mut wants_value = true;
    let mut index = 0;
    while index < tokens.len() {
        if wants_value && tokens.get(index) == Some(&Token::Pipe) {
            match header(tokens, index) {
                Ok(end) => index = end,
                Err(diagnostic) => return Some(diagnostic),
            }
            continue;
        }
        match step(tokens, index, wants_value) {
            Ok(next) => wants_value = next,
            Err(diagnostic) => return Some(diagnostic),
        }
        index += 1;
    }
    let last = tokens.len().checked_sub(1)?;
    wants_value.then(|| value_missing(tokens, last, ("后面", "after")))
}

/// Passes one token; says whether a value must follow.
fn step(tokens: &Tokens<'_>, index: usize, wants_value: bool) -> Result<bool, Diagnostic> {
    let Some(token) = tokens.get(index) else { return Ok(wants_value) };
    let before = index.checked_sub(1);
    match token {
        Token::Period => property(tokens, index, wants_value),
        Token::Identifier(_) if before.and_then(|at| tokens.get(at)) == Some(&Token::Period) => Ok(false),
        Token::IntegerConstant(_)
        | Token::DecimalConstant(_)
        | Token::StringConstant(_)
        | Token::True
        | Token::False
        | Token::Identifier(_) => {
            if wants_value {
                Ok(false)
            } else {
                Err(operator_missing(tokens, index))
            }
        }
        Token::Bang | Token::If | Token::UnaryMinus | Token::UnaryPlus => {
            if wants_value {
                Ok(true)
            } else {
                Err(operator_missing(tokens, index))
            }
        }
        Token::Minus | Token::Plus => Ok(true),
        Token::Unit => unit(tokens, index, wants_value),
        Token::LeftParen if !wants_value => {
            if called(tokens, index) {
                Ok(true)
            } else {
                Err(operator_missing(tokens, index))
            }
        }
        Token::LeftBracket if !wants_value => Err(subscript(tokens, index)),
        Token::LeftParen | Token::LeftBracket => Ok(true),
        Token::RightParen | Token::RightBracket | Token::RightBrace => close(tokens, index, wants_value),
        Token::LeftBrace | Token::Else | Token::Comma => {
            if wants_value && !(*token == Token::LeftBrace && follows_else(tokens, index)) {
                return Err(value_missing(tokens, index, ("前面", "before")));
            }
            Ok(true)
        }
        _ if is_operator(token) && wants_value => Err(value_missing(tokens, index, ("前面", "before"))),
        _ if is_operator(token) => Ok(true),
        Token::Reserved(word) => Err(reserved(word, tokens.span(index, index))),
        _ => Err(unknown(tokens, index)),
    }
}

fn is_operator(token: &Token) -> bool {
    matches!(
        token,
        Token::And
            | Token::Or
            | Token::EqualsTo
            | Token::NotEqualsTo
            | Token::LessThan
            | Token::LessThanEqualsTo
            | Token::GreaterThan
            | Token::GreaterThanEqualsTo
            | Token::In
            | Token::NotIn
            | Token::Multiply
            | Token::Divide
            | Token::Modulo
            | Token::Custom(_)
    )
}

fn follows_else(tokens: &Tokens<'_>, index: usize) -> bool {
    index.checked_sub(1).and_then(|at| tokens.get(at)) == Some(&Token::Else)
}

/// Whether the parenthesis follows a function's name.
fn called(tokens: &Tokens<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| tokens.get(at));
    matches!(before, Some(Token::Identifier(_)))
}

/// Passes `|r|`, after which a value must follow.
fn header(tokens: &Tokens<'_>, index: usize) -> Result<usize, Diagnostic> {
    let is_pipe = |at: usize| tokens.get(at) == Some(&Token::Pipe);
    let end = (index + 1..tokens.len()).find(|at| is_pipe(*at)).unwrap_or(index);
    let before = |distance: usize| index.checked_sub(distance).and_then(|at| tokens.get(at));
    if before(1) != Some(&Token::LeftParen) || before(3) != Some(&Token::Period) {
        return Err(lonely_closure(tokens.span(index, end)));
    }
    match tokens.get(index + 1) {
        Some(Token::Identifier(_)) if is_pipe(index + 2) => return Ok(index + 3),
        Some(Token::Reserved(word)) => return Err(reserved(word, tokens.span(index + 1, index + 1))),
        _ => {}
    }
    Err(Diagnostic::error(Code::BadClosure, ("「|…|」里要写一个名称", "`|…|` holds one name"))
        .at(tokens.span(index, end), ("它代表其中一行", "it stands for one row"))
        .help(("例如「股东.合计(|r| r.出资额)」", "for example `shareholders.sum(|r| r.amount)`")))
}

fn property(tokens: &Tokens<'_>, index: usize, wants_value: bool) -> Result<bool, Diagnostic> {
    match tokens.get(index + 1) {
        _ if wants_value => Err(value_missing(tokens, index, ("前面", "before"))),
        Some(Token::Identifier(_)) => Ok(true),
        Some(Token::Reserved(word)) => Err(reserved(word, tokens.span(index + 1, index + 1))),
        Some(_) => {
            let word = tokens.written(index + 1);
            let is_word = word.chars().all(lexical::is_name_char) && tokens.touch(index, index + 1);
            let span = tokens.span(index + 1, index + 1);
            Err(if is_word { reserved(&word, span) } else { value_missing(tokens, index, ("后面", "after")) })
        }
        None => Err(value_missing(tokens, index, ("后面", "after"))),
    }
}

/// `()`, which rhai reads as one token: a call without arguments, or nothing.
fn unit(tokens: &Tokens<'_>, index: usize, wants_value: bool) -> Result<bool, Diagnostic> {
    if !wants_value && called(tokens, index) {
        return Ok(false);
    }
    let span = tokens.span(index, index);
    Err(Diagnostic::error(Code::OutsideLanguage, ("空括号「()」不是值", "`()` is not a value"))
        .at(span, ("括号里没有内容", "nothing between the parentheses"))
        .help(("写上条件，或者删去括号", "write a condition or remove the parentheses")))
}

/// A closing bracket may follow a value, a trailing comma or, for lists and calls, its opening one.
fn close(tokens: &Tokens<'_>, index: usize, wants_value: bool) -> Result<bool, Diagnostic> {
    let before = index.checked_sub(1).and_then(|at| tokens.get(at));
    let opener = tokens.partner(index);
    let list = opener.is_some_and(|at| tokens.get(at) == Some(&Token::LeftBracket) || called(tokens, at));
    let empty = before == Some(&Token::LeftBracket);
    if wants_value && !(list && (empty || before == Some(&Token::Comma))) {
        return Err(value_missing(tokens, index, ("前面", "before")));
    }
    Ok(false)
}

fn value_missing(tokens: &Tokens<'_>, index: usize, side: impl Into<Msg>) -> Diagnostic {
    let (written, side) = (tokens.written(index), side.into());
    let help = match tokens.get(index) {
        Some(Token::Modulo) => ("百分数写成小数，如 20% 写 0.2", "write a percentage as a fraction, 20% as 0.2"),
        _ => ("补上缺少的部分，或者删去多余的符号", "add what is missing or remove what is too much"),
    };
    Diagnostic::error(
        Code::ExprSyntax,
        (format!("「{written}」{}缺少内容", side.zh), format!("nothing {} `{written}`", side.en)),
    )
    .at(
        tokens.span(index, index),
        (
            format!("它的{}应当有一个名称、数或条件", side.zh),
            format!("a name, number or condition is needed {} it", side.en),
        ),
    )
    .help(help)
}

fn operator_missing(tokens: &Tokens<'_>, index: usize) -> Diagnostic {
    let (left, right) = (tokens.written(index.saturating_sub(1)), tokens.written(index));
    let span = tokens.span(index, index);
    if let Some(apart) = glued_operator(&right).filter(|_| matches!(tokens.get(index), Some(Token::Identifier(_)))) {
        return lexical::glued(span, &right, &apart);
    }
    let apart = if tokens.touch(index.saturating_sub(1), index) {
        ("", "")
    } else {
        ("；名称里不能有空格", "; names cannot hold spaces")
    };
    Diagnostic::error(
        Code::ExprSyntax,
        (format!("「{left}」和「{right}」之间缺少运算符"), format!("no operator between `{left}` and `{right}`")),
    )
    .at(span, ("这里应当先有一个运算符", "an operator is needed before this"))
    .help((
        format!("用「且」「或」「==」「>=」等连接{}", apart.0),
        format!("join them with `&&`, `||`, `==`, `>=` …{}", apart.1),
    ))
}

fn subscript(tokens: &Tokens<'_>, index: usize) -> Diagnostic {
    let span = tokens.span(index, tokens.partner(index).unwrap_or(index));
    Diagnostic::error(Code::OutsideLanguage, ("不支持按序号取值「[…]」", "indexing `[…]` is not supported"))
        .at(span, ("不能写在值的后面", "cannot follow a value"))
        .help(("判断是否在列表里，写「甲 属于 [乙, 丙]」", "to test for membership write `a in [b, c]`"))
}

fn unknown(tokens: &Tokens<'_>, index: usize) -> Diagnostic {
    let written = tokens.written(index);
    Diagnostic::error(Code::ExprSyntax, (format!("无法理解「{written}」"), format!("`{written}` cannot be understood")))
        .at(tokens.span(index, index), ("读到这里停下了", "reading stopped here"))
        .help(("检查这里的写法；文字放进半角双引号 \"…\"", "check what is written here; put texts in \"…\""))
}

//! Which names may be declared, so that expressions can use them.

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::lexical;
use crate::source::Span;

/// Operator words, longer ones first; each needs a space on both sides.
pub(crate) const OPERATOR_WORDS: &[&str] = &["不属于", "属于", "包含", "如果", "否则", "且", "或", "非"];

/// Whether a word has a meaning of its own in expressions and so cannot be a name or a part of one.
pub fn is_reserved(name: &str) -> bool {
    let mapped = OPERATOR_WORDS.contains(&name) || matches!(name, "真" | "假" | "true" | "false");
    let rhai = rhai::Token::lookup_symbol_from_syntax(name).is_some();
    mapped || rhai || lexical::refused_word(name).is_some() || RESERVED.contains(&name)
}

/// Words that rhai keeps for itself and that have no message of their own.
pub(crate) const RESERVED: &[&str] = &[
    "async",
    "await",
    "case",
    "curry",
    "call",
    "debug",
    "default",
    "eval",
    "exit",
    "Fn",
    "go",
    "is",
    "is_def_fn",
    "is_def_var",
    "is_shared",
    "match",
    "module",
    "new",
    "nil",
    "null",
    "package",
    "print",
    "protected",
    "public",
    "shared",
    "spawn",
    "static",
    "super",
    "sync",
    "this",
    "thread",
    "type_of",
    "use",
    "var",
    "void",
    "with",
    "yield",
];

/// What is wrong with a declared id: it must be `[a-z][a-z0-9_]*`, parts joined by dots.
pub fn id_fault(id: &str, span: Span) -> Option<Diagnostic> {
    let well_formed = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if let Some(word) = id.split('.').find(|part| is_reserved(part)) {
        return Some(reserved(word, span));
    }
    (!id.split('.').all(well_formed)).then(|| {
        Diagnostic::error(Code::BadName, (format!("「{id}」不能用作 id"), format!("`{id}` cannot be an id")))
            .at(span, ("这个 id", "this id"))
            .help((
                "id 以小写英文字母开头，只用小写字母、数字和下划线，各段用「.」连接，如 food_sale",
                "begin with a lower-case letter; use lower-case letters, digits and `_`, parts joined by `.`",
            ))
    })
}

/// What is wrong with a declared name that expressions use: it must be one word.
pub fn name_fault(name: &str, span: Span) -> Option<Diagnostic> {
    if is_reserved(name) {
        return Some(reserved(name, span));
    }
    let fault = name.chars().find(|c| !lexical::is_name_char(*c));
    if fault.is_none() && name.chars().next().is_some_and(lexical::is_name_start) {
        return None;
    }
    let label = match fault {
        Some(' ' | '\u{3000}') => ("名称里有空格".to_owned(), "it holds a space".to_owned()),
        Some(c) => (format!("名称里有「{c}」"), format!("it holds `{c}`")),
        None => ("名称要以文字开头".to_owned(), "it must begin with a letter".to_owned()),
    };
    let headline = (format!("「{name}」不能用在条件里"), format!("`{name}` cannot be used in conditions"));
    Some(Diagnostic::error(Code::BadName, headline).at(span, label).help((
        "名称只用汉字、字母、数字和下划线，不以数字开头",
        "use letters, digits and `_` only, and no digit first",
    )))
}

pub(crate) fn reserved(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ReservedWord,
        (format!("「{word}」是保留词，不能用作名称"), format!("`{word}` is reserved and cannot be a name")),
    )
    .at(span, ("在表达式里另有含义", "it has a meaning of its own in expressions"))
    .help(("换一个名称", "choose another name"))
}

/// For a name that nobody declared: the same with spaces around the operator words in it.
///
/// ```
/// use yichuang_rules::glued_operator;
/// assert_eq!(glued_operator("甲且非乙").as_deref(), Some("甲 且 非 乙"));
/// assert_eq!(glued_operator("经营面积"), None);
/// ```
pub fn glued_operator(name: &str) -> Option<String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut rest = name;
    let mut found = false;
    while let Some(next) = rest.chars().next() {
        let fresh = pieces.last().is_some_and(String::is_empty);
        let word = OPERATOR_WORDS.iter().find(|word| rest.starts_with(**word) && (fresh || **word != "非"));
        let length = word.map_or(next.len_utf8(), |word| word.len());
        match word {
            Some(word) => {
                found = true;
                pieces.extend([(*word).to_owned(), String::new()]);
            }
            None => pieces.last_mut()?.push(next),
        }
        rest = rest.get(length..)?;
    }
    pieces.retain(|piece| !piece.is_empty());
    (found && pieces.len() > 1).then(|| pieces.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::engine;
    use crate::source::SourceId;

    fn check_glued(name: &str, expected: Option<&str>) {
        assert_eq!(glued_operator(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn operator_words_get_their_spaces() {
        check_glued("甲且乙", Some("甲 且 乙"));
        check_glued("150且类型", Some("150 且 类型"));
        check_glued("甲不属于乙或非丙", Some("甲 不属于 乙 或 非 丙"));
        check_glued("事项.药品零售且乙", Some("事项.药品零售 且 乙"));
        check_glued("非甲", Some("非 甲"));
        check_glued("经营非药品", None);
        check_glued("且", None);
        check_glued("", None);
    }

    #[test]
    fn every_reserved_word_is_refused_by_rhai_too() {
        let engine = engine();
        // `exit` needs a package that is not loaded here; it is kept free for the interpreter.
        for word in RESERVED.iter().filter(|word| **word != "exit") {
            assert!(is_reserved(word));
            assert!(engine.compile_expression(format!("1 + {word}")).is_err(), "{word}");
        }
        for word in ["type", "kind", "to", "from", "len", "required", "面积", "contains"] {
            assert!(!is_reserved(word), "{word}");
            assert!(engine.compile_expression(word).is_ok(), "{word}");
        }
    }

    #[test]
    fn names_and_ids() {
        let span = Span::new(SourceId(0), 0, 1);
        for id in ["business.activities", "n6", "food_sale"] {
            assert_eq!(id_fault(id, span), None);
        }
        for id in ["", "Food", "食品", "a..b", "6n", "a.use", "a-b", "in"] {
            assert!(id_fault(id, span).is_some(), "{id}");
        }
        for name in ["经营面积", "事项", "二级2", "GSP认证"] {
            assert_eq!(name_fault(name, span), None);
        }
        for name in ["", "经营 面积", "经营（面积）", "2级", "且", "use", "a.b"] {
            assert!(name_fault(name, span).is_some(), "{name}");
        }
    }
}

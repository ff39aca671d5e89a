//! The rhai engine that parses expressions, and that tests use as an oracle.

use rhai::{Engine, OptimizationLevel, Token};

/// How deep an expression may be nested; a chain of `且` counts one level per operand.
pub(crate) const MAX_DEPTH: usize = 64;

/// Rhai with the Chinese operator words as its own tokens and our limits; no functions but `包含`.
///
/// The words are mapped before parsing, so that they bind and short-circuit exactly as the
/// operators they stand for.
pub fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_max_expr_depths(MAX_DEPTH, MAX_DEPTH);
    #[allow(deprecated, reason = "marked volatile upstream, not deprecated; the version is pinned")]
    engine.on_parse_token(|token, _, _| match operator_word(&token) {
        Some(mapped) => mapped,
        None => token,
    });
    let registered = engine.register_custom_operator("包含", 110);
    debug_assert!(registered.is_ok(), "包含 is a free word and 110 a valid precedence");
    engine.register_fn("包含", |array: rhai::Array, item: rhai::Dynamic| contains(&array, &item));
    engine
}

fn operator_word(token: &Token) -> Option<Token> {
    let (Token::Identifier(word) | Token::Custom(word) | Token::Reserved(word)) = token else {
        return None;
    };
    match word.as_str() {
        "且" => Some(Token::And),
        "或" => Some(Token::Or),
        "非" => Some(Token::Bang),
        "属于" => Some(Token::In),
        "不属于" => Some(Token::NotIn),
        "真" => Some(Token::True),
        "假" => Some(Token::False),
        "如果" => Some(Token::If),
        "否则" => Some(Token::Else),
        _ => None,
    }
}

/// Whether an array holds a text, number or truth value.
fn contains(array: &rhai::Array, wanted: &rhai::Dynamic) -> bool {
    array.iter().any(|item| item.type_id() == wanted.type_id() && item.to_string() == wanted.to_string())
}

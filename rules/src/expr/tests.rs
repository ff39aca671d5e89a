use std::fmt::Write as _;

use super::parse::parse_unplaced;
use super::{Expr, ExprKind, engine, parse_expr};
use crate::source::SourceId;
use crate::tests::{check_table, rendered, slice};
use crate::yaml::{Node, parse};

fn value(text: &str) -> Node {
    let (node, diagnostics) = parse(SourceId(0), text);
    assert_eq!(diagnostics, [], "{text}");
    node.unwrap().entries().unwrap()[0].value.clone()
}

/// The tree of the first value of a file, or what is wrong with it.
fn run(text: &str) -> String {
    let text = text.replace('␣', "\u{200b}").replace('␍', "\r");
    match parse_expr(SourceId(0), &text, &value(&text)) {
        Ok(expr) => {
            let mut output = String::new();
            dump(&expr, &text, 0, &mut output);
            output
        }
        Err(diagnostics) => rendered(&diagnostics, "rules.yaml", &text),
    }
}

/// Each part with its text in the file.
fn dump(expr: &Expr, text: &str, depth: usize, output: &mut String) {
    let written = slice(text, expr.span);
    let (name, parts): (String, Vec<&Expr>) = match &expr.kind {
        ExprKind::And(parts) => ("And".to_owned(), parts.iter().collect()),
        ExprKind::Or(parts) => ("Or".to_owned(), parts.iter().collect()),
        ExprKind::Array(parts) => ("Array".to_owned(), parts.iter().collect()),
        ExprKind::Not(part) => ("Not".to_owned(), vec![part]),
        ExprKind::Neg(part) => ("Neg".to_owned(), vec![part]),
        ExprKind::Binary { op, op_span, lhs, rhs } => (format!("{op:?} {:?}", slice(text, *op_span)), vec![lhs, rhs]),
        ExprKind::In { op_span, needle, haystack, negated } => {
            let op = slice(text, *op_span);
            (format!("In {op:?} negated={negated}"), vec![needle, haystack])
        }
        ExprKind::If { cond, then, otherwise } => ("If".to_owned(), vec![cond, then, otherwise]),
        ExprKind::Call { name, name_span, args } => {
            assert_eq!(name, slice(text, *name_span));
            (format!("Call {name}"), args.iter().collect())
        }
        ExprKind::Method { receiver, name, name_span, args } => {
            assert_eq!(name, slice(text, *name_span));
            (format!("Method {name}"), std::iter::once(&**receiver).chain(args).collect())
        }
        ExprKind::Closure { param, body } => (format!("Closure {param}"), vec![body]),
        leaf => (format!("{leaf:?}"), Vec::new()),
    };
    writeln!(output, "{}{name} {written:?}", "  ".repeat(depth)).unwrap();
    parts.iter().for_each(|part| dump(part, text, depth + 1, output));
}

#[test]
fn trees() {
    check_table("expr/trees.txt", run);
}

#[test]
fn refused() {
    check_table("expr/refused.txt", run);
}

#[test]
fn broken() {
    check_table("expr/broken.txt", run);
}

/// Control characters, which rhai takes for spaces or for the end of the text; a cell of a sheet may
/// hold them.
#[test]
fn control_characters() {
    for expression in ["\t\0\0\0", "甲 \0 且 乙", "甲 == \"店\u{1}\"", "\u{7f}", "甲\u{9f}"] {
        let found = parse_unplaced(expression).expect_err(expression);
        assert!(found.iter().all(|fault| fault.code.as_str() == "YC0115"), "{expression:?}: {found:?}");
        assert!(!found.is_empty(), "{expression:?}");
    }
}

/// A chain of 64 is read, on the small stack of a test thread; longer and deeper ones are refused.
#[test]
fn depth() {
    let check = |expression: &str, code: Option<&str>| {
        let text = format!("条件: '{expression}'");
        let found = parse_expr(SourceId(0), &text, &value(&text)).err();
        assert_eq!(found.as_ref().map(|found| found[0].code.as_str()), code, "{expression}");
    };
    check(&vec!["甲"; 60].join(" 且 "), None);
    check(&vec!["甲"; 70].join(" 且 "), Some("YC0107"));
    check(&format!("{}甲{}", "(".repeat(70), ")".repeat(70)), Some("YC0107"));
    check(&format!("{}甲", "非 ".repeat(200)), Some("YC0107"));
    check(&format!("{}1{}", "[".repeat(4000), "]".repeat(4000)), Some("YC0107"));
    check(&"甲".repeat(10_001), Some("YC0107"));
}

/// Chinese and rhai's own operators are the same program to rhai's interpreter.
#[test]
fn both_ways_of_writing_mean_the_same() {
    let engine = engine();
    let check = |chinese: &str, rhai: &str, expected: bool| {
        assert_eq!(engine.eval_expression::<bool>(chinese).unwrap(), expected, "{chinese}");
        assert_eq!(engine.eval_expression::<bool>(rhai).unwrap(), expected, "{rhai}");
    };
    check("真 且 非 假 或 假", "true && !false || false", true);
    check("非 假 且 假", "!false && false", false);
    check("假 且 (1/0 > 1)", "false && (1/0 > 1)", false);
    check("真 或 (1/0 > 1)", "true || (1/0 > 1)", true);
    check("[1, 2] 包含 2", "[1, 2] 包含 2", true);
    check("如果 1 < 2 { 真 } 否则 { 假 }", "if 1 < 2 { true } else { false }", true);
}

//! Rhai's syntax tree into ours; what rhai accepts and the rule language does not.

use rhai::{AST, Expr as Rhai, FlowControl, FnCallExpr, ParseError, ParseErrorType, Position, Stmt, StmtBlock, Token};

use super::engine::{MAX_DEPTH, engine};
use super::methods::lonely_closure;
use super::text::ExprText;
use super::tokens::Tokens;
use super::{BinaryOp, Expr, ExprKind, grammar};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::lexical;
use crate::sheet::Cell;
use crate::source::{SourceId, Span};
use crate::yaml::Node;

/// The longest expression; rhai counts columns in 16 bits.
const MAX_CHARS: usize = 10_000;

/// Reads the expression in a YAML value.
///
/// # Errors
/// All that is wrong with it, as far as one run can tell.
pub fn parse_expr(source: SourceId, file_text: &str, scalar: &Node) -> Result<Expr, Vec<Diagnostic>> {
    let text = ExprText::from_node(source, file_text, scalar).map_err(|diagnostic| vec![diagnostic])?;
    parse_text(&text)
}

/// Reads the expression in a cell of a sheet.
///
/// # Errors
/// As [`parse_expr`].
pub fn parse_cell_expr(source: SourceId, file_text: &str, cell: &Cell) -> Result<Expr, Vec<Diagnostic>> {
    parse_text(&ExprText::from_cell(source, file_text, cell))
}

/// Reads an expression that stands in no file; what it gives depends on its tokens alone.
///
/// # Errors
/// As [`parse_expr`].
pub(crate) fn parse_unplaced(text: &str) -> Result<Expr, Vec<Diagnostic>> {
    parse_text(&ExprText::unplaced(text))
}

/// Tokens as they are understood and as they are written.
pub(crate) type Lexemes = Vec<(Token, String)>;

/// The tokens of an expression, if nothing is wrong with its characters and brackets.
pub(crate) fn lexemes(text: &str) -> Option<Lexemes> {
    let text = ExprText::unplaced(text);
    let (spaced, faults) = lexical::check(&text);
    if text.len() > MAX_CHARS || !faults.is_empty() {
        return None;
    }
    let tokens = Tokens::new(&engine(), &text, &spaced).ok()?;
    (0..tokens.len()).map(|index| Some((tokens.get(index)?.clone(), tokens.written(index)))).collect()
}

/// Reads an expression whose characters have been placed.
pub(crate) fn parse_text(text: &ExprText) -> Result<Expr, Vec<Diagnostic>> {
    if text.len() > MAX_CHARS {
        return Err(vec![too_deep(text.span)]);
    }
    let (spaced, faults) = lexical::check(text);
    if !faults.is_empty() {
        return Err(faults);
    }
    if spaced.trim().is_empty() {
        return Err(vec![empty(text.span)]);
    }
    let engine = engine();
    let tokens = Tokens::new(&engine, text, &spaced)?;
    if let Some(fault) = grammar::check(&tokens) {
        return Err(vec![fault]);
    }
    let ast = engine.compile_expression(&spaced).map_err(|error| vec![refused(&tokens, &error, text.span)])?;
    let mut walk = Walk { tokens, ast: &ast, diagnostics: Vec::new() };
    let walked = walk.statements(ast.statements(), text.span);
    match walked {
        Some(walked) if walk.diagnostics.is_empty() => Ok(walked.expr),
        _ => Err(walk.diagnostics),
    }
}

/// A part of the expression and its tokens, parentheses around it included.
pub(super) struct Walked {
    pub(super) expr: Expr,
    pub(super) first: usize,
    pub(super) last: usize,
    parenthesised: bool,
}

pub(super) struct Walk<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) ast: &'a AST,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    pub(super) fn statements(&mut self, statements: &[Stmt], place: Span) -> Option<Walked> {
        match statements {
            [Stmt::Expr(expr)] => self.expr(expr),
            [Stmt::If(flow, position)] => self.choice(flow, *position),
            [Stmt::FnCall(call, position)] => self.call(call, *position),
            _ => self.refuse(statement(place)),
        }
    }

    pub(super) fn expr(&mut self, expr: &Rhai) -> Option<Walked> {
        let at = self.tokens.at(expr.position());
        match expr {
            Rhai::BoolConstant(value, _) => Some(self.walked(ExprKind::Bool(*value), at, at)),
            Rhai::IntegerConstant(value, _) => Some(self.number(ExprKind::Int(*value), at)),
            Rhai::DynamicConstant(value, _) if value.is_fnptr() => {
                self.refuse(lonely_closure(self.tokens.span(at, at)))
            }
            Rhai::DynamicConstant(value, _) => match value.as_decimal() {
                Ok(decimal) => Some(self.number(ExprKind::Decimal(decimal.normalize().to_string()), at)),
                Err(_) => self.outside(at),
            },
            Rhai::StringConstant(text, _) => Some(self.walked(ExprKind::Text(text.to_string()), at, at)),
            Rhai::Array(items, _) => {
                let items = self.all(items.iter());
                let last = self.tokens.partner(at).unwrap_or(at);
                Some(self.walked(ExprKind::Array(items?), at, last))
            }
            Rhai::Variable(variable, ..) => Some(self.walked(ExprKind::Name(variable.1.to_string()), at, at)),
            Rhai::Dot(..) => self.dotted(expr),
            Rhai::And(operands, _) => self.joined(operands, ExprKind::And),
            Rhai::Or(operands, _) => self.joined(operands, ExprKind::Or),
            Rhai::FnCall(call, position) => self.call(call, *position),
            Rhai::Stmt(block) if matches!(block.statements(), [Stmt::Share(_), ..]) => {
                self.refuse(lonely_closure(self.tokens.span(at, at)))
            }
            Rhai::Stmt(block) => self.block(block, at),
            _ => self.outside(at),
        }
    }

    /// A number; its minus sign may be a token of its own.
    fn number(&self, kind: ExprKind, at: usize) -> Walked {
        let mut last = at;
        while matches!(self.tokens.get(last), Some(Token::UnaryMinus | Token::Minus | Token::UnaryPlus | Token::Plus)) {
            last += 1;
        }
        self.walked(kind, at, last)
    }

    fn joined(&mut self, operands: &[Rhai], kind: fn(Vec<Expr>) -> ExprKind) -> Option<Walked> {
        let walked: Vec<_> = operands.iter().map(|operand| self.expr(operand)).collect();
        let walked: Vec<Walked> = walked.into_iter().collect::<Option<_>>()?;
        let (first, last) = (walked.first()?.first, walked.last()?.last);
        Some(self.walked(kind(walked.into_iter().map(|walked| walked.expr).collect()), first, last))
    }

    fn call(&mut self, call: &FnCallExpr, position: Position) -> Option<Walked> {
        let at = self.tokens.at(position);
        let args = call.args.as_slice();
        match (self.tokens.get(at).cloned(), args) {
            (Some(Token::In), [haystack, needle]) => self.membership(needle, haystack, at, false),
            (Some(Token::Custom(_)), [haystack, needle]) => self.membership(needle, haystack, at, false),
            (Some(Token::NotIn), [Rhai::FnCall(inner, _)]) => match inner.args.as_slice() {
                [haystack, needle] => self.membership(needle, haystack, at, true),
                _ => self.outside(at),
            },
            (Some(Token::Bang), [operand]) => self.prefixed(operand, at, ExprKind::Not),
            (Some(Token::Minus | Token::UnaryMinus), [operand]) => self.prefixed(operand, at, ExprKind::Neg),
            (Some(Token::Plus | Token::UnaryPlus), [operand]) => self.expr(operand),
            (Some(Token::Identifier(name)), args) => self.function(&name, args, at),
            (Some(token), [lhs, rhs]) => match binary_op(&token) {
                Some(op) => self.binary(op, lhs, rhs, at),
                None => self.outside(at),
            },
            _ => self.outside(at),
        }
    }

    fn prefixed(&mut self, operand: &Rhai, at: usize, kind: fn(Box<Expr>) -> ExprKind) -> Option<Walked> {
        let operand = self.expr(operand)?;
        Some(self.walked(kind(Box::new(operand.expr)), at, operand.last))
    }

    fn function(&mut self, name: &str, args: &[Rhai], at: usize) -> Option<Walked> {
        let name_span = self.tokens.span(at, at);
        let args = self.all(args.iter());
        let last = self.tokens.partner(at + 1).unwrap_or(at + 1);
        let kind = ExprKind::Call { name: name.to_owned(), name_span, args: args? };
        Some(self.walked(kind, at, last))
    }

    fn binary(&mut self, op: BinaryOp, lhs: &Rhai, rhs: &Rhai, at: usize) -> Option<Walked> {
        let (lhs, rhs) = self.sides(lhs, rhs)?;
        let op_span = self.tokens.span(at, at);
        if op.is_comparison() {
            self.check_sides(&lhs, &rhs, at)?;
        }
        let (first, last) = (lhs.first, rhs.last);
        let (lhs, rhs) = (Box::new(lhs.expr), Box::new(rhs.expr));
        Some(self.walked(ExprKind::Binary { op, op_span, lhs, rhs }, first, last))
    }

    fn membership(&mut self, needle: &Rhai, haystack: &Rhai, at: usize, negated: bool) -> Option<Walked> {
        let (needle, haystack) = self.sides(needle, haystack)?;
        let (left, right) = if needle.first < haystack.first { (&needle, &haystack) } else { (&haystack, &needle) };
        let (first, last) = (left.first, right.last);
        self.check_sides(left, right, at)?;
        let op_span = self.tokens.span(at, at);
        let (needle, haystack) = (Box::new(needle.expr), Box::new(haystack.expr));
        Some(self.walked(ExprKind::In { op_span, needle, haystack, negated }, first, last))
    }

    fn sides(&mut self, one: &Rhai, other: &Rhai) -> Option<(Walked, Walked)> {
        let (one, other) = (self.expr(one), self.expr(other));
        Some((one?, other?))
    }

    /// A comparison of comparisons, or of a bare 非, means something else than it says.
    fn check_sides(&mut self, left: &Walked, right: &Walked, at: usize) -> Option<()> {
        let bare = |side: &Walked, test: fn(&ExprKind) -> bool| !side.parenthesised && test(&side.expr.kind);
        if bare(left, is_comparison) || bare(right, is_comparison) {
            return self.refuse(chained(&self.tokens, left, right, at));
        }
        if bare(left, |kind| matches!(kind, ExprKind::Not(_))) {
            return self.refuse(not_precedence(&self.tokens, left, right, at));
        }
        Some(())
    }

    fn block(&mut self, block: &StmtBlock, at: usize) -> Option<Walked> {
        let place = self.tokens.span(at, at);
        self.statements(block.statements(), place)
    }

    fn choice(&mut self, flow: &FlowControl, position: Position) -> Option<Walked> {
        let at = self.tokens.at(position);
        let cond = self.expr(&flow.expr);
        let then = self.block(&flow.body, at);
        // Braces belong to choices only, and the condition may hold a choice itself. Behind the
        // condition parentheses may still close that were opened before its first part.
        let behind = cond.as_ref().map_or(at, |cond| cond.last + 1);
        let opening = (behind..self.tokens.len()).find(|at| self.tokens.get(*at) == Some(&Token::LeftBrace))?;
        let closing = self.tokens.partner(opening)?;
        if self.tokens.get(closing + 1) != Some(&Token::Else) {
            return self.refuse(without_else(self.tokens.span(at, closing)));
        }
        let otherwise = self.block(&flow.branch, at);
        let last = match self.tokens.get(closing + 2) {
            Some(Token::LeftBrace) => self.tokens.partner(closing + 2)?,
            _ => otherwise.as_ref()?.last,
        };
        let (cond, then, otherwise) = (Box::new(cond?.expr), Box::new(then?.expr), Box::new(otherwise?.expr));
        Some(self.walked(ExprKind::If { cond, then, otherwise }, at, last))
    }

    fn all<'e>(&mut self, items: impl Iterator<Item = &'e Rhai>) -> Option<Vec<Expr>> {
        let walked: Vec<_> = items.map(|item| self.expr(item)).collect();
        walked.into_iter().map(|walked| Some(walked?.expr)).collect()
    }

    /// A part from one token to another; parentheses around it count for its neighbours.
    pub(super) fn walked(&self, kind: ExprKind, first: usize, last: usize) -> Walked {
        let expr = Expr { span: self.tokens.span(first, last), kind };
        let mut walked = Walked { expr, first, last, parenthesised: false };
        while let Some(before) = walked.first.checked_sub(1)
            && self.tokens.get(before) == Some(&Token::LeftParen)
            && self.tokens.partner(before) == Some(walked.last + 1)
        {
            walked = Walked { first: before, last: walked.last + 1, parenthesised: true, ..walked };
        }
        walked
    }

    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn outside(&mut self, at: usize) -> Option<Walked> {
        let written = self.tokens.written(at);
        let headline = (format!("表达式不支持「{written}」"), format!("`{written}` is not supported in expressions"));
        let span = self.tokens.span(at, at);
        self.refuse(
            Diagnostic::error(Code::OutsideLanguage, headline)
                .at(span, ("不能写在这里", "cannot be written here"))
                .help((
                    "只用名称、数、文字、列表、比较、加减乘除和「且」「或」「非」「如果」",
                    "use names, numbers, texts, lists, comparisons, arithmetic, `&&`, `||`, `!` and `if`",
                )),
        )
    }
}

fn binary_op(token: &Token) -> Option<BinaryOp> {
    let op = match token {
        Token::EqualsTo => BinaryOp::Eq,
        Token::NotEqualsTo => BinaryOp::Ne,
        Token::LessThan => BinaryOp::Lt,
        Token::LessThanEqualsTo => BinaryOp::Le,
        Token::GreaterThan => BinaryOp::Gt,
        Token::GreaterThanEqualsTo => BinaryOp::Ge,
        Token::Plus => BinaryOp::Add,
        Token::Minus => BinaryOp::Sub,
        Token::Multiply => BinaryOp::Mul,
        Token::Divide => BinaryOp::Div,
        Token::Modulo => BinaryOp::Rem,
        _ => return None,
    };
    Some(op)
}

fn is_comparison(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Binary { op, .. } => op.is_comparison(),
        ExprKind::In { .. } => true,
        _ => false,
    }
}

/// Rhai's own refusal, after everything that has a better message.
fn refused(tokens: &Tokens<'_>, error: &ParseError, whole: Span) -> Diagnostic {
    let at = tokens.at(error.position()).min(tokens.len().saturating_sub(1));
    let (span, written) = (tokens.span(at, at), tokens.written(at));
    match error.err_type() {
        ParseErrorType::ExprTooDeep => too_deep(whole),
        ParseErrorType::MismatchedType(..) => Diagnostic::error(
            Code::ExprSyntax,
            (format!("「{written}」不能这样用"), format!("`{written}` cannot be used like this")),
        )
        .at(span, ("这里的值与运算符不相配", "this value does not fit its operator"))
        .help((
            "「且」「或」「非」「如果」后面写条件，「属于」后面写列表；数要先比较，如「面积 >= 150」",
            "`&&`, `||`, `!` and `if` take conditions, `in` takes a list; compare numbers first: `area >= 150`",
        )),
        _ if tokens.get(at) == Some(&Token::Comma) => comma(span),
        _ => Diagnostic::error(
            Code::ExprSyntax,
            (format!("无法理解「{written}」"), format!("`{written}` cannot be understood")),
        )
        .at(span, ("读到这里停下了", "reading stopped here"))
        .help((
            "检查这里的写法，用括号把各部分隔开",
            "check what is written here and set its parts apart with parentheses",
        )),
    }
}

fn comma(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ExprSyntax, ("逗号不能连接条件", "a comma cannot join conditions"))
        .at(span, ("只能用在列表 […] 和函数里", "only for lists […] and functions"))
        .help(("都要成立写「且」，一个成立即可写「或」", "write `&&` or `||`"))
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ExprTooDeep,
        (
            format!("表达式过长，或嵌套超过 {MAX_DEPTH} 层"),
            format!("the expression is too long or nested deeper than {MAX_DEPTH} levels"),
        ),
    )
    .at(span, ("这个表达式", "this expression"))
    .help((
        "拆成列表：「全部:」（都要成立）或「任一:」（一个成立即可），每项写一个条件",
        "split it into a list: `all:` or `any:` with one condition per item",
    ))
}

fn empty(span: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyExpression, ("这里没有写条件", "the expression is empty"))
        .at(span, ("应当有一个条件或算式", "a condition or calculation belongs here"))
        .help(("写上条件；总是成立写「真」", "write a condition; write `true` if it always holds"))
}

fn statement(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::OutsideLanguage,
        ("这里只能写一个条件或算式", "only one condition or calculation can stand here"),
    )
    .at(place, ("不是单个条件或算式", "this is not a single one"))
    .help(("分情况写「如果 … { … } 否则 { … }」", "for cases write `if … { … } else { … }`"))
}

fn chained(tokens: &Tokens<'_>, left: &Walked, right: &Walked, at: usize) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::ChainedComparison, ("不能连续比较", "comparisons cannot be chained"))
        .at(tokens.span(at, at), ("这里又比较了一次", "compared once more here"))
        .also(tokens.span(left.first, right.last), ("这一段", "in this part"));
    diagnostic.help((
        "拆成两个比较，用「且」连接：「甲 < 乙 且 乙 < 丙」；要比较两个条件的结果，加上括号",
        "split it: `a < b && b < c`; to compare the results of two conditions, add parentheses",
    ))
}

fn not_precedence(tokens: &Tokens<'_>, left: &Walked, right: &Walked, at: usize) -> Diagnostic {
    let (not, op) = (tokens.written(left.first), tokens.written(at));
    let help = match op.as_str() {
        "属于" => ("写「甲 不属于 乙」，或者「非 (甲 属于 乙)」", "write `a !in b` or `!(a in b)`"),
        "in" => ("写「a !in b」，或者「!(a in b)」", "write `a !in b` or `!(a in b)`"),
        _ => ("用括号写明：「非 (甲 == 乙)」，或者「(非 甲) == 乙」", "add parentheses: `!(a == b)` or `(!a) == b`"),
    };
    Diagnostic::error(
        Code::NotPrecedence,
        (format!("「{not}」只管到「{op}」之前，含义不明"), format!("`{not}` reaches only as far as `{op}`")),
    )
    .at(tokens.span(left.first, at.saturating_sub(1)), ("只否定了这一部分", "only this part is negated"))
    .also(tokens.span(at, right.last), ("这一部分没有被否定", "this part is not"))
    .help(help)
}

fn without_else(span: Span) -> Diagnostic {
    Diagnostic::error(Code::IfWithoutElse, ("「如果」没有「否则」", "`if` without `else`"))
        .at(span, ("条件不成立时没有值", "it has no value when the condition does not hold"))
        .help(("补上「否则 { … }」", "add `else { … }`"))
}

//! Words and symbols that expressions cannot hold, and what to write instead.

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A refused word or symbol.
#[derive(Debug)]
pub(super) struct Word {
    code: Code,
    /// What to do, in Chinese.
    pub(super) zh: &'static str,
    /// The same in English.
    en: &'static str,
    /// What follows belongs to it, so that it cannot be judged alone.
    pub(super) spoils_rest: bool,
}

/// A run of punctuation: refused, or passed as a whole.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) text: &'static str,
    pub(super) refused: Option<Word>,
}

impl Word {
    const fn operator(zh: &'static str, en: &'static str) -> Word {
        Word { code: Code::WrongOperator, zh, en, spoils_rest: false }
    }

    const fn outside(zh: &'static str, en: &'static str) -> Word {
        Word { code: Code::OutsideLanguage, zh, en, spoils_rest: false }
    }

    const fn spoiling(zh: &'static str, en: &'static str) -> Word {
        Word { code: Code::OutsideLanguage, zh, en, spoils_rest: true }
    }

    /// A text in backticks.
    pub(super) const OTHER_TEXT: Word =
        Word::outside("文字用半角双引号 \"…\"，里面不能嵌入算式", "put texts in \"…\"; they cannot hold expressions");
    const STATEMENT: Word = Word::spoiling(
        "这里只能写一个条件或算式；分情况写「如果 … { … } 否则 { … }」",
        "write one condition or calculation; for cases use `if … { … } else { … }`",
    );
    const FUNCTION: Word =
        Word::outside("只能用语言手册列出的函数", "only the functions of the language manual can be used");
    const BITS: Word = Word::outside(
        "没有按位运算；多个条件用「且」「或」连接",
        "there are no bit operators; join conditions with `&&` and `||`",
    );
    const RANGE: Word = Word::outside("写成「下限 <= 数 且 数 <= 上限」", "write `low <= number && number <= high`");
    const OPTIONAL: Word = Word::outside(
        "没有回答的情形由系统处理，直接写名称即可",
        "unanswered facts are handled already: just write the name",
    );
    const REMOVE: Word = Word::outside("删去它", "remove it");

    pub(super) fn diagnostic(&self, written: &str, span: Span) -> Diagnostic {
        let (headline, label) = match self.code {
            Code::WrongOperator => (
                (format!("没有运算符「{written}」"), format!("there is no operator `{written}`")),
                ("不是运算符", "not an operator"),
            ),
            _ => (
                (format!("表达式不支持「{written}」"), format!("`{written}` is not supported in expressions")),
                ("不能写在这里", "cannot be written here"),
            ),
        };
        Diagnostic::error(self.code, headline).at(span, label).help((self.zh, self.en))
    }
}

/// The message of a refused word, by the word.
pub(super) fn word_of(word: &str) -> Option<Word> {
    let found = match word {
        "and" | "AND" | "And" | "并且" | "而且" | "以及" => {
            Word::operator("写「且」或「&&」", "write `&&` or `且`")
        }
        "or" | "OR" | "Or" | "或者" => Word::operator("写「或」或「||」", "write `||` or `或`"),
        "not" | "NOT" | "Not" => {
            Word::operator("写「非」或「!」；「not in」写「不属于」", "write `!` or `非`; for `not in` write `!in`")
        }
        "等于" => Word::operator("写「==」", "write `==`"),
        "不等于" | "不是" => Word::operator("写「!=」", "write `!=`"),
        "大于" | "超过" => Word::operator("写「>」", "write `>`"),
        "小于" => Word::operator("写「<」", "write `<`"),
        "大于等于" | "不小于" | "不少于" => Word::operator("写「>=」", "write `>=`"),
        "小于等于" | "不大于" | "不超过" => Word::operator("写「<=」", "write `<=`"),
        "不包含" => Word::operator("写「非 (甲 包含 乙)」，或「乙 不属于 甲」", "write `b !in a`"),
        "switch" | "let" | "const" | "while" | "loop" | "for" | "do" | "until" | "return" | "throw" | "break"
        | "continue" | "fn" | "private" | "import" | "export" | "as" | "global" | "try" | "catch" => Word::STATEMENT,
        "Fn" | "eval" | "print" | "debug" | "type_of" | "call" | "curry" | "is_def_var" | "is_def_fn" | "is_shared" => {
            Word::FUNCTION
        }
        _ => return None,
    };
    Some(found)
}

const fn refused(text: &'static str, word: Word) -> Symbol {
    Symbol { text, refused: Some(word) }
}

const fn passed(text: &'static str) -> Symbol {
    Symbol { text, refused: None }
}

/// Longer symbols before their beginnings.
pub(super) const SYMBOLS: &[Symbol] = &[
    refused("===", Word::operator("写「==」", "write `==`")),
    refused("!==", Word::operator("写「!=」", "write `!=`")),
    refused("..=", Word::RANGE),
    passed("=="),
    passed("!="),
    passed("<="),
    passed(">="),
    passed("&&"),
    passed("||"),
    refused("=>", Word::operator("「不小于」写「>=」", "for \"at least\" write `>=`")),
    refused("=<", Word::operator("「不大于」写「<=」", "for \"at most\" write `<=`")),
    refused("<>", Word::operator("写「!=」", "write `!=`")),
    refused("<<", Word::BITS),
    refused(">>", Word::BITS),
    refused("..", Word::RANGE),
    refused("??", Word::OPTIONAL),
    refused("?.", Word::OPTIONAL),
    refused("?[", Word::OPTIONAL),
    refused("**", Word::operator("没有乘方；写成连乘「甲 * 甲」", "there are no powers; multiply: `a * a`")),
    refused("#{", Word::spoiling("没有键值表；列表写 [甲, 乙]", "there are no maps; write a list `[a, b]`")),
    refused("//", Word::spoiling("说明写在上一行，以「# 」开头", "put the note on the line above, after `# `")),
    refused("/*", Word::spoiling("说明写在上一行，以「# 」开头", "put the note on the line above, after `# `")),
    refused("+=", Word::STATEMENT),
    refused("-=", Word::STATEMENT),
    refused("*=", Word::STATEMENT),
    refused("/=", Word::operator("「不等于」写「!=」", "for \"not equal\" write `!=`")),
    refused("%=", Word::STATEMENT),
    refused("++", Word::STATEMENT),
    refused(
        "--",
        Word::outside("两个减号之间加空格，或改用括号", "put a space between the minus signs, or use parentheses"),
    ),
    refused("->", Word::STATEMENT),
    refused("::", Word::outside("名称的各段用「.」连接", "join the parts of a name with `.`")),
    refused(":=", Word::STATEMENT),
    refused("=", Word::operator("比较是否相等写「==」", "to compare write `==`")),
    refused("&", Word::operator("写「且」或「&&」", "write `&&` or `且`")),
    refused("|", Word::operator("写「或」或「||」", "write `||` or `或`")),
    refused("^", Word::BITS),
    refused("?", Word::spoiling("分情况写「如果 … { … } 否则 { … }」", "for cases write `if … { … } else { … }`")),
    refused(":", Word::spoiling("分情况写「如果 … { … } 否则 { … }」", "for cases write `if … { … } else { … }`")),
    refused(";", Word::STATEMENT),
    refused("#", Word::REMOVE),
    refused("@", Word::REMOVE),
    refused("$", Word::REMOVE),
    refused("~", Word::REMOVE),
    refused("\\", Word::REMOVE),
];

/// The half-width form of full-width and typographic punctuation.
pub(super) fn half_width(c: char) -> Option<char> {
    let narrow = match c {
        '、' => ',',
        '。' | '．' => '.',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '×' => '*',
        '÷' => '/',
        '−' | '–' | '—' => '-',
        '\u{ff01}'..='\u{ff5e}' => return char::from_u32(u32::from(c) - 0xfee0),
        _ => return None,
    };
    Some(narrow)
}

/// Characters of no width that come along when pasting.
pub(crate) fn is_invisible(c: char) -> bool {
    is_control(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether a character is a control character and no space. Rhai takes some of them for the end of the text.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

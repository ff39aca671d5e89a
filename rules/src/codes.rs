//! The fixed codes of diagnostics, one table.
//!
//! `YC00…` files, YAML and sheets · `YC01…` expressions · `YC02…` and up the meaning of rules
//! · `YC09…` calendars.
//! A code is never given to another fault; YC0112 was one for what is now part of the language.

use crate::diagnostic::Msg;

macro_rules! codes {
    ($($name:ident $code:literal $zh:literal $en:literal)*) => {
        /// The kind of a fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $name,)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is printed, such as `YC0001`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// What the code stands for, in one line.
            pub fn explain(self) -> Msg {
                match self { $(Code::$name => Msg::from(($zh, $en)),)* }
            }
        }
    };
}

codes! {
    NotUtf8             "YC0001" "文件不是 UTF-8 编码" "the file is not UTF-8"
    TooLarge            "YC0002" "文件过大，或其中的内容过多" "the file is too large or holds too much"
    TooDeep             "YC0003" "层级过深" "the nesting is too deep"
    Unreadable          "YC0004" "文件或文件夹无法读取" "a file or folder cannot be read"
    NotFormatted        "YC0005" "文件没有排版" "a file is not formatted"

    YamlSyntax          "YC0010" "文件不符合 YAML 的写法" "the file is not YAML"
    AnchorOrAlias       "YC0011" "不支持 YAML 的锚点（&）和别名（*）" "YAML anchors and aliases are not supported"
    Tag                 "YC0012" "不支持 YAML 的标签（!）" "YAML tags are not supported"
    Directive           "YC0013" "不支持 YAML 的指令（%）" "YAML directives are not supported"
    MergeKey            "YC0014" "不支持 YAML 的合并键（<<）" "YAML merge keys are not supported"
    SeveralDocuments    "YC0015" "一个文件里有多个文档（---）" "a file holds several documents"
    DuplicateKey        "YC0016" "同一层里键重复" "a key occurs twice in one mapping"
    KeyNotText          "YC0017" "键不是一个词" "a key is not a word"
    ColonWritten        "YC0018" "键与值之间的冒号写法不对" "the colon between key and value is written wrongly"
    FullWidthIndent     "YC0019" "缩进用了全角空格" "the indentation has full-width spaces"
    TabIndent           "YC0020" "缩进用了制表符（Tab）" "the indentation has tabs"
    UnquotedExpression  "YC0021" "条件以特殊符号开头，没有加引号" "a condition begins with a special character and is not quoted"
    ColonInValue        "YC0022" "没有加引号的值里有「: 」" "an unquoted value holds a colon and a space"
    CutByComment        "YC0023" "值被「 #」截断" "a value is cut off by ` #`"
    Indentation         "YC0024" "缩进没有对齐" "the indentation does not line up"
    UnclosedQuote       "YC0025" "引号没有成对" "a quotation mark has no partner"
    UnclosedFlow        "YC0026" "方括号或花括号没有成对" "a bracket or brace has no partner"
    WrongShape          "YC0027" "这里应当是另一种写法（列表、键值或文字）" "another shape is expected (list, mapping or text)"
    MergeConflict       "YC0028" "文件里有合并冲突的标记" "the file holds the marks of a merge conflict"
    FullWidthComma      "YC0029" "括号里的各项用全角逗号隔开" "the entries in brackets are separated by full-width commas"

    SheetSeparator      "YC0030" "表格的列不是用半角逗号分隔" "the columns are not separated by commas"
    RaggedRow           "YC0031" "表格行的列数不对" "a row has another number of columns than the header"
    EmptySheet          "YC0032" "表格没有表头" "the sheet has no header"
    SheetQuote          "YC0033" "单元格的引号没有成对" "the quotes of a cell do not match"
    DuplicateColumn     "YC0034" "列名重复" "two columns have the same name"

    ExprSyntax          "YC0100" "表达式不完整或无法理解" "the expression is incomplete or cannot be understood"
    ExprScalar          "YC0101" "表达式不能这样写在 YAML 里" "the expression is written in YAML in a way that loses its place"
    FullWidthChar       "YC0102" "表达式里有全角符号" "the expression holds full-width punctuation"
    WrongOperator       "YC0103" "没有这个运算符" "there is no such operator"
    OutsideLanguage     "YC0104" "表达式用了不支持的写法" "the expression uses something outside the rule language"
    ChainedComparison   "YC0105" "连续比较" "a chained comparison"
    IfWithoutElse       "YC0106" "「如果」没有「否则」" "an `if` without `else`"
    ExprTooDeep         "YC0107" "表达式过长或嵌套过深" "the expression is too long or nested too deeply"
    GluedName           "YC0108" "运算词没有用空格隔开" "an operator word is glued to a name"
    UnclosedText        "YC0109" "文字的引号没有成对" "a text has no closing quote"
    UnclosedBracket     "YC0110" "括号没有成对" "a bracket has no partner"
    ReservedWord        "YC0111" "保留词不能用作名称" "a reserved word cannot be used as a name"
    EmptyExpression     "YC0113" "表达式是空的" "the expression is empty"
    BadNumber           "YC0114" "数字的写法不对" "a number is written wrongly"
    InvisibleChar       "YC0115" "表达式里有看不见的字符" "the expression holds an invisible character"
    NotPrecedence       "YC0116" "「非」紧挨着比较，含义不明" "`!` directly before a comparison is ambiguous"
    BadName             "YC0117" "名称或 id 的写法不对" "a name or an id is written wrongly"
    BadClosure          "YC0118" "逐行计算「|r| …」的写法不对" "a computation over rows `|r| …` is written wrongly"

    UnknownKey          "YC0200" "没有这个键" "there is no such key"
    MissingKey          "YC0201" "缺少必须写的内容" "something required is missing"
    BadDate             "YC0202" "日期的写法不对，或者没有这一天" "a date is written wrongly or does not exist"

    GivenTwice          "YC0203" "同一内容给了两次" "something is given twice"
    DuplicateId         "YC0204" "id 或名称重复" "an id or a name is declared twice"
    UnknownName         "YC0205" "用到了没有声明的名称" "a name is used that is not declared"
    UnknownOption       "YC0206" "情形没有这个选项" "a fact has no such option"
    TypeMismatch        "YC0207" "类型不对" "the types do not fit"
    Circle              "YC0208" "规则绕成了圈" "rules need each other in a circle"
    MissingBasis        "YC0209" "没有写依据" "the basis is missing"
    BasisWithoutConfidence "YC0210" "依据没有写可信程度" "a basis does not say how sure it is"
    UnknownWord         "YC0211" "不是规定的用词" "not one of the known words"
    BadNumberValue      "YC0212" "数字的写法或大小不对" "a number is written wrongly or out of range"
    EmptyPeriod         "YC0213" "期间的起止颠倒" "a period ends before it begins"
    PeriodHole          "YC0214" "两期之间有空档" "there is a hole between two versions"
    PeriodOverlap       "YC0215" "两期重叠" "two versions overlap"
    NoAcceptedOn        "YC0216" "没有受理日期，或者没有选择版本的日期" "no fact is the acceptance date, or the date that selects versions"
    TooManyOptions      "YC0217" "选项过多" "a fact has too many options"
    NoSuchFile          "YC0218" "引用的文件不存在" "a file that is named does not exist"
    BadCell             "YC0219" "表格的格子写法不对" "a cell of a sheet is written wrongly"
    NoCondition         "YC0220" "条件与矩阵对不上" "condition and sheet do not agree"
    UnknownFunction     "YC0221" "函数不存在或参数不对" "a function does not exist or has wrong arguments"
    BadCase             "YC0222" "用例的写法不对" "a case is written wrongly"
    EmptyValue          "YC0223" "键后面没有内容" "a key has no content"
    KeyOfOtherType      "YC0224" "这个键只用于别的类型" "a key belongs to facts of another type"
    MissingColumn       "YC0225" "表格缺少一列，或者列没有名称" "a column of a sheet is missing or has no name"
    Unreachable         "YC0226" "写在后面的永远用不上" "what comes later is never used"
    ItemWithoutColumn   "YC0227" "事项在材料矩阵里没有一列" "an item has no column in the material matrix"
    RoundingMissing     "YC0228" "没有写明怎样取整" "a rounding is not stated"
    UnitsDiffer         "YC0229" "单位不相配" "the units do not fit"
    ExceptionsClash     "YC0230" "两个例外可能同时成立而结果不同" "two exceptions can hold together with different results"
    RowsOverlap         "YC0231" "决策表的两行可能同时命中" "two rows of a decision table can match together"
    RuleNotShown        "YC0239" "表单要用的规则没有展示" "a form needs the value of a rule that is not shown"

    UnusedFact          "YC0240" "情形没有用到" "nothing uses a fact"
    UnusedOption        "YC0241" "选项选了也没有作用" "an option has no effect"
    UnusedRule          "YC0242" "规则没有用到" "nothing uses a rule"
    UnusedParam         "YC0243" "参数没有用到" "nothing uses a param"
    UnneededMaterial    "YC0244" "没有事项要这份材料" "no item needs a material"
    UnusedSheet         "YC0245" "表格没有用到" "nothing uses a sheet"
    OddPackId           "YC0246" "规则包编号里有空格、汉字或符号" "a pack id holds unusual characters"
    NoMaterials         "YC0247" "事项不需要任何材料" "an item needs no materials"
    NoPromise           "YC0248" "没有写承诺时限" "the promised period is missing"
    UnusedTable         "YC0249" "决策表没有用到" "nothing uses a decision table"

    NoSuchPack          "YC0260" "继承的规则包不存在" "an extended pack does not exist"
    ExtendsCircle       "YC0261" "规则包互相继承，绕成了圈" "packs extend each other in a circle"
    TooManyLayers       "YC0262" "规则包继承的层数太多" "too many packs extend each other"
    NothingAbove        "YC0263" "没有继承，谈不上改动" "there is no extended pack to override"
    Redeclared          "YC0264" "上级规则包里已经有了" "an extended pack has it already"
    NoTarget            "YC0265" "改动找不到对象" "an override has no target"
    ChangesNothing      "YC0266" "改动什么也没有改" "an override changes nothing"
    Stricter            "YC0267" "改动比上级规则包更严" "an override is stricter than the extended pack"
    OutsideList         "YC0268" "清单之外无审批" "nothing may be asked for beyond the list without a basis of law"
    NotDated            "YC0269" "这种改动不能写有效期" "an override cannot be limited in time"

    UnknownMethod       "YC0280" "名单没有这种算法，或用法不对" "tables have no such computation, or it is used wrongly"
    UnknownColumn       "YC0281" "名单没有这一列" "a table has no such column"
    BadTable            "YC0282" "名单超出了限度" "a table is beyond the limits"

    YearTwice           "YC0900" "同一年写了两次" "a year is given twice"
    NoNotice            "YC0901" "没有写是哪个放假通知" "it is not said which holiday notice this is"
    DayOutsideYear      "YC0902" "日期不在通知的范围内" "a day cannot belong to the notice of that year"
    DayTwice            "YC0903" "同一天写了两次" "a day is named twice"
    WrongCalendarFiles  "YC0904" "这些文件不能组成日历" "the files make no calendar"
    NothingToReplace    "YC0905" "没有可替代的放假通知" "there is no holiday notice to replace"
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_ascending() {
        let printed: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(printed.is_sorted());
        assert_eq!(printed.iter().collect::<BTreeSet<_>>().len(), printed.len());
        assert!(Code::ALL.iter().all(|code| !code.explain().zh.is_empty()));
    }
}

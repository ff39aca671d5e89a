//! Facts: what is asked, of which type.

use alloc::string::String;
use alloc::vec::Vec;

use super::{MaterialId, Text};
use crate::{Lit, binary_enum, binary_struct};

/// A fact 情形: something that the citizen is asked, or ticks; or a column 列 of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Stable name, dotted: `business.activities`.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// The type of its values.
    pub kind: FactKind,
    /// The question as it is put; empty for a fact that is not asked (a ticked material).
    pub question: Text,
    /// Help under the question.
    pub help: Text,
    /// Why it is asked.
    pub why: Text,
    /// What is assumed while it is not answered.
    pub assumed: Option<Assumed>,
    /// Asked only while this does hold; `TRUE` for most facts.
    pub ask_if: Lit,
    /// The part it plays in the form of questions.
    pub role: FactRole,
}

impl Fact {
    /// Whether somebody is asked for it at some time.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.ask_if != Lit::FALSE
    }
}

/// The type of a fact's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// 是否.
    Bool,
    /// 整数, 小数 or 金额, with its unit and its bounds.
    Number {
        /// How it is typed and shown.
        shape: NumberShape,
        /// How many decimal places it has; values and bounds are whole numbers of the smallest.
        places: u8,
        /// The unit, for people: 人, m².
        unit: Text,
        /// Smallest allowed value.
        min: Option<i128>,
        /// Largest allowed value.
        max: Option<i128>,
    },
    /// 日期.
    Date,
    /// 文本.
    Text {
        /// The format it must have.
        format: TextFormat,
        /// What "there is none" is called; absent where an empty text is no answer.
        none: Option<Text>,
    },
    /// 单选.
    Choice(Vec<FactOption>),
    /// 多选, at most 64 options; an empty set is no answer.
    Choices(Vec<FactOption>),
    /// 名单: rows of cells; no rows at all is an answer.
    Table {
        /// What each row holds, declared like facts; one may be a table of its own, whose columns
        /// are none.
        columns: Vec<Fact>,
        /// How many rows there may be.
        max_rows: u16,
    },
}

/// How a number is typed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberShape {
    /// 整数: no places.
    Integer,
    /// 小数: up to the stated places.
    Decimal,
    /// 金额: 元 with two places.
    Money,
}

/// A format of text that is checked when answers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// Any text.
    Free,
    /// 统一社会信用代码, GB 32100-2015.
    Uscc,
    /// 公民身份号码, GB 11643-1999.
    IdNo,
    /// 组织机构代码, GB 11714-1997.
    OrgCode,
    /// 手机号码: eleven digits, the first one 1.
    Mobile,
    /// 电话: a mobile number, or a landline with its area code.
    Phone,
    /// 邮政编码: six digits.
    Postcode,
    /// 姓名: 2 to 20 Chinese characters, `·` between parts.
    PersonName,
    /// 多行: any text of several lines.
    Multiline,
    /// 固定电话: a landline with its area code.
    Landline,
    /// 行政区划代码: six digits, GB/T 2260-2007.
    Division,
}

/// One declared option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactOption {
    /// Stable name.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// A line under the name.
    pub hint: Text,
    /// Offered only while this holds (an option that began or ended on a date).
    pub offered: Lit,
}

/// What an unanswered fact is taken as; the decision lists it under `assumed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// The day of the request.
    Today,
}

/// The part that a fact plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactRole {
    /// A question, asked in pack order while it is relevant.
    Question,
    /// The date from which periods run.
    AcceptedOn,
    /// Another date of the request (received, decided) that is assumed while it is not answered:
    /// it has a field of its own and is not asked.
    RequestDate,
    /// The state of a material, ticked in the list.
    MaterialState(MaterialId),
}

binary_struct!(Fact { id, name, kind, question, help, why, assumed, ask_if, role });
binary_enum!(FactKind {
    0 => Bool,
    1 => Number { shape, places, unit, min, max },
    2 => Date,
    3 => Text { format, none },
    4 => Choice(a),
    5 => Choices(a),
    nested 6 => Table { columns, max_rows },
});
binary_enum!(TextFormat {
    0 => Free,
    1 => Uscc,
    2 => IdNo,
    3 => OrgCode,
    4 => Mobile,
    5 => Phone,
    6 => Postcode,
    7 => PersonName,
    8 => Multiline,
    9 => Landline,
    10 => Division,
});
binary_enum!(NumberShape {
    0 => Integer,
    1 => Decimal,
    2 => Money,
});
binary_struct!(FactOption { id, name, hint, offered });
binary_enum!(Assumed {
    0 => Today,
});
binary_enum!(FactRole {
    0 => Question,
    1 => AcceptedOn,
    2 => MaterialState(a),
    3 => RequestDate,
});

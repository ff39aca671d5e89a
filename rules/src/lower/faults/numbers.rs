//! Numbers: places, units, rounding.

use crate::{Code, Diagnostic, Span};

pub(in crate::lower) fn too_many_digits(text: &str, span: Span) -> Diagnostic {
    let headline = msg!("「{text}」的位数太多", "`{text}` has too many digits");
    Diagnostic::error(Code::BadNumberValue, headline)
        .at(span, ("超过了可以精确计算的位数", "more digits than can be computed exactly"))
        .help(("一个数最多 28 位，其中小数最多 18 位", "a number has at most 28 digits, 18 of them behind the point"))
}

/// A quotient where a number with stated places is needed.
pub(in crate::lower) fn round_first(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RoundingMissing, ("除法的结果没有写怎样取整", "a quotient has no stated rounding"))
        .at(span, ("可能除不尽", "this may not come out even"))
        .help((
            "写 `四舍五入(甲 / 乙, 2)`、`舍去(甲 / 乙, 2)` 或者 `进位(甲 / 乙, 0)`，后面的数是小数位",
            "write `round_half_up(a / b, 2)`, `round_down(a / b, 2)` or `round_up(a / b, 0)`; the last number is the places",
        ))
}

/// An amount with more places than 分.
pub(in crate::lower) fn round_to_fen(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RoundingMissing, ("金额没有写怎样取整到分", "an amount is not rounded to fen"))
        .at(span, ("可能有两位以上小数", "this may have more than two decimal places"))
        .help((
            "写 `四舍五入(…, 2)`、`舍去(…, 2)` 或者 `进位(…, 2)`",
            "write `round_half_up(…, 2)` or another rounding",
        ))
}

pub(in crate::lower) fn rounding_places(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::RoundingMissing,
        ("小数位要写成 0 到 10 的整数", "the places are a whole number from 0 to 10"),
    )
    .at(span, ("不是这样的数", "not such a number"))
    .help(("例如 `四舍五入(甲 / 乙, 2)`", "for example `round_half_up(a / b, 2)`"))
}

pub(in crate::lower) fn too_many_places(span: Span) -> Diagnostic {
    let headline = ("相乘以后小数位太多", "the product has too many decimal places");
    Diagnostic::error(Code::RoundingMissing, headline)
        .at(span, ("超过 18 位小数", "more than 18 places"))
        .help(("先取整，例如 `四舍五入(甲 * 乙, 2)`", "round on the way, such as `round_half_up(a * b, 2)`"))
}

/// Two numbers with different units added or compared.
pub(in crate::lower) fn units_differ(left: (&str, Span), right: (&str, Span)) -> Diagnostic {
    let ((one, left_span), (other, right_span)) = (left, right);
    Diagnostic::error(
        Code::UnitsDiffer,
        msg!(
            "单位不同：{one}和{other}不能相加减或比较",
            "the units differ: {one} and {other} cannot be added or compared"
        ),
    )
    .at(right_span, msg!("单位是{other}", "in {other}"))
    .also(left_span, msg!("单位是{one}", "in {one}"))
    .help((
        "检查是不是用错了情形；没有写单位的，给它写上「单位（unit）」；要换算就乘以带单位的参数，例如 元/平方米",
        "check whether the right fact is used; give `unit` to what lacks one; to convert, multiply by a param with a unit such as 元/㎡",
    ))
}

pub(in crate::lower) fn wrong_unit(found: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnitsDiffer,
        msg!("单位不对：这里要{wanted}，写的是{found}", "wrong unit: {wanted} is expected, this is in {found}"),
    )
    .at(span, msg!("单位是{found}", "in {found}"))
    .help(msg!("换成以{wanted}计的数", "use a number in {wanted}"))
}

pub(in crate::lower) fn whole_count(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RoundingMissing, ("这里要整数", "a whole number is needed here"))
        .at(span, ("可能有小数", "this may have decimal places"))
        .help(("写明怎样取整，例如 `进位(甲, 0)`", "state the rounding, such as `round_up(a, 0)`"))
}

pub(in crate::lower) fn not_numeric(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("「{written}」不是数字", "`{written}` is not a number"))
        .at(span, ("这里要写数字", "a number is expected here"))
        .help(("用半角数字写，例如 20 或 0.05，不带单位", "write digits such as 20 or 0.05, without a unit"))
}

pub(in crate::lower) fn places_out_of_range(places: u16, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("小数位不能是 {places}", "{places} decimal places are too many"))
        .at(span, ("超出了范围", "out of range"))
        .help(("写 0 到 10", "write 0 to 10"))
}

pub(in crate::lower) fn places_exceeded(written: &str, places: u8, span: Span) -> Diagnostic {
    let headline = msg!("「{written}」的小数位太多", "`{written}` has too many decimal places");
    Diagnostic::error(Code::BadNumberValue, headline)
        .at(span, msg!("这里最多 {places} 位小数", "at most {places} places here"))
        .help(("减少小数位，或者改写「小数位（places）」", "write fewer places, or change `places`"))
}

//! Formats of texts: what is not so is refused with a code and words for people.

use alloc::string::String;

use yichuang_engine::{IdentifierFault, TextFormat, check_id_no, check_org_code};

use super::Fault;
use crate::Uscc;
use crate::words::text;

/// The text in the way its format is kept, or what is wrong with it.
pub(super) fn check(format: TextFormat, typed: String) -> Result<String, Fault> {
    match format {
        TextFormat::Free | TextFormat::Multiline => Ok(typed),
        TextFormat::Uscc => match Uscc::parse(&typed.to_ascii_uppercase()) {
            Ok(code) => Ok(code.as_str().into()),
            Err(error) => Err((error.code(), error.message())),
        },
        TextFormat::IdNo => {
            let number = typed.to_ascii_uppercase();
            check_id_no(&number).map(|()| number).map_err(id_no_fault)
        }
        TextFormat::OrgCode => {
            let code = typed.to_ascii_uppercase().replace('-', "");
            check_org_code(&code).map(|()| code).map_err(org_code_fault)
        }
        TextFormat::Mobile => kept(typed, is_mobile, not_mobile),
        TextFormat::Phone => kept(typed, |typed| is_mobile(typed) || is_landline(typed), not_phone),
        TextFormat::Landline => kept(typed, is_landline, not_landline),
        TextFormat::Division => kept(typed, is_division, not_division),
        TextFormat::Postcode => kept(typed, |typed| are_digits(typed, 6..=6), not_postcode),
        TextFormat::PersonName => kept(typed, is_person_name, not_person_name),
    }
}

fn kept(typed: String, fits: impl Fn(&str) -> bool, fault: impl Fn() -> Fault) -> Result<String, Fault> {
    if fits(&typed) { Ok(typed) } else { Err(fault()) }
}

fn not_mobile() -> Fault {
    ("not_mobile", text("手机号码应为 11 位数字，以 1 开头。", "a mobile number has 11 digits and begins with 1"))
}

fn not_phone() -> Fault {
    (
        "not_phone",
        text(
            "请填写手机号码，或者带区号的固定电话，例如 0594-2692345。",
            "write a mobile number, or a landline with its area code such as 0594-2692345",
        ),
    )
}

fn not_landline() -> Fault {
    (
        "not_landline",
        text(
            "请填写带区号的固定电话，例如 0594-2692345。",
            "write a landline with its area code, such as 0594-2692345",
        ),
    )
}

fn not_division() -> Fault {
    (
        "not_division",
        text(
            "行政区划代码应为 6 位数字，例如莆田市城厢区是 350302。",
            "a division code has 6 digits, such as 350302 for Chengxiang in Putian",
        ),
    )
}

fn not_postcode() -> Fault {
    ("not_postcode", text("邮政编码应为 6 位数字。", "a postcode has 6 digits"))
}

fn not_person_name() -> Fault {
    (
        "not_person_name",
        text(
            "姓名应为 2 到 20 个汉字，少数民族姓名中间可用“·”。",
            "a name has 2 to 20 Chinese characters, with `·` between parts",
        ),
    )
}

fn id_no_fault(fault: IdentifierFault) -> Fault {
    match fault {
        IdentifierFault::Length => (
            "id_length",
            text(
                "身份证号码应为 18 位，请对照身份证核对。",
                "an identity number has 18 characters; compare it with the card",
            ),
        ),
        IdentifierFault::Charset => (
            "id_charset",
            text("身份证号码只有数字，最后一位可以是 X。", "an identity number has digits only, the last one may be X"),
        ),
        IdentifierFault::Checksum => (
            "id_checksum",
            text(
                "身份证号码的校验位不对，可能有一位写错，请对照身份证核对。",
                "the check character does not fit, so one digit is probably wrong; compare it with the card",
            ),
        ),
        IdentifierFault::Birth => (
            "id_birth_invalid",
            text(
                "身份证号码里的出生日期不存在，请对照身份证核对。",
                "the birth date in the number does not exist; compare it with the card",
            ),
        ),
    }
}

fn org_code_fault(fault: IdentifierFault) -> Fault {
    match fault {
        IdentifierFault::Length => {
            ("org_code_length", text("组织机构代码应为 9 位。", "an organisation code has 9 characters"))
        }
        IdentifierFault::Charset => (
            "org_code_charset",
            text("组织机构代码只用数字和大写字母。", "an organisation code has digits and capital letters only"),
        ),
        IdentifierFault::Checksum | IdentifierFault::Birth => (
            "org_code_checksum",
            text(
                "组织机构代码的校验位不对，可能有一位写错。",
                "the check character does not fit, so one is probably wrong",
            ),
        ),
    }
}

fn are_digits(typed: &str, count: core::ops::RangeInclusive<usize>) -> bool {
    count.contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mobile(typed: &str) -> bool {
    are_digits(typed, 11..=11) && typed.starts_with('1')
}

/// An area code of three or four digits that begins with 0, then seven or eight digits.
fn is_landline(typed: &str) -> bool {
    let (area, number) = typed.split_once('-').unwrap_or_else(|| {
        let area = if typed.starts_with("01") || typed.starts_with("02") { 3 } else { 4 };
        typed.split_at_checked(area).unwrap_or_default()
    });
    area.starts_with('0') && are_digits(area, 3..=4) && are_digits(number, 7..=8)
}

/// The first digits of GB/T 2260-2007: a region and a province in it.
const PROVINCES: [(u8, core::ops::RangeInclusive<u8>); 8] = [
    (b'1', b'1'..=b'5'),
    (b'2', b'1'..=b'3'),
    (b'3', b'1'..=b'7'),
    (b'4', b'1'..=b'6'),
    (b'5', b'0'..=b'4'),
    (b'6', b'1'..=b'5'),
    (b'7', b'1'..=b'1'),
    (b'8', b'1'..=b'2'),
];

/// Six digits that begin with a province; a county has a prefecture before it.
fn is_division(typed: &str) -> bool {
    let [region, province, rest @ ..] = typed.as_bytes() else { return false };
    let is_province = PROVINCES.iter().any(|(first, second)| first == region && second.contains(province));
    is_province && are_digits(typed, 6..=6) && (!rest.starts_with(b"00") || rest == b"0000")
}

fn is_person_name(typed: &str) -> bool {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '〇');
    let mut parts = typed.split('·');
    (2..=20).contains(&typed.chars().count()) && parts.all(|part| !part.is_empty() && part.chars().all(is_han))
}

#[cfg(test)]
mod tests {
    use super::check;
    use yichuang_engine::TextFormat;

    fn said(format: TextFormat, typed: &str) -> &'static str {
        check(format, typed.into()).map_or_else(|(code, _)| code, |_| "ok")
    }

    #[test]
    fn every_format_takes_good_texts_and_names_what_is_wrong() {
        use TextFormat::*;
        for (format, typed, expected) in [
            (IdNo, "11010519491231002x", "ok"),
            (IdNo, "429005195305200006", "id_checksum"),
            (IdNo, "429005195302300000", "id_birth_invalid"),
            (IdNo, "1101051949123100", "id_length"),
            (IdNo, "11010519491231002Y", "id_charset"),
            (OrgCode, "01542735-7", "ok"),
            (OrgCode, "015427358", "org_code_checksum"),
            (OrgCode, "01542735", "org_code_length"),
            (OrgCode, "01542735é", "org_code_charset"),
            (Mobile, "13800138000", "ok"),
            (Mobile, "23800138000", "not_mobile"),
            (Phone, "0594-2692345", "ok"),
            (Phone, "01012345678", "ok"),
            (Phone, "2692345", "not_phone"),
            (Postcode, "351100", "ok"),
            (Postcode, "3511000", "not_postcode"),
            (Landline, "0594-2692345", "ok"),
            (Landline, "13800138000", "not_landline"),
            (Division, "350302", "ok"),
            (Division, "350000", "ok"),
            (Division, "350002", "not_division"),
            (Division, "380302", "not_division"),
            (Division, "3503", "not_division"),
            (Division, "é503020", "not_division"),
            (Multiline, "甲\n乙", "ok"),
            (PersonName, "欧阳·买买提", "ok"),
            (PersonName, "𠮷田", "ok"),
            (PersonName, "王", "not_person_name"),
            (PersonName, "王··二", "not_person_name"),
            (PersonName, "John", "not_person_name"),
        ] {
            assert_eq!(said(format, typed), expected, "{typed}");
        }
    }
}

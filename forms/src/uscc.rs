//! The unified social credit code 统一社会信用代码 (GB 32100-2015).
//!
//! 18 symbols: one for the registration authority, one for the kind of body, six for the
//! region, nine for the body itself and a check symbol.

use alloc::string::String;

use yichuang_engine::{IdentifierFault, Text, check_uscc};

use crate::words::text;

/// A code that passed the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uscc(String);

/// What kind of body a code belongs to, by its first two symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsccClass {
    /// 机构编制: a body of the state or an institution.
    Institution,
    /// 企业.
    Enterprise,
    /// 个体工商户.
    IndividualBusiness,
    /// 农民专业合作社.
    FarmerCooperative,
    /// Another authority or kind.
    Other,
}

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsccError {
    /// It has not 18 symbols.
    Length,
    /// It has a symbol that is not used in codes.
    Charset,
    /// The last symbol does not fit the others.
    Checksum,
}

impl Uscc {
    /// Checks a code: its length, its symbols, its check symbol, in this order.
    ///
    /// ```
    /// use yichuang_forms::{Uscc, UsccClass, UsccError};
    ///
    /// let code = Uscc::parse("91350300MA2X000193").unwrap();
    /// assert_eq!((code.class(), code.region()), (UsccClass::Enterprise, "350300"));
    /// assert_eq!(Uscc::parse("91350300MA2X000194"), Err(UsccError::Checksum));
    /// ```
    ///
    /// # Errors
    /// See [`UsccError`].
    pub fn parse(code: &str) -> Result<Uscc, UsccError> {
        match check_uscc(code) {
            Ok(()) => Ok(Uscc(code.into())),
            Err(IdentifierFault::Length) => Err(UsccError::Length),
            Err(IdentifierFault::Charset) => Err(UsccError::Charset),
            Err(IdentifierFault::Checksum | IdentifierFault::Birth) => Err(UsccError::Checksum),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of body it belongs to.
    #[must_use]
    pub fn class(&self) -> UsccClass {
        match self.0.as_bytes() {
            [b'1', ..] => UsccClass::Institution,
            [b'9', b'1', ..] => UsccClass::Enterprise,
            [b'9', b'2', ..] => UsccClass::IndividualBusiness,
            [b'9', b'3', ..] => UsccClass::FarmerCooperative,
            _ => UsccClass::Other,
        }
    }

    /// The region in which it was registered, as a code of GB/T 2260.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }
}

impl UsccError {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            UsccError::Length => "uscc_length",
            UsccError::Charset => "uscc_charset",
            UsccError::Checksum => "uscc_checksum",
        }
    }

    /// What is said to the citizen.
    #[must_use]
    pub fn message(self) -> Text {
        match self {
            UsccError::Length => text(
                "统一社会信用代码应为 18 位，请对照营业执照核对。",
                "the code has 18 characters; compare it with the business licence",
            ),
            UsccError::Charset => text(
                "统一社会信用代码只用数字和大写字母，且不含 I、O、S、V、Z，请核对是否把 1 写成了 I、把 0 写成了 O。",
                "the code has digits and capital letters only, without I, O, S, V and Z; was 1 typed as I, or 0 as O?",
            ),
            UsccError::Checksum => text(
                "统一社会信用代码的校验位不对，可能有一位写错，请对照营业执照核对。",
                "the check character does not fit, so one character is probably wrong; compare it with the business licence",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use proptest::prelude::*;

    use super::{Uscc, UsccClass, UsccError};

    const SYMBOLS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

    #[test]
    fn the_vectors_of_the_standard_scenarios() {
        let class = |code| Uscc::parse(code).map(|code| code.class());
        assert_eq!(class("91350300MA2X000193"), Ok(UsccClass::Enterprise));
        assert_eq!(class("91350300MA2X000194"), Err(UsccError::Checksum));
        assert_eq!(class("91350300MA2I000193"), Err(UsccError::Charset));
        assert_eq!(class("92350302MA2X00035J"), Ok(UsccClass::IndividualBusiness));
        assert_eq!(class("9135030MA2X000193"), Err(UsccError::Length));
        assert_eq!(class("11511800015427357G"), Ok(UsccClass::Institution));
        assert_eq!(class("11511800008539131R"), Ok(UsccClass::Institution));
        assert_eq!(class("91150800MA0MX0023D"), Ok(UsccClass::Enterprise));
        assert_eq!(class("93150802MA0MX004XN"), Ok(UsccClass::FarmerCooperative));
        assert_eq!(class("91429005335100054R"), Ok(UsccClass::Enterprise));
        assert_eq!(class("九一三五零三零零ＭＡ二Ｘ零零零一九三"), Err(UsccError::Charset));
    }

    proptest! {
        #[test]
        fn one_wrong_symbol_is_always_found(place in 0_usize..18, value in 0_usize..31) {
            let right = "91350300MA2X000193";
            let mut bytes = right.as_bytes().to_vec();
            bytes[place] = SYMBOLS[value];
            let typed = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(Uscc::parse(&typed).is_ok(), typed == right);
        }

        #[test]
        fn any_text_is_checked(text in ".{0,20}") {
            prop_assert_eq!(Uscc::parse(&text).map(|code| code.as_str() == text), Uscc::parse(&text).map(|_| true));
        }
    }
}

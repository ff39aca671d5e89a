//! What can go wrong, in one sentence each.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use yichuang_forms::Lang;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperError {
    /// None of the folders has the font that every sheet needs.
    NoFont(Vec<PathBuf>),
    /// A font file is there, and cannot be read or is no font.
    BadFont(PathBuf, String),
    /// Digest and number of the case are too much for one code.
    LongCase,
    /// The sheet was refused by the typesetter, which no sheet should be.
    Refused(String),
}

impl PaperError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (PaperError::NoFont(places), Lang::Zh) => format!(
                "找不到印表用的字体 NotoSerifCJK-Regular.ttc 和 NotoSerifCJK-Bold.ttc（查过 {}）。请安装 Debian 软件包 fonts-noto-cjk，或用 YICHUANG_FONTS 指明所在的文件夹。",
                list(places)
            ),
            (PaperError::NoFont(places), Lang::En) => format!(
                "the fonts NotoSerifCJK-Regular.ttc and NotoSerifCJK-Bold.ttc are missing (looked in {}); install Debian's package fonts-noto-cjk, or name their folder in YICHUANG_FONTS",
                list(places)
            ),
            (PaperError::BadFont(path, why), Lang::Zh) => format!("用不了字体「{}」：{why}。", path.display()),
            (PaperError::BadFont(path, why), Lang::En) => format!("cannot use the font `{}`: {why}", path.display()),
            (PaperError::LongCase, Lang::Zh) => "案号太长，一个二维码放不下。请核对案号。".to_owned(),
            (PaperError::LongCase, Lang::En) => {
                "the number of the case is too long for one QR code; check it".to_owned()
            }
            (PaperError::Refused(why), Lang::Zh) => format!("这张表没有排成：{why}"),
            (PaperError::Refused(why), Lang::En) => format!("this sheet could not be typeset: {why}"),
        }
    }
}

fn list(places: &[PathBuf]) -> String {
    places.iter().map(|place| place.display().to_string()).collect::<Vec<_>>().join("、")
}

impl fmt::Display for PaperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl Error for PaperError {}

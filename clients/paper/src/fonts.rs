//! The fonts of sheets: Noto Serif CJK, and Hanazono Mincho for the rare characters that it lacks.

use std::fs;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontVariations};
use typst::utils::LazyHash;

use crate::PaperError;

/// Where Debian's packages `fonts-noto-cjk` and `fonts-hanazono` put them.
pub const STANDARD_PLACES: [&str; 2] = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/hanazono"];

/// The files, each with the families in it that are used. No sheet can do without the first two; the
/// third one has the characters of CJK extensions B to F.
const FILES: [(&str, &str, bool); 3] = [
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", true),
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", true),
    ("HanaMinB.ttf", "HanaMinB", false),
];

/// The name that tells the version of a font (OpenType, table `name`).
const VERSION: u16 = 5;

/// The fonts that sheets are set in; reading them once serves for many sheets.
#[derive(Clone, Debug)]
pub struct Fonts {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

impl Fonts {
    /// The families in the order in which a character is looked for.
    pub(crate) const FAMILIES: [&str; 2] = ["Noto Serif CJK SC", "HanaMinB"];

    /// The fonts in the folder that `YICHUANG_FONTS` names, or else where Debian puts them.
    ///
    /// # Errors
    /// If Noto Serif CJK is in neither, or a font file is damaged.
    pub fn find() -> Result<Fonts, PaperError> {
        match std::env::var_os("YICHUANG_FONTS").filter(|folder| !folder.is_empty()) {
            Some(folder) => Fonts::in_folders(&[PathBuf::from(folder)]),
            None => Fonts::in_folders(&STANDARD_PLACES.map(PathBuf::from)),
        }
    }

    /// The fonts in some folders; the first folder that has a file gives it.
    ///
    /// # Errors
    /// If Noto Serif CJK is in none, or a font file is damaged.
    pub fn in_folders(folders: &[PathBuf]) -> Result<Fonts, PaperError> {
        let mut fonts = Vec::new();
        for (name, family, needed) in FILES {
            let file = folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
            match file {
                Some(file) => fonts.extend(read(&file, family)?),
                None if needed => return Err(PaperError::NoFont(folders.to_vec())),
                None => {}
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Fonts { fonts, book })
    }

    /// The name and version of each font, as the fonts themselves say.
    #[must_use]
    pub fn versions(&self) -> Vec<String> {
        let say = |font: &Font| {
            let instance = font.clone().instantiate(font.info().variant, Abs::zero(), &FontVariations::default());
            let names = instance.ttf().names().into_iter();
            let version = names.filter(|name| name.name_id == VERSION).find_map(|name| name.to_string());
            format!("{} {}", font.post_script_name().unwrap_or_default(), version.unwrap_or_default())
        };
        self.fonts.iter().map(say).collect()
    }

    /// Whether some font has a glyph for a character.
    pub(crate) fn have(&self, c: char) -> bool {
        self.fonts.iter().any(|font| has(font, c))
    }

    /// Whether the font that prints a character also has this variant of it.
    pub(crate) fn have_variant(&self, c: char, selector: char) -> bool {
        let font = self.fonts.iter().find(|font| has(font, c));
        font.is_some_and(|font| {
            let instance = font.clone().instantiate(font.info().variant, Abs::zero(), &FontVariations::default());
            instance.ttf().glyph_variation_index(c, selector).is_some()
        })
    }
}

fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// The fonts of one family in a file.
fn read(file: &Path, family: &str) -> Result<Vec<Font>, PaperError> {
    let bytes = fs::read(file).map_err(|error| PaperError::BadFont(file.to_owned(), error.to_string()))?;
    let fonts: Vec<Font> = Font::iter(Bytes::new(bytes)).filter(|font| font.info().family == family).collect();
    if fonts.is_empty() {
        return Err(PaperError::BadFont(file.to_owned(), format!("{family} ?")));
    }
    Ok(fonts)
}

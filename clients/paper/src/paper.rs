//! A sheet becomes a PDF.

use std::collections::BTreeSet;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Array, Bytes, Dict, IntoValue, Smart, Value};
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::glyphs::Glyphs;
use crate::value::Writer;
use crate::world::Desk;
use crate::{Fonts, PaperError, Sheet, qr};

/// Sets sheets in its fonts.
#[derive(Clone, Debug)]
pub struct Paper {
    fonts: Fonts,
}

impl Paper {
    /// Sheets will be set in these fonts.
    #[must_use]
    pub fn new(fonts: Fonts) -> Paper {
        Paper { fonts }
    }

    /// The sheet as PDF/UA-1 on A4, with its fonts in it; the same sheet gives the same bytes.
    ///
    /// # Errors
    /// If the number of the case is too long for the code, or the typesetter refuses the sheet, which no
    /// content of a sheet should make it do.
    pub fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
        let document = self.set(sheet, &code(sheet)?)?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| PaperError::Refused(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some(concat!("Yichuang ", env!("CARGO_PKG_VERSION")).to_owned())),
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors));
        // What the typesetter remembers of sheets is worth its memory for the next few only.
        typst::comemo::evict(3);
        pdf
    }

    /// Typesets until no glyph is missing: a font may have two characters and not what they make when
    /// they stand together.
    fn set(&self, sheet: &Sheet, code: &Value) -> Result<PagedDocument, PaperError> {
        let mut refused_chars = BTreeSet::new();
        loop {
            let inputs = self.inputs(sheet, code, &refused_chars);
            let desk = Desk::new(&self.fonts, inputs).ok_or_else(|| PaperError::Refused("sheet.typ".to_owned()))?;
            let document: PagedDocument = typst::compile(&desk).output.map_err(|errors| refused(&errors))?;
            let before = refused_chars.len();
            document.pages().iter().for_each(|page| missing(&page.frame, &mut refused_chars));
            if refused_chars.len() == before {
                return Ok(document);
            }
        }
    }

    /// All that the look of a sheet is filled with.
    fn inputs(&self, sheet: &Sheet, code: &Value, refused_chars: &BTreeSet<char>) -> Dict {
        let mut writer = Writer::new(Glyphs::new(&self.fonts, refused_chars));
        let mut inputs = Dict::new();
        let mut put = |name: &str, value: Value| inputs.insert(name.into(), value);
        put("lang", sheet.lang.code().into_value());
        put("title", writer.glyphs.name(&sheet.title()).into_value());
        put("id", writer.glyphs.name(sheet.id()).into_value());
        put("watermark", sheet.watermark().map_or(Value::None, |word| writer.glyphs.name(word).into_value()));
        put("tree", writer.tree(&sheet.tree));
        writer.glyphs.place = String::new();
        put("case", sheet.case().map_or(Value::None, |case| writer.text(case)));
        put("code", code.clone());
        put("families", Fonts::FAMILIES.iter().map(|family| family.into_value()).collect::<Array>().into_value());
        put("replaced", replaced(&writer.glyphs));
        inputs
    }
}

/// The code to scan, on a sheet that a decision filled.
fn code(sheet: &Sheet) -> Result<Value, PaperError> {
    let Some(receipt) = sheet.receipt.as_deref() else { return Ok(Value::None) };
    let svg = qr::svg(&qr::payload(receipt, sheet.case())).ok_or(PaperError::LongCase)?;
    Ok(Bytes::from_string(svg).into_value())
}

fn replaced(glyphs: &Glyphs<'_>) -> Value {
    let row = |replaced: &crate::glyphs::Replaced| {
        let mut row = Dict::new();
        row.insert("place".into(), replaced.place.as_str().into_value());
        row.insert("codes".into(), replaced.codes().into_value());
        Value::Dict(row)
    };
    glyphs.replaced.iter().map(row).collect::<Array>().into_value()
}

/// The characters that came out without a glyph.
fn missing(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => missing(&group.frame, found),
            FrameItem::Text(text) => found.extend(missing_in(text)),
            _ => {}
        }
    }
}

/// Of several characters that make one shape the first one is kept.
fn missing_in(text: &TextItem) -> impl Iterator<Item = char> {
    let tofu = text.glyphs.iter().filter(|glyph| glyph.id == 0).filter_map(|glyph| text.text.get(glyph.range()));
    tofu.flat_map(|cluster| {
        let skip = usize::from(cluster.chars().count() > 1);
        cluster.chars().skip(skip)
    })
}

fn refused(errors: &[SourceDiagnostic]) -> PaperError {
    let words: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    PaperError::Refused(words.join("; "))
}

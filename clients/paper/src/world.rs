//! What typst sees of the world: one source, the fonts, and the sheet as an input. No files, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use crate::Fonts;

/// How sheets look; it is the same for all of them.
static LOOK: LazyLock<Option<Source>> = LazyLock::new(|| {
    let path = VirtualPath::new("sheet.typ").ok()?;
    let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
    Some(Source::new(id, include_str!("sheet.typ").to_owned()))
});

#[derive(Debug)]
pub(crate) struct Desk<'a> {
    fonts: &'a Fonts,
    library: LazyHash<Library>,
    source: Source,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(fonts: &'a Fonts, sheet: Dict) -> Option<Desk<'a>> {
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_inputs(sheet).with_features(features).build();
        Some(Desk { fonts, library: LazyHash::new(library), source: LOOK.clone()? })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

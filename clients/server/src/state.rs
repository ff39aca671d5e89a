//! What the server serves: packs, one calendar, assets, and the day.

use std::collections::BTreeMap;

use axum::body::Bytes;
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use yichuang_engine::{Calendar, Date};
use yichuang_forms::page::Site;
use yichuang_forms::{Bundle, Content, Loaded, to_ycc, to_ycp};

use crate::assets::Assets;
use crate::kiosk::KioskOptions;
use crate::problem::Refusal;

/// All that is served; it does not change while the server runs.
#[derive(Debug)]
pub struct Hall {
    pub(crate) name: String,
    /// The keys with which packs and the calendar are signed, as elements have them; or nothing.
    pub(crate) key: String,
    pub(crate) packs: BTreeMap<String, Published<Bundle>>,
    pub(crate) calendar: Published<Calendar>,
    pub(crate) assets: Assets,
    pub(crate) today: Option<Date>,
    pub(crate) kiosk: KioskOptions,
}

/// A pack or a calendar, with the file in which a page fetches it.
#[derive(Debug)]
pub(crate) struct Published<T: Content> {
    pub(crate) loaded: Loaded<T>,
    pub(crate) file: Bytes,
    pub(crate) url: String,
    /// What stands beside the file, if it was signed.
    pub(crate) signature: Option<Bytes>,
}

impl Published<Bundle> {
    pub(crate) fn pack(bundle: Bundle) -> Self {
        let (file, loaded) = (to_ycp(&bundle), Loaded::<Bundle>::new(bundle));
        Published { url: format!("/packs/{}.ycp", loaded.digest), file: file.into(), loaded, signature: None }
    }
}

impl Published<Calendar> {
    pub(crate) fn calendar(calendar: Calendar) -> Self {
        let (file, loaded) = (to_ycc(&calendar), Loaded::<Calendar>::new(calendar));
        Published { url: format!("/calendars/{}.ycc", loaded.digest), file: file.into(), loaded, signature: None }
    }
}

impl<T: Content> Published<T> {
    /// Where its signature is served, if it was signed.
    pub(crate) fn signature_url(&self) -> Option<String> {
        self.signature.is_some().then(|| format!("{}.sig", self.url))
    }

    /// The file or the signature at an address.
    pub(crate) fn at(&self, path: &str) -> Option<&Bytes> {
        match path.strip_prefix(self.url.as_str())? {
            "" => Some(&self.file),
            ".sig" => self.signature.as_ref(),
            _ => None,
        }
    }
}

impl Hall {
    /// The same with a kiosk that behaves in this way.
    #[must_use]
    pub fn with_kiosk(self, kiosk: KioskOptions) -> Hall {
        Hall { kiosk, ..self }
    }

    /// The pack of an id.
    pub(crate) fn pack(&self, id: &str) -> Result<&Published<Bundle>, Refusal> {
        self.packs.get(id).ok_or_else(|| Refusal::unknown_pack(id))
    }

    /// What every document shares: of one pack's pages, or of a page without a pack.
    pub(crate) fn site<'a>(&'a self, pack: Option<&'a Published<Bundle>>, on: Option<Date>) -> Site<'a> {
        let pack_url = pack.map_or("", |pack| pack.url.as_str());
        Site { hall: &self.name, pack_url, calendar_url: &self.calendar.url, key: &self.key, on }
    }

    /// The day of a request that states none: today in China.
    pub(crate) fn today(&self) -> Result<Date, Refusal> {
        let civil = || Timestamp::now().to_zoned(TimeZone::fixed(offset(8))).date();
        let read = || Date::new(civil().year(), civil().month().try_into().ok()?, civil().day().try_into().ok()?);
        self.today.or_else(read).ok_or_else(Refusal::no_day)
    }
}

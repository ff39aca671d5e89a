//! The library, called.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use yichuang_forms::{LoadedBundle, LoadedCalendar, RequestError, explain, from_ycc, from_ycp, step};

use super::{Asks, Call, Reply, Subject};

/// [`step`] and [`explain`] over packs and calendars read from their files.
#[derive(Debug, Default)]
pub struct Native {
    packs: BTreeMap<PathBuf, LoadedBundle>,
    calendars: BTreeMap<PathBuf, LoadedCalendar>,
}

impl Subject for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn step(&mut self, call: &Call) -> Option<Reply> {
        let (pack_file, calendar_file) = (&call.pack_file, &call.calendar_file);
        let pack = self.packs.entry(pack_file.clone());
        let pack = pack.or_insert_with(|| from_ycp(&fs::read(pack_file).unwrap()).unwrap());
        let calendar = self.calendars.entry(calendar_file.clone());
        let calendar = calendar.or_insert_with(|| from_ycc(&fs::read(calendar_file).unwrap()).unwrap());
        let answer = match call.asks {
            Asks::Decision => step,
            Asks::Explanation => explain,
        };
        Some(match answer(pack, calendar, &call.request, call.today) {
            Ok(json) => Reply::Decided(json),
            Err(error) => refused(&error),
        })
    }
}

/// A problem document leaves an empty place out.
fn refused(error: &RequestError) -> Reply {
    let place = Some(error.place.clone()).filter(|place| !place.is_empty());
    Reply::Refused { code: Some(error.code.to_owned()), place }
}

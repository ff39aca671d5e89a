//! Folders → [`Hall`]: compiles every pack and the calendar, and stops at the first fault.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use yichuang_engine::{Calendar, Date};
use yichuang_forms::{Bundle, from_ycc, from_ycp};
use yichuang_rules::{
    Diagnostic, Lang, Source, compile, compile_calendar, compile_local_calendar, extended_calendar, find_packs,
    is_template, read_calendar, read_pack, render, sorted,
};

use crate::assets::Assets;
use crate::kiosk::KioskOptions;
use crate::signed;
use crate::state::{Hall, Published};

/// First parts of addresses that are not those of packs.
const TAKEN: [&str; 4] = ["api", "assets", "calendars", "packs"];

/// Where the files are that the server reads at its start.
#[derive(Args, Clone, Debug)]
pub struct Places {
    /// A folder of packs (every pack below it is compiled), or a compiled pack (.ycp)
    #[arg(long, required = true, num_args = 1.., value_name = "FOLDER OR FILE")]
    pub packs: Vec<PathBuf>,

    /// The folder of a calendar's notices, or a compiled calendar (.ycc); beside it, or alone, one of a
    /// place that extends it
    #[arg(long, value_name = "FOLDER OR FILE")]
    pub calendars: PathBuf,

    /// The web site: its `assets` are served under /assets/
    #[arg(long, value_name = "FOLDER")]
    pub site: Option<PathBuf>,

    /// The npm package, served under /assets/yichuang/; by default `npm` in the site, if it is there
    #[arg(long, value_name = "FOLDER")]
    pub npm: Option<PathBuf>,

    /// Takes compiled packs and a compiled calendar only, signed with this key (a PEM file, in which
    /// several may stand); their signatures are beside them with .sig, and pages check them too
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,

    /// The name of the hall in the header of pages
    #[arg(long, value_name = "NAME", default_value = "政务服务中心")]
    pub hall: String,
}

impl Hall {
    /// Reads and compiles all that is served; `today` fixes the day for requests without one.
    ///
    /// # Errors
    /// If a file cannot be read, or a pack or the calendar has faults: the message holds all
    /// diagnostics of that folder, rendered.
    pub fn load(places: &Places, today: Option<Date>) -> Result<Hall> {
        let keys = places.public_key.as_deref().map(signed::keys).transpose()?;
        let mut packs = BTreeMap::new();
        for place in &places.packs {
            for (bundle, file) in bundles(place)? {
                let published = Published::pack(bundle);
                let id = published.loaded.value.pack.id.clone();
                publish(&mut packs, signed::with_signature(published, (&id, file.as_deref()), keys.as_ref())?)?;
            }
        }
        let (calendar, file) = calendar(&places.calendars)?;
        let published = Published::calendar(calendar);
        let id = published.loaded.value.id().to_owned();
        let calendar = signed::with_signature(published, (&id, file.as_deref()), keys.as_ref())?;
        let key = keys.map_or_else(String::new, |keys| keys.attribute().into());
        let kiosk = KioskOptions::default();
        Ok(Hall { name: places.hall.clone(), key, packs, calendar, assets: assets(places)?, today, kiosk })
    }
}

fn publish(packs: &mut BTreeMap<String, Published<Bundle>>, published: Published<Bundle>) -> Result<()> {
    let id = published.loaded.value.pack.id.clone();
    let is_address = id.split_once('/').is_some_and(|(place, item)| !TAKEN.contains(&place) && !item.contains('/'));
    if !is_address {
        bail!("规则包的编号「{id}」不能用作网址：应是「地方/事项」，地方不能是 {}", TAKEN.join("、"));
    }
    match packs.entry(id) {
        Entry::Vacant(free) => {
            free.insert(published);
            Ok(())
        }
        Entry::Occupied(taken) => bail!("规则包「{}」给了两次", taken.key()),
    }
}

/// The packs in a place, each with the file that it was read from, if it was compiled.
fn bundles(place: &Path) -> Result<Vec<(Bundle, Option<PathBuf>)>> {
    if place.is_file() {
        return Ok(vec![(compiled_pack(place)?, Some(place.into()))]);
    }
    let mut bundles = Vec::new();
    for folder in find_packs(place)? {
        bundles.extend(pack(&folder)?.map(|bundle| (bundle, None)));
    }
    for file in files_with(place, "ycp")? {
        bundles.push((compiled_pack(&file)?, Some(file)));
    }
    if bundles.is_empty() {
        bail!("「{}」里没有规则包", place.display());
    }
    Ok(bundles)
}

/// The pack in a folder; none for a template, which must be without faults too.
fn pack(folder: &Path) -> Result<Option<Bundle>> {
    let (id, sources, mut diagnostics) = read_pack(folder);
    if diagnostics.iter().any(Diagnostic::is_error) {
        bail!(faults(folder, &diagnostics, &sources));
    }
    let (bundle, found) = compile(&id, &sources);
    diagnostics.extend(found);
    let bundle = accept(bundle, folder, &diagnostics, &sorted(&sources))?;
    Ok((!is_template(&sources)).then_some(bundle))
}

/// The calendar in a place, with the file that it was read from, if it was compiled.
fn calendar(place: &Path) -> Result<(Calendar, Option<PathBuf>)> {
    if place.is_file() {
        let bytes = fs::read(place).with_context(|| unreadable(place))?;
        let read = from_ycc(&bytes).map_err(|error| anyhow::anyhow!("「{}」：{}", place.display(), error.message().zh));
        return Ok((read?.value, Some(place.into())));
    }
    Ok((noticed(place)?, None))
}

/// The calendar of the notices in a folder.
fn noticed(place: &Path) -> Result<Calendar> {
    let read = |folder: &PathBuf| {
        let (sources, diagnostics) = read_calendar(folder);
        if diagnostics.iter().any(Diagnostic::is_error) {
            bail!(faults(folder, &diagnostics, &sources));
        }
        Ok((folder.clone(), sources, diagnostics))
    };
    let found: Vec<Notices> = find_packs(place)?.iter().map(read).collect::<Result<_>>()?;
    let count = found.len();
    let (local, national): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(_, sources, _)| extended_calendar(sources).is_some());
    match (national.as_slice(), local.as_slice()) {
        ([national], []) => calendar_of(national, None),
        // A local calendar lies over the national one beside it.
        ([national], [local]) => calendar_of(local, Some(&calendar_of(national, None)?)),
        ([], [local @ (folder, sources, _)]) => {
            let of = extended_calendar(sources).unwrap_or_default();
            let beside = folder.parent().map(|parent| parent.join(&of)).filter(|beside| beside.is_dir());
            let Some(beside) = beside else {
                bail!("「{}」继承日历「{of}」，旁边没有这个文件夹", folder.display());
            };
            calendar_of(local, Some(&calendar_of(&read(&beside)?, None)?))
        }
        _ => bail!("「{}」里应当正好有一个日历，找到 {count} 个；另外可以有一个继承它的地方日历", place.display()),
    }
}

/// The folder of a calendar, its files, and warnings about them.
type Notices = (PathBuf, Vec<Source>, Vec<Diagnostic>);

fn calendar_of((folder, sources, before): &Notices, base: Option<&Calendar>) -> Result<Calendar> {
    let (calendar, found) = match base {
        None => compile_calendar(sources),
        Some(base) => compile_local_calendar(base, sources),
    };
    let diagnostics: Vec<Diagnostic> = before.iter().cloned().chain(found).collect();
    accept(calendar, folder, &diagnostics, sources)
}

/// What was compiled, its warnings going to the log; or its faults.
fn accept<T>(compiled: Option<T>, folder: &Path, diagnostics: &[Diagnostic], sources: &[Source]) -> Result<T> {
    let Some(compiled) = compiled else {
        bail!(faults(folder, diagnostics, sources));
    };
    if !diagnostics.is_empty() {
        eprintln!("{}", faults(folder, diagnostics, sources));
    }
    Ok(compiled)
}

fn faults(folder: &Path, diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    format!("{}\n\n{}", folder.display(), render(diagnostics, sources, Lang::Zh))
}

fn compiled_pack(file: &Path) -> Result<Bundle> {
    let bytes = fs::read(file).with_context(|| unreadable(file))?;
    let read = from_ycp(&bytes).map_err(|error| anyhow::anyhow!("「{}」：{}", file.display(), error.message().zh));
    Ok(read?.value)
}

fn files_with(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| unreadable(folder))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|file| file.is_file() && file.extension().is_some_and(|found| found == extension));
    files.sort();
    Ok(files)
}

fn assets(places: &Places) -> Result<Assets> {
    let mut assets = Assets::default();
    let mut add = |folder: &Path, path| assets.add(folder, path).with_context(|| unreadable(folder));
    if let Some(site) = &places.site {
        add(&site.join("assets"), "/assets/")?;
    }
    let in_site = places.site.as_ref().map(|site| site.join("npm")).filter(|npm| npm.is_dir());
    if let Some(npm) = places.npm.clone().or(in_site) {
        add(&npm, "/assets/yichuang/")?;
    }
    Ok(assets)
}

pub(crate) fn unreadable(path: &Path) -> String {
    format!("「{}」无法读取", path.display())
}

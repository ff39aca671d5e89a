//! Files of compiled packs (`.ycp`) and calendars (`.ycc`).
//!
//! | bytes | content |
//! |---|---|
//! | 4 | `YCP` or `YCC`, and a zero |
//! | 2 | version of the format, little endian |
//! | 4 | length of the payload in bytes, little endian |
//! | … | the payload, see [`Binary`] |
//! | 32 | SHA-256 of all before it; nothing after it |
//!
//! The digest of a file is the SHA-256 of all of it, so that `sha256sum` shows what a decision
//! names. Reading never panics, whatever the bytes are: a valid digest does not mean a sane
//! pack, so its indexes are checked too ([`validate`]).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

use sha2::{Digest, Sha256};
use yichuang_engine::{
    Binary, Calendar, CalendarError, Machine, Pack, Text, Unreadable, binary_struct, from_bytes, to_bytes,
};

use crate::words::text;
use crate::{Form, Lang, validate};

/// The version of the format that this build reads and writes.
pub const FORMAT: u16 = 1;

/// A compiled pack with its forms: what one `.ycp` file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The rules.
    pub pack: Pack,
    /// The forms.
    pub forms: Vec<Form>,
}

binary_struct!(Bundle { pack, forms });

/// What a file holds.
pub trait Content {
    /// What is made of it once for many decisions.
    type Ready: Clone + fmt::Debug + PartialEq + Eq;
}

impl Content for Bundle {
    type Ready = Machine;
}

impl Content for Calendar {
    type Ready = ();
}

/// A value along with the digest of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded<T: Content> {
    /// The value.
    pub value: T,
    /// The SHA-256 of its file, in 64 hexadecimal digits.
    pub digest: String,
    pub(crate) ready: T::Ready,
}

/// A bundle along with the digest of its file.
pub type LoadedBundle = Loaded<Bundle>;

/// A calendar along with the digest of its file.
pub type LoadedCalendar = Loaded<Calendar>;

impl LoadedBundle {
    /// A bundle that was just compiled; the digest is that of the file it would be written to.
    #[must_use]
    pub fn new(bundle: Bundle) -> LoadedBundle {
        Loaded { digest: digest(&to_ycp(&bundle)), ready: Machine::new(&bundle.pack), value: bundle }
    }
}

impl LoadedCalendar {
    /// A calendar that was just compiled; the digest is that of the file it would be written to.
    #[must_use]
    pub fn new(calendar: Calendar) -> LoadedCalendar {
        Loaded { digest: digest(&to_ycc(&calendar)), value: calendar, ready: () }
    }
}

/// Which of the two kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.ycp`.
    Pack,
    /// `.ycc`.
    Calendar,
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It does not begin as such a file does.
    OtherKind(FileKind),
    /// It was written by a newer program.
    Newer(FileKind, u16),
    /// It has a version that never was.
    NoVersion(FileKind, u16),
    /// It ends too early.
    Truncated(FileKind),
    /// Its content was changed after it was written.
    Damaged(FileKind),
    /// Something stands after its end.
    Trailing(FileKind),
    /// Its content is what was written, but does not make sense; where, in a few words.
    Invalid(FileKind, String),
    /// The pack has tables of rows or a joint plan, and this build is one without them: the full one
    /// reads it.
    NeedsFull,
}

/// The file of a bundle; the same bundle gives the same bytes.
#[must_use]
pub fn to_ycp(bundle: &Bundle) -> Vec<u8> {
    FileKind::Pack.write(bundle)
}

/// Reads the file of a bundle.
///
/// # Errors
/// See [`FileError`].
pub fn from_ycp(bytes: &[u8]) -> Result<LoadedBundle, FileError> {
    let loaded = from_served_ycp(bytes)?;
    validate(&loaded.value).map_err(|fault| FileError::Invalid(FileKind::Pack, fault.place))?;
    Ok(loaded)
}

/// Reads the file of a bundle that a server has validated before it serves it: the digest is
/// checked, the sense of what it holds is not.
///
/// # Errors
/// See [`FileError`], among them `NeedsFull`; never `Invalid`, unless the payload cannot be read at all.
pub fn from_served_ycp(bytes: &[u8]) -> Result<LoadedBundle, FileError> {
    let (bundle, digest): (Bundle, String) = FileKind::Pack.read(bytes)?;
    Ok(Loaded { digest, ready: Machine::new(&bundle.pack), value: bundle })
}

/// The file of a calendar; the same calendar gives the same bytes.
#[must_use]
pub fn to_ycc(calendar: &Calendar) -> Vec<u8> {
    FileKind::Calendar.write(calendar.parts())
}

/// Reads the file of a calendar.
///
/// # Errors
/// See [`FileError`].
pub fn from_ycc(bytes: &[u8]) -> Result<LoadedCalendar, FileError> {
    let invalid = |fault: CalendarError| FileError::Invalid(FileKind::Calendar, format!("{fault}"));
    let (parts, digest) = FileKind::Calendar.read(bytes)?;
    let calendar = Calendar::new(parts).map_err(invalid)?;
    Ok(Loaded { value: calendar, digest, ready: () })
}

/// Reads a calendar file that the server which serves it has checked, as [`from_served_ycp`] does.
///
/// # Errors
/// See [`FileError`]; never [`FileError::Invalid`].
pub fn from_served_ycc(bytes: &[u8]) -> Result<LoadedCalendar, FileError> {
    let (parts, digest) = FileKind::Calendar.read(bytes)?;
    Ok(Loaded { value: Calendar::served(parts), digest, ready: () })
}

/// The SHA-256 of some bytes, in 64 hexadecimal digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

impl FileKind {
    fn magic(self) -> [u8; 4] {
        match self {
            FileKind::Pack => *b"YCP\0",
            FileKind::Calendar => *b"YCC\0",
        }
    }

    fn write(self, value: &impl Binary) -> Vec<u8> {
        let payload = to_bytes(value);
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(payload.len() + 42);
        bytes.extend_from_slice(&self.magic());
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&payload);
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        bytes
    }

    /// The value of a file and the digest of the file. The digest of all before it stands at the end, so
    /// that one pass over the file gives both.
    fn read<T: Binary>(self, bytes: &[u8]) -> Result<(T, String), FileError> {
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(FileError::OtherKind(self))?;
        if *magic != self.magic() {
            return Err(FileError::OtherKind(self));
        }
        let cut = || FileError::Truncated(self);
        let (version, rest) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
        match u16::from_le_bytes(*version) {
            FORMAT => {}
            newer if newer > FORMAT => return Err(FileError::Newer(self, newer)),
            other => return Err(FileError::NoVersion(self, other)),
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| cut())?;
        let (payload, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        let (stated, rest) = rest.split_first_chunk::<32>().ok_or_else(cut)?;
        if !rest.is_empty() {
            return Err(FileError::Trailing(self));
        }
        let mut hash = Sha256::new();
        hash.update(bytes.get(..bytes.len() - stated.len()).unwrap_or_default());
        if hash.clone().finalize().as_slice() != stated {
            return Err(FileError::Damaged(self));
        }
        hash.update(stated);
        let value = from_bytes(payload).map_err(|fault| match fault {
            Unreadable::Faulty => FileError::Invalid(self, String::from("bytes")),
            Unreadable::NeedsFull => FileError::NeedsFull,
        })?;
        Ok((value, hexadecimal(&hash.finalize())))
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            FileKind::Pack => ("规则包文件（.ycp）", "a pack file (.ycp)"),
            FileKind::Calendar => ("日历文件（.ycc）", "a calendar file (.ycc)"),
        }
    }
}

impl FileError {
    /// Its code: `file_damaged`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FileError::OtherKind(_) => "file_other_kind",
            FileError::Newer(..) => "file_newer",
            FileError::NoVersion(..) => "file_no_version",
            FileError::Truncated(_) => "file_truncated",
            FileError::Damaged(_) => "file_damaged",
            FileError::Trailing(_) => "file_trailing",
            FileError::Invalid(..) => "file_invalid",
            FileError::NeedsFull => "needs_full_module",
        }
    }

    /// What is said to people.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            FileError::OtherKind(kind) => {
                let (zh, en) = kind.words();
                text(format!("这不是{zh}。"), format!("this is not {en}"))
            }
            FileError::Newer(kind, version) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}的格式是第 {version} 版，本程序只认识到第 {FORMAT} 版，请升级程序。"),
                    format!(
                        "this is {en} of format version {version}, and this program knows versions up to {FORMAT}; upgrade it"
                    ),
                )
            }
            FileError::NoVersion(kind, version) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}的格式版本 {version} 不存在，文件已损坏。"),
                    format!("this is {en} of format version {version}, which does not exist; the file is damaged"),
                )
            }
            FileError::Truncated(kind) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}不完整，请重新下载。"),
                    format!("this is {en} that ends too early; fetch it again"),
                )
            }
            FileError::Damaged(kind) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}的内容与校验码不符，已损坏或被改动，请重新下载。"),
                    format!("this is {en} whose content does not match its digest; fetch it again"),
                )
            }
            FileError::Trailing(kind) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}的末尾有多余内容，请重新下载。"),
                    format!("this is {en} with something after its end; fetch it again"),
                )
            }
            FileError::Invalid(kind, place) => {
                let (zh, en) = kind.words();
                text(
                    format!("这个{zh}的内容前后矛盾（{place}），请重新编译。"),
                    format!("this is {en} that contradicts itself ({place}); compile it again"),
                )
            }
            FileError::NeedsFull => text(
                "这个规则包用到了名单或者联办计划，要用完整版的模块打开。",
                "this pack has tables of rows or a joint plan, which only the full module can open",
            ),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Lang::En.pick(&self.message()))
    }
}

impl core::error::Error for FileError {}

#[cfg(test)]
mod tests;

//! The fonts that printed sheets are set in: exactly these files, so that pages come out the same on
//! every machine. They are taken from the system where it has them, else from Debian's packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::folders::Folders;
use crate::install;
use crate::run::{read, run};
use crate::stamp::{stamp, when_changed};

/// A font file in a package of Debian 12. Both packages are under the SIL Open Font License 1.1.
struct FontFile {
    package: &'static str,
    version: &'static str,
    folder: &'static str,
    name: &'static str,
    sha256: &'static str,
}

const FILES: [FontFile; 3] = [
    noto("NotoSerifCJK-Regular.ttc", "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481"),
    noto("NotoSerifCJK-Bold.ttc", "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac"),
    FontFile {
        package: "fonts-hanazono",
        version: "20170904-2.1",
        folder: "usr/share/fonts/truetype/hanazono",
        name: "HanaMinB.ttf",
        sha256: "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
    },
];

const fn noto(name: &'static str, sha256: &'static str) -> FontFile {
    FontFile {
        package: "fonts-noto-cjk",
        version: "1:20220127+repack1-1",
        folder: "usr/share/fonts/opentype/noto",
        name,
        sha256,
    }
}

/// The folder with the fonts of printed sheets, which are put there where they are missing.
///
/// # Errors
/// When neither the system nor Debian's packages have them: the sentence says what to get.
pub(crate) fn folder(folders: &Folders) -> Result<PathBuf> {
    let folder = folders.cache.join("paper-fonts");
    fs::create_dir_all(&folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
    for file in &FILES {
        let place = folder.join(file.name);
        let record = folder.join(format!("{}.stamp", file.name));
        when_changed(&record, &stamp(&[file.sha256.as_bytes()]), &[&place], || file.put(&place, folders))?;
    }
    Ok(folder)
}

impl FontFile {
    fn put(&self, place: &Path, folders: &Folders) -> Result<()> {
        let system = Path::new("/").join(self.folder).join(self.name);
        if self.is_in(&system) {
            return copy(&system, place);
        }
        let scratch = folders.cache.join("paper-fonts-download");
        let unpacked = scratch.join(self.folder).join(self.name);
        let got =
            self.download(&scratch).is_ok() || (install::update_debian().is_ok() && self.download(&scratch).is_ok());
        let copied = if got && self.is_in(&unpacked) { copy(&unpacked, place) } else { Err(self.missing(place)) };
        fs::remove_dir_all(&scratch).with_context(|| format!("`{}` cannot be removed", scratch.display()))?;
        copied
    }

    /// Fetches the package and unpacks it, which needs no root.
    fn download(&self, scratch: &Path) -> Result<()> {
        fs::create_dir_all(scratch)?;
        let wanted = format!("{}={}", self.package, self.version);
        run(Command::new("apt-get").current_dir(scratch).args(["download", "--quiet", &wanted]))?;
        for entry in fs::read_dir(scratch)? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "deb") {
                run(Command::new("dpkg-deb").arg("-x").arg(&file).arg(scratch))?;
            }
        }
        Ok(())
    }

    fn is_in(&self, file: &Path) -> bool {
        file.is_file() && read(Command::new("sha256sum").arg(file)).is_ok_and(|line| line.starts_with(self.sha256))
    }

    fn missing(&self, place: &Path) -> anyhow::Error {
        let (name, package, version, place) = (self.name, self.package, self.version, place.display());
        anyhow::anyhow!(
            "the font {name} of printed sheets is missing, and Debian's {package} {version} cannot be fetched: \
             take the file out of that package and put it at {place}"
        )
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("`{}` cannot be copied to `{}`", from.display(), to.display()))?;
    ensure!(to.is_file(), "`{}` is not a file", to.display());
    Ok(())
}

//! Where things are: inside the source tree, and in the cache beside it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that the commands read and write.
#[derive(Debug)]
pub(crate) struct Folders {
    /// The root of the source tree.
    pub(crate) root: PathBuf,
    /// What outlives a clone: `$XDG_CACHE_HOME/yichuang`, by default `~/.cache/yichuang`.
    pub(crate) cache: PathBuf,
}

impl Folders {
    pub(crate) fn find() -> Result<Self> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").context("this program is started with `cargo xtask`, not by itself")?;
        let root = Path::new(&manifest).parent().context("the folder of xtask has no parent")?.to_owned();
        let cache = env::var_os("XDG_CACHE_HOME")
            .filter(|folder| !folder.is_empty())
            .map(PathBuf::from)
            .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
            .context("neither HOME nor XDG_CACHE_HOME is set, so there is no place for caches")?
            .join("yichuang");
        Ok(Self { root, cache })
    }

    /// What the commands make for this source tree.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The npm package, as it is when it is installed.
    pub(crate) fn npm_package(&self) -> PathBuf {
        self.target().join("npm")
    }

    /// The npm package as one file, which `npm install` takes.
    pub(crate) fn npm_tarball(&self) -> PathBuf {
        self.target().join(concat!("yichuang-", env!("CARGO_PKG_VERSION"), ".tgz"))
    }

    /// The web site as the server serves it.
    pub(crate) fn site(&self) -> PathBuf {
        self.target().join("site")
    }

    pub(crate) fn packs(&self) -> PathBuf {
        self.root.join("rules/packs")
    }

    pub(crate) fn calendars(&self) -> PathBuf {
        self.root.join("rules/calendars")
    }

    /// Programs that use the npm package, each in a folder of its own.
    pub(crate) fn examples(&self) -> PathBuf {
        self.root.join("web-demo/examples")
    }

    /// What pages are measured with; its `node_modules` holds what they are measured beside.
    pub(crate) fn bench_pages(&self) -> PathBuf {
        self.root.join("bench/pages")
    }

    /// The browser tests; their `node_modules` also holds `wasm-opt`.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }
}

/// The files in a folder and its subfolders, as paths below it, in order.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let entries = fs::read_dir(&current).with_context(|| format!("`{}` cannot be read", current.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

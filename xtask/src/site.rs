//! The web site: the styles and scripts of web-demo, with the npm package in the folder `npm`.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::folders::{Folders, files_below};

/// Puts the web site together; the npm package must have been built.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn assemble(folders: &Folders) -> Result<()> {
    let site = folders.site();
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    copy(&folders.root.join("web-demo/assets"), &site.join("assets"))?;
    copy(&folders.npm_package(), &site.join("npm"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for name in files_below(from)? {
        let file = to.join(&name);
        fs::create_dir_all(file.parent().unwrap_or(to))?;
        fs::copy(from.join(name), file)?;
    }
    Ok(())
}

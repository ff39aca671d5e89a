//! From modules and scripts to the npm package, as a folder and as the file that npm installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::module::Module;
use super::{EDITIONS, Edition};
use crate::folders::{Folders, files_below};
use crate::run;
use crate::stamp::{stamp, when_changed};

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// What the npm package says about itself, beside its scripts.
const ABOUT: [&str; 7] = [
    "README.md",
    "package.json",
    "custom-elements.json",
    "yichuang-explain.d.ts",
    "yichuang-joint.d.ts",
    "yichuang-question.d.ts",
    "yichuang-wire.d.ts",
];
/// Makes the scripts of a folder into those of the package.
const BUNDLE: &str = "build.mjs";

/// A file by its path in the package, or in the folder that it is made in.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// All that the npm package is made from.
struct Parts {
    /// What a script is made from: those of `js/`, and those of wasm-bindgen under `glue/`.
    scripts: Files,
    /// What is taken over as it is.
    files: Files,
    /// What else decides the result: the tools and how they are called.
    tools: Files,
}

/// Makes the package, unless it is made from the same already.
///
/// # Errors
/// When a file is missing or a step fails.
pub(super) fn make(folders: &Folders, modules: &[Module]) -> Result<()> {
    let parts = Parts::read(folders, modules)?;
    let (output, tarball) = (folders.npm_package(), folders.npm_tarball());
    let record = folders.target().join("npm.stamp");
    when_changed(&record, &parts.stamp(), &[&output, &tarball], || {
        parts.write(folders, &output)?;
        pack(folders, &output)
    })
}

impl Parts {
    fn read(folders: &Folders, modules: &[Module]) -> Result<Self> {
        let source = folders.root.join("clients/wasm");
        let (mut scripts, mut files) = (Files::new(), Files::new());
        let js = source.join("js");
        for name in files_below(&js)? {
            let content = fs::read(js.join(&name))?;
            let is_type = name.to_string_lossy().ends_with(".d.ts");
            if is_type { &mut files } else { &mut scripts }.push((name, content));
        }
        for (Edition { name, folder, .. }, module) in EDITIONS.iter().zip(modules) {
            scripts.push((Path::new("glue").join(format!("{name}.js")), fs::read(module.script())?));
            files.push((Path::new(folder).join("yichuang.wasm"), fs::read(module.wasm())?));
        }
        for (folder, names) in [(&source, ABOUT.as_slice()), (&folders.root, &LICENCES)] {
            for name in names {
                let content = fs::read(folder.join(name)).with_context(|| format!("`{name}` cannot be read"))?;
                files.push((name.into(), content));
            }
        }
        says_version(&files)?;
        let lock = folders.browser_tests().join("package-lock.json");
        let tools = [source.join(BUNDLE), lock].map(|file| fs::read(&file).map(|content| (file, content)));
        Ok(Self { scripts, files, tools: tools.into_iter().collect::<Result<_, _>>()? })
    }

    fn stamp(&self) -> String {
        let files = self.scripts.iter().chain(&self.files);
        let named = files.flat_map(|(name, content)| [name.as_os_str().as_encoded_bytes(), content.as_slice()]);
        let tools = self.tools.iter().map(|(_, content)| content.as_slice());
        stamp(&named.chain(tools).collect::<Vec<_>>())
    }

    /// Makes the package beside its place and moves it there when it is complete.
    fn write(&self, folders: &Folders, output: &Path) -> Result<()> {
        let scripts = folders.target().join("npm-scripts");
        let scratch = folders.target().join("npm-unfinished");
        for (folder, files) in [(&scripts, &self.scripts), (&scratch, &self.files)] {
            remove_folder(folder)?;
            for (name, content) in files {
                let file = folder.join(name);
                fs::create_dir_all(file.parent().unwrap_or(folder))?;
                fs::write(file, content)?;
            }
        }
        let mut bundle = Command::new("node");
        bundle.current_dir(folders.browser_tests());
        run::run(bundle.arg(folders.root.join("clients/wasm").join(BUNDLE)).arg(&scripts).arg(&scratch))?;
        remove_folder(output)?;
        Ok(fs::rename(&scratch, output)?)
    }
}

/// Makes the file that `npm install` takes, as `npm publish` would send it.
fn pack(folders: &Folders, package: &Path) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.current_dir(package).args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]);
    run::run(npm.arg(folders.target()))?;
    ensure!(folders.npm_tarball().exists(), "npm gave the package another name");
    Ok(())
}

fn says_version(files: &Files) -> Result<()> {
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let says = |(name, content): &(PathBuf, Vec<u8>)| {
        name == Path::new("package.json") && String::from_utf8_lossy(content).contains(&version)
    };
    ensure!(files.iter().any(says), "clients/wasm/package.json should say {version}, as Cargo.toml does");
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

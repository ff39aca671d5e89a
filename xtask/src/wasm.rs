//! `cargo xtask wasm`: clients/wasm → cargo → wasm-bindgen → wasm-opt → the npm package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::folders::{Folders, files_below};
use crate::install::{self, BUILD_STD_PACKAGES};
use crate::run::{self, build_programs, built_files, cargo, find_program, read};
use crate::stamp::{stamp, when_changed};

/// The module with its script, once for pages and once with all the engine can do.
struct Edition {
    /// In messages, and of the folder in which the compiled module is kept.
    name: &'static str,
    /// Where it stands in the package.
    folder: &'static str,
    features: &'static str,
    /// What is loaded for it, in the package.
    loads: &'static [&'static str],
    /// The most that the module, which is loaded first, may be, in bytes after brotli 11.
    limit: u64,
}

/// What every page loads before it can decide; and the module that the element loads instead for
/// packs that need more, and that pages of rule editors load.
const EDITIONS: [Edition; 2] = [
    Edition {
        name: "page",
        folder: "",
        features: "",
        loads: &["yichuang.wasm", "yichuang.js", "element.js"],
        limit: 120_000,
    },
    Edition {
        name: "full",
        folder: "full",
        features: "full",
        loads: &["full/yichuang.wasm", "full/yichuang.js"],
        limit: 200_000,
    },
];

const TARGET: &str = "wasm32-unknown-unknown";
/// The scripts of the package; who reads has the source and the types.
const SCRIPTS: [&str; 3] = ["yichuang.js", "element.js", "full/yichuang.js"];
/// The comment that is left says where the types are.
const TERSER: [&str; 6] = ["--module", "--compress", "passes=3", "--mangle", "--comments", "/@ts-self-types/"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// What the npm package says about itself, beside its scripts.
const ABOUT: [&str; 4] = ["README.md", "package.json", "yichuang-explain.d.ts", "yichuang-wire.d.ts"];

/// A call costs fewer bytes after brotli than a body in the midst of another one, so nothing more is
/// inlined than rustc did, and functions of one kind stand side by side. `-Oz` finds more in code that
/// was taken apart first, and more again the second time. The first kilobyte of memory is the far end
/// of the stack, which recursion of bounded depth does not reach. The features are those that rustc
/// uses and every browser of today has.
const WASM_OPT: [&str; 17] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
    "--strip-debug",
    "--strip-producers",
];

/// Prints each file name with its size as it is and after brotli 11.
const MEASURE: &str = "
const { brotliCompressSync, constants } = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = require('node:fs').readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  console.log(brotliCompressSync(bytes, { params }).length, bytes.length);
}";

pub(crate) fn run(folders: &Folders) -> Result<ExitCode> {
    build(folders)?;
    check_size(folders)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the npm package; what follows the compiler is left out when the module is unchanged.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a step fails.
pub(crate) fn build(folders: &Folders) -> Result<()> {
    install::npm(folders)?;
    let package = Package::read(folders, compile_editions(folders)?)?;
    let output = folders.npm_package();
    let record = folders.target().join("npm.stamp");
    when_changed(&record, &package.stamp(), &[&output], || package.write(folders, &output))
}

/// Prints what is loaded of each edition, and compares it with the limit.
///
/// # Errors
/// When one is larger.
pub(crate) fn check_size(folders: &Folders) -> Result<()> {
    let package = folders.npm_package();
    for Edition { name, loads, limit, .. } in EDITIONS {
        let mut node = Command::new("node");
        node.current_dir(&package).args(["-e", MEASURE, "--"]).args(loads);
        let mut sizes = Vec::new();
        for (file, line) in loads.iter().zip(read(&mut node)?.lines()) {
            let (brotli, plain) = line.split_once(' ').context("node printed no sizes")?;
            sizes.push(brotli.parse::<u64>()?);
            println!("{file:<24} {brotli:>8} bytes brotli, {plain:>8} bytes");
        }
        let (module, total) = (sizes.first().copied().unwrap_or_default(), sizes.iter().sum::<u64>());
        println!("{name:<24} {total:>8} bytes brotli, of which the module may be {limit}");
        ensure!(module <= limit, "the module of the {name} edition is {module} bytes, more than {limit}");
    }
    Ok(())
}

/// The compiled module of each edition. Cargo gives them one place, so each is copied before the next
/// is compiled.
fn compile_editions(folders: &Folders) -> Result<Vec<PathBuf>> {
    let kept = folders.target().join("npm-modules");
    fs::create_dir_all(&kept)?;
    let mut modules = Vec::new();
    for Edition { name, features, .. } in EDITIONS {
        let module = kept.join(format!("{name}.wasm"));
        fs::copy(compile(folders, "yichuang-wasm", features, "wasm")?, &module)?;
        modules.push(module);
    }
    Ok(modules)
}

/// Compiles a package with the first compiler that can, and gives the module's place.
pub(crate) fn compile(folders: &Folders, package: &str, features: &str, profile: &str) -> Result<PathBuf> {
    let mut command = if find_compiler()? == Compiler::BuildStd {
        build_std_cargo(folders)
    } else {
        let mut command = cargo(folders);
        command.arg("build").arg("--target-dir").arg(folders.cache.join("wasm"));
        command
    };
    command.args(["-p", package, "--lib", "--features", features, "--profile", profile, "--target", TARGET]);
    command.arg("--message-format=json-render-diagnostics");
    let module = format!("{}.wasm", package.replace('-', "_"));
    built_files(&mut command)?
        .into_iter()
        .map(|file| file.path)
        .find(|path| path.file_name().is_some_and(|name| name == module.as_str()))
        .context("cargo did not say where the WebAssembly module is")
}

#[derive(Debug, PartialEq)]
enum Compiler {
    /// The compiler of the whole project, with its own `std` for the target.
    Ordinary,
    /// Debian's compiler, which builds `std` from its sources.
    BuildStd,
}

/// A compiler that is there already goes first, so that nothing is asked of the network twice.
fn find_compiler() -> Result<Compiler> {
    if has_target() {
        return Ok(Compiler::Ordinary);
    }
    if install::has_debian(&BUILD_STD_PACKAGES) {
        return Ok(Compiler::BuildStd);
    }
    if find_program("rustup").is_some() && run::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() {
        return Ok(Compiler::Ordinary);
    }
    install::debian(&BUILD_STD_PACKAGES).with_context(|| format!("`rustup target add {TARGET}` does not work here"))?;
    Ok(Compiler::BuildStd)
}

fn has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    read(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Debian's own cargo and rustc by their full names, or rustup's would be taken.
fn build_std_cargo(folders: &Folders) -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command
        .current_dir(&folders.root)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22")
        // Set by the cargo that started this program, for its own compiler.
        .env_remove("LD_LIBRARY_PATH")
        .args(["build", "-Z", "build-std=std,panic_abort"])
        .arg("--target-dir")
        .arg(folders.cache.join("wasm-build-std"));
    command
}

/// All that the npm package is made from.
struct Package {
    /// One for each edition.
    modules: Vec<PathBuf>,
    /// The name and content of each file that is taken over as it is.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What else decides the result: the bytes of the modules, the tools and their options.
    inputs: Vec<Vec<u8>>,
}

impl Package {
    fn read(folders: &Folders, modules: Vec<PathBuf>) -> Result<Self> {
        let source = folders.root.join("clients/wasm");
        let scripts = source.join("js");
        let mut files = Vec::new();
        for name in files_below(&scripts)? {
            let content = fs::read(scripts.join(&name))?;
            files.push((name, content));
        }
        for (folder, names) in [(&source, ABOUT.as_slice()), (&folders.root, &LICENCES)] {
            for name in names {
                let content = fs::read(folder.join(name)).with_context(|| format!("`{name}` cannot be read"))?;
                files.push((name.into(), content));
            }
        }
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let says = |(name, content): &(PathBuf, Vec<u8>)| {
            name == Path::new("package.json") && String::from_utf8_lossy(content).contains(&version)
        };
        ensure!(files.iter().any(says), "clients/wasm/package.json should say {version}, as Cargo.toml does");
        let mut inputs = modules.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
        inputs.extend([
            fs::read(folders.root.join("xtask/bindgen/main.rs"))?,
            fs::read(folders.browser_tests().join("package-lock.json"))?,
            WASM_OPT.join(" ").into_bytes(),
            TERSER.join(" ").into_bytes(),
        ]);
        Ok(Self { modules, files, inputs })
    }

    fn stamp(&self) -> String {
        let names = self.files.iter().map(|(name, _)| name.as_os_str().as_encoded_bytes());
        let contents = self.files.iter().map(|(_, content)| content.as_slice());
        let inputs = self.inputs.iter().map(Vec::as_slice);
        stamp(&names.chain(contents).chain(inputs).collect::<Vec<_>>())
    }

    /// Makes the package beside its place and moves it there when it is complete.
    fn write(&self, folders: &Folders, output: &Path) -> Result<()> {
        let scratch = folders.target().join("npm-unfinished");
        remove_folder(&scratch)?;
        for (Edition { folder, .. }, module) in EDITIONS.iter().zip(&self.modules) {
            let folder = scratch.join(folder);
            bind(folders, module, &folder)?;
            rename_module(folders, &folder)?;
        }
        for (name, content) in &self.files {
            let file = scratch.join(name);
            fs::create_dir_all(file.parent().unwrap_or(&scratch))?;
            fs::write(file, content)?;
        }
        shrink_scripts(folders, &scratch)?;
        remove_folder(output)?;
        Ok(fs::rename(&scratch, output)?)
    }
}

/// Runs wasm-bindgen; it is a program of its own because it takes half a minute to build.
pub(crate) fn bind(folders: &Folders, module: &Path, output: &Path) -> Result<()> {
    let cache = folders.cache.join("bindgen");
    let cache = cache.to_str().context("the path of the cache is not UTF-8")?;
    let arguments = ["-p", "xtask", "--features", "bindgen", "--bin", "bindgen"];
    let arguments: Vec<&str> = arguments.into_iter().chain(["--target-dir", cache]).collect();
    let programs = build_programs(folders, &arguments)?;
    let bindgen = programs.get("bindgen").context("cargo did not build wasm-bindgen")?;
    run::run(Command::new(bindgen).arg(module).arg(output))
}

/// Shrinks `yichuang_bg.wasm` into `yichuang.wasm` and tells the JavaScript side its new name.
fn rename_module(folders: &Folders, package: &Path) -> Result<()> {
    let raw = package.join("yichuang_bg.wasm");
    let wasm_opt = folders.browser_tests().join("node_modules/.bin/wasm-opt");
    let mut command = Command::new(wasm_opt);
    run::run(command.args(WASM_OPT).arg(&raw).arg("-o").arg(package.join("yichuang.wasm")))?;
    let script = package.join("yichuang.js");
    let text = fs::read_to_string(&script)?;
    ensure!(text.contains("yichuang_bg.wasm"), "wasm-bindgen names its module in another way now");
    fs::write(script, text.replace("yichuang_bg.wasm", "yichuang.wasm"))?;
    let types = package.join("yichuang.d.ts");
    let text = fs::read_to_string(&types)?;
    // It needs a library of types newer than most projects have.
    let lines = text.lines().filter(|line| !line.contains("Symbol.dispose"));
    fs::write(types, lines.map(|line| format!("{line}\n")).collect::<String>())?;
    fs::remove_file(raw)?;
    Ok(fs::remove_file(package.join("yichuang_bg.wasm.d.ts"))?)
}

/// Takes comments, spaces and long names out of the scripts, which a page loads at every visit.
fn shrink_scripts(folders: &Folders, package: &Path) -> Result<()> {
    let terser = folders.browser_tests().join("node_modules/.bin/terser");
    for name in SCRIPTS {
        let script = package.join(name);
        run::run(Command::new(&terser).arg(&script).args(TERSER).arg("--output").arg(&script))?;
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

//! PDF read back by poppler, which is none of our code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A page as grey pixels, from 0 for black to 255.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

/// The text of each page in the order in which it is read.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let text = run("pdftotext", &["-raw", "-enc", "UTF-8", keep(pdf).path(), "-"]);
    text.strip_suffix('\u{c}').unwrap_or(&text).split('\u{c}').map(str::to_owned).collect()
}

/// The names and values that `pdfinfo` tells.
pub(crate) fn info(pdf: &[u8]) -> String {
    run("pdfinfo", &[keep(pdf).path()])
}

/// The XMP metadata.
pub(crate) fn metadata(pdf: &[u8]) -> String {
    run("pdfinfo", &["-meta", keep(pdf).path()])
}

/// One line for each font.
pub(crate) fn fonts(pdf: &[u8]) -> Vec<String> {
    run("pdffonts", &[keep(pdf).path()]).lines().skip(2).map(str::to_owned).collect()
}

/// The names of the elements in the tree of tags, in order.
pub(crate) fn tags(pdf: &[u8]) -> Vec<String> {
    let tree = run("pdfinfo", &["-struct", "-enc", "UTF-8", keep(pdf).path()]);
    let name = |line: &str| line.split_whitespace().next().unwrap_or_default().trim_end_matches(':').to_owned();
    tree.lines().map(name).filter(|name| !name.is_empty() && !name.starts_with('/')).collect()
}

/// The pages drawn with so many dots per inch.
pub(crate) fn pictures(pdf: &[u8], dpi: u32) -> Vec<Picture> {
    let file = keep(pdf);
    let folder = file.0.with_extension("pages");
    fs::create_dir_all(&folder).unwrap();
    let prefix = folder.join("page");
    run("pdftoppm", &["-gray", "-r", &dpi.to_string(), file.path(), prefix.to_str().unwrap()]);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| pgm(&fs::read(file).unwrap())).collect()
}

/// The version that draws the goldens.
pub(crate) fn version() -> String {
    let output = Command::new("pdftoppm").arg("-v").output().unwrap_or_else(|error| missing("pdftoppm", &error));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines().next().unwrap_or_default().to_owned()
}

/// A portable grey map: `P5`, width, height, 255, pixels.
fn pgm(bytes: &[u8]) -> Picture {
    let mut rest = bytes;
    let mut word = || {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        let word = std::str::from_utf8(&rest[..end]).unwrap().to_owned();
        rest = &rest[end + 1..];
        word
    };
    assert_eq!(word(), "P5");
    let (width, height, most) = (word().parse().unwrap(), word().parse().unwrap(), word());
    assert_eq!(most, "255");
    assert_eq!(rest.len(), width * height);
    Picture { width, height, pixels: rest.to_vec() }
}

/// A file with a PDF, for programs that read no standard input; it is gone when this is dropped.
struct Kept(PathBuf);

impl Kept {
    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_dir_all(self.0.with_extension("pages"));
    }
}

fn keep(pdf: &[u8]) -> Kept {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("{}-{}.pdf", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, pdf).unwrap();
    Kept(file)
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| missing(program, &error));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // The tree of tags has titles in other encodings.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn missing(program: &str, error: &std::io::Error) -> ! {
    panic!(
        "{program} ({error}): install Debian's package poppler-utils, or run `cargo xtask test --only paper`, which does"
    );
}

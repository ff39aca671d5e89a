//! How sheets look, compared with pictures of small size that somebody has looked at.
//!
//! `UPDATE_EXPECT=1` writes them anew; look at them before you keep them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use yichuang_forms::{Lang, el};
use yichuang_paper::Sheet;

use crate::poppler::{self, Picture};
use crate::sheets::{FULL, NINE_IN_ONE, Which, form, pack, pdf, sheet};

const DPI: u32 = 48;
/// Pixels are compared in squares of this side.
const SQUARE: usize = 8;
/// By how much the mean of a square may differ, of 255.
const TOLERANCE: i64 = 24;

#[test]
fn sheets_look_as_they_did() {
    let mut case = sheet(&NINE_IN_ONE, FULL, Which::Form("F-10"), Lang::Zh);
    case.case = Some("莆行审受〔2014〕第001号".to_owned());
    let three = pack("putian/three-in-one");
    let long = "福建省莆田市荔城区镇海街道文献路".repeat(60);
    let sheets = [
        ("f00", sheet(&NINE_IN_ONE, FULL, Which::Result, Lang::Zh)),
        ("f00-en", sheet(&NINE_IN_ONE, FULL, Which::Result, Lang::En)),
        ("f00-open", sheet(&NINE_IN_ONE, "{}", Which::Result, Lang::Zh)),
        ("f10", case),
        ("f10-blank", sheet(&NINE_IN_ONE, "{}", Which::Blank("F-10"), Lang::Zh)),
        ("f03-sample", sheet(&NINE_IN_ONE, FULL, Which::Form("F-03"), Lang::Zh)),
        ("f11", sheet(&three, "{}", Which::Form("F-11"), Lang::Zh)),
        (
            "hostile",
            form([
                ("名称", "*莆田* #市<b>𠮷龘😀\u{7}店"),
                ("号", "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"),
                ("住所", long.as_str()),
            ]),
        ),
        ("rows", rows()),
    ];
    // The digest changes with every word of the rules, and its code with it.
    let digest = |sheet: &Sheet| sheet.receipt.as_ref().map(|_| "0123456789abcdef".repeat(4));
    let sheets = sheets.map(|(name, sheet)| (name, Sheet { receipt: digest(&sheet), ..sheet }));
    let differing: Vec<String> = sheets.iter().flat_map(|(name, sheet)| compare(name, sheet)).collect();
    assert!(differing.is_empty(), "{}\n{}", differing.join("\n"), versions());
}

/// A table with several columns over two pages.
fn rows() -> Sheet {
    let row = |at: usize| {
        el("tr").children(
            [format!("{at}"), format!("股东{at}"), format!("{at}.50"), "货币".repeat(1 + at % 9)]
                .map(|text| el("td").text(text)),
        )
    };
    let head = el("thead")
        .child(el("tr").children(["序号", "姓名", "出资额（万元）", "出资方式"].map(|title| el("th").text(title))));
    let table = el("table")
        .child(el("caption").text("股东（发起人）"))
        .child(head)
        .child(el("tbody").children((1..=40).map(row)));
    crate::sheets::loose(el("article").attr("data-form", "F-11").child(el("h1").text("股东名录")).child(table))
}

/// What differs from the goldens, one line for each page.
fn compare(name: &str, sheet: &Sheet) -> Vec<String> {
    let pages = poppler::pictures(&pdf(sheet), DPI);
    let mut differing = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let file = golden(&format!("{name}-{}", at + 1));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            write(&file, page);
            continue;
        }
        let difference =
            if file.is_file() { difference(&read(&file), page) } else { Some("there is no golden".into()) };
        if let Some(difference) = difference {
            let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file.file_name().unwrap());
            write(&seen, page);
            differing.push(format!("{}: {difference}; drawn now: {}", file.display(), seen.display()));
        }
    }
    let next = golden(&format!("{name}-{}", pages.len() + 1));
    if next.is_file() && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::remove_file(&next).unwrap();
    } else if next.is_file() {
        differing.push(format!("{}: there is no such page any more", next.display()));
    }
    differing
}

/// The first square that differs by more than the tolerance.
fn difference(wanted: &Picture, seen: &Picture) -> Option<String> {
    if (wanted.width, wanted.height) != (seen.width, seen.height) {
        return Some(format!("{} × {} pixels, not {} × {}", seen.width, seen.height, wanted.width, wanted.height));
    }
    for y in (0..wanted.height).step_by(SQUARE) {
        for x in (0..wanted.width).step_by(SQUARE) {
            let (a, b) = (mean(wanted, x, y), mean(seen, x, y));
            if (a - b).abs() > TOLERANCE {
                return Some(format!("at {x}, {y} the grey is {b}, not {a}"));
            }
        }
    }
    None
}

fn mean(picture: &Picture, left: usize, top: usize) -> i64 {
    let (right, bottom) = ((left + SQUARE).min(picture.width), (top + SQUARE).min(picture.height));
    let row = |y: usize| {
        picture.pixels[y * picture.width + left..y * picture.width + right].iter().map(|grey| i64::from(*grey))
    };
    let sum: i64 = (top..bottom).flat_map(row).sum();
    sum / i64::try_from((right - left) * (bottom - top)).unwrap()
}

/// What the goldens were drawn with, and what draws now.
fn versions() -> String {
    let fonts = yichuang_paper::Fonts::find().unwrap();
    format!(
        "goldens: {}now: {}; {}",
        fs::read_to_string(golden_folder().join("made-with.txt")).unwrap_or_default(),
        poppler::version(),
        fonts.versions().join("; ")
    )
}

#[test]
fn the_goldens_say_what_they_were_drawn_with() {
    let file = golden_folder().join("made-with.txt");
    let now = format!("{}; {}\n", poppler::version(), yichuang_paper::Fonts::find().unwrap().versions().join("; "));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let then = fs::read_to_string(&file).unwrap();
    // Another version may draw the same; it is the pictures that count.
    if then != now {
        eprintln!("goldens were drawn with {then}now: {now}");
    }
    assert!(then.contains("pdftoppm version") && then.contains("NotoSerifCJKsc-Regular"), "{then}");
}

#[test]
fn a_picture_that_differs_is_noticed() {
    let white = Picture { width: 20, height: 20, pixels: vec![255; 400] };
    let mut spot = white.clone();
    spot.pixels[45] = 0;
    assert_eq!(difference(&white, &spot), None);
    (0..8).for_each(|x| spot.pixels[60 + x] = 0);
    assert_eq!(difference(&white, &spot).as_deref(), Some("at 0, 0 the grey is 219, not 255"));
    spot.height = 19;
    assert!(difference(&white, &spot).is_some());
}

fn golden_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/golden")
}

fn golden(name: &str) -> PathBuf {
    golden_folder().join(format!("{name}.png"))
}

fn read(file: &Path) -> Picture {
    let decoder = png::Decoder::new(std::io::BufReader::new(File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight));
    pixels.truncate(info.buffer_size());
    Picture { width: info.width as usize, height: info.height as usize, pixels }
}

fn write(file: &Path, picture: &Picture) {
    let mut encoder = png::Encoder::new(
        File::create(file).unwrap(),
        picture.width.try_into().unwrap(),
        picture.height.try_into().unwrap(),
    );
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.pixels).unwrap();
}

//! What every PDF keeps to: PDF/UA-1, A4, its fonts in it as subsets, the same bytes each time.

use yichuang_forms::{Lang, el};
use yichuang_paper::{Fonts, PaperError};

use crate::poppler;
use crate::reading::bare;
use crate::sheets::{FULL, NINE_IN_ONE, PAPER, Which, loose, pack, pdf, sheet};

#[test]
fn every_sheet_of_every_pack_is_accepted_as_pdf_ua() {
    for id in [
        "putian/nine-in-one",
        "putian/three-in-one",
        "bayannur/five-in-one",
        "qianjiang/civil-services",
        "qianjiang/registration",
    ] {
        let bundle = pack(id);
        let forms: Vec<&str> = bundle.value.forms.iter().map(|form| form.id.as_str()).collect();
        assert!(!forms.is_empty(), "{id}");
        let sheets = forms.iter().flat_map(|form| [Which::Form(form), Which::Blank(form)]).chain([Which::Result]);
        for which in sheets {
            for lang in [Lang::Zh, Lang::En] {
                let pdf = pdf(&sheet(&bundle, "{}", which, lang));
                assert!(poppler::metadata(&pdf).contains("<pdfuaid:part>1</pdfuaid:part>"), "{id} {which:?}");
            }
        }
    }
}

#[test]
fn pages_are_a4_and_tagged_with_subsets_of_the_fonts_in_them() {
    for which in [Which::Result, Which::Form("F-10"), Which::Form("F-03"), Which::Blank("F-10")] {
        let pdf = pdf(&sheet(&NINE_IN_ONE, FULL, which, Lang::Zh));
        let info = poppler::info(&pdf);
        assert!(info.contains("(A4)") && info.contains("Tagged:          yes"), "{info}");
        let fonts = poppler::fonts(&pdf);
        assert!(!fonts.is_empty());
        for font in fonts {
            let words: Vec<&str> = font.split_whitespace().collect();
            let embedded = words.iter().rev().skip(2).take(3).all(|word| *word == "yes");
            assert!(embedded && words[0].chars().nth(6) == Some('+'), "{font}");
        }
        assert!(pdf.len() < 200_000, "{} bytes", pdf.len());
    }
}

#[test]
fn tables_and_tick_boxes_are_there_for_those_who_hear_a_sheet() {
    let tags = poppler::tags(&pdf(&sheet(&NINE_IN_ONE, FULL, Which::Form("F-10"), Lang::Zh)));
    let count = |name: &str| tags.iter().filter(|tag| *tag == name).count();
    assert_eq!((count("H1"), count("Table")), (1, 6));
    // Labels of rows and titles of sections.
    assert_eq!(count("TH"), 25 + 6);
    // The code, and each box of the questions with a few options.
    assert!(count("Figure") > 12, "{tags:?}");
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let sheet = sheet(&NINE_IN_ONE, FULL, Which::Form("F-10"), Lang::Zh);
    assert_eq!(pdf(&sheet), pdf(&sheet));
}

#[test]
fn the_code_says_the_digest_and_the_case() {
    let mut sheet = sheet(&NINE_IN_ONE, FULL, Which::Form("F-10"), Lang::Zh);
    let receipt = sheet.receipt.clone().unwrap();
    assert_eq!(receipt.len(), 64);
    assert_eq!(scan(&pdf(&sheet)), [format!("yichuang:{receipt}")]);
    sheet.case = Some("莆行审受〔2014〕第001号".to_owned());
    let with_case = pdf(&sheet);
    assert_eq!(scan(&with_case), [format!("yichuang:{receipt}?case=莆行审受〔2014〕第001号")]);
    let text = bare(&poppler::pages(&with_case)[0]);
    assert!(text.contains("案号：莆行审受〔2014〕第001号"), "{text}");
    sheet.case = Some("一".repeat(1000));
    assert_eq!(PAPER.pdf(&sheet), Err(PaperError::LongCase));
}

#[test]
fn a_sample_has_its_mark_and_no_number() {
    let mut sheet = sheet(&NINE_IN_ONE, FULL, Which::Form("F-03"), Lang::Zh);
    sheet.case = Some("莆行审受〔2014〕第001号".to_owned());
    let text = poppler::pages(&pdf(&sheet)).concat();
    assert!(text.contains("样") && text.contains("张") && !text.contains("001"), "{text}");
    assert_eq!(scan(&pdf(&sheet)), [format!("yichuang:{}", sheet.receipt.unwrap())]);
}

#[test]
fn a_blank_form_has_no_code() {
    assert_eq!(scan(&pdf(&sheet(&NINE_IN_ONE, FULL, Which::Blank("F-10"), Lang::Zh))), Vec::<String>::new());
}

#[test]
fn a_tree_without_anything_is_still_a_sheet() {
    let empty = ["h1", "h2", "h3", "p", "ul", "ol", "dl", "table", "section", "b", "th", "li"].map(el);
    let odd =
        el("article").child(el("h3").text("先")).children(empty.clone()).child(el("tr").child(el("td").text("一")));
    for tree in
        [el("article"), el("article").attr("data-form", "F-00"), el("p").text("一"), odd].into_iter().chain(empty)
    {
        assert!(pdf(&loose(tree)).starts_with(b"%PDF-1.7"));
    }
}

#[test]
fn a_missing_font_is_one_sentence() {
    let error = Fonts::in_folders(&["/nowhere".into()]).unwrap_err();
    assert_eq!(error, PaperError::NoFont(vec!["/nowhere".into()]));
    assert_eq!(
        error.message(Lang::Zh),
        "找不到印表用的字体 NotoSerifCJK-Regular.ttc 和 NotoSerifCJK-Bold.ttc（查过 /nowhere）。\
         请安装 Debian 软件包 fonts-noto-cjk，或用 YICHUANG_FONTS 指明所在的文件夹。"
    );
}

/// What a scanner reads that is held over the upper right of the first page, where the code stands.
fn scan(pdf: &[u8]) -> Vec<String> {
    let page = &poppler::pictures(pdf, 300)[0];
    let (left, width, height) = (page.width * 3 / 4, page.width / 4, page.height / 6);
    let pixel = |x: usize, y: usize| page.pixels[y * page.width + left + x];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

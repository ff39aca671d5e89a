//! Reading back the text of a sheet, character for character.

use yichuang_forms::Tree;
use yichuang_paper::Sheet;

use crate::poppler;
use crate::sheets::pdf;

/// A text without the white space that a line break may take the place of.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// All that is read on the pages, without white space, without the foot of each page, and without what
/// a table says again at the top of the next page.
pub(crate) fn read(pdf: &[u8], id: &str, again: &str) -> String {
    let pages = poppler::pages(pdf);
    let all = pages.len();
    let page = |(at, page): (usize, &String)| {
        let text = bare(page);
        let foot = format!("表号{id}第{}页共{all}页", at + 1);
        let before_foot = text.strip_suffix(&foot);
        let text = before_foot.unwrap_or_else(|| panic!("page {} ends without {foot}: {text}", at + 1));
        let text = if at > 0 { text.strip_prefix(again).unwrap_or(text) } else { text };
        text.to_owned()
    };
    pages.iter().enumerate().map(page).collect()
}

/// Every text of a tree in order, without white space.
pub(crate) fn words(tree: &Tree) -> String {
    match tree {
        Tree::Text(text) => bare(text),
        Tree::Element(element) => element.children.iter().map(words).collect(),
    }
}

/// The whole sheet reads as its tree does.
pub(crate) fn check(sheet: &Sheet, id: &str, again: &str) {
    let (wanted, read) = (words(&sheet.tree), read(&pdf(sheet), id, again));
    if wanted != read {
        let same = wanted.chars().zip(read.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| text.chars().skip(same.saturating_sub(10)).take(40).collect::<String>();
        panic!("after {same} characters:\n wanted {:?}\n read   {:?}", near(&wanted), near(&read));
    }
}

//! The examples in the reference, `rules/README.md` and `rules/README.en.md`, are compiled and run.
//!
//! The first word of what stands after the fence says what a block is:
//!
//! ```text
//! yaml pack          a whole pack; `pack=cn/shop` gives it an id, so that later ones can extend it
//! yaml fragment      sections of a pack; those it lacks come from `reference/base.yaml`
//! csv rates.csv      a file beside the example above it
//! yaml cases         cases of the example above it, all of which must agree
//! text               what `yichuang check` prints of the example above it
//! ```
//!
//! An example without such a text compiles: a whole pack without any message, a fragment without
//! errors (what it declares need not be used). Any other block fails the test, so none is left out.
//! `UPDATE_EXPECT=1 cargo test` rewrites the texts; then read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop at once"
)]

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use yichuang_forms::{LoadedBundle, LoadedCalendar};
use yichuang_rules::{
    Code, Diagnostic, Lang, Source, SourceId, compile, compile_calendar, parse, read_calendar, read_cases, render,
    run_case, sorted,
};

/// Top-level keys that the base and a fragment may write in different languages.
const SECTIONS: &[(&str, &str)] = &[("规则包", "pack"), ("情形", "facts"), ("事项", "items"), ("承诺时限", "promised")];

const FILES: &[(&str, Lang)] = &[("README.md", Lang::Zh), ("README.en.md", Lang::En)];

/// A fenced block.
#[derive(Debug)]
struct Block {
    line: usize,
    info: String,
    text: String,
    range: Range<usize>,
}

/// A pack or fragment with the blocks that belong to it.
#[derive(Debug)]
struct Example<'b> {
    id: &'b str,
    fragment: bool,
    first: &'b Block,
    sheets: Vec<(&'b str, &'b Block)>,
    cases: Vec<&'b Block>,
    printed: Option<&'b Block>,
}

#[test]
fn every_example_is_compiled_and_run() {
    let mut faults = Vec::new();
    for (file, lang) in FILES {
        let text = fs::read_to_string(path(file)).unwrap();
        let blocks = blocks(&text);
        let mut reference = Reference { file, lang: *lang, above: Vec::new(), faults: Vec::new(), updates: Vec::new() };
        let examples = reference.grouped(&blocks);
        if examples.len() < 20 {
            faults.push(format!("rules/{file} has lost its examples"));
        }
        for example in &examples {
            reference.check(example);
        }
        if std::env::var("UPDATE_EXPECT").is_ok() {
            fs::write(path(file), updated(&text, &reference.updates)).unwrap();
        } else {
            let stale = reference
                .updates
                .iter()
                .map(|(block, _, found)| format!("{file}:{}: the message has changed; it is now\n{found}", block.line));
            faults.extend(stale);
        }
        faults.append(&mut reference.faults);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}

#[test]
fn both_languages_have_the_same_examples() {
    let [chinese, english] = [0, 1].map(|place| {
        let text = fs::read_to_string(path(FILES[place].0)).unwrap();
        blocks(&text).into_iter().map(|block| block.info).collect::<Vec<_>>()
    });
    assert_eq!(chinese, english);
}

#[test]
fn every_code_is_explained() {
    for (file, lang) in FILES {
        let text = fs::read_to_string(path(file)).unwrap();
        for code in Code::ALL {
            let row = format!("| `{}` | {} |", code.as_str(), code.explain().get(*lang).replace('|', "\\|"));
            assert!(text.lines().any(|line| line == row), "{file} lacks the row\n{row}");
        }
    }
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn calendar() -> LoadedCalendar {
    let (sources, _) = read_calendar(&path("calendars/cn"));
    LoadedCalendar::new(compile_calendar(&sources).0.unwrap())
}

/// The fenced and indented code blocks of a file.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => "(indented)".to_owned(),
                };
                let line = text[..range.start].matches('\n').count() + 1;
                let start = range.start + text[range].find('\n').map_or(0, |end| end + 1);
                open = Some(Block { line, info, text: String::new(), range: start..start });
            }
            Event::Text(words) => {
                if let Some(block) = &mut open {
                    if block.text.is_empty() {
                        block.range.start = range.start;
                    }
                    block.range.end = range.end;
                    block.text.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// The text with the messages that have changed.
fn updated(text: &str, updates: &[(&Block, Range<usize>, String)]) -> String {
    let (mut new, mut end) = (String::new(), 0);
    for (_, range, found) in updates {
        new.push_str(&text[end..range.start]);
        new.push_str(found);
        end = range.end;
    }
    new + &text[end..]
}

/// What is known while one file is gone through.
struct Reference<'b> {
    file: &'static str,
    lang: Lang,
    /// The packs that were given an id.
    above: Vec<Source>,
    faults: Vec<String>,
    updates: Vec<(&'b Block, Range<usize>, String)>,
}

impl<'b> Reference<'b> {
    fn fault(&mut self, block: &Block, what: &str) {
        self.faults.push(format!("rules/{}:{}: {what}", self.file, block.line));
    }

    /// Puts the blocks together to examples.
    fn grouped(&mut self, blocks: &'b [Block]) -> Vec<Example<'b>> {
        let mut examples: Vec<Example<'b>> = Vec::new();
        for block in blocks {
            let words: Vec<&str> = block.info.split_whitespace().collect();
            let (id, fragment) = match (words.as_slice(), examples.last_mut()) {
                (["yaml", "pack"], _) => ("example/pack", false),
                (["yaml", pack], _) if pack.starts_with("pack=") => (&pack[5..], false),
                (["yaml", "fragment"], _) => ("example/fragment", true),
                (["yaml", "cases"], Some(example)) if example.printed.is_none() => {
                    example.cases.push(block);
                    continue;
                }
                (["csv", name], Some(example)) => {
                    example.sheets.push((name, block));
                    continue;
                }
                (["text"], Some(example)) if example.printed.is_none() => {
                    example.printed = Some(block);
                    continue;
                }
                _ => {
                    self.fault(block, &format!("`{}` is no kind of example, or does not belong here", block.info));
                    continue;
                }
            };
            examples.push(Example { id, fragment, first: block, sheets: vec![], cases: vec![], printed: None });
        }
        examples
    }

    fn check(&mut self, example: &Example<'b>) {
        let mut sources = vec![Source::new("pack.yaml", &example.first.text)];
        sources.extend(example.sheets.iter().map(|(name, block)| Source::new(*name, &block.text)));
        if example.fragment {
            sources.push(Source::new("base.yaml", &base_without(&example.first.text)));
        }
        sources.extend(self.above.iter().cloned());
        let (bundle, diagnostics) = compile(example.id, &sources);
        let sorted = sorted(&sources);
        if let Some(block) = example.printed {
            // What is wrong with the hidden part follows from the example and is not shown.
            let shown = diagnostics.into_iter().filter(|diagnostic| !in_base(diagnostic, &sorted)).collect::<Vec<_>>();
            let found = render(&shown, &sorted, self.lang);
            if found.is_empty() {
                self.fault(block, "nothing is wrong with this example");
            } else if found != block.text {
                self.updates.push((block, block.range.clone(), found));
            }
        } else if diagnostics.iter().any(|diagnostic| diagnostic.is_error() || !example.fragment) {
            let found = render(&diagnostics, &sorted, self.lang);
            self.fault(example.first, &format!("the example is not sound\n{found}"));
        }
        match bundle {
            Some(bundle) => self.run(example, &LoadedBundle::new(bundle)),
            None if !example.cases.is_empty() => self.fault(example.cases[0], "no pack to run the cases on"),
            None => {}
        }
        if !example.fragment && example.id != "example/pack" {
            let named = |name: &str, block: &Block| Source::new(format!("{}/{name}", example.id), &block.text);
            self.above.push(named("pack.yaml", example.first));
            self.above.extend(example.sheets.iter().map(|(name, block)| named(name, block)));
        }
    }

    fn run(&mut self, example: &Example<'b>, bundle: &LoadedBundle) {
        let calendar = calendar();
        for block in &example.cases {
            let source = Source::new("cases.yaml", &block.text);
            let (cases, diagnostics) = read_cases(bundle, SourceId(0), &source);
            if !diagnostics.is_empty() || cases.is_empty() {
                let found = render(&diagnostics, std::slice::from_ref(&source), self.lang);
                self.fault(block, &format!("the cases cannot be read\n{found}"));
            }
            for case in &cases {
                for compared in run_case(bundle, &calendar, case).iter().filter(|compared| !compared.agrees()) {
                    let line = block.line + source.line_column(compared.span.start).0;
                    let what = format!(
                        "{} (line {line}): {} is expected to be {}, but is {}",
                        case.name, compared.key, compared.expected, compared.got
                    );
                    self.fault(block, &what);
                }
            }
        }
    }
}

fn in_base(diagnostic: &Diagnostic, sources: &[Source]) -> bool {
    let place = diagnostic.span.and_then(|span| sources.get(usize::from(span.source.0)));
    place.is_some_and(|source| source.name == "base.yaml")
}

/// The base without the sections that a fragment writes.
fn base_without(fragment: &str) -> String {
    let (root, _) = parse(SourceId(0), fragment);
    let keys = root.as_ref().and_then(|root| root.entries()).unwrap_or_default();
    let written = |section: &str| {
        keys.iter()
            .any(|entry| entry.key == section || SECTIONS.iter().any(|(zh, en)| *zh == section && *en == entry.key))
    };
    let base = fs::read_to_string(path("tests/reference/base.yaml")).unwrap();
    let sections = base.split("\n\n").filter(|section| {
        let key = section.lines().find(|line| !line.starts_with('#')).and_then(|line| line.split_once(':'));
        !written(key.unwrap().0)
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

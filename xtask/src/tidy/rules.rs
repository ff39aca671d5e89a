//! The rules themselves: from files to findings, without a disk.

use std::collections::BTreeMap;
use std::path::Path;

use super::{File, Finding};

const MOST_LINES: usize = 500;
const CODE: [&str; 6] = ["rs", "ts", "js", "mjs", "css", "html"];
const MADE_BY_TOOLS: [&str; 3] = ["wasm", "ycp", "log"];
const MADE_FOLDERS: [&str; 2] = ["target", "node_modules"];
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];

// Written in two halves, so that this file does not find itself.
const REMINDERS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const MACHINE_FOLDERS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
const REGISTRY_HOSTS: [&str; 6] = [
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("registry.", "npmjs"),
    concat!("deb.", "debian.org"),
    concat!("files.", "pythonhosted"),
    concat!("pypi.org/", "simple"),
];

/// Everything there is to mend, file by file.
pub(super) fn findings(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        findings.extend(generated(file));
        findings.extend(too_long(file));
        findings.extend(reminders_without_owner(file));
        findings.extend(names_of_one_machine(file));
    }
    findings.extend(incomplete_items(files));
    findings
}

fn generated(file: &File) -> Option<Finding> {
    let path = Path::new(&file.path);
    let is_in_made_folder = path.iter().any(|part| MADE_FOLDERS.iter().any(|folder| part == *folder));
    let is_made = MADE_BY_TOOLS.contains(&extension(file));
    (is_in_made_folder || is_made).then(|| finding(file, 1, "this file is made by a tool and does not belong in git"))
}

fn too_long(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    // A page that a test expects is as long as the page.
    let is_expected = file.path.contains("/expected/");
    (CODE.contains(&extension(file)) && lines > MOST_LINES && !is_expected).then(|| {
        let message = format!("{lines} lines, more than {MOST_LINES}: split the file");
        finding(file, MOST_LINES + 1, &message)
    })
}

/// Prose may speak about reminders; everywhere else they need the name of who will see to them.
fn reminders_without_owner(file: &File) -> Vec<Finding> {
    if extension(file) == "md" || is_lock_file(file) {
        return Vec::new();
    }
    lines_where(file, |line| {
        REMINDERS.iter().find_map(|word| {
            let is_loose = places(line, word).any(|(before, after)| {
                let is_word = !before.ends_with(is_word_letter) && !after.starts_with(is_word_letter);
                is_word && !has_owner(after)
            });
            is_loose.then(|| format!("a {word} needs an owner: {word}(name)"))
        })
    })
}

fn names_of_one_machine(file: &File) -> Vec<Finding> {
    lines_where(file, |line| {
        let folder = MACHINE_FOLDERS.iter().find(|folder| {
            // Inside a web address or a longer path it is another folder.
            places(line, folder).any(|(before, _)| !before.ends_with(is_path_letter))
        });
        let host = REGISTRY_HOSTS.iter().find(|host| line.contains(**host));
        folder
            .map(|folder| format!("`{folder}` is a folder of one machine"))
            .or_else(|| host.map(|host| format!("`{host}` is the host of a registry")))
    })
}

/// Every folder `rules/packs/PLACE/ITEM` holds the rules, their source and at least one case.
fn incomplete_items(files: &[File]) -> Vec<Finding> {
    let mut items: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for file in files {
        if let Some((place, item, rest)) = item_file(&file.path) {
            items.entry((place, item)).or_default().push(rest);
        }
    }
    let missing = |(place, item): (&str, &str), name: &str, message: &str| Finding {
        path: format!("rules/packs/{place}/{item}/{name}"),
        line: 1,
        message: message.to_owned(),
    };
    let mut findings = Vec::new();
    for (key, names) in items {
        if !names.contains(&"pack.yaml") {
            findings.push(missing(key, "pack.yaml", "an item folder needs its rules"));
        }
        if !names.contains(&"source.md") {
            findings.push(missing(key, "source.md", "an item folder names its source"));
        }
        if !names.iter().any(|name| name.starts_with("cases/")) {
            findings.push(missing(key, "cases", "an item folder has at least one case"));
        }
    }
    findings
}

fn item_file(path: &str) -> Option<(&str, &str, &str)> {
    let (place, rest) = path.strip_prefix("rules/packs/")?.split_once('/')?;
    let (item, rest) = rest.split_once('/')?;
    Some((place, item, rest))
}

fn lines_where(file: &File, judge: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let numbered = file.text.lines().zip(1..);
    numbered.filter_map(|(line, number)| judge(line).map(|message| finding(file, number, &message))).collect()
}

/// What stands before and after each place where the line holds the word.
fn places<'a>(line: &'a str, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    line.match_indices(word).filter_map(move |(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        Some((before, rest.strip_prefix(word)?))
    })
}

fn has_owner(after: &str) -> bool {
    let name = after.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    name.is_some_and(|(name, _)| !name.trim().is_empty())
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_path_letter(letter: char) -> bool {
    is_word_letter(letter) || matches!(letter, '.' | '-' | '~' | '}')
}

fn is_lock_file(file: &File) -> bool {
    LOCK_FILES.iter().any(|name| Path::new(&file.path).file_name().is_some_and(|f| f == *name))
}

fn extension(file: &File) -> &str {
    let extension = Path::new(&file.path).extension();
    extension.and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn finding(file: &File, line: usize, message: &str) -> Finding {
    Finding { path: file.path.clone(), line, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings over these files, each as `path:line`.
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let files: Vec<File> =
            files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect();
        let seen: Vec<String> =
            findings(&files).iter().map(|finding| format!("{}:{}", finding.path, finding.line)).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn code_is_at_most_500_lines_long() {
        check(&[("a.rs", &"\n".repeat(500)), ("b.csv", &"\n".repeat(900))], &[]);
        check(&[("a.rs", &"\n".repeat(501)), ("page/expected/a.html", &"\n".repeat(501))], &["a.rs:501"]);
    }

    #[test]
    fn a_reminder_needs_an_owner_outside_of_prose() {
        let loose = format!("fine\n// {}: later", REMINDERS[0]);
        let owned = format!("// {}(wei): later", REMINDERS[0]);
        let nobody = format!("// {}(): later", REMINDERS[1]);
        let part = format!("// MY_{}S", REMINDERS[0]);
        check(&[("a.rs", &loose), ("b.yaml", &nobody)], &["a.rs:2", "b.yaml:1"]);
        check(&[("a.rs", &owned), ("b.md", &loose), ("c.rs", &part)], &[]);
    }

    #[test]
    fn folders_of_one_machine_and_registries_are_found() {
        let folder = format!("see `{}main`", MACHINE_FOLDERS[0]);
        let home = format!("\n{}.cargo", MACHINE_FOLDERS[1]);
        let address = format!("https://www.putian.gov.cn{}guide", MACHINE_FOLDERS[0]);
        let host = format!("https://{}.org/left-pad", REGISTRY_HOSTS[2]);
        check(
            &[("a.md", &folder), ("b.rs", &home), ("c.yaml", &address), ("d.json", &host)],
            &["a.md:1", "b.rs:2", "d.json:1"],
        );
    }

    #[test]
    fn an_item_folder_is_complete() {
        let whole = [
            ("rules/packs/putian/nine-in-one/pack.yaml", ""),
            ("rules/packs/putian/nine-in-one/source.md", ""),
            ("rules/packs/putian/nine-in-one/cases/s21.yaml", ""),
            ("rules/packs/README.md", ""),
        ];
        check(&whole, &[]);
        check(&whole[1..], &["rules/packs/putian/nine-in-one/pack.yaml:1"]);
        check(&whole[..1], &["rules/packs/putian/nine-in-one/source.md:1", "rules/packs/putian/nine-in-one/cases:1"]);
    }

    #[test]
    fn what_tools_make_stays_out_of_git() {
        check(
            &[("web-demo/yichuang.wasm", ""), ("tests/browser/node_modules/a/b.js", "")],
            &["web-demo/yichuang.wasm:1", "tests/browser/node_modules/a/b.js:1"],
        );
    }
}

//! Writes the seeds of the targets below a folder: the rule files, conditions, payloads and requests
//! of the repository.

use std::fs;
use std::path::Path;

use yichuang_engine::to_bytes;
use yichuang_forms::{Answers, LoadedBundle};
use yichuang_fuzz::packs;
use yichuang_rules::{Source, SourceId, read_case_files, read_cases};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = Path::new(&folder);
    for target in ["yaml", "expression", "pack", "decide"] {
        fs::create_dir_all(folder.join(target)).expect("the folder can be made");
    }
    let write = |target: &str, name: String, bytes: &[u8]| {
        fs::write(folder.join(target).join(name), bytes).expect("a seed can be written");
    };
    for (place, (files, bundle)) in packs().iter().enumerate() {
        write("pack", format!("{place}"), &to_bytes(&bundle.value));
        for entry in fs::read_dir(files).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(&path).expect("the file can be read");
                for (line, expression) in expressions(&text).enumerate() {
                    write("expression", format!("{place}-{line}"), expression.as_bytes());
                }
                write("yaml", format!("{place}-{}", path.file_stem().unwrap_or_default().display()), text.as_bytes());
            }
        }
        for (file, source) in read_case_files(files).0.iter().enumerate() {
            for (number, request) in requests(bundle, source).into_iter().enumerate().take(3) {
                let place = u8::try_from(place).unwrap_or_default();
                write("decide", format!("{place}-{file}-{number}"), &[&[place], request.as_bytes()].concat());
            }
        }
    }
}

/// The conditions and calculations of a file, one a line.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    let keys = ["条件: ", "取值: ", "when: ", "value: "];
    text.lines().filter_map(move |line| {
        keys.iter().find_map(|key| line.split_once(key)).map(|(_, rest)| rest.trim_matches('\''))
    })
}

fn requests(bundle: &LoadedBundle, source: &Source) -> Vec<String> {
    let (cases, _) = read_cases(bundle, SourceId(0), source);
    let request =
        |on: yichuang_engine::Date, answers: &Answers| format!(r#"{{"on":"{on}","answers":{}}}"#, answers.to_json());
    cases.iter().map(|case| request(case.on, &case.answers)).collect()
}

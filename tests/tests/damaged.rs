//! Damaged, truncated and newer files are a clear error on every subject, never a panic.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "what does not work fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yichuang_engine::Date;
use yichuang_forms::{to_ycc, to_ycp};
use yichuang_tests::corpus::{calendar, load};
use yichuang_tests::subject::{Asks, Bench, Call, Reply, Subject, Wasm};

/// What is done to a good file, with the code that programs are told and a word of the sentence
/// that people are told.
type Damage = (&'static str, fn(&[u8]) -> Vec<u8>, &'static str, &'static str);

const DAMAGES: [Damage; 9] = [
    ("empty", |_| Vec::new(), "file_other_kind", "不是"),
    ("text", |_| b"pack: {name: x}\n".to_vec(), "file_other_kind", "不是"),
    ("header cut", |good| good[..20].to_vec(), "file_truncated", "不完整"),
    ("half", |good| good[..good.len() / 2].to_vec(), "file_truncated", "不完整"),
    ("last byte gone", |good| good[..good.len() - 1].to_vec(), "file_truncated", "不完整"),
    ("bit flipped", |good| flipped(good, good.len() / 2), "file_damaged", "损坏"),
    ("digest flipped", |good| flipped(good, good.len() - 5), "file_damaged", "损坏"),
    ("newer", newer, "file_newer", "升级"),
    ("byte added", |good| [good, b"\0"].concat(), "file_trailing", "多余"),
];

fn flipped(good: &[u8], place: usize) -> Vec<u8> {
    let mut bytes = good.to_vec();
    bytes[place] ^= 0x10;
    bytes
}

/// The version stands behind the four letters of the kind.
fn newer(good: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    bytes[4] += 1;
    bytes
}

/// A folder of the test with a good pack and a good calendar.
fn good_files(test: &str) -> (PathBuf, PathBuf, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (pack, cn) = (folder.join("good.ycp"), folder.join("good.ycc"));
    fs::write(&pack, to_ycp(&load("tests/corpus/kleene").bundle.value)).unwrap();
    fs::write(&cn, to_ycc(&calendar().value)).unwrap();
    (folder, pack, cn)
}

/// Every damage done to `good`, in a file of its own.
fn damaged(folder: &Path, good: &Path) -> Vec<(PathBuf, Damage)> {
    let bytes = fs::read(good).unwrap();
    let extension = good.extension().unwrap().to_str().unwrap();
    let write = |damage: Damage| {
        let file = folder.join(format!("{}.{extension}", damage.0));
        fs::write(&file, damage.1(&bytes)).unwrap();
        (file, damage)
    };
    DAMAGES.map(write).into()
}

fn check_refused(output: &Output, status: i32, word: &str, name: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{name}: {said}");
    assert!(output.stdout.is_empty(), "{name}");
    assert!(said.contains(word) && !said.contains("panicked"), "{name}: {said}");
}

#[test]
fn the_command_line_says_what_is_wrong_with_a_file() {
    let (folder, pack, cn) = good_files("damaged-cli");
    let Some(program) = Bench::from_env().program("yichuang") else { return };
    for (file, (name, _, _, word)) in damaged(&folder, &pack) {
        check_refused(&decide(&program, &file, &cn), 2, word, name);
    }
    for (file, (name, _, _, word)) in damaged(&folder, &cn) {
        check_refused(&decide(&program, &pack, &file), 2, word, name);
    }
    check_refused(&decide(&program, &cn, &cn), 2, "不是", "a calendar as a pack");
    assert_eq!(decide(&program, &pack, &cn).status.code(), Some(0));
}

fn decide(program: &Path, pack: &Path, cn: &Path) -> Output {
    let answers = pack.with_file_name("answers.json");
    fs::write(&answers, "{}").unwrap();
    let mut command = Command::new(program);
    command.arg("--calendar").arg(cn).arg("decide").arg(pack).arg("--answers").arg(answers);
    command.args(["--on", "2014-11-18"]).output().unwrap()
}

#[test]
fn the_server_does_not_start_with_a_bad_file_and_says_why() {
    let (folder, pack, cn) = good_files("damaged-server");
    let Some(program) = Bench::from_env().program("yichuang-server") else { return };
    let start = |pack: &Path, cn: &Path| {
        let mut command = Command::new(&program);
        command.arg("--packs").arg(pack).arg("--calendars").arg(cn).args(["--listen", "127.0.0.1:0"]);
        command.output().unwrap()
    };
    for (file, (name, _, _, word)) in damaged(&folder, &pack) {
        check_refused(&start(&file, &cn), 1, word, name);
    }
    for (file, (name, _, _, word)) in damaged(&folder, &cn) {
        check_refused(&start(&pack, &file), 1, word, name);
    }
}

#[test]
fn wasm_names_what_is_wrong_with_a_file() {
    let (folder, pack, cn) = good_files("damaged-wasm");
    let Some(mut wasm) = Wasm::start(&Bench::from_env()) else { return };
    let call = |pack: &Path, cn: &Path, name: &str| Call {
        name: name.to_owned(),
        pack_file: pack.to_owned(),
        calendar_file: cn.to_owned(),
        today: Date::parse("2014-11-18").unwrap(),
        asks: Asks::Decision,
        request: "{}".to_owned(),
        arguments: None,
    };
    let mut check = |call: &Call, code: Option<&str>| match (wasm.step(call).unwrap(), code) {
        (Reply::Decided(_), None) => {}
        (Reply::Refused { code: said, .. }, Some(code)) => assert_eq!(said.as_deref(), Some(code), "{}", call.name),
        (reply, _) => panic!("{}: {reply}", call.name),
    };
    for (file, (name, _, code, _)) in damaged(&folder, &pack) {
        check(&call(&file, &cn, name), Some(code));
    }
    for (file, (name, _, code, _)) in damaged(&folder, &cn) {
        check(&call(&pack, &file, name), Some(code));
    }
    check(&call(&pack, &cn, "good"), None);
}

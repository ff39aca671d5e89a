//! `yichuang keygen`, `sign` and `verify`, and compiling a calendar.
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of its own with a compiled pack and a compiled calendar.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (from, to) in [("tests/corpus/fields", "p.ycp"), ("rules/calendars/cn", "c.ycc")] {
        let (status, said) = run(&folder, &["compile", root.join(from).to_str().unwrap(), "-o", to]);
        assert_eq!(status, Some(0), "{said}");
    }
    folder
}

/// The exit status, and all that was printed.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_yichuang")).args(args).current_dir(folder).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn what_is_signed_is_verified_until_it_changes() {
    let folder = folder("signed");
    let run = |args: &[&str]| run(&folder, args);
    let (status, said) = run(&["keygen", "own"]);
    assert_eq!(status, Some(0), "{said}");
    let public = fs::read_to_string(folder.join("own.pub")).unwrap();
    let attribute = public.lines().nth(1).unwrap();
    assert!(said.contains(&format!("key=\"{attribute}\"")) && said.contains("--public-key"), "{said}");
    assert_eq!(run(&["sign", "--key", "own", "p.ycp", "c.ycc"]), (Some(0), "p.ycp.sig\nc.ycc.sig\n".into()));
    assert_eq!(fs::read(folder.join("p.ycp.sig")).unwrap().len(), 64);
    let verify = ["verify", "--key", "own.pub", "p.ycp", "c.ycc"];
    assert_eq!(run(&verify), (Some(0), "p.ycp：签名对\nc.ycc：签名对\n".into()));
    // Another key, a changed file, none at all; the others are told all the same.
    run(&["keygen", "other"]);
    let (status, said) = run(&["verify", "--key", "other.pub", "p.ycp", "--lang", "en"]);
    assert_eq!(status, Some(1));
    assert!(said.starts_with("p.ycp: the signature is wrong"), "{said}");
    fs::write(folder.join("p.ycp"), "x").unwrap();
    fs::remove_file(folder.join("c.ycc.sig")).unwrap();
    let (status, said) = run(&verify);
    assert_eq!(status, Some(1));
    assert!(said.contains("p.ycp：签名不对") && said.contains("c.ycc：没有签名"), "{said}");
}

#[test]
fn a_key_is_never_written_over_and_its_owner_alone_reads_it() {
    let folder = folder("keys");
    run(&folder, &["keygen", "own"]);
    let before = fs::read(folder.join("own")).unwrap();
    let (status, said) = run(&folder, &["keygen", "own"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("没有覆盖"), "{said}");
    assert_eq!(fs::read(folder.join("own")).unwrap(), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(folder.join("own")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    fs::remove_file(folder.join("own")).unwrap();
    assert_eq!(run(&folder, &["keygen", "own"]).0, Some(2), "the public key beside it is kept too");
    assert!(!folder.join("own").exists());
}

#[test]
fn only_whole_files_are_signed_and_with_a_private_key() {
    let folder = folder("refused");
    run(&folder, &["keygen", "own"]);
    fs::write(folder.join("damaged.ycp"), "x").unwrap();
    for (args, says) in [
        (["sign", "--key", "own.pub", "p.ycp"].as_slice(), "不是 Ed25519 私钥"),
        (&["sign", "--key", "p.ycp", "p.ycp"], "不是 PEM 文件"),
        (&["sign", "--key", "nowhere", "p.ycp"], "读不了「nowhere」"),
        // Nothing is signed where one of several cannot be.
        (&["sign", "--key", "own", "p.ycp", "damaged.ycp"], "用不了「damaged.ycp」"),
        (&["verify", "--key", "own", "p.ycp"], "不是 Ed25519 公钥"),
        (&["verify", "--key", "own.pub", "nowhere.ycp"], "读不了「nowhere.ycp」"),
        (&["sign", "--key", "own"], "<FILE>"),
    ] {
        let (status, said) = run(&folder, args);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(says), "{args:?}: {said}");
    }
    assert!(!folder.join("p.ycp.sig").exists());
}

#[test]
fn a_pack_is_no_calendar_and_a_calendar_no_pack() {
    let folder = folder("no-calendar");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (from, to, says) in [("tests/corpus/fields", "x.ycc", "不是日历"), ("rules/calendars/cn", "x.ycp", "这是日历")]
    {
        let (status, said) = run(&folder, &["compile", root.join(from).to_str().unwrap(), "-o", to]);
        assert_eq!(status, Some(2));
        assert!(said.contains(says) && said.lines().count() == 1, "{said}");
    }
}

//! `yichuang check --watch`: what it says after each change. Nothing sleeps; each line is waited for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod tool;

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tool::{CASES, SHOP, shop, text, yichuang};

/// Long enough for any machine; a line comes as soon as it is written.
const DEADLINE: Duration = Duration::from_secs(60);

struct Watched {
    child: Child,
    lines: Receiver<String>,
}

impl Watched {
    fn new(args: &[&str]) -> Watched {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang"));
        let mut child = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
            });
        }
        Watched { child, lines }
    }

    /// Waits for a line with each of the parts, in this order or any other.
    #[track_caller]
    fn wait_for(&self, parts: &[&str]) {
        let deadline = Instant::now() + DEADLINE;
        let (mut missing, mut seen) = (parts.to_vec(), Vec::new());
        while !missing.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else { panic!("{missing:?} not in {seen:#?}") };
            missing.retain(|part| !line.contains(part));
            seen.push(line);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const WAITING: &str = "等待改动，按 Ctrl-C 结束";

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[test]
fn every_change_is_checked_again() {
    let pack = shop("watch");
    let watched = Watched::new(&["check", "--watch", pack.to_str().unwrap()]);
    watched.wait_for(&["demo/shop：没有错误", WAITING]);
    write(&pack.join("pack.yaml"), &SHOP.replace("人数>=1", "人>=1"));
    watched.wait_for(&["改动：pack.yaml", "错误[YC0205]", "demo/shop：1 个错误，0 个警告", WAITING]);
    // As editors do it: a new file in the place of the old one.
    write(&pack.join(".new"), SHOP);
    std::fs::rename(pack.join(".new"), pack.join("pack.yaml")).unwrap();
    watched.wait_for(&["改动：pack.yaml", "没有错误", WAITING]);
    write(&pack.join("more.yaml"), "参数: {");
    watched.wait_for(&["改动：more.yaml", "错误[YC0026]", WAITING]);
    std::fs::remove_file(pack.join("more.yaml")).unwrap();
    watched.wait_for(&["改动：more.yaml", "没有错误", WAITING]);
    // A folder that is away for a while is no end.
    let away = pack.with_extension("away");
    std::fs::rename(&pack, &away).unwrap();
    watched.wait_for(&["读不了", WAITING]);
    std::fs::rename(&away, &pack).unwrap();
    watched.wait_for(&["没有错误", WAITING]);
}

#[test]
fn cases_are_run_and_watched_too() {
    let pack = shop("watch-test");
    let watched = Watched::new(&["check", "--watch", "--test", pack.to_str().unwrap()]);
    watched.wait_for(&["没有错误", "1 passed, 0 failed", WAITING]);
    write(&pack.join("cases/one.yaml"), &CASES.replace("[food]", "[]"));
    watched.wait_for(&["改动：one.yaml", "✗ 一个人", "0 passed, 1 failed", WAITING]);
    write(&pack.join("cases/one.yaml"), CASES);
    watched.wait_for(&["1 passed, 0 failed", WAITING]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    let pack = shop("watch-end");
    let mut watched = Watched::new(&["check", "--watch", pack.to_str().unwrap(), "--lang", "en"]);
    watched.wait_for(&["waiting for changes; Ctrl-C ends"]);
    let interrupt = Command::new("kill").args(["-INT", &watched.child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let status = watched.child.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
}

#[test]
fn what_cannot_be_watched_is_wrong_usage() {
    let output = yichuang(&["check", "--watch", "/nowhere"], "");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("/nowhere"));
}

#[test]
fn cases_can_be_run_without_watching() {
    let pack = shop("check-test");
    let output = yichuang(&["check", "--test", pack.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).ends_with("demo/shop：没有错误\n1 passed, 0 failed\n"), "{}", text(&output.stdout));
    write(&pack.join("cases/one.yaml"), &CASES.replace("[food]", "[]"));
    let output = yichuang(&["check", "--test", pack.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
}

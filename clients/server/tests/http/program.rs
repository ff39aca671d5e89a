//! The program itself: how it starts, what it prints, how it stops.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use yichuang_engine::Date;
use yichuang_server::{Hall, Places};

use crate::client::{here, places};

fn command(packs: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yichuang-server"));
    command.arg("--packs").arg(packs).arg("--calendars").arg(here("../../rules/calendars/cn"));
    command.args(["--listen", "127.0.0.1:0", "--today", "2014-11-18"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn talk(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

fn stop(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

fn check_run(signal: &str) {
    let mut child = command(&here("tests/pack")).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("http://").unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"));

    let body = "shop.owner=zebra";
    let head = "Host: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded";
    let length = body.len();
    let post =
        format!("POST /tests/pack?shop.owner=tiger HTTP/1.1\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}");
    let reply = talk(&address, &post);
    assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.contains("zebra") && !reply.contains("tiger"));
    let outside = format!("GET /assets/../../Cargo.toml HTTP/1.1\r\n{head}\r\n\r\n");
    assert!(talk(&address, &outside).starts_with("HTTP/1.1 404 "));

    let declared = format!("POST /tests/pack HTTP/1.1\r\n{head}\r\nContent-Length: 2000000\r\n\r\n");
    let mut declaring = TcpStream::connect(&address).unwrap();
    declaring.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    declaring.write_all(declared.as_bytes()).unwrap();
    let mut status = [0; 13];
    declaring.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 413 ", "it does not wait for the body");

    let mut half_sent = TcpStream::connect(&address).unwrap();
    half_sent.write_all(b"POST /tests/pack HTTP/1.1\r\n").unwrap();
    stop(&child, signal);
    stdout.read_to_string(&mut line).unwrap();
    assert_eq!(line, format!("http://{address}\n"), "one line and nothing else");
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    let log = String::from_utf8(stderr).unwrap();
    assert!(status.success(), "{log}");
    assert!(log.contains("POST /tests/pack 200\n"));
    assert!(!log.contains("zebra") && !log.contains("tiger"), "{log}");
}

#[test]
fn it_serves_until_it_is_told_to_stop() {
    check_run("-TERM");
    check_run("-INT");
}

#[track_caller]
fn check_refused(packs: &Path, says: &[&str]) {
    let Output { status, stdout, stderr } = command(packs).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(1), 0), "{stderr}");
    for part in says {
        assert!(stderr.contains(part), "{part} in {stderr}");
    }
}

#[test]
fn it_does_not_start_with_faults() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults/packs/a/b");
    fs::create_dir_all(&folder).unwrap();
    let rules = fs::read_to_string(here("tests/pack/pack.yaml")).unwrap();
    fs::write(folder.join("pack.yaml"), rules.replace("人数 <= 10", "人手 <= 10")).unwrap();
    let root = folder.ancestors().nth(2).unwrap();
    check_refused(root, &["错误[YC0205]", "人手", "--> pack.yaml:29:", "a/b"]);
    fs::write(folder.join("pack.yaml"), b"\xc3\xfb").unwrap();
    check_refused(root, &["错误[YC0001]"]);
    check_refused(&root.join("nowhere"), &["nowhere"]);
    let damaged = root.join("damaged.ycp");
    fs::write(&damaged, b"YCP\0\x01\0").unwrap();
    check_refused(&damaged, &["damaged.ycp", "不完整"]);
}

#[test]
fn compiled_packs_are_served_too() {
    let (id, sources, _) = yichuang_rules::read_pack(&here("tests/pack"));
    let bundle = yichuang_rules::compile(&id, &sources).0.unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("small.ycp"), yichuang_forms::to_ycp(&bundle)).unwrap();
    for packs in [folder.join("small.ycp"), folder] {
        let mut child = command(&packs).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("http://").unwrap();
        let reply = talk(address, "GET /tests/pack HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"));
        stop(&child, "-TERM");
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_template_is_in_no_catalogue_and_stops_the_server_with_its_faults() {
    let packs = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layers/packs");
    for pack in ["cn/shop", "east/shop"] {
        let (from, to) = (here("../../tests/corpus/layers/packs").join(pack), packs.join(pack));
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(from).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file()) {
            fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
        }
    }
    let mut child = command(&packs).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("http://").unwrap();
    let get = |path: &str| talk(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    let listing = get("/api/v1/packs");
    assert!(listing.contains("east/shop") && !listing.contains("cn/shop"), "{listing}");
    assert!(get("/east/shop").starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(get("/cn/shop").starts_with("HTTP/1.1 404"));
    stop(&child, "-TERM");
    assert!(child.wait().unwrap().success());
    check_refused(&packs.join("cn"), &["没有规则包"]);
    fs::write(packs.join("cn/shop/more.yaml"), "规则: 一条").unwrap();
    check_refused(&packs.join("cn"), &["错误[YC0027]", "more.yaml"]);
    fs::remove_dir_all(packs).unwrap();
}

#[test]
fn a_local_calendar_lies_over_the_national_one() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendars");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("gx")).unwrap();
    let header = "id: gx\nname: 广西\nsource: 表\nextends: cn\nsettled_until: 12-28\n";
    fs::write(folder.join("gx/calendar.yaml"), header).unwrap();
    let notice =
        "year: 2014\npublished: 2014-01-05\ntitle: 三月三\noff: [{date: 2014-04-02, name: 三月三}]\nwork: []\n";
    fs::write(folder.join("gx/2014.yaml"), notice).unwrap();
    let places = |calendars| Places { calendars, packs: vec![here("tests/pack")], ..places("local-calendar") };
    let alone = Hall::load(&places(folder.clone()), Date::parse("2014-03-31")).err().unwrap().to_string();
    assert!(alone.contains("继承日历「cn」，旁边没有这个文件夹"), "{alone}");

    fs::create_dir_all(folder.join("cn")).unwrap();
    for entry in fs::read_dir(here("../../rules/calendars/cn")).unwrap() {
        let file = entry.unwrap().path();
        fs::copy(&file, folder.join("cn").join(file.file_name().unwrap())).unwrap();
    }
    for calendars in [folder.clone(), folder.join("gx")] {
        assert!(Hall::load(&places(calendars), Date::parse("2014-03-31")).is_ok());
    }
}

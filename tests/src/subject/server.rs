//! `yichuang-server`, one process for all calls.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use yichuang_engine::Date;

use super::{Asks, Bench, Call, Reply, Subject};

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts a server on a free port, where the program is built.
    ///
    /// # Panics
    /// If it does not print its address.
    #[must_use]
    pub fn start(bench: &Bench, packs: &Path, calendar: &Path, today: Date) -> Option<Server> {
        let mut command = Command::new(bench.program("yichuang-server")?);
        command.arg("--packs").arg(packs).arg("--calendars").arg(calendar);
        command.args(["--listen", "127.0.0.1:0", "--today", &today.to_string()]);
        let log = packs.join("server.log");
        let mut child = command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").map(String::from);
        let address = address.unwrap_or_else(|| panic!("no address: {}", fs::read_to_string(&log).unwrap()));
        Some(Server { child, address })
    }

    /// The status and the body of the answer to a posted request.
    fn post(&self, path: &str, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (address, length) = (&self.address, request.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer}"));
        assert!(!head.to_ascii_lowercase().contains("transfer-encoding"), "the length of the body is stated: {head}");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        (status, body.to_owned())
    }
}

impl Subject for Server {
    fn name(&self) -> &'static str {
        "server"
    }

    fn step(&mut self, call: &Call) -> Option<Reply> {
        let path = match call.asks {
            Asks::Decision => "/api/v1/decide",
            Asks::Explanation => "/api/v1/explain",
        };
        let (status, body) = self.post(path, &call.request);
        Some(match status {
            200 => Reply::Decided(body),
            400..=499 => Reply::refused(&serde_json::from_str(&body).unwrap()).unwrap(),
            _ => panic!("{}: status {status}\n{body}", call.name),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is stopped on the way out of a failed test too, where nothing more can be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

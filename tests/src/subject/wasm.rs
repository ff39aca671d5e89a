//! The npm package in node, one process for all calls, speaking JSON lines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use super::{Asks, Bench, Call, Reply, Subject};

/// A running node with the package loaded.
#[derive(Debug)]
pub struct Wasm {
    child: Child,
    questions: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl Wasm {
    /// Starts node, where the package is built.
    ///
    /// # Panics
    /// If node cannot be started.
    #[must_use]
    pub fn start(bench: &Bench) -> Option<Wasm> {
        let (script, package) = bench.package()?;
        let mut command = Command::new("node");
        command.arg(script).env("YICHUANG_WASM_DIR", package);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let questions = child.stdin.take().unwrap();
        let replies = BufReader::new(child.stdout.take().unwrap());
        Some(Wasm { child, questions, replies })
    }
}

impl Subject for Wasm {
    fn name(&self) -> &'static str {
        "wasm"
    }

    fn step(&mut self, call: &Call) -> Option<Reply> {
        let asks = match call.asks {
            Asks::Decision => "decide",
            Asks::Explanation => "explain",
        };
        let question = json!({
            "asks": asks,
            "pack_file": call.pack_file.to_str(),
            "calendar_file": call.calendar_file.to_str(),
            "today": call.today.to_string(),
            "request": call.request,
        });
        writeln!(self.questions, "{question}").unwrap();
        let mut line = String::new();
        self.replies.read_line(&mut line).unwrap();
        let reply: Json =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{}: {error} in `{line}`", call.name));
        if let Some(decision) = reply.get("ok").and_then(Json::as_str) {
            return Some(Reply::Decided(decision.to_owned()));
        }
        let error = reply.get("error").unwrap_or_else(|| panic!("{}: neither ok nor error in `{line}`", call.name));
        Some(Reply::refused(error).unwrap_or_else(|| panic!("{}: no code in `{line}`", call.name)))
    }
}

impl Drop for Wasm {
    fn drop(&mut self) {
        // It is stopped on the way out of a failed test too, where nothing more can be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! `yichuang decide` and `yichuang why`, one process a call.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{Arguments, Bench, Call, Reply, Subject};

/// The command line.
#[derive(Debug)]
pub struct Cli {
    program: PathBuf,
}

impl Cli {
    /// The command line, where it is built.
    #[must_use]
    pub fn start(bench: &Bench) -> Option<Cli> {
        bench.program("yichuang").map(|program| Cli { program })
    }
}

impl Subject for Cli {
    fn name(&self) -> &'static str {
        "command line"
    }

    fn step(&mut self, call: &Call) -> Option<Reply> {
        let Arguments { answers, on, lang, target } = call.arguments.as_ref()?;
        let mut command = Command::new(&self.program);
        command.args(["--lang", lang, "--calendar"]).arg(&call.calendar_file);
        match target {
            Some(target) => command.arg("why").arg(&call.pack_file).arg(target).arg("--json"),
            None => command.arg("decide").arg(&call.pack_file),
        };
        command.args(["--answers", "-", "--on", &on.to_string()]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let (said, complained) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        Some(match output.status.code() {
            Some(0) => Reply::Decided(said.strip_suffix('\n').unwrap().to_owned()),
            Some(2) if said.is_empty() && !complained.is_empty() => Reply::Refused { code: None, place: None },
            _ => panic!("{}: {}\n{complained}", call.name, output.status),
        })
    }
}

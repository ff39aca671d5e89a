//! Subjects: the ways to run a step, which must all answer with the same bytes.

mod cli;
mod native;
mod server;
mod wasm;

use std::env;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use yichuang_engine::Date;

pub use cli::Cli;
pub use native::Native;
pub use server::Server;
pub use wasm::Wasm;

/// One question to all subjects.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is tried, for messages.
    pub name: String,
    /// The compiled pack, a `.ycp` file.
    pub pack_file: PathBuf,
    /// The compiled calendar, a `.ycc` file.
    pub calendar_file: PathBuf,
    /// The day of a request that states none; the same for all calls to one server.
    pub today: Date,
    /// What is asked.
    pub asks: Asks,
    /// The request as text.
    pub request: String,
    /// The same for the command line, which takes no request; absent where it has no such thing.
    pub arguments: Option<Arguments>,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A decision.
    Decision,
    /// Why one result is so.
    Explanation,
}

/// What the command line is given instead of a request.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// The text of the answers.
    pub answers: String,
    /// The day of the request.
    pub on: Date,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// Of an explanation: `item:catering`.
    pub target: Option<String>,
}

/// What a subject replies.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The JSON of a decision or an explanation.
    Decided(String),
    /// The request is refused; with the code and the place of the fault where the subject gives them.
    Refused { code: Option<String>, place: Option<String> },
}

impl Reply {
    /// Whether two subjects said the same: the same bytes, or the same refusal.
    #[must_use]
    pub fn agrees(&self, other: &Reply) -> bool {
        match (self, other) {
            (Reply::Decided(one), Reply::Decided(two)) => one == two,
            (Reply::Refused { code, place }, Reply::Refused { code: other_code, place: other_place }) => {
                same_if_given(code, other_code) && same_if_given(place, other_place)
            }
            (Reply::Decided(_), Reply::Refused { .. }) | (Reply::Refused { .. }, Reply::Decided(_)) => false,
        }
    }

    /// The refusal of a problem document, or of an error of the same shape.
    fn refused(problem: &Json) -> Option<Reply> {
        let text = |key: &str| problem.get(key).and_then(Json::as_str).map(String::from);
        let code = Some(text("code")?);
        Some(Reply::Refused { code, place: text("place") })
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reply::Decided(json) => f.write_str(json),
            Reply::Refused { code, place } => {
                write!(f, "refused: {} at {}", shown(code.as_deref()), shown(place.as_deref()))
            }
        }
    }
}

/// A way to run a step.
pub trait Subject {
    /// What it is called in messages.
    fn name(&self) -> &'static str;

    /// Its reply to a call; `None` where it has no way to put the question.
    fn step(&mut self, call: &Call) -> Option<Reply>;
}

/// What a run of the tests has at hand.
#[derive(Debug)]
pub struct Bench {
    programs: Folder,
    package: Folder,
}

/// Where something that was built is.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Whoever says where it is has built it: then nothing of it may be absent.
    stated: bool,
}

impl Bench {
    /// The programs of `YICHUANG_BIN_DIR` and the npm package of `YICHUANG_WASM_DIR`, or those of
    /// a build beside the running test, which may be absent unless `YICHUANG_ALL_SUBJECTS` is set.
    ///
    /// # Panics
    /// If the running test has no path.
    #[must_use]
    pub fn from_env() -> Bench {
        let profile = env::current_exe().unwrap().ancestors().nth(2).map(Path::to_owned).unwrap();
        let target = profile.parent().map(Path::to_owned).unwrap();
        Bench {
            programs: Folder::from_env("YICHUANG_BIN_DIR", profile),
            package: Folder::from_env("YICHUANG_WASM_DIR", target.join("npm")),
        }
    }

    /// The path of a program; `None`, with a line that says so, where it is not built.
    #[must_use]
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let path = self.programs.path.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        if path.is_file() {
            return Some(path);
        }
        self.programs.lacks(&format!("{name} is not built; run `cargo build -p {}`", package_of(name)));
        None
    }

    /// The npm package and the script that speaks for it, where both are there.
    #[must_use]
    pub fn package(&self) -> Option<(PathBuf, PathBuf)> {
        let script = crate::corpus::repository().join("clients/wasm/corpus.mjs");
        if script.is_file() && self.package.path.join("yichuang.wasm").is_file() {
            return Some((script, self.package.path.clone()));
        }
        self.package.lacks("the npm package is not built; run `cargo xtask wasm`");
        None
    }
}

impl Folder {
    fn from_env(name: &str, otherwise: PathBuf) -> Folder {
        let stated = env::var_os(name).map(PathBuf::from);
        let all_stated = env::var_os("YICHUANG_ALL_SUBJECTS").is_some();
        Folder { stated: all_stated || stated.is_some(), path: stated.unwrap_or(otherwise) }
    }

    /// Says so past the capture of the test runner, so that nothing is skipped in silence.
    fn lacks(&self, why: &str) {
        assert!(!self.stated, "{why}");
        std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
    }
}

fn package_of(program: &str) -> &str {
    match program {
        "yichuang" => "yichuang-cli",
        other => other,
    }
}

fn same_if_given(one: &Option<String>, two: &Option<String>) -> bool {
    one.is_none() || two.is_none() || one == two
}

fn shown(given: Option<&str>) -> &str {
    given.unwrap_or("(not said)")
}

//! Packs and calendars from folders and files.

use std::fs;
use std::path::{Path, PathBuf};

use yichuang_forms::{LoadedBundle, LoadedCalendar, from_ycc, from_ycp};
use yichuang_rules::{
    CompiledCalendar, Diagnostic, Lang, Source, calendar_in, compile, is_template, read_pack, render, sorted,
};

use crate::Failure;

/// What holds for every command.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) lang: Lang,
    pub(crate) calendar: Option<PathBuf>,
}

/// A compiled pack folder with its sources, for spans.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) id: String,
    /// It is there to be extended only.
    pub(crate) is_template: bool,
    pub(crate) bundle: Option<LoadedBundle>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) sources: Vec<Source>,
}

impl Context {
    pub(crate) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The language of decisions and pages.
    pub(crate) fn forms_lang(&self) -> yichuang_forms::Lang {
        match self.lang {
            Lang::Zh => yichuang_forms::Lang::Zh,
            Lang::En => yichuang_forms::Lang::En,
        }
    }

    /// A file that can be opened but not used, with a sentence that says why; `-` is standard input.
    pub(crate) fn unusable(&self, path: &Path, why: &str) -> Failure {
        let stdin = path.as_os_str() == "-";
        let path = path.display();
        Failure::Usage(match (self.lang, stdin) {
            (Lang::Zh, true) => format!("用不了标准输入：{why}"),
            (Lang::Zh, false) => format!("用不了「{path}」：{why}"),
            (Lang::En, true) => format!("cannot use standard input: {why}"),
            (Lang::En, false) => format!("cannot use `{path}`: {why}"),
        })
    }

    fn damaged(&self, path: &Path, error: &yichuang_forms::FileError) -> Failure {
        self.unusable(path, self.forms_lang().pick(&error.message()))
    }

    pub(crate) fn cannot_write(&self, path: &Path, error: &impl std::fmt::Display) -> Failure {
        let path = path.display();
        Failure::Usage(match self.lang {
            Lang::Zh => format!("写不了「{path}」：{error}。"),
            Lang::En => format!("cannot write `{path}`: {error}"),
        })
    }

    /// Refuses a `--calendar` that is not there, also for commands that need none.
    pub(crate) fn check_calendar(&self) -> Result<(), Failure> {
        let Some(path) = &self.calendar else { return Ok(()) };
        fs::metadata(path).map(drop).map_err(|error| self.cannot_read(path, &error))
    }

    pub(crate) fn cannot_read(&self, path: &Path, error: &impl std::fmt::Display) -> Failure {
        let path = path.display();
        Failure::Usage(match self.lang {
            Lang::Zh => format!("读不了「{path}」：{error}。请检查路径。"),
            Lang::En => format!("cannot read `{path}`: {error}; check the path"),
        })
    }

    /// Compiles a pack folder.
    pub(crate) fn compile(&self, folder: &Path) -> Result<Compiled, Failure> {
        if !folder.is_dir() {
            let why = self.say("不是文件夹", "not a folder");
            return Err(self.cannot_read(folder, &why));
        }
        let (id, sources, unreadable) = read_pack(folder);
        if sources.is_empty() && unreadable.is_empty() {
            let why = self.say("里面没有规则文件（*.yaml）", "no rule files (*.yaml) in it");
            return Err(self.cannot_read(folder, &why));
        }
        let (bundle, mut diagnostics) = compile(&id, &sources);
        let refused = unreadable.iter().any(Diagnostic::is_error);
        diagnostics.splice(0..0, unreadable);
        let bundle = bundle.filter(|_| !refused).map(LoadedBundle::new);
        Ok(Compiled { id, is_template: is_template(&sources), bundle, diagnostics, sources: sorted(&sources) })
    }

    /// Prints diagnostics to standard error.
    pub(crate) fn print(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        if !diagnostics.is_empty() {
            eprint!("{}", render(diagnostics, sources, self.lang));
        }
    }

    /// A pack from a folder or a `.ycp` file, which must be without faults and no template.
    pub(crate) fn bundle(&self, path: &Path) -> Result<LoadedBundle, Failure> {
        if path.is_dir() {
            let compiled = self.compile(path)?;
            self.print(&compiled.diagnostics, &compiled.sources);
            let bundle = compiled.bundle.ok_or(Failure::Faults)?;
            if compiled.is_template {
                let why = self.say(
                    "它是模板，只供别的规则包继承。请用继承它的规则包。",
                    "it is a template, which other packs extend; use one of these",
                );
                return Err(self.unusable(path, why));
            }
            return Ok(bundle);
        }
        let bytes = fs::read(path).map_err(|error| self.cannot_read(path, &error))?;
        from_ycp(&bytes).map_err(|error| self.damaged(path, &error))
    }

    /// The calendar of `--calendar`, else the national one.
    pub(crate) fn calendar(&self) -> Result<LoadedCalendar, Failure> {
        if let Some(path) = self.calendar.as_ref().filter(|path| !path.is_dir()) {
            let bytes = fs::read(path).map_err(|error| self.cannot_read(path, &error))?;
            return from_ycc(&bytes).map_err(|error| self.damaged(path, &error));
        }
        self.compiled_calendar(self.calendar.as_deref())
    }

    /// The calendar of the notices in a folder, else the national one.
    pub(crate) fn compiled_calendar(&self, folder: Option<&Path>) -> Result<LoadedCalendar, Failure> {
        let CompiledCalendar { calendar, found } = calendar_in(folder);
        found.iter().for_each(|(sources, diagnostics)| self.print(diagnostics, sources));
        calendar.map(LoadedCalendar::new).ok_or(Failure::Faults)
    }
}

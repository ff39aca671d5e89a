//! Packs, calendars and answers from files.

use std::io::Read as _;
use std::path::Path;

use yichuang_forms::{Lang, LoadedBundle, LoadedCalendar, from_ycc, from_ycp};
use yichuang_rules::{
    CompiledCalendar, Diagnostic, Source, calendar_in, compile, is_template, read_pack, render, sorted,
};

use crate::Failure;

/// Reads files and says what is wrong with them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loader {
    pub(crate) lang: Lang,
}

impl Loader {
    pub(crate) fn usage(self, zh: String, en: String) -> Failure {
        Failure::Usage(match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        })
    }

    /// A file that can be opened but not used, with a sentence that says why; `-` is standard input.
    pub(crate) fn unusable(self, path: &Path, why: &str) -> Failure {
        let name = path.display();
        match path.as_os_str() == "-" {
            true => self.usage(format!("用不了标准输入：{why}"), format!("cannot use standard input: {why}")),
            false => self.usage(format!("用不了「{name}」：{why}"), format!("cannot use `{name}`: {why}")),
        }
    }

    fn cannot_read(self, path: &Path, why: &str) -> Failure {
        let name = path.display();
        self.usage(
            format!("读不了「{name}」：{why}。请检查路径。"),
            format!("cannot read `{name}`: {why}; check the path"),
        )
    }

    /// A text in a file or on standard input, with or without a byte order mark.
    pub(crate) fn text(self, path: &Path) -> Result<String, Failure> {
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(path)
        };
        let bytes = bytes.map_err(|error| self.cannot_read(path, &error.to_string()))?;
        let (zh, en) = ("不是 UTF-8 编码。", "it is not UTF-8");
        let text = String::from_utf8(bytes).map_err(|_| self.unusable(path, self.say(zh, en)))?;
        Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
    }

    /// A pack from a folder or a `.ycp` file, which must be without faults and no template.
    pub(crate) fn bundle(self, path: &Path) -> Result<LoadedBundle, Failure> {
        if !path.is_dir() {
            let bytes = std::fs::read(path).map_err(|error| self.cannot_read(path, &error.to_string()))?;
            return from_ycp(&bytes).map_err(|error| self.unusable(path, self.lang.pick(&error.message())));
        }
        let (id, sources, mut diagnostics) = read_pack(path);
        if sources.is_empty() && diagnostics.is_empty() {
            let why = self.say("里面没有规则文件（*.yaml）", "no rule files (*.yaml) in it");
            return Err(self.cannot_read(path, why));
        }
        let refused = diagnostics.iter().any(Diagnostic::is_error);
        let (bundle, found) = compile(&id, &sources);
        diagnostics.extend(found);
        self.print(&diagnostics, &sorted(&sources));
        let bundle = bundle.filter(|_| !refused).ok_or(Failure::Faults)?;
        if is_template(&sources) {
            let why = self.say(
                "它是模板，只供别的规则包继承。请用继承它的规则包。",
                "it is a template, which other packs extend; use one of these",
            );
            return Err(self.unusable(path, why));
        }
        Ok(LoadedBundle::new(bundle))
    }

    /// The calendar at a path, else the national one.
    pub(crate) fn calendar(self, path: Option<&Path>) -> Result<LoadedCalendar, Failure> {
        if let Some(path) = path.filter(|path| !path.is_dir()) {
            let bytes = std::fs::read(path).map_err(|error| self.cannot_read(path, &error.to_string()))?;
            return from_ycc(&bytes).map_err(|error| self.unusable(path, self.lang.pick(&error.message())));
        }
        let CompiledCalendar { calendar, found } = calendar_in(path);
        found.iter().for_each(|(sources, diagnostics)| self.print(diagnostics, sources));
        calendar.map(LoadedCalendar::new).ok_or(Failure::Faults)
    }

    fn print(self, diagnostics: &[Diagnostic], sources: &[Source]) {
        if !diagnostics.is_empty() {
            let lang = match self.lang {
                Lang::Zh => yichuang_rules::Lang::Zh,
                Lang::En => yichuang_rules::Lang::En,
            };
            eprint!("{}", render(diagnostics, sources, lang));
        }
    }

    fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

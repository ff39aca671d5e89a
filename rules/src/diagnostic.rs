//! What is wrong with a rule file, in both languages, with the place and a way out.

use crate::codes::Code;
use crate::source::Span;

/// A text for people, in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Msg {
    /// Chinese, the default language.
    pub zh: String,
    /// English.
    pub en: String,
}

/// The language of a rendered diagnostic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Whether a pack may still be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The pack is refused.
    Error,
    /// The pack compiles, but something is probably not meant.
    Warning,
}

/// One fault in the rule files (its texts are boxed to keep `Result`s small), made in one expression:
///
/// ```
/// use yichuang_rules::{Code, Diagnostic, SourceId, Span};
/// let span = Span::new(SourceId(0), 3, 9);
/// let diagnostic = Diagnostic::error(Code::YamlSyntax, ("无法读取「甲」", "cannot read `甲`"))
///     .at(span, ("在这里", "here"))
///     .help(("删去它", "remove it"));
/// assert!(diagnostic.is_error());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The fixed code, such as `YC0001`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One terse headline: what is wrong.
    pub message: Box<Msg>,
    /// The place, absent only when the file's text cannot be shown.
    pub span: Option<Span>,
    /// What to say at the place, may be empty.
    pub label: Box<Msg>,
    /// Other places that explain the fault.
    pub labels: Vec<(Span, Msg)>,
    /// What to do.
    pub help: Vec<Msg>,
}

impl Msg {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl<Z: Into<String>, E: Into<String>> From<(Z, E)> for Msg {
    fn from((zh, en): (Z, E)) -> Msg {
        Msg { zh: zh.into(), en: en.into() }
    }
}

impl Diagnostic {
    /// An error with a headline, a pair of Chinese and English.
    pub fn error(code: Code, message: impl Into<Msg>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message.into())
    }

    /// A warning with a headline, a pair of Chinese and English.
    pub fn warning(code: Code, message: impl Into<Msg>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, message.into())
    }

    fn new(code: Code, severity: Severity, message: Msg) -> Diagnostic {
        let (label, labels, help) = (Box::default(), Vec::new(), Vec::new());
        Diagnostic { code, severity, message: Box::new(message), span: None, label, labels, help }
    }

    /// The place of the fault and what to say there.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<Msg>) -> Diagnostic {
        self.span = Some(span);
        self.label = Box::new(label.into());
        self
    }

    /// Another place that explains the fault.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<Msg>) -> Diagnostic {
        self.labels.push((span, label.into()));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Msg>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// `help` with the nearest of the candidates, when one is near.
    #[must_use]
    pub fn suggest<'a>(self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        match nearest(name, candidates) {
            Some(found) => self.help((format!("您是不是想写「{found}」？"), format!("did you mean `{found}`?"))),
            None => self,
        }
    }

    /// Whether the pack is refused because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The candidate that a person most likely meant by `name`, if any is near.
///
/// Counts characters, not bytes, so that one wrong character in a Chinese word of two or three is
/// near; a word that is contained in another (`面积` in `经营面积`) is near too, after all others.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let ranked = candidates.into_iter().filter(|candidate| *candidate != name).filter_map(|candidate| {
        let rank = distance(&wanted, &candidate.to_lowercase())?;
        Some((rank, candidate))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, candidate)| candidate)
}

/// How far two words are from each other: contained words come after similar ones.
fn distance(wanted: &str, candidate: &str) -> Option<(bool, usize)> {
    let longest = wanted.chars().count().max(candidate.chars().count());
    let shortest = wanted.chars().count().min(candidate.chars().count());
    let allowed = if longest < 2 { 0 } else { (longest / 3).max(1) };
    let edits = strsim::damerau_levenshtein(wanted, candidate);
    if edits <= allowed {
        return Some((false, edits));
    }
    let contained = candidate.contains(wanted) || wanted.contains(candidate);
    (contained && shortest >= 2).then_some((true, edits))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, candidates.iter().copied()), expected, "{name}");
    }

    #[test]
    fn nearest_finds_what_was_meant() {
        check("matreials", &["materials", "items"], Some("materials"));
        check("Materials", &["items", "materials"], Some("materials"));
        check("材科", &["名称", "材料", "事项"], Some("材料"));
        check("经营面机", &["经营项目", "经营面积"], Some("经营面积"));
        check("面积", &["人数", "经营面积"], Some("经营面积"));
        check("营经项目", &["经营项目"], Some("经营项目"));
        check("法", &["人"], None);
        check("名称", &["依据", "期限"], None);
        check("a", &[], None);
    }
}

//! Diagnostics as text in rustc's manner: file, line, column, the line itself and what to do.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::source::{Source, SourceId, Span};

/// Renders diagnostics as plain text, separated by an empty line; each ends with a line end.
///
/// A [`Span`] finds its text by the place of its source in `sources`.
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], lang: Lang) -> String {
    render_with(&Renderer::plain(), diagnostics, sources, lang)
}

/// Renders diagnostics with colours for a terminal.
pub fn render_coloured(diagnostics: &[Diagnostic], sources: &[Source], lang: Lang) -> String {
    render_with(&Renderer::styled(), diagnostics, sources, lang)
}

fn render_with(renderer: &Renderer, diagnostics: &[Diagnostic], sources: &[Source], lang: Lang) -> String {
    let rendered = diagnostics.iter().map(|diagnostic| {
        let mut text = renderer.render(&[group(diagnostic, sources, lang)]);
        text.push('\n');
        text
    });
    rendered.collect::<Vec<_>>().join("\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source], lang: Lang) -> Group<'a> {
    let level = match (diagnostic.severity, lang) {
        (Severity::Error, Lang::Zh) => Level::ERROR.with_name("错误"),
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Warning, Lang::Zh) => Level::WARNING.with_name("警告"),
        (Severity::Warning, Lang::En) => Level::WARNING,
    };
    let help = match lang {
        Lang::Zh => Level::HELP.with_name("帮助"),
        Lang::En => Level::HELP,
    };
    let title = level.primary_title(diagnostic.message.get(lang)).id(diagnostic.code.as_str());
    Group::with_title(title)
        .elements(snippets(diagnostic, sources, lang))
        .elements(diagnostic.help.iter().map(|msg| help.clone().message(msg.get(lang))))
}

/// One snippet per source that the diagnostic points at, the primary one first.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source], lang: Lang) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut ids: Vec<SourceId> = Vec::new();
    let places = diagnostic.span.iter().chain(diagnostic.labels.iter().map(|(span, _)| span));
    for place in places {
        if !ids.contains(&place.source) {
            ids.push(place.source);
        }
    }
    let found = ids.into_iter().filter_map(|id| Some((id, sources.get(usize::from(id.0))?)));
    found.map(|(id, source)| snippet(diagnostic, id, source, lang)).collect()
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    id: SourceId,
    source: &'a Source,
    lang: Lang,
) -> Snippet<'a, Annotation<'a>> {
    let annotation = |kind: AnnotationKind, span: Span, label: &'a str| {
        let label = (!label.is_empty()).then_some(label);
        kind.span(fit(span, &source.text)).label(label)
    };
    let primary = diagnostic.span.filter(|span| span.source == id);
    let primary = primary.map(|span| annotation(AnnotationKind::Primary, span, diagnostic.label.get(lang)));
    let context = diagnostic.labels.iter().filter(|(span, _)| span.source == id);
    let context = context.map(|(span, label)| annotation(AnnotationKind::Context, *span, label.get(lang)));
    Snippet::source(source.text.as_str()).path(source.name.as_str()).annotations(primary.into_iter().chain(context))
}

/// The span as a range that surely lies in the text, on character boundaries.
fn fit(span: Span, text: &str) -> std::ops::Range<usize> {
    let floor = |mut offset: usize| {
        offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;

    fn sample() -> (Diagnostic, Vec<Source>) {
        let sources = vec![Source::new("a.yaml", "甲: 1\n乙: 2\n"), Source::new("b.yaml", "丙: 3\n")];
        let diagnostic = Diagnostic::error(Code::DuplicateKey, ("键重复", "duplicate key"))
            .at(Span::new(SourceId(0), 7, 10), ("第二次", "again"))
            .also(Span::new(SourceId(0), 0, 3), ("第一次", "first"))
            .also(Span::new(SourceId(1), 0, 3), ("另见", "see also"))
            .help(("删去一处", "remove one"));
        (diagnostic, sources)
    }

    #[test]
    fn chinese_and_english() {
        let (diagnostic, sources) = sample();
        let both = [diagnostic.clone(), diagnostic];
        let one = "错误[YC0016]: 键重复
 --> a.yaml:2:1
  |
1 | 甲: 1
  | -- 第一次
2 | 乙: 2
  | ^^ 第二次
  |
 ::: b.yaml:1:1
  |
1 | 丙: 3
  | -- 另见
  |
  = 帮助: 删去一处
";
        assert_eq!(render(&both, &sources, Lang::Zh), format!("{one}\n{one}"));
        let english = render(&both[..1], &sources, Lang::En);
        assert!(english.starts_with("error[YC0016]: duplicate key\n --> a.yaml:2:1\n"));
        assert!(english.ends_with("= help: remove one\n"));
    }

    #[test]
    fn colour_is_opt_in() {
        let (diagnostic, sources) = sample();
        assert!(render_coloured(&[diagnostic], &sources, Lang::Zh).contains('\u{1b}'));
    }

    #[test]
    fn a_span_outside_its_text_is_no_panic() {
        let (mut diagnostic, sources) = sample();
        for (start, end) in [(1, 2), (900, 901), (5, 2)] {
            diagnostic.span = Some(Span::new(SourceId(0), start, end));
            assert!(render(std::slice::from_ref(&diagnostic), &sources, Lang::Zh).contains("a.yaml"));
        }
    }
}

use super::{MAX_LAYERS, extended, is_pack_id, is_template};
use crate::{Code, Diagnostic, Lang, Source, compile, render, sorted};

fn file(name: &str, pack: &str) -> Source {
    Source::new(name, &format!("规则包: {{{pack}}}\n"))
}

/// Codes and the rendered text of all that is wrong.
fn faults(sources: &[Source]) -> (Vec<Code>, String) {
    let (bundle, diagnostics) = compile("a/own", sources);
    assert!(bundle.is_none() && diagnostics.iter().any(Diagnostic::is_error));
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    (codes, render(&diagnostics, &sorted(sources), Lang::Zh))
}

#[test]
fn what_a_pack_extends_is_found_in_either_language() {
    for (text, expected) in [
        ("继承: cn/x", Some("cn/x")),
        ("extends: cn/x, 名称: 甲", Some("cn/x")),
        ("名称: 甲", None),
        ("继承: ../x", None),
        ("继承: [cn/x]", None),
        ("继承: /x", None),
        ("继承: ''", None),
    ] {
        assert_eq!(extended(&[file("pack.yaml", text)]).as_deref(), expected, "{text}");
    }
    assert_eq!(extended(&[Source::new("a.csv", "规则包: {继承: cn/x}")]), None);
    assert_eq!(extended(&[Source::new("a.yaml", "规则包: {继承: [")]), None);
}

#[test]
fn an_id_is_a_path_that_leads_nowhere_else() {
    for id in ["cn/three-in-one", "cn", "国家/三证", "a/b/c"] {
        assert!(is_pack_id(id), "{id}");
    }
    for id in ["", "/", "/cn", "cn/", "cn//x", "..", "cn/../x", "./x", "c:/x", "cn\\x", " cn/x", "cn/x\n"] {
        assert!(!is_pack_id(id), "{id}");
    }
}

#[test]
fn a_template_says_so_itself() {
    assert!(is_template(&[file("pack.yaml", "模板: 是")]));
    assert!(is_template(&[file("pack.yaml", "template: true")]));
    assert!(!is_template(&[file("pack.yaml", "模板: 否")]));
    assert!(!is_template(&[file("pack.yaml", "继承: cn/x"), file("cn/x/pack.yaml", "模板: 是")]));
}

#[test]
fn circles_name_the_whole_chain() {
    let own = file("pack.yaml", "继承: b/two");
    let (codes, text) = faults(&[own.clone(), file("b/two/pack.yaml", "继承: a/own")]);
    assert_eq!(codes, [Code::ExtendsCircle]);
    assert!(text.contains("「a/own」 → 「b/two」 → 「a/own」"), "{text}");
    assert!(text.contains("b/two/pack.yaml:1:"), "{text}");
    let more = [own, file("b/two/pack.yaml", "继承: c/three"), file("c/three/pack.yaml", "继承: b/two")];
    assert!(faults(&more).1.contains("「a/own」 → 「b/two」 → 「c/three」 → 「b/two」"));
    assert!(faults(&[file("pack.yaml", "继承: a/own")]).1.contains("「a/own」 → 「a/own」"));
}

#[test]
fn a_chain_has_an_end() {
    let chain = |count: usize| -> Vec<Source> {
        let next = |place: usize| format!("继承: p/{place}");
        let above = (1..count).map(|place| file(&format!("p/{place}/pack.yaml"), &next(place + 1)));
        std::iter::once(file("pack.yaml", &next(1))).chain(above).collect()
    };
    assert_eq!(faults(&chain(MAX_LAYERS - 1)).0, [Code::NoSuchPack]);
    let (codes, text) = faults(&chain(MAX_LAYERS + 3));
    assert_eq!(codes, [Code::TooManyLayers]);
    assert!(text.contains(&format!("p/{}/pack.yaml", MAX_LAYERS - 1)), "{text}");
}

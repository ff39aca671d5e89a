use proptest::prelude::*;
use yichuang_forms::{Element, Tree, el};

use super::model::{Content, Model, ModelNode};
use super::{Dom, Live, adopt, build, patch};

/// A page that shows a tree, with the edits so far forgotten.
fn page(tree: &Element) -> (Model, Live<ModelNode>) {
    let model = Model::default();
    let live = build(&model, &tree.clone().into());
    model.edits.set(0);
    (model, live)
}

/// What a page that was made afresh from a tree would show.
fn fresh(tree: &Element) -> String {
    Model::default().parse(tree).shown()
}

fn show(model: &Model, live: &mut Live<ModelNode>, tree: &Element) {
    assert!(patch(model, live, &tree.clone().into()));
    assert_eq!(live.node.shown(), fresh(tree));
}

fn list(keys: &str) -> Element {
    el("ul").children(keys.chars().map(|key| el("li").key(key).child(el("input").attr("name", key))))
}

fn numbers(node: &ModelNode) -> Vec<usize> {
    node.children().iter().map(ModelNode::number).collect()
}

#[test]
fn what_did_not_change_is_not_touched() {
    let tree = list("abc").child(el("p").class("x").text("字"));
    let (model, mut live) = page(&tree);
    show(&model, &mut live, &tree);
    assert_eq!(model.edits.get(), 0);
    show(&model, &mut live, &list("abc").child(el("p").class("y").text("词")));
    assert_eq!(model.edits.get(), 2);
}

#[test]
fn a_node_goes_with_its_key() {
    let (model, mut live) = page(&list("abcd"));
    let before = numbers(&live.node);
    show(&model, &mut live, &list("dxb"));
    let after = numbers(&live.node);
    assert_eq!((after[0], after[2]), (before[3], before[1]));
    assert!(!before.contains(&after[1]));
}

#[test]
fn a_node_without_key_stays_when_another_kind_comes_before_it() {
    let (model, mut live) = page(&el("div").child(el("p")).child(el("input")));
    let input = live.node.children()[1].number();
    show(&model, &mut live, &el("div").child(el("p")).child(el("ul")).child(el("input")));
    assert_eq!(live.node.children()[2].number(), input);
    show(&model, &mut live, &el("div").child(el("input")));
    assert_eq!(live.node.children()[0].number(), input);
}

#[test]
fn the_child_with_the_focus_is_not_moved() {
    for (before, after) in [("abc", "cba"), ("abcd", "dbca"), ("ab", "bxa"), ("abc", "bca")] {
        for at in 0..before.len() {
            let (model, mut live) = page(&list(before));
            let (child, input) = (live.node.children()[at].clone(), live.node.children()[at].children()[0].clone());
            model.focus.set(Some(input.number()));
            show(&model, &mut live, &list(after));
            let gone = !after.contains(before.chars().nth(at).unwrap());
            assert_eq!(model.moved.borrow().contains(&child.number()), gone, "{before} {after} {at}");
        }
    }
}

#[test]
fn the_field_with_the_focus_keeps_its_text_and_others_get_theirs() {
    let field = |value: &str| el("form").child(el("input").attr("type", "text").attr("value", value));
    let (model, mut live) = page(&field(""));
    let input = live.node.children()[0].clone();
    let value = |node: &ModelNode| {
        node.with(|content| match content {
            Content::Element { value, .. } => value.clone(),
            _ => String::new(),
        })
    };
    model.focus.set(Some(input.number()));
    model.set_attr(&input, "value", "zhang");
    assert!(patch(&model, &mut live, &field("张").into()));
    assert_eq!(value(&input), "zhang");
    model.focus.set(None);
    assert!(patch(&model, &mut live, &field("张").into()));
    assert_eq!(value(&input), "张");
}

#[test]
fn a_radio_button_is_what_the_tree_says_whatever_was_clicked() {
    let tree = |on: bool| el("form").child(el("input").attr("type", "radio").flag("checked", on));
    let (model, mut live) = page(&tree(false));
    model.set_checked(&live.node.children()[0], true);
    show(&model, &mut live, &tree(false));
    show(&model, &mut live, &tree(true));
}

#[test]
fn a_page_of_the_server_is_taken_over_node_by_node() {
    let model = Model::default();
    let tree = list("ab").text("一").text("").text("窗").child(el("details").text("为什么"));
    let node = model.parse(&tree);
    let before = numbers(&node);
    let details = node.children()[3].clone();
    model.set_attr(&details, "open", "");
    node.with(|content| {
        if let Content::Element { children, .. } = content {
            children.insert(1, model.comment());
        }
    });
    model.edits.set(0);
    let mut live = adopt(&model, &node, &tree.clone().into()).unwrap();
    assert_eq!(model.edits.get(), 0);
    assert!(numbers(&node).iter().filter(|number| before.contains(number)).count() == before.len());
    assert!(patch(&model, &mut live, &tree.class("x").into()));
    assert!(details.shown().contains("open"));
    assert!(adopt(&model, &node, &el("form").into()).is_none());
}

#[test]
fn another_root_is_left_to_the_caller() {
    let (model, mut live) = page(&el("form"));
    assert!(!patch(&model, &mut live, &el("div").into()));
    assert!(!patch(&model, &mut live, &Tree::Text("字".into())));
    assert_eq!(model.edits.get(), 0);
}

fn any_element() -> impl Strategy<Value = Element> {
    let tag = prop::sample::select(vec!["p", "li", "input", "section"]);
    let class = prop::option::of("[ab]");
    let name = prop::sample::select(vec!["checked", "value", "title", "type"]);
    let leaf =
        (tag, class, prop::collection::btree_map(name, "radio|text|[xy]?", 0..3)).prop_map(|(tag, class, attrs)| {
            let element = attrs.into_iter().fold(el(tag), |element, (name, value)| element.attr(name, value));
            element.attr_if("class", class)
        });
    leaf.prop_recursive(4, 60, 7, |inner| {
        let child = prop_oneof![
            3 => (inner, prop::option::of("[a-f]")).prop_map(|(mut child, key): (Element, Option<String>)| {
                child.key = key;
                Tree::Element(child)
            }),
            1 => "[字 ]{0,2}".prop_map(Tree::Text),
        ];
        (prop::sample::select(vec!["ul", "div"]), prop::collection::vec(child, 0..8))
            .prop_map(|(tag, children)| el(tag).children(children))
    })
}

/// Trees with the same root, so that one can become the other.
fn any_page() -> impl Strategy<Value = Element> {
    prop::collection::vec(any_element(), 0..4).prop_map(|children| el("form").children(children))
}

proptest! {
    #[test]
    fn a_patched_page_shows_the_new_tree(trees in prop::collection::vec(any_page(), 2..5)) {
        let (model, mut live) = page(&trees[0]);
        for tree in &trees {
            show(&model, &mut live, tree);
            model.edits.set(0);
            show(&model, &mut live, tree);
            prop_assert_eq!(model.edits.get(), 0);
        }
    }

    #[test]
    fn a_page_that_was_taken_over_shows_the_tree(found in any_page(), first in any_page(), second in any_page()) {
        let model = Model::default();
        let node = model.parse(&found);
        let mut live = adopt(&model, &node, &first.clone().into()).unwrap();
        prop_assert_eq!(node.shown(), fresh(&first));
        show(&model, &mut live, &second);
        let number = node.number();
        prop_assert_eq!(live.node.number(), number);
    }

    #[test]
    fn the_focus_is_lost_only_with_its_node(first in any_page(), second in any_page(), at: prop::sample::Index) {
        let (model, mut live) = page(&first);
        let all = live.node.all();
        let focused = all[at.index(all.len())].number();
        model.focus.set(Some(focused));
        prop_assert!(patch(&model, &mut live, &second.into()));
        if live.node.all().iter().any(|node| node.number() == focused) {
            let moved = model.moved.borrow().clone();
            let holders: Vec<ModelNode> = live.node.all().into_iter().filter(|node| model.holds_focus(node)).collect();
            prop_assert!(holders.iter().all(|node| !moved.contains(&node.number())));
        }
    }
}

//! Whether a formatted file says the same as before.

use super::comments::comments;
use super::expr::{Role, same as same_expression};
use crate::source::SourceId;
use crate::yaml::{self, Node, NodeKind};

/// Whether the texts, lists, mappings and comments are the same in the same order; quotes, brackets
/// and the space within expressions may differ.
pub(super) fn same(before: &Node, text: &str, formatted: &str) -> bool {
    let (Some(after), _) = yaml::parse(SourceId(0), formatted) else { return false };
    let words = |text| comments(text).iter().map(|comment| comment.text.to_owned()).collect::<Vec<_>>();
    same_tree(before, &after, Role::Words) && words(text) == words(formatted)
}

fn same_tree(before: &Node, after: &Node, role: Role) -> bool {
    if before.is_absent() != after.is_absent() {
        return false;
    }
    match (&before.kind, &after.kind) {
        (NodeKind::Scalar { text: a, .. }, NodeKind::Scalar { text: b, .. }) => {
            a == b || role == Role::Expression && same_expression(a, b)
        }
        (NodeKind::Sequence(a), NodeKind::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_tree(a, b, role))
        }
        (NodeKind::Mapping(a), NodeKind::Mapping(b)) => {
            let same = |(a, b): (&yaml::Entry, &yaml::Entry)| {
                a.key == b.key && same_tree(&a.value, &b.value, role.below(&a.key))
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::source::SourceId;
    use crate::yaml::parse;

    #[track_caller]
    fn check(before: &str, after: &str, expected: bool) {
        let (root, _) = parse(SourceId(0), before);
        assert_eq!(same(&root.unwrap(), before, after), expected, "{before}\n{after}");
    }

    #[test]
    fn only_what_nobody_reads_may_differ() {
        check("{a: 1, 条件: 甲>=1}", "a: '1'\n条件: \"甲 >= 1\"\n", true);
        check("a: [1, 2]  # c", "# c\na:\n  - 1\n  - 2\n", true);
        for lost in ["a: 2", "b: 1", "a: [1]", "a:", "a: 1\nb: 1", "", "a: 1: 1", "{a: 1}\n# c"] {
            check("a: 1", lost, false);
        }
        check("a: 甲>=1", "a: 甲 >= 1", false);
        check("条件: 甲 - 1", "条件: 甲 -  2", false);
        check("填报: {条件: a-b}", "填报: {条件: a - b}", false);
        check("# a\n# b\nx: 1", "# b\n# a\nx: 1", false);
        check("x: 1 # a", "x: 1", false);
        check("a: ''", "a:", false);
    }
}

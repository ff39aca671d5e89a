//! A [`Tree`] as HTML text.

use alloc::string::String;

use crate::{Element, Tree};

/// Elements that have no end tag (HTML Living Standard, void elements).
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];

/// Writes a tree as HTML; every text and attribute is escaped.
#[must_use]
pub fn html(tree: &Tree) -> String {
    let mut out = String::new();
    write(tree, &mut out);
    out
}

/// Writes a tree whose root is `html` as a whole document.
#[must_use]
pub fn document(tree: &Tree) -> String {
    let mut out = String::from("<!doctype html>\n");
    write(tree, &mut out);
    out.push('\n');
    out
}

fn write(tree: &Tree, out: &mut String) {
    match tree {
        Tree::Text(text) => escape(text, out),
        Tree::Element(element) => write_element(element, out),
    }
}

fn write_element(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.tag);
    let is_area = element.tag == "textarea";
    for (name, value) in element.attrs.iter().filter(|(name, _)| !(is_area && *name == "value")) {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        } else if !is_boolean(name) {
            out.push_str("=\"\"");
        }
    }
    out.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    if is_area {
        // A parser drops the first line end.
        out.push('\n');
        escape(element.get("value").unwrap_or_default(), out);
    }
    element.children.iter().for_each(|child| write(child, out));
    out.push_str("</");
    out.push_str(element.tag);
    out.push('>');
}

/// Attributes that are written without `=""`.
fn is_boolean(name: &str) -> bool {
    matches!(name, "autofocus" | "checked" | "disabled" | "hidden" | "open" | "required" | "novalidate" | "reversed")
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A control character is not allowed in HTML; U+FFFD shows that something was there.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::el;

    #[test]
    fn text_and_attributes_are_escaped() {
        let tree = el("p").attr("title", "\"'<&>").text("</script><!-- & \u{1} 'x'").into();
        assert_eq!(
            html(&tree),
            "<p title=\"&quot;&#39;&lt;&amp;&gt;\">&lt;/script&gt;&lt;!-- &amp; \u{fffd} &#39;x&#39;</p>"
        );
    }

    #[test]
    fn the_value_of_a_text_of_several_lines_is_its_content() {
        let tree = el("textarea").attr("name", "a").attr("value", "\n一<b>\n二").into();
        assert_eq!(html(&tree), "<textarea name=\"a\">\n\n一&lt;b&gt;\n二</textarea>");
    }

    #[test]
    fn void_elements_and_boolean_attributes_have_their_own_form() {
        let tree = el("input").flag("checked", true).attr("value", "").into();
        assert_eq!(html(&tree), "<input checked value=\"\">");
        assert_eq!(html(&el("div").into()), "<div></div>");
        assert_eq!(document(&el("html").text("字").into()), "<!doctype html>\n<html>字</html>\n".to_string());
    }
}

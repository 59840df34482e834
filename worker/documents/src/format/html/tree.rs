//! Questions to the tree of an HTML page.

use std::rc::Rc;

use markup5ever_rcdom::{Node, NodeData};

use crate::error::Error;
use crate::limits::Limits;

/// Elements whose content is no text of the document.
const SILENT: [&str; 13] = [
    "head", "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video",
    "datalist", "rp",
];

/// Walks recurse once per level, so the depth is checked before them, without recursion.
pub(super) fn check_nesting(tree: &Rc<Node>, limits: &Limits) -> Result<(), Error> {
    let mut open = vec![(Rc::clone(tree), 0)];
    while let Some((node, depth)) = open.pop() {
        limits.check_nesting(depth)?;
        open.extend(node.children.borrow().iter().map(|child| (Rc::clone(child), depth + 1)));
    }
    Ok(())
}

/// How deep the last of the last children lies, which is where a parser is at work.
pub(super) fn depth_of_last(tree: &Rc<Node>) -> usize {
    let last = |node: &Rc<Node>| node.children.borrow().last().cloned();
    std::iter::successors(last(tree), last).count()
}

/// The name of an element.
pub(super) fn tag(node: &Node) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&*name.local),
        _ => None,
    }
}

/// The value of an attribute.
pub(super) fn attribute(node: &Node, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

/// The children that are one of these elements.
pub(super) fn children(node: &Node, tags: &[&str]) -> Vec<Rc<Node>> {
    node.children.borrow().iter().filter(|child| tag(child).is_some_and(|tag| tags.contains(&tag))).cloned().collect()
}

/// The first such element among the children and theirs.
pub(super) fn find(node: &Rc<Node>, wanted: &str) -> Option<Rc<Node>> {
    let children = node.children.borrow();
    let found = children.iter().find(|child| tag(child) == Some(wanted)).cloned();
    found.or_else(|| children.iter().find_map(|child| find(child, wanted)))
}

/// All such elements below, in order.
pub(super) fn find_all(node: &Rc<Node>, wanted: &str, found: &mut Vec<Rc<Node>>) {
    for child in node.children.borrow().iter() {
        if tag(child) == Some(wanted) {
            found.push(Rc::clone(child));
        }
        find_all(child, wanted, found);
    }
}

/// All text below, as it is in the source, `br` as a line feed.
pub(super) fn source_text(node: &Rc<Node>, text: &mut String) {
    match &node.data {
        NodeData::Text { contents } => text.push_str(&contents.borrow()),
        _ if is_silent(node) => {}
        _ if tag(node) == Some("br") => text.push('\n'),
        _ => node.children.borrow().iter().for_each(|child| source_text(child, text)),
    }
}

/// Whether nobody sees what is in an element: it holds no text of the page, or it hides it. Rules of style sheets are
/// not followed. What is hidden from screen readers only is seen.
pub(super) fn is_silent(node: &Node) -> bool {
    tag(node).is_some_and(|tag| SILENT.contains(&tag)) || is_hidden(node)
}

fn is_hidden(node: &Node) -> bool {
    if attribute(node, "hidden").is_some() {
        return true;
    }
    let style: String = attribute(node, "style").unwrap_or_default().split_whitespace().collect();
    let style = style.to_ascii_lowercase();
    ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|rule| style.contains(rule))
}

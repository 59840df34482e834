//! HTML to Markdown. Scripts, styles and the head are dropped, pictures leave their alternative text, and tables are
//! written in the asked format.

mod table;

use std::sync::{Arc, OnceLock};

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown, Node};

use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;
use crate::render;

/// Elements whose content is no text of the document.
const SILENT: [&str; 11] =
    ["head", "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video"];

/// Renders a page as Markdown.
pub(crate) fn parse(html: &str, format: TableFormat, limits: &Limits) -> Result<String, Error> {
    // Handlers cannot fail, so the first table over a limit leaves its error here.
    let refused = Arc::new(OnceLock::new());
    let converter = converter(format, *limits, Arc::clone(&refused));
    let invalid = |error: std::io::Error| Error::Invalid { media_type: "text/html", reason: error.to_string() };
    let tree = converter.html_to_tree(html).map_err(invalid)?;
    check_nesting(&tree, limits)?;
    let text = converter.tree_to_markdown(&tree);
    if let Some(error) = refused.get() {
        return Err(error.clone());
    }
    limits.check_text_bytes(text.len())?;
    Ok(text.trim().to_owned())
}

fn converter(format: TableFormat, limits: Limits, refused: Arc<OnceLock<Error>>) -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        hr_style: HrStyle::Dashes,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(SILENT.to_vec())
        .add_handler(vec!["img"], |_: &dyn Handlers, element: Element<'_>| {
            Some(HandlerResult::from(table::attribute(element.node, "alt").unwrap_or_default()))
        })
        .add_handler(vec!["table"], move |handlers: &dyn Handlers, element: Element<'_>| {
            if table::is_for_layout(element.node) {
                return Some(block(&handlers.walk_children(element.node).content));
            }
            let rendered = table::read(element.node, &limits)
                .and_then(|table| render::TextSink::collect(&limits, |out| render::table::write(out, &table, format)));
            let text = rendered.unwrap_or_else(|error| {
                refused.get_or_init(|| error);
                String::new()
            });
            Some(block(&text))
        })
        .build()
}

fn block(content: &str) -> HandlerResult {
    HandlerResult::from(format!("\n\n{content}\n\n"))
}

/// Conversion recurses once per level, so the depth is checked before it, without recursion.
fn check_nesting(tree: &std::rc::Rc<Node>, limits: &Limits) -> Result<(), Error> {
    let mut open = vec![(std::rc::Rc::clone(tree), 0)];
    while let Some((node, depth)) = open.pop() {
        limits.check_nesting(depth)?;
        open.extend(node.children.borrow().iter().map(|child| (std::rc::Rc::clone(child), depth + 1)));
    }
    Ok(())
}

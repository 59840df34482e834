//! HTML: a walk over its tree. Scripts, styles, the head and what is hidden are dropped, pictures leave their
//! alternative text, links their address.

mod inline;
mod table;
mod tree;
mod walk;

use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{NodeData, RcDom};

use crate::document::Page;
use crate::error::Error;
use crate::limits::Limits;

/// How much is parsed between two looks at how deep the parser is. It looks through all open elements for many tags, so
/// nesting costs it the square of the depth; in so many bytes it gets 13 000 levels deep at the most.
const PARSED_AT_ONCE: usize = 64 << 10;

/// Reads a page. Its title is that of the document.
pub(crate) fn read(html: &str, limits: &Limits) -> Result<Page, Error> {
    let dom = parse(html, limits)?;
    tree::check_nesting(&dom.document, limits)?;
    let blocks = walk::blocks(&dom.document, limits)?;
    Ok(Page { title: title(&dom), ..Page::of_blocks(blocks) })
}

fn parse(html: &str, limits: &Limits) -> Result<RcDom, Error> {
    let mut parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let (next, behind) = rest.split_at(rest.floor_char_boundary(PARSED_AT_ONCE));
        parser.process(next.into());
        limits.check_nesting(tree::depth_of_last(&parser.tokenizer.sink.sink.document))?;
        rest = behind;
    }
    Ok(parser.finish())
}

fn title(dom: &RcDom) -> Option<String> {
    let head = tree::find(&dom.document, "head")?;
    let title = tree::find(&head, "title")?;
    let children = title.children.borrow();
    let NodeData::Text { contents } = &children.first()?.data else { return None };
    let words: Vec<String> = contents.borrow().split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

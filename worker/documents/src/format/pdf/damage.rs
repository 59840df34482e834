//! What a file refers to and does not hold.
//!
//! The interpreter takes what it cannot read for nothing at all: a page whose content is lost comes out blank, one whose
//! entry in the tree of pages is lost does not come out. Nobody would notice, so such a file is refused. An object that
//! is lost and that no page needs is none of our business: sloppy writers list objects that they then leave out.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;

use super::invalid;
use crate::error::Error;

/// The most nodes of the tree of pages and references of pages that are followed: a page has some ten.
const MAX_FOLLOWED: usize = 1_000_000;

/// Refuses a file that lacks objects which its pages need. Costs half a hundredth of what reading the pages does, more
/// only if something is lost.
pub(super) fn check(pdf: &Pdf) -> Result<(), Error> {
    let listed = pdf.len();
    let held = pdf.objects().into_iter().count();
    if held >= listed {
        return Ok(());
    }
    let mut walk = Walk { pdf, seen: HashSet::new(), lost: 0 };
    walk.tree();
    for page in pdf.pages().iter() {
        walk.page(page);
    }
    if walk.lost == 0 {
        return Ok(());
    }
    let missing = listed - held;
    Err(invalid(&format!(
        "{missing} of the {listed} objects that its cross-reference lists cannot be read, {} of them needed by its pages",
        walk.lost
    )))
}

/// Refuses a page whose content is there and cannot be decoded. What is damaged midway is decoded to there, as all
/// readers do; of a page on which nothing was drawn the checksum says whether that is so by intent.
pub(super) fn check_page(page: &Page<'_>, number: usize, is_blank: bool) -> Result<(), Error> {
    let dict = page.raw();
    let is_lost = |part: &Stream<'_>| match part.decoded_data() {
        Ok(decoded) => is_blank && !is_intact(part, &decoded),
        Err(_) => true,
    };
    let any_lost = match dict.get::<Stream<'_>>("Contents") {
        Some(_) if !is_blank => page.page_stream().is_none(),
        Some(only) => is_lost(&only),
        // The parts that cannot be decoded are left out of the page's content without a word.
        None => dict.get::<Array<'_>>("Contents").is_some_and(|parts| parts.iter().any(|part| is_lost(&part))),
    };
    if any_lost { Err(invalid(&format!("the content of page {number} cannot be decoded"))) } else { Ok(()) }
}

/// Whether a compressed stream ends with the checksum of what it was decoded to; some writers add a line end.
fn is_intact(stream: &Stream<'_>, decoded: &[u8]) -> bool {
    let dict = stream.dict();
    let is_plain = dict.get::<Name<'_>>("Filter").is_some_and(|filter| filter.as_str() == "FlateDecode");
    if !is_plain || dict.contains_key("DecodeParms") {
        return true;
    }
    let raw = stream.raw_data();
    let end = raw.get(raw.len().saturating_sub(6)..).unwrap_or_default();
    end.windows(4).any(|sum| sum == adler32(decoded).to_be_bytes())
}

/// RFC 1950, section 9.
fn adler32(bytes: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    // The most bytes whose sums cannot overflow.
    const STEP: usize = 5_552;
    let (mut one, mut two) = (1_u32, 0_u32);
    for part in bytes.chunks(STEP) {
        for &byte in part {
            one += u32::from(byte);
            two += one;
        }
        one %= BASE;
        two %= BASE;
    }
    two << 16 | one
}

struct Walk<'p> {
    pdf: &'p Pdf,
    seen: HashSet<ObjRef>,
    lost: usize,
}

impl<'p> Walk<'p> {
    /// The entries of the tree of pages.
    fn tree(&mut self) {
        let root = self.pdf.xref().get::<Dict<'_>>(self.pdf.xref().root_id());
        let mut open: Vec<Dict<'p>> = root.and_then(|root| self.dict(&root, "Pages")).into_iter().collect();
        while let Some(node) = open.pop() {
            let Some(kids) = node.get::<Array<'_>>("Kids") else { continue };
            for kid in kids.raw_iter() {
                open.extend(self.follow(kid).and_then(Object::into_dict));
            }
        }
    }

    /// What a page is drawn with: its content, its fonts and the forms and pictures on it.
    fn page(&mut self, page: &Page<'p>) {
        let dict = page.raw();
        if let Some(contents) = dict.get_raw::<Object<'_>>("Contents")
            && let Some(Object::Array(parts)) = self.follow(contents)
        {
            for part in parts.raw_iter() {
                self.follow(part);
            }
        }
        let Some(resources) = self.dict(dict, "Resources") else { return };
        for kind in ["Font", "XObject"] {
            let Some(entries) = self.dict(&resources, kind) else { continue };
            for (_, entry) in entries.entries() {
                self.follow(entry);
            }
        }
    }

    fn dict(&mut self, dict: &Dict<'p>, key: &str) -> Option<Dict<'p>> {
        self.follow(dict.get_raw::<Object<'_>>(key)?)?.into_dict()
    }

    /// What is referred to, the first time that it is; counts it if it is lost.
    fn follow(&mut self, value: MaybeRef<Object<'p>>) -> Option<Object<'p>> {
        let reference = match value {
            MaybeRef::NotRef(object) => return Some(object),
            MaybeRef::Ref(reference) => reference,
        };
        if self.seen.len() >= MAX_FOLLOWED || !self.seen.insert(reference) {
            return None;
        }
        let object = self.pdf.xref().get::<Object<'_>>(reference.into());
        self.lost += usize::from(object.is_none());
        object
    }
}

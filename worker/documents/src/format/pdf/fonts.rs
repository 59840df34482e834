//! Whether the fonts of a page can be told apart.
//!
//! Of a glyph the interpreter tells by which font program it is drawn, and not which font of the file it is in. Two fonts
//! may share a program and mean different letters by the same code. Where no two fonts do, the program tells the font,
//! and what its codes mean need not be looked up again for every run.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::FontQuery;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// The most fonts, pictures and annotations of a page that are looked at; beyond, its fonts are not told apart.
const MAX_ENTRIES: usize = 64;

/// What is known of the fonts of a file.
#[derive(Debug)]
pub(super) struct Fonts {
    /// The programs that each font holds.
    programs: HashMap<ObjRef, Vec<ObjRef>>,
    /// Whether each picture is one, and not a form with fonts of its own.
    pictures: HashMap<ObjRef, bool>,
    substituted: Arc<AtomicBool>,
}

/// Whether the program of a glyph tells its font, as far as is known: programs that stand in for those that a file lacks
/// may be shared.
#[derive(Debug, Clone)]
pub(super) struct Apart(Option<Arc<AtomicBool>>);

impl Apart {
    /// Of no page.
    pub(super) fn unknown() -> Self {
        Self(None)
    }

    pub(super) fn holds(&self) -> bool {
        self.0.as_ref().is_some_and(|substituted| !substituted.load(Ordering::Relaxed))
    }
}

impl Fonts {
    /// Watches for which fonts the interpreter asks.
    pub(super) fn new(settings: &mut InterpreterSettings) -> Self {
        let substituted = Arc::new(AtomicBool::new(false));
        let (resolver, seen) = (Arc::clone(&settings.font_resolver), Arc::clone(&substituted));
        settings.font_resolver = Arc::new(move |query| {
            // The program of a standard font is not given away with its glyphs.
            if matches!(query, FontQuery::Fallback(_)) {
                seen.store(true, Ordering::Relaxed);
            }
            resolver(query)
        });
        Self { programs: HashMap::new(), pictures: HashMap::new(), substituted }
    }

    /// Whether no two fonts that this page can be drawn with share a program.
    pub(super) fn of(&mut self, page: &Page<'_>) -> Apart {
        let are_apart = self.are_apart(page);
        Apart(are_apart.then(|| Arc::clone(&self.substituted)))
    }

    fn are_apart(&mut self, page: &Page<'_>) -> bool {
        let resources = page.resources();
        let mut owners: HashMap<ObjRef, ObjRef> = HashMap::new();
        for (count, (_, entry)) in resources.fonts.entries().enumerate() {
            let MaybeRef::Ref(font) = entry else { return false };
            if count == MAX_ENTRIES {
                return false;
            }
            let programs = self.programs.entry(font).or_insert_with(|| programs(page, font));
            if programs.iter().any(|program| *owners.entry(*program).or_insert(font) != font) {
                return false;
            }
        }
        for (count, (_, entry)) in resources.x_objects.entries().enumerate() {
            let MaybeRef::Ref(drawn) = entry else { return false };
            let is_picture = || page.xref().get::<Stream<'_>>(drawn.into()).is_some_and(|stream| is_picture(&stream));
            if count == MAX_ENTRIES || !*self.pictures.entry(drawn).or_insert_with(is_picture) {
                return false;
            }
        }
        !has_appearances(page)
    }
}

fn is_picture(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Image")
}

/// Whether annotations are drawn, which bring fonts of their own.
fn has_appearances(page: &Page<'_>) -> bool {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return false };
    let mut seen = annotations.iter::<Dict<'_>>().take(MAX_ENTRIES + 1);
    seen.by_ref().take(MAX_ENTRIES).any(|annotation| annotation.contains_key("AP")) || seen.next().is_some()
}

/// The programs that are in a font: one, if any.
fn programs(page: &Page<'_>, font: ObjRef) -> Vec<ObjRef> {
    let Some(font) = page.xref().get::<Dict<'_>>(font.into()) else { return Vec::new() };
    let parts = font.get::<Array<'_>>("DescendantFonts");
    let parts = parts.iter().flat_map(|parts| parts.iter::<Dict<'_>>().take(MAX_ENTRIES));
    std::iter::once(font.clone())
        .chain(parts)
        .filter_map(|part| part.get::<Dict<'_>>("FontDescriptor"))
        .flat_map(|descriptor| {
            ["FontFile", "FontFile2", "FontFile3"].map(|kind| match descriptor.get_raw::<Object<'_>>(kind) {
                Some(MaybeRef::Ref(program)) => Some(program),
                _ => None,
            })
        })
        .flatten()
        .collect()
}

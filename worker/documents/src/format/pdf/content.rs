//! What is drawn on one page.

use super::direction::Direction;
use super::hidden;
use crate::document::{Block, Size};
use crate::error::Error;
use crate::layout::{self, Fragment, Rule};
use crate::limits::Limits;

/// The content of a page, upright: in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageContent {
    pub(crate) size: Size,
    /// Text that is painted and runs to the right.
    pub(crate) fragments: Vec<Fragment>,
    /// Text that is painted and runs another way, each in the places of the page turned upright for it.
    pub(crate) turned: Vec<(Direction, Vec<Fragment>)>,
    /// Text that is there and not painted: what a scanner's software recognised.
    pub(crate) hidden: Vec<Fragment>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) images: Vec<ImagePlace>,
    /// Glyphs drawn of which the file says which characters they are.
    pub(crate) readable_glyphs: u32,
    /// Glyphs drawn of which it does not.
    pub(crate) unreadable_glyphs: u32,
}

/// Where a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ImagePlace {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

impl PageContent {
    /// Whether nothing is drawn that is kept.
    pub(crate) fn is_blank(&self) -> bool {
        self.readable_glyphs == 0 && self.unreadable_glyphs == 0 && self.rules.is_empty() && self.images.is_empty()
    }

    /// The blocks of the page: what runs to the right, then what runs another way.
    pub(crate) fn into_blocks(self, limits: &Limits) -> Result<Vec<Block>, Error> {
        let Self { size, mut fragments, turned, hidden, rules, .. } = self;
        fragments.extend(hidden::uncovered(hidden, &fragments));
        let letters = |fragments: &[Fragment]| fragments.iter().map(|fragment| fragment.words.len()).sum::<usize>();
        let upright = letters(&fragments);
        let mut blocks = layout::blocks(fragments, &rules, size, limits)?;
        for (direction, fragments) in turned {
            // A table on its side takes the page over; a note in the margin has no part in the rules.
            let owns_rules = letters(&fragments) > upright;
            let rules: Vec<Rule> = rules.iter().filter(|_| owns_rules).copied().collect();
            let rules: Vec<Rule> = rules.into_iter().map(|rule| direction.turned_rule(rule, size)).collect();
            let mut more = layout::blocks(fragments, &rules, direction.turned_size(size), limits)?;
            direction.turn_back(&mut more);
            blocks.extend(more);
        }
        Ok(blocks)
    }
}

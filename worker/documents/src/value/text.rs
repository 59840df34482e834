//! A line cut into what values are made of: runs of letters, of digits, and single signs.

/// A line and its pieces.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Runs of letters, runs of digits, single signs and single spaces, in order, without gaps.
    pub(super) pieces: Vec<Piece>,
    /// What stands between spaces, in pieces: first and after the last.
    pub(super) chunks: Vec<(usize, usize)>,
}

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letters,
    Digits,
    /// An ordinary space, or a tab.
    Space,
    /// A space that no line is broken at, or a thin one: what stands between groups of digits.
    Joint,
    Sign(char),
}

/// A piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) class: Class,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Line<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 3 + 1);
        for (start, sign) in text.char_indices() {
            let (class, end) = (class(sign), start + sign.len_utf8());
            match pieces.last_mut() {
                Some(last) if last.class == class && matches!(class, Class::Letters | Class::Digits) => last.end = end,
                _ => pieces.push(Piece { class, start, end }),
            }
        }
        let mut chunks = Vec::new();
        let mut first = None;
        for (index, piece) in pieces.iter().enumerate() {
            match (piece.class == Class::Space, first) {
                (true, Some(start)) => {
                    chunks.push((start, index));
                    first = None;
                }
                (false, None) => first = Some(index),
                _ => {}
            }
        }
        chunks.extend(first.map(|start| (start, pieces.len())));
        Self { text, pieces, chunks }
    }

    /// The text of the piece with that number; nothing beyond the ends.
    pub(super) fn piece(&self, index: usize) -> &'t str {
        self.pieces.get(index).map_or("", |piece| self.slice(piece.start, piece.end))
    }

    pub(super) fn class(&self, index: usize) -> Option<Class> {
        self.pieces.get(index).map(|piece| piece.class)
    }

    pub(super) fn is_sign(&self, index: usize, signs: &str) -> bool {
        matches!(self.class(index), Some(Class::Sign(sign)) if signs.contains(sign))
    }

    /// The number that the piece is, if it is digits, at most `most` of them.
    pub(super) fn digits(&self, index: usize, most: usize) -> Option<u32> {
        let text = self.piece(index);
        (self.class(index) == Some(Class::Digits) && text.len() <= most.min(9)).then(|| text.parse().ok()).flatten()
    }

    /// The number of the first piece from there that is no space.
    pub(super) fn after_spaces(&self, mut index: usize) -> usize {
        while matches!(self.class(index), Some(Class::Space | Class::Joint)) {
            index += 1;
        }
        index
    }

    /// The number of the piece, or of the one behind it if it is a space.
    pub(super) fn after_one_space(&self, index: usize) -> usize {
        index + usize::from(matches!(self.class(index), Some(Class::Space | Class::Joint)))
    }

    /// Where the piece starts; the end of the line beyond the last.
    pub(super) fn start(&self, index: usize) -> usize {
        self.pieces.get(index).map_or(self.text.len(), |piece| piece.start)
    }

    /// Where the piece before that one ends.
    pub(super) fn end_before(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.pieces.get(before)).map_or(0, |piece| piece.end)
    }

    pub(super) fn of_chunk(&self, chunk: &(usize, usize)) -> &'t str {
        self.slice(self.start(chunk.0), self.end_before(chunk.1))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether nothing that belongs to a word stands before the piece.
    pub(super) fn is_start(&self, index: usize) -> bool {
        index.checked_sub(1).is_none_or(|before| !matches!(self.class(before), Some(Class::Letters | Class::Digits)))
    }

    /// Whether nothing that belongs to a word stands at the piece.
    pub(super) fn is_end(&self, index: usize) -> bool {
        !matches!(self.class(index), Some(Class::Letters | Class::Digits))
    }
}

/// The beginning of a text, at most that many bytes of it.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn class(sign: char) -> Class {
    match sign {
        '0'..='9' => Class::Digits,
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{2008}' | '\u{2006}' => Class::Joint,
        sign if sign.is_whitespace() => Class::Space,
        sign if sign.is_alphabetic() && !"ªº".contains(sign) => Class::Letters,
        // Accents that stand on the letter before them.
        '\u{300}'..='\u{36f}' => Class::Letters,
        sign => Class::Sign(sign),
    }
}

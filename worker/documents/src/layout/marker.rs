//! What stands before the items of a list.

/// Signs that nothing but lists begin lines with.
const BULLETS: &str = "•◦▪▫‣⁃●○■□◆◇►▶➢➤✓✔✗❖∙·§";
/// Signs that lists begin lines with, and sentences and sums do as well.
const DASHES: &str = "-–—*";
/// The longest number before an item: `(viii)`.
const MAX_NUMBER: usize = 6;

/// What kind of list a marker belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A sign that is a bullet wherever it stands.
    Bullet,
    /// A dash or an asterisk.
    Dash,
    /// `3.`, `3)`, `(3)`, `3.1`, with its last number.
    Number(u32),
    /// `b)`, `b.`, `(b)`.
    Letter(char),
}

/// Whether a word is a bullet and nothing else.
pub(super) fn is_bullet(word: &str) -> bool {
    let mut characters = word.chars();
    matches!((characters.next(), characters.next()), (Some(sign), None) if is_sign(sign))
}

/// The private use area is where symbol fonts keep their bullets.
fn is_sign(sign: char) -> bool {
    BULLETS.contains(sign) || ('\u{f000}'..='\u{f0ff}').contains(&sign)
}

/// The marker that a word is.
pub(super) fn of(word: &str) -> Option<Marker> {
    if is_bullet(word) {
        return Some(Marker::Bullet);
    }
    let mut characters = word.chars();
    if let (Some(sign), None) = (characters.next(), characters.next())
        && DASHES.contains(sign)
    {
        return Some(Marker::Dash);
    }
    let inner = match word.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')')?,
        None => word.strip_suffix(['.', ')'])?,
    };
    if inner.is_empty() || inner.len() > MAX_NUMBER {
        return None;
    }
    let mut letters = inner.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(Marker::Letter(letter)),
        _ => inner.rsplit('.').next()?.parse().ok().filter(|_| is_number(inner)).map(Marker::Number),
    }
}

/// The marker that a number without a point is, which only its distance from the text can show.
pub(super) fn of_bare_number(word: &str) -> Option<Marker> {
    word.parse().ok().filter(|_| is_number(word)).map(Marker::Number)
}

fn is_number(inner: &str) -> bool {
    inner.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Marker {
    /// Whether an item with this marker can follow one with the other in one list.
    pub(super) fn follows(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(number), Self::Number(before)) => number == before.wrapping_add(1),
            (Self::Letter(letter), Self::Letter(before)) => u32::from(letter) == u32::from(before) + 1,
            (Self::Bullet, Self::Bullet) | (Self::Dash, Self::Dash) => true,
            _ => false,
        }
    }
}

//! Markers of list items, as they are printed.

/// Roman numbers are written up to here, from the format; beyond, and for letters beyond 780, as decimal numbers.
const MAX_ROMAN: u32 = 3_999;
const MAX_LETTER: u32 = 780;

/// A number in one of the formats of Office, which OpenDocument and RTF are mapped to.
pub(crate) fn number(count: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{count:02}"),
        "lowerLetter" => letters(count).to_lowercase(),
        "upperLetter" => letters(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "ordinal" => format!("{count}{}", ordinal_suffix(count)),
        _ => count.to_string(),
    }
}

/// A bullet. Fonts of symbols draw theirs by private characters or by letters; all of those are `•`.
pub(crate) fn bullet(text: &str) -> String {
    let text = text.trim();
    let is_printable = |character: char| !('\u{E000}'..='\u{F8FF}').contains(&character);
    if text.is_empty() || !text.chars().all(|character| is_printable(character) && !character.is_alphanumeric()) {
        return "•".to_owned();
    }
    text.to_owned()
}

/// After `Z` comes `AA`, then `BB`.
fn letters(count: u32) -> String {
    if !(1..=MAX_LETTER).contains(&count) {
        return count.to_string();
    }
    let letter = char::from_u32('A' as u32 + (count - 1) % 26).unwrap_or('A');
    (0..=(count - 1) / 26).map(|_| letter).collect()
}

fn roman(count: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=MAX_ROMAN).contains(&count) {
        return count.to_string();
    }
    let mut rest = count;
    let mut text = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            rest -= value;
            text.push_str(digits);
        }
    }
    text
}

fn ordinal_suffix(count: u32) -> &'static str {
    match (count % 10, count % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

//! Postal addresses: which lines are of one.

use crate::view::{Line, View};

/// An address has at most this many lines.
const MAX_LINES: usize = 6;
/// Lines of one address stand at most this far apart, in heights of a line.
const STEP: f32 = 1.2;
/// How far the middles of centred lines may be apart, in heights of a line.
const CENTRED: f32 = 0.9;

/// Whether a text looks like a line of an address: a street with a number, or a town with a code.
pub(crate) fn is_line(text: &str) -> bool {
    if text.contains([':', '@', '%', '€', '$', '£']) || text.chars().count() > 80 {
        return false;
    }
    let words: Vec<&str> =
        text.split(|sign: char| sign.is_whitespace() || sign == ',').filter(|word| !word.is_empty()).collect();
    let has_name = words.iter().filter(|word| is_capitalized(word) && word.chars().count() > 2).count() > 0
        || words.iter().any(|word| STREETS.contains(&word.to_lowercase().as_str()));
    let is_year_or_amount = words.iter().any(|word| {
        word.contains(['.', ','])
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.trim_end_matches('.').contains(['.', ','])
    });
    has_name && !is_year_or_amount && (2..=9).contains(&words.len()) && (is_town(text) || has_street(&words))
}

/// Whether it has the code of a town: `52437 Köln`, `NS12 3WN`, `Austin, TX 78701`.
pub(crate) fn is_town(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|sign: char| sign.is_whitespace() || sign == ',').filter(|word| !word.is_empty()).collect();
    !text.contains(':') && (has_town(&words) || ends_in_code(&words) || begins_in_groups(&words))
}

/// Whether the code stands behind the town and its state: "San Francisco, California 94104", "Bengaluru 560001".
fn ends_in_code(words: &[&str]) -> bool {
    let Some((code, town)) = words.split_last() else { return false };
    let is_name =
        |word: &&str| is_capitalized(word) && word.chars().all(|sign| sign.is_alphabetic() || ".-'’".contains(sign));
    // "HRB 12345" is the number of a register.
    let is_register = |word: &&str| word.len() <= 4 && word.chars().all(char::is_uppercase);
    let is_place =
        |word: &&str| !is_register(word) && !STREETS.contains(&word.to_lowercase().as_str()) && !ends_street(word);
    let is_code = (5..=6).contains(&code.len()) && is_digits(code) || code.len() == 10 && is_zip(code);
    is_code && (1..=4).contains(&town.len()) && town.iter().all(|word| is_name(word) && is_place(word))
}

/// Whether the code before the town is in two groups: "111 22 Stockholm", "00-950 Warszawa".
fn begins_in_groups(words: &[&str]) -> bool {
    let is_group = |word: &str, digits: usize| word.len() == digits && is_digits(word);
    match words {
        [first, second, town, ..] if is_group(first, 3) && is_group(second, 2) => is_capitalized(town),
        [code, town, ..] => {
            let groups = code.split_once('-');
            groups.is_some_and(|(one, two)| is_group(one, 2) && is_group(two, 3)) && is_capitalized(town)
        }
        _ => false,
    }
}

fn ends_street(word: &str) -> bool {
    let word = word.to_lowercase();
    STREET_ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether a text is but the code of a town, which stands over or beside it: "YC11 4FS".
pub(super) fn is_code(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    matches!(words.as_slice(), [outward, inward] if is_outward(outward) && is_inward(inward))
}

/// Whether a word is one for a street.
pub(super) fn is_way(word: &str) -> bool {
    STREETS.contains(&word) || STREET_ENDS.iter().any(|end| word.ends_with(end) && word.len() > end.len())
}

fn has_town(words: &[&str]) -> bool {
    words.windows(2).any(|pair| match pair {
        [code, town] => {
            let code_of = code.rsplit('-').next().unwrap_or(code);
            (4..=6).contains(&code_of.len()) && is_digits(code_of) && is_capitalized(town)
                || is_outward(code) && is_inward(town)
                || code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && is_zip(town)
                || AMERICAN_STATES.contains(code) && is_zip(town)
                || AUSTRALIAN_STATES.contains(code) && town.len() == 4 && is_digits(town)
        }
        _ => false,
    })
}

/// The last words of the names of American states, which a code stands behind: "Fresno, California 93721".
const AMERICAN_STATES: &[&str] = &[
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Carolina",
    "Colorado",
    "Connecticut",
    "Dakota",
    "Delaware",
    "Florida",
    "Georgia",
    "Hampshire",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Island",
    "Jersey",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Mexico",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "Nevada",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "Virginia",
    "Washington",
    "Wisconsin",
    "Wyoming",
    "York",
];

/// The states whose towns have their code behind them: "Geelong VIC 3220".
const AUSTRALIAN_STATES: &[&str] = &["NSW", "VIC", "QLD", "TAS", "WA", "SA", "ACT", "NT"];

fn has_street(words: &[&str]) -> bool {
    let number = |word: &str| {
        let digits = word.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
        word.eq_ignore_ascii_case("s/n")
            || (1..=5).contains(&digits.len()) && is_digits(digits) && word.len() <= digits.len() + 2
    };
    let first = words.first().is_some_and(|word| number(word)) && words.iter().skip(1).any(|word| is_capitalized(word));
    let last = words.last().is_some_and(|word| number(word)) && words.first().is_some_and(|word| !is_digits(word));
    let named = words.iter().any(|word| {
        let word = word.to_lowercase();
        STREETS.contains(&word.as_str()) || STREET_ENDS.iter().any(|end| word.ends_with(end))
    });
    named && words.iter().any(|word| number(word)) || first && words.len() >= 3 || last && words.len() >= 2 && named
}

const STREETS: &[&str] = &[
    "street",
    "st",
    "st.",
    "road",
    "rd",
    "rd.",
    "avenue",
    "ave",
    "ave.",
    "lane",
    "drive",
    "walk",
    "way",
    "place",
    "court",
    "square",
    "close",
    "terrace",
    "boulevard",
    "blvd",
    "rue",
    "chemin",
    "quai",
    "impasse",
    "allée",
    "calle",
    "avenida",
    "plaza",
    "paseo",
    "camino",
    "c/",
    "weg",
    "platz",
    "allee",
    "ring",
    "box",
    "postfach",
    "bp",
    "apartado",
    "av.",
    "av",
    "avda",
    "avda.",
    "blvd.",
    "bv.",
    "calz.",
    "calzada",
    "carrera",
    "cra.",
    "ronda",
    "polígono",
    "chaussée",
    "zone",
    "route",
    "cours",
    "park",
    "parade",
    "crescent",
    "highway",
    "hwy",
];
const STREET_ENDS: &[&str] = &["straße", "strasse", "str.", "gasse", "weg", "platz", "allee", "ufer", "ring", "damm"];

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zip(word: &str) -> bool {
    let mut parts = word.split('-');
    parts.next().is_some_and(|zip| zip.len() == 5 && is_digits(zip))
}

fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=2).contains(&letters)
        && (2..=4).contains(&word.len())
        && word.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
}

fn is_inward(word: &str) -> bool {
    let bytes = word.as_bytes();
    let is_british = bytes.iter().skip(1).all(u8::is_ascii_uppercase);
    // K1A 0B1 in Canada.
    let is_canadian = matches!(bytes, [_, letter, digit] if letter.is_ascii_uppercase() && digit.is_ascii_digit());
    bytes.len() == 3 && bytes.first().is_some_and(u8::is_ascii_digit) && (is_british || is_canadian)
}

fn is_capitalized(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The lines of the stack that begins with this one: below each other, with one left edge, without labels.
pub(crate) fn stack(view: &View, first: usize) -> Vec<usize> {
    let mut lines = vec![first];
    let mut at = first;
    while lines.len() < MAX_LINES {
        let Some(next) = below(view, at) else { break };
        lines.push(next);
        at = next;
    }
    lines
}

/// The line right below one, at the same left edge or about the same middle.
fn below(view: &View, line: usize) -> Option<usize> {
    let own = view.lines.get(line)?;
    if own.at.is_none() {
        let next = view.lines.get(line + 1)?;
        let is_near = next.block == own.block || next.block.abs_diff(own.block) == 1 && is_line(&next.text);
        return (is_near && next.cell == own.cell && next.page == own.page).then_some(line + 1);
    }
    view.next_below(line, STEP)
        .and_then(|next| Some((next, view.lines.get(next)?)))
        .filter(|(_, next)| is_aligned(own, next))
        .filter(
            // In text that keeps its spaces blank lines part blocks, and are as near as any line.
            |(_, next)| own.rect.is_some() || own.block == next.block,
        )
        .map(|(next, _)| next)
}

/// How far the middles of two centred lines are apart at the most.
fn slack_of_middle(one: crate::document::Rect, other: crate::document::Rect) -> f32 {
    CENTRED * one.height().max(other.height())
}

fn is_aligned(one: &Line, other: &Line) -> bool {
    let (Some(a), Some(b)) = (one.at, other.at) else { return false };
    let slack = 0.8 * a.height().max(b.height());
    let middle = |rect: crate::document::Rect| f32::midpoint(rect.left, rect.right);
    (a.left - b.left).abs() <= slack
        // Tills centre their lines by whole letters, so that they are off by one.
        || (middle(a) - middle(b)).abs() <= slack_of_middle(a, b)
        || (a.right - b.right).abs() <= 0.3 * slack
}

//! How alike two values are, from 0 to 1.

use serde_json::Value;

use super::cluster::are_same;

/// Letters of a text that are compared one by one; longer texts are compared word by word. Comparing takes the product of
/// two lengths.
const MAX_LETTERS: usize = 200;
/// Words of a text that are compared.
const MAX_WORDS: usize = 2_000;

/// A text as it is compared: in small letters, without what is neither letter nor digit.
#[derive(Debug, Clone)]
pub(super) struct Text {
    letters: Vec<char>,
    words: Vec<String>,
    /// Its digits, in order. Texts with other digits are other dates, numbers or addresses, however alike they look.
    digits: String,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(MAX_WORDS)
            .map(str::to_lowercase)
            .collect();
        let letters = words.join(" ").chars().collect();
        let digits = words.iter().flat_map(|word| word.chars()).filter(char::is_ascii_digit).collect();
        Self { letters, words, digits }
    }

    /// All of it.
    pub(super) fn plain(&self) -> String {
        self.letters.iter().collect()
    }
}

/// How alike two texts are.
pub(super) fn texts(one: &Text, other: &Text) -> f64 {
    if one.digits != other.digits {
        return 0.0;
    }
    if one.letters == other.letters {
        return 1.0;
    }
    if one.letters.len().max(other.letters.len()) > MAX_LETTERS {
        return words(&one.words, &other.words);
    }
    let longer = one.letters.len().max(other.letters.len());
    1.0 - ratio(distance(&one.letters, &other.letters), longer)
}

/// The share of the words that both have.
fn words(one: &[String], other: &[String]) -> f64 {
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    one.sort_unstable();
    other.sort_unstable();
    let (mut ours, mut theirs) = (one.iter().peekable(), other.iter().peekable());
    let mut both = 0;
    while let (Some(word), Some(their)) = (ours.peek(), theirs.peek()) {
        let order = word.cmp(their);
        both += usize::from(order.is_eq());
        if order.is_le() {
            ours.next();
        }
        if order.is_ge() {
            theirs.next();
        }
    }
    ratio(2 * both, one.len() + other.len())
}

/// How many letters have to be changed, added or taken away.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut diagonal = row;
        let mut left = row + 1;
        if let Some(first) = costs.first_mut() {
            *first = left;
        }
        for (cost, their) in costs.iter_mut().skip(1).zip(other) {
            let changed = diagonal + usize::from(letter != their);
            diagonal = *cost;
            left = changed.min(diagonal + 1).min(left + 1);
            *cost = left;
        }
    }
    costs.last().copied().unwrap_or_default()
}

/// How alike two items are: leaf by leaf, those that both leave out not counted.
pub(super) fn items(one: &Value, other: &Value) -> f64 {
    let (alike, of) = weigh(one, other);
    if of == 0.0 { 1.0 } else { alike / of }
}

/// How much is alike, of how much.
fn weigh(one: &Value, other: &Value) -> (f64, f64) {
    match (one, other) {
        (Value::Null, Value::Null) => (0.0, 0.0),
        // What one vote did not find speaks less against it than what it found otherwise.
        (Value::Null, _) | (_, Value::Null) => (0.0, 0.5),
        (Value::Object(ours), Value::Object(theirs)) => {
            let all = ours.keys().chain(theirs.keys().filter(|name| !ours.contains_key(*name)));
            all.map(|name| weigh(ours.get(name).unwrap_or(&Value::Null), theirs.get(name).unwrap_or(&Value::Null)))
                .fold((0.0, 0.0), |(alike, of), (more, more_of)| (alike + more, of + more_of))
        }
        (Value::String(one), Value::String(other)) => (texts(&Text::of(one), &Text::of(other)), 1.0),
        (Value::Number(ours), Value::Number(theirs)) => {
            let same = ours.as_f64().zip(theirs.as_f64()).is_some_and(|(one, other)| are_same(one, other));
            (f64::from(u8::from(same)), 1.0)
        }
        (one, other) => (f64::from(u8::from(one == other)), 1.0),
    }
}

fn ratio(part: usize, of: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer letters than a float counts exactly")]
    let ratio = part as f64 / of.max(1) as f64;
    ratio
}

//! A table of the file, read field by field: each by its type and its range, with every mistake noted.

use std::ops::RangeInclusive;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::limits::KEY_MAX_CHARS;
use super::mistakes::Notes;

/// A value with its place.
pub(super) type Item<'a> = Spanned<DeValue<'a>>;

/// A table, and what it is called in a mistake.
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    pub(super) place: String,
    pub(super) notes: &'a Notes<'a>,
}

impl<'a> Section<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, start: usize, place: String, notes: &'a Notes<'a>) -> Self {
        Self { table, start, place, notes }
    }

    /// The table of this name within this one.
    pub(super) fn section(&self, name: &str) -> Option<Self> {
        let item = self.item(name)?;
        match item.get_ref() {
            DeValue::Table(table) => Some(Self::new(table, item.span().start, self.field(name), self.notes)),
            _ => self.refuse(item, name, "must be a table"),
        }
    }

    pub(super) fn field(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    pub(super) fn item(&self, name: &str) -> Option<&'a Item<'a>> {
        self.iter().find(|(key, _, _)| *key == name).map(|(_, _, item)| item)
    }

    /// Names, their places and their values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, usize, &'a Item<'a>)> + use<'a> {
        self.table.iter().map(|(key, item)| (key.get_ref().as_ref(), key.span().start, item))
    }

    /// Notes that a field's value breaks a rule.
    pub(super) fn refuse<T>(&self, item: &Item<'_>, name: &str, rule: impl Into<String>) -> Option<T> {
        self.notes.note(item.span().start, self.field(name), rule);
        None
    }

    /// Notes a rule that the table as a whole breaks.
    pub(super) fn refuse_all(&self, rule: impl Into<String>) {
        self.notes.note(self.start, self.place.clone(), rule);
    }

    /// Notes every key that is not one of these.
    pub(super) fn only(&self, known: &[&str]) {
        for (key, at, _) in self.iter().filter(|(key, _, _)| !known.contains(key)) {
            let comparable = known.iter().filter(|_| key.len() <= KEY_MAX_CHARS);
            let nearest = comparable.map(|known| (distance(key, known), known)).min();
            let hint = nearest.filter(|(distance, known)| *distance <= 3 && *distance * 2 < known.len()).map_or_else(
                || format!("there are {}", known.join(", ")),
                |(_, known)| format!("did you mean {known}?"),
            );
            self.notes.note(
                at,
                self.place.clone(),
                format!("has an unknown key of {} characters: {hint}", key.chars().count()),
            );
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let item = self.item(name)?;
        item.get_ref().as_str().or_else(|| self.refuse(item, name, "must be a string"))
    }

    pub(super) fn whole(&self, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
        let item = self.item(name)?;
        whole(item).filter(|number| range.contains(number)).or_else(|| {
            self.refuse(item, name, format!("must be a whole number, {} to {}", range.start(), range.end()))
        })
    }

    pub(super) fn millis(&self, name: &str, range: RangeInclusive<u64>) -> Option<Duration> {
        let item = self.item(name)?;
        let number = whole(item).filter(|number| range.contains(number));
        number
            .map(Duration::from_millis)
            .or_else(|| self.refuse(item, name, format!("must be milliseconds, {} to {}", range.start(), range.end())))
    }

    /// A list, each of its values read by `read`, which says what a value must be otherwise.
    pub(super) fn list<T>(&self, name: &str, read: impl Fn(&'a Item<'a>) -> Result<T, String>) -> Option<Vec<T>> {
        let item = self.item(name)?;
        let DeValue::Array(items) = item.get_ref() else { return self.refuse(item, name, "must be a list") };
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match read(item) {
                Ok(value) => values.push(value),
                Err(rule) => self.notes.note(item.span().start, format!("{}[{index}]", self.field(name)), rule),
            }
        }
        (values.len() == items.len()).then_some(values)
    }
}

/// The value as a whole number.
pub(super) fn whole(item: &Item<'_>) -> Option<u64> {
    let number = item.get_ref().as_integer()?;
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// How many letters must change to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, against) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *against);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn words_are_as_far_apart_as_letters_differ() {
        for (one, other, expected) in
            [("", "", 0), ("lane", "lane", 0), ("lne", "lane", 1), ("timeout", "timeout_ms", 3)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}

//! Prose: what a sentence says without a label, as contracts do: "It takes effect on 1 March 2024."

use std::ops::Range;

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::paragraph::Paragraph;
use super::search::Search;
use super::want::Want;
use super::wording::{
    APPLIES, BEGINS, BEGINS_AFTER, BY_LAW, DEPOSITED, EACH_MONTH, EITHER, ENDS, ENDS_AFTER, GOVERNED, IN_FORCE, LAW,
    LEAVES, MONTHLY, NOTICE, NUMBERS, OF_LAW, SHUT, TO, UNITS, UNTIL,
};
use crate::lexicon::{Concept, fold};
use crate::value::{self, Kind};

/// What a value is worth of which a sentence says what it is. Set by hand with the tuning family in view.
const SAID: f32 = 0.84;
/// The same where the sentence says nothing else: "The law of Scotland applies".
const WHOLLY_SAID: f32 = 0.96;
/// Words between what is said and the value that it is said of.
const NEAR: usize = 7;
/// Words after a value that still speak of it: "am 1. März in Kraft".
const AFTER: usize = 4;
/// Words of a duration: "three (3) calendar months".
const DURATION_WORDS: usize = 4;
/// Words of the name of a law.
const LAW_WORDS: usize = 9;
/// Words up to the one for a law: "nach dem Schweizer Recht".
const BEFORE_LAW: usize = 3;
/// Words of a sentence, which a label with its value has not.
const LEAST_SAID: usize = 6;
/// Words that another amount is farther off than the one that is meant.
const CLEAR: usize = 2;

/// A word of a text, folded.
struct Word {
    text: String,
    at: Range<usize>,
}

/// The values that sentences tell.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    use Concept as C;
    let Some(concept) = leaf.concept else { return };
    for paragraph in search.paragraphs {
        for (from, to) in paragraph.sentences() {
            let sentence = Sentence { paragraph, from, words: words(paragraph.text.get(from..to).unwrap_or_default()) };
            match concept {
                C::EffectiveDate | C::StartDate | C::ValidFrom => sentence.push_days(search, leaf, true, best),
                C::EndDate | C::ValidUntil => sentence.push_days(search, leaf, false, best),
                C::MonthlyFee | C::Rent => sentence.push_monthly(search, leaf, best),
                C::Deposit => sentence.push_deposit(search, leaf, best),
                C::NoticePeriod => sentence.push_duration(leaf, best),
                C::Jurisdiction => sentence.push_law(leaf, best),
                _ => return,
            }
        }
    }
}

struct Sentence<'p> {
    paragraph: &'p Paragraph,
    from: usize,
    words: Vec<Word>,
}

impl Sentence<'_> {
    /// Days of which the nearest thing said is that something begins, or ends, on them.
    fn push_days(&self, search: &Search<'_>, leaf: &Leaf<'_>, is_start: bool, best: &mut Best) {
        let days = self.values(search, &[Kind::Date, Kind::DateTime]);
        let mut previous: Option<(usize, bool)> = None;
        for day in days {
            let since = previous.map_or(0, |(end, _)| end);
            let before = self.range(since, day.start);
            let goes_on = previous.is_some_and(|(_, starts)| starts) && TO.contains(&before.join(" ").as_str());
            let begins = said(&before, BEGINS).or(self.follows(day.end, BEGINS_AFTER));
            let ends = said(&before, ENDS).filter(|_| self.ends(&before)).or(self.follows(day.end, ENDS_AFTER));
            let starts = match (begins, ends) {
                _ if goes_on => Some(false),
                (Some(begins), Some(ends)) => Some(begins <= ends),
                (None, None) => None,
                (begins, _) => Some(begins.is_some()),
            };
            previous = Some((day.end, starts == Some(true)));
            if starts == Some(is_start)
                && let Some(value) = normal::of_typed(leaf, &day.value, Kind::Date)
            {
                self.put(day.start..day.end, value, SAID * (0.6 + 0.4 * day.confidence), best);
            }
        }
    }

    /// Whether the end said before a day is one of what is agreed, and not of the closing of an office.
    fn ends(&self, before: &[&str]) -> bool {
        let near = before.get(before.len().saturating_sub(NEAR)..).unwrap_or_default();
        let is_said = ENDS.iter().any(|end| !UNTIL.contains(end) && position(near, end).is_some());
        let has = |parts: &[&str]| self.words.iter().any(|word| parts.iter().any(|part| word.text.starts_with(part)));
        is_said || !has(SHUT) && (has(IN_FORCE) || said(before, BEGINS).is_some() || self.words.len() < LEAST_SAID)
    }

    fn push_monthly(&self, search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
        let mut since = 0;
        let amounts = self.values(search, &[Kind::Money]);
        let is_only = amounts.len() == 1;
        for amount in amounts {
            let before = self.range(since, amount.start);
            let is_told = is_only && EACH_MONTH.iter().any(|month| position(&before, month).is_some());
            let is_before = is_told || said(&before, EACH_MONTH).is_some();
            since = amount.end;
            if (is_before || self.follows(amount.end, MONTHLY).is_some())
                && let Some(value) = normal::of_typed(leaf, &amount.value, Kind::Money)
            {
                self.put(amount.start..amount.end, value, SAID * (0.6 + 0.4 * amount.confidence), best);
            }
        }
    }

    /// The amount nearest to what says that it is held until the end.
    fn push_deposit(&self, search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
        if self.words.len() < LEAST_SAID {
            return;
        }
        let held: Vec<&Word> =
            self.words.iter().filter(|word| DEPOSITED.iter().any(|part| word.text.contains(part))).collect();
        let distance = |amount: &value::Found| {
            let between = |word: &&Word| self.range(amount.end.min(word.at.end), amount.start.max(word.at.start)).len();
            held.iter().map(between).min()
        };
        let amounts = self.values(search, &[Kind::Money]).into_iter();
        let mut near: Vec<_> = amounts.filter_map(|amount| Some((distance(&amount)?, amount))).collect();
        near.sort_by_key(|(far, _)| *far);
        // Between two amounts the word may be the label of either.
        let is_clear = near.get(1).is_none_or(|(next, _)| near.first().is_some_and(|(far, _)| far + CLEAR < *next));
        if let Some((_, amount)) = near.first().filter(|(far, _)| is_clear && *far <= NEAR)
            && let Some(value) = normal::of_typed(leaf, &amount.value, Kind::Money)
        {
            self.put(amount.start..amount.end, value, SAID * (0.6 + 0.4 * amount.confidence), best);
        }
    }

    /// A duration in a sentence that speaks of giving notice.
    fn push_duration(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        let is_either = EITHER.iter().any(|either| position(&texts, either).is_some());
        let leaves = || texts.iter().any(|text| LEAVES.iter().any(|part| text.starts_with(part)));
        let is_notice = texts.iter().any(|text| NOTICE.iter().any(|part| text.contains(part)));
        let is_notice = is_notice || is_either && leaves();
        if !is_notice || leaf.want != Want::Text {
            return;
        }
        for (at, word) in self.words.iter().enumerate() {
            let is_number =
                word.text.bytes().all(|byte| byte.is_ascii_digit()) || NUMBERS.contains(&word.text.as_str());
            let is_unit = |word: &&Word| UNITS.iter().any(|unit| word.text.starts_with(unit));
            let unit = self.words.iter().skip(at + 1).take(DURATION_WORDS - 1).find(is_unit);
            if let Some(unit) = unit.filter(|_| is_number) {
                self.put_text(leaf, word.at.start..unit.at.end, best);
                return;
            }
        }
    }

    fn push_law(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        if leaf.want != Want::Text || !texts.iter().any(|text| is_law(text)) {
            return;
        }
        self.push_applied_law(leaf, &texts, best);
        let governed = || GOVERNED.iter().find_map(|said| position(&texts, said));
        let Some(end) = governed().or_else(|| by_law(&texts)) else { return };
        let named: Vec<&Word> =
            self.words.iter().skip(end).skip_while(|word| OF_LAW.contains(&word.text.as_str())).collect();
        let (Some(first), text) = (named.first(), &self.paragraph.text) else { return };
        let stop = named.windows(2).take(LAW_WORDS).position(|pair| match pair {
            [one, next] => text
                .get(self.from + one.at.end..self.from + next.at.start)
                .is_some_and(|gap| gap.contains([',', ';', '(', '.', ':'])),
            _ => false,
        });
        let last = stop.map_or(named.len() - 1, |stop| stop).min(LAW_WORDS);
        if let Some(last) = named.get(last) {
            self.put_text(leaf, first.at.start..last.at.end, best);
        }
    }

    /// "The law of Scotland applies", "English law applies".
    fn push_applied_law(&self, leaf: &Leaf<'_>, texts: &[&str], best: &mut Best) {
        let Some(law) = texts.iter().position(|text| is_law(text)) else { return };
        let rest = texts.get(law + 1..).unwrap_or_default();
        let applies = |at: &usize| {
            let rest = rest.get(*at..).unwrap_or_default();
            APPLIES.iter().any(|said| position(rest, said) == Some(said.split(' ').count()))
        };
        let Some(count) = (0..rest.len().min(LAW_WORDS)).find(applies) else { return };
        let first = match rest {
            ["of", ..] => law + 1 + rest.iter().take_while(|text| OF_LAW.contains(text)).count(),
            // "English law" is one thing, and so is "droit français".
            _ if count == 0 => law.saturating_sub(1),
            _ => law,
        };
        if let (Some(first), Some(last)) = (self.words.get(first), self.words.get(law + count))
            && first.at.start < last.at.end
        {
            let at = first.at.start..last.at.end;
            let text = self.paragraph.text.get(self.from + at.start..self.from + at.end).unwrap_or_default();
            if let Some(value) = normal::of_text(leaf, text) {
                self.put(at, value, WHOLLY_SAID, best);
            }
        }
    }

    fn values(&self, search: &Search<'_>, kinds: &[Kind]) -> Vec<value::Found> {
        let end = self.words.last().map_or(0, |word| word.at.end);
        let text = self.paragraph.text.get(self.from..self.from + end).unwrap_or_default();
        let mut found = value::find(text, &search.reading.locale);
        found.retain(|one| kinds.contains(&one.value.kind()));
        found.sort_by_key(|one| (one.start, usize::MAX - one.end));
        let mut end = 0;
        found.retain(|one| {
            one.start >= end && {
                end = one.end;
                true
            }
        });
        found
    }

    /// The words between two places.
    fn range(&self, from: usize, to: usize) -> Vec<&str> {
        let within = |word: &&Word| word.at.start >= from && word.at.end <= to;
        self.words.iter().filter(within).map(|word| word.text.as_str()).collect()
    }

    /// How many words after a place one of the phrases stands.
    fn follows(&self, place: usize, phrases: &[&str]) -> Option<usize> {
        let after: Vec<&str> = self
            .words
            .iter()
            .filter(|word| word.at.start >= place)
            .take(AFTER)
            .map(|word| word.text.as_str())
            .collect();
        phrases
            .iter()
            .filter_map(|phrase| Some(position(&after, phrase)?.saturating_sub(phrase.split(' ').count())))
            .min()
    }

    fn put_text(&self, leaf: &Leaf<'_>, at: Range<usize>, best: &mut Best) {
        let text = self.paragraph.text.get(self.from + at.start..self.from + at.end).unwrap_or_default();
        if let Some(value) = normal::of_text(leaf, text) {
            self.put(at, value, SAID, best);
        }
    }

    fn put(&self, at: Range<usize>, value: serde_json::Value, score: f32, best: &mut Best) {
        let spans = self.paragraph.spans(self.from + at.start, self.from + at.end);
        best.push(Candidate { spans, value, score });
    }
}

fn is_law(text: &str) -> bool {
    LAW.contains(&text) || text.ends_with("recht") || text.ends_with("rechts")
}

/// Where the words end behind which a law stands at once: "settled under the laws of Ireland".
fn by_law(words: &[&str]) -> Option<usize> {
    BY_LAW.iter().find_map(|said| {
        let end = position(words, said)?;
        words.get(end..)?.iter().take(BEFORE_LAW).any(|word| is_law(word)).then_some(end)
    })
}

/// How many words before the end the nearest of the phrases stands.
fn said(words: &[&str], phrases: &[&str]) -> Option<usize> {
    let near = words.get(words.len().saturating_sub(NEAR)..).unwrap_or_default();
    let ends = phrases.iter().filter_map(|phrase| last_position(near, phrase));
    ends.map(|end| near.len() - end).min()
}

/// Where the phrase ends among the words, the first time.
fn position(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    words.windows(count).position(|window| phrase.split(' ').eq(window.iter().copied())).map(|at| at + count)
}

/// The same, the last time.
fn last_position(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    words.windows(count).rposition(|window| phrase.split(' ').eq(window.iter().copied())).map(|at| at + count)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { text: fold(text.get(from..at).unwrap_or_default()), at: from..at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

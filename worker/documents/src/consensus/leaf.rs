//! The vote on one leaf.

use serde_json::{Number, Value};

use super::cluster;
use crate::schema::Kind;

/// What a leaf comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Winner {
    pub(super) value: Value,
    /// How many votes are for it.
    pub(super) votes: usize,
    /// Whether it is the mean of numbers that differ.
    pub(super) is_mean: bool,
}

/// The value that most are for. Votes without the place are for nothing; of as many, null loses, and else the one that was
/// named first wins.
pub(super) fn winner(votes: &[Option<&Value>], kind: &Kind) -> Winner {
    let nulls = votes.iter().flatten().filter(|value| value.is_null()).count();
    let null = Winner { value: Value::Null, votes: nulls, is_mean: false };
    let found = [booleans(votes), numbers(votes, kind), texts(votes, kind), others(votes)];
    let found = found.into_iter().flatten().chain([(usize::MAX, null)]);
    // By votes, then by who comes first; `max_by` takes the last of equals, and no two begin at the same vote.
    let best = found
        .max_by(|(one_first, one), (other_first, other)| one.votes.cmp(&other.votes).then(other_first.cmp(one_first)));
    best.map_or(Winner { value: Value::Null, votes: 0, is_mean: false }, |(_, winner)| winner)
}

/// A winner, and the first vote that is for it.
type Candidate = Option<(usize, Winner)>;

/// Votes that are read in this way, with their numbers.
fn read<'v, T>(votes: &[Option<&'v Value>], as_kind: impl Fn(&'v Value) -> Option<T>) -> Vec<(usize, T)> {
    votes.iter().enumerate().filter_map(|(index, vote)| Some((index, as_kind((*vote)?)?))).collect()
}

fn booleans(votes: &[Option<&Value>]) -> Candidate {
    let read = read(votes, Value::as_bool);
    let of = |wanted: bool| {
        let mut agreeing = read.iter().filter(|(_, value)| *value == wanted);
        let first = agreeing.next()?.0;
        Some((first, Winner { value: wanted.into(), votes: 1 + agreeing.count(), is_mean: false }))
    };
    [of(true), of(false)]
        .into_iter()
        .flatten()
        .max_by(|(one_first, one), (other_first, other)| one.votes.cmp(&other.votes).then(other_first.cmp(one_first)))
}

fn numbers(votes: &[Option<&Value>], kind: &Kind) -> Candidate {
    if matches!(kind, Kind::Choice(_)) {
        return None;
    }
    let read = read(votes, |value| value.as_f64().map(|number| (value, number)));
    let floats: Vec<f64> = read.iter().map(|(_, (_, number))| *number).collect();
    let cluster: Vec<_> = cluster::of_numbers(&floats).into_iter().filter_map(|index| read.get(index)).collect();
    let (first, (value, number)) = cluster.first()?;
    let votes = cluster.len();
    // Of numbers that are all the same, that number: digits beyond those of a float are not lost.
    if cluster.iter().all(|(_, (_, other))| other.total_cmp(number).is_eq()) {
        return Some((*first, Winner { value: (*value).clone(), votes, is_mean: false }));
    }
    let mean = mean(cluster.iter().map(|(_, (_, number))| *number), votes);
    let is_whole = matches!(kind, Kind::Number { integer: true, .. });
    let value = number_of(if is_whole { mean.round() } else { mean });
    Some((*first, Winner { value, votes, is_mean: true }))
}

fn mean(numbers: impl Iterator<Item = f64>, count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are few votes")]
    let count = count.max(1) as f64;
    // Each divided first: the sum of the largest floats is none.
    numbers.map(|number| number / count).sum()
}

/// A whole number is written without a point.
fn number_of(number: f64) -> Value {
    /// Whole numbers up to here are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within the range of the type")]
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn texts(votes: &[Option<&Value>], kind: &Kind) -> Candidate {
    let read = read(votes, Value::as_str);
    let texts: Vec<&str> = read.iter().map(|(_, text)| *text).collect();
    // Values to choose from, dates and addresses are written in one way.
    let is_exact = matches!(kind, Kind::Choice(_) | Kind::Text { format: Some(_), .. });
    let (cluster, medoid) = cluster::of_texts(&texts, is_exact);
    let (first, _) = read.get(*cluster.first()?)?;
    let value = Value::from(*texts.get(medoid)?);
    Some((*first, Winner { value, votes: cluster.len(), is_mean: false }))
}

/// What is compared as a whole: objects and lists where most have something else, and numbers to choose from.
fn others(votes: &[Option<&Value>]) -> Candidate {
    let read = read(votes, |value| (value.is_object() || value.is_array() || value.is_number()).then_some(value));
    let count = |wanted: &Value| read.iter().filter(|(_, value)| *value == wanted).count();
    let best = read.iter().rev().max_by_key(|(_, value)| count(value));
    best.map(|(_, value)| {
        let first = read.iter().find(|(_, other)| other == value).map_or(0, |(first, _)| *first);
        (first, Winner { value: (*value).clone(), votes: count(value), is_mean: false })
    })
}

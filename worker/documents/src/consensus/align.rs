//! Which items of the votes' lists are the same item.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::key::Key;
use super::similarity::items;

/// An item, as its number in the list of each vote that has it.
type Row = Vec<Option<usize>>;

/// Items are the same from this similarity on, if no others are more alike: two of three fields agree.
const SIMILAR: f64 = 0.6;
/// Items are looked for this far from where they are in the other list.
const BAND: usize = 32;
/// Pairs of items of one vote that are compared. Beyond, what was not found by then is a row of its own: lists of
/// thousands of items that all differ are made to be slow.
const MAX_COMPARISONS: usize = 10_000;

/// The rows that the lists make together, in the order of the longest one, with what only others have behind what it
/// follows there.
pub(super) fn rows(lists: &[&[Value]], key_name: Option<&str>) -> Vec<Row> {
    let longest = lists.iter().enumerate().rev().max_by_key(|(_, list)| list.len()).map_or(0, |(vote, _)| vote);
    let key = key_name.map(Key::named).or_else(|| Key::best(lists));
    let mut alignment = Alignment { lists, rows: Vec::new(), followers: BTreeMap::new() };
    let others = (0..lists.len()).filter(|vote| *vote != longest);
    for vote in std::iter::once(longest).chain(others) {
        alignment.add(vote, key.as_ref());
    }
    alignment.in_order()
}

struct Alignment<'a> {
    lists: &'a [&'a [Value]],
    rows: Vec<Row>,
    /// Rows by the row that they come behind; those at the start by none.
    followers: BTreeMap<Option<usize>, Vec<usize>>,
}

impl Alignment<'_> {
    /// Puts the items of a vote into rows: by key, then by equality, then by similarity, and the rest alone.
    fn add(&mut self, vote: usize, key: Option<&Key>) {
        let list = self.lists.get(vote).copied().unwrap_or_default();
        let mut row_of: Vec<Option<usize>> = vec![None; list.len()];
        if !self.rows.is_empty() {
            if let Some(key) = key {
                self.match_by(vote, &mut row_of, |item| key.of(item));
            }
            self.match_by(vote, &mut row_of, |item| Some(item.to_string()));
            self.match_similar(vote, &mut row_of);
        }
        let mut before = None;
        for (item, row) in row_of.into_iter().enumerate() {
            let row = row.unwrap_or_else(|| self.open(vote, item, before));
            before = Some(row);
        }
    }

    /// A new row.
    fn open(&mut self, vote: usize, item: usize, before: Option<usize>) -> usize {
        let row = self.rows.len();
        self.rows.push(vec![None; self.lists.len()]);
        self.take(row, vote, item);
        self.followers.entry(before).or_default().push(row);
        row
    }

    fn take(&mut self, row: usize, vote: usize, item: usize) {
        if let Some(place) = self.rows.get_mut(row).and_then(|row| row.get_mut(vote)) {
            *place = Some(item);
        }
    }

    /// The rows without an item of this vote, each with one that it has and that one's number.
    fn open_rows(&self, vote: usize) -> Vec<(usize, usize, &Value)> {
        let open = self.rows.iter().enumerate().filter(|(_, row)| row.get(vote).copied().flatten().is_none());
        open.filter_map(|(index, row)| {
            let (of, item) = row.iter().enumerate().find_map(|(of, item)| Some((of, (*item)?)))?;
            Some((index, item, self.lists.get(of)?.get(item)?))
        })
        .collect()
    }

    /// Items of the same key go together, in order where several have it.
    fn match_by(&mut self, vote: usize, row_of: &mut [Option<usize>], key: impl Fn(&Value) -> Option<String>) {
        let mut open: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (row, _, item) in self.open_rows(vote) {
            if let Some(key) = key(item) {
                open.entry(key).or_default().push_back(row);
            }
        }
        let list = self.lists.get(vote).copied().unwrap_or_default();
        for (index, (item, place)) in list.iter().zip(row_of).enumerate().filter(|(_, (_, place))| place.is_none()) {
            let row = key(item).and_then(|key| open.get_mut(&key)?.pop_front());
            if let Some(row) = row {
                *place = Some(row);
                self.take(row, vote, index);
            }
        }
    }

    /// The most alike go together first.
    fn match_similar(&mut self, vote: usize, row_of: &mut [Option<usize>]) {
        let list = self.lists.get(vote).copied().unwrap_or_default();
        let open = self.open_rows(vote);
        let left = row_of.iter().enumerate().filter(|(_, row)| row.is_none());
        let near = left.flat_map(|(index, _)| {
            let open = open.iter().filter(move |(_, at, _)| at.abs_diff(index) <= BAND);
            open.filter_map(move |(row, at, other)| Some((index, list.get(index)?, *row, *at, *other)))
        });
        let mut pairs: Vec<(f64, usize, usize, usize)> = near
            .take(MAX_COMPARISONS)
            .map(|(index, item, row, at, other)| (items(item, other), at.abs_diff(index), index, row))
            .filter(|(similarity, ..)| *similarity >= SIMILAR)
            .collect();
        pairs.sort_by(|one, other| {
            other.0.total_cmp(&one.0).then_with(|| (one.1, one.2, one.3).cmp(&(other.1, other.2, other.3)))
        });
        for (_, _, index, row) in pairs {
            let is_open = self.rows.get(row).and_then(|row| *row.get(vote)?).is_none();
            let place = row_of.get_mut(index).filter(|place| place.is_none() && is_open);
            if let Some(place) = place {
                *place = Some(row);
                self.take(row, vote, index);
            }
        }
    }

    fn in_order(mut self) -> Vec<Row> {
        let mut ordered = Vec::with_capacity(self.rows.len());
        // What came later stands closer to what it follows: the first that follows goes on with the longest list.
        let mut next = self.followers.remove(&None).unwrap_or_default();
        while let Some(row) = next.pop() {
            ordered.extend(self.rows.get_mut(row).map(std::mem::take));
            next.extend(self.followers.remove(&Some(row)).unwrap_or_default());
        }
        ordered
    }
}

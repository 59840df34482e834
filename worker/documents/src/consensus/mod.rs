//! Consensus: several answers to one question put together (contract B.1).
//!
//! ```text
//! votes ── object: field by field ─┐
//!       ── list: align ──► rows ───┼──► leaf: clusters ──► value, likelihood = size of the largest / votes
//!       ── leaf ───────────────────┘
//! ```
//!
//! A vote that has nothing at a place counts in the denominator there: of a row that one of three votes has, no leaf is
//! more likely than a third.

mod align;
mod cluster;
mod key;
mod leaf;
mod similarity;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use self::leaf::Winner;
use crate::schema::{Field, Kind, Schema};

/// What several answers come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Consolidated {
    /// The values.
    pub(crate) value: Value,
    /// The share of the votes that agree, leaf by leaf: shaped as the value. A null that is agreed on has 0: nothing was
    /// found.
    pub(crate) likelihoods: Value,
    /// By the path of each leaf that not all agree on, what each vote has there.
    pub(crate) details: Map<String, Value>,
    /// For each vote: by the path of each leaf of the value, its path in the vote. Paths are written with dots.
    pub(crate) key_mappings: Vec<BTreeMap<String, Option<String>>>,
    /// The paths of the leaves that are the mean of numbers that differ: no vote has that number.
    pub(crate) means: Vec<String>,
}

/// Puts answers to one schema together. `keys` names, by the path of a list (`orders.*.lines`), the field that tells its
/// items apart.
pub(crate) fn consolidate(votes: &[Value], schema: &Schema, keys: &BTreeMap<String, String>) -> Consolidated {
    let placed: Vec<_> = votes.iter().map(|value| Some(Placed { value, path: Some(String::new()) })).collect();
    let mut consensus =
        Consensus { keys, details: Map::new(), key_mappings: vec![BTreeMap::new(); votes.len()], means: Vec::new() };
    let (value, likelihoods) = consensus.join(Some(&schema.root), &placed, &Place::default());
    let Consensus { details, key_mappings, means, .. } = consensus;
    Consolidated { value, likelihoods, details, key_mappings, means }
}

/// What a vote has at a place, and where in the vote that is.
#[derive(Debug, Clone)]
struct Placed<'v> {
    value: &'v Value,
    /// None of a field that its object leaves out, which is as good as null.
    path: Option<String>,
}

impl<'v> Placed<'v> {
    fn part(&self, name: &str, value: Option<&'v Value>) -> Self {
        let path = value.and(self.path.as_deref()).map(|path| below(path, name));
        Self { value: value.unwrap_or(&Value::Null), path }
    }
}

/// A place in the value that all are put together to.
#[derive(Default)]
struct Place {
    /// With the numbers of items.
    path: String,
    /// With `*` for them.
    pattern: String,
}

impl Place {
    fn property(&self, name: &str) -> Self {
        Self { path: below(&self.path, name), pattern: below(&self.pattern, name) }
    }

    fn item(&self, index: usize) -> Self {
        Self { path: below(&self.path, &index.to_string()), pattern: below(&self.pattern, "*") }
    }
}

struct Consensus<'k> {
    keys: &'k BTreeMap<String, String>,
    details: Map<String, Value>,
    key_mappings: Vec<BTreeMap<String, Option<String>>>,
    means: Vec<String>,
}

impl Consensus<'_> {
    /// The value of a place and its likelihoods. Votes recurse as deep as their schema, which has a cap.
    fn join(&mut self, field: Option<&Field>, votes: &[Option<Placed<'_>>], place: &Place) -> (Value, Value) {
        let count = |is: fn(&Value) -> bool| votes.iter().flatten().filter(|vote| is(vote.value)).count();
        let (objects, lists, nulls) = (count(Value::is_object), count(Value::is_array), count(Value::is_null));
        let leaves = votes.iter().flatten().count() - objects - lists - nulls;
        // As with numbers, a tie with null prefers what was found.
        if objects > 0 && objects >= lists.max(nulls).max(leaves) {
            self.join_objects(field, votes, place)
        } else if lists > 0 && lists >= nulls.max(leaves) {
            self.join_lists(field, votes, place)
        } else {
            self.join_leaves(field, votes, place)
        }
    }

    fn join_objects(&mut self, field: Option<&Field>, votes: &[Option<Placed<'_>>], place: &Place) -> (Value, Value) {
        let objects = || votes.iter().flatten().filter_map(|vote| vote.value.as_object());
        let mut names: Vec<&str> =
            field.map_or(&[][..], Field::fields).iter().map(|field| field.name.as_str()).collect();
        names.retain(|name| objects().any(|object| object.contains_key(*name)));
        for name in objects().flat_map(Map::keys) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let (mut values, mut likelihoods) = (Map::new(), Map::new());
        for name in names {
            let parts: Vec<_> = votes
                .iter()
                .map(|vote| {
                    let vote = vote.as_ref()?;
                    vote.value.as_object().map(|object| vote.part(name, object.get(name)))
                })
                .collect();
            let inner = field.and_then(|field| field.field(name));
            let (value, likelihood) = self.join(inner, &parts, &place.property(name));
            values.insert(name.to_owned(), value);
            likelihoods.insert(name.to_owned(), likelihood);
        }
        (Value::Object(values), Value::Object(likelihoods))
    }

    fn join_lists(&mut self, field: Option<&Field>, votes: &[Option<Placed<'_>>], place: &Place) -> (Value, Value) {
        let lists: Vec<&[Value]> = votes
            .iter()
            .map(|vote| vote.as_ref().and_then(|vote| vote.value.as_array()).map_or(&[][..], Vec::as_slice))
            .collect();
        let rows = align::rows(&lists, self.keys.get(&place.pattern).map(String::as_str));
        let item = field.and_then(Field::item);
        let (mut values, mut likelihoods) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for (index, row) in rows.iter().enumerate() {
            let parts: Vec<_> = votes
                .iter()
                .zip(&lists)
                .zip(row)
                .map(|((vote, list), at)| Some(vote.as_ref()?.part(&(*at)?.to_string(), Some(list.get((*at)?)?))))
                .collect();
            let (value, likelihood) = self.join(item, &parts, &place.item(index));
            values.push(value);
            likelihoods.push(likelihood);
        }
        (Value::Array(values), Value::Array(likelihoods))
    }

    fn join_leaves(&mut self, field: Option<&Field>, votes: &[Option<Placed<'_>>], place: &Place) -> (Value, Value) {
        for (vote, mapping) in votes.iter().zip(&mut self.key_mappings) {
            mapping.insert(place.path.clone(), vote.as_ref().and_then(|vote| vote.path.clone()));
        }
        let values: Vec<Option<&Value>> = votes.iter().map(|vote| vote.as_ref().map(|vote| vote.value)).collect();
        let kind = field.map_or(&Kind::Any, |field| &field.kind);
        let Winner { value, votes: size, is_mean } = leaf::winner(&values, kind);
        if is_mean {
            self.means.push(place.path.clone());
        }
        if size < values.len() || is_mean {
            let all = values.iter().map(|value| value.cloned().unwrap_or(Value::Null)).collect();
            self.details.insert(place.path.clone(), Value::Array(all));
        }
        let likelihood = if value.is_null() { 0.0 } else { share(size, values.len()) };
        (value, likelihood.into())
    }
}

fn share(size: usize, of: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are few votes")]
    let share = size as f64 / of.max(1) as f64;
    share
}

/// The path of a part of what `path` leads to.
fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

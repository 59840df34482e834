//! What tells the items of a list apart in every vote.

use std::collections::BTreeSet;

use serde_json::Value;

use super::similarity::Text;

/// Items of a list that are looked at to find its key: enough to tell, and no more to pay for than these.
const MAX_ITEMS: usize = 200;
/// Fields that are tried alone.
const MAX_FIELDS: usize = 32;
/// Fields that are tried in twos.
const MAX_PAIRED_FIELDS: usize = 8;
/// The share of a list's keys that the other lists have too, on average, for them to align by it.
const STABLE: f64 = 0.5;

/// The fields that together tell items apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(Vec<String>);

impl Key {
    /// The field that a caller names.
    pub(super) fn named(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// The key of an item, if it has one.
    pub(super) fn of(&self, item: &Value) -> Option<String> {
        let parts: Option<Vec<String>> = self.0.iter().map(|name| part(item.get(name)?)).collect();
        Some(parts?.join("\u{1f}"))
    }

    /// The field, or failing that the two fields, whose values no two items of a list share, and that are the most stable
    /// from one list to another.
    pub(super) fn best(lists: &[&[Value]]) -> Option<Self> {
        let lists: Vec<&[Value]> =
            lists.iter().filter(|list| !list.is_empty()).map(|list| list.get(..MAX_ITEMS).unwrap_or(list)).collect();
        let first = lists.first().and_then(|list| list.first()?.as_object()).filter(|_| lists.len() > 1)?;
        let names: Vec<&String> = first.keys().take(MAX_FIELDS).collect();
        let singles: Vec<Self> = names.iter().map(|name| Self(vec![(*name).clone()])).collect();
        let paired = names.get(..MAX_PAIRED_FIELDS).unwrap_or(&names);
        let pairs = paired.iter().enumerate().flat_map(|(index, one)| {
            let others = paired.get(index + 1..).unwrap_or_default();
            others.iter().map(|other| Self(vec![(*one).clone(), (*other).clone()]))
        });
        stablest(singles, &lists).or_else(|| stablest(pairs.collect(), &lists))
    }

    /// How stable it is, if it tells the items of each list apart.
    fn stability(&self, lists: &[&[Value]]) -> Option<f64> {
        let sets: Option<Vec<BTreeSet<String>>> = lists
            .iter()
            .map(|list| {
                let keys: BTreeSet<String> = list.iter().filter_map(|item| self.of(item)).collect();
                (keys.len() == list.len()).then_some(keys)
            })
            .collect();
        let sets = sets?;
        let (mut shared, mut all) = (0, 0);
        for (index, one) in sets.iter().enumerate() {
            for other in sets.get(index + 1..).unwrap_or_default() {
                shared += one.intersection(other).count();
                all += one.len().max(other.len());
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred items")]
        let stability = shared as f64 / all.max(1) as f64;
        Some(stability)
    }
}

fn stablest(keys: Vec<Key>, lists: &[&[Value]]) -> Option<Key> {
    let rated = keys.into_iter().filter_map(|key| Some((key.stability(lists)?, key)));
    // The first of equals: `max_by` takes the last.
    let best = rated.collect::<Vec<_>>().into_iter().rev().max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= STABLE).then_some(best.1)
}

/// A value as part of a key; what is no single value is none.
fn part(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(Text::of(text).plain()).filter(|text| !text.is_empty()),
        Value::Number(number) => number.as_f64().map(|number| number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

//! The leaves of a schema that are single values.

use std::cell::RefCell;
use std::collections::HashMap;

use super::role::Role;
use super::want::Want;
use crate::lexicon::{self, Concept};
use crate::embed::Embedder;
use crate::matching::{Matcher, words};
use crate::schema::{Field, Kind, Schema};

/// A concept that a field's words fit less than this says nothing about the field.
const SURE_CONCEPT: f32 = 0.5;

/// A field that is filled with one value.
#[derive(Debug)]
pub(crate) struct Leaf<'s> {
    pub(crate) field: &'s Field,
    /// The objects that it lies in, the outermost first, without the root.
    pub(crate) ancestors: Vec<&'s Field>,
    pub(crate) want: Want,
    /// What it is about, if the lexicon knows it.
    pub(crate) concept: Option<Concept>,
    /// Whose it is.
    pub(crate) role: Option<Role>,
    /// The words of its name and of those that it lies in.
    pub(crate) words: Vec<words::Word>,
    matcher: Matcher,
    /// Labels come again: on every page, for every value near them.
    scores: RefCell<HashMap<String, f32>>,
}

/// A list in the schema.
#[derive(Debug)]
pub(crate) struct List<'s> {
    pub(crate) field: &'s Field,
    /// The fields that it lies in, the outermost first, without the root.
    pub(crate) ancestors: Vec<&'s Field>,
}

/// What a schema asks for.
#[derive(Debug, Default)]
pub(crate) struct Asked<'s> {
    pub(crate) leaves: Vec<Leaf<'s>>,
    pub(crate) lists: Vec<List<'s>>,
}

impl<'s> Asked<'s> {
    pub(crate) fn of(schema: &'s Schema) -> Self {
        let mut asked = Self::default();
        asked.push(&schema.root, &mut Vec::new());
        asked
    }

    fn push(&mut self, field: &'s Field, ancestors: &mut Vec<&'s Field>) {
        match &field.kind {
            Kind::Object(fields) => {
                let is_root = field.pointer.is_empty();
                if !is_root {
                    ancestors.push(field);
                }
                for inner in fields {
                    self.push(inner, ancestors);
                }
                if !is_root {
                    ancestors.pop();
                }
            }
            Kind::List(_) => self.lists.push(List { field, ancestors: ancestors.clone() }),
            _ => self.leaves.push(Leaf::of(field, ancestors)),
        }
    }
}

impl<'s> Leaf<'s> {
    fn of(field: &'s Field, ancestors: &[&'s Field]) -> Self {
        let names = ancestors.iter().map(|ancestor| ancestor.name.as_str()).chain([field.name.as_str()]);
        let name = names.map(words::spoken).collect::<Vec<_>>().join(" ");
        let described = field.description.as_deref().or(field.prompt.as_deref());
        let concept = lexicon::concepts_of_field(&name, field.title.as_deref(), described)
            .first()
            .filter(|(_, score)| *score >= SURE_CONCEPT)
            .map(|(concept, _)| *concept);
        let mut words = words::of_text(&name);
        words.extend(field.title.as_deref().map(words::of_text).unwrap_or_default());
        Self {
            want: Want::of(&field.kind, concept),
            role: Role::of(&words),
            matcher: Matcher::of(field, ancestors),
            scores: RefCell::default(),
            ancestors: ancestors.to_vec(),
            words,
            field,
            concept,
        }
    }

    /// How well a label names it, from 0 to 1.
    pub(crate) fn named_by(&self, label: &str, embedder: Option<&Embedder>) -> f32 {
        if let Some(&score) = self.scores.borrow().get(label) {
            return score;
        }
        let score = self.matcher.score(label, embedder);
        self.scores.borrow_mut().insert(label.to_owned(), score);
        score
    }
}

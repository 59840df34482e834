//! From the subschemas to the fields.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{Facts, Type};
use super::reference::{Node, reference, target};
use super::{Caps, Field, Kind, Pattern, Schema};
use crate::error::Error;

/// Subschemas that speak about the same value by way of one another (`allOf` in `allOf`, a reference to a reference): above
/// what any schema needs, below what a stack holds.
const MAX_STEPS: usize = 64;

pub(super) fn compile(schema: &Value, caps: &Caps) -> Result<Schema, Error> {
    let mut compiler = Compiler { root: schema, caps, nodes: 0 };
    let (root, _) = compiler.field(Place::default(), vec![Node::root(schema)])?;
    let root = match root.kind {
        Kind::Object(_) => root,
        Kind::Any => Field { kind: Kind::Object(Vec::new()), nullable: false, ..root },
        _ => return Err(invalid("", "must ask for an object")),
    };
    let prompt = schema.get("X-SystemPrompt").and_then(Value::as_str);
    Ok(Schema { root, prompt: prompt.map(|text| compiler.cut(text)) })
}

fn invalid(pointer: &str, reason: impl Into<String>) -> Error {
    Error::SchemaInvalid { pointer: pointer.to_owned(), reason: reason.into() }
}

struct Compiler<'a> {
    root: &'a Value,
    caps: &'a Caps,
    /// Subschemas that were looked at.
    nodes: usize,
}

/// Where a field is.
#[derive(Default)]
struct Place {
    name: String,
    pointer: String,
    required: bool,
    levels: usize,
}

impl Place {
    fn property(&self, name: &str, required: bool) -> Self {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{}/{escaped}", self.pointer);
        Self { name: name.to_owned(), pointer, required, levels: self.levels + 1 }
    }

    fn item(&self) -> Self {
        let pointer = format!("{}/*", self.pointer);
        Self { name: String::new(), pointer, required: true, levels: self.levels + 1 }
    }
}

impl<'a> Compiler<'a> {
    /// The field, and whether it is but the end of a tree of its own kind, which would be unfolded once more here.
    fn field(&mut self, place: Place, nodes: Vec<Node<'a>>) -> Result<(Field, bool), Error> {
        if place.levels > self.caps.max_levels {
            return Err(invalid(&place.pointer, format!("is nested deeper than {} levels", self.caps.max_levels)));
        }
        let mut facts = Facts::default();
        for node in nodes {
            facts.and(self.facts(&node, &place, 0)?);
        }
        let text = |text: Option<&str>| text.map(|text| self.cut(text));
        let (title, description) = (text(facts.title), text(facts.description));
        let (prompt, reasoning) = (text(facts.prompt), text(facts.reasoning));
        let (nullable, is_cut) = (facts.nullable, facts.is_cut);
        let (kind, is_end) = self.kind(facts, &place)?;
        let is_end = is_end || (is_cut && kind == Kind::Any);
        let nullable = nullable || kind == Kind::Any;
        let Place { name, pointer, required, .. } = place;
        Ok((Field { name, pointer, title, description, prompt, reasoning, kind, required, nullable }, is_end))
    }

    /// All that a subschema says, and what it refers to.
    fn facts(&mut self, node: &Node<'a>, place: &Place, steps: usize) -> Result<Facts<'a>, Error> {
        self.nodes += 1;
        if self.nodes > self.caps.max_nodes {
            return Err(invalid(&place.pointer, format!("unfolds to more than {} subschemas", self.caps.max_nodes)));
        }
        if steps > MAX_STEPS {
            return Err(invalid(&place.pointer, format!("is described in more than {MAX_STEPS} steps")));
        }
        let mut facts = Facts::of(node);
        if let Some(reference) = reference(node.schema) {
            if node.unfolds(reference) >= self.caps.max_unfolds {
                facts.is_cut = true;
            } else {
                let target = target(self.root, reference)
                    .ok_or_else(|| invalid(&place.pointer, "refers to what is not in the schema"))?;
                facts.and(self.facts(&node.follow(reference, target), place, steps + 1)?);
            }
        }
        for part in parts(node.schema, "allOf") {
            facts.and(self.facts(&node.part(part), place, steps + 1)?);
        }
        for keyword in ["anyOf", "oneOf"] {
            let alternatives = parts(node.schema, keyword)
                .iter()
                .map(|part| self.facts(&node.part(part), place, steps + 1))
                .collect::<Result<Vec<_>, _>>()?;
            if !alternatives.is_empty() {
                facts.and(Facts::either(alternatives));
            }
        }
        Ok(facts)
    }

    fn kind(&mut self, facts: Facts<'a>, place: &Place) -> Result<(Kind, bool), Error> {
        // Of several types the first counts, unless the value may be an object: that says the most.
        let types = facts.types.as_deref().unwrap_or_default();
        let object = types.contains(&Type::Object).then_some(Type::Object);
        let first = object.or_else(|| types.first().copied());
        let kind = match (first, facts.choices) {
            (first, Some(choices)) if !choices.is_empty() => self.choice(&choices, first, place)?,
            (Some(Type::Object), _) => Kind::Object(self.fields(facts.properties, &facts.required, place)?),
            (Some(Type::Array), _) => {
                let (item, is_end) = self.field(place.item(), facts.items)?;
                return Ok((Kind::List(Box::new(item)), is_end));
            }
            (Some(Type::String), _) => {
                Kind::Text { format: facts.format.map(str::to_owned), pattern: facts.pattern.map(Pattern::of) }
            }
            (Some(kind @ (Type::Number | Type::Integer)), _) => {
                Kind::Number { integer: kind == Type::Integer, minimum: facts.minimum, maximum: facts.maximum }
            }
            (Some(Type::Boolean), _) => Kind::Boolean,
            (None, _) => Kind::Any,
        };
        Ok((kind, false))
    }

    fn choice(&self, choices: &[&Value], first: Option<Type>, place: &Place) -> Result<Kind, Error> {
        if choices.len() > self.caps.max_choices {
            return Err(invalid(&place.pointer, format!("has more than {} values to choose", self.caps.max_choices)));
        }
        if first == Some(Type::Boolean) && choices.len() > 1 {
            return Ok(Kind::Boolean);
        }
        let mut kept: Vec<Value> = Vec::with_capacity(choices.len());
        for choice in choices {
            if !kept.contains(*choice) {
                kept.push((*choice).clone());
            }
        }
        Ok(Kind::Choice(kept))
    }

    fn fields(
        &mut self,
        properties: Vec<(&'a str, Vec<Node<'a>>)>,
        required: &BTreeSet<&'a str>,
        place: &Place,
    ) -> Result<Vec<Field>, Error> {
        let mut fields = Vec::with_capacity(properties.len());
        for (name, nodes) in properties {
            let (field, is_end) = self.field(place.property(name, required.contains(name)), nodes)?;
            if field.required || !is_end {
                fields.push(field);
            }
        }
        Ok(fields)
    }

    fn cut(&self, text: &str) -> String {
        text.trim().chars().take(self.caps.max_text_chars).collect()
    }
}

fn parts<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

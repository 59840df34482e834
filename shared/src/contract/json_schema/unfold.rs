//! What a schema comes to when its references are followed, as the engine follows them.

use serde_json::Value;

use super::SchemaMistake;
use super::caps::{MAX_LEVELS, MAX_STEPS, MAX_SUBSCHEMAS, MAX_UNFOLDS};
use super::reference::{reference, target};

pub(super) fn check(schema: &Value) -> Option<SchemaMistake> {
    let mut unfolding = Unfolding { root: schema, subschemas: 0, trail: Vec::new() };
    if !unfolding.may_be_object(schema, 0) {
        return Some(SchemaMistake::new("", "type", "must ask for an object"));
    }
    unfolding.subschemas = 0;
    unfolding.value(schema, 0, 0).err()
}

struct Unfolding<'a> {
    root: &'a Value,
    subschemas: usize,
    /// The references that were followed to come here.
    trail: Vec<&'a str>,
}

impl<'a> Unfolding<'a> {
    fn value(&mut self, schema: &'a Value, levels: usize, steps: usize) -> Result<(), SchemaMistake> {
        self.subschemas += 1;
        let too_much = |rule, size, message| Err(SchemaMistake::new("", rule, message).with_size(size));
        if self.subschemas > MAX_SUBSCHEMAS {
            let message = format!("must not unfold to more than {MAX_SUBSCHEMAS} subschemas");
            return too_much("maxValues", self.subschemas, message);
        }
        if levels > MAX_LEVELS {
            let message = format!("must not ask for values that are nested deeper than {MAX_LEVELS} levels");
            return too_much("maxDepth", levels, message);
        }
        if steps > MAX_STEPS {
            let message =
                format!("must not describe a value in more than {MAX_STEPS} steps of allOf, anyOf, oneOf and $ref");
            return too_much("maxDepth", steps, message);
        }
        self.followed(schema, |unfolding, target| unfolding.value(target, levels, steps + 1)).transpose()?;
        for part in ["allOf", "anyOf", "oneOf"].iter().flat_map(|keyword| parts(schema, keyword)) {
            self.value(part, levels, steps + 1)?;
        }
        for property in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|all| all.values()) {
            self.value(property, levels + 1, 0)?;
        }
        for items in ["prefixItems", "items"].iter().filter_map(|keyword| schema.get(*keyword)) {
            let item = items.as_array().map_or(Some(items), |items| items.first());
            item.map_or(Ok(()), |item| self.value(item, levels + 1, 0))?;
        }
        Ok(())
    }

    /// Whether the value may be an object. Values to choose from are none: they are no fields.
    fn may_be_object(&mut self, schema: &'a Value, steps: usize) -> bool {
        self.subschemas += 1;
        if steps > MAX_STEPS || self.subschemas > MAX_SUBSCHEMAS {
            return true; // It is refused for that.
        }
        let is_type = match schema.get("type") {
            Some(Value::String(name)) => name == "object",
            Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
            _ => true,
        };
        let is_choice = schema.get("enum").is_some() || schema.get("const").is_some();
        let mut may_be = |part| self.may_be_object(part, steps + 1);
        is_type
            && !is_choice
            && parts(schema, "allOf").all(&mut may_be)
            && ["anyOf", "oneOf"].iter().all(|keyword| {
                let mut alternatives = parts(schema, keyword).peekable();
                alternatives.peek().is_none() || alternatives.any(&mut may_be)
            })
            && self.followed(schema, |unfolding, target| unfolding.may_be_object(target, steps + 1)).unwrap_or(true)
    }

    /// Does something with what a subschema refers to, if it does and was not come from there too often.
    fn followed<T>(&mut self, schema: &'a Value, then: impl FnOnce(&mut Self, &'a Value) -> T) -> Option<T> {
        let reference = reference(schema)?;
        if self.trail.iter().filter(|followed| **followed == reference).count() >= MAX_UNFOLDS {
            return None;
        }
        let target = target(self.root, reference)?;
        self.trail.push(reference);
        let done = then(self, target);
        self.trail.pop();
        Some(done)
    }
}

fn parts<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

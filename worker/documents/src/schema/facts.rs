//! What the keywords of a subschema say about a value, before it is known how they go together.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::reference::Node;

/// The types of JSON Schema that a value may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Object,
    Array,
    String,
    Number,
    Integer,
    Boolean,
}

/// What is said about a value. Of texts, what was said first counts.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) prompt: Option<&'a str>,
    pub(super) reasoning: Option<&'a str>,
    /// None: any.
    pub(super) types: Option<Vec<Type>>,
    pub(super) nullable: bool,
    pub(super) choices: Option<Vec<&'a Value>>,
    pub(super) format: Option<&'a str>,
    pub(super) pattern: Option<&'a str>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    /// By name, in order, with every subschema that speaks of it.
    pub(super) properties: Vec<(&'a str, Vec<Node<'a>>)>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) items: Vec<Node<'a>>,
    /// Whether something that refers to itself ends here.
    pub(super) is_cut: bool,
}

impl<'a> Facts<'a> {
    /// What a subschema says by itself: nothing that it refers to.
    pub(super) fn of(node: &Node<'a>) -> Self {
        let Value::Object(keywords) = node.schema else { return Self::default() };
        let text = |name: &str| keywords.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let number = |name: &str| keywords.get(name).and_then(Value::as_f64);
        let mut facts = Self {
            title: text("title"),
            description: text("description"),
            prompt: text("X-FieldPrompt"),
            reasoning: text("X-ReasoningPrompt"),
            format: text("format"),
            pattern: text("pattern"),
            minimum: later(number("minimum"), number("exclusiveMinimum"), f64::max),
            maximum: later(number("maximum"), number("exclusiveMaximum"), f64::min),
            ..Self::default()
        };
        facts.read_types(keywords);
        facts.read_choices(keywords);
        facts.read_parts(node, keywords);
        facts
    }

    fn read_types(&mut self, keywords: &'a Map<String, Value>) {
        let names = match keywords.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        self.nullable = names.contains(&"null") || keywords.get("nullable") == Some(&Value::Bool(true));
        let types: Vec<Type> = names.iter().filter_map(|name| named(name)).collect();
        self.types = (!types.is_empty()).then_some(types).or_else(|| implied(keywords));
    }

    fn read_choices(&mut self, keywords: &'a Map<String, Value>) {
        let values: Vec<&Value> = match (keywords.get("const"), keywords.get("enum")) {
            (Some(value), _) => vec![value],
            (None, Some(Value::Array(values))) => values.iter().collect(),
            (None, _) => return,
        };
        self.nullable |= values.iter().any(|value| value.is_null());
        self.choices = Some(values.into_iter().filter(|value| !value.is_null()).collect());
    }

    fn read_parts(&mut self, node: &Node<'a>, keywords: &'a Map<String, Value>) {
        if let Some(properties) = keywords.get("properties").and_then(Value::as_object) {
            self.properties =
                properties.iter().map(|(name, schema)| (name.as_str(), vec![node.part(schema)])).collect();
        }
        if let Some(required) = keywords.get("required").and_then(Value::as_array) {
            self.required = required.iter().filter_map(Value::as_str).collect();
        }
        // Of a tuple the first item speaks for all.
        let items = ["prefixItems", "items"].iter().find_map(|name| match keywords.get(*name)? {
            Value::Array(items) => items.first(),
            schema => Some(schema),
        });
        self.items = items.map(|schema| node.part(schema)).into_iter().collect();
    }

    /// Whether it says that the value is null and nothing else.
    pub(super) fn is_null(&self) -> bool {
        let is_free = self.types.is_none() && self.properties.is_empty() && self.items.is_empty();
        self.nullable && is_free && self.choices.as_ref().is_none_or(Vec::is_empty)
    }

    /// Adds what else must hold.
    pub(super) fn and(&mut self, other: Self) {
        self.title = self.title.or(other.title);
        self.description = self.description.or(other.description);
        self.prompt = self.prompt.or(other.prompt);
        self.reasoning = self.reasoning.or(other.reasoning);
        self.format = self.format.or(other.format);
        self.pattern = self.pattern.or(other.pattern);
        self.minimum = later(self.minimum, other.minimum, f64::max);
        self.maximum = later(self.maximum, other.maximum, f64::min);
        self.nullable |= other.nullable;
        self.is_cut |= other.is_cut;
        self.types = both(self.types.take(), other.types, |mine, theirs| {
            let narrower = |kind: &Type| match kind {
                Type::Number if theirs.contains(&Type::Integer) => Some(Type::Integer),
                Type::Integer if theirs.contains(&Type::Number) => Some(Type::Integer),
                kind => theirs.contains(kind).then_some(*kind),
            };
            mine.iter().filter_map(narrower).collect()
        });
        self.choices = both(self.choices.take(), other.choices, |mine, theirs| {
            mine.iter().filter(|value| theirs.contains(value)).copied().collect()
        });
        self.add_properties(other.properties);
        self.required.extend(other.required);
        self.items.extend(other.items);
    }

    fn add_properties(&mut self, properties: Vec<(&'a str, Vec<Node<'a>>)>) {
        for (name, nodes) in properties {
            match self.properties.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => known.extend(nodes),
                None => self.properties.push((name, nodes)),
            }
        }
    }

    /// What holds if one of these does: values to choose from are put together, and so are the fields of objects, which say
    /// more than anything else; else the first counts.
    pub(super) fn either(alternatives: Vec<Self>) -> Self {
        let nullable = alternatives.iter().any(|facts| facts.nullable);
        let mut others: Vec<Self> = alternatives.into_iter().filter(|facts| !facts.is_null()).collect();
        let is_object = |facts: &Self| facts.types.as_ref().is_some_and(|types| types.contains(&Type::Object));
        let mut joined = if others.len() > 1 && others.iter().all(|facts| facts.choices.is_some()) {
            let choices = others.iter_mut().filter_map(|facts| facts.choices.take()).flatten().collect();
            Self { choices: Some(choices), ..Self::default() }
        } else if others.len() > 1 && others.iter().any(is_object) {
            let mut objects = others.into_iter().filter(is_object);
            let mut first = objects.next().unwrap_or_default();
            for other in objects {
                first.required.retain(|name| other.required.contains(name));
                first.add_alternatives(other.properties);
            }
            first
        } else {
            let first = others.iter().position(|facts| facts.types.is_some() || facts.choices.is_some());
            if others.is_empty() { Self::default() } else { others.swap_remove(first.unwrap_or(0)) }
        };
        joined.nullable |= nullable;
        joined
    }

    /// Of a property that several alternatives have, the first one's subschemas count.
    fn add_alternatives(&mut self, properties: Vec<(&'a str, Vec<Node<'a>>)>) {
        for (name, nodes) in properties {
            if self.properties.iter().all(|(known, _)| *known != name) {
                self.properties.push((name, nodes));
            }
        }
    }
}

fn named(name: &str) -> Option<Type> {
    Some(match name {
        "object" => Type::Object,
        "array" => Type::Array,
        "string" => Type::String,
        "number" => Type::Number,
        "integer" => Type::Integer,
        "boolean" => Type::Boolean,
        _ => return None,
    })
}

/// The type that a schema without `type` means by its other keywords.
fn implied(keywords: &Map<String, Value>) -> Option<Vec<Type>> {
    let has = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
    if has(&["properties", "required", "additionalProperties"]) {
        Some(vec![Type::Object])
    } else if has(&["items", "prefixItems", "minItems", "maxItems"]) {
        Some(vec![Type::Array])
    } else if has(&["pattern", "minLength", "maxLength"]) {
        Some(vec![Type::String])
    } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        Some(vec![Type::Number])
    } else if has(&["format"]) {
        Some(vec![Type::String])
    } else {
        None
    }
}

fn later(one: Option<f64>, other: Option<f64>, tighter: fn(f64, f64) -> f64) -> Option<f64> {
    both(one, other, |one, other| tighter(*one, *other))
}

/// What both say, if both say something; else what one says.
fn both<T>(one: Option<T>, other: Option<T>, join: impl FnOnce(&T, &T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(&one, &other)),
        (one, other) => one.or(other),
    }
}

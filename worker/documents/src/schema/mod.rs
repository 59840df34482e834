//! Schemas: what a JSON Schema asks for, as a tree of fields.
//!
//! ```text
//! JSON Schema ── facts: $ref, allOf, anyOf, types put together ──► Field ── Object ──► Fields
//!                                                                        └─ List ──► Field of its items
//! ```
//!
//! Only what tells how a value is to be found is kept: which fields there are, what they are called and described as, and
//! what their values look like. Fields come in the order of the map that the schema was read into; serde_json's sorts them
//! by name unless it is built to keep the order of the text.

mod caps;
mod compile;
mod facts;
mod pattern;
mod reference;

use serde_json::{Map, Value};

pub(crate) use self::caps::Caps;
pub(crate) use self::pattern::Pattern;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schema {
    /// All of it. It has no name, and its pointer is empty.
    pub(crate) root: Field,
    /// What is to be known about all fields: `X-SystemPrompt`.
    pub(crate) prompt: Option<String>,
}

/// A place of the value, and what is to be there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// The name of the property; empty for the root and for the items of a list.
    pub(crate) name: String,
    /// The JSON pointer of the place in the value, where `*` stands for the number of an item.
    pub(crate) pointer: String,
    /// The schema's `title`.
    pub(crate) title: Option<String>,
    /// The schema's `description`.
    pub(crate) description: Option<String>,
    /// What is to be known to find it: `X-FieldPrompt`.
    pub(crate) prompt: Option<String>,
    /// What evidence is asked for: `X-ReasoningPrompt`.
    pub(crate) reasoning: Option<String>,
    /// What its value looks like.
    pub(crate) kind: Kind,
    /// Whether its object must have it.
    pub(crate) required: bool,
    /// Whether it may be null.
    pub(crate) nullable: bool,
}

/// What a value looks like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// An object of these fields.
    Object(Vec<Field>),
    /// A list of such items.
    List(Box<Field>),
    /// One of these values, none of which is null.
    Choice(Vec<Value>),
    /// A text.
    Text {
        /// For example `date`.
        format: Option<String>,
        /// What matches somewhere in it.
        pattern: Option<Pattern>,
    },
    /// A number.
    Number {
        /// Whether it is whole.
        integer: bool,
        /// The least that it may be.
        minimum: Option<f64>,
        /// The most that it may be.
        maximum: Option<f64>,
    },
    /// True or false.
    Boolean,
    /// The schema does not say.
    Any,
}

impl Schema {
    /// The fields of a JSON Schema of draft 7 or 2020-12.
    ///
    /// # Errors
    ///
    /// [`Error::SchemaInvalid`](crate::Error::SchemaInvalid) if it is over one of the caps, refers to what is not in it, or
    /// asks for something else than an object.
    pub(crate) fn compile(schema: &Value, caps: &Caps) -> Result<Self, crate::Error> {
        compile::compile(schema, caps)
    }
}

impl Field {
    /// The value without anything found: objects with all their fields, empty lists, and null.
    pub(crate) fn blank(&self) -> Value {
        match &self.kind {
            Kind::Object(fields) => {
                Value::Object(fields.iter().map(|field| (field.name.clone(), field.blank())).collect::<Map<_, _>>())
            }
            Kind::List(_) => Value::Array(Vec::new()),
            _ => Value::Null,
        }
    }

    /// Its fields, if it is an object.
    pub(crate) fn fields(&self) -> &[Self] {
        match &self.kind {
            Kind::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The field of this name, if it is an object that has one.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// Whether its pattern, if it has one, allows the text.
    pub(crate) fn allows(&self, text: &str) -> bool {
        !matches!(&self.kind, Kind::Text { pattern: Some(pattern), .. } if !pattern.allows(text))
    }

    /// What its items are, if it is a list.
    pub(crate) fn item(&self) -> Option<&Self> {
        match &self.kind {
            Kind::List(item) => Some(item),
            _ => None,
        }
    }
}

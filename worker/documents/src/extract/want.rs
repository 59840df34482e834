//! What kind of value a field wants.

use serde_json::Value;

use crate::schema;
use crate::value;

/// What kind of value a field wants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Want {
    /// Values of these kinds, each with how well it fits.
    Typed(Vec<(value::Kind, f32)>),
    /// The name of a person or of an organization.
    Name,
    /// A postal address, which may go over several lines.
    Address,
    /// The title of the document.
    Title,
    /// Whatever is written beside the label.
    Text,
    /// One of these.
    Choice(Vec<Value>),
}

impl Want {
    /// What a field wants, by its kind and what it is about.
    pub(crate) fn of(kind: &schema::Kind, about: Option<value::Kind>) -> Self {
        use value::Kind as K;
        match kind {
            schema::Kind::Choice(values) => Self::Choice(values.clone()),
            schema::Kind::Boolean => Self::Typed(vec![(K::Bool, 1.0)]),
            schema::Kind::Number { .. } => Self::Typed(match about {
                Some(K::Percent) => vec![(K::Percent, 1.0), (K::Number, 0.75)],
                Some(K::Money) => vec![(K::Money, 1.0), (K::Number, 0.9)],
                _ => vec![(K::Number, 1.0), (K::Money, 0.9), (K::Percent, 0.8)],
            }),
            schema::Kind::Text { format: Some(format), .. } => {
                Self::of_format(format).unwrap_or_else(|| Self::of_text(about))
            }
            schema::Kind::Text { format: None, .. } | schema::Kind::Any => Self::of_text(about),
            schema::Kind::Object(_) | schema::Kind::List(_) => Self::Text,
        }
    }

    fn of_format(format: &str) -> Option<Self> {
        use value::Kind as K;
        Some(Self::Typed(match format {
            "date" => vec![(K::Date, 1.0), (K::DateTime, 0.95)],
            "date-time" => vec![(K::DateTime, 1.0)],
            "time" => vec![(K::Time, 1.0), (K::DateTime, 0.9)],
            "email" | "idn-email" => vec![(K::Email, 1.0)],
            "uri" | "uri-reference" | "iri" | "url" => vec![(K::Url, 1.0)],
            "phone" => vec![(K::Phone, 1.0)],
            _ => return None,
        }))
    }

    fn of_text(about: Option<value::Kind>) -> Self {
        use value::Kind as K;
        match about {
            Some(K::Name) => Self::Name,
            Some(K::Address) => Self::Address,
            Some(K::Title) => Self::Title,
            None | Some(K::Text) => Self::Text,
            Some(K::Date) => Self::Typed(vec![(K::Date, 1.0), (K::DateTime, 0.95)]),
            Some(K::Time) => Self::Typed(vec![(K::Time, 1.0), (K::DateTime, 0.9)]),
            Some(K::Money) => Self::Typed(vec![(K::Money, 1.0), (K::Number, 0.9)]),
            Some(K::Percent) => Self::Typed(vec![(K::Percent, 1.0), (K::Number, 0.7)]),
            Some(K::Identifier) => Self::Typed(vec![(K::Identifier, 1.0), (K::Number, 0.9)]),
            Some(K::Currency) => Self::Typed(vec![(K::Currency, 1.0), (K::Money, 0.8)]),
            // Of some countries the number has no letters of the country before it.
            Some(K::VatId) => Self::Typed(vec![(K::VatId, 1.0), (K::Identifier, 0.9)]),
            Some(kind) => Self::Typed(vec![(kind, 1.0)]),
        }
    }

    /// How well a kind of value fits; 0 if it does not.
    pub(crate) fn fit(&self, kind: value::Kind) -> f32 {
        match self {
            Self::Typed(kinds) => kinds.iter().find(|(known, _)| *known == kind).map_or(0.0, |(_, fit)| *fit),
            _ => 0.0,
        }
    }

    /// Whether values of its kind are so rare on a page that one without a label may be meant.
    pub(crate) fn is_telling(&self) -> bool {
        use value::Kind as K;
        let rare = [K::Iban, K::Bic, K::VatId, K::Email, K::Url, K::Phone, K::Currency];
        matches!(self, Self::Typed(kinds) if kinds.iter().any(|(kind, _)| rare.contains(kind)))
    }
}

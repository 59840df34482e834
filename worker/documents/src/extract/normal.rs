//! Values in the form that the schema wants.

use serde_json::{Number, Value};

use super::leaf::Leaf;
use crate::schema::Kind;
use crate::value::{self, Decimal, Typed};

/// A typed value as the field wants it; nothing if the schema does not allow it.
pub(crate) fn of_typed(leaf: &Leaf<'_>, typed: &Typed, wanted: value::Kind) -> Option<Value> {
    match &leaf.field.kind {
        Kind::Number { integer, minimum, maximum } => {
            let number = typed.number()?;
            let value = number.nearest();
            let is_within = minimum.is_none_or(|least| value >= least) && maximum.is_none_or(|most| value <= most);
            if !is_within || *integer && number.integer().is_none() {
                return None;
            }
            of_number(number)
        }
        Kind::Boolean => match typed {
            Typed::Bool(is_true) => Some(Value::Bool(*is_true)),
            _ => None,
        },
        Kind::Text { .. } | Kind::Any => {
            let text = match (typed, wanted) {
                (Typed::DateTime(moment), value::Kind::Date) => moment.date.to_string(),
                (Typed::DateTime(moment), value::Kind::Time) => moment.time.to_string(),
                (Typed::Money { currency: Some(code), .. }, value::Kind::Currency) => (*code).to_owned(),
                (Typed::Money { currency: None, .. }, value::Kind::Currency) => return None,
                _ => typed.normal(),
            };
            leaf.field.allows(&text).then_some(Value::String(text))
        }
        _ => None,
    }
}

/// A number of JSON: whole ones without a point.
pub(crate) fn of_number(number: Decimal) -> Option<Value> {
    match number.integer() {
        Some(whole) => Some(Value::Number(whole.into())),
        None => Number::from_f64(number.nearest()).map(Value::Number),
    }
}

/// A text as it is written, for a field of text.
pub(crate) fn of_text(leaf: &Leaf<'_>, text: &str) -> Option<Value> {
    let text = text.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '|' | ';' | '*' | '_' | ','));
    let takes_text = matches!(leaf.field.kind, Kind::Text { .. } | Kind::Any);
    (takes_text && !text.is_empty() && leaf.field.allows(text)).then(|| Value::String(text.to_owned()))
}

//! Labels with their values on the pages of a file, those without a colon between them too.

use crate::value::{self, Kind, Locale};
use crate::view::{Pair, Relation, Span, View};

/// Labels with their values, and with the codes that follow them on their line: "Invoice number 10849-22".
pub(super) fn pairs(view: &View, locale: &Locale) -> Vec<Pair> {
    let mut pairs = view.pairs();
    for (line, text) in view.lines.iter().map(|line| line.text.as_str()).enumerate() {
        for code in value::find(text, locale).iter().filter(|found| is_code(found.value.kind())) {
            let value = Span { line, start: code.start, end: code.end };
            let labels = view.labels(value).into_iter().filter(|label| label.relation == Relation::Before);
            pairs.extend(labels.map(|label| Pair {
                label: label.span,
                value,
                relation: label.relation,
                nearness: label.nearness,
            }));
        }
    }
    pairs.sort_by_key(|pair| (pair.value.line, pair.value.start));
    pairs
}

/// Groups of digits are as well a number or a telephone number.
fn is_code(kind: Kind) -> bool {
    matches!(kind, Kind::Identifier | Kind::Number | Kind::Phone)
}

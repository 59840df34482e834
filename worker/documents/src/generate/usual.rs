//! What papers of a kind usually say, with a label or without one: the sender of a letter, the shop on a receipt.

use super::form::Form;
use super::{Seen, Shape};
use crate::classify::{Asked, Leaf, answers};
use crate::document::Document;
use crate::embed::Embedder;
use crate::language;
use crate::lexicon::{self, Concept};
use crate::operation::Kind;
use crate::view::View;

/// How likely a document is of a kind before that kind's fields are looked for in it.
const LIKELY: f32 = 0.5;
/// A name means a concept from here on.
const MEANS: f32 = 0.8;
/// What a document may be besides.
const OTHER: &str = "other";

/// The fields of a kind, and its list with the columns.
struct Paper {
    kind: &'static str,
    fields: &'static [(&'static str, Form)],
    list: Option<(&'static str, &'static [(&'static str, Form)])>,
}

const PRICED: &[(&str, Form)] = &[
    ("item_number", Form::Text),
    ("description", Form::Text),
    ("quantity", Form::Number),
    ("unit_price", Form::Number),
    ("amount", Form::Number),
];

const PAPERS: &[Paper] = &[
    Paper {
        kind: "invoice",
        fields: &[
            ("invoice_number", Form::Text),
            ("invoice_date", Form::Date),
            ("due_date", Form::Date),
            ("vendor_name", Form::Text),
            ("vendor_address", Form::Text),
            ("customer_name", Form::Text),
            ("customer_address", Form::Text),
            ("currency", Form::Text),
            ("subtotal", Form::Number),
            ("tax_rate", Form::Number),
            ("tax_amount", Form::Number),
            ("total", Form::Number),
            ("iban", Form::Text),
            ("bic", Form::Text),
        ],
        list: Some(("line_items", PRICED)),
    },
    Paper {
        kind: "receipt",
        fields: &[
            ("merchant_name", Form::Text),
            ("merchant_address", Form::Text),
            ("merchant_phone", Form::Text),
            ("receipt_number", Form::Text),
            ("date", Form::Date),
            ("time", Form::Time),
            ("payment_method", Form::Text),
            ("tax_amount", Form::Number),
            ("total", Form::Number),
            ("amount_paid", Form::Number),
            ("change", Form::Number),
        ],
        list: Some((
            "line_items",
            &[("description", Form::Text), ("quantity", Form::Number), ("amount", Form::Number)],
        )),
    },
    Paper {
        kind: "bank_statement",
        fields: &[
            ("bank_name", Form::Text),
            ("account_holder", Form::Text),
            ("iban", Form::Text),
            ("bic", Form::Text),
            ("statement_number", Form::Text),
            ("statement_date", Form::Date),
            ("period_start", Form::Date),
            ("period_end", Form::Date),
            ("opening_balance", Form::Number),
            ("closing_balance", Form::Number),
        ],
        list: Some((
            "transactions",
            &[("date", Form::Date), ("description", Form::Text), ("amount", Form::Number), ("balance", Form::Number)],
        )),
    },
    Paper {
        kind: "purchase_order",
        fields: &[
            ("purchase_order_number", Form::Text),
            ("order_date", Form::Date),
            ("delivery_date", Form::Date),
            ("buyer_name", Form::Text),
            ("supplier_name", Form::Text),
            ("delivery_address", Form::Text),
            ("payment_terms", Form::Text),
            ("total", Form::Number),
        ],
        list: Some(("line_items", PRICED)),
    },
    Paper {
        kind: "contract",
        fields: &[
            ("provider_name", Form::Text),
            ("client_name", Form::Text),
            ("contract_number", Form::Text),
            ("effective_date", Form::Date),
            ("end_date", Form::Date),
            ("monthly_fee", Form::Number),
            ("deposit", Form::Number),
            ("notice_period", Form::Text),
            ("governing_law", Form::Text),
        ],
        list: None,
    },
    Paper {
        kind: "application_form",
        fields: &[
            ("last_name", Form::Text),
            ("first_name", Form::Text),
            ("birth_date", Form::Date),
            ("membership_type", Form::Text),
            ("newsletter", Form::Boolean),
        ],
        list: None,
    },
    Paper {
        kind: "letter",
        fields: &[
            ("sender_name", Form::Text),
            ("sender_address", Form::Text),
            ("recipient_name", Form::Text),
            ("recipient_address", Form::Text),
            ("letter_date", Form::Date),
            ("subject", Form::Text),
            ("signatory", Form::Text),
        ],
        list: None,
    },
    Paper {
        kind: "delivery_note",
        fields: &[
            ("delivery_note_number", Form::Text),
            ("date", Form::Date),
            ("order_number", Form::Text),
            ("supplier_name", Form::Text),
            ("customer_name", Form::Text),
            ("customer_address", Form::Text),
        ],
        list: Some((
            "line_items",
            &[("item_number", Form::Text), ("description", Form::Text), ("quantity", Form::Number)],
        )),
    },
    Paper {
        kind: "payslip",
        fields: &[
            ("employer_name", Form::Text),
            ("employee_name", Form::Text),
            ("pay_date", Form::Date),
            ("gross_pay", Form::Number),
            ("income_tax", Form::Number),
            ("net_pay", Form::Number),
        ],
        list: Some(("earnings", &[("description", Form::Text), ("amount", Form::Number)])),
    },
    Paper {
        kind: "quote",
        fields: &[
            ("quote_number", Form::Text),
            ("quote_date", Form::Date),
            ("valid_until", Form::Date),
            ("supplier_name", Form::Text),
            ("customer_name", Form::Text),
            ("customer_address", Form::Text),
            ("subtotal", Form::Number),
            ("tax_rate", Form::Number),
            ("tax_amount", Form::Number),
            ("total", Form::Number),
        ],
        list: Some(("line_items", PRICED)),
    },
    Paper {
        kind: "resume",
        fields: &[("full_name", Form::Text), ("job_title", Form::Text), ("website", Form::Url)],
        list: Some(("work_experience", &[("period", Form::Text), ("position", Form::Text), ("employer", Form::Text)])),
    },
];

/// The kind of paper that a document is, if that is likely.
pub(super) fn kind(document: &Document, view: &View, embedder: Option<&Embedder>) -> Option<&'static str> {
    let language = language::known(view.lines.iter().map(|line| line.text.as_str())).ok()?;
    let names = PAPERS.iter().map(|paper| paper.kind).chain([OTHER]);
    let kinds: Vec<Kind> = names.map(|name| Kind { name: name.to_owned(), ..Kind::default() }).collect();
    let leaves = Leaf::all(document, view);
    let asked = Asked { view, leaves: &leaves, kinds: &kinds, context: None, language };
    let (answer, likelihood) = answers(&asked, 1, embedder).into_iter().next()?;
    let paper = PAPERS.iter().find(|paper| paper.kind == answer.category)?;
    (likelihood >= LIKELY).then_some(paper.kind)
}

/// What papers of a kind usually have that is not known yet.
pub(super) fn fields(kind: &str, known: &[(Seen, bool)]) -> Vec<Seen> {
    let Some(paper) = PAPERS.iter().find(|paper| paper.kind == kind) else { return Vec::new() };
    let is_known = |seen: &Seen| {
        known.iter().any(|(other, _)| {
            let is_list = |seen: &Seen| matches!(seen.shape, Shape::Rows(_));
            other.name == seen.name
                || seen.concept.is_some() && other.concept == seen.concept
                || is_list(other) && is_list(seen)
        })
    };
    let fields = paper.fields.iter().map(|&(name, form)| usual(name, Shape::One(form)));
    let list = paper.list.map(|(name, columns)| {
        let columns = columns.iter().map(|&(name, form)| (usual(name, Shape::One(form)), false));
        usual(name, Shape::Rows(columns.collect()))
    });
    fields.chain(list).filter(|seen| !is_known(seen)).collect()
}

fn usual(name: &str, shape: Shape) -> Seen {
    Seen { name: name.to_owned(), labels: Vec::new(), concept: concept(name), shape, is_usual: true }
}

fn concept(name: &str) -> Option<Concept> {
    let meanings = lexicon::concepts_of_field(&name.replace('_', " "), None, None);
    meanings.first().filter(|(_, score)| *score >= MEANS).map(|(concept, _)| *concept)
}

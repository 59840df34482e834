//! What the pattern of a field allows, and what it finds.

use serde_json::{Value, json};

use super::prose::{of, of_file};

fn text(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

#[test]
fn a_value_that_its_pattern_does_not_allow_is_not_given() {
    let page = "Invoice number: RE-2024-17\nInvoice date: 3 May 2024\n";
    let number = |pattern: &str| of(page, json!({"invoice_number": text(pattern)}))["invoice_number"].clone();
    assert_eq!(number("^RE-"), json!("RE-2024-17"));
    assert_eq!(number("^[0-9]{8}$"), Value::Null);
}

#[test]
fn a_word_is_found_by_a_pattern_that_no_other_word_matches() {
    let page = "Northwell Ltd\nThank you for your order. Ask us about it: (QX-7781-K), we answer within a day.\n";
    let found = |pattern: &str| of(page, json!({"inquiry": text(pattern)}))["inquiry"].clone();
    assert_eq!(found("^[A-Z]{2}-[0-9]{4}-[A-Z]$"), json!("QX-7781-K"));
    // What anything matches tells nothing.
    assert_eq!(found("^.+$"), Value::Null);
}

#[test]
fn a_cell_that_its_pattern_does_not_allow_is_blank() {
    let page = "<table><tr><th>Code</th><th>Article</th><th>Amount</th></tr><tr><td>A-100</td><td>Chair</td><td>20.00</td></tr>\
                <tr><td>none</td><td>Desk</td><td>80.00</td></tr></table>";
    let code = text("^[A-Z]-[0-9]+$");
    let item = json!({"type": "object", "properties": {"code": code, "article": {"type": "string"}, "amount": {"type": "number"}}});
    let items = of_file("a.html", page, json!({"items": {"type": "array", "items": item}}))["items"].clone();
    let codes: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["code"]).collect();
    assert_eq!(codes, [&json!("A-100"), &Value::Null]);
}

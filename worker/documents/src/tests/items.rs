use serde_json::{Value, json};

use crate::extract::items::{Context, Origin, Row, items};
use crate::schema::{Caps, Schema};
use crate::value::Locale;
use crate::view::View;
use crate::{Engine, Limits, ReadOptions, Source};

fn rows(filename: &str, text: &str, list: &Value) -> Vec<Row> {
    let source = Source { bytes: text.as_bytes(), filename, media_type: None };
    let document =
        Engine::without_models().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ()).unwrap();
    let view = View::of(&document);
    let locale = Locale::of(view.lines.iter().map(|line| line.text.as_str()));
    let schema = Schema::compile(&json!({ "type": "object", "properties": list }), &Caps::default()).unwrap();
    let list = schema.root.fields().first().unwrap();
    let rows = items(&view, list, &Context { locale: &locale, embedder: None, ancestors: &[] });
    check_sources(&view, &rows);
    rows
}

/// Every leaf names the text that says it, or leaves of its own row.
#[track_caller]
fn check_sources(view: &View, rows: &[Row]) {
    for row in rows {
        for leaf in &row.leaves {
            assert!((0.0..=1.0).contains(&leaf.confidence), "{leaf:?}");
            match &leaf.origin {
                Origin::Text(spans) => {
                    let text: Vec<&str> = spans.iter().map(|span| view.text(*span)).collect();
                    assert!(text.iter().all(|text| !text.is_empty()), "{leaf:?}");
                    if let Value::String(value) = &leaf.value {
                        assert!(text.join(" ") == *value || value.starts_with("20"), "{leaf:?} of {text:?}");
                    }
                }
                Origin::Derived { from, .. } => {
                    assert!(from.iter().all(|from| row.leaves.iter().any(|leaf| leaf.suffix == *from)), "{leaf:?}");
                }
            }
        }
    }
}

/// `/name=value` for each leaf of a row, by its suffix.
fn outline(rows: &[Row]) -> Vec<String> {
    let of_row = |row: &Row| {
        let mut leaves: Vec<String> = row
            .leaves
            .iter()
            .map(|leaf| format!("{}={}", leaf.suffix.trim_start_matches('/'), plain(&leaf.value)))
            .collect();
        leaves.sort();
        leaves.join(" | ")
    };
    rows.iter().map(of_row).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[track_caller]
fn check(filename: &str, text: &str, list: &Value, expected: &[&str]) {
    assert_eq!(outline(&rows(filename, text, list)), expected);
}

/// A list of objects with these fields, each with its type.
fn list(name: &str, fields: &[(&str, &str)]) -> Value {
    let properties: serde_json::Map<String, Value> =
        fields.iter().map(|(name, kind)| ((*name).to_owned(), json!({ "type": kind }))).collect();
    json!({ name: { "type": "array", "items": { "type": "object", "properties": properties } } })
}

fn lines() -> Value {
    list(
        "line_items",
        &[("description", "string"), ("quantity", "integer"), ("unit_price", "number"), ("amount", "number")],
    )
}

fn table(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let cells: String = row.split('|').map(|cell| format!("<td>{}</td>", cell.trim())).collect();
        format!("<tr>{cells}</tr>")
    };
    format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
}

#[test]
fn columns_go_to_the_fields_that_their_headers_name() {
    let text = table(&[
        "Description | Qty | Unit price | Amount",
        "Paper A4 | 3 | 4.50 | 13.50",
        "Ink black | 2 | 20.00 | 40.00",
    ]);
    check(
        "a.html",
        &text,
        &lines(),
        &[
            "amount=13.5 | description=Paper A4 | quantity=3 | unit_price=4.5",
            "amount=40 | description=Ink black | quantity=2 | unit_price=20",
        ],
    );
}

#[test]
fn sums_headers_that_come_again_and_titles_are_no_items() {
    let text = table(&[
        "Description | Qty | Unit price | Amount",
        "OFFICE | | |",
        "Paper | 3 | 4.50 | 13.50",
        "Description | Qty | Unit price | Amount",
        "Ink | 2 | 20.00 | 40.00",
        "Subtotal | | | 53.50",
        "VAT 20% | | | 10.70",
        "Total | | | 64.20",
    ]);
    check(
        "a.html",
        &text,
        &lines(),
        &[
            "amount=13.5 | description=Paper | quantity=3 | unit_price=4.5",
            "amount=40 | description=Ink | quantity=2 | unit_price=20",
        ],
    );
}

#[test]
fn a_description_of_two_rows_is_joined() {
    let text = table(&[
        "Description | Qty | Unit price | Amount",
        "Paper | 3 | 4.50 | 13.50",
        "white, not bleached | | |",
        "Ink | 2 | 20.00 | 40.00",
    ]);
    check(
        "a.html",
        &text,
        &lines(),
        &[
            "amount=13.5 | description=Paper white, not bleached | quantity=3 | unit_price=4.5",
            "amount=40 | description=Ink | quantity=2 | unit_price=20",
        ],
    );
}

#[test]
fn figures_that_multiply_tell_what_they_are_without_headers() {
    let text = table(&["Paper | 13.50 | 4.50 | 3", "Ink | 40.00 | 20.00 | 2", "Glue | 9.60 | 1.20 | 8"]);
    check(
        "a.html",
        &text,
        &lines(),
        &[
            "amount=13.5 | description=Paper | quantity=3 | unit_price=4.5",
            "amount=40 | description=Ink | quantity=2 | unit_price=20",
            "amount=9.6 | description=Glue | quantity=8 | unit_price=1.2",
        ],
    );
}

#[test]
fn an_amount_that_a_row_lacks_follows_from_its_quantity_and_price() {
    let text = table(&[
        "Description | Qty | Unit price | Amount",
        "Paper | 3 | 4.50 | 13.50",
        "Ink | 2 | 20.00 | 40.00",
        "Glue | 4 | 1.25 |",
    ]);
    let rows = rows("a.html", &text, &lines());
    let leaf = rows[2].leaves.iter().find(|leaf| leaf.suffix == "/amount").unwrap();
    assert_eq!(leaf.value, json!(5));
    let from = vec!["/quantity".to_owned(), "/unit_price".to_owned()];
    assert_eq!(leaf.origin, Origin::Derived { rule: "product", from });
}

#[test]
fn rows_whose_figures_contradict_one_another_are_less_sure() {
    let text = table(&[
        "Description | Qty | Unit price | Amount",
        "Paper | 3 | 4.50 | 13.50",
        "Ink | 2 | 20.00 | 40.00",
        "Nib | 2 | 5.00 | 10.00",
        "Pen | 6 | 2.00 | 12.00",
        "Glue | 4 | 1.25 | 6.00",
    ]);
    let rows = rows("a.html", &text, &lines());
    let amount = |row: usize| rows[row].leaves.iter().find(|leaf| leaf.suffix == "/amount").unwrap().confidence;
    assert!(amount(0) > 0.95, "{}", amount(0));
    assert!(amount(4) < 0.85, "{}", amount(4));
}

#[test]
fn counts_before_what_is_counted_are_a_column_of_their_own() {
    let text = table(&["2 x Tea | 7.00", "1 x Milk | 1.10", "12 x Eggs | 3.60"]);
    check(
        "a.html",
        &text,
        &list("items", &[("description", "string"), ("quantity", "number"), ("amount", "number")]),
        &[
            "amount=7 | description=Tea | quantity=2",
            "amount=1.1 | description=Milk | quantity=1",
            "amount=3.6 | description=Eggs | quantity=12",
        ],
    );
}

#[test]
fn lines_that_end_in_figures_are_rows_without_any_table() {
    let text = "CORNER SHOP\n\n2 Tea 7.00\n1 Milk 1.10\n3 Buns 4.50\nTOTAL 12.60\nCash 20.00\nChange 7.40\n";
    check(
        "a.txt",
        text,
        &list("items", &[("description", "string"), ("quantity", "number"), ("amount", "number")]),
        &[
            "amount=7 | description=Tea | quantity=2",
            "amount=1.1 | description=Milk | quantity=1",
            "amount=4.5 | description=Buns | quantity=3",
        ],
    );
}

#[test]
fn two_rows_below_words_are_a_table() {
    let text = "Description      Qty     Unit price     Amount\nPaper              3           4.50      13.50\n";
    check("a.txt", text, &lines(), &["amount=13.5 | description=Paper | quantity=3 | unit_price=4.5"]);
}

#[test]
fn of_several_tables_the_one_that_matches_is_taken() {
    let holidays = table(&["Month | Days off", "May | 2", "June | 5"]);
    let paper = table(&["Description | Qty | Unit price | Amount", "Paper | 3 | 4.50 | 13.50"]);
    let ink = table(&["Description | Qty | Unit price | Amount", "Ink | 2 | 20.00 | 40.00"]);
    check(
        "a.html",
        &format!("{holidays}<p>Then</p>{paper}<p>and</p>{ink}"),
        &lines(),
        &[
            "amount=13.5 | description=Paper | quantity=3 | unit_price=4.5",
            "amount=40 | description=Ink | quantity=2 | unit_price=20",
        ],
    );
}

#[test]
fn tables_that_match_nothing_give_nothing() {
    let text = table(&["Month | Days off", "May | 2", "June | 5"]);
    check("a.html", &text, &list("transactions", &[("iban", "string"), ("booked", "boolean")]), &[]);
}

#[test]
fn labels_that_come_again_are_items() {
    let text = "Transaction 1\nDate: 2024-05-03\nPayee: Ann Lee\nAmount: 12.00\n\n\
                Transaction 2\nDate: 2024-05-04\nPayee: Bob Ray\nAmount: 8.50\n";
    check(
        "a.txt",
        text,
        &list("transactions", &[("date", "string"), ("payee", "string"), ("amount", "number")]),
        &["amount=12 | date=2024-05-03 | payee=Ann Lee", "amount=8.5 | date=2024-05-04 | payee=Bob Ray"],
    );
}

#[test]
fn labels_that_come_once_are_no_items() {
    let text = "Date: 2024-05-03\nPayee: Ann Lee\nAmount: 12.00\n";
    check("a.txt", text, &list("transactions", &[("date", "string"), ("payee", "string"), ("amount", "number")]), &[]);
}

#[test]
fn a_list_below_its_heading_is_a_list_of_strings() {
    let text = "<h1>Ann Lee</h1><h2>Skills</h2><ul><li>Welding</li><li>Casting</li></ul><h2>Hobbies</h2><ul><li>Chess</li></ul>";
    let skills = json!({ "skills": { "type": "array", "items": { "type": "string" } } });
    check("a.html", text, &skills, &["=Welding", "=Casting"]);
}

#[test]
fn a_list_behind_its_label_is_parted_at_commas() {
    let skills = json!({ "skills": { "type": "array", "items": { "type": "string" } } });
    check("a.txt", "Name: Ann Lee\nSkills: welding, casting , chess\n", &skills, &["=welding", "=casting", "=chess"]);
}

#[test]
fn objects_in_items_are_filled_too() {
    let item = json!({ "type": "object", "properties": {
        "product": { "type": "object", "properties": { "name": { "type": "string" }, "code": { "type": "string" } } },
        "quantity": { "type": "integer" },
    } });
    let text = table(&["Product code | Product name | Quantity", "A-1 | Paper | 3", "B-2 | Ink | 5"]);
    check(
        "a.html",
        &text,
        &json!({ "items": { "type": "array", "items": item } }),
        &["product/code=A-1 | product/name=Paper | quantity=3", "product/code=B-2 | product/name=Ink | quantity=5"],
    );
}

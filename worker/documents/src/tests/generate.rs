//! Documents in, a schema of what they say out.

use serde_json::{Value, json};

use crate::document::{Block, Content, Document, Line, Page, Table};
use crate::schema::{Caps, Schema};
use crate::{Engine, ExtractOptions, GenerateSchemaOptions, Limits, Operation, Output, Source, Step};

/// A page of paragraphs, which blank lines part, and of a table behind them.
fn page(text: &str, rows: &[&[&str]]) -> Document {
    let paragraph = |text: &str| {
        let lines = text.lines().map(|line| Line::native(line.trim())).collect();
        Block::of_lines(lines, |lines| Content::Paragraph { lines })
    };
    let mut blocks: Vec<Block> = text.split("\n\n").map(paragraph).collect();
    if !rows.is_empty() {
        let mut table = Table::default();
        table.header_rows = 1;
        for row in rows {
            table.push_row(row.iter().map(|cell| (*cell).to_owned()), &Limits::default()).unwrap();
        }
        blocks.push(Block::table(table));
    }
    Document { media_type: "text/plain", pages: vec![Page::of_blocks(blocks)], declared: Vec::new() }
}

fn schema(documents: &[Document], instructions: Option<&str>) -> Value {
    crate::generate::schema(documents, instructions, None).unwrap()
}

/// The type and format of each field.
fn types(schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().unwrap();
    let shown = |(name, property): (&String, &Value)| match property["format"].as_str() {
        Some(format) => format!("{name} {} {format}", property["type"]),
        None => format!("{name} {}", property["type"]),
    };
    properties.iter().map(shown).collect()
}

const INVOICE: &str = "Invoice No: INV-2024-17
    Invoice date: 12 March 2024
    Case officer: Ada Byron
    Contact: ada@example.com
    Pages printed: 3

    Subtotal    20.00
    VAT 19 %    3.80
    Total due    EUR 23.80

    We thank you for this order: it is dear to us.";
const LINES: &[&[&str]] = &[
    &["Description", "Qty", "Unit price", "Colour"],
    &["Bolt, 8 mm", "4", "2.50", "red"],
    &["Nut", "10", "1.00", ""],
    &["", "", "Total", "20.00"],
];

#[test]
fn labels_become_fields_with_the_types_of_their_values() {
    let schema = schema(&[page(INVOICE, &[])], None);
    let expected = [
        "case_officer \"string\"",
        "contact \"string\" email",
        "currency \"string\"",
        "invoice_date \"string\" date",
        "invoice_number \"string\"",
        "pages_printed \"integer\"",
        "subtotal \"number\"",
        "tax \"number\"",
        "tax_rate \"number\"",
        "total \"number\"",
    ];
    let mut found = types(&schema);
    // The lexicon may know the total that is due by its own name.
    for name in &mut found {
        *name = name.replace("amount_due", "total");
    }
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(schema["properties"]["invoice_number"]["title"], json!("Invoice No"));
    assert!(schema["properties"]["invoice_number"]["description"].as_str().unwrap().contains("\"Invoice No\""));
    assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)));
    assert_eq!(schema["required"].as_array().unwrap().len(), 10);
}

#[test]
fn a_table_becomes_a_list_of_objects_without_its_totals() {
    let schema = schema(&[page("Invoice No: 7", LINES)], None);
    let items = &schema["properties"]["line_items"]["items"];
    assert_eq!(
        types(items),
        ["colour [\"string\",\"null\"]", "description \"string\"", "quantity \"integer\"", "unit_price \"number\"",]
    );
    assert_eq!(items["required"], json!(["description", "quantity", "unit_price"]));
    // The total is one of the document, not of a row.
    assert_eq!(
        schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["invoice_number", "line_items", "total"]
    );
}

#[test]
fn one_row_under_known_labels_is_fields_of_the_document() {
    let rows: &[&[&str]] = &[&["Invoice number", "Due date"], &["INV-7", "2024-05-06"]];
    let schema = schema(&[page("Dear Ada,", rows)], None);
    assert_eq!(types(&schema), ["due_date \"string\" date", "invoice_number \"string\""]);
}

#[test]
fn what_only_some_documents_have_is_optional_and_types_make_room_for_all() {
    let pages = [
        page("Rechnungsnummer: R-1\nMenge Kisten: 3\nKennwort: Mai", &[]),
        page("Invoice number: R-2\nMenge Kisten: 2,5\nFällig am: 12.03.2024", &[]),
    ];
    let schema = schema(&pages, None);
    assert_eq!(
        types(&schema),
        [
            "due_date [\"string\",\"null\"] date",
            "invoice_number \"string\"",
            "kennwort [\"string\",\"null\"]",
            "menge_kisten \"number\"",
        ]
    );
    assert_eq!(schema["required"], json!(["invoice_number", "menge_kisten"]));
    let description = schema["properties"]["invoice_number"]["description"].as_str().unwrap();
    assert!(description.contains("\"Rechnungsnummer\" or \"Invoice number\""), "{description}");
}

#[test]
fn instructions_that_name_fields_choose_them_and_others_choose_all() {
    let names = |instructions: &str| {
        let schema = schema(&[page(INVOICE, LINES)], Some(instructions));
        schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names("Only the invoice number and the case officer."), ["case_officer", "invoice_number"]);
    assert_eq!(names("I need the quantities, please"), ["line_items"]);
    assert_eq!(names("Be precise.").len(), 11);
    let schema = schema(&[page(INVOICE, LINES)], Some("quantities"));
    assert_eq!(types(&schema["properties"]["line_items"]["items"]), ["quantity \"integer\""]);
}

#[test]
fn the_operation_takes_several_documents_and_none_that_is_blank() {
    let source = |bytes: &'static [u8]| Source { bytes, filename: "a.txt", media_type: None };
    let operation = Operation::GenerateSchema(GenerateSchemaOptions::default());
    let start =
        |sources: &[Source<'_>]| Engine::without_models().start(&operation, sources, &Limits::default(), &mut |_| ());
    let sources = [source(b"Invoice number: A-17\n"), source(b"Invoice number: A-18\nDue date: 2024-05-06\n")];
    let Step::Done(Output::GenerateSchema(generated)) = start(&sources).unwrap() else { panic!("it is done") };
    assert_eq!(generated.page_count, 2);
    assert_eq!(generated.json_schema["required"], json!(["invoice_number"]));
    assert_eq!(start(&[sources[0], source(b" ")]).unwrap_err().code(), "document_has_no_text");
}

#[test]
fn a_schema_is_one_that_extraction_takes() {
    for pages in [vec![page(INVOICE, LINES)], vec![page("No labels here", &[])], Vec::new()] {
        let schema = schema(&pages, None);
        let fields = Schema::compile(&schema, &Caps::default()).unwrap();
        assert_eq!(fields.root.fields().len(), schema["properties"].as_object().unwrap().len());
    }
}

#[test]
fn a_document_of_nothing_but_labels_gives_no_more_fields_than_a_schema_may_have() {
    let text: Vec<String> =
        (0..5000).map(|n| format!("Label {}: {n}", "abcdefghij".repeat(1 + n % 4).replace('a', &letters(n)))).collect();
    let schema = schema(&[page(&text.join("\n"), &[])], None);
    assert_eq!(schema["properties"].as_object().unwrap().len(), 150);
}

/// A number in letters.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit + 49)).collect()
}

/// What a schema made of these papers finds in the first of them, and the schema.
fn round_trip(paper: &'static [u8], filename: &'static str) -> (Value, Value) {
    let source = Source { bytes: paper, filename, media_type: None };
    let run = |operation: &Operation| match Engine::without_models()
        .start(operation, &[source], &Limits::default(), &mut |_| ())
        .unwrap()
    {
        Step::Done(output) => output,
        _ => panic!("it is done"),
    };
    let Output::GenerateSchema(generated) = run(&Operation::GenerateSchema(GenerateSchemaOptions::default())) else {
        panic!("it is a schema")
    };
    let schema = generated.json_schema;
    let options = ExtractOptions { schema: schema.clone(), n_consensus: 1, ..ExtractOptions::default() };
    let Output::Extract(extracted) = run(&Operation::Extract(options)) else { panic!("it is extracted") };
    assert_eq!(extracted.warnings, [], "what a schema requires is in the paper that it was made of: {filename}");
    (extracted.answers[0].value.clone(), schema)
}

#[test]
fn a_schema_finds_in_a_paper_what_it_was_made_of() {
    let papers: &[(&'static [u8], &'static str, Value)] = &[
        (
            include_bytes!("../../../../tests/fixtures/business/invoice.pdf"),
            "invoice.pdf",
            json!({
                "invoice_number": "2025-0042", "invoice_date": "2025-02-14", "due_date": "2025-03-14",
                "vendor_name": "Elswick Chandlery & Sons", "customer_name": "Harbour Works",
                "subtotal": 1188, "tax": 237.6, "tax_rate": 20, "total": 1425.6, "currency": "EUR",
            }),
        ),
        (
            include_bytes!("../../../../tests/fixtures/business/delivery.pdf"),
            "delivery.pdf",
            json!({"delivery_note_number": "DN-7731", "delivery_date": "2025-03-03"}),
        ),
        (
            include_bytes!("../../../../tests/fixtures/business/letter.txt"),
            "letter.txt",
            json!({
                "sender_name": "Elswick Chandlery & Sons", "recipient_name": "Ms Ada Okonkwo",
                "subject": "The new sail loft", "signatory": "Bo Lindqvist",
            }),
        ),
        (
            include_bytes!("../../../../tests/fixtures/business/receipt.txt"),
            "receipt.txt",
            json!({"merchant_name": "Panadería Molino S.L.", "receipt_number": "4471", "total": 7.4}),
        ),
        (
            include_bytes!("../../../../tests/fixtures/business/payslip.txt"),
            "payslip.txt",
            json!({
                "employer_name": "Weber Maschinenbau GmbH", "employee_name": "Jutta Brandt", "employee_number": "70215",
                "hire_date": "2016-04-01", "gross_pay": 3440, "income_tax": 512.4, "net_pay": 2239.6,
            }),
        ),
        (
            include_bytes!("../../../../tests/fixtures/business/statement.txt"),
            "statement.txt",
            json!({
                "bank_name": "Banque du Littoral", "account_holder": "Claire Fontaine", "period_start": "2025-02-01",
                "period_end": "2025-02-28", "opening_balance": 1204.5, "closing_balance": 774.5,
            }),
        ),
    ];
    for (paper, filename, expected) in papers {
        let (found, schema) = round_trip(paper, filename);
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&found[name], value, "{name} of {filename}: {found}\n{schema}");
        }
        let lists = found.as_object().unwrap().iter().filter(|(_, value)| value.is_array());
        for (name, rows) in lists {
            assert_eq!(rows.as_array().unwrap().len(), 2, "{name} of {filename}: {rows}");
        }
    }
}

//! What real papers have that forms do not: senders on one line, stamps, sums before and with the tax, times beside days.

use serde_json::{Value, json};

use super::prose::of;

fn text(name: &str) -> Value {
    json!({name: {"type": "string"}})
}

#[test]
fn a_dash_parts_a_sender_from_the_address_as_a_point_does() {
    let page = "Hartwig Farben GmbH – Lindenallee 14 – 38102 Braunschweig\n\nAnna Krüger\nRingstraße 5\n38106 Braunschweig\n\nRechnung\n";
    assert_eq!(of(page, text("vendor_name")), json!({"vendor_name": "Hartwig Farben GmbH"}));
    assert_eq!(of(page, text("customer_name")), json!({"customer_name": "Anna Krüger"}));
}

#[test]
fn who_is_named_under_a_company_is_not_whom_the_paper_is_made_out_to() {
    let page = "Invoice\n\nVoss Planung GmbH\nMr. John Doe\nRingstraße 7\n24114 Kiel\n";
    assert_eq!(of(page, text("customer_name")), json!({"customer_name": "Voss Planung GmbH"}));
    let page = "Invoice\n\nMr. John Doe\nRingstraße 7\n24114 Kiel\n";
    assert_eq!(of(page, text("customer_name")), json!({"customer_name": "John Doe"}));
}

#[test]
fn bill_from_is_who_bills() {
    let page = "Invoice\n\nBill from:\nNorthwell Ltd\n12 High Street\n\nBill to:\nAnna Berg\n4 Low Road\n";
    let ask = json!({"vendor_name": {"type": "string"}, "customer_name": {"type": "string"}});
    assert_eq!(of(page, ask), json!({"vendor_name": "Northwell Ltd", "customer_name": "Anna Berg"}));
}

#[test]
fn sums_say_whether_the_tax_is_in_them() {
    let page = "Invoice\n\nTotal without VAT: 43.00\nVAT 20 %: 8.60\nTotal with VAT: 51.60\n";
    let ask = || json!({"subtotal": {"type": "number"}, "total": {"type": "number"}});
    assert_eq!(of(page, ask()), json!({"subtotal": 43, "total": 51.6}));
    let page = "Invoice\n\nTotal: 381.12\nVAT 19 %: 72.41\nTotal to pay: 453.53\n";
    assert_eq!(of(page, ask()), json!({"subtotal": 381.12, "total": 453.53}));
}

#[test]
fn a_time_beside_a_day_needs_no_label_and_hours_of_a_shop_are_none() {
    let page = "Gin Kee Stores\n\n14/06/2018 20:41\n\nTotal 59.00\n";
    assert_eq!(of(page, text("time")), json!({"time": "20:41"}));
    let page = "Gin Kee Stores\nOpen from 1 May 2018 8:00–17:30\n\nTotal 59.00\n";
    assert_eq!(of(page, text("time")), json!({"time": null}));
}

#[test]
fn a_weekday_before_a_day_is_no_label_and_a_day_of_a_period_is_none_of_the_paper() {
    let page = "Invoice\n\nHosting (09/12/2022 - 08/01/2023)\n\nInvoice date\nThursday, November 10th, 2022\n";
    let ask = json!({"invoice_date": {"type": "string", "format": "date"}});
    assert_eq!(of(page, ask), json!({"invoice_date": "2022-11-10"}));
}

#[test]
fn the_number_of_a_simple_invoice_is_that_of_the_receipt() {
    assert_eq!(
        of("Tienda Sol\n\nFactura nº: 34/F/001\n", text("receipt_number")),
        json!({"receipt_number": "34/F/001"})
    );
    assert_eq!(of("Tienda Sol\n\nPedido nº: 34/F/001\n", text("receipt_number")), json!({"receipt_number": null}));
}

#[test]
fn a_code_under_the_word_for_a_customer_is_the_customers_number() {
    assert_eq!(of("Facture\n\nClient : 002219\n", text("customer_number")), json!({"customer_number": "002219"}));
    assert_eq!(of("Facture\n\nClient : Martin\n", text("customer_number")), json!({"customer_number": null}));
}

#[test]
fn words_in_capitals_are_no_code_of_a_bank() {
    assert_eq!(of("ORIGINAL\n\nTax invoice\n", text("bic")), json!({"bic": null}));
    assert_eq!(of("Invoice\n\nBIC: COBADEFF370\n", text("bic")), json!({"bic": "COBADEFF370"}));
}

#[test]
fn a_stamp_is_no_letterhead() {
    let page = "UNPAID\n\nNorthwell Hosting\n12 High Street\nStanhope YC11 4FS\n\nInvoice #7050\n";
    assert_eq!(of(page, text("vendor_name")), json!({"vendor_name": "Northwell Hosting"}));
}

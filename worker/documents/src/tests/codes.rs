//! Codes and addresses that have no label or no usual form.

use serde_json::{Value, json};

use super::prose::of;

fn text(name: &str) -> Value {
    json!({name: {"type": ["string", "null"]}})
}

#[test]
fn a_tax_number_alone_in_the_block_of_a_party_is_that_of_the_party() {
    let page = "Factura\n\nCliente:\nMaderas Olmo S.L.\nB12345674\nCalle Mayor 5\n28013 Madrid\n";
    assert_eq!(of(page, text("customer_vat_id")), json!({"customer_vat_id": "B12345674"}));
    let page = "Factura\n\nCliente:\nMaderas Olmo S.L.\nRef. B12345674 M\nCalle Mayor 5\n28013 Madrid\n";
    assert_eq!(of(page, text("customer_vat_id")), json!({"customer_vat_id": null}));
}

#[test]
fn who_sits_at_a_till_may_be_a_number() {
    let page = "Harbour Stores\n\nCashier: 014\n\nTotal 59.00\n";
    assert_eq!(of(page, text("cashier")), json!({"cashier": "014"}));
    let page = "Harbour Stores\n\nTerminal: 014\n\nTotal 59.00\n";
    assert_eq!(of(page, text("cashier")), json!({"cashier": null}));
}

#[test]
fn an_address_without_a_code_of_a_town_is_known_by_its_commas() {
    let page = "Invoice\n\nBill to:\nNorthwell Timber Ltd\nPlot 14, Harbour Side\nMarina, Lagos\n";
    assert_eq!(of(page, text("customer_address")), json!({"customer_address": "Plot 14, Harbour Side, Marina, Lagos"}));
    let page = "Invoice\n\nBill to:\nNorthwell Timber Ltd\nThank you for your order\n";
    assert_eq!(of(page, text("customer_address")), json!({"customer_address": null}));
}

#[test]
fn the_code_of_a_town_is_no_number_of_a_customer() {
    let page = "Facture\n\nClient:\nLenoir SARL\n8 rue du Port\n29200 Brest\n";
    assert_eq!(of(page, text("customer_number")), json!({"customer_number": null}));
}

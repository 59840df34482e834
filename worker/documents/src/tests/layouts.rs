//! Layouts of programs and companies: what they print in one way or another, and what looks like it.

use serde_json::{Value, json};

use super::prose::of;

fn text(name: &str) -> Value {
    json!({name: {"type": ["string", "null"]}})
}

fn day(name: &str) -> Value {
    json!({name: {"type": ["string", "null"], "format": "date"}})
}

fn number(name: &str) -> Value {
    json!({name: {"type": ["number", "null"]}})
}

#[test]
fn an_address_goes_from_the_building_to_the_country() {
    for (lines, wanted) in [
        ("12 High Street\nStanhope YC11 4FS\nIreland", "12 High Street, Stanhope YC11 4FS, Ireland"),
        ("Zone artisanale\n3 rue Lavoisier\n44000 Nantes", "Zone artisanale, 3 rue Lavoisier, 44000 Nantes"),
        ("Emily Thornbury\n12 High Street\nStanhope YC11 4FS", "12 High Street, Stanhope YC11 4FS"),
        ("12 High Street\nStanhope YC11 4FS\nRegistered in Ireland", "12 High Street, Stanhope YC11 4FS"),
        ("Mill Road\nSTANHOPE\nYC11 4FS", "Mill Road, STANHOPE, YC11 4FS"),
    ] {
        let page = format!("Invoice 4711\n\nBill to:\nNorthwell Timber Ltd\n{lines}\n");
        assert_eq!(of(&page, text("customer_address")), json!({"customer_address": wanted}), "{page}");
    }
}

#[test]
fn the_issuer_has_its_address_where_its_name_comes_again() {
    let page = |foot: &str| format!("Northwell Timber Ltd\n\nInvoice 4711\n\nTotal: £120.00\n\n{foot}\n");
    let wanted = json!({"vendor_address": "12 High Street, Stanhope YC11 4FS"});
    assert_eq!(
        of(
            &page("Northwell Timber Ltd - 12 High Street - Stanhope YC11 4FS - Tel. 0191 555 0100"),
            text("vendor_address")
        ),
        wanted
    );
    let seat = "Northwell Timber Ltd - Company no. 4471182 - Registered office: 12 High Street, Stanhope YC11 4FS";
    assert_eq!(of(&page(seat), text("vendor_address")), json!({"vendor_address": "12 High Street, Stanhope YC11 4FS"}));
    let other = "Northwells Group Ltd has moved to 12 High Street, Stanhope YC11 4FS";
    assert_eq!(of(&page(other), text("vendor_address")), json!({"vendor_address": null}));
}

#[test]
fn sentences_about_paying_tell_up_to_when() {
    for said in [
        "Please transfer the whole amount to our account by 03.05.2024.",
        "Wir buchen den Betrag am 03.05.2024 von Ihrem Konto ab.",
        "Cette somme sera prélevée sur votre compte le 03/05/2024.",
        "El importe se cargará en su cuenta el 03/05/2024.",
    ] {
        let page = format!("Northwell Timber Ltd\n\nInvoice 4711\n\n{said}\n");
        assert_eq!(of(&page, day("due_date")), json!({"due_date": "2024-05-03"}), "{said}");
    }
    for said in [
        "Den Betrag haben wir am 03.05.2024 dankend erhalten.",
        "The goods were handed over on 03.05.2024 at your door.",
    ] {
        let page = format!("Northwell Timber Ltd\n\nInvoice 4711\n\n{said}\n");
        assert_eq!(of(&page, day("due_date")), json!({"due_date": null}), "{said}");
    }
}

#[test]
fn a_title_says_its_number_and_its_day() {
    for title in [
        "Facture n°11873 du 3 mai 2024",
        "Schlussrechnung Nr. 11873 vom 03.05.2024",
        "Factura nº 11873 de fecha 03/05/2024",
    ] {
        let page = format!("Lenoir SARL\n\n{title}\n\n01/04/2024 - 30/04/2024\n");
        assert_eq!(of(&page, day("invoice_date")), json!({"invoice_date": "2024-05-03"}), "{title}");
    }
    let page = "Lenoir SARL\n\nFacture\n\nRéf. : LN2406-0317\nDate facturation : 12/03/2024\n";
    assert_eq!(of(page, text("invoice_number")), json!({"invoice_number": "LN2406-0317"}));
}

#[test]
fn codes_are_as_they_are_written() {
    let page = "Invoice\n\nCustomer ID: 0047\nInvoice number: KB 2023 0418 55\nOrder number: WXKLRMTA\n";
    assert_eq!(of(page, text("customer_number")), json!({"customer_number": "0047"}));
    assert_eq!(of(page, text("invoice_number")), json!({"invoice_number": "KB 2023 0418 55"}));
    assert_eq!(of(page, text("order_number")), json!({"order_number": "WXKLRMTA"}));
}

#[test]
fn the_word_for_a_party_names_its_number() {
    let page = "Rechnung\n\nKunde: 10043\nDatum: 03.05.2024\n";
    assert_eq!(of(page, text("kundennummer")), json!({"kundennummer": "10043"}));
    assert_eq!(
        of("Rechnung\n\nKunde: Weber AG\nDatum: 03.05.2024\n", text("kundennummer")),
        json!({"kundennummer": null})
    );
}

#[test]
fn the_number_of_a_town_is_no_sum() {
    let page = "Facture\n\nClient:\nLenoir SARL\n8 rue du Port\n29200 Brest\n\nTotal TTC : 120,00 €\n";
    assert_eq!(of(page, number("frais_de_port")), json!({"frais_de_port": null}));
}

#[test]
fn a_receipt_has_the_time_behind_its_day() {
    let page = "Hofladen Weber\nDorfstraße 4\n50667 Köln\n\nSumme 12,50 €\n\n03.05.2024 18:42\n";
    assert_eq!(of(page, text("time")), json!({"time": "18:42"}));
    let format = json!({"time": {"type": ["string", "null"], "format": "time"}});
    assert_eq!(of(page, format), json!({"time": "18:42:00"}));
}

#[test]
fn a_company_is_the_customer_and_not_who_reads_its_mail() {
    for block in ["Hansen Werbung GmbH\nFrau Karin Vogt", "Karin Vogt\nHansen Werbung GmbH"] {
        let page =
            format!("Weber AG\n\nRechnung 4711\n\nRechnungsempfänger:\n{block}\nSchlossstraße 9\n10719 Berlin\n");
        assert_eq!(of(&page, text("customer_name")), json!({"customer_name": "Hansen Werbung GmbH"}), "{block}");
    }
}

#[test]
fn the_bank_stands_over_its_account() {
    let page = "Weber AG\n\nRechnung 4711\n\nSparkasse Hanau\nIBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001\n";
    assert_eq!(of(page, text("bank")), json!({"bank": "Sparkasse Hanau"}));
}

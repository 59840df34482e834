//! Who made a paper, whom it is made out to, and what stands beside them.

use serde_json::{Value, json};

use super::prose::of;

fn parties() -> Value {
    json!({"supplier_name": {"type": "string"}, "buyer_name": {"type": "string"}})
}

#[test]
fn on_an_order_the_supplier_is_whom_it_is_addressed_to() {
    let both = json!({"supplier_name": "Hollis Tools Ltd", "buyer_name": "Brandt Holzbau GmbH"});
    for text in [
        "Official order\n\nBrandt Holzbau GmbH\nMain Street 4\n\nAddressed to:\nHollis Tools Ltd\n",
        "Bestellschein\n\nBrandt Holzbau GmbH\nHauptstraße 4\n\nAuftragnehmer:\nHollis Tools Ltd\n",
        "Hoja de pedido\n\nBrandt Holzbau GmbH\ncalle Real 4\n\nSres.\nHollis Tools Ltd\n",
        "Commande fournisseur\n\nÉmetteur: Brandt Holzbau GmbH\n\nHollis Tools Ltd\n4 rue Haute\n75001 Paris\n",
    ] {
        assert_eq!(of(text, parties()), both, "{text}");
    }
}

#[test]
fn the_order_that_an_invoice_is_for_makes_it_no_order() {
    let text = "Brandt Holzbau GmbH\nHauptstraße 4\n50667 Köln\n\nHollis Tools Ltd\n12 High Street\n\
                Stanhope YC11 4FS\n\nYour order\nXQ-810170\n\nTax invoice\n";
    assert_eq!(of(text, json!({"supplier_name": {"type": "string"}})), json!({"supplier_name": "Brandt Holzbau GmbH"}));
}

#[test]
fn a_label_may_stand_before_the_name_over_an_address() {
    for (label, name) in [("Client", "Anna Berg"), ("Doit", "Anna Berg"), ("Rechnungsanschrift", "Anna Berg")] {
        let text = format!("Offer\n\n{label} {name}\n12 High Street\nStanhope YC11 4FS\n");
        assert_eq!(of(&text, json!({"customer_name": {"type": "string"}})), json!({"customer_name": name}), "{text}");
    }
}

#[test]
fn what_a_middle_point_parts_is_read_one_by_one() {
    let text = "Delivery note\n\nDelivered by Quillan Couriers · Total packages 38 · Total weight (kg) 12.5\n";
    let ask = json!({"carrier": {"type": "string"}, "number_of_packages": {"type": "integer"}, "total_weight": {"type": "number"}});
    assert_eq!(of(text, ask), json!({"carrier": "Quillan Couriers", "number_of_packages": 38, "total_weight": 12.5}));
}

#[test]
fn a_name_keeps_the_word_that_it_begins_with() {
    let text = "Facture\n\nÉtablissements Corbin Conseil SARL\n2 cours de la Liberté\n90817 Rouen\n";
    let ask = json!({"nom_fournisseur": {"type": "string"}});
    assert_eq!(of(text, ask), json!({"nom_fournisseur": "Établissements Corbin Conseil SARL"}));
}

#[test]
fn a_number_of_a_tax_needs_no_letters_of_its_country() {
    let ask = || json!({"nif_proveedor": {"type": "string"}});
    assert_eq!(of("Factura\n\nNIF-IVA: B44376764\n", ask()), json!({"nif_proveedor": "B44376764"}));
    assert_eq!(of("Factura\n\nPedido: B44376764\n", ask()), json!({"nif_proveedor": null}));
}

#[test]
fn a_label_names_a_party_by_how_it_is_built_and_is_no_name() {
    let ask = || json!({"vendor_name": {"type": "string"}, "customer_name": {"type": "string"}});
    let both = json!({"vendor_name": "Northwell Ltd", "customer_name": "Anna Berg"});
    for (gives, takes) in [
        ("Services provided by", "Services provided to"),
        ("Supplied by", "Offered to"),
        ("Services fournis par", "Proposé à"),
        ("Leistung von", "Geliefert an"),
        ("Angeboten durch", "Angeboten an"),
        ("Servicios prestados por", "Ofrecido a"),
        ("Selling company", "Buying company"),
        ("Verkaufende Firma", "Einkaufende Firma"),
    ] {
        let text = format!(
            "Offer\n\n{gives}\nNorthwell Ltd\n12 High Street\nStanhope YC11 4FS\n\n\
             {takes}\nAnna Berg\n4 Mill Lane\nBarrow TR2 8GH\n"
        );
        assert_eq!(of(&text, ask()), both, "{text}");
    }
}

#[test]
fn who_says_how_to_reach_them_wrote_the_paper() {
    let text = "Silverton Glass Limited\n4 Mill Lane\nBarrow TR2 8GH\n\n\
                Northwell LLC\n12 High Street\nStanhope YC11 4FS\nhello@northwell.example\n\nInvoice\n";
    let ask = json!({"vendor_name": {"type": "string"}, "customer_name": {"type": "string"}});
    assert_eq!(of(text, ask), json!({"vendor_name": "Northwell LLC", "customer_name": "Silverton Glass Limited"}));
}

#[test]
fn a_piece_of_a_sentence_is_no_name() {
    let text = "Facture\n\nPour toute question, Anna Berg se tient à votre disposition.\n";
    assert_eq!(of(text, json!({"nom_client": {"type": "string"}})), json!({"nom_client": null}));
}

#[test]
fn who_signs_for_a_company_is_not_the_company() {
    let text = "Mr\nPaul Sallow\n4 Mill Lane\nBarrow TR2 8GH\n\nClosing of our branch\n\nDear Mr Sallow,\n\n\
                We confirm what was said.\n\nBest wishes\nSigning for the company: Anna Berg\nNorthwell Limited\n";
    let ask = json!({"sender_name": {"type": "string"}, "recipient_name": {"type": "string"},
                     "signatory": {"type": "string"}, "subject": {"type": "string"}});
    let all = json!({"sender_name": "Northwell Limited", "recipient_name": "Paul Sallow",
                     "signatory": "Anna Berg", "subject": "Closing of our branch"});
    assert_eq!(of(text, ask), all);
}

#[test]
fn a_sender_on_one_line_is_the_issuer_and_has_its_address_there() {
    let asked = json!({"vendor_name": {"type": "string"}, "vendor_address": {"type": "string"}});
    for (line, address) in [
        ("Lone Creek Foods Pty Ltd | 79 Sheep Street | Wagga Wagga NSW 2650", "79 Sheep Street, Wagga Wagga NSW 2650"),
        ("Lone Creek Foods Pty Ltd · 12 Seestrasse, 8810 Horgen", "12 Seestrasse, 8810 Horgen"),
    ] {
        let text = format!("{line}\n\nAnna Berg\n12 High Street\nStanhope YC11 4FS\n\nInvoice\n");
        let given = json!({"vendor_name": "Lone Creek Foods Pty Ltd", "vendor_address": address});
        assert_eq!(of(&text, asked.clone()), given, "{text}");
    }
}

#[test]
fn a_figure_of_the_year_so_far_is_none_of_the_month() {
    let asked = json!({"net_pay": {"type": "number"}});
    for year in ["Net pay (Year to date): 7,902.82", "Net pay YTD: 7,902.82"] {
        let text = format!("Payslip\n\nNet pay: 3,951.41\n{year}\n");
        assert_eq!(of(&text, asked.clone()), json!({"net_pay": 3951.41}), "{text}");
    }
}

#[test]
fn a_letterhead_that_says_the_senders_name_again_is_no_recipient() {
    let text = "Northwell Supplies Ltd\n8 Mill Lane\nBarrow TR2 8GH\n\n\
                Northwell Supplies Ltd · 8 Mill Lane, Barrow TR2 8GH\n\nAnna Berg\n12 High Street\nStanhope YC11 4FS\n\n\
                Dear Ms Berg,\n\nThe spring order goes ahead.\n\nYours sincerely\n";
    let asked = json!({"recipient_name": {"type": "string"}});
    assert_eq!(of(text, asked), json!({"recipient_name": "Anna Berg"}));
}

#[test]
fn where_the_head_names_but_the_recipient_the_foot_says_who_wrote_it() {
    let ask = || json!({"vendor_name": {"type": "string"}, "vendor_address": {"type": "string"}, "customer_name": {"type": "string"}});
    let body = "Rechnung\n\nRechnungsnummer: 88-120\nDatum: 12.03.2024\n\nGesamtbetrag: 119,00 €\n\n\
                Vielen Dank für Ihren Auftrag.\n\nBitte überweisen Sie den Betrag.\n\nMit freundlichen Grüßen\n\n";
    let text = format!(
        "Petra Holzmann\nLindenweg 4\n50667 Köln\n\n{body}Nordlicht Hosting GmbH\nHafenstraße 12\n20457 Hamburg\n\
         Tel. 040 1234567\nUSt-IdNr. DE811569869\n"
    );
    let told = json!({
        "vendor_name": "Nordlicht Hosting GmbH",
        "vendor_address": "Hafenstraße 12, 20457 Hamburg",
        "customer_name": "Petra Holzmann",
    });
    assert_eq!(of(&text, ask()), told);
    // A letterhead that says how to reach them stands.
    let text = format!(
        "Holzmann Werkstatt\nLindenweg 4\n50667 Köln\ninfo@holzmann-werkstatt.example\n\n{body}\
         Ein Angebot der Nordlicht Hosting GmbH, Tel. 040 1234567\n"
    );
    assert_eq!(of(&text, json!({"vendor_name": {"type": "string"}})), json!({"vendor_name": "Holzmann Werkstatt"}));
}

#[test]
fn the_address_of_a_letterhead_may_stand_where_its_name_stands_again() {
    let ask = || json!({"vendor_address": {"type": "string"}});
    let head = "Kessler Optik GmbH\n\nInvoice\n\nInvoice number: 88-120\n\nBill to:\nAnna Berg\n12 High Street\n\
                Stanhope YC11 4FS\n\nTotal: 119.00\n\n";
    let told = json!({"vendor_address": "Ringstraße 8, 50667 Köln"});
    assert_eq!(of(&format!("{head}Kessler Optik GmbH\nRingstraße 8\n50667 Köln\n"), ask()), told);
    let told = json!({"vendor_address": "Ringstraße 8, 50667 Köln"});
    assert_eq!(of(&format!("{head}Kessler Optik GmbH · Ringstraße 8 · 50667 Köln · Tel. 0221 445566\n"), ask()), told);
    assert_eq!(of(&format!("{head}Anna Holt\nRingstraße 8\n50667 Köln\n"), ask()), json!({"vendor_address": null}));
}

#[test]
fn a_number_of_an_invoice_is_no_label_of_an_address_of_mail() {
    let text = "Invoice\n\nInvoice number 88-120\n\nInvoice queries to billing@hollis.example\n";
    assert_eq!(of(text, json!({"email": {"type": "string"}})), json!({"email": "billing@hollis.example"}));
}

#[test]
fn a_code_is_cut_from_the_words_that_go_on_with_its_label() {
    let text = "Faktura\n\nFaktura Nr./Zeichen KL/2024/3307\n";
    assert_eq!(of(text, json!({"rechnungsnummer": {"type": "string"}})), json!({"rechnungsnummer": "KL/2024/3307"}));
}

#[test]
fn a_sender_without_a_legal_form_may_stand_over_a_window() {
    let text = "Malerei Kunz · Inh. Jan Kunz · Torgasse 9 · 50667 Köln\n\nFirma\nHollis Bau KG\nIndustriestr. 4\n\
                72770 Reutlingen\n\nRECHNUNG Nr. 88-120\n";
    let ask = json!({"vendor_name": {"type": "string"}, "customer_name": {"type": "string"}});
    assert_eq!(of(text, ask), json!({"vendor_name": "Malerei Kunz", "customer_name": "Hollis Bau KG"}));
}

#[test]
fn the_code_of_a_town_may_stand_behind_it() {
    let ask = || json!({"vendor_address": {"type": "string"}});
    let text = "Kessler Optics, Inc.\n548 Mission Street\nOakland, California 94601\nUnited States\n\nInvoice\n";
    let told = json!({"vendor_address": "548 Mission Street, Oakland, California 94601, United States"});
    assert_eq!(of(text, ask()), told);
    let text = "Kessler Optik GmbH\nRingstraße 8\n50667 Köln\nAmtsgericht Köln HRB 97476\n\nRechnung\n";
    assert_eq!(of(text, ask()), json!({"vendor_address": "Ringstraße 8, 50667 Köln"}));
}

//! Net amount, tax and gross amount by what they come to, and the sums under a table of items.

use serde_json::{Value, json};

use super::prose::of;

fn sums() -> Value {
    json!({"subtotal": {"type": "number"}, "tax_amount": {"type": "number"}, "total": {"type": "number"}})
}

#[test]
fn figures_that_come_to_one_another_need_no_label() {
    let told = json!({"subtotal": 1240.5, "tax_amount": 235.7, "total": 1476.2});
    for text in [
        "Rechnung\n\nWaren und Dienste    1.240,50 €\nAbgaben 19 %    235,70 €\nBitte begleichen    1.476,20 €\n",
        "Invoice\n\nWorks    1,240.50\nLevied at 19%    235.70\nAll in    1,476.20\n",
    ] {
        assert_eq!(of(text, sums()), told, "{text}");
    }
}

#[test]
fn figures_of_no_usual_rate_tell_nothing() {
    let text = "Notes\n\nOslo office    1,240.50\nBergen office    240.75\nBoth offices    1,481.25\n";
    assert_eq!(of(text, sums()), json!({"subtotal": null, "tax_amount": null, "total": null}));
}

#[test]
fn of_several_gross_amounts_the_largest_is_the_total() {
    let text = "Invoice\n\nBooks    100.00\nDuty 7%    7.00\nBoth    107.00\n\nWorks    1,000.00\nDuty 19%    190.00\n\
                All in    1,190.00\n";
    assert_eq!(of(text, json!({"total": {"type": "number"}})), json!({"total": 1190}));
}

#[test]
fn what_is_due_is_not_told_by_what_figures_come_to() {
    let text = "Invoice\n\nWorks    1,240.50\nLevied at 19%    235.70\nAll in    1,476.20\n";
    assert_eq!(of(text, json!({"amount_due": {"type": "number"}})), json!({"amount_due": null}));
}

#[test]
fn a_tax_may_be_told_by_its_share_in_the_total() {
    let text = "Receipt\n\nTotal    107.00\nCash    120.00\nTax 7%    7.00\n";
    assert_eq!(of(text, json!({"tax_amount": {"type": "number"}})), json!({"tax_amount": 7}));
}

#[test]
fn the_last_day_to_pay_is_told_by_a_sentence() {
    let ask = || json!({"due_date": {"type": "string", "format": "date"}});
    for text in [
        "Wir bitten Sie, den Betrag bis zum 07.05.2024 zu überweisen.",
        "Die Forderung ist zahlbar binnen 30 Tagen, somit bis 07.05.2024.",
        "Unser Dienstleister zieht den Betrag ein: Einzug am 07.05.2024 von Ihrem Girokonto.",
        "Kindly settle this bill by 7 May 2024.",
        "La somme sera prélevée le 7 mai 2024.",
        "Zahlbar bis 23.04.2024 mit 2 % Skonto, bis 07.05.2024 netto.",
    ] {
        assert_eq!(of(&format!("Invoice\n\n{text}\n"), ask()), json!({"due_date": "2024-05-07"}), "{text}");
    }
    for text in ["Payable within 21 days.", "Paid in full on 7 May 2024.", "Our office is closed until 7 May 2024."] {
        assert_eq!(of(&format!("Invoice\n\n{text}\n"), ask()), json!({"due_date": null}), "{text}");
    }
}

#[test]
fn the_day_of_a_paper_may_stand_in_its_title() {
    let ask = || json!({"invoice_date": {"type": "string", "format": "date"}});
    for text in ["Rechnung Nr. 88-120 vom 07.05.2024", "Facture n° 88-120 du 7 mai 2024", "Kiel, 7. Mai 2024"] {
        assert_eq!(of(&format!("{text}\n\nSumme 12,00\n"), ask()), json!({"invoice_date": "2024-05-07"}), "{text}");
    }
    let text = "Rechnung\n\nBestellung Nr. 88-120 vom 07.05.2024\n\nDatum: 12.05.2024\n";
    assert_eq!(of(text, ask()), json!({"invoice_date": "2024-05-12"}));
}

#[test]
fn a_time_that_stands_with_a_day_needs_no_label() {
    let ask = || json!({"time": {"type": "string"}});
    assert_eq!(of("Receipt\n\nTea 2.50\n\n07.05.2024 14:21\n", ask()), json!({"time": "14:21"}));
    assert_eq!(of("Receipt\n\nTea 2.50\n\nOpen 8:00–17:30\n", ask()), json!({"time": null}));
}

#[test]
fn a_tax_at_several_rates_is_what_its_parts_come_to() {
    let text =
        "Rechnung\n\nZwischensumme    150,00 €\nMwSt. 7 %    3,50 €\nMwSt. 19 %    19,00 €\nEndbetrag    172,50 €\n";
    assert_eq!(of(text, json!({"tax_amount": {"type": "number"}})), json!({"tax_amount": 22.5}));
}

#[test]
fn a_rate_in_brackets_is_neither_a_tax_nor_below_nothing() {
    let ask = json!({"tax_amount": {"type": "number"}, "tax_rate": {"type": "number"}});
    assert_eq!(of("Facture\n\nMontant TVA (20,00 %)    4,16 €\n", ask), json!({"tax_amount": 4.16, "tax_rate": 20}));
}

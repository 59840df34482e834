//! Rates of taxes and the currency of a paper, where no label stands before them.

use serde_json::json;

use super::prose::of;

#[test]
fn the_words_behind_a_rate_may_go_on_to_the_tax() {
    let ask = || json!({"tax_rate": {"type": ["number", "null"]}});
    for text in ["Zzgl. 19 % Umsatzsteuer von 75,05 €", "+ 20 % MwSt ................ EUR 863,33", "21 % IVA: 42,00"]
    {
        let rate: u32 = text.split(" %").next().and_then(|text| text.rsplit(' ').next()?.parse().ok()).unwrap_or(0);
        assert_eq!(of(&format!("Rechnung\n\n{text}\n"), ask()), json!({"tax_rate": rate}), "{text}");
    }
    for text in ["20 % Rabatt ................ 8,00", "2 % Skonto von 75,05 €"] {
        assert_eq!(of(&format!("Rechnung\n\n{text}\n"), ask()), json!({"tax_rate": null}), "{text}");
    }
}

#[test]
fn the_code_of_a_currency_may_stand_behind_the_word_for_a_total() {
    let ask = || json!({"currency": {"type": ["string", "null"]}});
    assert_eq!(of("Invoice\n\nTotal CAD\n3,543.75\n", ask()), json!({"currency": "CAD"}));
    assert_eq!(of("Invoice\n\nWeight in pounds\n3,543.75\n", ask()), json!({"currency": null}));
}

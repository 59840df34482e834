//! Periods, and codes of several groups of digits.

use serde_json::{Value, json};

use super::prose::{of, of_file};

fn period() -> Value {
    let day = || json!({"type": "string", "format": "date"});
    json!({"period_start": day(), "period_end": day()})
}

#[test]
fn the_first_day_of_a_period_shares_month_and_year_with_the_last() {
    let both = json!({"period_start": "2024-03-01", "period_end": "2024-03-31"});
    for text in [
        "Statement\nStatement period: 1–31 March 2024\n",
        "Statement\nStatement period: 1 to 31 March 2024\n",
        "Kontoauszug\nZeitraum: 1.–31. März 2024\n",
        "Kontoauszug\nZeitraum: 01.03. – 31.03.2024\n",
        "Relevé de compte\nPériode : du 1 au 31 mars 2024\n",
        "Extracto bancario\nPeríodo: 1–31 de marzo de 2024\n",
    ] {
        assert_eq!(of(text, period()), both, "{text}");
    }
    let quarter = json!({"period_start": "2024-01-01", "period_end": "2024-03-31"});
    assert_eq!(of("Statement\nPeriod: 1 January – 31 March 2024\n", period()), quarter);
}

#[test]
fn a_month_that_is_named_as_the_period_has_its_first_and_its_last_day() {
    let both = json!({"period_start": "2024-02-01", "period_end": "2024-02-29"});
    for text in ["Statement\nStatement period: February 2024\n", "Kontoauszug\nZeitraum: Februar 2024\n"] {
        assert_eq!(of(text, period()), both, "{text}");
    }
}

#[test]
fn groups_of_digits_under_a_label_are_one_code() {
    let ask = || json!({"tax_id": {"type": "string"}});
    for text in ["Payslip\nTax reference: 39 643 711\n", "Payslip\nTax ID: 52 521 350\n"] {
        let whole = text.rsplit(": ").next().map(str::trim_end);
        assert_eq!(of(text, ask()), json!({"tax_id": whole}), "{text}");
    }
}

#[test]
fn a_value_beside_another_under_known_headers_is_no_label_of_it() {
    let page = "<h1>Entgeltabrechnung</h1><table><tr><th>Name des Mitarbeiters</th><th>Unternehmen</th></tr>\
                <tr><td>Jens Lindwurm</td><td>Kontor Hansen Handel OHG</td></tr></table>";
    let answer = of_file("a.html", page, json!({"arbeitgeber": {"type": "string"}}));
    assert_eq!(answer, json!({"arbeitgeber": "Kontor Hansen Handel OHG"}));
}

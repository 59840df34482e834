//! What sentences say without a label.

use serde_json::{Value, json};

use crate::{Engine, ExtractOptions, Limits, Operation, Output, Source, Step};

pub(super) fn of(text: &str, properties: Value) -> Value {
    of_file("a.txt", text, properties)
}

pub(super) fn of_file(filename: &str, text: &str, properties: Value) -> Value {
    let source = Source { bytes: text.as_bytes(), filename, media_type: None };
    let schema = json!({"type": "object", "properties": properties});
    let operation = Operation::Extract(ExtractOptions { schema, n_consensus: 1, ..ExtractOptions::default() });
    match Engine::without_models().start(&operation, &[source], &Limits::default(), &mut |_| ()).unwrap() {
        Step::Done(Output::Extract(extracted)) => extracted.answers[0].value.clone(),
        _ => unreachable!("an extraction gives what was extracted"),
    }
}

fn day() -> Value {
    json!({"type": "string", "format": "date"})
}

#[test]
fn a_contract_says_in_sentences_from_when_until_when_it_holds() {
    let ask = || json!({"effective_date": day(), "end_date": day()});
    let both = json!({"effective_date": "2024-03-01", "end_date": "2025-08-31"});
    for text in [
        "This agreement commences on 1 March 2024 and remains in force until 31 August 2025.\n",
        "The contract takes effect on\n1 March 2024. It ends on 31 August 2025 unless it is renewed by both parties.\n",
        "Le contrat entre en vigueur le 1 mars 2024. Il prend fin le 31 août 2025 sauf reconduction.\n",
        "Der Vertrag tritt am 1. März 2024 in Kraft. Er endet am 31. August 2025, sofern er nicht verlängert wird.\n",
        "El contrato comenzará el 1 de marzo de 2024. Finalizará el 31 de agosto de 2025 salvo prórroga.\n",
        "The agreement runs from 1 March 2024 to 31 August 2025 and is renewed by both parties.\n",
    ] {
        assert_eq!(of(text, ask()), both, "{text}");
    }
}

#[test]
fn a_contract_says_in_sentences_how_it_is_ended_and_by_what_law() {
    let ask = || json!({"notice_period": {"type": "string"}, "governing_law": {"type": "string"}});
    for (text, notice, law) in [
        (
            "Either party may terminate this agreement with three months' notice in writing.\n\n\
             This agreement is governed by the laws of England and Wales.\n",
            "three months",
            "England and Wales",
        ),
        (
            "Le contrat peut être résilié avec un préavis de 3 mois par chacune des parties.\n\n\
             Le présent contrat est régi par le droit français.\n",
            "3 mois",
            "droit français",
        ),
        (
            "Der Vertrag kann mit einer Frist von drei Monaten gekündigt werden.\n\n\
             Für diesen Vertrag gilt: Es gilt deutsches Recht.\n",
            "drei Monaten",
            "deutsches Recht",
        ),
    ] {
        assert_eq!(of(text, ask()), json!({"notice_period": notice, "governing_law": law}), "{text}");
    }
}

#[test]
fn an_amount_of_every_month_is_the_monthly_fee() {
    let text = "The client pays the provider 1,200.00 EUR per month. A sum of 300.00 EUR is owed once.\n";
    assert_eq!(of(text, json!({"monthly_fee": {"type": "number"}})), json!({"monthly_fee": 1200}));
}

#[test]
fn parties_are_named_with_and_without_parentheses() {
    let ask = || json!({"provider_name": {"type": "string"}, "client_name": {"type": "string"}});
    let both = json!({"provider_name": "Northwell Ltd", "client_name": "Silverton Glass plc"});
    for text in [
        "This contract is made between Northwell Ltd, hereinafter the Provider, and Silverton Glass plc, \
         hereinafter the Client.\n",
        "Entre Northwell Ltd, ci-après dénommé « le Prestataire », et Silverton Glass plc, ci-après dénommée « le \
         Client », il est convenu ce qui suit.\n",
        "Zwischen dem Auftragnehmer Northwell Ltd und dem Auftraggeber Silverton Glass plc wird vereinbart:\n",
    ] {
        assert_eq!(of(text, ask()), both, "{text}");
    }
}

#[test]
fn a_range_of_days_has_a_first_and_a_last() {
    let ask = || json!({"period_start": day(), "period_end": day()});
    let both = json!({"period_start": "2024-03-01", "period_end": "2024-03-31"});
    for text in [
        "Account statement\nPeriod: 01.03.2024 - 31.03.2024\nOpening balance: 200.00\n",
        "Kontoauszug\nZeitraum: 01.03.2024 bis 31.03.2024\nAlter Saldo: 200,00 EUR\n",
        "Relevé de compte\nPériode du 01/03/2024 au 31/03/2024\nSolde initial : 200,00 EUR\n",
    ] {
        assert_eq!(of(text, ask()), both, "{text}");
    }
}

#[test]
fn what_a_label_names_ends_with_its_sentence() {
    let text = "Notice period: 3 months. The goods are kept in the cellar of the house until spring.\n";
    assert_eq!(of(text, json!({"notice_period": {"type": "string"}})), json!({"notice_period": "3 months"}));
}

#[test]
fn clauses_say_what_is_paid_held_and_left() {
    let text = "1. Die Arbeiten beginnen am 13. Januar 2023.\n\n2. Dafür zahlt der Kunde jeden Monat 813,00 €.\n\n\
                3. Vor Beginn werden 1626,00 € hinterlegt und am Ende erstattet.\n";
    let ask = json!({"effective_date": day(), "monthly_fee": {"type": "number"}, "deposit": {"type": "number"}});
    assert_eq!(of(text, ask), json!({"effective_date": "2023-01-13", "monthly_fee": 813, "deposit": 1626}));
    let text = "Either party may leave after two months.\n\nThe law of Scotland applies.\n";
    let ask = json!({"notice_period": {"type": "string"}, "governing_law": {"type": "string"}});
    assert_eq!(of(text, ask), json!({"notice_period": "two months", "governing_law": "Scotland"}));
}

#[test]
fn of_two_companies_the_first_provides() {
    let ask = || json!({"provider_name": {"type": "string"}, "client_name": {"type": "string"}});
    let text = "Maintenance agreement\n\nbetween Northwell LLC and Silverton Glass Limited\n\n\
                1. The work begins on 24 April 2025.\n";
    let both = json!({"provider_name": "Northwell LLC", "client_name": "Silverton Glass Limited"});
    assert_eq!(of(text, ask()), both);
}

#[test]
fn a_letter_has_its_day_behind_its_place_and_its_writer_under_its_end() {
    let text = "Northwell Ltd\n8 Victoria Avenue\n\nNetherby, 1 June 2024\n\nDear Mr Underhay,\n\n\
                We would like to meet you on 5 May 2021.\n\nKind regards\nSigned Harriet Tolliver\n";
    let ask = json!({"letter_date": day(), "signatory": {"type": "string"}});
    assert_eq!(of(text, ask), json!({"letter_date": "2024-06-01", "signatory": "Harriet Tolliver"}));
}

#[test]
fn the_line_under_a_name_says_where_to_write() {
    let text = "Duncan Pemberley\nSales assistant\n135 High Street | NW3 8SW Marwick | d.pemberley@mail.example\n\n\
                Employment history\n2020-2025 Lorry driver\nCastlegate Packaging Inc.\n";
    let ask = json!({
        "full_name": {"type": "string"}, "job_title": {"type": "string"}, "street": {"type": "string"},
        "city": {"type": "string"}, "postal_code": {"type": "string"},
    });
    let answer = json!({
        "full_name": "Duncan Pemberley", "job_title": "Sales assistant", "street": "135 High Street",
        "city": "Marwick", "postal_code": "NW3 8SW",
    });
    assert_eq!(of(text, ask), answer);
}

#[test]
fn a_sentence_tells_the_parties_by_what_they_do() {
    let ask = || json!({"provider_name": {"type": "string"}, "client_name": {"type": "string"}});
    let both = json!({"provider_name": "Northwell Dachbau GmbH", "client_name": "Silverton Glass S.L."});
    for text in [
        "Northwell Dachbau GmbH undertakes to provide the services described here, which Silverton Glass S.L. orders.\n",
        "The services are provided to Silverton Glass S.L. by Northwell Dachbau GmbH.\n",
        "Silverton Glass S.L. engages Northwell Dachbau GmbH to look after the lifts of the house.\n",
        "Silverton Glass S.L. beauftragt hiermit Northwell Dachbau GmbH mit der Wartung der Anlagen.\n",
        "Northwell Dachbau GmbH erbringt die Leistungen; in Auftrag gibt sie Silverton Glass S.L..\n",
        "Northwell Dachbau GmbH s'engage à fournir les services décrits ici, commandés par Silverton Glass S.L..\n",
        "Northwell Dachbau GmbH se obliga a prestar los servicios, que encarga Silverton Glass S.L..\n",
    ] {
        assert_eq!(of(text, ask()), both, "{text}");
    }
    let text = "Northwell Dachbau GmbH has met Silverton Glass S.L. in the course of the year.\n";
    assert_eq!(of(text, ask()), json!({"provider_name": null, "client_name": null}));
}

#[test]
fn what_is_closed_until_a_day_does_not_end_the_contract() {
    let text = "Our office in Barrow stays closed until 20 December 2021.\n\n\
                Unless extended in writing, they cease on 1 June 2026.\n";
    assert_eq!(of(text, json!({"end_date": day()})), json!({"end_date": "2026-06-01"}));
    let text = "Our office in Barrow stays closed until 20 December 2021.\n";
    assert_eq!(of(text, json!({"end_date": day()})), json!({"end_date": null}));
}

#[test]
fn disputes_are_settled_by_a_law() {
    for (text, law) in [
        ("Disputes are settled under the laws of Ireland.\n", "Ireland"),
        ("Les litiges sont tranchés selon le droit suisse.\n", "droit suisse"),
        ("Für alle Streitigkeiten gilt Schweizer Recht.\n", "Schweizer Recht"),
    ] {
        assert_eq!(of(text, json!({"governing_law": {"type": "string"}})), json!({"governing_law": law}), "{text}");
    }
}

#[test]
fn the_only_amount_of_a_sentence_may_stand_far_from_its_month() {
    let text = "Each month the company that orders is sent an invoice for its part of 974.00 EUR.\n";
    assert_eq!(of(text, json!({"monthly_fee": {"type": "number"}})), json!({"monthly_fee": 974}));
}

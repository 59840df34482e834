use serde_json::{Value, json};

use crate::{Engine, Error, ExtractOptions, Extracted, Limits, Operation, Output, Source, Step};

const INVOICE: &str = "Northwell Timber Ltd\n105 Harbour Walk\nCalderwick GD11 2MJ\n\nINVOICE\n\n\
    Bill to:\nSilverton Glassworks plc\n8 Abbey Close\nAshbourne PJ16 8BY\n\n\
    Invoice number: INV-2041\nInvoice date:   3 May 2024\nDue date:       2 June 2024\n\n\
    Subtotal        200.00\nVAT 20%          40.00\nTotal           £240.00\n\nQuestions? billing@northwell.example\n";

fn extract(filename: &str, text: &str, options: ExtractOptions) -> Result<Extracted, Error> {
    let source = Source { bytes: text.as_bytes(), filename, media_type: None };
    let operation = Operation::Extract(options);
    match Engine::without_models().start(&operation, &[source], &Limits::default(), &mut |_| ())? {
        Step::Done(Output::Extract(extracted)) => Ok(extracted),
        _ => unreachable!("an extraction gives what was extracted"),
    }
}

fn of(text: &str, schema: Value) -> Extracted {
    extract("a.txt", text, ExtractOptions { schema, n_consensus: 1, ..ExtractOptions::default() }).unwrap()
}

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

#[test]
fn each_field_has_its_value_and_the_text_that_it_was_read_from() {
    let schema = object(json!({
        "invoice_number": {"type": "string"},
        "invoice_date": {"type": "string", "format": "date"},
        "due_date": {"type": "string", "format": "date"},
        "subtotal": {"type": "number"},
        "tax_amount": {"type": "number"},
        "total": {"type": "number"},
        "email": {"type": "string", "format": "email"},
    }));
    let extracted = of(INVOICE, schema);
    let value = &extracted.answers[0].value;
    assert_eq!(
        value,
        &json!({
            "invoice_number": "INV-2041", "invoice_date": "2024-05-03", "due_date": "2024-06-02",
            "subtotal": 200, "tax_amount": 40, "total": 240, "email": "billing@northwell.example",
        })
    );
    assert_eq!(extracted.sources["due_date"]["content"], "2 June 2024");
    assert_eq!(extracted.sources["due_date"]["page"], 1);
    for name in value.as_object().unwrap().keys() {
        let likelihood = extracted.likelihoods[name].as_f64().unwrap();
        assert!(likelihood > 0.5 && likelihood <= 1.0, "{name}: {likelihood}");
        assert_eq!(extracted.sources[name]["kind"], "text");
    }
}

#[test]
fn each_party_has_its_own_name_and_address() {
    let party = json!({"type": "object", "properties": {"name": {"type": "string"}, "address": {"type": "string"}}});
    let extracted = of(INVOICE, object(json!({"vendor": party, "customer": party})));
    assert_eq!(
        extracted.answers[0].value,
        json!({
            "vendor": {"name": "Northwell Timber Ltd", "address": "105 Harbour Walk, Calderwick GD11 2MJ"},
            "customer": {"name": "Silverton Glassworks plc", "address": "8 Abbey Close, Ashbourne PJ16 8BY"},
        })
    );
}

#[test]
fn what_is_not_there_is_null_and_a_warning_if_it_must_be() {
    let mut schema = object(json!({
        "iban": {"type": "string"},
        "delivery_date": {"type": ["string", "null"], "format": "date"},
        "project": {"type": "object", "properties": {"project_number": {"type": "string"}}, "required": ["project_number"]},
    }));
    schema["required"] = json!(["iban", "delivery_date"]);
    let extracted = of(INVOICE, schema);
    let blank = json!({"iban": null, "delivery_date": null, "project": {"project_number": null}});
    assert_eq!(extracted.answers[0].value, blank);
    assert_eq!(extracted.sources, blank);
    assert_eq!(extracted.likelihoods, json!({"iban": 0.0, "delivery_date": 0.0, "project": {"project_number": 0.0}}));
    let codes: Vec<_> = extracted.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["schema_unsatisfied"]);
    let mut paths: Vec<_> = extracted.warnings[0].details["paths"].as_array().unwrap().clone();
    paths.sort_by_key(ToString::to_string);
    assert_eq!(paths, [json!("/iban"), json!("/project/project_number")]);
}

#[test]
fn labels_of_other_languages_answer_english_names() {
    let text = "Rechnung\n\nRechnungsnummer: 81872\nRechnungsdatum: 20.04.2024\nGesamtbetrag: 1.662,94 €\n\
        Vielen Dank für Ihren Auftrag und die gute Zusammenarbeit.\n";
    let schema = object(json!({
        "invoice_number": {"type": "string"},
        "invoice_date": {"type": "string", "format": "date"},
        "total": {"type": "number"},
    }));
    assert_eq!(
        of(text, schema).answers[0].value,
        json!({"invoice_number": "81872", "invoice_date": "2024-04-20", "total": 1662.94})
    );
}

#[test]
fn choices_are_what_the_text_names_and_nothing_else() {
    let text = "Receipt\nPayment method: card\nTotal: 12.00\nThank you for your visit and your order.\n";
    let choice = |values: Value| json!({"enum": values});
    let schema = object(json!({
        "payment_method": choice(json!(["cash", "card", null])),
        "membership_type": choice(json!(["single", "family", null])),
    }));
    let value = &of(text, schema).answers[0].value;
    assert_eq!(value, &json!({"payment_method": "card", "membership_type": null}));
}

#[test]
fn evidence_is_told_for_fields_that_ask_for_it() {
    let schema = object(json!({"total": {"type": "number", "X-ReasoningPrompt": "Where does it stand?"}}));
    let answer = &of(INVOICE, schema).answers[0];
    let evidence = &answer.reasoning["/total"];
    assert!(evidence.contains("Page 1") && evidence.contains("£240.00"), "{evidence}");
    assert_eq!(answer.value, json!({"total": 240}));
}

#[test]
fn passes_are_voted_on_and_each_of_them_is_told() {
    let schema = object(json!({"invoice_number": {"type": "string"}, "iban": {"type": "string"}}));
    let options = ExtractOptions { schema, n_consensus: 4, ..ExtractOptions::default() };
    let extracted = extract("a.txt", INVOICE, options.clone()).unwrap();
    assert_eq!(extracted.answers.len(), 5);
    assert_eq!(extracted.answers[0].value, json!({"invoice_number": "INV-2041", "iban": null}));
    assert!(extracted.answers[0].key_mapping.is_none());
    assert_eq!(extracted.answers[1].key_mapping.as_ref().unwrap()["invoice_number"].as_deref(), Some("invoice_number"));
    assert_eq!(extracted.likelihoods["invoice_number"], 1.0);
    assert_eq!(extracted.sources["invoice_number"]["content"], "INV-2041");
    assert_eq!(extract("a.txt", INVOICE, options).unwrap(), extracted);
}

#[test]
fn parties_are_found_where_a_sentence_defines_them() {
    let text = "Service agreement\n\nThis agreement is made between Silverton Glassworks plc (the “Provider”) and Northwell\n\
        Timber Ltd (the “Client”). It takes effect on 10 December 2026.\n";
    let schema = object(json!({"provider_name": {"type": "string"}, "client_name": {"type": "string"}}));
    assert_eq!(
        of(text, schema).answers[0].value,
        json!({"provider_name": "Silverton Glassworks plc", "client_name": "Northwell Timber Ltd"})
    );
}

#[test]
fn our_reference_is_not_yours() {
    let text = "Our ref.: XN-6842\nYour ref.: HRL-851\n\nDear Ms Kirkby,\nwe thank you for the letter.\n";
    let schema = object(json!({"our_reference": {"type": "string"}, "your_reference": {"type": "string"}}));
    assert_eq!(of(text, schema).answers[0].value, json!({"our_reference": "XN-6842", "your_reference": "HRL-851"}));
}

#[test]
fn other_scripts_and_blank_documents_are_refused() {
    let options =
        || ExtractOptions { schema: object(json!({"date": {"type": "string"}})), ..ExtractOptions::default() };
    let russian = "Счёт за поставку канатов и верёвок, оплата в течение тридцати дней\n".repeat(4);
    assert_eq!(extract("a.txt", &russian, options()).unwrap_err().code(), "language_not_supported");
    assert_eq!(extract("a.txt", " \n", options()).unwrap_err().code(), "document_has_no_text");
}

#[test]
fn a_page_made_to_be_slow_is_searched_in_bounds() {
    let text = "Total: 1.00 ( ( ( Date 1.1.2020   ".repeat(600);
    let schema =
        object(json!({"total": {"type": "number"}, "date": {"type": "string"}, "client_name": {"type": "string"}}));
    assert_eq!(of(&text, schema).answers.len(), 1);
}

#[test]
fn what_stands_in_a_column_or_a_row_of_labels_is_no_value() {
    let text = "Enrolment form\n\nSurname            Barlow\nGiven names        Bridget\n\
        Kind of housing    Hartlebury\nPost code          UJ8 8SN\n";
    let schema = || object(json!({"last_name": {"type": "string"}, "city": {"type": "string"}}));
    let value = &of(text, schema()).answers[0].value;
    assert_eq!(value["last_name"], "Barlow");
    assert_ne!(value["city"], "Kind of housing");
    let text = "Surname       Given names       Place of living (town)\n\
        Barlow        Bridget           Hartlebury\n";
    let value = &of(text, schema()).answers[0].value;
    assert_eq!(value["last_name"], "Barlow");
    assert_ne!(value["city"], "Place of living (town)");
}

#[test]
fn a_label_and_its_value_on_one_line_part_behind_the_whole_label() {
    let text = "Bank statement\n\nName of account holder Gordon Copeland\nIBAN account GB87 LPRT 6894 5562 4798 23\n";
    let schema = object(json!({"account_holder": {"type": "string"}}));
    assert_eq!(of(text, schema).answers[0].value["account_holder"], "Gordon Copeland");
    // Without others like it a line that begins with such a word may be a name.
    let text = "Maison Martin SARL\n12 rue Haute\n75011 Paris\n\nFacture n\u{b0} F-12\n";
    let schema = object(json!({"vendor_name": {"type": "string"}}));
    assert_eq!(of(text, schema).answers[0].value["vendor_name"], "Maison Martin SARL");
}

#[test]
fn the_person_of_a_resume_is_the_one_whose_address_of_mail_it_gives() {
    let text = "About me\n\nEmail callum.stanhill@mail.example\nPhone 0126 713 555\n\n\
        Callum Stanhill\nData analyst\n\nReferences\nMegan Draycott\n";
    let schema = object(json!({"full_name": {"type": "string"}, "job_title": {"type": "string"}}));
    let value = &of(text, schema).answers[0].value;
    assert_eq!((&value["full_name"], &value["job_title"]), (&json!("Callum Stanhill"), &json!("Data analyst")));
}

#[test]
fn the_option_with_the_mark_answers_what_stands_over_both() {
    let schema = || object(json!({"newsletter": {"type": "boolean"}}));
    let ask = |options: &str| of(&format!("Membership\n\nSubscribe to newsletter\n{options}\n"), schema());
    assert_eq!(ask("        no          X yes").answers[0].value["newsletter"], true);
    assert_eq!(ask("        X no          yes").answers[0].value["newsletter"], false);
}

#[test]
fn beside_the_last_name_the_name_is_the_first_one() {
    let text = "Apellidos del socio      Alonso\nNombre del socio         Sergio\n";
    let schema = object(json!({"apellidos": {"type": "string"}, "nombre": {"type": "string"}}));
    let value = &of(text, schema).answers[0].value;
    assert_eq!((&value["apellidos"], &value["nombre"]), (&json!("Alonso"), &json!("Sergio")));
}

#[test]
fn a_choice_is_what_the_page_has_word_for_word() {
    let ask = |text: &str| {
        let schema = object(json!({"membership": {"enum": ["Students", "Family", null]}}));
        of(text, schema).answers[0].value["membership"].clone()
    };
    assert_eq!(ask("Membership: Students\n"), "Students");
    assert_eq!(ask("Membership: Student\n"), Value::Null);
}

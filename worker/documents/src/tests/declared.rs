//! What a file states beside its pages.

use serde_json::{Value, json};

use crate::document::Term;
use crate::{Engine, ExtractOptions, Extracted, Limits, Operation, Output, ReadOptions, Source, Step};

/// A Cross Industry Invoice in the names of Factur-X.
const INVOICE: &str = "<rsm:CrossIndustryInvoice xmlns:rsm='r' xmlns:ram='a' xmlns:udt='u'>\
    <rsm:ExchangedDocument><ram:ID>7B/22</ram:ID>\
    <ram:IssueDateTime><udt:DateTimeString format='102'>20240517</udt:DateTimeString></ram:IssueDateTime>\
    </rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>\
    <ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeSettlementLineMonetarySummation>\
    <ram:LineTotalAmount>3.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>\
    </ram:IncludedSupplyChainTradeLineItem><ram:ApplicableHeaderTradeAgreement>\
    <ram:SellerTradeParty><ram:Name>Tide &amp; Co</ram:Name><ram:PostalTradeAddress>\
    <ram:PostcodeCode>20457</ram:PostcodeCode><ram:LineOne>Am Kai 3</ram:LineOne><ram:CityName>Hamburg</ram:CityName>\
    </ram:PostalTradeAddress></ram:SellerTradeParty>\
    <ram:BuyerTradeParty><ram:Name>Nobody Here Ltd</ram:Name></ram:BuyerTradeParty>\
    </ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>\
    <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>80.00</ram:GrandTotalAmount>\
    <ram:DuePayableAmount>75.00</ram:DuePayableAmount>\
    </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>\
    </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>";

/// Lines of a page with nothing on it that says which is which.
const LINES: &[&str] =
    &["Tide & Co", "Am Kai 3", "20457 Hamburg", "7A/22", "7B/22", "2024-05-03", "2024-05-17", "75.00", "80.00"];

/// A page of these lines, with a file attached to it by the tree of names or as an associated file.
fn pdf(lines: &[&str], attached: &str, root: &str) -> Vec<u8> {
    let shown: String = lines.iter().enumerate().map(|(at, line)| show(line, at)).collect();
    let stream = |entries: &str, content: &str| {
        format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
    };
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {root} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        stream("", &shown),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Filespec /F (a.xml) /EF << /F 7 0 R >> >>".to_owned(),
        stream("/Type /EmbeddedFile", attached),
    ];
    super::pdf::file(&objects.map(String::into_bytes), 0)
}

/// The first lines under one another, the others each by itself.
fn show(line: &str, at: usize) -> String {
    let height = if at < 3 { 380 - 12 * at } else { 420 - 40 * at };
    format!("BT /F 10 Tf 20 {height} Td ({line}) Tj ET\n")
}

const NAMES: &str = "/Names << /EmbeddedFiles << /Kids [<< /Names [(a.xml) 6 0 R] >>] >> >>";
const ASSOCIATED: &str = "/AF [6 0 R]";

fn declared(bytes: &[u8]) -> Vec<(Term, String)> {
    let source = Source { bytes, filename: "", media_type: None };
    let read = Engine::without_models().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ());
    read.unwrap().declared.into_iter().map(|declared| (declared.term, declared.text)).collect()
}

fn extract(bytes: &[u8], properties: Value) -> Extracted {
    let source = Source { bytes, filename: "", media_type: None };
    let schema = json!({"type": "object", "properties": properties});
    let operation = Operation::Extract(ExtractOptions { schema, n_consensus: 1, ..ExtractOptions::default() });
    match Engine::without_models().start(&operation, &[source], &Limits::default(), &mut |_| ()).unwrap() {
        Step::Done(Output::Extract(extracted)) => extracted,
        _ => unreachable!("an extraction gives what was extracted"),
    }
}

fn of(term: Term, text: &str) -> (Term, String) {
    (term, text.to_owned())
}

#[test]
fn an_attached_invoice_says_which_value_of_the_page_is_meant() {
    let fields = json!({
        "invoice_number": {"type": "string"}, "invoice_date": {"type": "string", "format": "date"},
        "total": {"type": "number"}, "amount_due": {"type": "number"},
        "vendor_name": {"type": "string"}, "vendor_address": {"type": "string"},
    });
    for root in [NAMES, ASSOCIATED] {
        let extracted = extract(&pdf(LINES, INVOICE, root), fields.clone());
        let expected = json!({
            "invoice_number": "7B/22", "invoice_date": "2024-05-17", "total": 80, "amount_due": 75,
            "vendor_name": "Tide & Co", "vendor_address": "Am Kai 3, 20457 Hamburg",
        });
        assert_eq!(extracted.answers[0].value, expected);
        assert_eq!(extracted.sources["invoice_date"]["content"], "2024-05-17");
        assert_eq!(extracted.sources["invoice_date"]["page"], 1);
    }
    let without = extract(&pdf(LINES, INVOICE, ""), fields);
    assert_ne!(without.answers[0].value["invoice_date"], "2024-05-17");
}

#[test]
fn what_no_page_shows_is_not_given() {
    let fields = json!({"customer_name": {"type": "string"}, "total": {"type": "number"}});
    let other = INVOICE.replace("80.00", "81.00");
    let value = extract(&pdf(LINES, &other, NAMES), fields).answers.remove(0).value;
    assert_ne!(value["customer_name"], "Nobody Here Ltd");
    assert_ne!(value["total"], 81);
}

#[test]
fn lines_of_an_invoice_are_not_its_sums() {
    let stated = declared(&pdf(LINES, INVOICE, NAMES));
    assert!(stated.contains(&of(Term::GrandTotal, "80.00")));
    assert!(stated.contains(&of(Term::SellerName, "Tide & Co")));
    assert!(stated.contains(&of(Term::SellerAddress, "Am Kai 3\n20457\nHamburg")));
    assert!(stated.iter().all(|(term, _)| *term != Term::LineTotal));
}

#[test]
fn the_older_names_and_the_other_syntax_are_known() {
    let old = "<CrossIndustryDocument><HeaderExchangedDocument><ID>R1</ID></HeaderExchangedDocument>\
        <SpecifiedTradeSettlementMonetarySummation><TaxTotalAmount currencyID='EUR'>1.90</TaxTotalAmount>\
        </SpecifiedTradeSettlementMonetarySummation></CrossIndustryDocument>";
    assert_eq!(declared(&pdf(LINES, old, NAMES)), [of(Term::InvoiceNumber, "R1"), of(Term::TaxTotal, "1.90")]);
    let ubl = "<Invoice><ID>R2</ID><DueDate>2024-06-02</DueDate><InvoiceLine><ID>1</ID></InvoiceLine>\
        <LegalMonetaryTotal><PayableAmount>5</PayableAmount></LegalMonetaryTotal></Invoice>";
    let expected = [of(Term::InvoiceNumber, "R2"), of(Term::DueDate, "2024-06-02"), of(Term::DueAmount, "5")];
    assert_eq!(declared(&pdf(LINES, ubl, NAMES)), expected);
}

#[test]
fn what_is_no_sound_invoice_states_nothing() {
    let declares = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{INVOICE}");
    let deep = format!("<Invoice>{}", "<a>".repeat(1_000));
    let broken = INVOICE.get(..INVOICE.len() - 9).unwrap();
    for other in ["", "no XML", "<svg><ID>R1</ID></svg>", declares.as_str(), deep.as_str(), broken] {
        assert_eq!(declared(&pdf(LINES, other, NAMES)), [], "{other}");
    }
}

#[test]
fn an_invoice_in_xml_alone_shows_its_own_values() {
    let fields = json!({"invoice_number": {"type": "string"}, "total": {"type": "number"}});
    let file = format!("<?xml version='1.0'?>\n{}", INVOICE.replace("><", ">\n<"));
    let extracted = extract(file.as_bytes(), fields);
    assert_eq!(extracted.answers[0].value, json!({"invoice_number": "7B/22", "total": 80}));
}

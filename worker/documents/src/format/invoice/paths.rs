//! Which element of an invoice in XML states which term.

use crate::document::Term;

/// The elements that an invoice begins with, without the prefixes of their namespaces.
pub(super) const ROOTS: &[&str] = &["CrossIndustryInvoice", "CrossIndustryDocument", "Invoice", "CreditNote"];

/// The elements that hold a line of an invoice.
pub(super) const LINES: &[&str] = &["IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine"];

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Streets, houses, floors.
    BeforeCode,
    Code,
    Town,
}

/// The elements of the parts of an address in both syntaxes. In UBL one line lies in an element of its own.
const PARTS: &[(&str, Part)] = &[
    ("LineOne", Part::BeforeCode),
    ("LineTwo", Part::BeforeCode),
    ("LineThree", Part::BeforeCode),
    ("StreetName", Part::BeforeCode),
    ("AdditionalStreetName", Part::BeforeCode),
    ("AddressLine/Line", Part::BeforeCode),
    ("PostcodeCode", Part::Code),
    ("PostalZone", Part::Code),
    ("CityName", Part::Town),
];

/// Whose address an element holds, by those that it ends in.
const ADDRESSES: &[(&str, Term)] = &[
    ("SellerTradeParty/PostalTradeAddress", Term::SellerAddress),
    ("BuyerTradeParty/PostalTradeAddress", Term::BuyerAddress),
    ("ShipToTradeParty/PostalTradeAddress", Term::ShipToAddress),
    ("AccountingSupplierParty/Party/PostalAddress", Term::SellerAddress),
    ("AccountingCustomerParty/Party/PostalAddress", Term::BuyerAddress),
    ("Delivery/DeliveryLocation/Address", Term::ShipToAddress),
];

/// Elements of Cross Industry Invoice, then those of UBL, each by as many of its ancestors as tell it from others.
const TERMS: &[(&str, Term)] = &[
    ("ExchangedDocument/ID", Term::InvoiceNumber),
    ("HeaderExchangedDocument/ID", Term::InvoiceNumber),
    ("ExchangedDocument/IssueDateTime/DateTimeString", Term::IssueDate),
    ("HeaderExchangedDocument/IssueDateTime/DateTimeString", Term::IssueDate),
    ("InvoiceCurrencyCode", Term::Currency),
    ("SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", Term::DueDate),
    ("SpecifiedTradePaymentTerms/Description", Term::PaymentTerms),
    ("SpecifiedTradePaymentTerms/DirectDebitMandateID", Term::MandateReference),
    ("SpecifiedProcuringProject/ID", Term::Project),
    ("SpecifiedProcuringProject/Name", Term::Project),
    ("ContractReferencedDocument/IssuerAssignedID", Term::ContractNumber),
    ("ContractReferencedDocument/ID", Term::ContractNumber),
    ("BuyerOrderReferencedDocument/IssuerAssignedID", Term::PurchaseOrderNumber),
    ("BuyerOrderReferencedDocument/ID", Term::PurchaseOrderNumber),
    ("SellerOrderReferencedDocument/IssuerAssignedID", Term::SalesOrderNumber),
    ("SellerOrderReferencedDocument/ID", Term::SalesOrderNumber),
    ("DespatchAdviceReferencedDocument/IssuerAssignedID", Term::DeliveryNoteNumber),
    ("DeliveryNoteReferencedDocument/IssuerAssignedID", Term::DeliveryNoteNumber),
    ("DeliveryNoteReferencedDocument/ID", Term::DeliveryNoteNumber),
    ("SellerTradeParty/Name", Term::SellerName),
    ("SellerTradeParty/SpecifiedLegalOrganization/TradingBusinessName", Term::SellerName),
    ("SellerTradeParty/SpecifiedLegalOrganization/ID", Term::SellerRegistration),
    ("SellerTradeParty/SpecifiedTaxRegistration/ID", Term::SellerTaxNumber),
    ("SellerTradeParty/DefinedTradeContact/PersonName", Term::SellerContact),
    ("SellerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber", Term::SellerPhone),
    ("SellerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication/URIID", Term::SellerEmail),
    ("SellerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication/CompleteNumber", Term::SellerEmail),
    ("SellerTradeParty/URIUniversalCommunication/URIID", Term::SellerEmail),
    ("BuyerTradeParty/ID", Term::BuyerNumber),
    ("BuyerTradeParty/Name", Term::BuyerName),
    ("BuyerTradeParty/SpecifiedLegalOrganization/TradingBusinessName", Term::BuyerName),
    ("BuyerTradeParty/SpecifiedTaxRegistration/ID", Term::BuyerTaxNumber),
    ("BuyerTradeParty/DefinedTradeContact/PersonName", Term::BuyerContact),
    ("BuyerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber", Term::BuyerPhone),
    ("BuyerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication/URIID", Term::BuyerEmail),
    ("ShipToTradeParty/Name", Term::ShipToName),
    ("ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString", Term::DeliveryDate),
    ("BillingSpecifiedPeriod/StartDateTime/DateTimeString", Term::PeriodStart),
    ("BillingSpecifiedPeriod/EndDateTime/DateTimeString", Term::PeriodEnd),
    ("SpecifiedTradeSettlementPaymentMeans/Information", Term::PaymentMethod),
    ("PayeePartyCreditorFinancialAccount/IBANID", Term::Iban),
    ("PayeePartyCreditorFinancialAccount/AccountName", Term::AccountHolder),
    ("PayeeSpecifiedCreditorFinancialInstitution/BICID", Term::Bic),
    ("PayeeSpecifiedCreditorFinancialInstitution/Name", Term::BankName),
    ("CreditorReferenceID", Term::CreditorId),
    ("ApplicableTradeTax/RateApplicablePercent", Term::TaxRate),
    ("ApplicableTradeTax/ApplicablePercent", Term::TaxRate),
    ("SpecifiedLogisticsServiceCharge/AppliedAmount", Term::ChargeTotal),
    ("MonetarySummation/LineTotalAmount", Term::LineTotal),
    ("MonetarySummation/AllowanceTotalAmount", Term::AllowanceTotal),
    ("MonetarySummation/ChargeTotalAmount", Term::ChargeTotal),
    ("MonetarySummation/TaxBasisTotalAmount", Term::NetTotal),
    ("MonetarySummation/TaxTotalAmount", Term::TaxTotal),
    ("MonetarySummation/GrandTotalAmount", Term::GrandTotal),
    ("MonetarySummation/TotalPrepaidAmount", Term::PaidAmount),
    ("MonetarySummation/DuePayableAmount", Term::DueAmount),
    ("Invoice/ID", Term::InvoiceNumber),
    ("CreditNote/ID", Term::InvoiceNumber),
    ("Invoice/IssueDate", Term::IssueDate),
    ("CreditNote/IssueDate", Term::IssueDate),
    ("Invoice/DueDate", Term::DueDate),
    ("PaymentMeans/PaymentDueDate", Term::DueDate),
    ("DocumentCurrencyCode", Term::Currency),
    ("ProjectReference/ID", Term::Project),
    ("ContractDocumentReference/ID", Term::ContractNumber),
    ("OrderReference/ID", Term::PurchaseOrderNumber),
    ("OrderReference/SalesOrderID", Term::SalesOrderNumber),
    ("DespatchDocumentReference/ID", Term::DeliveryNoteNumber),
    ("AccountingSupplierParty/Party/PartyName/Name", Term::SellerName),
    ("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName", Term::SellerName),
    ("AccountingSupplierParty/Party/PartyLegalEntity/CompanyID", Term::SellerRegistration),
    ("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID", Term::SellerTaxNumber),
    ("AccountingSupplierParty/Party/Contact/Name", Term::SellerContact),
    ("AccountingSupplierParty/Party/Contact/Telephone", Term::SellerPhone),
    ("AccountingSupplierParty/Party/Contact/ElectronicMail", Term::SellerEmail),
    ("AccountingCustomerParty/Party/PartyIdentification/ID", Term::BuyerNumber),
    ("AccountingCustomerParty/Party/PartyName/Name", Term::BuyerName),
    ("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName", Term::BuyerName),
    ("AccountingCustomerParty/Party/PartyTaxScheme/CompanyID", Term::BuyerTaxNumber),
    ("AccountingCustomerParty/Party/Contact/Name", Term::BuyerContact),
    ("AccountingCustomerParty/Party/Contact/Telephone", Term::BuyerPhone),
    ("AccountingCustomerParty/Party/Contact/ElectronicMail", Term::BuyerEmail),
    ("Delivery/DeliveryParty/PartyName/Name", Term::ShipToName),
    ("Delivery/ActualDeliveryDate", Term::DeliveryDate),
    ("InvoicePeriod/StartDate", Term::PeriodStart),
    ("InvoicePeriod/EndDate", Term::PeriodEnd),
    ("PayeeFinancialAccount/ID", Term::Iban),
    ("PayeeFinancialAccount/Name", Term::AccountHolder),
    ("PayeeFinancialAccount/FinancialInstitutionBranch/ID", Term::Bic),
    ("PaymentMandate/ID", Term::MandateReference),
    ("PaymentTerms/Note", Term::PaymentTerms),
    ("TaxSubtotal/TaxCategory/Percent", Term::TaxRate),
    ("TaxTotal/TaxAmount", Term::TaxTotal),
    ("LegalMonetaryTotal/LineExtensionAmount", Term::LineTotal),
    ("LegalMonetaryTotal/AllowanceTotalAmount", Term::AllowanceTotal),
    ("LegalMonetaryTotal/ChargeTotalAmount", Term::ChargeTotal),
    ("LegalMonetaryTotal/TaxExclusiveAmount", Term::NetTotal),
    ("LegalMonetaryTotal/TaxInclusiveAmount", Term::GrandTotal),
    ("LegalMonetaryTotal/PrepaidAmount", Term::PaidAmount),
    ("LegalMonetaryTotal/PayableAmount", Term::DueAmount),
];

/// The term that an element states.
pub(super) fn term_of(open: &[String]) -> Option<Term> {
    TERMS.iter().find(|(path, _)| ends_in(open, path)).map(|(_, term)| *term)
}

/// The part of an address that an element states.
pub(super) fn address_of(open: &[String]) -> Option<(Term, Part)> {
    let (path, part) = PARTS.iter().find(|(path, _)| ends_in(open, path))?;
    let above = open.get(..open.len().checked_sub(path.split('/').count())?)?;
    let (_, term) = ADDRESSES.iter().find(|(path, _)| ends_in(above, path))?;
    Some((*term, *part))
}

/// Whether elements end in those of a path. What sums an invoice up goes by a longer name in each profile.
fn ends_in(open: &[String], path: &str) -> bool {
    let mut open = open.iter().rev();
    path.rsplit('/').all(|name| {
        let is_summation = |other: &String| name == "MonetarySummation" && other.ends_with(name);
        open.next().is_some_and(|other| other == name || is_summation(other))
    })
}

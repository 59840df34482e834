//! What a file says of itself in terms made for programs, beside what it shows.
//!
//! Hybrid invoices (Factur-X, ZUGFeRD) are pages with the same invoice in XML attached to them.

/// A business term of the semantic model of EN 16931, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// BT-1.
    InvoiceNumber,
    /// BT-2, as all days here in the form 2024-05-31.
    IssueDate,
    /// BT-5, of ISO 4217.
    Currency,
    /// BT-9.
    DueDate,
    /// BT-11: the number or the name.
    Project,
    /// BT-12.
    ContractNumber,
    /// BT-13.
    PurchaseOrderNumber,
    /// BT-14.
    SalesOrderNumber,
    /// BT-16.
    DeliveryNoteNumber,
    /// BT-20.
    PaymentTerms,
    /// BT-27 and BT-28.
    SellerName,
    /// BT-30.
    SellerRegistration,
    /// BT-31 and BT-32.
    SellerTaxNumber,
    /// BT-35 to BT-40.
    SellerAddress,
    /// BT-41.
    SellerContact,
    /// BT-42.
    SellerPhone,
    /// BT-43.
    SellerEmail,
    /// BT-44 and BT-45.
    BuyerName,
    /// BT-46.
    BuyerNumber,
    /// BT-48.
    BuyerTaxNumber,
    /// BT-50 to BT-55.
    BuyerAddress,
    /// BT-56.
    BuyerContact,
    /// BT-57.
    BuyerPhone,
    /// BT-58.
    BuyerEmail,
    /// BT-70.
    ShipToName,
    /// BT-75 to BT-80.
    ShipToAddress,
    /// BT-72.
    DeliveryDate,
    /// BT-73.
    PeriodStart,
    /// BT-74.
    PeriodEnd,
    /// BT-82.
    PaymentMethod,
    /// BT-84.
    Iban,
    /// BT-85.
    AccountHolder,
    /// BT-86.
    Bic,
    /// The name of the bank, which ZUGFeRD 1.0 has and EN 16931 has not.
    BankName,
    /// BT-89.
    MandateReference,
    /// BT-90.
    CreditorId,
    /// BT-106, as all amounts here with a decimal point and without groups of digits.
    LineTotal,
    /// BT-107.
    AllowanceTotal,
    /// BT-108, and what is asked for carriage alone.
    ChargeTotal,
    /// BT-109.
    NetTotal,
    /// BT-110.
    TaxTotal,
    /// BT-112.
    GrandTotal,
    /// BT-113.
    PaidAmount,
    /// BT-115.
    DueAmount,
    /// BT-119, of percent.
    TaxRate,
}

/// A value that the file states. Nobody has seen it on a page yet, and it may differ from what is printed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// What it is.
    pub term: Term,
    /// The value. Of an address the street and all else that is written before the code of the town, the code, the town:
    /// one a line, those that are stated.
    pub text: String,
}

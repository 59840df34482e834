//! What business documents are about.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;
use crate::value::Kind;

/// Name, kind, wider concept, phrases in English, French, German and Spanish, and words of schemas alone.
const ROWS: &str = include_str!("business.tsv");

macro_rules! concepts {
    ($($name:ident)*) => {
        /// A thing that a label on a document may name, or a field ask for. The names say it all; the wider ones among
        /// them (`Date`, `Number`, `Amount`, ...) are what a label says that does not say of what.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Concept { $($name),* }

        impl Concept {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name as a field of a schema: `invoice_number`.
            pub(crate) fn name(self) -> &'static str {
                ROWS_BY_CONCEPT.get(self as usize).and_then(|row| row.as_ref()).map_or("", |row| row.name)
            }

            fn variant(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

concepts! {
    DocumentNumber StatementNumber InvoiceNumber ReceiptNumber TransactionNumber OrderNumber PurchaseOrderNumber
    QuoteNumber DeliveryNoteNumber ShipmentNumber TrackingNumber ContractNumber PolicyNumber ClaimNumber CaseNumber
    ApplicationNumber ProjectNumber ProjectName Reference YourReference CustomerNumber LoyaltyNumber SupplierNumber
    AccountNumber Iban Bic BankName BankCode AccountHolder BankBranch MandateReference CreditorId CardNumber VatId
    TaxId CompanyRegistration NationalId PassportNumber LicenceNumber SocialSecurityNumber EmployeeNumber
    StudentNumber MeterNumber VehicleRegistration Vin Date LetterDate InvoiceDate DueDate OrderDate DeliveryDate
    ServiceDate ShipDate QuoteDate ValidUntil ValidFrom EffectiveDate StartDate HireDate EndDate SignatureDate
    StatementDate PaymentDate BookingDate ValueDate BirthDate PrintDate ReceivedDate AppointmentDate Period
    PeriodStart PeriodEnd Time StartTime EndTime DeliveryTime Amount Total AmountDue Subtotal Tax TaxRate
    ReverseCharge Discount DiscountRate ShippingCost Fee MonthlyFee Tip Rounding Deposit AmountPaid CashTendered
    Change OpeningBalance ClosingBalance Balance TotalDebits TotalCredits Debit Credit Interest InterestRate
    CreditLimit MinimumPayment Rent ContractValue Premium InsuredAmount Deductible GrossPay NetPay BaseSalary Bonus
    Overtime IncomeTax ChurchTax SocialSecurity PensionContribution HealthInsurance TotalDeductions YearToDate Hours
    HourlyRate TaxClass Currency ExchangeRate PaymentTerms PaymentMethod DeliveryTerms ShippingMethod Carrier
    ItemNumber Sku Barcode Description Quantity DeliveredQuantity BackorderedQuantity Unit UnitPrice LineAmount Weight
    Volume Dimensions Packages BatchNumber SerialNumber CustomsCode OriginCountry ItemCount PartyName VendorName
    CustomerName ShipToName ShipFromName SenderName RecipientName ContactName Cashier EmployeeName EmployerName
    FirstName LastName BirthName LandlordName TenantName FirstParty SecondParty InsuredName InsurerName ApplicantName
    DoctorName Signatory Witness EmergencyContact Address VendorAddress CustomerAddress DeliveryAddress
    EmployeeAddress EmployerAddress PropertyAddress Street HouseNumber PostalCode City State Country BirthPlace Place
    Jurisdiction Phone Mobile Fax Email Website Gender Nationality MaritalStatus Occupation Department Height
    EyeColour IssuingAuthority LicenceClass Education Subject Salutation Notes Reason TransactionDescription Duration
    NoticePeriod Renewal ProbationPeriod VacationDays Signed Paid Consent Newsletter Status DocumentType Category
    MembershipType PageNumber PageCount Version LanguageName StoreNumber TerminalNumber TableNumber AuthorizationCode
    GuestCount LoyaltyPoints Consumption MeterReading PreviousReading WeightUnitPrice Invoice Receipt PurchaseOrder
    Quote CreditNote DeliveryNote BankStatement PaySlip Contract Letter Form Reminder IdentityCard InsurancePolicy
    UtilityBill TaxForm Report Certificate Resume MedicalReport PriceList
}

/// What the lexicon says of a concept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) concept: Concept,
    name: &'static str,
    kind: Kind,
    wider: Option<Concept>,
    phrases: [&'static str; 4],
    fields: &'static str,
}

impl Row {
    fn of(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (name, kind, wider) = (next(), next(), next());
        let phrases = [next(), next(), next(), next()];
        Some(Self { concept: named(name)?, name, kind: kind_of(kind)?, wider: named(wider), phrases, fields: next() })
    }

    pub(super) fn phrases(&self, language: Language) -> impl Iterator<Item = &'static str> + use<> {
        let phrases = self.phrases.get(language as usize).copied().unwrap_or_default();
        phrases.split('|').filter(|phrase| !phrase.is_empty())
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields.split('|').filter(|phrase| !phrase.is_empty())
    }
}

static ROWS_BY_CONCEPT: LazyLock<Vec<Option<Row>>> = LazyLock::new(|| {
    let mut all = vec![None; Concept::ALL.len()];
    for row in ROWS.lines().filter_map(Row::of) {
        if let Some(slot) = all.get_mut(row.concept as usize) {
            *slot = Some(row);
        }
    }
    all
});

pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS_BY_CONCEPT.iter().flatten()
}

impl Concept {
    fn row(self) -> Option<&'static Row> {
        ROWS_BY_CONCEPT.get(self as usize)?.as_ref()
    }

    /// The kind of value that it has.
    pub(crate) fn kind(self) -> Kind {
        self.row().map_or(Kind::Text, |row| row.kind)
    }

    /// The concept that a shorter label for it names: of the due date the date.
    pub(crate) fn wider(self) -> Option<Self> {
        self.row()?.wider
    }

    /// Whether it is the other one, more precisely.
    pub(crate) fn is_within(self, other: Self) -> bool {
        // No concept lies deeper than a few others.
        std::iter::successors(self.wider(), |wider| wider.wider()).take(4).any(|wider| wider == other)
    }

    /// Whether a label that names it speaks against a value for the other: "Subtotal" is not the total.
    pub(crate) fn is_negative_for(self, other: Self) -> bool {
        self != other && !self.is_within(other) && !other.is_within(self)
    }

    /// Whether papers call the one what fields call the other: tills print simple invoices.
    pub(crate) fn is_alike(self, other: Self) -> bool {
        matches!((self, other), (Self::ReceiptNumber, Self::InvoiceNumber) | (Self::InvoiceNumber, Self::ReceiptNumber))
    }

    /// The phrases that name it in a language, the usual one first.
    pub(crate) fn phrases(self, language: Language) -> impl Iterator<Item = &'static str> {
        self.row().into_iter().flat_map(move |row| row.phrases(language))
    }
}

fn named(name: &str) -> Option<Concept> {
    static NAMES: LazyLock<HashMap<String, Concept>> =
        LazyLock::new(|| Concept::ALL.iter().map(|concept| (snake(concept.variant()).collect(), *concept)).collect());
    NAMES.get(name).copied()
}

/// `InvoiceNumber` as `invoice_number`.
fn snake(name: &'static str) -> impl Iterator<Item = char> {
    name.char_indices().flat_map(|(index, letter)| {
        let gap = (letter.is_uppercase() && index > 0).then_some('_');
        gap.into_iter().chain(letter.to_lowercase())
    })
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "time" => Kind::Time,
        "money" => Kind::Money,
        "number" => Kind::Number,
        "percent" => Kind::Percent,
        "identifier" => Kind::Identifier,
        "email" => Kind::Email,
        "url" => Kind::Url,
        "phone" => Kind::Phone,
        "iban" => Kind::Iban,
        "bic" => Kind::Bic,
        "vat" => Kind::VatId,
        "bool" => Kind::Bool,
        "country" => Kind::Country,
        "currency" => Kind::Currency,
        "name" => Kind::Name,
        "address" => Kind::Address,
        "text" => Kind::Text,
        "title" => Kind::Title,
        _ => return None,
    })
}

//! Parties: whose name, address or number a field asks for.

use crate::matching::words;

/// A party of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Who made it: the letterhead is theirs.
    Issuer,
    /// Whom it is made out to.
    Addressee,
    /// Where goods go.
    Destination,
}

/// Words of names and labels that say whose it is, folded and in their singular as [`words`] gives them, in English,
/// French, German and Spanish.
const ISSUER: &[&str] = &[
    "vendor",
    "supplier",
    "seller",
    "merchant",
    "store",
    "shop",
    "issuer",
    "sender",
    "bank",
    "employer",
    "provider",
    "payee",
    "biller",
    "company",
    "lieferant",
    "verkaufer",
    "handler",
    "absender",
    "arbeitgeber",
    "aussteller",
    "anbieter",
    "auftragnehmer",
    "firma",
    "fournisseur",
    "vendeur",
    "emetteur",
    "expediteur",
    "employeur",
    "banque",
    "prestataire",
    "societe",
    "proveedor",
    "vendedor",
    "emisor",
    "remitente",
    "empleador",
    "empresa",
    "banco",
    "prestador",
    "comercio",
    "tienda",
    "from",
    "de",
    "von",
    "organization",
    "organisation",
    "contractor",
];
const ADDRESSEE: &[&str] = &[
    "customer",
    "client",
    "buyer",
    "purchaser",
    "bill",
    "billed",
    "billing",
    "recipient",
    "addressee",
    "employee",
    "holder",
    "payer",
    "kunde",
    "kaufer",
    "empfanger",
    "arbeitnehmer",
    "mitarbeiter",
    "kontoinhaber",
    "inhaber",
    "auftraggeber",
    "rechnungsempfanger",
    "besteller",
    "acheteur",
    "destinataire",
    "salarie",
    "titulaire",
    "cliente",
    "comprador",
    "destinatario",
    "empleado",
    "trabajador",
    "titular",
    "debtor",
    "tenant",
    "sold",
];
const DESTINATION: &[&str] = &[
    "ship",
    "shipping",
    "shipped",
    "delivery",
    "deliver",
    "consignee",
    "lieferanschrift",
    "lieferadresse",
    "liefer",
    "lieferung",
    "warenempfanger",
    "livraison",
    "livrer",
    "entrega",
    "envio",
];

impl Role {
    /// The party that a name or a label speaks of.
    pub(crate) fn of(words: &[words::Word]) -> Option<Self> {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
        [(Self::Destination, DESTINATION), (Self::Addressee, ADDRESSEE), (Self::Issuer, ISSUER)]
            .into_iter()
            .find(|(_, list)| has(list))
            .map(|(role, _)| role)
    }

    /// The same party by its name on an order, which its buyer writes and its supplier gets.
    pub(crate) fn on_order(self, words: &[words::Word]) -> Self {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
        match self {
            Self::Issuer if has(SUPPLIER) => Self::Addressee,
            Self::Addressee if has(BUYER) => Self::Issuer,
            other => other,
        }
    }
}

const SUPPLIER: &[&str] =
    &["supplier", "vendor", "seller", "lieferant", "verkaufer", "fournisseur", "vendeur", "proveedor", "vendedor"];
const BUYER: &[&str] = &[
    "buyer",
    "purchaser",
    "customer",
    "client",
    "kaufer",
    "besteller",
    "kunde",
    "auftraggeber",
    "acheteur",
    "comprador",
    "cliente",
];

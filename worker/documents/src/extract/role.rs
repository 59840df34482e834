//! Parties: whose name, address or number a field asks for.

use crate::lexicon::{self, Concept};
use crate::matching::words;

/// How surely a label is known to name a party, whatever its words.
const KNOWN: f32 = 0.95;

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
    "retailer",
    "lessor",
    "landlord",
    "magasin",
    "boutique",
    "commerce",
    "enseigne",
    "geschaft",
    "geschaeft",
    "laden",
    "dienstleister",
    "vermieter",
    "bailleur",
    "establecimiento",
    "arrendador",
    "agency",
    "agence",
    "agentur",
    "agencia",
    "lieferantin",
    "verkauferin",
    "auftragnehmerin",
    "anbieterin",
    "vermieterin",
    "dienstleisterin",
    "venderesse",
    "vendeuse",
    "bailleresse",
    "proveedora",
    "vendedora",
    "prestadora",
    "arrendadora",
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
    "lessee",
    "mieter",
    "locataire",
    "inquilino",
    "arrendatario",
    "contratante",
    "acquereur",
    "adquirente",
    "kundin",
    "kauferin",
    "auftraggeberin",
    "bestellerin",
    "empfangerin",
    "mieterin",
    "cliente",
    "clienta",
    "acheteuse",
    "compradora",
    "arrendataria",
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
        // "Bill to" and "Bill from" differ in their last word alone.
        if has(&["bill", "billed", "billing", "sold"]) && has(&["from", "by"]) {
            return Some(Self::Issuer);
        }
        [(Self::Destination, DESTINATION), (Self::Addressee, ADDRESSEE), (Self::Issuer, ISSUER)]
            .into_iter()
            .find(|(_, list)| has(list))
            .map(|(role, _)| role)
    }

    /// The party that a label names which the lexicon knows: "Prepared for", "Fakturiert an".
    ///
    /// On an order, which its buyer writes and its supplier gets, a customer is who wrote it; whom it is addressed to is
    /// whom it is addressed to on any paper.
    pub(crate) fn of_label(label: &str, is_order: bool) -> Option<Self> {
        let known: Vec<Concept> = lexicon::concepts_of_label(label)
            .into_iter()
            .filter(|(_, score)| *score >= KNOWN)
            .map(|(concept, _)| concept)
            .collect();
        let is_mail = known.iter().any(|concept| matches!(concept, Concept::RecipientName | Concept::SenderName));
        let role = Self::of_concept(*known.first()?)?;
        Some(if is_order && !is_mail { role.swapped() } else { role })
    }

    /// The party whose name or address is meant.
    pub(crate) fn of_concept(concept: Concept) -> Option<Self> {
        use Concept as C;
        Some(match concept {
            C::VendorName | C::VendorAddress | C::SenderName | C::EmployerName | C::LandlordName => Self::Issuer,
            C::CustomerName | C::CustomerAddress | C::RecipientName | C::TenantName => Self::Addressee,
            C::ShipToName | C::DeliveryAddress => Self::Destination,
            _ => return None,
        })
    }

    /// The same party on an order, which its buyer writes and its supplier gets.
    pub(crate) fn swapped(self) -> Self {
        match self {
            Self::Issuer => Self::Addressee,
            Self::Addressee => Self::Issuer,
            Self::Destination => Self::Destination,
        }
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

const SUPPLIER: &[&str] = &[
    "supplier",
    "vendor",
    "seller",
    "contractor",
    "provider",
    "merchant",
    "lieferant",
    "verkaufer",
    "auftragnehmer",
    "anbieter",
    "handler",
    "fournisseur",
    "vendeur",
    "prestataire",
    "proveedor",
    "vendedor",
    "prestador",
];
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

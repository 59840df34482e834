//! Words that stand in a label beside what it names: whose it is, of when, in which unit, of what kind.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::concept::Concept;
use super::fold::{fold, stem};
use crate::value::Kind;

/// What a word counts that only qualifies what the others name.
const QUALIFIES: f32 = 0.15;
/// What a word counts at least that says of another kind what it is: the date of something is not its number.
const OF_OTHER_KIND: f32 = 0.8;

/// Words behind which stands of what something is.
const OF: &[&str] = &["of", "de", "du", "des", "d", "del", "der", "for", "vom", "para", "fur", "von"];

/// Words that change nothing of what a label names: possessives, "of the month", "included", units, currencies.
const PLAIN: &[&str] = &[
    "my",
    "our",
    "your",
    "his",
    "her",
    "their",
    "its",
    "current",
    "present",
    "included",
    "including",
    "incl",
    "inclusive",
    "full",
    "complete",
    "approx",
    "approximate",
    "month",
    "monthly",
    "annual",
    "year",
    "applicable",
    "optional",
    "required",
    "mandatory",
    "overall",
    "all",
    "actual",
    "these",
    "here",
    "personal",
    "private",
    "home",
    "assigned",
    "respective",
    "mon",
    "ma",
    "mes",
    "notre",
    "votre",
    "vos",
    "nos",
    "son",
    "sa",
    "ses",
    "leur",
    "actuel",
    "actuelle",
    "inclus",
    "incluse",
    "inclut",
    "compris",
    "comprise",
    "dont",
    "mensuel",
    "mensuelle",
    "mois",
    "annuel",
    "annuelle",
    "principal",
    "principale",
    "prive",
    "complet",
    "complete",
    "eventuel",
    "obligatoire",
    "facultatif",
    "selon",
    "ce",
    "cette",
    "ihr",
    "ihre",
    "ihrer",
    "ihres",
    "mein",
    "meine",
    "unser",
    "unsere",
    "aktuell",
    "aktueller",
    "gesamt",
    "insgesamt",
    "enthalten",
    "enthaltene",
    "inkl",
    "inklusive",
    "einschl",
    "einschliesslich",
    "inbegriffen",
    "darin",
    "davon",
    "monat",
    "monatlich",
    "jahr",
    "jahrlich",
    "laufend",
    "privat",
    "ggf",
    "bitte",
    "laut",
    "gemass",
    "evtl",
    "dienstlich",
    "vollstandig",
    "derzeit",
    "derzeitig",
    "derzeitiger",
    "jeweilig",
    "geltend",
    "su",
    "sus",
    "mi",
    "tu",
    "nuestro",
    "nuestra",
    "actual",
    "incluido",
    "incluida",
    "incluye",
    "mes",
    "mensual",
    "ano",
    "anual",
    "completo",
    "completa",
    "particular",
    "privado",
    "segun",
    "corriente",
    "obligatorio",
    "opcional",
    "aplicable",
    "vigente",
    "vigueur",
    "kg",
    "kilo",
    "km",
    "stk",
    "pcs",
    "usd",
    "gbp",
    "cad",
    "aud",
    "mxn",
    "ars",
    "fr",
    "sfr",
    "euros",
    "dollars",
    "pounds",
];
/// Papers of which something is: the total of the order.
const PAPERS: &[&str] = &[
    "order",
    "invoice",
    "bill",
    "quote",
    "quotation",
    "offer",
    "contract",
    "agreement",
    "statement",
    "receipt",
    "purchase",
    "sale",
    "commande",
    "facture",
    "devis",
    "offre",
    "contrat",
    "releve",
    "ticket",
    "achat",
    "vente",
    "bestellung",
    "auftrag",
    "rechnung",
    "angebot",
    "vertrag",
    "auszug",
    "beleg",
    "kauf",
    "verkauf",
    "bon",
    "pedido",
    "orden",
    "factura",
    "presupuesto",
    "oferta",
    "contrato",
    "extracto",
    "compra",
    "venta",
    "document",
    "dokument",
    "documento",
];
/// Words that say of which kind something is.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Date, &["date", "datum", "fecha"]),
    (Kind::Identifier, &["#", "code", "codigo", "kennung", "id", "identifier"]),
    (
        Kind::Money,
        &["amount", "sum", "montant", "somme", "betrag", "summe", "importe", "monto", "suma", "total", "totale"],
    ),
    (
        Kind::Percent,
        &[
            "%",
            "rate",
            "taux",
            "satz",
            "tipo",
            "tasa",
            "percent",
            "percentage",
            "prozent",
            "pourcentage",
            "porcentaje",
            "pct",
        ],
    ),
    (Kind::Name, &["name", "nom", "nombre"]),
    (Kind::Address, &["address", "adresse", "anschrift", "direccion"]),
];

/// What a word is beside what the others name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    Plain,
    Paper,
    Of(Kind),
    None,
}

impl Qualifier {
    pub(super) fn of(word: &str) -> Self {
        static ALL: LazyLock<HashMap<String, Qualifier>> = LazyLock::new(|| {
            let papers = PAPERS.iter().map(|word| (*word, Qualifier::Paper));
            let plain = PLAIN.iter().map(|word| (*word, Qualifier::Plain));
            let kinds = KINDS.iter().flat_map(|(kind, words)| words.iter().map(|word| (*word, Qualifier::Of(*kind))));
            papers.chain(plain).chain(kinds).map(|(word, role)| (stem(&fold(word)), role)).collect()
        });
        ALL.get(word).copied().unwrap_or(Self::None)
    }

    /// What such a word weighs beside a phrase of the concept.
    pub(super) fn weight(self, concept: Concept, weight: f32, is_complement: bool) -> f32 {
        let kind = concept.kind();
        match self {
            Self::Plain => QUALIFIES.min(weight),
            Self::Paper if is_complement && kind == Kind::Money => QUALIFIES.min(weight),
            Self::Of(own) if own == kind && is_telling(concept) => QUALIFIES.min(weight),
            // "Street / no."
            Self::Of(Kind::Identifier) if concept == Concept::Street => QUALIFIES.min(weight),
            Self::Of(Kind::Date) if kind == Kind::Text => weight.max(OF_OTHER_KIND),
            Self::Of(own) if own != kind && is_kind(kind) && is_kind(own) => weight.max(OF_OTHER_KIND),
            _ => weight,
        }
    }
}

/// Whether a concept is one thing and no word for many: "date of ..." is not any date, the postal code of whatever is one.
pub(super) fn is_telling(concept: Concept) -> bool {
    use Concept as C;
    !matches!(
        concept,
        C::DocumentNumber
            | C::Reference
            | C::Date
            | C::Period
            | C::Time
            | C::Amount
            | C::Total
            | C::Subtotal
            | C::Balance
    ) && !matches!(
        concept,
        C::PartyName | C::Street | C::City | C::Description | C::Place | C::LineAmount | C::Quantity
    ) && concept.kind() != Kind::Address
}

fn is_kind(kind: Kind) -> bool {
    KINDS.iter().any(|(known, _)| *known == kind)
}

/// Whether a word says that of what something is follows.
pub(super) fn is_of(word: &str) -> bool {
    OF.contains(&word)
}

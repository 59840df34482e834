//! Deeds: who gives and who takes, by the words for selling, serving, ordering, and how a label or a sentence is built.

use super::role::Role;
use crate::lexicon::fold;

/// A side of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Who sells, serves, sends.
    Gives,
    /// Who orders, buys, is served.
    Takes,
}

impl Side {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Gives => Self::Takes,
            Self::Takes => Self::Gives,
        }
    }

    /// The party of a paper whose issuer sells.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Gives => Role::Issuer,
            Self::Takes => Role::Addressee,
        }
    }
}

/// A label of a party has at most this many words.
const LABEL_WORDS: usize = 5;

/// Beginnings of folded words for selling and serving, in English, French, German and Spanish.
const GIVES: &[&str] = &[
    "provid",
    "perform",
    "suppl",
    "render",
    "deliver",
    "sell",
    "sold",
    "furnish",
    "offered",
    "fourni",
    "livr",
    "preste",
    "execut",
    "realis",
    "vend",
    "propose",
    "offert",
    "erbring",
    "erbracht",
    "liefer",
    "geliefert",
    "leistet",
    "geleistet",
    "verkauf",
    "bereitstell",
    "angeboten",
    "prestad",
    "prestar",
    "presta",
    "suministr",
    "entreg",
    "realiz",
    "ejecut",
    "proporcion",
    "ofrec",
];
/// The same for ordering and being served.
const TAKES: &[&str] = &[
    "orders",
    "ordered",
    "ordering",
    "commission",
    "hires",
    "hired",
    "request",
    "purchas",
    "buys",
    "buying",
    "bought",
    "receiv",
    "retains",
    "appoint",
    "engag",
    "procure",
    "command",
    "achet",
    "recoi",
    "beneficie",
    "mandat",
    "sollicit",
    "bestell",
    "beauftrag",
    "auftrag",
    "kauf",
    "gekauft",
    "einkauf",
    "eingekauft",
    "erwirbt",
    "bezieht",
    "erhalt",
    "empfangt",
    "encarg",
    "contrata",
    "compra",
    "solicit",
    "recib",
    "adquier",
    "adquir",
];
/// Beginnings that are of other words: "prestations" are what is given, a contractor no order.
const NEITHER: &[&str] = &["prestation", "auftragnehm", "contratant", "suppleme", "executive", "livret"];
/// Words of labels for writing and sending a paper, whoever writes it.
const SENDS: &[&str] = &[
    "sent",
    "send",
    "issued",
    "written",
    "prepared",
    "made",
    "drawn",
    "addressed",
    "dispatched",
    "despatched",
    "shipped",
    "emis",
    "envoye",
    "envoi",
    "expedie",
    "adresse",
    "etabli",
    "prepare",
    "redige",
    "chiffre",
    "gesandt",
    "gesendet",
    "abgesandt",
    "versandt",
    "versand",
    "erstellt",
    "ausgestellt",
    "ausgearbeitet",
    "gerichtet",
    "adressiert",
    "emitid",
    "enviad",
    "envio",
    "expedid",
    "preparad",
    "elaborad",
    "dirigid",
    "remitid",
    "presupuestad",
];
/// Words of labels for what is given: "Quotation for", "Lieferung von", "Facturado a".
const GIVEN: &[&str] = &[
    "invoice",
    "billed",
    "charged",
    "quote",
    "quotation",
    "quoted",
    "offer",
    "estimate",
    "facture",
    "factur",
    "devis",
    "livraison",
    "berechnet",
    "fakturiert",
    "rechnung",
    "angebot",
    "lieferung",
    "oferta",
    "presupuesto",
    "cotizad",
];
/// Words of labels for what is ordered: "Order from", "Commande de".
const ORDERED: &[&str] = &["order", "commande", "bestellung", "auftrag", "pedido", "orden"];
/// Words of labels for goods that go somewhere.
const BROUGHT: &[&str] = &["deliver", "ship", "livr", "expedie", "liefer", "geliefert", "versand", "entreg", "enviad"];
/// Words that a party does something by, and that something is done to or for it, and from it.
const BY: &[&str] = &["by", "par", "por", "durch", "von"];
const OF: &[&str] = &["de", "from", "aus"];
const TO: &[&str] = &["to", "for", "a", "au", "aux", "pour", "chez", "an", "fur", "para", "al", "bei"];
/// Other words that something must follow.
const OPEN: &[&str] = &[
    "at", "with", "on", "in", "until", "under", "the", "and", "or", "le", "les", "du", "des", "sur", "avec", "jusqu",
    "et", "der", "die", "dem", "den", "und", "bis", "mit", "gemass", "laut", "uber", "unter", "am", "el", "los", "con",
    "en", "hasta", "segun", "y", "is", "est", "ist", "es",
];
/// Words for a company in labels: "Buying company", "Empresa que compra".
const COMPANIES: &[&str] = &[
    "company",
    "firm",
    "party",
    "business",
    "firma",
    "unternehmen",
    "betrieb",
    "partei",
    "gesellschaft",
    "societe",
    "entreprise",
    "partie",
    "maison",
    "empresa",
    "sociedad",
    "parte",
    "compania",
];
/// What such a company does, in the form that stands beside the word.
const DOING: &[(&str, Side)] = &[
    ("selling", Side::Gives),
    ("supplying", Side::Gives),
    ("providing", Side::Gives),
    ("performing", Side::Gives),
    ("delivering", Side::Gives),
    ("verkaufende", Side::Gives),
    ("liefernde", Side::Gives),
    ("leistende", Side::Gives),
    ("ausfuhrende", Side::Gives),
    ("anbietende", Side::Gives),
    ("vendeuse", Side::Gives),
    ("venderesse", Side::Gives),
    ("prestataire", Side::Gives),
    ("vende", Side::Gives),
    ("vendedora", Side::Gives),
    ("proveedora", Side::Gives),
    ("suministradora", Side::Gives),
    ("prestadora", Side::Gives),
    ("buying", Side::Takes),
    ("purchasing", Side::Takes),
    ("ordering", Side::Takes),
    ("receiving", Side::Takes),
    ("commissioning", Side::Takes),
    ("einkaufende", Side::Takes),
    ("kaufende", Side::Takes),
    ("bestellende", Side::Takes),
    ("empfangende", Side::Takes),
    ("beauftragende", Side::Takes),
    ("auftraggebende", Side::Takes),
    ("acheteuse", Side::Takes),
    ("cliente", Side::Takes),
    ("commande", Side::Takes),
    ("compra", Side::Takes),
    ("compradora", Side::Takes),
    ("contratante", Side::Takes),
    ("solicitante", Side::Takes),
];
/// Words for a company that is spoken to, and for the own one.
const YOUR: &[&str] = &["your", "ihr", "ihre", "votre", "su", "vuestra"];
const OUR: &[&str] = &["our", "unser", "unsere", "notre", "nuestra"];
/// Labels that are whole deeds: under "Facturation" stands who is billed.
const BILLING: &[&str] = &["billing", "invoicing", "facturation", "facturacion", "fakturierung"];
/// Verbs that German and other labels end in: "Leistung erbringt".
const DOES: &[(&str, Side)] = &[
    ("provides", Side::Gives),
    ("sells", Side::Gives),
    ("fournit", Side::Gives),
    ("vend", Side::Gives),
    ("erbringt", Side::Gives),
    ("liefert", Side::Gives),
    ("leistet", Side::Gives),
    ("verkauft", Side::Gives),
    ("presta", Side::Gives),
    ("suministra", Side::Gives),
    ("receives", Side::Takes),
    ("buys", Side::Takes),
    ("recoit", Side::Takes),
    ("achete", Side::Takes),
    ("erhalt", Side::Takes),
    ("empfangt", Side::Takes),
    ("bestellt", Side::Takes),
    ("beauftragt", Side::Takes),
    ("kauft", Side::Takes),
    ("recibe", Side::Takes),
    ("encarga", Side::Takes),
    ("contrata", Side::Takes),
];

/// The words of a text, folded.
fn folded(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

fn begins(word: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|start| word.starts_with(start))
}

/// The side of who does what a word says, if the word says anything of the kind.
pub(super) fn side(word: &str) -> Option<Side> {
    if begins(word, NEITHER) {
        None
    } else if begins(word, GIVES) {
        Some(Side::Gives)
    } else {
        begins(word, TAKES).then_some(Side::Takes)
    }
}

/// Whether the party behind the word is who does something.
pub(super) fn is_by(word: &str) -> bool {
    BY.contains(&word)
}

/// Whether the party behind the word is whom something is done to.
pub(super) fn is_to(word: &str) -> bool {
    TO.contains(&word)
}

/// Whether a text ends in a word that something must follow: it is a label, or a piece of a sentence, and no value.
pub(super) fn is_open(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '.', '…', '_']);
    if !text.ends_with(char::is_alphabetic) {
        return false;
    }
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    // "Series A", "Fritz An": a capital letter is of a name, unless all letters are capitals.
    let is_small = last.chars().next().is_some_and(char::is_lowercase);
    let is_loud = text.contains(char::is_whitespace) && !text.chars().any(char::is_lowercase);
    let last = fold(last);
    let last = last.rsplit('\'').next().unwrap_or_default();
    let is_word = |list: &[&str]| list.contains(&last);
    (is_small || is_loud && last.len() > 1) && (is_word(BY) || is_word(OF) || is_word(TO) || is_word(OPEN))
}

/// The party that a label speaks of by how it is built: "Services provided by", "Geliefert an", "Buying company".
///
/// On an order, which its buyer writes, who takes is its issuer; who sends it is so on any paper.
pub(super) fn role_of(label: &str, is_order: bool) -> Option<Role> {
    let words = folded(label);
    if words.is_empty() || words.len() > LABEL_WORDS {
        return None;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let dealt = |side: Side| if is_order { side.role().swapped() } else { side.role() };
    if let [only] = words.as_slice()
        && BILLING.contains(only)
    {
        return Some(Role::Addressee);
    }
    of_company(&words, dealt).or_else(|| of_doing(&words).map(dealt)).or_else(|| of_preposition(&words, dealt))
}

/// "Buying company", "Votre société".
fn of_company(words: &[&str], dealt: impl Fn(Side) -> Role) -> Option<Role> {
    if !words.iter().any(|word| COMPANIES.contains(word)) || words.len() < 2 {
        return None;
    }
    match words {
        [whose, _] if YOUR.contains(whose) => return Some(Role::Addressee),
        [whose, _] if OUR.contains(whose) => return Some(Role::Issuer),
        _ => {}
    }
    DOING.iter().find(|(doing, _)| words.contains(doing)).map(|(_, side)| dealt(*side))
}

/// "Leistung erbringt", "Qui fournit": the verb is the last word, behind what it is about.
fn of_doing(words: &[&str]) -> Option<Side> {
    let (last, before) = words.split_last()?;
    let is_about = before.iter().any(|word| !OPEN.contains(word) && !TO.contains(word));
    DOES.iter().find(|(does, _)| does == last && is_about && before.len() <= 2).map(|(_, side)| *side)
}

/// "Services provided by", "Proposé à", "Commande de".
fn of_preposition(words: &[&str], dealt: impl Fn(Side) -> Role) -> Option<Role> {
    let (last, before) = words.split_last()?;
    let has = |list: &[&str]| before.iter().any(|word| begins(word, list) && !begins(word, NEITHER));
    let (is_by, is_of, is_to) = (BY.contains(last), OF.contains(last), TO.contains(last));
    if !(is_by || is_of || is_to) {
        return None;
    }
    if has(ORDERED) || has(TAKES) {
        // Who took the goods in is no party: "Received by".
        let is_received = before.iter().any(|word| begins(word, &["receiv", "recib", "recoi", "erhalt"]));
        let side = match *last {
            "for" | "pour" | "fur" | "para" => return None,
            // "Order from" stands over who orders, "Ordered from" over whose goods they are.
            "from" if !before.last().is_some_and(|word| ORDERED.contains(word)) => Side::Gives,
            _ if is_by || is_of => Side::Takes,
            _ => Side::Gives,
        };
        return (!is_received).then(|| dealt(side));
    }
    if is_to && has(BROUGHT) {
        return Some(Role::Destination);
    }
    if has(SENDS) {
        return Some(if is_to { Role::Addressee } else { Role::Issuer });
    }
    if has(GIVES) || has(GIVEN) {
        return Some(dealt(if is_to { Side::Takes } else { Side::Gives }));
    }
    None
}

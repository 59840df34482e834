//! Titles: what documents call themselves.

use super::company::has_legal_form;
use super::head::head;
use crate::matching::words;
use crate::view::View;

/// Names of documents in capital letters or not, as they stand over pages.
pub(crate) fn is_title(text: &str) -> bool {
    let words: Vec<String> = words::of_text(text).into_iter().map(|word| word.text).collect();
    let is_titled = |word: &String| TITLES.contains(&word.as_str()) || TITLE_ENDS.iter().any(|end| word.ends_with(end));
    words.len() <= 5 && words.iter().any(is_titled) && !has_legal_form(text)
}

/// Whether a text is a stamp over a paper, which says what became of it, or which copy it is.
pub(super) fn is_stamp(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['!', '.']).to_lowercase();
    STAMPS.contains(&text.as_str())
}

/// What stamps say, in English, French, German and Spanish.
const STAMPS: &[&str] = &[
    "paid",
    "unpaid",
    "overdue",
    "cancelled",
    "canceled",
    "refunded",
    "draft",
    "copy",
    "original",
    "duplicate",
    "void",
    "payé",
    "payée",
    "acquittée",
    "impayée",
    "annulé",
    "annulée",
    "brouillon",
    "copie",
    "duplicata",
    "bezahlt",
    "unbezahlt",
    "storniert",
    "entwurf",
    "kopie",
    "duplikat",
    "pagado",
    "pagada",
    "pendiente",
    "anulado",
    "anulada",
    "borrador",
    "copia",
    "duplicado",
];

/// Whether its title says that it is an order, and no other one that it is something else.
pub(super) fn is_order(view: &View) -> bool {
    let texts = || head(view).map(|line| (line, view.text(view.whole(line)).to_lowercase()));
    let is_order = texts().any(|(line, text)| {
        let words: Vec<&str> = text.split_whitespace().collect();
        // With a code beside or under it the word is a label: "Order 4711".
        let near = [view.next_right(line, 12.0), view.first_below(line)];
        let is_label = near.into_iter().flatten().any(|near| is_code(view.text(view.whole(near))));
        words.len() <= 4
            && words.iter().any(|word| ORDERS.contains(word))
            && words.iter().all(|word| ORDERS.contains(word) || OF_ORDERS.contains(word))
            && !is_label
    });
    is_order && !texts().any(|(_, text)| OTHERS.contains(&text.trim()))
}

fn is_code(text: &str) -> bool {
    let text = text.trim();
    text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// What orders are called.
const ORDERS: &[&str] = &[
    "order",
    "bestellung",
    "bestellschein",
    "bestellformular",
    "bestellauftrag",
    "einkaufsbestellung",
    "auftrag",
    "commande",
    "pedido",
    "orden",
];
/// Words beside it in titles.
const OF_ORDERS: &[&str] = &[
    "purchase",
    "official",
    "form",
    "supplier",
    "works",
    "bon",
    "de",
    "d'achat",
    "achat",
    "fournisseur",
    "compra",
    "hoja",
    "proveedor",
    "a",
    "an",
    "au",
    "al",
    "lieferanten",
    "trabajo",
];
/// What other papers are called that tell the order which they belong to.
const OTHERS: &[&str] = &[
    "invoice",
    "tax invoice",
    "sales invoice",
    "delivery note",
    "despatch note",
    "dispatch note",
    "packing slip",
    "packing list",
    "goods delivery",
    "quote",
    "quotation",
    "receipt",
    "credit note",
    "rechnung",
    "lieferschein",
    "packzettel",
    "warenbegleitschein",
    "versandschein",
    "gutschrift",
    "angebot",
    "facture",
    "facture de vente",
    "bon de livraison",
    "bordereau de livraison",
    "bon d'expédition",
    "avoir",
    "devis",
    "factura",
    "factura de venta",
    "factura comercial",
    "albarán",
    "albarán de entrega",
    "nota de entrega",
    "nota de envío",
    "remito",
    "presupuesto",
];

/// Ends of German compounds that are titles.
const TITLE_ENDS: &[&str] = &["rechnung", "schein", "angebot", "bestellung", "abrechnung", "zettel", "auszug"];
/// Words of titles, as [`words`] folds them.
const TITLES: &[&str] = &[
    "invoice",
    "receipt",
    "statement",
    "order",
    "agreement",
    "contract",
    "note",
    "quote",
    "quotation",
    "offer",
    "estimate",
    "payslip",
    "application",
    "form",
    "letter",
    "report",
    "certificate",
    "resume",
    "curriculum",
    "credit",
    "bill",
    "slip",
    "rechnung",
    "quittung",
    "kontoauszug",
    "bestellung",
    "vertrag",
    "lieferschein",
    "angebot",
    "lohnabrechnung",
    "antrag",
    "aufnahmeantrag",
    "kassenbon",
    "lebenslauf",
    "gutschrift",
    "mahnung",
    "auftrag",
    "abrechnung",
    "dienstleistungsvertrag",
    "facture",
    "recu",
    "releve",
    "commande",
    "contrat",
    "bon",
    "devis",
    "bulletin",
    "demande",
    "ticket",
    "avoir",
    "factura",
    "recibo",
    "extracto",
    "pedido",
    "contrato",
    "albaran",
    "presupuesto",
    "nomina",
    "solicitud",
    "orden",
    "proposal",
    "offerte",
    "preisangebot",
    "kostenvoranschlag",
    "auftragsbestatigung",
    "bestellschein",
    "packzettel",
    "warenbegleitschein",
    "versandschein",
    "offre",
    "proposition",
    "bordereau",
    "cotizacion",
    "propuesta",
    "oferta",
    "nota",
    "remito",
    "hoja",
];

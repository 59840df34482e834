//! Sums that say whether the tax is in them: "Total excl. VAT", "Gesamtbetrag inkl. MwSt.", "Total (IVA incluido)".

use super::concept::Concept;
use super::fold::fold;

/// Words of taxes on sales, folded, in English, French, German, Spanish, Italian, Dutch, Portuguese and Swedish.
const TAXES: &[&str] = &[
    "vat",
    "tax",
    "taxes",
    "gst",
    "hst",
    "pst",
    "qst",
    "sst",
    "mwst",
    "ust",
    "mehrwertsteuer",
    "umsatzsteuer",
    "steuer",
    "steuern",
    "tva",
    "taxe",
    "iva",
    "igic",
    "impuesto",
    "impuestos",
    "imposta",
    "imposte",
    "imposto",
    "impostos",
    "btw",
    "moms",
];
/// Words of sums.
const SUMS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "amount",
    "sales",
    "gross",
    "net",
    "summe",
    "betrag",
    "gesamt",
    "gesamtbetrag",
    "gesamtsumme",
    "gesamtpreis",
    "rechnungsbetrag",
    "endbetrag",
    "endsumme",
    "nettobetrag",
    "bruttobetrag",
    "netto",
    "brutto",
    "montant",
    "somme",
    "totaux",
    "importe",
    "suma",
    "totale",
    "importo",
    "totaal",
    "bedrag",
    "totaalbedrag",
    "valor",
    "summa",
    "belopp",
];
/// Words that say that the tax is not in a sum.
const WITHOUT: &[&str] = &[
    "without",
    "excl",
    "excluding",
    "exclusive",
    "excluded",
    "ex",
    "exc",
    "before",
    "hors",
    "sans",
    "exclu",
    "exclue",
    "exclus",
    "exclues",
    "ohne",
    "exkl",
    "exklusive",
    "sin",
    "excluido",
    "excluidos",
    "antes",
    "senza",
    "esclusa",
    "escluse",
    "zonder",
    "sem",
    "utan",
];
/// Words behind which stands what comes on top of a sum.
const ON_TOP: &[&str] = &["zzgl", "zuzuglich", "plus", "mas"];
/// Words that say that it is, when there is a word for a sum.
const INCLUDING: &[&str] = &[
    "incl",
    "including",
    "inclusive",
    "included",
    "inc",
    "after",
    "compris",
    "comprise",
    "comprises",
    "inclus",
    "incluse",
    "incluses",
    "inkl",
    "inklusive",
    "einschl",
    "einschliesslich",
    "incluido",
    "incluidos",
    "incluida",
    "incluidas",
    "inclusa",
    "incluse",
    "compresa",
    "inbegrepen",
    "incluindo",
];
/// Words that say so without one too.
const WITH: &[&str] = &["with", "avec", "mit", "con", "met", "com", "med"];
/// Words that turn what follows into its contrary: "IVA no incluido", "TVA non comprise".
const NOT: &[&str] = &["no", "not", "non", "nicht", "niet", "nao"];
/// Words that say no more than the others.
const BESIDE: &[&str] = &[
    "of",
    "the",
    "all",
    "in",
    "to",
    "pay",
    "be",
    "paid",
    "due",
    "payable",
    "grand",
    "final",
    "general",
    "de",
    "des",
    "du",
    "d",
    "la",
    "le",
    "les",
    "l",
    "el",
    "los",
    "a",
    "payer",
    "pagar",
    "und",
    "der",
    "die",
    "das",
    "zu",
    "gesetzl",
    "gesetzliche",
    "gesetzlicher",
    "invoice",
    "rechnung",
    "facture",
    "factura",
    "order",
    "eur",
    "euro",
    "chf",
    "usd",
    "gbp",
    "sek",
    "rm",
    "i",
    "v",
];

/// The sum that a label names which says whether the tax is in it.
pub(super) fn sum(label: &str) -> Option<Concept> {
    let folded = fold(label);
    let words: Vec<&str> = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = |list: &[&str]| words.iter().position(|word| list.contains(word));
    let tax = at(TAXES)?;
    let is_known = |word: &&str| {
        [TAXES, SUMS, WITHOUT, ON_TOP, INCLUDING, WITH, NOT, BESIDE].iter().any(|list| list.contains(word))
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    if words.len() > 9 || !words.iter().all(is_known) {
        return None;
    }
    let sum = at(SUMS);
    let is_without = at(WITHOUT).is_some() || at(INCLUDING).is_some() && at(NOT).is_some();
    // "VAT amount included" is the tax: of a total the tax is said behind it.
    let is_of_sum = sum.is_some_and(|sum| sum < tax);
    // "zzgl. MwSt. (19 %)" alone is the tax that comes on top.
    let is_on_top = at(ON_TOP).is_some();
    match (is_without || is_on_top && sum.is_some(), at(INCLUDING).is_some(), at(WITH).is_some()) {
        (true, ..) if is_of_sum || sum.is_none() => Some(Concept::Subtotal),
        (false, true, _) if is_of_sum => Some(Concept::Total),
        (false, false, true) if is_of_sum || sum.is_none() => Some(Concept::Total),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_says_whether_the_tax_is_in_it() {
        for label in ["Total excl. VAT", "Amount before tax:", "Total sin IVA", "Summe zzgl. MwSt.", "Sans TVA"] {
            assert_eq!(sum(label), Some(Concept::Subtotal), "{label}");
        }
        assert_eq!(sum("Importe (IVA no incluido)"), Some(Concept::Subtotal));
        for label in ["Total incl. VAT 20 %", "Gesamtbetrag inkl. MwSt.", "Total (IVA incluido)", "Avec TVA"] {
            assert_eq!(sum(label), Some(Concept::Total), "{label}");
        }
    }

    #[test]
    fn a_tax_a_cost_and_a_price_are_no_such_sums() {
        for label in [
            "incl. VAT",
            "zzgl. MwSt. (19 %)",
            "VAT amount included",
            "Shipping excl. VAT",
            "Unit price incl. VAT",
            "Total",
            "VAT",
        ] {
            assert_eq!(sum(label), None, "{label}");
        }
    }
}

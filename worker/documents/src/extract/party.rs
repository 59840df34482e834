//! Parties: which lines say who made a document and whom it is made out to.

use super::address;
use super::habit;
use super::phrase::{has_legal_form, name_fit};
use super::reading::Reading;
use super::role::Role;
use crate::lexicon;
use crate::matching::words;
use crate::view::{Span, View};

/// The letterhead is among the first lines of the first page.
const HEAD_LINES: usize = 14;
/// Lines that are searched for labels of parties: some ten pages.
const MAX_LINES: usize = 800;
/// A label of a party has at most this many words: `Sold and invoiced to the customer`.
const LABEL_WORDS: usize = 5;
/// How sure a block is by what tells it. Set by hand with the tuning family in view.
const LABELLED: f32 = 0.9;
const LETTERHEAD: f32 = 0.72;
const UNLABELLED: f32 = 0.62;

/// The lines of a party.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) role: Role,
    /// Its name.
    pub(crate) name: Span,
    /// All its lines, that of its name first.
    pub(crate) lines: Vec<usize>,
    /// How sure it is that this is that party's, from 0 to 1.
    pub(crate) certainty: f32,
}

/// The parties of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    pub(crate) all: Vec<Party>,
    /// Whether the document is an order: its buyer wrote it.
    pub(crate) is_order: bool,
}

impl Parties {
    pub(crate) fn of(reading: &Reading) -> Self {
        let mut parties = Self { all: Vec::new(), is_order: is_order(&reading.view) };
        parties.push_labelled(reading);
        parties.push_letterhead(reading);
        parties.push_unlabelled(reading);
        parties
    }

    /// The party that a field's words speak of, in this document.
    pub(crate) fn role(&self, role: Role, words: &[words::Word]) -> Role {
        if self.is_order { role.on_order(words) } else { role }
    }

    /// The party that a line belongs to.
    pub(crate) fn of_line(&self, line: usize) -> Option<&Party> {
        self.all.iter().find(|party| party.lines.contains(&line))
    }

    /// Under labels such as "Bill to".
    fn push_labelled(&mut self, reading: &Reading) {
        let view = &reading.view;
        for line in 0..view.lines.len().min(MAX_LINES) {
            let Some(label) = view.as_label(line) else { continue };
            let Some(role) = self.role_of(view.text(label)) else { continue };
            let beside = view.next_right(line, 12.0);
            let first = match (view.first_below(line), beside) {
                (Some(below), _) if is_name(reading, below) => below,
                (_, Some(beside)) if is_name(reading, beside) => beside,
                _ => continue,
            };
            self.push(reading, role, first, LABELLED);
        }
    }

    /// The party that a label names, and nothing else of it.
    fn role_of(&self, label: &str) -> Option<Role> {
        let words = words::of_text(label);
        // Under "Yours sincerely" stands who signs, who need not be the sender.
        if words.len() > LABEL_WORDS || habit::is_closing(label) {
            return None;
        }
        if names_party(&words) {
            return Role::of(&words).map(|role| self.role(role, &words));
        }
        Role::of_label(label).map(|role| if self.is_order { role.swapped() } else { role })
    }

    fn push_letterhead(&mut self, reading: &Reading) {
        let view = &reading.view;
        let tallest = head(view).map(|line| height(view, line)).fold(0.0, f32::max);
        let best = head(view)
            .enumerate()
            .filter(|&(_, line)| self.of_line(line).is_none() && is_name(reading, line))
            .map(|(at, line)| {
                let text = reading.text(view.whole(line));
                let large = if tallest > 0.0 { 0.12 * height(view, line) / tallest } else { 0.0 };
                let legal = if has_legal_form(text) { 0.16 } else { 0.0 };
                let below = address::stack(view, line);
                let address = if below.iter().skip(1).any(|&next| is_address(view, next)) { 0.06 } else { 0.0 };
                (LETTERHEAD + large + legal + address - 0.03 * ordinal(at) - 0.12, line)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((certainty, line)) = best.filter(|(certainty, _)| *certainty > 0.3) {
            self.push(reading, Role::Issuer, line, certainty.min(LABELLED));
        }
    }

    /// The block of an address that nothing names, as letters have it.
    fn push_unlabelled(&mut self, reading: &Reading) {
        let view = &reading.view;
        if self.all.iter().any(|party| party.role == Role::Addressee) {
            return;
        }
        let first = (0..view.lines.len().min(4 * HEAD_LINES)).find(|&line| {
            let lines = address::stack(view, line);
            view.lines.get(line).is_some_and(|line| line.page == 1)
                && self.of_line(line).is_none()
                && is_name(reading, line)
                && !is_address(view, line)
                && lines.iter().skip(1).any(|&next| address::is_town(reading.text(view.whole(next))))
                && lines.iter().all(|&line| self.of_line(line).is_none())
        });
        if let Some(first) = first {
            self.push(reading, Role::Addressee, first, UNLABELLED);
        }
    }

    fn push(&mut self, reading: &Reading, role: Role, first: usize, certainty: f32) {
        let view = &reading.view;
        let mut lines = address::stack(view, first);
        let ends = |line: &usize| view.as_label(*line).is_some_and(|label| is_known_label(view.text(label)));
        if let Some(end) = lines.iter().skip(1).position(ends) {
            lines.truncate(end + 1);
        }
        // A bank's name stands over the holder of the account, whose address follows.
        if role == Role::Issuer && is_bank(reading.text(view.whole(first))) {
            let holder = lines.iter().skip(1).position(|&line| is_name(reading, line));
            lines.truncate(holder.map_or(lines.len(), |at| at + 1));
        }
        lines.retain(|&line| self.of_line(line).is_none());
        if lines.first() == Some(&first) {
            self.all.push(Party { role, name: view.whole(first), lines, certainty });
        }
    }
}

/// The first lines of the first page.
fn head(view: &View) -> impl Iterator<Item = usize> {
    (0..view.lines.len())
        .take(HEAD_LINES)
        .filter(|&line| view.lines.get(line).is_some_and(|line| line.page == 1 && line.cell.is_none()))
}

fn height(view: &View, line: usize) -> f32 {
    view.lines.get(line).and_then(|line| line.rect).map_or(0.0, |rect| rect.height())
}

fn is_address(view: &View, line: usize) -> bool {
    address::is_line(view.text(view.whole(line)))
}

/// Whether the words are of parties and of nothing else: "Bill to", not "Customer number".
fn names_party(words: &[words::Word]) -> bool {
    const BESIDE: &[&str] = &[
        "to",
        "by",
        "name",
        "address",
        "detail",
        "an",
        "a",
        "from",
        "anschrift",
        "adresse",
        "direccion",
        "datos",
        "facturar",
        "facturer",
        "information",
        "party",
        "company",
        "nombre",
        "nom",
        "and",
    ];
    words.iter().all(|word| BESIDE.contains(&word.text.as_str()) || Role::of(std::slice::from_ref(word)).is_some())
}

fn is_name(reading: &Reading, line: usize) -> bool {
    let span = reading.view.whole(line);
    let text = reading.text(span);
    name_fit(reading, span) >= 0.7
        && !habit::is_salutation(text)
        && !is_known_label(text)
        && !is_title(text)
        && !is_address(&reading.view, line)
}

/// Whether the text is what business papers call something.
pub(crate) fn is_known_label(text: &str) -> bool {
    lexicon::concepts_of_label(text).first().is_some_and(|(_, score)| *score >= 0.85)
}

/// Whether a name is that of a bank.
pub(crate) fn is_bank(text: &str) -> bool {
    let text = text.to_lowercase();
    ["bank", "banque", "banco", "caja", "caixa", "crédit", "kasse", "caisse", "building society", "credit union"]
        .iter()
        .any(|word| text.contains(word))
}

/// Names of documents in capital letters or not, as they stand over pages.
pub(crate) fn is_title(text: &str) -> bool {
    let words: Vec<String> = words::of_text(text).into_iter().map(|word| word.text).collect();
    words.len() <= 5 && words.iter().any(|word| TITLES.contains(&word.as_str())) && !has_legal_form(text)
}

fn is_order(view: &View) -> bool {
    head(view).take(2 * HEAD_LINES).any(|line| {
        let words: Vec<String> =
            words::of_text(view.text(view.whole(line))).into_iter().map(|word| word.text).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        matches!(
            words.as_slice(),
            ["purchase", "order"]
                | ["order"]
                | ["bestellung"]
                | ["bon", "commande"]
                | ["commande"]
                | ["orden" | "pedido", "compra"]
                | ["pedido"]
                | ["auftrag"]
        )
    })
}

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
];

#[expect(clippy::cast_precision_loss, reason = "a head has few lines")]
fn ordinal(at: usize) -> f32 {
    at as f32
}

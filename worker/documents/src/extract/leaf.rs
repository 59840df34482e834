//! The leaves of a schema that are single values.

use std::cell::RefCell;
use std::collections::HashMap;

use super::role::Role;
use super::title;
use super::want::Want;
use crate::embed::Embedder;
use crate::lexicon::{self, Concept};
use crate::matching::{Matcher, words};
use crate::schema::{Field, Kind, Schema};
use crate::value;

/// A concept that a field's words fit less than this says nothing about the field.
const SURE_CONCEPT: f32 = 0.5;

/// A meaning that is at least this share of the likeliest one is as likely.
const AS_LIKELY: f32 = 0.95;
const FIRST_NAME: &str = "first name";

/// What is left of a label that says less than the field asks, and of one that speaks of the other side. Set by hand
/// with the tuning family in view.
const TOO_WIDE: f32 = 0.5;
const OTHERS: f32 = 0.15;
/// A label that says a field's name is not held to mean something else; one that the lexicon knows this well is.
const SAID: f32 = 0.95;
const KNOWN: f32 = 0.85;
/// What a label is worth without the rate and the currency in it.
const BARE: f32 = 0.97;
/// Words of fields that ask for what a document calls itself.
const TITLE: &[&str] = &["title", "titel", "titre", "titulo", "document", "dokument", "heading", "type", "typ", "tipo"];

/// Whose a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Ours,
    Yours,
}

/// Whose reference a text speaks of.
fn whose(text: &str) -> Option<Whose> {
    let text = text.to_lowercase();
    text.split(|sign: char| !sign.is_alphabetic()).find_map(|word| match word {
        "our" | "unser" | "unsere" | "notre" | "nos" | "nuestra" | "nuestro" => Some(Whose::Ours),
        "your" | "ihr" | "ihre" | "votre" | "vos" | "su" | "vuestra" => Some(Whose::Yours),
        _ => None,
    })
}

/// The kind that a word or two of the name tell, whatever it is of: `merchant_phone`, `ust_id_lieferant`.
fn told_kind(words: &[words::Word]) -> Option<value::Kind> {
    use value::Kind as K;
    let pairs = words.windows(2).map(|pair| pair.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "));
    let singles = words.iter().map(|word| word.text.clone());
    let told = pairs.chain(singles).find_map(|text| {
        let (concept, score) = lexicon::concepts_of_label(&text).first().copied()?;
        let telling = [K::Phone, K::Email, K::Iban, K::Bic, K::Url, K::VatId];
        (score >= 0.9 && telling.contains(&concept.kind())).then(|| concept.kind())
    });
    // Whoever's address it is: `sender_address`.
    let is_address = words.last().is_some_and(|last| {
        let meanings = lexicon::concepts_of_label(&last.text);
        meanings.first().is_some_and(|(concept, score)| *score >= 0.9 && concept.kind() == K::Address)
    });
    told.or(is_address.then_some(K::Address))
}

/// Whether a field is the document's own date, its own number or its total.
fn is_main(words: &[words::Word], concept: Option<Concept>) -> bool {
    const OWN: &[&str] = &[
        "date",
        "datum",
        "fecha",
        "number",
        "id",
        "reference",
        "issue",
        "document",
        "creation",
        "total",
        "amount",
        "due",
        "letter",
        "brief",
        "lettre",
        "carta",
    ];
    let is_total = concept.is_some_and(|concept| matches!(concept.name(), "total" | "amount_due"));
    let is_due_date = concept.is_some_and(|concept| concept.name() == "due_date");
    let is_own = |word: &words::Word| OWN.contains(&word.text.as_str()) || title::is_title(&word.text);
    is_total || !is_due_date && words.iter().all(is_own)
}

/// What a field is about: of meanings that are as likely the one whose values it can hold. "nombre" is a number and a
/// name, "position" the number of a row and a job.
fn concept_of(field: &Field, concepts: &[(Concept, f32)]) -> Option<Concept> {
    use value::Kind as K;
    let best = concepts.first().map(|(_, score)| *score).filter(|score| *score >= SURE_CONCEPT)?;
    let is_text = matches!(field.kind, Kind::Text { format: None, .. });
    let suits = |concept: Concept| {
        let is_figure = matches!(concept.kind(), K::Number | K::Money | K::Percent);
        !(is_text && is_figure) && concept != Concept::ItemNumber
    };
    let as_likely = concepts.iter().take_while(|(_, score)| *score >= AS_LIKELY * best);
    let suiting = as_likely.map(|(concept, _)| *concept).find(|concept| suits(*concept));
    suiting.or(concepts.first().map(|(concept, _)| *concept))
}

/// Whether a field asks for a last name.
fn is_last_name(field: &Field) -> bool {
    let concepts = lexicon::concepts_of_field(&words::spoken(&field.name), field.title.as_deref(), None);
    concepts.first().is_some_and(|(concept, score)| *score >= 0.9 && *concept == Concept::LastName)
}

/// Whether a field says no more than that it is a name.
fn is_bare_name(field: &Field) -> bool {
    field.title.is_none() && matches!(words::spoken(&field.name).as_str(), "name" | "nombre")
}

/// A label without the rate and the currency in it: "GST (10%)", "8.1 % MWST CHF", "Total ARS". None if it has none, or
/// nothing else.
fn bare(label: &str) -> Option<String> {
    let is_rate = |word: &str| word.contains(|sign: char| sign.is_ascii_digit()) || word == "%";
    let has_rate = label.contains('%') && label.contains(|sign: char| sign.is_ascii_digit());
    let words: Vec<&str> = label.split_whitespace().collect();
    let is_kept = |word: &&&str| {
        let inner = word.trim_matches(|sign: char| matches!(sign, '(' | ')' | '[' | ']' | ',' | '@'));
        !(has_rate && is_rate(inner) || CURRENCIES.contains(&inner))
    };
    let kept: Vec<&str> = words.iter().filter(is_kept).copied().collect();
    let is_other = kept.len() < words.len() && kept.iter().any(|word| word.chars().any(char::is_alphabetic));
    // The sign of a rate that is asked after stays.
    let asks = has_rate && label.ends_with(" %");
    is_other.then(|| if asks { format!("{} %", kept.join(" ")) } else { kept.join(" ") })
}

/// Signs of currencies that stand in labels.
const CURRENCIES: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "AUD", "CAD", "NZD", "MXN", "ARS", "COP", "CLP", "PEN", "UYU", "€", "$", "£", "Fr.",
    "US$", "A$", "C$", "CA$", "MX$", "AR$",
];

/// A field that is filled with one value.
#[derive(Debug)]
pub(crate) struct Leaf<'s> {
    pub(crate) field: &'s Field,
    pub(crate) want: Want,
    /// What it is about, if the lexicon knows it.
    pub(crate) concept: Option<Concept>,
    /// Whose it is.
    pub(crate) role: Option<Role>,
    /// The words of its name and of those that it lies in.
    pub(crate) words: Vec<words::Word>,
    /// Whether it is what a document has one of: its own date, its own number, its total.
    is_main: bool,
    /// Whose reference it is.
    whose: Option<Whose>,
    matcher: Matcher,
    /// Labels come again: on every page, for every value near them.
    scores: RefCell<HashMap<String, f32>>,
}

/// A list in the schema.
#[derive(Debug)]
pub(crate) struct List<'s> {
    pub(crate) field: &'s Field,
    /// The fields that it lies in, the outermost first, without the root.
    pub(crate) ancestors: Vec<&'s Field>,
}

/// What a schema asks for.
#[derive(Debug, Default)]
pub(crate) struct Asked<'s> {
    pub(crate) leaves: Vec<Leaf<'s>>,
    pub(crate) lists: Vec<List<'s>>,
}

impl<'s> Asked<'s> {
    pub(crate) fn of(schema: &'s Schema) -> Self {
        let mut asked = Self::default();
        asked.push(&schema.root, &mut Vec::new());
        asked
    }

    fn push(&mut self, field: &'s Field, ancestors: &mut Vec<&'s Field>) {
        match &field.kind {
            Kind::Object(fields) => {
                let is_root = field.pointer.is_empty();
                if !is_root {
                    ancestors.push(field);
                }
                let has_last_name = fields.iter().any(is_last_name);
                for inner in fields {
                    match inner.kind {
                        Kind::Text { format: None, .. } if has_last_name && is_bare_name(inner) => {
                            // Beside the last name the name is the first one.
                            let named = Field { title: Some(FIRST_NAME.to_owned()), ..inner.clone() };
                            self.leaves.push(Leaf::of(inner, &named, ancestors));
                        }
                        _ => self.push(inner, ancestors),
                    }
                }
                if !is_root {
                    ancestors.pop();
                }
            }
            Kind::List(_) => self.lists.push(List { field, ancestors: ancestors.clone() }),
            _ => self.leaves.push(Leaf::of(field, field, ancestors)),
        }
    }
}

impl<'s> Leaf<'s> {
    /// The leaf of a field by what is said of it.
    fn of(field: &'s Field, said: &Field, ancestors: &[&'s Field]) -> Self {
        let names = ancestors.iter().map(|ancestor| ancestor.name.as_str()).chain([field.name.as_str()]);
        let name = names.map(words::spoken).collect::<Vec<_>>().join(" ");
        let described = said.description.as_deref().or(said.prompt.as_deref());
        let concepts = lexicon::concepts_of_field(&name, said.title.as_deref(), described);
        let concept = concept_of(field, &concepts);
        let mut words = words::of_text(&name);
        words.extend(said.title.as_deref().map(words::of_text).unwrap_or_default());
        let about = told_kind(&words).or_else(|| concept.map(Concept::kind)).filter(|kind| {
            // What documents are called is the title of one only for a field that asks for that.
            *kind != value::Kind::Title || words.iter().any(|word| TITLE.contains(&word.text.as_str()))
        });
        Self {
            want: Want::of(&field.kind, about),
            role: Role::of(&words).or_else(|| concept.and_then(Role::of_concept)),
            is_main: is_main(&words, concept),
            whose: whose(&name),
            matcher: Matcher::of(said, ancestors),
            scores: RefCell::default(),
            words,
            field,
            concept,
        }
    }

    /// Whether a label says no more than that it is some date, some number, some amount.
    fn is_too_wide(&self, label: &str) -> bool {
        let Some(own) = self.concept else { return false };
        let meanings = lexicon::concepts_of_label(label);
        let Some(&(first, said)) = meanings.first() else { return false };
        // "From" is the beginning of the period as much as of anything else.
        let is_own = meanings.iter().any(|(concept, also)| *concept == own && *also >= said);
        own.wider() == Some(first) && !is_own
    }

    /// Whether a label is the name of something else, surely: of the invoice date, not of the delivery date.
    fn is_other(&self, label: &str) -> bool {
        let Some(own) = self.concept else { return false };
        let meanings = lexicon::concepts_of_label(label);
        let Some(&(first, said)) = meanings.first().filter(|(_, said)| *said >= KNOWN) else { return false };
        let may_be = meanings.iter().any(|(concept, also)| *also >= 0.9 * said && !concept.is_negative_for(own));
        // Of one family: another date, another number. The rate stands beside the tax.
        let is_sibling = first.kind() == own.kind() && first.wider() == own.wider();
        is_sibling && first.is_negative_for(own) && !first.is_alike(own) && !may_be
    }

    /// Whether it asks for the document's own date, number or total.
    pub(crate) fn is_main(&self) -> bool {
        self.is_main
    }

    /// How well a label names it, from 0 to 1.
    pub(crate) fn named_by(&self, label: &str, embedder: Option<&Embedder>) -> f32 {
        if let Some(&score) = self.scores.borrow().get(label) {
            return score;
        }
        let mut score = self.matcher.score(label, embedder);
        if let Some(bare) = bare(label) {
            score = score.max(BARE * self.matcher.score(&bare, embedder));
        }
        if score > 0.0 && !self.is_main && self.is_too_wide(label) {
            score *= TOO_WIDE;
        }
        if score < SAID && self.is_other(label) {
            score *= OTHERS;
        }
        if let (Some(own), Some(other)) = (self.whose, whose(label))
            && own != other
        {
            score *= OTHERS;
        }
        self.scores.borrow_mut().insert(label.to_owned(), score);
        score
    }
}

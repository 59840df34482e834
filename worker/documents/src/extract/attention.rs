//! Names behind words that say what they are there for: "Attn. Emily Thornbury", "Fdo. Víctor Montalbán".

use super::address;
use super::company::has_legal_form;
use super::reading::Reading;

/// Lines that are looked back over for the one right above: beside a block may stand others.
const BLOCK: usize = 8;
/// What an addressee stands behind, in English, French, German and Spanish, in small letters.
const ADDRESSED: &[&str] = &[
    "for the attention of",
    "to the attention of",
    "for attention of",
    "attention of",
    "attention",
    "attn.",
    "attn",
    "att.",
    "f.a.o.",
    "fao",
    "addressed to",
    "c/o",
    "to",
    "for",
    "à l'attention de",
    "à l’attention de",
    "a l'attention de",
    "à l'intention de",
    "adressé à",
    "adressée à",
    "destiné à",
    "à remettre à",
    "pour",
    "à",
    "zu händen von",
    "zu händen",
    "zu handen",
    "z. hd. von",
    "z. hd.",
    "z.hd.",
    "z. h.",
    "gerichtet an",
    "adressiert an",
    "für",
    "an",
    "a la atención de",
    "a/a",
    "att",
    "dirigido a",
    "dirigida a",
    "destinado a",
    "para",
    "a",
];
/// What who signs stands behind.
const SIGNED: &[&str] = &[
    "for and on behalf of the company",
    "signed for and on behalf of the company",
    "signed by",
    "signed",
    "p.p.",
    "pp.",
    "pp",
    "per pro",
    "signé par",
    "signé",
    "p.o.",
    "p. o.",
    "pour la société",
    "gezeichnet",
    "gez.",
    "gez",
    "unterzeichnet von",
    "i. a.",
    "i.a.",
    "i. v.",
    "i.v.",
    "ppa.",
    "für die firma",
    "im auftrag",
    "in vertretung",
    "fdo.",
    "fdo",
    "fdo.:",
    "firmado por",
    "firmado",
    "p.a.",
    "por la empresa",
];
/// What stands before it for whom it is signed.
const FOR_COMPANY: &[&str] = &[
    "for the company",
    "on behalf of the company",
    "pour l'entreprise",
    "pour l’entreprise",
    "au nom de la société",
    "für das unternehmen",
    "im namen der firma",
    "en nombre de la empresa",
    "por la sociedad",
];
/// Words that labels of signatures begin with.
const SIGNING: &[&str] = &[
    "signing",
    "signed",
    "signe",
    "signé",
    "signée",
    "signature",
    "unterzeichnet",
    "unterschrieben",
    "gezeichnet",
    "firma por",
    "firmado",
    "firmada",
];
/// What stands before the name of a person.
const TITLES: &[&str] = &["herrn", "herr", "frau", "mr", "mrs", "ms", "mr.", "mrs.", "ms.", "sr.", "sra.", "m.", "mme"];
/// Words for a person that may stand over the name, without their points.
const HONORIFICS: &[&str] = &[
    "herrn", "herr", "frau", "mr", "mrs", "ms", "miss", "messrs", "sr", "sra", "sres", "srta", "d", "dña", "m", "mme",
    "familie", "familia", "famille", "eheleute", "firma", "mlle", "mm", "madame", "monsieur", "señor", "señora",
    "señores", "don", "doña", "dr", "prof", "att", "attn", "z", "h", "hd", "an", "to", "à", "a", "para", "pour",
];
/// Words of a name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// Whether a line is nothing but how somebody is addressed, whose name stands below: "Sr./Sra.", "Frau", "Att."
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim().trim_end_matches(':').to_lowercase();
    let mut parts = text.split([' ', '/']).filter(|part| !part.is_empty()).peekable();
    let is_bare = |part: &str| HONORIFICS.contains(&part.trim_end_matches('.'));
    parts.peek().is_some() && (parts.all(is_bare) || ADDRESSED.contains(&text.as_str()))
}

/// Whether a text says that what follows is the name of who signs: "For the company", "Signé par".
pub(super) fn is_signing(text: &str) -> bool {
    let text = text.trim().trim_end_matches(':').to_lowercase();
    let begins = |start: &&str| text.strip_prefix(*start).is_some_and(|rest| rest.starts_with(' '));
    SIGNED.contains(&text.as_str()) || FOR_COMPANY.contains(&text.as_str()) || SIGNING.iter().any(begins)
}

/// The company right over a line of one block: who is named under it is a person there.
pub(super) fn company_over(reading: &Reading, line: usize) -> Option<usize> {
    let view = &reading.view;
    let is_over = |over: usize| address::stack(view, over).get(1) == Some(&line);
    let over = (line.saturating_sub(BLOCK)..line).rev().find(|&over| is_over(over))?;
    has_legal_form(reading.text(view.whole(over))).then_some(over)
}

/// Where the name of the addressee begins in a line that says no more than who it is for.
pub(super) fn addressee(text: &str) -> Option<usize> {
    behind(text, ADDRESSED)
}

/// Where the name begins of who signs, in a line that says no more than that.
pub(super) fn signer(text: &str) -> Option<usize> {
    behind(text, SIGNED)
}

fn behind(text: &str, phrases: &[&str]) -> Option<usize> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let parts = |phrase: &&&str| lower.strip_prefix(**phrase).is_some_and(|rest| rest.starts_with([' ', ':']));
    let longest = phrases.iter().filter(parts).map(|phrase| phrase.len()).max()?;
    let mut name = text.get(longest..)?.trim_start_matches([' ', ':']);
    while let Some((first, rest)) =
        name.split_once(' ').filter(|(first, _)| TITLES.contains(&first.to_lowercase().as_str()))
    {
        name = if rest.is_empty() { first } else { rest.trim_start() };
    }
    let is_word = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase) || matches!(word, "de" | "von" | "van" | "del" | "la")
    };
    let is_name = NAME_WORDS.contains(&name.split_whitespace().count())
        && name.split_whitespace().all(is_word)
        && !name.contains(|sign: char| sign.is_ascii_digit());
    is_name.then_some(text.len() - name.len())
}

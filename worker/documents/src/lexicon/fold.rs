//! Words without what does not change their meaning: capitals, accents, endings, articles.

/// Words that do not tell one label from another: articles, prepositions, and the currency that an amount is in.
const FILLERS: &[&str] = &[
    "the", "a", "an", "of", "for", "in", "on", "this", "is", "and", "or", "de", "du", "des", "d", "la", "le", "les",
    "l", "un", "une", "et", "en", "der", "die", "das", "dem", "den", "fur", "und", "oder", "im", "am", "vom", "el",
    "los", "las", "del", "y", "para", "it", "il", "er", "eur", "euro", "usd", "gbp", "chf",
];

/// Words that mean "number" where they stand in a label.
const NUMBERS: &[&str] =
    &["no", "nr", "num", "nro", "number", "nummer", "numero", "nbr", "numbers", "nos", "nrs", "nummern", "n", "№"];

/// What German compounds end in that other labels say in a word of its own.
const HEADS: &[&str] = &[
    "nummer",
    "datum",
    "betrag",
    "summe",
    "preis",
    "adresse",
    "anschrift",
    "satz",
    "kosten",
    "name",
    "nr",
    "menge",
    "wert",
    "bezeichnung",
    "zeitraum",
    "bedingungen",
    "saldo",
];

/// Words of a text that are compared: a label has no more, of a description these are the ones that matter.
const MAX_WORDS: usize = 60;

/// The word in small letters, without accents; of letters that the languages of the lexicon write.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|letter| push_folded(letter, &mut folded));
    folded
}

/// Adds a letter to a folded word.
pub(crate) fn push_folded(letter: char, folded: &mut String) {
    for letter in letter.to_lowercase() {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
}

/// A word of a label or a phrase, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Token {
    /// `#` stands for "number".
    pub(super) text: String,
    /// Whether it is a word that other labels leave out.
    pub(super) is_filler: bool,
}

/// The words of a label, each once. Numbers, and currencies behind other words, tell nothing.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut push = |text: String, is_filler: bool| {
        let token = Token { text, is_filler };
        if tokens.len() < MAX_WORDS && !tokens.contains(&token) {
            tokens.push(token);
        }
    };
    let mut is_behind_number = false;
    for word in split(text) {
        let word = fold(&word);
        let is_number = word.starts_with(|sign: char| sign.is_ascii_digit());
        if is_number || word == "%" && is_behind_number {
            // "VAT 19 %" names the tax, "VAT %" the rate.
        } else if NUMBERS.contains(&word.as_str()) || word == "#" {
            push("#".to_owned(), false);
        } else if let Some((first, head)) = compound(&word) {
            push(stem(first), false);
            push(if matches!(head, "nummer" | "nr") { "#".to_owned() } else { stem(head) }, false);
        } else {
            push(stem(&word), FILLERS.contains(&word.as_str()));
        }
        is_behind_number = is_number;
    }
    if tokens.iter().all(|token| token.is_filler) {
        // "De": a label of nothing but such a word.
        tokens.iter_mut().for_each(|token| token.is_filler = false);
    }
    tokens
}

/// Words as they are written, parted at `invoiceNumber` too. Signs part words, but for those that are some.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        // IBANNumber are two words, USt is one.
        let mut next = letters.clone();
        let is_first = next.next().is_some_and(char::is_lowercase) && next.next().is_some_and(char::is_lowercase);
        let is_hump = letter.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && is_first);
        let is_turn = letter.is_numeric() != before.is_numeric();
        if (is_hump || is_turn || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        match letter {
            '#' | '%' | '№' => words.push(letter.to_string()),
            // n° and nº are read as n; the sign itself is no letter of a word.
            'º' | 'ª' => {}
            letter if letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter) => word.push(letter),
            _ => {}
        }
        before = letter;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The two parts of a German compound.
fn compound(word: &str) -> Option<(&str, &'static str)> {
    HEADS.iter().find_map(|head| {
        let first = word.strip_suffix(head)?;
        // The shortest first part is that of "Teilenummer" and "Ust-Nr"; "Surname" has none.
        (first.len() >= 4 || *head == "nummer" || *head == "datum")
            .then_some((first, *head))
            .filter(|(first, _)| first.len() >= 2)
    })
}

/// The word without the endings of plurals and of the first parts of compounds.
pub(super) fn stem(word: &str) -> String {
    let count = word.chars().count();
    let short = match word {
        // The country, which is not what is paid.
        "pays" => word,
        _ if count <= 3 => word,
        _ if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word,
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    short.to_owned()
}

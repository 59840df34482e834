//! Companies by their names: the forms that they have in law, and the words that they begin with.

/// Whether it ends in, or has, the form of a company.
pub(crate) fn has_legal_form(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|sign: char| sign.is_whitespace() || sign == ',')
        // "SE" and "SA" are forms, "se" and "sa" words of sentences.
        .filter(|word| word.chars().count() != 2 || !word.chars().all(char::is_lowercase))
        .map(|word| word.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    // `e. K.`, `S. A. S.`: what stands apart at the end is one form.
    let apart = words.iter().rposition(|word| word.chars().count() > 1).map_or(0, |last| last + 1);
    let spaced = words.get(apart..).unwrap_or_default().concat();
    words.iter().any(|word| LEGAL_FORMS.contains(&word.as_str()))
        || apart > 0 && LEGAL_FORMS.contains(&spaced.as_str())
        || ends_in_capital_form(text)
}

/// Whether it ends in a form that is short enough to be a word, and so is told by its capitals: "Alpin Möbel OG",
/// "Hermanos Rey S.H.", "Norte S. de R.L. de C.V.".
fn ends_in_capital_form(text: &str) -> bool {
    let Some((name, last)) = text.trim().trim_end_matches(',').rsplit_once(char::is_whitespace) else { return false };
    let form: String = last.chars().filter(|sign| *sign != '.').collect();
    name.contains(char::is_lowercase) && CAPITAL_FORMS.contains(&form.as_str())
}

/// Forms of companies that are told by their capitals, without their points.
const CAPITAL_FORMS: &[&str] = &["OG", "SC", "SH", "CB", "CV", "RL", "LP", "AC", "GP", "SNC", "SCS", "PC", "EG"];

/// Forms of companies, without their points.
const LEGAL_FORMS: &[&str] = &[
    "ltd",
    "limited",
    "llc",
    "llp",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "plc",
    "gmbh",
    "gesmbh",
    "mbh",
    "kgaa",
    "ag",
    "kg",
    "ohg",
    "ug",
    "se",
    "ev",
    "ek",
    "eu",
    "eg",
    "gbr",
    "sa",
    "sas",
    "sarl",
    "sasu",
    "eurl",
    "snc",
    "scop",
    "coop",
    "sci",
    "sca",
    "sll",
    "sl",
    "slu",
    "sau",
    "scoop",
    "bv",
    "nv",
    "ab",
    "oy",
    "aps",
    "pty",
    "bhd",
    "sdn",
    "srl",
    "spa",
    "kft",
    "cie",
    "foundation",
    "verein",
    "scs",
    "slne",
    "scl",
    "slp",
    "sàrl",
    "sarls",
    "sprl",
    "scrl",
    "asbl",
    "eirl",
    "selarl",
    "ulc",
    "unlimited",
    "ltda",
    "ltée",
    "ltee",
    "sapi",
    "coopérative",
    "genossenschaft",
    "partg",
    "ekfm",
    "ekfr",
    "gesbr",
    "stiftung",
    "pte",
    "gmbhcokg",
    "sro",
    "doo",
    "zoo",
    "uab",
    "sia",
    "ood",
    "eood",
    "oyj",
];

/// Whether a word begins names of companies, though it is a label of some.
pub(super) fn begins_name(label: &str) -> bool {
    NAMES_BEGIN.contains(&label.to_lowercase().as_str())
}

/// Words that names of companies begin with, and not only labels of them.
const NAMES_BEGIN: &[&str] = &[
    "établissements",
    "etablissements",
    "ets",
    "ets.",
    "maison",
    "groupe",
    "société",
    "grupo",
    "hermanos",
    "talleres",
    "comercial",
    "almacenes",
    "gebr.",
    "gebrüder",
    "hnos.",
    "frères",
    "cabinet",
    "garage",
    "hotel",
    "hôtel",
    "studio",
    "estudio",
    "autohaus",
    "kanzlei",
    "praxis",
    "apotheke",
    "pharmacie",
    "farmacia",
    "boulangerie",
    "bäckerei",
    "casa",
    "construcciones",
];

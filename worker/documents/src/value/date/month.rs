//! Names of months.

use crate::lexicon::fold;

/// The names of each month, folded: in full and shortened, in English, French, German and Spanish.
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "januar", "janner", "jaenner", "enero", "ene"],
    &["february", "feb", "febr", "fevrier", "fevr", "fev", "februar", "feber", "febrero"],
    &["march", "mar", "mars", "marz", "maerz", "mrz", "marzo"],
    &["april", "apr", "avril", "avr", "abril", "abr"],
    &["may", "mai", "mayo"],
    &["june", "jun", "juin", "juni", "junio"],
    &["july", "jul", "juillet", "juil", "juli", "julio"],
    &["august", "aug", "aout", "agosto", "ago"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "set"],
    &["october", "oct", "octobre", "oktober", "okt", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "decembre", "dezember", "dez", "diciembre", "dic"],
];
/// Bytes of the longest of them, with accents.
const MAX_NAME: usize = 12;

/// The number of the month with that name.
pub(crate) fn named(name: &str) -> Option<u32> {
    if !(3..=MAX_NAME).contains(&name.len()) {
        return None;
    }
    let folded = fold(name);
    (1..).zip(NAMES).find(|(_, names)| names.contains(&folded.as_str())).map(|(number, _)| number)
}

//! Which language and which script text is in.

use crate::language::{self, Language};

#[test]
fn a_few_words_of_sentences_tell_the_language() {
    let written = language::of("Wir danken für Ihren Auftrag und bitten um Zahlung innerhalb von 14 Tagen.");
    assert_eq!(written.language, Some(Language::De));
}

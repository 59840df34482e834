//! Typed values: what stands in a line, and how it is written in JSON.

use crate::value::{self, Kind, Locale};

#[track_caller]
fn check(line: &str, kind: Kind, expected: &[&str]) {
    let found = value::find(line, &Locale::default());
    let normal: Vec<String> =
        found.iter().filter(|found| found.value.kind() == kind).map(|found| found.value.normal()).collect();
    assert_eq!(normal, expected, "{kind:?} in {line:?}");
}

#[test]
fn dates_are_found_in_the_forms_that_people_write() {
    check("3. März 2026, 3 mars 2026 and Mar 3rd, 2026", Kind::Date, &["2026-03-03"; 3]);
    check("fecha: 3 de marzo de 2026, 1er mai 2026", Kind::Date, &["2026-03-03", "2026-05-01"]);
}

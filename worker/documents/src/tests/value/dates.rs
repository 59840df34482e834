//! Dates and times.

use super::{AMERICAN, BRITISH, GERMAN, best, check, check_in};
use crate::value::{Kind, Locale};

#[test]
fn dates_with_a_month_in_letters_are_found_in_four_languages() {
    for line in [
        "March 3, 2026",
        "Mar 3rd, 2026",
        "Mar. 3 2026",
        "3 March 2026",
        "3rd of March, 2026",
        "3rd March 2026",
        "03-Mar-2026",
        "03-MAR-26",
        "3 Mar '26",
        "03MAR2026",
        "2026-Mar-03",
        "2026 March 3",
        "Tuesday, March 3, 2026",
        "3. März 2026",
        "3. Mrz. 2026",
        "3.März 2026",
        "Dienstag, den 3. März 2026",
        "3 mars 2026",
        "mardi 3 mars 2026",
        "le 03 mars 2026",
        "3 de marzo de 2026",
        "3 de marzo del 2026",
        "martes, 3 marzo 2026",
        "3/mar/2026",
        "3\u{a0}mars\u{a0}2026",
        "MARCH 3, 2026",
    ] {
        check(line, Kind::Date, &["2026-03-03"]);
    }
    check("1er août 2025, 24 déc. 2025, 15 févr. 2026", Kind::Date, &["2025-08-01", "2025-12-24", "2026-02-15"]);
    check("31. Dez. 2025 und 1. Jänner 2026", Kind::Date, &["2025-12-31", "2026-01-01"]);
    check("1 de enero de 2026 al 31 de dic. de 2026", Kind::Date, &["2026-01-01", "2026-12-31"]);
}

#[test]
fn dates_in_numbers_follow_the_order_of_the_document() {
    for (locale, expected) in [(&AMERICAN, "2026-03-04"), (&BRITISH, "2026-04-03"), (&GERMAN, "2026-04-03")] {
        for line in ["03/04/2026", "3/4/2026", "03/04/26", "03-04-2026", "03 / 04 / 2026", "due 03/04/2026."] {
            check_in(line, Kind::Date, locale, &[expected]);
        }
    }
    for line in ["2026-04-03", "2026/04/03", "2026.04.03", "03.04.2026", "03.04.26", "3. 4. 2026", "3.4.2026"] {
        check(line, Kind::Date, &["2026-04-03"]);
    }
    check("25/12/2025", Kind::Date, &["2025-12-25"]);
    check_in("12/25/2025", Kind::Date, &GERMAN, &["2025-12-25"]);
    check("01.02.49 01.02.50", Kind::Date, &["2049-02-01", "1950-02-01"]);
    check_in("01.03.2026 - 31.03.2026", Kind::Date, &GERMAN, &["2026-03-01", "2026-03-31"]);
    check_in("01.03.2026-31.03.2026", Kind::Date, &GERMAN, &["2026-03-01", "2026-03-31"]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for line in [
        "31/06/2026",
        "29.02.2025",
        "0/1/2026",
        "1.2.3.4",
        "192.168.1.20",
        "12-34-56",
        "INV-2026-03-0042-1",
        "00/00/0000",
        "13/13/2026",
        "march 3",
        "Marchand 3 2026",
        "may 2026",
        "version 2.10.1999.3",
        "12/345/67890",
        "3 items 2026",
    ] {
        check(line, Kind::Date, &[]);
    }
}

#[test]
fn an_ambiguous_date_is_surer_where_the_document_shows_its_order() {
    let lines = ["Date: 03/04/2026", "Due: 25/04/2026"];
    let locale = Locale::of(lines);
    assert!(locale.day_first && locale.is_day_order_known, "{locale:?}");
    let [known, guessed] = [&locale, &GERMAN].map(|locale| best(lines[0], Kind::Date, locale).remove(0).confidence);
    assert!(known > guessed, "{known} {guessed}");
}

#[test]
fn times_and_moments_are_written_as_iso_8601_has_them() {
    for (line, expected) in [
        ("at 14:30", "14:30:00"),
        ("14:30:15", "14:30:15"),
        ("2:30 pm", "14:30:00"),
        ("12:05 a.m.", "00:05:00"),
        ("12 PM", "12:00:00"),
        ("14h30", "14:30:00"),
        ("14 h 30", "14:30:00"),
        ("14.30 Uhr", "14:30:00"),
        ("9 Uhr", "09:00:00"),
        ("09:00 Uhr", "09:00:00"),
    ] {
        check(line, Kind::Time, &[expected]);
    }
    for line in ["25:00", "12:60", "1:2", "10:12:14:16", "1.30", "30 pm"] {
        check(line, Kind::Time, &[]);
    }
    for (line, expected) in [
        ("2026-03-04T14:30:00Z", "2026-03-04T14:30:00Z"),
        ("2026-03-04T14:30:00.123+02:00", "2026-03-04T14:30:00+02:00"),
        ("2026-03-04 14:30", "2026-03-04T14:30:00"),
        ("04.03.2026, 14:30 Uhr", "2026-03-04T14:30:00"),
        ("4 mars 2026 à 14h30", "2026-03-04T14:30:00"),
        ("March 4, 2026 at 2:30 PM", "2026-03-04T14:30:00"),
        ("4 de marzo de 2026 a las 14:30", "2026-03-04T14:30:00"),
        ("03/04/2026 - 08:05:09", "2026-03-04T08:05:09"),
        ("am 04.03.2026 um 14.30 Uhr", "2026-03-04T14:30:00"),
    ] {
        check(line, Kind::DateTime, &[expected]);
    }
}

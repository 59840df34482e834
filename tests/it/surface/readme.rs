use tests::readme::{HEADER, configuration_table};

#[test]
fn the_configuration_table_is_the_codes_own() {
    let page = std::fs::read_to_string(super::tidy::root().join("README.md")).unwrap();
    let written: Vec<&str> = page
        .lines()
        .skip_while(|line| line.trim() != HEADER)
        .take_while(|line| line.starts_with('|'))
        .map(str::trim)
        .collect();
    let coded = configuration_table();
    let missing: Vec<&str> = coded.iter().map(String::as_str).filter(|row| !written.contains(row)).collect();
    let strange: Vec<&str> = written.iter().copied().filter(|row| !coded.iter().any(|other| other == row)).collect();
    assert!(
        written == coded,
        "the table in README.md is not that of shared/src/config/variables.rs; print it with: \
         cargo run -p tests --bin config-table\nmissing:\n{}\nstrange:\n{}",
        missing.join("\n"),
        strange.join("\n")
    );
}

//! Prints the configuration table of README.md: `cargo run -p tests --bin config-table`.

fn main() {
    for line in tests::readme::configuration_table() {
        tests::report(line);
    }
}

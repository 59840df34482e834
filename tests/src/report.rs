//! What a test has to say.

/// Prints a line that a person reads: figures, seeds, reasons for skipping. `cargo test -- --nocapture` shows it.
#[expect(clippy::print_stdout, reason = "the output of a test is what it is run for")]
pub fn report(line: impl std::fmt::Display) {
    println!("{line}");
}

//! A list: columns for people, an array for programs.

use serde_json::Value;

use super::Format;

/// What a list can be made of.
pub(super) trait Listed {
    /// The heads of the columns.
    const COLUMNS: &'static [&'static str];

    /// One cell a column.
    fn cells(&self) -> Vec<String>;

    /// The same for programs.
    fn json(&self) -> Value;
}

/// The list as text, without a line end after the last line.
pub(super) fn listing<T: Listed>(items: &[T], format: Format) -> String {
    match format {
        Format::Json => Value::Array(items.iter().map(T::json).collect()).to_string(),
        Format::Text => {
            let head = T::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
            columns(&[vec![head], items.iter().map(T::cells).collect()].concat())
        }
    }
}

/// Cells of a column begin one below the other.
fn columns(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pair(&'static str, &'static str);

    impl Listed for Pair {
        const COLUMNS: &'static [&'static str] = &["ONE", "OTHER"];

        fn cells(&self) -> Vec<String> {
            vec![self.0.to_owned(), self.1.to_owned()]
        }

        fn json(&self) -> Value {
            Value::from(vec![self.0, self.1])
        }
    }

    #[test]
    fn people_get_columns_and_programs_an_array() {
        let pairs = [Pair("a", "b"), Pair("longer", "é")];
        assert_eq!(listing(&pairs, Format::Text), "ONE     OTHER\na       b\nlonger  é");
        assert_eq!(listing(&pairs, Format::Json), r#"[["a","b"],["longer","é"]]"#);
        assert_eq!(listing::<Pair>(&[], Format::Text), "ONE  OTHER");
    }
}

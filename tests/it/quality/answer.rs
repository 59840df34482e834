//! What the engine answers, as text, items and rows.

use serde_json::Value;

/// Marks of bullets, in the answer and in print.
const BULLETS: [char; 6] = ['-', '*', '•', '·', '▪', '–'];

/// The pages of a parse response.
pub(super) struct Answer {
    source: String,
}

impl Answer {
    /// `None` if the response has no pages.
    pub(super) fn of(response: &Value) -> Option<Self> {
        let pages: Option<Vec<&str>> = response.get("pages")?.as_array()?.iter().map(Value::as_str).collect();
        Some(Self { source: pages?.join("\n\n") })
    }

    /// The text, tables cell by cell, without marks of headings and bullets.
    pub(super) fn text(&self) -> String {
        let plain = without_tags(&self.source);
        plain.lines().map(|line| bullet(line).unwrap_or(line).trim_start_matches('#')).collect::<Vec<_>>().join("\n")
    }

    /// The same, without the numbers of items too.
    pub(super) fn text_without_numbers(&self) -> String {
        self.text().lines().map(|line| number(line).unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// The texts of the lines that begin with a mark or a number.
    pub(super) fn items(&self) -> Vec<String> {
        without_tags(&self.source).lines().filter_map(|line| bullet(line).or_else(|| number(line))).map(plain).collect()
    }

    /// The rows of all tables.
    pub(super) fn rows(&self) -> Vec<Vec<String>> {
        let rows = self.source.split("<tr").skip(1).map(|row| row.split("</tr>").next().unwrap_or_default());
        rows.map(|row| cells(row).collect()).collect()
    }
}

fn cells(row: &str) -> impl Iterator<Item = String> {
    let starts = row.split("<t").skip(1);
    starts.map(|cell| {
        let text = cell.split_once('>').map_or("", |(_, text)| text);
        plain(&without_tags(text.split("</t").next().unwrap_or_default()))
    })
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(BULLETS)?;
    rest.starts_with(' ').then(|| rest.trim_start())
}

fn number(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let rest = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < line.len())?;
    rest.starts_with(' ').then(|| rest.trim_start())
}

/// Without what stands between `<` and `>`, and with the signs that stand for these two.
fn without_tags(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

//! What names a value: the words around it.

use super::View;
use super::line::{Line, Span};

/// A label has at most this many bytes: a longer text is a sentence.
const LONGEST: usize = 64;
/// Words before a value on its own line that may name it without a colon.
const WORDS_BEFORE: usize = 6;
/// Digits of a rate that stands in a label.
const MOST_OF_RATE: usize = 4;
/// How many cells of a row, or lines of a stack, are looked back over for the label: amounts and addresses stand in
/// between.
const PASSED: usize = 4;
/// Headings and leading lines are looked for this many lines back.
const BACK: usize = 40;

/// Names of weekdays in English, French, German, Spanish, Italian and Dutch, and what is left of them.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];

/// How a label stands to its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Relation {
    /// Before it on its line, with a colon between them.
    Colon,
    /// Before it on its line.
    Before,
    /// Left of it on the same printed row.
    Left,
    /// The first cell of its row.
    RowHeader,
    /// The header of its column.
    ColumnHeader,
    /// Above it.
    Above,
    /// Right under it.
    Under,
    /// The line before it, in formats without places.
    Previous,
    /// The heading that it stands under.
    Heading,
}

/// A label of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Label {
    /// Where it is written.
    pub(crate) span: Span,
    /// How it stands to the value.
    pub(crate) relation: Relation,
    /// How near it is: 1 next to it, falling to 0.
    pub(crate) nearness: f32,
}

impl View {
    /// What may name the value in this span, the likeliest first.
    pub(crate) fn labels(&self, value: Span) -> Vec<Label> {
        let mut labels = Vec::new();
        let value = self.with_weekday(value);
        labels.extend(self.label_before(value));
        let starts_line = value.start <= self.lines.get(value.line).map_or(0, |line| lead(&line.text));
        if let Some(grid) = self.grid_of(value.line) {
            self.push_cell_labels(value.line, grid, starts_line, &mut labels);
        } else {
            if starts_line {
                self.push_left(value.line, &mut labels);
            }
            self.push_above(value.line, starts_line, &mut labels);
        }
        // What has a label before, beside or above it has none under it: that one is of the next value.
        if starts_line && labels.is_empty() {
            labels.extend(self.label_under(value));
        }
        labels.extend(self.heading_over(value.line));
        labels
    }

    /// A day with the name of its weekday before it, which is no label: "Thursday, November 10th".
    fn with_weekday(&self, value: Span) -> Span {
        let before = self.lines.get(value.line).and_then(|line| line.text.get(..value.start)).unwrap_or_default();
        let name = before.trim_end_matches([' ', ',', '.']);
        let start = name
            .rfind(|sign: char| !sign.is_alphabetic())
            .map_or(0, |at| at + name.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let word = name.get(start..).unwrap_or_default().to_lowercase();
        if WEEKDAYS.contains(&word.as_str()) { Span { start, ..value } } else { value }
    }

    /// Words before the value on its own line.
    fn label_before(&self, value: Span) -> Option<Label> {
        let text = self.lines.get(value.line)?.text.get(..value.start)?;
        let (range, has_colon) = before(text)?;
        let span = Span { line: value.line, start: range.start, end: range.end };
        let relation = if has_colon { Relation::Colon } else { Relation::Before };
        Some(Label { span, relation, nearness: 1.0 })
    }

    fn push_left(&self, line: usize, labels: &mut Vec<Label>) {
        for (passed, near) in self.neighbors.left(&self.lines, line).into_iter().take(PASSED).enumerate() {
            if self.lines.get(near.line).is_none_or(|other| other.cell.is_some()) {
                continue;
            }
            if let Some(span) = self.as_label(near.line) {
                let nearness = 1.0 / (1.0 + 0.35 * count(passed) + 0.01 * near.distance);
                labels.push(Label { span, relation: Relation::Left, nearness });
            }
        }
    }

    fn push_above(&self, line: usize, starts_line: bool, labels: &mut Vec<Label>) {
        let Some(own) = self.lines.get(line) else { return };
        if own.at.is_none() {
            // Without places the line before is the one above, if this line begins with the value.
            let previous = line.checked_sub(1).filter(|_| starts_line);
            let is_near = |other: &Line| other.page == own.page && own.block.abs_diff(other.block) <= 1;
            if let Some(other) = previous.filter(|&other| self.lines.get(other).is_some_and(is_near))
                && let Some(span) = self.as_label(other)
            {
                labels.push(Label { span, relation: Relation::Previous, nearness: 1.0 });
            }
            return;
        }
        for (passed, near) in self.neighbors.above(&self.lines, line).into_iter().take(PASSED).enumerate() {
            if let Some(span) = self.as_label(near.line) {
                let nearness = 1.0 / (1.0 + 0.35 * count(passed) + 0.15 * near.distance);
                labels.push(Label { span, relation: Relation::Above, nearness });
            }
        }
    }

    fn push_cell_labels(&self, line: usize, grid: &super::Grid, starts_line: bool, labels: &mut Vec<Label>) {
        let Some(place) = self.lines.get(line).and_then(|line| line.cell) else { return };
        // A line of several in a cell may have its label right above.
        let own = grid.cell(place.row, place.column);
        if own.contains(&line)
            && line > own.start
            && starts_line
            && let Some(span) = self.as_label(line - 1)
        {
            labels.push(Label { span, relation: Relation::Above, nearness: 0.9 });
        }
        let cells: Vec<_> = grid.row(place.row).filter(|(column, _)| *column < place.column).collect();
        for (passed, (column, lines)) in cells.into_iter().rev().enumerate() {
            let beside = lines.clone().find(|&other| self.is_beside(line, other)).or(lines.last());
            if let Some(span) = beside.and_then(|beside| self.as_label(beside)) {
                let relation = if passed == 0 { Relation::Left } else { Relation::RowHeader };
                let is_first = column == 1;
                let nearness = if passed == 0 || is_first { 1.0 / (1.0 + 0.2 * count(passed)) } else { 0.4 };
                labels.push(Label { span, relation, nearness });
            }
        }
        self.push_column_headers(place, grid, labels);
    }

    /// Whether two lines stand on one printed row: cells of several lines pair them one by one.
    fn is_beside(&self, line: usize, other: usize) -> bool {
        let at = |line: usize| self.lines.get(line).and_then(|line| line.at);
        let (Some(own), Some(other)) = (at(line), at(other)) else { return false };
        let middle = |rect: crate::document::Rect| f32::midpoint(rect.top, rect.bottom);
        (middle(own) - middle(other)).abs() <= 0.5 * own.height().min(other.height())
    }

    /// The header of a column; without one, the topmost cell, and the cell right above.
    fn push_column_headers(&self, place: super::CellPlace, grid: &super::Grid, labels: &mut Vec<Label>) {
        let headers = grid.header_rows.max(1).min(place.row.saturating_sub(1));
        for row in (1..=headers).rev() {
            let cell = grid.cell(row, place.column);
            if let Some(span) = self.as_cell_label(cell) {
                let is_told = grid.header_rows > 0 || place.row == row + 1;
                let relation = if is_told { Relation::ColumnHeader } else { Relation::Above };
                labels.push(Label { span, relation, nearness: if is_told { 1.0 } else { 0.6 } });
            }
        }
        if place.row > headers + 1
            && let Some(span) = self.as_cell_label(grid.cell(place.row - 1, place.column))
        {
            labels.push(Label { span, relation: Relation::Above, nearness: 0.8 });
        }
    }

    /// The heading that a line stands under: of a block before it, the nearest.
    pub(crate) fn heading_over(&self, line: usize) -> Option<Label> {
        let own = self.lines.get(line)?;
        let before = (line.saturating_sub(BACK)..line).rev();
        let heading = before.into_iter().find(|&other| {
            self.lines.get(other).is_some_and(|other| other.heading.is_some() && other.block != own.block)
        })?;
        let span = self.as_label(heading)?;
        Some(Label { span, relation: Relation::Heading, nearness: 1.0 / (1.0 + 0.1 * count(line - heading)) })
    }

    /// A line as a label: it has letters, is short, and says no more after its last colon.
    pub(crate) fn as_label(&self, line: usize) -> Option<Span> {
        let text = &self.lines.get(line)?.text;
        let end = text.trim_end().trim_end_matches([':', '.', '：']).trim_end().len();
        let start = lead(text);
        let label = text.get(start..end)?;
        // With a value after its colon it names that one.
        let is_named = label.find(": ").is_none_or(|colon| label.len() - colon > LONGEST);
        is_label(label).then_some(Span { line, start, end }).filter(|_| is_named)
    }

    /// A cell as a label: its first line, up to its last one if they are one phrase.
    fn as_cell_label(&self, lines: std::ops::Range<usize>) -> Option<Span> {
        lines.into_iter().find_map(|line| self.as_label(line))
    }
}

/// The label at the end of what stands before a value on its line, and whether a colon parts them.
fn before(text: &str) -> Option<(std::ops::Range<usize>, bool)> {
    let (text, has_colon) = match text.rfind([':', '：']) {
        // Between the colon and the value there may be a sign of a currency, a word or two.
        Some(colon) if text.get(colon..)?.chars().count() <= 24 => (text.get(..colon)?, true),
        _ => (text, false),
    };
    let text = text.trim_end_matches(|character: char| !character.is_alphanumeric() && !"#°º%).".contains(character));
    let text = without_figures(text);
    let clause = text.rmatch_indices(['|', '·', ';', ',', '•', '/', '–', '\t']).next();
    let clause = clause.map_or(0, |(at, mark)| at + mark.len());
    let sentence = text.rfind(". ").filter(|&dot| text.get(..dot).is_some_and(ends_sentence)).map_or(0, |at| at + 2);
    let mut start = clause.max(sentence);
    let mut is_before_percent = false;
    for (words, (at, word)) in words_from_end(text.get(start..)?).enumerate() {
        // The rate is a part of the name: "VAT 21 %".
        let is_rate = is_before_percent || word.trim_end_matches(')').ends_with('%');
        let has_digits = word.chars().any(|character| character.is_ascii_digit());
        if has_digits && !is_rate || word.ends_with(':') || words == WORDS_BEFORE {
            start += at + word.len();
            break;
        }
        is_before_percent = is_rate && !has_digits;
    }
    let skipped = text.get(start..)?.len() - text.get(start..)?.trim_start_matches(is_decoration).len();
    start += skipped;
    is_label(text.get(start..)?).then_some((start..text.len(), has_colon))
}

/// Without a figure in parentheses at the end, which is what another one was reckoned from: "VAT 21 % (1,849.50 EUR)".
fn without_figures(text: &str) -> &str {
    let start = text.strip_suffix(')').and_then(|inner| inner.rfind('(')).filter(|&start| start > 0);
    let is_figure = |remark: &str| remark.bytes().any(|byte| byte.is_ascii_digit()) && !remark.contains('%');
    match start.and_then(|start| Some((text.get(..start)?, text.get(start..)?))) {
        Some((name, remark)) if is_figure(remark) => name.trim_end(),
        _ => text,
    }
}

/// Whether a full stop ends a sentence here, not an abbreviation such as "No.".
fn ends_sentence(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().count() > 4
}

fn words_from_end(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().rev().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn is_label(text: &str) -> bool {
    // The digits of a rate are a part of the name: "IVA 10,00 %".
    let (text, is_rate) = match text.trim_end().strip_suffix('%') {
        Some(name) => (name.trim_end_matches(|sign: char| sign.is_ascii_digit() || " .,".contains(sign)), true),
        None => (text, false),
    };
    let text = if is_rate { text.trim_end() } else { text };
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // Digits of a rate are part of a name: "TVA (20,00 %)".
    let is_rate = text.contains('%') && digits <= MOST_OF_RATE;
    text.len() <= LONGEST && letters >= 2 && (digits <= letters || is_rate)
        || matches!(text, "#" | "№" | "€" | "$" | "£")
}

fn is_decoration(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '–' | '—' | '*' | '_' | '•' | '·' | '(' | '|' | '☐' | '☑')
}

/// Bytes of marks before the text proper.
fn lead(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_decoration).len()
}

#[expect(clippy::cast_precision_loss, reason = "lines looked back over are few")]
fn count(lines: usize) -> f32 {
    lines as f32
}

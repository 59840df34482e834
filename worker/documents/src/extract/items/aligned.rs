//! Sheets from lines that stand below one another where the document says nothing of a table: few rows, receipts.

use super::Context;
use super::reading;
use super::sheet::{Cell, MAX_COLUMNS, Sheet};
use crate::document::Rect;
use crate::view::{Line, Span, View};

/// Printed rows that are looked at: some 200 pages.
const MAX_PRINTED: usize = 12_000;
/// Rows below a header that are looked at: more than fit on a page.
const MAX_BELOW: usize = 400;
/// A step down larger than this, in heights of the line, ends a table.
const MAX_STEP: f32 = 4.0;
/// Figures at the end of a line: quantity, price and amount at the most.
const MAX_FIGURES: usize = 3;
/// Rows without a figure that may come between two with: the second line of a description.
const MAX_BETWEEN: usize = 1;

/// Pieces of text that stand on one line of paper.
struct Printed {
    page: u32,
    lines: Vec<usize>,
    at: Option<Rect>,
}

/// What looks like a table among the lines that are in none.
pub(super) fn sheets(view: &View, context: &Context<'_>) -> Vec<Sheet> {
    let printed = printed(view);
    let mut sheets = below_headers(view, &printed);
    sheets.extend(with_figures(view, &printed, context));
    sheets
}

fn printed(view: &View) -> Vec<Printed> {
    let mut printed: Vec<Printed> = Vec::new();
    let mut row = None;
    for (index, line) in view.lines.iter().enumerate().filter(|(_, line)| line.cell.is_none()) {
        let is_full = printed.len() >= MAX_PRINTED;
        match printed.last_mut() {
            Some(last) if row == Some(line.row) && last.page == line.page => {
                last.lines.push(index);
                last.at = Rect::around(last.at.into_iter().chain(line.at));
            }
            _ if is_full => break,
            _ => printed.push(Printed { page: line.page, lines: vec![index], at: line.at }),
        }
        row = Some(line.row);
    }
    printed
}

fn texts<'a>(view: &'a View, printed: &'a Printed) -> impl Iterator<Item = &'a Line> {
    printed.lines.iter().filter_map(|&line| view.lines.get(line))
}

fn has_digit(line: &Line) -> bool {
    line.text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Rows of words with rows of figures below them.
fn below_headers(view: &View, printed: &[Printed]) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut rows = printed.iter().enumerate();
    while let Some((index, header)) = rows.next() {
        let is_header = (2..=MAX_COLUMNS).contains(&header.lines.len())
            && !texts(view, header).any(|line| has_digit(line) || line.text.contains(": "));
        let Some(next) = printed.get(index + 1).filter(|_| is_header) else { continue };
        if next.lines.len() < 2 || !texts(view, next).any(has_digit) {
            continue;
        }
        if let Some((sheet, taken)) = below(view, header, printed.get(index + 1..).unwrap_or_default()) {
            sheets.push(sheet);
            if taken > 0 {
                rows.nth(taken - 1);
            }
        }
    }
    sheets
}

/// The sheet below a header, and how many rows it has.
fn below(view: &View, header: &Printed, rows: &[Printed]) -> Option<(Sheet, usize)> {
    let Some(mut above) = header.at else { return below_in_order(view, header, rows) };
    let heads: Vec<(usize, Rect)> =
        header.lines.iter().filter_map(|&line| Some((line, view.lines.get(line)?.at?))).collect();
    let mut body = Vec::new();
    for row in rows.iter().take(MAX_BELOW).take_while(|row| row.page == header.page) {
        let at = row.at?;
        let is_near = at.top - above.bottom <= MAX_STEP * above.height() && at.top >= above.top;
        if !is_near || (row.lines.len() < 2 && heads.len() > 2 && !body.is_empty() && is_wide(at, &heads)) {
            break;
        }
        let mut cells = vec![Cell::default(); heads.len()];
        for &line in &row.lines {
            let column = view.lines.get(line).and_then(|line| nearest(line.at?, &heads));
            if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                cell.append(&Cell::of(view, vec![view.whole(line)]));
            }
        }
        body.push(cells);
        above = at;
    }
    let taken = body.len();
    let heads = heads.into_iter().map(|(line, _)| Cell::of(view, vec![view.whole(line)])).collect();
    (taken > 0).then(|| (Sheet::of_lines(view, header.page, heads, body), taken))
}

/// The same where nothing has a place: rows of as many pieces as the header has, in its order.
fn below_in_order(view: &View, header: &Printed, rows: &[Printed]) -> Option<(Sheet, usize)> {
    let cells =
        |row: &Printed| -> Vec<Cell> { row.lines.iter().map(|&line| Cell::of(view, vec![view.whole(line)])).collect() };
    let alike = rows.iter().take(MAX_BELOW).take_while(|row| row.page == header.page);
    let body: Vec<Vec<Cell>> = alike.take_while(|row| row.lines.len() == header.lines.len()).map(cells).collect();
    let taken = body.len();
    (taken > 0).then(|| (Sheet::of_lines(view, header.page, cells(header), body), taken))
}

/// Whether one piece of text reaches below more than two headers: prose.
fn is_wide(at: Rect, heads: &[(usize, Rect)]) -> bool {
    heads.iter().filter(|(_, head)| head.left < at.right && head.right > at.left).count() > 2
}

/// The header that a piece stands below: that which it overlaps most, or whose edge is nearest.
fn nearest(at: Rect, heads: &[(usize, Rect)]) -> Option<usize> {
    let overlap = |head: &Rect| head.right.min(at.right) - head.left.max(at.left);
    // Left edges or right edges are aligned in columns of different widths.
    let apart = |head: &Rect| (head.left - at.left).abs().min((head.right - at.right).abs());
    let key = |head: &Rect| if overlap(head) > 0.0 { overlap(head) - apart(head) } else { -1.0 - apart(head) };
    let best = heads.iter().enumerate().max_by(|a, b| key(&a.1.1).total_cmp(&key(&b.1.1)));
    best.map(|(column, _)| column)
}

/// A line that ends in figures, taken apart.
struct Priced {
    count: Option<(usize, usize)>,
    words: (usize, usize),
    figures: Vec<(usize, usize)>,
    is_sum: bool,
}

/// Runs of lines that end in figures: what was bought.
fn with_figures(view: &View, printed: &[Printed], context: &Context<'_>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut run: Vec<(Cell, Priced)> = Vec::new();
    let mut between = 0;
    let mut page = 0;
    for row in printed {
        let spans: Vec<Span> = row.lines.iter().map(|&line| view.whole(line)).collect();
        let whole = Cell::of(view, spans);
        let priced = priced(&whole.text, context);
        let is_next = row.page == page && priced.as_ref().is_some_and(|priced| !priced.is_sum);
        match priced {
            Some(priced) if is_next || (run.is_empty() && !priced.is_sum) => {
                run.push((whole, priced));
                (between, page) = (0, row.page);
            }
            None if between < MAX_BETWEEN && row.page == page && !run.is_empty() => between += 1,
            other => {
                sheets.extend(of_run(view, page, std::mem::take(&mut run)));
                (between, page) = (0, row.page);
                run.extend(other.filter(|priced| !priced.is_sum).map(|priced| (whole, priced)));
            }
        }
    }
    sheets.extend(of_run(view, page, run));
    sheets
}

fn of_run(view: &View, page: u32, run: Vec<(Cell, Priced)>) -> Option<Sheet> {
    if run.len() < 2 {
        return None;
    }
    let counted = run.iter().filter(|(_, priced)| priced.count.is_some()).count();
    let is_counted = 2 * counted > run.len();
    let figures = run.iter().map(|(_, priced)| priced.figures.len()).max().unwrap_or(1);
    let mut body = Vec::with_capacity(run.len());
    for (whole, priced) in run {
        let words = if is_counted {
            priced.words
        } else {
            (priced.count.map_or(priced.words.0, |count| count.0), priced.words.1)
        };
        let count = priced.count.filter(|_| is_counted);
        let mut cells = vec![
            count.map_or_else(Cell::default, |(start, end)| whole.part(view, start, end)),
            whole.part(view, words.0, words.1),
        ];
        // The last figure of each line is in the last column.
        cells.extend((priced.figures.len()..figures).map(|_| Cell::default()));
        cells.extend(priced.figures.iter().map(|(start, end)| whole.part(view, *start, *end)));
        body.push(cells);
    }
    Some(Sheet::of_lines(view, page, vec![Cell::default(); figures + 2], body))
}

/// A line that ends in figures with a fraction, taken apart: `2 Tea 1,50 3,00`.
fn priced(text: &str, context: &Context<'_>) -> Option<Priced> {
    let mut figures: Vec<(usize, usize)> = Vec::new();
    let mut end = text.trim_end().len();
    while figures.len() < MAX_FIGURES {
        let start = text.get(..end)?.rfind(' ').map_or(0, |space| space + 1);
        let word = text.get(start..end)?;
        let is_sign =
            !word.is_empty() && word.chars().count() <= 3 && !word.chars().any(|letter| letter.is_ascii_digit());
        let is_figure = word.bytes().any(|byte| byte.is_ascii_digit())
            && word.chars().filter(|letter| letter.is_alphabetic()).count() <= 1
            && reading::number(word, context.locale).is_some_and(|(figure, ..)| figure.scale() > 0);
        if is_figure {
            figures.insert(0, (start, end));
        } else if !(is_sign && figures.is_empty() && start > 0) {
            break;
        }
        end = text.get(..start)?.trim_end().len();
        if start == 0 {
            break;
        }
    }
    let left = text.get(..end)?;
    let first = left.split(' ').next().unwrap_or_default();
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let is_count = (1..=3).contains(&digits) && matches!(first.get(digits..), Some("" | "x" | "X" | "×"));
    let words_start = if is_count {
        let rest = left.get(first.len()..)?;
        first.len() + rest.len() - rest.trim_start_matches([' ', 'x', '×', '*']).len()
    } else {
        0
    };
    let words_text = left.get(words_start..)?;
    if figures.is_empty() || !words_text.chars().any(char::is_alphabetic) || words_text.trim_end().ends_with(':') {
        return None;
    }
    let is_sum = super::rows::is_sum_label(words_text);
    Some(Priced { count: is_count.then_some((0, digits)), words: (words_start, end), figures, is_sum })
}

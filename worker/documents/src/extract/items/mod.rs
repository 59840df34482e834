//! Items: the rows of a list of objects, from tables, aligned lines, repeated blocks of labels, and lists.
//!
//! ```text
//! View ── sheet (grids) ─┐
//!      ── aligned (lines) ┴─► Sheet ── columns (headers, types, sums) ──► field of each column ── rows ──► Row
//!      ── blocks (labels that come again) ───────────────────────────────────────────────────────────────► Row
//!      ── strings (lists, what follows a heading) ───────────────────────────────────────────────────────► Row
//! ```
//!
//! Every leaf names the text it was read from; one that a sum tells names the leaves of that sum.

mod aligned;
mod assignment;
mod blocks;
mod columns;
mod reading;
mod rows;
mod sheet;
mod strings;

use serde_json::Value;

use self::columns::Plan;
use self::sheet::Sheet;
use crate::matching::{Embedder, Matcher};
use crate::schema::{Field, Kind};
use crate::value::Locale;
use crate::view::{Span, View};

/// The most fields of an item that are looked for: more than any table has columns.
const MAX_LEAVES: usize = 64;
/// The most rows of one list.
const MAX_ROWS: usize = 20_000;
/// A sheet that matches less than this is not what the list asks for. Set by hand with the tuning family in view.
const MIN_MATCH: f32 = 0.28;

/// One item of a list: its leaves that were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) leaves: Vec<Leaf>,
}

/// A leaf of an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    /// Its JSON pointer from the item on: `/quantity`, or nothing where the items are leaves themselves.
    pub(crate) suffix: String,
    /// What it is, as its schema wants it.
    pub(crate) value: Value,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f32,
}

/// Where the leaf of an item comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// From these places, in their order.
    Text(Vec<Span>),
    /// From other leaves of the item, by this rule.
    Derived {
        /// For example `product`.
        rule: &'static str,
        /// Their suffixes.
        from: Vec<String>,
    },
}

/// What stays the same from one list to the next.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// How numbers and dates of the document are written.
    pub(crate) locale: &'a Locale,
    /// Tells nearness of meaning, if there is a network for it.
    pub(crate) embedder: Option<&'a Embedder>,
    /// The fields that the list lies in, the outermost first.
    pub(crate) ancestors: &'a [&'a Field],
}

/// A leaf that an item may have.
struct Wanted<'a> {
    suffix: String,
    field: &'a Field,
    matcher: Matcher,
}

/// The items of a list field.
pub(crate) fn items(view: &View, list: &Field, context: &Context<'_>) -> Vec<Row> {
    let Some(item) = list.item() else { return Vec::new() };
    let mut chain: Vec<&Field> = context.ancestors.to_vec();
    chain.push(list);
    let named = Matcher::of(list, context.ancestors);
    if !matches!(item.kind, Kind::Object(_)) {
        return strings::rows(view, &named, item, context);
    }
    let mut wanted = Vec::new();
    collect(item, &chain, String::new(), &mut wanted);
    if wanted.is_empty() {
        return Vec::new();
    }
    let from_sheets = from_sheets(view, &named, &wanted, context);
    let from_blocks = || blocks::rows(view, &wanted, context);
    let mut rows = from_sheets.unwrap_or_else(from_blocks);
    rows.truncate(MAX_ROWS);
    rows
}

/// The leaves of an item; lists in it are left out.
fn collect<'a>(item: &'a Field, chain: &[&'a Field], suffix: String, wanted: &mut Vec<Wanted<'a>>) {
    for field in item.fields() {
        if wanted.len() >= MAX_LEAVES {
            return;
        }
        let suffix = format!("{suffix}/{}", field.name.replace('~', "~0").replace('/', "~1"));
        match field.kind {
            Kind::Object(_) => {
                let mut chain = chain.to_vec();
                chain.push(field);
                collect(field, &chain, suffix, wanted);
            }
            Kind::List(_) => {}
            _ => wanted.push(Wanted { suffix, field, matcher: Matcher::of(field, chain) }),
        }
    }
}

/// The rows of the sheet that matches best, and of those that go on with it.
fn from_sheets(view: &View, named: &Matcher, wanted: &[Wanted<'_>], context: &Context<'_>) -> Option<Vec<Row>> {
    let mut sheets: Vec<Sheet> = sheet::of_grids(view);
    for sheet in aligned::sheets(view, context) {
        sheets.extend(sheet.counts_apart(view, sheet::is_plain_count));
        sheets.push(sheet);
    }
    let plans: Vec<Plan> = sheets.iter().map(|sheet| columns::plan(view, sheet, named, wanted, context)).collect();
    // Of those that match alike the first.
    let (best, plan) = plans.iter().enumerate().rev().max_by(|a, b| a.1.score.total_cmp(&b.1.score))?;
    if plan.score < MIN_MATCH {
        return None;
    }
    let chosen = sheets.get(best)?;
    let mut rows = Vec::new();
    for (index, (sheet, own)) in sheets.iter().zip(&plans).enumerate() {
        if index == best {
            rows.extend(rows::of_sheet(view, sheet, plan, wanted, context));
        } else if sheet.overlaps(chosen) {
            // Another reading of the same lines.
        } else if sheet.repeats(chosen) && own.score >= MIN_MATCH {
            rows.extend(rows::of_sheet(view, sheet, own, wanted, context));
        } else if sheet.continues(chosen) && columns::fits(plan, sheet, wanted, context) {
            let mut whole = sheet.clone();
            whole.take_header_as_row();
            rows.extend(rows::of_sheet(view, &whole, plan, wanted, context));
        }
    }
    (!rows.is_empty()).then_some(rows)
}

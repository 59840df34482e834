//! Which column of a sheet holds which leaf: by its header, by what its values are, and by what they come to.

use super::reading;
use super::sheet::{Sheet, share};
use super::{Context, Wanted, assignment};
use crate::matching::{Matcher, words};
use crate::schema::{Field, Kind};
use crate::value::{Decimal, Locale};
use crate::view::View;

/// Rows that are looked at to tell what a column holds.
const SAMPLE: usize = 32;
/// Columns of figures that are tried for products: each pair of them with each other.
const MAX_FIGURES: usize = 10;
/// The share of rows in which quantity times price is the amount.
const MIN_PRODUCTS: f32 = 0.8;
/// The share of cells that are figures in a column of figures.
const MIN_FIGURES: f32 = 0.6;
/// The share of cells that a leaf can be read from.
const MIN_READ: f32 = 0.4;
/// What a column scores by what its values come to, by what the header would if it said so.
const BY_PRODUCT: f32 = 0.85;
/// What a column scores by the look of its values alone: a text, the only dates, the last figures.
const BY_LOOK: f32 = 0.5;
/// The same where there is a header and it says something else.
const BY_LOOK_UNDER_HEADER: f32 = 0.4;
/// What is left over goes together if the values can be read. As sure as this.
const LEFT_OVER: f32 = 0.08;
/// A pair that scores less was put together because it was left over.
const MIN_SURE: f32 = 0.25;
/// The share of leaves that must be found by more than being left over, for others to be.
const MIN_FOUND: f32 = 0.5;
/// What lines score that only look like a table, by a table.
const LINES: f32 = 0.9;
/// The same without a header.
const BARE_LINES: f32 = 0.8;
/// What the heading of the sheet adds if it names the list.
const HEADING: f32 = 0.15;
/// A header names the leaf, as far as the heading of another list must not.
const NAMED: f32 = 0.6;

/// What is left of a header that a column's figures speak against.
const OPPOSED: f32 = 0.4;
/// How far a text is what a row is about if no other text is wanted.
const ONLY_TEXT: f32 = 0.7;
/// How far such a word tells.
const TOLD: f32 = 0.7;
/// Words of names that say that something is of one piece, and that it is of all of a row.
const OF_ONE: &[&str] = &["unit", "one", "each", "single", "per", "piece", "apiece", "unitaire", "unitario", "einzel"];
const OF_ALL: &[&str] = &["line", "row", "total", "extended", "sum", "all", "gesamt", "ligne", "linea"];

/// What is in which column.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// How well the sheet gives what is wanted.
    pub(super) score: f32,
    /// For each leaf its column and how sure that is.
    pub(super) chosen: Vec<Option<(usize, f32)>>,
    /// Quantity, price and amount, if the rows bear them out.
    pub(super) product: Option<Product>,
}

/// Columns of which two multiplied are the third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Product {
    pub(super) quantity: usize,
    pub(super) price: usize,
    pub(super) amount: usize,
}

/// What a column holds.
#[derive(Debug, Default)]
struct Profile {
    /// The figure of each row looked at.
    figures: Vec<Option<Decimal>>,
    figure_share: f32,
    integer_share: f32,
    date_share: f32,
    /// Letters of a cell, on average.
    letters: f32,
    filled: usize,
}

/// Which columns hold what is wanted.
pub(super) fn plan(view: &View, sheet: &Sheet, named: &Matcher, wanted: &[Wanted<'_>], context: &Context<'_>) -> Plan {
    if sheet.body.is_empty() {
        return Plan::default();
    }
    let profiles: Vec<Profile> = (0..sheet.heads.len()).map(|column| profile(sheet, column, context.locale)).collect();
    let product = product(&profiles);
    let looks = Looks::of(&profiles, product);
    let texts = wanted.iter().filter(|leaf| matches!(leaf.field.kind, Kind::Text { format: None, .. }));
    let has_one_text = texts.count() == 1;
    let scores: Vec<Vec<f32>> = wanted
        .iter()
        .map(|leaf| {
            let mut roles = Roles::of(leaf, context);
            if has_one_text && matches!(leaf.field.kind, Kind::Text { format: None, .. }) {
                roles.description = roles.description.max(ONLY_TEXT);
            }
            (0..sheet.heads.len()).map(|column| pair(sheet, column, leaf, &roles, &looks, context)).collect()
        })
        .collect();
    let columns = assignment::best(&scores, sheet.heads.len());
    let mut chosen: Vec<Option<(usize, f32)>> = columns
        .iter()
        .zip(&scores)
        .map(|(column, row)| column.and_then(|column| Some((column, *row.get(column)?))))
        .collect();
    let sure = chosen.iter().flatten().filter(|(_, score)| *score >= MIN_SURE).count();
    if share(sure, wanted.len()) < MIN_FOUND {
        chosen.iter_mut().filter(|pair| pair.is_some_and(|(_, score)| score < MIN_SURE)).for_each(|pair| *pair = None);
    }
    #[expect(clippy::cast_precision_loss, reason = "leaves are few")]
    let found = chosen.iter().flatten().map(|(_, score)| score).sum::<f32>() / wanted.len().max(1) as f32;
    let heading = view.heading_over(sheet.first).map_or(0.0, |label| named.score(view.text(label.span), None));
    let kind = match (sheet.is_grid, sheet.has_header()) {
        (true, _) => 1.0,
        (false, true) => LINES,
        (false, false) => BARE_LINES,
    };
    let score = if found > 0.0 { kind * found + if heading >= NAMED { HEADING } else { 0.0 } } else { 0.0 };
    Plan { score, chosen, product }
}

/// Whether the rows of a sheet without header can be read by this plan.
pub(super) fn fits(plan: &Plan, sheet: &Sheet, wanted: &[Wanted<'_>], context: &Context<'_>) -> bool {
    let pairs = plan.chosen.iter().zip(wanted).filter_map(|(chosen, leaf)| Some(((*chosen)?.0, leaf)));
    let mut all = 0;
    let mut read = 0;
    for (column, leaf) in pairs {
        all += 1;
        read += usize::from(readable(sheet, column, leaf.field, context.locale) >= MIN_READ);
    }
    all > 0 && all == read
}

/// How well a column and a leaf go together.
fn pair(sheet: &Sheet, column: usize, leaf: &Wanted<'_>, roles: &Roles, looks: &Looks, context: &Context<'_>) -> f32 {
    let readable = readable(sheet, column, leaf.field, context.locale);
    if readable < MIN_READ {
        return 0.0;
    }
    let head = sheet.heads.get(column).map_or("", |head| head.text.as_str());
    let said = if head.is_empty() { 0.0 } else { leaf.matcher.score(head, context.embedder) };
    let is_told = sheet.has_header() && !head.is_empty();
    let by_look = if is_told { BY_LOOK_UNDER_HEADER } else { BY_LOOK };
    let said = said * looks.agreement(column, roles);
    let borne_out = BY_PRODUCT * looks.product_role(column, roles);
    let looked = by_look * looks.role(column, roles, leaf.field);
    (0.3 + 0.7 * readable) * said.max(borne_out).max(looked).max(LEFT_OVER)
}

/// The share of the cells of a column that can be read as the field wants.
fn readable(sheet: &Sheet, column: usize, field: &Field, locale: &Locale) -> f32 {
    let cells = sheet.column(column).flatten().filter(|cell| !cell.is_blank()).take(SAMPLE);
    let mut all = 0;
    let mut sure = 0.0;
    for cell in cells {
        all += 1;
        sure += reading::read(field, &cell.text, locale).map_or(0.0, |reading| reading.confidence);
    }
    #[expect(clippy::cast_precision_loss, reason = "no more cells than are looked at")]
    let share = sure / all.max(1) as f32;
    share
}

fn profile(sheet: &Sheet, column: usize, locale: &Locale) -> Profile {
    let mut profile = Profile::default();
    let (mut figures, mut integers, mut dates, mut letters) = (0, 0, 0, 0);
    for cell in sheet.column(column).take(SAMPLE) {
        let text = cell.map_or("", |cell| cell.text.as_str());
        let figure =
            reading::number(text, locale).filter(|(.., confidence)| *confidence > 0.9).map(|(figure, ..)| figure);
        profile.filled += usize::from(!text.trim().is_empty());
        figures += usize::from(figure.is_some());
        integers += usize::from(figure.is_some_and(|figure| figure.scale() == 0));
        dates += usize::from(crate::value::read(text, crate::value::Kind::Date, locale).is_some());
        letters += text.chars().filter(|character| character.is_alphabetic()).count();
        profile.figures.push(figure);
    }
    profile.figure_share = share(figures, profile.filled);
    profile.integer_share = share(integers, profile.filled);
    profile.date_share = share(dates, profile.filled);
    profile.letters = share(letters, profile.filled);
    profile
}

/// Columns of which two multiplied are the third in nearly all rows.
fn product(profiles: &[Profile]) -> Option<Product> {
    let figures: Vec<usize> = profiles
        .iter()
        .enumerate()
        .filter(|(_, profile)| profile.figure_share >= MIN_FIGURES)
        .map(|(column, _)| column)
        .take(MAX_FIGURES)
        .collect();
    let mut best: Option<(f32, Product)> = None;
    for (at, &left) in figures.iter().enumerate() {
        for &right in figures.iter().skip(at + 1) {
            for &amount in figures.iter().filter(|&&amount| amount != left && amount != right) {
                let Some(share) = products(profiles, left, right, amount) else { continue };
                if share >= MIN_PRODUCTS && best.is_none_or(|(other, _)| share > other) {
                    let (quantity, price) = quantity_first(profiles, left, right);
                    best = Some((share, Product { quantity, price, amount }));
                }
            }
        }
    }
    best.map(|(_, product)| product)
}

/// In which share of the rows the product of two columns is the third; nothing if no row tells.
fn products(profiles: &[Profile], left: usize, right: usize, amount: usize) -> Option<f32> {
    let figures = |column: usize| profiles.get(column).map(|profile| profile.figures.as_slice());
    let rows = figures(left)?.iter().zip(figures(right)?).zip(figures(amount)?);
    let (mut told, mut true_ones) = (0, 0);
    for ((left, right), amount) in rows {
        let (Some(left), Some(right), Some(amount)) = (left, right, amount) else { continue };
        // One times something tells nothing, and neither does nothing.
        let is_telling = [left, right].iter().all(|factor| factor.abs() != Decimal::new(1, 0)) && !amount.is_zero();
        let is_true = crate::extract::arithmetic::is_product(*left, *right, *amount);
        told += usize::from(is_telling || !is_true);
        true_ones += usize::from(is_telling && is_true);
    }
    (told > 0).then(|| share(true_ones, told))
}

/// Quantities are whole more often than prices, and where both are, smaller.
fn quantity_first(profiles: &[Profile], left: usize, right: usize) -> (usize, usize) {
    let integers = |column: usize| profiles.get(column).map_or(0.0, |profile| profile.integer_share);
    let sum = |column: usize| -> f64 {
        let figures = profiles.get(column).map_or(&[][..], |profile| profile.figures.as_slice());
        figures.iter().flatten().map(|figure| figure.nearest()).sum()
    };
    let is_left = match integers(left).total_cmp(&integers(right)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => sum(left) <= sum(right),
    };
    if is_left { (left, right) } else { (right, left) }
}

/// How far a leaf is what rows usually have.
#[derive(Debug, Default)]
struct Roles {
    quantity: f32,
    price: f32,
    amount: f32,
    description: f32,
    date: f32,
    code: f32,
    /// Its name says that it is of one piece, or of all of a row.
    is_of_one: bool,
    is_of_all: bool,
}

impl Roles {
    fn of(leaf: &Wanted<'_>, context: &Context<'_>) -> Self {
        let score = |labels: &[&str]| {
            labels.iter().map(|label| leaf.matcher.score(label, context.embedder)).fold(0.0, f32::max)
        };
        let words = words::of_name(&leaf.field.name);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
        // Words that tell the price of one from that of all.
        let (is_of_one, is_of_all) = (has(OF_ONE), has(OF_ALL));
        let tell = |score: f32, is: bool, is_not: bool| match (is, is_not) {
            (true, false) => score.max(TOLD),
            (false, true) => TOLD * score,
            _ => score,
        };
        match &leaf.field.kind {
            Kind::Number { .. } => Self {
                quantity: score(&["Quantity"]),
                price: tell(score(&["Unit price"]), is_of_one, is_of_all),
                amount: tell(score(&["Amount", "Line total"]), is_of_all, is_of_one),
                is_of_one,
                is_of_all,
                ..Self::default()
            },
            Kind::Text { .. } => Self {
                description: score(&["Description", "Product name"]),
                date: score(&["Date"]),
                code: score(&["Item number"]),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

/// What the columns look like beside one another.
struct Looks {
    product: Option<Product>,
    /// The column of the longest texts.
    texts: Option<usize>,
    /// The first column of dates.
    dates: Option<usize>,
    /// The last column of figures.
    last_figures: Option<usize>,
    /// The first column of whole numbers.
    integers: Option<usize>,
    figures: Vec<bool>,
}

impl Looks {
    fn of(profiles: &[Profile], product: Option<Product>) -> Self {
        let is_figures = |profile: &Profile| profile.filled > 0 && profile.figure_share >= MIN_FIGURES;
        let texts = profiles.iter().enumerate().max_by(|a, b| a.1.letters.total_cmp(&b.1.letters));
        let integers = profiles.iter().position(|profile| is_figures(profile) && profile.integer_share >= MIN_PRODUCTS);
        Self {
            product,
            texts: texts.filter(|(_, profile)| profile.letters > 2.0).map(|(column, _)| column),
            dates: profiles.iter().position(|profile| profile.date_share >= MIN_FIGURES),
            last_figures: profiles.iter().rposition(is_figures).filter(|column| integers != Some(*column)),
            integers,
            figures: profiles.iter().map(is_figures).collect(),
        }
    }

    /// How far the leaf is what the column is by its products.
    fn product_role(&self, column: usize, roles: &Roles) -> f32 {
        let Some(Product { quantity, price, amount }) = self.product else { return 0.0 };
        match column {
            _ if column == quantity => roles.quantity,
            _ if column == price => roles.price,
            _ if column == amount => roles.amount,
            _ => 0.0,
        }
    }

    /// What is left of what the header says where the figures say the opposite: the price of one is not that of all.
    fn agreement(&self, column: usize, roles: &Roles) -> f32 {
        let Some(Product { price, amount, .. }) = self.product else { return 1.0 };
        let is_price_of_all = column == price && roles.is_of_all && !roles.is_of_one;
        let is_amount_of_one = column == amount && roles.is_of_one && !roles.is_of_all;
        if is_price_of_all || is_amount_of_one { OPPOSED } else { 1.0 }
    }

    /// How far the leaf is what the column looks like.
    fn role(&self, column: usize, roles: &Roles, field: &Field) -> f32 {
        let is = |place: Option<usize>, role: f32| if place == Some(column) { role } else { 0.0 };
        let is_number = matches!(field.kind, Kind::Number { .. });
        let is_figures = self.figures.get(column).copied().unwrap_or_default();
        let by_role = is(self.texts, roles.description)
            .max(is(self.dates, roles.date))
            .max(is(self.last_figures, roles.amount))
            .max(is(self.integers, roles.quantity));
        // A code has letters and figures, and is neither the longest text nor a figure.
        let is_code = !is_figures && self.texts != Some(column) && self.dates != Some(column);
        if is_number && !is_figures { 0.0 } else { by_role.max(if is_code { 0.8 * roles.code } else { 0.0 }) }
    }
}

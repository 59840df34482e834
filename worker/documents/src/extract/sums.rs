//! Sums by what they come to: a net amount, its tax and the gross amount, under each other or side by side, are what
//! they are whatever their labels say.
//!
//! ```text
//! Worth of goods       80.00      80.00 + 16.00 = 96.00, and 20 % of 80.00 = 16.00
//! VAT 20 %             16.00
//! We debit you with    96.00
//! ```

use super::arithmetic::{self, Role};
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::reading::{Reading, Typed};
use super::tabled::{self, Place, Tabled};
use crate::lexicon::Concept;
use crate::value::{self, Decimal, Kind};
use crate::view::Span;

/// What a figure is worth that is told by this alone. Set by hand with the practice family in view.
const TOLD: f32 = 0.8;
/// What a tax is worth that is told in parts, one for each rate: each part has a label of a tax.
const IN_PARTS: f32 = 0.95;
/// Figures that are held against each other: the last ones of a document, where its sums stand.
const MOST: usize = 60;
/// Amounts that are called taxes.
const MOST_TAXES: usize = 12;
/// Labels of an amount that are looked at, and how well they must name a tax.
const LABELS: usize = 2;
const CALLED: f32 = 0.6;
/// Edges of figures under each other are closer than this, in shares of the page, and so many lines apart.
const EDGE: f32 = 0.02;
const LINES: usize = 24;
/// Rates of taxes on sales, in tenths of a percent: a share of any other size needs its rate on the paper.
const RATES: &[i64] = &[
    20, 21, 25, 26, 37, 38, 40, 50, 55, 60, 70, 77, 80, 81, 90, 95, 100, 105, 120, 130, 135, 140, 150, 160, 170, 190,
    200, 210, 220, 230, 240, 250, 255,
];

/// The figures of a document whose role is told by what they come to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    told: Vec<(Role, Span)>,
    /// Taxes at several rates, if a net amount and they come to a gross amount.
    parts: Vec<(Decimal, Span)>,
}

/// A net amount, its tax and what they come to.
#[derive(Debug, Clone, Copy)]
struct Triple<'d> {
    net: &'d Typed,
    tax: &'d Typed,
    gross: &'d Typed,
}

impl Triple<'_> {
    fn figures(&self) -> [Option<Decimal>; 3] {
        [self.net, self.tax, self.gross].map(|typed| typed.value.number())
    }
}

impl Sums {
    pub(crate) fn of(reading: &Reading, tables: &[Tabled]) -> Self {
        let is_free = |typed: &&Typed| tabled::place(reading, tables, typed.span) != Place::Item;
        let figures: Vec<&Typed> = reading.values.iter().rev().filter(is_amount).filter(is_free).take(MOST).collect();
        let rates: Vec<&Typed> = reading.values.iter().filter(|typed| typed.value.kind() == Kind::Percent).collect();
        let mut triples = triples(reading, &figures, &rates);
        if let Some(sum) = sum_of(&triples, &figures) {
            triples.push(sum);
        }
        if triples.is_empty() {
            return Self { told: Vec::new(), parts: parts(reading, &figures) };
        }
        let gross = |triple: &Triple<'_>| triple.gross.value.number();
        let Some(most) = triples.iter().filter_map(gross).max_by(|a, b| a.nearest().total_cmp(&b.nearest())) else {
            return Self::default();
        };
        let last: Vec<&Triple<'_>> = triples.iter().filter(|triple| gross(triple) == Some(most)).collect();
        // Two ways to come to it tell nothing.
        if last.iter().any(|triple| Some(triple.figures()) != last.first().map(|first| first.figures())) {
            return Self::default();
        }
        let mut told = Vec::new();
        for triple in last {
            let rate = rates.iter().filter(|rate| is_rate_of(rate, triple));
            let rate = rate.min_by_key(|rate| rate.span.line.abs_diff(triple.tax.span.line));
            let figures = [(Role::Subtotal, triple.net), (Role::Tax, triple.tax), (Role::Total, triple.gross)];
            let figures = figures.into_iter().chain(rate.map(|rate| (Role::TaxRate, *rate)));
            told.extend(figures.map(|(role, typed)| (role, typed.span)));
        }
        Self { told, parts: Vec::new() }
    }

    /// The figures of the role that the field asks for.
    pub(super) fn push(&self, reading: &Reading, leaf: &Leaf<'_>, best: &mut Best) {
        let role = match leaf.concept {
            // What is due may be less than the total.
            None | Some(Concept::AmountDue) => None,
            Some(concept) => arithmetic::Role::of(concept),
        };
        if role == Some(Role::Tax) && !self.parts.is_empty() {
            let sum = self.parts.iter().try_fold(Decimal::ZERO, |sum, (part, _)| sum.plus(*part));
            let spans = self.parts.iter().map(|(_, span)| *span).collect();
            let typed = sum.map(|amount| value::Typed::Money { amount, currency: None });
            if let Some(value) = typed.and_then(|typed| normal::of_typed(leaf, &typed, Kind::Money)) {
                best.push(Candidate { spans, value, score: IN_PARTS });
            }
        }
        let wanted = if role == Some(Role::TaxRate) { Kind::Percent } else { Kind::Money };
        for (_, span) in self.told.iter().filter(|(told, _)| Some(*told) == role) {
            let typed = reading.values_of(span.line).iter().find(|typed| typed.span == *span);
            if let Some(value) = typed.and_then(|typed| normal::of_typed(leaf, &typed.value, wanted)) {
                best.push(Candidate { spans: vec![*span], value, score: TOLD });
            }
        }
    }
}

/// Whether a value is an amount: it says of what currency it is, or has hundredths.
fn is_amount(typed: &&Typed) -> bool {
    match &typed.value {
        value::Typed::Money { amount, currency } => {
            !amount.is_negative() && !amount.is_zero() && (currency.is_some() || amount.scale() == 2)
        }
        value::Typed::Number(number) => !number.is_negative() && !number.is_zero() && number.scale() == 2,
        _ => false,
    }
}

/// All three of figures that are near each other, of which one is the tax of another and the last one both together.
fn triples<'d>(reading: &Reading, figures: &[&'d Typed], rates: &[&Typed]) -> Vec<Triple<'d>> {
    let mut triples = Vec::new();
    for &net in figures {
        for &tax in figures.iter().filter(|tax| is_near(reading, net, tax)) {
            let (Some(base), Some(part)) = (net.value.number(), tax.value.number()) else { continue };
            let is_share = || rates.iter().any(|rate| is_share_of(rate, base, part)) || is_usual(base, part);
            let is_tax = || is_share() || is_called_tax(reading, tax);
            let Some(sum) = base.plus(part).filter(|_| part.nearest() < base.nearest() && is_tax()) else { continue };
            let gross = figures.iter().filter(|gross| gross.value.number() == Some(sum));
            let gross = gross.filter(|gross| is_near(reading, tax, gross) && is_near(reading, net, gross));
            triples.extend(gross.map(|&gross| Triple { net, tax, gross }));
        }
    }
    triples
}

/// What the sums at several rates come to together, if that stands there as well.
fn sum_of<'d>(triples: &[Triple<'d>], figures: &[&'d Typed]) -> Option<Triple<'d>> {
    let mut seen: Vec<[Option<Decimal>; 3]> = triples.iter().map(Triple::figures).collect();
    seen.sort();
    seen.dedup();
    let sum = |at: usize| {
        let column = seen.iter().filter_map(|figures| figures.get(at).copied().flatten());
        column.into_iter().try_fold(Decimal::ZERO, Decimal::plus)
    };
    let written = |sum: Option<Decimal>| figures.iter().find(|figure| figure.value.number() == sum).copied();
    let [net, tax, gross] = [sum(0), sum(1), sum(2)].map(written);
    (seen.len() > 1).then_some(Triple { net: net?, tax: tax?, gross: gross? })
}

/// Two taxes that come to a gross amount with a net amount over them, all under each other.
fn parts(reading: &Reading, figures: &[&Typed]) -> Vec<(Decimal, Span)> {
    let called: Vec<&&Typed> =
        figures.iter().filter(|figure| is_called_tax(reading, figure)).take(MOST_TAXES).collect();
    for (at, one) in called.iter().enumerate() {
        for other in called.iter().skip(at + 1).filter(|other| is_near(reading, one, other)) {
            let (Some(a), Some(b)) = (one.value.number(), other.value.number()) else { continue };
            let Some(tax) = a.plus(b) else { continue };
            let is_gross = |net: &Decimal, gross: &&&Typed| gross.value.number() == net.plus(tax);
            let has_gross = figures.iter().filter(|net| is_near(reading, one, net)).any(|net| {
                let base = net.value.number().filter(|base| base.nearest() > tax.nearest());
                base.is_some_and(|base| {
                    figures.iter().any(|gross| is_gross(&base, &gross) && is_near(reading, net, gross))
                })
            });
            if has_gross {
                return vec![(b, other.span), (a, one.span)];
            }
        }
    }
    Vec::new()
}

fn is_rate_of(rate: &Typed, triple: &Triple<'_>) -> bool {
    let (Some(base), Some(part)) = (triple.net.value.number(), triple.tax.value.number()) else { return false };
    is_share_of(rate, base, part)
}

fn is_share_of(rate: &Typed, base: Decimal, part: Decimal) -> bool {
    rate.value.number().is_some_and(|rate| arithmetic::is_share(base, rate, part))
}

/// Whether what stands beside an amount calls it a tax.
fn is_called_tax(reading: &Reading, tax: &Typed) -> bool {
    let labels = reading.view.labels(tax.span);
    let called = labels.iter().take(LABELS).find_map(|label| Role::of_label(reading.text(label.span)));
    called.is_some_and(|(role, score)| role == Role::Tax && score >= CALLED)
}

/// Whether a part of a sum is what a usual rate makes it.
fn is_usual(base: Decimal, part: Decimal) -> bool {
    RATES.iter().any(|&tenths| arithmetic::is_share(base, Decimal::new(tenths, 1), part))
}

/// Whether two figures stand under each other, near, or side by side.
fn is_near(reading: &Reading, one: &Typed, other: &Typed) -> bool {
    let view = &reading.view;
    let (Some(line), Some(next)) = (view.lines.get(one.span.line), view.lines.get(other.span.line)) else {
        return false;
    };
    if one.span == other.span || line.page != next.page || one.span.line.abs_diff(other.span.line) > LINES {
        return false;
    }
    match (view.rect(one.span), view.rect(other.span)) {
        (Some(a), Some(b)) => {
            let is_beside = (a.top - b.top).abs() <= 0.5 * a.height().min(b.height());
            is_beside || (a.right - b.right).abs() <= EDGE || (a.left - b.left).abs() <= EDGE
        }
        _ => true,
    }
}

//! Arithmetic: what the figures of a document come to. Figures that do are surer than their labels alone make them, and
//! of several candidates that which does is likelier meant.
//!
//! ```text
//! quantity x unit price = amount     subtotal + tax + shipping - discount = total
//! sum of the amounts    = subtotal   base x rate = tax        paid - change = total
//! ```

use std::collections::BTreeMap;

use crate::lexicon::{self, Concept};
use crate::value::Decimal;
use crate::view::{Relation, Span, View};

/// Figures of a role that are held against others: their combinations are tried out.
const MAX_OF_ROLE: usize = 10;
/// Labels of a figure that are looked at.
const MAX_LABELS: usize = 3;
/// Figures of a document that are looked at: those of long tables are not what its end comes to.
const MAX_FIGURES: usize = 4_000;
/// A label names a role from here on.
const MIN_NAMED: f32 = 0.6;
/// How far figures that come to one another support each: sums by chance are rarer than the others.
const BY_SUM: f32 = 1.0;
const BY_PAYMENT: f32 = 0.9;
const BY_RATE: f32 = 0.9;
const BY_ROWS: f32 = 0.7;
/// What is left of the surest source of what follows from it.
const DERIVED: f32 = 0.85;
/// Sources less sure than this say nothing about what follows from them.
const MIN_SOURCE: f32 = 0.6;

/// What a figure is to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Subtotal,
    Tax,
    TaxRate,
    Shipping,
    Discount,
    Total,
    Paid,
    Change,
    /// What was there before the rows, or is after them, and takes no part in sums here.
    Balance,
    Quantity,
    UnitPrice,
    Amount,
}

impl Role {
    /// The role that a label names, and how surely.
    pub(crate) fn of_label(label: &str) -> Option<(Self, f32)> {
        lexicon::concepts_of_label(label).into_iter().find_map(|(concept, score)| Some((Self::of(concept)?, score)))
    }

    /// The role of what has this meaning.
    pub(crate) fn of(concept: Concept) -> Option<Self> {
        Some(match concept {
            Concept::Subtotal => Self::Subtotal,
            Concept::Tax => Self::Tax,
            Concept::TaxRate => Self::TaxRate,
            Concept::ShippingCost => Self::Shipping,
            Concept::Discount => Self::Discount,
            Concept::Total | Concept::AmountDue => Self::Total,
            Concept::AmountPaid | Concept::CashTendered => Self::Paid,
            Concept::Change => Self::Change,
            Concept::OpeningBalance | Concept::ClosingBalance | Concept::GrossPay | Concept::NetPay => Self::Balance,
            Concept::Quantity => Self::Quantity,
            Concept::UnitPrice => Self::UnitPrice,
            Concept::LineAmount => Self::Amount,
            _ => return None,
        })
    }

    /// Whether it is a figure of the document and not of one of its rows.
    pub(crate) fn is_of_document(self) -> bool {
        !matches!(self, Self::Quantity | Self::UnitPrice | Self::Amount)
    }
}

/// Whether two figures multiplied are the third, as far as it is written out.
pub(crate) fn is_product(quantity: Decimal, price: Decimal, amount: Decimal) -> bool {
    let is_whole = price.scale() == 0 && amount.scale() == 0;
    let scale = if is_whole { 0 } else { amount.scale().max(2) };
    quantity.abs().times(price.abs()).is_some_and(|product| is_near(product.rounded(scale), amount.abs(), scale))
}

/// Whether two figures are the same but for one unit of their last place, by which rounding may set them apart.
fn is_near(one: Decimal, other: Decimal, scale: u32) -> bool {
    let unit = if scale == 0 { Decimal::ZERO } else { Decimal::new(1, scale) };
    one.minus(other).is_some_and(|difference| difference.abs() <= unit)
}

fn is_same(one: Decimal, other: Decimal) -> bool {
    is_near(one, other, one.scale().max(other.scale()).max(2))
}

/// The figures that the labels of a document give a role, whether a schema asks for them or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    figures: BTreeMap<Role, Vec<Decimal>>,
    /// What the columns of the rows that were found sum up to.
    sums: Vec<Decimal>,
}

impl Ledger {
    /// The ledger of a document, from the figures that stand in it.
    pub(crate) fn of(view: &View, figures: impl IntoIterator<Item = (Span, Decimal)>) -> Self {
        let mut ledger = Self::default();
        for (span, figure) in figures.into_iter().take(MAX_FIGURES) {
            let labels = view.labels(span);
            let named = labels
                .iter()
                .filter(|label| label.relation != Relation::Heading)
                .take(MAX_LABELS)
                .find_map(|label| Role::of_label(view.text(label.span)).filter(|(_, score)| *score >= MIN_NAMED));
            if let Some((role, _)) = named {
                ledger.push(role, figure);
            }
        }
        ledger
    }

    /// Adds a figure of a role.
    pub(crate) fn push(&mut self, role: Role, figure: Decimal) {
        let known = self.figures.entry(role).or_default();
        if known.len() < MAX_OF_ROLE && !known.contains(&figure) {
            known.push(figure);
        }
    }

    /// Adds what a column of rows sums up to.
    pub(crate) fn push_sum(&mut self, figures: impl IntoIterator<Item = Decimal>) {
        let mut count = 0;
        let sum = figures.into_iter().inspect(|_| count += 1).try_fold(Decimal::ZERO, Decimal::plus);
        if let Some(sum) = sum.filter(|_| count > 1 && self.sums.len() < MAX_OF_ROLE) {
            self.sums.push(sum);
        }
    }

    fn of_role(&self, role: Role) -> &[Decimal] {
        self.figures.get(&role).map_or(&[], Vec::as_slice)
    }

    /// How far the other figures bear out that this one has this role, from 0 to 1.
    pub(crate) fn support(&self, role: Role, figure: Decimal) -> f32 {
        if figure.is_zero() {
            return 0.0;
        }
        let by_others = match role {
            Role::Total => self.total(figure),
            Role::Subtotal => self.any(Role::Total, Role::Tax, |total, tax| self.adds_up(figure, tax, total)),
            Role::Tax => {
                let sum = self.any(Role::Subtotal, Role::Total, |base, total| self.adds_up(base, figure, total));
                let rate = self.any(Role::Subtotal, Role::TaxRate, |base, rate| is_share(base, rate, figure));
                // Receipts say what of their total is tax, and no net amount.
                let within = self.any(Role::Total, Role::TaxRate, |total, rate| is_within(total, rate, figure));
                sum.max(BY_RATE * rate).max(BY_RATE * within)
            }
            Role::TaxRate => BY_RATE * self.any(Role::Subtotal, Role::Tax, |base, tax| is_share(base, figure, tax)),
            Role::Paid => {
                BY_PAYMENT * self.any(Role::Total, Role::Change, |total, change| is_sum(total, change, figure))
            }
            Role::Change => BY_PAYMENT * self.any(Role::Total, Role::Paid, |total, paid| is_sum(total, figure, paid)),
            _ => 0.0,
        };
        let is_of_rows = matches!(role, Role::Total | Role::Subtotal);
        let by_rows = is_of_rows && self.sums.iter().any(|sum| is_same(*sum, figure));
        by_others.max(if by_rows { BY_ROWS } else { 0.0 })
    }

    fn total(&self, total: Decimal) -> f32 {
        let sum = self.any(Role::Subtotal, Role::Tax, |base, tax| self.adds_up(base, tax, total));
        let paid = self.any(Role::Paid, Role::Change, |paid, change| is_sum(total, change, paid));
        (BY_SUM * sum).max(BY_PAYMENT * paid)
    }

    /// The base of the tax and what both come to, if a rate that is printed bears them out: figures of which the smaller
    /// may be called a total too, as in "Total, VAT 19 %, to pay".
    pub(crate) fn settled(&self) -> Option<(Decimal, Decimal)> {
        let totals = self.of_role(Role::Total);
        let (taxes, rates) = (self.of_role(Role::Tax), self.of_role(Role::TaxRate));
        let is_borne_out = |net: Decimal, tax: Decimal| rates.iter().chain(taxes).any(|rate| is_share(net, *rate, tax));
        let bases = self.of_role(Role::Subtotal).iter().chain(totals);
        // Of several rates none is the tax of all, and more than the figure come to is asked for another reason.
        let largest = totals.iter().copied().max()?;
        bases.copied().filter(|net| !net.is_zero()).find_map(|net| {
            let mut tax = taxes.iter().copied().filter(|tax| !tax.is_zero() && is_borne_out(net, *tax));
            tax.any(|tax| is_sum(net, tax, largest)).then_some((net, largest))
        })
    }

    /// 1 if any two figures of these roles pass.
    fn any(&self, one: Role, other: Role, passes: impl Fn(Decimal, Decimal) -> bool) -> f32 {
        let others = self.of_role(other);
        let holds = self.of_role(one).iter().any(|one| others.iter().any(|other| passes(*one, *other)));
        if holds { 1.0 } else { 0.0 }
    }

    /// Whether base and tax are the total, shipping added or a discount taken away if there is any.
    fn adds_up(&self, base: Decimal, tax: Decimal, total: Decimal) -> bool {
        let Some(sum) = base.plus(tax).filter(|_| !tax.is_zero()) else { return false };
        let with = |more: &Decimal| sum.plus(*more).is_some_and(|sum| is_same(sum, total));
        let without = |less: &Decimal| sum.minus(less.abs()).is_some_and(|sum| is_same(sum, total));
        is_same(sum, total)
            || self.of_role(Role::Shipping).iter().any(with)
            || self.of_role(Role::Discount).iter().any(without)
    }
}

fn is_sum(one: Decimal, other: Decimal, sum: Decimal) -> bool {
    one.plus(other).is_some_and(|plus| is_same(plus, sum))
}

/// Whether the rate in percent of a base is the part.
pub(crate) fn is_share(base: Decimal, rate: Decimal, part: Decimal) -> bool {
    let hundredth = Decimal::new(1, 2);
    let share = base.times(rate).and_then(|share| share.times(hundredth));
    share.is_some_and(|share| is_same(share.rounded(part.scale().max(2)), part))
}

/// Whether a total has the part in it that a rate in percent of the rest comes to.
fn is_within(total: Decimal, rate: Decimal, part: Decimal) -> bool {
    total.minus(part).is_some_and(|base| !rate.is_zero() && is_share(base, rate, part))
}

/// A figure of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Known<'a> {
    /// Its JSON pointer.
    pub(crate) pointer: &'a str,
    pub(crate) role: Role,
    pub(crate) figure: Decimal,
    pub(crate) confidence: f32,
}

/// A figure that follows from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Derived {
    pub(crate) pointer: String,
    pub(crate) figure: Decimal,
    /// `sum` or `difference`.
    pub(crate) rule: &'static str,
    /// The pointers of those others.
    pub(crate) from: Vec<String>,
    pub(crate) confidence: f32,
}

impl Ledger {
    /// What an asked figure is that the document does not write out, if it follows from two others that are sure, and
    /// nothing else comes in between.
    pub(crate) fn derive(&self, pointer: &str, role: Role, known: &[Known<'_>]) -> Option<Derived> {
        let is_plain = self.of_role(Role::Shipping).is_empty() && self.of_role(Role::Discount).is_empty();
        let (rule, one, other) = match role {
            Role::Total => ("sum", Role::Subtotal, Role::Tax),
            Role::Subtotal => ("difference", Role::Total, Role::Tax),
            Role::Tax => ("difference", Role::Total, Role::Subtotal),
            Role::Change => ("difference", Role::Paid, Role::Total),
            _ => return None,
        };
        if !is_plain && role != Role::Change {
            return None;
        }
        let source = |role: Role| {
            let sure = known.iter().filter(|known| known.role == role && known.confidence >= MIN_SOURCE);
            sure.max_by(|a, b| a.confidence.total_cmp(&b.confidence))
        };
        let (one, other) = (source(one)?, source(other)?);
        let figure = if rule == "sum" { one.figure.plus(other.figure) } else { one.figure.minus(other.figure) };
        Some(Derived {
            pointer: pointer.to_owned(),
            figure: figure.filter(|figure| !figure.is_negative() && !figure.is_zero())?,
            rule,
            from: vec![one.pointer.to_owned(), other.pointer.to_owned()],
            confidence: DERIVED * one.confidence.min(other.confidence),
        })
    }
}

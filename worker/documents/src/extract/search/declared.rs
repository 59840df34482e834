//! What a file states beside its pages: it says which of the values on a page is the one that a field asks for.
//!
//! What is stated is never an answer by itself. A value that no page shows is left out, for whoever reads the paper would
//! not find it there: programs state sums of zero and addresses of their own, and a file may be made to state anything.

use super::super::address;
use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::normal;
use super::super::reading::Typed;
use super::super::role::Role;
use super::super::want::Want;
use super::Search;
use crate::document::Term;
use crate::lexicon::Concept;
use crate::value::{Decimal, Kind};
use crate::view::Span;

/// What a value is worth that is stated, where no label names it and where one names it as well as can be.
const STATED: f32 = 0.92;
const NAMED: f32 = 0.06;
/// What is left of one whose form does not tell that it is more than any number: a rate without its sign, a short code.
const PLAIN: f32 = 0.5;
/// How well a label must name such a value nevertheless.
const NAMES: f32 = 0.2;
/// The shortest code that says what it is by itself.
const LEAST_CODE: usize = 4;
/// Digits at the end of a telephone number that are compared: what stands before differs by who is called from where.
const PHONE_DIGITS: usize = 7;

impl Search<'_> {
    /// The places of a page that show what the file states for a field.
    pub(super) fn push_declared(&self, leaf: &Leaf<'_>, best: &mut Best) {
        if self.reading.declared.is_empty() {
            return;
        }
        let terms = self.terms(leaf);
        for declared in self.reading.declared.iter().filter(|declared| terms.contains(&declared.term)) {
            match leaf.want {
                Want::Address => self.push_declared_address(leaf, &declared.text, best),
                Want::Typed(ref kinds) => {
                    let wanted = kinds.first().map_or(Kind::Text, |(kind, _)| *kind);
                    self.push_declared_value(leaf, wanted, declared.term, &declared.text, best);
                }
                Want::Name | Want::Title | Want::Text => self.push_declared_text(leaf, &declared.text, best),
                Want::Choice(_) => {}
            }
        }
    }

    /// The terms that a field asks for.
    fn terms(&self, leaf: &Leaf<'_>) -> &'static [Term] {
        use Concept as C;
        let role = self.role(leaf);
        let is_buyer = role == Some(Role::Addressee);
        let of_role = |seller: &'static [Term], buyer: &'static [Term]| if is_buyer { buyer } else { seller };
        if leaf.want == Want::Address {
            return match role {
                Some(Role::Issuer) => &[Term::SellerAddress],
                Some(Role::Addressee) => &[Term::BuyerAddress],
                Some(Role::Destination) => &[Term::ShipToAddress],
                None => &[],
            };
        }
        match leaf.concept {
            Some(C::InvoiceNumber | C::DocumentNumber) => &[Term::InvoiceNumber],
            Some(C::InvoiceDate) => &[Term::IssueDate],
            Some(C::Date) if leaf.is_main() => &[Term::IssueDate],
            Some(C::DueDate) => &[Term::DueDate],
            Some(C::DeliveryDate | C::ServiceDate) => &[Term::DeliveryDate],
            Some(C::PeriodStart) => &[Term::PeriodStart],
            Some(C::PeriodEnd) => &[Term::PeriodEnd],
            Some(C::Currency) => &[Term::Currency],
            Some(C::PurchaseOrderNumber) => &[Term::PurchaseOrderNumber],
            Some(C::OrderNumber) => &[Term::PurchaseOrderNumber, Term::SalesOrderNumber],
            Some(C::DeliveryNoteNumber) => &[Term::DeliveryNoteNumber],
            Some(C::ContractNumber) => &[Term::ContractNumber],
            Some(C::ProjectNumber | C::ProjectName) => &[Term::Project],
            Some(C::CustomerNumber) => &[Term::BuyerNumber],
            Some(C::VatId | C::TaxId) => of_role(&[Term::SellerTaxNumber], &[Term::BuyerTaxNumber]),
            Some(C::CompanyRegistration) if !is_buyer => &[Term::SellerRegistration],
            Some(C::ContactName) => of_role(&[Term::SellerContact], &[Term::BuyerContact]),
            Some(C::Phone) => of_role(&[Term::SellerPhone], &[Term::BuyerPhone]),
            Some(C::Email) => of_role(&[Term::SellerEmail], &[Term::BuyerEmail]),
            Some(C::Iban) => &[Term::Iban],
            Some(C::Bic) => &[Term::Bic],
            Some(C::BankName) => &[Term::BankName],
            Some(C::AccountHolder) => &[Term::AccountHolder],
            Some(C::MandateReference) => &[Term::MandateReference],
            Some(C::CreditorId) => &[Term::CreditorId],
            Some(C::PaymentTerms) => &[Term::PaymentTerms],
            Some(C::PaymentMethod) => &[Term::PaymentMethod],
            Some(C::Total) => &[Term::GrandTotal],
            Some(C::AmountDue) => &[Term::DueAmount],
            Some(C::AmountPaid) => &[Term::PaidAmount],
            Some(C::Subtotal) => &[Term::NetTotal, Term::LineTotal],
            Some(C::Tax) => &[Term::TaxTotal],
            Some(C::TaxRate) => &[Term::TaxRate],
            Some(C::Discount) => &[Term::AllowanceTotal],
            Some(C::ShippingCost) => &[Term::ChargeTotal],
            Some(C::VendorName | C::SenderName) => &[Term::SellerName],
            Some(C::CustomerName | C::RecipientName) => &[Term::BuyerName],
            Some(C::ShipToName) => &[Term::ShipToName],
            Some(C::PartyName) => match role {
                Some(Role::Issuer) => &[Term::SellerName],
                Some(Role::Addressee) => &[Term::BuyerName],
                Some(Role::Destination) => &[Term::ShipToName],
                None => &[],
            },
            _ => &[],
        }
    }

    fn push_declared_value(&self, leaf: &Leaf<'_>, wanted: Kind, term: Term, stated: &str, best: &mut Best) {
        for (typed, labels) in self.reading.values.iter().zip(self.labels) {
            if leaf.want.fit(typed.value.kind()) <= 0.0 || !self.is_stated(wanted, term, stated, typed) {
                continue;
            }
            let Some(value) = normal::of_typed(leaf, &typed.value, wanted) else { continue };
            let named = self.named(typed.span, labels, leaf).score;
            let is_plain = named < NAMES && self.is_plain(wanted, typed);
            let score = (STATED + NAMED * named) * if is_plain { PLAIN } else { 1.0 };
            best.push(Candidate { spans: vec![typed.span], value, score });
        }
        if wanted == Kind::Identifier && folded(stated).len() >= LEAST_CODE {
            self.push_declared_text(leaf, stated, best);
        }
    }

    /// Whether a value of a page is what is stated.
    fn is_stated(&self, wanted: Kind, term: Term, stated: &str, typed: &Typed) -> bool {
        if let Some(figure) = typed.value.number()
            && wanted != Kind::Identifier
            && wanted != Kind::Currency
        {
            let Some(stated) = Decimal::parse(stated) else { return false };
            // A discount is a sum with a minus as often as one without.
            let is_taken = term == Term::AllowanceTotal;
            // What is asked for nothing is stated by programs, and zeros stand everywhere.
            let is_nothing =
                stated.is_zero() && matches!(term, Term::AllowanceTotal | Term::ChargeTotal | Term::PaidAmount);
            return !is_nothing && (figure == stated || is_taken && figure.abs() == stated.abs());
        }
        match wanted {
            Kind::Date => typed.value.normal().get(..stated.len()) == Some(stated),
            Kind::Phone => {
                let digits = |text: &str| {
                    let all: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
                    all.get(all.len().checked_sub(PHONE_DIGITS)?..).map(<[u8]>::to_vec)
                };
                digits(stated).is_some_and(|stated| digits(&typed.value.normal()) == Some(stated))
            }
            _ => {
                folded(self.reading.text(typed.span)) == folded(stated)
                    || folded(&typed.value.normal()) == folded(stated)
            }
        }
    }

    /// Whether the form of a value does not tell it from any other number.
    fn is_plain(&self, wanted: Kind, typed: &Typed) -> bool {
        match wanted {
            Kind::Percent => typed.value.kind() != Kind::Percent,
            Kind::Money => typed.value.kind() != Kind::Money && typed.value.number().is_some_and(|it| it.scale() == 0),
            Kind::Identifier => folded(self.reading.text(typed.span)).len() < LEAST_CODE,
            _ => false,
        }
    }

    fn push_declared_text(&self, leaf: &Leaf<'_>, stated: &str, best: &mut Best) {
        for line in 0..self.reading.lines() {
            if let Some(span) = self.shown(line, stated)
                && let Some(value) = normal::of_text(leaf, self.reading.text(span))
            {
                best.push(Candidate { spans: vec![span], value, score: STATED });
            }
        }
    }

    /// Where a line shows a text, in capitals or not, its words parted or not.
    fn shown(&self, line: usize, stated: &str) -> Option<Span> {
        let text = self.reading.text(self.reading.view.whole(line));
        let (start, end) = place(text, stated)?;
        Some(Span { line, start, end })
    }

    /// An address that a page shows: one that was found already and has all that is stated, or the lines from the street
    /// to the town.
    fn push_declared_address(&self, leaf: &Leaf<'_>, stated: &str, best: &mut Best) {
        let parts: Vec<&str> = stated.lines().collect();
        let has_all = |text: &str| parts.iter().all(|part| place(text, part).is_some());
        let known = best.0.iter().find(|known| known.value.as_str().is_some_and(has_all)).cloned();
        let Some(mut candidate) = known.or_else(|| self.declared_address(leaf, &parts)) else { return };
        candidate.score = STATED;
        best.push(candidate);
    }

    fn declared_address(&self, leaf: &Leaf<'_>, parts: &[&str]) -> Option<Candidate> {
        let (street, others) = parts.split_first()?;
        let town = others.last()?;
        let view = &self.reading.view;
        (0..self.reading.lines()).find_map(|line| {
            let start = self.shown(line, street)?;
            let stack = address::stack(view, line);
            let last = stack.iter().position(|&line| self.shown(line, town).is_some())?;
            let lines = stack.get(..=last)?;
            let end = self.shown(*lines.last()?, town)?.end;
            let mut spans: Vec<Span> = lines.iter().map(|&line| view.whole(line)).collect();
            spans.first_mut()?.start = start.start;
            spans.last_mut()?.end = end;
            let texts: Vec<&str> = spans.iter().map(|span| self.reading.text(*span).trim_end_matches(',')).collect();
            let value = normal::of_text(leaf, &texts.join(", "))?;
            Some(Candidate { spans, value, score: STATED })
        })
    }
}

/// Letters and digits alone, the letters small.
fn folded(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where a text shows another, whole words of it.
fn place(text: &str, stated: &str) -> Option<(usize, usize)> {
    let stated = folded(stated);
    if stated.is_empty() {
        return None;
    }
    let is_sign = |text: &str| text.chars().next().is_some_and(char::is_alphanumeric);
    let mut before = false;
    for (start, sign) in text.char_indices() {
        let begins = sign.is_alphanumeric() && !before;
        before = sign.is_alphanumeric();
        let rest = text.get(start..).unwrap_or_default();
        if let Some(length) = begins.then(|| shown_length(rest, &stated)).flatten()
            && !rest.get(length..).is_some_and(is_sign)
        {
            return Some((start, start + length));
        }
    }
    None
}

/// How many bytes of a text show a folded one that it begins with.
fn shown_length(text: &str, stated: &str) -> Option<usize> {
    let mut wanted = stated.chars();
    for (at, sign) in text.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
        if !sign.to_lowercase().all(|small| wanted.next() == Some(small)) {
            return None;
        }
        if wanted.as_str().is_empty() {
            return Some(at + sign.len_utf8());
        }
    }
    None
}

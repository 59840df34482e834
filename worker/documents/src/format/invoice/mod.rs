//! Invoices in XML: what they state, by the terms of EN 16931.
//!
//! Two syntaxes are read, as programs write them in the wild: Cross Industry Invoice, of which Factur-X and ZUGFeRD are
//! profiles (and what ZUGFeRD 1.0 called it), and UBL. Lines of the invoice are not read, for the pages show them.

mod paths;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::document::{Declared, Term};
use crate::limits::Limits;

/// Values that are kept of one invoice. One with everything that the standard knows in its head has some 60.
const MAX_VALUES: usize = 256;
/// Bytes of one value. Longer ones are terms and notes that no field asks for.
const MAX_VALUE_BYTES: usize = 1 << 10;

/// What an invoice states; nothing if it is no invoice, or is broken: it is read beside pages that say all of it.
pub(super) fn declared(text: &str, limits: &Limits) -> Vec<Declared> {
    read(text, limits).unwrap_or_default().finish()
}

/// An address, part by part.
#[derive(Debug, Default)]
struct Address {
    before_code: Vec<String>,
    code: Option<String>,
    town: Option<String>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Invoice {
    declared: Vec<Declared>,
    addresses: [(Option<Term>, Address); 3],
}

fn read(text: &str, limits: &Limits) -> Option<Invoice> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut invoice = Invoice::default();
    let mut open: Vec<String> = Vec::new();
    let mut value = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                open.push(local(start.name().as_ref()));
                let is_one = paths::ROOTS.contains(&open.first()?.as_str());
                if !is_one || open.len() as u64 > limits.max_nesting {
                    return None;
                }
                value.clear();
            }
            Event::End(_) => {
                invoice.push(&open, value.trim());
                value.clear();
                open.pop();
                if open.is_empty() {
                    return Some(invoice);
                }
            }
            Event::Text(part) => push(&mut value, &part.xml10_content()),
            Event::CData(part) => push(&mut value, &part.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(sign)) => push(&mut value, sign.encode_utf8(&mut [0; 4])),
                _ => {
                    let name = reference.xml10_content();
                    push(&mut value, quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default());
                }
            },
            // Entities that expand to others are the oldest bomb of XML, and no invoice declares any.
            Event::DocType(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

/// A name without the prefix of its namespace, which every program chooses for itself.
fn local(name: &str) -> String {
    name.rsplit_once(':').map_or(name, |(_, local)| local).to_owned()
}

/// One byte more than is kept tells that a value is too long.
fn push(value: &mut String, part: &str) {
    if value.len() <= MAX_VALUE_BYTES {
        value.push_str(part);
    }
}

impl Invoice {
    /// An element that ended, by what it lies in.
    fn push(&mut self, open: &[String], value: &str) {
        if value.is_empty() || value.len() > MAX_VALUE_BYTES || self.declared.len() >= MAX_VALUES {
            return;
        }
        if open.iter().any(|name| paths::LINES.contains(&name.as_str())) {
            return;
        }
        if let Some((term, part)) = paths::address_of(open) {
            self.push_address(term, part, value);
        } else if let Some(term) = paths::term_of(open)
            && let Some(text) = normal(term, value)
            && !self.declared.iter().any(|known| known.term == term && known.text == text)
        {
            self.declared.push(Declared { term, text });
        }
    }

    fn push_address(&mut self, term: Term, part: paths::Part, value: &str) {
        let slot = self.addresses.iter_mut().find(|(owner, _)| owner.is_none_or(|owner| owner == term));
        let Some((owner, address)) = slot else { return };
        *owner = Some(term);
        match part {
            paths::Part::BeforeCode if address.before_code.len() < MAX_VALUES => {
                address.before_code.push(value.to_owned());
            }
            paths::Part::BeforeCode => {}
            paths::Part::Code => address.code = Some(value.to_owned()),
            paths::Part::Town => address.town = Some(value.to_owned()),
        }
    }

    fn finish(mut self) -> Vec<Declared> {
        for (term, address) in self.addresses {
            let lines: Vec<String> = address.before_code.into_iter().chain(address.code).chain(address.town).collect();
            if let Some(term) = term {
                self.declared.push(Declared { term, text: lines.join("\n") });
            }
        }
        self.declared
    }
}

/// A value in the form that [`Term`] says; nothing if it has not the form of what it is.
fn normal(term: Term, value: &str) -> Option<String> {
    match term {
        Term::IssueDate | Term::DueDate | Term::DeliveryDate | Term::PeriodStart | Term::PeriodEnd => day(value),
        _ => Some(value.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// A day: 20240531 in one syntax (format 102), 2024-05-31 in the other, each with or without a time behind it.
fn day(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(|sign| *sign != '-').take(8).collect();
    let is_day = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

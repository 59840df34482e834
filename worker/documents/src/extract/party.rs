//! Parties: which lines say who made a document and whom it is made out to.

use super::address;
use super::attention;
use super::company::{begins_name, has_legal_form};
use super::deed;
use super::footer;
use super::habit;
use super::head::{HEAD_LINES, head, rank};
use super::imprint::{self, has_domain, reaches};
use super::naming;
use super::phrase::name_fit;
use super::reading::Reading;
use super::returned::Returned;
use super::role::Role;
use super::title::{is_order, is_stamp, is_title};
use crate::lexicon;
use crate::matching::words;
use crate::view::{Span, View};

/// Lines that are searched for labels of parties: some ten pages.
const MAX_LINES: usize = 800;
/// A label of a party has at most this many words: `Sold and invoiced to the customer`.
const LABEL_WORDS: usize = 5;
/// A label in small capitals stands at most this far over its name, in its own heights.
const FAR_BELOW: f32 = 3.6;
/// An address stands at most this far under a name with a label before it, in heights of its line.
const FAR_ADDRESS: f32 = 2.5;
/// A label in a column of labels stands at most this far from its name, in heights of its line.
const FAR_BESIDE: f32 = 30.0;
/// What stands under a line so many times as high is in smaller print.
const SMALLER: f32 = 1.25;
/// How sure a block is by what tells it. Set by hand with the tuning family in view.
const LABELLED: f32 = 0.9;
const RETURNED: f32 = 0.88;
const LETTERHEAD: f32 = 0.72;
const UNLABELLED: f32 = 0.62;
/// How much surer a name in the head is the issuer's by what says how to reach it, and by a domain that has its name.
const REACHED: f32 = 0.14;
const OWN_DOMAIN: f32 = 0.16;

/// The lines of a party.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) role: Role,
    /// Its name.
    pub(crate) name: Span,
    /// All its lines, that of its name first.
    pub(crate) lines: Vec<usize>,
    /// How sure it is that this is that party's, from 0 to 1.
    pub(crate) certainty: f32,
}

impl Party {
    /// Whether a label says whose it is.
    pub(crate) fn is_told(&self) -> bool {
        self.certainty >= LABELLED
    }
}

/// The parties of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    pub(crate) all: Vec<Party>,
    /// Whether the document is an order: its buyer wrote it.
    pub(crate) is_order: bool,
}

impl Parties {
    pub(crate) fn of(reading: &Reading) -> Self {
        let mut parties = Self { all: Vec::new(), is_order: is_order(&reading.view) };
        parties.push_labelled(reading);
        parties.push_attention(reading);
        if !parties.push_returned(reading) {
            parties.push_letterhead(reading);
        }
        footer::push(reading, &mut parties.all);
        parties.push_unlabelled(reading);
        imprint::settle(&mut parties, reading);
        parties
    }

    /// The party that a field's words speak of, in this document.
    pub(crate) fn role(&self, role: Role, words: &[words::Word]) -> Role {
        if self.is_order { role.on_order(words) } else { role }
    }

    /// The parties of a role; of whom it is made out to, without any, those that the goods go to.
    pub(crate) fn of_role(&self, role: Role) -> impl Iterator<Item = &Party> {
        let has_own = self.all.iter().any(|party| party.role == role);
        let is_goods = role == Role::Addressee && !has_own && !self.is_order;
        let role = if is_goods { Role::Destination } else { role };
        self.all.iter().filter(move |party| party.role == role)
    }

    /// The party that a line belongs to.
    pub(crate) fn of_line(&self, line: usize) -> Option<&Party> {
        self.all.iter().find(|party| party.lines.contains(&line))
    }

    /// Under labels such as "Bill to".
    fn push_labelled(&mut self, reading: &Reading) {
        let view = &reading.view;
        for line in (0..view.lines.len().min(MAX_LINES)).filter(|&line| !naming::is_column_header(view, line)) {
            let Some((label, role)) =
                view.as_label(line).and_then(|label| Some((label, self.role_of_line(view.text(label))?)))
            else {
                self.push_after_label(reading, line);
                continue;
            };
            // "Firma" over a name, without a colon, is how a company is addressed.
            let is_courtesy = matches!(reading.text(view.whole(line)).trim(), "Firma" | "Fa.");
            let role = if is_courtesy { Role::Addressee } else { role };
            let below = view.first_below(line).or_else(|| view.next_below(label.line, FAR_BELOW));
            let first = match (below, view.next_right(line, 12.0)) {
                // In a column of labels the next label stands below, and the name beside.
                (Some(below), Some(beside))
                    if is_name(reading, beside) && is_company(view, beside) && !is_company(view, below) =>
                {
                    beside
                }
                (Some(below), _) if is_name(reading, below) => below,
                (_, Some(beside)) if is_name(reading, beside) => beside,
                _ => continue,
            };
            self.push(reading, role, view.whole(first), LABELLED);
        }
    }

    /// With the label on the line of the name: "Buyer: Acme Ltd", and over an address also "Client Acme Ltd".
    fn push_after_label(&mut self, reading: &Reading, line: usize) {
        let view = &reading.view;
        let whole = view.whole(line);
        let text = reading.text(whole);
        let after = |at: usize| {
            let rest = text.get(at..).unwrap_or_default();
            at + rest.len() - rest.trim_start().len()
        };
        let colon = text.find(": ").map(|colon| (colon, after(colon + 1)));
        let is_over_address =
            || !address::is_line(text) && view.next_below(line, FAR_ADDRESS).is_some_and(|next| is_address(view, next));
        let blanks = text.match_indices(' ').map(|(blank, _)| (blank, after(blank)));
        let blanks = blanks.take(LABEL_WORDS).filter(|_| colon.is_none() && is_over_address());
        for (end, start) in colon.into_iter().chain(blanks) {
            let name = Span { line, start, end: whole.end };
            let Some(role) = text.get(..end).and_then(|label| self.role_of(label)) else { continue };
            // "Holger Petersen" has no label before it, though it reads like "Holder Petersen".
            let begins = || begins_name(text.get(..end).unwrap_or_default()) && has_legal_form(text);
            let is_rest = colon.is_none() && (!reading.text(name).contains(' ') || begins());
            if starts_capital(reading.text(name)) && !is_rest && is_name_at(reading, name) {
                // "Mr John Doe" under his company is whom it reaches, not whom the paper is made out to.
                let is_person = text.get(..end).is_some_and(attention::is_address);
                let over = attention::company_over(reading, line).filter(|_| is_person);
                let name = over.map_or(name, |over| view.whole(over));
                self.push(reading, role, name, LABELLED);
                return;
            }
        }
    }

    /// Behind words such as "Attention", on one line with them.
    fn push_attention(&mut self, reading: &Reading) {
        let view = &reading.view;
        let named = (0..view.lines.len().min(HEAD_LINES)).find_map(|line| {
            let is_free = self.of_line(line).is_none();
            attention::addressee(reading.text(view.whole(line))).filter(|_| is_free).map(|start| (line, start))
        });
        let Some((line, start)) = named.filter(|_| self.all.iter().all(|party| party.role != Role::Addressee)) else {
            return;
        };
        let whole = view.whole(line);
        let name = Span { start: whole.start + start, ..whole };
        let name = attention::company_over(reading, line).map_or(name, |over| view.whole(over));
        self.push(reading, Role::Addressee, name, LABELLED);
    }

    /// The party that a line to itself names: also by how somebody is addressed, which is part of a name beside it.
    fn role_of_line(&self, line: &str) -> Option<Role> {
        self.role_of(line).or_else(|| attention::is_address(line).then_some(Role::Addressee))
    }

    /// The party that a label names, and nothing else of it.
    fn role_of(&self, label: &str) -> Option<Role> {
        let words = words::of_text(label);
        if has_legal_form(label) {
            return None;
        }
        // Under "Yours sincerely" stands who signs, and behind "For the company", who need not be the sender.
        if words.len() > LABEL_WORDS || habit::is_closing(label) || attention::is_signing(label) {
            return None;
        }
        if let Some(role) = deed::role_of(label, self.is_order) {
            return Some(role);
        }
        if names_party(&words) {
            return Role::of(&words).map(|role| self.role(role, &words));
        }
        Role::of_label(label, self.is_order)
    }

    /// The sender on one line of the head, and whether there is one.
    fn push_returned(&mut self, reading: &Reading) -> bool {
        let has_issuer = self.all.iter().any(|party| party.role == Role::Issuer);
        let mut lines = head(&reading.view).filter(|&line| !has_issuer && self.of_line(line).is_none());
        let returned = lines.find_map(|line| Returned::of(reading, line));
        let Some(name) = returned.map(|returned| returned.name) else { return false };
        self.all.push(Party { role: Role::Issuer, name, lines: vec![name.line], certainty: RETURNED });
        true
    }

    fn push_letterhead(&mut self, reading: &Reading) {
        let view = &reading.view;
        let has = |role: Role| self.all.iter().any(|party| party.role == role);
        // Who wrote it is named elsewhere: the block in the head is whom it is addressed to.
        let is_named = has(Role::Issuer) && !has(Role::Addressee);
        let returned = head(view).find_map(|line| return_name(reading, line));
        let tallest = head(view).map(|line| height(view, line)).fold(0.0, f32::max);
        let best = head(view)
            .enumerate()
            .map(|(at, line)| (rank(view, line).map_or(at, |rank| at.min(rank)), line))
            .filter(|&(_, line)| self.of_line(line).is_none() && is_name(reading, line))
            // On an order who wrote it is often whom it is to be billed to.
            .filter(|&(_, line)| self.is_order || !self.is_known(reading, line))
            .filter(|&(_, line)| !is_stamp(reading.text(view.whole(line))))
            .filter(|&(_, line)| !is_over_salutation(reading, line))
            .filter(|&(_, line)| !(is_named && address::stack(view, line).iter().any(|&next| is_town(view, next))))
            .map(|(at, line)| {
                let text = reading.text(view.whole(line));
                let returned = if returned == Some(text.trim()) { 0.3 } else { 0.0 };
                let large = if tallest > 0.0 { 0.12 * height(view, line) / tallest } else { 0.0 };
                let legal = if has_legal_form(text) { 0.16 } else { 0.0 };
                let below = address::stack(view, line);
                let address = if below.iter().skip(1).any(|&next| is_address(view, next)) { 0.06 } else { 0.0 };
                let reached = if reaches(reading, &below) { REACHED } else { 0.0 };
                let own = if has_domain(reading, text) { OWN_DOMAIN } else { 0.0 };
                let bonus = large + legal + address + returned + reached + own;
                (LETTERHEAD + bonus - 0.03 * ordinal(at) - 0.12, line)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let beside = || has(Role::Addressee).then(|| naming::beside_others(reading)).flatten();
        let best = best.filter(|(certainty, _)| *certainty > 0.3).or_else(|| {
            let line = beside().filter(|&line| self.of_line(line).is_none() && is_name(reading, line))?;
            Some((LETTERHEAD, line))
        });
        if let Some((certainty, line)) = best {
            self.push(reading, Role::Issuer, view.whole(line), certainty.min(LABELLED - 0.01));
            if let Some(issuer) = self.all.last_mut().filter(|party| party.name == view.whole(line)) {
                issuer.name = naming::in_full(reading, issuer.name).unwrap_or(issuer.name);
            }
        }
    }

    /// The block of an address that nothing names, as letters have it.
    pub(super) fn push_unlabelled(&mut self, reading: &Reading) {
        let view = &reading.view;
        if self.of_role(Role::Addressee).next().is_some() {
            return;
        }
        let first = (0..view.lines.len().min(4 * HEAD_LINES)).find(|&line| {
            let lines = address::stack(view, line);
            view.lines.get(line).is_some_and(|line| line.page == 1)
                && self.of_line(line).is_none()
                && is_name(reading, line)
                && !self.is_known(reading, line)
                && !is_address(view, line)
                && lines.iter().skip(1).any(|&next| address::is_town(reading.text(view.whole(next))))
                && lines.iter().all(|&line| self.of_line(line).is_none())
        });
        if let Some(first) = first {
            self.push(reading, Role::Addressee, view.whole(first), UNLABELLED);
        }
    }

    /// Whether a line is the name of a party that is found elsewhere: a letterhead says it again.
    fn is_known(&self, reading: &Reading, line: usize) -> bool {
        let text = reading.text(reading.view.whole(line));
        self.all.iter().any(|party| reading.text(party.name) == text)
    }

    pub(super) fn push(&mut self, reading: &Reading, role: Role, name: Span, certainty: f32) {
        let view = &reading.view;
        let first = name.line;
        let mut lines = address::stack(view, first);
        // Behind its label a name may stand somewhat over its address.
        let below = view.next_below(first, FAR_ADDRESS).filter(|_| name.start > 0 && lines.len() == 1);
        if let Some(below) = below.filter(|&below| is_address(view, below)) {
            lines.extend(address::stack(view, below));
        }
        let ends = |line: &usize| view.as_label(*line).is_some_and(|label| is_known_label(view.text(label)));
        if let Some(end) = lines.iter().skip(1).position(|line| ends(line) || self.is_told_beside(reading, *line)) {
            lines.truncate(end + 1);
        }
        // A bank's name stands over the holder of the account, whose address follows.
        if role == Role::Issuer && is_bank(reading.text(view.whole(first))) {
            let holder = lines.iter().skip(1).position(|&line| is_name(reading, line));
            lines.truncate(holder.map_or(lines.len(), |at| at + 1));
        }
        // Right under a letterhead may stand the block of another company, or of somebody in smaller print.
        let is_company = has_legal_form(reading.text(name));
        let other = lines.iter().skip(1).position(|&line| {
            let is_smaller = height(view, first) > SMALLER * height(view, line);
            let is_other = is_company && has_legal_form(reading.text(view.whole(line))) || is_smaller;
            is_other && is_name(reading, line) && address::stack(view, line).iter().any(|&next| is_town(view, next))
        });
        if let Some(other) = other {
            lines.truncate(other + 1);
        }
        lines.retain(|&line| self.of_line(line).is_none());
        if lines.first() == Some(&first) {
            let name = naming::under_person(reading, name, &lines).filter(|_| role != Role::Issuer).unwrap_or(name);
            self.all.push(Party { role, name, lines, certainty });
        }
    }
}

impl Parties {
    /// Whether a name has a label of a party of its own beside it, in a column of labels.
    fn is_told_beside(&self, reading: &Reading, line: usize) -> bool {
        let view = &reading.view;
        let label = view.next_left(line, FAR_BESIDE).and_then(|left| view.as_label(left));
        label.is_some_and(|label| self.role_of(view.text(label)).is_some()) && is_name(reading, line)
    }
}

fn height(view: &View, line: usize) -> f32 {
    view.lines.get(line).and_then(|line| line.rect).map_or(0.0, |rect| rect.height())
}

/// Whether a line stands right over the salutation and is of no company: it is what a letter is about.
fn is_over_salutation(reading: &Reading, line: usize) -> bool {
    let view = &reading.view;
    !is_company(view, line) && view.lines.len() > line + 1 && habit::is_salutation(reading.text(view.whole(line + 1)))
}

fn is_company(view: &View, line: usize) -> bool {
    has_legal_form(view.text(view.whole(line)))
}

fn is_address(view: &View, line: usize) -> bool {
    address::is_line(view.text(view.whole(line)))
}

/// Whether the words are of parties and of nothing else: "Bill to", not "Customer number".
fn names_party(words: &[words::Word]) -> bool {
    const BESIDE: &[&str] = &[
        "to",
        "by",
        "name",
        "address",
        "detail",
        "an",
        "a",
        "from",
        "anschrift",
        "adresse",
        "direccion",
        "datos",
        "facturar",
        "facturer",
        "information",
        "party",
        "company",
        "nombre",
        "nom",
        "and",
    ];
    words.iter().all(|word| BESIDE.contains(&word.text.as_str()) || Role::of(std::slice::from_ref(word)).is_some())
}

/// The name at the start of the line over a window for addresses: "Acme Ltd · 12 High Street, Stanhope YC11 4FS".
fn return_name(reading: &Reading, line: usize) -> Option<&str> {
    let text = reading.text(reading.view.whole(line));
    let (name, rest) = RETURN_MARKS.iter().find_map(|mark| text.split_once(mark))?;
    (starts_capital(name) && address::is_town(rest)).then_some(name.trim())
}

/// Marks between the name and the address of a sender on one line.
const RETURN_MARKS: &[&str] = &[" · ", " • ", " | ", " – ", " - ", ", "];

pub(super) fn is_town(view: &View, line: usize) -> bool {
    address::is_town(view.text(view.whole(line)))
}

fn starts_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn is_name(reading: &Reading, line: usize) -> bool {
    is_name_at(reading, reading.view.whole(line))
}

pub(super) fn is_name_at(reading: &Reading, span: Span) -> bool {
    let text = reading.text(span);
    name_fit(reading, span) >= 0.7
        && !habit::is_salutation(text)
        && !is_known_label(text)
        && !is_title(text)
        && !address::is_line(text)
        && !attention::is_address(text)
}

/// Whether the text is what business papers call something.
pub(crate) fn is_known_label(text: &str) -> bool {
    lexicon::concepts_of_label(text).first().is_some_and(|(_, score)| *score >= 0.85)
}

/// Whether a name is that of a bank.
pub(crate) fn is_bank(text: &str) -> bool {
    let text = text.to_lowercase();
    ["bank", "banque", "banco", "caja", "caixa", "crédit", "kasse", "caisse", "building society", "credit union"]
        .iter()
        .any(|word| text.contains(word))
}

#[expect(clippy::cast_precision_loss, reason = "a head has few lines")]
fn ordinal(at: usize) -> f32 {
    at as f32
}

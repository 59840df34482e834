//! Imprints: the foot of a paper that says whose it is, with where they sit, how to reach them and what registers and
//! banks know them by.
//!
//! Where the letterhead is a picture, the first block of text is whom the paper is addressed to, and its foot says who
//! wrote it. Where the letterhead is a name alone, its address stands there.

use super::address;
use super::company::has_legal_form;
use super::head::HEAD_LINES;
use super::party::{Parties, is_bank, is_name_at, is_town};
use super::reading::Reading;
use super::returned::Returned;
use super::role::Role;
use crate::lexicon;
use crate::value::Kind;
use crate::view::{Span, View};

/// Letters that the first word of a name has at least to be looked for in a domain.
const DOMAIN_WORD: usize = 4;
/// The foot is what stands below this share of a page, or are so many lines where lines have no place.
const FOOT: f32 = 0.72;
const FOOT_LINES: usize = 10;
/// Lines that are looked at: some ten pages.
const MAX_LINES: usize = 800;
/// Words of a company's name.
const NAME_WORDS: usize = 8;
/// How sure it is that the foot names who wrote the paper. Set by hand with the practice family in view.
const IMPRINTED: f32 = 0.82;
/// Marks between the parts of a line.
const MARKS: &[char] = &['|', '·', '•', '●', '*', ';', '/', ','];

/// Lets the foot of the paper say who wrote it where its head does not, and where they sit.
pub(super) fn settle(parties: &mut Parties, reading: &Reading) {
    let issuer = parties.all.iter().position(|party| party.role == Role::Issuer);
    let is_addressed = parties.all.iter().any(|party| party.role == Role::Addressee);
    let is_sure = issuer.and_then(|at| parties.all.get(at)).is_some_and(|issuer| {
        let text = reading.text(issuer.name);
        issuer.is_told()
            || is_addressed && has_legal_form(text)
            || reaches(reading, &issuer.lines)
            || has_domain(reading, text)
            || Returned::of(reading, issuer.name.line).is_some()
    });
    let own = issuer.and_then(|at| parties.all.get(at)).map(|issuer| reading.text(issuer.name).to_owned());
    if !is_sure && let Some(name) = imprint(reading, parties, own.as_deref()) {
        let former = issuer.map(|at| parties.all.remove(at));
        parties.push(reading, Role::Issuer, name, IMPRINTED);
        if parties.all.iter().all(|party| party.role != Role::Issuer) {
            parties.all.extend(former);
        } else {
            parties.push_unlabelled(reading);
        }
    }
    push_address(parties, reading);
}

/// The name of a company in the foot, if the paper has its contacts or numbers there and its head does not name it.
fn imprint(reading: &Reading, parties: &Parties, own: Option<&str>) -> Option<Span> {
    let view = &reading.view;
    let feet: Vec<usize> = (0..view.lines.len().min(MAX_LINES)).filter(|&line| is_foot(view, line)).collect();
    let is_other = |name: &Span| {
        let text = reading.text(*name);
        !is_bank(text)
            && parties.of_line(name.line).is_none()
            && !parties.all.iter().any(|party| party.role != Role::Issuer && is_same(reading.text(party.name), text))
    };
    let names: Vec<Span> = feet.iter().filter_map(|&line| company(reading, line)).filter(is_other).collect();
    // The head names it as well.
    if own.is_some_and(|own| names.iter().any(|name| is_same(own, reading.text(*name)))) {
        return None;
    }
    let page = |line: usize| view.lines.get(line).map(|line| line.page);
    let is_borne_out = |name: &&Span| {
        let band = feet.iter().copied().filter(|&line| page(line) == page(name.line));
        is_reached(reading, band)
    };
    let own_domain = names.iter().find(|name| has_domain(reading, reading.text(**name)));
    own_domain.or_else(|| names.iter().find(is_borne_out)).copied()
}

/// Whether a line stands at the foot of its page, or among the last ones.
fn is_foot(view: &View, line: usize) -> bool {
    view.lines.get(line).is_some_and(|own| match own.at {
        Some(at) => at.top >= FOOT && own.cell.is_none(),
        None => line >= HEAD_LINES && line + FOOT_LINES >= view.lines.len() && own.cell.is_none(),
    })
}

/// The company whose name a line is, or begins with: "Acme GmbH, Ring 4, 50667 Köln", "ACME S.A. es una sociedad".
fn company(reading: &Reading, line: usize) -> Option<Span> {
    let whole = reading.view.whole(line);
    let text = reading.text(whole);
    let part = text.split(MARKS).next().map(str::trim_end)?;
    let mut end = 0;
    for word in part.split_whitespace().take(NAME_WORDS) {
        let is_small = word.chars().all(char::is_lowercase);
        if is_small && !matches!(word, "&" | "und" | "and" | "et" | "y" | "of" | "de" | "e" | "mit" | "der" | "des") {
            break;
        }
        let at = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        if has_legal_form(word) {
            end = at;
        }
    }
    let name = Span { line, start: whole.start, end: whole.start + end };
    let is_named = end > 0 && reading.text(name).split_whitespace().count() > 1;
    (is_named && is_name_at(reading, name)).then_some(name)
}

/// Whether two names are one, but for small letters and what may follow them.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (lexicon::fold(one), lexicon::fold(other));
    one.starts_with(other.trim()) || other.starts_with(one.trim())
}

/// Looks for the address of the issuer where its name stands again.
fn push_address(parties: &mut Parties, reading: &Reading) {
    let view = &reading.view;
    let Some(issuer) = parties.all.iter().position(|party| party.role == Role::Issuer) else { return };
    let Some(party) = parties.all.get(issuer) else { return };
    let has_address = party.lines.iter().any(|&line| is_town(view, line));
    if has_address || Returned::of(reading, party.name.line).is_some() {
        return;
    }
    let name = reading.text(party.name).trim().to_owned();
    let again = (0..view.lines.len().min(MAX_LINES)).filter(|&line| line != party.name.line).find_map(|line| {
        let is_free = parties.of_line(line).is_none_or(|party| party.role == Role::Issuer);
        let text = reading.text(view.whole(line));
        if !is_free || !lexicon::fold(text).starts_with(lexicon::fold(&name).trim()) {
            return None;
        }
        if let Some(returned) = Returned::of(reading, line) {
            return Some((Some(returned.name), vec![line]));
        }
        let lines = address::stack(view, line);
        let is_address = text.trim() == name && lines.iter().skip(1).any(|&line| is_town(view, line));
        is_address.then_some((None, lines))
    });
    if let (Some((name, lines)), Some(party)) = (again, parties.all.get_mut(issuer)) {
        party.name = name.unwrap_or(party.name);
        party.lines.extend(lines);
    }
}

/// Whether lines tell how to reach who they are of, or by what number the tax office knows them: who writes says so.
pub(super) fn reaches(reading: &Reading, lines: &[usize]) -> bool {
    is_reached(reading, lines.iter().skip(1).copied())
}

fn is_reached(reading: &Reading, mut lines: impl Iterator<Item = usize>) -> bool {
    let tells = |kind: Kind| matches!(kind, Kind::Email | Kind::Url | Kind::Phone | Kind::VatId);
    lines.any(|line| reading.values_of(line).iter().any(|typed| tells(typed.value.kind())))
}

/// Whether an address of mail or of the web on the paper is of a domain that the name has in it.
pub(super) fn has_domain(reading: &Reading, name: &str) -> bool {
    let words: Vec<String> = name
        .split(|sign: char| !sign.is_alphanumeric())
        .map(lexicon::fold)
        .filter(|word| word.len() >= DOMAIN_WORD)
        .collect();
    let typed = reading.values.iter().filter(|typed| matches!(typed.value.kind(), Kind::Email | Kind::Url));
    typed.map(|typed| reading.text(typed.span).to_lowercase()).any(|text| {
        let host =
            text.rsplit('@').next().unwrap_or_default().trim_start_matches("https://").trim_start_matches("http://");
        let own = host.trim_start_matches("www.").split('.').next().unwrap_or_default();
        words.first().is_some_and(|word| own.starts_with(word.as_str()))
    })
}

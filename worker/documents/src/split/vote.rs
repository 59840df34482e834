//! Several answers as one: what most passes say of each page, and how many agree with each section.

use std::collections::BTreeMap;

use super::ranges::Label;
use super::sections::Range;
use crate::operation::{Kind, Section};

/// What most passes say of each page; of equally many, the first pass.
pub(super) fn consolidated(passes: &[Vec<Label>]) -> Vec<Label> {
    let Some(first) = passes.first() else { return Vec::new() };
    let most = |page: usize, own: &Label| {
        let said = || passes.iter().filter_map(|pass| pass.get(page));
        let votes = |kind: usize| said().filter(|label| label.kind == kind).count();
        let kind = said()
            .map(|label| label.kind)
            .fold(own.kind, |best, kind| if votes(kind) > votes(best) { kind } else { best });
        Label { kind, is_start: 2 * said().filter(|label| label.is_start).count() > passes.len() }
    };
    first.iter().enumerate().map(|(page, own)| most(page, own)).collect()
}

/// Sections with the share of the passes that agree, and what each pass gave them.
pub(super) fn judged(sections: &mut [Section], passes: &[Vec<Range>], kinds: &[Kind]) {
    for section in sections {
        let same = |range: &&Range| kinds.get(range.kind).is_some_and(|kind| kind.name == section.name);
        let common = |range: &Range| range.pages.iter().filter(|page| section.pages.contains(page)).count();
        let mut agreement = 0.0;
        section.votes.clear();
        for pass in passes {
            let own = pass.iter().filter(same).filter(|range| common(range) > 0).max_by_key(|range| common(range));
            let is_absent = section.pages.is_empty() && !pass.iter().any(|range| same(&range));
            let pages = own.map(|range| range.pages.clone()).unwrap_or_default();
            #[expect(clippy::cast_precision_loss, reason = "pages")]
            let share = own.map_or(0.0, |range| {
                let shared = common(range);
                shared as f32 / (range.pages.len() + section.pages.len() - shared) as f32
            });
            agreement += if is_absent { 1.0 } else { share };
            section.votes.push(pages);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few passes")]
        let passes = passes.len().max(1) as f32;
        section.likelihood = Some(agreement / passes);
    }
}

/// The likelihoods by the names of the sections: `splits.invoice`, or `splits.invoice#2` for the second of several.
pub(crate) fn likelihoods(sections: &[Section]) -> BTreeMap<String, f32> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for section in sections {
        let Some(likelihood) = section.likelihood else { continue };
        let count = sections.iter().filter(|other| other.name == section.name).count();
        let number = seen.entry(&section.name).or_default();
        *number += 1;
        let name = normal(&section.name);
        all.insert(if count > 1 { format!("splits.{name}#{number}") } else { format!("splits.{name}") }, likelihood);
    }
    all
}

/// A name as a part of a path: small letters, and `_` for what parts words.
pub(super) fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for sign in name.trim().chars().flat_map(char::to_lowercase) {
        if sign.is_alphanumeric() {
            normal.push(sign);
        } else if !normal.ends_with('_') {
            normal.push('_');
        }
    }
    normal.trim_matches('_').to_owned()
}

//! Taking files out of a JSON text: the base64 of `data:` URLs goes, everything else stays as it was written.
//!
//! Only what can be put back byte for byte is taken: a string without escapes whose base64 is exactly what an encoder
//! makes of the decoded bytes. Anything else stays in the text.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::scan::Scan;
use crate::blob::{ARTIFACT_PART_BYTES, ArtifactRules};
use crate::contract::DataUrl;
use crate::contract::base64_steps::decoded_len;

/// Bytes of what stands before the base64, at most: `data:`, a media type, its parameters.
const MAX_PREFIX_BYTES: usize = 256;

/// Letters of a file's beginning: whole groups of four, a KiB and more of bytes.
const HEAD_LETTERS: usize = 1376;

/// A text and what is to be taken out of it.
#[derive(Debug, Clone)]
pub struct Lifted {
    text: Bytes,
    slim: Bytes,
    cuts: Vec<Cut>,
    /// Where the slim text has secrets, quotes included.
    secrets: Vec<Range<usize>>,
}

/// The base64 of one file in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// The JSON pointer of the string that holds it.
    pub(super) pointer: String,
    /// Where it is in the text.
    letters: Range<usize>,
    /// Where it belongs in the slim text.
    pub(super) at: usize,
}

/// Finds what can be taken out of a text. Takes time in proportion to the text, and memory for what stays of it: large
/// texts do not belong on an async thread.
#[must_use]
pub fn lift(text: Bytes, rules: ArtifactRules) -> Lifted {
    let cuts = cuts(&text, rules);
    let slim = if cuts.is_empty() { text.clone() } else { without(&text, &cuts) };
    Lifted { text, slim, cuts, secrets: Vec::new() }
}

/// A text that is kept as it is.
#[must_use]
pub fn whole(text: Bytes) -> Lifted {
    Lifted { slim: text.clone(), text, cuts: Vec::new(), secrets: Vec::new() }
}

impl Lifted {
    /// The text without its files: still JSON, every `data:` URL still there with nothing behind its comma.
    #[must_use]
    pub const fn slim(&self) -> &Bytes {
        &self.slim
    }

    /// Whether anything is taken out.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// The text as it was given.
    #[must_use]
    pub const fn whole(&self) -> &Bytes {
        &self.text
    }

    /// The beginning of each `data:` URL whose file is taken out, with the JSON pointer of its string: as much as tells the
    /// file's type.
    pub fn heads(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cuts.iter().filter_map(|cut| {
            let start = self.text[..cut.letters.start].iter().rposition(|byte| *byte == b'"')? + 1;
            let end = cut.letters.end.min(cut.letters.start + HEAD_LETTERS);
            Some((cut.pointer.as_str(), str::from_utf8(&self.text[start..end]).ok()?))
        })
    }

    /// The same, of whose slim text these parts, in order, are secrets.
    #[must_use]
    pub fn with_secrets(self, secrets: Vec<Range<usize>>) -> Self {
        Self { secrets, ..self }
    }

    /// Whether there are secrets in it.
    #[must_use]
    pub const fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// Where the slim text has secrets.
    pub(super) fn secrets(&self) -> &[Range<usize>] {
        &self.secrets
    }

    /// Where a part of the slim text is in the whole.
    pub(super) fn in_whole(&self, part: &Range<usize>) -> Range<usize> {
        let before = self.cuts.iter().take_while(|cut| cut.at <= part.start);
        let removed: usize = before.map(|cut| cut.letters.len()).sum();
        part.start + removed..part.end + removed
    }

    /// The same with other texts in place of these parts of the slim one, which are in order.
    pub(super) fn replacing(&self, parts: &[(Range<usize>, Bytes)]) -> Self {
        if parts.is_empty() {
            return self.clone();
        }
        let (mut slim, mut done) = (Vec::with_capacity(self.slim.len()), 0);
        for (part, text) in parts {
            slim.extend_from_slice(&self.slim[done..part.start]);
            slim.extend_from_slice(text);
            done = part.end;
        }
        slim.extend_from_slice(&self.slim[done..]);
        let moved = |cut: &Cut| {
            let before = || parts.iter().take_while(|(part, _)| part.end <= cut.at);
            let put: usize = before().map(|(_, text)| text.len()).sum();
            let gone: usize = before().map(|(part, _)| part.len()).sum();
            Cut { at: cut.at + put - gone, ..cut.clone() }
        };
        let cuts = self.cuts.iter().map(moved).collect();
        Self { slim: slim.into(), cuts, secrets: Vec::new(), text: self.text.clone() }
    }

    pub(super) fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// A file's bytes, in parts of [`ARTIFACT_PART_BYTES`].
    pub(super) fn decoded(&self, cut: &Cut) -> impl Iterator<Item = Bytes> + Send + 'static {
        let mut letters = self.text.slice(cut.letters.clone());
        std::iter::from_fn(move || {
            let part = letters.split_to(letters.len().min(ARTIFACT_PART_BYTES / 3 * 4));
            (!part.is_empty()).then(|| STANDARD.decode(part).unwrap_or_else(|_| unreachable!("decoded before")).into())
        })
    }
}

fn cuts(text: &[u8], rules: ArtifactRules) -> Vec<Cut> {
    let mut scan = Scan::new(text);
    let (mut cuts, mut removed) = (Vec::new(), 0);
    while cuts.len() < rules.max_count
        && let Some(string) = scan.next_string()
    {
        if let Some(letters) = base64_of(text, string, rules.min_bytes)
            && let Some(pointer) = scan.pointer()
        {
            let at = letters.start - removed;
            removed += letters.len();
            cuts.push(Cut { pointer, letters, at });
        }
    }
    cuts
}

/// Where a string's base64 is, if it is a `data:` URL of a file that can be taken out.
fn base64_of(text: &[u8], string: Range<usize>, min_bytes: u64) -> Option<Range<usize>> {
    let head = &text[string.start..string.end.min(string.start + MAX_PREFIX_BYTES)];
    let comma = head.iter().position(|byte| *byte == b',')?;
    DataUrl::parse(str::from_utf8(&head[..=comma]).ok()?).ok()?;
    let letters = string.start + comma + 1..string.end;
    if letters.is_empty() || (letters.len() as u64) < min_bytes {
        return None;
    }
    // The strict engine decodes nothing but what it would itself have written.
    decoded_len(&STANDARD, &text[letters.clone()]).is_ok().then_some(letters)
}

fn without(text: &[u8], cuts: &[Cut]) -> Bytes {
    let removed: usize = cuts.iter().map(|cut| cut.letters.len()).sum();
    let mut slim = Vec::with_capacity(text.len() - removed);
    let mut done = 0;
    for cut in cuts {
        slim.extend_from_slice(&text[done..cut.letters.start]);
        done = cut.letters.end;
    }
    slim.extend_from_slice(&text[done..]);
    slim.into()
}

//! Reads one line: a network gives, for every eight columns of the strip, how likely each character is.

use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::Failure;
use super::crop::{HEIGHT, Strip};
use super::network::Network;

/// The class that stands between characters.
const BLANK: usize = 0;

/// A character and where it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    pub(super) character: char,
    /// The columns of the strip in which it was the likeliest.
    pub(super) start: f32,
    pub(super) end: f32,
    /// How likely it is.
    pub(super) score: f32,
}

pub(super) struct Reader {
    network: Network,
    /// The characters of the classes from 1 on.
    characters: Vec<char>,
}

impl Reader {
    /// The file's own metadata say which characters the network knows, one a line, in the order of its classes. After
    /// them comes the space.
    pub(super) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Failure> {
        let network = Network::load(bytes, threads)?;
        let names =
            network.metadata("character").ok_or_else(|| Failure("it does not name its characters".to_owned()))?;
        let characters = names.split('\n').map(first_character).chain([' ']).collect();
        Ok(Self { network, characters })
    }

    /// What is written on a strip, from left to right.
    pub(super) fn read(&self, strip: &Strip) -> Result<Vec<Seen>, Failure> {
        let input = NdTensor::from_data([1, 3, HEIGHT, strip.width], strip.planes.clone());
        let output = self.network.run(input)?;
        let &[_, steps, classes] = output.shape() else {
            return Err(Failure("its output has no steps and classes".to_owned()));
        };
        let columns = strip.width as f32 / steps.max(1) as f32;
        let mut seen: Vec<Seen> = Vec::new();
        let mut last = BLANK;
        for (step, likelihoods) in output.data().unwrap_or_default().chunks_exact(classes.max(1)).enumerate() {
            let (class, score) = likeliest(likelihoods);
            let (start, end) = (step as f32 * columns, (step + 1) as f32 * columns);
            if class != BLANK && class == last {
                if let Some(character) = seen.last_mut() {
                    character.end = end;
                    character.score = character.score.max(score);
                }
            } else if let Some(&character) = class.checked_sub(1).and_then(|class| self.characters.get(class)) {
                seen.push(Seen { character, start, end, score });
            }
            last = class;
        }
        Ok(seen)
    }
}

fn first_character(line: &str) -> char {
    // The ideographic space is one too.
    line.trim_end_matches('\r')
        .chars()
        .next()
        .map_or(' ', |character| if character == '\u{3000}' { ' ' } else { character })
}

/// The class of the greatest likelihood, and that. In eights, for the processor compares eight at once.
fn likeliest(likelihoods: &[f32]) -> (usize, f32) {
    let mut lanes = [f32::MIN; 8];
    let (eights, rest) = likelihoods.as_chunks::<8>();
    for eight in eights {
        for (lane, &value) in lanes.iter_mut().zip(eight) {
            *lane = if value > *lane { value } else { *lane };
        }
    }
    let most = lanes.iter().chain(rest).copied().fold(f32::MIN, f32::max);
    (likelihoods.iter().position(|&value| value >= most).unwrap_or(BLANK), most)
}

//! The network: a BERT of six layers whose last states are averaged.

use rten::ThreadPool;
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp as _;
use rten_simd::SimdUnaryOp as _;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use rten_vecmath::{Gelu, Softmax};

use super::Failure;
use super::weights::Weights;

/// The shape of all-MiniLM-L6-v2, as its config.json has it.
const LAYERS: usize = 6;
const WIDTH: usize = 384;
const INNER: usize = 1_536;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
const WORDS: usize = 30_522;
const PLACES: usize = 512;
const KINDS: usize = 2;
const EPSILON: f32 = 1e-12;

/// The weights, and the thread that multiplies them.
pub(super) struct Network {
    words: Vec<f32>,
    places: Vec<f32>,
    /// The first of the two kinds of text: there is one text at a time.
    kind: Vec<f32>,
    begin: Norm,
    layers: Vec<Layer>,
    gemm: GemmExecutor,
    thread: ThreadPool,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

/// Multiplication by a matrix, whose rows are its outputs.
struct Linear {
    weight: NdTensor<f32, 2>,
    bias: Vec<f32>,
}

/// Normalization of a state.
struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Network {
    pub(super) fn load(bytes: &[u8]) -> Result<Self, Failure> {
        let weights = Weights::of(bytes)?;
        let mut kind = weights.list("embeddings.token_type_embeddings.weight", KINDS * WIDTH)?;
        kind.truncate(WIDTH);
        Ok(Self {
            words: weights.list("embeddings.word_embeddings.weight", WORDS * WIDTH)?,
            places: weights.list("embeddings.position_embeddings.weight", PLACES * WIDTH)?,
            kind,
            begin: Norm::load(&weights, "embeddings.LayerNorm")?,
            layers: (0..LAYERS).map(|layer| Layer::load(&weights, layer)).collect::<Result<_, _>>()?,
            gemm: GemmExecutor::new(),
            thread: ThreadPool::with_num_threads(1),
        })
    }

    /// The direction of a text, of length one.
    pub(super) fn direction(&self, tokens: &[usize]) -> Vec<f32> {
        // Multiplications would else spread over all cores of the machine.
        self.thread.run(|| self.run(tokens))
    }

    fn run(&self, tokens: &[usize]) -> Vec<f32> {
        let mut states = Vec::with_capacity(tokens.len() * WIDTH);
        for (place, &token) in tokens.iter().enumerate().take(PLACES) {
            let row =
                |table: &'_ [f32], index: usize| table.get(index * WIDTH..(index + 1) * WIDTH).map(<[f32]>::to_vec);
            let word = row(&self.words, token).unwrap_or_default();
            let place = row(&self.places, place).unwrap_or_default();
            states.extend(word.iter().zip(&place).zip(&self.kind).map(|((word, place), kind)| word + place + kind));
        }
        self.begin.apply(&mut states);
        for layer in &self.layers {
            layer.apply(&mut states, &self.gemm);
        }
        averaged(&states)
    }
}

impl Layer {
    fn load(weights: &Weights<'_>, number: usize) -> Result<Self, Failure> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let linear = |part: &str, shape| Linear::load(weights, &name(part), shape);
        Ok(Self {
            query: linear("attention.self.query", [WIDTH, WIDTH])?,
            key: linear("attention.self.key", [WIDTH, WIDTH])?,
            value: linear("attention.self.value", [WIDTH, WIDTH])?,
            attended: linear("attention.output.dense", [WIDTH, WIDTH])?,
            attended_norm: Norm::load(weights, &name("attention.output.LayerNorm"))?,
            inner: linear("intermediate.dense", [INNER, WIDTH])?,
            outer: linear("output.dense", [WIDTH, INNER])?,
            outer_norm: Norm::load(weights, &name("output.LayerNorm"))?,
        })
    }

    fn apply(&self, states: &mut [f32], gemm: &GemmExecutor) {
        let attended = self.attend(states, gemm);
        add(states, &self.attended.apply(&attended, gemm));
        self.attended_norm.apply(states);
        let mut inner = self.inner.apply(states, gemm);
        Gelu {}.map_mut(&mut inner);
        add(states, &self.outer.apply(&inner, gemm));
        self.outer_norm.apply(states);
    }

    /// What each state takes from the others, head by head.
    fn attend(&self, states: &[f32], gemm: &GemmExecutor) -> Vec<f32> {
        let count = states.len() / WIDTH;
        let of = |linear: &Linear| NdTensor::from_data([count, WIDTH], linear.apply(states, gemm));
        let (queries, keys, values) = (of(&self.query), of(&self.key), of(&self.value));
        let mut attended = vec![0.0; count * WIDTH];
        let mut weights = vec![0.0; count * count];
        let mut taken = vec![0.0; count * HEAD];
        for head in 0..HEADS {
            let columns = head * HEAD..(head + 1) * HEAD;
            let scaled = GemmOptions { alpha: (HEAD as f32).sqrt().recip(), ..GemmOptions::default() };
            let of_head = |tensor: &'_ NdTensor<f32, 2>| tensor.slice((.., columns.clone())).to_tensor();
            let (query, key, value) = (of_head(&queries), of_head(&keys), of_head(&values));
            multiply(gemm, &mut weights, query.view(), key.view().transposed(), scaled);
            weights.chunks_exact_mut(count.max(1)).for_each(|row| {
                Softmax::new_mut(row).dispatch();
            });
            let weights = NdTensorView::from_data([count, count], &weights[..]);
            multiply(gemm, &mut taken, weights, value.view(), GemmOptions::default());
            for (row, taken) in attended.chunks_exact_mut(WIDTH).zip(taken.chunks_exact(HEAD)) {
                if let Some(part) = row.get_mut(columns.clone()) {
                    part.copy_from_slice(taken);
                }
            }
        }
        attended
    }
}

impl Linear {
    fn load(weights: &Weights<'_>, name: &str, shape: [usize; 2]) -> Result<Self, Failure> {
        let weight = weights.matrix(&format!("{name}.weight"), shape)?;
        Ok(Self { weight, bias: weights.list(&format!("{name}.bias"), shape[0])? })
    }

    fn apply(&self, states: &[f32], gemm: &GemmExecutor) -> Vec<f32> {
        let [outputs, inputs] = self.weight.shape();
        let count = states.len() / inputs;
        let mut result = vec![0.0; count * outputs];
        let states = NdTensorView::from_data([count, inputs], states);
        let biased = GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() };
        multiply(gemm, &mut result, states, self.weight.view().transposed(), biased);
        result
    }
}

/// Multiplies two matrices. Their shapes come from this file alone, so that they fit.
fn multiply(
    gemm: &GemmExecutor,
    result: &mut [f32],
    left: NdTensorView<'_, f32, 2>,
    right: NdTensorView<'_, f32, 2>,
    options: GemmOptions<'_, f32, f32, f32>,
) {
    let done = gemm.gemm(result, GemmInputA::Unpacked(left), GemmInputB::Unpacked(right), options);
    debug_assert!(done.is_ok(), "matrices fit: {done:?}");
}

impl Norm {
    fn load(weights: &Weights<'_>, name: &str) -> Result<Self, Failure> {
        let list = |part: &str| weights.list(&format!("{name}.{part}"), WIDTH);
        Ok(Self { scale: list("weight")?, bias: list("bias")? })
    }

    fn apply(&self, states: &mut [f32]) {
        for state in states.chunks_exact_mut(WIDTH) {
            let mean = state.iter().sum::<f32>() / WIDTH as f32;
            let variance = state.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / WIDTH as f32;
            let by = (variance + EPSILON).sqrt().recip();
            for ((value, scale), bias) in state.iter_mut().zip(&self.scale).zip(&self.bias) {
                *value = (*value - mean) * by * scale + bias;
            }
        }
    }
}

fn add(states: &mut [f32], more: &[f32]) {
    states.iter_mut().zip(more).for_each(|(state, more)| *state += more);
}

/// The mean of the states, brought to length one.
fn averaged(states: &[f32]) -> Vec<f32> {
    let mut sum = vec![0.0; WIDTH];
    states.chunks_exact(WIDTH).for_each(|state| add(&mut sum, state));
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    sum.iter_mut().for_each(|value| *value /= length);
    sum
}

//! A network and the one thread it runs on.

use std::sync::Arc;

use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::Failure;

/// A network of one input and one output.
pub(super) struct Network {
    model: Model,
    options: RunOptions,
}

impl Network {
    /// Loads an ONNX file. The weights are copied out of it: the format does not align them, so that even a mapped file
    /// could not be used in place.
    pub(super) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Failure> {
        let model = Model::load(bytes).map_err(|error| Failure(error.to_string()))?;
        Ok(Self { model, options: RunOptions::default().with_thread_pool(Some(Arc::clone(threads))) })
    }

    /// A field of the file's metadata.
    pub(super) fn metadata(&self, name: &str) -> Option<&str> {
        self.model.metadata().fields().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Runs it on pictures (batch, channel, row, column).
    pub(super) fn run(&self, input: NdTensor<f32, 4>) -> Result<Tensor<f32>, Failure> {
        let output =
            self.model.run_one(input.into(), Some(self.options.clone())).map_err(|error| Failure(error.to_string()))?;
        let output: Tensor<f32> = output.try_into().map_err(|_| Failure("its output is not of numbers".to_owned()))?;
        Ok(if output.is_contiguous() { output } else { output.to_tensor() })
    }
}

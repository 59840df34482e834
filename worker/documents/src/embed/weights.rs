//! The tensors of a safetensors file.

use rten_tensor::NdTensor;
use safetensors::{Dtype, SafeTensors};

use super::Failure;

/// A file of weights.
pub(super) struct Weights<'b>(SafeTensors<'b>);

impl<'b> Weights<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Result<Self, Failure> {
        SafeTensors::deserialize(bytes).map(Self).map_err(|error| Failure(error.to_string()))
    }

    /// A tensor as a list.
    pub(super) fn list(&self, name: &str, len: usize) -> Result<Vec<f32>, Failure> {
        let tensor = self.0.tensor(name).map_err(|error| Failure(error.to_string()))?;
        let values: Vec<f32> = match tensor.dtype() {
            Dtype::F32 => tensor.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            other => return Err(Failure(format!("{name} is of {other:?}"))),
        };
        if values.len() == len { Ok(values) } else { Err(Failure(format!("{name} has {} values", values.len()))) }
    }

    /// A matrix.
    pub(super) fn matrix(&self, name: &str, [rows, columns]: [usize; 2]) -> Result<NdTensor<f32, 2>, Failure> {
        Ok(NdTensor::from_data([rows, columns], self.list(name, rows * columns)?))
    }
}

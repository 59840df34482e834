//! Extraction: the values that a schema asks for.

pub(crate) mod arithmetic;
pub(crate) mod items;

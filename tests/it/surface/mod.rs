//! What is written down about Quire, compared with what it is.

mod api_page;
mod endpoints_page;
mod lifecycle;
mod operations_page;
mod queries_prepare;
mod readme;
mod tenancy;
mod tidy;

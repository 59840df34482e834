//! `GET /v1/jobs`: each parameter, pages against a naive model, plans, isolation.

mod plans;

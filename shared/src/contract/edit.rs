//! `/v1/edit/...` (contract B.6 to B.8).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MimeData;
use super::request::{BrokenRule, TargetRequest, default_model, one};

/// How a form is filled (contract B.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EditConfig {
    /// The colour of what is written: `#rrggbb` or `#rgb`.
    #[serde(default = "default_color")]
    #[schema(default = "#000080", pattern = "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")]
    pub color: String,
}

fn default_color() -> String {
    "#000080".to_owned()
}

impl Default for EditConfig {
    fn default() -> Self {
        Self { color: default_color() }
    }
}

/// The request of `/v1/edit/agent/fill` (contract B.6). It has either a document or a template. Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct FillRequest {
    /// What to fill in, as prose or JSON.
    pub instructions: String,
    /// The form. Exactly one of `document` and `template_id` is there.
    #[serde(default)]
    pub document: Option<MimeData>,
    /// A stored form.
    #[serde(default)]
    pub template_id: Option<String>,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// How it is filled.
    #[serde(default)]
    pub config: Option<EditConfig>,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for FillRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/edit/agent/fill"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(self.document.as_ref())
    }

    fn broken_rule(&self) -> Option<BrokenRule> {
        let is_one = self.document.is_some() != self.template_id.is_some();
        let message = "must have exactly one of document and template_id";
        (!is_one).then_some(BrokenRule { rule: "oneOf", message })
    }
}

/// The request of `/v1/edit/templates/fill` (contract B.7). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct FillTemplateRequest {
    /// The stored form.
    pub template_id: String,
    /// What to fill in, as prose or JSON.
    pub instructions: String,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// How it is filled.
    #[serde(default)]
    pub config: Option<EditConfig>,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for FillTemplateRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/edit/templates/fill"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        Vec::new()
    }
}

/// The request of `/v1/edit/templates/generate` (contract B.8). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct GenerateTemplateRequest {
    /// The form whose fields are wanted.
    pub document: MimeData,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// What is known about the form.
    #[serde(default)]
    pub instructions: Option<String>,
}

impl TargetRequest for GenerateTemplateRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/edit/templates/generate"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

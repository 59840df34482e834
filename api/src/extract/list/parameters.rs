//! The parameters of a list as the OpenAPI document shows them.

use utoipa::{IntoParams, ToSchema};

/// By the time of creation.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the query")]
pub(crate) enum OrderWord {
    Asc,
    Desc,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the query")]
pub(crate) enum StatusWord {
    Validating,
    Queued,
    InProgress,
    Completed,
    Failed,
    Cancelled,
    Expired,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the query")]
pub(crate) enum SourceWord {
    Api,
    Project,
    Workflow,
}

/// What a list may be asked for. The query itself is read piece by piece, so that every broken rule is named.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query")]
pub(crate) struct ListParameters {
    /// The id of the last job of the page before the wanted one.
    after: Option<String>,
    /// The id of the first job of the page after the wanted one. Not together with `after`.
    before: Option<String>,
    /// Jobs on the page; 20 at most with `include_response`.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u16>,
    /// By the time of creation.
    #[param(inline, default = "desc")]
    order: Option<OrderWord>,
    /// The job of this id.
    #[param(min_length = 1)]
    id: Option<String>,
    /// The same as `id`.
    #[param(min_length = 1)]
    job_id: Option<String>,
    #[param(inline)]
    status: Option<StatusWord>,
    /// The path of an endpoint, with `/v1` or without.
    #[param(example = "/v1/documents/parse")]
    endpoint: Option<String>,
    /// `project`: the request has a `project_id`. `workflow`: the metadata have a `workflow_id`. `api`: neither; not
    /// together with `project_id` or `workflow_id`.
    #[param(inline)]
    source: Option<SourceWord>,
    /// `request.project_id`.
    #[param(min_length = 1)]
    project_id: Option<String>,
    /// `metadata.workflow_id`.
    #[param(min_length = 1)]
    workflow_id: Option<String>,
    /// `metadata.workflow_node_id`, `node_id`, `workflow_block_id` or `block_id`.
    #[param(min_length = 1)]
    workflow_node_id: Option<String>,
    /// The same as `workflow_node_id`.
    #[param(min_length = 1)]
    workflow_block_id: Option<String>,
    /// `request.model`.
    #[param(min_length = 1)]
    model: Option<String>,
    /// A part of a file name as it is written, or a regular expression that begins with `^`: without repetition (`* + ? {
    /// }`), groups that begin with `(?`, references back, and with `$` at its end only. Up to 256 characters.
    #[param(max_length = 256)]
    filename_regex: Option<String>,
    /// A part of a file name, in letters of either case.
    #[param(min_length = 1)]
    filename_contains: Option<String>,
    /// Ends of file names, repeated or joined by commas.
    #[param(style = Form, explode, example = json!(["pdf", "docx"]))]
    document_type: Option<Vec<String>>,
    /// Created on this day of UTC or later.
    #[param(format = Date)]
    from_date: Option<String>,
    /// Created on this day of UTC or earlier.
    #[param(format = Date)]
    to_date: Option<String>,
    /// A JSON object of strings: the job has all of these pairs.
    #[param(example = r#"{"customer":"acme"}"#)]
    metadata: Option<String>,
    /// Whether the jobs come with their requests.
    #[param(default = false)]
    include_request: Option<bool>,
    /// Whether the jobs come with their responses; takes a `limit` of 20 at most.
    #[param(default = false)]
    include_response: Option<bool>,
    /// An API key, instead of the header.
    access_token: Option<String>,
}

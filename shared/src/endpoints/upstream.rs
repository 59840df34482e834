//! `[endpoint.upstream]`.

use reqwest::header::{HeaderName, HeaderValue};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::limits::{BODY_MAX_BYTES, CERTIFICATES_MAX_BYTES, HEADER_MAX_BYTES, HEADERS_MAX, MILLIS_MAX, REDIRECTS_MAX};
use super::read::{Reading, text_of};
use super::references::follow;
use super::section::{Item, Section, whole};
use crate::domain::{Proxy, StatusSet, Upstream};

pub(super) const KEYS: &[&str] = &[
    "url",
    "connect_timeout_ms",
    "request_max_bytes",
    "response_max_bytes",
    "retry_statuses",
    "retry_after_max_ms",
    "redirects",
    "proxy",
    "ca_file",
    "headers",
];

/// Headers that are ours to set: of the connection, of the body, and those by which an attempt is known.
const RESERVED: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "idempotency-key",
    "keep-alive",
    "proxy-connection",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The service, as far as it has a URL.
pub(super) fn read(section: &Section<'_>, reading: &Reading<'_>) -> Option<Upstream> {
    section.only(KEYS);
    if section.item("url").is_none() {
        section.refuse_all("has no url");
    }
    let url = secret(section, "url", reading).and_then(|(item, text)| {
        let is_fit = |url: &Url| url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        url_of(&text, &["http", "https"]).filter(is_fit).or_else(|| {
            let rule =
                "must be http:// or https:// with a host, without user:password@ and # (a key goes into a header)";
            section.refuse(item, "url", sized(rule, &text))
        })
    });
    // Read on without a URL: the other fields may have mistakes too.
    let nowhere = || Url::parse("http://unknown.invalid").ok();
    let mut upstream = Upstream::new(url.clone().or_else(nowhere)?);
    if let Some(timeout) = section.millis("connect_timeout_ms", 1..=MILLIS_MAX) {
        upstream.connect_timeout = timeout;
    }
    if let Some(most) = section.whole("request_max_bytes", 1..=BODY_MAX_BYTES) {
        upstream.request_max_bytes = most;
    }
    if let Some(most) = section.whole("response_max_bytes", 1..=BODY_MAX_BYTES) {
        upstream.response_max_bytes = most;
    }
    if let Some(ranges) = section.list("retry_statuses", statuses) {
        upstream.retry_statuses = StatusSet::of_ranges(ranges);
    }
    if let Some(longest) = section.millis("retry_after_max_ms", 0..=MILLIS_MAX) {
        upstream.retry_after_max = longest;
    }
    if let Some(redirects) = section.whole("redirects", 0..=REDIRECTS_MAX).and_then(|count| u16::try_from(count).ok()) {
        upstream.redirects = redirects;
    }
    upstream.proxy = proxy(section, reading).unwrap_or_default();
    upstream.certificates = certificates(section, reading);
    upstream.headers = headers(section, reading);
    url.map(|_| upstream)
}

/// A text with its references followed.
fn secret<'a>(section: &Section<'a>, name: &str, reading: &Reading<'_>) -> Option<(&'a Item<'a>, SecretString)> {
    let (text, item) = (section.text(name)?, section.item(name)?);
    match follow(text, reading.around.variables) {
        Ok(text) => Some((item, text)),
        Err(rules) => {
            for rule in rules {
                section.refuse::<()>(item, name, rule);
            }
            None
        }
    }
}

fn url_of(text: &SecretString, schemes: &[&str]) -> Option<Url> {
    let url = Url::parse(text.expose_secret()).ok()?;
    (schemes.contains(&url.scheme()) && url.host_str().is_some_and(|host| !host.is_empty())).then_some(url)
}

fn sized(rule: &str, text: &SecretString) -> String {
    format!("{rule} ({} characters)", text.expose_secret().chars().count())
}

/// One status, or `"5xx"`.
fn statuses(item: &Item<'_>) -> Result<(u16, u16), String> {
    let class = || match item.get_ref().as_str()? {
        "3xx" => Some((300, 399)),
        "4xx" => Some((400, 499)),
        "5xx" => Some((500, 599)),
        _ => None,
    };
    let one = || {
        let status = u16::try_from(whole(item)?).ok().filter(|status| (300..=599).contains(status))?;
        Some((status, status))
    };
    one().or_else(class).ok_or_else(|| "must be a status, 300 to 599, or \"3xx\", \"4xx\" or \"5xx\"".to_owned())
}

fn proxy(section: &Section<'_>, reading: &Reading<'_>) -> Option<Proxy> {
    let (item, text) = secret(section, "proxy", reading)?;
    if text.expose_secret() == "environment" {
        return Some(Proxy::Environment);
    }
    if url_of(&text, &["http", "https"]).is_none() {
        return section.refuse(
            item,
            "proxy",
            sized("must be http:// or https:// with a host, or \"environment\"", &text),
        );
    }
    Some(Proxy::Url(text))
}

fn certificates(section: &Section<'_>, reading: &Reading<'_>) -> Option<Vec<u8>> {
    let (name, item) = (section.text("ca_file")?, section.item("ca_file")?);
    let pem = match text_of(&reading.folder.join(name), CERTIFICATES_MAX_BYTES) {
        Ok(pem) => pem,
        Err(rule) => return section.refuse(item, "ca_file", format!("the file {rule}")),
    };
    let mut store = RootCertStore::empty();
    let usable = CertificateDer::pem_slice_iter(&pem)
        .map(|certificate| certificate.ok().and_then(|certificate| store.add(certificate).ok()))
        .collect::<Option<Vec<()>>>();
    if usable.is_none_or(|certificates| certificates.is_empty()) {
        let rule = format!("the file must hold certificates in PEM, and nothing else ({} bytes)", pem.len());
        return section.refuse(item, "ca_file", rule);
    }
    Some(pem)
}

fn headers(section: &Section<'_>, reading: &Reading<'_>) -> Vec<(String, SecretString)> {
    let Some(section) = section.section("headers") else { return Vec::new() };
    if section.iter().count() > HEADERS_MAX {
        section.refuse_all(format!("may have {HEADERS_MAX} headers ({} are)", section.iter().count()));
        return Vec::new();
    }
    let mut headers: Vec<(String, SecretString)> = Vec::new();
    for (name, at, _) in section.iter() {
        let Ok(known) = HeaderName::from_bytes(name.as_bytes()) else {
            let rule = format!("has a name that no header can have ({} characters)", name.chars().count());
            section.notes.note(at, section.place.clone(), rule);
            continue;
        };
        let lower = known.as_str();
        if RESERVED.contains(&lower) || lower.starts_with("quire-") {
            section.notes.note(at, section.field(lower), "is set by Quire itself");
        } else if headers.iter().any(|(other, _)| other == lower) {
            section.notes.note(at, section.field(lower), "is there twice: case does not count");
        }
        let Some((item, value)) = secret(&section, name, reading) else { continue };
        let length = value.expose_secret().len();
        if length > HEADER_MAX_BYTES || HeaderValue::from_str(value.expose_secret()).is_err() {
            let rule = format!("must have up to {HEADER_MAX_BYTES} bytes and no control character ({length} bytes)");
            section.refuse::<()>(item, name, rule);
        }
        headers.push((lower.to_owned(), value));
    }
    headers
}

//! What a path asks for.

use axum::http::Method;
use percent_encoding::percent_decode_str;

pub(super) struct Target {
    /// From 3.67 on, a URL needs none (Cinder's documents).
    pub(super) project: Option<String>,
    pub(super) resource: Resource,
}

pub(super) enum Resource {
    Versions,
    Volumes,
    VolumesDetail,
    Volume(String),
}

impl Target {
    /// Of a path behind the version; None if there is no such route.
    pub(super) fn of(path: &str) -> Option<Self> {
        let decoded = path.split('/').map(|part| percent_decode_str(part).decode_utf8_lossy());
        let decoded: Vec<_> = decoded.collect();
        let parts: Vec<&str> = decoded.iter().map(AsRef::as_ref).collect();
        let (project, rest) = match parts.get(1..).unwrap_or_default() {
            [] | [""] => return Some(Self { project: None, resource: Resource::Versions }),
            ["volumes", rest @ ..] => (None, rest),
            [project, "volumes", rest @ ..] if is_project(project) => (Some(*project), rest),
            _ => return None,
        };
        let resource = match rest {
            [] => Resource::Volumes,
            ["detail"] => Resource::VolumesDetail,
            [id] if !id.is_empty() => Resource::Volume((*id).to_owned()),
            _ => return None,
        };
        Some(Self { project: project.map(str::to_owned), resource })
    }
}

fn is_project(segment: &str) -> bool {
    !segment.is_empty()
        && segment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

impl Resource {
    pub(super) fn has(&self, method: &Method) -> bool {
        match self {
            Self::Versions | Self::VolumesDetail => *method == Method::GET,
            Self::Volumes => [Method::GET, Method::POST].contains(method),
            Self::Volume(_) => [Method::GET, Method::DELETE].contains(method),
        }
    }
}

//! What a path asks for.

use percent_encoding::percent_decode_str;

pub(super) struct Target {
    pub(super) project: Option<String>,
    pub(super) server: String,
    pub(super) resource: Resource,
}

pub(super) enum Resource {
    Flavors,
    FlavorsDetail,
    /// With its id.
    Flavor(String),
    Servers,
    ServersDetail,
    Server,
    Attachments,
    /// With the id of the volume.
    Attachment(String),
    Actions,
    /// With the id of the request that started it.
    Action(String),
}

impl Target {
    /// None if there is no such route.
    pub(super) fn of(path: &str) -> Option<Self> {
        let decoded: Vec<_> = path.split('/').map(decoded).collect();
        let segments: Vec<&str> = decoded.iter().map(String::as_str).collect();
        // The path begins with a slash and the version.
        let (project, rest) = match segments.get(2..)? {
            rest @ ["servers" | "flavors", ..] => (None, rest),
            [project, rest @ ..] if is_project(project) => (Some(*project), rest),
            _ => return None,
        };
        let (server, resource) = match rest {
            ["flavors"] => (&"", Resource::Flavors),
            ["flavors", "detail"] => (&"", Resource::FlavorsDetail),
            ["flavors", id] if !id.is_empty() => (&"", Resource::Flavor((*id).to_owned())),
            ["servers"] => (&"", Resource::Servers),
            ["servers", rest @ ..] => Self::of_servers(rest)?,
            _ => return None,
        };
        let project = project.map(str::to_owned);
        Some(Self { project, server: (*server).to_owned(), resource })
    }

    fn of_servers<'a>(rest: &'a [&str]) -> Option<(&'a &'a str, Resource)> {
        Some(match rest {
            ["detail"] => (&"", Resource::ServersDetail),
            [server] if !server.is_empty() => (server, Resource::Server),
            [server, "os-volume_attachments"] => (server, Resource::Attachments),
            [server, "os-volume_attachments", volume] if !volume.is_empty() => {
                (server, Resource::Attachment((*volume).to_owned()))
            }
            [server, "os-instance-actions"] => (server, Resource::Actions),
            [server, "os-instance-actions", id] if !id.is_empty() => {
                (server, Resource::Action((*id).to_owned()))
            }
            _ => return None,
        })
    }
}

/// captured: a byte is a character, as Python's web servers have it.
fn decoded(segment: &str) -> String {
    percent_decode_str(segment).map(char::from).collect()
}

/// captured: upper-case digits or other letters are not a route.
fn is_project(segment: &str) -> bool {
    segment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

//! Create a disk: `POST /organizations/organization/disks`.

use serde::Serialize;
use ureq::http::Method;

use super::annotations::Annotations;
use super::disk_arguments::Properties;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{Client, Config, DiskArguments, DiskTask, Error, Lookup, Operation, Request, Result};

/// Creates a disk; a task builds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateDisk {
    /// Whose disk it is: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// What to create. The data center is the client's by default.
    pub properties: DiskArguments,
    /// Texts to attach to it.
    pub annotations: Option<Annotations>,
    /// A text of the caller's that no other disk has, for
    /// [`Client::create_disk_once`](crate::Client::create_disk_once).
    pub idempotency_key: Option<String>,
}

impl CreateDisk {
    /// The annotation that holds the idempotency key of a disk.
    pub const IDEMPOTENCY_ANNOTATION: &'static str = "katapult_disk_idempotency_key";

    /// A disk of this name and size, and otherwise as the client and the service decide.
    pub fn new(name: impl Into<String>, size_in_gb: u64) -> CreateDisk {
        CreateDisk {
            properties: DiskArguments {
                name: Some(name.into()),
                size_in_gb: Some(size_in_gb),
                ..DiskArguments::default()
            },
            ..CreateDisk::default()
        }
    }

    /// Reads the API's own body: `{"organization": …, "properties": {…}, "annotations": […]}`; besides,
    /// it may have an `idempotency_key`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<CreateDisk> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let create = CreateDisk {
            organization: arguments.lookup("organization")?,
            properties: match arguments.object("properties")? {
                Some(properties) => DiskArguments::read(properties)?,
                None => DiskArguments::default(),
            },
            annotations: arguments.annotations("annotations")?,
            idempotency_key: arguments.text("idempotency_key")?,
        };
        arguments.finish()?;
        let DiskArguments { name, size_in_gb, .. } = &create.properties;
        match (name, size_in_gb) {
            (None, _) => Err(Error::invalid_argument("properties.name is missing")),
            (_, None) => Err(Error::invalid_argument("properties.size_in_gb is missing")),
            _ => Ok(create),
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    organization: LookupBody<'a>,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<Annotations>,
}

impl CreateDisk {
    /// The annotations to send, the idempotency key among them.
    fn all_annotations(&self) -> Result<Option<Annotations>> {
        let Some(key) = self.idempotency_key.as_deref() else {
            return Ok(self.annotations.clone());
        };
        if key.is_empty() || key.len() > 200 || key.chars().any(char::is_control) {
            return Err(Error::invalid_argument(
                "idempotency_key must have 1 to 200 bytes and no control characters",
            ));
        }
        let own = self.annotations.iter().flat_map(Annotations::iter);
        Ok(Some(own.chain([(CreateDisk::IDEMPOTENCY_ANNOTATION, key)]).collect()))
    }
}

impl Operation for CreateDisk {
    type Output = DiskTask;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "task"];

    fn request(&self, config: &Config) -> Result<Request> {
        let missing = |what: &str| Err(Error::invalid_argument(what));
        if self.properties.name.is_none() {
            return missing("name is missing");
        }
        if self.properties.size_in_gb.is_none() {
            return missing("size_in_gb is missing");
        }
        let organization = config.organization(&self.organization)?;
        let properties = DiskArguments {
            data_center: self.properties.data_center.clone().or_else(|| config.data_center.clone()),
            ..self.properties.clone()
        };
        let body = Body {
            organization: organization.body("organization", Some("sub_domain"))?,
            properties: properties.body()?,
            annotations: self.all_annotations()?,
        };
        Request::new(Method::POST, "/organizations/organization/disks").json(&body)
    }
}

impl Client {
    /// Creates a disk. The answer's disk is `not_built`; wait for the task.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) the disk may exist, and the same call
    /// again may make a second one; [`Client::create_disk_once`] does not.
    ///
    /// # Errors
    /// `ValidationError`, `OrganizationNotFound`, `OrganizationSuspended`,
    /// `OrganizationNotActivated`, `PermissionDenied`, `TaskQueueingError`.
    pub fn create_disk(&self, disk: &CreateDisk) -> Result<DiskTask> {
        if disk.idempotency_key.is_some() {
            return Err(Error::invalid_argument(
                "idempotency_key needs more than one request: use create_disk_once",
            ));
        }
        self.call(disk).map(DiskTask::with_annotations)
    }
}

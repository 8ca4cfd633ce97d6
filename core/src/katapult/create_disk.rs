//! Create a disk: `POST /organizations/organization/disks`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ureq::http::Method;

use super::annotations;
use super::fingerprint::fingerprint;
use crate::defaults::{Defaults, argument_value};
use crate::{
    Annotations, Client, DiskArguments, DiskTask, Error, Operation, OrganizationRef, Result,
};

/// Creates a disk; a task builds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateDisk {
    /// Whose disk it is: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// What to create. The data center is the client's by default.
    #[serde(default)]
    pub properties: DiskArguments,
    /// Texts to attach to it.
    #[serde(default, deserialize_with = "annotations::argument")]
    pub annotations: Option<Annotations>,
    /// A text of the caller's that no other disk has, for
    /// [`Client::create_disk_once`](crate::Client::create_disk_once). As a plain operation
    /// ([`Client::call`](crate::Client::call)) it is only the annotation: nothing looks for the disk.
    #[serde(skip_serializing)]
    pub idempotency_key: Option<String>,
}

impl CreateDisk {
    /// The annotation that holds the idempotency key of a disk.
    pub const IDEMPOTENCY_ANNOTATION: &'static str = "katapult_disk_idempotency_key";

    /// The annotation that tells requests with the same key apart: a fingerprint of the properties.
    pub const FINGERPRINT_ANNOTATION: &'static str = "katapult_disk_idempotency_fingerprint";

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

    /// For calls of one request.
    pub(crate) fn refuse_key(&self) -> Result<()> {
        match self.idempotency_key {
            None => Ok(()),
            Some(_) => Err(Error::invalid_argument(
                "idempotency_key needs more than one request: use create_disk_once",
            )),
        }
    }

    /// The annotations to send, with those that make the disk be found by its key.
    fn annotations_with(&self, key: &str, fingerprint: &str) -> Annotations {
        let own = self.annotations.iter().flat_map(Annotations::iter);
        let marks = [
            (CreateDisk::IDEMPOTENCY_ANNOTATION, key),
            (CreateDisk::FINGERPRINT_ANNOTATION, fingerprint),
        ];
        own.chain(marks).collect()
    }
}

impl Operation for CreateDisk {
    type Output = DiskTask;
    const NAME: &'static str = "create_disk";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/organizations/organization/disks";

    fn check(&self) -> Result<()> {
        let missing = |what: &str| Err(Error::invalid_argument(format!("{what} is missing")));
        if self.properties.name.is_none() {
            return missing("properties.name");
        }
        if self.properties.size_in_gb.is_none() {
            return missing("properties.size_in_gb");
        }
        let annotations = self.annotations.as_ref().filter(|_| self.idempotency_key.is_some());
        for mark in [CreateDisk::IDEMPOTENCY_ANNOTATION, CreateDisk::FINGERPRINT_ANNOTATION] {
            if annotations.is_some_and(|all| all.get(mark).is_some()) {
                return Err(Error::invalid_argument(format!(
                    "annotations has {mark}, which is what idempotency_key becomes: give one of them"
                )));
            }
        }
        match self.idempotency_key.as_deref() {
            Some(key) if key.is_empty() || key.len() > 200 || key.chars().any(char::is_control) => {
                Err(Error::invalid_argument(
                    "idempotency_key must have 1 to 200 bytes and no control characters",
                ))
            }
            _ => self.properties.check(),
        }
    }

    fn shows(&self, disk: &Value) -> bool {
        disk["state"] == "built"
    }

    fn complete(&self, arguments: &mut Map<String, Value>, defaults: &Defaults) -> Result<()> {
        if let (None, Some(default)) = (&self.properties.data_center, &defaults.data_center) {
            arguments["properties"]["data_center"] = argument_value(default)?;
        }
        if let Some(key) = &self.idempotency_key {
            let fingerprint = fingerprint(&arguments["properties"]);
            let annotations = argument_value(&self.annotations_with(key, &fingerprint))?;
            arguments.insert("annotations".to_owned(), annotations);
        }
        Ok(())
    }
}

impl Client {
    /// Creates a disk. The response's disk is `not_built`; wait for the task.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) the disk may exist, and the same call
    /// again may make a second one; [`Client::create_disk_once`] does not.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let created = client.create_disk(&katapult_disk::CreateDisk::new("data", 20))?;
    /// println!("{} will be built", created.disk.id);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationError`, `OrganizationNotFound`, `OrganizationSuspended`,
    /// `OrganizationNotActivated`, `PermissionDenied`, `TaskQueueingError`.
    pub fn create_disk(&self, disk: &CreateDisk) -> Result<DiskTask> {
        disk.refuse_key()?;
        self.call(disk).map(DiskTask::with_annotations)
    }
}

//! The disk that has an idempotency key: how a create marks it, and how it is found again.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Steps;
use super::disk_view::DiskView;
use crate::{
    Annotations, CreateDisk, DiskRef, DiskSummary, Error, ListDisks, OrganizationRef, Outcome,
    Result, Status,
};

/// What marks the disk of one request with an idempotency key.
pub(super) struct Mark {
    key: String,
    fingerprint: Option<String>,
    organization: Option<OrganizationRef>,
    /// Tells the key apart from the same one in another organization.
    pub(super) scope: String,
}

/// The result of a search.
pub(super) enum Found {
    Nothing,
    /// It is listed, but not found by its id: one of the two is not up to date.
    Listed(String),
    Disk(Box<DiskView>),
}

impl Mark {
    /// `arguments` are those of `create` as they will be sent.
    pub(super) fn of(create: &CreateDisk, key: &str, arguments: &Map<String, Value>) -> Mark {
        let organization = arguments.get("organization").map(Value::to_string).unwrap_or_default();
        Mark {
            key: key.to_owned(),
            fingerprint: annotation(arguments, CreateDisk::FINGERPRINT_ANNOTATION),
            organization: create.organization.clone(),
            scope: format!("{organization} {key}"),
        }
    }

    /// Searches for the disk with the key: the oldest, if there are several.
    pub(super) fn find(&self, steps: &Steps<'_, '_>) -> Result<Found> {
        let mut found = Found::Nothing;
        for disk in self.listed(steps)? {
            match self.read(steps, &DiskRef::from(&disk)) {
                Ok(Some(view)) => match &found {
                    Found::Disk(oldest) if oldest.disk.created_at <= view.disk.created_at => {}
                    _ => found = Found::Disk(Box::new(view)),
                },
                Ok(None) => {}
                Err(error) if error.status() == Status::DiskNotFound => {
                    if let Found::Nothing = found {
                        found = Found::Listed(disk.id.to_string());
                    }
                }
                Err(error) => return Err(error),
            }
        }
        if let Found::Disk(view) = &found {
            self.require_same_request(view)?;
        }
        Ok(found)
    }

    /// All that the service lists for the key. Lists show no annotations.
    fn listed(&self, steps: &Steps<'_, '_>) -> Result<Vec<DiskSummary>> {
        let annotations =
            Annotations::from([(CreateDisk::IDEMPOTENCY_ANNOTATION, self.key.as_str())]);
        let list = ListDisks {
            organization: self.organization.clone(),
            annotations: Some(annotations),
            page: None,
            per_page: Some(200),
        };
        let mut listed = Vec::new();
        for page in steps.pages(list) {
            listed.extend(page?);
            if listed.len() > MOST_LISTED {
                return Err(filter_is_ignored());
            }
        }
        Ok(listed)
    }

    /// A disk that is listed, unless it is in the trash.
    fn read(&self, steps: &Steps<'_, '_>, disk: &DiskRef) -> Result<Option<DiskView>> {
        let view = match steps.read_disk(disk) {
            Err(error) if error.status() == Status::ObjectInTrash => return Ok(None),
            read => read?,
        };
        let Some(annotations) = &view.disk.annotations else {
            return Err(invalid(format!(
                "the response shows no annotations of disk {}, so whether it has the idempotency key cannot \
                 be told",
                view.disk.id
            )));
        };
        // Nothing recorded proves that the filter works.
        if annotations.get(CreateDisk::IDEMPOTENCY_ANNOTATION) != Some(&self.key) {
            return Err(filter_is_ignored());
        }
        Ok(Some(view))
    }

    /// Refuses a disk that another request has created. One from before there were fingerprints passes.
    pub(super) fn require_same_request(&self, view: &DiskView) -> Result<()> {
        let annotations = view.disk.annotations.as_ref();
        let theirs = annotations.and_then(|all| all.get(CreateDisk::FINGERPRINT_ANNOTATION));
        if theirs.is_none() || theirs == self.fingerprint.as_deref() {
            return Ok(());
        }
        Err(Error::refused(format!(
            "idempotency_key {:?} belongs to another request: disk {} was created with other properties; \
             repeat that request, or use another key",
            self.key, view.disk.id
        )))
    }
}

/// More disks than this are not found by their own key.
const MOST_LISTED: usize = 1000;

fn annotation(arguments: &Map<String, Value>, key: &str) -> Option<String> {
    let annotations = arguments.get("annotations")?.as_array()?;
    let own = annotations.iter().find(|annotation| annotation["key"] == key)?;
    own["value"].as_str().map(str::to_owned)
}

fn filter_is_ignored() -> Error {
    invalid(
        "the service's list of disks does not heed the filter by annotation, so idempotency keys cannot \
         work"
            .to_owned(),
    )
}

fn invalid(text: String) -> Error {
    Error::new(Status::InvalidResponse, Outcome::NotSent, text)
}

/// How long to wait before a look for what may still come. `look` counts from 0.
pub(super) fn pause_before(look: u32) -> Duration {
    Duration::from_secs(match look {
        0 => 0,
        1..5 => 1 << (look - 1),
        _ => 10,
    })
}

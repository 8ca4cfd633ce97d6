//! Create a disk at most once: the key that the caller gives is an annotation of the disk.

use std::time::Duration;

use derive_new::new;
use serde::Deserialize;

use super::disk_view::DiskView;
use super::{Steps, Workflow};
use crate::json::{self, object, raw_member};
use crate::{
    Annotations, ApiResponse, Client, CreateDisk, DiskRef, DiskState, Error, ListDisks,
    Operation as _, Outcome, Result, Status, Task, TaskResponse, WaitOptions,
};

/// See [`Client::create_disk_once`]. Without an idempotency key it creates the disk, as often as it
/// is run.
#[derive(Clone, Debug, PartialEq, Eq, new)]
#[non_exhaustive]
pub struct CreateDiskOnce {
    /// The disk, with its [`idempotency_key`](CreateDisk::idempotency_key).
    pub create: CreateDisk,
    /// Whether to wait until it is built.
    pub wait: bool,
}

/// A disk that was created, now or by an earlier call with the same key.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct CreatedDisk {
    /// The disk, as it was found, or as its creation answered (`not_built`).
    pub disk: crate::Disk,
    /// The task that builds it; `None` when an earlier call created it.
    pub task: Option<Task>,
    /// The disk's annotations.
    pub annotations: Option<Annotations>,
}

/// When to look for a disk whose creation may have been performed: the service may still be at it.
const LOOKS: [Duration; 4] =
    [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];

/// How often a creation that has certainly left no disk is sent.
const ATTEMPTS: usize = 3;

impl Workflow for CreateDiskOnce {
    type Output = CreatedDisk;
    const NAME: &'static str = CreateDisk::NAME;

    fn object_id(&self) -> Option<String> {
        None
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        if !self.wait {
            steps.without_wait();
        }
        let Some(key) = &self.create.idempotency_key else {
            let started = steps.send(&self.create)?;
            return self.created(steps, started);
        };
        // Finds wrong arguments before anything is sent.
        steps.check(&self.create)?;
        let _guard = steps.lock(format!("idempotency key {key:?}"))?;
        let filter = Annotations::from([(CreateDisk::IDEMPOTENCY_ANNOTATION, key.as_str())]);
        if let Some(found) = self.find(steps, &filter)? {
            return self.existing(steps, found);
        }
        let mut attempt = 1;
        loop {
            let error = match steps.send(&self.create) {
                Ok(started) => return self.created(steps, started),
                Err(error) if error.outcome() != Outcome::Unknown => {
                    return Err(if attempt == 1 { error } else { after_unknown(key, error) });
                }
                Err(error) if error.status() == Status::Interrupted => return Err(error),
                Err(error) => error,
            };
            for pause in LOOKS {
                steps.pause(pause, || unclear(key, &error))?;
                match self.find(steps, &filter) {
                    Ok(Some(found)) => return self.existing(steps, found),
                    Ok(None) => {}
                    Err(look) => return Err(look.in_context(&unclear(key, &error)).unclear()),
                }
            }
            if attempt == ATTEMPTS || may_still_happen(&error) {
                return Err(error.in_context(&format!(
                    "no disk with the idempotency key {key:?} was found; call again with the same key"
                )));
            }
            attempt += 1;
        }
    }
}

impl CreateDiskOnce {
    /// The result for a disk that was created just now.
    fn created(&self, steps: &mut Steps<'_, '_>, started: ApiResponse) -> Result<ApiResponse> {
        if !self.wait {
            // Only a disk that was there already comes without a task.
            started.decode::<TaskResponse>()?;
            return Ok(started);
        }
        steps.accepted::<CreateDisk>();
        steps.finish(&started)
    }

    /// The disk with the key, if there is one. Each that the list gives is read, since lists show no
    /// annotations and nothing recorded proves that the filter works.
    fn find(&self, steps: &Steps<'_, '_>, filter: &Annotations) -> Result<Option<DiskView>> {
        let organization = self.create.organization.clone();
        let annotations = Some(filter.clone());
        let list = ListDisks { organization, annotations, page: Some(1), per_page: Some(200) };
        let disks = steps.call(&list)?.items;
        let mut oldest: Option<DiskView> = None;
        for disk in disks {
            let view = match steps.read_disk(&DiskRef::from(&disk)) {
                Err(error)
                    if matches!(error.status(), Status::DiskNotFound | Status::ObjectInTrash) =>
                {
                    continue;
                }
                other => other?,
            };
            if !has(&view, filter) {
                return Err(Error::new(
                    Status::InvalidResponse,
                    Outcome::NotSent,
                    "the service's list of disks does not heed the filter by annotation, so \
                     idempotency keys cannot work",
                ));
            }
            if oldest.as_ref().is_none_or(|oldest| view.disk.created_at < oldest.disk.created_at) {
                oldest = Some(view);
            }
        }
        Ok(oldest)
    }

    /// The result for a disk that exists already.
    fn existing(&self, steps: &mut Steps<'_, '_>, mut found: DiskView) -> Result<ApiResponse> {
        let building =
            |view: &DiskView| matches!(&view.disk.state, Some(state) if *state != DiskState::Built);
        // An error names the disk, too.
        steps.started(&found.response);
        while self.wait && building(&found) {
            if found.disk.state == Some(DiskState::Failed) {
                let text = format!(
                    "disk {} has the idempotency key, but could not be built; delete it, or use \
                     another key",
                    found.disk.id
                );
                let error = Error::new(Status::TaskFailed, Outcome::Unknown, text);
                return Err(error.or_detail(|| json::detail(found.response.body().as_bytes())));
            }
            steps
                .pause(Duration::from_secs(2), || {
                    format!("disk {} exists, but is not built yet", found.disk.id)
                })
                .map_err(|error| {
                    error.or_detail(|| json::detail(found.response.body().as_bytes()))
                })?;
            found = steps.read_disk(&DiskRef::from(&found.disk))?;
        }
        let members = [
            ("disk", raw_member(found.response.body(), "disk")),
            ("task", None),
            ("annotations", raw_member(found.response.body(), "annotations")),
        ];
        let body = object(&members);
        Ok(found.response.with_body(body))
    }
}

fn has(view: &DiskView, filter: &Annotations) -> bool {
    let annotations = view.disk.annotations.as_ref();
    filter.iter().all(|(key, value)| annotations.and_then(|all| all.get(key)) == Some(value))
}

/// Whether the service may still be about to create the disk: nobody has said that it is not.
fn may_still_happen(error: &Error) -> bool {
    error.status() == Status::TimedOut || error.http_status() == Some(504)
}

/// The error of a later attempt. It does not say what an earlier one did, whose outcome is unknown.
fn after_unknown(key: &str, error: Error) -> Error {
    let text = format!(
        "an earlier attempt may have created the disk with the idempotency key {key:?}; call again \
         with the same key"
    );
    error.in_context(&text).unclear()
}

fn unclear(key: &str, error: &Error) -> String {
    format!(
        "whether the disk with the idempotency key {key:?} was created is not known ({}); call \
         again with the same key",
        error.description()
    )
}

impl Client {
    /// Creates a disk unless an earlier call with the same
    /// [`idempotency_key`](CreateDisk::idempotency_key) has: finds that disk, also after the process
    /// was killed and started again, and after the connection was lost in the middle.
    ///
    /// The key becomes an annotation of the disk, [`CreateDisk::IDEMPOTENCY_ANNOTATION`]. Sends
    /// `GET /organizations/organization/disks` with the filter by annotation, for each disk found
    /// `GET /disks/disk`, and otherwise `POST /organizations/organization/disks`; when the outcome
    /// of that is not known, it looks again for 7 s, then sends it again (not after a timeout, when
    /// the service may still be at work), 3 times at most.
    ///
    /// Calls with one key exclude each other within one client. Two processes that send the first
    /// request with the same key within the same second are not kept apart: the service knows no
    /// such key. A disk that was deleted does not count.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let mut create = katapult_disk::CreateDisk::new("data", 20);
    /// create.idempotency_key = Some("order-4711".into());
    /// let created = client.create_disk_once(&create, true, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::create_disk`]; after [`Outcome::Unknown`] the same call with the same key is
    /// always safe.
    pub fn create_disk_once(
        &self,
        disk: &CreateDisk,
        wait: bool,
        options: WaitOptions<'_>,
    ) -> Result<CreatedDisk> {
        if disk.idempotency_key.is_none() {
            return Err(Error::invalid_argument("idempotency_key is missing"));
        }
        self.run(&CreateDiskOnce::new(disk.clone(), wait), options).map(|mut created| {
            created.disk.annotations = created.annotations.clone();
            created
        })
    }
}

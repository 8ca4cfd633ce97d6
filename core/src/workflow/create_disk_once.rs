//! Create a disk at most once: the key that the caller gives is an annotation of the disk.

use std::time::Duration;

use derive_new::new;
use serde::Deserialize;

use super::disk_view::DiskView;
use super::idempotency::{Found, Mark, pause_before};
use super::reach::{EFFECT, PAUSE};
use super::{Steps, Workflow};
use crate::json::{self, object, raw_member};
use crate::used_keys::UsedKey;
use crate::{
    Annotations, ApiResponse, Client, CreateDisk, DiskRef, DiskState, DiskTask, Error,
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

/// How long the service may take to perform a request whose response was lost, and to show its disk.
const MAY_COME: Duration = Duration::from_secs(60);

impl Workflow for CreateDiskOnce {
    type Output = CreatedDisk;
    const NAME: &'static str = CreateDisk::NAME;

    fn object_id(&self) -> Option<String> {
        None
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        let Some(key) = &self.create.idempotency_key else {
            if !self.wait {
                steps.as_one_call();
            }
            let started = steps.send(&self.create)?;
            return self.created(steps, started);
        };
        if !self.wait {
            steps.within_client_timeout();
        }
        let mark = Mark::of(&self.create, key, &steps.arguments(&self.create)?);
        let _turn = steps.turn(&format!("idempotency key {key:?}"))?;
        let earlier = steps.used_keys().get(&mark.scope);
        // What an earlier call of this client has sent may have arrived.
        let is_lost = earlier.as_ref().is_some_and(|earlier| earlier.disk.is_none());
        let honest =
            |error: Error| if is_lost { error.in_context(&unclear(key)).unclear() } else { error };
        if let Some(found) = self.look_before(steps, &mark, earlier).map_err(honest)? {
            steps.used_keys().note(&mark.scope, Some(found.disk.id.to_string()));
            return self.existing(steps, found);
        }
        match self.create(steps) {
            Ok((disk, started)) => {
                steps.used_keys().note(&mark.scope, Some(disk));
                self.created(steps, started)
            }
            Err(error) if error.outcome() != Outcome::Unknown => Err(honest(error)),
            Err(error) => {
                steps.used_keys().note(&mark.scope, None);
                if error.status() == Status::Interrupted {
                    return Err(error);
                }
                if !self.wait {
                    // The lost request may have used up the time.
                    steps.within_client_timeout();
                }
                let found = self.look_after(steps, &mark, error)?;
                steps.done("create_disk was sent, and its response was lost");
                steps.used_keys().note(&mark.scope, Some(found.disk.id.to_string()));
                self.existing(steps, found)
            }
        }
    }
}

impl CreateDiskOnce {
    /// The id of the new disk, and the response.
    fn create(&self, steps: &Steps<'_, '_>) -> Result<(String, ApiResponse)> {
        let started = steps.send(&self.create)?;
        let DiskTask { disk, .. } = started.decode()?;
        Ok((disk.id.to_string(), started))
    }

    /// The disk that an earlier call has created. `earlier` is what this client knows of one.
    fn look_before(
        &self,
        steps: &Steps<'_, '_>,
        mark: &Mark,
        earlier: Option<UsedKey>,
    ) -> Result<Option<DiskView>> {
        let mut looks = 0;
        loop {
            let mut may_come = earlier.as_ref().is_some_and(may_still_show);
            if let Some(id) = earlier.as_ref().and_then(|earlier| earlier.disk.as_deref()) {
                match steps.read_disk(&DiskRef::by("id", id)) {
                    Ok(view) => return mark.require_same_request(&view).map(|()| Some(view)),
                    Err(error) if error.status() == Status::ObjectInTrash => may_come = false,
                    Err(error) if error.status() == Status::DiskNotFound => {}
                    Err(error) => return Err(error),
                }
            }
            let unfinished = match mark.find(steps)? {
                Found::Disk(view) => return Ok(Some(*view)),
                Found::Listed(id) => {
                    format!("disk {id} is listed with the key, but not found by its id")
                }
                Found::Nothing if may_come => {
                    "a disk that was created does not show yet".to_owned()
                }
                Found::Nothing => return Ok(None),
            };
            looks += 1;
            steps.pause(pause_before(looks), || unfinished.clone()).map_err(Error::not_sent)?;
        }
    }

    /// The disk of a creation whose response was lost. The service may still be at it, so nothing is sent
    /// again.
    fn look_after(&self, steps: &Steps<'_, '_>, mark: &Mark, lost: Error) -> Result<DiskView> {
        let key = self.create.idempotency_key.as_deref().unwrap_or_default();
        let mut looks = 0;
        loop {
            let pause = pause_before(looks);
            if let Err(ended) = steps.pause(pause, || "no disk with the key shows".to_owned()) {
                return Err(match ended.status() {
                    Status::TimedOut => lost.in_context(&unclear(key)),
                    _ => ended.in_context(&unclear(key)).unclear(),
                });
            }
            let context = || format!("{} ({})", unclear(key), lost.description());
            match mark.find(steps) {
                Ok(Found::Disk(view)) => return Ok(*view),
                Ok(Found::Nothing | Found::Listed(_)) => {}
                // What has lost the response may go on for a while.
                Err(look) if is_passing(&look) => {}
                Err(look) => return Err(look.in_context(&context()).unclear()),
            }
            looks += 1;
        }
    }

    /// The result for a disk that was created just now.
    fn created(&self, steps: &mut Steps<'_, '_>, started: ApiResponse) -> Result<ApiResponse> {
        if !self.wait {
            // Only a disk that was there already comes without a task.
            started.decode::<TaskResponse>()?;
            return Ok(started);
        }
        steps.accepted::<CreateDisk>();
        steps.finish(&self.create, &started)
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
                .pause(PAUSE, || {
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

/// Whether a disk that does not show may only be late.
fn may_still_show(earlier: &UsedKey) -> bool {
    earlier.at.elapsed() < if earlier.disk.is_some() { EFFECT } else { MAY_COME }
}

/// Whether a look has failed in a way that may pass.
fn is_passing(look: &Error) -> bool {
    matches!(
        look.status(),
        Status::ConnectionFailed | Status::TimedOut | Status::ServiceUnavailable
    ) || (look.status() == Status::InvalidResponse
        && look.http_status().is_some_and(|it| it >= 500))
}

fn unclear(key: &str) -> String {
    format!(
        "whether the disk with the idempotency key {key:?} was created is not known; the same call with the \
         same key finds it"
    )
}

impl Client {
    /// Creates a disk unless an earlier call with the same
    /// [`idempotency_key`](CreateDisk::idempotency_key) has: finds that disk, also after the process
    /// was killed and started again, and after the connection was lost in the middle.
    ///
    /// The key becomes an annotation of the disk, [`CreateDisk::IDEMPOTENCY_ANNOTATION`]. Sends
    /// `GET /organizations/organization/disks` with the filter by annotation, for each disk found
    /// `GET /disks/disk`, and otherwise `POST /organizations/organization/disks`, once; when the outcome
    /// of that is not known, it looks for the disk until the time is over: `options.timeout` with `wait`,
    /// otherwise the client's timeout, anew. If it does not show, the error says
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), and the same call finds the disk later.
    ///
    /// The same key with other properties is `Refused`: a second annotation,
    /// [`CreateDisk::FINGERPRINT_ANNOTATION`], tells requests apart.
    ///
    /// Calls with one key exclude each other within one client. Two processes that send the first
    /// request with the same key at the same time are not kept apart: the service knows no such key. A
    /// disk that was deleted does not count. `docs/workflows.md` says what remains possible.
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
